"""One run of scenarios, started from the command line: pytest in process, results collected, report written."""

from __future__ import annotations

import contextlib
import importlib
import io
import os
import re
import shutil
import sys
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any, TextIO

import pytest

from harness import __version__, calibration, catalogue, listing, resources
from harness.applicability import conditions
from harness.bdd.company import Both, Company
from harness.bdd.filing import masks_of
from harness.bdd.plugin import suts_of
from harness.bdd.story import BadFeature, stories
from harness.collected import Collected
from harness.report import gathered, pack, page
from harness.report.allure_files import executor_from, write_side_files
from harness.report.console import console_for, counted, print_verdicts
from harness.report.folder import RunFacts, RunFolder
from harness.report.masking import Masks
from harness.report.progress import Progress
from harness.report.results import ExitCode, ScenarioResult, exit_code, masked
from harness.report.stream import patient
from harness.report.writers import write_all
from harness.rerun import Earlier, carry, merged
from harness.rpc.dialect import DIALECTS
from harness.rpc.link import Instant
from harness.stopping import Stopping
from harness.sut import Sut
from harness.unended import unended
from harness.workers import prepared

if TYPE_CHECKING:
    from harness.drivers.board import OperatorPage

INI = Path(__file__).parent / "bdd" / "run.ini"


@dataclass(frozen=True, slots=True)
class Selection:
    """What to run, as pytest and the plugin understand it."""

    paths: tuple[str, ...] = ()
    cases: tuple[str, ...] = ()
    requirements: tuple[str, ...] = ()
    keyword: str = ""
    markers: str = ""
    fast: bool = False
    attack: bool = False
    misbehave: str = ""
    jobs: int = 1
    long: bool = False
    lab_strict: bool = False
    rerun: Path | None = None
    profiles: tuple[str, ...] = ()

    def arguments(self) -> list[str]:
        features = resources.root() / "features"
        given = [*(self.paths or (str(features),))]
        given += [part for case in self.cases for part in ("--case", case)]
        given += [part for requirement in self.requirements for part in ("--requirement", requirement)]
        given += [part for profile in self.profiles for part in ("--profile", profile)]
        given += ["-k", self.keyword] if self.keyword else []
        given += ["-m", self.markers] if self.markers else []
        given += ["--fast"] if self.fast else []
        given += ["--attack"] if self.attack else []
        given += ["--misbehave", self.misbehave] if self.misbehave else []
        given += ["--long"] if self.long else []
        given += ["--lab-strict"] if self.lab_strict else []
        given += ["--rerun-failed", str(self.rerun)] if self.rerun else []
        return given + (["-n", str(self.jobs), "--maxschedchunk=1"] if self.jobs > 1 else ["-p", "no:xdist"])

    def said(self) -> str:
        """The selection as it was asked for; options that widen it are left out."""
        options = (("--case", self.cases), ("--requirement", self.requirements), ("--profile", self.profiles),
                   ("-k", (self.keyword,)), ("-m", (self.markers,)), ("--rerun-failed", ("",) if self.rerun else ()))
        parts = [*self.paths, *(f"{name} {value}".strip() for name, values in options for value in values
                                if value or name == "--rerun-failed")]
        return " ".join(parts) or "the SUT file"


@dataclass(frozen=True, slots=True)
class Run:
    """What a run left: its results, its folder, its exit code."""

    results: tuple[ScenarioResult, ...]
    folder: RunFolder
    code: int


def run(
    sut_file: Path | None, selection: Selection, reports: Path, earlier: Earlier | None = None,
    operator: OperatorPage | None = None,
) -> Run:
    """Run the selection against the SUT of the file (None: the built-in references) and write the report.

    `earlier`: only what did not pass in that run. `operator`: the page on which a person is asked as well.
    Raises SutFileError, OSError."""
    judged = suts_of(str(sut_file) if sut_file else None)
    suts = list({sut.file: sut for sut in judged.values()}.values())
    masks = masks_of(*suts)
    started = Instant(time.monotonic_ns(), time.time_ns())
    name = suts[0].name if len(suts) == 1 else "built-in reference"
    folder = RunFolder.create(reports, name, started, latest=False)
    if earlier is not None:
        selection = replace(selection, rerun=earlier.folder.verdicts_json, paths=selection.paths or earlier.paths)
        carry(earlier, folder)
    folder.write_run(_facts(started, name, suts, selection, earlier), masks, _text_of(sut_file))
    workers = prepared(selection.jobs, lambda: _read(selection.paths))
    with workers, _own_stream() as stream, Stopping(lambda text: _say(stream, text)) as stopping:
        with _quiet() as output, Progress(stream, masks, time.monotonic_ns) as progress:
            collected = Collected(progress, stopping, folder.lead)
            plugins = [collected, _company(progress, operator)]
            ended = Ended(_pytest(_arguments(selection, folder, sut_file), plugins), collected, output)
        stopping.hold()
        if not collected.count:
            shutil.rmtree(folder.path)
            return Run((), folder, int(_nothing_ran(ended, selection)))
        before = earlier.results if earlier else ()
        fresh = [*collected.results, *unended(collected.open, folder, judged, before, ended.stopped)]
        results = merged(earlier, fresh) if earlier is not None else fresh
        code = _finish(results, ended, folder, masks, suts, started)
    if ended.stopped:
        print(f"stopped before the end: {counted(len(fresh), 'scenario')} of {progress.total} begun or done",
              file=sys.stderr)
    if not (ended.completed or ended.by_hand):
        ended.complain()
    return Run(tuple(results), folder, int(code))


@dataclass(frozen=True, slots=True)
class Ended:
    """How pytest ended, and what it said."""

    status: int
    collected: Collected
    output: io.StringIO

    @property
    def by_hand(self) -> bool:
        return self.status == pytest.ExitCode.INTERRUPTED and not self.collected.errors

    @property
    def stopped(self) -> bool:
        """By hand, or by a fault of ours in the middle: what was found until then stands, and proves no conformance."""
        return self.by_hand or self.status == pytest.ExitCode.INTERNAL_ERROR

    @property
    def completed(self) -> bool:
        return self.status in (pytest.ExitCode.OK, pytest.ExitCode.TESTS_FAILED, pytest.ExitCode.NO_TESTS_COLLECTED)

    def complain(self) -> None:
        """What is wrong with the feature files or the arguments, without the rest that pytest prints."""
        printed = self.output.getvalue()
        lines = [line.removeprefix("ERROR: ") for line in printed.splitlines() if line.startswith("ERROR: ")]
        for text in self.collected.errors or ["\n".join(lines).partition(". Use 'pytest")[0] or printed]:
            print(text, file=sys.stderr)


def _arguments(selection: Selection, folder: RunFolder, sut_file: Path | None) -> list[str]:
    given = ["-c", str(INI), "--rootdir", str(resources.root()), *selection.arguments()]
    given += ["--run-folder", str(folder.path), "--alluredir", str(folder.allure), "-q", "--no-header", "--tb=no"]
    return given + (["--sut", str(sut_file)] if sut_file else [])


def _pytest(arguments: Sequence[str], plugins: Sequence[object]) -> int:
    try:
        return int(pytest.main(list(arguments), plugins=list(plugins)))
    except KeyboardInterrupt:  # before or after what pytest guards
        return int(pytest.ExitCode.INTERRUPTED)


def _say(stream: TextIO, text: str) -> None:
    """Past the buffer, as befits a signal handler."""
    with contextlib.suppress(OSError, ValueError, AttributeError):
        os.write(stream.fileno(), text.encode())


def _nothing_ran(ended: Ended, selection: Selection) -> ExitCode:
    """Says why no scenario began; there is no report then."""
    if ended.by_hand:
        print("stopped before the first scenario", file=sys.stderr)
        return ExitCode.UNPROVEN
    if ended.completed and not ended.collected.errors:
        print(f"nothing was selected: no scenario for this role and version meets {selection.said()}; "
              "`ocpp-harness list` shows what there is", file=sys.stderr)
        return ExitCode.NOTHING_RAN
    ended.complain()
    return ExitCode.UNPROVEN if ended.stopped else ExitCode.USAGE


def _code(results: Sequence[ScenarioResult], stopped: bool, completed: bool) -> ExitCode:
    """A run that was stopped proves no conformance; what it has proven against the product stays proven."""
    if not (stopped or completed):
        return ExitCode.USAGE
    found = exit_code(results)
    return ExitCode.UNPROVEN if stopped and found is not ExitCode.SUT_FAILED else found


def _company(progress: Progress, operator: OperatorPage | None) -> Company:
    if operator is None:
        return Company(progress)
    return Company(Both(progress, operator), operator, (operator,))


_LATER = ("harness.transfer.ftp_server", "harness.transfer.http_server", "harness.transfer.sftp_server",
          "harness.wire.asking")
"""Loaded by the first scenario that needs it, which stands still meanwhile."""


def _read(paths: tuple[str, ...]) -> None:
    """What every worker would have to read; what is wrong there is theirs to tell."""
    for module in _LATER:
        importlib.import_module(module)
    for file in listing.files(paths):
        with contextlib.suppress(BadFeature):
            stories(file)


@contextlib.contextmanager
def _own_stream() -> Iterator[TextIO]:
    """Our standard error, on a descriptor of its own: pytest takes the ordinary ones while scenarios run."""
    try:
        own = os.fdopen(os.dup(sys.stderr.fileno()), "w", encoding=sys.stderr.encoding or "utf-8", errors="replace")
    except (OSError, ValueError, AttributeError):
        yield sys.stderr
        return
    with contextlib.closing(own):
        shown = patient(own)
        yield shown
        shown.flush()


@contextlib.contextmanager
def _quiet() -> Any:
    """pytest's own lines are not for our reader; they are kept for the case that pytest itself fails."""
    output = io.StringIO()
    with contextlib.redirect_stdout(output), contextlib.redirect_stderr(output):
        yield output


def _text_of(sut_file: Path | None) -> str | None:
    return sut_file.read_text("utf-8") if sut_file else None


def _facts(
    started: Instant, name: str, suts: Sequence[Sut], selection: Selection, earlier: Earlier | None
) -> RunFacts:
    versions = sorted({version for sut in suts for version in sut.versions})
    return RunFacts(
        started=started,
        harness=__version__,
        sut_name=name,
        sut_file=", ".join(sut.file.name for sut in suts),
        sut_sha256=", ".join(sut.sha256 for sut in suts),
        editions={f"OCPP {version}": f"edition {DIALECTS[version].edition}" for version in versions},
        arguments=tuple(selection.arguments()[1:]),
        more={
            "product_version": ", ".join(sut.product_version for sut in suts if sut.product_version),
            "paths": list(selection.paths),
            **({"rerun_of": {"run": earlier.folder.path.resolve().name, "sut_sha256": earlier.sut_sha256}}
               if earlier else {}),
        },
    )


def _claims(suts: Sequence[Sut], results: Sequence[ScenarioResult]) -> page.Claims:
    """What the SUT files declare, and which of the scenarios that ran rest on which feature."""
    declared = sorted({feature for sut in suts for feature in sut.features.ids})
    files = {result.file for result in results}
    tested: dict[str, list[str]] = {}
    for file in sorted(files):
        path = resources.root() / file
        for story in stories(path) if path.is_file() else ():
            for need in (one for needed in story.needs for one in conditions(needed)):
                feature = re.split(r"[<>=]", need.removeprefix("not-"))[0]
                tested.setdefault(feature, []).append(f"{file}::{story.id}")
    return page.Claims(tuple(declared), {feature: tuple(ids) for feature, ids in tested.items()})


def _requirements() -> list[str]:
    return [entry.id for entry in catalogue.requirements("2.0.1").values() if entry.origin == "table"]


def _finish(
    results: Sequence[ScenarioResult], ended: Ended, folder: RunFolder, masks: Masks, suts: Sequence[Sut],
    started: Instant,
) -> ExitCode:
    """Write the report and print the verdicts; what cannot be written does not keep them from being told."""
    collected, code = ended.collected, _code(results, ended.stopped, ended.completed)
    incomplete = ""
    try:
        _write(results, ended, folder, masks, suts, started, code)
    except OSError as error:
        incomplete = f"{folder.path} is incomplete: {error.strerror or error}. Mend: make room there or name another " \
                     "folder with --reports, and run again"
        code = code or ExitCode.UNPROVEN
    print_verdicts(results, console_for(sys.stdout), masks, code)
    for warning in (*collected.left, calibration.warning(collected.calibrations)):
        if warning:
            print(f"warning: {masks.text(warning)}")
    if incomplete:
        print(incomplete, file=sys.stderr)
    else:
        print(f"report: {folder.path / 'index.html'}")
    return code


def _write(
    results: Sequence[ScenarioResult], ended: Ended, folder: RunFolder, masks: Masks, suts: Sequence[Sut],
    started: Instant, code: ExitCode,
) -> None:
    write_all(folder, results, masks, started, code)
    collected, products = ended.collected, gathered.products(folder)
    more = {"products": products, "prompts": gathered.prompts(folder), "left_behind": list(collected.left)}
    how = {"exit_code": int(code), "stopped": ended.stopped, "begun": collected.count,
           "selected": collected.progress.total}
    folder.add_to_run({"calibration": calibration.summary(collected.calibrations), "ended": how, **masks.value(more)})
    facts = {
        "SUT": ", ".join(sut.name for sut in suts),
        "SUT file SHA-256": ", ".join(sut.sha256[:16] for sut in suts),
        "Product": "; ".join(" ".join(product.values()) for product in products),
        "Versions": ", ".join(sorted({version for sut in suts for version in sut.versions})),
        "Harness": __version__,
        "Python": sys.version.split()[0],
    }
    shown = [masked(result, masks) for result in results]
    page.write(folder, shown, _claims(suts, results), _requirements(), catalogue.unobservable("2.0.1"))
    write_side_files(folder.allure, facts, masks, executor_from(os.environ))
    pack.make(folder)
