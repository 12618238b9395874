"""What a scenario ended in, as a value that travels between processes, and what a run ends in.

Exit codes; the first that applies, from the top:

* 1, SUT failed: a scenario failed (and was not expected to), an expected failure passed, or a monitor rule at SHALL
  level was broken, even in a scenario that is otherwise inconclusive: what is proven stays proven;
* 3, inconclusive or broken: at least one scenario tells nothing;
* 5, nothing ran: no result at all, or only inapplicable ones;
* 0: all that is applicable passed, or failed as the SUT file expects.

Code 2 (usage, configuration) is for the command line: there are no results then.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass, fields, replace
from enum import IntEnum
from typing import Any

from harness.oracle import findings as oracle
from harness.oracle.findings import Severity
from harness.oracle.timing import Measurement
from harness.oracle.verdict import Inapplicable, Inconclusive, Nonconformance, Verdict
from harness.report.masking import Masks

BY_MONITOR = "the monitor found, besides what the scenario asks"
"""How the reason begins where nothing but the monitor failed the scenario."""
RESULT_KEY = "ocpp-harness-result"  # the name under which a result travels in `report.user_properties`


class ExitCode(IntEnum):
    OK = 0
    SUT_FAILED = 1
    USAGE = 2
    UNPROVEN = 3
    NOTHING_RAN = 5


@dataclass(frozen=True, slots=True)
class ReportedFinding:
    """A finding of the monitor as it travels: plain values. `events` are journal numbers, the offending one last."""

    rule: str
    text: str
    severity: Severity = Severity.SHALL
    source: str = ""
    events: tuple[int, ...] = ()

    @classmethod
    def of(cls, finding: oracle.Finding) -> ReportedFinding:
        return cls(finding.rule.id, finding.text, finding.rule.severity, finding.rule.source, finding.events)

    def __str__(self) -> str:
        source = f" ({self.source})" if self.source else ""
        where = f" [journal entry {', '.join(map(str, self.events))}]" if self.events else ""
        return f"{self.severity} {self.rule}{source}: {self.text}{where}"

    def to_json(self) -> dict[str, Any]:
        return asdict(self) | {"severity": self.severity.value, "events": list(self.events)}

    @classmethod
    def from_json(cls, data: Mapping[str, Any]) -> ReportedFinding:
        """Raises ValueError, KeyError or TypeError for what is no finding."""
        return cls(**{**data, "severity": Severity(data["severity"]), "events": tuple(data["events"])})


@dataclass(frozen=True, slots=True)
class ScenarioResult:
    """One scenario's outcome. `duration` in seconds; `line` is the line of `file` that did not pass, if known.

    `journal` is the path of the evidence inside the run folder, `journal_digest` see `harness.report.evidence`.
    `expected_failure` is the SUT file's reason why this scenario is known to fail, or "". `earlier` are the attempts
    before this one, oldest first."""

    id: str
    title: str
    feature: str
    sut: str
    version: str
    verdict: Verdict
    reason: str = ""
    expected: str = ""
    seen: str = ""
    requirements: tuple[str, ...] = ()
    cases: tuple[str, ...] = ()
    duration: float = 0.0
    findings: tuple[ReportedFinding, ...] = ()
    journal: str = ""
    journal_digest: str = ""
    file: str = ""
    line: int | None = None
    attempts: int = 1
    expected_failure: str = ""
    measurements: tuple[Measurement, ...] = ()
    earlier: tuple[ScenarioResult, ...] = ()

    @property
    def flaky(self) -> bool:
        """Passed, but not at the first attempt."""
        return self.verdict is Verdict.PASSED and self.attempts > 1

    @property
    def failed_as_expected(self) -> bool:
        return self.verdict is Verdict.FAILED and bool(self.expected_failure)

    @property
    def passed_against_expectation(self) -> bool:
        return self.verdict is Verdict.PASSED and bool(self.expected_failure)

    @property
    def proves_failure(self) -> bool:
        """Does this result say that the SUT broke a rule and nobody expected it, or that the SUT file is wrong?"""
        if self.failed_as_expected:
            return False
        broke_a_rule = any(finding.severity is Severity.SHALL for finding in self.findings)
        return self.verdict is Verdict.FAILED or self.passed_against_expectation or broke_a_rule

    @property
    def by_monitor(self) -> bool:
        """Every line held, and the monitor found a broken rule; the findings say it all."""
        return bool(self.findings) and self.reason.startswith(BY_MONITOR)

    def to_json(self) -> dict[str, Any]:
        """As a JSON-able dictionary with all fields; `from_json` gives the same value back."""
        return asdict(self) | {
            "verdict": self.verdict.value,
            "requirements": list(self.requirements),
            "cases": list(self.cases),
            "findings": [finding.to_json() for finding in self.findings],
            "measurements": [measurement.to_json() for measurement in self.measurements],
            "earlier": [attempt.to_json() for attempt in self.earlier],
        }

    def after(self, earlier: ScenarioResult) -> ScenarioResult:
        """This result as the attempt that follows `earlier`."""
        before = (*earlier.earlier, replace(earlier, earlier=()))
        return replace(self, attempts=earlier.attempts + 1, earlier=before)

    @classmethod
    def from_json(cls, data: Mapping[str, Any]) -> ScenarioResult:
        """Raises ValueError, KeyError or TypeError for what is no result."""
        unknown = set(data) - {field.name for field in fields(cls)}
        if unknown:
            raise ValueError(f"unknown fields: {', '.join(sorted(unknown))}")
        return cls(**{
            **data,
            "verdict": Verdict(data["verdict"]),
            "requirements": tuple(data.get("requirements", ())),
            "cases": tuple(data.get("cases", ())),
            "findings": tuple(map(ReportedFinding.from_json, data.get("findings", ()))),
            "measurements": tuple(map(Measurement.from_json, data.get("measurements", ()))),
            "earlier": tuple(map(cls.from_json, data.get("earlier", ()))),
        })


def masked(result: ScenarioResult, masks: Masks) -> ScenarioResult:
    """The result as it may be shown. Ids, paths and digests stay: they are ours, and must match what they name."""
    names = ("title", "feature", "reason", "expected", "seen", "expected_failure")
    texts: dict[str, Any] = {name: masks.text(getattr(result, name)) for name in names}
    return replace(
        result,
        **texts,
        requirements=tuple(map(masks.text, result.requirements)),
        cases=tuple(map(masks.text, result.cases)),
        findings=tuple(replace(finding, text=masks.text(finding.text)) for finding in result.findings),
        measurements=tuple(replace(timed, what=masks.text(timed.what)) for timed in result.measurements),
        earlier=tuple(masked(attempt, masks) for attempt in result.earlier),
    )


def verdict_of(error: BaseException | None, skipped: tuple[type[BaseException], ...] = ()) -> Verdict:
    """The verdict that an exception stands for; None stands for passed.

    Only `Nonconformance` fails the SUT: a bare AssertionError, a time-out, a crash are our fault. `skipped` are the
    test runner's own exceptions for "not run". A group is what its gravest member is, and a single
    unknown member makes it broken."""
    if error is None:
        return Verdict.PASSED
    if isinstance(error, BaseExceptionGroup):
        found = {verdict_of(member, skipped) for member in error.exceptions}
        return next(verdict for verdict in _GRAVEST if verdict in found)
    table: tuple[tuple[tuple[type[BaseException], ...], Verdict], ...] = (
        ((Nonconformance,), Verdict.FAILED),
        ((Inconclusive,), Verdict.INCONCLUSIVE),
        ((Inapplicable, *skipped), Verdict.INAPPLICABLE),
    )
    return next((verdict for kinds, verdict in table if isinstance(error, kinds)), Verdict.BROKEN)


_GRAVEST = (Verdict.BROKEN, Verdict.FAILED, Verdict.INCONCLUSIVE, Verdict.INAPPLICABLE, Verdict.PASSED)


@dataclass(frozen=True, slots=True)
class Totals:
    """How many results there are of each verdict, and of what needs a word of its own."""

    verdicts: Mapping[Verdict, int]
    expected_failures: int
    unexpected_passes: int
    flaky: int
    findings: int
    warnings: int
    duration: float

    @property
    def total(self) -> int:
        return sum(self.verdicts.values())


def totals(results: Iterable[ScenarioResult]) -> Totals:
    """Count."""
    results = tuple(results)
    counted = Counter(result.verdict for result in results)
    findings = [finding for result in results for finding in result.findings]
    return Totals(
        verdicts={verdict: counted[verdict] for verdict in Verdict},
        expected_failures=sum(result.failed_as_expected for result in results),
        unexpected_passes=sum(result.passed_against_expectation for result in results),
        flaky=sum(result.flaky for result in results),
        findings=sum(finding.severity is Severity.SHALL for finding in findings),
        warnings=sum(finding.severity is Severity.SHOULD for finding in findings),
        duration=sum(result.duration for result in results),
    )


def exit_code(results: Iterable[ScenarioResult]) -> ExitCode:
    """What the process ends with; precedence in the module's text."""
    results = tuple(results)
    if any(result.proves_failure for result in results):
        return ExitCode.SUT_FAILED
    if any(result.verdict in (Verdict.INCONCLUSIVE, Verdict.BROKEN) for result in results):
        return ExitCode.UNPROVEN
    if all(result.verdict is Verdict.INAPPLICABLE for result in results):
        return ExitCode.NOTHING_RAN
    return ExitCode.OK


def carried(result: ScenarioResult) -> tuple[str, str]:
    """The result as a user property of a pytest report: as text, because execnet's own format, which takes reports from
    process to process, has no integer below -2**31."""
    return RESULT_KEY, json.dumps(result.to_json())


def results_of(user_properties: Iterable[tuple[str, object]]) -> tuple[ScenarioResult, ...]:
    """The results among the user properties of a pytest report."""
    return tuple(ScenarioResult.from_json(json.loads(value)) for name, value in user_properties
                 if name == RESULT_KEY and isinstance(value, str))
