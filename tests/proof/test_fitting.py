"""A request made to be just what a silence forbids, and one that it lets pass."""

from __future__ import annotations

import pytest

from harness.oracle import match
from harness.oracle.match import Row
from harness.proof.fitting import fitting_request

USUAL = {"eventType": "Started", "transactionInfo": {"transactionId": "t"}}


@pytest.mark.parametrize(
    ("path", "cell"),
    [
        ("transactionInfo.chargingState", "Charging"),
        ("eventType", "any of Ended, Updated"),
        ("transactionInfo.transactionId", "none of t"),
        ("transactionInfo.chargingState", "absent"),
    ],
)
def test_it_meets_the_row_and_leaves_the_usual_one_alone(path: str, cell: str) -> None:
    row = Row(path, match.parse(cell))
    made = fitting_request("2.0.1", "TransactionEvent", USUAL, (row,))
    assert not match.mismatches(made, (row,))
    assert USUAL == {"eventType": "Started", "transactionInfo": {"transactionId": "t"}}
