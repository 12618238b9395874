"""``ocpp-harness check-log``: the monitor over an exchange that somebody recorded."""

from __future__ import annotations

import contextlib
import re
import sys
import time
from pathlib import Path
from typing import Annotated

import typer

from harness import __version__, reading
from harness.cli_common import REPORTS, Reports, stop, writable
from harness.recorded import Options, Outcome, check
from harness.recorded import report as recorded
from harness.recorded.lines import entries
from harness.report import pack, page
from harness.report.console import console_for, print_verdicts
from harness.report.folder import RunFacts, RunFolder
from harness.report.masking import Masks
from harness.report.results import exit_code, masked
from harness.report.writers import write_all
from harness.rpc.dialect import DIALECTS, VERSIONS
from harness.rpc.link import Instant
from harness.wire import capture


def check_log(
    file: Annotated[Path, typer.Argument(help="our JSONL, a log with one OCPP-J array per line, or a pcap")],
    version: Annotated[str, typer.Option(help="1.6, 2.0.1 or 2.1; else found in the log")] = "",
    station_marker: Annotated[str, typer.Option(metavar="REGEX", help="marks the lines the station sent")] = "",
    csms_marker: Annotated[str, typer.Option(metavar="REGEX", help="marks the lines the CSMS sent")] = "",
    connection: Annotated[str, typer.Option(metavar="REGEX", help="its first group names a line's connection")] = "",
    reports: Reports = REPORTS,
) -> None:
    """Judge a recorded exchange, both sides, without a SUT."""
    if version and version not in VERSIONS:
        stop(f"--version {version}: write {', '.join(VERSIONS)}")
    writable(reports)
    wanted = next((known for known in VERSIONS if known == version), None)
    options = Options(wanted, _regex(station_marker), _regex(csms_marker), _regex(connection))
    try:
        outcome = _read(file, options)
    except OSError as error:
        stop(f"{file} cannot be read: {error.strerror or error}")
    except capture.CaptureError as error:
        stop(f"{file} cannot be read: {error}")
    for line in recorded.summary(outcome):
        typer.echo(line)
    if outcome.version is None:
        if outcome.lines and not outcome.frames:
            typer.echo("no OCPP message was found that tells the version; name it with --version")
        raise typer.Exit(5)
    raise typer.Exit(_write(file, outcome, reports))


def _read(file: Path, options: Options) -> Outcome:
    if capture.is_capture(reading.regular(file)):
        return check(capture.messages(file), capture.messages(file), options)
    with contextlib.ExitStack() as opened:
        first, second = (opened.enter_context(file.open("rb")) for _ in range(2))
        return check(entries(first), entries(second), options)


def _write(file: Path, outcome: Outcome, reports: Path) -> int:
    """The report, as of a run; returns the exit code."""
    started = Instant(time.monotonic_ns(), time.time_ns())
    masks = Masks()
    folder = RunFolder.create(reports, f"log-{file.name}", started)
    version = outcome.version
    editions = {f"OCPP {version}": f"edition {DIALECTS[version].edition}"} if version else {}
    told = recorded.facts(outcome)
    folder.write_run(RunFacts(started, __version__, file.name, editions=editions, more=told), masks)
    results = recorded.results(outcome, file.name, folder, masks)
    write_all(folder, results, masks, started)
    page.write(folder, [masked(result, masks) for result in results], page.Claims())
    pack.make(folder)
    print_verdicts(results, console_for(sys.stdout), masks)
    typer.echo(f"report: {folder.path / 'index.html'}")
    return int(exit_code(results))


def _regex(text: str) -> re.Pattern[str] | None:
    try:
        return re.compile(text) if text else None
    except re.error as error:
        stop(f"{text!r} is no regular expression: {error}")
