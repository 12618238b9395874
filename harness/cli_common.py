"""What the commands share: options said once, and how a command ends where there is no verdict."""

from __future__ import annotations

import inspect
import sys
import tempfile
import traceback
from collections.abc import Callable
from dataclasses import fields
from functools import wraps
from pathlib import Path
from typing import Annotated, Any, NoReturn, get_type_hints

import typer
from typer.core import TyperGroup
from typer.exceptions import TyperException

Reports = Annotated[Path, typer.Option(help="where run folders are made and looked for")]
REPORTS = Path("reports")
UNPROVEN = 3
"""The exit code where nothing is proven: stopped by hand, or our fault. See `harness.report.results`."""


def stop(text: str) -> NoReturn:
    """The command or a file named in it is wrong: say so, exit code 2."""
    typer.echo(text, err=True)
    raise typer.Exit(2)


def told(error: OSError) -> str:
    """What the system says, with the file's name before it."""
    return f"{error.filename}: {error.strerror}" if error.filename and error.strerror else str(error)


def writable(reports: Path) -> Path:
    """The folder, made where it is missing; exit code 2 where no report can be written."""
    try:
        reports.mkdir(parents=True, exist_ok=True)
        tempfile.TemporaryDirectory(dir=reports).cleanup()
    except OSError as error:
        stop(f"--reports {reports}: no folder can be made there: {error.strerror or error}")
    return reports


def run_named(run: Path, reports: Path) -> Path:
    """The folder of a run, named by its path or by its name in `reports`; exit code 2 where there is none."""
    path = (run if run.is_dir() else reports / run).resolve()
    if not (path / "run.json").is_file():
        stop(f"{run} is no run; `ocpp-harness evidence list` shows those there are")
    return path


class Commands(TyperGroup):
    """The commands; none ends with 1, which says that the product failed, for any other reason."""

    def invoke(self, ctx: Any) -> Any:
        try:
            return super().invoke(ctx)
        except (typer.Exit, typer.Abort, TyperException):
            raise
        except KeyboardInterrupt:
            typer.echo("stopped by hand", err=True)
        except OSError as error:
            typer.echo(told(error), err=True)
        except Exception:
            traceback.print_exc(file=sys.stderr)
            typer.echo("a fault of the harness, not of the product: please report it with these lines", err=True)
        raise typer.Exit(UNPROVEN)


def options_of(bundle: type[Any]) -> Callable[[Callable[..., None]], Callable[..., None]]:
    """For a command whose first parameter is a `bundle`, a dataclass: its fields become options of the command."""
    hints = get_type_hints(bundle, include_extras=True)
    shared = {
        field.name: inspect.Parameter(
            field.name, inspect.Parameter.KEYWORD_ONLY, default=field.default, annotation=hints[field.name]
        )
        for field in fields(bundle)
    }

    def decorate(command: Callable[..., None]) -> Callable[..., None]:
        signature = inspect.signature(command, eval_str=True)
        _, *own = signature.parameters.values()

        @wraps(command)
        def called(**given: Any) -> None:
            command(bundle(**{name: given.pop(name) for name in shared}), **given)

        parameters = [*shared.values(), *(one.replace(kind=inspect.Parameter.KEYWORD_ONLY) for one in own)]
        called.__signature__ = signature.replace(parameters=parameters)  # type: ignore[attr-defined]
        called.__annotations__ = {one.name: one.annotation for one in parameters}
        return called

    return decorate
