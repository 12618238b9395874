"""What is put back after a scenario on a real station, read from what was asked and answered."""

from __future__ import annotations

import json
from itertools import count

import pytest

from harness.journal import Direction, Journal, Text
from harness.oracle.transcript import Transcript
from harness.restoring import Changes
from harness.rpc.dialect import DIALECTS
from harness.rpc.link import Instant

IDS = count(1)
YES = {"status": "Accepted"}


def taught(version, *said):
    """`said`: (action, our request, the station's answer), or (action, the station's request)."""
    changes = Changes()
    for action, asked, *answer in said:
        journal, id, at = Journal(), f"m{next(IDS)}", Instant(1, 1)
        ask, reply = (Direction.OUT, Direction.IN) if answer else (Direction.IN, Direction.OUT)
        journal.append(1, Text(ask, json.dumps([2, id, action, asked])), at)
        journal.append(1, Text(reply, json.dumps([3, id, answer[0] if answer else {}])), at)
        changes.learn(Transcript(journal, DIALECTS[version]).messages())
    return changes


def told(**values):
    keys = [{"key": key, "readonly": False, "value": value} for key, value in values.items()]
    return "GetConfiguration", {}, {"configurationKey": keys}


def change(key, value, status="Accepted"):
    return "ChangeConfiguration", {"key": key, "value": value}, {"status": status}


def actions(changes, version="1.6"):
    return [(request.action, request.payload) for request in changes.requests(version)]


def back(key, value):
    return "ChangeConfiguration", {"key": key, "value": value}


RESERVE = {"connectorId": 1, "expiryDate": "2030-01-01T00:00:00Z", "idTag": "A", "reservationId": 7}
PROFILE = {"connectorId": 1, "csChargingProfiles": {"chargingProfileId": 5}}


@pytest.mark.parametrize(
    ("said", "expected"),
    [
        ([told(A="1"), change("A", "2")], [back("A", "1")]),
        ([told(A="1"), change("A", "2"), told(A="2"), change("A", "3")], [back("A", "1")]),
        ([told(A="1"), change("A", "2", "Rejected")], []),
        ([told(A="1"), change("A", "2", "RebootRequired")], [back("A", "1")]),
        ([change("A", "2")], []),
        ([("ChangeAvailability", {"connectorId": 1, "type": "Inoperative"}, YES)],
         [("ChangeAvailability", {"connectorId": 1, "type": "Operative"})]),
        ([("ChangeAvailability", {"connectorId": 1, "type": "Inoperative"}, YES),
          ("ChangeAvailability", {"connectorId": 0, "type": "Operative"}, YES)], []),
        ([("ReserveNow", RESERVE, YES)], [("CancelReservation", {"reservationId": 7})]),
        ([("ReserveNow", RESERVE, {"status": "Occupied"})], []),
        ([("ReserveNow", RESERVE, YES), ("CancelReservation", {"reservationId": 7}, YES)], []),
        ([("ReserveNow", RESERVE, YES), ("StartTransaction", {"reservationId": 7})], []),
        ([("SetChargingProfile", PROFILE, YES)], [("ClearChargingProfile", {"id": 5})]),
        ([("SetChargingProfile", PROFILE, YES), ("ClearChargingProfile", {"id": 5}, YES)], []),
        ([("SetChargingProfile", PROFILE, YES), ("ClearChargingProfile", {}, YES)], []),
        ([("SendLocalList", {"listVersion": 3, "updateType": "Full"}, YES)],
         [("SendLocalList", {"listVersion": 4, "updateType": "Full"})]),
        ([("StartTransaction", {"reservationId": []}), ("NotifyReport", {"reportData": [{"variableAttribute": [
            {"mutability": "ReadWrite"}]}]})], []),
        ([("SetChargingProfile", {"connectorId": 1}, YES), ("ReserveNow", [], YES), ("ReserveNow", RESERVE, [])], []),
    ],
)
def test_what_is_put_back(said, expected):
    assert actions(taught("1.6", *said)) == expected


def test_nothing_is_put_back_twice():
    changes = taught("1.6", told(A="1"), change("A", "2"), ("ReserveNow", RESERVE, YES))
    assert len(actions(changes)) == 2
    assert actions(changes) == []


def test_a_value_that_was_never_told_is_named():
    changes = taught("1.6", told(A="1"), change("A", "2"), change("B", "2"))
    assert changes.unknown() == ("B",)


@pytest.mark.parametrize(
    ("version", "said", "expected"),
    [
        ("1.6", [{"connectorId": 2, "status": "Faulted"}], {(2, 1)}),
        ("1.6", [{"connectorId": 0, "status": "Faulted"}], {(0, 0)}),
        ("1.6", [{"connectorId": 2, "status": "Faulted"}, {"connectorId": 2, "status": "Available"}], set()),
        ("2.0.1", [{"evseId": 1, "connectorId": 2, "connectorStatus": "Faulted"}], {(1, 2)}),
        ("2.0.1", [{"evseId": 1, "connectorId": "2", "connectorStatus": "Faulted"}, {"connectorId": None}], set()),
    ],
)
def test_what_is_still_broken(version, said, expected):
    assert taught(version, *(("StatusNotification", status) for status in said)).faulted == expected


VARIABLE = {"component": {"name": "TxCtrlr", "evse": {"id": 1}}, "variable": {"name": "EVConnectionTimeOut"}}


@pytest.mark.parametrize(
    "before",
    [
        ("GetVariables", {"getVariableData": [VARIABLE]},
         {"getVariableResult": [VARIABLE | {"attributeStatus": "Accepted", "attributeValue": "60"}]}),
        ("NotifyReport", {"reportData": [
            VARIABLE | {"variableAttribute": [{"value": "60", "mutability": "ReadWrite"}]}]}),
    ],
)
def test_a_variable_of_2_x_is_put_back(before):
    setting = ("SetVariables", {"setVariableData": [VARIABLE | {"attributeValue": "3"}]},
               {"setVariableResult": [VARIABLE | {"attributeStatus": "Accepted"}]})
    wanted = ("SetVariables", {"setVariableData": [VARIABLE | {"attributeValue": "60"}]})
    assert actions(taught("2.0.1", before, setting), "2.0.1") == [wanted]


def test_a_station_that_was_sent_to_another_address_is_fetched_back():
    """The order of network profiles takes effect with a restart, so one has to follow."""
    order = {"component": {"name": "OCPPCommCtrlr"}, "variable": {"name": "NetworkConfigurationPriority"}}
    told = ("GetVariables", {"getVariableData": [order]},
            {"getVariableResult": [order | {"attributeStatus": "Accepted", "attributeValue": "1"}]})
    changed = ("SetVariables", {"setVariableData": [order | {"attributeValue": "2,1"}]},
               {"setVariableResult": [order | {"attributeStatus": "Accepted"}]})
    assert actions(taught("2.0.1", told, changed), "2.0.1") == [
        ("SetVariables", {"setVariableData": [order | {"attributeValue": "1"}]}),
        ("Reset", {"type": "OnIdle"}),
    ]
