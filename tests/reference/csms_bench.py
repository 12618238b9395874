"""A bench for the practice CSMS: connects, talks, lets time pass, and checks each frame with the official schema."""

from __future__ import annotations

import base64
import json
from typing import Any
from urllib.parse import quote

from harness import messages
from harness.reference.csms import Behaviour, Csms, CsmsConfig, Token, build
from harness.rpc import schema
from harness.rpc.link import (
    SECOND,
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
    Transmit,
    Woken,
)

START = 1_772_323_199_999_000_000
"""2026-02-28T23:59:59.999Z"""
PASSWORD = b"correct horse"
TOKENS = (
    Token("VALID"), Token("SECOND", group="FAMILY"), Token("BLOCKED", status="Blocked"),
    Token("OLD", expires=START - 1), Token("POOR", status="NoCredit"), Token("MASTER", group="MASTERS"),
)
SYMBOLS = {
    "now": "2026-02-28T23:59:59.999Z", "heartbeat_interval": 300, "token": "VALID", "token_type": "ISO14443",
    "vendor": "Example", "model": "Post", "serial": "SN-0001", "firmware": "1.0.0", "next": 4711,
}


def config(**changes: Any) -> CsmsConfig:
    values: dict[str, Any] = {
        "stations": {"CP001": None, "CP002": None, "RDAM|123": PASSWORD}, "tokens": TOKENS,
        "master_pass_group": "MASTERS", "vendors": {"com.example": frozenset({"known"})},
    }
    return CsmsConfig(**{**values, **changes})


def handshake(identity: str, *offers: str, authorization: str | None = None) -> Handshake:
    headers = [("Host", "csms.example.com")]
    if offers:
        headers.append(("Sec-WebSocket-Protocol", ", ".join(offers)))
    if authorization is not None:
        headers.append(("Authorization", authorization))
    return Handshake(f"/ocpp/{quote(identity, safe='')}", tuple(headers))


def basic(user: str, password: bytes) -> str:
    return "Basic " + base64.b64encode(user.encode() + b":" + password).decode()


class Bench:
    """`version` is what the stations speak; `judged` False takes frames outside the schema."""

    def __init__(self, version: str = "2.0.1", *, judged: bool = True, behaviour: Behaviour | None = None,
                 **changes: Any) -> None:
        self.version = version
        self.csms: Csms = build(config(**changes), behaviour or Behaviour())
        self.judged = judged and behaviour is None
        self.monotonic = 0
        self.commands: list[Command] = []
        self._links = 0
        self._calls = 0
        self._asked: dict[str, str] = {}

    @property
    def now(self) -> Instant:
        return Instant(self.monotonic, START + self.monotonic)

    def tell(self, event: LinkEvent) -> list[Any]:
        """The frames it sends upon `event`, parsed; `commands` has everything."""
        self.commands = list(self.csms.handle(event, self.now))
        frames = [json.loads(c.data) for c in self.commands if isinstance(c, Transmit)]
        if self.judged:
            for frame in frames:
                self._judge(frame)
        return frames

    def _judge(self, frame: list[Any]) -> None:
        if frame[0] == 2:
            assert len(frame) == 4
            assert schema.faults(self.version, frame[2], "request", frame[3]) == ()  # type: ignore[arg-type]
        elif frame[0] == 3:
            assert len(frame) == 3
            action = self._asked.pop(frame[1])
            assert schema.faults(self.version, action, "response", frame[2]) == ()  # type: ignore[arg-type]
        else:
            assert (frame[0], len(frame), frame[4]) == (4, 5, {})

    def admit(self, request: Handshake) -> Admission:
        return self.csms.admit(request, self.now)

    def connect(self, identity: str = "CP001", *offers: str, authorization: str | None = None) -> int:
        """A new link; `commands` are those upon its opening."""
        request = handshake(identity, *(offers or (f"ocpp{self.version}",)), authorization=authorization)
        admission = self.admit(request)
        assert admission.status == 101
        self._links += 1
        self.tell(Opened(self._links, admission.subprotocol, request))
        return self._links

    def say(self, link: int, message: Any) -> list[Any]:
        """Send `message`, as it is if text or bytes, else as JSON."""
        data = message if isinstance(message, str | bytes) else json.dumps(message)
        return self.tell(Received(link, data))

    def call(self, link: int, action: str, payload: Any = None, /, **members: Any) -> Any:
        """Send a CALL with the default payload and `members`; return the answer, without type and id."""
        frames = self.calls(link, action, payload, **members)
        assert len(frames) >= 1, "no answer"
        assert frames[0][1] == f"station-{self._calls}"
        return frames[0][2] if frames[0][0] == 3 else frames[0][2:]

    def calls(self, link: int, action: str, payload: Any = None, /, **members: Any) -> list[Any]:
        self._calls += 1
        name = f"station-{self._calls}"
        self._asked[name] = action
        if payload is None:
            payload = self.default(action)
        return self.say(link, [2, name, action, {**payload, **members}])

    def default(self, action: str) -> Any:
        transaction = 12 if self.version == "1.6" else "tx-1"
        return messages.default(self.version, action, "request", {**SYMBOLS, "transaction": transaction})

    def ask(self, action: str, payload: Any = None, station: str = "CP001") -> list[Any]:
        """The operator has it send a CALL."""
        return self.tell(Asked("send", {"station": station, "action": action, "payload": payload or {}}))

    def wait(self, seconds: float) -> list[Any]:
        self.monotonic += int(seconds * SECOND)
        return self.tell(Woken())

    def drop(self, link: int) -> None:
        self.tell(Closed(link, 1006))

    @property
    def closes(self) -> list[tuple[int, int]]:
        return [(c.link, c.code) for c in self.commands if isinstance(c, Close)]


def event(kind: str, transaction: str, seq_no: int, token: str | None = None) -> dict[str, Any]:
    """A TransactionEventRequest."""
    payload: dict[str, Any] = {
        "eventType": kind, "timestamp": "2026-03-01T00:00:00Z", "triggerReason": "Authorized", "seqNo": seq_no,
        "transactionInfo": {"transactionId": transaction}, "evse": {"id": 1},
    }
    if token is not None:
        payload["idToken"] = {"idToken": token, "type": "ISO14443"}
    return payload


_PASSWORD_VARIABLE = {"component": {"name": "SecurityCtrlr"}, "variable": {"name": "BasicAuthPassword"}}


def change_password(bench: Bench, password: str) -> Any:
    """The CALL with which the CSMS sets a new Basic password on CP001."""
    if bench.version == "1.6":
        return bench.ask("ChangeConfiguration", {"key": "AuthorizationKey", "value": password})[0]
    return bench.ask("SetVariables", {"setVariableData": [{"attributeValue": password, **_PASSWORD_VARIABLE}]})[0]


def password_answer(version: str, status: str) -> dict[str, Any]:
    if version == "1.6":
        return {"status": status}
    return {"setVariableResult": [{"attributeStatus": status, **_PASSWORD_VARIABLE}]}
