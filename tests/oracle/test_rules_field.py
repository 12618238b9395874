"""The monitor on what named misbehaviours taught: registers of one transaction, events told again, and pauses."""

from __future__ import annotations

import pytest

from harness.journal import HandshakeRequest
from tests.oracle.bench import IN, Record


def _event(record: Record, number: int, kind: str, register: float, transaction: str = "T", **more: object) -> None:
    sample = {"timestamp": record.wall(1), "sampledValue": [{"value": register}]}
    payload = {
        "eventType": kind,
        "timestamp": record.wall(1),
        "triggerReason": "Trigger",
        "seqNo": number,
        "transactionInfo": {"transactionId": transaction},
        "meterValue": [sample],
    }
    record.theirs(2, f"{transaction}{len(record.journal)}", "TransactionEvent", payload | more, after=1)


def _answered(record: Record, transaction: str = "T") -> None:
    record.ours(3, f"{transaction}{len(record.journal) - 1}", {}, after=0.1)


def test_a_register_that_falls_is_found_though_only_the_first_event_names_the_evse() -> None:
    record = Record()
    _event(record, 0, "Started", 1000.0, evse={"id": 1})
    _answered(record)
    _event(record, 1, "Ended", 900.0)
    assert "register-backwards" in record.rules()


def test_a_step_back_is_told_once() -> None:
    record = Record()
    for number, value in enumerate((1000.0, 900.0, 950.0)):
        _event(record, number, "Started" if number == 0 else "Updated", value)
        _answered(record)
    assert [finding.rule.id for finding in record.findings()] == ["register-backwards"]


def test_readings_without_a_readable_time_are_not_put_in_order() -> None:
    record = Record()
    for number, value in enumerate((1000.0, 900.0)):
        sample = {"timestamp": "2026-01-01 00:00:00", "sampledValue": [{"value": value}]}
        _event(record, number, "Started" if number == 0 else "Updated", value, meterValue=[sample])
        _answered(record)
    assert "register-backwards" not in record.rules()


def test_a_register_set_to_zero_between_transactions_breaks_no_shall() -> None:
    record = Record()
    for transaction in ("T", "U"):
        _event(record, 0, "Started", 0.0, transaction, evse={"id": 1})
        _answered(record, transaction)
        _event(record, 1, "Ended", 500.0, transaction)
        _answered(record, transaction)
    assert "register-backwards" not in record.rules()


def test_a_stop_repeated_after_its_answer_is_found_and_one_without_an_answer_is_not() -> None:
    stop = {"transactionId": 1, "meterStop": 5, "timestamp": Record().wall()}
    answered, unanswered = Record("1.6"), Record("1.6")
    for number in ("a", "b"):
        answered.theirs(2, number, "StopTransaction", stop, after=1)
        answered.ours(3, number, {}, after=0.1)
        unanswered.theirs(2, number, "StopTransaction", stop, after=1)
        unanswered.ours(4, number, "InternalError", "", {}, after=0.1)
    assert "told-twice" in answered.rules()
    assert "told-twice" not in unanswered.rules()


def test_an_event_repeated_on_the_next_connection_is_let_pass() -> None:
    stop = {"transactionId": 1, "meterStop": 5, "timestamp": Record().wall()}
    record = Record("1.6")
    for link in (1, 2):
        record.opened(link)
        record.theirs(2, "a", "StopTransaction", stop, link=link, after=1)
        record.ours(3, "a", {}, link=link, after=0.1)
        record.ended(link)
    assert "told-twice" not in record.rules()


def _knocks(record: Record, *pauses: float) -> None:
    for link, pause in enumerate(pauses, start=1):
        record.add(HandshakeRequest(IN, "/CS001"), link, pause)


def test_dropped_attempts_count_too_and_one_outage_is_one_finding() -> None:
    record = Record()
    _knocks(record, 0, *[0.1] * 20)
    assert [finding.rule.id for finding in record.findings()] == ["back-off"]
    patient = Record()
    _knocks(patient, 0, 0.2, 0.4, 0.8, 1.6, 1.6, 1.6)
    assert patient.rules() == set()


@pytest.mark.parametrize("pauses", [
    (9.0, 3.0, 5.0, 8.5), (1.0, 2.0, 2.0, 2.0), (90.0, 90.0, 90.0, 90.0), (60.0, 60.0, 60.0, 60.0),
    (90.0, 1.0, 1.0, 1.0),
])  # fmt: skip
def test_a_random_part_a_limit_and_long_pauses_are_let_pass(pauses: tuple[float, ...]) -> None:
    record = Record()
    _knocks(record, 0, *pauses)
    assert record.rules() == set()


@pytest.mark.parametrize(("repeats", "status", "rules"), [
    ("0", "Accepted", set()), ("1", "Accepted", set()), ("2", "Accepted", {"back-off"}),
    ("0", "Rejected", {"back-off"}),
])  # fmt: skip
def test_pauses_that_are_set_to_stay_alike_may_do_so(repeats: str, status: str, rules: set[str]) -> None:
    place = {"component": {"name": "OCPPCommCtrlr"}, "variable": {"name": "RetryBackOffRepeatTimes"}}
    for answer in ("set", "get"):
        record = Record()
        if answer == "set":
            record.ours(2, "1", "SetVariables", {"setVariableData": [{"attributeValue": repeats, **place}]})
            record.theirs(3, "1", {"setVariableResult": [{"attributeStatus": status, **place}]})
        elif status == "Accepted":
            record.ours(2, "1", "GetVariables", {"getVariableData": [place]})
            told = {"attributeStatus": "Accepted", "attributeValue": repeats, **place}
            record.theirs(3, "1", {"getVariableResult": [told]})
        else:
            continue
        record.ended(1)
        _knocks(record, 0, 1, 1, 1, 1)
        assert record.rules() == rules


def test_a_rejected_charge_point_answers_nothing_until_it_is_let_in() -> None:
    boot = {"chargePointVendor": "V", "chargePointModel": "M"}
    found = {}
    for status in ("Rejected", "Pending", "Accepted"):
        record = Record("1.6")
        record.theirs(2, "boot", "BootNotification", boot)
        record.ours(3, "boot", {"status": status, "currentTime": record.wall(), "interval": 9})
        record.ours(2, "ask", "GetConfiguration", {}, after=1)
        record.theirs(3, "ask", {"configurationKey": []})
        found[status] = record.rules()
    assert found == {"Rejected": {"readiness"}, "Pending": set(), "Accepted": set()}


def test_only_another_answer_to_its_boot_lets_a_rejected_charge_point_in() -> None:
    boot = {"chargePointVendor": "V", "chargePointModel": "M"}
    record = Record("1.6")
    record.theirs(2, "boot", "BootNotification", boot)
    record.ours(3, "boot", {"status": "Rejected", "currentTime": record.wall(), "interval": 9})
    record.theirs(2, "again", "BootNotification", boot, after=9)
    record.ours(4, "again", "InternalError", "", {})
    record.theirs(2, "beat", "Heartbeat", {}, after=1)
    record.ours(3, "beat", {"currentTime": record.wall()})
    record.ours(2, "ask", "GetConfiguration", {}, after=1)
    record.theirs(3, "ask", {"configurationKey": []})
    assert [finding.text for finding in record.findings() if finding.rule.id == "readiness"] == [
        "Heartbeat before any answer to BootNotification", "it answers GetConfiguration while Rejected"]


def test_another_variable_does_not_excuse_constant_pauses() -> None:
    place = {"component": {"name": "OCPPCommCtrlr"}, "variable": {"name": "RetryBackOffRandomRange"}}
    record = Record()
    record.ours(2, "1", "SetVariables", {"setVariableData": [{"attributeValue": "0", **place}]})
    record.theirs(3, "1", {"setVariableResult": [{"attributeStatus": "Accepted", **place}]})
    record.ended(1)
    _knocks(record, 0, 1, 1, 1, 1)
    assert record.rules() == {"back-off"}


def test_a_charge_point_answers_what_was_asked_before_it_was_rejected() -> None:
    record = Record("1.6")
    record.ours(2, "ask", "GetConfiguration", {})
    record.theirs(2, "boot", "BootNotification", {"chargePointVendor": "V", "chargePointModel": "M"})
    record.ours(3, "boot", {"status": "Rejected", "currentTime": record.wall(), "interval": 9})
    record.theirs(3, "ask", {"configurationKey": []})
    assert record.rules() == set()
