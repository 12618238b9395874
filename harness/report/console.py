"""Verdicts on the console, and what the run is waiting for just now.

On a terminal there is colour and one line that changes in place; elsewhere plain lines. Everything is masked and
made printable first: what a SUT sent must neither tell a secret nor steer the terminal.
"""

from __future__ import annotations

import sys
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import TextIO

from rich.console import Console
from rich.table import Table
from rich.text import Text

from harness.oracle.verdict import Verdict
from harness.report.masking import Masks
from harness.report.results import ScenarioResult, exit_code, totals
from harness.report.transcript import elide, flat
from harness.rpc.link import SECOND

COLOURS: Mapping[Verdict, str] = {
    Verdict.PASSED: "green",
    Verdict.FAILED: "red",
    Verdict.INAPPLICABLE: "bright_black",
    Verdict.INCONCLUSIVE: "magenta",
    Verdict.BROKEN: "yellow",
}
QUIET = 2 * SECOND  # a wait shorter than this is no line of its own where lines cannot be changed
LONGEST = 500


def console_for(stream: TextIO, terminal: bool | None = None, width: int | None = None) -> Console:
    """A console on `stream`: plain unless that is a terminal (or `terminal` says so)."""
    is_terminal = stream.isatty() if terminal is None else terminal
    return Console(
        file=stream, force_terminal=is_terminal, no_color=not is_terminal, highlight=False, markup=False, emoji=False,
        width=width or (None if is_terminal else 120), soft_wrap=not is_terminal, legacy_windows=False,
    )


def _shown(text: str, masks: Masks) -> str:
    return elide(flat(masks.text(text)), LONGEST)


def counts_table(results: Iterable[ScenarioResult], masks: Masks) -> Table:
    """How many scenarios of each verdict, per version and feature."""
    counted: dict[tuple[str, str], Counter[Verdict]] = {}
    for result in results:
        counted.setdefault((result.version, result.feature), Counter())[result.verdict] += 1
    table = Table("Version", "Feature", box=None)
    for verdict in Verdict:
        table.add_column(verdict.value, justify="right", style=COLOURS[verdict])
    for (version, feature), row in sorted(counted.items()):
        cells = (str(row[verdict]) if row[verdict] else "-" for verdict in Verdict)
        table.add_row(Text(_shown(version, masks)), Text(_shown(feature, masks)), *cells)
    return table


def _worth_telling(result: ScenarioResult) -> bool:
    return (
        result.verdict not in (Verdict.PASSED, Verdict.INAPPLICABLE)
        or result.flaky or result.passed_against_expectation or bool(result.findings)
    )


def _head(result: ScenarioResult) -> str:
    if result.passed_against_expectation:
        return "passed, though a failure was expected"
    if result.failed_as_expected:
        return "failed, as expected"
    if result.flaky:
        return f"passed at attempt {result.attempts}: flaky"
    return result.verdict.value


def details(result: ScenarioResult) -> Iterator[tuple[str, str]]:
    """What there is to say about a result that needs a word, as (label, text)."""
    rows = (
        ("why", _why(result)), ("expected", result.expected), ("seen", result.seen),
        ("required by", " ".join((*result.requirements, *result.cases))), ("known", result.expected_failure),
        *(("monitor", str(finding)) for finding in result.findings),
        *((f"attempt {n}", f"{r.verdict.value}: {_one_line(r.reason)}") for n, r in enumerate(result.earlier, start=1)),
        ("line", f"{result.file}:{result.line}" if result.line else ""), ("journal", result.journal),
    )
    yield from ((label, text) for label, text in rows if text)


def _why(result: ScenarioResult) -> str:
    """The reason on one line, unless it only says what has rows of its own."""
    return "" if result.reason.startswith("expected: ") or result.by_monitor else _one_line(result.reason)


def _one_line(text: str) -> str:
    return "; ".join(text.split("\n")).replace(":; ", ": ")


def counted(number: int, what: str) -> str:
    """A number and what it counts, in singular or plural."""
    return f"{number} {what}" + ("s" if number != 1 else "")


def summary_line(results: Iterable[ScenarioResult], code: int | None = None) -> str:
    """One line: totals, and what they come to: `code`, or where that is None what the results alone come to."""
    results = tuple(results)
    sums = totals(results)
    parts = [f"{count} {verdict.value}" for verdict, count in sums.verdicts.items() if count]
    words = ((sums.expected_failures, "expected to fail"), (sums.unexpected_passes, "passed against expectation"),
             (sums.flaky, "flaky"))
    parts += [f"{count} {word}" for count, word in words if count]
    parts += [counted(sums.findings, "monitor finding")] if sums.findings else []
    parts += [counted(sums.warnings, "warning")] if sums.warnings else []
    code = exit_code(results) if code is None else code
    told = ", ".join(parts) or "nothing ran"
    return f"{counted(sums.total, 'scenario')}: {told}; {sums.duration:.1f} s; exit code {int(code)}"


def print_verdicts(
    results: Iterable[ScenarioResult], console: Console, masks: Masks, code: int | None = None
) -> None:
    """The table of counts, each result that needs a word, the summary."""
    results = tuple(results)
    if results:
        console.print(counts_table(results, masks))
    for result in filter(_worth_telling, results):
        console.print()
        console.print(Text.assemble(
            (_head(result).upper(), f"bold {COLOURS[result.verdict]}"), "  ",
            _shown(f"{result.version} {result.feature}: {result.title}", masks),
        ))
        for label, text in details(result):
            console.print(Text(f"  {label:<11} {_shown(text, masks)}"))
    console.print()
    console.print(Text(summary_line(results, code), style="bold"))


# ---- the line that says what is being waited for ----------------------------------------------------


@dataclass(frozen=True, slots=True)
class Wait:
    """What is awaited of whom ("[SUT]", "[we]", "the operator"), and the window on the monotonic clock in ns."""

    what: str
    whom: str
    since: int
    until: int

    def line(self, now: int) -> str:
        """The text shown; seconds are rounded up, so that 0 means over."""
        left = max(0, -(-(self.until - now) // SECOND))
        source = f" from {self.whom}" if self.whom else ""
        return f"waiting for {self.what}{source}, {left} s left"


class Waiting:
    """Shows one wait at a time on `stream`.

    On a terminal the line changes in place and is wiped at the end; elsewhere a wait that has lasted
    longer than two seconds gets one line. Call `tick` whenever convenient; from one thread only.
    """

    def __init__(self, stream: TextIO, masks: Masks, terminal: bool | None = None, width: int = 79) -> None:
        self._stream = stream
        self._masks = masks
        self._terminal = stream.isatty() if terminal is None else terminal
        self._width = width
        self._wait: Wait | None = None
        self._last = ""

    def begin(self, wait: Wait) -> None:
        """A wait starts; one that was still shown ends."""
        self.end()
        self._wait = wait
        self.tick(wait.since)

    def tick(self, now: int) -> None:
        """Show how long still, at monotonic `now`."""
        if self._wait is None:
            return
        line = flat(self._masks.text(self._wait.line(now)))
        if self._terminal:
            line = line if len(line) <= self._width else line[: self._width - 3] + "..."
            if line != self._last:
                self._put("\r\x1b[2K" + line)
                self._last = line
        elif not self._last and now - self._wait.since > QUIET:
            self._put(line + "\n")
            self._last = line

    def end(self) -> None:
        """The wait is over; idempotent."""
        if self._terminal and self._last:
            self._put("\r\x1b[2K")
        self._wait, self._last = None, ""

    def _put(self, text: str) -> None:
        encoding = getattr(self._stream, "encoding", None) or sys.getdefaultencoding()
        self._stream.write(text.encode(encoding, "replace").decode(encoding))
        self._stream.flush()
