"""Cells about times inside messages: what they grant, and what no text of a product can do to them."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from harness.oracle import match
from harness.oracle.match import Row, parse, resolve, slackened
from harness.oracle.moments import grain, moment, shown
from harness.oracle.times import After, OnClock
from harness.proof.wrong import wrong_values
from harness.rpc.link import MILLISECOND, SECOND

FIRST = "2026-10-25T00:59:58.000Z"
TOLERANCE = 500 * MILLISECOND


def after(cell: str = '2 s after the timestamp of "first"', first: object = FIRST) -> After:
    pattern = slackened(resolve(parse(cell), lambda text: first), TOLERANCE, SECOND)
    assert isinstance(pattern, After)
    return pattern


@pytest.mark.parametrize(("told", "met"), [
    ("2026-10-25T01:00:00.000Z", True),
    ("2026-10-25T01:00:00.501Z", True),
    ("2026-10-25T01:00:00.502Z", False),
    ("2026-10-25T00:59:59.499Z", True),
    ("2026-10-25T00:59:59.498Z", False),
    ("2026-10-25T03:00:00.000+02:00", True),
    ("2026-10-25T03:00:00.000+01:00", False),
    ("2026-10-25T01:00:01Z", True),
    ("2026-10-25T01:00:02Z", False),
    ("2026-10-25T00:59:57Z", False),
    ("2026-10-25T01:00:00", False),
    ("in two seconds", False),
    (None, False),
    (7, False),
])
def test_so_long_after_another_time(told: object, met: bool) -> None:
    """Across the end of daylight saving time, too; whole seconds are granted the second that they cannot tell."""
    assert after().accepts(told) is met


@pytest.mark.parametrize(("told", "met"), [
    ("2026-10-25T01:10:00.000Z", True),
    ("2026-10-25T00:50:00.000Z", True),
    ("2026-10-25T01:10:00.501Z", True),
    ("2026-10-25T01:10:00.502Z", False),
    ("2026-10-25T00:49:56.000Z", False),
    ("2026-10-25T10:00:00.000+09:00", True),
    ("2026-10-25T01:00:00.000+09:00", False),
    ("2026-10-25T01:00:00", False),
    ("soon", False),
    (None, False),
])
def test_not_further_than_so_long_from_another_time(told: object, met: bool) -> None:
    """Whatever zone it is told in."""
    near = after('within 10 min of the currentTime of the answer to "boot"', "2026-10-25T01:00:00.000Z")
    assert near.accepts(told) is met
    assert str(near).startswith('within 600.000 s of the currentTime of the answer to "boot"')


def test_a_leap_second_is_the_moment_that_follows_it() -> None:
    assert after(first="2016-12-31T23:59:59.000Z").accepts("2017-01-01T00:00:01.000Z")
    assert after(first="2016-12-31T23:59:58.000Z").accepts("2016-12-31T23:59:60Z")


@pytest.mark.parametrize("first", ["yesterday", "2026-10-25T00:59:58", 5, True, {}, []])
def test_after_what_is_no_time_comes_nothing(first: object) -> None:
    assert not after(first=first).accepts(FIRST)
    assert str(first) in str(after(first=first))


def test_after_needs_to_be_looked_up() -> None:
    with pytest.raises(TypeError, match="never looked up"):
        match.mismatches({"timestamp": FIRST}, (Row("timestamp", parse('2 s after the timestamp of "a"')),))


@pytest.mark.parametrize("cell", [
    "within 10 min", "within 10 min of noon", 'within reach of the id of "a"', "2 s after", "2 after the x of y",
    'soon after the timestamp of "a"', "2 s after a",
])
def test_other_words_are_values_as_before(cell: str) -> None:
    assert parse(cell) == match.Equal(cell)


@pytest.mark.parametrize(("text", "smallest"), [
    (FIRST, MILLISECOND), ("2026-10-25T00:59:58Z", SECOND), ("2026-10-25T00:59:58.5Z", 100 * MILLISECOND),
    ("2026-10-25T00:59:58.123456789123Z", 1), ("what", SECOND),
])
def test_what_a_text_can_tell(text: str, smallest: int) -> None:
    assert grain(text) == smallest


@given(st.one_of(st.none(), st.booleans(), st.integers(), st.floats(), st.text(max_size=30), st.lists(st.none()),
                 st.datetimes().map(lambda when: when.isoformat() + "Z")))
def test_no_value_crashes_a_cell_about_times(value: object) -> None:
    for pattern in (after(), OnClock(2 * SECOND, TOLERANCE)):
        assert pattern.accepts(value) in (True, False)
        assert str(pattern)


@given(st.integers(0, 4 * 10**18), st.sampled_from(["after", "clock", "near"]))
def test_the_mutants_lie_just_outside(wall: int, form: str) -> None:
    """The tolerance plus a little, to either side."""
    first = shown(wall - wall % (2 * SECOND))
    right = shown((moment(first) or 0) + (0 if form == "near" else 2 * SECOND))
    pattern = {
        "after": after(first=first), "clock": OnClock(2 * SECOND, TOLERANCE),
        "near": after('within 500 ms of the timestamp of "a"', first),
    }[form]
    found = dict(wrong_values("1.6", "StatusNotification", "request", "timestamp", pattern, right))
    assert set(found) == {"too early", "too late"}
    assert pattern.accepts(right)
    for wrong in found.values():
        limit = TOLERANCE + (500 * MILLISECOND if form == "near" else 0)
        assert limit < abs((moment(wrong) or 0) - (moment(right) or 0)) < limit + 200 * MILLISECOND
        assert not pattern.accepts(wrong)
