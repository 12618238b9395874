"""Monitor rules that faults seen in the field asked for: telling what was told, and hammering on the door."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import pairwise

from harness.journal import Event, HandshakeRequest, HandshakeResponse
from harness.oracle.findings import CALLS, IN, OUT, RESULTS, Finding, Quiet, Rule, Severity, Wish
from harness.oracle.rules_station import READINESS, member
from harness.oracle.told import Told
from harness.oracle.transcript import Message
from harness.rpc import schema
from harness.rpc.dialect import Dialect
from harness.rpc.frame import Error, Json, Result
from harness.rpc.link import SECOND

TOLD_TWICE = Rule(
    "told-twice", Severity.SHALL, "It repeats a transaction message that was answered", "E01.FR.07, E13.FR.02; 1.6 3.7"
)
BACK_OFF = Rule(
    "back-off", Severity.SHOULD, "Its pauses between failing connection attempts never grow",
    "OCPP-J 2.0.1 5.4; OCPP-J 1.6 errata 3.3",
)  # fmt: skip

_TOLD = frozenset({"StartTransaction", "StopTransaction", "TransactionEvent"})
_MANY = 5
_GROWN = 1.1
_JITTER = SECOND // 20
_REPEATS = "RetryBackOffRepeatTimes"


class ToldTwice(Quiet):
    """A transaction message is sent again only where no usable answer came.

    Judged on one connection: of an answer just before the end of another one nobody knows whether it arrived.
    """

    rules = (TOLD_TWICE,)

    def __init__(self, dialect: Dialect) -> None:
        self._version = dialect.version
        self._answered = Told(dialect)

    def wishes(self) -> Iterable[Wish]:
        return Wish(self._called, IN, CALLS, _TOLD), Wish(self._answers, OUT, RESULTS, _TOLD)

    def _called(self, message: Message) -> Iterable[Finding]:
        earlier = self._answered.earlier((message.link, message.action), message)
        if earlier is None:
            return ()
        text = f"{message.action} again, word for word, though it was answered"
        return (Finding(TOLD_TWICE, text, (earlier, message.number), message.link),)

    def _answers(self, message: Message) -> Iterable[Finding]:
        usable = not schema.faults(self._version, message.action, "response", message.payload)
        if usable and message.request is not None:
            self._answered.note((message.link, message.action), message.request)
        return ()


class Refused16(Quiet):
    """1.6: a charge point that was rejected answers nothing (4.2). In 2.x it answers SecurityError instead."""

    rules = (READINESS,)

    def __init__(self) -> None:
        self._rejected_at: int | None = None

    def wishes(self) -> Iterable[Wish]:
        boot = frozenset({"BootNotification"})
        return Wish(self._registered, OUT, RESULTS, boot), Wish(self._answers, IN, (Result, Error))

    def _registered(self, message: Message) -> Iterable[Finding]:
        rejected = member(message.payload, "status") == "Rejected"
        self._rejected_at = message.number if rejected else None
        return ()

    def _answers(self, message: Message) -> Iterable[Finding]:
        asked = message.request
        if asked is not None and self._rejected_at is not None and asked.number > self._rejected_at:
            text = f"it answers {message.action} while Rejected"
            yield Finding(READINESS, text, (asked.number, message.number), message.link)


class BackOff(Quiet):
    """Where one attempt after the other fails, some pause is longer than the one before.

    Judged are the first four pauses. They need not grow all the way: a random part may hide it, and where
    RetryBackOffRepeatTimes is reached they stay as they are; where that was set or told as 0 or 1, the pauses between
    attempts never grow: the one doubling lies before the second attempt (OCPP-J 2.0.1 5.4). A pause
    longer than a minute at the beginning is let pass: such a station floods nobody.
    """

    rules = (BACK_OFF,)

    def __init__(self) -> None:
        self._attempts: list[Event] = []
        self._grows = True

    def wishes(self) -> Iterable[Wish]:
        return (Wish(self._answers, IN, RESULTS, frozenset({"SetVariables", "GetVariables"})),)

    def _answers(self, message: Message) -> Iterable[Finding]:
        """Which RetryBackOffRepeatTimes holds, where that was set or asked for."""
        asked = message.request
        if asked is None:
            return ()
        if message.action == "SetVariables":
            given, told = _items(asked.payload, "setVariableData"), _items(message.payload, "setVariableResult")
            taken = [g for g, t in zip(given, told, strict=False) if t.get("attributeStatus") == "Accepted"]
        else:
            taken = _items(message.payload, "getVariableResult")
        for entry in taken:
            variable = entry.get("variable")
            if isinstance(variable, dict) and variable.get("name") == _REPEATS and "attributeValue" in entry:
                self._grows = entry["attributeValue"] not in ("0", "1")
        return ()

    def notice(self, event: Event) -> Iterable[Finding]:
        body = event.body
        if isinstance(body, HandshakeResponse) and body.direction is OUT and body.status == 101:
            self._attempts.clear()
        elif isinstance(body, HandshakeRequest) and body.direction is IN and len(self._attempts) < _MANY:
            self._attempts.append(event)
            if len(self._attempts) == _MANY and self._grows:
                yield from self._judge()

    def _judge(self) -> Iterable[Finding]:
        times = [attempt.at.monotonic for attempt in self._attempts]
        pauses = [later - earlier for earlier, later in pairwise(times)]
        grew = any(later >= earlier * _GROWN + _JITTER for earlier, later in pairwise(pauses))
        if not grew and pauses[0] < 60 * SECOND:
            text = f"its first {len(pauses)} pauses are {', '.join(f'{pause / SECOND:.3f}' for pause in pauses)} s"
            yield Finding(BACK_OFF, text, tuple(a.number for a in self._attempts), self._attempts[-1].link)


def _items(payload: Json, name: str) -> list[dict[str, Json]]:
    listed = payload.get(name) if isinstance(payload, dict) else None
    return [entry for entry in listed if isinstance(entry, dict)] if isinstance(listed, list) else []
