"""``ocpp-harness evidence``: check, list, sign and prune what runs left."""

from __future__ import annotations

import time
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Annotated

import typer

from harness import reading
from harness.cli_common import REPORTS, Reports, run_named, stop, told
from harness.report import pack
from harness.report.console import counted
from harness.report.folder import RunFolder

app = typer.Typer(no_args_is_help=True, help="What runs left: check it, sign it, list it, prune it.")


@app.command()
def verify(
    path: Annotated[Path, typer.Argument(help="an evidence.zip, or a run's folder or name")],
    public_key: Annotated[Path | None, typer.Option(help="PEM file: the signature must be of this key")] = None,
    reports: Reports = REPORTS,
) -> None:
    """Find a changed, missing, added or reordered file or line."""
    path = path if path.exists() or not (reports / path).exists() else reports / path
    try:
        flaws = pack.verify(path, reading.handed_over(public_key) if public_key else None)
        signed = pack.signed(path)
    except pack.PackError as error:
        stop(str(error))
    except OSError as error:
        stop(told(error))
    for flaw in flaws:
        typer.echo(str(flaw))
    if flaws:
        typer.echo(f"{path}: {counted(len(flaws), 'flaw')}")
        raise typer.Exit(1)
    by_whom = "signed by this key" if public_key else "signed; --public-key PEM checks by whom"
    typer.echo(f"{path}: as it was left, {by_whom if signed else 'not signed'}")


@app.command()
def sign(
    run: Annotated[Path, typer.Argument(help="a run's folder, or its name")],
    key: Annotated[Path, typer.Option(help="PEM file with the tester's private key")],
    password_file: Annotated[Path | None, typer.Option(help="file with the key's password")] = None,
    reports: Reports = REPORTS,
) -> None:
    """Make the run's evidence pack anew, signed."""
    folder = RunFolder(run_named(run, reports))
    try:
        password = reading.handed_over(password_file).rstrip(b"\r\n") if password_file else None
        target = pack.make(folder, reading.handed_over(key), password)
    except pack.PackError as error:
        stop(str(error))
    except OSError as error:
        stop(told(error))
    typer.echo(f"{target}: signed")


@app.command(name="list")
def list_runs(reports: Reports = REPORTS) -> None:
    """The runs there are, oldest first."""
    found = pack.runs(reports)
    for path, made in found:
        size = sum(file.stat().st_size for file in path.rglob("*") if file.is_file())
        typer.echo(f"{made:%Y-%m-%d %H:%M} UTC  {size / 1e6:8.1f} MB  {path}")
    if not found:
        typer.echo(f"{reports}: no runs here; --reports names another folder", err=True)


@app.command()
def prune(
    older_than: Annotated[int, typer.Option(help="days", min=0, max=36_500)],
    reports: Reports = REPORTS,
    force: Annotated[bool, typer.Option("--force", help="even under 180 days")] = False,
) -> None:
    """Delete old runs."""
    try:
        gone = pack.prune(reports, timedelta(days=older_than), datetime.fromtimestamp(time.time(), UTC), force)
    except pack.PackError as error:
        stop(str(error))
    except OSError as error:
        stop(told(error))
    typer.echo(f"{counted(len(gone), 'run')} deleted")
