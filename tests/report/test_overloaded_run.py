"""A run on a machine that is too slow, from the command line to the report: it says so, and guesses nothing.

Only the harness's measurement of itself is replaced; no test depends on how fast this machine is.
"""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import pytest

from harness.report.evidence import load
from harness.resources import root
from tests.browser import browser

SLOW = """
import sys
from harness.calibration import calibration
from harness.wire import calibration as wire
late = [int(sys.argv.pop(1)) * 1_000_000] * 20
wire.calibrate = lambda carrier, count=20, gap=0: calibration(carrier.now().wall, late, [30_000_000] * 20)
from harness.cli import main
main()
"""
SUT = root() / "fixtures" / "suts" / "reference-station-201.toml"
FEATURE = root() / "features" / "ocpp2" / "station" / "timing" / "heartbeat.feature"


@dataclass(frozen=True)
class Ran:
    code: int
    said: str
    folder: Path

    @property
    def run(self) -> dict[str, object]:
        return dict(json.loads((self.folder / "run.json").read_text("utf-8")))


def ran(reports: Path, late: int, more: Sequence[str] = ()) -> Ran:
    """A run over sockets whose stamps are said to be `late` ms late."""
    done = subprocess.run(
        [sys.executable, "-c", SLOW, str(late), "run", "--sut", str(SUT), str(FEATURE), "-k", "another-interval",
         "--reports", str(reports), *more], capture_output=True, text=True, timeout=120, check=False,
    )
    return Ran(done.returncode, done.stdout, (reports / "latest").resolve())


@pytest.fixture(scope="module")
def slow(tmp_path_factory: pytest.TempPathFactory) -> Ran:
    return ran(tmp_path_factory.mktemp("slow"), 600)


def test_a_margin_smaller_than_the_uncertainty_is_inconclusive(slow: Ran) -> None:
    """2 s, give or take 0.5 s, with stamps that may be 0.6 s late: nothing can be said of any interval."""
    (told,) = json.loads((slow.folder / "verdicts.json").read_text("utf-8"))["results"]
    assert (slow.code, told["verdict"]) == (3, "inconclusive")
    assert "too close to call" in told["reason"]
    assert "tolerance 500.0 ms, uncertainty of the harness 600.0 ms" in told["reason"]
    assert [one["call"] for one in told["measurements"]] == ["met", "too close to call"]


def test_the_same_with_good_stamps_passes_though_the_machine_is_overloaded(tmp_path: Path) -> None:
    good = ran(tmp_path, 4)
    assert good.code == 0
    assert "warning: the machine was overloaded in 1 of 1 calibrations: stamps up to 4.0 ms late" in good.said


def test_the_run_says_that_the_machine_was_overloaded(slow: Ran) -> None:
    assert "warning: the machine was overloaded in 1 of 1 calibrations: stamps up to 600.0 ms late" in slow.said
    assert "The machine was overloaded" in (slow.folder / "index.html").read_text("utf-8")


def test_the_evidence_has_what_the_harness_measured_of_itself(slow: Ran) -> None:
    found = slow.run["calibration"]
    assert isinstance(found, dict)
    assert (found["overloaded"], found["uncertainty_ns"], len(found["measured"])) == (True, 600_000_000, 1)
    (journal,) = (slow.folder / "journals").glob("*.jsonl")
    notes = [event.body for event in load(journal) if getattr(event.body, "topic", "") == "calibration"]
    assert len(notes) == 1
    assert "THE MACHINE IS OVERLOADED" in getattr(notes[0], "text", "")


def test_allure_shows_the_strip_of_the_verdict(slow: Ran, tmp_path: Path) -> None:
    (told,) = (json.loads(file.read_text("utf-8")) for file in (slow.folder / "allure").glob("*-result.json"))
    strips = {one["name"]: one["source"] for one in told["attachments"] if one["type"] == "image/svg+xml"}
    assert set(strips) == {'gaps of 2.000 s in "beats"', "Heartbeat 3 times within 10 s"}
    picture = (slow.folder / "allure" / strips['gaps of 2.000 s in "beats"']).read_text("utf-8")
    page = tmp_path / "as_allure_shows_it.html"
    page.write_text(f"<!doctype html><body>{picture}</body>", "utf-8")
    with browser() as opened:
        shown = opened()
        shown.open(page.as_uri())
        assert shown.js("document.querySelectorAll('circle[fill=\"#ffffff\"]').length") == 2
        assert "too close to call" in shown.js("document.querySelector('title').textContent")
