"""Where a CALLERROR and rows are asked for, either answer will do, and nothing else."""

from __future__ import annotations

import pytest

from harness.oracle import expect, match
from harness.oracle.match import Row
from tests.oracle.bench import Record

ROWS = (Row("status", match.parse("Rejected")),)


@pytest.mark.parametrize(
    ("answer", "code", "good"),
    [
        ((3, "1", {"status": "Rejected"}), "any CALLERROR", True),
        ((3, "1", {"status": "Accepted"}), "any CALLERROR", False),
        ((4, "1", "PropertyConstraintViolation", "", {}), "any CALLERROR", True),
        ((4, "1", "PropertyConstraintViolation", "", {}), "PropertyConstraintViolation", True),
        ((4, "1", "InternalError", "", {}), "PropertyConstraintViolation", False),
    ],
)
def test_with_rows_and_a_code_either_will_do(answer: tuple[object, ...], code: str, good: bool) -> None:
    record = Record("1.6")
    record.opened()
    request = record.ours(2, "1", "TriggerMessage", {"requestedMessage": "MeterValues", "connectorId": 9})
    record.theirs(*answer)
    judged = expect.answer(record.transcript, request, ROWS, code)
    assert judged is not None
    assert (judged.wrong == ()) is good


def test_without_rows_a_callresult_is_no_callerror() -> None:
    record = Record("1.6")
    record.opened()
    request = record.ours(2, "1", "Heartbeat", {})
    record.theirs(3, "1", {})
    judged = expect.answer(record.transcript, request, (), "any CALLERROR")
    assert judged is not None
    assert judged.wrong
