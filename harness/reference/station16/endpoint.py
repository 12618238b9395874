"""The reference station as an `Endpoint`: events in, commands out, timers in between."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from harness.reference.config import StationConfig, inbuilt_profile
from harness.reference.station16 import (
    certificates,
    charging,
    lifecycle,
    maintenance,
    metering,
    rpc,
    status,
    transactions,
)
from harness.reference.station16.behaviour import Behaviour
from harness.reference.station16.model import Connector, Station
from harness.reference.station16.operations import HANDLERS
from harness.rpc.link import (
    Admission,
    Asked,
    Closed,
    Command,
    Handshake,
    Instant,
    LinkEvent,
    Opened,
    Ponged,
    Received,
    Refused,
    Woken,
)

_MOST_TIMERS_AT_ONCE = 1000


class Station16:
    """A conforming OCPP 1.6 charging station; `Behaviour` makes it misbehave. Starts on power_on."""

    def __init__(self, config: StationConfig, behaviour: Behaviour) -> None:
        self._station = Station(config, behaviour)
        self._station.memory.certificates = certificates.store(config)
        self._station.memory.security_profile = inbuilt_profile(config)
        self._station.memory.configuration["SecurityProfile"] = str(inbuilt_profile(config))
        self._station.restarted = maintenance.booted
        self._station.delivered = lambda message, answer: transactions.delivered(self._station, message, answer)

    def admit(self, handshake: Handshake, now: Instant) -> Admission:
        """A station listens to nobody."""
        return Admission(404)

    def handle(self, event: LinkEvent, now: Instant) -> Sequence[Command]:
        """Take what happened, return what to do. Raises ValueError for an unknown intent or place."""
        station = self._station
        station.now = now
        metering.advance(station)
        self._take(event)
        status.hold(station)
        rpc.pump(station)
        lifecycle.continue_restart(station)
        metering.settle(station)
        commands, station.commands = station.commands, []
        return commands

    def wake_at(self) -> int | None:
        return self._station.timers.next()

    def inspect(self) -> Mapping[str, Any]:
        """The state in brief, for tests of this station only."""
        station = self._station
        return {
            "registration": station.registration,
            "online": station.online,
            "status": {n: status.current(station, n)[0] for n in range(len(station.connectors) + 1)},
            "transactions": {n: c.transaction for n, c in station.connectors.items() if c.transaction},
            "register": {n: metering.register(station, c) for n, c in station.connectors.items()},
            "messages": len(station.memory.messages),
            "open": len(station.open),
            "configuration": dict(station.memory.configuration),
        }

    def _take(self, event: LinkEvent) -> None:
        station = self._station
        if isinstance(event, Asked):
            self._asked(event)
        elif isinstance(event, Received):
            if event.link == station.link:
                others = any(getattr(it.item, "action", "") != "Heartbeat" for it in station.open.values())
                waiting = others and not station.behaviour.heartbeats_regardless
                rpc.receive(station, event.data, HANDLERS)
                if waiting and station.timers.at("heartbeat") is not None:
                    lifecycle.beat_later(station)  # 9.1.10: the interval is one of inactivity
        elif isinstance(event, Opened):
            lifecycle.opened(station, event.link, event.subprotocol)
        elif isinstance(event, Refused):
            lifecycle.refused(station, event.link, event.reason)
        elif isinstance(event, Closed):
            lifecycle.closed(station, event.link)
        elif isinstance(event, Ponged):
            station.timers.cancel("pong")
        elif isinstance(event, Woken):
            self._woken()
        else:
            maintenance.moved(station, event)

    def _woken(self) -> None:
        for _ in range(_MOST_TIMERS_AT_ONCE):
            action = self._station.timers.take(self._station.now.monotonic)
            if action is None:
                return
            action()
            rpc.pump(self._station)

    def _asked(self, event: Asked) -> None:
        station, parameters = self._station, event.parameters
        whole = _WHOLE_STATION.get(event.intent)
        if whole is not None:
            whole(station)
        elif not station.powered:
            _without_power(station, event.intent, self._place(parameters))
        elif event.intent in ("fault", "clear_fault"):
            place = self._place(parameters) if parameters.get("evse") != 0 else None
            (charging.fault if event.intent == "fault" else charging.clear_fault)(station, place)
        elif event.intent == "present":
            charging.present(station, self._place(parameters), str(parameters["token"]))
        elif event.intent in charging.AT_CONNECTOR:
            charging.AT_CONNECTOR[event.intent](station, self._place(parameters))
        else:
            raise ValueError(f"a station cannot be asked to {event.intent}")

    def _place(self, parameters: Mapping[str, object]) -> Connector:
        evse, number = parameters.get("evse", 1), parameters.get("connector", 1)
        found = None
        if isinstance(evse, int) and isinstance(number, int):
            found = self._station.connector_at(evse, number)
        if found is None:
            raise ValueError(f"there is no connector {number} at EVSE {evse}")
        return found


def _without_power(_station: Station, intent: str, connector: Connector) -> None:
    """Cables and parking bays need no electricity."""
    if intent == "plug_in":
        connector.plugged, connector.cable_left = True, False
    elif intent == "unplug":
        connector.plugged = connector.finishing = connector.cable_left = False
    elif intent in ("park", "leave"):
        connector.parked = intent == "park"


_WHOLE_STATION: Mapping[str, Callable[[Station], None]] = {
    "power_on": lifecycle.power_on,
    "power_off": lifecycle.power_off,
    "reboot": lambda station: lifecycle.restart(station, "Reboot"),
}


def build(config: StationConfig, behaviour: Behaviour | None = None) -> Station16:
    """A reference station for OCPP 1.6-J. Without `behaviour` it conforms."""
    return Station16(config, Behaviour() if behaviour is None else behaviour)
