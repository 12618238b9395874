"""Every timing line of the suite meets every fault that makes sense there: early, late, jittered, drifting, doubled."""

from __future__ import annotations

import pytest

from harness.applicability import obliging
from harness.bdd.story import Story
from harness.oracle.checks import Check, CheckKind
from harness.oracle.timing import Aligned, Between, Growing, Random, Shape
from harness.proof.prove import mutants_of
from harness.proving import chosen
from tests.proof.bench import sut_of

SERIES = (CheckKind.GAPS, CheckKind.EVERY)
LATER_IS_LEGAL = {"early", "doubled"}
EVERY_WAY = {"late", "early", "jittered", "drifting", "doubled", "one missed"}


def timing_stories() -> list[Story]:
    lines = ("the gaps of", " every ", "comes at ")
    stories = [s for s in chosen((), (), 1) if "sockets" not in s.tags]
    return [s for s in stories if any(part in line.sentence for line in s.lines if line.judges for part in lines)]


def _due(shape: Shape, attempts: bool) -> set[str]:
    """What the shape itself forbids. Attempts to connect wait for one another: none can come early by being put off."""
    if isinstance(shape, Random):  # one more in between may be as random as the others
        return {"alike", "wider"}
    if isinstance(shape, Aligned):
        return {"late", "jittered", "drifting", "doubled", "one missed", "off the clock", "before the clock"}
    if isinstance(shape, Growing):
        grown = {"late", "drifting", "jittered", "doubled", "alike", "one missed"}
        return grown if attempts else grown | {"early"}
    assert isinstance(shape, Between)
    if shape.high is None:
        return LATER_IS_LEGAL
    if shape.low != shape.high:  # what keeps to a range may jitter in it, and one in between may do so too
        return {"late", "early"}
    return EVERY_WAY


def _kinds(story: Story) -> dict[Check, set[str]]:
    mutants = mutants_of(story, obliging(sut_of(story), story.needs))
    return {check: {mutant.kind for mutant in found} for check, found in mutants.items()}


@pytest.mark.parametrize("story", timing_stories(), ids=lambda story: f"{story.file.stem}::{story.id}")
def test_a_timing_line_meets_every_fault_that_makes_sense_there(story: Story) -> None:
    missing = {}
    for check, kinds in _kinds(story).items():
        if check.kind in SERIES:
            shape = check.shape or Between(check.limit, check.limit)
            due = _due(shape, attempts="knocks" in check.text) - ({"jittered"} if len(check.claimed) < 3 else set())
            due -= {"early"} if len(check.claimed) < 3 and not isinstance(shape, Random) else set()
        else:
            due = {CheckKind.AT_LEAST: {"early"}, CheckKind.AT_MOST: {"late"}}.get(check.kind, set())
        if due - kinds:
            missing[f"line {check.line}: {check.text}"] = due - kinds
    assert missing == {}


def test_the_suite_has_timing_lines_for_both_roles_and_editions() -> None:
    assert {(story.sut, story.version) for story in timing_stories()} == {
        ("station", "1.6"), ("station", "2.0.1"), ("csms", "1.6"), ("csms", "2.0.1"),
    }
