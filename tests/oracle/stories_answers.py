"""Answers of the system under test: when the rules about them fire and when they are silent."""

from __future__ import annotations

from harness.journal import Note
from tests.oracle.bench import OUT, Record
from tests.oracle.stories import BOOT, booted, fires, silent


@fires("correlation")
def an_id_nobody_used(record: Record) -> None:
    record.theirs(3, "1", {})


@fires("correlation")
def a_second_answer(record: Record) -> None:
    record.ours(2, "1", "ClearCache", {})
    record.theirs(3, "1", {"status": "Accepted"})
    record.theirs(3, "1", {"status": "Accepted"})


@fires("correlation")
def a_callerror_to_a_callresult(record: Record) -> None:
    record.theirs(2, "1", "Heartbeat", {})
    record.ours(3, "1", {})
    record.theirs(4, "1", "FormationViolation", "", {})


@fires("correlation", sut="csms")
def on_another_connection(record: Record) -> None:
    record.ours(2, "1", "Heartbeat", {}, link=1)
    record.theirs(3, "1", {"currentTime": record.wall()}, link=2)


@fires("correlation")
def two_callerrors_to_one_piece_of_garbage(record: Record) -> None:
    record.text("{", OUT)
    record.theirs(4, "-1", "RpcFrameworkError", "", {})
    record.theirs(4, "-1", "RpcFrameworkError", "", {})


@fires("correlation")
def a_callerror_of_no_id_to_a_spoilt_call_that_was_answered(record: Record) -> None:
    record.text('[2,"1","ClearCache",{},"surplus"]', OUT)
    record.theirs(4, "1", "RpcFrameworkError", "", {})
    record.theirs(4, "-1", "RpcFrameworkError", "", {})


@silent("correlation")
def a_callerror_of_no_id_to_a_spoilt_call(record: Record) -> None:
    record.text('[2,"1","ClearCache",{},"surplus"]', OUT)
    record.theirs(4, "-1", "RpcFrameworkError", "", {})


@silent("correlation")
def a_callerror_to_garbage(record: Record) -> None:
    record.text("{", OUT)
    record.theirs(4, "-1", "RpcFrameworkError", "", {})


@silent("correlation")
def a_callerror_to_garbage_after_other_answers(record: Record) -> None:
    record.text("{", OUT)
    record.ours(2, "1", "ClearCache", {})
    record.theirs(3, "1", {"status": "Accepted"})
    record.theirs(4, "-1", "RpcFrameworkError", "", {})


@silent("correlation")
def one_answer(record: Record) -> None:
    record.ours(2, "1", "ClearCache", {})
    record.theirs(3, "1", {"status": "Accepted"})


@fires("unanswered")
def no_answer_for_long(record: Record) -> None:
    record.ours(2, "1", "ClearCache", {})
    record.theirs(2, "2", "Heartbeat", {}, after=31)


@fires("unanswered")
def overdue_when_the_connection_ends(record: Record) -> None:
    record.ours(2, "1", "ClearCache", {})
    record.ended(after=31)


@fires("unanswered", "1.6", "csms")
def an_unknown_action_wants_a_callerror_in_16(record: Record) -> None:
    record.ours(2, "1", "Nonsense", {})
    record.ended(after=31)


@silent("unanswered", "1.6")
def a_rejected_charge_point_must_not_answer(record: Record) -> None:
    """1.6 4.2."""
    booted(record, "Rejected")
    record.ours(2, "1", "ClearCache", {})
    record.ended(after=31)


@fires("unanswered", "1.6")
def once_let_in_it_must(record: Record) -> None:
    booted(record, "Rejected")
    booted(record, identity="again")
    record.ours(2, "1", "ClearCache", {})
    record.ended(after=31)


@fires("unanswered")
def a_rejected_station_answers_a_security_error(record: Record) -> None:
    """B03.FR.08."""
    booted(record, "Rejected")
    record.ours(2, "1", "ClearCache", {})
    record.ended(after=31)


@silent("unanswered", "1.6", "csms")
def what_is_no_frame_wants_no_answer(record: Record) -> None:
    record.text('[2,"1","Heartbeat",{},"surplus"]', OUT)
    record.ended(after=31)


@silent("unanswered")
def an_invalid_call_may_be_dropped_in_2(record: Record) -> None:
    record.ours(2, "1", "GetBaseReport", {"requestId": "x"})
    record.ended(after=31)


@fires("unanswered")
def what_happens_elsewhere_excuses_nothing(record: Record) -> None:
    record.ours(2, "1", "ClearCache", {})
    record.add(Note("wire", "something else"))
    record.ended(2)
    record.theirs(2, "2", "Heartbeat", {}, after=31)


@silent("unanswered")
def the_connection_ended_in_time(record: Record) -> None:
    record.ours(2, "1", "ClearCache", {})
    record.ended(after=29)
    record.opened(2, after=60)


@silent("unanswered")
def refused_is_answered(record: Record) -> None:
    record.ours(2, "1", "ClearCache", {})
    record.theirs(4, "1", "NotSupported", "", {}, after=29)
    record.ended(after=10)


@silent("unanswered")
def an_answer_wants_none(record: Record) -> None:
    record.theirs(2, "1", "Heartbeat", {})
    record.ours(3, "1", {"currentTime": record.wall()})
    record.ended(after=40)


def _refused(record: Record, code: str, action: str = "ClearCache", payload: object = None) -> None:
    record.ours(2, "1", action, payload or {})
    record.theirs(4, "1", code, "", {})


@fires("refused-valid")
def called_malformed(record: Record) -> None:
    _refused(record, "FormatViolation")


@fires("refused-valid", "1.6", "csms")
def called_malformed_16(record: Record) -> None:
    _refused(record, "FormationViolation", "Heartbeat")


@silent("refused-valid")
def it_was_malformed(record: Record) -> None:
    _refused(record, "FormatViolation", "GetBaseReport", {"requestId": "x"})


@silent("refused-valid")
def a_value_may_be_wrong_though_its_form_is_right(record: Record) -> None:
    _refused(record, "PropertyConstraintViolation")


@silent("refused-valid")
def more_than_it_takes_at_once(record: Record) -> None:
    asked = {"getVariableData": [{"component": {"name": "A"}, "variable": {"name": "B"}}]}
    _refused(record, "OccurenceConstraintViolation", "GetVariables", asked)


@fires("refused-valid")
def another_code_than_that_of_too_much(record: Record) -> None:
    asked = {"getVariableData": [{"component": {"name": "A"}, "variable": {"name": "B"}}]}
    _refused(record, "ProtocolError", "GetVariables", asked)


@fires("refused-valid", "1.6")
def nothing_is_limited_so_in_16(record: Record) -> None:
    asked = {"listVersion": 1, "updateType": "Full"}
    _refused(record, "OccurenceConstraintViolation", "SendLocalList", asked)


@fires("refused-valid")
def nothing_limits_what_has_no_list(record: Record) -> None:
    _refused(record, "OccurenceConstraintViolation")


@silent("refused-valid")
def not_supported_is_something_else(record: Record) -> None:
    _refused(record, "NotSupported")


@fires("not-served")
def not_supported(record: Record) -> None:
    _refused(record, "NotSupported")


@fires("not-served")
def internal_error(record: Record) -> None:
    _refused(record, "InternalError")


@fires("not-served")
def a_value_is_blamed(record: Record) -> None:
    _refused(record, "PropertyConstraintViolation")


@silent("not-served")
def an_unknown_action_is_not_served(record: Record) -> None:
    _refused(record, "NotImplemented", "Nonsense")


@silent("not-served")
def a_rejected_station_serves_nothing(record: Record) -> None:
    """B03.FR.08."""
    booted(record, "Rejected")
    _refused(record, "SecurityError")


def _asks(record: Record, status: str, link: int = 1) -> None:
    """A station of ours boots at the CSMS under test, and asks for something else."""
    record.ours(2, "b", "BootNotification", BOOT)
    record.theirs(3, "b", {"status": status, "currentTime": record.wall(), "interval": 9})
    record.ours(2, "1", "Heartbeat", {}, link=link)
    record.theirs(4, "1", "SecurityError", "", {}, link=link)


@silent("not-served", sut="csms")
def who_is_rejected_is_not_served(record: Record) -> None:
    """B03.FR.07."""
    _asks(record, "Rejected")


@silent("not-served", sut="csms")
def who_is_pending_is_not_served(record: Record) -> None:
    """B02.FR.09."""
    _asks(record, "Pending")


@fires("not-served", sut="csms")
def who_is_accepted_is_served(record: Record) -> None:
    _asks(record, "Accepted")


@fires("not-served", sut="csms")
def another_station_is_served(record: Record) -> None:
    _asks(record, "Rejected", link=2)


@fires("not-served")
def a_rejected_station_says_so_with_a_code_of_its_own(record: Record) -> None:
    booted(record, "Rejected")
    _refused(record, "InternalError")


@fires("not-served")
def an_accepted_station_that_speaks_of_security(record: Record) -> None:
    booted(record)
    _refused(record, "SecurityError")


@silent("not-served")
def malformed_is_something_else(record: Record) -> None:
    _refused(record, "FormatViolation")
