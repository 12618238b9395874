"""States of a station under test with short intervals, so that clocks can be judged in seconds."""

from __future__ import annotations

from harness.states.settings2 import held
from harness.states.state import ONE, TWO, State, do, see
from harness.states.station16 import settled

_COMM = "OCPPCommCtrlr"
_ENERGY = "Energy.Active.Import.Register"


def _two(name: str, *settings: tuple[str, str, str]) -> State:
    """Component, variable and value; one that holds already what is needed may be read-only."""
    return State(name, "station", TWO, held("clock", *((*setting, setting[-1]) for setting in settings)))


def _one(name: str, *settings: tuple[str, str]) -> State:
    return State(name, "station", ONE, sum((settled(key, value) for key, value in settings), ()))


STATES = (
    # Its heartbeat interval is no shorter: so long it need not say anything.
    State(
        "allowed to be quiet for five minutes",
        "csms",
        ONE + TWO,
        (
            do('the station sends BootNotification as "boot"'),
            see('the CSMS answers "boot" with', ("status", "Accepted"), ("interval", "at least 300")),
        ),
        after="connected",
    ),
    _two("set to give a sign of life every 2 s", (_COMM, "HeartbeatInterval", "2")),
    _two("set to take the time from signs of life", ("ClockCtrlr", "TimeSource", "Heartbeat")),
    _two("set to give no sign of life for hours", (_COMM, "HeartbeatInterval", "86400")),
    _two("set to ping every second", (_COMM, "WebSocketPingInterval", "1")),
    _two("set to ping every 2 s", (_COMM, "WebSocketPingInterval", "2")),
    _two(
        "set to double its pauses from 1 s on",
        (_COMM, "RetryBackOffWaitMinimum", "1"),
        (_COMM, "RetryBackOffRepeatTimes", "2"),
        (_COMM, "RetryBackOffRandomRange", "0"),
    ),
    _two(
        "set to double its pauses once",
        (_COMM, "RetryBackOffWaitMinimum", "1"),
        (_COMM, "RetryBackOffRepeatTimes", "1"),
        (_COMM, "RetryBackOffRandomRange", "0"),
    ),
    _two(
        "set to vary its pauses by up to 2 s",
        (_COMM, "RetryBackOffWaitMinimum", "1"),
        (_COMM, "RetryBackOffRepeatTimes", "0"),
        (_COMM, "RetryBackOffRandomRange", "2"),
    ),
    _two(
        "set to vary its pauses by up to 4 s",
        (_COMM, "RetryBackOffWaitMinimum", "1"),
        (_COMM, "RetryBackOffRepeatTimes", "0"),
        (_COMM, "RetryBackOffRandomRange", "4"),
    ),
    _two("set to report no state that lasts less than 2 s", ("ChargingStation", "MinimumStatusDuration", "2")),
    _two(
        "set to meter every 2 s",
        ("SampledDataCtrlr", "TxUpdatedMeasurands", _ENERGY),
        ("SampledDataCtrlr", "TxUpdatedInterval", "2"),
    ),
    _two(
        "set to meter by the clock every 2 s",
        ("SampledDataCtrlr", "TxUpdatedInterval", "0"),
        ("AlignedDataCtrlr", "Measurands", _ENERGY),
        ("AlignedDataCtrlr", "Interval", "2"),
    ),
    _two(
        "set to meter by the clock every quarter of an hour",
        ("SampledDataCtrlr", "TxUpdatedInterval", "0"),
        ("AlignedDataCtrlr", "Measurands", _ENERGY),
        ("AlignedDataCtrlr", "Interval", "900"),
    ),
    _one("set to give a sign of life every 2 s", ("HeartbeatInterval", "2")),
    _one("set to give no sign of life for hours", ("HeartbeatInterval", "86400")),
    _one("set to read no meters by the clock", ("ClockAlignedDataInterval", "0")),
    _one("set to ping every second", ("WebSocketPingInterval", "1")),
    _one("set to ping every 2 s", ("WebSocketPingInterval", "2")),
    _one("set to wait 2 s for the cable", ("ConnectionTimeOut", "2")),
    _one(
        "set to repeat transaction messages after 1 s",
        ("TransactionMessageAttempts", "3"),
        ("TransactionMessageRetryInterval", "1"),
    ),
    _one(
        "set to meter every 2 s",
        ("MeterValuesSampledData", _ENERGY),
        ("ClockAlignedDataInterval", "0"),
        ("MeterValueSampleInterval", "2"),
    ),
    _one(
        "set to meter by the clock every 2 s",
        ("MeterValuesAlignedData", _ENERGY),
        ("MeterValueSampleInterval", "0"),
        ("ClockAlignedDataInterval", "2"),
    ),
    _one(
        "set to meter by the clock every quarter of an hour",
        ("MeterValuesAlignedData", _ENERGY),
        ("MeterValueSampleInterval", "0"),
        ("ClockAlignedDataInterval", "900"),
    ),
    _one("set to report no state that lasts less than 2 s", ("MinimumStatusDuration", "2")),
)
