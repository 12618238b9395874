"""What the CSMS asks of a station: each action's required members, so that an operator names the rest."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from harness.reference.csms.book import Book, Station, stamp
from harness.rpc.frame import Json
from harness.rpc.link import SECOND, Instant

_PEM = "-----BEGIN CERTIFICATE-----\nMAo=\n-----END CERTIFICATE-----\n"
_FIRMWARE = "https://csms.example.com/firmware.bin"
_LOGS = "https://csms.example.com/logs"
_HASHES = {
    "hashAlgorithm": "SHA256", "issuerNameHash": "00" * 32, "issuerKeyHash": "00" * 32, "serialNumber": "1",
}


class Needs:
    """What the defaults draw on."""

    def __init__(self, book: Book, station: Station, now: Instant, payload: Json) -> None:
        self._book, self._station, self._now, self.payload = book, station, now, payload

    def named(self, *path: str) -> Json:
        """What the operator said stands at `path`, or None."""
        place = self.payload
        for name in path:
            place = place.get(name) if isinstance(place, Mapping) else None
        return place

    def named_any(self, *names: str) -> bool:
        return any(name in self.payload for name in names)

    def number(self, series: str) -> int:
        return self._book.number(series)

    def later(self, seconds: int = 0) -> str:
        return stamp(self._now.wall + seconds * SECOND)

    def tag(self) -> str:
        """A token that may charge."""
        return next((t.id_token for t in self._book.config.tokens if t.status == "Accepted"), "UNKNOWN")

    def id_token(self) -> Json:
        token = next((t for t in self._book.config.tokens if t.status == "Accepted"), None)
        kind = token.type if token and token.type else "ISO14443"
        return {"idToken": self.tag(), "type": kind}

    def transaction(self) -> str:
        """The latest transaction that runs on the station, "0" if none does."""
        return next((t.id for t in reversed(self._book.active(self._station.identity))), "0")

    def certificate(self) -> Json:
        return self._station.certificate

    def list_version(self) -> int:
        return self._book.number(f"local list of {self._station.identity}")


Template = Callable[[Needs], Json]


def _period() -> Json:
    return {"chargingRateUnit": "A", "chargingSchedulePeriod": [{"startPeriod": 0, "limit": 16}]}


def _profile16(needs: Needs) -> Json:
    profile, start = _profile(needs, "csChargingProfiles")
    if profile["chargingProfilePurpose"] == "TxProfile" and needs.transaction() != "0":
        profile["transactionId"] = int(needs.transaction())
    place = 0 if profile["chargingProfilePurpose"] == "ChargePointMaxProfile" else 1
    profile |= {"chargingProfileId": needs.number("profile"), "chargingSchedule": start | _period()}
    return {"connectorId": place, "csChargingProfiles": profile}


def _profile201(needs: Needs) -> Json:
    """A TxProfile names its transaction (K01.FR.03); station-wide profiles are for EVSE 0 (K01.FR.38, .40)."""
    profile, start = _profile(needs, "chargingProfile")
    if profile["chargingProfilePurpose"] == "TxProfile" and needs.transaction() != "0":
        profile["transactionId"] = needs.transaction()
    place = 0 if profile["chargingProfilePurpose"] == "ChargingStationMaxProfile" else 1
    number = needs.number("profile")
    profile |= {"id": number, "chargingSchedule": [{"id": number, **start, **_period()}]}
    return {"evseId": place, "chargingProfile": profile}


def _profile(needs: Needs, name: str) -> tuple[dict[str, Json], dict[str, Json]]:
    """The members that both versions have, and startSchedule where the kind asks for it."""
    purpose = needs.named(name, "chargingProfilePurpose") or "TxDefaultProfile"
    kind = needs.named(name, "chargingProfileKind") or ("Relative" if purpose == "TxProfile" else "Absolute")
    profile = {"stackLevel": 0, "chargingProfilePurpose": purpose, "chargingProfileKind": kind}
    return profile, {} if kind == "Relative" else {"startSchedule": needs.later()}


def _customer(needs: Needs) -> Json:
    """One reference to a customer, and no more (N09.FR.04, .09)."""
    request: Json = {"requestId": needs.number("request"), "report": True, "clear": False}
    if not needs.named_any("idToken", "customerCertificate", "customerIdentifier"):
        request["idToken"] = needs.id_token()
    return request


def _profiles(needs: Needs) -> Json:
    """Either ids or other criteria (K09.FR.03)."""
    request: Json = {"requestId": needs.number("request")}
    if not needs.named_any("chargingProfile"):
        request["chargingProfile"] = {"chargingProfilePurpose": "TxDefaultProfile"}
    return request


def _clear_profile(needs: Needs) -> Json:
    """Either an id or other criteria (K10.FR.02)."""
    if needs.named_any("chargingProfileId", "chargingProfileCriteria"):
        return {}
    return {"chargingProfileCriteria": {"chargingProfilePurpose": "TxDefaultProfile"}}


def _delete(needs: Needs) -> Json:
    """The first certificate that the station reported, unless the operator names one."""
    named = needs.named("certificateHashData")
    return {"certificateHashData": named or needs.certificate() or _HASHES}


def _log(needs: Needs) -> Json:
    return {"logType": "DiagnosticsLog", "requestId": needs.number("request"),
            "log": {"remoteLocation": _LOGS}}


def _firmware(needs: Needs, **members: str) -> Json:
    return {"requestId": needs.number("request"),
            "firmware": {"location": _FIRMWARE, "retrieveDateTime": needs.later(), **members}}


def _request(**members: Json) -> Template:
    """With a new requestId."""
    return lambda needs: {"requestId": needs.number("request"), **members}


def _fixed(**members: Json) -> Template:
    return lambda _: dict(members)


_VARIABLE: Json = {"component": {"name": "OCPPCommCtrlr"}, "variable": {"name": "OfflineThreshold"}}

COMMANDS16: Mapping[str, Template] = {
    "CancelReservation": _fixed(reservationId=1),
    "CertificateSigned": _fixed(certificateChain=_PEM),
    "ChangeAvailability": _fixed(connectorId=0, type="Operative"),
    "ChangeConfiguration": _fixed(key="HeartbeatInterval", value="300"),
    "ClearCache": _fixed(),
    "ClearChargingProfile": _fixed(),
    "DataTransfer": _fixed(vendorId="com.example"),
    "DeleteCertificate": _delete,
    "ExtendedTriggerMessage": _fixed(requestedMessage="Heartbeat"),
    "GetCompositeSchedule": _fixed(connectorId=1, duration=300),
    "GetConfiguration": _fixed(),
    "GetDiagnostics": _fixed(location=_LOGS),
    "GetInstalledCertificateIds": _fixed(certificateType="CentralSystemRootCertificate"),
    "GetLocalListVersion": _fixed(),
    "GetLog": _log,
    "InstallCertificate": _fixed(certificateType="CentralSystemRootCertificate", certificate=_PEM),
    "RemoteStartTransaction": lambda needs: {"idTag": needs.tag()},
    "RemoteStopTransaction": lambda needs: {"transactionId": int(needs.transaction())},
    "ReserveNow": lambda needs: {"connectorId": 1, "expiryDate": needs.later(3600), "idTag": needs.tag(),
                                 "reservationId": needs.number("reservation")},
    "Reset": _fixed(type="Soft"),
    "SendLocalList": lambda needs: {"listVersion": needs.list_version(), "updateType": "Full"},
    "SetChargingProfile": _profile16,
    "SignedUpdateFirmware": lambda needs: _firmware(needs, signingCertificate=_PEM, signature="MAo="),
    "TriggerMessage": _fixed(requestedMessage="Heartbeat"),
    "UnlockConnector": _fixed(connectorId=1),
    "UpdateFirmware": lambda needs: {
        "location": _FIRMWARE, "retrieveDate": needs.later()},
}

COMMANDS201: Mapping[str, Template] = {
    "CancelReservation": _fixed(reservationId=1),
    "CertificateSigned": _fixed(certificateChain=_PEM),
    "ChangeAvailability": _fixed(operationalStatus="Operative"),
    "ClearCache": _fixed(),
    "ClearChargingProfile": _clear_profile,
    "ClearDisplayMessage": _fixed(id=1),
    "ClearVariableMonitoring": _fixed(id=[1]),
    "CostUpdated": lambda needs: {"totalCost": 0, "transactionId": needs.transaction()},
    "CustomerInformation": _customer,
    "DataTransfer": _fixed(vendorId="com.example"),
    "DeleteCertificate": _delete,
    "GetBaseReport": _request(reportBase="FullInventory"),
    "GetChargingProfiles": _profiles,
    "GetCompositeSchedule": _fixed(duration=300, evseId=1),
    "GetDisplayMessages": _request(),
    "GetInstalledCertificateIds": _fixed(),
    "GetLocalListVersion": _fixed(),
    "GetLog": _log,
    "GetMonitoringReport": _request(),
    "GetReport": _request(),
    "GetTransactionStatus": _fixed(),
    "GetVariables": _fixed(getVariableData=[_VARIABLE]),
    "InstallCertificate": _fixed(certificateType="CSMSRootCertificate", certificate=_PEM),
    "PublishFirmware": _request(location=_FIRMWARE, checksum="00" * 16),
    "RequestStartTransaction": lambda needs: {
        "idToken": needs.id_token(), "remoteStartId": needs.number("remote start")},
    "RequestStopTransaction": lambda needs: {"transactionId": needs.transaction()},
    "ReserveNow": lambda needs: {"id": needs.number("reservation"), "expiryDateTime": needs.later(3600),
                                 "idToken": needs.id_token()},
    "Reset": _fixed(type="OnIdle"),
    "SendLocalList": lambda needs: {"versionNumber": needs.list_version(), "updateType": "Full"},
    "SetChargingProfile": _profile201,
    "SetDisplayMessage": lambda needs: {"message": {
        "id": needs.number("display message"), "priority": "NormalCycle",
        "message": {"format": "UTF8", "content": "Hello"}}},
    "SetMonitoringBase": _fixed(monitoringBase="All"),
    "SetMonitoringLevel": _fixed(severity=9),
    "SetNetworkProfile": _fixed(configurationSlot=1, connectionData={
        "ocppVersion": "OCPP20", "ocppTransport": "JSON", "ocppCsmsUrl": "wss://csms.example.com/ocpp",
        "messageTimeout": 30, "securityProfile": 2, "ocppInterface": "Wired0"}),
    "SetVariableMonitoring": _fixed(
        setMonitoringData=[{"value": 1, "type": "Delta", "severity": 8, **_VARIABLE}]),
    "SetVariables": _fixed(setVariableData=[{"attributeValue": "123", **_VARIABLE}]),
    "TriggerMessage": _fixed(requestedMessage="Heartbeat"),
    "UnlockConnector": _fixed(evseId=1, connectorId=1),
    "UnpublishFirmware": _fixed(checksum="00" * 16),
    "UpdateFirmware": _firmware,
}


def complete(template: Template, needs: Needs) -> Json:
    """The operator's payload over the defaults: objects are merged, anything else replaces, None takes away."""
    return _over(template(needs), needs.payload)


def _over(base: Json, top: Json) -> Json:
    if not (isinstance(base, Mapping) and isinstance(top, Mapping)):
        return top
    merged = {**base, **{name: _over(base.get(name), value) for name, value in top.items()}}
    return {name: value for name, value in merged.items() if value is not None}
