"""TransactionEventRequest: building, numbering and queueing, and what the CSMS's answer means (block E)."""

from __future__ import annotations

from typing import Literal

from harness.reference.station201.core import Core
from harness.reference.station201.memory import Payload, QueuedEvent, Transaction
from harness.reference.station201.meter import Meter
from harness.rpc.link import SECOND

Kind = Literal["Started", "Updated", "Ended"]


class Transactions:
    """The transactions in progress, one per EVSE at most (E01.FR.14), and their meters."""

    def __init__(self, core: Core) -> None:
        self.core = core
        self.meters = {evse: Meter(core, evse) for evse in range(1, core.config.evses + 1)}

    def of(self, evse: int) -> Transaction | None:
        return self.core.memory.running.get(evse)

    def named(self, transaction_id: str) -> Transaction | None:
        running = self.core.memory.running.values()
        return next((item for item in running if item.id.lower() == transaction_id.lower()), None)

    # ---- life

    def start(self, evse: int, trigger: str, **details: object) -> Transaction:
        """Begin a transaction and send eventType Started."""
        transaction = Transaction(self.core.transaction_id(), evse)
        self.core.memory.running[evse] = transaction
        if self.core.behaviour.register_rebased:
            self.core.memory.registers[evse] = 0.0
        self.event(transaction, "Started", trigger, **details)
        self._every("TxUpdatedInterval", "sample", transaction, self._periodic)
        self._every("TxEndedInterval", "ended", transaction, self._collect)
        return transaction

    def update(self, transaction: Transaction, trigger: str, **details: object) -> None:
        self.event(transaction, "Updated", trigger, **details)

    def end(self, transaction: Transaction, trigger: str, reason: str, **details: object) -> None:
        """Send eventType Ended; the EVSE is free for the next one."""
        self.meters[transaction.evse].switch(False)
        details["stopped"] = self.core.behaviour.wrong_stopped_reason or reason
        self.core.memory.running.pop(transaction.evse, None)
        self.event(transaction, "Ended", trigger, **details)
        for timer in ("sample", "ended", "plug", "invalid"):
            self.core.timers.cancel(f"{timer}:{transaction.evse}:")

    # ---- one event

    def event(self, transaction: Transaction, kind: Kind, trigger: str, **details: object) -> None:
        """Queue one TransactionEventRequest, numbered and stamped now (E01, E02, 1.3.2 sequence numbers).

        `details`: token (idToken to report), state (the new chargingState), connector (just plugged in),
        remote (remoteStartId), stopped (stoppedReason), meter (a ready MeterValueType).
        """
        behaviour = self.core.behaviour
        if details.get("state"):
            transaction.charging_state = str(details["state"])
        payload: Payload = {
            "eventType": kind,
            "timestamp": self.core.timestamp(),
            "triggerReason": behaviour.wrong_trigger_reason or trigger,
            "seqNo": self._number(transaction),
            "transactionInfo": self._info(transaction, details),
        }
        if details.get("token") and not behaviour.no_id_token:
            payload["idToken"] = details["token"]
        if transaction.charging_state == "Charging" and details.get("state"):
            payload["numberOfPhasesUsed"] = self.core.config.phases
        self._place(transaction, payload, details)
        values = self._values(transaction, kind, details)
        if values and not behaviour.no_meter_values:
            payload["meterValue"] = values
        if not self.core.network.online:
            if behaviour.loses_offline_events:
                return
            self.core.exchange.mark_offline(payload)
        self.core.memory.queue.append(QueuedEvent(payload, self.core.order()))

    def _number(self, transaction: Transaction) -> int:
        number = transaction.sequence
        transaction.sequence += 2 if self.core.behaviour.sequence_gap else 1
        return 0 if self.core.behaviour.sequence_repeats else number

    def _info(self, transaction: Transaction, details: dict[str, object]) -> Payload:
        behaviour = self.core.behaviour
        info: Payload = {
            "transactionId": transaction.id,
            "chargingState": behaviour.wrong_charging_state or transaction.charging_state,
        }
        if details.get("stopped"):
            info["stoppedReason"] = details["stopped"]
        if details.get("remote") is not None and not behaviour.loses_remote_start_id:
            info["remoteStartId"] = details["remote"]
        return info

    def _place(self, transaction: Transaction, payload: Payload, details: dict[str, object]) -> None:
        """E01.FR.16: evse in the first event, and again with the connector once that is known."""
        connector = details.get("connector")
        if isinstance(connector, int) and connector:
            transaction.connector = connector
        if transaction.told_evse and (transaction.told_connector or not transaction.connector):
            return
        evse: Payload = {"id": transaction.evse}
        if transaction.connector:
            evse["connectorId"] = transaction.connector
            transaction.told_connector = True
        transaction.told_evse = True
        if not self.core.behaviour.no_evse:
            payload["evse"] = evse

    def _values(
        self, transaction: Transaction, kind: Kind, details: dict[str, object]
    ) -> list[Payload]:
        if details.get("meter"):
            return [details["meter"]]  # type: ignore[list-item]
        meter, model = self.meters[transaction.evse], self.core.model
        signed = model.truth("SampledDataCtrlr", "SignReadings")
        when = {
            "Started": ("TxStartedMeasurands", "Transaction.Begin"),
            "Ended": ("TxEndedMeasurands", "Transaction.End"),
        }
        variable, context = when.get(kind, ("", ""))
        measurands = model.members("SampledDataCtrlr", variable) if variable else []
        value = meter.sample(measurands, context, signed=signed)
        return [*(transaction.samples if kind == "Ended" else []), *([value] if value else [])]

    # ---- sampling

    def _every(self, variable: str, timer: str, transaction: Transaction, call: object) -> None:
        interval = self.core.model.integer("SampledDataCtrlr", variable) * SECOND
        if interval > 0 and self.core.model.truth("SampledDataCtrlr", "Enabled"):
            self._tick(timer, transaction, self.core.now.monotonic + interval, interval, call)

    def _tick(self, timer: str, transaction: Transaction, due: int, interval: int, call: object) -> None:
        def fire() -> None:
            if self.of(transaction.evse) is transaction:
                call(transaction)  # type: ignore[operator]
                self._tick(timer, transaction, due + interval, interval, call)

        self.core.timers.set(f"{timer}:{transaction.evse}:", due, fire)

    def _periodic(self, transaction: Transaction) -> None:
        """J02.FR.11."""
        measurands = self.core.model.members("SampledDataCtrlr", "TxUpdatedMeasurands")
        signed = self.core.model.truth("SampledDataCtrlr", "SignReadings")
        value = self.meters[transaction.evse].sample(measurands, "Sample.Periodic", signed=signed)
        if value:
            self.update(transaction, "MeterValuePeriodic", meter=value)

    def _collect(self, transaction: Transaction) -> None:
        measurands = self.core.model.members("SampledDataCtrlr", "TxEndedMeasurands")
        signed = self.core.model.truth("SampledDataCtrlr", "SignReadings")  # J02.FR.21: these readings too
        value = self.meters[transaction.evse].sample(measurands, "Sample.Periodic", signed=signed)
        if value:
            transaction.samples.append(value)

    # ---- the answer

    def answered(self, request: Payload, answer: Payload) -> None:
        """Learn from idTokenInfo, and obey it while the transaction lasts (C10.FR.05, E05)."""
        token, info = request.get("idToken"), answer.get("idTokenInfo")
        if not isinstance(token, dict) or not isinstance(info, dict):
            return
        self.core.authorisation.learn(token, info)
        transaction = self.named(str(request["transactionInfo"]["transactionId"]))
        if transaction is None or self.core.behaviour.ignores_invalid_token:
            return
        self.core.sessions.judged(transaction, token, info)
