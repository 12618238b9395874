"""From the text of a message to its answer, without knowing connections."""

from __future__ import annotations

from dataclasses import dataclass

from harness.reference.csms.book import Book, Refusal, Silence, Station
from harness.reference.csms.check import is_text, read
from harness.reference.csms.dialects import DIALECTS, Dialect
from harness.reference.csms.edits import spoil
from harness.rpc.frame import Call, Error, Json, Result
from harness.rpc.link import Instant

_LONGEST_ID = 36


@dataclass(frozen=True, slots=True)
class Reaction:
    """An answer to one of our CALLs: `id` and, of a well-formed CALLRESULT, `payload`."""

    id: str
    payload: Json = None


class Clerk:
    """Reads messages and answers CALLs."""

    def __init__(self, book: Book) -> None:
        self._book = book
        self._behaviour = book.behaviour

    def read(self, station: Station, data: str | bytes) -> Call | Reaction | Error | None:
        """A CALL, an answer to ours, the CALLERROR that the message deserves, or None: ignore it."""
        dialect = DIALECTS[station.version]
        if isinstance(data, bytes):
            return self._unreadable(dialect)
        try:
            message = read(data)
        except ValueError:
            return self._unreadable(dialect)
        if not isinstance(message, list) or not message or type(message[0]) is not int:
            return self._unreadable(dialect)
        if message[0] in (3, 4):
            return _reaction(message)
        if message[0] != 2:
            return self._unknown_type(message, dialect)
        return self._call(message, dialect)

    def _unreadable(self, dialect: Dialect) -> Error | None:
        if dialect.unreadable_id is None:
            return None
        return self._error(dialect.unreadable_id, dialect.frame_error, "not a readable message")

    def _unknown_type(self, message: list[Json], dialect: Dialect) -> Error | None:
        if not self._behaviour.answers_unknown_type:
            return None
        name = message[1] if len(message) > 1 and is_text(message[1]) else dialect.unreadable_id or "-1"
        return self._error(name, "MessageTypeNotSupported", "")

    def _call(self, message: list[Json], dialect: Dialect) -> Call | Error | None:
        name = message[1] if len(message) > 1 and is_text(message[1]) else ""
        if not 0 < len(name) <= _LONGEST_ID:
            return self._unreadable(dialect)
        if len(message) != 4 or not isinstance(message[2], str):
            return self._error(name, dialect.frame_error, "a CALL has four elements")
        payload = {} if message[3] is None else message[3]
        return Call(name, message[2], payload)

    def _error(self, name: str, code: str, description: str) -> Error:
        return Error(name, self._behaviour.error_code or code, description)

    def answer(self, station: Station, call: Call, now: Instant) -> Result | Error | None:
        """The answer as it goes out, spoiled where the behaviour says so; None is silence."""
        if call.action in self._behaviour.silent_on:
            return None
        answer = self._right_answer(station, call, now)
        if answer is None or not self._behaviour.wrong_message_id:
            return answer
        if isinstance(answer, Error):
            return Error("wrong", answer.code, answer.description)
        return Result("wrong", answer.payload)

    def _right_answer(self, station: Station, call: Call, now: Instant) -> Result | Error | None:
        dialect = DIALECTS[station.version]
        refusal = self._refusal(station, call, dialect)
        if refusal == "NotImplemented" and self._behaviour.results_for_unknown_action:
            return Result(call.id, {})
        if refusal:
            return self._error(call.id, refusal, "")
        try:
            payload = dialect.answers[call.action](self._book, station, call.payload, now)
        except Silence:
            return None
        except Refusal as error:
            return self._error(call.id, error.code, "")
        except (KeyError, TypeError, AttributeError):
            if not self._behaviour.accepts_malformed:
                raise
            return self._error(call.id, "InternalError", "")
        return Result(call.id, spoil(self._behaviour, call.action, payload, ours=False))

    def _refusal(self, station: Station, call: Call, dialect: Dialect) -> str | None:
        """The code of the CALLERROR that `call` gets, None if it gets a CALLRESULT."""
        if call.action not in dialect.answers:
            return "NotSupported" if call.action in dialect.commands else "NotImplemented"
        if call.action in self._behaviour.refuses:
            return "NotSupported"
        if not self._allowed(station, call.action):
            return "SecurityError"
        if self._behaviour.accepts_malformed:
            return None
        fault = dialect.grammar.fault(call.action, call.payload, self._behaviour.accepts_bad_time)
        return dialect.codes[fault.kind] if fault else None

    def _allowed(self, station: Station, action: str) -> bool:
        """Until it is accepted, a station may only boot and send what we asked for (B02.FR.09, B03.FR.07)."""
        if station.status in (None, "Accepted") or action == "BootNotification" or self._behaviour.serves_unaccepted:
            return True
        return station.status == "Pending" and action in station.triggered


def _reaction(message: list[Json]) -> Reaction | None:
    if len(message) < 2 or not isinstance(message[1], str):
        return None
    return Reaction(message[1], message[2] if message[0] == 3 and len(message) == 3 else None)
