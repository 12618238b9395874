"""The verdicts of a run as files for machines: JSON, CSV and JUnit XML. All masked."""

from __future__ import annotations

import csv
import io
import json
import re
import xml.etree.ElementTree as ET
from collections.abc import Iterable, Sequence
from itertools import groupby
from pathlib import Path

from harness.oracle.verdict import Verdict
from harness.report.evidence import rfc3339
from harness.report.folder import RunFolder
from harness.report.masking import Masks
from harness.report.results import ScenarioResult, exit_code, masked, totals
from harness.rpc.link import Instant

COLUMNS = (
    "id", "title", "feature", "sut", "version", "verdict", "reason", "expected", "seen", "requirements", "cases",
    "duration", "findings", "journal", "journal_digest", "file", "line", "attempts", "expected_failure",
    "measurements", "earlier",
)
_FORMULA = ("=", "+", "-", "@", "\t", "\r")
_NOT_XML = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def verdicts_json(results: Iterable[ScenarioResult], masks: Masks, code: int | None = None) -> str:
    """All results with totals and the exit code, as JSON text; `code` where that is not what the results come to."""
    results = tuple(masked(result, masks) for result in results)
    sums = totals(results)
    document = {
        "schema": "ocpp-harness verdicts 1",
        "exit_code": int(exit_code(results) if code is None else code),
        "totals": {verdict.value: count for verdict, count in sums.verdicts.items()} | {
            "expected_failures": sums.expected_failures, "unexpected_passes": sums.unexpected_passes,
            "flaky": sums.flaky, "findings": sums.findings, "warnings": sums.warnings,
        },
        "results": [result.to_json() | {"flaky": result.flaky} for result in results],
    }
    return json.dumps(document, indent=2) + "\n"


def load_verdicts(text: str) -> tuple[ScenarioResult, ...]:
    """The results in the text of a verdicts.json. Raises ValueError, KeyError, TypeError."""
    rows = json.loads(text)["results"]
    return tuple(ScenarioResult.from_json({k: v for k, v in row.items() if k != "flaky"}) for row in rows)


def worth_another_attempt(result: ScenarioResult) -> bool:
    """Whether `--rerun-failed` runs it again: it failed unexpectedly, or it told nothing."""
    told_nothing = result.verdict in (Verdict.INCONCLUSIVE, Verdict.BROKEN)
    return told_nothing or (result.proves_failure and not result.passed_against_expectation)


def _cell(value: object) -> str:
    """A table cell; text that a spreadsheet would take for a formula is led by an apostrophe."""
    text = " ".join(map(str, value)) if isinstance(value, list | tuple) else "" if value is None else str(value)
    return "'" + text if text.startswith(_FORMULA) else text


def verdicts_csv(results: Iterable[ScenarioResult], masks: Masks) -> str:
    """One row per result (RFC 4180); lists are separated by spaces, findings by semicolons."""
    out = io.StringIO(newline="")
    writer = csv.writer(out)
    writer.writerow(COLUMNS)
    for result in (masked(result, masks) for result in results):
        row = result.to_json()
        row["findings"] = "; ".join(map(str, result.findings))
        row["measurements"] = "; ".join(f"{timed.what}: {timed.call}, {timed}" for timed in result.measurements)
        row["earlier"] = "; ".join(f"attempt {n}: {r.verdict.value}" for n, r in enumerate(result.earlier, start=1))
        row["duration"] = f"{result.duration:.3f}"
        writer.writerow([_cell(row[column]).replace("\0", "") for column in COLUMNS])
    return out.getvalue()


# ---- JUnit ------------------------------------------------------------------------------------------


def _explanation(result: ScenarioResult) -> str:
    rows = (
        ("reason", result.reason), ("expected", result.expected), ("seen", result.seen),
        ("requirements", " ".join(result.requirements)), ("cases", " ".join(result.cases)),
        ("line", f"{result.file}:{result.line}" if result.line else ""), ("journal", result.journal),
        ("expected failure", result.expected_failure),
        *(("finding", str(finding)) for finding in result.findings),
        *((f"attempt {n}", f"{r.verdict.value} {r.reason}".strip()) for n, r in enumerate(result.earlier, start=1)),
    )
    return "".join(f"{name}: {value}\n" for name, value in rows if value)


def outcome(result: ScenarioResult) -> tuple[str, str] | None:
    """The JUnit element for a result and its `type`; None for success.

    An expected failure is skipped, one that passed is a failure, and so is a broken SHALL rule."""
    if result.failed_as_expected:
        return "skipped", "expected failure"
    if result.passed_against_expectation:
        return "failure", "unexpected pass"
    if result.proves_failure:
        return "failure", "failed" if result.verdict is Verdict.FAILED else "monitor finding"
    table = {
        Verdict.INAPPLICABLE: ("skipped", "inapplicable"),
        Verdict.INCONCLUSIVE: ("error", "inconclusive"),
        Verdict.BROKEN: ("error", "broken"),
    }
    return table.get(result.verdict)


def _clean(text: str) -> str:
    """`text` without the characters that XML 1.0 cannot hold."""
    return _NOT_XML.sub("\ufffd", text)


def _add(parent: ET.Element, tag: str, text: str = "", **attributes: str) -> ET.Element:
    element = ET.SubElement(parent, tag, {name: _clean(value) for name, value in attributes.items()})
    element.text = _clean(text) or None
    return element


def _case(suite: ET.Element, result: ScenarioResult) -> None:
    case = _add(suite, "testcase", name=result.title, time=f"{result.duration:.3f}",
                classname=f"{result.version}.{result.sut}.{result.feature}")
    properties = _add(case, "properties")
    rows = [("verdict", result.verdict.value), ("journal", result.journal), ("attempts", str(result.attempts)),
            *(("requirement", r) for r in result.requirements), *(("case", c) for c in result.cases)]
    for name, value in rows:
        _add(properties, "property", name=name, value=value)
    found = outcome(result)
    if found:
        tag, kind = found
        message = f"{kind}: {result.reason or result.expected_failure}"
        extra = {} if tag == "skipped" else {"type": kind}
        _add(case, tag, _explanation(result), message=message, **extra)
    elif result.findings or result.flaky:
        _add(case, "system-out", ("flaky\n" if result.flaky else "") + _explanation(result))


def _counts(results: Sequence[ScenarioResult]) -> dict[str, str]:
    tags = [found[0] for found in map(outcome, results) if found]
    return {
        "tests": str(len(results)), "failures": str(tags.count("failure")), "errors": str(tags.count("error")),
        "time": f"{sum(result.duration for result in results):.3f}",
    }


def junit_xml(results: Iterable[ScenarioResult], masks: Masks, started: Instant, name: str = "ocpp-harness") -> str:
    """JUnit XML: a suite per feature, version and role; inapplicable is skipped, inconclusive and broken are errors."""
    def suite_of(result: ScenarioResult) -> tuple[str, str, str]:
        return result.version, result.sut, result.feature

    ordered = sorted((masked(result, masks) for result in results), key=suite_of)
    root = ET.Element("testsuites", {"name": _clean(name), **_counts(ordered)})
    for (version, sut, feature), group in groupby(ordered, key=suite_of):
        members = list(group)
        skipped = sum((outcome(member) or ("",))[0] == "skipped" for member in members)
        suite = _add(root, "testsuite", name=f"{version} {sut}: {feature}", skipped=str(skipped),
                     timestamp=rfc3339(started.wall)[:19], **_counts(members))
        for member in members:
            _case(suite, member)
    return '<?xml version="1.0" encoding="utf-8"?>\n' + ET.tostring(root, encoding="unicode") + "\n"


def write_all(
    folder: RunFolder, results: Iterable[ScenarioResult], masks: Masks, started: Instant, code: int | None = None,
) -> tuple[Path, ...]:
    """Write verdicts.json, verdicts.csv and junit.xml into the run folder. Raises OSError."""
    results = tuple(results)
    texts = {
        folder.verdicts_json: verdicts_json(results, masks, code),
        folder.verdicts_csv: verdicts_csv(results, masks),
        folder.junit: junit_xml(results, masks, started),
    }
    for path, text in texts.items():
        path.write_bytes(text.encode("utf-8", "replace"))
    return tuple(texts)
