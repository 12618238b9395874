"""Judging: every ``Then`` line ends here. Only the system under test is judged, only by the journal.

Each function waits until the question is answered or its deadline is past, claims the message that
answers it, records a `Check` for the proof, and raises `Nonconformance` where the product is wrong.
While a state is being established the same questions raise `Inconclusive`: nothing was tested yet.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from typing import NoReturn

from harness.journal import Ended, HandshakeRequest
from harness.oracle import expect
from harness.oracle.checks import Check, CheckKind
from harness.oracle.expect import Span, Wanted
from harness.oracle.match import Row, mismatches, resolve
from harness.oracle.transcript import Message
from harness.oracle.verdict import Inconclusive, Nonconformance
from harness.rpc.frame import Json
from harness.rpc.link import SECOND
from harness.session import Session


def seconds(duration: int) -> str:
    """ns as text for people."""
    return f"{duration / SECOND:.3f} s".replace(".000", "")


def resolved(session: Session, rows: tuple[Row, ...]) -> tuple[Row, ...]:
    """Rows with every reference replaced by its value."""
    return tuple(replace(row, pattern=resolve(row.pattern, session.look_up)) for row in rows)


def fail(session: Session, expected: str, seen: str, *messages: Message) -> NoReturn:
    """Raise what the failure is in this place, with all a reader needs."""
    entries = ", ".join(str(message.number) for message in messages)
    lines = [f"expected: {expected}", f"seen: {seen}" + (f" [journal entry {entries}]" if entries else "")]
    if session.requirements:
        lines.append("because of: " + ", ".join(session.requirements))
    if not session.heard():
        came = session.connected_as()
        lines.append(f"the SUT has sent no message at all; its last handshake was for {came!r}" if came
                     else "nothing reached us from the SUT: it never connected")
    text = "\n".join(lines)
    if session.establishing:
        raise Inconclusive(f"state '{session.establishing}' was not reached\n{text}")
    raise Nonconformance(text)


def record(session: Session, check: Check, *messages: Message) -> None:
    """Claim the messages, move on to the latest, and note what the line rested on."""
    session.claimed |= {message.number for message in messages}
    session.anchor = max([session.anchor, *(message.at for message in messages)])
    if not session.establishing:
        line, text = session.line
        session.checks.append(replace(check, line=line, text=text))


def _check(session: Session, kind: CheckKind, **details: object) -> Check:
    return Check(kind, *session.line, **details)  # type: ignore[arg-type]


# ---- messages ---------------------------------------------------------------------------------------


def sends(session: Session, action: str, rows: tuple[Row, ...], within: int | None, name: str | None,
          links: frozenset[int] | None = None) -> Message:
    """The SUT sends this request, with these members, before the deadline."""
    session.judging()
    times = session.setting.times
    wanted = Wanted(action, resolved(session, rows), links)
    # A boot takes a station minutes, where an answer takes it seconds.
    within = within or (times.boot if action == "BootNotification" else times.answer)
    span = Span(session.since, session.anchor + within + times.tolerance)

    def found() -> Message | None:
        return expect.find(session.transcript, wanted, span, session.claimed)

    session.wait(f"{action} from the SUT", lambda: found() is not None, span.until)
    message = found()
    if message is None:
        _missing(session, wanted, span, within)
    session.name(name, message)
    check = _check(session, CheckKind.SENDS, action=action, claimed=(message.number,), rows=wanted.rows,
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


def sends_all_parts(session: Session, action: str, rows: tuple[Row, ...], within: int | None, name: str) -> None:
    """The SUT sends a report in parts: seqNo 0, 1, 2 ... and tbc true on all but the last (B07.FR.10)."""
    parts: list[Message] = []
    while not parts or _payload(parts[-1]).get("tbc") is True:
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

    session.wait(f'the answer to "{name}" ({request.action})', lambda: answer() is not None, until)
    expected = f'an answer to {request.action} ("{name}") within {seconds(within or times.answer)}'
    expected += f" with {code if code == 'any CALLERROR' else f'CALLERROR {code}'}" if code else ""
    expected += " or a CALLRESULT with" if code and rows else ""
    expected += "".join(f"\n  {row.path}: {row.pattern}" for row in rows)
    given = answer()
    if given is None:
        ended = session.ended(request.link)
        gone = f"; the connection ended with {ended.code}" if ended else ""
        fail(session, expected, f"no answer{gone}", request)
    if given.message.at > until:
        fail(session, expected, f"an answer after {seconds(given.message.at - request.at)}", request, given.message)
    if given.wrong:
        fail(session, expected, "; ".join(given.wrong), request, given.message)
    session.name(as_name, given.message)
    if code:
        session.excused.add(given.message.number)
    check = _check(session, CheckKind.ANSWERS, action=request.action, claimed=(given.message.number,), rows=rows,
                   code=code, since=request.at, until=until, limit=within or times.answer)
    record(session, check, given.message)
    return given.message


def has(session: Session, name: str, rows: tuple[Row, ...]) -> None:
    """The named message of the SUT has these members, besides what was asked of it before."""
    session.judging()
    message = session.named(name)[-1]
    rows = resolved(session, rows)
    wrong = mismatches(message.payload, rows)
    if wrong:
        fail(session, "\n  ".join(f"{row.path}: {row.pattern}" for row in rows), "; ".join(map(str, wrong)), message)
    record(session, _check(session, CheckKind.HAS, action=message.action, claimed=(message.number,), rows=rows))


# ---- elements of lists ------------------------------------------------------------------------------


def elements(session: Session, path: str, name: str, rows: tuple[Row, ...], kind: CheckKind) -> None:
    """Some, each, or no element of a list (over all parts of a report) meets all the rows together."""
    from harness.oracle import paths

    session.judging()
    rows = resolved(session, rows)
    messages = session.named(name)
    found = [value for message in messages for value in _listed(paths.values(message.payload, path))]
    fitting = [value for value in found if not mismatches(value, rows)]
    met = {
        CheckKind.SOME: bool(fitting),
        CheckKind.EACH: bool(found) and len(fitting) == len(found),
        CheckKind.NO: not fitting,
    }[kind]
    if not met:
        wanted = f"{kind} {path} of \"{name}\" with" + "".join(f"\n  {row.path}: {row.pattern}" for row in rows)
        fail(session, wanted, f"{len(fitting)} of {len(found)} such: {_sample(found, rows)}", *messages)
    numbers = tuple(message.number for message in messages)
    check = _check(session, kind, action=messages[-1].action, claimed=numbers, rows=rows, path=path)
    record(session, check, *messages)


def _listed(values: Iterable[Json]) -> list[Json]:
    return [entry for value in values for entry in (value if isinstance(value, list) else [value])]


def _sample(found: list[Json], rows: tuple[Row, ...]) -> str:
    nearest = min(found, key=lambda value: len(mismatches(value, rows)), default=None)
    return "; ".join(map(str, mismatches(nearest, rows))) if nearest is not None else "the list is empty or missing"


# ---- silence ----------------------------------------------------------------------------------------


def silent(session: Session, action: str | None, duration: int) -> None:
    """The SUT sends no such request (None: none at all) until `duration` after the last thing that happened."""
    session.judging()
    start, until = session.anchor, session.anchor + duration

    def breach() -> Message | None:
        return next(
            (m for m in expect.candidates(session.transcript, Span(0, until), session.claimed)
             if m.at > start and m.is_request and action in (None, m.action)),
            None,
        )

    what = f"no {action}" if action else "nothing"
    session.wait(f"{what} for {seconds(duration)}", lambda: breach() is not None, until)
    offender = breach()
    if offender is not None:
        seen = f"{offender.action} after {seconds(offender.at - start)}"
        fail(session, f"{what} from the {session.setting.sut} for {seconds(duration)}", seen, offender)
    if not session.open_links:
        raise Inconclusive(f"the connection was gone before {seconds(duration)} of silence had passed")
    check = _check(session, CheckKind.SILENCE, action=action or "", since=start, until=until, limit=duration)
    record(session, check)
    session.anchor = max(session.anchor, until)


def nothing_between(session: Session, action: str | None, first: str, second: str) -> None:
    """Between two named messages the SUT sent no such request. Both ends were seen, so silence is proven."""
    session.judging()
    begin, end = session.named(first)[-1], session.named(second)[0]
    between = [
        m for m in session.transcript.from_sut(begin.number + 1)
        if m.number < end.number and m.is_request and action in (None, m.action)
    ]
    what = f"no {action}" if action else "nothing"
    if between:
        expected = f'{what} from the {session.setting.sut} between "{first}" and "{second}"'
        fail(session, expected, ", ".join(m.action for m in between), *between)
    check = _check(session, CheckKind.NOT_BETWEEN, action=action or "", claimed=(begin.number, end.number),
                   since=begin.at, until=end.at)
    record(session, check)


# ---- intervals and order ----------------------------------------------------------------------------


def apart(session: Session, later: str, earlier: str, after_answer: bool, limit: int, kind: CheckKind) -> None:
    """How long after one message another came, measured on the wire, with the SUT file's tolerance."""
    session.judging()
    end = session.named(later)[0]
    begin = session.answer_of(earlier) if after_answer else session.named(earlier)[-1]
    measured, tolerance = end.at - begin.at, session.setting.times.tolerance
    met = measured + tolerance >= limit if kind is CheckKind.AT_LEAST else measured - tolerance <= limit
    of = f'the answer to "{earlier}"' if after_answer else f'"{earlier}"'
    if not met or measured < 0:
        expected = f'"{later}" {kind} {seconds(limit)} after {of} (tolerance {seconds(tolerance)})'
        fail(session, expected, f"{seconds(measured)} after it", begin, end)
    check = _check(session, kind, action=end.action, claimed=(begin.number, end.number), limit=limit,
                   notes=(f"measured {seconds(measured)}",))
    record(session, check)


def in_order(session: Session, names: tuple[str, ...]) -> None:
    """The named messages came in this order on the wire."""
    session.judging()
    messages = [session.named(name)[-1] for name in names]
    if [m.number for m in messages] != sorted(m.number for m in messages):
        came = sorted(zip(names, messages, strict=True), key=lambda pair: pair[1].number)
        fail(session, " before ".join(names), " before ".join(name for name, _ in came), *messages)
    check = _check(session, CheckKind.ORDER, action=messages[-1].action, claimed=tuple(m.number for m in messages))
    record(session, check)


def every(session: Session, action: str, period: int, times: int, name: str | None) -> None:
    """The SUT sends this request `times` times, each `period` after the one before, within the tolerance."""
    session.judging()
    first = sends(session, action, (), period, None)
    session.checks.pop()
    messages = [first]
    for _ in range(times - 1):
        message = sends(session, action, (), period, None)
        session.checks.pop()
        gap = message.at - messages[-1].at
        if abs(gap - period) > session.setting.times.tolerance:
            fail(session, f"{action} every {seconds(period)}", f"a gap of {seconds(gap)}", messages[-1], message)
        messages.append(message)
    session.name(name, *messages)
    check = _check(session, CheckKind.EVERY, action=action, claimed=tuple(m.number for m in messages), limit=period)
    record(session, check, *messages)


# ---- connections ------------------------------------------------------------------------------------


def refuses(session: Session, status: str | None, who: str = "") -> None:
    """The CSMS answers our handshake with an HTTP status other than 101; `status` may offer several."""
    session.judging()
    number = session.links.get(who, 0)
    answer = session.handshake(number)
    wanted = f"HTTP status {status}" if status else "an HTTP status other than 101"
    if answer is None or answer.status == 0:
        reason = answer.reason if answer else "no answer at all"
        fail(session, wanted, f"no HTTP answer: {reason}")
    allowed = status is None or str(answer.status) in [part.strip() for part in status.split(" or ")]
    if answer.status == 101 or not allowed:
        fail(session, wanted, f"HTTP status {answer.status}")
    record(session, _check(session, CheckKind.REFUSES, claimed=(number,), code=status))


def turns_away(session: Session, within: int | None, who: str = "") -> None:
    """The CSMS lets us in under no version: an HTTP refusal, or an upgrade without a subprotocol that it then
    closes. OCPP-J 3.2 asks for the second, the published cases for the first; both keep us out."""
    session.judging()
    times = session.setting.times
    until = session.anchor + (within or times.answer) + times.tolerance
    number = session.links.get(who, 0)

    def away() -> bool:
        answer = session.handshake(number)
        if answer is None or answer.status != 101:
            return answer is not None and answer.status != 0
        return answer.subprotocol is None and session.ended(number) is not None

    session.wait("the CSMS to turn the connection away", away, until)
    if not away():
        answer = session.handshake(number)
        seen = "no HTTP answer"
        if answer is not None and answer.status == 101:
            seen = f"HTTP status 101 with Sec-WebSocket-Protocol {answer.subprotocol or 'missing'}, and it stays open"
        fail(session, "an HTTP refusal, or an upgrade without subprotocol that is then closed", seen)
    record(session, _check(session, CheckKind.TURNS_AWAY, claimed=(number,), until=until))


def accepts(session: Session, subprotocol: str | None, who: str = "") -> None:
    """The CSMS upgrades our handshake, with that subprotocol, and the connection stands."""
    session.judging()
    number = session.links.get(who, 0)
    answer = session.handshake(number)
    wanted = "HTTP status 101" + (f" with Sec-WebSocket-Protocol {subprotocol}" if subprotocol else "")
    if answer is None or answer.status != 101:
        fail(session, wanted, f"HTTP status {answer.status}: {answer.reason}" if answer else "no answer")
    if subprotocol and answer.subprotocol != subprotocol:
        fail(session, wanted, f"Sec-WebSocket-Protocol {answer.subprotocol or 'missing'}")
    record(session, _check(session, CheckKind.ACCEPTS, claimed=(number,), code=subprotocol))


def closes(session: Session, code: str | None, within: int | None, who: str = "") -> None:
    """The SUT ends the connection, with that close code where one is given."""
    session.judging()
    times = session.setting.times
    until = session.anchor + (within or times.answer) + times.tolerance
    number = session.links.get(who, 0) if session.setting.sut == "csms" else _last_link(session)

    def ended() -> Ended | None:
        return session.ended(number)

    session.wait("the SUT to close the connection", lambda: ended() is not None, until)
    end = ended()
    wanted = "the connection closed" + (f" with code {code}" if code else "")
    if end is None:
        fail(session, wanted, f"it still stands after {seconds(within or times.answer)}")
    if code and str(end.code) not in [part.strip() for part in code.split(" or ")]:
        fail(session, wanted, f"it ended with {end.code} {end.reason}")
    record(session, _check(session, CheckKind.CLOSES, claimed=(number,), code=code, until=until))


def _last_link(session: Session) -> int:
    return max((event.link for event in session.journal), default=0)


def reconnects(session: Session, within: int | None) -> None:
    """The station opens a new connection by itself."""
    session.judging()
    times = session.setting.times
    limit = within or times.reconnect
    until = session.anchor + limit + times.tolerance

    def came() -> int:
        numbers = [e.link for e in session.journal.since(session.since)
                   if isinstance(e.body, HandshakeRequest) and e.at.monotonic <= until]
        standing = [number for number in numbers if number in session.open_links]
        return standing[-1] if standing else 0

    session.wait("the station to reconnect", lambda: came() > 0, until)
    if not came():
        fail(session, f"a new connection from the station within {seconds(limit)}", "none")
    check = _check(session, CheckKind.ACCEPTS, action="reconnects", claimed=(came(),), until=until, limit=limit)
    record(session, check)
    session.anchor = max(session.anchor, session.now)
