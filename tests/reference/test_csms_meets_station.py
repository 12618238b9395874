"""The practice CSMS and the practice station together, in virtual time, with the monitor watching both."""

from __future__ import annotations

from typing import Any

import pytest

from harness.carrier import Listen
from harness.journal import Journal
from harness.oracle.monitor import Limits, Monitor, breaches
from harness.oracle.transcript import Transcript
from harness.reference.config import StationConfig
from harness.reference.csms import Behaviour, CsmsConfig, Token, build
from harness.reference.station16 import Behaviour as StationBehaviour
from harness.reference.station16 import build as build_station
from harness.rpc.dialect import DIALECTS
from harness.rpc.link import SECOND, Asked
from harness.wire.memory import MemoryCarrier

PASSWORD = b"correct horse"
CONFIG = CsmsConfig({"RDAM|123": PASSWORD}, tokens=(Token("VALID"),), heartbeat_interval=60)


def session(behaviour: Behaviour | None = None) -> tuple[dict[str, list[Any]], list[str]]:
    """Frames by sender, and what the monitor has against the CSMS; the journal is written at the station."""
    journal = Journal()
    carrier = MemoryCarrier()

    def wait(seconds: int) -> None:
        carrier.wait(journal.changed, lambda: False, carrier.now().monotonic + seconds * SECOND)

    csms = carrier.serve(build(CONFIG, behaviour), Listen())
    config = StationConfig(url=csms.url, identity="RDAM|123", password=PASSWORD)
    station = carrier.host(build_station(config, StationBehaviour()), lambda: journal)
    station.tell(Asked("power_on"))
    wait(150)
    station.tell(Asked("plug_in", {"evse": 1, "connector": 1}))
    station.tell(Asked("present", {"token": "VALID", "evse": 1, "connector": 1}))
    wait(30)
    csms.tell(Asked("send", {"action": "RemoteStopTransaction"}))
    wait(30)
    csms.tell(Asked("send", {"action": "Reset", "payload": {"type": "Hard"}}))
    csms.tell(Asked("send", {"action": "GetConfiguration"}))
    wait(90)
    transcript = Transcript(journal, DIALECTS["1.6"])
    monitor = Monitor(transcript, "csms", Limits())
    monitor.review()
    monitor.finish(carrier.now().monotonic)
    sent: dict[str, list[Any]] = {"OUT": [], "IN": []}
    for message in transcript.messages():
        sent[message.direction.name].append((type(message.frame).__name__, message.action))
    carrier.close()
    return sent, [finding.rule.id for finding in breaches(monitor.findings)]


def test_a_session_with_a_station_leaves_no_trace_of_a_fault():
    sent, faults = session()
    assert faults == []
    actions = [action for kind, action in sent["OUT"] if kind == "Call"]
    assert {"BootNotification", "Heartbeat", "StartTransaction", "StopTransaction"} <= set(actions)
    assert actions.count("BootNotification") == 2
    assert {("Call", "RemoteStopTransaction"), ("Call", "Reset"), ("Call", "GetConfiguration")} <= set(sent["IN"])
    assert [kind for kind, _ in sent["IN"] if kind == "Error"] == []


@pytest.mark.parametrize(("field", "value", "fault"), [
    ("silent_on", frozenset({"StatusNotification"}), "unanswered"),
    ("answers_twice", True, "correlation"),
    ("enum_outside_schema", True, "schema"),
    ("null_members", True, "null-member"),
    ("omits_interval", True, "schema"),
    ("repeats_message_ids", True, "unique-id"),
])
def test_the_monitor_sees_its_faults(field: str, value: Any, fault: str):
    assert fault in session(Behaviour(**{field: value}))[1]
