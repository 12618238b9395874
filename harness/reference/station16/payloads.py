"""The station's own small checks of request payloads: presence, type, enumeration, length.

Error codes: OCPP-J 1.6 table 7 (with its spelling of OccurenceConstraintViolation).
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from harness.reference.station16 import clock

Fault = tuple[str, str]


@dataclass(frozen=True, slots=True)
class Member:
    """One member: `kind` is string, integer, number, dateTime, object or array."""

    kind: str
    required: bool = True
    longest: int = 0
    values: tuple[str, ...] = ()
    members: Mapping[str, Member] = field(default_factory=dict)


def _text(longest: int, required: bool = True) -> Member:
    return Member("string", required, longest)


def _enum(*values: str, required: bool = True) -> Member:
    return Member("string", required, 0, values)


_INTEGER = Member("integer")
_OPTIONAL_INTEGER = Member("integer", False)
_TIME = Member("dateTime")
_OPTIONAL_TIME = Member("dateTime", False)
_PURPOSES = ("ChargePointMaxProfile", "TxDefaultProfile", "TxProfile")

_PERIOD = {"startPeriod": _INTEGER, "limit": Member("number"), "numberPhases": _OPTIONAL_INTEGER}
_SCHEDULE = {
    "duration": _OPTIONAL_INTEGER,
    "startSchedule": _OPTIONAL_TIME,
    "chargingRateUnit": _enum("A", "W"),
    "chargingSchedulePeriod": Member("array", members=_PERIOD),
    "minChargingRate": Member("number", False),
}
_PROFILE = {
    "chargingProfileId": _INTEGER,
    "transactionId": _OPTIONAL_INTEGER,
    "stackLevel": _INTEGER,
    "chargingProfilePurpose": _enum(*_PURPOSES),
    "chargingProfileKind": _enum("Absolute", "Recurring", "Relative"),
    "recurrencyKind": _enum("Daily", "Weekly", required=False),
    "validFrom": _OPTIONAL_TIME,
    "validTo": _OPTIONAL_TIME,
    "chargingSchedule": Member("object", members=_SCHEDULE),
}
_ID_TAG_INFO = {
    "status": _enum("Accepted", "Blocked", "Expired", "Invalid", "ConcurrentTx"),
    "expiryDate": _OPTIONAL_TIME,
    "parentIdTag": _text(20, False),
}
_AUTHORIZATION = {"idTag": _text(20), "idTagInfo": Member("object", False, members=_ID_TAG_INFO)}

REQUESTS: Mapping[str, Mapping[str, Member]] = {
    "CancelReservation": {"reservationId": _INTEGER},
    "ChangeAvailability": {"connectorId": _INTEGER, "type": _enum("Inoperative", "Operative")},
    "ChangeConfiguration": {"key": _text(50), "value": _text(500)},
    "ClearCache": {},
    "ClearChargingProfile": {
        "id": _OPTIONAL_INTEGER,
        "connectorId": _OPTIONAL_INTEGER,
        "chargingProfilePurpose": _enum(*_PURPOSES, required=False),
        "stackLevel": _OPTIONAL_INTEGER,
    },
    "DataTransfer": {"vendorId": _text(255), "messageId": _text(50, False), "data": Member("string", False)},
    "GetCompositeSchedule": {
        "connectorId": _INTEGER,
        "duration": _INTEGER,
        "chargingRateUnit": _enum("A", "W", required=False),
    },
    "GetConfiguration": {"key": Member("array", False, 50)},
    "GetDiagnostics": {
        "location": Member("string"),
        "retries": _OPTIONAL_INTEGER,
        "retryInterval": _OPTIONAL_INTEGER,
        "startTime": _OPTIONAL_TIME,
        "stopTime": _OPTIONAL_TIME,
    },
    "GetLocalListVersion": {},
    "RemoteStartTransaction": {
        "connectorId": _OPTIONAL_INTEGER,
        "idTag": _text(20),
        "chargingProfile": Member("object", False, members=_PROFILE),
    },
    "RemoteStopTransaction": {"transactionId": _INTEGER},
    "ReserveNow": {
        "connectorId": _INTEGER,
        "expiryDate": _TIME,
        "idTag": _text(20),
        "parentIdTag": _text(20, False),
        "reservationId": _INTEGER,
    },
    "Reset": {"type": _enum("Hard", "Soft")},
    "SendLocalList": {
        "listVersion": _INTEGER,
        "localAuthorizationList": Member("array", False, members=_AUTHORIZATION),
        "updateType": _enum("Differential", "Full"),
    },
    "SetChargingProfile": {"connectorId": _INTEGER, "csChargingProfiles": Member("object", members=_PROFILE)},
    "TriggerMessage": {
        "requestedMessage": _enum(
            "BootNotification",
            "DiagnosticsStatusNotification",
            "FirmwareStatusNotification",
            "Heartbeat",
            "MeterValues",
            "StatusNotification",
        ),
        "connectorId": _OPTIONAL_INTEGER,
    },
    "UnlockConnector": {"connectorId": _INTEGER},
    "GetLog": {
        "log": Member("object", members={
            "remoteLocation": _text(512), "oldestTimestamp": _OPTIONAL_TIME, "latestTimestamp": _OPTIONAL_TIME,
        }),
        "logType": _enum("DiagnosticsLog", "SecurityLog"),
        "requestId": _INTEGER,
        "retries": _OPTIONAL_INTEGER,
        "retryInterval": _OPTIONAL_INTEGER,
    },
    "SignedUpdateFirmware": {
        "retries": _OPTIONAL_INTEGER,
        "retryInterval": _OPTIONAL_INTEGER,
        "requestId": _INTEGER,
        "firmware": Member("object", members={
            "location": _text(512), "retrieveDateTime": _TIME, "installDateTime": _OPTIONAL_TIME,
            "signingCertificate": _text(5500), "signature": _text(800),
        }),
    },
    "CertificateSigned": {"certificateChain": _text(10_000)},
    "DeleteCertificate": {
        "certificateHashData": Member("object", members={
            "hashAlgorithm": _enum("SHA256", "SHA384", "SHA512"), "issuerNameHash": _text(128),
            "issuerKeyHash": _text(128), "serialNumber": _text(40),
        }),
    },
    "ExtendedTriggerMessage": {
        "requestedMessage": _enum(
            "BootNotification",
            "FirmwareStatusNotification",
            "Heartbeat",
            "LogStatusNotification",
            "MeterValues",
            "SignChargePointCertificate",
            "StatusNotification",
        ),
        "connectorId": _OPTIONAL_INTEGER,
    },
    "GetInstalledCertificateIds": {
        "certificateType": _enum("CentralSystemRootCertificate", "ManufacturerRootCertificate"),
    },
    "InstallCertificate": {
        "certificateType": _enum("CentralSystemRootCertificate", "ManufacturerRootCertificate"),
        "certificate": _text(5500),
    },
    "UpdateFirmware": {
        "location": Member("string"),
        "retries": _OPTIONAL_INTEGER,
        "retrieveDate": _TIME,
        "retryInterval": _OPTIONAL_INTEGER,
    },
}

PROFILE: Mapping[str, str] = {
    "CancelReservation": "Reservation",
    "ReserveNow": "Reservation",
    "ClearChargingProfile": "SmartCharging",
    "GetCompositeSchedule": "SmartCharging",
    "SetChargingProfile": "SmartCharging",
    "GetDiagnostics": "FirmwareManagement",
    "UpdateFirmware": "FirmwareManagement",
    "GetLocalListVersion": "LocalAuthListManagement",
    "SendLocalList": "LocalAuthListManagement",
    "TriggerMessage": "RemoteTrigger",
}


def check(action: str, payload: Any) -> Fault | None:
    """The CALLERROR code and description for `payload`, or None where it is well formed."""
    if not isinstance(payload, dict):
        return "FormationViolation", "the payload is no object"
    return _members(REQUESTS[action], payload)


def _members(members: Mapping[str, Member], value: Mapping[str, Any]) -> Fault | None:
    for name in value:
        if name not in members:
            return "FormationViolation", f"{name[:50]} is no member"
    for name, member in members.items():
        if name not in value:
            if member.required:
                return "OccurenceConstraintViolation", f"{name} is missing"
            continue
        fault = _value(name, member, value[name])
        if fault is not None:
            return fault
    return None


_TYPES: Mapping[str, tuple[type, ...]] = {
    "string": (str,),
    "dateTime": (str,),
    "integer": (int,),
    "number": (int, float),
    "object": (dict,),
    "array": (list,),
}


def _value(name: str, member: Member, value: Any) -> Fault | None:
    fitting = isinstance(value, _TYPES[member.kind]) and not isinstance(value, bool)
    if not fitting or (isinstance(value, float) and not math.isfinite(value)):
        return "TypeConstraintViolation", f"{name} is no {member.kind}"
    if member.kind == "dateTime" and clock.parse(value) is None:
        return "TypeConstraintViolation", f"{name} is no dateTime"
    if member.values and value not in member.values:
        return "PropertyConstraintViolation", f"{name} has no such value"
    if member.kind == "string" and member.longest and len(value) > member.longest:
        return "PropertyConstraintViolation", f"{name} is longer than {member.longest}"
    if member.kind == "object":
        return _members(member.members, value)
    return _items(name, member, value) if member.kind == "array" else None


def _items(name: str, member: Member, value: list[Any]) -> Fault | None:
    for item in value:
        if not member.members:
            fault = _value(name, Member("string", longest=member.longest), item)
        elif isinstance(item, dict):
            fault = _members(member.members, item)
        else:
            fault = "TypeConstraintViolation", f"{name} holds something else than objects"
        if fault is not None:
            return fault
    return None
