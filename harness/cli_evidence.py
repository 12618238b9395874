"""``ocpp-harness evidence``: check, list, sign and prune what runs left."""

from __future__ import annotations

import time
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Annotated, NoReturn

import typer

from harness.report import pack
from harness.report.folder import RunFolder

app = typer.Typer(no_args_is_help=True, help="What runs left: check it, sign it, list it, prune it.")

Reports = Annotated[Path, typer.Option(help="where the run folders are")]


@app.command()
def verify(
    path: Annotated[Path, typer.Argument(help="an evidence.zip, or a run folder")],
    public_key: Annotated[Path | None, typer.Option(help="PEM file: the signature must be of this key")] = None,
) -> None:
    """Find a changed, missing, added or reordered file or line."""
    try:
        flaws = pack.verify(path, public_key.read_bytes() if public_key else None)
    except (pack.PackError, OSError) as error:
        _stop(str(error))
    for flaw in flaws:
        typer.echo(str(flaw))
    typer.echo(f"{path}: {len(flaws)} flaws" if flaws else f"{path}: as it was left")
    raise typer.Exit(1 if flaws else 0)


@app.command()
def sign(
    run: Annotated[Path, typer.Argument(help="a run folder")],
    key: Annotated[Path, typer.Option(help="PEM file with the tester's private key")],
    password_file: Annotated[Path | None, typer.Option(help="file with the key's password")] = None,
) -> None:
    """Make the run's evidence pack anew, signed."""
    try:
        password = password_file.read_bytes().rstrip(b"\r\n") if password_file else None
        target = pack.make(RunFolder(run), key.read_bytes(), password)
    except (pack.PackError, OSError) as error:
        _stop(str(error))
    typer.echo(f"{target}: signed")


@app.command(name="list")
def list_runs(reports: Reports = Path("reports")) -> None:
    """The runs there are, oldest first."""
    for path, made in pack.runs(reports):
        size = sum(file.stat().st_size for file in path.rglob("*") if file.is_file())
        typer.echo(f"{made:%Y-%m-%d %H:%M} UTC  {size / 1e6:8.1f} MB  {path}")


@app.command()
def prune(
    older_than: Annotated[int, typer.Option(help="days", min=0)],
    reports: Reports = Path("reports"),
    force: Annotated[bool, typer.Option("--force", help="even under 180 days")] = False,
) -> None:
    """Delete old runs."""
    try:
        gone = pack.prune(reports, timedelta(days=older_than), datetime.fromtimestamp(time.time(), UTC), force)
    except (pack.PackError, OSError) as error:
        _stop(str(error))
    typer.echo(f"{len(gone)} runs deleted")


def _stop(text: str) -> NoReturn:
    typer.echo(text, err=True)
    raise typer.Exit(2)
