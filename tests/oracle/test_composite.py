"""The composite-schedule calculator: worked examples, and properties that hold for any profiles."""

from __future__ import annotations

import itertools
import json
from dataclasses import replace
from operator import itemgetter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from harness.facts import rfc3339
from harness.oracle.composite import Asked, Period, Profile, Step, compare, composite, limits_at, profile, told
from harness.oracle.moments import moment
from harness.rpc.link import SECOND

NOW = 1_700_000_000 * SECOND
DAY = 86_400
ASKED = Asked(1, "A", NOW, NOW + 400 * SECOND, started=NOW - 30 * SECOND)
IDLE = replace(ASKED, started=None)


def made(purpose: str, *periods: tuple[int, float], level: int = 0, place: int = 1, **more: object) -> Profile:
    entry = Profile(place, purpose, level, "Absolute", "A", tuple(Period(*period) for period in periods), start=NOW)
    return replace(entry, **more)  # type: ignore[arg-type]


def shown(profiles: list[Profile], asked: Asked = ASKED) -> str:
    return told(composite(profiles, asked), asked)


# ---- worked examples --------------------------------------------------------------------------------


def test_the_published_case_of_three_purposes() -> None:
    """TC_066_CS: the TxProfile stands for the TxDefaultProfile even after its duration."""
    site = made("ChargePointMaxProfile", (0, 10), place=0, duration=DAY)
    default = made("TxDefaultProfile", (0, 6), (60, 10), (120, 8), (180, 15), (260, 8), duration=300)
    running = made("TxProfile", (0, 8), (50, 11), (140, 16), (200, 6), (240, 12), duration=260)
    assert shown([site, default, running]) == "8 A, from 50 s 10 A, from 200 s 6 A, from 240 s 10 A"
    assert shown([site, default, running], IDLE) == (
        "6 A, from 60 s 10 A, from 120 s 8 A, from 180 s 10 A, from 260 s 8 A, from 300 s 10 A"
    )


def test_the_published_case_of_two_levels() -> None:
    """TC_072_CS: the higher level counts until its duration is over."""
    lower = made("TxDefaultProfile", (0, 6), (100, 8), (200, 10), duration=400)
    higher = made("TxDefaultProfile", (0, 7), (100, 9), duration=150, level=1)
    assert shown([lower, higher], IDLE) == "7 A, from 100 s 9 A, from 150 s 8 A, from 200 s 10 A"


def test_without_profiles_nothing_is_said() -> None:
    assert shown([]) == "no limit"


def test_a_profile_says_nothing_before_its_start_and_outside_its_validity() -> None:
    late = made("TxDefaultProfile", (0, 6), start=NOW + 10 * SECOND, duration=20)
    assert shown([late]) == "no limit, from 10 s 6 A, from 30 s no limit"
    valid = made("TxDefaultProfile", (0, 6), valid_from=NOW + 5 * SECOND, valid_to=NOW + 8 * SECOND)
    assert shown([valid]) == "no limit, from 5 s 6 A, from 8 s no limit"


def test_what_is_relative_counts_from_the_transaction_or_else_from_the_asking() -> None:
    entry = made("TxDefaultProfile", (0, 6), (60, 9), kind="Relative", start=None)
    assert shown([entry]) == "6 A, from 30 s 9 A"
    assert shown([entry], IDLE) == "6 A, from 60 s 9 A"


@pytest.mark.parametrize(("kind", "length"), [("Daily", DAY), ("Weekly", 7 * DAY)])
def test_what_recurs_begins_anew_even_where_its_duration_is_longer(kind: str, length: int) -> None:
    payload = {
        "stackLevel": 0,
        "chargingProfilePurpose": "TxDefaultProfile",
        "chargingProfileKind": "Recurring",
        "recurrencyKind": kind,
        "chargingSchedule": {
            "startSchedule": rfc3339(NOW - length * SECOND + 100 * SECOND),
            "duration": 2 * length,
            "chargingRateUnit": "A",
            "chargingSchedulePeriod": [{"startPeriod": 0, "limit": 6}, {"startPeriod": 60, "limit": 8}],
        },
    }
    assert shown([profile(1, payload)]) == "8 A, from 100 s 6 A, from 160 s 8 A"


def test_what_recurs_leaves_the_rest_of_the_day_to_the_level_below() -> None:
    daily = made("TxDefaultProfile", (0, 6), level=1, kind="Recurring", recurrence=DAY * SECOND, duration=50)
    always = made("TxDefaultProfile", (0, 10))
    long = replace(ASKED, until=NOW + (DAY + 100) * SECOND)
    assert shown([daily, always], long) == "6 A, from 50 s 10 A, from 86400 s 6 A, from 86450 s 10 A"


def test_a_default_of_the_connector_stands_for_that_of_all_on_its_level_only() -> None:
    common = made("TxDefaultProfile", (0, 7), place=0)
    own = made("TxDefaultProfile", (0, 9))
    assert shown([common, own]) == "9 A"
    assert shown([replace(common, level=1), own]) == "7 A"
    assert shown([common, replace(own, place=2)]) == "7 A"


def test_the_whole_station_has_its_own_limits_alone() -> None:
    site, default = made("ChargePointMaxProfile", (0, 20), place=0), made("TxDefaultProfile", (0, 6), place=0)
    assert shown([site, default], replace(ASKED, place=0)) == "20 A"


def test_amperes_are_converted_by_the_phases_of_the_period() -> None:
    one = made("TxDefaultProfile", periods=(Period(0, 10, 1), Period(60, 10, 3), Period(120, 10)))
    watts = replace(ASKED, unit="W")
    assert shown([one], watts) == "2300 W, from 60 s 6900 W"
    assert composite([one], watts)[0].converted
    assert shown([replace(one, unit="W", periods=(Period(0, 6900),))]) == "10 A"


def test_external_limits_of_2_x_count_besides_the_stations_own() -> None:
    own = made("ChargingStationMaxProfile", (0, 10), place=0)
    grid = made("ChargingStationExternalConstraints", (0, 8), (30, 12), place=0)
    assert shown([own, grid]) == "8 A, from 30 s 10 A"


def test_several_schedules_of_2_x_are_read_by_the_first() -> None:
    payload = {
        "stackLevel": 1,
        "chargingProfilePurpose": "TxProfile",
        "chargingProfileKind": "Relative",
        "chargingSchedule": [{"chargingRateUnit": "W", "chargingSchedulePeriod": [{"startPeriod": 0, "limit": 5e3}]}],
    }
    assert profile(2, payload) == Profile(2, "TxProfile", 1, "Relative", "W", (Period(0, 5000.0),))


def test_moments() -> None:
    assert moment("2023-11-14T22:13:20Z") == moment("2023-11-14T23:13:20.000+01:00") == NOW
    assert moment("2023-11-14T22:13:20") is None
    assert moment("yesterday") is None
    assert moment(3) is None


# ---- any profiles -----------------------------------------------------------------------------------

_LATER = itemgetter(0)  # than the first one, which is at 0
_PERIODS = st.lists(
    st.tuples(st.integers(0, 500), st.integers(0, 320).map(lambda tenths: tenths / 10), st.sampled_from([None, 1, 3])),
    min_size=1, max_size=5, unique_by=lambda entry: entry[0],
).map(lambda found: tuple(Period(*entry) for entry in sorted([(0, *found[0][1:]), *filter(_LATER, found[1:])])))
_MOMENTS = st.integers(-1000, 1000).map(lambda s: NOW + s * SECOND + s % 7 * 100_000_000)


@st.composite
def profiles(draw: st.DrawFn) -> list[Profile]:
    found = []
    for _ in range(draw(st.integers(0, 5))):
        purpose = draw(st.sampled_from(["ChargePointMaxProfile", "TxDefaultProfile", "TxProfile"]))
        kind = draw(st.sampled_from(["Absolute", "Relative", "Recurring"]))
        found.append(
            Profile(
                place=0 if purpose == "ChargePointMaxProfile" else draw(st.sampled_from([0, 1, 2])),
                purpose=purpose,
                level=draw(st.integers(0, 3)),
                kind=kind,
                unit=draw(st.sampled_from(["A", "W"])),
                periods=draw(_PERIODS),
                start=draw(st.none() | _MOMENTS),
                duration=draw(st.none() | st.integers(1, 600)),
                recurrence=draw(st.sampled_from([200, 300])) * SECOND if kind == "Recurring" else 0,
                valid_from=draw(st.none() | _MOMENTS),
                valid_to=draw(st.none() | _MOMENTS),
            )
        )
    return found


_ASKED = st.builds(
    lambda place, unit, length, started: Asked(place, unit, NOW, NOW + length * SECOND, started),
    st.sampled_from([0, 1]), st.sampled_from(["A", "W"]), st.integers(1, 900), st.none() | _MOMENTS,
)


def value_at(steps: tuple[Step, ...], at: int) -> float | None:
    return [step for step in steps if step.at <= at][-1].limit


@given(profiles(), _ASKED, st.floats(0, 1, exclude_max=True))
def test_at_every_moment_it_is_the_lowest_limit_that_counts(
    entries: list[Profile], asked: Asked, share: float
) -> None:
    at = asked.since + int((asked.until - asked.since) * share)
    limits = [limit for limit, _ in limits_at(entries, at, asked)]
    value = value_at(composite(entries, asked), at)
    assert value == min(limits, default=None)
    assert all(value is not None and value <= limit for limit in limits)


@given(profiles(), _ASKED)
def test_it_is_constant_between_steps_that_differ(entries: list[Profile], asked: Asked) -> None:
    steps = composite(entries, asked)
    assert steps[0].at == asked.since
    assert [s.at for s in steps] == sorted({s.at for s in steps})
    assert steps[-1].at < asked.until
    ends = [*(step.at for step in steps[1:]), asked.until]
    for step, end in zip(steps, ends, strict=True):
        for at in (step.at, (step.at + end) // 2, end - 1):
            assert min((limit for limit, _ in limits_at(entries, at, asked)), default=None) == step.limit
    assert all(a.limit != b.limit for a, b in itertools.pairwise(steps))


@given(profiles(), _ASKED, st.integers(0, 5))
def test_another_profile_for_the_whole_never_raises_it(entries: list[Profile], asked: Asked, level: int) -> None:
    more = made("ChargePointMaxProfile", (0, 5), place=0, level=level + 4, start=NOW - SECOND)
    others = [entry for entry in entries if entry.purpose != more.purpose]
    before, after = composite(others, asked), composite([*others, more], asked)
    for step in (*before, *after):
        old, new = value_at(before, step.at), value_at(after, step.at)
        assert new is not None
        assert old is None or new <= old


@given(profiles(), _ASKED)
def test_a_report_of_the_schedule_itself_is_right_and_any_other_limit_wrong(
    entries: list[Profile], asked: Asked
) -> None:
    steps = composite(entries, asked)
    whole = all((step.at - asked.since) % SECOND == 0 for step in steps) and all(s.limit is not None for s in steps)
    if not whole:
        return
    periods = [Period((s.at - asked.since) // SECOND, s.limit or 0.0) for s in steps]
    good = compare(periods, steps, asked, 2 * SECOND)
    assert good.wrong == ""
    for index in good.judged:
        spoilt = list(periods)
        spoilt[index] = replace(periods[index], limit=periods[index].limit * 1.2 + 1)
        assert compare(spoilt, steps, asked, 2 * SECOND).wrong


# ---- comparing --------------------------------------------------------------------------------------

STEPS = (Step(NOW, 8), Step(NOW + 50 * SECOND, 10), Step(NOW + 60 * SECOND, None), Step(NOW + 80 * SECOND, 6))
RIGHT = [Period(0, 8), Period(50, 10), Period(60, 32), Period(80, 6)]


@pytest.mark.parametrize(
    ("periods", "wrong"),
    [
        (RIGHT, ""),
        ([Period(0, 8), Period(51, 10), Period(62, 1), Period(79, 6)], ""),
        ([Period(0, 8), Period(53, 10), *RIGHT[2:]], "52 s after its start it allows 8 A, not 10 A"),
        ([Period(0, 8), *RIGHT[2:]], "52 s after its start it allows 8 A, not 10 A"),
        ([Period(0, 8.2), *RIGHT[1:]], "0 s after its start it allows 8.2 A, not 8 A"),
        ([Period(1, 8), *RIGHT[1:]], "its first period does not begin at 0"),
        ([], "its first period does not begin at 0"),
        ([Period(0, 8), Period(50, 10), Period(50, 10)], "they begin at 0, 50, 50"),
    ],
)
def test_comparing(periods: list[Period], wrong: str) -> None:
    found = compare(periods, STEPS, ASKED, 2 * SECOND)
    assert wrong in found.wrong
    assert bool(wrong) == bool(found.wrong)
    if not wrong:
        assert found.judged == (0, 1, 3)


def test_what_was_converted_may_differ_a_little() -> None:
    steps = (Step(NOW, 1000, converted=True),)
    assert not compare([Period(0, 1090)], steps, ASKED, 0).wrong
    assert compare([Period(0, 1110)], steps, ASKED, 0).wrong


def test_a_profile_comes_from_json_as_it_goes_over_the_wire() -> None:
    text = """{"stackLevel": 2, "chargingProfilePurpose": "TxProfile", "chargingProfileKind": "Absolute",
      "validFrom": "2023-11-14T22:13:20Z", "chargingSchedule": {"duration": 60, "chargingRateUnit": "A",
      "chargingSchedulePeriod": [{"startPeriod": 0, "limit": 6.1, "numberPhases": 1}]}}"""
    found = profile(1, json.loads(text))
    assert found.valid_from == NOW
    assert found.duration == 60
    assert found.periods == (Period(0, 6.1, 1),)
