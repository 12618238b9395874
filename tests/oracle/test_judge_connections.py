"""What is judged of handshakes, ends and new connections: whose doing it was, which of several, and from when on."""

from __future__ import annotations

from typing import Any

import pytest

from harness import addresses
from harness.journal import Direction, Ended, HandshakeRequest, HandshakeResponse, Step, TlsAlert, TlsHello
from harness.judge import connections
from harness.oracle.verdict import HarnessFault, Inconclusive, Nonconformance
from harness.rpc.link import SECOND
from harness.session import Session
from tests.oracle.bench import Record
from tests.oracle.judging_bench import session_of

IN, OUT = Direction.IN, Direction.OUT


def answered(*statuses: int, reason: str = "", subprotocol: str | None = None) -> tuple[Record, Session]:
    """Our attempts at a CSMS, one a second, each answered so."""
    record = Record(sut="csms")
    for link, status in enumerate(statuses, start=1):
        record.add(HandshakeRequest(OUT, "/ocpp/CS001"), link, 1)
        record.add(HandshakeResponse(IN, status, subprotocol, reason=reason), link)
    session = session_of(record)
    session.links[""] = len(statuses)
    session.guesses[""] = tuple(range(1, len(statuses) + 1))
    return record, session


# ---- refusing ---------------------------------------------------------------------------------------


def test_who_guesses_on_after_a_refusal_may_be_left_without_an_answer() -> None:
    _, session = answered(401, 0, 401)
    connections.refuses(session, "401")
    for statuses in ((0, 401), (401, 0, 403), (401, 101)):
        with pytest.raises(Nonconformance):
            connections.refuses(answered(*statuses)[1], "401")


def test_a_refusal_is_an_http_status_and_never_101() -> None:
    for status, wanted in ((401, None), (404, "401 or 404")):
        connections.refuses(answered(status)[1], wanted)
    for status, wanted in ((101, None), (101, "101"), (403, "401 or 404"), (0, None)):
        with pytest.raises(Nonconformance):
            connections.refuses(answered(status)[1], wanted)
    session = session_of(tried())
    session.links[""] = 1
    with pytest.raises(Nonconformance, match="no answer at all"):
        connections.refuses(session, None)


def turned_away(record: Record, **more: Any) -> Session:
    session = session_of(record, **more)
    session.links[""] = 1
    connections.turns_away(session, None)
    return session


def tried(*bodies: object, hello: bool = False) -> Record:
    record = Record(sut="csms")
    if hello:
        record.add(TlsHello(OUT, "ClientHello", ("TLSv1.3",), ()), 1)
    else:
        record.add(HandshakeRequest(OUT, "/ocpp/CS001"), 1)
    for body in bodies:
        record.add(body, 1, 1)  # type: ignore[arg-type]
    return record


def test_no_version_is_met_by_a_refusal_or_by_an_upgrade_without_one_that_is_closed() -> None:
    bare, closed = HandshakeResponse(IN, 101), Ended(IN, 1002)
    turned_away(tried(HandshakeResponse(IN, 400)))
    turned_away(tried(bare, closed))
    for bodies in ((bare,), (HandshakeResponse(IN, 101, "ocpp2.0.1"), closed),
                   (HandshakeResponse(IN, 101, reason="no Sec-WebSocket-Accept"), closed),
                   (HandshakeResponse(IN, 0, reason="connection closed"),), ()):
        with pytest.raises(Nonconformance):
            turned_away(tried(*bodies))
    with pytest.raises(Inconclusive, match="ourselves"):
        turned_away(tried(bare, Ended(OUT, 1002)))


def test_an_end_of_tls_keeps_out_only_where_the_csms_ended_it() -> None:
    gone = HandshakeResponse(IN, 0, reason="connection closed")
    ours = TlsAlert(OUT, "fatal", "decode_error")
    turned_away(tried(TlsAlert(IN, "fatal", "protocol_version"), gone, hello=True))
    for bodies in ((HandshakeResponse(IN, 0, reason="timed out"),), (ours, gone)):
        with pytest.raises(Nonconformance):
            turned_away(tried(*bodies, hello=True))


def test_who_hangs_up_on_plain_text_has_turned_it_away_and_who_keeps_silent_has_not() -> None:
    tls: Any = object()
    session = turned_away(tried(HandshakeResponse(IN, 0, reason="connection closed")), tls=tls)
    assert session.checks[-1].action == "plain"
    with pytest.raises(Nonconformance):
        turned_away(tried(HandshakeResponse(IN, 0, reason="timed out")), tls=tls)


# ---- accepting and closing --------------------------------------------------------------------------


def test_an_upgrade_has_the_subprotocol_and_stands() -> None:
    for wanted in (None, "ocpp2.0.1"):
        connections.accepts(answered(101, subprotocol="ocpp2.0.1")[1], wanted)
    for given in (None, "ocpp1.6"):
        with pytest.raises(Nonconformance, match="Sec-WebSocket-Protocol"):
            connections.accepts(answered(101, subprotocol=given)[1], "ocpp2.0.1")
    with pytest.raises(Nonconformance, match="HTTP status 101: odd"):
        connections.accepts(answered(101, reason="odd")[1], None)


@pytest.mark.parametrize(("by", "stands"), [(IN, False), (OUT, True)])
def test_an_upgrade_that_ends_at_once_stands_only_where_we_ended_it(by: Direction, stands: bool) -> None:
    record, session = answered(101)
    record.add(Ended(by, 1008, "go away"))
    if stands:
        connections.accepts(session, None)
        return
    with pytest.raises(Nonconformance, match="it ended at once with 1008 go away"):
        connections.accepts(session, None)


def closing(code: int, by: Direction = IN, after: float = 1, link: int = 1) -> tuple[Record, Session]:
    record, session = answered(101)
    record.opened(2)
    record.add(Ended(by, code), link, after)
    return record, session


def test_the_close_code_is_one_of_those_and_the_connection_that_one() -> None:
    for code, wanted in ((1002, "1002"), (1003, "1002 or 1003"), (4000, None)):
        connections.closes(closing(code)[1], wanted, None)
    for wanted in ("1002", "1002 or 1003", "10001"):
        with pytest.raises(Nonconformance, match="it ended with 1000"):
            connections.closes(closing(1000)[1], wanted, None)
    with pytest.raises(Nonconformance, match="still stands"):
        connections.closes(closing(1000, link=2)[1], None, None)


def test_only_an_end_since_the_act_counts_in_time_and_not_by_us() -> None:
    with pytest.raises(Inconclusive, match="ourselves"):
        connections.closes(closing(1000, by=OUT)[1], None, None)
    with pytest.raises(Nonconformance):
        connections.closes(closing(1000, after=9)[1], None, None)
    record, session = closing(1000)
    session.since = len(record.journal)
    with pytest.raises(Nonconformance, match="still stands"):
        connections.closes(session, None, None)


def test_of_a_station_any_connection_of_its_may_be_the_one() -> None:
    record = Record()
    record.opened(5)
    record.ended(5, 1)
    session = session_of(record)
    connections.closes(session, None, None)
    assert session.checks[-1].claimed == (5,)
    assert session.anchor == SECOND


@pytest.mark.parametrize("role", ["station", "csms"])
def test_what_had_ended_before_cannot_be_kept(role: Any) -> None:
    record = Record(sut=role)
    record.opened()
    record.ended(after=1)
    session = session_of(record)
    session.links[""] = 1
    session.since = len(record.journal)
    with pytest.raises(Inconclusive, match="none could be kept"):
        connections.keeps(session, SECOND)


@pytest.mark.parametrize(("after", "stands"), [(0.5, False), (1.5, True)])
def test_what_stands_is_kept_for_the_span(after: float, stands: bool) -> None:
    record = Record(sut="csms")
    record.opened()
    session = session_of(record)
    session.links[""] = 1
    session.since = len(record.journal)
    record.ended(after=after)
    if stands:
        connections.keeps(session, SECOND)
        return
    with pytest.raises(Nonconformance, match="stands for 1 s"):
        connections.keeps(session, SECOND)


# ---- coming back ------------------------------------------------------------------------------------


def returning(*moments: float, statuses: tuple[int, ...] = (), targets: tuple[str, ...] = ()) -> tuple[Record, Session]:
    """The station was there, lost its connection at 1 s and dials at these seconds."""
    record = Record()
    record.add(Step("When the connection drops", 1, "it.feature"), 0)
    record.opened()
    record.ended(after=1)
    since = len(record.journal)
    for number, at in enumerate(moments):
        link, status = number + 2, (statuses or (101,) * len(moments))[number]
        target = (targets or ("/ocpp/CS001",) * len(moments))[number]
        record.add(HandshakeRequest(IN, target), link, at - record.now)
        record.add(HandshakeResponse(OUT, status), link)
    session = session_of(record)
    session.since, session.anchor = since, SECOND
    return record, session


def test_only_a_connection_that_stands_is_a_return() -> None:
    connections.reconnects(returning(2, 4, statuses=(503, 101))[1], None)
    with pytest.raises(Nonconformance, match="a new connection from the station"):
        connections.reconnects(returning(2, statuses=(503,))[1], None)


def test_the_last_of_those_that_stand_is_the_return_and_is_told_once() -> None:
    record, session = returning(2, 3)
    connections.reconnects(session, None)
    requests = [event.number for event in record.journal if isinstance(event.body, HandshakeRequest)]
    assert session.checks[-1].claimed == (requests[-1],)
    with pytest.raises(Nonconformance):
        connections.reconnects(session, None)


@pytest.mark.parametrize(("moments", "statuses", "good"), [
    ((4,), (101,), True), ((3,), (101,), False), ((3, 5), (503, 101), False), ((3, 7), (503, 101), True)])
def test_the_pause_counts_from_what_had_ended_last(
    moments: tuple[float, ...], statuses: tuple[int, ...], good: bool
) -> None:
    session = returning(*moments, statuses=statuses)[1]
    if good:
        connections.reconnects(session, None, pause=3 * SECOND)
        return
    with pytest.raises(Nonconformance, match="at least 3 s after the last one ended"):
        connections.reconnects(session, None, pause=3 * SECOND)


def test_it_comes_back_nowhere_but_there() -> None:
    elsewhere = addresses.diverted("/ocpp/CS001")
    targets = (elsewhere, "/ocpp/CS001")
    connections.reconnects(returning(2)[1], None, addresses.FIRST_ADDRESS)
    for statuses in ((503, 101), (101, 101)):
        with pytest.raises(Nonconformance, match="it asked for"):
            connections.reconnects(
                returning(2, 3, statuses=statuses, targets=targets)[1], None, addresses.FIRST_ADDRESS)


def test_nobody_is_judged_who_never_asked() -> None:
    with pytest.raises(HarnessFault, match="has asked for no connection"):
        connections.accepts(session_of(Record(sut="csms")), None)
