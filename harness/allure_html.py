"""Allure's HTML report of a run, made by npm's Allure 3 where Node is present: one file, nothing phones home.

The generator is installed once, into a folder of the user's cache, never into the repository.
"""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Mapping
from pathlib import Path

from harness.report.allure_files import allurerc
from harness.report.folder import RunFolder

VERSION = "3.18.0"
HOW_TO_GET_IT = (
    "the Allure report needs Node 20 or newer with npm (Debian 13: apt-get install nodejs npm; or an installer from "
    "the Node.js site); without it, index.html in the run's folder tells the same"
)
_TRACKING = re.compile(
    r'<script async src="https://www\.googletagmanager\.com/gtag/js[^>]*></script>\s*<script>.*?gtag\(.*?</script>',
    re.S,
)
_PATIENCE = 600


class AllureError(RuntimeError):
    """The report cannot be made; the text says why and what to do."""


def default_cache(environ: Mapping[str, str], home: Path) -> Path:
    """Where programs keep what they can fetch again, on this system."""
    if sys.platform == "win32":
        base = Path(environ.get("LOCALAPPDATA") or home / "AppData" / "Local")
    elif sys.platform == "darwin":
        base = home / "Library" / "Caches"
    else:
        base = Path(environ.get("XDG_CACHE_HOME") or home / ".cache")
    return base / "ocpp-harness"


def generator(cache: Path) -> list[str]:
    """The command of the generator, installed into `cache` if it is not there yet. Raises AllureError, OSError."""
    node, npm = shutil.which("node"), shutil.which("npm")
    if node is None or npm is None:
        raise AllureError(HOW_TO_GET_IT)
    place = cache / f"allure-{VERSION}"
    package = place / "node_modules" / "allure"
    if not package.is_dir():
        place.mkdir(parents=True, exist_ok=True)
        quiet = ("--no-audit", "--no-fund", "--no-save")
        _run([npm, "install", "--prefix", str(place), *quiet, f"allure@{VERSION}"], place)
    told = json.loads((package / "package.json").read_text("utf-8"))["bin"]
    script = told if isinstance(told, str) else told["allure"]
    return [node, str(package / script)]


def make(folder: RunFolder, cache: Path) -> Path:
    """Write allure-report/index.html into the run folder; earlier runs beside it are its history.

    Raises AllureError, OSError."""
    if not any(folder.allure.glob("*-result.json")):
        raise AllureError(f"{folder.path} has no Allure results; no scenario of it ran")
    command = generator(cache)
    target = folder.path / "allure-report"
    with tempfile.TemporaryDirectory() as scratch:
        place = Path(scratch)
        history = folder.path.parent / "allure-history.jsonl"
        (place / "allurerc.mjs").write_text(_settings(folder, history), "utf-8")
        made = place / "report"
        _run([*command, "generate", str(folder.allure.resolve()), "--config", str(place / "allurerc.mjs"),
              "--output", str(made)], place)
        page = next(iter(sorted(made.rglob("index.html"), key=lambda path: len(path.parts))), None)
        if page is None:
            raise AllureError("the generator made no index.html")
        target.mkdir(exist_ok=True)
        (target / "index.html").write_text(without_tracking(page.read_text("utf-8")), "utf-8")
    return target / "index.html"


def without_tracking(html: str) -> str:
    """The page without the script that would tell a third party of it. Raises AllureError where some is left."""
    clean = _TRACKING.sub("", html)
    if "googletagmanager.com/gtag" in clean:
        raise AllureError("the generated page still has a tracking script; it is not kept")
    return clean


def _settings(folder: RunFolder, history: Path) -> str:
    """allurerc for this run; the product's facts from run.json are its variables."""
    run = json.loads(folder.run_json.read_text("utf-8"))
    variables = {"SUT": str(run["sut"]["name"]), "Harness": str(run["harness"]), "Run": folder.path.name}
    text = allurerc(str(run["sut"]["name"]), variables).removeprefix("export default ").rstrip().removesuffix(";")
    settings = json.loads(text) | {"historyPath": str(history.resolve()), "appendHistory": True}
    return f"export default {json.dumps(settings, indent=2)};\n"


def _run(command: list[str], place: Path) -> None:
    environment = dict(os.environ, ALLURE_NO_ANALYTICS="true", NO_UPDATE_NOTIFIER="1", CI="1")
    try:
        done = subprocess.run(command, cwd=place, env=environment, stdin=subprocess.DEVNULL, capture_output=True,
                              timeout=_PATIENCE, check=False)
    except subprocess.TimeoutExpired as error:
        raise AllureError(f"{Path(command[0]).name} did not end within {_PATIENCE} s") from error
    if done.returncode != 0:
        said = (done.stderr or done.stdout).decode("utf-8", "replace").strip()[-800:]
        raise AllureError(f"{' '.join(Path(part).name for part in command[:3])} failed: {said}")
