"""The state of the reference station: what survives a reboot (`Memory`), and what does not."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from harness.reference.certificates import Store
from harness.reference.config import StationConfig
from harness.reference.station16 import clock
from harness.reference.station16.behaviour import Behaviour
from harness.reference.station16.configuration import Key, keys
from harness.rpc.link import SECOND, Command, Instant

if TYPE_CHECKING:
    from harness.reference.station16.maintenance import Update, Upload

Json = Any
Payload = dict[str, Any]


@dataclass(slots=True)
class Transaction:
    """A transaction of this station. `number` is our own; `Memory.transaction_ids` maps it to the id."""

    number: int
    connector: int
    token: str
    parent: str | None
    started: int
    meter_start: int
    suspended_by_station: bool = False
    samples: list[Payload] = field(default_factory=list)
    begin: Payload | None = None


@dataclass(slots=True)
class Authorised:
    """A driver who may start a transaction here."""

    token: str
    parent: str | None
    reservation: int | None = None
    profile: Payload | None = None


@dataclass(slots=True)
class Connector:
    """One connector with its lock, its cable and its meter.

    `energy` is the register in Wh at the monotonic moment `metered` (ns); `power` in W runs since then.
    `held`: a charging profile allows it nothing.
    `cable_left`: the EV is gone and the locked cable is still in the socket."""

    number: int
    energy: float
    metered: int = 0
    plugged: bool = False
    cable_left: bool = False
    finishing: bool = False
    ev_ready: bool = True
    parked: bool = False
    fault: str | None = None
    jammed: bool = False
    authorised: Authorised | None = None
    authorising: bool = False
    transaction: Transaction | None = None
    power: float = 0.0
    held: bool = False


@dataclass(frozen=True, slots=True)
class Reservation:
    id: int
    connector: int
    token: str
    parent: str | None
    expiry: int


@dataclass(slots=True)
class TransactionMessage:
    """A transaction-related request in the queue; `transaction` is our own number of it."""

    order: int
    action: str
    payload: Payload
    transaction: int
    attempts: int = 0


@dataclass(slots=True)
class Memory:
    """Persistent memory."""

    configuration: dict[str, str]
    password: bytes | None
    operative: dict[int, bool]
    cache: dict[str, Payload] = field(default_factory=dict)
    local_list: dict[str, Payload] = field(default_factory=dict)
    list_version: int = 0
    messages: list[TransactionMessage] = field(default_factory=list)
    transaction_ids: dict[int, int] = field(default_factory=dict)
    reservations: dict[int, Reservation] = field(default_factory=dict)
    profiles: list[tuple[int, Payload]] = field(default_factory=list)
    firmware_version: str = ""
    transactions: int = 0
    firmware_installed: bool = False
    firmware_request: int | None = None
    jobs: int = 0
    certificates: Store = field(default_factory=Store)
    security_profile: int = 0
    former_profile: int | None = None  # until a connection of the new one stands
    accepted_once: bool = False


class Timers:
    """Named moments (monotonic ns) and what happens then."""

    def __init__(self) -> None:
        self._due: dict[str, tuple[int, Callable[[], None]]] = {}

    def set(self, name: str, at: int, action: Callable[[], None]) -> None:
        self._due[name] = (at, action)

    def cancel(self, name: str) -> None:
        self._due.pop(name, None)

    def clear(self) -> None:
        self._due.clear()

    def at(self, name: str) -> int | None:
        entry = self._due.get(name)
        return entry[0] if entry else None

    def next(self) -> int | None:
        return min((at for at, _ in self._due.values()), default=None)

    def take(self, now: int) -> Callable[[], None] | None:
        """Remove and return the earliest action that is due."""
        name = min(self._due, key=lambda key: self._due[key][0], default=None)
        if name is None or self._due[name][0] > now:
            return None
        return self._due.pop(name)[1]


@dataclass(slots=True)
class Outgoing:
    """A request that is forgotten when the connection is lost. `free`: may go before acceptance."""

    order: int
    action: str
    payload: Payload
    done: Callable[[Answer], None]
    free: bool = False


@dataclass(frozen=True, slots=True)
class Answer:
    """What became of a request: `kind` is "result", "error", "timeout" or "lost"."""

    kind: str
    payload: Payload = field(default_factory=dict)

    @property
    def accepted(self) -> bool:
        return self.kind == "result"


@dataclass(slots=True)
class Open:
    """A request on the wire whose answer is awaited."""

    item: Outgoing | TransactionMessage


def fold(token: str) -> str:
    """idTags and configuration keys are case-insensitive (CiString, 1.6 7.8)."""
    return token.casefold()


def _as_delivered(config: StationConfig, connectors: int) -> Memory:
    """What a station knows that has never run."""
    defaults = {name: key.default for name, key in keys(config).items()}
    operative = dict.fromkeys(range(connectors + 1), True)
    return Memory(defaults, config.password, operative, firmware_version=config.firmware_version)


class Station:
    """All state of one station, with the few helpers that every module needs."""

    def __init__(self, config: StationConfig, behaviour: Behaviour) -> None:
        self.config = config
        self.behaviour = behaviour
        self.keys: dict[str, Key] = {
            name: key for name, key in keys(config).items() if name not in behaviour.missing_keys
        }
        count = config.evses * config.connectors
        self.memory = _as_delivered(config, count)
        self.connectors = {n: Connector(n, float(config.meter_start)) for n in range(1, count + 1)}
        self.station_fault: str | None = None
        self.now = Instant(0, 0)
        self.commands: list[Command] = []
        self.timers = Timers()
        self.offset = config.clock_offset
        self.powered = False
        self.registration: str | None = None
        self.link: int | None = None
        self.dialling: int | None = None
        self.links = 0
        self.failures = 0
        self.suspected: dict[str, str] = {}
        self.unstable: dict[int, tuple[str, str, str]] = {}
        self.notified: dict[int, tuple[str, str, str]] = {}
        self.calls: list[Outgoing] = []
        self.orders = 0
        self.open: dict[str, Open] = {}
        self.held: list[tuple[str, str, Json]] = []
        self.message_number = 0
        self.retry_at: int | None = None
        self.delivered: Callable[[TransactionMessage, Answer], None] = lambda _message, _answer: None
        self.restarted: Callable[[Station], None] = lambda _station: None
        self.scheduled: dict[int, bool] = {}
        self.rebooting = False
        self.boot_not_before: int | None = None
        self.firmware_status = "Idle"
        self.diagnostics_status = "Idle"
        self.update: Update | None = None
        self.upload: Upload | None = None

    @property
    def wall(self) -> int:
        """The station's own clock, ns since the epoch."""
        return self.now.wall + self.offset

    def timestamp(self, wall: int | None = None) -> str:
        return clock.text(self.wall if wall is None else wall, self.behaviour.timestamp_style)

    def setting(self, name: str) -> str:
        return self.memory.configuration.get(name, "")

    def flag(self, name: str) -> bool:
        return self.setting(name).lower() == "true"

    def number(self, name: str) -> int:
        """A numeric setting; 0 where what is stored is no number."""
        value = self.setting(name)
        number = int(value) if value.isascii() and value.isdigit() else 0
        return number * dict(self.behaviour.scaled).get(name, 1)

    def after(self, seconds: float) -> int:
        """The monotonic moment `seconds` from now."""
        return self.now.monotonic + int(seconds * SECOND)

    def connector_at(self, evse: int, connector: int = 1) -> Connector | None:
        """The connector that EVSE `evse` and its `connector` are in 1.6 numbering."""
        if not 1 <= connector <= self.config.connectors:
            return None
        return self.connectors.get((evse - 1) * self.config.connectors + connector)

    def next_order(self) -> int:
        self.orders += 1
        return self.orders

    @property
    def online(self) -> bool:
        """Connected and accepted: requests of any kind may go out."""
        return self.link is not None and self.registration == "Accepted"
