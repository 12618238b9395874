"""The practice station and the practice CSMS meet in virtual time, and the monitor watches."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from threading import Condition

import pytest

from harness.carrier import Hosted, Listen
from harness.journal import Journal
from harness.oracle.monitor import Limits, Monitor
from harness.oracle.transcript import Transcript
from harness.reference import csms
from harness.reference.config import StationConfig
from harness.reference.csms import CsmsConfig, Token
from harness.reference.station201 import Behaviour, build
from harness.rpc.dialect import DIALECTS
from harness.rpc.link import SECOND, Asked
from harness.wire.memory import MemoryCarrier


@dataclass
class Meeting:
    carrier: MemoryCarrier
    station: Hosted
    management: Hosted
    journal: Journal

    def ask(self, intent: str, **parameters: object) -> None:
        self.station.tell(Asked(intent, parameters))
        self.wait(1)

    def send(self, message: str, **payload: object) -> None:
        self.management.tell(Asked("send", {"station": "CS|1", "action": message, "payload": payload}))
        self.wait(5)

    def wait(self, seconds: float) -> None:
        until = self.carrier.now().monotonic + round(seconds * SECOND)
        self.carrier.wait(Condition(), lambda: False, until)

    def charge(self) -> None:
        self.ask("plug_in", evse=1, connector=1)
        self.ask("present", token="VALID", type="ISO14443", evse=1)
        self.wait(600)

    def findings(self) -> list[str]:
        monitor = Monitor(Transcript(self.journal, DIALECTS["2.0.1"]), "station", Limits())
        monitor.review()
        monitor.finish(self.carrier.now().monotonic)
        return [f"{finding.rule.id}: {finding.text}" for finding in monitor.findings]

    @property
    def actions(self) -> set[str]:
        return {message.action for message in Transcript(self.journal, DIALECTS["2.0.1"]).messages()}


def meet(behaviour: Behaviour | None = None) -> Meeting:
    carrier, journal = MemoryCarrier(), Journal()
    password = b"correct horse battery"
    config = CsmsConfig(stations={"CS|1": password}, versions=("2.0.1",), tokens=(Token("VALID"), Token("OTHER")))
    management = carrier.serve(csms.build(config), Listen(), lambda: journal)
    station = carrier.host(
        build(StationConfig(url=management.url, identity="CS|1", password=password, evses=2), behaviour)
    )
    meeting = Meeting(carrier, station, management, journal)
    meeting.ask("power_on")
    return meeting


def session(meeting: Meeting) -> None:
    meeting.charge()
    meeting.ask("ev_suspend", evse=1)
    meeting.ask("ev_resume", evse=1)
    meeting.ask("present", token="VALID", type="ISO14443", evse=1)
    meeting.ask("unplug", evse=1)


def power_cut(meeting: Meeting) -> None:
    meeting.charge()
    meeting.ask("power_off")
    meeting.wait(60)
    meeting.ask("power_on")
    meeting.ask("unplug", evse=1)
    session(meeting)


def restart(meeting: Meeting) -> None:
    meeting.charge()
    meeting.ask("reboot")
    meeting.wait(60)
    meeting.ask("fault", evse=2, connector=1)
    meeting.ask("clear_fault", evse=2, connector=1)


def sampled(meeting: Meeting) -> None:
    data = [
        {"component": {"name": name}, "variable": {"name": variable}, "attributeValue": "30"}
        for name, variable in (("SampledDataCtrlr", "TxUpdatedInterval"), ("AlignedDataCtrlr", "Interval"))
    ]
    meeting.send("SetVariables", setVariableData=data)
    session(meeting)


@pytest.mark.parametrize("story", [session, power_cut, restart, sampled])
def test_the_monitor_finds_nothing(story: Callable[[Meeting], None]) -> None:
    meeting = meet()
    story(meeting)
    assert {"BootNotification", "StatusNotification", "TransactionEvent"} <= meeting.actions
    assert meeting.findings() == []


@pytest.mark.parametrize(
    "behaviour",
    [
        Behaviour(timestamps="no_zone"), Behaviour(sequence_gap=True), Behaviour(register_backwards=True),
        Behaviour(null_members=True), Behaviour(errors_on_results=True), Behaviour(answers_twice=True),
    ],
)  # fmt: skip
def test_the_monitor_finds_what_it_should(behaviour: Behaviour) -> None:
    meeting = meet(behaviour)
    sampled(meeting)
    assert meeting.findings() != []
