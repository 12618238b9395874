"""A deadline met or missed by less than the harness can tell is neither."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any, cast

import pytest

from harness.journal import Direction
from harness.judge import answered_in_time
from harness.judge.measuring import clocked, in_time, latest, too_near
from harness.oracle.match import Row, parse
from harness.oracle.moments import shown
from harness.oracle.timing import Call, Measurement
from harness.oracle.transcript import Message
from harness.oracle.verdict import Inconclusive, Nonconformance
from harness.rpc.link import MILLISECOND, SECOND, Instant
from harness.session import Session
from harness.setting import Times


def session(uncertainty: int, establishing: str = "") -> Session:
    times = Times(tolerance=100 * MILLISECOND, uncertainty=uncertainty)
    return cast(Session, SimpleNamespace(
        setting=SimpleNamespace(times=times, sut="station"), measurements=[], line=(3, "x"),
        requirements=("B01.FR.01",), establishing=establishing, heard=lambda: True,
    ))


def judged(at: float, uncertainty: int, shown: bool = True, **more: Any) -> list[Measurement]:
    world = session(uncertainty, **more)
    in_time(world, "Heartbeat within 2 s", SECOND, SECOND + round(at * SECOND), 2 * SECOND, shown)
    return world.measurements


@pytest.mark.parametrize("at", [0.0, 1.0, 2.0, 2.08])
def test_in_time_is_measured_and_kept(at: float) -> None:
    (found,) = judged(at, 10 * MILLISECOND)
    assert (found.call, found.line, found.measured.maximum) == (Call.MET, 3, round(at * SECOND))


@pytest.mark.parametrize("at", [2.095, 2.1, 2.105])
def test_too_near_to_the_edge_proves_nothing(at: float) -> None:
    with pytest.raises(Inconclusive, match=r"too close to call.*tolerance 100.0 ms, uncertainty .* 10.0 ms"):
        judged(at, 10 * MILLISECOND)


def test_beyond_the_edge_is_broken_and_without_uncertainty_there_is_no_middle() -> None:
    for at, unsure in ((2.2, 10 * MILLISECOND), (2.101, 0)):
        with pytest.raises(Nonconformance, match="measured n=1 min=median=p95=max=2"):
            judged(at, unsure)
    assert judged(2.1, 0)[0].call is Call.MET


def test_an_ordinary_deadline_is_kept_for_the_report_only_where_it_decides() -> None:
    assert judged(1.0, MILLISECOND, shown=False) == []
    with pytest.raises(Nonconformance):
        judged(3.0, MILLISECOND, shown=False)


def test_in_a_state_nothing_is_kept_and_nothing_fails_the_product() -> None:
    assert judged(1.0, 0, establishing="booted") == []
    with pytest.raises(Inconclusive):
        judged(3.0, 0, establishing="booted")


def test_what_comes_just_after_the_deadline_is_waited_for() -> None:
    world = session(10 * MILLISECOND)
    assert latest(world, SECOND) == SECOND + 10 * MILLISECOND
    assert too_near(world, SECOND - 5 * MILLISECOND, SECOND)
    assert not too_near(world, SECOND - 15 * MILLISECOND, SECOND)


# ---- times inside messages --------------------------------------------------------------------------

PASSED = 1_800_000_000 * SECOND


def clocked_at(off: int, uncertainty: int, cell: str = "now within 2 s") -> list[Measurement]:
    """A currentTime that is `off` ms from ours, with a tolerance of 100 ms."""
    world = session(uncertainty)
    told = {"currentTime": shown(PASSED + off * MILLISECOND)}
    message = SimpleNamespace(action="Heartbeat", payload=told, number=9, event=SimpleNamespace(at=Instant(0, PASSED)))
    clocked(world, (Row("currentTime", parse(cell)),), cast(Message, message))
    return world.measurements


@pytest.mark.parametrize("off", [0, 2000, -2000, 2080, -2080])
def test_a_clock_that_is_right_is_measured(off: int) -> None:
    for cell in ("now within 2 s", "absent or now within 2 s"):
        (found,) = clocked_at(off, 10 * MILLISECOND, cell)
        assert (found.call, found.measured.maximum) == (Call.MET, off * MILLISECOND)


@pytest.mark.parametrize("off", [2095, 2105, -2095, -2105])
def test_a_clock_that_is_as_far_off_as_we_are_unsure_proves_nothing(off: int) -> None:
    with pytest.raises(Inconclusive, match=r"currentTime of Heartbeat.*uncertainty of the harness 10.0 ms"):
        clocked_at(off, 10 * MILLISECOND)


@pytest.mark.parametrize("off", [2115, -2115, 10**9])
def test_a_clock_that_is_wrong_is_told_with_its_numbers(off: int) -> None:
    with pytest.raises(Nonconformance, match=r"measured n=1 .* s, no drift; tolerance 100\.0 ms"):
        clocked_at(off, 10 * MILLISECOND)


def test_what_is_no_time_is_left_to_the_row() -> None:
    world = session(0)
    for value in ("yesterday", 5, None):
        message = SimpleNamespace(action="Heartbeat", payload={"currentTime": value}, number=9,
                                  event=SimpleNamespace(at=Instant(0, PASSED)))
        clocked(world, (Row("currentTime", parse("now within 2 s")),), cast(Message, message))
    assert world.measurements == []


# ---- all answers of a scenario ----------------------------------------------------------------------


def answered(*seconds: float, uncertainty: int = 10 * MILLISECOND) -> list[Measurement]:
    """Our CALLs, each answered after so long; one more is never answered."""
    world: Any = session(uncertainty)
    asked = [SimpleNamespace(direction=Direction.OUT, is_request=True, at=n * SECOND) for n in range(len(seconds))]
    given = {id(m): SimpleNamespace(at=m.at + round(late * SECOND), number=m.at)
             for m, late in zip(asked, seconds, strict=True)}
    open_one = SimpleNamespace(direction=Direction.OUT, is_request=True, at=0)
    theirs = SimpleNamespace(direction=Direction.IN, is_request=True, at=0)
    world.transcript = SimpleNamespace(messages=lambda: [*asked, open_one, theirs],
                                       answer_to=lambda message: given.get(id(message)))
    answered_in_time(world, 2 * SECOND)
    return list(world.measurements)


def test_all_answers_are_measured_together() -> None:
    (found,) = answered(0.1, 2.05, 0.3)
    assert (found.measured.n, found.measured.maximum, found.call) == (3, round(2.05 * SECOND), Call.MET)


def test_one_late_answer_among_many_is_told() -> None:
    with pytest.raises(Nonconformance, match=r"every answer so far within 2 s\nseen: measured n=4"):
        answered(0.1, 0.1, 2.5, 0.1)
    with pytest.raises(Inconclusive, match="too close to call"):
        answered(0.1, 2.105)
