"""A connection is kept until the last moment of its span, and no longer; a report without end is given up."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import nullcontext
from types import SimpleNamespace
from typing import Any, cast

import pytest

from harness.journal import Direction, Ended, Event, HandshakeResponse, Journal
from harness.judge import connections, messages
from harness.oracle.verdict import HarnessFault, Inconclusive, Nonconformance
from harness.rpc.link import MILLISECOND, SECOND, Instant
from harness.session import Session
from harness.setting import Times
from tests.oracle.bench import Record


def world(sut: str, **more: Any) -> Session:
    return cast(Session, SimpleNamespace(
        judging=lambda: None, setting=SimpleNamespace(sut=sut, times=Times(uncertainty=10 * MILLISECOND)),
        establishing="", requirements=(), heard=lambda: True, line=(1, "x"), claimed=set(), checks=[], anchor=0,
        **more,
    ))


def kept(at: float, by: Direction = Direction.IN) -> None:
    """The judge's verdict on a connection that was to stand for 2 s and ended then."""
    record = Record()
    record.opened()
    event = Event(len(record.journal), Instant(round(at * SECOND), 0), 1, Ended(by, 1006))
    session = world("station", transcript=record.transcript, since=len(record.journal),
                    journal=[*record.journal, event], wait=lambda what, ready, until: ready())
    connections.keeps(session, 2 * SECOND)
    assert len(session.checks) == 1


def test_an_end_before_its_time_fails() -> None:
    with pytest.raises(Nonconformance, match="stands for 2 s"):
        kept(1.9)


def test_an_end_after_its_time_is_no_fault() -> None:
    kept(2.001)


def test_an_end_at_the_edge_proves_nothing_nor_does_ours() -> None:
    with pytest.raises(Inconclusive, match="too close"):
        kept(1.995)
    with pytest.raises(Inconclusive, match="ourselves"):
        kept(1.0, Direction.OUT)


@pytest.mark.parametrize(("by", "verdict"), [(Direction.IN, None), (Direction.OUT, Inconclusive)])
def test_who_turns_a_connection_away_without_version_ends_it(by: Direction, verdict: type[Exception] | None) -> None:
    session = world(
        "csms", links={"": 1}, handshake=lambda number: HandshakeResponse(Direction.IN, 101),
        ended=lambda number: Ended(by, 1002), journal=Journal(), wait=lambda what, ready, until: ready(),
    )
    session.setting.tls = None  # type: ignore[misc]
    with pytest.raises(verdict, match="ourselves") if verdict else nullcontext():
        connections.turns_away(session, None)
    assert len(session.checks) == (verdict is None)


@pytest.mark.parametrize("judged", [
    lambda session: connections.accepts(session, None, "B"),
    lambda session: connections.refuses(session, None, "B"),
    lambda session: connections.closes(session, None, None, "B"),
    lambda session: connections.turns_away(session, None, "B"),
])
def test_a_station_that_never_asked_is_nobodys_to_judge(judged: Callable[[Session], None]) -> None:
    with pytest.raises(HarnessFault, match="'B' has asked for no connection"):
        judged(world("csms", links={"": 1}, guesses={"": (1,)}))


def test_a_report_without_end_is_given_up(monkeypatch: pytest.MonkeyPatch) -> None:
    sent = iter(range(10**6))
    monkeypatch.setattr(messages, "MOST_PARTS", 20)
    monkeypatch.setattr(messages, "sends", lambda *_: SimpleNamespace(payload={"seqNo": next(sent), "tbc": True}))
    with pytest.raises(Inconclusive, match="after 20 parts of NotifyReport"):
        messages.sends_all_parts(world("station"), "NotifyReport", (), None, "report")
    assert next(sent) == 20
