"""The prover: what it derives, what it kills, and what it refuses to call proven."""

from __future__ import annotations

import re
import textwrap
from collections.abc import Mapping
from pathlib import Path

import pytest

from harness import resources
from harness.bdd import run
from harness.bdd.grammar import VOCABULARY
from harness.bdd.story import Story
from harness.oracle.checks import CheckKind
from harness.oracle.verdict import HarnessFault
from harness.proof import derive
from harness.proof import prove as prover
from harness.proof.matrix import as_json, as_page, shortcomings, totals, write
from harness.proof.mutant import Outcome, Sabotage, StoryProof
from harness.proof.prove import prove, prove_story
from harness.proof.saboteur import Answers
from harness.rpc.link import Endpoint
from tests.browser import browser
from tests.proof.bench import CSMS, STATION, kinds, proof_of, story_of, sut_of

KNOCKS = """
Given the CSMS will answer BootNotification once with
  | status   | Rejected |
  | interval | 5        |
When the operator reboots the station
Then the station sends BootNotification as "first"
And the station sends BootNotification as "second" within 20 s
"""
REPORT = """
When the CSMS sends GetBaseReport as "ask" with
  | reportBase | FullInventory |
Then the station answers "ask"
And the station sends every part of NotifyReport as "report"
"""

# Per kind of check: tags, lines, the kinds of mutants that the last line must yield.
TINY: Mapping[CheckKind, tuple[str, str, set[str]]] = {
    CheckKind.SENDS: (STATION, """
        When the operator reboots the station
        Then the station sends BootNotification with
          | reason | none of Unknown |
        """, {"omit", "delay", "row reason: missing", "row reason: forbidden Unknown"}),
    CheckKind.ANSWERS: (STATION, """
        When the CSMS sends ClearCache as "clear"
        Then the station answers "clear" with
          | status     | Accepted |
          | statusInfo | absent   |
        """, {"omit", "delay", "wrong id", "close", "callerror", "row status: missing",
              "row status: other value Rejected", "row statusInfo: present"}),
    CheckKind.HAS: (STATION, """
        When the CSMS sends ClearCache as "clear"
        Then the station answers "clear" as "answer"
        And "answer" has
          | status | Accepted |
        """, {"row status: missing", "row status: other value Rejected"}),
    CheckKind.SILENCE: (STATION, """
        Then the station sends nothing for 20 s
        """, {"inject", "connection lost", "interrupted"}),
    CheckKind.NOT_BETWEEN: (STATION, KNOCKS + 'And the station sends nothing between "first" and "second"', {"inject"}),
    CheckKind.AT_LEAST: (STATION, KNOCKS + 'And "second" comes at least 5 s after the answer to "first"', {"early"}),
    CheckKind.AT_MOST: (STATION, KNOCKS + 'And "second" comes at most 10 s after "first"', {"late"}),
    CheckKind.ORDER: (CSMS, """
        Given the station is booted
        When the station sends Heartbeat as "one"
        And the station sends Heartbeat as "two"
        Then the CSMS answers "one" as "first"
        And the CSMS answers "two" as "second"
        And "first" and "second" come in this order
        """, {"swap"}),
    CheckKind.EACH: (STATION, REPORT + """
And each reportData of "report" has
  | variableAttribute | present |
""", {"empty", "row variableAttribute: missing"}),
    CheckKind.SOME: (STATION, REPORT + """
And some reportData of "report" has
  | component.name | OCPPCommCtrlr    |
  | variable.name  | OfflineThreshold |
""", {"row component.name: missing", "row variable.name: other text"}),
    CheckKind.NO: (STATION, REPORT + """
And no reportData of "report" has
  | variableCharacteristics.dataType   | any of OptionList, SequenceList |
  | variableCharacteristics.valuesList | absent                          |
""", {"inject element"}),
    CheckKind.EVERY: (STATION, """
        Given the CSMS will answer BootNotification once with
          | interval | 10 |
        When the operator reboots the station
        Then the station sends Heartbeat every 10 s, 3 times
        """, {"omit", "late"}),
    CheckKind.CLOSES: (CSMS, """
        When the station connects with
          | subprotocols | none |
        Then the CSMS closes the connection
        """, {"stay open"}),
    CheckKind.STAYS_OPEN: (CSMS, """
        When the station connects
        Then the CSMS keeps the connection of the station for 1 s
        """, {"connection lost"}),
    CheckKind.REFUSES: (CSMS, """
        When the station connects with
          | password | wrong wrong wrong wrong |
        Then the CSMS refuses the connection with status 401
        """, {"accept", "other status"}),
    CheckKind.ACCEPTS: (CSMS, """
        When the station connects
        Then the CSMS accepts the connection with ocpp2.0.1
        """, {"refuse", "no subprotocol"}),
}


@pytest.mark.parametrize("kind", TINY, ids=lambda kind: kind.name)
def test_every_kind_of_check_yields_mutants_and_each_dies(kind: CheckKind, tmp_path: Path) -> None:
    tags, lines, expected = TINY[kind]
    proof = proof_of(tmp_path, lines, tags)
    last = proof.lines[-1]
    assert {trial.mutant.kind for trial in last.trials} >= expected
    # To swap two answers, the earlier one is held back, and the line that waits for it may notice first.
    good = (Outcome.KILLED, Outcome.ELSEWHERE) if kind is CheckKind.ORDER else (Outcome.KILLED,)
    assert [f"{t.mutant.kind}: {t.outcome} at {t.where} {t.why}" for t in last.trials if t.outcome not in good] == []


def test_no_kind_of_check_that_a_judge_records_is_forgotten() -> None:
    """A kind without mutants would stop the proof; the kinds not in `TINY` are proven with the features."""
    sources = (resources.root() / "harness" / "judge").rglob("*.py")
    recorded = {name for file in sources for name in re.findall(r"CheckKind\.([A-Z_]+)", file.read_text("utf-8"))}
    assert {CheckKind[name] for name in recorded} <= set(derive._MAKERS)
    assert set(TINY) <= set(derive._MAKERS)


def test_a_proof_counts_what_it_did(tmp_path: Path) -> None:
    tags, lines, _ = TINY[CheckKind.ANSWERS]
    proof = proof_of(tmp_path, lines, tags)
    assert proof.proven
    counted = totals([proof])
    assert counted["killed"] == counted["mutants"] == len(proof.trials) > 5
    assert counted["lines not proven"] == 0
    assert shortcomings(proof) == []
    assert as_json([proof])["scenarios"][0]["proven"] is True
    assert "NOT PROVEN" not in as_page([proof])


# ---- bad scenarios --------------------------------------------------------------------------------


def _named(proof: StoryProof, *words: str) -> None:
    assert not proof.proven
    assert totals([proof])["scenarios not proven"] == 1
    for word in words:
        assert word in "\n".join(shortcomings(proof)), shortcomings(proof)
    assert "NOT PROVEN" in as_page([proof])


def test_a_scenario_that_the_clean_reference_fails_is_named(tmp_path: Path) -> None:
    proof = proof_of(tmp_path, """
        When the CSMS sends ClearCache as "clear"
        Then the station answers "clear" with
          | status | Rejected |
        """)
    _named(proof, "the clean reference does not pass", "Nonconformance", "status: expected 'Rejected', saw 'Accepted'")
    assert proof.trials == ()


def _story_with(folder: Path, lines: str) -> Story:
    return story_of(folder, lines)


def test_a_scenario_without_a_then_is_named(tmp_path: Path) -> None:
    """Collection refuses it already; the prover must not take it for proven either."""
    story = _story_with(tmp_path, 'When the operator reboots the station\nThen the station sends nothing for 1 s')
    bare = Story(**{name: getattr(story, name) for name in Story.__dataclass_fields__} | {"lines": story.lines[:1]})
    _named(prove_story(bare, sut_of(bare)), "no Then line of this scenario checked anything")


def test_a_then_line_that_checks_nothing_is_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("harness.judge.has", lambda session, name, rows: None)
    _named(proof_of(tmp_path, TINY[CheckKind.HAS][1]), 'no mutant can be derived for line 7 ("answer" has)')


def test_a_then_line_without_mutants_is_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(derive._MAKERS, CheckKind.HAS, lambda check, clean: iter(()))  # type: ignore[arg-type]
    proof = proof_of(tmp_path, TINY[CheckKind.HAS][1])
    _named(proof, "no mutant can be derived for line 7")
    assert all(trial.outcome is Outcome.KILLED for trial in proof.trials)


def test_a_run_that_hangs_is_ended_and_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """No clock is waited for: the alarm that would ring after a while rings at once."""
    limited = prover._limited
    monkeypatch.setattr(prover, "_limited", lambda: limited(0.05))
    monkeypatch.setattr(run, "perform", _hang)
    _named(proof_of(tmp_path, TINY[CheckKind.HAS][1]), "HarnessFault: hangs: no end after 0.05 s")


def _hang(*_: object) -> None:
    while True:
        pass


def test_a_mutant_that_hangs_is_broken_not_killed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    limited, runs = prover._limited, iter([30.0])
    monkeypatch.setattr(prover, "_limited", lambda: limited(next(runs, 0.05)))
    perform, begun = run.perform, []

    def once(*arguments: object) -> None:
        begun.append(arguments)
        if len(begun) > 2:
            _hang()
        perform(*arguments)  # type: ignore[arg-type]

    monkeypatch.setattr(run, "perform", once)
    proof = proof_of(tmp_path, """
        When the CSMS sends GetLocalListVersion as "ask"
        Then the station answers "ask"
        """)
    _named(proof, "broken", "hangs")
    assert kinds(proof, Outcome.KILLED) == set()


@pytest.mark.parametrize("declared", ["", "# equivalent *: nobody looks\n"])
def test_a_mutant_that_trips_the_tool_is_broken_not_killed(
    declared: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    attempt = prover.Saboteur

    def fault(inner: Endpoint, sabotage: Sabotage, answers: Answers) -> object:
        if sabotage != prover.LET_BE:
            raise HarnessFault("our own mistake")
        return attempt(inner, sabotage, answers)

    monkeypatch.setattr(prover, "Saboteur", fault)
    lines = textwrap.dedent(TINY[CheckKind.ANSWERS][1]).replace("Then ", f"{declared}Then ")
    proof = proof_of(tmp_path, lines)
    assert attempt is not prover.Saboteur
    _named(proof, "broken", "our own mistake")
    assert {trial.outcome for trial in proof.trials} == {Outcome.BROKEN}


def test_a_mutant_that_another_line_catches_is_not_killed(tmp_path: Path) -> None:
    proof = proof_of(tmp_path, """
        When the CSMS sends ClearCache as "clear"
        Then the station answers "clear" as "answer" with
          | status | Accepted |
        And "answer" has
          | status | Accepted |
        """)
    _named(proof, "elsewhere at line 6")
    ((survived, *_),) = [line["mutants"] for line in as_json([proof])["scenarios"][0]["lines"] if line["line"] == 8]
    assert "seen:" in survived["why"], "the whole of it, by which one that comes seldom can be understood later"


def test_a_weak_line_is_not_proven(tmp_path: Path) -> None:
    """A row that takes any value kills nothing but its own absence; an alternative that always holds kills nothing."""
    proof = proof_of(tmp_path, """
        When the CSMS sends ClearCache as "clear"
        Then the station answers "clear" as "answer"
        And "answer" has
          | statusInfo.reasonCode | absent or present |
        """)
    _named(proof, 'no mutant can be derived for line 7 ("answer" has)')


def test_several_stories_are_proven_in_their_order(tmp_path: Path) -> None:
    first = story_of(tmp_path, TINY[CheckKind.ANSWERS][1], name="first")
    second = story_of(tmp_path, TINY[CheckKind.HAS][1], name="second")
    told: list[str] = []
    suts = {("station", "2.0.1"): sut_of(first)}
    proofs = prove([first, second], suts, told=lambda proof: told.append(proof.id))
    assert [proof.id for proof in proofs] == told == ["first.feature::tiny[2.0.1]", "second.feature::tiny[2.0.1]"]


# ---- equivalents ----------------------------------------------------------------------------------

DECLARED = """
When the CSMS sends ClearCache as "clear"
Then the station answers "clear" as "answer" with
  | status | Accepted |
# equivalent {kind}: {reason}
And "answer" has
  | status | Accepted |
"""


def test_an_equivalent_mutant_stays_alive_with_its_reason(tmp_path: Path) -> None:
    proof = proof_of(tmp_path, DECLARED.format(kind="row *", reason="the line before looks at it"))
    equivalent = [trial for trial in proof.trials if trial.outcome is Outcome.EQUIVALENT]
    assert {trial.mutant.line for trial in equivalent} == {9}
    assert {trial.reason for trial in equivalent} == {"the line before looks at it"}
    assert not proof.proven, "a line must be killed at least once"


def test_an_equivalent_that_dies_is_a_lie(tmp_path: Path) -> None:
    proof = proof_of(tmp_path, """
        When the CSMS sends ClearCache as "clear"
        # equivalent delay: nobody is in a hurry
        Then the station answers "clear"
        """)
    _named(proof, "delay: survived", "declared equivalent (nobody is in a hurry), but it dies")
    assert "delay" not in kinds(proof, Outcome.KILLED)


def test_an_equivalent_for_nothing_is_a_problem(tmp_path: Path) -> None:
    proof = proof_of(tmp_path, """
        When the CSMS sends ClearCache as "clear"
        # equivalent row nothing*: there is no such mutant
        Then the station answers "clear"
        """)
    _named(proof, "no such mutant, though declared equivalent: line 7 (row nothing*)")


def test_the_vocabulary_records_a_check_for_every_then() -> None:
    """Each judging definition ends in a function of `harness.judge`, which is where checks are recorded."""
    for definition in VOCABULARY.definitions:
        if definition.keyword == "then":
            names = set(definition.function.__code__.co_names)
            assert names & {"judge", "transfers"}, definition.sentence


def test_the_page_of_the_kill_matrix_is_searched_and_linked_into(tmp_path: Path) -> None:
    proofs = [StoryProof(f"TC_{n}[2.0.1]", f"It <boots> {n}", "x.feature", problem="" if n else "hangs")
              for n in range(3)]
    _, file = write(proofs, tmp_path)
    assert "<boots>" not in file.read_text("utf-8")
    with browser() as opened:
        shown = opened()
        shown.open(file.resolve().as_uri() + "#TC_2[2.0.1]")
        shown.until("document.activeElement.textContent.includes('TC_2')")
        assert shown.js("document.getElementById('shown').textContent") == "3 of 3 scenarios shown"
        shown.click("#find")
        shown.type("tc_1")
        shown.until("document.getElementById('shown').textContent === '1 of 3 scenarios shown'")
        shown.js("document.getElementById('find').value = ''")
        shown.click("#only")
        shown.until("document.getElementById('shown').textContent === '1 of 3 scenarios shown'")
        assert shown.js("document.querySelector('details:not([hidden])').id") == "TC_0[2.0.1]"
        assert shown.errors == []


OUTAGE = """
Given the station is charging
When the CSMS goes offline
And the driver lets the EV pause charging
And 1 s passes
And the driver lets the EV resume charging
And the CSMS goes online
Then the station reconnects
And the station sends TransactionEvent as "first" within 10 s with
  | transactionInfo.chargingState | SuspendedEV |
And the station sends TransactionEvent as "second" within 10 s with
  | transactionInfo.chargingState | Charging |
And "first" and "second" come in this order
"""


def test_what_was_lost_in_an_outage_is_not_taken_for_what_came_after_it(tmp_path: Path) -> None:
    """The first event leaves for a connection that we have ended already, and again after the outage."""
    proof = proof_of(tmp_path, OUTAGE)
    assert proof.proven, shortcomings(proof)
