"""What is judged of TLS: who ended a handshake and who is to blame for it, and what stands."""

from __future__ import annotations

from collections.abc import Callable
from types import SimpleNamespace
from typing import Any

import pytest

from harness.journal import (
    RENEGOTIATION,
    Adopted,
    Body,
    Direction,
    HandshakeRequest,
    HandshakeResponse,
    Note,
    RawBytes,
    TlsAlert,
    TlsHandshake,
    TlsHello,
)
from harness.judge import clock, tls
from harness.oracle.checks import CheckKind
from harness.oracle.tls import View
from harness.oracle.verdict import Inconclusive, Nonconformance
from harness.rpc.dialect import Role
from harness.session import Session
from tests.oracle.bench import Record
from tests.oracle.judging_bench import rows, session_of

IN, OUT = Direction.IN, Direction.OUT
GONE, LATE = (HandshakeResponse(IN, 0, reason=words) for words in ("connection closed", "timed out"))
ANSWER = HandshakeResponse(IN, 101)
STANDS = TlsHandshake("TLSv1.3", "TLS_AES_128_GCM_SHA256")
FORGED = Note("tls-forged", "")


def hello(direction: Direction, kind: str = "ClientHello", *suites: str) -> TlsHello:
    return TlsHello(direction, kind, ("TLSv1.2",), suites or ("A",))


def alert(direction: Direction, name: str) -> TlsAlert:
    return TlsAlert(direction, "fatal", name)


def about(sut: Role, *connections: tuple[Body, ...], **more: Any) -> Session:
    """The CSMS judged on our attempts, or the station on its own, each of which begins with a ClientHello."""
    record = Record(sut=sut)
    for link, bodies in enumerate(connections, start=1):
        for body in (hello(OUT if sut == "csms" else IN), *bodies):
            record.add(body, link, 0.1)
    session = session_of(record, **more)
    session.links[""] = len(connections)
    return session


# ---- refusing ---------------------------------------------------------------------------------------


@pytest.mark.parametrize("bodies", [(alert(IN, "protocol_version"), GONE), (GONE,), (FORGED, GONE)])
def test_a_refusal_is_an_end_by_the_sut(bodies: tuple[Body, ...]) -> None:
    session = about("csms", bodies)
    tls.refuses_tls(session, None, None)
    assert session.certified
    assert session.checks[-1].kind is CheckKind.REFUSES_TLS


@pytest.mark.parametrize("bodies", [
    (LATE,), (), (STANDS, ANSWER), (STANDS, Note("x", ""), HandshakeRequest(IN, "/x"), GONE),
    (RawBytes(IN, b"x"), GONE), (FORGED, hello(IN, "ServerHello"), GONE),
])
def test_silence_an_answer_and_a_hello_that_goes_along_are_none(bodies: tuple[Body, ...]) -> None:
    with pytest.raises(Nonconformance, match="the TLS handshake refused"):
        tls.refuses_tls(about("csms", bodies), None, None)


def test_an_end_of_ours_tests_nobody_nor_does_a_second_handshake_without_a_first() -> None:
    with pytest.raises(Inconclusive, match="we ended the handshake ourselves"):
        tls.refuses_tls(about("csms", (alert(OUT, "decode_error"), GONE)), None, None)
    with pytest.raises(Inconclusive, match="the first handshake did not stand"):
        tls.refuses_tls(about("csms", (Note("tls-renegotiation", ""), GONE)), None, None)


def test_the_alert_is_one_of_those_that_were_asked_for() -> None:
    for alerts in ("handshake_failure", "protocol_version or handshake_failure"):
        tls.refuses_tls(about("csms", (alert(IN, "handshake_failure"), GONE)), alerts, None)
    for bodies in ((alert(IN, "internal_error"), GONE), (GONE,)):
        with pytest.raises(Nonconformance, match="with alert handshake_failure"):
            tls.refuses_tls(about("csms", bodies), "handshake_failure", None)


@pytest.mark.parametrize(("suites", "judged"), [(("A",), True), (("B",), False)])
def test_a_station_that_offers_no_suite_of_ours_has_refused_by_that(suites: tuple[str, ...], judged: bool) -> None:
    for line in (tls.refuses_tls, lambda session, alerts, within: tls.nothing_inside_tls(session, within)):
        session = about("station", (alert(OUT, "handshake_failure"), GONE))
        session.worn = SimpleNamespace(suites=suites)  # type: ignore[assignment]
        if judged:  # the station offers A alone
            with pytest.raises(Inconclusive, match="ourselves"):
                line(session, None, None)
        else:
            line(session, None, None)


def test_a_station_that_never_tries_is_not_judged() -> None:
    with pytest.raises(Inconclusive, match="the station sent no ClientHello"):
        tls.refuses_tls(session_of(Record()), None, None)


def test_inside_tls_nothing_is_said() -> None:
    tls.nothing_inside_tls(about("station", (alert(IN, "bad_certificate"), GONE)), None)
    with pytest.raises(Nonconformance, match="it spoke inside TLS"):
        tls.nothing_inside_tls(about("station", (STANDS, HandshakeRequest(IN, "/x"))), None)
    with pytest.raises(Nonconformance, match="it spoke inside TLS"):
        tls.nothing_inside_tls(about("station", (GONE,), (STANDS, RawBytes(IN, b"x"))), None)


# ---- accepting --------------------------------------------------------------------------------------


def test_what_is_accepted_is_used() -> None:
    tls.accepts_tls(about("csms", (STANDS, ANSWER)), None)
    for bodies in ((STANDS, GONE), (STANDS,), (GONE,)):
        with pytest.raises(Nonconformance, match="HTTP inside it"):
            tls.accepts_tls(about("csms", bodies), None)


def test_a_station_may_try_again_and_a_csms_has_had_its_answer() -> None:
    station, csms = (about(role, (GONE,)) for role in ("station", "csms"))  # type: ignore[arg-type]
    for session in (station, csms):
        with pytest.raises(Nonconformance):
            tls.accepts_tls(session, None)
    assert (station.now > 0, csms.now) == (True, 0)


@pytest.fixture
def valid(monkeypatch: pytest.MonkeyPatch) -> Callable[[bool], None]:
    def set_to(good: bool) -> None:
        monkeypatch.setattr(View, "presented_valid", property(lambda view: good))

    set_to(True)
    return set_to


def test_a_clock_that_is_off_is_nobodys_refusal(
    valid: Callable[[bool], None], monkeypatch: pytest.MonkeyPatch
) -> None:
    expired, bad = ((alert(IN, name), GONE) for name in ("certificate_expired", "bad_certificate"))
    monkeypatch.setattr(clock, "told", lambda session: None)
    for bodies in (expired, bad):
        with pytest.raises(Inconclusive, match="clock"):
            tls.accepts_tls(about("csms", bodies), None)
    monkeypatch.setattr(clock, "told", lambda session: 0)
    with pytest.raises(Nonconformance):
        tls.accepts_tls(about("csms", bad), None)
    valid(False)
    with pytest.raises(Nonconformance):
        tls.accepts_tls(about("csms", expired), None)


def test_certificates_of_different_authorities_are_whoevers_set_them_up(valid: Callable[[bool], None]) -> None:
    for bodies, words in (((alert(IN, "unknown_ca"), GONE), "who signed our station's certificate"),
                          ((alert(OUT, "unknown_ca"), GONE), "does not know who signed the certificate")):
        for attempts in ((bodies,), (bodies, (GONE,))):
            session = about("csms", *attempts)
            session.links[""] = 1
            with pytest.raises(Inconclusive, match=words):
                tls.accepts_tls(session, None)
        with pytest.raises(Nonconformance):
            tls.accepts_tls(about("station", bodies), None)
    valid(False)
    with pytest.raises(Nonconformance):
        tls.accepts_tls(about("csms", (alert(IN, "unknown_ca"), GONE)), None)


def test_whoever_is_not_there_has_done_no_wrong() -> None:
    record = Record(sut="csms")
    record.add(GONE)
    session = session_of(record)
    with pytest.raises(Inconclusive, match="never reached"):
        tls.provisioned(session, View(1, (GONE,)))
    tls.provisioned(session_of(Record()), View(1, (GONE,)))


# ---- what was agreed on -----------------------------------------------------------------------------


def test_the_last_session_that_stood_is_asked() -> None:
    old, new = TlsHandshake("TLSv1.2", "A"), TlsHandshake("TLSv1.3", "B")
    session = about("station", (old,), (new,), (GONE,))
    tls.tls_session(session, rows(version="TLSv1.3", suite="B"))
    with pytest.raises(Nonconformance, match="version"):
        tls.tls_session(session, rows(version="TLSv1.2"))
    with pytest.raises(Inconclusive, match="no TLS session has stood"):
        tls.tls_session(about("station", (GONE,)), rows(version="TLSv1.2"))


def test_a_hello_made_by_hand_that_was_taken_would_have_stood() -> None:
    session = about("csms", (FORGED, hello(IN, "ServerHello", "C"), GONE))
    tls.tls_session(session, rows(suite="C"))


def test_only_where_another_handshake_was_asked_for_is_it_told_what_came_of_it() -> None:
    asked = (STANDS, Note(RENEGOTIATION, "refused"))
    tls.tls_session(about("station", asked, (STANDS,)), rows(renegotiation="refused"))
    with pytest.raises(Inconclusive, match="asked for another handshake"):
        tls.tls_session(about("station", (STANDS,)), rows(renegotiation="refused"))


# ---- controls ---------------------------------------------------------------------------------------


def test_a_refusal_needs_a_handshake_that_was_accepted_and_used() -> None:
    for bodies, good in (((STANDS, ANSWER), True), ((STANDS, GONE), False), ((STANDS,), False)):
        session = about("csms", (GONE,), bodies)
        tls.controlled(session)  # without any line about it
        session.links[""] = 1
        tls.refuses_tls(session, None, None)
        session.checks += session.checks[-1:]
        session.checks.insert(0, tls.check_of(session, CheckKind.ACCEPTS))
        if good:
            tls.controlled(session)
        else:
            with pytest.raises(Inconclusive, match="no positive control"):
                tls.controlled(session)


def test_a_connection_that_lives_on_is_a_control_too() -> None:
    session = about("station", (GONE,))
    tls.refuses_tls(session, None, None)
    session.journal.append(9, Adopted("ocpp2.0.1", "CS001", True), session.carrier.now())
    tls.controlled(session)


def test_below_tls_1_2_nothing_may_be_used() -> None:
    old = TlsHandshake("TLSv1.1", "A")
    with pytest.raises(Nonconformance, match=r"TLS 1\.2 or above"):
        tls.controlled(about("csms", (old, ANSWER)))
    tls.controlled(about("csms", (old, GONE)))
