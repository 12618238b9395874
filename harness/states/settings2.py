"""States of a 2.x station under test that come by configuration: where transactions begin and end, what is measured.

A variable may be read-only and hold already what is needed. So each is set, which may be refused, and then
read back: what it holds decides.
"""

from __future__ import annotations

from harness.states.state import TWO, Line, State, do, see

Setting = tuple[str, str, str, str]
"""Component, variable (``Name[instance]``), the value to set, and what it must then be like."""

ENERGY = "Energy.Active.Import.Register"


def _rows(data: str, number: int, component: str, variable: str) -> list[tuple[str, str]]:
    name, _, instance = variable.partition("[")
    rows = [(f"{data}[{number}].component.name", component), (f"{data}[{number}].variable.name", name)]
    return rows + ([(f"{data}[{number}].variable.instance", instance.rstrip("]"))] if instance else [])


def held(name: str, *settings: Setting) -> tuple[Line, ...]:
    """Variables set, if they can be, and seen to hold what is needed."""
    wanted, read, taken, held = [], [], [], []
    for number, (component, variable, value, like) in enumerate(settings):
        wanted += [*_rows("setVariableData", number, component, variable)]
        wanted += [(f"setVariableData[{number}].attributeValue", value)]
        taken += [(f"setVariableResult[{number}].attributeStatus", "any of Accepted, Rejected")]
        read += _rows("getVariableData", number, component, variable)
        held += [(f"getVariableResult[{number}].attributeValue", like)]
    return (
        do(f'the CSMS sends SetVariables as "set {name}" with', *wanted),
        see(f'the station answers "set {name}" with', *taken),
        do(f'the CSMS sends GetVariables as "{name}" with', *read),
        see(f'the station answers "{name}" with', *held),
    )


def _state(name: str, *settings: Setting) -> State:
    return State(f"set to {name}", "station", TWO, held(name, *settings))


def _starts(name: str, value: str, like: str) -> State:
    return _state(name, ("TxCtrlr", "TxStartPoint", value, f"like {like}"))


def _stops(name: str, value: str, like: str) -> State:
    return _state(name, ("TxCtrlr", "TxStopPoint", value, f"like {like}"))


# Whatever else is set must not come before the point that the scenario is about.
_POINTS = (
    _starts("start before energy flows", "EVConnected,Authorized", ".*(Parking|EVConn|Auth|PowerPath).*"),
    _starts("start when the bay is taken", "ParkingBayOccupancy", ".*ParkingBayOccupancy.*"),
    _starts("start when the cable is in", "EVConnected", "(?!.*Parking).*EVConnected.*"),
    _starts("start when the driver is authorized", "Authorized", "(?!.*Parking).*Authorized.*"),
    _starts("start only when the driver is authorized", "Authorized", "Authorized"),
    _starts(
        "start when the power path is closed",
        "PowerPathClosed",
        "(?!.*(Parking|EVConn|Auth|Signed)).*PowerPathClosed.*",
    ),
    _starts("start when a reading is signed", "DataSigned", "(?!.*(Parking|EVConn|Auth|PowerPath)).*DataSigned.*"),
    _starts("start when energy flows", "EnergyTransfer", "EnergyTransfer"),
    _stops("stop when the bay is empty", "ParkingBayOccupancy", "ParkingBayOccupancy"),
    _stops("stop when the cable is out", "EVConnected", "(?!.*(Auth|PowerPath|Energy|Signed)).*EVConnected.*"),
    _stops("stop with the authorization", "Authorized", "(?!.*(PowerPath|Energy)).*Authorized.*"),
    _stops("stop when the power path opens", "PowerPathClosed", "(?!.*(Auth|Energy|EVConn|Signed)).*PowerPathClosed.*"),
    _stops("stop when the energy stops", "EnergyTransfer", "(?!.*(Auth|PowerPath)).*EnergyTransfer.*"),
)

_TRANSACTIONS = (
    _state("wait 2 s for the cable", ("TxCtrlr", "EVConnectionTimeOut", "2", "2")),
    _state("keep the authorization when unplugged", ("TxCtrlr", "StopTxOnEVSideDisconnect", "false", "false")),
    _state("keep the cable when unplugged", ("OCPPCommCtrlr", "UnlockOnEVSideDisconnect", "false", "false")),
    _state("unlock when unplugged", ("OCPPCommCtrlr", "UnlockOnEVSideDisconnect", "true", "true")),
    _state("end the authorization when unplugged", ("TxCtrlr", "StopTxOnEVSideDisconnect", "true", "true")),
    _state(
        "authorize remote starts",
        ("AuthCtrlr", "AuthorizeRemoteStart", "true", "true"),
        ("AuthCtrlr", "LocalPreAuthorize", "false", "false"),
    ),
    _state("ask nobody about a driver", ("AuthCtrlr", "DisableRemoteAuthorization", "true", "true")),
    _state("ask about a driver again", ("AuthCtrlr", "DisableRemoteAuthorization", "false", "false")),
    _state("keep no list", ("LocalAuthListCtrlr", "Enabled", "false", "false")),
    _state("ask nobody where its list says no", ("LocalAuthListCtrlr", "DisablePostAuthorize", "true", "true")),
    _state("ask even where its list says no", ("LocalAuthListCtrlr", "DisablePostAuthorize", "false", "false")),
    _state("believe remote starts", ("AuthCtrlr", "AuthorizeRemoteStart", "false", "false")),
    _state(
        "try twice, a second apart",
        ("OCPPCommCtrlr", "MessageAttempts[TransactionEvent]", "2", "2"),
        ("OCPPCommCtrlr", "MessageAttemptInterval[TransactionEvent]", "1", "1"),
    ),
    _state(
        "try three times, a second apart",
        ("OCPPCommCtrlr", "MessageAttempts[TransactionEvent]", "3", "3"),
        ("OCPPCommCtrlr", "MessageAttemptInterval[TransactionEvent]", "1", "1"),
    ),
)

_METERS = (
    _state(
        "read its meters every 2 s of the clock",
        ("AlignedDataCtrlr", "Measurands", ENERGY, ENERGY),
        ("AlignedDataCtrlr", "Interval", "2", "2"),
    ),
    _state("read no meters by the clock", ("AlignedDataCtrlr", "Interval", "0", "0")),
    _state("read its meters while idle alone", ("AlignedDataCtrlr", "SendDuringIdle", "true", "true")),
    _state("read its meters whoever charges", ("AlignedDataCtrlr", "SendDuringIdle", "false", "false")),
    _state("sign its readings", ("SampledDataCtrlr", "SignReadings", "true", "true")),
    _state("sign no readings", ("SampledDataCtrlr", "SignReadings", "false", "false")),
    _state("sign its readings by the clock", ("AlignedDataCtrlr", "SignReadings", "true", "true")),
    _state("sign no readings by the clock", ("AlignedDataCtrlr", "SignReadings", "false", "false")),
    _state(
        "sum up with readings by the clock",
        ("AlignedDataCtrlr", "TxEndedMeasurands", ENERGY, ENERGY),
        ("AlignedDataCtrlr", "TxEndedInterval", "1", "1"),
        ("SampledDataCtrlr", "TxEndedMeasurands", '""', '""'),
    ),
    _state(
        "sum up with readings every 2 s of the clock",
        ("AlignedDataCtrlr", "TxEndedMeasurands", ENERGY, ENERGY),
        ("AlignedDataCtrlr", "TxEndedInterval", "2", "2"),
        ("SampledDataCtrlr", "TxEndedMeasurands", '""', '""'),
    ),
    _state(
        "sum up with its samples",
        ("SampledDataCtrlr", "TxEndedMeasurands", ENERGY, ENERGY),
        ("SampledDataCtrlr", "TxEndedInterval", "1", "1"),
        ("AlignedDataCtrlr", "TxEndedMeasurands", '""', '""'),
    ),
    _state(
        "sample every second",
        ("SampledDataCtrlr", "TxUpdatedMeasurands", ENERGY, ENERGY),
        ("SampledDataCtrlr", "TxUpdatedInterval", "1", "1"),
    ),
    _state(
        "sample every other second",
        ("SampledDataCtrlr", "TxUpdatedMeasurands", ENERGY, ENERGY),
        ("SampledDataCtrlr", "TxUpdatedInterval", "2", "2"),
    ),
    _state("sample nothing on the way", ("SampledDataCtrlr", "TxUpdatedInterval", "0", "0")),
    _state("begin with a reading", ("SampledDataCtrlr", "TxStartedMeasurands", ENERGY, ENERGY)),
)

_SITUATIONS = (
    # Energy flowed, and the EV takes no more.
    State(
        "suspended",
        "station",
        TWO,
        (
            do("the driver lets the EV pause charging"),
            see(
                'the station sends TransactionEvent as "suspended" with',
                # E01.FR.20: a station that knows no pause says so.
                ("transactionInfo.chargingState", "any of SuspendedEV, EVConnected"),
            ),
        ),
        after="charging",
    ),
)


def _closed(name: str, *place: tuple[str, str]) -> State:
    """Taken out of service, and the station has said so."""
    unavailable = (("evseId", "1"), ("connectorId", "1"), ("connectorStatus", "Unavailable"))
    return State(
        f"closed {name}",
        "station",
        TWO,
        (
            do('the CSMS sends ChangeAvailability as "closed" with', ("operationalStatus", "Inoperative"), *place),
            see('the station answers "closed" with', ("status", "Accepted")),
            see('the station reports a connector as "unavailable" with', *unavailable),
        ),
    )


def _open(name: str, *place: tuple[str, str]) -> State:
    """In service again, as it is left behind."""
    return State(
        f"open {name} again",
        "station",
        TWO,
        (
            do('the CSMS sends ChangeAvailability as "opened" with', ("operationalStatus", "Operative"), *place),
            see('the station answers "opened" with', ("status", "any of Accepted, Scheduled")),
        ),
    )


def _movable(attempts: str) -> State:
    """By its usual network connection profile; the spare one leads to the second address and comes first."""
    comm = "OCPPCommCtrlr"
    settings = (
        ("NetworkProfileConnectionAttempts", attempts), ("RetryBackOffWaitMinimum", "1"),
        ("RetryBackOffRepeatTimes", "0"), ("RetryBackOffRandomRange", "0"),
        ("NetworkConfigurationPriority", "the new slot order"),
    )  # fmt: skip
    wanted: list[tuple[str, str]] = []
    for number, (variable, value) in enumerate(settings):
        wanted += [*_rows("setVariableData", number, comm, variable)]
        wanted += [(f"setVariableData[{number}].attributeValue", value)]
    taken = [
        (f"setVariableResult[{number}].attributeStatus", "any of Accepted, RebootRequired")
        for number in range(len(settings))
    ]
    return State(
        f"ready to move after {attempts} attempt{'s' if attempts != '1' else ''}",
        "station",
        TWO,
        (
            do('the CSMS sends SetNetworkProfile as "profile" with', *SPARE_PROFILE),
            see('the station answers "profile" with', ("status", "Accepted")),
            do('the CSMS sends SetVariables as "order" with', *wanted),
            see('the station answers "order" with', *taken),
        ),
        after="connected by its usual profile",
    )


def _transfers(protocol: str) -> State:
    """The station names the protocol; one that does not need not have it."""
    rows = _rows("getVariableData", 0, "OCPPCommCtrlr", "FileTransferProtocols")
    named = f"like (?i)(.*, *)?{protocol}( *,.*)?"
    return State(
        f"able to transfer files by {protocol}",
        "station",
        TWO,
        (
            do('the CSMS sends GetVariables as "protocols" with', *rows),
            see('the station answers "protocols" with', ("getVariableResult[0].attributeValue", named)),
        ),
    )


SPARE_PROFILE = (
    ("configurationSlot", "the spare slot"),
    ("connectionData.ocppCsmsUrl", "the second address"),
    ("connectionData.ocppInterface", "the network interface"),
    ("connectionData.securityProfile", "the security profile"),
)
_NETWORK = (
    State(
        "connected by its usual profile",
        "station",
        TWO,
        (
            do(
                'the CSMS sends GetVariables as "network" with',
                *_rows("getVariableData", 0, "OCPPCommCtrlr", "ActiveNetworkProfile"),
                *_rows("getVariableData", 1, "OCPPCommCtrlr", "NetworkConfigurationPriority"),
            ),
            see(
                'the station answers "network" with',
                ("getVariableResult[0].attributeValue", "absent or the active slot"),
                ("getVariableResult[1].attributeStatus", "Accepted"),
            ),
        ),
    ),
    _movable("1"),
    _movable("2"),
)

_EVSE = (("evse.id", "1"), ("evse.connectorId", "absent"))
_CONNECTOR = (("evse.id", "1"), ("evse.connectorId", "1"))
_WHOLE = (("evse", "absent"),)
_SERVICE = (
    *(make("at one place", *_EVSE) for make in (_closed, _open)),
    *(make("at one connector", *_CONNECTOR) for make in (_closed, _open)),
    *(make("as a whole", *_WHOLE) for make in (_closed, _open)),
)

_PROTOCOLS = tuple(_transfers(protocol) for protocol in ("https", "ftp", "ftps", "sftp"))

STATES = (*_POINTS, *_TRANSACTIONS, *_METERS, *_SITUATIONS, *_SERVICE, *_NETWORK, *_PROTOCOLS)
