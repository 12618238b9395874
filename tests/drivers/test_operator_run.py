"""run --operator, the whole way: a person answers on the page, the note is evidence, the token is nowhere."""

from __future__ import annotations

import json
import re
import subprocess
import sys
import time
import urllib.request
from pathlib import Path
from typing import Any

import pytest

ROOT = Path(__file__).resolve().parents[2]
FEATURE = ROOT / "features" / "ocpp2" / "station" / "field_bugs" / "transactions.feature"


def asked(url: str) -> dict[str, Any]:
    """The state of the page once a question is open."""
    until = time.monotonic() + 60
    while time.monotonic() < until:
        with urllib.request.urlopen(url.replace("/?", "/state?"), timeout=5) as answer:
            state: dict[str, Any] = json.load(answer)
        if state["prompt"]:
            return state
    raise AssertionError("nobody was asked")


@pytest.fixture
def sut(tmp_path: Path) -> Path:
    text = (ROOT / "fixtures" / "suts" / "reference-station-201.toml").read_text("utf-8")
    text = re.sub(r"(?m)^\[drivers\]$", '[drivers]\nplug_in = "manual"', text)
    assert 'plug_in = "manual"' in text
    path = tmp_path / "manual.toml"
    path.write_text(text.replace("action = 5", "action = 60"), "utf-8")
    return path


def test_cannot_do_on_the_page_is_inconclusive_with_the_persons_words(sut: Path, tmp_path: Path) -> None:
    command = [sys.executable, "-m", "harness", "run", "--sut", sut, "--reports", tmp_path / "reports", "--operator",
               "--operator-at", "0.0.0.0:0", "-k", "a-visit-is-told", FEATURE]
    with subprocess.Popen(list(map(str, command)), cwd=ROOT, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE,
                          stderr=subprocess.PIPE, text=True, start_new_session=True) as run:
        assert run.stderr is not None
        try:
            first = next(line for line in run.stderr if line.startswith("operator page: "))
            url = first.removeprefix("operator page: ").strip()
            token = url.partition("?token=")[2]
            state = asked(url)
            assert "cable" in state["prompt"]
            assert state["next"].startswith("the station sends")
            assert any("BootNotification" in frame for frame in state["frames"])
            body = json.dumps({"number": state["number"], "done": False, "note": "the socket is locked"}).encode()
            request = urllib.request.Request(url.replace("/?", "/answer?"), body, {"Content-Type": "application/json"})
            with urllib.request.urlopen(request, timeout=5) as answer:
                assert json.load(answer) == {"taken": True}
            output, _ = run.communicate(timeout=60)
        finally:
            run.kill()
    assert run.returncode == 3, output
    folder = (tmp_path / "reports" / "latest").resolve()
    (result,) = json.loads((folder / "verdicts.json").read_text("utf-8"))["results"]
    assert result["verdict"] == "inconclusive"
    assert "the socket is locked" in result["reason"]
    prompts = json.loads((folder / "run.json").read_text("utf-8"))["prompts"]
    assert "the socket is locked" in next(p["answer"] for p in prompts if p["intent"] == "plug_in")
    assert token
    assert [path for path in folder.rglob("*") if path.is_file() and token.encode() in path.read_bytes()] == []
