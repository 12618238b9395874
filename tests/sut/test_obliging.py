"""The practice opponent becomes what a scenario needs, and nothing else of the SUT file changes."""

from __future__ import annotations

from dataclasses import replace

from harness import practice, resources
from harness.applicability import missing, obliging
from harness.declared import setting_of
from harness.sut import load

SUT = load(resources.root() / "fixtures" / "suts" / "reference-station-16.toml")


def test_what_a_scenario_needs_is_declared_and_what_it_shuns_is_not():
    needs = ("FixedCable", "not-OfflineAuthorization")
    assert missing(SUT, needs) == needs
    asked = obliging(SUT, needs)
    assert missing(asked, needs) == ()
    assert replace(asked, features=SUT.features) == SUT


def test_of_several_alternatives_the_first_is_declared():
    needs = ("FixedCable|not-Core",)
    assert missing(SUT, needs) == needs
    assert "FixedCable" in obliging(SUT, needs).features.ids


def test_what_an_alternative_asks_for_together_is_declared_together():
    needs = ("FixedCable&not-OfflineAuthorization|not-Core",)
    assert missing(SUT, needs) == needs
    asked = obliging(SUT, needs)
    assert missing(asked, needs) == ()
    assert "FixedCable" in asked.features.ids
    assert "OfflineAuthorization" not in asked.features.ids


def test_a_file_that_meets_the_needs_stays_as_it_is():
    assert obliging(SUT, ("Core", "not-FixedCable")) == SUT


def test_the_practice_station_has_the_cable_that_its_file_declares(monkeypatch):
    built = []
    monkeypatch.setattr(practice.station16, "build", lambda config, behaviour: built.append(config.fixed_cable))
    for sut in (SUT, obliging(SUT, ("FixedCable",))):
        practice.station(setting_of(sut, "1.6"), "ws://127.0.0.1:1")
    assert built == [False, True]
