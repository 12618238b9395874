"""--rerun-failed over the command line: what did not pass runs again, the first attempt stays, a pass is flaky."""

from __future__ import annotations

import json
import subprocess
import sys
import xml.etree.ElementTree as ET
from pathlib import Path

import pytest

from harness.oracle.verdict import Verdict
from harness.report import pack
from harness.report.folder import RunFolder
from harness.report.results import ScenarioResult
from harness.report.writers import load_verdicts
from harness.rerun import Earlier, RerunError, earlier_run, merged

ROOT = Path(__file__).resolve().parents[2]
FEATURES = ROOT / "features" / "ocpp2" / "station" / "field_bugs"
SUT = ROOT / "fixtures" / "suts" / "reference-station-201.toml"


def harness(*arguments: object) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "harness", *map(str, arguments)]
    return subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False, timeout=120)


def run(reports: Path, *more: object) -> tuple[int, RunFolder, str]:
    done = harness("run", "--sut", SUT, "--fast", "--reports", reports, *more)
    return done.returncode, RunFolder((reports / "latest").resolve()), done.stdout + done.stderr


@pytest.fixture(scope="module")
def reports(tmp_path_factory: pytest.TempPathFactory) -> Path:
    made = tmp_path_factory.mktemp("runs") / "reports"
    code, _, output = run(made, "--misbehave", "seqno-gap", FEATURES)
    assert code == 1, output
    return made


def verdicts(folder: RunFolder) -> dict[str, ScenarioResult]:
    return {result.id: result for result in load_verdicts(folder.verdicts_json.read_text("utf-8"))}


def test_the_whole_way(reports: Path) -> None:
    first = RunFolder((reports / "latest").resolve())
    before = verdicts(first)
    failed = {id for id, result in before.items() if result.verdict is Verdict.FAILED}
    assert 0 < len(failed) < len(before)

    code, second, output = run(reports, "--rerun-failed", "latest")
    assert code == 0, output
    assert f"[{len(failed)}/{len(failed)}]" in output
    assert f"{len(failed)} flaky" in output
    after = verdicts(second)
    assert list(after) == list(before)
    for id, result in after.items():
        assert result.verdict is Verdict.PASSED
        assert (result.attempts, result.flaky) == ((2, True) if id in failed else (1, False))
        assert [attempt.verdict for attempt in result.earlier] == ([Verdict.FAILED] if id in failed else [])
        for attempt in (result, *result.earlier):
            assert (second.path / attempt.journal).is_file()
    assert verdicts(first) == before
    assert pack.verify(second.path / pack.PACK) == ()
    assert pack.verify(second.path) == ()
    assert json.loads(second.run_json.read_text())["rerun_of"]["run"] == first.path.name

    cases = ET.parse(second.junit).getroot().iter("testcase")
    attempts = [p.get("value") for case in cases for p in case.iter("property") if p.get("name") == "attempts"]
    assert attempts.count("2") == len(failed)
    page = (second.path / "index.html").read_text("utf-8")
    assert page.count("passed at attempt 2: flaky") == len(failed)
    assert page.count('<details class="attempt">') == len(failed)
    results = [json.loads(path.read_text("utf-8")) for path in second.allure.glob("*-result.json")]
    assert len(results) == len(before) + len(failed)
    assert sum(result.get("statusDetails", {}).get("flaky", False) for result in results) == len(failed)


def test_a_second_attempt_that_fails_again_is_a_failure_with_its_history(reports: Path) -> None:
    oldest = sorted(path for path in reports.iterdir() if path.is_dir() and not path.is_symlink())[0]
    code, folder, output = run(reports, "--misbehave", "seqno-gap", "--rerun-failed", oldest.name)
    assert code == 1, output
    again = [result for result in verdicts(folder).values() if result.attempts == 2]
    assert again
    assert all(result.verdict is Verdict.FAILED and len(result.earlier) == 1 for result in again)


def test_what_is_no_run_is_said(tmp_path: Path) -> None:
    with pytest.raises(RerunError, match="evidence list"):
        earlier_run(Path("nothing"), tmp_path)
    done = harness("run", "--sut", SUT, "--fast", "--reports", tmp_path, "--rerun-failed", "nothing")
    assert done.returncode == 2
    assert "no finished run" in done.stderr


def test_latest_is_the_run_that_it_led_to_when_it_was_named(reports: Path) -> None:
    assert earlier_run(Path("latest"), reports).folder.path == (reports / "latest").resolve()


def test_merging_keeps_the_order_and_what_was_not_run_again(tmp_path: Path) -> None:
    old = [ScenarioResult(id, id, "f", "station", "2.0.1", verdict) for id, verdict in
           (("a", Verdict.PASSED), ("b", Verdict.FAILED), ("c", Verdict.INAPPLICABLE), ("d", Verdict.BROKEN))]
    earlier = Earlier(RunFolder(tmp_path), tuple(old))
    assert [result.id for result in earlier.failed] == ["b", "d"]
    fresh = ScenarioResult("b", "b", "f", "station", "2.0.1", Verdict.PASSED).after(old[1])
    assert merged(earlier, [fresh]) == [old[0], fresh, old[2], old[3]]


def test_allure_files_what_does_not_apply_and_what_passed_alike(tmp_path: Path) -> None:
    text = SUT.read_text("utf-8").replace('"C-30", ', "").replace("[sut]", '[report]\nowner = "team"\n[sut]')
    (tmp_path / "sut.toml").write_text(text, "utf-8")
    done = harness("run", "--sut", tmp_path / "sut.toml", "--fast", "--reports", tmp_path / "reports",
                   "features/ocpp2/station/b_provisioning/boot.feature",
                   "features/ocpp2/station/b_provisioning/custom_report.feature",
                   "features/ocpp2/station/a_security/profile.feature")
    assert done.returncode == 0, done.stdout + done.stderr
    folder = RunFolder(tmp_path / "reports" / "latest")
    results = [json.loads(path.read_text("utf-8")) for path in folder.allure.glob("*-result.json")]
    assert {result["status"] for result in results} == {"passed", "skipped"}
    for result in results:
        labels = {label["name"]: label["value"] for label in result["labels"]}
        assert "[2.0.1]" not in result["name"]
        assert labels["epic"] == "OCPP 2.0.1"
        assert labels["block"] in ("b provisioning (station)", "a security (station)")
        assert labels["severity"] == ("critical" if "security" in labels["block"] else "normal")
        assert labels["owner"] == "team"
        assert labels["verdict"] in ("passed", "inapplicable")
        assert result.get("links", []) == []
