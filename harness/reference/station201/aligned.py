"""Clock-aligned meter values (J01.FR.14, J01.FR.22)."""

from __future__ import annotations

from harness.reference.station201.core import Core, Timer
from harness.reference.station201.exchange import Gate
from harness.reference.station201.memory import Payload
from harness.rpc.link import SECOND

_DAY = 86_400 * SECOND


class ClockAligned:
    """Sends the readings of every EVSE at multiples of AlignedDataCtrlr.Interval, counted from midnight UTC."""

    def __init__(self, core: Core) -> None:
        self.core = core

    def schedule(self) -> None:
        """Set the clock's next strokes; called again whenever an interval changes."""
        for timer, variable, call in (
            ("align:now", "Interval", self._due),
            ("align:end", "TxEndedInterval", self._collect),
        ):
            self._stroke(timer, variable, call)

    def _stroke(self, timer: str, variable: str, call: Timer) -> None:
        self.core.timers.cancel(timer)
        model = self.core.model
        interval = model.integer("AlignedDataCtrlr", variable) * SECOND
        if interval > 0 and model.truth("AlignedDataCtrlr", "Enabled") and self.core.registration.accepted:
            passed = 0 if self.core.behaviour.aligned_to_start else self.core.wall % _DAY % interval
            self.core.after(timer, interval - passed, call)

    def _collect(self) -> None:
        """Keep a reading of each transaction for its eventType Ended."""
        model = self.core.model
        measurands = model.members("AlignedDataCtrlr", "TxEndedMeasurands")
        signed = model.truth("AlignedDataCtrlr", "SignReadings")  # J01.FR.21
        for transaction in self.core.memory.running.values():
            value = self.core.transactions.meters[transaction.evse].sample(measurands, "Sample.Clock", signed=signed)
            if value:
                transaction.samples.append(value)
        self.schedule()

    def _due(self) -> None:
        idle_only = self.core.model.truth("AlignedDataCtrlr", "SendDuringIdle")
        if not (idle_only and self.core.memory.running):
            for evse in self.core.transactions.meters:
                self._send(evse)
        self.schedule()

    def _send(self, evse: int) -> None:
        transaction = self.core.transactions.of(evse)
        if transaction is None:
            self.meter_values(evse, "Sample.Clock")
            return
        value = self._sample(evse, "Sample.Clock")
        if value:
            self.core.transactions.update(transaction, "MeterValueClock", meter=value)

    def _sample(self, evse: int, context: str) -> Payload | None:
        measurands = self.core.model.members("AlignedDataCtrlr", "Measurands")
        signed = self.core.model.truth("AlignedDataCtrlr", "SignReadings")
        return self.core.transactions.meters[evse].sample(measurands, context, signed=signed)

    def meter_values(self, evse: int, context: str, gate: Gate = "normal") -> None:
        """Send MeterValuesRequest for one EVSE; nothing where no measurand is configured or nobody listens."""
        value = self._sample(evse, context)
        if value and self.core.network.standing:
            self.core.exchange.call("MeterValues", {"evseId": evse, "meterValue": [value]}, gate=gate)
