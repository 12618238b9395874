"""A scenario that began and told no result has one all the same, as what it was: an attempt."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import pytest

from harness import resources
from harness.bdd.filing import STOPPED, journal_of
from harness.bdd.plugin import suts_of
from harness.bdd.story import Story, stories
from harness.oracle.verdict import Verdict
from harness.report.folder import RunFolder
from harness.report.results import ScenarioResult
from harness.rpc.link import Instant
from harness.unended import CRASHED, unended

FILE = "features/ocpp2/station/b_provisioning/boot.feature"


@pytest.fixture
def folder(tmp_path: Path) -> RunFolder:
    return RunFolder.create(tmp_path, "x", Instant(0, 1_795_222_743_000_000_000))


def story() -> Story:
    return stories(resources.root() / FILE)[0]


def lost(folder: RunFolder, *earlier: ScenarioResult, stopped: bool = True) -> ScenarioResult:
    (found,) = unended([(FILE, 1, story().id)], folder, suts_of(None), earlier, stopped)
    return found


@pytest.mark.parametrize(("stopped", "verdict", "reason"), [
    (True, Verdict.INCONCLUSIVE, STOPPED), (False, Verdict.BROKEN, CRASHED)])
def test_it_says_what_became_of_it(folder: RunFolder, stopped: bool, verdict: Verdict, reason: str) -> None:
    found = lost(folder, stopped=stopped)
    assert (found.verdict, found.reason, found.title) == (verdict, reason, story().title)
    assert (found.cases, found.requirements, found.file) == (story().cases, story().requirements, FILE)
    assert found.journal == ""
    (filed,) = [json.loads(path.read_text("utf-8")) for path in folder.allure.glob("*-result.json")]
    assert filed["statusDetails"]["message"] == reason
    assert {"name": "epic", "value": "OCPP 2.0.1"} in filed["labels"]


def test_what_its_process_had_written_is_its_evidence(folder: RunFolder) -> None:
    journal_of(folder, story(), 1).write_text("{}\n")
    assert (folder.path / lost(folder).journal).is_file()


def test_a_second_attempt_that_never_ended_keeps_the_first(folder: RunFolder) -> None:
    first = replace(lost(folder), verdict=Verdict.FAILED, reason="it failed")
    journal_of(folder, story(), 2).write_text("{}\n")
    found = lost(folder, first)
    assert (found.attempts, [attempt.verdict for attempt in found.earlier]) == (2, [Verdict.FAILED])
    assert found.journal.endswith(".attempt-2.jsonl")


def test_what_is_no_scenario_of_ours_has_none(folder: RunFolder) -> None:
    assert unended([("nothing.feature", 1, "x"), (FILE, 1, "unknown")], folder, suts_of(None), (), True) == []
