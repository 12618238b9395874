"""A long sleep is taken in two, for the kernel ends it late by a thousandth."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from harness.wire.sockets import first_wake

TIMES = st.floats(0, 1e7, allow_nan=False)


@given(TIMES, TIMES)
def test_nobody_wakes_too_late_and_the_last_wait_is_short(now: float, due: float) -> None:
    first = first_wake(now, due)
    assert first <= due
    if first < due:
        assert first > now
        assert first_wake(first, due) == due
    else:
        assert due - now <= 0.5


def test_what_is_due_is_due() -> None:
    assert first_wake(5.0, 4.0) == 4.0
    assert first_wake(5.0, 5.4) == 5.4
    assert first_wake(5.0, 305.0) == 304.75
