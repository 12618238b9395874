"""Judging TLS: who accepts whom, what was agreed on, and that nothing leaves before the peer is known.

A refusal counts only where our ClientHello, or our certificate, really left, and where the SUT ended it, not we;
a scenario with a refusal needs a handshake that succeeds, or it is inconclusive (`controlled`).
"""

from __future__ import annotations

from harness.journal import Adopted, Direction, HandshakeRequest, RawBytes, TlsHello
from harness.judge import clock
from harness.judge.common import check_of, fail, record, resolved, seconds
from harness.oracle import tls
from harness.oracle.checks import CheckKind
from harness.oracle.match import Row, mismatches
from harness.oracle.tls import View
from harness.oracle.verdict import Inconclusive, Nonconformance
from harness.session import Session


def _view(session: Session, link: int) -> View:
    return tls.view(session.journal.since(0), link)


def _tries(session: Session) -> list[View]:
    """The attempts since the last row of acts: ours, if the CSMS is judged, or the station's."""
    session.certified = True
    if session.setting.sut == "csms":
        number = session.links.get("", 0)
        return [_view(session, number)] if number else []
    return [_view(session, link) for link in tls.attempts(session.journal.since(0), session.since)]


def _limit(session: Session, within: int | None) -> int:
    times = session.setting.times
    return within or (times.answer if session.setting.sut == "csms" else times.reconnect)


def _attempt(session: Session, within: int | None, what: str) -> View:
    """The first attempt, once it is over or application data came, or the time is up."""
    limit = _limit(session, within)
    until = session.anchor + limit + session.setting.times.tolerance

    def over() -> bool:
        tries = _tries(session)
        return bool(tries) and (tries[0].ended or tries[0].answered or tries[0].heard)

    session.wait(what, over, until)
    tries = _tries(session)
    if not tries or tries[0].hello("ClientHello") is None:
        who = "our ClientHello never left" if session.setting.sut == "csms" else "the station sent no ClientHello"
        raise Inconclusive(f"{who} within {seconds(limit)}")
    return tries[0]


def _on_time(session: Session, seen: View) -> None:
    """Raises `Inconclusive` where the SUT's alert says that its clock is to blame; see `harness.judge.clock` too."""
    if not seen.presented_valid:
        return
    came = seen.alerts(Direction.IN)
    if "certificate_expired" in came:
        raise Inconclusive("the SUT says that our certificate has expired, which by our clock is valid: set the clock "
                           f"of the SUT, or of this machine, and try again ({seen})")
    if "bad_certificate" in came and clock.told(session) is None:
        raise Inconclusive("the SUT calls our certificate bad, which is what one says whose clock is too slow for it, "
                           f"and has told nowhere what the time is: look at its clock, and try again ({seen})")


def provisioned(session: Session, seen: View) -> None:
    """Raises `Inconclusive` where a CSMS and our station have been given certificates of different authorities, as
    after a PKI was made anew: whoever set them up has to mend that, and nobody has done wrong."""
    if session.setting.sut != "csms":
        return
    _reached(session, seen)
    if seen.ours == "unknown_ca":
        whose = tls.certificate_facts(seen.shown).get("issuer", "nobody") if seen.shown else "nobody"
        raise Inconclusive(
            f"our station does not know who signed the certificate that the CSMS presents ({whose}): give the CSMS the "
            f"certificates of this PKI (`ocpp-harness pki export`), or name its root as ca under [tls] ({seen})")
    if "unknown_ca" in seen.alerts(Direction.IN) and seen.presented_valid and not seen.ours:
        raise Inconclusive(
            "the CSMS says that it does not know who signed our station's certificate: have it trust the station root "
            f"of this PKI (`ocpp-harness pki export`) ({seen})")


def _offers_none(session: Session, seen: View) -> bool:
    """Whether our CSMS had to end the handshake because the station offers no suite that it speaks: that is how a
    client refuses suites."""
    hello, worn = seen.hello("ClientHello"), session.worn
    if session.setting.sut != "station" or hello is None or worn is None or seen.ours != "handshake_failure":
        return False
    return set(hello.suites).isdisjoint(worn.suites)


def _reached(session: Session, seen: View) -> None:
    """Raises `Inconclusive` where TCP never came about in this scenario: whoever is not there has done no wrong."""
    left = (HandshakeRequest, TlsHello, RawBytes)
    if seen.response is not None and not any(isinstance(event.body, left) for event in session.journal.since(0)):
        raise Inconclusive(f"no HTTP answer: {seen.response.reason}: the CSMS was never reached at "
                           f"{session.setting.url}. Mend: start it, or correct connection.url")


def refuses_tls(session: Session, alerts: str | None, within: int | None) -> None:
    """The SUT ends the handshake by itself, with one of those alerts where they are given, and nothing was said
    inside TLS."""
    session.judging()
    seen = _attempt(session, within, f"the {session.setting.sut} to refuse the TLS handshake")
    wanted = "the TLS handshake refused" + (f" with alert {alerts}" if alerts else "")
    if seen.renegotiating and not seen.stands:
        raise Inconclusive(f"the first handshake did not stand, so no other was asked for: {seen}")
    if seen.answered or seen.heard or seen.took:
        fail(session, wanted, f"it was accepted: {seen}")
    if seen.ours and not _offers_none(session, seen):
        raise Inconclusive(f"we ended the handshake ourselves ({seen.ours}), so nothing was tested: {seen}")
    if not seen.ended or seen.hung:
        fail(session, wanted, f"the connection stays open: {seen}")
    came = seen.alerts(Direction.IN)
    if alerts and not set(came) & {name.strip() for name in alerts.split(" or ")}:
        fail(session, wanted, f"alert {', '.join(came) or 'none'}: {seen}")
    path = next((how for how in ("renegotiating", "forged", "compressing") if getattr(seen, how)), "")
    check = check_of(session, CheckKind.REFUSES_TLS, claimed=(seen.link,), code=alerts, path=path)
    record(session, check)


def accepts_tls(session: Session, within: int | None) -> None:
    """The handshake stands, and was used: in TLS 1.3 only the first answer inside tells a client that its
    certificate was taken."""
    session.judging()
    limit = _limit(session, within)

    def used() -> View | None:
        return next((seen for seen in _tries(session) if seen.stands and seen.answered), None)

    until = session.anchor + limit + session.setting.times.tolerance
    session.wait("the TLS handshake to stand", lambda: used() is not None or _refused(session), until)
    seen = used()
    wanted = "the TLS handshake accepted, and HTTP inside it"
    if seen is None:
        tries = _tries(session)
        if tries:
            _on_time(session, tries[-1])
        for one in tries:
            provisioned(session, one)
        fail(session, wanted, str(tries[-1]) if tries else "no handshake at all")
    record(session, check_of(session, CheckKind.ACCEPTS_TLS, claimed=(seen.link,)))


def _refused(session: Session) -> bool:
    return session.setting.sut == "csms" and any(seen.ended for seen in _tries(session))


def tls_session(session: Session, rows: tuple[Row, ...]) -> None:
    """What was offered, agreed on and presented on the last connection that stood, or would have after our offer
    made by hand."""
    session.judging()
    rows = resolved(session, rows)
    standing = _answered(session) if any(row.path == "renegotiation" for row in rows) else _standing(session)
    if not standing:
        raise Inconclusive("no TLS session has stood in this scenario")
    seen = standing[-1]
    wrong = mismatches(seen.facts(), rows)
    if wrong:
        fail(session, "\n  ".join(f"{row.path}: {row.pattern}" for row in rows),
             f"{'; '.join(map(str, wrong))} ({seen})")
    check = check_of(session, CheckKind.TLS_SESSION, claimed=(seen.link,), rows=rows)
    record(session, check)


def _standing(session: Session) -> list[View]:
    events = session.journal.since(0)
    views = [tls.view(events, link) for link in tls.attempts(events, 0)]
    return [seen for seen in views if seen.stands or seen.took]


def _answered(session: Session) -> list[View]:
    """The sessions in which the station was asked for another handshake, and what it made of it is clear."""

    def clear() -> list[View]:
        return [seen for seen in _standing(session) if seen.renegotiation]

    until = session.anchor + session.setting.times.reconnect + session.setting.times.tolerance
    session.wait("the station to be asked for another handshake", lambda: bool(clear()), until)
    if not clear():
        raise Inconclusive("no session of TLS 1.2 has stood in which the station could be asked for another handshake")
    return clear()


def nothing_inside_tls(session: Session, within: int | None) -> None:
    """After the handshake, if there is one, the station says nothing: no OCPP, and no credentials."""
    session.judging()
    _attempt(session, within, "the station to try, and to say nothing inside TLS")
    spoken = [seen for seen in _tries(session) if seen.heard]
    if spoken:
        fail(session, "no byte of application data", f"it spoke inside TLS: {spoken[0]}")
    first = _tries(session)[0]
    if first.ours and not _offers_none(session, first):
        raise Inconclusive(f"we ended the handshake ourselves ({first.ours}), so nothing was tested: {first}")
    record(session, check_of(session, CheckKind.NOTHING_INSIDE, claimed=(first.link,)))


_NEGATIVE = frozenset({CheckKind.REFUSES_TLS, CheckKind.NOTHING_INSIDE})


def controlled(session: Session) -> None:
    """Raises `Inconclusive` where a refusal has no legal twin that succeeded in the same scenario, `Nonconformance`
    where a version below TLS 1.2 was used though no line asked (2.0.1 A00.FR.314)."""
    events = session.journal.since(0)
    used = [seen for link in tls.attempts(events, 0) if (seen := tls.view(events, link)).stands and seen.answered]
    old = [seen for seen in used if seen.stands is not None and seen.stands.version in tls.OLD]
    if old:
        raise Nonconformance(f"expected: TLS 1.2 or above\nseen: {old[0]}")
    if not any(check.kind in _NEGATIVE for check in session.checks):
        return
    if not used and not any(isinstance(event.body, Adopted) for event in events):
        raise Inconclusive("a TLS handshake was refused, but none succeeded in this scenario: no positive control")
