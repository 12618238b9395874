"""The practice charging station for OCPP 2.0.1 as an endpoint without I/O."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from harness.reference.config import StationConfig
from harness.reference.station201 import faults, inventory
from harness.reference.station201.aligned import ClockAligned
from harness.reference.station201.authorisation import Authorisation
from harness.reference.station201.availability import Availability
from harness.reference.station201.behaviour import Behaviour
from harness.reference.station201.certificates import Certificates
from harness.reference.station201.contracts import Contracts
from harness.reference.station201.core import Core
from harness.reference.station201.exchange import Exchange
from harness.reference.station201.firmware import Firmware
from harness.reference.station201.logs import Logs
from harness.reference.station201.network import Network
from harness.reference.station201.reader import Reader
from harness.reference.station201.registration import Registration
from harness.reference.station201.requests import serve
from harness.reference.station201.reset import Reset
from harness.reference.station201.sessions import Sessions
from harness.reference.station201.transactions import Transactions
from harness.reference.station201.variables import DeviceModel
from harness.rpc.link import (
    Admission,
    Asked,
    Closed,
    Command,
    Fetched,
    Handshake,
    Instant,
    LinkEvent,
    Opened,
    Ponged,
    Received,
    Refused,
    Stored,
)

Parameters = Mapping[str, object]


class Station:
    """One charging station. It is dark until ``Asked("power_on")``; then it connects and boots.

    `behaviour` decides what it gets wrong; with the default it keeps the specification. Unknown intents
    raise ValueError.
    """

    def __init__(self, config: StationConfig, behaviour: Behaviour, version: str = "2.0.1") -> None:
        core = self.core = Core(config, behaviour, version)
        core.exchange = Exchange(core, lambda action, payload: serve(core, action, payload))
        core.network = Network(core)
        core.registration = Registration(core)
        core.model = DeviceModel(core, inventory.inventory(config))
        core.availability = Availability(core)
        core.authorisation = Authorisation(core)
        core.transactions = Transactions(core)
        core.sessions = Sessions(core)
        core.reader = Reader(core)
        core.reset = Reset(core)
        core.aligned = ClockAligned(core)
        core.firmware = Firmware(core)
        core.logs = Logs(core)
        core.certificates = Certificates(core)
        core.contracts = Contracts(core)
        inventory.connect(core, core.model)

    # ---- Endpoint

    def admit(self, handshake: Handshake, now: Instant) -> Admission:
        """A station takes no connections."""
        return Admission(status=404)

    def handle(self, event: LinkEvent, now: Instant) -> Sequence[Command]:
        core = self.core
        core.now = now
        self._take(event)
        core.timers.fire(now.monotonic)
        core.run_deferred()
        core.exchange.flush()
        core.reset.drained()
        commands, core.commands = core.commands, []
        return commands

    def wake_at(self) -> int | None:
        return self.core.timers.next()

    # ---- events

    def _take(self, event: LinkEvent) -> None:
        core = self.core
        if isinstance(event, Asked):
            self._asked(event.intent, event.parameters)
        elif isinstance(event, Opened):
            core.network.opened(event)
        elif isinstance(event, Refused):
            core.network.refused(event)
        elif isinstance(event, Closed):
            core.network.closed(event)
        elif isinstance(event, Ponged):
            core.network.ponged()
        elif isinstance(event, Fetched):
            core.firmware.fetched(event)
        elif isinstance(event, Stored):
            core.logs.stored(event)
        elif isinstance(event, Received) and event.link == core.exchange.link:
            core.exchange.receive(event.data)

    def _asked(self, intent: str, parameters: Parameters) -> None:
        obey = _INTENTS.get(intent)
        if obey is None:
            raise ValueError(f"a charging station cannot {intent!r}")
        obey(self.core, parameters)


def _evse(core: Core, parameters: Parameters, *more: int) -> int:
    """The EVSE that is meant, or one of `more`. Raises ValueError where this station has none of that number."""
    asked = str(parameters.get("evse", 1))
    known = {str(number): number for number in (*more, *core.transactions.meters)}
    if asked not in known:
        raise ValueError(f"there is no EVSE {asked}")
    return known[asked]


def _place(core: Core, parameters: Parameters) -> tuple[int, int]:
    evse, asked = _evse(core, parameters), str(parameters.get("connector", 1))
    known = {str(number): number for number in range(1, core.config.connectors + 1)}
    if asked not in known:
        raise ValueError(f"there is no connector {asked} at EVSE {evse}")
    return evse, known[asked]


def _present(core: Core, parameters: Parameters) -> None:
    token = {"idToken": str(parameters["token"]), "type": str(parameters.get("type", "ISO14443"))}
    evse = _evse(core, parameters)
    if core.network.powered:
        core.reader.present(evse, token)


def _sensor(core: Core) -> None:
    if not core.config.bay_sensor:
        raise ValueError("this station has no parking bay sensor")


def _park(core: Core, parameters: Parameters) -> None:
    _sensor(core)
    core.sessions.park(_evse(core, parameters))


def _leave(core: Core, parameters: Parameters) -> None:
    _sensor(core)
    core.sessions.leave(_evse(core, parameters))


def _stop_button(core: Core, parameters: Parameters) -> None:
    evse = _evse(core, parameters)
    if core.network.powered and evse in core.sessions.grants:
        core.sessions.stop(evse, "StopAuthorized", "Local")


def _reboot(core: Core, _: Parameters) -> None:
    """A local restart: what is running ends first, and is told before the station goes (B01.FR.03)."""
    if not core.network.powered:
        core.network.power_on()
        return
    for transaction in list(core.memory.running.values()):
        core.sessions.end(transaction, "AbnormalCondition", "Reboot")
    core.reset.reboot("LocalReset")


_INTENTS: dict[str, Callable[[Core, Parameters], object]] = {
    "power_on": lambda core, _: core.network.power_on(),
    "power_off": lambda core, _: core.network.power_off(),
    "reboot": _reboot,
    "plug_in": lambda core, given: core.sessions.plug_in(*_place(core, given)),
    "ev_install_contract": lambda core, given: core.contracts.plug_in(_place(core, given), "Install"),
    "ev_update_contract": lambda core, given: core.contracts.plug_in(_place(core, given), "Update"),
    "unplug": lambda core, given: core.sessions.unplug(_evse(core, given)),
    "unplug_ev": lambda core, given: core.sessions.unplug_ev(_evse(core, given)),
    "choose_stop": lambda core, given: core.reader.choose(_evse(core, given, 0)),
    "park": _park,
    "leave": _leave,
    "present": _present,
    "ev_suspend": lambda core, given: core.sessions.ev_suspend(_evse(core, given)),
    "ev_resume": lambda core, given: core.sessions.ev_resume(_evse(core, given)),
    "stop_button": _stop_button,
    "fault": lambda core, given: faults.raise_fault(core, _place(core, given)),
    "clear_fault": lambda core, given: faults.clear_fault(core, _place(core, given)),
    "jam_lock": lambda core, given: core.sessions.jammed.add(_evse(core, given)),
    "free_lock": lambda core, given: core.sessions.jammed.discard(_evse(core, given)),
}


def build(config: StationConfig, behaviour: Behaviour | None = None, version: str = "2.0.1") -> Station:
    """A station of this make and this character; `version` is ``2.0.1``, or ``2.1`` for its subprotocol."""
    return Station(config, behaviour or Behaviour(), version)
