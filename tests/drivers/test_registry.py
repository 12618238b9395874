"""From the SUT file to the driver that is asked, and what it is told."""

from __future__ import annotations

import time
from collections.abc import Mapping
from importlib.metadata import EntryPoint
from pathlib import Path

import pytest

from harness.check import check
from harness.drivers import CannotDo, Done, DriverFault, Outcome, Surroundings, build_drivers, registry
from harness.intents import Intent
from harness.rpc.link import Asked, LinkEvent
from harness.sut import Sut, driver_rules, load
from tests.patience import HANGING

HEAD = """\
sut = { name = "Acme", role = "ROLE", versions = ["2.0.1"] }
connection = { CONNECTION, identity = "CS001", security_profile = 0 }
[tokens]
valid = { id = "A1", type = "ISO15693", group = "G" }
blocked = { id = "B1" }
[drivers]
"""
STATION = HEAD.replace("ROLE", "station").replace("CONNECTION", 'listen = "127.0.0.1:0"')
CSMS = HEAD.replace("ROLE", "csms").replace("CONNECTION", 'url = "ws://127.0.0.1:9/x"')


def sut(folder: Path, text: str) -> Sut:
    file = folder / "sut.toml"
    file.write_text(text, "utf-8")
    return load(file, environ={})


class Opponent:
    """A `Hosted` that keeps what it is told."""

    url = ""

    def __init__(self, refuses: Exception | None = None) -> None:
        self.told: list[LinkEvent] = []
        self.refuses = refuses

    def tell(self, event: LinkEvent) -> None:
        self.told.append(event)
        if self.refuses:
            raise self.refuses

    def close(self) -> None: ...


class Recording:
    """A third party's driver."""

    def __init__(self, options: Mapping[str, object], surroundings: Surroundings) -> None:
        self.options, self.surroundings = options, surroundings

    def perform(self, intent: Intent, parameters: Mapping[str, object], deadline: float) -> Outcome:
        given = f"{dict(parameters)} {deadline:g} {dict(self.options)}"
        return Done(0, f"{intent.name} {given} {self.surroundings.station}")


def raising(options: Mapping[str, object], surroundings: Surroundings) -> Recording:
    raise ZeroDivisionError("no such port")


class Exploding(Recording):
    def perform(self, intent: Intent, parameters: Mapping[str, object], deadline: float) -> Outcome:
        raise ZeroDivisionError("lost the robot")


def nothing(options: Mapping[str, object], surroundings: Surroundings) -> str:
    return "no driver"


OFFERED = {"robot": Recording, "bad": raising, "boom": Exploding, "none": nothing}


@pytest.fixture(autouse=True)
def plugins(monkeypatch: pytest.MonkeyPatch) -> None:
    """Entry points as installed packages would offer them."""

    class Point(EntryPoint):
        def load(self) -> object:
            if self.name == "gone":
                raise ModuleNotFoundError("No module named 'gone'")
            return OFFERED[self.name]

    points = [Point(name, f"rig:{name}", driver_rules.ENTRY_POINTS) for name in (*OFFERED, "gone")]

    def entry_points(group: str, name: str = "") -> list[Point]:
        assert group == "ocpp_harness.drivers"
        return [point for point in points if name in ("", point.name)]

    monkeypatch.setattr(registry, "entry_points", entry_points)
    monkeypatch.setattr(driver_rules, "entry_points", entry_points)


# ---- the reference ------------------------------------------------------------------------------------


def test_the_reference_is_told_the_intent_with_everything_filled_in(tmp_path: Path) -> None:
    opponent = Opponent()
    drivers = build_drivers(sut(tmp_path, STATION + 'default = "reference"'), opponent, clock=lambda: 42)
    outcome = drivers.perform("present", {"token": "valid", "evse": 2})
    expected = {"evse": 2, "connector": 1, "token": "A1", "type": "ISO15693", "group": "G"}
    assert opponent.told == [Asked("present", expected)]
    assert isinstance(outcome, Done)
    assert outcome.at == 42


def test_a_csms_is_told_station_action_and_payload(tmp_path: Path) -> None:
    opponent = Opponent()
    drivers = build_drivers(sut(tmp_path, CSMS + 'default = "reference"'), opponent)
    assert drivers.ask("send", {"action": "Reset", "payload": {"type": "OnIdle"}}) == ""
    assert opponent.told == [Asked("send", {"station": "CS001", "action": "Reset", "payload": {"type": "OnIdle"}})]


@pytest.mark.parametrize(
    ("given", "filled"),
    [
        ("valid", {"token": "A1", "type": "ISO15693", "group": "G"}),
        ("a1", {"token": "A1", "type": "ISO15693", "group": "G"}),
        ("blocked", {"token": "B1", "type": "ISO14443", "group": ""}),
        ("ZZ", {"token": "ZZ", "type": "ISO14443", "group": ""}),
    ],
)
def test_a_token_comes_with_its_type_and_group(tmp_path: Path, given: str, filled: dict[str, str]) -> None:
    opponent = Opponent()
    build_drivers(sut(tmp_path, STATION + 'default = "reference"'), opponent).perform("present", {"token": given})
    assert opponent.told == [Asked("present", {"evse": 1, "connector": 1, **filled})]


def test_without_an_opponent_the_reference_cannot(tmp_path: Path) -> None:
    reason = build_drivers(sut(tmp_path, STATION + 'default = "reference"')).ask("reboot", {})
    assert "no practice opponent is running" in reason


def test_a_refusal_of_the_opponent_is_a_reason_any_other_exception_a_fault(tmp_path: Path) -> None:
    described = sut(tmp_path, STATION + 'default = "reference"')
    assert "cannot: no bay" in build_drivers(described, Opponent(ValueError("no bay"))).ask("park", {})
    with pytest.raises(DriverFault, match="KeyError"):
        build_drivers(described, Opponent(KeyError("x"))).ask("park", {})


# ---- who is asked -------------------------------------------------------------------------------------


def test_an_intent_goes_to_its_own_driver_the_rest_to_the_default(tmp_path: Path) -> None:
    opponent = Opponent()
    text = STATION + 'default = "reference"\nreboot = { driver = "robot", options = { port = 3 } }'
    drivers = build_drivers(sut(tmp_path, text), opponent)
    assert drivers.perform("reboot", {}) == Done(0, "reboot {} 120 {'port': 3} CS001")
    assert opponent.told == []
    drivers.perform("unplug", {})
    assert opponent.told == [Asked("unplug", {"evse": 1, "connector": 1})]


def test_a_request_goes_to_the_driver_of_its_action(tmp_path: Path) -> None:
    opponent = Opponent()
    drivers = build_drivers(sut(tmp_path, CSMS + 'default = "reference"\nsend.Reset = "robot"'), opponent)
    reset = drivers.perform("send", {"action": "Reset"})
    assert isinstance(reset, Done)
    assert reset.text.startswith("send ")
    drivers.perform("send", {"action": "ClearCache"})
    assert len(opponent.told) == 1


def test_an_action_that_nobody_sends_is_named_with_the_file(tmp_path: Path) -> None:
    described = sut(tmp_path, CSMS + 'hold_back = "manual"\nsend.Reset = "robot"')
    reason = build_drivers(described).ask("send", {"action": "ClearCache"})
    assert reason == f'no driver bound for "send" of ClearCache, bind it under [drivers] in {described.file}'


def test_an_unavailable_intent_is_not_even_asked_for(tmp_path: Path) -> None:
    opponent = Opponent()
    text = STATION + 'default = "reference"\nintents_unavailable = ["park"]'
    outcome = build_drivers(sut(tmp_path, text), opponent).perform("park", {})
    assert outcome == CannotDo('the SUT file lists "park" under intents_unavailable')
    assert opponent.told == []


def test_a_preset_leaves_what_it_does_not_know_to_the_intents_own_driver(tmp_path: Path) -> None:
    text = STATION + (
        'default = { preset = "sut-api", base = "http://127.0.0.1:9" }\n'
        'intents_unavailable = ["ev_suspend", "ev_resume", "power_off", "power_on", "unplug_ev", "choose_stop"]\n'
        'stop_button = "robot"\n'
    )
    drivers = build_drivers(sut(tmp_path, text))
    assert isinstance(drivers.perform("stop_button", {}), Done)
    assert "http://127.0.0.1:9/api/v1/reboot" in drivers.ask("reboot", {})


def test_an_unknown_intent_is_the_callers_mistake(tmp_path: Path) -> None:
    with pytest.raises(KeyError):
        build_drivers(sut(tmp_path, STATION + 'default = "reference"')).perform("fly", {})


def test_the_manual_driver_asks_on_the_terminal_that_is_given(tmp_path: Path) -> None:
    def none() -> None:
        raise OSError("none here")

    drivers = build_drivers(sut(tmp_path, STATION + 'default = "manual"'), terminal=none)  # type: ignore[arg-type]
    began = time.monotonic()
    assert "there is no terminal (none here)" in drivers.ask("plug_in", {})
    assert time.monotonic() - began < HANGING


# ---- plugins that are broken --------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("name", "what"),
    [("bad", "no such port"), ("gone", "No module named 'gone'"), ("none", "has no perform")],
)
def test_a_broken_plugin_is_a_problem_of_the_check(tmp_path: Path, name: str, what: str) -> None:
    described = sut(tmp_path, STATION + f'default = "{name}"')
    with pytest.raises(DriverFault, match="driver plugin"):
        build_drivers(described)
    (problem,) = check(described.file)
    assert f'"{name}" (rig:{name}, of an unknown package)' in problem.what
    assert what in problem.what


def test_a_plugin_that_raises_is_a_fault_not_a_verdict(tmp_path: Path) -> None:
    with pytest.raises(DriverFault, match="lost the robot"):
        build_drivers(sut(tmp_path, STATION + 'default = "boom"')).perform("reboot", {})
