"""``ocpp-harness report``: Allure's HTML of a run."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Annotated

import typer

from harness.report.folder import RunFolder


def report(
    run: Annotated[Path, typer.Argument(help="a run's folder, or its name")] = Path("latest"),
    cache: Annotated[Path | None, typer.Option(help="where the generator is installed; else the user's cache")] = None,
    reports: Annotated[Path, typer.Option(help="where the run folders are")] = Path("reports"),
) -> None:
    """Make Allure's HTML report of a run, where Node is present."""
    from harness import allure_html

    path = (run if run.is_dir() else reports / run).resolve()
    if not (path / "run.json").is_file():
        typer.echo(f"{run} is no run; `ocpp-harness evidence list` shows those there are", err=True)
        raise typer.Exit(2)
    try:
        place = cache.resolve() if cache else allure_html.default_cache(os.environ, Path.home())
        made = allure_html.make(RunFolder(path), place)
    except (allure_html.AllureError, OSError) as error:
        typer.echo(f"{error}\nwithout Node: {path / 'index.html'}", err=True)
        raise typer.Exit(2) from error
    typer.echo(f"report: {made}")
