"""ResetRequest: now or when idle, the whole station or one EVSE (use cases B11, B12)."""

from __future__ import annotations

from harness.reference.station201.core import Core
from harness.reference.station201.memory import Payload

STATION = 0


class Reset:
    """Resets that have been promised. `scheduled` holds EVSE ids, 0 for the station."""

    def __init__(self, core: Core) -> None:
        self.core = core
        self.scheduled: set[int] = set()
        self.rebooting = ""  # the boot reason, while the last messages go out

    @property
    def ahead(self) -> bool:
        """A reset of the station is on its way: nothing new starts."""
        return STATION in self.scheduled or bool(self.rebooting)

    def clear(self) -> None:
        self.scheduled.clear()
        self.rebooting = ""

    def _busy(self, evse: int) -> bool:
        running = self.core.memory.running
        return bool(running) if evse == STATION else evse in running

    def request(self, request: Payload) -> Payload:
        evse = request.get("evseId", STATION)
        if "evseId" in request and ((evse, 0) == (0, 0) or not self.core.config.resets_evse):
            return {"status": "Rejected"}
        if not self.core.availability.exists((evse, 0)):
            return {"status": "Rejected"}
        waits = request["type"] == "OnIdle" and not self.core.behaviour.resets_in_transaction
        if waits and self._busy(evse):
            self.scheduled.add(evse)
            return {"status": "Scheduled"}
        self.core.defer(lambda: self._perform(evse))
        return {"status": "Accepted"}

    def _perform(self, evse: int, reason: str = "RemoteReset") -> None:
        running = self.core.memory.running
        for transaction in [item for item in running.values() if evse in (STATION, item.evse)]:
            if self.core.behaviour.reset_without_ended:
                del running[transaction.evse]
                self.core.transactions.meters[transaction.evse].switch(False)
            else:
                self.core.sessions.end(transaction, "ResetCommand", "ImmediateReset")
        if evse == STATION:
            self.reboot(reason)
            return
        for place in self.core.availability.connectors:
            if place[0] == evse:
                self.core.availability.notify(place)

    def reboot(self, reason: str) -> None:
        """Restart once what is queued has been delivered, or patience is over (B12.FR.05)."""
        self.rebooting = reason
        self.core.after("reset", self.core.network.message_timeout, self._restart)

    def drained(self) -> None:
        """Called after everything that happens: restart as soon as nothing more can be delivered."""
        exchange = self.core.exchange
        if self.rebooting and not (self.core.network.online and (exchange.open or self.core.memory.queue)):
            self._restart()

    def _restart(self) -> None:
        reason = self.rebooting
        self.clear()
        self.core.network.reboot(reason)

    def transaction_ended(self) -> None:
        """B12.FR.03, B12.FR.07: the resets that waited for this."""
        for evse in [item for item in self.scheduled if not self._busy(item)]:
            self.scheduled.discard(evse)
            self._perform(evse, "ScheduledReset")
