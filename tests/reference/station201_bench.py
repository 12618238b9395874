"""A bench for the practice station: it plays a scripted CSMS in virtual time and checks every frame by schema."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from harness.reference.config import StationConfig
from harness.reference.station201 import Behaviour, build
from harness.rpc import schema
from harness.rpc.link import (
    SECOND,
    Asked,
    Close,
    Closed,
    Command,
    Connect,
    Dial,
    Drop,
    Fetch,
    Fetched,
    Instant,
    LinkEvent,
    Opened,
    Received,
    Refused,
    Store,
    Stored,
    Transmit,
    Woken,
)
from tests.reference.firmware_scenes import IMAGE

START = 1_772_323_199_999_000_000
"""2026-02-28T23:59:59.999Z"""
TOKEN = {"idToken": "VALID", "type": "ISO14443"}
ACCEPTED: dict[str, Any] = {"idTokenInfo": {"status": "Accepted"}}
INVALID: dict[str, Any] = {"idTokenInfo": {"status": "Invalid"}}
Payload = dict[str, Any]
Answer = Payload | Callable[[Payload], Payload | None] | str | None

DEFAULTS: dict[str, Answer] = {
    "Authorize": ACCEPTED,
    "TransactionEvent": lambda request: dict(ACCEPTED) if "idToken" in request else {},
}


@dataclass(frozen=True)
class Sent:
    """One CALL of the station; `at` in ns on the monotonic clock."""

    at: int
    id: str
    action: str
    payload: Payload

    def __getitem__(self, name: str) -> Any:
        return self.payload[name]


class Bench:
    """The station, its clock and its CSMS. An answer of None is silence, a text is the code of a CALLERROR."""

    def __init__(
        self, behaviour: Behaviour | None = None, *, valid: bool = True, up: bool = True, **config: Any
    ) -> None:
        self.station = build(StationConfig(**config), behaviour or Behaviour())
        self.valid = valid
        self.monotonic = 1_000
        self.answers: dict[str, Answer] = dict(DEFAULTS)
        self.answers["BootNotification"] = lambda _: {"currentTime": self.clock, "interval": 300, "status": "Accepted"}
        self.answers["Heartbeat"] = lambda _: {"currentTime": self.clock}
        self.sent: list[Sent] = []
        self.replies: dict[str, list[Any]] = {}
        self.raw: list[list[Any]] = []
        self.dials: list[Dial] = []
        self.commands: list[Command] = []
        self.log: list[tuple[int, str]] = []
        self.link = 0
        self.reachable = up
        self.subprotocol: str | None = "ocpp2.0.1"
        self.standing = False
        self._calls = 0

    # ---- time and events

    @property
    def now(self) -> Instant:
        return Instant(self.monotonic, START + self.monotonic)

    @property
    def clock(self) -> str:
        return datetime.fromtimestamp(self.now.wall / SECOND, UTC).isoformat(timespec="milliseconds")

    def feed(self, event: LinkEvent) -> None:
        pending = list(self.station.handle(event, self.now))
        while pending:
            command = pending.pop(0)
            self.commands.append(command)
            self.log.append((self.monotonic, str(command)))
            answer = self._obey(command)
            if answer is not None:
                pending += self.station.handle(answer, self.now)

    def ask(self, intent: str, **parameters: object) -> None:
        self.feed(Asked(intent, parameters))

    def wait(self, seconds: float) -> None:
        """Let time pass, waking the station whenever it wants to be woken."""
        end = self.monotonic + round(seconds * SECOND)
        for _ in range(10_000):
            due = self.station.wake_at()
            if due is None or due > end:
                self.monotonic = end
                return
            self.monotonic = max(self.monotonic, due)
            self.feed(Woken())
        raise AssertionError("the station never rests")

    def boot(self) -> Bench:
        self.ask("power_on")
        return self

    def drop(self, *, reachable: bool = False) -> None:
        """The connection breaks; `reachable` says whether the next attempt succeeds."""
        self.reachable = reachable
        self.standing = False
        self.feed(Closed(self.link, 1006))

    # ---- the CSMS

    def _obey(self, command: Command) -> LinkEvent | None:
        if isinstance(command, Connect):
            self.dials.append(command.dial)
            self.link = command.link
            if not self.reachable:
                return Refused(command.link, 0, "unreachable")
            self.standing = True
            return Opened(command.link, self.subprotocol)
        if isinstance(command, Close | Drop):
            self.standing = False
            return Closed(command.link, 1000)
        if isinstance(command, Transmit):
            assert self.standing, "a frame on a dead link"
            return self._heard(json.loads(command.data))
        if isinstance(command, Fetch):
            return Fetched(command.job, IMAGE)
        if isinstance(command, Store):
            return Stored(command.job, "404" if "nowhere" in command.url else "")
        return None

    def _heard(self, frame: list[Any]) -> LinkEvent | None:
        self.raw.append(frame)
        if frame[0] != 2:
            self.replies.setdefault(frame[1], []).append(frame)
            return None
        _, identifier, action, payload = frame
        if self.valid:
            faults = schema.faults("2.0.1", action, "request", payload)
            assert not faults, f"{action}: {faults}"
        self.sent.append(Sent(self.monotonic, identifier, action, payload))
        answer = self.answers.get(action, {})
        if callable(answer):
            answer = answer(payload)
        if answer is None:
            return None
        if isinstance(answer, str):
            return Received(self.link, json.dumps([4, identifier, answer, "", {}]))
        return Received(self.link, json.dumps([3, identifier, answer]))

    def request(self, action: str, payload: Any = None) -> list[Any]:
        """Send a CALL; the frame that answered it."""
        self._calls += 1
        identifier = f"csms-{self._calls}"
        self.say([2, identifier, action, {} if payload is None else payload])
        frames = self.replies.get(identifier, [])
        assert len(frames) == 1, f"{len(frames)} answers"
        frame = frames[0]
        if frame[0] == 3 and self.valid:
            assert schema.faults("2.0.1", action, "response", frame[2]) == ()
        return list(frame)

    def call(self, action: str, **payload: Any) -> Payload:
        """Send a CALL that must be answered with a CALLRESULT; its payload."""
        frame = self.request(action, payload)
        assert frame[0] == 3, frame
        return dict(frame[2])

    def say(self, frame: Any) -> None:
        self.feed(Received(self.link, frame if isinstance(frame, str) else json.dumps(frame)))

    # ---- looking back

    def of(self, action: str) -> list[Sent]:
        return [call for call in self.sent if call.action == action]

    @property
    def actions(self) -> list[str]:
        return [call.action for call in self.sent]

    @property
    def events(self) -> list[Payload]:
        return [call.payload for call in self.of("TransactionEvent")]

    @property
    def story(self) -> list[tuple[str, str]]:
        return [(event["eventType"], event["triggerReason"]) for event in self.events]

    @property
    def statuses(self) -> list[tuple[int, int, str]]:
        calls = self.of("StatusNotification")
        return [(call["evseId"], call["connectorId"], call["connectorStatus"]) for call in calls]

    def clear(self) -> None:
        self.sent.clear()
        self.raw.clear()
        self.commands.clear()

    def set(self, component: str, name: str, value: str, instance: str = "") -> str:
        variable = {"name": name} | ({"instance": instance} if instance else {})
        data = {"component": {"name": component}, "variable": variable, "attributeValue": value}
        return str(self.call("SetVariables", setVariableData=[data])["setVariableResult"][0]["attributeStatus"])

    def get(self, component: str, name: str, **more: Any) -> Payload:
        data = {"component": {"name": component}, "variable": {"name": name}, **more}
        return dict(self.call("GetVariables", getVariableData=[data])["getVariableResult"][0])

    def charge(self) -> None:
        """Plug in and present a token at EVSE 1."""
        self.ask("plug_in", evse=1, connector=1)
        self.ask("present", token="VALID", type="ISO14443", evse=1)


def booted(behaviour: Behaviour | None = None, *, valid: bool = True, **config: Any) -> Bench:
    """A station that has been accepted, with its boot messages forgotten."""
    bench = Bench(behaviour, valid=valid, **config).boot()
    bench.clear()
    return bench
