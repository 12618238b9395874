"""`the CSMS keeps the connection ...`: whoever cut it fails, and where nothing stood nothing is claimed."""

from __future__ import annotations

from pathlib import Path

import pytest

from harness.bdd.story import stories
from harness.lab import Practice
from harness.oracle.verdict import Inconclusive, Nonconformance
from tests.security.test_scenarios import play

HEAD = "@sut-csms @v2.0.1\nFeature: f\n  Scenario: s\n    Given the station is booted\n"


def kept(tmp_path: Path, lines: str, misbehaviour: str = "") -> None:
    file = tmp_path / "made.feature"
    file.write_text(HEAD + lines, "utf-8")
    play(stories(file)[0], Practice(misbehaviour))


STRANGER = """
    When the station "stranger" connects with
      | identity | the identity        |
      | user     | the identity        |
      | password | not the password 16 |
    Then the CSMS keeps the connection of the station for 200 ms
"""


def test_a_csms_that_lets_the_connection_stand_passes(tmp_path: Path) -> None:
    kept(tmp_path, STRANGER)


def test_a_csms_that_cuts_the_connection_fails(tmp_path: Path) -> None:
    with pytest.raises(Nonconformance, match="the SUT ended it"):
        kept(tmp_path, STRANGER, "stranger-evicts")


def test_what_we_ended_ourselves_proves_nothing(tmp_path: Path) -> None:
    with pytest.raises(Inconclusive, match="we ended the connection ourselves"):
        kept(
            tmp_path,
            """
    When the station drops the connection
    Then the CSMS keeps the connection of the station for 200 ms
""",
        )


@pytest.mark.parametrize(
    "earlier",
    [
        'When the station "stranger" connects with\n      | password | not the password 16 |\n',
        'When the station "stranger" connects with\n      | identity | the identity |\n      | user | the identity |\n'
        '    And the station "stranger" drops the connection\n'
        "    Then the CSMS closes the connection of the station\n    When 10 ms passes\n",
        "When the station sends Heartbeat\n",
    ],
)
def test_where_no_connection_stood_none_can_be_kept(tmp_path: Path, earlier: str) -> None:
    with pytest.raises(Inconclusive, match="of station 'stranger' stood"):
        kept(tmp_path, f'    {earlier}    Then the CSMS keeps the connection of the station "stranger" for 100 ms\n')
