"""Requests of the CSMS that concern the station as a whole (OCPP 1.6 chapter 5)."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from harness.reference.station16 import (
    authorisation,
    certificates,
    charging,
    lifecycle,
    maintenance,
    metering,
    profiles,
    reservations,
    status,
    transactions,
)
from harness.reference.station16.configuration import MAX_KEYS
from harness.reference.station16.model import Payload, Station, fold
from harness.reference.station16.rpc import Handler, Refusal, Reply


def get_configuration(station: Station, payload: Payload) -> Reply:
    wanted = payload.get("key", [])
    if len(wanted) > MAX_KEYS:
        raise Refusal("OccurenceConstraintViolation", "more than GetConfigurationMaxKeys keys")
    readable = {
        name: key
        for name, key in station.keys.items()
        if key.readonly is not None or station.behaviour.reveals_authorization_key
    }
    names = {fold(name): name for name in readable}
    known = [names[asked] for asked in dict.fromkeys(map(fold, wanted)) if asked in names]
    unknown = [name for name in wanted if fold(name) not in names]
    answer: Payload = {
        "configurationKey": [
            {"key": name, "readonly": bool(readable[name].readonly), "value": station.setting(name)}
            for name in (known if wanted else readable)
        ]
    }
    if unknown and station.behaviour.reports_unknown_keys:
        answer["unknownKey"] = unknown
    return Reply(answer)


def change_configuration(station: Station, payload: Payload) -> Reply:
    value = payload["value"]
    name = next((name for name in station.keys if fold(name) == fold(payload["key"])), "")
    key = station.keys.get(name)
    if key is None:
        return Reply({"status": "Accepted" if station.behaviour.accepts_unknown_key else "NotSupported"})
    if key.readonly and not station.behaviour.writes_read_only:
        return Reply({"status": "Rejected"})
    if not key.check(value) and station.behaviour.checks_values:
        return Reply({"status": "Rejected"})
    if name == "SecurityProfile" and not certificates.may_change(station, value):
        return Reply({"status": "Rejected"})
    if not station.behaviour.applies_changes:
        return Reply({"status": "Accepted"})
    station.memory.configuration[name] = value
    effect = _EFFECTS.get(name)
    return Reply({"status": "Accepted"}, (lambda: effect(station)) if effect else None)


def _new_heartbeat(station: Station) -> None:
    if station.behaviour.applies_heartbeat_interval and station.online:
        lifecycle.beat_later(station)


def _new_sampling(station: Station) -> None:
    for connector in station.connectors.values():
        metering.schedule(station, connector)


def _new_password(station: Station) -> None:
    """The new password counts at once, so connect again with it (TC_073_CS)."""
    station.memory.password = bytes.fromhex(station.setting("AuthorizationKey"))
    certificates.come_back(station)


def _new_profile(station: Station) -> None:
    """A05.FR.06, .07: connect again in the new security profile."""
    station.memory.former_profile = station.memory.security_profile
    station.memory.security_profile = int(station.setting("SecurityProfile"))
    certificates.come_back(station)


_EFFECTS: Mapping[str, Callable[[Station], None]] = {
    "HeartbeatInterval": _new_heartbeat,
    "MeterValueSampleInterval": _new_sampling,
    "ClockAlignedDataInterval": metering.align,
    "WebSocketPingInterval": lifecycle.ping_later,
    "AuthorizationKey": _new_password,
    "SecurityProfile": _new_profile,
    "MinimumStatusDuration": status.notify,
}


def change_availability(station: Station, payload: Payload) -> Reply:
    number, operative = payload["connectorId"], payload["type"] == "Operative"
    if not 0 <= number <= len(station.connectors):
        return Reply({"status": "Rejected"})
    numbers = [number] if number else [0, *station.connectors]
    busy = [n for n in numbers if n and station.connectors[n].transaction is not None]
    interrupts = station.behaviour.interrupts_for_availability

    def apply() -> None:
        for changed in numbers:
            station.scheduled.pop(changed, None)
            if changed in busy and not operative and not interrupts:
                station.scheduled[changed] = operative
            else:
                station.memory.operative[changed] = operative
                reservations.end(station, [] if operative else [changed])
        for changed in busy if interrupts and not operative else []:
            transactions.stop(station, station.connectors[changed], "Other")
        status.notify(station)

    scheduled = bool(busy) and not operative and not interrupts
    return Reply({"status": "Scheduled" if scheduled else "Accepted"}, apply)


def reset(station: Station, payload: Payload) -> Reply:
    reason = "HardReset" if payload["type"] == "Hard" else "SoftReset"

    def begin() -> None:
        if station.behaviour.reboots_on_reset:
            lifecycle.restart(station, reason)

    return Reply({"status": "Accepted"}, begin)


def unlock_connector(station: Station, payload: Payload) -> Reply:
    connector = station.connectors.get(payload["connectorId"])
    if connector is None:
        return Reply({"status": station.behaviour.unknown_connector_unlock})
    if station.config.fixed_cable:
        return Reply({"status": "NotSupported"})

    def release() -> None:
        transactions.stop(station, connector, "UnlockCommand")
        if connector.cable_left and not connector.jammed:
            connector.cable_left = connector.finishing = False
        status.notify(station)

    unlocked = station.behaviour.unlocks and not connector.jammed
    return Reply({"status": "Unlocked" if unlocked else "UnlockFailed"}, release)


def trigger_message(station: Station, payload: Payload) -> Reply:
    wanted, number = payload["requestedMessage"], payload.get("connectorId")
    if wanted == "BootNotification" and station.registration == "Accepted":
        return Reply({"status": "Rejected"})
    known = number is None or 0 <= number <= len(station.connectors)
    if wanted == "MeterValues" and number == 0:
        known = False
    if not known and not station.behaviour.triggers_unknown_connector:
        return Reply({"status": "Rejected"})
    send = _TRIGGERED.get(wanted)
    if send is None:
        return Reply({"status": "NotImplemented"})

    def then() -> None:
        if known and station.behaviour.sends_triggered:
            send(station, number)

    return Reply({"status": "Accepted"}, then)


def _trigger_status(station: Station, number: int | None) -> None:
    for wanted in range(len(station.connectors) + 1) if number is None else [number]:
        status.send(station, wanted, free=True)


def _trigger_meter_values(station: Station, number: int | None) -> None:
    for connector in station.connectors.values():
        if number in (None, connector.number):
            metering.triggered(station, connector)


_TRIGGERED: Mapping[str, Callable[[Station, int | None], None]] = {
    "BootNotification": lambda station, _: lifecycle.boot(station),
    "Heartbeat": lambda station, _: lifecycle.heartbeat(station, free=True),
    "StatusNotification": _trigger_status,
    "MeterValues": _trigger_meter_values,
    "FirmwareStatusNotification": lambda station, _: maintenance.report_firmware(station, free=True),
    "SignChargePointCertificate": lambda station, _: certificates.sign(station),
    "DiagnosticsStatusNotification": lambda station, _: maintenance.report_diagnostics(station, free=True),
}


def data_transfer(station: Station, _payload: Payload) -> Reply:
    return Reply({"status": station.behaviour.data_transfer_status})


HANDLERS: Mapping[str, Handler] = {
    "CancelReservation": reservations.cancel_reservation,
    "ChangeAvailability": change_availability,
    "ChangeConfiguration": change_configuration,
    "ClearCache": authorisation.clear_cache,
    "ClearChargingProfile": profiles.clear_charging_profile,
    "DataTransfer": data_transfer,
    "GetCompositeSchedule": profiles.get_composite_schedule,
    "GetConfiguration": get_configuration,
    "GetDiagnostics": maintenance.get_diagnostics,
    "GetLocalListVersion": authorisation.get_local_list_version,
    "RemoteStartTransaction": charging.remote_start,
    "RemoteStopTransaction": charging.remote_stop,
    "ReserveNow": reservations.reserve_now,
    "Reset": reset,
    "SendLocalList": authorisation.send_local_list,
    "SetChargingProfile": profiles.set_charging_profile,
    "TriggerMessage": trigger_message,
    "UnlockConnector": unlock_connector,
    "UpdateFirmware": maintenance.update_firmware,
    "GetLog": maintenance.get_log,
    "SignedUpdateFirmware": maintenance.signed_update_firmware,
    "ExtendedTriggerMessage": trigger_message,
    **certificates.CERTIFICATE_HANDLERS,
}
