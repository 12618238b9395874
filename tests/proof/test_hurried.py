"""Over sockets a busy machine can make a short patience run out: such a failure counts if it comes again unhurried.

Nobody waits here: `slow` has it that every failure took as long as the shortest patience."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from harness.bdd import run
from harness.bdd.story import Line
from harness.lab import Practice
from harness.oracle.verdict import HarnessFault, Inconclusive, Nonconformance
from harness.proof import prove as prover
from harness.proof.matrix import AGAIN, as_json, as_page, shortcomings, totals
from harness.proof.mutant import Outcome
from harness.session import Session
from tests.proof.bench import CSMS, STATION, proof_of

HEARTBEAT = """
    When the station connects
    Then the CSMS accepts the connection with ocpp2.0.1
    """
CLEAR = """
    When the CSMS sends ClearCache as "clear"
    Then the station answers "clear"
    """
Perform = Callable[[Session, object, Line], None]


def _failing(monkeypatch: pytest.MonkeyPatch, runs: set[int], error: Exception) -> list[float]:
    """Have the first line of those runs (from 0) fail; the patience for an answer (s) in each run."""
    perform: Perform = run.perform  # type: ignore[assignment]
    seen: list[float] = []
    last: list[Session] = []

    def stumbling(session: Session, story: object, step: Line) -> None:
        if not last or last[-1] is not session:
            last.append(session)
            seen.append(session.setting.times.answer / 1e9)
            if len(seen) - 1 in runs:
                raise error
        perform(session, story, step)

    monkeypatch.setattr(run, "perform", stumbling)
    return seen


@pytest.fixture
def slow(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(prover, "SHORTEST", 0.0)


@pytest.fixture
def late() -> Exception:
    return Nonconformance("expected: an answer\nseen: nothing, and not in time")


@pytest.mark.usefixtures("slow")
def test_a_clean_run_that_fails_in_a_hurry_is_tried_again_and_told(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, late: Exception
) -> None:
    patience = _failing(monkeypatch, {0}, late)
    proof = proof_of(tmp_path, HEARTBEAT, f"{CSMS} @sockets")
    assert proof.proven, shortcomings(proof)
    assert patience == [1.0, 10.0, 10.0, 10.0]
    assert totals([proof])[AGAIN] == 1
    assert as_json([proof])["scenarios"][0]["hurried"].endswith("nothing, and not in time")
    assert "Tried again, with more patience, after: Nonconformance: expected: an answer" in as_page([proof])


@pytest.mark.usefixtures("slow")
def test_a_clean_run_that_fails_unhurried_too_is_not_proven(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, late: Exception
) -> None:
    patience = _failing(monkeypatch, {0, 1}, late)
    proof = proof_of(tmp_path, HEARTBEAT, f"{CSMS} @sockets")
    assert "the clean reference does not pass" in proof.problem
    assert patience == [1.0, 10.0]


@pytest.mark.usefixtures("slow")
def test_a_mutant_that_falls_in_a_hurry_is_tried_again_and_told(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, late: Exception
) -> None:
    patience = _failing(monkeypatch, {1}, late)
    proof = proof_of(tmp_path, HEARTBEAT, f"{CSMS} @sockets")
    assert proof.proven, shortcomings(proof)
    assert patience == [1.0, 1.0, 1.0, 10.0, 10.0], "clean, two mutants, clean, the one that fell"
    (again,) = [trial for trial in proof.trials if trial.hurried]
    assert again.outcome is Outcome.KILLED
    assert again.hurried.startswith("elsewhere at line 5: expected: an answer")
    assert as_json([proof])["scenarios"][0]["lines"][0]["mutants"][0]["hurried"] == again.hurried


@pytest.mark.usefixtures("slow")
def test_a_mutant_that_fails_unhurried_too_is_not_killed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    patience = _failing(monkeypatch, {1, 4}, Inconclusive("our ClientHello never left within 1 s"))
    proof = proof_of(tmp_path, HEARTBEAT, f"{CSMS} @sockets")
    assert not proof.proven
    assert [trial.outcome for trial in proof.trials if trial.hurried] == [Outcome.BROKEN]
    assert "never left within 1 s" in "\n".join(shortcomings(proof))
    assert patience == [1.0, 1.0, 1.0, 10.0, 10.0]


@pytest.mark.usefixtures("slow")
def test_a_mutant_stays_as_it_was_where_the_clean_run_fails_unhurried(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, late: Exception
) -> None:
    patience = _failing(monkeypatch, {1, 3}, late)
    proof = proof_of(tmp_path, HEARTBEAT, f"{CSMS} @sockets")
    assert [trial.outcome for trial in proof.trials] == [Outcome.ELSEWHERE, Outcome.KILLED]
    assert patience == [1.0, 1.0, 1.0, 10.0]
    assert not proof.proven


@pytest.mark.usefixtures("slow")
def test_in_virtual_time_nothing_is_tried_twice(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, late: Exception
) -> None:
    patience = _failing(monkeypatch, {0}, late)
    proof = proof_of(tmp_path, CLEAR, STATION)
    assert "the clean reference does not pass" in proof.problem
    assert len(patience) == 1
    assert totals([proof])[AGAIN] == 0


# ---- what is no want of patience counts at once ---------------------------------------------------------


def test_a_clean_run_that_fails_sooner_than_patience_runs_out_is_not_tried_again(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, late: Exception
) -> None:
    patience = _failing(monkeypatch, {0}, late)
    assert "does not pass: Nonconformance" in proof_of(tmp_path, HEARTBEAT, f"{CSMS} @sockets").problem
    assert patience == [1.0]


def test_a_mutant_that_falls_sooner_than_patience_runs_out_is_not_tried_again(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, late: Exception
) -> None:
    patience = _failing(monkeypatch, {1}, late)
    proof = proof_of(tmp_path, HEARTBEAT, f"{CSMS} @sockets")
    assert [trial.outcome for trial in proof.trials] == [Outcome.ELSEWHERE, Outcome.KILLED]
    assert patience == [1.0, 1.0, 1.0]


@pytest.mark.usefixtures("slow")
@pytest.mark.parametrize(("stumbles", "tries"), [({0}, 1), ({1}, 3)])
def test_what_trips_the_tool_is_not_tried_again(
    stumbles: set[int], tries: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    patience = _failing(monkeypatch, stumbles, HarnessFault("hangs: no end after 60 s"))
    proof = proof_of(tmp_path, HEARTBEAT, f"{CSMS} @sockets")
    assert "hangs" in "\n".join(shortcomings(proof))
    assert patience == [1.0] * tries


@pytest.mark.usefixtures("slow")
def test_what_survives_is_not_tried_again(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """It would have two chances to die."""
    patience = _failing(monkeypatch, set(), HarnessFault(""))
    monkeypatch.setattr(prover, "_spoilt", lambda sabotage, answers: Practice())
    proof = proof_of(tmp_path, HEARTBEAT, f"{CSMS} @sockets")
    assert [trial.outcome for trial in proof.trials] == [Outcome.SURVIVED, Outcome.SURVIVED]
    assert patience == [1.0] * 3
