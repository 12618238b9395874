"""``ocpp-harness run --operator``: the page for the person at the charger."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

import typer

from harness.cli_common import stop

if TYPE_CHECKING:
    from harness.drivers.board import OperatorPage


@contextmanager
def page(wanted: bool, at: str) -> Iterator[OperatorPage | None]:
    """The page while a run lasts, or None where nobody wants one; exit code 2 where it cannot listen.

    `at` is HOST:PORT, by which it is wanted too, or ""."""
    if not wanted and not at:
        yield None
        return
    from harness.drivers.board import OperatorPage

    host, colon, port = (at or "127.0.0.1:0").rpartition(":")
    mend = "write HOST:PORT of this machine, for example 127.0.0.1:8080; port 0 takes a free one"
    if not colon or not port.isdecimal() or int(port) > 65535:
        stop(f"--operator-at {at}: {mend}")
    try:
        opened = OperatorPage(host.strip("[]"), int(port))
    except OSError as error:
        stop(f"--operator-at {at}: the page cannot listen there: {error.strerror or error}. Mend: {mend}")
    with opened:
        typer.echo(opened.invitation(), err=True)
        yield opened
