"""What all parts of the practice station share: time, timers, memory, and the commands it gives."""

from __future__ import annotations

import uuid
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from harness.reference.certificates import Store
from harness.reference.config import StationConfig, inbuilt_profile
from harness.reference.station201 import clock
from harness.reference.station201.behaviour import Behaviour
from harness.reference.station201.memory import Memory
from harness.rpc.link import Command, Instant

if TYPE_CHECKING:
    from harness.reference.station201.aligned import ClockAligned
    from harness.reference.station201.authorisation import Authorisation
    from harness.reference.station201.availability import Availability
    from harness.reference.station201.certificates import Certificates
    from harness.reference.station201.contracts import Contracts
    from harness.reference.station201.exchange import Exchange
    from harness.reference.station201.firmware import Firmware
    from harness.reference.station201.logs import Logs
    from harness.reference.station201.network import Network
    from harness.reference.station201.reader import Reader
    from harness.reference.station201.registration import Registration
    from harness.reference.station201.reset import Reset
    from harness.reference.station201.sessions import Sessions
    from harness.reference.station201.transactions import Transactions
    from harness.reference.station201.variables import DeviceModel

Timer = Callable[[], None]


@dataclass(slots=True)
class Timers:
    """Named alarms in monotonic ns. Setting a name again moves it."""

    alarms: dict[str, tuple[int, Timer]] = field(default_factory=dict)

    def set(self, name: str, due: int, call: Timer) -> None:
        self.alarms[name] = (due, call)

    def cancel(self, prefix: str) -> None:
        """Forget every alarm whose name begins with `prefix`."""
        for name in [name for name in self.alarms if name.startswith(prefix)]:
            del self.alarms[name]

    def next(self) -> int | None:
        return min((due for due, _ in self.alarms.values()), default=None)

    def fire(self, now: int) -> None:
        """Call what is due, earliest first; an alarm set while firing waits for its own moment."""
        while True:
            due = sorted((at, name) for name, (at, _) in self.alarms.items() if at <= now)
            if not due:
                return
            _, call = self.alarms.pop(due[0][1])
            call()


class Core:
    """The shared ground. Parts are attached by the station; they talk to each other through here."""

    exchange: Exchange
    network: Network
    registration: Registration
    model: DeviceModel
    availability: Availability
    authorisation: Authorisation
    transactions: Transactions
    sessions: Sessions
    reader: Reader
    reset: Reset
    aligned: ClockAligned
    firmware: Firmware
    logs: Logs
    certificates: Certificates
    contracts: Contracts

    def __init__(self, config: StationConfig, behaviour: Behaviour, version: str) -> None:
        self.config = config
        self.behaviour = behaviour
        self.version = version
        self.memory = Memory(
            customers=set(config.customers),
            offset=config.clock_offset, password=config.password,
            certificates=Store(list(config.certificates), config.client, hashes=config.hash_algorithm),
            security_profile=inbuilt_profile(config),
        )  # fmt: skip
        self.timers = Timers()
        self.now = Instant(0, 0)
        self.commands: list[Command] = []
        self.deferred: list[Timer] = []  # what follows an answer, done once that answer is written
        self._order = 0
        self._ids = 0

    @property
    def wall(self) -> int:
        """The station's own clock, ns since the Unix epoch."""
        return self.now.wall + self.memory.offset

    def timestamp(self, wall: int | None = None) -> str:
        return clock.render(self.wall if wall is None else wall, self.behaviour.timestamps)

    def after(self, name: str, delay: int, call: Timer) -> None:
        """Call `call` in `delay` ns; at once means at the next waking, never inside this one."""
        self.timers.set(name, self.now.monotonic + max(delay, 1), call)

    def defer(self, call: Timer) -> None:
        self.deferred.append(call)

    def run_deferred(self) -> None:
        while self.deferred:
            self.deferred.pop(0)()

    def order(self) -> int:
        self._order += 1
        return self._order

    def message_id(self) -> str:
        """A messageId never used before by this station; derived, so that runs repeat."""
        self._ids += not self.behaviour.repeats_message_ids
        text = self._uuid(f"message/{self._ids}")
        return text + "-too-long" if self.behaviour.long_message_ids else text

    def transaction_id(self) -> str:
        """Unique over reboots (E01.FR.08): its counter is in non-volatile memory."""
        self.memory.transactions += not (self.behaviour.reuses_transaction_id and self.memory.transactions)
        return self._uuid(f"transaction/{self.memory.transactions}")

    def _uuid(self, name: str) -> str:
        return str(uuid.uuid5(uuid.NAMESPACE_URL, f"{self.config.serial}/{self.config.identity}/{name}"))
