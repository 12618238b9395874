"""The Allure report: one file that phones home to nobody, history across runs, and a word on how to get Node."""

from __future__ import annotations

import json
import os
import shutil
import sys
from pathlib import Path

import pytest
from typer.testing import CliRunner

from harness import allure_html
from harness.cli import app
from harness.report.folder import RunFacts, RunFolder
from harness.report.masking import Masks
from harness.rpc.link import Instant
from tests.report.embedded import embedded

TRACKING = (
    '<head><script async src="https://www.googletagmanager.com/gtag/js?id=G-1"></script>\n'
    "<script>window.dataLayer=[];function gtag(){}gtag('config','G-1');</script><script>app()</script></head>"
)


@pytest.fixture
def folder(tmp_path: Path) -> RunFolder:
    made = RunFolder.create(tmp_path / "reports", "charger", Instant(0, 1_795_222_743_000_000_000))
    made.write_run(RunFacts(Instant(0, 0), "0.1", "My charger"), Masks())
    result = {"uuid": "1", "historyId": "h", "name": "It boots", "status": "passed", "start": 1, "stop": 2}
    (made.allure / "1-result.json").write_text(json.dumps(result))
    return made


def test_the_tracking_script_goes_and_nothing_else() -> None:
    assert allure_html.without_tracking(TRACKING) == "<head><script>app()</script></head>"


def test_a_page_with_a_script_we_do_not_know_is_not_kept() -> None:
    with pytest.raises(allure_html.AllureError, match="tracking"):
        allure_html.without_tracking(TRACKING.replace("<script async", "<script defer"))


def test_without_node_it_says_how_to_get_it(folder: RunFolder, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(allure_html.shutil, "which", lambda _: None)
    done = CliRunner().invoke(app, ["report", str(folder.path), "--cache", str(folder.path / "cache")])
    assert done.exit_code == 2
    assert "apt-get install nodejs npm" in done.output
    assert "index.html" in done.output
    assert not (folder.path / "cache").exists()


def test_a_run_without_results_and_no_run_are_said(folder: RunFolder, tmp_path: Path) -> None:
    (folder.allure / "1-result.json").unlink()
    done = CliRunner().invoke(app, ["report", str(folder.path), "--cache", str(tmp_path)])
    assert (done.exit_code, "no Allure results" in done.output) == (2, True)
    assert CliRunner().invoke(app, ["report", str(tmp_path)]).exit_code == 2


def test_the_settings_file_groups_and_keeps_history(folder: RunFolder, tmp_path: Path) -> None:
    text = allure_html._settings(folder, tmp_path / "allure-history.jsonl")
    settings = json.loads(text.removeprefix("export default ").rstrip().removesuffix(";"))
    assert settings["plugins"]["awesome"]["options"]["groupBy"] == ["epic", "block", "feature"]
    assert settings["plugins"]["awesome"]["options"]["singleFile"] is True
    assert settings["historyPath"] == str(tmp_path / "allure-history.jsonl")
    assert settings["variables"]["SUT"] == "My charger"
    assert len(settings["categories"]) == 6


@pytest.mark.parametrize(("environment", "end"), [
    ({"XDG_CACHE_HOME": os.path.join("x", "cache")}, ("x", "cache", "ocpp-harness")),
    ({}, ("me", ".cache", "ocpp-harness")),
])
@pytest.mark.skipif(sys.platform in ("win32", "darwin"), reason="the folders of other systems")
def test_the_cache_is_the_users(environment: dict[str, str], end: tuple[str, ...]) -> None:
    assert allure_html.default_cache(environment, Path("me")).parts == end


def test_the_generator_itself(folder: RunFolder, tmp_path_factory: pytest.TempPathFactory) -> None:
    """With npm: under CI only, because it fetches 53 MB."""
    if shutil.which("npm") is None:
        pytest.skip("npm is not installed")
    if not os.environ.get("CI"):
        pytest.skip("fetches 53 MB: runs where CI is set")
    cache = tmp_path_factory.mktemp("cache")
    for _ in range(2):
        page = allure_html.make(folder, cache)
    assert "googletagmanager.com/gtag" not in page.read_text("utf-8")
    # The search for secrets reads what is embedded: it has to stay in the form that it knows.
    assert any(b"It boots" in data for _, data in embedded(page.read_bytes()))
    assert len((folder.path.parent / "allure-history.jsonl").read_text("utf-8").splitlines()) == 2
