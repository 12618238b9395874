"""Configuration keys of the reference station: OCPP 1.6 chapter 9, OCPP-J 1.6 section 7 and its errata."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from harness.reference.config import StationConfig

MEASURANDS = (
    "Energy.Active.Import.Register",
    "Power.Active.Import",
    "Power.Offered",
    "Current.Import",
    "Current.Offered",
    "Voltage",
)
PROFILES = (
    "Core",
    "FirmwareManagement",
    "LocalAuthListManagement",
    "Reservation",
    "SmartCharging",
    "RemoteTrigger",
)
MAX_STACK_LEVEL = 10
MAX_PERIODS = 24
MAX_PROFILES = 20
LIST_MAX = 100
SEND_LIST_MAX = 50
MAX_KEYS = 60
_ROTATIONS = {"NotApplicable", "Unknown", "RST", "RTS", "SRT", "STR", "TRS", "TSR"}

Check = Callable[[str], bool]


def _natural(value: str) -> bool:
    return value.isascii() and value.isdigit() and int(value) < 2**31


def _boolean(value: str) -> bool:
    return value.lower() in ("true", "false")


def _measurands(value: str) -> bool:
    return value == "" or all(item.strip() in MEASURANDS for item in value.split(","))


def _rotation(value: str) -> bool:
    items = [item.strip().partition(".") for item in value.split(",")] if value else []
    return all(number.isdigit() and name in _ROTATIONS for number, _, name in items)


def _hexadecimal(value: str) -> bool:
    """16 to 20 bytes in hexadecimal (OCPP-J 1.6 errata 3.10: at most 40 characters)."""
    digits = set("0123456789abcdefABCDEF")
    return 32 <= len(value) <= 40 and len(value) % 2 == 0 and set(value) <= digits


def _profile(value: str) -> bool:
    return value in ("0", "1", "2", "3")


def _any(_value: str) -> bool:
    return True


@dataclass(frozen=True, slots=True)
class Key:
    """One configuration key. `readonly` None marks a key that can be written and never read."""

    name: str
    default: str
    check: Check = _any
    readonly: bool | None = False
    profile: str = "Core"


def keys(config: StationConfig) -> dict[str, Key]:
    """The inventory of a station with this configuration, by name."""
    supported = [name for name in PROFILES if name not in config.unsupported_profiles]
    table = _core(config, supported) + _profiles()
    overrides = dict(config.configuration)
    return {
        key.name: Key(key.name, overrides.get(key.name, key.default), key.check, key.readonly, key.profile)
        for key in table
        if key.profile in supported
    }


def _core(config: StationConfig, supported: list[str]) -> list[Key]:
    count = config.evses * config.connectors
    rotation = ",".join(f"{number}.RST" for number in range(count + 1))
    table = [
        Key("AllowOfflineTxForUnknownId", "false", _boolean),
        Key("AuthorizationCacheEnabled", "true", _boolean),
        Key("AuthorizationKey", "", _hexadecimal, None),
        Key("AuthorizeRemoteTxRequests", "true", _boolean),
        Key("ClockAlignedDataInterval", "0", _natural),
        Key("CertSigningRepeatTimes", "2", _natural),
        Key("CertSigningWaitMinimum", "60", _natural),
        Key("CpoName", "Reference"),
        Key("SecurityProfile", "0", _profile),
        *((Key("AdditionalRootCertificateCheck", "true", readonly=True),) if config.checks_new_roots else ()),
        *((Key("AllowSecurityProfileDowngrade", "false", _boolean),) if config.has_downgrade_switch else ()),
        Key("ConnectionTimeOut", str(config.connection_timeout), _natural),
        Key("ConnectorPhaseRotation", rotation, _rotation),
        Key("ConnectorPhaseRotationMaxLength", str(count + 1), readonly=True),
        Key("GetConfigurationMaxKeys", str(MAX_KEYS), readonly=True),
        Key("HeartbeatInterval", str(config.heartbeat_interval), _natural),
        Key("LocalAuthorizeOffline", "true", _boolean),
        Key("LocalPreAuthorize", "false", _boolean),
        Key("MeterValueSampleInterval", "60", _natural),
        Key("MinimumStatusDuration", "0", _natural),
        Key("NumberOfConnectors", str(count), readonly=True),
        Key("ResetRetries", "1", _natural),
        Key("StopTransactionOnEVSideDisconnect", "true", _boolean),
        Key("StopTransactionOnInvalidId", "true", _boolean),
        Key("SupportedFeatureProfiles", ",".join(supported), readonly=True),
        Key("SupportedFeatureProfilesMaxLength", str(len(PROFILES)), readonly=True),
        Key("TransactionMessageAttempts", "3", _natural),
        Key("TransactionMessageRetryInterval", "10", _natural),
        Key("UnlockConnectorOnEVSideDisconnect", "true", _boolean),
        Key("WebSocketPingInterval", "0", _natural),
    ]
    return [*table, *_measured()]


def _measured() -> Iterator[Key]:
    """Which measurands go into what."""
    register = MEASURANDS[0]
    lists = {"MeterValuesAlignedData": register, "MeterValuesSampledData": register, "StopTxnAlignedData": "",
             "StopTxnSampledData": register}
    for name, default in lists.items():
        yield Key(name, default, _measurands)
        yield Key(name + "MaxLength", str(len(MEASURANDS)), readonly=True)


def _profiles() -> list[Key]:
    smart = (
        ("ChargeProfileMaxStackLevel", str(MAX_STACK_LEVEL)),
        ("ChargingScheduleAllowedChargingRateUnit", "Current,Power"),
        ("ChargingScheduleMaxPeriods", str(MAX_PERIODS)),
        ("MaxChargingProfilesInstalled", str(MAX_PROFILES)),
        ("ConnectorSwitch3to1PhaseSupported", "false"),
    )
    return [
        Key("LocalAuthListEnabled", "true", _boolean, profile="LocalAuthListManagement"),
        Key("LocalAuthListMaxLength", str(LIST_MAX), readonly=True, profile="LocalAuthListManagement"),
        Key("SendLocalListMaxLength", str(SEND_LIST_MAX), readonly=True, profile="LocalAuthListManagement"),
        Key("ReserveConnectorZeroSupported", "true", readonly=True, profile="Reservation"),
        Key("SupportedFileTransferProtocols", "HTTP,FTP", readonly=True, profile="FirmwareManagement"),
        *(Key(name, value, readonly=True, profile="SmartCharging") for name, value in smart),
    ]
