"""OCPP-J 1.6 from the station's end: framing, correlation, one open CALL, the queue of requests.

Own parsing on purpose: nothing of the judge's is used here. Two kinds of requests share one order:
those that a lost connection cancels, and the transaction-related ones, which persist (OCPP 1.6 3.7.1).
"""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass

from harness.reference.station16 import payloads
from harness.reference.station16.model import (
    Answer,
    Json,
    Open,
    Outgoing,
    Payload,
    Station,
    TransactionMessage,
)
from harness.rpc import frame
from harness.rpc.link import Transmit


@dataclass(frozen=True, slots=True)
class Reply:
    """What a handler answers, and what it does once the answer is on its way."""

    payload: Payload
    then: Callable[[], None] | None = None


class Refusal(Exception):
    """A handler answers with a CALLERROR (`code`, OCPP-J 1.6 table 7)."""

    def __init__(self, code: str, description: str = "") -> None:
        super().__init__(code, description)
        self.code = code
        self.description = description


Handler = Callable[[Station, Payload], Reply]

_OPTIONAL = {
    "BootNotification": ("iccid", "imsi"),
    "StatusNotification": ("info", "vendorErrorCode"),
    "StartTransaction": ("reservationId",),
    "MeterValues": ("transactionId",),
}


def ignore(_answer: Answer) -> None:
    """The answer does not matter."""


def call(
    station: Station,
    action: str,
    payload: Payload,
    done: Callable[[Answer], None] = ignore,
    free: bool = False,
) -> None:
    """Queue a request. `free` requests may go before the CSMS has accepted the station."""
    station.calls.append(Outgoing(station.next_order(), action, payload, done, free))


def keep(station: Station, action: str, payload: Payload, transaction: int) -> TransactionMessage:
    """Queue a transaction-related request; it survives offline periods and reboots."""
    message = TransactionMessage(station.next_order(), action, payload, transaction)
    station.memory.messages.append(message)
    return message


def pump(station: Station) -> None:
    """Send what may be sent now: the oldest request, if no other awaits its answer."""
    while station.link is not None and len(station.open) < station.behaviour.calls_at_once:
        item = _next(station)
        if item is None:
            return
        _send(station, item)


def _next(station: Station) -> Outgoing | TransactionMessage | None:
    free = next((item for item in station.calls if item.free), None)
    if free is not None or not station.online:
        return free
    flying = [entry.item for entry in station.open.values()]
    waiting = [message for message in station.memory.messages if message not in flying]
    if station.retry_at is not None and station.now.monotonic < station.retry_at:
        waiting = []
    heads: list[Outgoing | TransactionMessage] = [*station.calls[:1], *waiting[:1]]
    return min(heads, key=lambda item: item.order, default=None)


def _message_id(station: Station) -> str:
    behaviour = station.behaviour
    if not behaviour.reused_message_id:
        station.message_number += 1
    text = f"{station.config.identity[:16]}-{station.message_number}"
    return text.ljust(40, "x") if behaviour.overlong_message_id else text


def _send(station: Station, item: Outgoing | TransactionMessage) -> None:
    payload = dict(item.payload)
    if isinstance(item, Outgoing):
        station.calls.remove(item)
    else:
        item.attempts += 1
        _identify(station, item, payload)
    if station.behaviour.null_members:
        for member in _OPTIONAL.get(item.action, ()):
            payload.setdefault(member, None)
    if station.behaviour.extra_member:
        payload["vendorSpecific"] = "x"
    number = _message_id(station)
    station.open[number] = Open(item)
    _transmit(station, frame.Call(number, item.action, payload))
    if not station.behaviour.ignores_call_timeout:
        due = station.now.monotonic + station.config.call_timeout
        station.timers.set(f"call {number}", due, lambda: _finish(station, number, Answer("timeout")))


def _identify(station: Station, message: TransactionMessage, payload: Payload) -> None:
    """Put in the transactionId, which may have become known after the message was queued.

    -1 where StartTransaction could never be delivered (OCPP 1.6 errata 3.18)."""
    if message.action == "StartTransaction":
        return
    behaviour = station.behaviour
    known = station.memory.transaction_ids.get(message.transaction, -1)
    if message.action == "MeterValues":
        if behaviour.omits_transaction_id:
            return
        if behaviour.meter_values_transaction_id is not None:
            known = behaviour.meter_values_transaction_id
    elif payload.pop("offline", False) and behaviour.offline_transaction_id is not None:
        known = behaviour.offline_transaction_id
    payload.pop("offline", None)
    payload["transactionId"] = known


def _transmit(station: Station, message: frame.Frame) -> None:
    if station.link is not None:
        station.commands.append(Transmit(station.link, frame.encode(message)))


def _finish(station: Station, number: str, answer: Answer) -> None:
    entry = station.open.pop(number, None)
    if entry is None:
        return
    station.timers.cancel(f"call {number}")
    if isinstance(entry.item, Outgoing):
        entry.item.done(answer)
    else:
        station.delivered(entry.item, answer)


def lost(station: Station) -> None:
    """The connection is gone: cancel what does not persist."""
    for number in list(station.open):
        _finish(station, number, Answer("lost"))
    cancelled, station.calls = station.calls, []
    station.held.clear()
    for item in cancelled:
        item.done(Answer("lost"))


# ---- what the CSMS sends ------------------------------------------------------------------------


def receive(station: Station, data: str | bytes, handlers: Mapping[str, Handler]) -> None:
    """Take one message. What is no OCPP-J frame is ignored: there is nothing to answer it with."""
    message = _parse(data)
    if message is None:
        return
    kind, number = message[0], message[1]
    if kind == 2:
        _incoming(station, message, handlers)
    elif number in station.open:
        good = kind == 3 and len(message) == 3 and isinstance(message[2], dict)
        if station.behaviour.error_to_result and kind == 3:
            _transmit(station, frame.Error(number, "FormationViolation", "unexpected answer"))
        _finish(station, number, Answer("result", message[2]) if good else Answer("error"))
        _release(station, handlers)
    elif station.behaviour.answers_unknown_ids:
        _transmit(station, frame.Result(number, {}))


def _parse(data: str | bytes) -> list[Json] | None:
    if isinstance(data, bytes):
        return None
    try:
        message = json.loads(data, parse_constant=_refuse_constant)
    except (ValueError, RecursionError):
        return None
    if not isinstance(message, list) or len(message) < 3:
        return None
    if type(message[0]) is not int or message[0] not in (2, 3, 4):
        return None
    return message if isinstance(message[1], str) and _encodable(message[1]) else None


def _encodable(value: Json) -> bool:
    """False where a string holds a lone surrogate, which no answer could repeat."""
    try:
        json.dumps(value, ensure_ascii=False).encode()
    except UnicodeEncodeError:
        return False
    return True


def _refuse_constant(name: str) -> None:
    raise ValueError(name)


def _incoming(station: Station, message: list[Json], handlers: Mapping[str, Handler]) -> None:
    number = message[1]
    if station.registration == "Rejected" and not station.behaviour.answers_while_rejected:
        return
    if len(message) != 4 or not isinstance(message[2], str) or not _encodable(message):
        _transmit(station, frame.Error(number, "FormationViolation", "this is no CALL"))
        return
    if station.open and not station.behaviour.answers_while_waiting:
        station.held.append((number, message[2], message[3]))
        return
    _answer(station, number, message[2], message[3], handlers)


def _release(station: Station, handlers: Mapping[str, Handler]) -> None:
    while station.held and not station.open:
        number, action, payload = station.held.pop(0)
        _answer(station, number, action, payload, handlers)


def _answer(station: Station, number: str, action: str, payload: Json, handlers: Mapping[str, Handler]) -> None:
    behaviour = station.behaviour
    if action in behaviour.unanswered_actions:
        return
    then: Callable[[], None] | None = None
    answer: frame.Frame
    try:
        reply = _handle(station, action, payload, handlers)
        answer, then = frame.Result(number, reply.payload), reply.then
    except Refusal as refusal:
        answer = frame.Error(number, refusal.code, refusal.description)
    _transmit(station, answer)
    if behaviour.duplicate_answers:
        _transmit(station, answer)
    if then is not None:
        then()


def _handle(station: Station, action: str, payload: Json, handlers: Mapping[str, Handler]) -> Reply:
    handler = handlers.get(action)
    if handler is None:
        raise Refusal(station.behaviour.unknown_action_code, f"{action[:50]} is not known")
    if payloads.PROFILE.get(action, "Core") in station.config.unsupported_profiles:
        raise Refusal("NotSupported", f"{action} is not supported")
    if station.behaviour.checks_payloads:
        fault = payloads.check(action, payload)
        if fault is not None:
            raise Refusal(*fault)
    try:
        return handler(station, payload)
    except (KeyError, TypeError, AttributeError, ValueError) as error:
        if station.behaviour.checks_payloads:
            raise
        raise Refusal("InternalError", type(error).__name__) from error
