"""Before our station leaves a CSMS: the transactions that it still has are ended.

A standing CSMS remembers them, and would rightly refuse the same idToken in the next scenario. What
happens here is after the verdict; a CSMS that does not answer any more is left as it is.
"""

from __future__ import annotations

from harness import messages
from harness.facts import rfc3339
from harness.journal import Direction
from harness.oracle.transcript import Message
from harness.oracle.verdict import HarnessFault, Inconclusive
from harness.rpc.frame import Json, Result
from harness.rpc.link import SECOND
from harness.session import Session

PATIENCE = 2 * SECOND


def end_transactions(session: Session) -> None:
    """End what our station began and did not end, on the connection where it was last spoken of."""
    ours = [m for m in session.transcript.messages() if m.direction is Direction.OUT and m.is_request]
    for action, payload, link in [*_open_2(session, ours), *_open_16(session, ours)]:
        who = next((name for name, number in session.links.items() if number == link and name != "#"), None)
        if who is None:
            continue
        session.note("clean-up", f"our transaction is ended before we leave: {action}")
        try:
            if link not in session.open_links:
                session.connect({}, who)
            session.send(action, payload, who, "farewell")
            request = session.named("farewell")[-1]
        except (Inconclusive, HarnessFault):
            return

        def answered(request: Message = request) -> bool:
            return session.transcript.answer_to(request) is not None

        session.wait("the CSMS to take the end of our transaction", answered, session.now + PATIENCE)


def _payload(message: Message) -> dict[str, Json]:
    return message.payload if isinstance(message.payload, dict) else {}


def _open_2(session: Session, ours: list[Message]) -> list[tuple[str, Json, int]]:
    """2.x: for each transactionId whose last event is not Ended, the Ended that closes it."""
    last: dict[str, Message] = {}
    for message in ours:
        info = _payload(message).get("transactionInfo")
        if message.action == "TransactionEvent" and isinstance(info, dict):
            last[str(info.get("transactionId"))] = message
    found: list[tuple[str, Json, int]] = []
    for transaction, message in last.items():
        event = _payload(message)
        if event.get("eventType") == "Ended" or not isinstance(event.get("seqNo"), int):
            continue
        ended = {
            "eventType": "Ended",
            "timestamp": rfc3339(session.carrier.now().wall),
            "triggerReason": "StopAuthorized",
            "seqNo": event["seqNo"] + 1,
            "transactionInfo": {"transactionId": transaction, "stoppedReason": "Local"},
        }
        found.append(("TransactionEvent", ended, message.link))
    return found


def _open_16(session: Session, ours: list[Message]) -> list[tuple[str, Json, int]]:
    """1.6: for each transactionId that was given and not stopped, the StopTransaction."""
    stopped = {_payload(m).get("transactionId") for m in ours if m.action == "StopTransaction"}
    found: list[tuple[str, Json, int]] = []
    for message in ours:
        answer = session.transcript.answer_to(message) if message.action == "StartTransaction" else None
        given = _payload(answer).get("transactionId") if answer and isinstance(answer.frame, Result) else None
        if given is None or given in stopped:
            continue
        facts = session.setting.facts
        symbols = facts.symbols(session.carrier.now().wall) | {"transaction": given}
        stop = messages.default(facts.version, "StopTransaction", "request", symbols)
        stop |= {"transactionId": given, "meterStop": _payload(message).get("meterStart", 0)}
        found.append(("StopTransaction", stop, message.link))
    return found
