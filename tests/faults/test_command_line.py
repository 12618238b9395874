"""The run as a process: a port that is taken, Ctrl-C and SIGKILL in the middle."""

from __future__ import annotations

import json
import signal
import socket
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

import pytest

from harness.oracle.verdict import Verdict
from harness.report.results import ScenarioResult
from harness.running import _code
from tests.faults.peers import ASK_STATION, STATION, booted_station, free_port

ROOT = Path(__file__).resolve().parents[2]
PATIENCE = 120
"""Seconds; only a command that hangs takes so long, however busy the machine is."""
SECOND_WAIT = """
  Scenario: It waits
    Then the station sends nothing for 1 min
"""


INTERRUPTIBLE = """
import runpy, signal
signal.signal(signal.SIGINT, signal.default_int_handler)
runpy.run_module("harness", run_name="__main__")
"""
"""`python -m harness`, for which Ctrl-C counts even where a shell in the background has had it ignored."""


@contextmanager
def started(folder: Path, port: int) -> Iterator[subprocess.Popen[str]]:
    """`ocpp-harness run` on a scenario that answers and one that would take a minute."""
    (folder / "sut.toml").write_text(STATION.format(port=port), "utf-8")
    (folder / "it.feature").write_text(ASK_STATION + SECOND_WAIT, "utf-8")
    files = ["--sut", str(folder / "sut.toml"), str(folder / "it.feature"), "--reports", str(folder / "reports")]
    command = [sys.executable, "-c", INTERRUPTIBLE, "run", *files]
    process = subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
    try:
        yield process
    finally:
        process.kill()
        process.communicate()


def test_a_port_that_is_taken_is_told_before_anything_runs(tmp_path: Path):
    with socket.create_server(("127.0.0.1", 0)) as held:
        port = held.getsockname()[1]
        with started(tmp_path, port) as process:
            _, errors = process.communicate(timeout=PATIENCE)
    assert process.returncode == 2
    assert f"cannot listen on 127.0.0.1:{port}: Address already in use" in errors
    assert not (tmp_path / "reports").exists()


@pytest.mark.parametrize("end", [signal.SIGINT, signal.SIGKILL])
def test_an_end_in_the_middle_leaves_what_was_found(end: signal.Signals, tmp_path: Path):
    port = free_port()
    with started(tmp_path, port) as process, booted_station(port) as quiet:
        assert quiet.wait(PATIENCE), "the first scenario never ended"
        process.send_signal(end)
        output, errors = process.communicate(timeout=PATIENCE)
    journals = sorted((tmp_path / "reports").glob("2*/journals/*.jsonl"))
    assert len(journals) == 2
    assert all(json.loads(line) for path in journals for line in path.read_text("utf-8").splitlines())
    assert "BootNotification" in "".join(path.read_text("utf-8") for path in journals)
    with socket.create_server(("127.0.0.1", port)):
        pass
    if end is signal.SIGINT:
        assert process.returncode == 3
        assert "1 passed, 1 inconclusive" in output
        assert "the run was stopped by hand in the middle of this scenario" in output
        assert "stopped before the end: 2 scenarios of 2 begun or done" in errors
        verdicts = json.loads((tmp_path / "reports" / "latest" / "verdicts.json").read_text("utf-8"))["results"]
        assert [result["verdict"] for result in verdicts] == ["passed", "inconclusive"]
        assert all((tmp_path / "reports" / "latest" / result["journal"]).is_file() for result in verdicts)


def test_what_was_proven_before_a_run_was_stopped_stays_proven() -> None:
    failed = ScenarioResult("id", "It boots", "Booting", "station", "2.0.1", Verdict.FAILED)
    passed = replace(failed, verdict=Verdict.PASSED)
    assert _code([failed, passed], stopped=True, completed=False) == 1
    assert _code([passed], stopped=True, completed=False) == 3
    assert _code([], stopped=True, completed=False) == 3
    assert _code([passed], stopped=False, completed=True) == 0
    assert _code([failed], stopped=False, completed=False) == 2


REFERENCE = ("--fast", "--case", "TC_B_01_CS", "--sut", "fixtures/suts/reference-station-201.toml")


@pytest.mark.parametrize(("arguments", "words"), [
    (("run", *REFERENCE, "--reports", "README.md/reports"), "--reports README.md/reports: no folder can be made"),
    (("run", *REFERENCE, "--reports", "/proc"), "--reports /proc: no folder can be made there"),
    (("check-log", "README.md", "--reports", "README.md"), "--reports README.md: no folder can be made there"),
    (("demo", "--fast", "--reports", "README.md/reports"), "--reports README.md/reports: no folder can be made"),
    (("prove", "--case", "TC_B_01_CS", "--reports", "README.md"), "--reports README.md: no folder can be made"),
    (("run", *REFERENCE, "--misbehave", "nonsense"), "knows no misbehaviour 'nonsense'; known: "),
])
def test_what_cannot_be_used_is_told_in_one_line(arguments: tuple[str, ...], words: str):
    command = [sys.executable, "-m", "harness", *arguments]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, timeout=PATIENCE)
    assert done.returncode == 2
    assert words in done.stderr
    assert "Traceback" not in done.stderr
