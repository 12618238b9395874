"""The second reader: who notices which bug of the field.

What is claimed, for each named misbehaviour and each version it exists in, compared with the conforming run:

* every verdict declared under `caught_by` changes: that scenario fails (of a case with several scenarios or
  examples at least one does), cannot be brought to a verdict where that is declared, or that rule fires;
* in the panel nothing else changes. The panel is fixed: every scenario under a `field_bugs` folder (of a
  scenario outline the first example). It holds one scenario or more for each bug of the list that needs a stimulus, so
  it asks each misbehaviour whether it is mistaken for another one;
* outside of the panel only the declared scenarios are run. Others there may notice the misbehaviour too.

The panel runs in memory and in virtual time; what shows only in TLS is run over sockets.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path

import pytest

from harness import profiles, resources
from harness.applicability import obliging
from harness.bdd import run
from harness.bdd.plugin import suts_of
from harness.bdd.story import Story, stories
from harness.lab import Lab, Practice
from harness.oracle.findings import Finding
from harness.oracle.monitor import all_rules
from harness.oracle.verdict import Inconclusive, Nonconformance
from harness.reference.behaviour import MISBEHAVIOURS, Misbehaviour, UnknownMisbehaviour, behaviour_of
from harness.reference.misbehaviours import UNDONE
from harness.reference.misbehaviours.entry import EVERYTHING
from harness.session import Session
from harness.sut import Sut
from tests.reference.misbehaviours_page import page

FIELD_BUGS = frozenset(range(1, 26))
VERSIONS = {("station", "1.6"), ("station", "2.0.1"), ("csms", "1.6"), ("csms", "2.0.1")}
EACH = [pytest.param(bad, version, id=f"{bad.peer}-{bad.name}-{version}")
        for bad in MISBEHAVIOURS for version in bad.values]  # fmt: skip


@dataclass(frozen=True)
class Outcome:
    """How one scenario ended: "passed", "failed" or "inconclusive", with the rules that fired."""

    verdict: str
    rules: frozenset[str]
    reason: str = ""


@cache
def suites() -> dict[tuple[str, str], tuple[Story, ...]]:
    """Every scenario, by role and version."""
    found: dict[tuple[str, str], list[Story]] = {key: [] for key in VERSIONS}
    for file in sorted((resources.root() / "features").rglob("*.feature")):
        for story in stories(file):
            if (story.sut, story.version) in found:
                found[story.sut, story.version].append(story)
    return {key: tuple(value) for key, value in found.items()}


@cache
def panel(peer: str, version: str) -> tuple[Story, ...]:
    """The fixed scenarios that every misbehaviour runs through."""
    first: dict[str, Story] = {}
    for story in suites()[peer, version]:
        if story.file.parent.name == "field_bugs" and not story.tags & {"sockets", "attack"}:
            first.setdefault(story.case, story)
    return tuple(first.values())


def named(peer: str, version: str, case: str) -> list[Story]:
    """The scenarios of a public case, or of a title's slug."""
    return [story for story in suites()[peer, version] if case in (story.case, *story.cases)]


@cache
def _suts() -> Mapping[tuple[str, str], Sut]:
    return suts_of(None)


def _sut(story: Story, identity: str, conforms: bool = False) -> Sut:
    """Over sockets what is due comes at once, however long one would wait; what never comes is not waited for long."""
    sut = obliging(profiles.sut_of(story, _suts()), story.needs)
    if "sockets" in story.tags:
        brisk = {"answer": 1.0, "reconnect": 2.0, "boot": 5.0}
        patient = {"answer": 30.0, "reconnect": 30.0, "boot": 30.0}
        sut = replace(sut, timing=sut.timing.model_copy(update=patient if conforms else brisk))
    if not identity:
        return sut
    return replace(sut, connection=sut.connection.model_copy(update={"identity": identity}))


def outcome(story: Story, misbehaviour: str = "", identity: str = "") -> Outcome:
    """Run one scenario. What is neither passed, failed nor inconclusive is raised."""
    sut = _sut(story, identity, not misbehaviour)
    lab = Lab(sut, fast="sockets" not in story.tags, practice=Practice(misbehaviour))
    session: Session | None = None
    try:
        with lab.session(story.version) as session:
            return Outcome("passed", _rules(run.play(session, story)))
    except Nonconformance as failure:
        return Outcome("failed", _late(session), str(failure))
    except Inconclusive as reason:
        return Outcome("inconclusive", _late(session), str(reason))
    finally:
        lab.close()


def _rules(findings: list[Finding]) -> frozenset[str]:
    return frozenset(f"rule:{finding.rule.id}" for finding in findings)


def _late(session: Session | None) -> frozenset[str]:
    if session is None:
        return frozenset()
    findings = session.monitor.finish(session.now)
    return _rules([finding for finding in findings if not session.excused.intersection(finding.events)])


@cache
def conforming(story: Story) -> Outcome:
    return outcome(story)


def changes(stories: list[Story] | tuple[Story, ...], bad: Misbehaviour) -> dict[str, str]:
    """What differs from the conforming run, in the words of `caught_by`, with the reasons given."""
    changed: dict[str, str] = {}
    for story in stories:
        usual = conforming(story)
        assert usual.verdict == "passed", f"{story.file}:{story.line}: {usual.reason}"
        seen = outcome(story, bad.name, bad.identity)
        if seen.verdict != "passed":
            changed[story.case if seen.verdict == "failed" else f"inconclusive:{story.case}"] = seen.reason
        changed |= dict.fromkeys(seen.rules - usual.rules, "")
    return changed


@pytest.mark.parametrize(("bad", "version"), EACH)
def test_exactly_the_declared_verdicts_change(bad: Misbehaviour, version: str) -> None:
    cases = {story.case for story in panel(bad.peer, version)}
    declared = set(bad.caught_by.get(version, ()))
    changed = changes(panel(bad.peer, version), bad)
    undecided = {word for word in changed if word.startswith("inconclusive:")}
    for word in undecided:
        assert bad.reason, f"{word}: {changed[word]}"
        assert bad.reason in changed[word]
    if EVERYTHING in declared:
        assert {word.removeprefix("inconclusive:") for word in changed} == cases
        changed = {EVERYTHING: ""} | {word: why for word, why in changed.items() if word not in undecided}
    here = {word for word in declared if ":" in word or word in cases}
    seen = set(changed)
    for case in here & cases - seen:
        # Declared of an outline is any of its examples.
        seen |= set(changes(named(bad.peer, version, case), bad)) & {case}
    assert seen == here
    for case in declared - here:
        assert any(outcome(story, bad.name).verdict == "failed" for story in named(bad.peer, version, case)), case
        assert "failed" not in {conforming(story).verdict for story in named(bad.peer, version, case)}, case


@pytest.mark.parametrize(("bad", "version"), EACH)
def test_each_is_caught_or_says_why_it_is_not(bad: Misbehaviour, version: str) -> None:
    assert bool(bad.caught_by.get(version)) != bool(bad.excuse.get(version))
    assert behaviour_of(bad.peer, version, bad.name) != behaviour_of(bad.peer, version)


def test_what_is_declared_exists() -> None:
    rules = {f"rule:{rule.id}" for rule in all_rules()}
    for bad in MISBEHAVIOURS:
        assert set(bad.caught_by) | set(bad.excuse) == set(bad.values), bad.name
        for version, words in bad.caught_by.items():
            for word in words:
                if word.startswith("rule:"):
                    assert word in rules, f"{bad.name}: {word}"
                elif word != EVERYTHING:
                    assert named(bad.peer, version, word.removeprefix("inconclusive:")), f"{bad.name}: {word}"


def test_names_are_unique_and_readable() -> None:
    names = [(bad.peer, bad.name) for bad in MISBEHAVIOURS]
    assert len(names) == len(set(names))
    for bad in MISBEHAVIOURS:
        assert bad.name == bad.name.lower().replace("_", "-")
        assert bad.meaning.endswith(".")
        assert {(bad.peer, version) for version in bad.values} <= VERSIONS


def test_every_bug_of_the_field_has_a_misbehaviour() -> None:
    shown = {bug for bad in MISBEHAVIOURS for bug in bad.bugs}
    assert shown == FIELD_BUGS
    assert {undone.bug for undone in UNDONE} <= FIELD_BUGS


def test_an_unknown_name_is_refused_and_the_known_ones_are_told() -> None:
    with pytest.raises(UnknownMisbehaviour, match="seqno-gap"):
        behaviour_of("station", "2.0.1", "seqno-gaps")
    with pytest.raises(UnknownMisbehaviour, match=r"OCPP 1\.6"):
        behaviour_of("station", "1.6", "seqno-gap")


def test_the_page_is_up_to_date() -> None:
    """`python -m tests.reference.misbehaviours_page` writes it anew."""
    written = Path(__file__).parents[2] / "docs" / "misbehaviours.md"
    assert written.read_text("utf-8") == page()
