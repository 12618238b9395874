"""Allure's results of a small run in a process of its own, read back from disk."""

from __future__ import annotations

import json
import re
import subprocess
import sys
import threading
from pathlib import Path
from typing import Any

import pytest
from allure_commons import model2

from harness.bdd.run import failing
from harness.oracle.findings import Finding, Rule, Severity
from harness.oracle.verdict import HarnessFault, Verdict
from harness.report.allure import STATUS, AllureReport, monitor_message
from harness.report.allure_files import (
    CATEGORIES,
    MONITOR,
    MaskedLogger,
    allurerc,
    environment_properties,
    executor_from,
    write_side_files,
)
from harness.report.masking import Masks
from harness.report.results import ReportedFinding

ROOT = Path(__file__).parents[2]
SHALL = Finding(Rule("seq-no", Severity.SHALL, "It skips", "E01.FR.07"), "seqNo 2 follows 0", (1, 2))

FEATURE = """
@v2.0.1
Feature: Booting
  A station boots.

  @B01.FR.01 @TC_B_01_CS
  Scenario: It passes
    Given a step
      | status   |
      | Rejected |
    When a step
    Then a step

  Scenario: It fails
    Given a step
    Then it raises Nonconformance
    And a step

  Scenario: It asserts
    Then it raises AssertionError

  Scenario: It is inconclusive
    Given it raises Inconclusive
    Then a step

  Scenario: It is inapplicable
    Given it raises Skip
    Then a step

  Scenario: It has no words
    Given words nobody knows
    Then a step

  Scenario: It is found out by the monitor
    Given a step
    Then the monitor finds something
    And a step

  Scenario: It is inconclusive, and the monitor has found it out
    Given the monitor finds something
    And it raises Inconclusive

  Scenario: It breaks at the end
    Given a thing that breaks when put away

  Scenario: It is asked with a secret for its action
    Given it asks with a secret
    When it is answered

  Scenario Outline: It is told <word>
    Given a step

    Examples:
      | word |
      | this |
"""

CONFTEST = """
import pytest
from harness.journal import Direction, Journal, Step, Text
from harness.oracle.verdict import Inconclusive, Nonconformance
from harness.report.allure import ScenarioLabels, install
from harness.report.masking import Masks
from harness.report.results import ReportedFinding
from harness.rpc.link import Instant
from pytest_bdd import given, parsers, step

JOURNALS = pytest.StashKey()
REPORT = pytest.StashKey()

def labels(request, feature, scenario):
    tags = sorted(scenario.tags)
    example = getattr(request.node, "callspec", None)
    return ScenarioLabels(
        scenario.name, feature.name, "OCPP 2.0.1", "station", feature.description,
        requirements=tuple(t for t in tags if ".FR." in t), cases=tuple(t for t in tags if t.startswith("TC_")),
        tags=("v2.0.1",), parameters=example.params["_pytest_bdd_example"] if example else {})

@pytest.hookimpl(trylast=True)
def pytest_configure(config):
    config.stash[REPORT] = install(
        config, Masks(["correct horse"], ["TAG0012345"]), lambda item: tuple(item.stash.get(JOURNALS, ())), labels)

def pytest_bdd_apply_tag(tag, function):
    return True

@pytest.fixture
def journal(request):
    return request.node.stash.setdefault(JOURNALS, Journal())

@step("a step")
def a_step(journal):
    n = len(journal)
    journal.append(0, Step("a step"), Instant(n, n))
    payload = '{"idTag":"TAG0012345","p":"correct horse"}'
    journal.append(1, Text(Direction.IN, '[2,"%d","Authorize",%s]' % (n, payload)), Instant(n, n))
    print("said correct horse")

@step("it asks with a secret")
def asks(journal):
    journal.append(1, Text(Direction.IN, '[2,"a","correct horse",{}]'), Instant(1, 1))

@step("it is answered")
def answered(journal):
    journal.append(1, Text(Direction.OUT, '[3,"a",{}]'), Instant(2, 2))

@step(parsers.parse("it raises {name}"))
def it_raises(name):
    errors = {"Skip": pytest.skip.Exception, "Nonconformance": Nonconformance, "Inconclusive": Inconclusive,
              "AssertionError": AssertionError}
    raise errors[name]("because of correct horse")

@step("the monitor finds something")
def finds(request):
    request.config.stash[REPORT].add_findings(
        request.node, [ReportedFinding("M1", "saw correct horse", events=(1,))])

@pytest.fixture
def thing():
    yield
    raise OSError("cannot put away")

@given("a thing that breaks when put away")
def breaks(thing):
    pass
"""


@pytest.fixture(scope="module")
def run(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("run")
    (folder / "x.feature").write_text(FEATURE)
    (folder / "conftest.py").write_text(CONFTEST)
    (folder / "pytest.ini").write_text("[pytest]\n")
    (folder / "test_x.py").write_text("from pytest_bdd import scenarios\nscenarios('x.feature')\n")
    command = [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider", "--rootdir", str(folder), "--alluredir",
               str(folder / "out"), "--allure-link-pattern", "requirement:https://spec.example/{}", str(folder)]
    ended = subprocess.run(
        command, cwd=ROOT, capture_output=True, text=True, check=False, timeout=120,
        env={"PYTHONPATH": str(ROOT), "PATH": "/usr/bin:/bin"})
    assert "INTERNALERROR" not in ended.stdout + ended.stderr, ended.stdout
    assert ended.returncode == 1, ended.stdout + ended.stderr
    return folder / "out"


@pytest.fixture(scope="module")
def tests(run: Path) -> dict[str, Any]:
    results = [json.loads(path.read_text()) for path in run.glob("*-result.json")]
    return {result["name"]: result for result in results}


def label(test: Any, name: str) -> list[str]:
    return [row["value"] for row in test["labels"] if row["name"] == name]


@pytest.mark.parametrize(("title", "status", "verdict", "steps"), [
    ("TC_B_01_CS It passes", "passed", "passed", ["passed"] * 3),
    ("It fails", "failed", "failed", ["passed", "failed", "skipped"]),
    ("It asserts", "broken", "broken", ["broken"]),
    ("It is inconclusive", "unknown", "inconclusive", ["unknown", "skipped"]),
    ("It is inapplicable", "skipped", "inapplicable", ["skipped", "skipped"]),
    ("It has no words", "broken", "broken", ["broken", "skipped"]),
    ("It is found out by the monitor", "failed", "failed", ["passed", "passed", "failed", "passed"]),
    # As in JUnit and in the exit code: what is proven stays proven. The verdict of the scenario is its own.
    ("It is inconclusive, and the monitor has found it out", "failed", "inconclusive", ["passed", "failed", "unknown"]),
    ("It breaks at the end", "broken", "broken", ["passed"]),
    ("It is told this", "passed", "passed", ["passed"]),
])
def test_status_verdict_and_steps(
    tests: dict[str, Any], title: str, status: str, verdict: str, steps: list[str],
) -> None:
    test = tests[title]
    assert test["status"] == status
    assert label(test, "verdict") == [verdict]
    assert [step["status"] for step in test["steps"]] == steps
    assert "start" in test["steps"][0]
    assert "stop" in test["steps"][0]


def test_a_scenario_is_filed_where_people_look(tests: dict[str, Any]) -> None:
    test = tests["TC_B_01_CS It passes"]
    wanted = {
        "epic": ["OCPP 2.0.1"], "feature": ["Booting"], "story": ["It passes"], "parentSuite": ["OCPP 2.0.1"],
        "suite": ["station under test"], "subSuite": ["Booting"], "requirement": ["B01.FR.01"],
        "testcase": ["TC_B_01_CS"], "tag": ["v2.0.1"],
    }
    assert {name: label(test, name) for name in wanted} == wanted
    assert {"type": "requirement", "url": "https://spec.example/B01.FR.01", "name": "B01.FR.01"} in test["links"]
    assert [link for link in test["links"] if link["type"] == "tms"] == []
    assert test["description"].strip() == "A station boots."
    assert [step["name"] for step in test["steps"]] == ["Given a step", "When a step", "Then a step"]


def test_each_step_has_its_own_slice_and_the_test_the_whole(run: Path, tests: dict[str, Any]) -> None:
    test = tests["TC_B_01_CS It passes"]
    attached = [{row["name"]: (run / row["source"]).read_text() for row in step["attachments"]}
                for step in test["steps"]]
    assert attached[0]["Table"] == "status\nRejected"
    assert [re.findall(r'Authorize "(\d+)"', rows["On the wire"]) for rows in attached] == [["0"], ["2"], ["4"]]
    whole = next(row for row in test["attachments"] if row["name"] == "Journal (JSON lines)")
    lines = [json.loads(line) for line in (run / whole["source"]).read_text().splitlines()]
    assert [line["number"] for line in lines] == list(range(6))


def test_what_an_answer_answers_is_named_without_its_secrets(run: Path, tests: dict[str, Any]) -> None:
    answered = tests["It is asked with a secret for its action"]["steps"][1]
    assert '[3] *** "a"' in (run / answered["attachments"][0]["source"]).read_text()


def test_outline_columns_are_parameters(tests: dict[str, Any]) -> None:
    assert tests["It is told this"]["parameters"] == [{"name": "word", "value": "this"}]


def test_what_the_monitor_found_has_a_step_and_a_category(run: Path, tests: dict[str, Any]) -> None:
    test = tests["It is found out by the monitor"]
    step = next(step for step in test["steps"] if step["name"].startswith("Monitor SHALL M1: saw ***"))
    assert "Authorize" in (run / step["attachments"][0]["source"]).read_text()
    assert test["statusDetails"]["message"].startswith(MONITOR)


def test_nothing_secret_is_on_disk_and_no_reference_dangles(run: Path, tests: dict[str, Any]) -> None:
    for path in run.iterdir():
        content = path.read_text()
        assert "correct horse" not in content, path.name
        assert "TAG0012345" not in content, path.name

    def sources(node: Any) -> list[str]:
        rows = [row["source"] for row in node.get("attachments", [])]
        return rows + [source for step in node.get("steps", []) for source in sources(step)]

    found = [source for test in tests.values() for source in sources(test)]
    assert "stdout" in json.dumps(tests["TC_B_01_CS It passes"]["attachments"])
    assert sorted(found) == sorted(path.name for path in run.glob("*-attachment.*"))


def test_there_are_no_containers_of_machinery(run: Path) -> None:
    names = [fixture["name"] for path in run.glob("*-container.json") for key in ("befores", "afters")
             for fixture in json.loads(path.read_text()).get(key, [])]
    assert set(names) <= {"journal", "thing", "thing::1"}
    assert not any("pytest" in name or "lambda" in name for name in names)


def test_a_token_that_occurs_by_chance_breaks_no_reference(tmp_path: Path) -> None:
    logger = MaskedLogger(str(tmp_path), Masks(tokens=["1234"]))
    wire = model2.Attachment("wire", "1234-attachment.txt")
    result = model2.TestResult(uuid="ab-1234", name="seen 1234", attachments=[wire])
    result.historyId = "1234ff"
    logger.report_result(result=result)
    logger.report_attached_data(body="seen 1234", file_name="1234-attachment.txt")
    written = json.loads(next(tmp_path.glob("*-result.json")).read_text())
    assert (written["uuid"], written["historyId"], written["name"]) == ("ab-1234", "1234ff", "seen ***")
    assert (tmp_path / written["attachments"][0]["source"]).read_text() == "seen ***"


def test_another_thread_is_refused() -> None:
    report = AllureReport(None, Masks(), lambda _: (), lambda *_: None, {})  # type: ignore[arg-type, return-value]
    caught: list[BaseException] = []

    def misuse() -> None:
        try:
            report.add_findings(None, [])  # type: ignore[arg-type]
        except HarnessFault as fault:
            caught.append(fault)

    report._events = lambda _: ()
    thread = threading.Thread(target=misuse)
    thread.start()
    thread.join()
    assert [type(fault) for fault in caught] == [HarnessFault]


def test_every_verdict_has_a_status_of_its_own() -> None:
    assert set(STATUS) == set(Verdict)
    assert len(set(STATUS.values())) == len(Verdict)


@pytest.mark.parametrize(("status", "message", "name"), [
    ("failed", "Nonconformance: too\nearly", "Then"), ("failed", "x\nMonitor finding: SHALL M1", "monitor"),
    ("failed", f"harness.oracle.verdict.Nonconformance: {failing([SHALL])}", "monitor"),
    ("unknown", "Inconclusive: x", "Inconclusive"), ("broken", "StepDefinitionNotFoundError: x", "Sentence"),
    ("broken", "OSError: x\ny", "Broken"), ("skipped", "Skipped: x", "Inapplicable"),
])
def test_each_outcome_falls_into_exactly_one_category(status: str, message: str, name: str) -> None:
    hits = [row["name"] for row in CATEGORIES if status in row["matchedStatuses"]
            and re.fullmatch(row.get("messageRegex", r"(?s).*"), message)]
    assert len(hits) == 1
    assert name in hits[0]
    # The same rules for Allure 3, whose patterns are JavaScript's.
    rules = json.loads(allurerc("x", {}).removeprefix("export default ").rstrip(";\n"))["categories"]
    again = [row["name"] for row in rules if status in row["matchers"]["statuses"]
             and re.match(row["matchers"].get("message", ""), message)]
    assert again == hits


def test_the_message_of_the_monitor_falls_into_its_category() -> None:
    assert monitor_message([ReportedFinding("M1", "x")]) == f"{MONITOR}: SHALL M1: x"


def test_side_files(tmp_path: Path) -> None:
    masks = Masks(["correct horse"])
    facts = {"SUT file": "a=b\né correct horse"}
    write_side_files(tmp_path, facts, masks, {"name": "CI", "buildName": "correct horse"})
    assert (tmp_path / "environment.properties").read_text() == "SUT\\ file=a\\=b\\n\\u00e9\\ ***\n"
    assert json.loads((tmp_path / "executor.json").read_text()) == {"name": "CI", "buildName": "***"}
    assert len(json.loads((tmp_path / "categories.json").read_text())) == len(CATEGORIES)
    write_side_files(tmp_path / "local", {}, masks)
    assert not (tmp_path / "local" / "executor.json").exists()


def test_a_backslash_in_the_environment_is_kept() -> None:
    assert environment_properties({"a": "c:\\x"}, Masks()) == "a=c\\:\\\\x\n"


@pytest.mark.parametrize(("environment", "kind", "order"), [
    ({"GITHUB_ACTIONS": "true", "GITHUB_RUN_NUMBER": "42"}, "github", 42), ({"JENKINS_URL": "x"}, "jenkins", 0),
    ({"GITLAB_CI": "true", "CI_PIPELINE_IID": "7"}, "gitlab", 7),
])
def test_ci_servers_are_recognised(environment: dict[str, str], kind: str, order: int) -> None:
    executor = executor_from(environment)
    assert executor is not None
    assert (executor["type"], executor["buildOrder"]) == (kind, order)
    assert executor_from({}) is None
