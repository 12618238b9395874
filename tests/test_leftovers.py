"""What a real station was left with, read from what it said."""

from __future__ import annotations

import json
from itertools import count

import pytest

from harness.journal import Direction, Journal, Text
from harness.leftovers import Leftovers
from harness.oracle.transcript import Transcript
from harness.rpc.dialect import DIALECTS
from harness.rpc.link import Instant

IN, OUT = Direction.IN, Direction.OUT
IDS = count(1)


def status(value, place=(1, 1)):
    return "2.0.1", "StatusNotification", {"evseId": place[0], "connectorId": place[1], "connectorStatus": value}, {}


def status16(value, connector=1):
    return "1.6", "StatusNotification", {"connectorId": connector, "errorCode": "NoError", "status": value}, {}


def event(kind, id="t1"):
    return "2.0.1", "TransactionEvent", {"eventType": kind, "transactionInfo": {"transactionId": id}}, {}


START = ("1.6", "StartTransaction", {"connectorId": 1}, {"transactionId": 7})
STOP = ("1.6", "StopTransaction", {"transactionId": 7}, {})
ASK = ("1.6", "Authorize", {"idTag": "A"}, {"idTagInfo": {"status": "Accepted"}})
REFUSED = ("1.6", "Authorize", {"idTag": "A"}, {"idTagInfo": {"status": "Blocked"}})
BOOT = ("1.6", "BootNotification", {}, {"status": "Accepted"})


def learned(*said):
    left = Leftovers()
    for version, action, payload, answer in said:
        journal, id, at = Journal(), f"m{next(IDS)}", Instant(1, 1)
        journal.append(1, Text(IN, json.dumps([2, id, action, payload])), at)
        journal.append(1, Text(OUT, json.dumps([3, id, answer])), at)
        left.learn(Transcript(journal, DIALECTS[version]).messages())
    return left


@pytest.mark.parametrize(
    ("said", "in_use", "running"),
    [
        ([], (), ()),
        ([status("Occupied"), status("Occupied", (2, 1))], ((1, 1), (2, 1)), ()),
        ([status("Occupied"), status("Available")], (), ()),
        ([status("Occupied", (1, 2)), status("Available")], ((1, 2),), ()),
        ([status("Unavailable"), status("Faulted"), status("Reserved")], (), ()),
        ([status("Occupied", (0, 0)), status("Occupied", ("1", 1))], (), ()),
        ([status16("SuspendedEVSE", 2), status16("Charging", 0)], ((2, 1),), ()),
        ([status16("Finishing"), status16("Available")], (), ()),
        ([event("Started"), event("Updated", "t2")], (), ("t1", "t2")),
        ([event("Started"), event("Ended")], (), ()),
        ([START], (), ("7",)),
        ([START, STOP], (), ()),
        ([START, BOOT], (), ()),
    ],
)
def test_what_is_left(said, in_use, running):
    left = learned(*said)
    assert (left.in_use, left.running) == (in_use, running)
    assert bool(left) is bool(in_use or running)


@pytest.mark.parametrize(
    ("said", "awaited"),
    [([ASK], "Authorize"), ([REFUSED], ""), ([ASK, START], ""), ([ASK, BOOT], ""), ([ASK, status16("Available")], "")],
)
def test_an_authorization_that_was_not_used(said, awaited):
    assert learned(*said).awaited == awaited


@pytest.mark.parametrize(("status", "awaited"), [("Accepted", "RemoteStartTransaction"), ("Rejected", "")])
def test_a_remote_start_that_waits_for_its_cable(status, awaited):
    journal = Journal()
    journal.append(1, Text(OUT, json.dumps([2, "r", "RemoteStartTransaction", {"idTag": "A"}])), Instant(1, 1))
    journal.append(1, Text(IN, json.dumps([3, "r", {"status": status}])), Instant(2, 2))
    left = Leftovers()
    left.learn(Transcript(journal, DIALECTS["1.6"]).messages())
    assert (left.awaited, bool(left)) == (awaited, bool(awaited))


def test_learning_twice_changes_nothing():
    said = [status("Occupied"), event("Started"), event("Ended"), status("Available")]
    assert not learned(*said, *said)


def test_it_says_what_is_left():
    left = learned(status("Occupied", (2, 1)), START)
    assert str(left) == "connector 1 of EVSE 2 in use, transaction 7 still running"
