"""Our own side of the wire: the station or the CSMS that the scenario directs.

An `Endpoint` without I/O. It keeps the protocol (one open CALL, right CALLERRORs) through `rpc.peer`,
answers what it is asked from the scenario's scripts or the defaults, and does what the session asks.
It judges nothing.
"""

from __future__ import annotations

import base64
import copy
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field, replace

from harness import answers
from harness.addresses import EVERYWHERE, place
from harness.facts import Facts
from harness.oracle import paths
from harness.rpc.dialect import Dialect, Role
from harness.rpc.frame import Call, Error, Frame, Json, Result
from harness.rpc.link import (
    Admission,
    Asked,
    Close,
    Closed,
    Command,
    Handshake,
    Instant,
    LinkEvent,
    Opened,
    Received,
    Refused,
    Transmit,
    Woken,
)
from harness.rpc.peer import CallReceived, Peer
from harness.rpc.rules import Violation, ViolationKind

# What cannot be answered at all is refused; a payload that breaks its schema is answered and reported, so
# that one fault does not hide all that comes after it.
_HOPELESS = frozenset({ViolationKind.UNKNOWN_ACTION, ViolationKind.WRONG_DIRECTION, ViolationKind.WRONG_TYPES})

REMOVED = object()
"""In a script's members: the member is taken out of the answer."""


@dataclass(frozen=True, slots=True)
class Script:
    """How to answer the next (`once`) or every CALL of an action.

    `members` are laid over the default answer, path by path; `whole` replaces it. `error` answers with
    that CALLERROR code instead, `silent` not at all. `delay` (ns) holds the answer back.
    """

    action: str
    once: bool = True
    members: tuple[tuple[str, Json], ...] = ()
    whole: Json = None
    error: str | None = None
    silent: bool = False
    delay: int = 0


@dataclass(frozen=True, slots=True)
class Door:
    """Whom a CSMS of ours lets in. Basic credentials are the header value expected, or None for anyone.

    `dropping` answers nobody; `away` is the address at which nobody is answered, or EVERYWHERE."""

    identity: str
    authorization: str | None = None
    status: int = 101
    dropping: bool = False
    away: str = ""
    also: tuple[str, ...] = ()
    """Header values let in besides, while nobody knows which password the station has."""
    subprotocol: str = ""
    """Selected instead of the one we speak, offered or not; "" for that one."""


@dataclass(slots=True)
class _Link:
    peer: Peer
    subprotocol: str | None
    accepted: bool = False
    registration: str = ""
    instructed: set[str] = field(default_factory=set)


@dataclass(slots=True)
class _Held:
    """An answer waiting for its moment."""

    due: int
    link: int
    frame: Frame
    accepts: str


def basic(identity: str, password: bytes) -> str:
    """The Authorization header of HTTP Basic (RFC 7617): user-id ":" password, bytes untouched."""
    return "Basic " + base64.b64encode(identity.encode() + b":" + password).decode()


def octets(password: str) -> bytes:
    """A password of a scenario: ``hex 00FF3A`` is those bytes, other words are UTF-8. Raises ValueError."""
    return bytes.fromhex(password.removeprefix("hex ")) if password.startswith("hex ") else password.encode()


class Actor:
    """The station (`role` "station") or CSMS that we play."""

    def __init__(
        self,
        role: Role,
        dialect: Dialect,
        facts: Facts,
        call_timeout: int,
        door: Door,
        trace: Callable[[str, str], None] = lambda topic, text: None,
    ) -> None:
        self.role = role
        self.dialect = dialect
        self.facts = facts
        self.door = door
        self._call_timeout = call_timeout
        self._trace = trace
        self._links: dict[int, _Link] = {}
        self._scripts: list[Script] = []
        self._held: list[_Held] = []

    # ---- Endpoint ------------------------------------------------------------------------------------

    def admit(self, handshake: Handshake, now: Instant) -> Admission:
        """Let in the identity of the SUT file with its credentials; the first subprotocol we speak wins."""
        door = self.door
        if door.dropping or door.away in (EVERYWHERE, place(handshake.target)):
            return Admission(drop=True)
        if door.status != 101:
            return Admission(status=door.status)
        if handshake.identity != door.identity:
            text = f"the station called itself {handshake.identity!r}, the SUT file says {door.identity!r}"
            self._trace("refused", text)
            return Admission(status=404, body=text)
        if door.authorization is not None and handshake.authorization not in (door.authorization, *door.also):
            self._trace("refused", "the station's Basic credentials are not those of the SUT file")
            return Admission(status=401, headers=(("WWW-Authenticate", 'Basic realm="ocpp"'),))
        spoken = self.dialect.subprotocol if self.dialect.subprotocol in handshake.subprotocols else None
        if spoken is None:
            offers = ", ".join(handshake.subprotocols) or "none"
            self._trace("refused", f"we speak {self.dialect.subprotocol}, the station offered {offers}")
        return Admission(subprotocol=door.subprotocol or spoken)

    def handle(self, event: LinkEvent, now: Instant) -> Sequence[Command]:
        if isinstance(event, Received):
            return self._received(event, now)
        if isinstance(event, Asked):
            return self._asked(event, now)
        if isinstance(event, Opened):
            return self._opened(event)
        if isinstance(event, Closed | Refused):
            self._links.pop(event.link, None)
        elif isinstance(event, Woken):
            return self._woken(now)
        return ()

    def wake_at(self) -> int | None:
        times = [held.due for held in self._held]
        for link in self._links.values():
            if (due := link.peer.deadline()) is not None:
                times.append(due)
        return min(times) if times else None

    # ---- what the session asks -----------------------------------------------------------------------

    def _asked(self, event: Asked, now: Instant) -> Sequence[Command]:
        what = event.parameters
        if event.intent == "script":
            self._scripts.append(what["script"])  # type: ignore[arg-type]
        elif event.intent == "forget scripts":
            self._scripts.clear()
        elif event.intent == "door":
            self.door = replace(self.door, **what)  # type: ignore[arg-type]
        elif event.intent == "commands":
            return what["commands"]  # type: ignore[return-value]
        elif event.intent == "send":
            return self._send(what["link"], what["frame"], now)  # type: ignore[arg-type]
        else:
            raise ValueError(f"our actor knows no intent {event.intent!r}")
        return ()

    def _send(self, number: int, frame: Frame, now: Instant) -> Sequence[Command]:
        link = self._links.get(number)
        if link is None:
            return ()  # gone meanwhile; the journal says so, and the session reads it there
        if isinstance(frame, Call):
            link.instructed |= _instructs(frame)
        return (Transmit(number, link.peer.send(frame, now.monotonic, anyway=True)),)

    # ---- connections ---------------------------------------------------------------------------------

    def _opened(self, event: Opened) -> Sequence[Command]:
        # Whatever breaks its schema is answered all the same; the monitor tells, and looks but once.
        peer = Peer(self.role, self.dialect, self._call_timeout, payloads=False)
        self._links[event.link] = _Link(peer, event.subprotocol)
        if self.role != "csms":
            return ()
        if event.subprotocol is None:
            return (Close(event.link, 1002, "no common subprotocol"),)
        older = [number for number in self._links if number != event.link]
        return tuple(Close(number, 1000, "replaced by a newer connection") for number in older)

    def standing(self) -> tuple[tuple[int, str | None, bool], ...]:
        """The open connections: number, subprotocol, whether accepted."""
        return tuple((number, link.subprotocol, link.accepted) for number, link in list(self._links.items()))

    # ---- answering -----------------------------------------------------------------------------------

    def _received(self, event: Received, now: Instant) -> Sequence[Command]:
        link = self._links.get(event.link)
        if link is None:
            return ()
        commands: list[Command] = []
        for happened in link.peer.receive(event.data, now.monotonic):
            if isinstance(happened, CallReceived):
                refusal = _refusal(happened.violations) if happened.violations else None
                if refusal is not None:
                    commands += self._transmit(event.link, link, refusal, now)
                else:
                    commands += self._answer(event.link, link, happened.call, now)
            elif isinstance(happened, Violation) and happened.refusal is not None:
                commands += self._transmit(event.link, link, happened.refusal, now)
        return commands

    def _answer(self, number: int, link: _Link, call: Call, now: Instant) -> Sequence[Command]:
        script = self._script_for(call.action)
        if script is None and self._out_of_turn(link, call):
            return self._transmit(number, link, Error(call.id, "SecurityError", "not accepted yet"), now)
        if script is not None and script.silent:
            return ()
        frame = self._frame(call, script, now)
        accepts = ""
        if self.role == "csms" and call.action == "BootNotification" and isinstance(frame, Result):
            accepts = str(frame.payload.get("status", "")) if isinstance(frame.payload, dict) else ""
        if script is not None and script.delay:
            self._held.append(_Held(now.monotonic + script.delay, number, frame, accepts))
            return ()
        self._register(link, accepts)
        return self._transmit(number, link, frame, now)

    def _frame(self, call: Call, script: Script | None, now: Instant) -> Frame:
        if script is not None and script.error is not None:
            return Error(call.id, script.error)
        if script is not None and script.whole is not None:
            return Result(call.id, script.whole)
        payload = answers.default_answer(self.role, call, self.facts, now.wall)
        if script is not None and script.members:
            payload = copy.deepcopy(payload)  # parts of it may be the request's own, which must stay as it came
            for path, value in script.members:
                if value is REMOVED:
                    paths.remove(payload, path)
                else:
                    paths.put(payload, path, copy.deepcopy(value))
        return Result(call.id, payload)

    def _transmit(self, number: int, link: _Link, frame: Frame, now: Instant) -> Sequence[Command]:
        return (Transmit(number, link.peer.send(frame, now.monotonic, anyway=True)),)

    def _script_for(self, action: str) -> Script | None:
        """A one-time script goes before a lasting one, the older before the newer; the last lasting one rules."""
        if not self._scripts:
            return None
        mine = [script for script in self._scripts if script.action == action]
        once = next((script for script in mine if script.once), None)
        if once is not None:
            self._scripts.remove(once)
            return once
        return mine[-1] if mine else None

    def _register(self, link: _Link, status: str) -> None:
        if status:
            link.registration = status
            link.accepted = status == "Accepted"

    def _out_of_turn(self, link: _Link, call: Call) -> bool:
        """B01.FR.10, B02.FR.09, B03.FR.07: before Accepted only a boot, and what we asked for, is served."""
        if self.role != "csms" or self.dialect.version == "1.6" or not link.registration:
            return False
        return not link.accepted and call.action != "BootNotification" and call.action not in link.instructed

    def _woken(self, now: Instant) -> Sequence[Command]:
        commands: list[Command] = []
        for link in self._links.values():
            link.peer.tick(now.monotonic)
        for held in [held for held in self._held if held.due <= now.monotonic]:
            self._held.remove(held)
            waiting = self._links.get(held.link)
            if waiting is not None:
                self._register(waiting, held.accepts)
                commands += self._transmit(held.link, waiting, held.frame, now)
        return commands


def _refusal(violations: Iterable[Violation]) -> Frame | None:
    """How to refuse what cannot be answered at all."""
    return next((v.refusal for v in violations if v.kind in _HOPELESS and v.refusal is not None), None)


_REPORTS = frozenset({"NotifyReport"})
_INSTRUCTING = {"GetBaseReport": _REPORTS, "GetReport": _REPORTS}


def _instructs(call: Call) -> frozenset[str]:
    """The requests a station may send before Accepted because this CALL asks for them (B02.FR.02)."""
    if call.action == "TriggerMessage" and isinstance(call.payload, dict):
        return frozenset({str(call.payload.get("requestedMessage", ""))})
    return _INSTRUCTING.get(call.action, frozenset())
