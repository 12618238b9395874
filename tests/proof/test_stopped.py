"""A proof that is stopped by hand: what it has is written, what ran is named and not judged, and nothing goes on."""

from __future__ import annotations

import json
import os
import re
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest

from harness.bdd.story import Story
from harness.oracle.checks import CheckKind
from harness.proof import several
from harness.proof.matrix import as_json, as_page, totals
from harness.proof.mutant import StoryProof
from harness.proof.several import Pair
from harness.stopping import Stopping
from harness.sut import Sut
from tests.faults.test_command_line import PATIENCE, ROOT
from tests.proof.bench import story_of, sut_of
from tests.proof.test_prove import TINY

WAITS = """
import os, runpy, signal, sys
from harness.proof import prove
proven = prove.prove_story
def prove_story(story, sut):
    if story.file.stem == "short":
        return proven(story, sut)
    with open({begun!r}, "a") as begun:
        begun.write(f"{{os.getpid()}}\\n")
    while True:
        signal.pause()
prove.prove_story = prove_story
signal.signal(signal.SIGINT, signal.default_int_handler)
sys.argv[0] = "harness"
runpy.run_module("harness", run_name="__main__")
"""
"""`ocpp-harness`, for which every scenario but those of short.feature takes for ever, and says when it begins."""


@contextmanager
def proving(folder: Path, jobs: int, of: int) -> Iterator[tuple[subprocess.Popen[str], list[int]]]:
    """A proof of `of` scenarios that take for ever, after one that does not, once as many as can run have begun."""
    files = [story_of(folder, TINY[CheckKind.ANSWERS][1], name=name).file
             for name in ("short", *(f"long{n}" for n in range(of)))]
    os.mkfifo(folder / "begun")
    command = ["prove", *map(str, files), "--jobs", str(jobs), "--reports", str(folder / "reports")]
    process = subprocess.Popen(
        [sys.executable, "-c", WAITS.format(begun=str(folder / "begun")), *command], cwd=ROOT, text=True,
        stdout=subprocess.PIPE, stderr=subprocess.PIPE, start_new_session=True)
    told: list[int] = []
    try:
        while len(told) < min(jobs, of):
            told += [int(line) for line in (folder / "begun").read_text("utf-8").splitlines()]
        yield process, told
    finally:
        process.kill()
        process.communicate()


def matrix_of(folder: Path) -> tuple[dict[str, Any], str]:
    (proof,) = (folder / "reports").iterdir()
    return json.loads((proof / "kill-matrix.json").read_text("utf-8")), (proof / "kill-matrix.html").read_text("utf-8")


@pytest.mark.parametrize(("jobs", "number", "everybody"), [
    (1, signal.SIGINT, False), (2, signal.SIGINT, True), (2, signal.SIGTERM, False)])
def test_the_matrix_of_what_was_proven_is_written(
    jobs: int, number: signal.Signals, everybody: bool, tmp_path: Path
) -> None:
    with proving(tmp_path, jobs, of=4) as (process, _):
        # A terminal's Ctrl-C reaches every process; whoever names the command alone reaches that one.
        (os.killpg if everybody else os.kill)(process.pid, number)
        output, errors = process.communicate(timeout=PATIENCE)
    assert process.returncode == 3, output + errors
    assert "Traceback" not in errors
    assert "stopped after 1 of 5 scenarios" in errors
    assert len(re.findall(r"^NOT JUDGED  long\d.feature::tiny\[2.0.1\]  Tiny: it was running$", errors, re.M)) == jobs
    assert "1 passed, 0 failed" in output
    matrix, page = matrix_of(tmp_path)
    assert matrix["totals"]["scenarios"] == 1
    assert matrix["totals"]["scenarios not judged: stopped by hand"] == 4
    assert [one["proven"] for one in matrix["scenarios"]] == [True] + [False] * jobs
    assert [one.get("interrupted", False) for one in matrix["scenarios"]] == [False] + [True] * jobs
    assert "stopped after 1 of 5 scenarios" in page
    assert page.count("NOT JUDGED") == jobs


def test_a_second_ctrl_c_ends_what_does_not_end_by_itself(tmp_path: Path) -> None:
    with proving(tmp_path, 2, of=2) as (process, workers):
        os.kill(workers[0], signal.SIGSTOP)  # hears nothing
        process.send_signal(signal.SIGINT)
        assert process.stderr is not None
        assert process.stderr.readline().startswith("stopping: ")
        process.send_signal(signal.SIGINT)
        _, errors = process.communicate(timeout=PATIENCE)
    assert process.returncode == 3
    assert errors.count("NOT JUDGED") == 2
    for worker in workers:
        with pytest.raises(ProcessLookupError):
            os.kill(worker, 0)


def test_a_process_that_dies_leaves_its_scenario_unproven_and_the_others_are_proven(tmp_path: Path) -> None:
    pairs = [_pair(tmp_path, name) for name in ("one", "dies", "two")]
    told: list[StoryProof] = []
    several.together(pairs, 2, _dies, told.append, Stopping(lambda text: None))
    assert {proof.id.partition(".")[0]: proof.problem for proof in told} == {
        "one": "", "two": "", "dies": "the process that proved this scenario ended in the middle of it"}
    assert totals(told, 3)["scenarios not proven"] == 1
    assert "scenarios not judged: stopped by hand" not in totals(told, 3)


def _dies(story: Story, sut: Sut) -> StoryProof:
    if story.file.stem == "dies":
        os.kill(os.getpid(), signal.SIGKILL)
    return StoryProof(*several.named(story))


def _pair(folder: Path, name: str) -> Pair:
    story = story_of(folder, TINY[CheckKind.ANSWERS][1], name=name)
    return story, sut_of(story)


def _stopped(story: Story, sut: Sut) -> StoryProof:
    raise KeyboardInterrupt


def test_what_is_not_judged_is_no_failure(tmp_path: Path) -> None:
    told: list[StoryProof] = []
    with pytest.raises(KeyboardInterrupt):
        several.alone([_pair(tmp_path, "one"), _pair(tmp_path, "two")], _stopped, told.append)
    assert [proof.id for proof in told] == ["one.feature::tiny[2.0.1]"]
    assert totals(told, 2)["scenarios not proven"] == 0
    assert as_json(told, 2)["totals"]["scenarios not judged: stopped by hand"] == 2
    assert "stopped after 0 of 2" in as_page(told, 2)
