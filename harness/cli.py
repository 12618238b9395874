"""The command line: ``ocpp-harness``, also ``python -m harness``."""

from __future__ import annotations

import json
import logging
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from harness import __version__, cli_evidence, cli_operator
from harness.alone import Alone
from harness.cli_common import REPORTS, Commands, Reports, options_of, stop, writable
from harness.cli_log import check_log
from harness.cli_pki import pki
from harness.cli_report import report
from harness.report.stream import make_standard_patient
from harness.rpc.dialect import Version

if TYPE_CHECKING:
    from harness.rerun import Earlier

app = typer.Typer(
    cls=Commands,
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    help="OCPP conformance and security tests against a real charging station or a real CSMS.",
)

SutFile = Annotated[Path, typer.Option("--sut", help="the SUT file: who is tested, where, and who makes it act")]
Requirements = Annotated[list[str] | None, typer.Option("--requirement", help="requirement ids, with wildcards")]
Format = Annotated[str, typer.Option(help="table or json")]
RerunFailed = Annotated[
    Path | None, typer.Option("--rerun-failed", metavar="RUN", help="a run's folder: only what did not pass there")
]
OperatorAt = Annotated[
    str, typer.Option(metavar="HOST:PORT", help="the same, where it listens; else a free port of 127.0.0.1")
]


@dataclass(frozen=True, slots=True)
class Chosen:
    """Which scenarios a command is about: what `run`, `demo`, `list` and `prove` have in common."""

    paths: Annotated[list[str] | None, typer.Argument(help="feature files or folders; all if none")] = None
    case: Annotated[list[str] | None, typer.Option("--case", help="case ids, with wildcards: 'TC_B_*'")] = None
    profile: Annotated[
        list[str] | None,
        typer.Option(help="feature profile (1.6) or certification profile (2.x): core, smart-charging, ..."),
    ] = None

    def files(self) -> tuple[str, ...]:
        """The paths; exit code 2 for one that is not there."""
        from harness import listing

        try:
            listing.files(tuple(self.paths or ()))
        except ValueError as error:
            stop(str(error))
        return tuple(self.paths or ())

    def cases(self) -> tuple[str, ...]:
        return tuple(self.case or ())

    def profiles(self) -> tuple[str, ...]:
        """The profiles asked for, or exit code 2 with those there are."""
        from harness import feature_profiles

        if reason := feature_profiles.problem(self.profile or ()):
            stop(reason)
        return tuple(self.profile or ())


def _version(wanted: bool) -> None:
    if wanted:
        typer.echo(f"ocpp-harness {__version__}")
        raise typer.Exit(0)


@app.callback()
def common(
    version: Annotated[bool, typer.Option("--version", callback=_version, is_eager=True, help="which one this is")]
    = False,
) -> None:
    """OCPP conformance and security tests against a real charging station or a real CSMS."""


@app.command()
@options_of(Chosen)
def run(
    chosen: Chosen,
    sut: SutFile,
    requirement: Requirements = None,
    keyword: Annotated[str, typer.Option("-k", help="words in ids, as pytest's -k")] = "",
    markers: Annotated[str, typer.Option("-m", help="marks, as pytest's -m: 'requirement(id=\"B01.FR.01\")'")] = "",
    fast: Annotated[bool, typer.Option("--fast", help="in memory and virtual time; built-in reference only")] = False,
    attack: Annotated[bool, typer.Option("--attack", help="also what could harm a product")] = False,
    misbehave: Annotated[str, typer.Option(help="make the built-in reference misbehave")] = "",
    jobs: Annotated[int, typer.Option(min=1, max=16, help="at once; built-in reference only")] = 1,
    long: Annotated[bool, typer.Option("--long", help="also the scenarios that take minutes of real time")] = False,
    lab_strict: Annotated[
        bool, typer.Option("--lab-strict", help="also what a lab asks for beyond the specification")
    ] = False,
    rerun_failed: RerunFailed = None,
    operator: Annotated[bool, typer.Option("--operator", help="a page for the person at the charger")] = False,
    operator_at: OperatorAt = "",
    reports: Reports = REPORTS,
) -> None:
    """Run scenarios against the product that a SUT file describes."""
    from harness import running
    from harness.sut import load

    selection = running.Selection(
        chosen.files(), chosen.cases(), tuple(requirement or ()), keyword, markers, fast, attack, misbehave,
        jobs, long, profiles=chosen.profiles(), lab_strict=lab_strict,
    )
    product = _usable(sut)
    described = load(product)
    practised = getattr(described.drivers.default, "driver", "") == "reference"
    if not practised and (fast or jobs > 1 or misbehave):
        stop("--fast, --jobs and --misbehave are for the built-in reference; a real product is tested one at a time")
    if described.connection.listen and not practised:
        _listenable(described.connection.listen)
    _known(misbehave, described.role, described.versions)
    with cli_operator.page(operator, operator_at) as page:
        raise typer.Exit(running.run(product, selection, writable(reports), _earlier(rerun_failed, reports), page).code)


def _earlier(run: Path | None, reports: Path) -> Earlier | None:
    """The run to take up again, if one is named; exit code 2 where there is none of that name."""
    from harness.rerun import RerunError, earlier_run

    try:
        found = earlier_run(run, reports) if run is not None else None
    except RerunError as error:
        stop(str(error))
    if found is not None and not found.failed:
        typer.echo("nothing to run again: everything that applies passed")
        raise typer.Exit(0)
    return found


def _listenable(listen: str) -> None:
    """Exit code 2 where the station could not reach us at all."""
    from harness.wire.ports import obstacle

    if reason := obstacle(listen):
        stop(f"{reason}. Mend: end the program that uses it, or write another address under connection.listen "
              "and configure the station to it")


def _known(misbehave: str, role: str, versions: Sequence[str]) -> None:
    """Exit code 2 where the practice opponent has no such misbehaviour in any of the versions."""
    from harness.reference.behaviour import UnknownMisbehaviour, behaviour_of

    refusals = []
    for version in versions:
        try:
            behaviour_of(role, version, misbehave)
        except UnknownMisbehaviour as error:
            refusals.append(str(error))
    if len(refusals) == len(versions):
        stop("\n".join(refusals))


@app.command()
@options_of(Chosen)
def demo(
    chosen: Chosen,
    fast: Annotated[bool, typer.Option("--fast", help="in memory and virtual time")] = False,
    jobs: Annotated[int, typer.Option(min=1, max=16, help="at once")] = 12,
    reports: Reports = REPORTS,
) -> None:
    """Run everything against the built-in station and CSMS, in both roles."""
    from harness import running

    selection = running.Selection(chosen.files(), chosen.cases(), fast=fast, jobs=jobs, profiles=chosen.profiles())
    raise typer.Exit(running.run(None, selection, writable(reports)).code)


@app.command(name="list")
@options_of(Chosen)
def list_scenarios(
    chosen: Chosen,
    format: Format = "table",
    requirement: Requirements = None,
    cover: Annotated[bool, typer.Option("--coverage", help="compare with the public catalogue")] = False,
) -> None:
    """List the scenarios, or what they cover."""
    from harness import coverage, listing

    _format(format)
    named = chosen.profiles()
    try:
        found = listing.scenarios(chosen.files(), chosen.cases(), tuple(requirement or ()), () if cover else named)
    except ValueError as error:
        stop(str(error))
    if cover:
        covered = coverage.coverage(found, named[0] if named else "")
        typer.echo(json.dumps(covered.to_json(), indent=1)) if format == "json" else coverage.print_coverage(covered)
    elif format == "json":
        typer.echo(json.dumps([entry.to_json() for entry in found], indent=1))
    else:
        listing.print_table(found)
    raise typer.Exit(0 if found else 5)


def _format(format: str) -> None:
    if format not in ("table", "json"):
        stop(f"--format {format}: write table or json")


@app.command()
def check(files: Annotated[list[Path], typer.Argument(help="SUT files")]) -> None:
    """Check SUT files, offline: what is wrong, where, and how to mend it."""
    from harness.check import check as problems_of
    from harness.check import render, unknown_expectations

    bad = False
    for file in files:
        problems = problems_of(file)
        bad = bad or bool(problems)
        typer.echo(render(file, problems) if problems else f"{file}: ready")
        for name in () if problems else unknown_expectations(file):
            typer.echo(f"{file}: note: expected_failures.{name}: none of the scenarios here bears this id")
    raise typer.Exit(2 if bad else 0)


@app.command()
def example(
    name: Annotated[str, typer.Argument(help="such as my-station; without it: which there are")] = "",
) -> None:
    """Print a SUT file to start from, or to try things on: `ocpp-harness example my-station > my-station.toml`."""
    from harness import resources

    known = {file.stem: file for file in sorted((resources.root() / "fixtures" / "suts").glob("*.toml"))}
    wanted = name.removesuffix(".toml")
    if name and wanted not in known:
        stop(f"no example is called {name}; there are {', '.join(known)}")
    typer.echo(known[wanted].read_text("utf-8"), nl=False) if name else typer.echo("\n".join(known))


app.add_typer(cli_evidence.app, name="evidence")
app.command(name="check-log")(check_log)
app.command()(report)
app.add_typer(pki, name="pki")

reference = typer.Typer(no_args_is_help=True, help="Run a practice opponent on its own.")
app.add_typer(reference, name="reference")

@dataclass(frozen=True, slots=True)
class Opponent:
    """What both practice opponents are told."""

    version: Annotated[str, typer.Option(help="1.6 or 2.0.1")] = "2.0.1"
    identity: Annotated[str, typer.Option(help="the station's identity; else that of the SUT file")] = ""
    password: Annotated[
        str | None, typer.Option(help='Basic password; "" for none; else that of the SUT file')
    ] = None
    misbehave: Annotated[str, typer.Option(help="a named misbehaviour; `reference misbehaviours` lists them")] = ""
    control: Annotated[
        int | None, typer.Option(min=0, max=65535, help="port for operating it by HTTP, on the loopback interface")
    ] = None
    sut: Annotated[Path | None, typer.Option(help="a SUT file whose identity and tokens it uses")] = None
    quiet: Annotated[bool, typer.Option("--quiet", help="do not show the messages")] = False

    def alone(self) -> Alone:
        """Exit code 2 for a version that they do not speak."""
        spoken: dict[str, Version] = {"1.6": "1.6", "2.0.1": "2.0.1"}
        if self.version not in spoken:
            stop(f"--version {self.version}: the practice opponents speak {' and '.join(spoken)}")
        return Alone(spoken[self.version], self.identity, self.password, self.misbehave, self.control, self.quiet)


@reference.command()
@options_of(Opponent)
def station(
    opponent: Opponent,
    url: Annotated[str, typer.Option(help="the CSMS, without the identity: ws://127.0.0.1:9000/ocpp")],
) -> None:
    """A charging station that conforms, or misbehaves on demand."""
    from harness import alone

    _run_alone(lambda: alone.station(url, opponent.alone(), opponent.sut))


@reference.command()
@options_of(Opponent)
def csms(
    opponent: Opponent,
    port: Annotated[int, typer.Option(min=0, max=65535, help="0 takes a free one")] = 9000,
) -> None:
    """A CSMS that conforms, or misbehaves on demand."""
    from harness import alone

    _run_alone(lambda: alone.management(port, opponent.alone(), opponent.sut))


@reference.command()
def misbehaviours() -> None:
    """The misbehaviours there are, and who must catch them."""
    from harness.reference.behaviour import MISBEHAVIOURS

    for bad in MISBEHAVIOURS:
        typer.echo(f"{bad.peer:8} {', '.join(bad.values):12} {bad.name:32} {bad.meaning}")


def _run_alone(start: Callable[[], None]) -> None:
    from harness import alone
    from harness.reference.behaviour import UnknownMisbehaviour
    from harness.sut import SutFileError

    try:
        start()
    except (UnknownMisbehaviour, SutFileError, alone.BadAddress) as error:
        stop(str(error))


@app.command()
@options_of(Chosen)
def prove(
    chosen: Chosen,
    format: Format = "table",
    jobs: Annotated[int, typer.Option(min=1, max=16, help="at once")] = 2,
    sample: Annotated[int, typer.Option(min=1, help="only every N-th scenario")] = 1,
    reports: Reports = REPORTS,
) -> None:
    """Prove that every check can fail: each Then line against the reference, spoilt in every way."""
    from harness import proving

    _format(format)
    writable(reports)
    try:
        stories = proving.chosen(chosen.files(), chosen.cases(), sample, chosen.profiles())
        code = proving.prove(stories, jobs, format, reports)
    except ValueError as error:
        stop(str(error))
    raise typer.Exit(code)


def _usable(file: Path) -> Path:
    """The file, or exit code 2 with everything that is wrong with it."""
    from harness.check import check as problems_of
    from harness.check import render

    problems = problems_of(file)
    if problems:
        stop(render(file, problems))
    return file


def main() -> None:
    """The console script."""
    logging.getLogger("asyncio").setLevel(logging.ERROR)  # a peer that hangs up while we send is no news
    make_standard_patient()
    app()
