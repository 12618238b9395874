"""``ocpp-harness report``: Allure's HTML of a run."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Annotated

import typer

from harness.cli_common import REPORTS, Reports, run_named, stop, told
from harness.report.folder import RunFolder


def report(
    run: Annotated[Path, typer.Argument(help="a run's folder, or its name")] = Path("latest"),
    cache: Annotated[Path | None, typer.Option(help="where the generator is installed; else the user's cache")] = None,
    reports: Reports = REPORTS,
) -> None:
    """Make Allure's HTML report of a run, where Node is present."""
    from harness import allure_html

    path = run_named(run, reports)
    try:
        place = cache.resolve() if cache else allure_html.default_cache(os.environ, Path.home())
        made = allure_html.make(RunFolder(path), place)
    except allure_html.AllureError as error:
        stop(f"{error}\nwithout Node: {path / 'index.html'}")
    except OSError as error:
        stop(f"{told(error)}\nwithout Node: {path / 'index.html'}")
    typer.echo(f"report: {made}")
