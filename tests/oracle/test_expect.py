"""The questions of `Then` lines: found, not yet, or wrong."""

from __future__ import annotations

import pytest

from harness.oracle.expect import Span, Wanted, answer, find, nearest
from harness.oracle.match import Row, parse
from harness.rpc.link import SECOND
from tests.oracle.bench import Record

ALL = Span(0, 100 * SECOND)


def rows(**cells: str) -> tuple[Row, ...]:
    return tuple(Row(path, parse(cell)) for path, cell in cells.items())


def test_find_wants_the_action_and_every_row() -> None:
    record = Record()
    record.theirs(2, "1", "Heartbeat", {})
    record.theirs(2, "2", "StatusNotification", {"evseId": 1, "connectorId": 2})
    fits = record.theirs(2, "3", "StatusNotification", {"evseId": 1, "connectorId": 1})
    wanted = Wanted("StatusNotification", rows(evseId="1", connectorId="1"))
    assert find(record.transcript, wanted, ALL, ()) is fits


def test_ours_and_answers_are_never_found() -> None:
    record = Record()
    record.ours(2, "1", "Heartbeat", {})
    record.ours(2, "2", "TriggerMessage", {})
    record.theirs(3, "2", {"status": "Accepted"})
    assert find(record.transcript, Wanted("Heartbeat"), ALL, ()) is None
    assert find(record.transcript, Wanted("TriggerMessage"), ALL, ()) is None


def test_a_message_is_claimed_once() -> None:
    record = Record()
    first = record.theirs(2, "1", "Heartbeat", {})
    assert find(record.transcript, Wanted("Heartbeat"), ALL, {first.number}) is None
    second = record.theirs(2, "2", "Heartbeat", {})
    assert find(record.transcript, Wanted("Heartbeat"), ALL, {first.number}) is second


@pytest.mark.parametrize(("at", "found"), [(4.999, True), (5.0, True), (5.001, False)])
def test_a_message_after_the_deadline_is_as_if_it_had_not_come(at: float, found: bool) -> None:
    record = Record()
    record.theirs(2, "1", "Heartbeat", {}, after=at)
    assert (find(record.transcript, Wanted("Heartbeat"), Span(0, 5 * SECOND), ()) is not None) is found


def test_what_came_before_the_span_does_not_count() -> None:
    record = Record()
    record.theirs(2, "1", "Heartbeat", {})
    assert find(record.transcript, Wanted("Heartbeat"), Span(1, 100 * SECOND), ()) is None


def test_another_connection_is_not_asked() -> None:
    record = Record()
    record.theirs(2, "1", "Heartbeat", {}, link=1)
    assert find(record.transcript, Wanted("Heartbeat", links=frozenset({2})), ALL, ()) is None
    assert nearest(record.transcript, Wanted("Heartbeat", links=frozenset({2})), ALL, ()) is None


def test_the_nearest_miss_has_the_fewest_wrong_rows_then_is_in_time_then_first() -> None:
    record = Record()
    wanted = Wanted("StatusNotification", rows(evseId="1", connectorId="1"))
    record.theirs(2, "1", "StatusNotification", {"evseId": 2, "connectorId": 2})
    near = record.theirs(2, "2", "StatusNotification", {"evseId": 1, "connectorId": 2})
    record.theirs(2, "3", "StatusNotification", {"evseId": 2, "connectorId": 1})
    miss = nearest(record.transcript, wanted, ALL, ())
    assert miss is not None
    assert miss.message is near
    assert [wrong.row.path for wrong in miss.wrong] == ["connectorId"]
    late = record.theirs(2, "4", "StatusNotification", {"evseId": 1, "connectorId": 1}, after=7)
    miss = nearest(record.transcript, wanted, Span(0, 5 * SECOND), ())
    assert miss is not None
    assert (miss.message, miss.wrong, miss.late_by) == (late, (), 2 * SECOND)


# ---- answers --------------------------------------------------------------------------------------


def test_no_answer_yet() -> None:
    record = Record()
    request = record.ours(2, "1", "GetLog", {})
    record.theirs(3, "other", {"status": "Accepted"})
    assert answer(record.transcript, request, (), None) is None


def test_a_result_is_judged_by_the_rows() -> None:
    record = Record()
    request = record.ours(2, "1", "GetLog", {})
    record.theirs(3, "1", {"status": "Rejected"})
    met = answer(record.transcript, request, rows(status="Rejected"), None)
    missed = answer(record.transcript, request, rows(status="Accepted", filename="present"), None)
    assert met is not None
    assert met.wrong == ()
    assert missed is not None
    assert len(missed.wrong) == 2


def test_a_callerror_is_no_result() -> None:
    record = Record()
    request = record.ours(2, "1", "GetLog", {})
    record.theirs(4, "1", "NotSupported", "no logs", {})
    given = answer(record.transcript, request, (), None)
    assert given is not None
    assert given.wrong == ("a CALLERROR NotSupported ('no logs') instead of a CALLRESULT",)


@pytest.mark.parametrize(("code", "met"), [
    ("NotSupported", True), ("FormationViolation or NotSupported", True), ("any CALLERROR", True),
    ("FormationViolation", False), ("NotSupp", False), ("NotSupportedToo or Other", False),
])
def test_the_code_of_a_callerror(code: str, met: bool) -> None:
    record = Record()
    request = record.ours(2, "1", "GetLog", {})
    record.theirs(4, "1", "NotSupported", "", {})
    given = answer(record.transcript, request, (), code)
    assert given is not None
    assert (given.wrong == ()) is met


@pytest.mark.parametrize("code", ["any CALLERROR", "NotSupported"])
def test_a_result_is_no_callerror(code: str) -> None:
    record = Record()
    request = record.ours(2, "1", "GetLog", {})
    record.theirs(3, "1", {"status": "Accepted"})
    given = answer(record.transcript, request, (), code)
    assert given is not None
    assert given.wrong == (f"a CALLRESULT instead of CALLERROR {code}",)
