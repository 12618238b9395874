"""The station's own end of OCPP-J: parsing, correlation, one open CALL, and whose turn it is to be sent."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Literal

from harness.reference.station201.core import Core
from harness.reference.station201.memory import Payload, QueuedEvent
from harness.rpc.frame import Call, Error, Frame, Result, encode
from harness.rpc.link import SECOND, Transmit

Gate = Literal["boot", "triggered", "normal"]
OnResult = Callable[[Payload], None]
OnFailure = Callable[[str], None]


class Refusal(Exception):
    """A handler's wish to answer with a CALLERROR of this code."""

    def __init__(self, code: str, description: str = "") -> None:
        super().__init__(code)
        self.code = code
        self.description = description


@dataclass(slots=True)
class Outgoing:
    """A CALL waiting to be sent. `gate` says in which registration state it may go (B01.FR.08, B02.FR.02)."""

    action: str
    payload: Payload
    order: int
    gate: Gate = "normal"
    on_result: OnResult | None = None
    on_failure: OnFailure | None = None
    event: QueuedEvent | None = None
    keep: bool = False  # survives a lost connection


def _finite(text: str) -> float:
    number = float(text)
    if number in (float("inf"), float("-inf")):
        raise ValueError(text)
    return number


def _no_constant(text: str) -> Any:
    raise ValueError(text)


def _parsed(data: str | bytes) -> Any:
    """RFC 8259 only: no NaN, no number beyond a double, no half surrogate pair (it could not be echoed)."""
    message = json.loads(
        data if isinstance(data, str) else data.decode("utf-8"), parse_float=_finite, parse_constant=_no_constant
    )
    json.dumps(message, ensure_ascii=False).encode("utf-8")
    return message


class Exchange:
    """One connection's conversation. `serve` answers a CALL with a payload or raises `Refusal`."""

    def __init__(self, core: Core, serve: Callable[[str, Any], Payload]) -> None:
        self.core = core
        self.serve = serve
        self.link: int | None = None
        self.waiting: list[Outgoing] = []
        self.open: dict[str, Outgoing] = {}
        self.held: list[Frame] = []

    # ---- connection

    def opened(self, link: int) -> None:
        self.link = link

    def lost(self, code: str = "lost") -> None:
        """The connection is gone: open calls fail, and what has no queue of its own is dropped."""
        self.link = None
        self.held.clear()
        self.core.timers.cancel("call:")
        pending, self.open, self.waiting = [*self.open.values(), *self.waiting], {}, []
        for call in pending:
            if call.keep:
                self.waiting.append(call)
            elif call.event is not None:
                call.event.attempts -= 1  # no failure to process it, only to deliver it
            elif call.on_failure:
                call.on_failure(code)
        for event in self.core.memory.queue:
            self.mark_offline(event.payload)

    def mark_offline(self, payload: Payload) -> None:
        """E11.FR.07: what is still queued when the station goes offline is sent as offline."""
        if not self.core.behaviour.no_offline_flag:
            payload["offline"] = True

    def reset(self) -> None:
        """A reboot: nothing volatile is left."""
        self.link = None
        self.waiting.clear()
        self.open.clear()
        self.held.clear()

    # ---- own calls

    def call(
        self,
        action: str,
        payload: Payload,
        on_result: OnResult | None = None,
        on_failure: OnFailure | None = None,
        *,
        gate: Gate = "normal",
        keep: bool = False,
    ) -> None:
        """Put a CALL in line; `flush` sends it when its turn has come."""
        self.waiting.append(Outgoing(action, payload, self.core.order(), gate, on_result, on_failure, None, keep))

    def drop(self, action: str) -> None:
        """Take calls of this action out of the line."""
        self.waiting = [call for call in self.waiting if call.action != action]

    def flush(self) -> None:
        """Send what may be sent now (4.1.1: one open CALL, unless this station is a bad one)."""
        while self.link is not None and len(self.open) < self.core.behaviour.open_calls:
            outgoing = self._next()
            if outgoing is None:
                return
            self._send(outgoing)

    def _next(self) -> Outgoing | None:
        ready = [call for call in self.waiting if self.core.registration.permits(call.gate)]
        event = self._next_event()
        if event is not None:
            ready.append(event)
        if not ready:
            return None
        first = min(ready, key=lambda call: (call.gate != "boot", call.order))
        if first.event is None:
            self.waiting.remove(first)
        return first

    def _next_event(self) -> Outgoing | None:
        queue = self.core.memory.queue
        if not queue or not self.core.registration.permits("normal"):
            return None
        if any(call.event is not None for call in self.open.values()):
            return None
        event = queue[-1 if self.core.behaviour.queue_order == "newest_first" else 0]
        if event.not_before > self.core.now.monotonic:
            self.core.timers.set("event", event.not_before, lambda: None)
            return None
        order = event.order
        return Outgoing("TransactionEvent", event.payload, order, "normal", None, None, event)

    def _send(self, outgoing: Outgoing) -> None:
        link = self.link
        assert link is not None
        identifier = self.core.message_id()
        while identifier in self.open:
            identifier += "x"
        self.open[identifier] = outgoing
        if not self.core.behaviour.ignores_call_timeout:
            patience = self.core.network.message_timeout
            self.core.after(f"call:{identifier}", patience, lambda: self._timed_out(identifier))
        if outgoing.event is not None:
            outgoing.event.attempts += 1
        payload = self._distort(outgoing.action, outgoing.payload)
        self._put(Call(identifier, outgoing.action, payload))

    def _distort(self, action: str, payload: Payload) -> Payload:
        behaviour = self.core.behaviour
        payload = dict(payload)
        for name, member in behaviour.omits:
            if name == action:
                payload.pop(member, None)
        for name, member, value in behaviour.replaces:
            if name == action:
                payload[member] = value
        if behaviour.null_members:
            payload["customData"] = None
        if behaviour.extra_member:
            payload["vendorExtra"] = True
        return payload

    def _timed_out(self, identifier: str) -> None:
        outgoing = self.open.pop(identifier, None)
        if outgoing is not None:
            self._failed(outgoing, "timeout")

    def _failed(self, outgoing: Outgoing, code: str) -> None:
        if outgoing.event is not None:
            self._event_failed(outgoing.event)
        if outgoing.on_failure:
            outgoing.on_failure(code)

    def _event_failed(self, event: QueuedEvent) -> None:
        """E13: try again after interval times preceding transmissions, until the attempts are used up."""
        behaviour, queue = self.core.behaviour, self.core.memory.queue
        attempts = self.core.model.integer("OCPPCommCtrlr", "MessageAttempts", "TransactionEvent")
        interval = self.core.model.integer("OCPPCommCtrlr", "MessageAttemptInterval", "TransactionEvent")
        if behaviour.never_retries or (event.attempts >= attempts and not behaviour.retries_for_ever):
            if event in queue:
                queue.remove(event)
            return
        grown = 1 if behaviour.retry_pause_constant else event.attempts
        wait = 0 if behaviour.retries_at_once else interval * SECOND * grown
        event.not_before = self.core.now.monotonic + wait

    def _event_delivered(self, event: QueuedEvent, payload: Payload) -> None:
        queue = self.core.memory.queue
        twice = self.core.behaviour.sends_events_twice and event.attempts == 1
        if event in queue and not twice:
            queue.remove(event)
        self.core.transactions.answered(event.payload, payload)

    # ---- what comes in

    def receive(self, data: str | bytes) -> None:
        """Take one message of the CSMS."""
        try:
            message = _parsed(data)
        except (ValueError, RecursionError):
            self._put(Error("-1", "RpcFrameworkError", "not JSON"))
            return
        if not isinstance(message, list) or not message or type(message[0]) is not int:
            self._put(Error("-1", "RpcFrameworkError", "not an OCPP-J message"))
            return
        kind = message[0]
        if kind == 2:
            self._called(message)
        elif kind in (3, 4):
            self._answered(message)
        elif self.core.behaviour.answers_unknown_message_type:
            identifier = message[1] if len(message) > 1 and isinstance(message[1], str) else "-1"
            self._put(Error(identifier, "MessageTypeNotSupported"))

    def _called(self, message: list[Any]) -> None:
        identifier = message[1] if len(message) > 1 else None
        if not isinstance(identifier, str) or not 0 < len(identifier) <= 36:
            self._put(Error("-1", "RpcFrameworkError", "messageId missing or too long"))
            return
        if len(message) != 4 or not isinstance(message[2], str):
            self._put(Error(identifier, "RpcFrameworkError", "a CALL has four elements"))
            return
        action = message[2]
        if action in self.core.behaviour.silent_on:
            return
        answer: Frame
        try:
            answer = Result(identifier, self.serve(action, message[3]))
        except Refusal as refusal:
            answer = Error(identifier, refusal.code, refusal.description)
        self._answer(answer)

    def _answer(self, answer: Frame) -> None:
        behaviour = self.core.behaviour
        if isinstance(answer, Error) and behaviour.mute_on_bad_payloads and answer.code.endswith("Violation"):
            return
        if behaviour.waits_with_answers and self.open:
            self.held.append(answer)
            return
        if behaviour.trigger_before_answer:
            self.core.run_deferred()
            self.flush()
        self._put(answer)
        if behaviour.answers_twice:
            self._put(answer)
        if behaviour.stray_results:
            self._put(Result(self.core.message_id(), {}))

    def _answered(self, message: list[Any]) -> None:
        identifier = message[1] if len(message) > 1 else None
        outgoing = self.open.pop(identifier, None) if isinstance(identifier, str) else None
        if outgoing is None:
            if self.core.behaviour.answers_stray_results and isinstance(identifier, str):
                self._put(Error(identifier, "GenericError", "nobody asked"))
            return
        self.core.timers.cancel(f"call:{identifier}")
        if not self.core.behaviour.heartbeats_regardless:
            self.core.registration.heard()
        if self.core.behaviour.errors_on_results:
            self._put(Error(str(identifier), "FormatViolation"))
        if message[0] == 3 and len(message) == 3 and isinstance(message[2], dict):
            if outgoing.event is not None:
                self._event_delivered(outgoing.event, message[2])
            if outgoing.on_result:
                outgoing.on_result(message[2])
        else:
            code = message[2] if len(message) > 2 and isinstance(message[2], str) else "GenericError"
            self._failed(outgoing, code)
        held, self.held = self.held, []
        for answer in held:
            self._put(answer)

    def _put(self, frame: Frame) -> None:
        if self.link is not None:
            self.core.commands.append(Transmit(self.link, encode(frame)))
