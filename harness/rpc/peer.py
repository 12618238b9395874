"""Our end of one OCPP-J connection, without I/O: text in, typed events out, and the other way round.

The peer keeps account of every exchange in both directions. What the far end does wrong comes out as a
`Violation`, with or inside an event, never as an exception. What we would do wrong raises `ProtocolMisuse`,
unless it is meant (`anyway`). Times are monotonic nanoseconds, handed in.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace

from harness.rpc.dialect import UNREADABLE, Dialect, Role, other
from harness.rpc.frame import REQUESTS, Call, Decoded, Error, Flaw, Frame, Result, ResultError, Send, decode, encode
from harness.rpc.link import SECOND
from harness.rpc.rules import (
    MOVES,
    STEPS,
    State,
    Violation,
    ViolationKind,
    Weight,
    error_violations,
    flaw_violations,
    request_violations,
    result_violations,
    violation,
)
from harness.rpc.values import light


class ProtocolMisuse(RuntimeError):
    """We were about to break OCPP-J without having said that we mean it."""


@light(frozen=True, slots=True)
class CallReceived:
    call: Call
    flaws: tuple[Flaw, ...] = ()
    violations: tuple[Violation, ...] = ()


@dataclass(frozen=True, slots=True)
class SendReceived:
    send: Send
    flaws: tuple[Flaw, ...] = ()
    violations: tuple[Violation, ...] = ()


@light(frozen=True, slots=True)
class ResultReceived:
    """A CALLRESULT to our `call`, which left at `sent_at`; late ones carry LATE_ANSWER."""

    result: Result
    call: Call
    sent_at: int
    flaws: tuple[Flaw, ...] = ()
    violations: tuple[Violation, ...] = ()


@dataclass(frozen=True, slots=True)
class ErrorReceived:
    """A CALLERROR. `call` and `sent_at` are None where it answers an unreadable message (id "-1")."""

    error: Error
    call: Call | None
    sent_at: int | None
    flaws: tuple[Flaw, ...] = ()
    violations: tuple[Violation, ...] = ()


@dataclass(frozen=True, slots=True)
class ResultErrorReceived:
    """OCPP 2.1: the far end refuses the CALLRESULT we sent to its `call`."""

    error: ResultError
    call: Call
    flaws: tuple[Flaw, ...] = ()
    violations: tuple[Violation, ...] = ()


@dataclass(frozen=True, slots=True)
class CallTimedOut:
    """Nobody answered our `call` within the time-out."""

    call: Call
    sent_at: int


PeerEvent = (
    CallReceived | SendReceived | ResultReceived | ErrorReceived | ResultErrorReceived | CallTimedOut | Violation
)


def violations(events: Iterable[PeerEvent]) -> tuple[Violation, ...]:
    """All violations in `events`, bare ones and those inside other events."""
    found: list[Violation] = []
    for event in events:
        if isinstance(event, Violation):
            found.append(event)
        elif not isinstance(event, CallTimedOut):
            found.extend(event.violations)
    return tuple(found)


_OF_ASKERS = (*REQUESTS, ResultError)
REMEMBERED = 10_000
"""Closed exchanges of one direction that are remembered for certain; older ids may be forgotten."""


@light(frozen=True, slots=True)
class _Exchange:
    """What is remembered of one: the CALL while its answer may come, and then its text alone."""

    state: State
    opened: int
    call: Call | None
    text: str

    def asked(self, dialect: Dialect) -> Call | None:
        """The CALL that opened it."""
        frame = self.call or decode(self.text, dialect).frame
        return frame if isinstance(frame, Call) else None


class Peer:
    """One end of one connection. `role` is ours.

    `call_timeout` (ns): how long we wait for an answer. `their_timeout` (ns): after this the far end may have
    given up waiting for us, so a further CALL of it is no longer a second open one; its real time-out is its
    own choice (4.1.1), so set it from what is known of the product. Without `payloads` their schemas are not
    looked at, for one who leaves that to the monitor."""

    def __init__(
        self,
        role: Role,
        dialect: Dialect,
        call_timeout: int = 30 * SECOND,
        their_timeout: int = 10 * SECOND,
        payloads: bool = True,
    ) -> None:
        self.role = role
        self._payloads = payloads
        self.dialect = dialect
        self._call_timeout = call_timeout
        self._their_timeout = their_timeout
        self._ours: dict[str, _Exchange] = {}
        self._theirs: dict[str, _Exchange] = {}
        self._our_open: dict[str, _Exchange] = {}
        self._their_open: dict[str, _Exchange] = {}

    # ---- state ---------------------------------------------------------------------------------------

    @property
    def open_call(self) -> Call | None:
        """Our oldest CALL that is neither answered nor timed out."""
        return next((exchange.call for exchange in self._our_open.values()), None)

    @property
    def unanswered(self) -> tuple[Call, ...]:
        """The far end's CALLs that we have not answered yet, oldest first."""
        return tuple(exchange.call for exchange in self._their_open.values() if exchange.call is not None)

    def used(self, message_id: str) -> bool:
        """Whether we have opened an exchange with this id on this connection."""
        return message_id in self._ours

    def deadline(self) -> int | None:
        """When `tick` is due next, or None while no CALL of ours is open."""
        if not self._our_open:
            return None
        return min(exchange.opened for exchange in self._our_open.values()) + self._call_timeout

    def tick(self, now: int) -> tuple[PeerEvent, ...]:
        """Give up on every CALL of ours whose time-out has come."""
        due = [e for e in self._our_open.values() if e.opened + self._call_timeout <= now and e.call is not None]
        events: list[PeerEvent] = []
        for exchange in due:
            assert exchange.call is not None
            self._set(self._ours, self._our_open, exchange.call.id, replace(exchange, state=State.EXPIRED))
            events.append(CallTimedOut(exchange.call, exchange.opened))
        return tuple(events)

    def _set(self, book: dict[str, _Exchange], opened: dict[str, _Exchange], key: str, exchange: _Exchange) -> None:
        book[key] = exchange
        if len(book) > 2 * REMEMBERED:  # the oldest half, but for what is still open
            for old in list(book)[:REMEMBERED]:
                if old not in opened and old != key:
                    del book[old]
        opened.pop(key, None)
        if exchange.state is State.OPEN:
            opened[key] = exchange

    def _move(self, frame: Frame, text: str, ours: bool, now: int) -> tuple[_Exchange | None, ViolationKind | None]:
        """Carry out the step of `frame` in the books; the exchange as it was before, and the rule broken."""
        book, opened = (self._ours, self._our_open) if ours else (self._theirs, self._their_open)
        before = book.get(frame.id)
        step = STEPS[State.UNKNOWN if before is None else before.state, MOVES[type(frame)]]
        if isinstance(frame, Call):
            self._set(book, opened, frame.id, _Exchange(step.state, now, frame, text))
        elif isinstance(frame, Send) and before is None:
            self._set(book, opened, frame.id, _Exchange(step.state, now, None, ""))
        elif before is not None and step.state is not before.state:
            self._set(book, opened, frame.id, _Exchange(step.state, before.opened, None, before.text))
        return before, step.breach

    # ---- sending -------------------------------------------------------------------------------------

    def send(self, frame: Frame, now: int, anyway: bool = False) -> str:
        """Note that `frame` leaves now; its text. With `anyway` no rule is minded.

        Raises ProtocolMisuse where the frame would break OCPP-J; the payload is not looked at."""
        text = encode(frame)
        if not anyway:
            self._mind_the_rules(frame)
        self._move(frame, text, isinstance(frame, _OF_ASKERS), now)
        return text

    def note_sent(self, text: str, now: int) -> None:
        """Note that `text`, legal or not, left now; for raw text and for replaying a record."""
        frame = decode(text, self.dialect).frame
        if frame is not None:
            self.send(frame, now, anyway=True)

    def _mind_the_rules(self, frame: Frame) -> None:
        version = self.dialect.version
        if frame.kind not in self.dialect.message_types:
            raise ProtocolMisuse(f"OCPP {version} has no message type {frame.kind}")
        if len(frame.id) > self.dialect.max_id:
            raise ProtocolMisuse(f"messageId of {len(frame.id)} characters")
        if isinstance(frame, Call | Send):
            self._mind_the_turn(frame)
        if isinstance(frame, Error) and frame.id == self.dialect.unreadable_id:
            return
        book = self._ours if isinstance(frame, Call | Send | ResultError) else self._theirs
        before = book.get(frame.id)
        breach = STEPS[before.state if before else State.UNKNOWN, MOVES[type(frame)]].breach
        if breach is not None and breach is not ViolationKind.LATE_ANSWER:
            raise ProtocolMisuse(f"{type(frame).__name__} {frame.id!r}: {breach}")

    def _mind_the_turn(self, frame: Call | Send) -> None:
        action = self.dialect.actions.get(frame.action)
        if action is None:
            raise ProtocolMisuse(f"OCPP {self.dialect.version} has no message {frame.action!r}")
        if self.role not in action.senders:
            raise ProtocolMisuse(f"{frame.action} is not for a {self.role} to send")
        if action.kind != ("call" if isinstance(frame, Call) else "send"):
            raise ProtocolMisuse(f"{frame.action} is a {action.kind.upper()}")
        if isinstance(frame, Call) and self.open_call is not None:
            raise ProtocolMisuse(f"{self.open_call.action} {self.open_call.id!r} is still open")

    # ---- receiving -----------------------------------------------------------------------------------

    def receive(self, text: str | bytes, now: int) -> tuple[PeerEvent, ...]:
        """Take one WebSocket message that arrived at `now`. Never raises, whatever it holds."""
        expired = self.tick(now) if self._our_open else ()
        if isinstance(text, bytes):
            nothing = Decoded("", None)
            message = f"a binary message of {len(text)} bytes; OCPP-J is text (4.1.2)"
            return (*expired, violation(ViolationKind.BINARY_MESSAGE, message, nothing, self.dialect))
        decoded = decode(text, self.dialect)
        found = flaw_violations(decoded, self.dialect) if decoded.flaws else ()
        frame = decoded.frame
        if frame is None or frame.kind not in self.dialect.message_types:
            return (*expired, *found)
        if isinstance(frame, REQUESTS):
            return (*expired, self._request(decoded, frame, found, now))
        return (*expired, *self._answer(decoded, frame, found, now))

    def _request(self, decoded: Decoded, frame: Call | Send, found: tuple[Violation, ...], now: int) -> PeerEvent:
        second = self._second_open_call(decoded, frame, now) if self._their_open and isinstance(frame, Call) else ()
        before, breach = self._move(frame, decoded.text, False, now)
        if breach is not None and not self._is_retry(frame, before):
            text = f"messageId {frame.id!r} was used before"
            found = (*found, violation(breach, text, decoded, self.dialect))
        found = (*found, *second, *request_violations(decoded, other(self.role), self.dialect, self._payloads))
        if isinstance(frame, Call):
            return CallReceived(frame, decoded.flaws, found)
        return SendReceived(frame, decoded.flaws, found)

    def _is_retry(self, frame: Call | Send, before: _Exchange | None) -> bool:
        return self.dialect.retry_keeps_id and before is not None and before.asked(self.dialect) == frame

    def _second_open_call(self, decoded: Decoded, call: Call, now: int) -> tuple[Violation, ...]:
        """4.1.1: one open CALL per direction; one the far end may have given up on does not count."""
        for exchange in self._their_open.values():
            age = now - exchange.opened
            if exchange.call is not None and exchange.call.id != call.id and age < self._their_timeout:
                text = f"{exchange.call.action} {exchange.call.id!r} is still unanswered after {age / SECOND:.3f} s"
                found = violation(ViolationKind.SECOND_OPEN_CALL, text, decoded, self.dialect)
                return (replace(found, open_for=age),)
        return ()

    def _answer(
        self, decoded: Decoded, frame: Result | Error | ResultError, found: tuple[Violation, ...], now: int
    ) -> tuple[PeerEvent, ...]:
        before, breach = self._move(frame, decoded.text, not isinstance(frame, ResultError), now)
        if not isinstance(frame, Result):
            found = (*found, *error_violations(decoded, self.dialect))
        if isinstance(frame, Error) and before is None and frame.id == UNREADABLE:
            return (ErrorReceived(frame, None, None, decoded.flaws, (*found, *self._borrowed_id(decoded))),)
        if breach is not None:
            text = f"{type(frame).__name__} with messageId {frame.id!r}: {breach}"
            found = (*found, violation(breach, text, decoded, self.dialect))
        call = before.asked(self.dialect) if before is not None else None
        if before is None or call is None or breach not in (None, ViolationKind.LATE_ANSWER):
            return found
        flaws, sent_at = decoded.flaws, before.opened
        if isinstance(frame, Result):
            found = (*found, *result_violations(decoded, call, self.dialect)) if self._payloads else found
            return (ResultReceived(frame, call, sent_at, flaws, found),)
        if isinstance(frame, Error):
            return (ErrorReceived(frame, call, sent_at, flaws, found),)
        return (ResultErrorReceived(frame, call, flaws, found),)

    def _borrowed_id(self, decoded: Decoded) -> tuple[Violation, ...]:
        """OCPP 1.6 names no id for refusing an unreadable message; stations borrow "-1" from 2.x."""
        if self.dialect.unreadable_id is not None:
            return ()
        text = f'OCPP {self.dialect.version} knows no messageId "{UNREADABLE}"'
        found = violation(ViolationKind.ANSWER_TO_UNKNOWN_ID, text, decoded, self.dialect)
        return (replace(found, weight=Weight.NOTE),)
