"""The console tells all that needs telling, nothing secret, and obeys nobody."""

from __future__ import annotations

import io
from dataclasses import replace

import pytest

from harness.oracle.findings import Severity
from harness.oracle.verdict import Verdict
from harness.report.console import Wait, Waiting, console_for, print_verdicts, summary_line
from harness.report.masking import Masks
from harness.report.results import BY_MONITOR, ReportedFinding, ScenarioResult
from harness.rpc.link import SECOND

BASE = ScenarioResult("id", "It waits", "Booting", "station", "OCPP 2.0.1", Verdict.PASSED)
FAILED = replace(
    BASE, title="It knocks", verdict=Verdict.FAILED, reason="too early", expected="at least 5 s", seen="3 s",
    requirements=("B03.FR.06",), cases=("TC_B_03_CS",), journal="journals/it-knocks.jsonl", file="a.feature", line=12)


def shown(*results: ScenarioResult, terminal: bool = False, masks: Masks | None = None) -> str:
    stream = io.StringIO()
    print_verdicts(results, console_for(stream, terminal, width=120), masks or Masks())
    return stream.getvalue()


def test_a_failure_is_told_in_full() -> None:
    text = shown(BASE, FAILED)
    for part in ("FAILED", "It knocks", "too early", "at least 5 s", "3 s", "B03.FR.06", "TC_B_03_CS",
                 "journals/it-knocks.jsonl", "a.feature:12"):
        assert part in text
    assert "It waits" not in text


def test_the_table_counts_per_version_and_feature() -> None:
    rows = [line.split() for line in shown(BASE, FAILED, replace(BASE, version="OCPP 1.6")).splitlines()]
    assert ["OCPP", "1.6", "Booting", "1", "-", "-", "-", "-"] in rows
    assert ["OCPP", "2.0.1", "Booting", "1", "1", "-", "-", "-"] in rows


@pytest.mark.parametrize(("result", "said"), [
    (replace(BASE, attempts=2), "PASSED AT ATTEMPT 2: FLAKY"),
    (replace(BASE, expected_failure="bug 7"), "PASSED, THOUGH A FAILURE WAS EXPECTED"),
    (replace(FAILED, expected_failure="bug 7"), "FAILED, AS EXPECTED"),
    (replace(BASE, verdict=Verdict.INCONCLUSIVE, reason="nobody plugged in"), "nobody plugged in"),
    (replace(BASE, verdict=Verdict.BROKEN, reason="port taken"), "BROKEN"),
    (replace(BASE, findings=(ReportedFinding("M9", "no compression", Severity.SHOULD),)), "SHOULD M9: no compression"),
])
def test_what_needs_a_word_gets_one(result: ScenarioResult, said: str) -> None:
    assert said in shown(result)


def test_a_finding_is_told_once_and_an_earlier_attempt_on_one_line() -> None:
    finding = ReportedFinding("seq-no", "seqNo 2 follows 0", Severity.SHALL, "E01.FR.07", (2, 4))
    failed = replace(BASE, verdict=Verdict.FAILED, reason=f"{BY_MONITOR}:\n{finding}", findings=(finding,))
    assert shown(failed).count("seqNo 2 follows 0") == 1
    again = shown(BASE.after(replace(FAILED, reason="expected: 1\nseen: 2")))
    assert "failed: expected: 1; seen: 2" in again
    listed = shown(replace(BASE, verdict=Verdict.BROKEN, reason="two things:\na\nb"))
    assert "two things: a; b" in listed


def test_one_is_no_plural() -> None:
    warned = replace(BASE, findings=(ReportedFinding("M9", "x", Severity.SHOULD),))
    assert summary_line([warned]).startswith("1 scenario: 1 passed, 1 warning;")
    assert summary_line([warned, warned]).startswith("2 scenarios: 2 passed, 2 warnings;")


@pytest.mark.parametrize("verdict", [Verdict.PASSED, Verdict.INAPPLICABLE])
def test_what_needs_none_gets_none(verdict: Verdict) -> None:
    assert "It waits" not in shown(replace(BASE, verdict=verdict))


def test_plain_without_a_terminal_coloured_on_one() -> None:
    assert "\x1b" not in shown(FAILED)
    assert "\x1b[" in shown(FAILED, terminal=True)


def test_neither_secrets_nor_control_characters_nor_markup_get_through() -> None:
    nasty = replace(FAILED, seen="\x1b[2Jcorrect horse\r[red]x[/red]", title="a\x07b")
    text = shown(nasty, masks=Masks(["correct horse"]))
    assert "\x1b" not in text
    assert "\x07" not in text
    assert "correct horse" not in text
    assert "\\x1b[2J***\\r[red]x[/red]" in text


def test_the_summary_says_what_it_comes_to() -> None:
    known = replace(FAILED, expected_failure="x")
    line = summary_line([replace(BASE, duration=1.25), known, replace(BASE, attempts=3)])
    assert line == "3 scenarios: 2 passed, 1 failed, 1 expected to fail, 1 flaky; 1.2 s; exit code 0"
    assert summary_line([]) == "0 scenarios: nothing ran; 0.0 s; exit code 5"
    assert summary_line([], 3) == "0 scenarios: nothing ran; 0.0 s; exit code 3"  # stopped by Ctrl-C
    assert shown().strip() == summary_line([])


WAIT = Wait("BootNotification", "[SUT]", 100 * SECOND, 130 * SECOND)


@pytest.mark.parametrize(("now", "left"), [(100.0, 30), (117.2, 13), (118.0, 12), (129.999, 1), (130.0, 0), (140.0, 0)])
def test_a_wait_says_how_long_still(now: float, left: int) -> None:
    assert WAIT.line(int(now * SECOND)) == f"waiting for BootNotification from [SUT], {left} s left"


def test_on_a_terminal_the_line_changes_in_place_and_goes() -> None:
    stream = io.StringIO()
    waiting = Waiting(stream, Masks(), terminal=True)
    waiting.begin(WAIT)
    waiting.tick(100 * SECOND + 1)
    waiting.tick(118 * SECOND)
    waiting.end()
    waiting.end()
    waiting.tick(119 * SECOND)
    assert stream.getvalue().split("\r\x1b[2K") == [
        "", "waiting for BootNotification from [SUT], 30 s left",
        "waiting for BootNotification from [SUT], 12 s left", ""]


def test_elsewhere_a_long_wait_gets_one_line_and_a_short_one_none() -> None:
    stream = io.StringIO()
    waiting = Waiting(stream, Masks())
    waiting.begin(WAIT)
    waiting.tick(102 * SECOND)
    assert stream.getvalue() == ""
    for second in range(103, 130):
        waiting.tick(second * SECOND)
    assert stream.getvalue() == "waiting for BootNotification from [SUT], 27 s left\n"
    waiting.begin(Wait("Heartbeat", "[SUT]", 200 * SECOND, 210 * SECOND))
    waiting.tick(203 * SECOND)
    assert stream.getvalue().endswith("\nwaiting for Heartbeat from [SUT], 7 s left\n")


def test_a_wait_is_masked_short_and_fits_the_encoding() -> None:
    raw = io.BytesIO()
    stream = io.TextIOWrapper(raw, encoding="ascii")
    waiting = Waiting(stream, Masks(["correct horse"]), terminal=True, width=40)
    waiting.begin(Wait("é correct horse " + "x" * 100, "[SUT]", 0, SECOND))
    line = raw.getvalue().decode("ascii").removeprefix("\r\x1b[2K")
    assert line.startswith("waiting for ? *** xxx")
    assert len(line) == 40
