"""Judging handshakes, closings and reconnections."""

from __future__ import annotations

from collections.abc import Sequence

from harness import addresses
from harness.journal import Direction, Ended, Event, HandshakeRequest, HandshakeResponse
from harness.judge.common import check_of, fail, record, seconds
from harness.judge.measuring import in_time, latest, timed, too_near
from harness.judge.tls import provisioned
from harness.oracle import tls
from harness.oracle.checks import CheckKind
from harness.oracle.timing import Band
from harness.oracle.verdict import HarnessFault, Inconclusive
from harness.session import Session


def refuses(session: Session, status: str | None, who: str = "") -> None:
    """The CSMS answers our handshake with an HTTP status other than 101; `status` may offer several.

    A 101 refuses nobody, not even where it is no upgrade: RFC 6455 4.2.2 has an HTTP error code for that."""
    session.judging()
    numbers = session.guesses.get(who) or (_tried(session, who),)
    for index, number in enumerate(numbers):
        _refused(session, number, status, guessed=index > 0)
    record(session, check_of(session, CheckKind.REFUSES, claimed=numbers, code=status))


def _tried(session: Session, who: str) -> int:
    """The last connection that `who` of ours has asked for. Raises `HarnessFault` where it has asked for none."""
    if who not in session.links:
        raise HarnessFault(f"{f'the station {who!r}' if who else 'our station'} has asked for no connection yet")
    return session.links[who]


def _refused(session: Session, number: int, status: str | None, guessed: bool) -> None:
    """One attempt; whoever was refused before may be left without an answer, for he guesses."""
    answer = session.handshake(number)
    wanted = f"HTTP status {status}" if status else "an HTTP status other than 101"
    if answer is None or answer.status == 0:
        reason = answer.reason if answer else "no answer at all"
        if guessed:
            return
        _provisioned(session, number)
        fail(session, wanted, f"no HTTP answer: {reason}")
    allowed = status is None or str(answer.status) in [part.strip() for part in status.split(" or ")]
    if answer.status == 101 or not allowed:
        fail(session, wanted, _said(answer))


def _said(answer: HandshakeResponse) -> str:
    """The HTTP answer in words; a 101 from which no WebSocket came, with what is wrong with it."""
    broken = answer.status == 101 and not answer.upgraded
    return f"HTTP status {answer.status}" + (f" that is no upgrade: {answer.reason}" if broken else "")


def turns_away(session: Session, within: int | None, who: str = "") -> None:
    """The CSMS lets us in under no version: an HTTP refusal, or an upgrade without a subprotocol that it then
    closes. OCPP-J 3.2 asks for the second, the published cases for the first; both keep us out. So does an end of TLS
    by the CSMS (TC_A_19_CSMS). A 101 that is no upgrade is neither: we had to fail that connection, not the CSMS."""
    session.judging()
    times = session.setting.times
    until = session.anchor + (within or times.answer) + times.tolerance
    number = _tried(session, who)

    def away() -> bool:
        answer = session.handshake(number)
        if answer is not None and answer.status == 0:
            return _plain(session, number) or _shut_out(session, number)
        if answer is None or answer.status != 101:
            return answer is not None
        return answer.upgraded and answer.subprotocol is None and session.ended(number) is not None

    session.wait("the CSMS to turn the connection away", away, until)
    if (end := session.ended(number)) is not None:
        _theirs(end)
    if not away():
        _provisioned(session, number)
        answer = session.handshake(number)
        seen = "no HTTP answer"
        if answer is not None and not answer.upgraded:
            seen = _said(answer) if answer.status else f"no HTTP answer: {answer.reason}"
        elif answer is not None:
            seen = f"HTTP status 101 with Sec-WebSocket-Protocol {answer.subprotocol or 'missing'}, and it stays open"
        fail(session, "an HTTP refusal, or an upgrade without subprotocol that is then closed", seen)
    plain = "plain" if _plain(session, number) else ""
    record(session, check_of(session, CheckKind.TURNS_AWAY, action=plain, claimed=(number,), until=until))


def _provisioned(session: Session, number: int) -> None:
    """See `harness.judge.tls.provisioned`."""
    provisioned(session, tls.view(session.journal.since(0), number))


def _plain(session: Session, number: int) -> bool:
    """Whether we spoke no TLS to a TLS port, and the CSMS hung up on that."""
    seen = tls.view(session.journal.since(0), number)
    return session.setting.tls is not None and seen.hello("ClientHello") is None and seen.ended and not seen.hung


def _shut_out(session: Session, number: int) -> bool:
    """Whether the CSMS, and not we, ended TLS before anything was said inside it."""
    seen = tls.view(session.journal.since(0), number)
    offered = seen.hello("ClientHello") is not None
    return offered and seen.ended and not (seen.ours or seen.hung or seen.answered)


def accepts(session: Session, subprotocol: str | None, who: str = "") -> None:
    """The CSMS upgrades our handshake, with that subprotocol, and the connection stands."""
    session.judging()
    number = _tried(session, who)
    answer = session.handshake(number)
    wanted = "HTTP status 101" + (f" with Sec-WebSocket-Protocol {subprotocol}" if subprotocol else "")
    if answer is None or answer.status == 0:
        _provisioned(session, number)
        fail(session, wanted, f"no HTTP answer: {answer.reason}" if answer else "no HTTP answer in time")
    if not answer.upgraded:
        fail(session, wanted, f"HTTP status {answer.status}: {answer.reason}")
    if subprotocol and answer.subprotocol != subprotocol:
        fail(session, wanted, f"Sec-WebSocket-Protocol {answer.subprotocol or 'missing'}")
    end = session.ended(number)
    if end is not None and end.by is Direction.IN:
        fail(session, f"{wanted}, and a connection that stands", f"it ended at once with {end.code} {end.reason}")
    record(session, check_of(session, CheckKind.ACCEPTS, claimed=(number,), code=subprotocol))


def closes(session: Session, code: str | None, within: int | None, who: str = "") -> None:
    """The SUT ends the connection, with that close code where one is given."""
    session.judging()
    times = session.setting.times
    until = session.anchor + (within or times.answer) + times.tolerance
    number = _tried(session, who) if session.setting.sut == "csms" else None

    def ended() -> Event | None:
        ends = (event for event in session.journal.since(session.since) if isinstance(event.body, Ended))
        return next((event for event in ends if number in (None, event.link)), None)

    begun = session.anchor
    session.wait("the SUT to close the connection", lambda: ended() is not None, latest(session, until))
    event = ended()
    wanted = "the connection closed" + (f" with code {code}" if code else "")
    if event is None:
        fail(session, wanted, f"it still stands after {seconds(within or times.answer)}")
    end = event.body
    assert isinstance(end, Ended)
    _theirs(end)
    limit = within or times.answer
    in_time(session, f"{wanted} within {seconds(limit)}", begun, event.at.monotonic, limit, within is not None)
    if code and str(end.code) not in [part.strip() for part in code.split(" or ")]:
        fail(session, wanted, f"it ended with {end.code} {end.reason}")
    record(session, check_of(session, CheckKind.CLOSES, claimed=(event.link,), code=code, until=until))
    session.anchor = max(session.anchor, event.at.monotonic)


def keeps(session: Session, span: int, who: str = "") -> None:
    """The SUT does not end the connection of `who` for `span` ns from the last act on."""
    session.judging()
    begun, until = session.anchor, session.anchor + span
    number = _standing(session, who)

    def ended() -> Event | None:
        ends = (event for event in session.journal if event.link == number and isinstance(event.body, Ended))
        return next((event for event in ends if event.at.monotonic <= until), None)

    session.wait("the connection to stand", lambda: ended() is not None, until)
    event = ended()
    if event is not None:
        assert isinstance(event.body, Ended)
        _theirs(event.body)
        wanted, seen = f"a connection that stands for {seconds(span)}", f"{event.body.code} {event.body.reason}".strip()
        if too_near(session, event.at.monotonic, until):
            raise Inconclusive(f"too close to call: expected {wanted}; the SUT ended it: {seen}")
        fail(session, wanted, f"the SUT ended it: {seen}")
    record(session, check_of(session, CheckKind.STAYS_OPEN, claimed=(number,), since=begun, until=until))


def _theirs(end: Ended) -> None:
    """Raises `Inconclusive` for an end of ours."""
    if end.by is Direction.OUT:
        raise Inconclusive("we ended the connection ourselves, so nobody knows whether the SUT would have")


def _standing(session: Session, who: str) -> int:
    """The connection that stood when the row of acts began, or was made in it. Raises `Inconclusive` without one."""
    met = session.transcript.open_links(session.since)
    if session.setting.sut == "csms":
        mine = session.links.get(who, 0)
        answer = session.handshake(mine)
        met = {mine} if answer is not None and answer.upgraded and not _gone(session, mine) else set()
    if not met:
        raise Inconclusive(f"no connection{f' of station {who!r}' if who else ''} stood, so none could be kept")
    return min(met)


def _gone(session: Session, number: int) -> bool:
    """Whether the connection had ended before the row of acts began."""
    before = session.journal.since(0)[: session.since]
    return any(event.link == number and isinstance(event.body, Ended) for event in before)


def attempts(session: Session, until: int) -> list[Event]:
    """The station's handshakes up to `until` that no line has claimed yet."""
    return [e for e in session.journal.since(session.since)
            if isinstance(e.body, HandshakeRequest) and e.number > session.attempted and e.at.monotonic <= until]


def dialled_at(session: Session, place: str, handshakes: Sequence[Event]) -> None:
    """All of them went to that address of ours; "" is any."""
    for event in handshakes:
        assert isinstance(event.body, HandshakeRequest)
        if place and addresses.place(event.body.target) != place:
            fail(session, f"a connection to {place}", f"it asked for {event.body.target}")


def reconnects(session: Session, within: int | None, place: str = "", pause: int = 0) -> None:
    """The station opens a new connection by itself: nowhere but at `place`, and not before `pause` is over."""
    session.judging()
    times = session.setting.times
    limit, since = within or times.reconnect, session.anchor
    until = latest(session, session.anchor + limit + times.tolerance)

    def came() -> Event | None:
        standing = [e for e in attempts(session, until) if e.link in session.open_links]
        return standing[-1] if standing else None

    session.wait("the station to reconnect", lambda: came() is not None, until)
    dialled_at(session, place, attempts(session, until))
    opened = came()
    if opened is None:
        fail(session, f"a new connection from the station within {seconds(limit)}", "none")
    due = f"a new connection within {seconds(limit)}"
    in_time(session, due, since, opened.at.monotonic, limit, within is not None)
    begin = _lost(session, opened)
    if pause:
        band = Band(opened.at.monotonic - begin, pause, None)
        timed(session, f"a new connection at least {seconds(pause)} after the last one ended", (band,),
              band.call(times.tolerance, times.uncertainty))
    check = check_of(session, CheckKind.ACCEPTS, action="reconnects", claimed=(opened.number,), since=since,
                     until=begin, limit=pause, code=place or None)
    record(session, check)
    session.attempted = opened.number
    session.anchor = max(session.anchor, session.now)


def _lost(session: Session, opened: Event) -> int:
    """When what stood, or was tried, before that connection had come to its end."""
    earlier = [e for e in session.journal.since(0) if e.number < opened.number]
    ends = [e.at.monotonic for e in earlier if isinstance(e.body, Ended) or _turned_away(e)]
    return max(ends, default=session.anchor)


def _turned_away(event: Event) -> bool:
    return isinstance(event.body, HandshakeResponse) and not event.body.upgraded
