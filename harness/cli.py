"""The command line: ``ocpp-harness``, also ``python -m harness``."""

from __future__ import annotations

import json
import logging
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, NoReturn

import typer

from harness import cli_evidence, cli_operator
from harness.alone import Alone
from harness.cli_log import check_log
from harness.cli_pki import pki
from harness.cli_report import report

if TYPE_CHECKING:
    from harness.rerun import Earlier

app = typer.Typer(
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    help="OCPP conformance and security tests against a real charging station or a real CSMS.",
)

SutFile = Annotated[Path, typer.Option("--sut", help="the SUT file: who is tested, where, and who makes it act")]
Paths = Annotated[list[str] | None, typer.Argument(help="feature files or folders; all if none")]
Cases = Annotated[list[str] | None, typer.Option("--case", help="case ids, with wildcards: 'TC_B_*'")]
Requirements = Annotated[list[str] | None, typer.Option("--requirement", help="requirement ids, with wildcards")]
Keyword = Annotated[str, typer.Option("-k", help="words in ids, as pytest's -k")]
Markers = Annotated[str, typer.Option("-m", help="marks, as pytest's -m: 'requirement(id=\"B01.FR.01\")'")]
Profiles = Annotated[
    list[str] | None,
    typer.Option("--profile", help="feature profile (1.6) or certification profile (2.x): core, smart-charging, ..."),
]
Reports = Annotated[Path, typer.Option(help="where the run's folder is made")]
RerunFailed = Annotated[
    Path | None, typer.Option("--rerun-failed", metavar="RUN", help="a run's folder: only what did not pass there")
]
OperatorFlag = Annotated[bool, typer.Option("--operator", help="a page for the person at the charger")]
OperatorAt = Annotated[str, typer.Option(metavar="HOST:PORT", help="where the operator page listens")]


@app.command()
def run(
    sut: SutFile,
    paths: Paths = None,
    case: Cases = None,
    requirement: Requirements = None,
    keyword: Keyword = "",
    markers: Markers = "",
    fast: Annotated[bool, typer.Option("--fast", help="in memory and virtual time; built-in reference only")] = False,
    attack: Annotated[bool, typer.Option("--attack", help="also what could harm a product")] = False,
    misbehave: Annotated[str, typer.Option(help="make the built-in reference misbehave")] = "",
    jobs: Annotated[int, typer.Option(min=1, max=16, help="at once; built-in reference only")] = 1,
    long: Annotated[bool, typer.Option("--long", help="also the scenarios that take minutes of real time")] = False,
    lab_strict: Annotated[
        bool, typer.Option("--lab-strict", help="also what a lab asks for beyond the specification")
    ] = False,
    rerun_failed: RerunFailed = None,
    operator: OperatorFlag = False,
    operator_at: OperatorAt = "127.0.0.1:0",
    profile: Profiles = None,
    reports: Reports = Path("reports"),
) -> None:
    """Run scenarios against the product that a SUT file describes."""
    from harness import running
    from harness.sut import load

    selection = running.Selection(
        tuple(paths or ()), tuple(case or ()), tuple(requirement or ()), keyword, markers, fast, attack, misbehave,
        jobs, long, profiles=_profiles(profile), lab_strict=lab_strict,
    )
    product = _usable(sut)
    described = load(product)
    practised = getattr(described.drivers.default, "driver", "") == "reference"
    if not practised and (fast or jobs > 1 or misbehave):
        _stop("--fast, --jobs and --misbehave are for the built-in reference; a real product is tested one at a time")
    if described.connection.listen and not practised:
        _listenable(described.connection.listen)
    _known(misbehave, described.role, described.versions)
    _writable(reports)
    with cli_operator.page(operator, operator_at) as page:
        raise typer.Exit(running.run(product, selection, reports, _earlier(rerun_failed, reports), page).code)


def _earlier(run: Path | None, reports: Path) -> Earlier | None:
    """The run to take up again, if one is named; exit code 2 where there is none of that name."""
    from harness.rerun import RerunError, earlier_run

    try:
        found = earlier_run(run, reports) if run is not None else None
    except RerunError as error:
        _stop(str(error))
    if found is not None and not found.failed:
        typer.echo("nothing to run again: everything that applies passed")
        raise typer.Exit(0)
    return found


def _listenable(listen: str) -> None:
    """Exit code 2 where the station could not reach us at all."""
    from harness.wire.ports import obstacle

    if reason := obstacle(listen):
        _stop(f"{reason}. Mend: end the program that uses it, or write another address under connection.listen "
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
        _stop("\n".join(refusals))


def _writable(reports: Path) -> None:
    """Exit code 2 where no report can be written."""
    try:
        reports.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        _stop(f"--reports {reports}: no folder can be made there: {error.strerror or error}")


@app.command()
def demo(
    paths: Paths = None,
    case: Cases = None,
    fast: Annotated[bool, typer.Option("--fast", help="in memory and virtual time")] = False,
    jobs: Annotated[int, typer.Option(min=1, max=16)] = 12,
    profile: Profiles = None,
    reports: Reports = Path("reports"),
) -> None:
    """Run everything against the built-in station and CSMS, in both roles."""
    from harness import running

    named = _profiles(profile)
    _writable(reports)
    selection = running.Selection(tuple(paths or ()), tuple(case or ()), fast=fast, jobs=jobs, profiles=named)
    raise typer.Exit(running.run(None, selection, reports).code)


@app.command(name="list")
def list_scenarios(
    paths: Paths = None,
    format: Annotated[str, typer.Option(help="table or json")] = "table",
    case: Cases = None,
    requirement: Requirements = None,
    cover: Annotated[bool, typer.Option("--coverage", help="compare with the public catalogue")] = False,
    profile: Profiles = None,
) -> None:
    """List the scenarios, or what they cover."""
    from harness import coverage, listing

    try:
        named = _profiles(profile)
        found = listing.scenarios(tuple(paths or ()), tuple(case or ()), tuple(requirement or ()),
                                  () if cover else named)
    except ValueError as error:
        _stop(str(error))
    if format not in ("table", "json"):
        _stop(f"--format {format}: write table or json")
    if cover:
        covered = coverage.coverage(found, named[0] if named else "")
        typer.echo(json.dumps(covered.to_json(), indent=1)) if format == "json" else coverage.print_coverage(covered)
    elif format == "json":
        typer.echo(json.dumps([entry.to_json() for entry in found], indent=1))
    else:
        listing.print_table(found)
    raise typer.Exit(0 if found else 5)


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


app.add_typer(cli_evidence.app, name="evidence")
app.command(name="check-log")(check_log)
app.command()(report)
app.add_typer(pki, name="pki")

reference = typer.Typer(no_args_is_help=True, help="Run a practice opponent on its own.")
app.add_typer(reference, name="reference")

VersionOf = Annotated[str, typer.Option("--version", help="1.6 or 2.0.1")]
Identity = Annotated[str, typer.Option(help="the station's identity; else that of the SUT file")]
Password = Annotated[str | None, typer.Option(help='Basic password; "" for none; else that of the SUT file')]
Misbehave = Annotated[str, typer.Option(help="a named misbehaviour; `reference misbehaviours` lists them")]
Control = Annotated[int | None, typer.Option(help="port for operating it by HTTP, on the loopback interface")]
Names = Annotated[Path | None, typer.Option("--sut", help="a SUT file whose identity and tokens it uses")]
Quiet = Annotated[bool, typer.Option("--quiet", help="do not show the messages")]


def _alone(
    version: str, identity: str, password: str | None, misbehave: str, control: int | None, quiet: bool
) -> Alone:
    if version not in ("1.6", "2.0.1"):
        _stop(f"--version {version}: the practice opponents speak 1.6 and 2.0.1")
    return Alone("1.6" if version == "1.6" else "2.0.1", identity, password, misbehave, control, quiet)


@reference.command()
def station(
    url: Annotated[str, typer.Option(help="the CSMS, without the identity: ws://127.0.0.1:9000/ocpp")],
    version: VersionOf = "2.0.1",
    identity: Identity = "",
    password: Password = None,
    misbehave: Misbehave = "",
    control: Control = None,
    sut: Names = None,
    quiet: Quiet = False,
) -> None:
    """A charging station that conforms, or misbehaves on demand."""
    from harness import alone

    _run_alone(lambda: alone.station(url, _alone(version, identity, password, misbehave, control, quiet), sut))


@reference.command()
def csms(
    port: Annotated[int, typer.Option(help="0 takes a free one")] = 9000,
    version: VersionOf = "2.0.1",
    identity: Identity = "",
    password: Password = None,
    misbehave: Misbehave = "",
    control: Control = None,
    sut: Names = None,
    quiet: Quiet = False,
) -> None:
    """A CSMS that conforms, or misbehaves on demand."""
    from harness import alone

    _run_alone(lambda: alone.management(port, _alone(version, identity, password, misbehave, control, quiet), sut))


@reference.command()
def misbehaviours() -> None:
    """The misbehaviours there are, and who must catch them."""
    from harness.reference.behaviour import MISBEHAVIOURS

    for bad in MISBEHAVIOURS:
        typer.echo(f"{bad.peer:8} {', '.join(bad.values):12} {bad.name:32} {bad.meaning}")


def _run_alone(start: Callable[[], None]) -> None:
    from harness.reference.behaviour import UnknownMisbehaviour
    from harness.sut import SutFileError

    try:
        start()
    except (UnknownMisbehaviour, SutFileError) as error:
        _stop(str(error))
    except OSError as error:
        _stop(f"the address cannot be used: {error}")


@app.command()
def prove(
    paths: Paths = None,
    case: Cases = None,
    format: Annotated[str, typer.Option(help="table or json")] = "table",
    jobs: Annotated[int, typer.Option(min=1, max=16)] = 2,
    sample: Annotated[int, typer.Option(min=1, help="only every N-th scenario")] = 1,
    profile: Profiles = None,
    reports: Reports = Path("reports"),
) -> None:
    """Prove that every check can fail: each Then line against the reference, spoilt in every way."""
    from harness import proving

    if format not in ("table", "json"):
        _stop(f"--format {format}: write table or json")
    named = _profiles(profile)
    _writable(reports)
    try:
        stories = proving.chosen(tuple(paths or ()), tuple(case or ()), sample, named)
        code = proving.prove(stories, jobs, format, reports)
    except ValueError as error:
        _stop(str(error))
    raise typer.Exit(code)


def _profiles(names: list[str] | None) -> tuple[str, ...]:
    """The profiles asked for, or exit code 2 with those there are."""
    from harness import feature_profiles

    if reason := feature_profiles.problem(names or ()):
        _stop(reason)
    return tuple(names or ())


def _usable(file: Path) -> Path:
    """The file, or exit code 2 with everything that is wrong with it."""
    from harness.check import check as problems_of
    from harness.check import render

    problems = problems_of(file)
    if problems:
        _stop(render(file, problems))
    return file


def _stop(text: str) -> NoReturn:
    typer.echo(text, err=True)
    raise typer.Exit(2)


def main() -> None:
    """The console script."""
    logging.getLogger("asyncio").setLevel(logging.ERROR)  # a peer that hangs up while we send is no news
    app()
