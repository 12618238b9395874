"""The progress: what a terminal shows in place, and a pipe as plain lines."""

from __future__ import annotations

import io
import re

from rich.console import Console

from harness.oracle.verdict import Verdict
from harness.report.masking import Masks
from harness.report.progress import Progress, spoken
from harness.report.results import ScenarioResult
from harness.rpc.link import SECOND

MASKS = Masks([b"correct horse"])


class Clock:
    def __init__(self) -> None:
        self.now = 0

    def __call__(self) -> int:
        return self.now


def result(verdict: Verdict = Verdict.PASSED, title: str = "It boots") -> ScenarioResult:
    return ScenarioResult("x", title, "Booting", "station", "2.0.1", verdict, cases=("TC_B_01_CS",), duration=1.25)


def seen(progress: Progress) -> str:
    out = io.StringIO()
    Console(file=out, width=100).print(progress.view())
    return out.getvalue()


def test_the_view_tells_all_there_is_to_know() -> None:
    clock = Clock()
    progress = Progress(io.StringIO(), MASKS, clock, terminal=True, width=100)
    progress.expects(10)
    progress.starts("features/x.feature::visit")
    for verdict in (Verdict.PASSED, Verdict.PASSED, Verdict.FAILED):
        progress.result(result(verdict))
    progress.begin("BootNotification", 0, 30 * SECOND)
    progress.tick(12 * SECOND)
    clock.now = 60 * SECOND
    shown = seen(progress)
    for words in ("3 of 10 done", "2 passed", "1 failed", "about 2 min left", "running: visit",
                  "waiting for BootNotification, 18 s left"):
        assert words in shown, shown
    progress.end()
    progress.ends("features/x.feature::visit")
    assert "waiting" not in seen(progress)
    assert "running" not in seen(progress)


def test_no_estimate_before_it_means_anything() -> None:
    clock = Clock()
    progress = Progress(io.StringIO(), MASKS, clock, terminal=True)
    progress.expects(100)
    progress.result(result())
    clock.now = 5 * SECOND
    assert progress.left() is None
    progress.result(result())
    progress.result(result())
    assert progress.left() is not None
    assert round(progress.left() or 0) == round(5 / 3 * 97)


def test_on_a_terminal_the_view_changes_in_place_and_leaves_nothing() -> None:
    out = io.StringIO()
    with Progress(out, MASKS, Clock(), terminal=True, width=80) as progress:
        progress.expects(2)
        progress.result(result())
    assert "\x1b[" in out.getvalue()
    assert "1 of 2 done" in re.sub(r"\x1b\[[0-9;?]*[A-Za-z]", "", out.getvalue())
    assert out.getvalue().rstrip().endswith(("\x1b[2K", "\x1b[?25h")) or "\x1b[1A" in out.getvalue()


def test_in_a_pipe_there_are_plain_lines() -> None:
    out = io.StringIO()
    with Progress(out, MASKS, Clock(), terminal=False) as progress:
        progress.expects(2)
        progress.result(result())
        progress.begin("a boot", 0, 9 * SECOND)
        progress.tick(3 * SECOND)
        progress.end()
        progress.result(result(Verdict.FAILED, "It tells the correct horse"))
    assert out.getvalue().splitlines() == [
        "[1/2] passed       2.0.1 TC_B_01_CS It boots (1.2 s)",
        "waiting for a boot, 6 s left",
        "[2/2] failed       2.0.1 TC_B_01_CS It tells the *** (1.2 s)",
    ]


def test_times_are_spoken() -> None:
    times = (-1, 0.4, 99, 100, 3600, 7500)
    assert [spoken(s) for s in times] == ["0 s", "0 s", "99 s", "2 min", "60 min", "2 h 05 min"]
