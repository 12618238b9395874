"""An SUT whose clock is off, over sockets: no failure about certificates is its own, and the user is told why."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from harness import profiles, resources
from harness.bdd import run
from harness.bdd.plugin import suts_of
from harness.bdd.story import Story, stories
from harness.lab import Lab, Practice
from harness.oracle.verdict import Inconclusive
from harness.rpc.link import SECOND

FEATURES = resources.root() / "features"
TLS, MESSAGES, OLD = "security/station", "ocpp2/station/a_security", "ocpp16/station/security"


def story(file: str, case: str, example: str = "") -> Story:
    path = Path(FEATURES / file)
    return next(s for s in stories(path) if case in s.cases and s.example.startswith(example))


def judged(found: Story, wrong: str, fast: bool = False) -> None:
    """One scenario; what it raises is its verdict."""
    sut = profiles.sut_of(found, suts_of(None))
    brisk = sut.timing.model_copy(update={"boot": 2.0})  # who never comes need not be waited for
    lab = Lab(replace(sut, timing=brisk), fast, Practice(wrong))
    try:
        with lab.session(found.version) as session:
            for line in found.lines:
                run.perform(session, found, line)
    finally:
        lab.close()


@pytest.mark.parametrize(("file", "case", "example", "wrong", "told"), [
    (f"{TLS}/server_certificate.feature", "TC_A_05_CS", "not yet valid", "three-days-fast", "3.0 days fast"),
    (f"{TLS}/charge_point.feature", "TC_078_CS", "not yet valid", "three-days-fast", "3.0 days fast"),
    (f"{MESSAGES}/certificate.feature", "TC_A_14_CS", "not yet valid", "three-days-fast", "3.0 days fast"),
    ("ocpp2/station/m_certificates/install.feature", "TC_M_02_CS", "", "two-days-slow", "2.0 days slow"),
    (f"{OLD}/certificates.feature", "TC_075_1_CS", "", "two-days-slow", "2.0 days slow"),
    (f"{OLD}/certificates.feature", "TC_077_CS", "not yet valid", "three-days-fast", "3.0 days fast"),
    ("security/csms/client_certificate.feature", "TC_A_08_CSMS", "not yet valid", "three-days-fast", "3.0 days fast"),
    ("security/csms/charge_point.feature", "TC_087_CSMS", "not yet valid", "three-days-fast", "3.0 days fast"),
])
def test_what_its_clock_is_to_blame_for_is_no_failure(
    file: str, case: str, example: str, wrong: str, told: str
) -> None:
    found = story(file, case, example)
    judged(found, "")
    with pytest.raises(Inconclusive, match=f"clock is {told}.*set its clock"):
        judged(found, f"clock-{wrong}")


@pytest.mark.parametrize(("file", "case"), [
    (f"{MESSAGES}/certificate.feature", "TC_A_11_CS"), (f"{OLD}/certificates.feature", "TC_074_CS"),
])
def test_nor_is_it_in_memory(file: str, case: str) -> None:
    found = story(file, case)
    judged(found, "", fast=True)
    with pytest.raises(Inconclusive, match=r"clock is 2\.0 days slow"):
        judged(found, "clock-two-days-slow", fast=True)


@pytest.mark.parametrize(("wrong", "told"), [
    ("two-years-fast", "set the clock"), ("two-days-slow", "look at its clock"),
])
def test_a_csms_that_lets_nobody_in_because_of_its_clock_is_asked_about_it(wrong: str, told: str) -> None:
    with pytest.raises(Inconclusive, match=told):
        judged(story("security/csms/client_certificate.feature", "TC_A_07_CSMS"), f"clock-{wrong}")


@pytest.mark.parametrize(("wrong", "alert"), [
    ("two-years-fast", "certificate_expired"), ("two-days-slow", "bad_certificate"),
])
@pytest.mark.parametrize(("file", "case"), [
    (f"{TLS}/server_certificate.feature", "TC_A_04_CS"), (f"{TLS}/charge_point.feature", "TC_086_CS"),
])
def test_a_station_that_never_comes_because_of_its_clock_is_asked_about_it(
    file: str, case: str, wrong: str, alert: str
) -> None:
    with pytest.raises(Inconclusive, match=f"no TLS came about.*{alert} from the SUT.*is the station's clock right"):
        judged(story(file, case), f"clock-{wrong}")


def test_what_does_not_hang_on_its_clock_is_judged() -> None:
    judged(story(f"{TLS}/server_certificate.feature", "TC_A_04_CS"), "clock-three-days-fast")
    judged(story(f"{TLS}/server_certificate.feature", "TC_A_05_CS", "unknown CA"), "clock-three-days-fast")


def test_what_it_told_in_one_scenario_is_known_in_the_next() -> None:
    found = story(f"{TLS}/server_certificate.feature", "TC_A_04_CS")
    lab = Lab(profiles.sut_of(found, suts_of(None)), practice=Practice("clock-three-days-fast"))
    try:
        with lab.session(found.version) as first:
            assert first.clock is None
            for line in found.lines:
                run.perform(first, found, line)
        with lab.session(found.version) as second:
            assert second.clock is not None
            assert abs(second.clock - 3 * 86_400 * SECOND) < 60 * SECOND
    finally:
        lab.close()
