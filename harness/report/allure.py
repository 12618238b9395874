"""Scenarios in Allure: each Gherkin sentence a step with what passed on the wire during it.

For allure-pytest without its pytest-bdd sibling. `install` registers an `AllureReport` with pytest; everything
else follows from hooks. Allure files what another thread attaches under the wrong test, so every call must come
from the thread that runs the scenarios; a call from another one raises `HarnessFault`.
"""

from __future__ import annotations

import json
import sys
import threading
from collections.abc import Callable, Generator, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from urllib.parse import quote
from uuid import uuid4

import allure_commons
import pytest
from allure_commons.logger import AllureFileLogger
from allure_commons.model2 import (
    Label,
    Link,
    Parameter,
    Status,
    StatusDetails,
    TestResult,
    TestStepResult,
)
from allure_commons.types import AttachmentType
from allure_commons.utils import now
from pytest_bdd.parser import Feature, Scenario, Step

from harness import journal
from harness.oracle.findings import Severity
from harness.oracle.timing import Measurement
from harness.oracle.verdict import HarnessFault, Verdict
from harness.report.allure_files import MONITOR, Masked, MaskedLogger
from harness.report.evidence import event_to_json
from harness.report.masking import Masks
from harness.report.results import ReportedFinding, verdict_of
from harness.report.strips import strip
from harness.report.transcript import render

STATUS: Mapping[Verdict, str] = {
    Verdict.PASSED: Status.PASSED,
    Verdict.FAILED: Status.FAILED,
    Verdict.BROKEN: Status.BROKEN,
    Verdict.INAPPLICABLE: Status.SKIPPED,
    Verdict.INCONCLUSIVE: Status.UNKNOWN,
}
SKIPPED = (pytest.skip.Exception,)


@dataclass(frozen=True, slots=True)
class ScenarioLabels:
    """How a scenario is filed. `version` is shown as the epic, e.g. "OCPP 2.0.1"; `sut` is "station" or "csms".

    Requirement and case ids become labels and, where an address is known, links: `links` has the addresses, with
    {id}, of the link types `requirement` and `tms`; --allure-link-pattern gives them too. A pass at a later `attempt`
    is flaky."""

    title: str
    feature: str
    version: str
    sut: str
    description: str = ""
    rule: str = ""
    block: str = ""
    severity: str = ""
    owner: str = ""
    requirements: tuple[str, ...] = ()
    cases: tuple[str, ...] = ()
    tags: tuple[str, ...] = ()
    links: Mapping[str, str] = field(default_factory=dict)
    attempt: int = 1
    parameters: Mapping[str, str] = field(default_factory=dict)


@dataclass(slots=True)
class _Open:
    """What is known of the scenario that runs: its open step, where that began in the journal, how many steps have
    begun, the verdict."""

    step: str = ""
    steps: int = 0
    begun: int = 0
    verdict: Verdict = Verdict.PASSED
    findings: tuple[ReportedFinding, ...] = ()
    attempt: int = 1
    filed: bool = False
    masked: list[journal.Event] = field(default_factory=list)
    """The journal so far, as it may be written down."""


_OPEN = pytest.StashKey[_Open]()

EventsOf = Callable[[pytest.Item], Sequence[journal.Event]]
LabelsOf = Callable[[pytest.FixtureRequest, Feature, Scenario], ScenarioLabels]


def monitor_message(findings: Iterable[ReportedFinding]) -> str:
    """The message of broken monitor rules, by which Allure puts them into a category of their own."""
    return "\n".join(f"{MONITOR}: {finding}" for finding in findings)


def _now() -> int:
    """Milliseconds since the epoch, as Allure counts them."""
    return int(now())  # type: ignore[no-untyped-call]


def _title(step: Step) -> str:
    return f"{step.keyword.strip()} {step.name}"


def _details(error: BaseException | None) -> Any:
    return StatusDetails(message=f"{type(error).__name__}: {error}") if error is not None else None


class AllureReport:
    """The hooks. `events` gives the journal of an item so far (empty before there is one); `labels` files it."""

    def __init__(
        self, reporter: Any, masks: Masks, events: EventsOf, labels: LabelsOf, links: Mapping[str, str],
    ) -> None:
        self._reporter = reporter
        self._masks = masks
        self._events = events
        self._labels = labels
        self._links = links
        self._thread = threading.get_ident()

    # ---- pytest-bdd ----

    def pytest_bdd_before_scenario(self, request: pytest.FixtureRequest, feature: Feature, scenario: Scenario) -> None:
        if not _state(request.node).filed:
            self.file(request.node, self._labels(request, feature, scenario))

    def pytest_bdd_before_step(self, request: pytest.FixtureRequest, step: Step) -> None:
        self._begin(request.node, step)

    def pytest_bdd_after_step(self, request: pytest.FixtureRequest) -> None:
        self._end(request.node, None)

    def pytest_bdd_step_error(self, request: pytest.FixtureRequest, exception: Exception) -> None:
        self._end(request.node, exception)

    def pytest_bdd_step_func_lookup_error(
        self, request: pytest.FixtureRequest, step: Step, exception: Exception,
    ) -> None:
        self._begin(request.node, step)
        self._end(request.node, exception)

    def pytest_bdd_after_scenario(self, request: pytest.FixtureRequest, scenario: Scenario) -> None:
        """pytest.skip does not reach step_error, and steps after a failure are never started."""
        item = request.node
        self._end(item, sys.exc_info()[1])
        test = self._test()
        if test is None:
            return
        for step in scenario.steps[_state(item).steps:]:
            moment = _now()
            test.steps.append(TestStepResult(name=_title(step), status=Status.SKIPPED, start=moment, stop=moment))
        if events := self._masked(item):
            body = "".join(json.dumps(event_to_json(event)) + "\n" for event in events)
            self._attach(test.uuid, Masked(body), "Journal (JSON lines)", "application/x-ndjson", "jsonl")

    # ---- pytest ----

    @pytest.hookimpl(wrapper=True, tryfirst=True)
    def pytest_runtest_makereport(
        self, item: pytest.Item, call: pytest.CallInfo[None],
    ) -> Generator[None, pytest.TestReport, pytest.TestReport]:
        """Runs after allure-pytest has set its own status, which takes any AssertionError for a failure."""
        report = yield
        test = self._test()
        if test is not None:
            self._judge(item, call, report, test)
        return report

    def _judge(self, item: pytest.Item, call: pytest.CallInfo[None], report: pytest.TestReport, test: Any) -> None:
        state = _state(item)
        if call.excinfo is not None and not hasattr(report, "wasxfail"):
            found = verdict_of(call.excinfo.value, SKIPPED)
            if state.verdict is Verdict.PASSED:
                state.verdict = found
                test.status = STATUS[found]
        broken = [finding for finding in state.findings if finding.severity is Severity.SHALL]
        if broken and test.status != Status.FAILED:
            # What is proven stays proven where the scenario itself tells nothing.
            state.verdict = Verdict.FAILED if state.verdict is Verdict.PASSED else state.verdict
            test.status, test.statusDetails = Status.FAILED, StatusDetails(message=monitor_message(broken))
        if call.when == "teardown" and state.attempt > 1 and state.verdict is Verdict.PASSED:
            test.statusDetails = StatusDetails(flaky=True, message=f"passed at attempt {state.attempt}")
        if call.when == "teardown":
            test.labels.append(Label("verdict", state.verdict.value))
            state.masked = []

    # ---- for the plugin to call ----

    def file(self, item: pytest.Item, labels: ScenarioLabels) -> None:
        """Name and label the test; the hook does it unless that was done before, where no line may ever be reached."""
        test, state = self._test(), _state(item)
        if test is not None:
            state.filed, state.attempt = True, labels.attempt
            _file(test, labels, self._links)

    def add_findings(self, item: pytest.Item, findings: Iterable[ReportedFinding]) -> None:
        """Show what the monitor found as steps of their own. A broken SHALL makes any test failed.

        Call before the scenario's report is made (at its end, inside the call or its tear-down)."""
        test, state = self._test(), _state(item)
        if test is None:
            return
        events = self._masked(item)
        for finding in findings:
            state.findings += (finding,)
            status = Status.FAILED if finding.severity is Severity.SHALL else Status.UNKNOWN
            step = TestStepResult(name=f"Monitor {finding}", start=_now())
            uuid = str(uuid4())
            self._reporter.start_step(test.uuid, uuid, step)
            self._attach_slice(uuid, [event for event in events if event.number in finding.events], events)
            self._reporter.stop_step(uuid, stop=_now(), status=status)

    def add_measurements(self, measurements: Iterable[Measurement]) -> None:
        """Show the strip of every timing verdict. Call when `add_findings` is called."""
        test = self._test()
        for measurement in measurements if test is not None else ():
            self._attach(test.uuid, strip(measurement), self._masks.text(measurement.what), AttachmentType.SVG)

    # ---- below ----

    def _test(self) -> Any:
        if threading.get_ident() != self._thread:
            raise HarnessFault("Allure was called from another thread than the one that runs the scenarios")
        return self._reporter.get_test(None)

    def _begin(self, item: pytest.Item, step: Step) -> None:
        test, state = self._test(), _state(item)
        if test is None:
            return
        state.step, state.begun, state.steps = str(uuid4()), len(self._events(item)), state.steps + 1
        self._reporter.start_step(test.uuid, state.step, TestStepResult(name=_title(step), start=_now()))
        if step.datatable:
            rows = "\n".join("\t".join(map(str, row)) for row in step.datatable.raw())
            self._attach(state.step, rows, "Table", AttachmentType.TSV)
        if step.docstring:
            self._attach(state.step, step.docstring, "Text", AttachmentType.TEXT)

    def _end(self, item: pytest.Item, error: BaseException | None) -> None:
        test, state = self._test(), _state(item)
        if test is None or not state.step:
            return
        events = self._masked(item)
        self._attach_slice(state.step, events[state.begun:], events)
        self._reporter.stop_step(
            state.step, stop=_now(), status=STATUS[verdict_of(error, SKIPPED)], statusDetails=_details(error))
        state.step = ""

    def _masked(self, item: pytest.Item) -> list[journal.Event]:
        """The journal of an item so far, each event masked once."""
        masked, events = _state(item).masked, self._events(item)
        masked += map(self._masks.event, events[len(masked):])
        return masked

    def _attach_slice(self, uuid: str, some: Sequence[journal.Event], events: Sequence[journal.Event]) -> None:
        """A transcript of `some`, unless nothing but the sentence itself was recorded. All are masked."""
        if not all(isinstance(event.body, journal.Step) for event in some):
            self._attach(uuid, Masked(render(some, events)), "On the wire", AttachmentType.TEXT)

    def _attach(self, parent: str, body: str, name: str, kind: Any, extension: str | None = None) -> None:
        self._reporter.attach_data(
            str(uuid4()), body, name=name, attachment_type=kind, extension=extension, parent_uuid=parent)


def _file(test: Any, labels: ScenarioLabels, links: Mapping[str, str]) -> None:
    test.name = " ".join((*labels.cases, labels.title))
    test.description = labels.description or None
    # One parameter per Examples column instead of pytest-bdd's dictionary.
    test.parameters[:] = [p for p in test.parameters if p.name != "_pytest_bdd_example"]
    test.parameters += [Parameter(name=name, value=value) for name, value in labels.parameters.items()]
    rows = [
        ("epic", labels.version), ("block", labels.block), ("feature", labels.feature),
        ("story", labels.rule or labels.title),
        ("parentSuite", labels.version), ("suite", f"{labels.sut} under test"), ("subSuite", labels.feature),
        ("severity", labels.severity), ("owner", labels.owner),
        *(("requirement", name) for name in labels.requirements), *(("testcase", name) for name in labels.cases),
        *(("tag", name) for name in labels.tags),
    ]
    test.labels += [Label(name, value) for name, value in rows if value]
    for kind, names in (("requirement", labels.requirements), ("tms", labels.cases)):
        test.links += [Link(kind, url, name) for name in names if (url := _address(labels, links, kind, name))]


def _address(labels: ScenarioLabels, links: Mapping[str, str], kind: str, name: str) -> str:
    """Where the id leads; "" where nobody said: a link to nowhere is worse than none."""
    if kind in labels.links:
        return labels.links[kind].replace("{id}", quote(name))
    return str(links[kind]).format(name) if kind in links else ""


def write_unended(folder: Path, masks: Masks, name: str, labels: ScenarioLabels, verdict: Verdict, reason: str) -> None:
    """A result for a scenario whose process could not write one. Raises OSError."""
    moment = _now()
    test = TestResult(
        uuid=str(uuid4()), fullName=name, start=moment, stop=moment, status=STATUS[verdict],
        statusDetails=StatusDetails(message=reason))
    _file(test, labels, {})
    test.labels.append(Label("verdict", verdict.value))
    MaskedLogger(str(folder), masks).report_result(test)


def _state(item: pytest.Item) -> _Open:
    return item.stash.setdefault(_OPEN, _Open())


def install(config: pytest.Config, masks: Masks, events: EventsOf, labels: LabelsOf) -> AllureReport | None:
    """Put the hooks and the masking logger in place; None where the run writes no Allure results.

    Call from `pytest_configure(trylast=True)` or `pytest_sessionstart`, after allure-pytest is configured,
    in the thread that runs the tests."""
    listener: Any = config.pluginmanager.get_plugin("allure_listener")
    if listener is None:
        return None
    manager = allure_commons.plugin_manager
    for plain in [plugin for plugin in manager.get_plugins() if type(plugin) is AllureFileLogger]:
        _replace(config, manager, plain, MaskedLogger(config.option.allure_report_dir, masks))
    links = dict(config.option.allure_link_pattern)
    report = AllureReport(listener.allure_logger, masks, events, labels, links)
    config.pluginmanager.register(report, "harness_allure")
    return report


def _replace(config: pytest.Config, manager: Any, plain: Any, masked: MaskedLogger) -> None:
    """Swap the loggers; at the end swap them back, because allure-pytest unregisters its own by name."""
    name = manager.get_name(plain)
    manager.unregister(plain)
    manager.register(masked)

    def restore() -> None:
        manager.unregister(masked)
        manager.register(plain, name)

    config.add_cleanup(restore)
