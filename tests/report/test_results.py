"""Results travel unharmed, files say what the results say, and the exit code is honest."""

from __future__ import annotations

import csv
import io
import json
import xml.etree.ElementTree as ET
from dataclasses import replace
from pathlib import Path

import execnet
import pytest
from hypothesis import given
from hypothesis import strategies as st

from harness.oracle import findings as oracle
from harness.oracle.findings import Severity
from harness.oracle.timing import Band, Call, Measurement
from harness.oracle.verdict import HarnessFault, Inapplicable, Inconclusive, Nonconformance, Verdict
from harness.report.folder import RunFolder
from harness.report.masking import Masks
from harness.report.results import (
    ExitCode,
    ReportedFinding,
    ScenarioResult,
    carried,
    exit_code,
    results_of,
    totals,
    verdict_of,
)
from harness.report.writers import (
    COLUMNS,
    junit_xml,
    load_verdicts,
    outcome,
    verdicts_csv,
    verdicts_json,
    worth_another_attempt,
    write_all,
)
from harness.rpc.link import Instant

PASSED, FAILED, INAPPLICABLE = Verdict.PASSED, Verdict.FAILED, Verdict.INAPPLICABLE
INCONCLUSIVE, BROKEN = Verdict.INCONCLUSIVE, Verdict.BROKEN
STARTED = Instant(0, 1_795_222_743_000_000_042)
SHALL = ReportedFinding("M1", "two open CALLs", Severity.SHALL, "OCPP-J 4.1.1", (12, 14))
SHOULD = ReportedFinding("M9", "compression not offered", Severity.SHOULD)

text = st.text(max_size=20)
results = st.builds(
    ScenarioResult, text, text, text, st.sampled_from(["station", "csms"]), st.sampled_from(["OCPP 1.6", "OCPP 2.1"]),
    st.sampled_from(Verdict), text, text, text, st.lists(text, max_size=2).map(tuple),
    st.lists(text, max_size=2).map(tuple), st.floats(0, 1e6),
    st.lists(st.builds(ReportedFinding, text, text, st.sampled_from(Severity), text,
                       st.lists(st.integers(), max_size=2).map(tuple)), max_size=2).map(tuple),
    text, text, text, st.none() | st.integers(1, 999), st.integers(1, 3), text)


def result(verdict: Verdict, **more: object) -> ScenarioResult:
    return replace(ScenarioResult("id", "It boots", "Booting", "station", "OCPP 2.0.1", verdict), **more)  # type: ignore[arg-type]


@given(results)
def test_a_result_travels_as_json(value: ScenarioResult) -> None:
    sent = json.loads(json.dumps(value.to_json()))
    assert ScenarioResult.from_json(sent) == value


@given(results, st.integers())
def test_a_result_travels_from_process_to_process(value: ScenarioResult, drift: int) -> None:
    band = Band(drift, low=drift, high=None)
    measured = replace(value, measurements=(Measurement("every 2 s", (band, band), 0, 1, Call.MET),))
    sent = [tuple(one) for one in execnet.loads(execnet.dumps([list(carried(measured)), ["other", 1]]))]
    assert results_of(sent) == (measured,)


@pytest.mark.parametrize("change", [{"verdict": "green"}, {"colour": "red"}, {"findings": [{"rule": "x"}]}])
def test_what_is_no_result_is_refused(change: dict[str, object]) -> None:
    with pytest.raises((ValueError, KeyError)):
        ScenarioResult.from_json(result(PASSED).to_json() | change)


def test_a_finding_of_the_monitor_becomes_plain_values() -> None:
    rule = oracle.Rule("M1", Severity.SHALL, "Two open CALLs", "OCPP-J 4.1.1")
    found = oracle.Finding(rule, "two open CALLs", (12, 14), 1)
    assert ReportedFinding.of(found) == SHALL
    assert str(SHALL) == str(found)


@pytest.mark.parametrize(("error", "verdict"), [
    (None, PASSED), (Nonconformance("x"), FAILED), (Inconclusive(), INCONCLUSIVE), (Inapplicable(), INAPPLICABLE),
    (HarnessFault(), BROKEN), (AssertionError(), BROKEN), (TimeoutError(), BROKEN), (KeyboardInterrupt(), BROKEN),
    (LookupError(), INAPPLICABLE),
    (BaseExceptionGroup("", [Inconclusive(), Nonconformance()]), FAILED),
    (BaseExceptionGroup("", [Nonconformance(), OSError()]), BROKEN),
])
def test_which_verdict_an_exception_stands_for(error: BaseException | None, verdict: Verdict) -> None:
    assert verdict_of(error, skipped=(LookupError,)) is verdict


EXPECTED = {"expected_failure": "known since 1.2"}


@pytest.mark.parametrize(("some", "code"), [
    ([], 5), ([result(INAPPLICABLE)], 5), ([result(INAPPLICABLE), result(PASSED)], 0), ([result(PASSED)] * 2, 0),
    ([result(PASSED), result(FAILED)], 1), ([result(FAILED), result(BROKEN), result(INCONCLUSIVE)], 1),
    ([result(PASSED), result(INCONCLUSIVE)], 3), ([result(PASSED), result(BROKEN)], 3),
    ([result(INAPPLICABLE), result(INCONCLUSIVE)], 3),
    ([result(PASSED), result(FAILED, **EXPECTED)], 0), ([result(FAILED, **EXPECTED)], 0),
    ([result(PASSED, **EXPECTED)], 1), ([result(INCONCLUSIVE, **EXPECTED)], 3), ([result(INAPPLICABLE, **EXPECTED)], 5),
    ([result(PASSED, findings=(SHALL,))], 1), ([result(PASSED, findings=(SHOULD,))], 0),
    ([result(INCONCLUSIVE, findings=(SHALL,))], 1), ([result(FAILED, findings=(SHALL,), **EXPECTED)], 0),
    ([result(PASSED, attempts=2)], 0),
])
def test_exit_codes(some: list[ScenarioResult], code: int) -> None:
    assert exit_code(some) == code
    assert exit_code(reversed(some)) == code


@given(st.lists(results, max_size=4))
def test_exit_code_0_needs_something_that_ran_and_nothing_that_did_not_convince(some: list[ScenarioResult]) -> None:
    if exit_code(some) is ExitCode.OK:
        assert any(r.verdict in (PASSED, FAILED) for r in some)
        assert not any(r.verdict in (BROKEN, INCONCLUSIVE) for r in some)
        assert all(r.expected_failure for r in some if r.verdict is FAILED)


def test_totals_count_each_kind() -> None:
    sums = totals([result(PASSED, attempts=2, duration=1.5), result(PASSED, **EXPECTED), result(FAILED, **EXPECTED),
                   result(BROKEN, findings=(SHALL, SHOULD), duration=0.5)])
    assert sums.verdicts == {PASSED: 2, FAILED: 1, INAPPLICABLE: 0, INCONCLUSIVE: 0, BROKEN: 1}
    assert (sums.total, sums.flaky, sums.unexpected_passes, sums.expected_failures) == (4, 1, 1, 1)
    assert (sums.findings, sums.warnings, sums.duration) == (1, 1, 2.0)


def test_verdicts_json_comes_back() -> None:
    some = (result(PASSED, attempts=2), result(FAILED, reason="late", findings=(SHALL,), requirements=("B03.FR.06",)))
    written = verdicts_json(some, Masks())
    assert load_verdicts(written) == some
    assert json.loads(written)["exit_code"] == 1
    assert json.loads(written)["totals"]["flaky"] == 1
    assert json.loads(written)["results"][0]["flaky"] is True


@pytest.mark.parametrize("begin", ["=", "+", "-", "@", "\t", "\r"])
def test_no_cell_is_taken_for_a_formula(begin: str) -> None:
    (row,) = csv.DictReader(io.StringIO(verdicts_csv([result(FAILED, reason=f"{begin}1+1")], Masks()), newline=""))
    assert row["reason"] == f"'{begin}1+1"


@pytest.mark.parametrize(("one", "again"), [
    (result(PASSED), False), (result(INAPPLICABLE), False), (result(FAILED), True), (result(BROKEN), True),
    (result(INCONCLUSIVE), True), (result(PASSED, findings=(SHALL,)), True),
    # Neither a known failure nor one that was expected in vain becomes another by running again.
    (result(FAILED, **EXPECTED), False), (result(PASSED, **EXPECTED), False),
])
def test_what_is_worth_another_attempt(one: ScenarioResult, again: bool) -> None:
    assert worth_another_attempt(one) is again


def test_csv_has_a_row_per_result_and_starts_no_formula() -> None:
    some = [result(FAILED, reason='=cmd|"x"!A1', requirements=("B03.FR.06", "B03.FR.02"), line=7), result(PASSED)]
    rows = list(csv.DictReader(io.StringIO(verdicts_csv(some, Masks()), newline="")))
    assert len(rows) == 2
    assert tuple(rows[0]) == COLUMNS
    assert set(COLUMNS) == set(some[0].to_json())
    assert rows[0]["reason"] == '\'=cmd|"x"!A1'
    assert rows[0]["requirements"] == "B03.FR.06 B03.FR.02"
    assert (rows[0]["line"], rows[1]["line"]) == ("7", "")


# ---- JUnit, against the rules of the schema that CI servers share -----------------------------------

SCHEMA: dict[str, tuple[set[str], set[str], list[str]]] = {
    # element: (required attributes, optional attributes, children in their order)
    "testsuites": (set(), {"name", "tests", "failures", "errors", "time", "disabled"}, ["testsuite"]),
    "testsuite": ({"name", "tests"}, {"failures", "errors", "skipped", "time", "timestamp", "hostname", "id"},
                  ["properties", "testcase", "system-out", "system-err"]),
    "testcase": ({"name", "classname"}, {"time", "status"},
                 ["properties", "skipped", "error", "failure", "system-out", "system-err"]),
    "properties": (set(), set(), ["property"]),
    "property": ({"name", "value"}, set(), []),
    "skipped": (set(), {"message"}, []),
    "error": (set(), {"message", "type"}, []),
    "failure": (set(), {"message", "type"}, []),
    "system-out": (set(), set(), []),
}


def check(element: ET.Element) -> None:
    required, optional, children = SCHEMA[element.tag]
    assert required <= set(element.attrib) <= required | optional, element.attrib
    order = [children.index(child.tag) for child in element]
    assert order == sorted(order)
    for name in {"tests", "failures", "errors", "skipped"} & set(element.attrib):
        assert int(element.attrib[name]) >= 0
    if "time" in element.attrib:
        assert float(element.attrib["time"]) >= 0
    for child in element:
        check(child)


@given(st.lists(results, max_size=5))
def test_junit_keeps_the_schema_and_its_sums_are_right(some: list[ScenarioResult]) -> None:
    root = ET.fromstring(junit_xml(some, Masks(), STARTED).encode("utf-8"))
    check(root)
    assert len(root.findall(".//testcase")) == len(some) == int(root.attrib["tests"])
    for place in (root, *root.findall("testsuite")):
        assert len(place.findall(".//testcase")) == int(place.attrib["tests"])
        for tag, name in (("failure", "failures"), ("error", "errors"), ("skipped", "skipped")):
            found = len(place.findall(f".//testcase/{tag}"))
            assert found == int(place.attrib.get(name, found))
    bad = len(root.findall(".//failure"))
    assert (exit_code(some) is ExitCode.SUT_FAILED) == (bad > 0)


@pytest.mark.parametrize(("value", "element"), [
    (result(PASSED), None), (result(FAILED), ("failure", "failed")),
    (result(INAPPLICABLE), ("skipped", "inapplicable")),
    (result(INCONCLUSIVE), ("error", "inconclusive")), (result(BROKEN), ("error", "broken")),
    (result(PASSED, **EXPECTED), ("failure", "unexpected pass")),
    (result(FAILED, **EXPECTED), ("skipped", "expected failure")),
    (result(PASSED, findings=(SHALL,)), ("failure", "monitor finding")), (result(PASSED, findings=(SHOULD,)), None),
])
def test_junit_element_of_each_verdict(value: ScenarioResult, element: tuple[str, str] | None) -> None:
    assert outcome(value) == element


def test_junit_says_why_and_by_which_requirement() -> None:
    failed = result(FAILED, reason="2 s too early", expected="at least 5 s", seen="3 s", requirements=("B03.FR.06",),
                    cases=("TC_B_03_CS",), findings=(SHOULD,), file="a.feature", line=12)
    case = ET.fromstring(junit_xml([failed], Masks(), STARTED).encode()).find(".//testcase")
    assert case is not None
    pairs = {(p.attrib["name"], p.attrib["value"]) for p in case.iter("property")}
    assert {("requirement", "B03.FR.06"), ("case", "TC_B_03_CS"), ("verdict", "failed")} <= pairs
    failure = case.find("failure")
    assert failure is not None
    assert failure.attrib["message"] == "failed: 2 s too early"
    for part in ("at least 5 s", "3 s", "a.feature:12", "SHOULD M9"):
        assert part in (failure.text or "")


def test_a_flaky_pass_is_told() -> None:
    root = ET.fromstring(junit_xml([result(PASSED, attempts=2)], Masks(), STARTED).encode())
    assert "flaky" in (root.findtext(".//system-out") or "")


def test_a_token_that_occurs_by_chance_spoils_no_number_and_no_digest() -> None:
    masks = Masks(tokens=["1234", "7.50"])
    value = result(PASSED, journal_digest="ab1234cd" * 8, duration=1237.5, id="c-1234", journal="journals/1234.jsonl")
    assert load_verdicts(verdicts_json([value], masks)) == (value,)
    assert value.journal_digest in verdicts_csv([value], masks)
    check(ET.fromstring(junit_xml([value], masks, STARTED).encode()))


def test_no_file_holds_a_secret(tmp_path: Path) -> None:
    secret, token = "correct <horse> \"battery\"", "TAG0012345"
    folder = RunFolder.create(tmp_path, "x", STARTED)
    value = result(FAILED, reason=f"saw {secret}", seen=secret, expected=token, title=token, requirements=(secret,),
                   findings=(replace(SHALL, text=secret),))
    paths = write_all(folder, [value], Masks([secret], [token]), STARTED)
    assert {path.name for path in paths} == {"verdicts.json", "verdicts.csv", "junit.xml"}
    for path in paths:
        content = path.read_text(encoding="utf-8")
        assert "***" in content
        assert "horse" not in content
        assert token not in content
