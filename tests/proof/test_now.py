"""`now` in a cell is the moment of the message, wherever the cell stands: every such row can fail."""

from __future__ import annotations

from pathlib import Path

import pytest

from harness.oracle import match
from harness.oracle.match import Row
from harness.proof.matrix import shortcomings
from tests.proof.bench import kinds, proof_of

READING = """
When the CSMS sends TriggerMessage as "ask" with
  | requestedMessage | MeterValues |
Then the station answers "ask"
And the station sends MeterValues as "reading"
And {quantity} meterValue of "reading" has
  | timestamp | now within 2 s |
"""
SILENCE = """
When the CSMS sends ClearCache as "clear"
Then the station sends no StatusNotification for 1 s with
  | timestamp | now within 2 s |
"""


@pytest.mark.parametrize("quantity", ["some", "each"])
def test_in_an_element(quantity: str, tmp_path: Path) -> None:
    proof = proof_of(tmp_path, READING.format(quantity=quantity))
    assert proof.proven, shortcomings(proof)
    assert {"row timestamp: too early", "row timestamp: too late"} <= kinds(proof)


def test_in_a_forbidden_element(tmp_path: Path) -> None:
    """What is late by an hour is no such element, what is of now is one."""
    lines = """
    When the CSMS sends TriggerMessage as "ask" with
      | requestedMessage | MeterValues |
    Then the station answers "ask"
    And the station sends MeterValues as "reading"
    And no meterValue of "reading" has
      | timestamp             | now within 2 s |
      | sampledValue[0].value | less than 0    |
    """
    proof = proof_of(tmp_path, lines)
    assert proof.proven, shortcomings(proof)


def test_in_a_silence(tmp_path: Path) -> None:
    proof = proof_of(tmp_path, SILENCE)
    assert proof.proven, shortcomings(proof)


def test_without_a_message_it_says_nothing() -> None:
    row = Row("timestamp", match.parse("now within 2 s"))
    with pytest.raises(TypeError, match="no message"):
        match.mismatches({"timestamp": "2026-01-01T00:00:00Z"}, (row,))
