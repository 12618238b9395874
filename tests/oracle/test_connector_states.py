"""A connector's state may come as StatusNotification or as NotifyEvent: both are read, nothing else is."""

from __future__ import annotations

import pytest

from harness.journal import Direction, Journal, Text
from harness.oracle.expect import Wanted, connector_states
from harness.oracle.match import Equal, Row
from harness.oracle.transcript import Transcript
from harness.rpc.dialect import DIALECTS
from harness.rpc.frame import Call, encode
from harness.rpc.link import Instant


def entry(**changes):
    event = {
        "eventId": 1,
        "timestamp": "2026-01-01T00:00:00Z",
        "trigger": "Delta",
        "actualValue": "Occupied",
        "component": {"name": "Connector", "evse": {"id": 2, "connectorId": 1}},
        "eventNotificationType": "HardWiredNotification",
        "variable": {"name": "AvailabilityState"},
    }
    return event | changes


def message(action, payload):
    journal = Journal()
    journal.append(1, Text(Direction.IN, encode(Call("1", action, payload))), Instant(0, 0))
    return Transcript(journal, DIALECTS["2.0.1"]).messages()[0]


def notify(*entries):
    payload = {"generatedAt": "2026-01-01T00:00:00Z", "seqNo": 0, "eventData": list(entries)}
    return message("NotifyEvent", payload)


WANTED = Wanted(
    "StatusNotification",
    (Row("connectorStatus", Equal("Occupied")), Row("evseId", Equal("2")), Row("connectorId", Equal("1"))),
    reads=connector_states,
)


def test_a_status_notification_reports_a_connector():
    status = {"timestamp": "2026-01-01T00:00:00Z", "connectorStatus": "Occupied", "evseId": 2, "connectorId": 1}
    assert WANTED.fits(message("StatusNotification", status))


def test_an_event_about_the_connector_reports_it_too_wherever_it_stands():
    other = entry(component={"name": "EVSE", "evse": {"id": 2}})
    assert WANTED.fits(notify(other, entry()))


@pytest.mark.parametrize(
    "change",
    [
        {"actualValue": "Available"},
        {"trigger": "Periodic"},
        {"variable": {"name": "Problem"}},
        {"component": {"name": "Connector", "evse": {"id": 1, "connectorId": 1}}},
        {"component": {"name": "EVSE", "evse": {"id": 2, "connectorId": 1}}},
    ],
)
def test_an_event_about_something_else_does_not(change):
    assert not WANTED.fits(notify(entry(**change)))


def test_without_that_reading_only_the_named_message_counts():
    plain = Wanted("StatusNotification", WANTED.rows)
    assert not plain.fits(notify(entry()))
