"""A connector's state may come as StatusNotification or as NotifyEvent: both are read, nothing else is."""

from __future__ import annotations

from types import SimpleNamespace

import pytest

from harness.journal import Direction, Journal, Text
from harness.judge.messages import sends
from harness.oracle.expect import Wanted, connector_states
from harness.oracle.match import Equal, Row
from harness.oracle.transcript import Transcript
from harness.oracle.verdict import Nonconformance
from harness.rpc.dialect import DIALECTS
from harness.rpc.frame import Call, encode
from harness.rpc.link import Instant
from harness.setting import Times


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


def state(place: int, status: str = "Occupied") -> tuple[Row, ...]:
    return Row("connectorStatus", Equal(status)), Row("evseId", Equal(str(place)))


def judged(*lines, entries):
    """Lines that report a connector each, over one NotifyEvent with these entries."""
    journal = Journal()
    journal.append(1, Text(Direction.IN, encode(Call("1", "NotifyEvent", {"eventData": entries}))), Instant(0, 0))
    session = SimpleNamespace(
        judging=lambda: None, setting=SimpleNamespace(sut="station", times=Times()), establishing="", requirements=(),
        heard=lambda: True, line=(1, "x"), claimed=set(), readings={}, checks=[], measurements=[], anchor=0, since=0,
        transcript=Transcript(journal, DIALECTS["2.0.1"]), open_links={1}, look_up=str, name=lambda *_: None,
        wait=lambda what, ready, until: ready(),
    )
    for rows in lines:
        sends(session, "StatusNotification", rows, None, None, reads=connector_states)
    return session


def at(place: int, **changes):
    return entry(component={"name": "Connector", "evse": {"id": place, "connectorId": 1}}, **changes)


def test_one_message_may_report_two_connectors():
    assert judged(state(2), state(1), entries=[at(1), at(2)]).claimed == {0}


@pytest.mark.parametrize("lines", [(state(1), state(1)), (state(1), state(3))])
def test_but_each_report_counts_once(lines):
    with pytest.raises(Nonconformance):
        judged(*lines, entries=[at(1), at(2)])


def test_what_another_line_has_claimed_is_claimed():
    session = judged(state(1), entries=[at(1), at(2)])
    session.readings.clear()
    with pytest.raises(Nonconformance, match="no StatusNotification"):
        sends(session, "StatusNotification", state(2), None, None, reads=connector_states)
