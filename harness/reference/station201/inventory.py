"""The components and variables of the practice station: those the core of OCPP 2.0.1 requires, and some more."""

from __future__ import annotations

from harness.reference.config import StationConfig
from harness.reference.station201 import upgrade
from harness.reference.station201.core import Core
from harness.reference.station201.variables import DeviceModel, Mutability, Variable, key
from harness.rpc.link import SECOND

RO: Mutability = "ReadOnly"
RW: Mutability = "ReadWrite"
WO: Mutability = "WriteOnly"

MEASURANDS = ("Energy.Active.Import.Register", "Power.Active.Import", "Current.Import", "Voltage")
ENERGY = "Energy.Active.Import.Register"
START_POINTS = ("ParkingBayOccupancy", "EVConnected", "Authorized", "PowerPathClosed", "EnergyTransfer", "DataSigned")
STATES = ("Available", "Occupied", "Reserved", "Unavailable", "Faulted")
SLOTS = ("1", "2", "3")
PROTOCOLS = ("FTP", "FTPS", "HTTP", "HTTPS", "SFTP")


def _flag(component: str, name: str, value: bool, mutability: Mutability = RW) -> Variable:
    return Variable(component, name, str(value).lower(), "boolean", mutability)


def _number(
    component: str, name: str, value: int, mutability: Mutability = RW, instance: str = "", unit: str = "",
    minimum: int = 0, maximum: int = 1_000_000,
) -> Variable:  # fmt: skip
    return Variable(
        component, name, str(value), "integer", mutability, instance, unit=unit, minimum=minimum, maximum=maximum
    )


def _list(component: str, name: str, value: str, values: tuple[str, ...], mutability: Mutability = RW) -> Variable:
    return Variable(component, name, value, "MemberList", mutability, values=values)


def _text(component: str, name: str, value: str, mutability: Mutability = RO, maximum: int | None = None) -> Variable:
    return Variable(component, name, value, "string", mutability, maximum=maximum)


def _data_controllers() -> tuple[Variable, ...]:
    sampled, aligned = "SampledDataCtrlr", "AlignedDataCtrlr"
    return (
        _flag(aligned, "Available", True, RO),
        _flag(aligned, "Enabled", True),
        _number(aligned, "Interval", 0, unit="s"),
        _list(aligned, "Measurands", ENERGY, MEASURANDS),
        _flag(aligned, "SendDuringIdle", False),
        _flag(aligned, "SignReadings", False),
        _number(aligned, "TxEndedInterval", 0, unit="s"),
        _list(aligned, "TxEndedMeasurands", ENERGY, MEASURANDS),
        _flag(sampled, "Available", True, RO),
        _flag(sampled, "Enabled", True),
        _flag(sampled, "SignReadings", False),
        _number(sampled, "TxEndedInterval", 0, unit="s"),
        _list(sampled, "TxEndedMeasurands", ENERGY, MEASURANDS),
        _list(sampled, "TxStartedMeasurands", ENERGY, MEASURANDS),
        _number(sampled, "TxUpdatedInterval", 0, unit="s"),
        _list(sampled, "TxUpdatedMeasurands", ENERGY, MEASURANDS),
    )


def _authorisation() -> tuple[Variable, ...]:
    auth, cache, listed = "AuthCtrlr", "AuthCacheCtrlr", "LocalAuthListCtrlr"
    return (
        _flag(auth, "Enabled", True),
        _flag(auth, "AuthorizeRemoteStart", False),
        _flag(auth, "DisableRemoteAuthorization", False),
        _flag(auth, "LocalAuthorizeOffline", True),
        _flag(auth, "LocalPreAuthorize", False),
        _flag(auth, "OfflineTxForUnknownIdEnabled", False),
        _text(auth, "MasterPassGroupId", "", RW, 36),
        _flag(cache, "Available", True, RO),
        _flag(cache, "Enabled", True),
        _number(cache, "LifeTime", 86_400, unit="s"),
        _flag(cache, "DisablePostAuthorize", False),
        _flag(listed, "Available", True, RO),
        _flag(listed, "Enabled", True),
        _number(listed, "Entries", 0, RO, maximum=1000),
        _number(listed, "ItemsPerMessage", 100, RO),
        _number(listed, "BytesPerMessage", 65_536, RO),
        _flag(listed, "DisablePostAuthorize", False),
        _flag(listed, "SupportsExpiryDateTime", True, RO),
    )


def _communication(config: StationConfig) -> tuple[Variable, ...]:
    comm = "OCPPCommCtrlr"
    back_off, timeout = max(1, config.reconnect_backoff // SECOND), max(1, config.call_timeout // SECOND)
    return (
        Variable(comm, "ActiveNetworkProfile", "1", "integer"),
        _list(comm, "FileTransferProtocols", ",".join(PROTOCOLS), PROTOCOLS, RO),
        _number(comm, "HeartbeatInterval", config.heartbeat_interval, unit="s", minimum=1),
        _number(comm, "MessageTimeout", timeout, RO, "Default", "s", 1),
        _number(comm, "MessageAttemptInterval", 10, RW, "TransactionEvent", "s"),
        _number(comm, "MessageAttempts", 3, RW, "TransactionEvent", minimum=1),
        Variable(comm, "NetworkConfigurationPriority", "1", "SequenceList", RW, values=SLOTS),
        _number(comm, "NetworkProfileConnectionAttempts", 3, minimum=1),
        _number(comm, "OfflineThreshold", 60, unit="s"),
        _flag(comm, "QueueAllMessages", False, RO),
        _number(comm, "ResetRetries", 1),
        _number(comm, "RetryBackOffRandomRange", 0, unit="s"),
        _number(comm, "RetryBackOffRepeatTimes", 5, maximum=20),
        _number(comm, "RetryBackOffWaitMinimum", back_off, unit="s", minimum=1),
        _flag(comm, "UnlockOnEVSideDisconnect", True),
        _number(comm, "WebSocketPingInterval", 0, unit="s"),
    )


def _controllers(config: StationConfig) -> tuple[Variable, ...]:
    device, security, tx = "DeviceDataCtrlr", "SecurityCtrlr", "TxCtrlr"
    points = START_POINTS if config.bay_sensor else START_POINTS[1:]
    messages = ("GetReport", "GetVariables", "SetVariables")
    return (
        *(_number(device, "ItemsPerMessage", 50, RO, name) for name in messages),
        *(_number(device, "BytesPerMessage", 65_536, RO, name) for name in messages),
        Variable("ClockCtrlr", "DateTime", "", "dateTime"),
        Variable(
            "ClockCtrlr", "TimeSource", "Heartbeat", "SequenceList", RW, values=("Heartbeat", "NTP", "RealTimeClock")
        ),
        Variable(security, "BasicAuthPassword", "", "passwordString", WO, maximum=40),
        _flag(security, "AdditionalRootCertificateCheck", config.checks_new_roots, RO),
        *((_flag(security, "AllowSecurityProfileDowngrade", False),) if config.has_downgrade_switch else ()),
        _number(security, "CertificateEntries", 0, RO, maximum=config.certificate_entries),
        _number(security, "CertSigningRepeatTimes", 3),
        _number(security, "CertSigningWaitMinimum", 60, unit="s"),
        Variable(security, "Identity", config.identity, "identifierString", maximum=48),
        _text(security, "OrganizationName", "Reference", RW, 64),
        _number(security, "SecurityProfile", 0, RO, maximum=3),
        _number(tx, "EVConnectionTimeOut", config.connection_timeout, unit="s"),
        _number(tx, "MaxEnergyOnInvalidId", 0, unit="Wh"),
        _flag(tx, "StopTxOnEVSideDisconnect", True),
        _flag(tx, "StopTxOnInvalidId", True),
        _list(tx, "TxStartPoint", "EVConnected,Authorized", points),
        _list(tx, "TxStopPoint", "EVConnected,Authorized", points),
    )


def _hardware(config: StationConfig) -> tuple[Variable, ...]:
    def place(component: str, evse: int, connector: int) -> tuple[Variable, ...]:
        return (
            Variable(component, "AvailabilityState", "", "OptionList", RO, "", evse, connector, values=STATES),
            Variable(component, "Available", "true", "boolean", RO, "", evse, connector),
            Variable(component, "Problem", "false", "boolean", RO, "", evse, connector),
            Variable(component, "SupplyPhases", str(config.phases), "integer", RO, "", evse, connector),
        )

    rows = [
        *place("ChargingStation", 0, 0),
        _flag("ChargingStation", "AllowNewSessionsPendingFirmwareUpdate", True),
        _number("ChargingStation", "MinimumStatusDuration", 0, unit="s"),
        _text("ChargingStation", "Model", config.model),
        _text("ChargingStation", "VendorName", config.vendor),
    ]
    for evse in range(1, config.evses + 1):
        rows += place("EVSE", evse, 0)
        rows.append(Variable("EVSE", "AllowReset", "true", "boolean", RO, "", evse))
        rows.append(
            Variable("EVSE", "Power", "0", "decimal", RO, "", evse, unit="W", minimum=0, maximum=config.meter_power)
        )
        for connector in range(1, config.connectors + 1):
            rows += place("Connector", evse, connector)
            kind = "cType2" if config.fixed_cable else "sType2"
            rows.append(Variable("Connector", "ConnectorType", kind, "string", RO, "", evse, connector))
    return tuple(rows)


def inventory(config: StationConfig) -> tuple[Variable, ...]:
    """Every variable of a station built like this; `configuration` overrides values by ``Component.Name``."""
    rows = (*_data_controllers(), *_authorisation(), *_communication(config), *_controllers(config))
    chosen = {name.lower(): value for name, value in config.configuration}
    overridden = tuple(_override(row, chosen) for row in rows)
    return (*overridden, *_hardware(config))


def _override(row: Variable, chosen: dict[str, str]) -> Variable:
    name = f"{row.component}.{row.name}" + (f"[{row.instance}]" if row.instance else "")
    value = chosen.get(name.lower())
    if value is None:
        return row
    fields = {slot: getattr(row, slot) for slot in row.__slots__}
    return Variable(**(fields | {"value": value}))


def connect(core: Core, model: DeviceModel) -> None:
    """Bind what is computed and what acts: clock, states, counters, heartbeat, password, priorities."""
    model.live[key("ClockCtrlr", "DateTime")] = core.timestamp
    model.live[key("LocalAuthListCtrlr", "Entries")] = lambda: str(len(core.memory.local_list))
    model.live[key("SecurityCtrlr", "CertificateEntries")] = lambda: str(len(core.memory.certificates.roots))
    model.live[key("SecurityCtrlr", "SecurityProfile")] = lambda: str(core.memory.security_profile)
    model.live[key("ChargingStation", "Problem")] = lambda: _text_of(core.sessions.faulted())
    for row in model:
        place = (row.evse, row.connector)
        if row.name == "AvailabilityState":
            model.live[row.key] = lambda place=place: core.availability.state(place)  # type: ignore[misc]
        elif row.name == "Problem" and row.connector:
            model.live[row.key] = lambda place=place: _text_of(place in core.sessions.faults)  # type: ignore[misc]
        elif row.name == "Power":
            model.live[row.key] = lambda evse=row.evse: str(core.sessions.power(evse))  # type: ignore[misc]
    model.changed[key("OCPPCommCtrlr", "HeartbeatInterval")] = lambda _: core.registration.heard()
    for name in ("Interval", "TxEndedInterval"):
        model.changed[key("AlignedDataCtrlr", name)] = lambda _: core.aligned.schedule()
    model.changed[key("OCPPCommCtrlr", "WebSocketPingInterval")] = lambda _: core.network.keep_alive()
    model.changed[key("SecurityCtrlr", "BasicAuthPassword")] = lambda value: _password(core, value)
    model.guards[key("OCPPCommCtrlr", "NetworkConfigurationPriority")] = lambda value: _priority(core, value)


def _text_of(truth: bool) -> str:
    return "true" if truth else "false"


def _password(core: Core, value: str) -> None:
    """A01.FR.02: keep the new password and use it from the next connection on, which is now."""
    if core.behaviour.keeps_old_password:
        return
    core.memory.password = value.encode()
    core.after("password", SECOND // 10, core.network.reconnect)


def _priority(core: Core, value: str) -> str:
    """B10.FR.02: every slot must hold a valid profile; slot 1 holds what the station was built with."""
    slots = [slot.strip() for slot in value.split(",")]
    numbers = [int(slot) for slot in slots if slot.isdigit()]
    known = all(number == 1 or number in core.memory.profiles for number in numbers)
    met = known and all(upgrade.permitted(core, core.memory.profiles.get(number)) for number in numbers)
    return "RebootRequired" if value and met else "Rejected"
