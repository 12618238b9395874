"""The command driver: arguments, stdin, exit codes, and what happens when the time is up."""

from __future__ import annotations

import os
import select
import signal
import subprocess
import sys
import threading
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import pytest

from harness.drivers import CannotDo, Done, Outcome, Surroundings, command
from harness.drivers.command import CommandDriver
from harness.intents import INTENTS


def perform(
    folder: Path, *arguments: str, intent: str = "plug_in", deadline: float = 30, **parameters: object
) -> Outcome:
    driver = CommandDriver(arguments, Surroundings("CS001", "2.0.1", folder))
    return driver.perform(INTENTS[intent], parameters, deadline)


def python(code: str, *arguments: str) -> tuple[str, ...]:
    return (sys.executable, "-c", code, *arguments)


def test_arguments_reach_the_program_whole(tmp_path: Path) -> None:
    code = "import sys; print(sys.argv[1:])"
    nasty = "; rm -rf $HOME `x` {evse} \"'"
    outcome = perform(tmp_path, *python(code, "plug", "{evse}", "id={token}"), evse=2, token=nasty)
    assert isinstance(outcome, Done)
    assert str(["plug", "2", f"id={nasty}"]) in outcome.text


def test_the_payload_of_a_csms_is_on_stdin(tmp_path: Path) -> None:
    code = "import sys, json; print(sorted(json.load(sys.stdin).items()), sys.argv[1:])"
    send = {"station": "CS009", "action": "ReserveNow", "payload": {"id": 7, "who": "ü"}}
    outcome = perform(tmp_path, *python(code, "{station}", "{action}", "{kebab-action}"), intent="send", **send)
    assert isinstance(outcome, Done)
    assert "[('id', 7), ('who', 'ü')] ['CS009', 'ReserveNow', 'reserve-now']" in outcome.text


def test_for_a_station_stdin_is_empty(tmp_path: Path) -> None:
    assert isinstance(perform(tmp_path, *python("import sys; sys.exit(len(sys.stdin.read()))"), evse=1), Done)


def test_it_runs_in_the_folder_of_the_sut_file(tmp_path: Path) -> None:
    script = tmp_path / "robot.sh"
    script.write_text("#!/bin/sh\npwd\n", "utf-8")
    script.chmod(0o755)
    outcome = perform(tmp_path, "./robot.sh")
    assert isinstance(outcome, Done)
    assert outcome.text.endswith(str(tmp_path))


def test_another_exit_code_is_no_success_and_its_words_are_kept(tmp_path: Path) -> None:
    code = "import sys; print('out'); print('no cable', file=sys.stderr); sys.exit(3)"
    outcome = perform(tmp_path, *python(code))
    assert isinstance(outcome, CannotDo)
    assert "ended with exit code 3" in outcome.reason
    assert "out" in outcome.reason
    assert "no cable" in outcome.reason


def test_only_the_end_of_a_long_output_is_kept(tmp_path: Path) -> None:
    outcome = perform(tmp_path, *python("print('x' * 500_000); print('the end')"))
    assert isinstance(outcome, Done)
    assert outcome.text.endswith("the end")
    assert len(outcome.text) < 3000


def test_a_program_that_is_not_there(tmp_path: Path) -> None:
    outcome = perform(tmp_path, "./none.sh")
    assert isinstance(outcome, CannotDo)
    assert "cannot be started" in outcome.reason


def test_when_the_time_is_up_the_program_and_its_children_are_gone(tmp_path: Path) -> None:
    """Each process holds the pipe's writing end; its reader sees the end once all of them are dead."""
    fifo = tmp_path / "alive"
    os.mkfifo(fifo)
    reader = os.open(fifo, os.O_RDONLY | os.O_NONBLOCK)
    code = (
        "import os, signal\n"
        f"held = os.open({str(fifo)!r}, os.O_WRONLY)\n"
        "os.fork()\n"
        "os.write(held, b'x')\n"
        "print('still here', flush=True)\n"
        "signal.pause()\n"
    )
    began = time.monotonic()
    outcome = perform(tmp_path, *python(code), deadline=1.0)
    took = time.monotonic() - began
    seen = b""
    while select.select([reader], [], [], 5)[0] and (chunk := os.read(reader, 100)):
        seen += chunk
    ended = select.select([reader], [], [], 0)[0] and os.read(reader, 1) == b""
    os.close(reader)
    assert isinstance(outcome, CannotDo)
    assert "was not finished after 1 s and was killed: still here" in outcome.reason
    assert took < 6
    assert seen == b"xx"
    assert ended


def test_the_timeout_of_the_file_is_kept_within_the_deadline(tmp_path: Path) -> None:
    arguments = python("import signal; signal.pause()")
    driver = CommandDriver(arguments, Surroundings("CS001", "2.0.1", tmp_path), timeout=0.2)
    outcome = driver.perform(INTENTS["plug_in"], {}, 3600)
    assert isinstance(outcome, CannotDo)
    assert "after 0.2 s" in outcome.reason


def test_ctrl_c_just_while_a_program_starts_leaves_none_behind(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    start, started = subprocess.Popen, []

    def interrupted(*given: Any, **options: Any) -> subprocess.Popen[bytes]:
        started.append(start(*given, **options))
        main = threading.main_thread().ident
        assert main is not None
        signal.pthread_kill(main, signal.SIGINT)
        return started[0]

    before = signal.signal(signal.SIGINT, signal.default_int_handler)
    try:
        monkeypatch.setattr(subprocess, "Popen", interrupted)
        with pytest.raises(KeyboardInterrupt):
            perform(tmp_path, *python("import signal; signal.pause()"), evse=1)
    finally:
        signal.signal(signal.SIGINT, before)
    assert [process.returncode for process in started] == [-signal.SIGKILL]


def test_ctrl_c_before_the_start_was_handed_over_leaves_none_behind(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    start, started = subprocess.Popen, []

    def noted(*given: Any, **options: Any) -> subprocess.Popen[bytes]:
        started.append(start(*given, **options))
        return started[0]

    class Interrupted(ThreadPoolExecutor):
        def submit(self, *given: Any, **options: Any) -> Any:
            super().submit(*given, **options)
            raise KeyboardInterrupt

    monkeypatch.setattr(subprocess, "Popen", noted)
    monkeypatch.setattr(command, "ThreadPoolExecutor", Interrupted)
    with pytest.raises(KeyboardInterrupt):
        perform(tmp_path, *python("import signal; signal.pause()"), evse=1)
    assert [process.returncode for process in started] == [-signal.SIGKILL]
