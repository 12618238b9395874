"""The harness's own error is measured, rounded up, and told while a run goes on."""

from __future__ import annotations

import threading
import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from harness.calibration import Calibration, calibration, summary, warning
from harness.rpc.link import MILLISECOND, SECOND
from harness.wire.calibration import Gauge, calibrate
from harness.wire.sockets import SocketCarrier

ERRORS = st.lists(st.integers(0, SECOND), min_size=1, max_size=200)


def made(stamp: int, delay: int, wall: int = 0) -> Calibration:
    return calibration(wall, [stamp] * 20, [delay] * 20)


@given(ERRORS, ERRORS)
def test_the_uncertainty_covers_ninety_nine_of_a_hundred(stamps: list[int], delays: list[int]) -> None:
    found = calibration(0, stamps, delays)
    assert sum(error <= found.uncertainty for error in stamps) * 100 >= 99 * len(stamps)
    assert 0 <= found.uncertainty - found.stamp_p99 < MILLISECOND // 10
    assert Calibration.from_json(found.to_json()) == found


def test_an_overloaded_machine_is_said_so() -> None:
    calm, slow, sleepy = made(MILLISECOND, MILLISECOND), made(6 * MILLISECOND, 0, 1), made(0, 30 * MILLISECOND, 2)
    assert [one.overloaded for one in (calm, slow, sleepy)] == [False, True, True]
    assert "OVERLOADED" in str(slow)
    assert warning([calm]) == ""
    assert warning([calm, slow, sleepy]).startswith("the machine was overloaded in 2 of 3 calibrations")
    document = summary([sleepy, calm, slow, calm])
    assert document["overloaded"] is True
    assert document["uncertainty_ns"] == 6 * MILLISECOND
    assert [one["wall"] for one in document["measured"]] == [0, 1, 2]
    assert summary([])["overloaded"] is False


def test_frames_on_a_schedule_are_stamped_late_but_never_early() -> None:
    carrier = SocketCarrier()
    try:
        began = time.monotonic_ns()
        found = calibrate(carrier, count=10, gap=2 * MILLISECOND)
        assert time.monotonic_ns() - began >= 20 * MILLISECOND
        assert found.n == 10
        assert 0 < found.stamp_median <= found.stamp_p99 <= found.stamp_max
        assert 0 <= found.delay_median <= found.delay_p99 <= found.delay_max
    finally:
        carrier.close()


def test_a_loop_kept_busy_shows_in_the_stamps() -> None:
    """Work of 30 ms on the carrier's own loop delays whatever arrives meanwhile."""
    carrier = SocketCarrier()
    busy = threading.Event()

    def work() -> None:
        until = time.monotonic_ns() + 30 * MILLISECOND
        while time.monotonic_ns() < until:
            pass
        if not busy.is_set():
            carrier._bridge.loop.call_soon(work)

    try:
        carrier._bridge.loop.call_soon_threadsafe(work)
        found = calibrate(carrier, count=20, gap=5 * MILLISECOND)
        assert found.stamp_p99 > 5 * MILLISECOND
        assert found.overloaded
    finally:
        busy.set()
        carrier.close()


def test_the_gauge_goes_on_measuring_until_it_is_closed() -> None:
    carrier = SocketCarrier()
    heard: list[Calibration] = []
    second = threading.Event()

    def told(found: Calibration) -> None:
        heard.append(found)
        if len(heard) == 2:
            second.set()

    gauge = Gauge(carrier, told, period=20 * MILLISECOND)
    try:
        assert second.wait(20)
        assert gauge.latest.n == 20
    finally:
        gauge.close()
        gauge.close()
        carrier.close()
    assert len(heard) >= 2


def test_a_gauge_on_a_closed_carrier_is_refused() -> None:
    carrier = SocketCarrier()
    carrier.close()
    with pytest.raises(RuntimeError):
        Gauge(carrier, lambda found: None)
