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
_TOPIC = "clean-up"


def tidy(session: Session, changes: Changes) -> int:
    """Put back what `changes` knows of; at first ask a 1.6 station for its settings.

    Returns the journal entry from which on the scenario itself speaks."""
    version = session.setting.dialect.version
    if version == "1.6" and not changes.known:
        _ask(session, Request("GetConfiguration", {}, "the settings"))
        changes.learn(session.transcript.messages())
    _mend(session, changes)
    for name in changes.unknown():
        session.note(_TOPIC, f"{name} was changed and cannot be put back: its value was never told before")
    for request in changes.requests(version):
        answer = _ask(session, request)
        if answer is None or not _taken(request, answer):
            said = answer.text if answer is not None else "no answer"
            session.note(_TOPIC, f"{request.what} could not be put back by {request.action}: {said}")
    session.names.pop(_NAME, None)
    session.settled()
    return len(session.journal)


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
