"""What is judged of single messages: how long for, which one of several, what is kept of it."""

from __future__ import annotations

import pytest

from harness.judge import messages
from harness.oracle import expect
from harness.oracle.verdict import Inconclusive, Nonconformance
from harness.rpc.link import SECOND
from tests.oracle.bench import Record
from tests.oracle.judging_bench import numbers, rows, session_of


def opened(**more: object) -> Record:
    record = Record(**more)  # type: ignore[arg-type]
    record.opened()
    return record


def test_a_boot_may_take_longer_than_an_answer() -> None:
    record = opened()
    boot = record.theirs(2, "1", "BootNotification", {}, after=8)
    beat = record.theirs(2, "2", "Heartbeat", {})
    assert messages.sends(session_of(record), "BootNotification", (), None, None) == boot
    with pytest.raises(Nonconformance, match=r"no Heartbeat|2\.500 s too late"):
        messages.sends(session_of(record), "Heartbeat", (), None, None)
    assert messages.sends(session_of(record), "Heartbeat", (), 8 * SECOND, None) == beat


@pytest.mark.parametrize(("after", "verdict"), [
    (5.4, None), (5.505, Inconclusive), (5.52, Nonconformance)])
def test_the_deadline_has_a_tolerance_and_an_edge(after: float, verdict: type[Exception] | None) -> None:
    record = opened()
    record.theirs(2, "1", "Heartbeat", {}, after=after)
    session = session_of(record)
    if verdict is None:
        messages.sends(session, "Heartbeat", (), None, "beat")
        assert session.checks[-1].until == round(5.5 * SECOND)
        return
    with pytest.raises(verdict, match="too close to call" if verdict is Inconclusive else "0.020 s too late"):
        messages.sends(session, "Heartbeat", (), None, None)


def test_one_message_satisfies_two_lines_only_by_two_of_its_readings() -> None:
    record = opened()
    one = {"component": {"name": "Connector", "evse": {"id": 1, "connectorId": 1}}, "trigger": "Delta",
           "variable": {"name": "AvailabilityState"}, "actualValue": "Occupied"}
    two = one | {"component": {"name": "Connector", "evse": {"id": 2, "connectorId": 1}}}
    told = record.theirs(2, "1", "NotifyEvent", {"eventData": [one, two]})
    session, occupied = session_of(record), rows(connectorStatus="Occupied")
    for _ in range(2):
        found = messages.sends(session, "StatusNotification", occupied, None, None, reads=expect.connector_states)
        assert found == told
    assert session.readings == {told.number: {0, 1}}
    with pytest.raises(Nonconformance):
        messages.sends(session, "StatusNotification", occupied, None, None, reads=expect.connector_states)


def test_a_message_that_another_line_has_claimed_as_itself_is_passed_over() -> None:
    record = opened()
    status = record.theirs(2, "1", "StatusNotification", {"connectorStatus": "Occupied"})
    session = session_of(record)
    session.claimed = {status.number}
    with pytest.raises(Nonconformance):
        messages.sends(session, "StatusNotification", (), None, None, reads=expect.connector_states)


def test_times_inside_messages_are_measured_and_kept() -> None:
    record = opened()
    record.theirs(2, "1", "StatusNotification", {"timestamp": record.wall(0.1)}, after=1)
    asked = record.ours(2, "h", "Heartbeat", {})
    record.theirs(3, "h", {"currentTime": record.wall()})
    session, now = session_of(record), "now within 2 s"
    session.name("ask", asked)
    messages.sends(session, "StatusNotification", rows(timestamp=now), None, "status")
    messages.answers(session, "ask", rows(currentTime=now), None, None, None)
    messages.has(session, "status", rows(timestamp=now))
    assert [found.what.split(":")[0] for found in session.measurements] == [
        "timestamp of StatusNotification", "currentTime of Heartbeat", "timestamp of StatusNotification"]


def part(record: Record, tbc: object, **more: object) -> None:
    record.theirs(2, f"p{len(record.journal)}", "NotifyReport", {"tbc": tbc, **more}, after=0.1)


@pytest.mark.parametrize("seconds", [{}, {"seqNo": 0}, {"seqNo": 2}, {"seqNo": "1"}, {"seqNo": None}])
def test_parts_of_a_report_count_from_0_one_by_one(seconds: dict[str, object]) -> None:
    record = opened()
    part(record, True, seqNo=0)
    part(record, False, **seconds)
    with pytest.raises(Nonconformance, match="part 1 of the report with seqNo 1"):
        messages.sends_all_parts(session_of(record), "NotifyReport", (), None, "report")


@pytest.mark.parametrize("last", [False, None, "yes", 1])
def test_only_what_says_so_goes_on(last: object) -> None:
    record = opened()
    part(record, True, seqNo=0)
    part(record, last, seqNo=1)
    session = session_of(record)
    messages.sends_all_parts(session, "NotifyReport", (), None, "report")
    assert len(session.named("report")) == 2


def test_the_answer_is_due_from_the_request_on() -> None:
    record = opened()
    asked = record.ours(2, "1", "Reset", {}, after=2)
    record.theirs(3, "1", {"status": "Accepted"}, after=1)
    session = session_of(record)
    session.name("reset", asked)
    messages.answers(session, "reset", (), None, None, "answer")
    assert (session.checks[-1].since, session.checks[-1].until) == (2 * SECOND, round(7.5 * SECOND))
    assert session.anchor == 3 * SECOND


def test_of_several_messages_of_one_name_the_last_is_asked() -> None:
    record = opened()
    first = record.ours(2, "1", "Reset", {})
    second = record.ours(2, "2", "Reset", {})
    record.theirs(3, "1", {"status": "Rejected"})
    answer = record.theirs(3, "2", {"status": "Accepted"})
    session = session_of(record)
    session.name("reset", first, second)
    assert messages.answers(session, "reset", rows(status="Accepted"), None, None, "answers") == answer
    beats = [record.theirs(2, f"b{n}", "Heartbeat", {"n": n}) for n in range(2)]
    session.name("beats", *beats)
    messages.has(session, "beats", rows(n="1"))
    with pytest.raises(Nonconformance):
        messages.has(session, "beats", rows(n="0"))


def test_a_callerror_that_was_asked_for_is_excused_and_another_is_none() -> None:
    record = opened()
    asked = record.ours(2, "1", "Reset", {})
    answer = record.theirs(4, "1", "FormationViolation", "", {})
    session = session_of(record)
    session.name("reset", asked)
    with pytest.raises(Nonconformance, match="FormationViolation instead of NotSupported"):
        messages.answers(session, "reset", (), "NotSupported", None, None)
    assert session.excused == set()
    messages.answers(session, "reset", (), "FormationViolation", None, None)
    assert session.excused == {answer.number}


def test_an_answer_in_vain_fails_and_so_does_a_late_one() -> None:
    record = opened()
    asked = record.ours(2, "1", "Reset", {})
    session = session_of(record)
    session.name("reset", asked)
    record.theirs(2, "x", "Heartbeat", {})
    with pytest.raises(Nonconformance, match="no answer"):
        messages.answers(session, "reset", (), None, None, None)
    record.theirs(3, "1", {"status": "Accepted"}, after=6)
    with pytest.raises(Nonconformance, match="measured"):
        messages.answers(session, "reset", (), None, None, None)


@pytest.mark.parametrize(("late", "verdict"), [(5.6, Nonconformance), (5.505, Inconclusive)])
def test_one_late_answer_spoils_all_of_them(late: float, verdict: type[Exception]) -> None:
    record = opened()
    for number, after in enumerate((1, late, 1)):
        record.ours(2, f"{number}", "Heartbeat", {})
        record.theirs(3, f"{number}", {}, after=after)
    with pytest.raises(verdict, match="every answer so far within 5 s"):
        messages.answered_in_time(session_of(record), None)


def test_what_a_line_claims_no_other_line_gets() -> None:
    record = opened()
    beats = [record.theirs(2, f"{n}", "Heartbeat", {}, after=1) for n in range(2)]
    session = session_of(record)
    assert [messages.sends(session, "Heartbeat", (), None, None) for _ in beats] == beats
    assert session.claimed == set(numbers(*beats))
    assert session.anchor == 2 * SECOND
