"""Judging intervals, rhythm and order, by the stamps of the wire.

A measurement that is nearer to its limit than the harness's own uncertainty proves nothing: the scenario is
inconclusive, never a guess.
"""

from __future__ import annotations

from typing import NoReturn

from harness.judge.common import check_of, fail, record, resolved, seconds
from harness.judge.connections import attempts, dialled_at
from harness.judge.measuring import in_time, latest, timed
from harness.judge.messages import sends
from harness.ledger import Stamp
from harness.oracle import timing
from harness.oracle.checks import CheckKind
from harness.oracle.expect import Span, Wanted, candidates
from harness.oracle.match import Row
from harness.oracle.timing import Aligned, Band, Call, Shape
from harness.oracle.transcript import Message
from harness.oracle.verdict import HarnessFault, Inconclusive
from harness.session import Session


def apart(session: Session, later: str, earlier: str, after_answer: bool, limit: int, kind: CheckKind) -> None:
    """How long after one message another came, measured on the wire, with the SUT file's tolerance."""
    session.judging()
    end = session.named(later)[0]
    begin = session.answer_of(earlier) if after_answer else session.named(earlier)[-1]
    gap, times = end.at - begin.at, session.setting.times
    band = Band(gap, limit, None) if kind is CheckKind.AT_LEAST else Band(gap, None, limit)
    of = f'the answer to "{earlier}"' if after_answer else f'"{earlier}"'
    expected = f'"{later}" {kind} {seconds(limit)} after {of}'
    call = Call.BROKEN if gap < 0 else band.call(times.tolerance, times.uncertainty)
    measured = timed(session, expected, (band,), call, begin, end)
    check = check_of(session, kind, action=end.action, claimed=(begin.number, end.number), limit=limit)
    record(session, check.noting(str(measured)))


def in_order(session: Session, names: tuple[str, ...]) -> None:
    """The named messages came in this order on the wire."""
    session.judging()
    messages = [session.named(name)[-1] for name in names]
    if [m.number for m in messages] != sorted(m.number for m in messages):
        came = sorted(zip(names, messages, strict=True), key=lambda pair: pair[1].number)
        fail(session, " before ".join(names), " before ".join(name for name, _ in came), *messages)
    check = check_of(session, CheckKind.ORDER, action=messages[-1].action, claimed=tuple(m.number for m in messages))
    record(session, check)


def every(session: Session, action: str, period: int, times: int, name: str | None) -> None:
    """The SUT sends this request `times` times, each `period` after the one before, within the tolerance."""
    session.judging()
    if times < 2 or not period:
        raise HarnessFault("a rhythm has at least two occurrences and a period above 0")
    begun = len(session.checks), len(session.measurements)
    messages = [sends(session, action, (), period, None) for _ in range(times)]
    del session.checks[begun[0] :], session.measurements[begun[1] :]
    shape = timing.Between(period, period)
    settings = session.setting.times
    gaps = timing.gaps_of([m.at for m in messages])
    call = shape.judge(gaps, (), settings.tolerance, settings.uncertainty)
    measured = timed(session, f"{action} every {seconds(period)}", shape.bands(gaps, ()), call, *messages)
    session.name(name, *messages)
    check = check_of(session, CheckKind.EVERY, action=messages[0].action,
                     claimed=tuple(m.number for m in messages), limit=period)
    record(session, check.noting(str(measured)), *messages)


# ---- series -----------------------------------------------------------------------------------------


def occurs(session: Session, action: str, rows: tuple[Row, ...], times: int, within: int | None,
           name: str | None) -> None:
    """The SUT sends such a request `times` times in all before the deadline."""
    session.judging()
    settings = session.setting.times
    wanted = Wanted(action, resolved(session, rows))
    limit = within or settings.answer
    begun = session.anchor
    span = Span(session.since, latest(session, begun + limit + settings.tolerance))

    def found() -> list[Message]:
        return [m for m in candidates(session.transcript, span, session.claimed) if wanted.fits(m)][:times]

    session.wait(f"{action} from the SUT, {times} times", lambda: len(found()) == times, span.until)
    messages = found()
    if len(messages) < times:
        _too_few(session, f"{action} {times} times within {seconds(limit)}", len(messages), *messages)
    due = f"{action} {times} times within {seconds(limit)}"
    in_time(session, due, begun, messages[-1].at, limit, within is not None, messages[-1])
    session.name(name, *messages)
    check = check_of(session, CheckKind.OCCURS, action=messages[0].action, claimed=tuple(m.number for m in messages),
                     rows=wanted.rows, since=session.anchor, until=span.until, limit=limit)
    record(session, check, *messages)


def tries_to_connect(session: Session, times: int, within: int | None, name: str, place: str = "") -> None:
    """The station opens `times` handshakes before the deadline, whatever they are answered; all of them at `place`."""
    session.judging()
    settings = session.setting.times
    limit = within or settings.reconnect
    begun = session.anchor
    until = latest(session, begun + limit + settings.tolerance)

    def found() -> list[Stamp]:
        return [Stamp(e.number, e.at.monotonic, e.at.wall) for e in attempts(session, until)][:times]

    session.wait(f"{times} handshakes of the station", lambda: len(found()) == times, until)
    stamps = found()
    if len(stamps) < times:
        _too_few(session, f"{times} handshakes within {seconds(limit)}", len(stamps))
    in_time(session, f"{times} handshakes within {seconds(limit)}", begun, stamps[-1].at, limit, within is not None)
    dialled_at(session, place, attempts(session, until)[:times])
    session.series[name] = tuple(stamps)
    session.attempted = stamps[-1].number
    check = check_of(session, CheckKind.OCCURS, action="connects", claimed=tuple(s.number for s in stamps),
                     since=session.anchor, until=until, limit=limit, code=place or None)
    record(session, check)
    session.anchor = max(session.anchor, stamps[-1].at)


def _too_few(session: Session, expected: str, count: int, *messages: Message) -> NoReturn:
    fail(session, expected, f"only {count}", *messages)


def gaps(session: Session, name: str, shape: Shape) -> None:
    """The gaps of a series have that shape."""
    session.judging()
    stamps = session.stamps(name)
    if len(stamps) < 2:
        raise Inconclusive(f'"{name}" is a single event and has no gaps')
    times = session.setting.times
    found = timing.gaps_of([stamp.at for stamp in stamps])
    walls = [stamp.wall for stamp in stamps]
    call = shape.judge(found, walls, times.tolerance, times.uncertainty)
    measured = timed(session, f'{shape} in "{name}"', shape.bands(found, walls), call)
    limit = shape.period if isinstance(shape, Aligned) else 0
    check = check_of(session, CheckKind.GAPS, claimed=tuple(s.number for s in stamps), limit=limit, shape=shape)
    record(session, check.noting(str(measured)))
