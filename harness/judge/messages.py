"""Judging what the system under test sends and answers."""

from __future__ import annotations

from collections.abc import Callable
from typing import NoReturn

from harness.journal import Direction
from harness.judge.common import check_of, fail, record, resolved, seconds
from harness.judge.measuring import clocked, in_time, latest, timed
from harness.oracle import expect
from harness.oracle.checks import CheckKind
from harness.oracle.expect import Span, Wanted
from harness.oracle.match import Row
from harness.oracle.timing import Band, worst
from harness.oracle.transcript import Message
from harness.oracle.verdict import Inconclusive
from harness.rpc.frame import Error, Json
from harness.session import Session


def sends(session: Session, action: str, rows: tuple[Row, ...], within: int | None, name: str | None,
          links: frozenset[int] | None = None, reads: Callable[[Message], list[Json]] | None = None) -> Message:
    """The SUT sends this request, with these members, before the deadline; `reads` as in `Wanted`."""
    session.judging()
    times = session.setting.times
    wanted = Wanted(action, resolved(session, rows), links, reads, session.readings)
    claimed = session.claimed - session.readings.keys() if reads else session.claimed
    # A boot takes a station minutes, where an answer takes it seconds.
    shown, begun = within is not None, session.anchor
    within = within or (times.boot if action == "BootNotification" else times.answer)
    span = Span(session.since, begun + within + times.tolerance)
    wide = Span(span.since, latest(session, span.until))

    def found() -> Message | None:
        return expect.find(session.transcript, wanted, wide, claimed)

    session.wait(f"{action} from the SUT", lambda: found() is not None, wide.until)
    message = found()
    if message is None:
        _missing(session, wanted, span, within)
    if reads:
        session.readings.setdefault(message.number, set()).add(wanted.reading(message))
    in_time(session, f"{action} within {seconds(within)}", begun, message.at, within, shown, message)
    clocked(session, wanted.rows, message)
    session.name(name, message)
    check = check_of(session, CheckKind.SENDS, action=message.action, claimed=(message.number,), rows=wanted.rows,
                   since=session.anchor, until=span.until, limit=within)
    record(session, check, message)
    return message


def _missing(session: Session, wanted: Wanted, span: Span, within: int) -> NoReturn:
    rows = "".join(f"\n  {row.path}: {row.pattern}" for row in wanted.rows)
    expected = f"{wanted.action} from the {session.setting.sut} within {seconds(within)}{rows}"
    miss = expect.nearest(session.transcript, wanted, span, session.claimed)
    if miss is None:
        gone = "" if session.open_links else "; its connection is gone"
        fail(session, expected, f"no {wanted.action}{gone}")
    wrong = "; ".join(map(str, miss.wrong)) or "all members as expected"
    late = f", {seconds(miss.late_by)} too late" if miss.late_by else ""
    fail(session, expected, f"{wanted.action}{late}: {wrong}", miss.message)


MOST_PARTS = 10_000
"""A report that goes on beyond this is not waited for: it may never end."""


def sends_all_parts(session: Session, action: str, rows: tuple[Row, ...], within: int | None, name: str) -> None:
    """The SUT sends a report in parts: seqNo 0, 1, 2 ... and tbc true on all but the last (B07.FR.10)."""
    parts: list[Message] = []
    while not parts or _payload(parts[-1]).get("tbc") is True:
        if len(parts) == MOST_PARTS:
            raise Inconclusive(f"after {MOST_PARTS} parts of {action} there is still one to come")
        part = sends(session, action, rows, within, None)
        number = _payload(part).get("seqNo")
        if number != len(parts):
            fail(session, f"part {len(parts)} of the report with seqNo {len(parts)}", f"seqNo {number!r}", part)
        parts.append(part)
    session.name(name, *parts)


def _payload(message: Message) -> dict[str, Json]:
    return message.payload if isinstance(message.payload, dict) else {}


def answers(session: Session, name: str, rows: tuple[Row, ...], code: str | None, within: int | None,
            as_name: str | None) -> Message:
    """The SUT answers that CALL of ours: a CALLRESULT with these members, or that CALLERROR; of both, either."""
    session.judging()
    request = session.named(name)[-1]
    times = session.setting.times
    until = request.at + (within or times.answer) + times.tolerance
    rows = resolved(session, rows)

    def answer() -> expect.Answered | None:
        return expect.answer(session.transcript, request, rows, code)

    session.wait(f'the answer to "{name}" ({request.action})', lambda: answer() is not None, latest(session, until))
    expected = f'an answer to {request.action} ("{name}") within {seconds(within or times.answer)}'
    expected += f" with {code if code == 'any CALLERROR' else f'CALLERROR {code}'}" if code else ""
    expected += " or a CALLRESULT with" if code and rows else ""
    expected += "".join(f"\n  {row.path}: {row.pattern}" for row in rows)
    given = answer()
    if given is None:
        ended = session.ended(request.link)
        gone = f"; the connection ended with {ended.code}" if ended else ""
        fail(session, expected, f"no answer{gone}", request)
    due = f'an answer to {request.action} ("{name}") within {seconds(within or times.answer)}'
    in_time(session, due, request.at, given.message.at, within or times.answer, within is not None,
            request, given.message)
    if not isinstance(given.message.frame, Error):
        clocked(session, rows, given.message)
    if given.wrong:
        fail(session, expected, "; ".join(given.wrong), request, given.message)
    session.name(as_name, given.message)
    if code:
        session.excused.add(given.message.number)
    check = check_of(session, CheckKind.ANSWERS, action=request.action, claimed=(given.message.number,), rows=rows,
                   code=code, since=request.at, until=until, limit=within or times.answer)
    record(session, check, given.message)
    return given.message


def answered_in_time(session: Session, within: int | None) -> None:
    """That answer, and every other one of the SUT in this scenario: measured together, and kept for the report."""
    limit = within or session.setting.times.answer
    asked = (m for m in session.transcript.messages() if m.direction is Direction.OUT and m.is_request)
    pairs = [(m, answer) for m in asked if (answer := session.transcript.answer_to(m)) is not None]
    bands = tuple(Band(max(answer.at - m.at, 0), None, limit) for m, answer in pairs)
    times = session.setting.times
    call = worst([band.call(times.tolerance, times.uncertainty) for band in bands])
    timed(session, f"every answer so far within {seconds(limit)}", bands, call, pairs[-1][1])


def has(session: Session, name: str, rows: tuple[Row, ...]) -> None:
    """The named message of the SUT has these members, besides what was asked of it before."""
    session.judging()
    message = session.named(name)[-1]
    rows = resolved(session, rows)
    clocked(session, rows, message)
    wrong = expect.differences(message, rows)
    if wrong:
        fail(session, "\n  ".join(f"{row.path}: {row.pattern}" for row in rows), "; ".join(map(str, wrong)), message)
    record(session, check_of(session, CheckKind.HAS, action=message.action, claimed=(message.number,), rows=rows))
