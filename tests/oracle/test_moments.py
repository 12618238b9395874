"""Timestamps of a SUT, however odd: a moment, or none; never a crash, and never a verdict by chance."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st

from harness.oracle import match
from harness.oracle.moments import moment, shown
from harness.oracle.rules_station import DECIMALS, SKEW
from harness.rpc.link import MILLISECOND, SECOND
from tests.oracle.bench import Record

SCHEMA = "schema"
NOON = 1_792_584_000 * SECOND
"""2026-10-21T12:00:00Z."""


@pytest.mark.parametrize(
    "text",
    [
        "2026-10-21T12:00:00Z",
        "2026-10-21t12:00:00z",
        "2026-10-21T12:00:00.000Z",
        "2026-10-21T14:00:00+02:00",
        "2026-10-21T00:30:00-11:30",
        "2026-10-22T02:00:00+14:00",
        "2026-10-21T12:00:00-00:00",
        "2026-10-21T11:59:60Z",
    ],
)
def test_one_moment_has_many_names(text: str):
    assert moment(text) == NOON


@pytest.mark.parametrize(
    "text",
    [
        "",
        "now",
        "2026-10-21",
        "2026-10-21T12:00:00",
        "2026-10-21T12:00Z",
        "2026-10-21T12:00:00+02",
        "2026-10-21T12:00:00+0200",
        "2026-10-21T12:00:00+25:00",
        "2026-10-21T12:00:61Z",
        "2026-10-21T24:00:00Z",
        "2026-13-21T12:00:00Z",
        "2026-02-29T12:00:00Z",
        "2026-W43-3T12:00:00Z",
        "20261021T120000Z",
        "2026-10-21T12:00:00,5Z",
        "2026-10-21T12:00:00.Z",
        "0000-01-01T00:00:00Z",
        "\u0662026-10-21T12:00:00Z",
        "2026-10-21T12:00:00Z\n",
    ],
)
def test_what_is_no_moment_is_none(text: str):
    assert moment(text) is None


def test_the_hours_of_a_change_of_the_clocks_are_told_apart_by_their_zones():
    twice = [moment("2026-10-25T02:30:00+02:00"), moment("2026-10-25T02:30:00+01:00")]
    assert twice == [moment("2026-10-25T00:30:00Z"), moment("2026-10-25T01:30:00Z")]
    never = moment("2026-03-29T02:30:00+01:00")
    assert never == moment("2026-03-29T03:30:00+02:00")


def test_fractions_are_exact():
    assert moment("2026-10-21T12:00:00.123456789Z") == NOON + 123_456_789
    assert moment("2026-10-21T12:00:00.1Z") == NOON + 100 * MILLISECOND


@given(st.text())
def test_no_text_crashes_it(text: str):
    found = moment(text)
    assert found is None or isinstance(found, int)
    match.Now(2 * SECOND, 0, NOON).accepts(text)


@given(
    st.datetimes(min_value=datetime(2, 1, 1), max_value=datetime(9998, 12, 31)),
    st.integers(-14 * 60, 14 * 60),
)
def test_the_zone_changes_the_name_and_not_the_moment(when: datetime, minutes: int):
    there = when.replace(tzinfo=timezone(timedelta(minutes=minutes)))
    assert moment(there.isoformat()) == moment(there.astimezone(UTC).isoformat())


@given(st.integers(-62_000_000_000_000, 253_000_000_000_000))
def test_what_is_shown_is_the_same_moment(milliseconds: int):
    assert moment(shown(milliseconds * MILLISECOND)) == milliseconds * MILLISECOND


@given(st.integers())
def test_no_moment_is_too_far_away_to_be_shown(wall: int):
    assert shown(wall).endswith("Z")


@given(off=st.integers(-(10**13), 10**13), limit=st.integers(0, 10**10), slack=st.integers(0, 10**9))
def test_now_is_as_wide_as_it_says(off: int, limit: int, slack: int):
    off -= off % MILLISECOND
    assert match.Now(limit, slack, NOON).accepts(shown(NOON + off)) is (abs(off) <= limit + slack)


@pytest.mark.parametrize("cell", ["now within", "now within 2", "now within 2 min", "now within -1 s", "now within s"])
def test_now_needs_a_duration(cell: str):
    with pytest.raises(match.BadCell):
        match.parse(cell)


# ---- what the monitor says of a station's clock ------------------------------------------------------


def sent(*stamps: str) -> set[str]:
    """What is found about a station that sends these timestamps, one a second. The bench's day is 2027-01-15."""
    record = Record()
    record.opened()
    for number, stamp in enumerate(stamps):
        payload = {"timestamp": stamp, "connectorStatus": "Available", "evseId": 1, "connectorId": 1}
        record.theirs(2, f"s{number}", "StatusNotification", payload, after=1)
        record.ours(3, f"s{number}", {})
    return record.rules()


@pytest.mark.parametrize(
    ("stamps", "found"),
    [
        pytest.param(("2027-01-15T08:00:05Z", "2027-01-15T08:00:02Z"), set(), id="a little backwards"),
        pytest.param(("2027-01-15T08:00:05Z", "2027-01-15T07:00:05Z"), {SKEW.id}, id="an hour backwards"),
        pytest.param(("2027-01-15T10:00:05+02:00", "2027-01-14T22:00:06-10:00"), set(), id="other zones"),
        pytest.param(("2027-01-15T10:00:05Z",), {SKEW.id}, id="local time called UTC"),
        pytest.param(("2027-01-15T08:00:01",), {SCHEMA}, id="no zone"),
        pytest.param(("2026-12-31T23:59:60Z",), {SKEW.id}, id="a leap second, two weeks ago"),
        pytest.param(("2027-01-01T01:59:60+02:00",), {SKEW.id}, id="the same leap second elsewhere"),
        pytest.param(("2027-01-15T07:59:60Z",), {SCHEMA}, id="a leap second when there is none"),
        pytest.param(("1970-01-01T00:00:00Z",), {SKEW.id}, id="a clock that was never set"),
        pytest.param(("9999-12-31T23:59:59-14:00",), {SKEW.id}, id="beyond the calendar"),
        pytest.param(("2027-01-15T08:00:01.123456Z",), {DECIMALS.id}, id="too many decimals"),
        pytest.param(("yesterday",), {SCHEMA}, id="no time at all"),
    ],
)
def test_an_odd_clock_has_a_clear_verdict(stamps: tuple[str, ...], found: set[str]):
    assert sent(*stamps) == found


@given(st.text(max_size=40) | st.datetimes().map(lambda moment: moment.isoformat() + "Z"))
def test_no_timestamp_crashes_the_monitor(stamp: str):
    assert sent(stamp) <= {SKEW.id, DECIMALS.id, SCHEMA}
