"""A composite schedule that cannot be read is the station's fault, told as such."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any, cast

import pytest

from harness.judge import composite
from harness.oracle.verdict import Nonconformance
from harness.session import Session
from harness.setting import Times
from tests.oracle.bench import Record

SCHEDULE: dict[str, Any] = {"evseId": 1, "duration": 60, "chargingRateUnit": "A",
                            "chargingSchedulePeriod": [{"startPeriod": 0, "limit": 16.0}]}


@pytest.mark.parametrize("periods", [
    7, "x", [7], [None], [{}], [{"startPeriod": 0}], [{"limit": 5}], [{"startPeriod": "soon", "limit": 5}],
    [{"startPeriod": 0, "limit": None}], [{"startPeriod": [], "limit": 5}],
])  # fmt: skip
def test_periods_that_are_none(periods: object) -> None:
    record = Record()
    asked = record.ours(2, "1", "GetCompositeSchedule", {"duration": 60, "evseId": 1})
    told = SCHEDULE | {"chargingSchedulePeriod": periods}
    answer = record.theirs(3, "1", {"status": "Accepted", "schedule": told}, after=1)
    session = SimpleNamespace(
        judging=lambda: None, named=lambda name: (asked,), answer_of=lambda name: answer, requirements=(),
        setting=SimpleNamespace(sut="station", times=Times()), transcript=record.transcript, establishing="",
        heard=lambda: True,
    )
    with pytest.raises(Nonconformance, match="cannot be read"):
        composite.composite_schedule(cast(Session, session), "ask", ())


@pytest.mark.parametrize("connector", [None, "x", [], {}, 2.5])
def test_a_transaction_at_no_connector(connector: object) -> None:
    record = Record("1.6")
    record.theirs(2, "1", "StartTransaction", {"connectorId": connector, "timestamp": record.wall()})
    record.ours(3, "1", {"transactionId": 5})
    session = cast(Session, SimpleNamespace(transcript=record.transcript))
    assert composite._place_of(session, {"transactionId": 5}) == connector


@pytest.mark.parametrize("told", ["2023-11-14T22:13:20", "yesterday", None, 7])
@pytest.mark.parametrize("version", ["1.6", "2.0.1"])
def test_a_transaction_that_began_at_no_moment_began_when_that_was_told(version: str, told: object) -> None:
    """Without a zone too: it runs all the same, and what it may draw is not that of a connector without one."""
    record = Record(version)
    if version == "1.6":
        began = record.theirs(2, "1", "StartTransaction", {"connectorId": 1, "timestamp": told})
    else:
        began = record.theirs(2, "1", "TransactionEvent", {"eventType": "Started", "timestamp": told})
    session = cast(Session, SimpleNamespace(transcript=record.transcript))
    assert composite._started(session, 1) == began.event.at.wall
