"""Whatever is wrong with the file server's surroundings, the scenarios that need no file are judged."""

from __future__ import annotations

import json
import os
import socket
import subprocess
import sys
from pathlib import Path

import pytest

from harness import resources

ENVIRONMENT = {**os.environ, "PYTHONPATH": str(resources.root()), "COLUMNS": "200"}

FEATURE = """\
@sut-station @v2.0.1
Feature: Some scenarios need files
  The others do not.

  Scenario: It downloads
    Given the file server will serve "new"
    When the CSMS sends UpdateFirmware as "update" with
      | firmware.location           | the location of "new"            |
      | firmware.retrieveDateTime   | now - 2 h                        |
      | firmware.signingCertificate | the signing certificate of "new" |
      | firmware.signature          | the signature of "new"           |
    Then the station downloads "new"

  Scenario: It uploads
    Given the file server will take uploads as "log"
    When the CSMS sends GetLog as "request" with
      | logType            | SecurityLog           |
      | log.remoteLocation | the location of "log" |
    Then the station uploads a file as "log"

  Scenario: It answers
    When the CSMS sends TriggerMessage with
      | requestedMessage | Heartbeat |
    Then the station sends Heartbeat
"""


def verdicts(folder: Path, transfer: str) -> tuple[dict[str, str], str]:
    """Verdicts by title, and everything that is said, of a run over sockets."""
    sut = (resources.root() / "fixtures" / "suts" / "reference-station-201.toml").read_text()
    (folder / "sut.toml").write_text(f"{sut}\n[transfer]\n{transfer}\n")
    (folder / "some.feature").write_text(FEATURE)
    command = [sys.executable, "-m", "harness", "run", "--sut", "sut.toml", "some.feature", "--reports", "reports"]
    done = subprocess.run(command, cwd=folder, capture_output=True, text=True, timeout=120, env=ENVIRONMENT)
    found = json.loads((folder / "reports" / "latest" / "verdicts.json").read_text())
    return {entry["title"]: entry["verdict"] for entry in found["results"]}, " ".join(done.stdout.split())


def test_a_taken_port_breaks_only_what_needs_it(tmp_path: Path) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        told, said = verdicts(tmp_path, f"http = {port}")
    assert told == {"It downloads": "broken", "It uploads": "broken", "It answers": "passed"}
    assert f"127.0.0.1:{port}" in said
    assert "transfer.http" in said


@pytest.mark.parametrize(
    ("transfer", "verdict", "why"),
    [
        ('upload_folder = "missing"', "broken", "missing cannot be written"),
        ("upload_limit = 10", "inconclusive", "capped at 10 bytes: raise transfer.upload_limit"),
    ],
)
def test_an_upload_that_we_do_not_take_is_not_held_against_the_station(
    tmp_path: Path, transfer: str, verdict: str, why: str
) -> None:
    told, said = verdicts(tmp_path, transfer)
    assert told == {"It downloads": "passed", "It uploads": verdict, "It answers": "passed"}
    assert why in said
    assert not (tmp_path / "missing").exists()
