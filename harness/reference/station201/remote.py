"""What the CSMS may make the station do: start, stop, unlock, trigger, and ask about transactions (block F, E14)."""

from __future__ import annotations

from collections.abc import Callable

from harness.reference.station201 import certificates
from harness.reference.station201.core import Core
from harness.reference.station201.exchange import Refusal
from harness.reference.station201.memory import Payload, Place


def request_start(core: Core, request: Payload) -> Payload:
    """RequestStartTransaction (F01, F02)."""
    evse = request["evseId"] if "evseId" in request else _free_evse(core)
    sessions, transaction = core.sessions, core.transactions.of(evse)
    usable = core.availability.usable(evse) or core.behaviour.starts_when_unavailable
    authorised = evse in sessions.grants or (transaction is not None and transaction.deauthorised)
    if not core.availability.exists((evse, 0)) or evse == 0 or not usable or authorised or core.reset.ahead:
        return {"status": "Rejected"}
    token, remote = request["idToken"], request["remoteStartId"]
    info: Payload = {"status": "Accepted"}
    if "groupIdToken" in request:
        info["groupIdToken"] = request["groupIdToken"]
    if core.model.truth("AuthCtrlr", "AuthorizeRemoteStart") and token["type"] not in ("Central", "NoAuthorization"):
        core.defer(lambda: core.authorisation.decide(token, lambda found: _decided(core, evse, token, found, remote)))
    else:
        core.defer(lambda: sessions.authorised(evse, token, info, remote))
    answer: Payload = {"status": "Accepted"}
    if transaction is not None:
        answer["transactionId"] = transaction.id
    return answer


def _decided(core: Core, evse: int, token: Payload, info: Payload | None, remote: int) -> None:
    if info is None or info.get("status") != "Accepted" or evse in core.sessions.grants:
        return
    if not core.authorisation.is_master(info):
        core.sessions.authorised(evse, token, info, remote)


def _free_evse(core: Core) -> int:
    """F01.FR.20: the station chooses, an EVSE with a cable first."""
    free = [evse for evse in core.transactions.meters if core.availability.usable(evse)]
    free = [evse for evse in free if evse not in core.sessions.grants]
    return min(free, key=lambda evse: (evse not in core.sessions.plugged, evse), default=0)


def request_stop(core: Core, request: Payload) -> Payload:
    """RequestStopTransaction (F03)."""
    transaction = core.transactions.named(request["transactionId"])
    if transaction is None:
        return {"status": "Accepted" if core.behaviour.accepts_unknown_transaction else "Rejected"}
    core.defer(lambda: core.sessions.stop(transaction.evse, "RemoteStop", "Remote"))
    return {"status": "Accepted"}


def unlock(core: Core, request: Payload) -> Payload:
    """UnlockConnector (F05)."""
    evse, connector = request["evseId"], request["connectorId"]
    if (evse, connector) not in core.availability.connectors:
        return {"status": "UnknownConnector"}
    if core.config.fixed_cable:
        raise Refusal("NotSupported", "no lock on this connector")
    here = core.sessions.plugged.get(evse, connector) == connector
    authorised = here and evse in core.sessions.grants and evse in core.memory.running
    if authorised and not core.behaviour.unlocks_during_transaction:
        return {"status": "OngoingAuthorizedTransaction"}
    if evse in core.sessions.jammed and not core.behaviour.says_unlocked:
        return {"status": "UnlockFailed"}
    transaction = core.transactions.of(evse)
    if transaction is not None and here:
        core.defer(lambda: core.transactions.update(transaction, "UnlockCommand"))
    return {"status": "Unlocked"}


def transaction_status(core: Core, request: Payload) -> Payload:
    """GetTransactionStatus (E14)."""
    wanted = request.get("transactionId")
    queue = [event for event in core.memory.queue if wanted is None or event.transaction == wanted]
    answer: Payload = {"messagesInQueue": bool(queue) != core.behaviour.wrong_messages_in_queue}
    if wanted is not None:
        answer["ongoingIndicator"] = core.transactions.named(wanted) is not None
    return answer


# ---- TriggerMessage (F06)


def trigger(core: Core, request: Payload) -> Payload:
    """Accept and send, reject, or say that it is not implemented (F06.FR.05, F06.FR.08)."""
    found = _TRIGGERS.get(request["requestedMessage"])
    if found is None or (request["requestedMessage"] == "SignV2GCertificate" and not core.config.plug_and_charge):
        return {"status": "NotImplemented"}
    evse = request.get("evse", {})
    place = (evse.get("id", 0), evse.get("connectorId", 0))
    if not core.availability.exists(place):
        return {"status": "Rejected"}
    action = found(core, place)
    if action is None:
        return {"status": "Rejected"}
    if not core.behaviour.triggers_nothing:
        core.defer(action)
    return {"status": "Accepted"}


Action = Callable[[], None]


def _boot(core: Core, _: Place) -> Action | None:
    if core.registration.accepted and not core.behaviour.boot_trigger_always:
        return None  # F06.FR.17
    return lambda: core.registration.knock("Triggered")


def _heartbeat(core: Core, _: Place) -> Action | None:
    return lambda: core.registration.heartbeat("triggered")


def _status(core: Core, place: Place) -> Action | None:
    """F06.FR.12 lets a station reject this without a connector, and so does this one."""
    if place not in core.availability.connectors:
        return None
    return lambda: core.availability.notify(place, "triggered")


def _meter(core: Core, place: Place) -> Action | None:
    evses = [place[0]] if place[0] else list(core.transactions.meters)

    def send() -> None:
        for evse in evses:
            core.aligned.meter_values(evse, "Trigger", "triggered")

    return send if core.model.members("AlignedDataCtrlr", "Measurands") else None


def _transaction(core: Core, place: Place) -> Action | None:
    running = [item for item in core.memory.running.values() if place[0] in (0, item.evse)]

    def send() -> None:
        measurands = core.model.members("SampledDataCtrlr", "TxUpdatedMeasurands")
        signed = core.model.truth("SampledDataCtrlr", "SignReadings")  # J02.FR.21
        for item in running:
            value = core.transactions.meters[item.evse].sample(measurands, "Trigger", signed=signed)
            core.transactions.update(item, "Trigger", meter=value)

    return send if running and core.registration.accepted else None


def _sign(use: str) -> Callable[[Core, Place], Action | None]:
    return lambda core, _: lambda: core.certificates.sign(use)


_TRIGGERS: dict[str, Callable[[Core, Place], Action | None]] = {
    **{trigger: _sign(use) for trigger, use in certificates.TRIGGERS.items()},
    "BootNotification": _boot,
    "Heartbeat": _heartbeat,
    "StatusNotification": _status,
    "MeterValues": _meter,
    "TransactionEvent": _transaction,
    "LogStatusNotification": lambda core, _: core.logs.triggered,
    "FirmwareStatusNotification": lambda core, _: core.firmware.triggered,
}
