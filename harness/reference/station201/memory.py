"""What a station keeps when its power goes: the only state that a reboot does not wipe."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from harness.reference.certificates import Store

Payload = dict[str, Any]
Token = tuple[str, str]  # type, idToken in lower case (idTokens compare case-insensitively)
VariableKey = tuple[str, str, int, int, str, str]  # component, instance, evse, connector, variable, instance
Place = tuple[int, int]  # (0, 0) the station, (n, 0) an EVSE, (n, m) a connector


@dataclass(slots=True)
class QueuedEvent:
    """A TransactionEventRequest on its way; `order` fixes its turn among everything the station sends."""

    payload: Payload
    order: int
    attempts: int = 0
    not_before: int = 0  # monotonic ns

    @property
    def transaction(self) -> str:
        return str(self.payload["transactionInfo"]["transactionId"])


@dataclass(slots=True)
class CachedToken:
    """One entry of the Authorization Cache; `expires` is the station's wall clock in ns."""

    info: Payload
    expires: int


@dataclass(slots=True)
class Transaction:
    """A transaction in progress. `token` is who authorised it, None before that."""

    id: str
    evse: int
    connector: int = 0
    sequence: int = 0
    charging_state: str = "Idle"
    told_evse: bool = False
    told_connector: bool = False
    token: Payload | None = None
    stop_reason: str | None = None
    deauthorised: bool = False
    samples: list[Payload] = field(default_factory=list)


@dataclass(slots=True)
class Memory:
    """Non-volatile memory of one station."""

    variables: dict[VariableKey, str] = field(default_factory=dict)
    inoperative: set[Place] = field(default_factory=set)
    scheduled: dict[Place, bool] = field(default_factory=dict)  # True: becomes operative
    local_list: dict[Token, Payload] = field(default_factory=dict)
    list_version: int = 0
    cache: dict[Token, CachedToken] = field(default_factory=dict)
    customers: set[str] = field(default_factory=set)
    profiles: dict[int, Payload] = field(default_factory=dict)
    good_slot: int = 1  # of the last connection that stood
    queue: list[QueuedEvent] = field(default_factory=list)
    running: dict[int, Transaction] = field(default_factory=dict)
    registers: dict[int, float] = field(default_factory=dict)  # Wh
    transactions: int = 0
    boots: int = 0
    boot_reason: str = "PowerUp"
    offset: int = 0  # station clock minus the clock of the machine it runs on, ns
    password: bytes | None = None
    certificates: Store = field(default_factory=Store)
    security_profile: int = 0
    jobs: int = 0
    firmware_version: str = ""
    firmware_request: int | None = None  # the update that the restart completes
