"""Questions a ``Then`` line asks of the transcript, as pure functions: found, not yet, or wrong.

An event satisfies one expectation only: what was claimed before is passed over. Deadlines are monotonic
ns; a message that came after its deadline is as if it had not come, but is named in the failure.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Mapping
from dataclasses import dataclass, field

from harness.oracle import paths
from harness.oracle.match import Mismatch, Row, mismatches, passed_at
from harness.oracle.transcript import Message, Transcript
from harness.rpc.frame import Error, Json, Result


def differences(message: Message, rows: tuple[Row, ...]) -> tuple[Mismatch, ...]:
    """Every row that the message's payload does not meet, by the time at which the message passed."""
    return mismatches(message.payload, passed_at(rows, message.event.at.wall))


@dataclass(frozen=True, slots=True)
class Wanted:
    """A CALL or SEND of the system under test: this action, these rows, on this connection if given.

    `action` may offer two: ``MeterValues or TransactionEvent``. `reads` gives the payloads that a message stands for,
    where another action may say the same; `told` which of them, by the message's number, satisfied a line before."""

    action: str
    rows: tuple[Row, ...] = ()
    links: frozenset[int] | None = None
    reads: Callable[[Message], list[Json]] | None = None
    told: Mapping[int, Collection[int]] = field(default_factory=dict)

    def fits(self, message: Message) -> bool:
        return self.names(message) and not self.wrong(message)

    def names(self, message: Message) -> bool:
        if not message.is_request or not self._said(message):
            return False
        return self.links is None or message.link in self.links

    def wrong(self, message: Message) -> tuple[Mismatch, ...]:
        """What is wrong with the message, at the best of the ways to read it."""
        rows = passed_at(self.rows, message.event.at.wall)
        return min((mismatches(payload, rows) for payload in self._said(message).values()), key=len, default=())

    def reading(self, message: Message) -> int:
        """Which of the payloads that a fitting message stands for it is."""
        rows = passed_at(self.rows, message.event.at.wall)
        return next(number for number, payload in self._said(message).items() if not mismatches(payload, rows))

    def _said(self, message: Message) -> dict[int, Json]:
        if self.reads is None:
            return {0: message.payload} if message.action in actions(self.action) else {}
        before = self.told.get(message.number, ())
        return {number: payload for number, payload in enumerate(self.reads(message)) if number not in before}


def actions(text: str) -> tuple[str, ...]:
    """The messages that a sentence offers: one, or ``A or B``."""
    return tuple(text.split(" or ")) if text else ()


def connector_states(message: Message) -> list[Json]:
    """What a message says of connectors, as StatusNotification payloads.

    2.x leaves a station the choice: StatusNotification, or NotifyEvent about the AvailabilityState of a Connector
    (G01.FR.03 to .07, G03.FR.04)."""
    if message.action == "StatusNotification":
        return [message.payload]
    entries = paths.values(message.payload, "eventData[*]") if message.action == "NotifyEvent" else []
    return [_as_status(entry) for entry in entries if _about_connector(entry)]


def _about_connector(entry: Json) -> bool:
    named = [paths.values(entry, path) for path in ("component.name", "variable.name", "trigger")]
    return named == [["Connector"], ["AvailabilityState"], ["Delta"]]


def _as_status(entry: Json) -> Json:
    members = {
        "connectorStatus": "actualValue",
        "evseId": "component.evse.id",
        "connectorId": "component.evse.connectorId",
        "timestamp": "timestamp",
    }
    found = {name: paths.values(entry, path) for name, path in members.items()}
    return {name: values[0] for name, values in found.items() if values}


@dataclass(frozen=True, slots=True)
class Span:
    """Part of the journal: from entry `since` on, and not later than monotonic `until`."""

    since: int
    until: int


def candidates(transcript: Transcript, span: Span, claimed: Collection[int]) -> Iterator[Message]:
    """What the system under test sent in the span and nothing has claimed yet."""
    for message in transcript.from_sut(span.since):
        if message.at <= span.until and message.number not in claimed:
            yield message


def find(transcript: Transcript, wanted: Wanted, span: Span, claimed: Collection[int]) -> Message | None:
    """The first unclaimed message that is what is wanted."""
    return next((m for m in candidates(transcript, span, claimed) if wanted.fits(m)), None)


@dataclass(frozen=True, slots=True)
class Miss:
    """The message that came nearest to what was wanted, and what was wrong with it."""

    message: Message
    wrong: tuple[Mismatch, ...]
    late_by: int = 0


def nearest(transcript: Transcript, wanted: Wanted, span: Span, claimed: Collection[int]) -> Miss | None:
    """The unclaimed message of that action with the fewest wrong rows; of equals, one in time, then the first."""
    misses = [
        Miss(message, wanted.wrong(message), max(0, message.at - span.until))
        for message in transcript.from_sut(span.since)
        if message.number not in claimed and wanted.names(message)
    ]
    return min(misses, key=lambda miss: (len(miss.wrong), miss.late_by > 0), default=None)


@dataclass(frozen=True, slots=True)
class Answered:
    """An answer and what is wrong with it; `wrong` empty means it is as demanded."""

    message: Message
    wrong: tuple[str, ...]


def answer(transcript: Transcript, request: Message, rows: tuple[Row, ...], code: str | None) -> Answered | None:
    """The answer to `request`, judged: a CALLRESULT that meets `rows`, or a CALLERROR with `code`.

    With both, either will do. `code` may offer several, as in "FormationViolation or GenericError";
    "any CALLERROR" takes each.
    """
    message = transcript.answer_to(request)
    if message is None:
        return None
    if code is None or (rows and isinstance(message.frame, Result)):
        return Answered(message, _result_faults(message, rows))
    return Answered(message, _error_faults(message, code))


def _result_faults(message: Message, rows: tuple[Row, ...]) -> tuple[str, ...]:
    if isinstance(message.frame, Error):
        return (f"a CALLERROR {message.frame.code} ({message.frame.description!r}) instead of a CALLRESULT",)
    return tuple(map(str, differences(message, rows)))


def _error_faults(message: Message, code: str) -> tuple[str, ...]:
    if isinstance(message.frame, Result):
        return (f"a CALLRESULT instead of CALLERROR {code}",)
    assert isinstance(message.frame, Error)
    allowed = tuple(part.strip() for part in code.split(" or "))
    if code == "any CALLERROR" or message.frame.code in allowed:
        return ()
    return (f"CALLERROR {message.frame.code} instead of {code}",)
