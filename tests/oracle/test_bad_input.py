"""Whatever a product puts into a payload, no rule of the monitor trips over it."""

from __future__ import annotations

import copy
from collections.abc import Iterator
from typing import Any

import pytest

from harness.oracle import expect
from harness.rpc.dialect import Role, Version
from tests.oracle.bench import Record

TIME = "2027-01-15T08:00:00Z"
PLACE = {"component": {"name": "OCPPCommCtrlr"}, "variable": {"name": "RetryBackOffRepeatTimes"}}
REGISTER = {"value": 7, "unitOfMeasure": {"unit": "kWh", "multiplier": 2}, "phase": "L1", "location": "Outlet"}
MARKED = [{"timestamp": TIME, "sampledValue": [{"value": "7", "context": "Transaction.End", "unit": "Wh"}]}]
CHANGED = {"trigger": "Delta", "actualValue": "Occupied", "variable": {"name": "AvailabilityState"},
           "component": {"name": "Connector", "evse": {"id": 1}}}
Exchange = tuple[str, dict[str, Any], dict[str, Any]]

# Action, request and answer, as rules look at them.
OF_STATIONS: dict[Version, list[Exchange]] = {
    "1.6": [
        ("BootNotification", {}, {"status": "Accepted", "currentTime": TIME}),
        ("StartTransaction", {"connectorId": 1, "meterStart": 9, "timestamp": TIME},
         {"transactionId": 42, "idTagInfo": {"status": "Accepted"}}),
        ("MeterValues", {"connectorId": 1, "transactionId": 42, "meterValue": MARKED}, {}),
        ("StopTransaction", {"transactionId": 42, "meterStop": 3, "timestamp": "2027-01-15T09:00:00Z",
                             "transactionData": MARKED}, {}),
        ("Heartbeat", {}, {"currentTime": TIME}),
    ],
    "2.0.1": [
        ("BootNotification", {}, {"status": "Accepted", "currentTime": TIME}),
        ("TransactionEvent", {"eventType": "Started", "timestamp": TIME, "seqNo": 0, "offline": True,
                              "transactionInfo": {"transactionId": "T"}, "evse": {"id": 1},
                              "meterValue": [{"timestamp": TIME, "sampledValue": [REGISTER]}]}, {}),
        ("MeterValues", {"evseId": 1, "meterValue": [{"timestamp": TIME, "sampledValue": [REGISTER]}]}, {}),
        ("NotifyEvent", {"generatedAt": TIME, "eventData": [CHANGED]}, {}),
        ("Heartbeat", {}, {"currentTime": TIME}),
    ],
}
OF_CSMS: dict[Version, list[Exchange]] = {
    "1.6": [
        ("TriggerMessage", {"requestedMessage": "Heartbeat"}, {"status": "Accepted"}),
        ("GetDiagnostics", {"location": "ftp://user:secret@files.example/"}, {}),
        ("UpdateFirmware", {"location": "ftp://files.example/", "retrieveDate": TIME}, {}),
    ],
    "2.0.1": [
        ("TriggerMessage", {"requestedMessage": "Heartbeat"}, {"status": "Accepted"}),
        ("SetVariables", {"setVariableData": [PLACE | {"attributeValue": "0"}]},
         {"setVariableResult": [PLACE | {"attributeStatus": "Accepted"}]}),
        ("GetVariables", {"getVariableData": [PLACE]},
         {"getVariableResult": [PLACE | {"attributeStatus": "Accepted", "attributeValue": "0"}]}),
        ("GetLog", {"log": {"remoteLocation": "sftp://user:secret@files.example/"}}, {}),
        ("UpdateFirmware", {"firmware": {"location": "https://files.example/"}}, {}),
    ],
}
ODD = (None, True, -1, 1e308, float("nan"), 2**70, "", "\ud800", [], {}, [[]], [None], [{}], {"a": []})


def places(payload: Any, path: tuple[Any, ...] = ()) -> Iterator[tuple[Any, ...]]:
    """Every place in it."""
    inside = payload.items() if isinstance(payload, dict) else enumerate(payload) if isinstance(payload, list) else ()
    for key, value in inside:
        yield (*path, key)
        yield from places(value, (*path, key))


def spoilt(payload: dict[str, Any], place: tuple[Any, ...], value: object) -> dict[str, Any]:
    payload = copy.deepcopy(payload)
    parent: Any = payload
    for key in place[:-1]:
        parent = parent[key]
    parent[place[-1]] = value
    return payload


def exchanges(version: Version) -> list[tuple[Role, Exchange]]:
    return [*(("station", e) for e in OF_STATIONS[version]), *(("csms", e) for e in OF_CSMS[version])]


def told(version: Version, sut: Role, odd: tuple[int, int, dict[str, Any]]) -> Record:
    """A conversation of all exchanges; in one of them the request (1) or the answer (2) is another."""
    record = Record(version, sut)
    record.opened()
    for number, (sender, exchange) in enumerate(exchanges(version)):
        action, *payloads = exchange
        if number == odd[0]:
            payloads[odd[1] - 1] = odd[2]
        say, reply = (record.theirs, record.ours) if sut == sender else (record.ours, record.theirs)
        expect.connector_states(say(2, f"m{number}", action, payloads[0], after=1))
        reply(3, f"m{number}", payloads[1])
    return record


@pytest.mark.parametrize("sut", ["station", "csms"])
@pytest.mark.parametrize("version", ["1.6", "2.0.1"])
def test_no_payload_trips_the_monitor(version: Version, sut: Role) -> None:
    for number, (_, exchange) in enumerate(exchanges(version)):
        for part, payload in enumerate(exchange[1:], start=1):
            assert isinstance(payload, dict)
            for place in places(payload):
                for value in ODD:
                    told(version, sut, (number, part, spoilt(payload, place, value))).findings()
