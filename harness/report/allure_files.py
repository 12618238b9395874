"""The files beside Allure's results (environment, categories, executor), and the logger that masks what it writes.

Allure 2 reads `categories.json`; Allure 3 ignores it and reads its own configuration (`allurerc`).
"""

from __future__ import annotations

import json
import os
import re
from collections.abc import Mapping
from pathlib import Path
from typing import Any
from uuid import uuid4

from allure_commons import hookimpl
from allure_commons.logger import AllureFileLogger
from attr import asdict

from harness.report.masking import Masks
from harness.report.results import BY_MONITOR

MONITOR = "Monitor finding"  # how the message of a broken monitor rule begins
# The second is what the run itself says where nothing but the monitor failed the scenario.
_BY_MONITOR = f"({MONITOR}|{BY_MONITOR})"
NOISE = ("_pytest_bdd", "pytestbdd_", "_xunit_")
_REFERENCES = frozenset({"uuid", "historyId", "testCaseId", "children", "source", "id", "start", "stop", "status"})

CATEGORIES: tuple[dict[str, Any], ...] = (
    {"name": "The SUT broke a rule (Then)", "matchedStatuses": ["failed"],
     "messageRegex": rf"(?s)(?!.*{_BY_MONITOR}).*"},
    {"name": "The SUT broke a rule (always-on monitor)", "matchedStatuses": ["failed"],
     "messageRegex": rf"(?s).*{_BY_MONITOR}.*"},
    {"name": "Inconclusive: the rule was not put to the test", "matchedStatuses": ["unknown"]},
    {"name": "Sentence without a definition", "matchedStatuses": ["broken"],
     "messageRegex": r"(?s).*StepDefinitionNotFound.*"},
    {"name": "Broken: the harness is at fault", "matchedStatuses": ["broken"],
     "messageRegex": r"(?s)(?!.*StepDefinitionNotFound).*"},
    {"name": "Inapplicable: the SUT does not declare the feature", "matchedStatuses": ["skipped"]},
)


class Masked(str):
    """An attachment that was made of masked events and nothing else."""

    __slots__ = ()


class MaskedLogger(AllureFileLogger):
    """Writes Allure's files masked, and no containers for the fixtures that only pytest-bdd and pytest know."""

    def __init__(self, folder: str, masks: Masks) -> None:
        super().__init__(folder, False)  # type: ignore[no-untyped-call]
        self._masks = masks

    def _report_item(self, item: Any) -> None:
        data = _masked(asdict(item, filter=lambda _, value: bool(value) or value is False), self._masks)
        text = json.dumps(data, ensure_ascii=False)
        self._put(item.file_pattern.format(prefix=uuid4()), text.encode("utf-8", "replace"))

    def _put(self, name: str, data: bytes) -> None:
        # Written beside and renamed, so that no reader sees half a file.
        final = Path(self._report_dir) / name
        half = final.with_name(name + ".tmp")
        half.write_bytes(data)
        os.replace(half, final)

    @hookimpl
    def report_result(self, result: Any) -> None:
        self._report_item(result)

    @hookimpl
    def report_container(self, container: Any) -> None:
        container.befores[:] = [f for f in container.befores if not _noise(f)]
        container.afters[:] = [f for f in container.afters if not _noise(f)]
        if container.befores or container.afters:
            self._report_item(container)

    @hookimpl
    def report_attached_file(self, source: str, file_name: str) -> None:
        self._put(file_name, self._masks.data(Path(source).read_bytes()))

    @hookimpl
    def report_attached_data(self, body: str | bytes, file_name: str) -> None:
        if isinstance(body, str):
            text = body if isinstance(body, Masked) else self._masks.text(body)
            self._put(file_name, text.encode("utf-8", "replace"))
        else:
            self._put(file_name, self._masks.data(body))

    @hookimpl
    def report_globals(self, globals_item: Any) -> None:
        self._report_item(globals_item)


def _noise(fixture: Any) -> bool:
    """Set-up of the machinery, and finalizers without a name; what went wrong is never noise."""
    name, status = str(fixture.name), fixture.status
    nameless = re.search(r"::(<lambda>|\d+)$", name) is not None
    machinery = nameless or name.startswith(NOISE)
    return machinery and status in (None, "passed")


def _masked(node: Any, masks: Masks) -> Any:
    """As `Masks.value`, but what ties Allure's files together stays."""
    if isinstance(node, dict):
        if {"name", "value"} <= set(node):
            return masks.value(node)
        return {key: value if key in _REFERENCES else _masked(value, masks) for key, value in node.items()}
    if isinstance(node, list):
        return [_masked(item, masks) for item in node]
    return masks.value(node)


def _property(text: str) -> str:
    """`text` as part of a Java properties line."""
    escaped = "".join(f"\\{c}" if c in "\\=: #!" else {"\n": "\\n", "\r": "\\r", "\t": "\\t"}.get(c, c) for c in text)
    units = escaped.encode("utf-16-be", "surrogatepass")
    codes = (int.from_bytes(units[i:i + 2], "big") for i in range(0, len(units), 2))
    return "".join(chr(code) if 32 <= code < 127 else f"\\u{code:04x}" for code in codes)


def environment_properties(facts: Mapping[str, str], masks: Masks) -> str:
    """The text of environment.properties. Keys in the order given, values masked."""
    return "".join(f"{_property(key)}={_property(masks.text(value))}\n" for key, value in facts.items())


def executor_from(environment: Mapping[str, str]) -> dict[str, object] | None:
    """What Allure shows of the CI job, from the process environment handed in; None outside known CI servers."""
    table = (
        ("GITHUB_ACTIONS", "GitHub Actions", "github", "GITHUB_WORKFLOW", "GITHUB_RUN_NUMBER"),
        ("GITLAB_CI", "GitLab CI", "gitlab", "CI_JOB_NAME", "CI_PIPELINE_IID"),
        ("JENKINS_URL", "Jenkins", "jenkins", "JOB_NAME", "BUILD_NUMBER"),
    )
    for mark, name, kind, job, number in table:
        if environment.get(mark):
            order = environment.get(number, "")
            return {
                "name": name, "type": kind, "buildName": f"{environment.get(job, '')} #{order}".strip(),
                "buildUrl": environment.get("CI_JOB_URL") or environment.get("BUILD_URL") or _github_url(environment),
                "buildOrder": int(order) if order.isdecimal() else 0,
            }
    return None


def _github_url(environment: Mapping[str, str]) -> str:
    parts = [environment.get(f"GITHUB_{name}", "") for name in ("SERVER_URL", "REPOSITORY", "RUN_ID")]
    return f"{parts[0]}/{parts[1]}/actions/runs/{parts[2]}" if all(parts) else ""


def allurerc(title: str, variables: Mapping[str, str]) -> str:
    """Configuration for the generator of Allure 3, which takes its categories from here only."""
    categories = [
        {"name": row["name"], "matchers": {"statuses": row["matchedStatuses"]} | (
            {"message": row["messageRegex"].removeprefix("(?s)").replace(".*", "[\\s\\S]*")}
            if "messageRegex" in row else {})}
        for row in CATEGORIES
    ]
    options = {"groupBy": ["epic", "block", "feature"], "singleFile": True, "reportLanguage": "en"}
    document = {"name": title, "variables": dict(variables), "plugins": {"awesome": {"options": options}},
                "categories": categories}
    return f"export default {json.dumps(document, indent=2)};\n"


def write_side_files(
    folder: Path, facts: Mapping[str, str], masks: Masks, executor: Mapping[str, object] | None = None,
) -> None:
    """Write environment.properties, categories.json and, given an executor, executor.json into Allure's folder.

    Once per run, not in each xdist worker. Raises OSError."""
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "environment.properties").write_text(environment_properties(facts, masks), encoding="ascii")
    (folder / "categories.json").write_text(json.dumps(CATEGORIES, indent=2), encoding="utf-8")
    if executor is not None:
        (folder / "executor.json").write_text(json.dumps(masks.value(executor), indent=2), encoding="utf-8")
