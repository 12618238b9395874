"""Before a scenario on a real station: what earlier ones changed in its settings is put back.

What cannot be put back is noted in the journal of the scenario that begins, and does not fail it: whether it matters
is that scenario's own finding.
"""

from __future__ import annotations

from harness.oracle.transcript import Message
from harness.oracle.verdict import Inconclusive
from harness.restoring import Changes, Request
from harness.rpc.frame import Result
from harness.session import Session

_NAME = "clean-up"
_REPORT = 2_000_000_001
"""requestId of our report: no scenario uses so large a number."""
_TOPIC = "clean-up"


def tidy(session: Session, changes: Changes) -> int:
    """Put back what `changes` knows of; at first ask a 1.6 station for its settings.

    Returns the journal entry from which on the scenario itself speaks."""
    version = session.setting.dialect.version
    if not changes.asked:
        changes.asked = True
        _inventory(session, changes, version)
    _mend(session, changes)
    for name in changes.unknown():
        session.note(_TOPIC, f"{name} was changed and cannot be put back: its value was never told before")
    for request in changes.requests(version):
        answer = _ask(session, request)
        if answer is None or not _taken(request, answer):
            said = answer.text if answer is not None else "no answer"
            session.note(_TOPIC, f"{request.what} could not be put back by {request.action}: {said}")
        elif request.action == "Reset":
            _await_boot(session)
    session.names.pop(_NAME, None)
    session.settled()
    return len(session.journal)


def _inventory(session: Session, changes: Changes, version: str) -> None:
    """Have the station tell its settings, so that every one of them can be put back."""
    if version == "1.6":
        _ask(session, Request("GetConfiguration", {}, "the settings"))
    else:
        wanted = {"requestId": _REPORT, "reportBase": "ConfigurationInventory"}
        answer = _ask(session, Request("GetBaseReport", wanted, "the settings"))
        if answer is None or not _taken(Request("GetBaseReport", wanted, ""), answer):
            return
        session.wait("the station to tell its settings", lambda: _told(session),
                     session.now + session.setting.times.answer)
    changes.learn(session.transcript.messages())


def _told(session: Session) -> bool:
    """Whether the last part of the report is there."""
    parts = [m.payload for m in session.transcript.from_sut() if m.is_request and m.action == "NotifyReport"]
    mine = [part for part in parts if isinstance(part, dict) and part.get("requestId") == _REPORT]
    return any(not part.get("tbc") for part in mine)


def _await_boot(session: Session) -> None:
    seen = len(session.journal)

    def booted() -> bool:
        return any(m.number >= seen and m.action == "BootNotification" for m in session.transcript.from_sut())

    if not session.wait("the station to restart", booted, session.now + session.setting.times.boot):
        session.note(_TOPIC, "the station did not come back from the restart that ends the clean-up")


def _mend(session: Session, changes: Changes) -> None:
    """Have faults that earlier scenarios caused cleared."""
    for evse, connector in sorted(changes.faulted):
        seen = len(session.journal)
        try:
            session.ask("clear_fault", {"evse": evse, "connector": connector})
        except Inconclusive as refusal:
            session.note(_TOPIC, f"the fault at connector {connector} of EVSE {evse} could not be cleared: {refusal}")
            continue

        def mended(place: tuple[int, int] = (evse, connector), since: int = seen) -> bool:
            changes.learn(m for m in session.transcript.from_sut(since) if m.is_request)
            return place not in changes.faulted

        session.wait("the fault to be cleared", mended, session.now + session.setting.times.answer)
    changes.faulted.clear()


def _ask(session: Session, request: Request) -> Message | None:
    try:
        session.send(request.action, request.payload, name=_NAME)
        return session.answer_of(_NAME)
    except Inconclusive:
        return None


def _taken(request: Request, answer: Message) -> bool:
    payload = answer.payload
    if not isinstance(answer.frame, Result) or not isinstance(payload, dict):
        return False
    results = payload.get("setVariableResult")
    told = results[0].get("attributeStatus") if isinstance(results, list) and results else payload.get("status")
    return told in request.taken
