"""The practice station's composite schedules against the judge's own calculator: written apart, they must agree."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from harness.oracle.composite import Asked, Period, compare, composite, profile
from harness.oracle.moments import moment
from harness.reference.config import StationConfig
from harness.rpc.link import SECOND
from tests.reference.station16_bench import EPOCH, Bench, booted, charging

# Strong enough that no profile allows more than the station has.
STRONG = StationConfig(meter_power=10_000_000)


@st.composite
def profiles(draw: st.DrawFn) -> list[tuple[int, dict[str, Any]]]:
    found = []
    for number in range(draw(st.integers(1, 5))):
        purpose = draw(st.sampled_from(["ChargePointMaxProfile", "TxDefaultProfile", "TxProfile"]))
        starts = [0, *sorted(draw(st.sets(st.integers(1, 300), max_size=4)))]
        schedule: dict[str, Any] = {
            "chargingRateUnit": "A",
            "chargingSchedulePeriod": [
                {"startPeriod": start, "limit": draw(st.integers(60, 320)) / 10} for start in starts
            ],
        }
        kind = draw(st.sampled_from(["Absolute", "Relative", "Recurring"]))
        if kind != "Relative":
            schedule["startSchedule"] = draw(st.integers(-400_000, 200))
        if draw(st.booleans()):
            schedule["duration"] = draw(st.integers(1, 400))
        entry: dict[str, Any] = {
            "chargingProfileId": number + 1,
            "stackLevel": draw(st.integers(0, 3)),
            "chargingProfilePurpose": purpose,
            "chargingProfileKind": kind,
            "chargingSchedule": schedule,
        }
        if kind == "Recurring":
            entry["recurrencyKind"] = draw(st.sampled_from(["Daily", "Weekly"]))
        if draw(st.booleans()):
            entry["validTo"] = draw(st.integers(10, 300))
        place = {"ChargePointMaxProfile": 0, "TxProfile": 1}.get(purpose, draw(st.sampled_from([0, 1])))
        found.append((place, entry))
    return found


def _dated(bench: Bench, entry: dict[str, Any]) -> dict[str, Any]:
    """The same with seconds from now turned into moments."""
    schedule = dict(entry["chargingSchedule"])
    if "startSchedule" in schedule:
        schedule["startSchedule"] = bench.stamp(schedule["startSchedule"])
    more = {"validTo": bench.stamp(entry["validTo"])} if "validTo" in entry else {}
    return {**entry, **more, "chargingSchedule": schedule}


@settings(max_examples=150, deadline=None)
@given(profiles(), st.booleans(), st.integers(0, 1999), st.integers(2, 400))
def test_they_agree(entries: list[tuple[int, dict[str, Any]]], runs: bool, wait: int, duration: int) -> None:
    bench = charging(STRONG) if runs else booted(STRONG)
    installed: dict[tuple[int, str, int], dict[str, Any]] = {}
    bench.run(0.137)
    for place, entry in entries:
        dated = _dated(bench, entry)
        if bench.request("SetChargingProfile", connectorId=place, csChargingProfiles=dated)["status"] == "Accepted":
            installed[place, entry["chargingProfilePurpose"], entry["stackLevel"]] = dated
    bench.run(wait / 1000)
    answer = bench.request("GetCompositeSchedule", connectorId=1, duration=duration, chargingRateUnit="A")
    since = moment(answer["scheduleStart"])
    assert since is not None
    assert since % SECOND == 0
    assert 0 <= EPOCH + bench.time - since < SECOND
    started = bench.calls("StartTransaction")[0].payload["timestamp"] if runs else None
    asked = Asked(1, "A", since, since + duration * SECOND, moment(started))
    steps = composite([profile(place, entry) for (place, _, _), entry in installed.items()], asked)
    listed = answer["chargingSchedule"]["chargingSchedulePeriod"]
    periods = [Period(entry["startPeriod"], entry["limit"]) for entry in listed]
    assert not compare(periods, steps, asked, SECOND).wrong
    _never_above(periods, asked, steps)


def _never_above(periods: list[Period], asked: Asked, steps: Any) -> None:
    """Not even in the second in which a limit changes."""
    for step in steps:
        second = (step.at - asked.since) // SECOND
        reported = [period.limit for period in periods if period.start <= second][-1]
        assert step.limit is None or reported <= step.limit


@pytest.mark.parametrize("wait", [0.0, 0.25, 0.999])
def test_no_two_periods_begin_together_though_the_request_comes_within_a_second(wait: float) -> None:
    bench = booted()
    bench.run(wait)
    relative = {
        "chargingProfileId": 1, "stackLevel": 0, "chargingProfilePurpose": "TxDefaultProfile",
        "chargingProfileKind": "Relative",
        "chargingSchedule": {"chargingRateUnit": "A", "chargingSchedulePeriod": [{"startPeriod": 0, "limit": 8.0}]},
    }
    assert bench.request("SetChargingProfile", connectorId=1, csChargingProfiles=relative) == {"status": "Accepted"}
    answer = bench.request("GetCompositeSchedule", connectorId=1, duration=60, chargingRateUnit="A")
    assert answer["chargingSchedule"]["chargingSchedulePeriod"] == [{"startPeriod": 0, "limit": 8.0}]
    assert "startSchedule" not in answer["chargingSchedule"]
