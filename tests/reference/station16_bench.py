"""A bench for the 1.6 reference station: virtual time, a scripted CSMS, every frame checked by schema."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import cache
from pathlib import Path
from typing import Any

import jsonschema_rs
import ocpp

from harness.reference.config import StationConfig
from harness.reference.station16 import Behaviour, build
from harness.rpc.link import (
    SECOND,
    Asked,
    Close,
    Closed,
    Command,
    Connect,
    Drop,
    Fetch,
    Fetched,
    Instant,
    LinkEvent,
    Opened,
    Ping,
    Ponged,
    Received,
    Refused,
    Store,
    Stored,
    Transmit,
    Woken,
)
from tests.reference.firmware_scenes import IMAGE

EPOCH = 1_800_000_000 * SECOND
Payload = dict[str, Any]
ScriptedAnswer = Payload | Callable[[Payload], Any] | None
_SCHEMAS = Path(ocpp.__file__).parent / "v16" / "schemas"


@cache
def validator(name: str) -> Any:
    schema = json.loads((_SCHEMAS / f"{name}.json").read_text(encoding="utf-8-sig"))
    return jsonschema_rs.validator_for(schema, validate_formats=True)


@dataclass(frozen=True)
class Sent:
    """One frame of the station. `at` is in seconds since the bench was set up."""

    at: float
    kind: int
    action: str
    payload: Payload
    id: str


class Bench:
    """Drives one station. `answers` maps an action to its CALLRESULT payload, to a function of the
    request that returns one (or a CALLERROR code as str), or to None for silence."""

    def __init__(
        self, config: StationConfig | None = None, behaviour: Behaviour | None = None, *, valid: bool = True
    ) -> None:
        self.endpoint = build(config or StationConfig(), behaviour)
        self.valid = valid
        self.lenient = False
        self.time = 0
        self.events: list[LinkEvent] = []
        self.link: int | None = None
        self.reachable = True
        self.subprotocol: str | None = "ocpp1.6"
        self.sent: list[Sent] = []
        self.commands: list[Command] = []
        self.log: list[tuple[int, Command]] = []
        self.dials: list[tuple[float, Connect]] = []
        self.dropped: list[tuple[float, Command]] = []
        self.pongs = True
        self.ids: dict[str, str] = {}
        self.unanswered: list[Sent] = []
        self.transaction = 100
        self.number = 0
        self.results: dict[str, Sent] = {}
        self.answers: dict[str, ScriptedAnswer] = {
            "BootNotification": lambda _: {"status": "Accepted", "currentTime": self.stamp(), "interval": 300},
            "Heartbeat": lambda _: {"currentTime": self.stamp()},
            "Authorize": {"idTagInfo": {"status": "Accepted"}},
            "StartTransaction": self._start,
            "StopTransaction": {},
            "MeterValues": {},
            "StatusNotification": {},
            "FirmwareStatusNotification": {},
            "DiagnosticsStatusNotification": {},
            "SignedFirmwareStatusNotification": {},
            "LogStatusNotification": {},
            "SecurityEventNotification": {},
            "SignCertificate": {"status": "Accepted"},
        }

    # -- time

    @property
    def now(self) -> Instant:
        return Instant(self.time, EPOCH + self.time)

    def stamp(self, seconds: float = 0) -> str:
        moment = datetime.fromtimestamp(EPOCH // SECOND, UTC) + timedelta(
            microseconds=self.time // 1000, seconds=seconds
        )
        return moment.isoformat(timespec="milliseconds").replace("+00:00", "Z")

    def run(self, seconds: float) -> None:
        """Let time pass, waking the station whenever it wants to be woken."""
        until = self.time + int(seconds * SECOND)
        for _ in range(100_000):
            due = self.endpoint.wake_at()
            if due is None or due > until:
                break
            self.time = max(self.time, due)
            self.give(Woken())
        else:
            raise AssertionError("the station wakes without end")
        self.time = until

    # -- events

    def give(self, event: LinkEvent) -> None:
        """Hand over an event and all that follows from it, one after the other as on a real wire."""
        self.events.append(event)
        if len(self.events) > 1:
            return
        while self.events:
            for command in self.endpoint.handle(self.events[0], self.now):
                self.commands.append(command)
                self.log.append((self.time, command))
                self._carry_out(command)
            self.events.pop(0)

    def ask(self, intent: str, **parameters: object) -> None:
        self.give(Asked(intent, parameters))

    def _carry_out(self, command: Command) -> None:
        if isinstance(command, Connect):
            self.dials.append((self.time / SECOND, command))
            if self.reachable:
                self.link = command.link
                self.give(Opened(command.link, self.subprotocol))
            else:
                self.give(Refused(command.link, 0, "unreachable"))
        elif isinstance(command, Close | Drop):
            self.dropped.append((self.time / SECOND, command))
            if command.link == self.link:
                self.link = None
            code = command.code if isinstance(command, Close) else 1006
            self.give(Closed(command.link, code))
        elif isinstance(command, Fetch):
            self.give(Fetched(command.job, IMAGE))
        elif isinstance(command, Store):
            self.give(Stored(command.job))
        elif isinstance(command, Ping) and self.pongs:
            self.give(Ponged(command.link, command.payload))
        elif isinstance(command, Transmit) and command.link == self.link:
            self._received(command)

    def _received(self, command: Transmit) -> None:
        assert isinstance(command.data, str)
        message = json.loads(command.data)
        if message[0] == 2:
            sent = Sent(self.time / SECOND, 2, message[2], message[3], message[1])
            self.sent.append(sent)
            self._check(sent.action, sent.payload)
            self._answer(sent)
        else:
            action = self.ids.get(message[1], "")
            payload = message[2] if message[0] == 3 else {"code": message[2]}
            sent = Sent(self.time / SECOND, message[0], action, payload, message[1])
            self.sent.append(sent)
            self.results[message[1]] = sent
            if message[0] == 3:
                self._check(action + "Response", payload)

    def _check(self, name: str, payload: Payload) -> None:
        if self.valid:
            errors = [str(error) for error in validator(name).iter_errors(payload)]
            assert not errors, (name, payload, errors)

    def _answer(self, sent: Sent) -> None:
        script = self.answers[sent.action]
        answer = script(sent.payload) if callable(script) else script
        if answer is None:
            self.unanswered.append(sent)
        else:
            self.reply(sent, answer)

    def reply(self, sent: Sent, answer: Payload | str) -> None:
        frame = [4, sent.id, answer, "", {}] if isinstance(answer, str) else [3, sent.id, answer]
        self.raw(json.dumps(frame))

    def raw(self, text: str | bytes) -> None:
        assert self.link is not None
        self.give(Received(self.link, text))

    def _start(self, _payload: Payload) -> Payload:
        self.transaction += 1
        return {"transactionId": self.transaction, "idTagInfo": {"status": "Accepted"}}

    # -- the CSMS acts

    def request(self, action: str, /, **payload: Any) -> Payload:
        """Send a CALL and return what the station answered; a CALLERROR comes as {"code": ...}."""
        number = self.post(action, payload)
        if self.lenient:
            return self.results[number].payload if number in self.results else {}
        return self.results[number].payload

    def post(self, action: str, payload: Any) -> str:
        self.number += 1
        number = f"csms-{self.number}"
        self.ids[number] = action
        self.raw(json.dumps([2, number, action, payload]))
        return number

    def lose(self) -> None:
        """The connection breaks and the CSMS cannot be reached."""
        self.reachable = False
        link, self.link = self.link, None
        assert link is not None
        self.give(Closed(link, 1006))

    def restore(self) -> None:
        """The CSMS can be reached again; let the station find out."""
        self.reachable = True
        self.run(130)

    def configure(self, **values: str) -> None:
        for key, value in values.items():
            answer = self.request("ChangeConfiguration", key=key, value=value)
            assert answer["status"] == "Accepted", (key, answer)

    # -- what was seen

    def calls(self, action: str | None = None, since: int = 0) -> list[Sent]:
        return [s for s in self.sent[since:] if s.kind == 2 and action in (None, s.action)]

    def actions(self, since: int = 0) -> list[str]:
        return [s.action for s in self.calls(since=since)]

    def statuses(self, since: int = 0, connector: int | None = None) -> list[str]:
        found = self.calls("StatusNotification", since)
        return [s.payload["status"] for s in found if connector in (None, s.payload["connectorId"])]

    @property
    def mark(self) -> int:
        return len(self.sent)


def booted(config: StationConfig | None = None, behaviour: Behaviour | None = None, *, valid: bool = True) -> Bench:
    bench = Bench(config, behaviour, valid=valid)
    bench.ask("power_on")
    bench.run(1)
    return bench


def charging(config: StationConfig | None = None, behaviour: Behaviour | None = None, *, valid: bool = True) -> Bench:
    bench = booted(config, behaviour, valid=valid)
    bench.ask("plug_in", evse=1, connector=1)
    bench.ask("present", token="TAG-1", type="ISO14443", evse=1, connector=1)
    bench.run(1)
    return bench
