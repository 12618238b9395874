"""``ocpp-harness run --operator``: the page for the person at the charger."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

import typer

if TYPE_CHECKING:
    from harness.drivers.board import OperatorPage


@contextmanager
def page(wanted: bool, at: str) -> Iterator[OperatorPage | None]:
    """The page while a run lasts, or None where nobody wants one; exit code 2 where it cannot listen."""
    if not wanted:
        yield None
        return
    from harness.drivers.board import OperatorPage

    host, colon, port = at.rpartition(":")
    mend = "write HOST:PORT, for example 127.0.0.1:8080; port 0 takes a free one"
    if not colon or not port.isdecimal() or int(port) > 65535:
        typer.echo(f"--operator-at {at}: {mend}", err=True)
        raise typer.Exit(2)
    try:
        opened = OperatorPage(host.strip("[]"), int(port))
    except OSError as error:
        typer.echo(f"the operator page cannot listen at {at}: {error}", err=True)
        raise typer.Exit(2) from error
    with opened:
        typer.echo(opened.invitation(), err=True)
        yield opened
