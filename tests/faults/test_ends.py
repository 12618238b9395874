"""How a run ends that nobody let come to its end: several processes stopped by hand or killed, a reader who goes,
a disk that is full, options that select nothing. No end but a verdict says 1; nothing that was begun is dropped."""

from __future__ import annotations

import contextlib
import json
import os
import resource
import signal
import socket
import subprocess
import sys
import xml.etree.ElementTree as ET
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from typer.testing import CliRunner

from harness import check
from harness.bdd.story import BadFeature, stories
from harness.cli import app
from harness.report import pack
from harness.report.folder import RunFolder
from tests.faults.test_command_line import INTERRUPTIBLE, PATIENCE, ROOT

REFERENCE = ROOT / "fixtures" / "suts" / "reference-station-201.toml"
BOOT = "features/ocpp2/station/b_provisioning/boot.feature"
QUICK = ("run", "--sut", REFERENCE, "--fast", "--case", "TC_B_01_CS", BOOT)
SLOW = '''
plug_in = { command = ["/bin/sh", "-c", "echo $PPID $$ > begun; exec sleep 90"], timeout = 80 }
'''
"""A driver that names its process and the one that waits for it, and then takes its time."""
FEATURE = """
@sut-station @v2.0.1
Feature: A station that is plugged in

  Scenario: It tells the first
    When the driver plugs in at EVSE 1
    Then the station sends StatusNotification

  Scenario: It tells the second
    When the driver plugs in at EVSE 2
    Then the station sends StatusNotification
"""


def harness(*arguments: object, **options: object) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "harness", *map(str, arguments)]
    return subprocess.run(  # type: ignore[call-overload, no-any-return]
        command, cwd=ROOT, capture_output=True, text=True, timeout=PATIENCE, **options)


@contextmanager
def two_at_once(folder: Path) -> Iterator[tuple[subprocess.Popen[str], list[int], list[int]]]:
    """A run with two workers, each in the middle of a scenario: the run, the workers, what they wait for."""
    text = REFERENCE.read_text("utf-8").replace("action = 5", "action = 85")
    (folder / "sut.toml").write_text(text.rstrip() + SLOW, "utf-8")
    (folder / "plug.feature").write_text(FEATURE, "utf-8")
    os.mkfifo(folder / "begun")
    files = ["--sut", str(folder / "sut.toml"), str(folder / "plug.feature"), "--reports", str(folder / "reports")]
    run = subprocess.Popen(
        [sys.executable, "-c", INTERRUPTIBLE, "run", *files, "--jobs", "2"], cwd=ROOT, stdout=subprocess.PIPE,
        stderr=subprocess.PIPE, text=True, start_new_session=True)
    told: list[list[int]] = []
    try:
        while len(told) < 2:
            with (folder / "begun").open() as fifo:
                told += [[int(word) for word in line.split()] for line in fifo]
        yield run, [worker for worker, _ in told], [program for _, program in told]
    finally:
        for program in (program for _, program in told):
            with contextlib.suppress(ProcessLookupError):
                os.kill(program, signal.SIGKILL)
        run.kill()
        run.communicate()


def verdicts_of(folder: RunFolder) -> list[tuple[str, str]]:
    """What each kind of report says of the two scenarios is the same."""
    results = json.loads(folder.verdicts_json.read_text("utf-8"))["results"]
    found = sorted((result["verdict"], result["reason"]) for result in results)
    cases = ET.parse(folder.junit).getroot().iter("testcase")
    errors = [error.get("message") for case in cases for error in case.iter("error")]
    assert sorted(errors) == [f"{verdict}: {reason}" for verdict, reason in found]
    filed = [json.loads(path.read_text("utf-8")) for path in folder.allure.glob("*-result.json")]
    labels = [next(label["value"] for label in one["labels"] if label["name"] == "verdict") for one in filed]
    assert sorted(labels) == [verdict for verdict, _ in found]
    page = (folder.path / "index.html").read_text("utf-8")
    assert "<b class=\"inconclusive\">Not proven</b>" in page
    for result in results:
        assert result["title"] in page
        assert result["title"] in folder.verdicts_csv.read_text("utf-8")
        assert (folder.path / result["journal"]).is_file()
    return found


@pytest.mark.parametrize(("number", "everybody"), [(signal.SIGINT, True), (signal.SIGTERM, False)])
def test_scenarios_that_ran_in_several_processes_are_told_when_a_run_is_stopped(
    number: signal.Signals, everybody: bool, tmp_path: Path
):
    with two_at_once(tmp_path) as (run, _, programs):
        # A terminal's Ctrl-C reaches every process; whoever names the run alone reaches that one.
        (os.killpg if everybody else os.kill)(run.pid, number)
        output, errors = run.communicate(timeout=PATIENCE)
        for program in programs:
            with pytest.raises(ProcessLookupError):
                os.kill(program, 0)
    folder = RunFolder((tmp_path / "reports" / "latest").resolve())
    assert run.returncode == 3
    assert verdicts_of(folder) == [("inconclusive", "the run was stopped by hand in the middle of this scenario")] * 2
    assert "2 scenarios: 2 inconclusive" in output
    assert "stopped before the end: 2 scenarios of 2 begun or done" in errors
    page = (folder.path / "index.html").read_text("utf-8")
    assert "The run was stopped: 2 of 2 scenarios had begun." in page
    assert pack.verify(folder.path) == ()


def test_a_process_that_is_killed_takes_no_scenario_with_it(tmp_path: Path):
    with two_at_once(tmp_path) as (run, workers, _):
        for worker in workers:
            os.kill(worker, signal.SIGKILL)
        output, errors = run.communicate(timeout=PATIENCE)
    folder = RunFolder((tmp_path / "reports" / "latest").resolve())
    assert run.returncode == 3, output + errors
    reason = "the process that ran this scenario ended in the middle of it: not the product's doing"
    assert verdicts_of(folder) == [("broken", reason)] * 2


def test_a_reader_who_goes_changes_neither_report_nor_exit_code(tmp_path: Path):
    reading, writing = os.pipe()
    os.close(reading)
    command = [sys.executable, "-m", "harness", *map(str, QUICK), "--reports", str(tmp_path)]
    done = subprocess.run(command, cwd=ROOT, stdout=writing, stderr=writing, timeout=PATIENCE, check=False)
    os.close(writing)
    assert done.returncode == 0
    assert pack.verify((tmp_path / "latest").resolve()) == ()
    assert (tmp_path / "latest" / "index.html").is_file()


def test_without_standard_streams_there_is_a_report_all_the_same(tmp_path: Path):
    words = f"{sys.executable} -m harness {' '.join(map(str, QUICK))} --reports {tmp_path} >&- 2>&-"
    done = subprocess.run(["/bin/sh", "-c", words], cwd=ROOT, timeout=PATIENCE, check=False)
    assert done.returncode == 0
    assert (tmp_path / "latest" / "evidence.zip").is_file()


def few_bytes() -> None:
    """No file may grow beyond this, as on a disk that is almost full."""
    signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
    resource.setrlimit(resource.RLIMIT_FSIZE, (15_000, 15_000))


def test_a_report_that_cannot_be_written_is_told_and_the_verdicts_with_it(tmp_path: Path):
    quick = (*QUICK, "--reports", tmp_path)
    done = harness(*quick, preexec_fn=few_bytes)
    assert done.returncode == 3
    assert "2 scenarios: 2 passed" in done.stdout
    assert "is incomplete: File too large. Mend: make room there" in done.stderr
    assert "Traceback" not in done.stderr
    again = harness(*quick, "--misbehave", "timestamp-without-zone", preexec_fn=few_bytes)
    assert again.returncode == 1


@pytest.mark.parametrize(("arguments", "code", "words"), [
    (("run", "--sut", REFERENCE, "--fast", "--case", "NOPE", "-k", "two or words", BOOT), 5,
     f"no scenario for this role and version meets {BOOT} --case NOPE -k two or words; `ocpp-harness list`"),
    (("run", "--sut", REFERENCE, "--fast", "-k", "a (", BOOT), 2, "Wrong expression passed to '-k': a ("),
    (("run", "--sut", REFERENCE, "--fast", "-m", "odd", BOOT), 2, "Unknown marker(s) in '-m' expression: odd"),
    (("demo", "--fast", "--jobs", "2", "nothing.feature"), 2, "nothing.feature: no such file or folder"),
    (("run", "--sut", REFERENCE, "README.md"), 2, "README.md is no .feature file"),
    (("prove", "--case", "NOPE", BOOT), 5, "nothing was selected"),
])
def test_what_selects_nothing_leaves_no_run_behind(
    arguments: tuple[object, ...], code: int, words: str, tmp_path: Path
):
    (tmp_path / "20261121T005903Z-before").mkdir()
    (tmp_path / "latest").symlink_to("20261121T005903Z-before")
    done = harness(*arguments, "--reports", tmp_path)
    assert done.returncode == code, done.stderr
    assert words in done.stderr
    assert len(done.stderr.strip().splitlines()) == 1, done.stderr
    assert sorted(path.name for path in tmp_path.iterdir()) == ["20261121T005903Z-before", "latest"]
    assert os.readlink(tmp_path / "latest") == "20261121T005903Z-before"


@pytest.mark.parametrize(("content", "words"), [
    (b"\xff\xfe\x00binary", ": this is not UTF-8. Save it as UTF-8"),
    (b"", ": there is no feature in it. Begin with tags and a line"),
    (b"a = 1\n", ":1: Unexpected token found. Check Gherkin syntax near the reported error. 'a = 1'"),
])
def test_a_file_that_is_no_feature_is_named_with_the_mend(content: bytes, words: str, tmp_path: Path):
    (tmp_path / "x.feature").write_bytes(content)
    with pytest.raises(BadFeature) as told:
        stories(tmp_path / "x.feature")
    assert str(told.value).startswith(f"{tmp_path / 'x.feature'}{words}")


def test_a_file_that_is_no_feature_ends_several_processes_too(tmp_path: Path):
    (tmp_path / "x.feature").write_text("a = 1\n", "utf-8")
    done = harness("demo", "--fast", "--jobs", 2, tmp_path / "x.feature", "--reports", tmp_path / "reports")
    assert done.returncode == 2, done.stdout + done.stderr
    assert done.stderr.count(f"{tmp_path / 'x.feature'}:1: ") == 1, done.stderr
    assert "Traceback" not in done.stderr
    assert list((tmp_path / "reports").iterdir()) == []


def test_ctrl_c_is_no_verdict_anywhere(monkeypatch: pytest.MonkeyPatch):
    def stopped(path: Path) -> None:
        signal.raise_signal(signal.SIGINT)

    before = signal.signal(signal.SIGINT, signal.default_int_handler)
    monkeypatch.setattr(check, "check", stopped)
    try:
        done = CliRunner().invoke(app, ["check", "any.toml"])
    finally:
        signal.signal(signal.SIGINT, before)
    assert done.exit_code == 3
    assert done.output.strip() == "stopped by hand"


@pytest.mark.parametrize(("arguments", "words"), [
    (("csms", "--port", "99999"), "Invalid value for '--port'"),
    (("csms", "--port", "0", "--control", "-1"), "Invalid value for '--control'"),
    (("csms", "--version", "3"), "--version 3: the practice opponents speak 1.6 and 2.0.1"),
    (("csms", "--port", "0", "--sut", "none"), "none: there is no such file"),
    (("csms", "--port", "0", "--misbehave", "none"), "knows no misbehaviour 'none'"),
    (("station", "--url", "nonsense"), "--url nonsense: not a ws:// or wss:// URL"),
    (("station", "--url", "ws://127.0.0.1:99999/x"), "--url ws://127.0.0.1:99999/x: Port out of range"),
    (("station", "--url", "wss://127.0.0.1/x"), "alone it has no certificates"),
])
def test_a_practice_opponent_that_cannot_be_started_says_why(arguments: tuple[str, ...], words: str):
    done = CliRunner().invoke(app, ["reference", *arguments])
    assert done.exit_code == 2, done.output
    assert words in done.output


def test_ports_that_are_taken_are_named_by_their_option():
    with socket.create_server(("127.0.0.1", 0)) as held:
        port = held.getsockname()[1]
        for option in (("--port", port), ("--port", 0, "--control", port)):
            done = CliRunner().invoke(app, ["reference", "csms", *map(str, option)])
            assert done.exit_code == 2
            assert f"{option[-2]} {port}: Address already in use. Mend: choose another port" in done.output


def test_examples_are_printed_so_that_they_can_be_kept(tmp_path: Path):
    done = CliRunner().invoke(app, ["example", "reference-station-201"])
    assert done.exit_code == 0
    (tmp_path / "sut.toml").write_text(done.stdout, "utf-8")
    assert CliRunner().invoke(app, ["check", str(tmp_path / "sut.toml")]).exit_code == 0
    assert CliRunner().invoke(app, ["example"]).stdout.split() == sorted(
        (file.stem for file in REFERENCE.parent.glob("*.toml")), key=lambda name: f"{name}.toml")
    assert CliRunner().invoke(app, ["example", "nope"]).exit_code == 2


def test_an_address_of_the_operator_page_is_enough_to_want_it(tmp_path: Path):
    done = CliRunner().invoke(app, [*map(str, QUICK), "--operator-at", "nonsense", "--reports", str(tmp_path)])
    assert done.exit_code == 2
    assert "--operator-at nonsense: write HOST:PORT of this machine" in done.output
