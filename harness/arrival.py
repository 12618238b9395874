"""Before a scenario begins with a station: it has come, was accepted, is free of what went before, and is quiet."""

from __future__ import annotations

from collections.abc import Mapping

from harness.journal import Adopted, Direction, Note, Text
from harness.leftovers import Leftovers
from harness.oracle import tls
from harness.oracle.rules_handshake import HANDSHAKE
from harness.oracle.transcript import Message
from harness.oracle.verdict import Inconclusive
from harness.rpc.frame import Call
from harness.rpc.link import MILLISECOND, SECOND
from harness.session import Session

_SETTLE = 100 * MILLISECOND


def await_station(session: Session) -> None:
    """The precondition of every scenario about a station: connected, accepted, and quiet again."""
    times = session.setting.times
    if not _stands(session, times.boot):
        try:
            session.ask("reboot", {})
        except Inconclusive as refusal:
            raise Inconclusive(f"{_whereabouts(session)}; {refusal}") from refusal
        if not _stands(session, times.boot):
            raise Inconclusive(f"after a reboot too, {_whereabouts(session)}")
    settle(session)
    session.settled()


def _stands(session: Session, patience: int) -> bool:
    def accepted() -> bool:
        return bool(session.open_links) and _registered(session)

    return session.wait("the station to connect and boot", accepted, session.now + patience)


def _registered(session: Session) -> bool:
    if any(isinstance(e.body, Adopted) and e.body.accepted for e in session.journal):
        return True
    return any(_accepts_boot(message) for message in session.transcript.messages())


def _accepts_boot(message: Message) -> bool:
    """Whether we let the station in with it."""
    ours = message.direction is Direction.OUT and message.action == "BootNotification"
    return ours and isinstance(message.payload, dict) and message.payload.get("status") == "Accepted"


def _whereabouts(session: Session) -> str:
    target = session.connected_as()
    notes = [e.body.text for e in session.journal if isinstance(e.body, Note) and e.body.topic == "refused"]
    if notes:
        return f"the station asked for {target!r} and was refused: {notes[-1]}"
    if session.open_links:
        return f"the station is connected but {_said_instead(session)}"
    if not target:
        return _lost_in_tls(session) or "the station never connected"
    session.monitor.review()
    told = [str(finding) for finding in session.monitor.findings if finding.rule is HANDSHAKE]
    return f"the station asked for {target!r} and has no connection" + "".join(f": {text}" for text in told[-1:])


_TIMELY = frozenset({"certificate_expired", "bad_certificate"})
"""Alerts of a station whose clock is too fast, or too slow, for our certificate."""


def _lost_in_tls(session: Session) -> str:
    """What became of the station's last attempt to make TLS; "" where there was none."""
    events = session.journal.since(0)
    tried = tls.attempts(events, 0)
    if not tried:
        return ""
    seen = tls.view(events, tried[-1])
    mend = ""
    if "unknown_ca" in seen.alerts(Direction.IN):
        mend = ": it does not know who signed our certificate; load the root of this PKI (`ocpp-harness pki export`)"
    elif seen.ours == "unknown_ca":
        mend = ": we do not know who signed its certificate; load one of this PKI (`ocpp-harness pki export`)"
    elif seen.presented_valid and _TIMELY.intersection(seen.alerts(Direction.IN)):
        mend = ": by our clock our certificate is valid; is the station's clock right?"
    return f"the station came, and no TLS came about ({seen}){mend}"


def _said_instead(session: Session) -> str:
    if any(message.action == "BootNotification" for message in session.transcript.from_sut()):
        return "its BootNotification was not accepted"
    said = next(session.transcript.from_sut(), None)
    if said is None:
        return "has not sent BootNotification"
    what = said.action if said.frame is not None else f"text that is no OCPP message: {said.text[:40]!r}"
    return f"has not sent BootNotification; it began with {what or 'an answer to nothing'}"


def free(session: Session, left: Leftovers) -> None:
    """A scenario begins with a free station: have taken out what earlier ones left, or have it restarted.

    Raises `Inconclusive` where it stays in use."""
    if not left:
        return
    was = str(left)
    session.note("left over", was)
    acted = [_tried(session, "unplug", {"evse": evse, "connector": connector}) for evse, connector in left.in_use]
    if not any(refusal == "" for refusal in acted) or not _freed(session, left):
        seen = len(session.journal)
        refusal = _tried(session, "reboot", {})
        if refusal or not booted_since(session, seen) or not _freed(session, left):
            told = "; ".join(dict.fromkeys(reason for reason in (*acted, refusal) if reason))
            raise Inconclusive(f"an earlier scenario left the station in use ({was}){'; ' if told else ''}{told}")
    settle(session)
    session.settled()


def _tried(session: Session, intent: str, parameters: Mapping[str, object]) -> str:
    """"" when it was done, else why not."""
    try:
        session.ask(intent, parameters)
    except Inconclusive as refusal:
        return str(refusal)
    return ""


def _freed(session: Session, left: Leftovers) -> bool:
    def is_free() -> bool:
        left.learn(session.transcript.messages())
        return not left

    return session.wait("the station to be free", is_free, session.now + session.setting.times.answer)


def booted_since(session: Session, seen: int) -> bool:
    """Wait for a boot that we accept, from that journal number on; whether it came in time."""
    def booted() -> bool:
        return any(m.number >= seen and _accepts_boot(m) for m in session.transcript.messages())

    return session.wait("the station to boot", booted, session.now + session.setting.times.boot)


def settle(session: Session, quiet: int = _SETTLE, patience: int = 5 * SECOND) -> None:
    """Wait until the SUT has been silent for `quiet` ns and nothing of it waits for our answer."""
    until = session.now + patience
    while session.now < until:
        seen = len(session.journal)

        def stirred(seen: int = seen) -> bool:
            return any(isinstance(e.body, Text) for e in session.journal.since(seen))

        if not session.wait("the SUT to settle", stirred, session.now + quiet) and not _open_calls(session):
            return


def _open_calls(session: Session) -> bool:
    calls = [m for m in session.transcript.from_sut() if isinstance(m.frame, Call)]
    return bool(calls) and calls[-1].link in session.open_links and session.transcript.answer_to(calls[-1]) is None
