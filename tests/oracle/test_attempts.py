"""Each attempt at an upload may be told anew: the line waits until the retries are used up (TC_N_26_CS)."""

from __future__ import annotations

from pathlib import Path

import pytest

from harness.bdd import run
from harness.lab import Lab, Practice
from harness.oracle.verdict import Nonconformance
from harness.proof.mutant import Inject, Selector
from harness.proof.saboteur import Saboteur
from harness.rpc.link import SECOND, Endpoint
from tests.proof.bench import STATION, story_of, sut_of

ASKED = """
Given the file server will take uploads as "log" with
  | folder | missing |
When the CSMS sends GetLog as "request" with
  | requestId          | 7                     |
  | logType            | DiagnosticsLog        |
  | log.remoteLocation | the location of "log" |
  | retries            | 3                     |
  | retryInterval      | 1                     |
Then the statuses of "request" follow a legal order and end in UploadFailure
"""
FIRST = Selector(2, "LogStatusNotification", 1)
EACH_TOLD = ((0.1, "UploadFailure"), (1.0, "Uploading"), (1.1, "UploadFailure"), (2.0, "Uploading"),
             (2.1, "UploadFailure"), (2.9, "Uploading"))
"""What is told besides, by seconds after the first Uploading; the practice station tells the last failure itself."""


def judged(folder: Path, told: tuple[tuple[float, str], ...]) -> None:
    """Judge a practice station that tells this too."""
    def talkative(endpoint: Endpoint) -> Endpoint:
        for at, status in told:
            payload = {"status": status, "requestId": 7}
            inject = Inject("LogStatusNotification", payload, behind=FIRST, delay=round(at * SECOND))
            endpoint = Saboteur(endpoint, inject, {})
        return endpoint

    story = story_of(folder, ASKED, STATION)
    lab = Lab(sut_of(story), fast=True, practice=Practice(wrap=talkative))
    try:
        with lab.session(story.version) as session:
            for line in story.lines:
                run.perform(session, story, line)
    finally:
        lab.close()


def test_a_station_may_tell_each_attempt(tmp_path: Path) -> None:
    judged(tmp_path, EACH_TOLD)


def test_or_all_of_them_as_one(tmp_path: Path) -> None:
    judged(tmp_path, ())


def test_but_none_may_be_left_out(tmp_path: Path) -> None:
    with pytest.raises(Nonconformance, match="Uploading 3 times, with 3 retries it is told 1 or 4"):
        judged(tmp_path, (*EACH_TOLD[:3], EACH_TOLD[-1]))
