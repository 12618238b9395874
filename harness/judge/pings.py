"""Judging WebSocket pings and pongs (RFC 6455 5.5.2, OCPP-J 5.3)."""

from __future__ import annotations

from harness.journal import Control, Direction, Event
from harness.judge.common import check_of, fail, record, seconds
from harness.judge.measuring import in_time, latest
from harness.ledger import Stamp
from harness.oracle.checks import CheckKind
from harness.oracle.verdict import Inconclusive
from harness.session import Session


def _controls(session: Session, direction: Direction, name: str) -> list[Event]:
    return [
        event for event in session.journal.since(session.since)
        if isinstance(event.body, Control) and event.body.direction is direction and event.body.name == name
    ]


def answers_ping(session: Session, within: int | None) -> None:
    """The SUT answers our last ping with a pong that carries the same data."""
    session.judging()
    times = session.setting.times
    pings = _controls(session, Direction.OUT, "ping")
    if not pings:
        raise Inconclusive("our ping never left")
    ping, limit = pings[-1], within or times.answer

    def pong() -> Event | None:
        came = [e for e in _controls(session, Direction.IN, "pong") if e.link == ping.link and e.number > ping.number]
        return next((e for e in came if e.body.payload == ping.body.payload), None)  # type: ignore[union-attr]

    until = latest(session, ping.at.monotonic + limit + times.tolerance)
    session.wait("the pong", lambda: pong() is not None, until)
    event = pong()
    if event is None:
        gone = "; its connection is gone" if ping.link not in session.open_links else ""
        fail(session, f"a pong within {seconds(limit)}", f"none{gone}")
    in_time(session, f"a pong within {seconds(limit)}", ping.at.monotonic, event.at.monotonic, limit, True)
    record(session, check_of(session, CheckKind.PONG, claimed=(event.number,), limit=limit))
    session.anchor = max(session.anchor, event.at.monotonic)


def pings(session: Session, times: int, within: int | None, name: str) -> None:
    """The SUT sends that many pings before the deadline."""
    session.judging()
    settings = session.setting.times
    limit, begun = within or settings.answer, session.anchor
    until = latest(session, begun + limit + settings.tolerance)

    def found() -> list[Stamp]:
        came = _controls(session, Direction.IN, "ping")
        return [Stamp(e.number, e.at.monotonic, e.at.wall) for e in came if begun <= e.at.monotonic <= until][:times]

    session.wait(f"{times} pings", lambda: len(found()) == times, until)
    stamps = found()
    if len(stamps) < times:
        fail(session, f"{times} pings within {seconds(limit)}", f"only {len(stamps)}")
    in_time(session, f"{times} pings within {seconds(limit)}", begun, stamps[-1].at, limit, within is not None)
    session.series[name] = tuple(stamps)
    check = check_of(session, CheckKind.OCCURS, action="pings", claimed=tuple(s.number for s in stamps),
                     since=begun, until=until, limit=limit)
    record(session, check)
    session.anchor = max(session.anchor, stamps[-1].at)
