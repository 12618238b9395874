"""The processes of a run are forked from one that is ready, and are otherwise what pytest-xdist would have started."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import threading
from pathlib import Path

import pytest
from execnet import gateway_io

from harness.workers import prepared
from tests.faults.test_command_line import PATIENCE, ROOT

RUN = """
import json, os, sys
from pathlib import Path
import pytest
from harness.workers import prepared

sys.ready = 0

def prepare():
    sys.ready += 1

arguments = ["-q", "-p", "no:cacheprovider", "-n", "2", *sys.argv[1:]]
with prepared(2, prepare):
    code = pytest.main(arguments)
print(json.dumps({"pid": os.getpid(), "code": int(code), "ready": sys.ready}))
"""
SUITE = """
import json, os, sys
from pathlib import Path
import pytest

@pytest.mark.parametrize("number", range(4))
def test_who(number, worker_id):
    told = {"pid": os.getpid(), "parent": os.getppid(), "ready": getattr(sys, "ready", 0), "worker": worker_id}
    Path(__file__).with_name(f"{worker_id}-{number}.json").write_text(json.dumps(told))
    print("on standard output", file=sys.stdout)
    assert not sys.stdin.isatty()
    if str(number) in os.environ.get("DIE", ""):
        os._exit(3)
"""
KILLED = """
import os, signal
from harness.workers import prepared

with prepared(3, lambda: None):
    os.kill(os.getpid(), signal.SIGKILL)
"""

linux = pytest.mark.skipif(sys.platform != "linux", reason="forks only on Linux")


def play(folder: Path, **environment: str) -> tuple[dict[str, object], list[dict[str, object]]]:
    """What the run told, and each of its tests."""
    (folder / "test_it.py").write_text(SUITE, "utf-8")
    done = subprocess.run(
        [sys.executable, "-c", RUN, str(folder)], cwd=ROOT, capture_output=True, text=True, timeout=PATIENCE,
        env={**os.environ, "PYTHONPATH": str(ROOT), **environment})
    told = [json.loads(file.read_text("utf-8")) for file in sorted(folder.glob("*.json"))]
    return {**json.loads(done.stdout.splitlines()[-1]), "said": done.stderr}, told


@linux
def test_the_workers_have_what_was_prepared_once(tmp_path: Path) -> None:
    run, told = play(tmp_path)
    assert (run["code"], run["ready"], run["said"]) == (pytest.ExitCode.OK, 1, "")
    assert len(told) == 4
    assert {(one["parent"], one["ready"]) for one in told} == {(run["pid"], 1)}
    assert len({one["pid"] for one in told}) == 2
    assert {one["worker"] for one in told} == {"gw0", "gw1"}


@linux
def test_for_one_that_dies_xdist_starts_another(tmp_path: Path) -> None:
    run, told = play(tmp_path, DIE="02")  # each has the first of its two
    assert run["code"] == pytest.ExitCode.TESTS_FAILED
    assert {one["worker"] for one in told if one["ready"]} == {"gw0", "gw1"}
    instead = [one for one in told if not one["ready"]]
    assert len(instead) == 2
    assert {one["worker"] for one in instead} <= {"gw2", "gw3"}


@linux
def test_when_the_run_is_killed_those_that_wait_end() -> None:
    # Their standard error is ours: it is at its end when the last of them is.
    done = subprocess.run([sys.executable, "-c", KILLED], cwd=ROOT, capture_output=True, text=True, timeout=PATIENCE)
    assert (done.returncode, done.stderr) == (-9, "")


@linux
def test_those_that_nobody_wanted_are_gone_afterwards() -> None:
    asked = """
import os
from execnet import gateway_io
from harness.workers import prepared

stock = gateway_io.create_io
with prepared(2, lambda: None):
    assert gateway_io.create_io is not stock
assert gateway_io.create_io is stock
try:
    os.waitpid(-1, os.WNOHANG)
except ChildProcessError:
    print("gone")
"""
    done = subprocess.run([sys.executable, "-c", asked], cwd=ROOT, capture_output=True, text=True, timeout=PATIENCE)
    assert (done.stdout, done.stderr) == ("gone\n", "")


def test_beside_another_thread_nothing_is_forked() -> None:
    asked: list[str] = []
    stock, done = gateway_io.create_io, threading.Event()
    other = threading.Thread(target=done.wait)
    other.start()
    try:
        with prepared(2, lambda: asked.append("prepare")):
            assert gateway_io.create_io is stock
    finally:
        done.set()
        other.join()
    assert asked == []


def test_for_one_process_nothing_is_forked() -> None:
    asked: list[str] = []
    stock = gateway_io.create_io
    with prepared(1, lambda: asked.append("prepare")):
        assert gateway_io.create_io is stock
    assert asked == []
