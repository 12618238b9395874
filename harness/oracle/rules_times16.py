"""Monitor rules about times that 1.6 transactions name: their order, and which reading was the first or the last."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from harness.oracle.findings import IN, OUT, REQUESTS, Finding, Quiet, Rule, Severity, Wish
from harness.oracle.moments import moment as moment_of
from harness.oracle.recent import Recent
from harness.oracle.rules_station import CLOCK_SETTERS, key_of, member
from harness.oracle.transcript import Message
from harness.rpc.frame import Json
from harness.rpc.link import SECOND

CHRONOLOGY = Rule(
    "chronology", Severity.SHOULD, "Its messages about a transaction are not in the order of their times", "1.6 3.7"
)
CONTEXT = Rule(
    "reading-context", Severity.SHALL, "It marks the last reading as the first, or the first as the last",
    "1.6 7.35, errata 4.25",
)  # fmt: skip

# A time without fractions of a second is up to this early.
_CUT = 1 * SECOND


@dataclass(slots=True)
class _Transaction:
    """`latest`, `at`: the latest time told and its message; None once the clock was set or where it was not ours."""

    started: int
    latest: int | None
    at: int


class Times16(Quiet):
    """Of one transaction no message is older than the one before, and Begin and End stand where they belong.

    Order is judged only while no answer of ours set the clock (4.6), and not next to a start that was told late: it
    may have been taken by another clock. transactionData may list readings in any order, so they are held against
    the two moments of the transaction: what is marked Transaction.Begin must not be as old as the stop while what
    is marked Transaction.End is as old as the start.
    """

    rules = (CHRONOLOGY, CONTEXT)

    def __init__(self, skew: int) -> None:
        self._skew = skew
        self._ahead = 0
        self._running: Recent[object, _Transaction] = Recent()

    def wishes(self) -> Iterable[Wish]:
        metered = frozenset({"MeterValues", "StopTransaction"})
        answered = frozenset({"StartTransaction", *metered, *CLOCK_SETTERS})
        return Wish(self._told, IN, REQUESTS, metered), Wish(self._ours, OUT, None, answered)

    def _told(self, message: Message) -> Iterable[Finding]:
        payload = message.payload if isinstance(message.payload, dict) else {}
        known = self._running.get(key_of(payload.get("transactionId")))
        return () if known is None else self._judge(message, payload, known)

    def _ours(self, message: Message) -> Iterable[Finding]:
        payload = message.payload if isinstance(message.payload, dict) else {}
        if (told := moment_of(payload.get("currentTime"))) is not None:
            self._ahead = told - message.event.at.wall
            for transaction in self._running.values():
                transaction.latest = None
        if message.action == "StartTransaction" and message.request is not None:
            began = moment_of(member(message.request.payload, "timestamp"))
            if began is not None:
                fresh = abs(message.request.event.at.wall + self._ahead - began) <= self._skew
                entry = _Transaction(began, began if fresh else None, message.request.number)
                self._running[key_of(payload.get("transactionId"))] = entry
        return ()

    def _judge(self, message: Message, payload: dict[str, Json], known: _Transaction) -> Iterator[Finding]:
        stops = message.action == "StopTransaction"
        times = [payload.get("timestamp")] if stops else [member(entry, "timestamp") for entry in _entries(payload)]
        moments = [moment for time in times if (moment := moment_of(time)) is not None]
        if moments and known.latest is not None and min(moments) < known.latest - _CUT:
            text = f"{message.action} is {(known.latest - min(moments)) / SECOND:.1f} s older than what was told before"
            yield Finding(CHRONOLOGY, text, (known.at, message.number), message.link)
        elif moments and known.latest is not None:
            known.latest, known.at = max(known.latest, *moments), message.number
        if stops and moments:
            yield from self._marked(message, payload, known, moments[0])

    def _marked(self, message: Message, payload: dict[str, Json], known: _Transaction, end: int) -> Iterator[Finding]:
        if end - known.started <= 2 * _CUT:
            return  # the two cannot be told apart
        for entry in _entries(payload):
            moment = moment_of(member(entry, "timestamp"))
            if moment is None:
                continue
            nearer = "Transaction.End" if abs(moment - end) < abs(moment - known.started) else "Transaction.Begin"
            for context in sorted(_contexts(entry) - {nearer}):
                text = f"{context} marks a reading {(moment - known.started) / SECOND:.1f} s after the start"
                text += f" and {(end - moment) / SECOND:.1f} s before the stop"
                yield Finding(CONTEXT, text, (message.number,), message.link)


def _entries(payload: dict[str, Json]) -> list[Json]:
    listed = payload.get("transactionData") or payload.get("meterValue")
    return listed if isinstance(listed, list) else []


def _contexts(entry: Json) -> set[str]:
    """Which of the two marks the readings of this moment bear."""
    samples = member(entry, "sampledValue")
    found = [member(sample, "context") for sample in samples] if isinstance(samples, list) else []
    return {context for context in ("Transaction.Begin", "Transaction.End") if context in found}
