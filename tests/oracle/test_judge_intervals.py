"""What is judged of intervals, order and series: from which message to which, how many, and to what edge."""

from __future__ import annotations

import pytest

from harness import addresses
from harness.journal import Direction, HandshakeRequest, HandshakeResponse, Step
from harness.judge import intervals
from harness.ledger import Stamp
from harness.oracle.checks import CheckKind
from harness.oracle.timing import Between
from harness.oracle.verdict import HarnessFault, Inconclusive, Nonconformance
from harness.rpc.link import MILLISECOND, SECOND
from harness.session import Session
from tests.oracle.bench import Record
from tests.oracle.judging_bench import numbers, rows, session_of

AT_LEAST, AT_MOST = CheckKind.AT_LEAST, CheckKind.AT_MOST


def beats(*moments: float, action: str = "Heartbeat") -> tuple[Record, Session]:
    """The station's requests at these seconds, named "0", "1" ..., and all together "all"."""
    record = Record()
    record.opened()
    sent = []
    for number, at in enumerate(moments):
        sent.append(record.theirs(2, f"{number}", action, {"n": number}, after=at - record.now))
    session = session_of(record)
    for number, message in enumerate(sent):
        session.name(f"{number}", message)
    session.name("all", *sent)
    return record, session


def test_it_is_measured_from_the_last_of_the_one_to_the_first_of_the_other() -> None:
    _, session = beats(1, 2, 5, 9)
    one, two, three, four = (session.named(str(n))[0] for n in range(4))
    session.name("earlier", one, two)
    session.name("later", three, four)
    intervals.apart(session, "later", "earlier", False, 3 * SECOND, AT_LEAST)
    intervals.apart(session, "later", "earlier", False, 3 * SECOND, AT_MOST)
    with pytest.raises(Nonconformance):
        intervals.apart(session, "later", "earlier", False, 4 * SECOND, AT_LEAST)
    with pytest.raises(Nonconformance):
        intervals.apart(session, "later", "earlier", False, 2 * SECOND, AT_MOST)
    assert session.checks[0].claimed == numbers(two, three)


@pytest.mark.parametrize("kind", [AT_LEAST, AT_MOST])
def test_what_came_before_did_not_come_after(kind: CheckKind) -> None:
    _, session = beats(1, 1.2)
    with pytest.raises(Nonconformance):
        intervals.apart(session, "0", "1", False, SECOND, kind)


def test_at_once_is_at_most_anything() -> None:
    _, session = beats(1, 1)
    intervals.apart(session, "1", "0", False, SECOND, AT_MOST)


def test_the_order_is_that_of_the_last_of_each_name() -> None:
    _, session = beats(1, 2, 3)
    session.name("around", session.named("0")[0], session.named("2")[0])
    intervals.in_order(session, ("1", "around"))
    with pytest.raises(Nonconformance, match="1 before around"):
        intervals.in_order(session, ("around", "1"))


@pytest.mark.parametrize(("times", "period"), [(1, SECOND), (3, 0)])
def test_a_rhythm_that_is_none_is_our_mistake(times: int, period: int) -> None:
    _, session = beats(1, 2, 3)
    with pytest.raises(HarnessFault):
        intervals.every(session, "Heartbeat", period, times, None)


def test_a_rhythm_is_one_check_and_one_measurement() -> None:
    _, session = beats(2, 4, 6)
    intervals.every(session, "Heartbeat", 2 * SECOND, 3, "rhythm")
    assert [check.kind for check in session.checks] == [CheckKind.EVERY]
    assert len(session.measurements) == 1
    assert len(session.named("rhythm")) == 3


@pytest.mark.parametrize("moments", [(2, 4, 7), (2, 3, 5), (2, 4)])
def test_a_beat_that_is_late_early_or_missing_breaks_it(moments: tuple[float, ...]) -> None:
    _, session = beats(*moments)
    with pytest.raises(Nonconformance, match=r"within 2 s|every 2 s"):
        intervals.every(session, "Heartbeat", 2 * SECOND, 3, None)


def test_so_many_and_no_more_are_claimed() -> None:
    _, session = beats(1, 2, 3)
    intervals.occurs(session, "Heartbeat", rows(n="at least 0"), 2, None, "two")
    assert numbers(*session.named("two")) == numbers(session.named("0")[0], session.named("1")[0])
    with pytest.raises(Nonconformance, match="only 1"):
        intervals.occurs(session, "Heartbeat", (), 2, None, None)


@pytest.mark.parametrize(("last", "verdict"), [(5.505, Inconclusive), (5.6, Nonconformance)])
def test_the_last_of_them_is_due_too(last: float, verdict: type[Exception]) -> None:
    _, session = beats(1, last)
    with pytest.raises(verdict):
        intervals.occurs(session, "Heartbeat", (), 2, None, None)


def dialling(*moments: float, last: str = "/ocpp/CS001") -> Session:
    record = Record()
    record.add(Step("When the connection drops", 1, "it.feature"), 0)
    for link, at in enumerate(moments, start=1):
        target = last if link == len(moments) else "/ocpp/CS001"
        record.add(HandshakeRequest(Direction.IN, target), link, at - record.now)
        record.add(HandshakeResponse(Direction.OUT, 503), link)
    return session_of(record)


def test_attempts_are_told_once() -> None:
    session = dialling(1, 2, 4)
    intervals.tries_to_connect(session, 2, None, "first")
    assert [stamp.at for stamp in session.stamps("first")] == [SECOND, 2 * SECOND]
    assert session.anchor == 2 * SECOND
    intervals.tries_to_connect(session, 1, None, "second")
    assert [stamp.at for stamp in session.stamps("second")] == [4 * SECOND]
    with pytest.raises(Nonconformance, match="only 0"):
        intervals.tries_to_connect(session, 1, None, "third")


def test_every_attempt_goes_there() -> None:
    elsewhere = addresses.diverted("/ocpp/CS001")
    intervals.tries_to_connect(dialling(1, 2), 2, None, "both", addresses.FIRST_ADDRESS)
    intervals.tries_to_connect(dialling(1, 2, 3, last=elsewhere), 2, None, "both", addresses.FIRST_ADDRESS)
    with pytest.raises(Nonconformance, match=f"it asked for {elsewhere}"):
        intervals.tries_to_connect(dialling(1, 2, last=elsewhere), 2, None, "both", addresses.FIRST_ADDRESS)


def test_one_event_has_no_gaps() -> None:
    _, session = beats(1)
    with pytest.raises(Inconclusive, match="single event"):
        intervals.gaps(session, "0", Between(SECOND, None))


def test_a_gap_at_the_edge_proves_nothing() -> None:
    _, session = beats(1)
    session.series["edge"] = tuple(Stamp(n, at, at) for n, at in enumerate((0, SECOND, SECOND + 495 * MILLISECOND)))
    with pytest.raises(Inconclusive, match="too close"):
        intervals.gaps(session, "edge", Between(SECOND, None))
    session.series["good"] = tuple(Stamp(n, at, at) for n, at in enumerate((0, SECOND, 2 * SECOND)))
    intervals.gaps(session, "good", Between(SECOND, SECOND))
    with pytest.raises(Nonconformance):
        intervals.gaps(session, "good", Between(2 * SECOND, None))
