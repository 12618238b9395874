"""Connector states, their notifications, and ChangeAvailability (use cases B04, G01, G03, G04)."""

from __future__ import annotations

from functools import partial

from harness.reference.station201.core import Core
from harness.reference.station201.exchange import Gate
from harness.reference.station201.memory import Payload, Place
from harness.rpc.link import SECOND

STATION: Place = (0, 0)


class Availability:
    """What each connector's state is, and which state the CSMS has been told."""

    def __init__(self, core: Core) -> None:
        self.core = core
        config = core.config
        self.connectors: tuple[Place, ...] = tuple(
            (evse, connector)
            for evse in range(1, config.evses + 1)
            for connector in range(1, config.connectors + 1)
        )
        self.confirmed: dict[Place, str] = {}
        self.announced: dict[Place, str] = {}
        self.unstable: dict[Place, str] = {}
        """States that have not lasted for MinimumStatusDuration yet."""

    # ---- states

    def exists(self, place: Place) -> bool:
        evse, connector = place
        return place == STATION or place in self.connectors or (connector == 0 and (evse, 1) in self.connectors)

    def operative(self, place: Place) -> bool:
        """Whether neither the connector nor its EVSE nor the station is set to Inoperative."""
        return not {STATION, (place[0], 0), place} & self.core.memory.inoperative

    def state(self, place: Place) -> str:
        """The connectorStatus (or AvailabilityState of an EVSE or of the station)."""
        sessions = self.core.sessions
        if place == STATION:
            return "Available" if self.operative(place) else "Unavailable"
        evse, connector = place
        if connector == 0:
            below = [self.state(item) for item in self.connectors if item[0] == evse]
            return next((state for state in ("Occupied", "Faulted", "Unavailable") if state in below), "Available")
        if place in sessions.faults:
            return "Faulted"
        if not self.operative(place) or self._held_back(evse):
            return "Unavailable"
        taken = sessions.plugged.get(evse), sessions.left.get(evse, (0,))[0]
        return "Occupied" if connector in taken else "Available"

    def _held_back(self, evse: int) -> bool:
        """L01.FR.07: free, and kept so for the sake of a firmware update."""
        free = evse not in self.core.memory.running and evse not in self.core.sessions.plugged
        return free and self.core.firmware.holds_back

    def usable(self, evse: int) -> bool:
        """Whether a transaction may start there: at least one connector operative and not faulted."""
        if self._held_back(evse):
            return False
        return any(
            self.operative(place) and place not in self.core.sessions.faults
            for place in self.connectors
            if place[0] == evse
        )

    # ---- telling the CSMS

    def announce(self, *, everything: bool = False) -> None:
        """Notify what changed since the CSMS was last told; nothing while offline, that comes on reconnection."""
        if not self.core.network.standing or not self.core.registration.permits("normal"):
            return
        for place in self.connectors:
            state = self.state(place)
            if everything:
                self.notify(place)
            elif self.announced.get(place) == state:
                self._settle(place)
            else:
                self._changed(place, state)

    def _changed(self, place: Place, state: str) -> None:
        """Told at once, or when it has lasted for MinimumStatusDuration."""
        wait = self.core.model.integer("ChargingStation", "MinimumStatusDuration") * SECOND
        if not wait or self.core.behaviour.reports_every_state:
            self.notify(place)
        elif self.unstable.get(place) != state:
            self.unstable[place] = state
            self.core.after(f"status:{place}", wait, partial(self._lasted, place))

    def _settle(self, place: Place) -> None:
        self.unstable.pop(place, None)
        self.core.timers.cancel(f"status:{place}")

    def _lasted(self, place: Place) -> None:
        self.unstable.pop(place, None)
        if self.core.network.standing and self.announced.get(place) != self.state(place):
            self.notify(place)

    def notify(self, place: Place, gate: Gate = "normal") -> None:
        """Send StatusNotification for one connector."""
        state = self.state(place)
        self._settle(place)
        self.announced[place] = state
        payload: Payload = {
            "timestamp": self.core.timestamp(),
            "connectorStatus": self.core.behaviour.wrong_connector_status or state,
            "evseId": place[0],
            "connectorId": place[1],
        }

        def heard(_: Payload) -> None:
            self.confirmed[place] = state

        self.core.exchange.call("StatusNotification", payload, heard, gate=gate)

    def lost(self) -> None:
        self.announced = dict(self.confirmed)

    def back_online(self) -> None:
        """B04.FR.01, B04.FR.02: everything after a long absence, otherwise only what changed."""
        since, self.core.network.offline_since = self.core.network.offline_since, None
        threshold = self.core.model.integer("OCPPCommCtrlr", "OfflineThreshold") * SECOND
        if self.core.behaviour.no_status_after_reconnect:
            self.announced = {place: self.state(place) for place in self.connectors}
            return
        self.announce(everything=since is not None and self.core.now.monotonic - since > threshold)

    # ---- ChangeAvailability

    def change(self, request: Payload) -> Payload:
        evse = request.get("evse", {})
        place = (evse.get("id", 0), evse.get("connectorId", 0))
        operative = request["operationalStatus"] == "Operative"
        if not self.exists(place) or 0 in evse.values():
            return {"status": "Rejected"}
        memory = self.core.memory
        memory.scheduled.pop(place, None)
        if (place not in memory.inoperative) == operative:
            return {"status": "Accepted"}
        if self._busy(place) and not self.core.behaviour.availability_at_once:
            memory.scheduled[place] = operative
            return {"status": "Scheduled"}
        self._apply(place, operative)
        return {"status": "Accepted"}

    def _busy(self, place: Place) -> bool:
        running = self.core.memory.running
        return bool(running) if place == STATION else place[0] in running

    def _apply(self, place: Place, operative: bool) -> None:
        if operative:
            self.core.memory.inoperative.discard(place)
        else:
            self.core.memory.inoperative.add(place)
        if self.core.behaviour.no_status_on_change:
            self.announced = {item: self.state(item) for item in self.connectors}
        self.announce()
        if operative:
            self.core.sessions.resume()

    def transaction_ended(self) -> None:
        """G03.FR.05, G04.FR.06: what was scheduled happens now."""
        for place, operative in list(self.core.memory.scheduled.items()):
            if not self._busy(place):
                del self.core.memory.scheduled[place]
                self._apply(place, operative)
