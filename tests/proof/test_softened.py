"""The prover proves itself: an oracle that is softened in one place is never called proven.

Each softening changes one expression of the judge; the scenario that the honest judge proves must then
be not proven.
"""

from __future__ import annotations

import inspect
import textwrap
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from types import FunctionType
from typing import Any

import pytest

from harness import resources
from harness.bdd.story import stories
from harness.judge import common, measuring, messages, silence
from harness.oracle import expect, match
from harness.oracle.expect import Wanted
from harness.oracle.transcript import Correlator, Transcript
from harness.oracle.verdict import Nonconformance
from harness.proof.matrix import shortcomings
from harness.proof.mutant import StoryProof
from harness.proof.prove import prove_story
from tests.proof.bench import CSMS, STATION, proof_of, sut_of


def soften(monkeypatch: pytest.MonkeyPatch, function: Callable[..., Any], old: str, new: str) -> None:
    """Run `function` with one expression replaced, for everyone who holds it already."""
    assert isinstance(function, FunctionType)
    source = textwrap.dedent(inspect.getsource(function))
    assert source.count(old) >= 1, f"{function.__qualname__} no longer says {old!r}"
    space = dict(function.__globals__)
    exec("from __future__ import annotations\n" + source.replace(old, new), space)
    monkeypatch.setattr(function, "__code__", space[function.__name__].__code__)


@dataclass(frozen=True)
class Scenario:
    tags: str
    lines: str


ANSWER = Scenario(STATION, """
    When the CSMS sends ClearCache as "clear"
    Then the station answers "clear" within 3 s with
      | statusInfo | absent   |
      | status     | Accepted |
    """)
BOOT = Scenario(STATION, """
    When the operator reboots the station
    Then the station sends BootNotification within 20 s with
      | chargingStation.model      | present         |
      | reason                     | none of Unknown |
    """)
KNOCKS = Scenario(STATION, """
    Given the CSMS will answer BootNotification once with
      | status   | Rejected |
      | interval | 5        |
    When the operator reboots the station
    Then the station sends BootNotification as "first"
    And the station sends BootNotification as "second" within 20 s
    And "second" comes at least 5 s after the answer to "first"
    And the station sends nothing between "first" and "second"
    """)
SILENCE = Scenario(STATION, """
    Then the station sends no SecurityEventNotification for 20 s
    """)
PLAIN = Scenario(STATION, """
    When the operator reboots the station
    Then the station sends BootNotification
    """)
LATER = Scenario(STATION, """
    When the CSMS sends ClearCache as "clear"
    Then the station answers "clear" as "answer"
    """)
TWO_STATIONS = Scenario(CSMS, """
    Given the station is booted
    When the station "CS002" connects
    And the station sends Heartbeat as "beat"
    Then the CSMS answers "beat"
    """)
REQUESTS = Scenario(CSMS, """
    Given the station is booted
    When the station "CS002" connects
    And the operator requests ClearCache
    Then the CSMS sends ClearCache
    """)


def _proof(folder: Path, scenario: Scenario, monkeypatch: pytest.MonkeyPatch) -> StoryProof:
    _let_in_the_second_station(monkeypatch)
    return proof_of(folder, scenario.lines, scenario.tags)


def _let_in_the_second_station(monkeypatch: pytest.MonkeyPatch) -> None:
    """The practice CSMS knows the SUT file's one station; here it knows a second."""
    from harness.reference import csms

    build = csms.build

    def with_two(config: Any, behaviour: Any) -> Any:
        from dataclasses import replace

        stations = dict(config.stations)
        return build(replace(config, stations=stations | {"CS002": next(iter(stations.values()))}), behaviour)

    monkeypatch.setattr(csms, "build", with_two)


SOFTENINGS: dict[str, tuple[Scenario, Callable[..., Any], str, str]] = {
    "the last row of a table is skipped": (ANSWER, match.mismatches, "for row in rows if", "for row in rows[:-1] if"),
    "the last row of a table is skipped in a request": (
        BOOT, match.mismatches, "for row in rows if", "for row in rows[:-1] if"),
    "a row is skipped where the member is missing": (
        BOOT, match.mismatch, "met = isinstance(row.pattern, AbsentOr)", "met = True"),
    "absent takes anything": (ANSWER, match.mismatch, "met = not found", "met = True"),
    "the deadline of a request is ignored": (
        BOOT, messages.sends, "begun + within + times.tolerance", "begun + within * 10"),
    "the deadline of an answer is ignored": (
        ANSWER, messages.answers, "request.at + (within or times.answer) + times.tolerance",
        "request.at + (within or times.answer) * 10"),
    "any CALLRESULT is the answer": (
        ANSWER, Correlator.take, "self._open.pop((event.link, asked, frame.id), None)",
        "self._open.pop(next((k for k in self._open if k[:2] == (event.link, asked)), (0, asked, '')), None)"),
    "an answer on any connection is the answer": (
        TWO_STATIONS, Correlator.take, "event.link, ", "0, "),
    "a request on any connection is the request": (REQUESTS, Wanted.names, "message.link in self.links", "True"),
    "a connection once open is open for ever": (
        SILENCE, Transcript._follow, "self._links.discard)(event.link)", "set)(())"),
    "silence needs no connection": (SILENCE, silence.silent, "not _stood(session, session.anchor)", "False"),
    "silence needs a connection only at its end": (
        SILENCE, silence._stood, "session.transcript.open_links(earlier[-1] if earlier else 0) & ", ""),
    "one message satisfies two lines": (KNOCKS, expect.candidates, "message.number not in claimed", "True"),
    "an interval is not measured": (KNOCKS, measuring.timed, "call is Call.BROKEN", "False"),
    "what came in between is not looked at": (KNOCKS, silence.nothing_between, "    if between:", "    if False:"),
    "a CALLERROR will do": (
        LATER, expect._result_faults, "isinstance(message.frame, Error)", "False"),
    "an action will do for another": (
        PLAIN, Wanted._said, "message.action in actions(self.action)", "True"),
    "a failure is raised as something else": (BOOT, common.fail, "raise Nonconformance(text)", "raise OSError(text)"),
}


@pytest.mark.parametrize("scenario", {id(s[0]): s[0] for s in SOFTENINGS.values()}.values(), ids=repr)
def test_the_honest_judge_is_proven(
    scenario: Scenario, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    proof = _proof(tmp_path, scenario, monkeypatch)
    assert proof.proven, shortcomings(proof)


@pytest.mark.parametrize("name", SOFTENINGS)
def test_a_softened_judge_is_not(name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    scenario, function, old, new = SOFTENINGS[name]
    soften(monkeypatch, function, old, new)
    if "deadline" in name:  # it is minded twice: in the looking, and in the measuring
        soften(monkeypatch, measuring.in_time, "if shown or call is not Call.MET", "if False")
    proof = _proof(tmp_path, scenario, monkeypatch)
    assert not proof.proven
    assert shortcomings(proof)


@pytest.mark.parametrize(("judge", "scenario"), [
    ("sends", BOOT), ("answers", ANSWER), ("silent", SILENCE), ("apart", KNOCKS), ("nothing_between", KNOCKS),
])
def test_a_judge_that_swallows_its_failure_is_not_proven(
    judge: str, scenario: Scenario, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    import harness.judge

    honest = getattr(harness.judge, judge)

    def mild(*arguments: Any) -> Any:
        try:
            return honest(*arguments)
        except Nonconformance:
            return None

    monkeypatch.setattr(harness.judge, judge, mild)
    assert not _proof(tmp_path, scenario, monkeypatch).proven


def test_a_softened_judge_is_not_proven_on_the_real_features(monkeypatch: pytest.MonkeyPatch) -> None:
    folder = resources.root() / "features" / "ocpp2"
    files = [folder / role / "b_provisioning" / "boot.feature" for role in ("station", "csms")]
    chosen = [story for file in files for story in stories(file)[:3] if story.version == "2.0.1"]
    assert chosen
    soften(monkeypatch, match.mismatches, "for row in rows if", "for row in rows[1:] if")
    assert not all(prove_story(story, sut_of(story)).proven for story in chosen)
