"""One frozen value per OCPP version: subprotocol, message types, actions with direction, error codes.

Sources: OCPP-J 1.6 section 4 with its errata sheet; OCPP 2.0.1 Part 4 section 4 with the errata of
2026-04; OCPP 2.1 edition 2 Part 4 section 4. Directions: the message chapters of OCPP 1.6, of the 1.6
security whitepaper and of OCPP 2.0.1 Part 2; for 2.1 the use cases that introduce the message.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from enum import StrEnum
from types import MappingProxyType
from typing import Literal

Role = Literal["station", "csms"]
Version = Literal["1.6", "2.0.1", "2.1"]

UNREADABLE = "-1"
"""The messageId of a CALLERROR to a message whose own id cannot be read (2.x 4.2.3)."""

VERSIONS: tuple[Version, ...] = ("1.6", "2.0.1", "2.1")


class Cause(StrEnum):
    """Why a message is refused; each version has its own error code for it (`Dialect.codes`)."""

    FORMAT = "format"
    OCCURRENCE = "occurrence"
    PROPERTY = "property"
    TYPE = "type"
    PROTOCOL = "protocol"
    FRAMEWORK = "framework"
    REUSED_ID = "reused-id"
    UNKNOWN_ACTION = "unknown-action"
    UNSUPPORTED_ACTION = "unsupported-action"
    MESSAGE_TYPE = "message-type"
    SECURITY = "security"
    INTERNAL = "internal"
    GENERIC = "generic"


@dataclass(frozen=True, slots=True)
class Action:
    """A message that opens an exchange. `kind` "send": OCPP 2.1 SEND, nobody answers it."""

    name: str
    senders: frozenset[Role]
    kind: Literal["call", "send"] = "call"


@dataclass(frozen=True, slots=True, eq=False)  # told apart by identity, so that a cache may know it
class Dialect:
    """What OCPP-J means in one version and edition.

    `codes`: per cause the error codes a conforming receiver may use, the closest one first.
    `unreadable_id`: the messageId of a CALLERROR to a message whose id cannot be read (2.x 4.2.3), or
    None where the version names none. `refuses_unknown_type`: whether an unknown message type number is
    answered (2.0.1 4.4 as printed) or ignored (everywhere else). `may_drop`: whether an invalid message
    may be dropped unanswered (2.x 4.2.3). `retry_keeps_id`: whether a repeated CALL may keep its id (2.x
    4.1.4). `strict_turns`: a second open CALL breaks a SHALL (2.x 4.1.1), not a SHOULD (1.6 4.1.1).
    """

    version: Version
    edition: str
    subprotocol: str
    message_types: frozenset[int]
    actions: Mapping[str, Action]
    codes: Mapping[Cause, tuple[str, ...]]
    misspelt_codes: frozenset[str] = frozenset()
    max_id: int = 36
    max_description: int | None = None
    unreadable_id: str | None = None
    refuses_unknown_type: bool = False
    may_drop: bool = False
    retry_keeps_id: bool = False
    strict_turns: bool = True

    def code(self, cause: Cause) -> str:
        """The error code for `cause` in this version's spelling."""
        return self.codes[cause][0]

    @property
    def error_codes(self) -> frozenset[str]:
        """Every code of this version's table of valid error codes."""
        return frozenset(name for names in self.codes.values() for name in names)

    def may_send(self, role: Role, action: str) -> bool:
        """Whether `role` may open an exchange with `action`; False for an unknown action."""
        known = self.actions.get(action)
        return known is not None and role in known.senders


def other(role: Role) -> Role:
    """The role at the far end."""
    return "csms" if role == "station" else "station"


_V16_STATION = """Authorize BootNotification DiagnosticsStatusNotification FirmwareStatusNotification
Heartbeat LogStatusNotification MeterValues SecurityEventNotification SignCertificate
SignedFirmwareStatusNotification StartTransaction StatusNotification StopTransaction"""

_V16_CSMS = """CancelReservation CertificateSigned ChangeAvailability ChangeConfiguration ClearCache
ClearChargingProfile DeleteCertificate ExtendedTriggerMessage GetCompositeSchedule GetConfiguration
GetDiagnostics GetInstalledCertificateIds GetLocalListVersion GetLog InstallCertificate
RemoteStartTransaction RemoteStopTransaction ReserveNow Reset SendLocalList SetChargingProfile
SignedUpdateFirmware TriggerMessage UnlockConnector UpdateFirmware"""

_V201_STATION = """Authorize BootNotification ClearedChargingLimit FirmwareStatusNotification
Get15118EVCertificate GetCertificateStatus Heartbeat LogStatusNotification MeterValues
NotifyChargingLimit NotifyCustomerInformation NotifyDisplayMessages NotifyEVChargingNeeds
NotifyEVChargingSchedule NotifyEvent NotifyMonitoringReport NotifyReport
PublishFirmwareStatusNotification ReportChargingProfiles ReservationStatusUpdate
SecurityEventNotification SignCertificate StatusNotification TransactionEvent"""

_V201_CSMS = """CancelReservation CertificateSigned ChangeAvailability ClearCache ClearChargingProfile
ClearDisplayMessage ClearVariableMonitoring CostUpdated CustomerInformation DeleteCertificate
GetBaseReport GetChargingProfiles GetCompositeSchedule GetDisplayMessages GetInstalledCertificateIds
GetLocalListVersion GetLog GetMonitoringReport GetReport GetTransactionStatus GetVariables
InstallCertificate PublishFirmware RequestStartTransaction RequestStopTransaction ReserveNow Reset
SendLocalList SetChargingProfile SetDisplayMessage SetMonitoringBase SetMonitoringLevel
SetNetworkProfile SetVariableMonitoring SetVariables TriggerMessage UnlockConnector UnpublishFirmware
UpdateFirmware"""

_V21_STATION = """BatterySwap GetCertificateChainStatus NotifyDERAlarm NotifyDERStartStop
NotifyPriorityCharging NotifySettlement OpenPeriodicEventStream PullDynamicScheduleUpdate
ReportDERControl VatNumberValidation"""

_V21_CSMS = """AFRRSignal AdjustPeriodicEventStream ChangeTransactionTariff ClearDERControl ClearTariffs
GetDERControl GetPeriodicEventStream GetTariffs NotifyAllowedEnergyTransfer NotifyWebPaymentStarted
RequestBatterySwap SetDERControl SetDefaultTariff UpdateDynamicSchedule UsePriorityCharging"""

# ClosePeriodicEventStream: published readings of 2.1 disagree on who sends it, so neither is blamed.
_V21_BOTH = "ClosePeriodicEventStream"


def _actions(station: str, csms: str, both: str = "", sends: str = "") -> Mapping[str, Action]:
    either: frozenset[Role] = frozenset(("station", "csms"))
    table = [Action(name, frozenset(("station",))) for name in station.split()]
    table += [Action(name, frozenset(("csms",))) for name in csms.split()]
    table += [Action(name, either) for name in ("DataTransfer", *both.split())]
    table += [Action(name, frozenset(("station",)), "send") for name in sends.split()]
    return MappingProxyType({action.name: action for action in sorted(table, key=lambda a: a.name)})


def _codes(table: Mapping[Cause, str]) -> Mapping[Cause, tuple[str, ...]]:
    return MappingProxyType({cause: tuple(names.split()) for cause, names in table.items()})


# OCPP-J 1.6 table 7. It has no code for a broken frame; the closest ones say "not the PDU structure".
_CODES_16 = _codes({
    Cause.FORMAT: "FormationViolation ProtocolError",
    Cause.OCCURRENCE: "OccurenceConstraintViolation ProtocolError FormationViolation",
    Cause.PROPERTY: "PropertyConstraintViolation FormationViolation TypeConstraintViolation",
    Cause.TYPE: "TypeConstraintViolation FormationViolation PropertyConstraintViolation",
    Cause.PROTOCOL: "ProtocolError FormationViolation",
    Cause.FRAMEWORK: "FormationViolation ProtocolError GenericError",
    Cause.REUSED_ID: "GenericError ProtocolError FormationViolation",
    Cause.UNKNOWN_ACTION: "NotImplemented NotSupported",
    Cause.UNSUPPORTED_ACTION: "NotSupported NotImplemented",
    Cause.MESSAGE_TYPE: "NotSupported GenericError",
    Cause.SECURITY: "SecurityError",
    Cause.INTERNAL: "InternalError",
    Cause.GENERIC: "GenericError",
})

# OCPP 2.0.1 Part 4 section 4.3, unchanged in 2.1.
_CODES_2 = _codes({
    Cause.FORMAT: "FormatViolation ProtocolError",
    Cause.OCCURRENCE: "OccurrenceConstraintViolation FormatViolation ProtocolError",
    Cause.PROPERTY: "PropertyConstraintViolation FormatViolation TypeConstraintViolation",
    Cause.TYPE: "TypeConstraintViolation FormatViolation PropertyConstraintViolation",
    Cause.PROTOCOL: "ProtocolError FormatViolation",
    Cause.FRAMEWORK: "RpcFrameworkError FormatViolation ProtocolError",
    Cause.REUSED_ID: "RpcFrameworkError GenericError ProtocolError",
    Cause.UNKNOWN_ACTION: "NotImplemented NotSupported",
    Cause.UNSUPPORTED_ACTION: "NotSupported NotImplemented",
    Cause.MESSAGE_TYPE: "MessageTypeNotSupported RpcFrameworkError",
    Cause.SECURITY: "SecurityError",
    Cause.INTERNAL: "InternalError",
    Cause.GENERIC: "GenericError",
})

_V16 = Dialect(
    version="1.6",
    edition="2 + errata 4.0, OCPP-J errata 1.0",
    subprotocol="ocpp1.6",
    message_types=frozenset((2, 3, 4)),
    actions=_actions(_V16_STATION, _V16_CSMS),
    codes=_CODES_16,
    # The errata sheet (5.1, 5.2) names the right spellings and keeps the wrong ones on the wire.
    misspelt_codes=frozenset(("FormatViolation", "OccurrenceConstraintViolation")),
    strict_turns=False,
)
_V201_AS_PRINTED = Dialect(
    version="2.0.1",
    edition="4",
    subprotocol="ocpp2.0.1",
    message_types=frozenset((2, 3, 4)),
    actions=_actions(_V201_STATION, _V201_CSMS),
    codes=_CODES_2,
    misspelt_codes=frozenset(("OccurenceConstraintViolation", "FormationViolation")),
    max_description=255,
    unreadable_id=UNREADABLE,
    refuses_unknown_type=True,
    may_drop=True,
    retry_keeps_id=True,
)


def _with_errata(printed: Dialect) -> Dialect:
    """Errata 2026-04 items 4.1 and 4.3: an unknown message type is ignored as a whole."""
    return replace(printed, edition="4 + errata 2026-04", refuses_unknown_type=False)


_V21 = Dialect(
    version="2.1",
    edition="2",
    subprotocol="ocpp2.1",
    message_types=frozenset((2, 3, 4, 5, 6)),
    actions=_actions(
        _V201_STATION + " " + _V21_STATION,
        _V201_CSMS + " " + _V21_CSMS,
        _V21_BOTH,
        "NotifyPeriodicEventStream",
    ),
    codes=_CODES_2,
    misspelt_codes=frozenset(("OccurenceConstraintViolation", "FormationViolation")),
    max_description=255,
    unreadable_id=UNREADABLE,
    may_drop=True,
    retry_keeps_id=True,
)


def _by_version(dialects: Iterable[Dialect]) -> Mapping[Version, Dialect]:
    return MappingProxyType({dialect.version: dialect for dialect in dialects})


DIALECTS = _by_version((_V16, _with_errata(_V201_AS_PRINTED), _V21))
"""The dialect of each version with the errata in force."""

V201_AS_PRINTED = _V201_AS_PRINTED
"""OCPP 2.0.1 edition 4 without errata: an unknown message type is answered with MessageTypeNotSupported."""


def for_subprotocol(name: str) -> Dialect | None:
    """The dialect of a WebSocket subprotocol name such as "ocpp2.0.1", or None."""
    return next((dialect for dialect in DIALECTS.values() if dialect.subprotocol == name), None)
