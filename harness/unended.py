"""Scenarios that began and never told a result: their process ended, or the run was stopped under them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from pathlib import Path

from harness import profiles, resources
from harness.bdd.filing import STOPPED, journal_of, labels_for, masks_of, result_for
from harness.bdd.story import Story, stories
from harness.oracle.verdict import Verdict
from harness.report import allure
from harness.report.folder import RunFolder
from harness.report.results import ScenarioResult
from harness.sut import Sut

CRASHED = "the process that ran this scenario ended in the middle of it: not the product's doing"


def unended(
    places: Iterable[tuple[str, int | None, str]], folder: RunFolder, suts: Mapping[tuple[str, str], Sut],
    earlier: Iterable[ScenarioResult], stopped: bool,
) -> list[ScenarioResult]:
    """A result for each scenario at these places (file, line, id), in the run's folder for Allure too.

    Raises OSError."""
    before = {result.id: result for result in earlier}
    verdict, reason = (Verdict.INCONCLUSIVE, STOPPED) if stopped else (Verdict.BROKEN, CRASHED)
    found = []
    for file, _, id in places:
        for story in _stories(file, id):
            sut = profiles.sut_of(story, suts)
            result = result_for(story, sut, verdict, reason)
            result = result.after(before[result.id]) if result.id in before else result
            journal = journal_of(folder, story, result.attempts)
            if journal.is_file():
                result = replace(result, journal=f"{journal.parent.name}/{journal.name}")
            labels = labels_for(story, sut, result.attempts)
            allure.write_unended(folder.allure, masks_of(sut), result.id, labels, verdict, reason)
            found.append(result)
    return found


def _stories(name: str, id: str) -> Iterator[Story]:
    """The scenario of that id; the file is relative to where pytest has its root."""
    file = (resources.root() / Path(name)).resolve()
    yield from (story for story in (stories(file) if file.is_file() else ()) if story.id == id)
