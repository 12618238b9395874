"""The station's own small checks of what a CSMS asks; deliberately not the judge's schemas.

A shape maps member names to what they hold: a number is a string's maximum length, a frozenset an
enumeration, ``INT``/``BOOL``/``ANY`` a type, ``TIME`` a date-time, a dict an object, a one-element list a
non-empty array. A name ending in ``?`` may be absent.
"""

from __future__ import annotations

from typing import Any

from harness.reference.station201 import clock
from harness.reference.station201.exchange import Refusal

INT, BOOL, ANY, TIME = "int", "bool", "any", "time"
Shape = dict[str, Any]

TOKEN_TYPES = frozenset(
    {"Central", "eMAID", "ISO14443", "ISO15693", "KeyCode", "Local", "MacAddress", "NoAuthorization"}
)
STATUSES = frozenset(
    {"Accepted", "Blocked", "ConcurrentTx", "Expired", "Invalid", "NoCredit", "NotAllowedTypeEVSE"}
    | {"NotAtThisLocation", "NotAtThisTime", "Unknown"}
)
ATTRIBUTES = frozenset({"Actual", "Target", "MinSet", "MaxSet"})
TRIGGERS = frozenset(
    {"BootNotification", "LogStatusNotification", "FirmwareStatusNotification", "Heartbeat", "MeterValues"}
    | {"SignChargingStationCertificate", "SignV2GCertificate", "StatusNotification", "TransactionEvent"}
    | {"SignCombinedCertificate", "PublishFirmwareStatusNotification"}
)

ROOTS = frozenset({"V2GRootCertificate", "MORootCertificate", "CSMSRootCertificate", "ManufacturerRootCertificate"})

EVSE: Shape = {"id": INT, "connectorId?": INT}
COMPONENT: Shape = {"name": 50, "instance?": 50, "evse?": EVSE}
VARIABLE: Shape = {"name": 50, "instance?": 50}
TOKEN: Shape = {"idToken": 36, "type": TOKEN_TYPES, "additionalInfo?": [{"additionalIdToken": 36, "type": 50}]}
TOKEN_INFO: Shape = {
    "status": STATUSES, "cacheExpiryDateTime?": TIME, "chargingPriority?": INT, "language1?": 8, "language2?": 8,
    "evseId?": [ANY], "groupIdToken?": TOKEN, "personalMessage?": ANY,
}  # fmt: skip
LOG: Shape = {"remoteLocation": 512, "oldestTimestamp?": TIME, "latestTimestamp?": TIME}
PROFILE: Shape = {
    "ocppVersion": frozenset({"OCPP12", "OCPP15", "OCPP16", "OCPP20", "OCPP201", "OCPP21"}),
    "ocppTransport": frozenset({"JSON", "SOAP"}), "ocppCsmsUrl": 512, "messageTimeout": INT, "securityProfile": INT,
    "ocppInterface": frozenset({f"{kind}{n}" for kind in ("Wired", "Wireless") for n in range(4)}),
    "vpn?": ANY, "apn?": ANY,
}  # fmt: skip

SHAPES: dict[str, Shape] = {
    "GetVariables": {
        "getVariableData": [{"component": COMPONENT, "variable": VARIABLE, "attributeType?": ATTRIBUTES}]
    },
    "SetVariables": {
        "setVariableData": [
            {"component": COMPONENT, "variable": VARIABLE, "attributeType?": ATTRIBUTES, "attributeValue": 1000}
        ]
    },
    "GetBaseReport": {
        "requestId": INT,
        "reportBase": frozenset({"ConfigurationInventory", "FullInventory", "SummaryInventory"}),
    },
    "GetReport": {
        "requestId": INT,
        "componentCriteria?": [frozenset({"Active", "Available", "Enabled", "Problem"})],
        "componentVariable?": [{"component": COMPONENT, "variable?": VARIABLE}],
    },
    "SetNetworkProfile": {"configurationSlot": INT, "connectionData": PROFILE},
    "Reset": {"type": frozenset({"Immediate", "OnIdle"}), "evseId?": INT},
    "ChangeAvailability": {"operationalStatus": frozenset({"Operative", "Inoperative"}), "evse?": EVSE},
    "ClearCache": {},
    "SendLocalList": {
        "versionNumber": INT, "updateType": frozenset({"Differential", "Full"}),
        "localAuthorizationList?": [{"idToken": TOKEN, "idTokenInfo?": TOKEN_INFO}],
    },
    "GetLocalListVersion": {},
    "GetTransactionStatus": {"transactionId?": 36},
    "RequestStartTransaction": {
        "remoteStartId": INT, "idToken": TOKEN, "evseId?": INT, "chargingProfile?": ANY, "groupIdToken?": TOKEN,
    },
    "RequestStopTransaction": {"transactionId": 36},
    "UnlockConnector": {"evseId": INT, "connectorId": INT},
    "TriggerMessage": {"requestedMessage": TRIGGERS, "evse?": EVSE},
    "DataTransfer": {"vendorId": 255, "messageId?": 50, "data?": ANY},
    "GetLog": {
        "log": LOG, "logType": frozenset({"DiagnosticsLog", "SecurityLog"}), "requestId": INT, "retries?": INT,
        "retryInterval?": INT,
    },
    "UpdateFirmware": {
        "requestId": INT, "retries?": INT, "retryInterval?": INT,
        "firmware": {
            "location": 512, "retrieveDateTime": TIME, "installDateTime?": TIME, "signingCertificate?": 5500,
            "signature?": 800,
        },
    },
    "InstallCertificate": {"certificateType": ROOTS, "certificate": 5500},
    "GetInstalledCertificateIds": {"certificateType?": [ROOTS | {"V2GCertificateChain"}]},
    "DeleteCertificate": {
        "certificateHashData": {
            "hashAlgorithm": frozenset({"SHA256", "SHA384", "SHA512"}), "issuerNameHash": 128, "issuerKeyHash": 128,
            "serialNumber": 40,
        },
    },
    "CertificateSigned": {
        "certificateChain": 10000,
        "certificateType?": frozenset({"ChargingStationCertificate", "V2GCertificate"}),
    },
    "CustomerInformation": {
        "requestId": INT, "report": BOOL, "clear": BOOL, "customerIdentifier?": 64, "idToken?": TOKEN,
        "customerCertificate?": ANY,
    },
}  # fmt: skip


def check(action: str, payload: Any) -> None:
    """Raise `Refusal` with the fitting error code (OCPP-J 2.0.1 section 4.3) when the payload is no good."""
    _object(SHAPES[action], payload, action)


def _object(shape: Shape, value: Any, where: str) -> None:
    if not isinstance(value, dict):
        raise Refusal("FormatViolation" if "." not in where else "TypeConstraintViolation", where)
    names = {name.removesuffix("?") for name in shape}
    unknown = value.keys() - names - {"customData"}
    if unknown:
        raise Refusal("FormatViolation", f"{where}.{sorted(unknown)[0]}")
    for name, inner in shape.items():
        member = name.removesuffix("?")
        if member in value:
            _value(inner, value[member], f"{where}.{member}")
        elif name == member:
            raise Refusal("OccurrenceConstraintViolation", f"{where}.{member}")


def _value(shape: Any, value: Any, where: str) -> None:
    if isinstance(shape, dict):
        _object(shape, value, where)
    elif isinstance(shape, list):
        if not isinstance(value, list):
            raise Refusal("TypeConstraintViolation", where)
        if not value:
            raise Refusal("OccurrenceConstraintViolation", where)
        for index, item in enumerate(value):
            _value(shape[0], item, f"{where}[{index}]")
    elif isinstance(shape, str):
        if not _TYPES[shape](value):
            raise Refusal("PropertyConstraintViolation" if shape == TIME else "TypeConstraintViolation", where)
    elif not isinstance(value, str):
        raise Refusal("TypeConstraintViolation", where)
    elif value not in shape if isinstance(shape, frozenset) else len(value) > shape:
        raise Refusal("PropertyConstraintViolation", where)


_TYPES = {
    INT: lambda value: isinstance(value, int) and not isinstance(value, bool),
    BOOL: lambda value: isinstance(value, bool),
    TIME: lambda value: clock.parse(value) is not None,
    ANY: lambda value: value is not None,
}
