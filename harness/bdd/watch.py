"""Shows on the console what a scenario waits for, through pytest's own terminal."""

from __future__ import annotations

import sys

import pytest

from harness.report.console import Wait, Waiting
from harness.report.masking import Masks
from harness.rpc.link import MILLISECOND


class ConsoleWatch:
    """The `harness.session.Watch` of a run. Silent in a worker process and where output is captured."""

    period = 250 * MILLISECOND

    def __init__(self, config: pytest.Config, masks: Masks, whom: str) -> None:
        worker = hasattr(config, "workerinput")
        quiet = config.get_verbosity() < 0
        self._shown = None if worker or quiet else Waiting(sys.__stderr__ or sys.stderr, masks)
        self._whom = whom

    def begin(self, what: str, since: int, until: int) -> None:
        if self._shown is not None:
            self._shown.begin(Wait(what, self._whom, since, until))

    def tick(self, now: int) -> None:
        if self._shown is not None:
            self._shown.tick(now)

    def end(self) -> None:
        if self._shown is not None:
            self._shown.end()
