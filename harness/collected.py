"""What the command line hears of a run while pytest has it: results, faults, and what never came to an end."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import pytest

from harness.calibration import CALIBRATION_KEY, Calibration
from harness.passwords import LEFT_KEY
from harness.report.progress import Progress
from harness.report.results import ScenarioResult, results_of
from harness.stopping import Stopping

Location = tuple[str, int | None, str]
"""The feature file, relative to the root of the run, line and id of a scenario. Node ids of files elsewhere lack it."""


@dataclass(eq=False)
class Collected:
    """A pytest plugin that keeps the results as they come in, and what went wrong before any scenario ran.

    `begun` is called when the first scenario begins."""

    progress: Progress
    stopping: Stopping
    begun: Callable[[], None]
    results: list[ScenarioResult] = field(default_factory=list)
    errors: list[str] = field(default_factory=list)
    calibrations: list[Calibration] = field(default_factory=list)
    left: tuple[str, ...] = ()
    """What is not as it was in the product, as of the newest scenario; one worker at a time meets a real product."""
    open: dict[Location, None] = field(default_factory=dict)
    """Where the scenarios are that have begun and told no result yet."""
    count: int = 0
    """How many scenarios have begun."""
    _pids: set[int] = field(default_factory=set)

    def pytest_collection_finish(self, session: pytest.Session) -> None:
        if session.items:
            self.progress.expects(len(session.items))

    @pytest.hookimpl(optionalhook=True)
    def pytest_xdist_node_collection_finished(self, node: object, ids: Sequence[str]) -> None:
        self.progress.expects(len(ids))

    @pytest.hookimpl(optionalhook=True)
    def pytest_testnodeready(self, node: Any) -> None:
        self._pids.add(self._pid(node))

    @pytest.hookimpl(optionalhook=True)
    def pytest_testnodedown(self, node: Any, error: object) -> None:
        self._pids.discard(self._pid(node))
        self.stopping.workers.discard(self._pid(node))

    @staticmethod
    def _pid(node: Any) -> int:
        """xdist has asked for it by now, and keeps the answer."""
        return int(node.gateway._rinfo().pid)

    def pytest_runtest_logstart(self, nodeid: str, location: Location) -> None:
        if not self.count:
            self.begun()
        self.count += 1
        self.open[location] = None
        # Workers that still collect would die of the signal; when the first scenario begins, all have done so.
        self.stopping.workers |= self._pids
        self.progress.starts(nodeid)

    def pytest_runtest_logfinish(self, nodeid: str) -> None:
        self.progress.ends(nodeid)

    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        found = results_of(report.user_properties)
        if found:
            self.open.pop(report.location, None)
        fresh = found if report.when == "call" or report.failed or report.skipped else ()
        for result in fresh:
            self.progress.result(result)
        self.results += found
        measured = [value for name, value in report.user_properties if name == CALIBRATION_KEY]
        self.calibrations += [Calibration.from_json(value) for value in measured if isinstance(value, Mapping)]
        told = [str(value) for name, value in report.user_properties if name == LEFT_KEY]
        self.left = tuple(filter(None, told)) if told else self.left

    def pytest_collectreport(self, report: pytest.CollectReport) -> None:
        if report.failed:
            self.errors.append(str(report.longrepr))
