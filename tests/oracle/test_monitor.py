"""Every rule of the monitor, seen to fire and seen to be silent, on journals built by hand.

`FIRES` and `SILENT` are keyed by rule id; a rule missing in either is itself a failure.
"""

from __future__ import annotations

from collections.abc import Callable

import pytest

from harness.journal import HandshakeRequest, HandshakeResponse
from harness.oracle.findings import Severity
from harness.oracle.monitor import Limits, Monitor, all_rules, breaches, watchers
from harness.rpc.dialect import DIALECTS, Role, Version
from harness.rpc.link import SECOND
from tests.oracle.bench import IN, OUT, Record

Story = Callable[[Record], None]
Case = tuple[str, Version, Role, Story]
FIRES: dict[str, list[Case]] = {}
SILENT: dict[str, list[Case]] = {}


def _case(table: dict[str, list[Case]], rule: str, version: Version, sut: Role) -> Callable[[Story], Story]:
    def add(story: Story) -> Story:
        table.setdefault(rule, []).append((story.__name__, version, sut, story))
        return story

    return add


def fires(rule: str, version: Version = "2.0.1", sut: Role = "station") -> Callable[[Story], Story]:
    return _case(FIRES, rule, version, sut)


def silent(rule: str, version: Version = "2.0.1", sut: Role = "station") -> Callable[[Story], Story]:
    return _case(SILENT, rule, version, sut)


def _flat(table: dict[str, list[Case]]) -> list[object]:
    return [pytest.param(rule, *case[1:], id=f"{rule}-{case[1]}-{case[0]}") for rule in table for case in table[rule]]


HEARTBEAT: dict[str, object] = {}
BOOT = {"reason": "PowerUp", "chargingStation": {"model": "M", "vendorName": "V"}}
BOOT_16 = {"chargePointVendor": "V", "chargePointModel": "M"}


def booted(record: Record, status: str = "Accepted", identity: str = "boot") -> None:
    payload = BOOT if record.version != "1.6" else BOOT_16
    record.theirs(2, identity, "BootNotification", payload, after=1)
    answer = {"status": status, "currentTime": record.wall(), "interval": 300}
    record.ours(3, identity, answer, after=0.1)


def status(record: Record, evse: object = 1, after: float = 1, **more: object) -> None:
    payload = {"timestamp": record.wall(after), "connectorStatus": "Available", "evseId": evse, "connectorId": 1}
    record.theirs(2, f"s{len(record.journal)}", "StatusNotification", payload | more, after=after)


# ---- frame ----------------------------------------------------------------------------------------


@fires("frame")
def not_json(record: Record) -> None:
    record.text('[2,"1","Heartbeat",{}')


@fires("frame", "1.6", "csms")
def wrong_arity(record: Record) -> None:
    record.theirs(2, "1", "ClearCache")


@fires("frame")
def binary(record: Record) -> None:
    record.binary(b'[2,"1","Heartbeat",{}]')


@fires("frame", "1.6")
def id_too_long(record: Record) -> None:
    record.theirs(2, "x" * 37, "Heartbeat", {})


@silent("frame")
def ours_is_not_judged(record: Record) -> None:
    record.text("nonsense", OUT)


@silent("frame", "1.6", "csms")
def id_of_36_characters(record: Record) -> None:
    record.theirs(2, "x" * 36, "ClearCache", {})


# ---- schema ---------------------------------------------------------------------------------------


@fires("schema")
def missing_member(record: Record) -> None:
    record.theirs(2, "1", "StatusNotification", {"timestamp": record.wall(), "evseId": 1, "connectorId": 1})


@fires("schema")
def local_time_without_zone(record: Record) -> None:
    status(record, timestamp="2027-01-15T08:00:00")


@fires("schema", "1.6")
def enum_outside(record: Record) -> None:
    record.theirs(2, "1", "StatusNotification", {"connectorId": 1, "errorCode": "Error", "status": "Available"})


@fires("schema", sut="csms")
def bad_answer(record: Record) -> None:
    record.ours(2, "1", "Heartbeat", {})
    record.theirs(3, "1", {})


@silent("schema")
def integer_written_as_float(record: Record) -> None:
    status(record, evse=1.0)


@silent("schema")
def bad_details_of_an_error(record: Record) -> None:
    record.ours(2, "1", "GetLog", {})
    record.theirs(4, "1", "FormationViolation", "", {"anything": [1]})


@silent("schema")
def null_is_reported_once(record: Record) -> None:
    record.theirs(2, "1", "BootNotification", BOOT | {"chargingStation": {"model": "M", "vendorName": "V",
                                                                       "serialNumber": None}})


# ---- null -----------------------------------------------------------------------------------------


@fires("null-member")
def null_deep_inside(record: Record) -> None:
    record.theirs(2, "1", "BootNotification", BOOT | {"chargingStation": {"model": "M", "vendorName": "V",
                                                                       "modem": {"iccid": None}}})


@fires("null-member", "1.6", "csms")
def null_in_an_answer(record: Record) -> None:
    record.ours(2, "1", "Authorize", {"idTag": "A"})
    record.theirs(3, "1", {"idTagInfo": {"status": "Accepted", "parentIdTag": None}})


@silent("null-member")
def empty_text_is_no_null(record: Record) -> None:
    record.theirs(2, "1", "BootNotification", BOOT | {"chargingStation": {"model": "M", "vendorName": ""}})


# ---- ids ------------------------------------------------------------------------------------------


@fires("unique-id")
def same_id_for_another_request(record: Record) -> None:
    record.theirs(2, "1", "Heartbeat", {})
    record.ours(3, "1", {"currentTime": record.wall()})
    record.theirs(2, "1", "StatusNotification", {})


@fires("unique-id")
def same_id_for_the_same_request_after_its_answer(record: Record) -> None:
    record.theirs(2, "1", "Heartbeat", {})
    record.ours(3, "1", {"currentTime": record.wall()})
    record.theirs(2, "1", "Heartbeat", {}, after=60)


@fires("unique-id")
def same_id_on_the_next_connection_of_the_station(record: Record) -> None:
    record.opened(1)
    record.theirs(2, "1", "Heartbeat", {})
    record.ended(1)
    record.opened(2)
    record.theirs(2, "1", "StatusNotification", {}, link=2)


@silent("unique-id", "1.6")
def ids_begin_anew_with_a_connection(record: Record) -> None:
    record.opened(1)
    record.theirs(2, "1", "Heartbeat", {})
    record.ended(1)
    record.opened(2)
    record.theirs(2, "1", "StatusNotification", {}, link=2)


@silent("unique-id")
def a_retry_keeps_its_id(record: Record) -> None:
    record.theirs(2, "1", "Heartbeat", {})
    record.theirs(2, "1", "Heartbeat", {}, after=31)


@silent("unique-id")
def a_retry_whose_answer_was_lost_with_the_connection(record: Record) -> None:
    record.opened(1)
    record.theirs(2, "1", "Heartbeat", {})
    record.ours(3, "1", {"currentTime": record.wall()})
    record.ended(1)
    record.opened(2)
    record.theirs(2, "1", "Heartbeat", {}, link=2)


@silent("unique-id", sut="csms")
def each_station_has_its_own_ids(record: Record) -> None:
    record.opened(1, "CS001")
    record.opened(2, "CS002")
    record.theirs(2, "1", "ClearCache", {}, link=1)
    record.theirs(2, "1", "GetLocalListVersion", {}, link=2)


@silent("unique-id")
def both_directions_may_use_one_id(record: Record) -> None:
    record.ours(2, "1", "ClearCache", {})
    record.theirs(2, "1", "Heartbeat", {})


# ---- one open CALL --------------------------------------------------------------------------------


def _two_calls(record: Record, apart: float) -> None:
    record.theirs(2, "1", "Heartbeat", {})
    record.theirs(2, "2", "Heartbeat", {}, after=apart)


@fires("one-open-call")
def at_once(record: Record) -> None:
    _two_calls(record, 0.01)


@fires("one-open-call", sut="csms")
def a_csms_too(record: Record) -> None:
    record.theirs(2, "1", "ClearCache", {})
    record.theirs(2, "2", "GetLocalListVersion", {}, after=0.5)


@silent("one-open-call")
def after_a_while_it_may_be_its_timeout(record: Record) -> None:
    _two_calls(record, 1.5)


@silent("one-open-call")
def crossing_calls_are_allowed(record: Record) -> None:
    record.ours(2, "1", "ClearCache", {})
    record.theirs(2, "2", "Heartbeat", {}, after=0.01)


@silent("one-open-call")
def answered_in_between(record: Record) -> None:
    record.theirs(2, "1", "Heartbeat", {})
    record.ours(4, "1", "InternalError", "", {})
    record.theirs(2, "2", "Heartbeat", {})


@silent("one-open-call", sut="csms")
def each_connection_has_its_turn(record: Record) -> None:
    record.theirs(2, "1", "ClearCache", {}, link=1)
    record.theirs(2, "2", "ClearCache", {}, link=2)


@silent("one-open-call")
def the_end_of_the_connection_ends_the_turn(record: Record) -> None:
    record.theirs(2, "1", "Heartbeat", {})
    record.ended()
    record.theirs(2, "2", "Heartbeat", {})


@silent("one-open-call", "1.6")
def only_advice_in_16(record: Record) -> None:
    _two_calls(record, 0.01)


@fires("crowding", "1.6")
def at_once_16(record: Record) -> None:
    _two_calls(record, 0.01)


@silent("crowding")
def a_shall_in_201(record: Record) -> None:
    _two_calls(record, 0.01)


@silent("crowding", "1.6")
def answered_16(record: Record) -> None:
    record.theirs(2, "1", "Heartbeat", {})
    record.ours(3, "1", {"currentTime": record.wall()})
    record.theirs(2, "2", "Heartbeat", {})


@fires("early-retry")
def before_the_declared_timeout(record: Record) -> None:
    _two_calls(record, 29)


@silent("early-retry")
def after_the_declared_timeout(record: Record) -> None:
    _two_calls(record, 30)


# ---- answers --------------------------------------------------------------------------------------


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


@silent("correlation")
def a_callerror_to_garbage(record: Record) -> None:
    record.text("{", OUT)
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


@silent("unanswered")
def an_invalid_call_may_be_dropped_in_2(record: Record) -> None:
    record.ours(2, "1", "GetBaseReport", {"requestId": "x"})
    record.ended(after=31)


@silent("unanswered")
def the_connection_ended_in_time(record: Record) -> None:
    record.ours(2, "1", "ClearCache", {})
    record.ended(after=29)


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
def not_supported_is_something_else(record: Record) -> None:
    _refused(record, "NotSupported")


@fires("not-served")
def not_supported(record: Record) -> None:
    _refused(record, "NotSupported")


@fires("not-served")
def internal_error(record: Record) -> None:
    _refused(record, "InternalError")


@silent("not-served")
def an_unknown_action_is_not_served(record: Record) -> None:
    _refused(record, "NotImplemented", "Nonsense")


@silent("not-served")
def malformed_is_something_else(record: Record) -> None:
    _refused(record, "FormatViolation")


# ---- direction ------------------------------------------------------------------------------------


@fires("direction")
def a_station_that_resets_us(record: Record) -> None:
    record.theirs(2, "1", "Reset", {"type": "Immediate"})


@fires("direction", sut="csms")
def a_csms_that_boots(record: Record) -> None:
    record.theirs(2, "1", "BootNotification", BOOT)


@fires("direction", "1.6")
def a_message_of_another_version(record: Record) -> None:
    record.theirs(2, "1", "TransactionEvent", {})


@silent("direction", "1.6")
def data_transfer_goes_both_ways(record: Record) -> None:
    record.theirs(2, "1", "DataTransfer", {"vendorId": "v"})


@silent("direction", "1.6", "csms")
def data_transfer_goes_both_ways_too(record: Record) -> None:
    record.theirs(2, "1", "DataTransfer", {"vendorId": "v"})


@silent("direction", "1.6")
def a_message_of_the_security_extension(record: Record) -> None:
    record.theirs(2, "1", "SecurityEventNotification", {"type": "x", "timestamp": record.wall()})


# ---- readiness ------------------------------------------------------------------------------------


@fires("readiness")
def before_the_answer(record: Record) -> None:
    record.theirs(2, "1", "BootNotification", BOOT)
    status(record)


@fires("readiness", "1.6")
def while_rejected(record: Record) -> None:
    booted(record, "Rejected")
    record.theirs(2, "1", "Heartbeat", {})


@fires("readiness")
def while_pending_unasked(record: Record) -> None:
    booted(record, "Pending")
    status(record)


@fires("readiness")
def something_else_than_asked(record: Record) -> None:
    booted(record, "Pending")
    record.ours(2, "t", "TriggerMessage", {"requestedMessage": "Heartbeat"})
    record.theirs(3, "t", {"status": "Accepted"})
    status(record)


@fires("readiness")
def what_was_asked_before_a_reboot_does_not_count_after_it(record: Record) -> None:
    booted(record)
    record.ours(2, "t", "TriggerMessage", {"requestedMessage": "StatusNotification"})
    record.theirs(3, "t", {"status": "Accepted"})
    status(record)
    record.theirs(2, "again", "BootNotification", BOOT, after=60)
    status(record)


@fires("readiness")
def the_second_boot_after_a_trigger_is_a_reboot(record: Record) -> None:
    booted(record)
    record.ours(2, "t", "TriggerMessage", {"requestedMessage": "BootNotification"})
    record.theirs(3, "t", {"status": "Accepted"})
    booted(record, identity="triggered")
    record.theirs(2, "again", "BootNotification", BOOT, after=60)
    status(record)


@silent("readiness")
def after_accepted(record: Record) -> None:
    booted(record)
    status(record)


@silent("readiness")
def asked_for_while_pending(record: Record) -> None:
    booted(record, "Pending")
    record.ours(2, "t", "TriggerMessage", {"requestedMessage": "StatusNotification"})
    record.theirs(3, "t", {"status": "Accepted"})
    status(record)


@silent("readiness")
def a_report_goes_on_while_it_knocks_again(record: Record) -> None:
    booted(record, "Pending")
    record.ours(2, "r", "GetBaseReport", {"requestId": 1, "reportBase": "FullInventory"})
    record.theirs(3, "r", {"status": "Accepted"})
    record.theirs(2, "again", "BootNotification", BOOT, after=60)
    record.theirs(2, "1", "NotifyReport", {"requestId": 1, "generatedAt": record.wall(), "seqNo": 0})


@silent("readiness", "1.6")
def the_security_extension_triggers_too(record: Record) -> None:
    booted(record, "Pending")
    record.ours(2, "t", "ExtendedTriggerMessage", {"requestedMessage": "SignChargePointCertificate"})
    record.theirs(3, "t", {"status": "Accepted"})
    record.theirs(2, "1", "SignCertificate", {"csr": "x"})


@silent("readiness")
def a_triggered_boot_is_no_reboot(record: Record) -> None:
    booted(record)
    record.ours(2, "t", "TriggerMessage", {"requestedMessage": "BootNotification"})
    record.theirs(3, "t", {"status": "Accepted"})
    record.theirs(2, "b", "BootNotification", BOOT, after=1)
    status(record)


@silent("readiness")
def no_boot_after_a_mere_reconnection(record: Record) -> None:
    record.opened()
    status(record)


@silent("readiness")
def an_answer_is_no_request(record: Record) -> None:
    booted(record, "Pending")
    record.ours(2, "v", "GetVariables", {"getVariableData": []})
    record.theirs(3, "v", {"getVariableResult": []})


# ---- clocks ---------------------------------------------------------------------------------------


@fires("timestamp-decimals")
def four_decimals(record: Record) -> None:
    status(record, timestamp="2027-01-15T08:00:00.1234Z")


@fires("timestamp-decimals", sut="csms")
def microseconds_of_a_csms(record: Record) -> None:
    record.ours(2, "1", "Heartbeat", {})
    record.theirs(3, "1", {"currentTime": "2027-01-15T08:00:00.123456+00:00"})


@silent("timestamp-decimals")
def three_decimals(record: Record) -> None:
    status(record, timestamp="2027-01-15T08:00:00.123+02:00")


@silent("timestamp-decimals", "1.6")
def no_limit_in_16(record: Record) -> None:
    record.theirs(2, "1", "StatusNotification", {"connectorId": 1, "errorCode": "NoError", "status": "Available",
                                                 "timestamp": "2027-01-15T08:00:00.123456Z"})


@fires("timestamp-skew")
def local_time_marked_as_utc(record: Record) -> None:
    status(record, timestamp=record.wall(7200))


@fires("timestamp-skew")
def behind(record: Record) -> None:
    status(record, timestamp=record.wall(-3600))


@fires("timestamp-skew")
def an_offline_event_from_the_future(record: Record) -> None:
    _event(record, 0, "Started", offline=True, timestamp=record.wall(3600))


@silent("timestamp-skew")
def near_enough(record: Record) -> None:
    status(record, timestamp=record.wall(-50))


@silent("timestamp-skew")
def another_zone_is_the_same_moment(record: Record) -> None:
    status(record, timestamp=record.wall(1).replace("T08:", "T10:").replace("Z", "+02:00"))


@silent("timestamp-skew")
def an_old_event_from_offline(record: Record) -> None:
    _event(record, 0, "Started", offline=True, timestamp=record.wall(-3600))


@silent("timestamp-skew", "1.6")
def a_queued_start(record: Record) -> None:
    record.theirs(2, "1", "StartTransaction", {"connectorId": 1, "idTag": "A", "meterStart": 0,
                                               "timestamp": record.wall(-3600)})


# ---- transactions ---------------------------------------------------------------------------------


def _event(record: Record, number: int, kind: str = "Updated", tx: str = "T", link: int = 1, **more: object) -> None:
    record.now += 1
    payload: dict[str, object] = {
        "eventType": kind, "timestamp": record.wall(), "triggerReason": "Trigger", "seqNo": number,
        "transactionInfo": {"transactionId": tx},
    }
    identity = f"e{len(record.journal)}"
    record.theirs(2, identity, "TransactionEvent", payload | more, link=link)
    record.ours(3, identity, {}, link=link)


@fires("seq-no")
def a_number_left_out(record: Record) -> None:
    _event(record, 0, "Started")
    _event(record, 2)


@fires("seq-no")
def a_number_twice(record: Record) -> None:
    _event(record, 0, "Started")
    _event(record, 1)
    _event(record, 1, triggerReason="MeterValuePeriodic")


@fires("told-twice")
def the_same_event_again_though_it_was_answered(record: Record) -> None:
    _event(record, 0, "Started")
    _event(record, 1, timestamp="2027-01-15T08:00:01Z")
    _event(record, 1, timestamp="2027-01-15T08:00:01Z")


@fires("seq-no")
def a_start_that_is_not_0(record: Record) -> None:
    _event(record, 1, "Started")


@fires("seq-no")
def backwards_even_when_offline(record: Record) -> None:
    _event(record, 5, offline=True)
    _event(record, 4, offline=True)


@silent("seq-no")
def one_by_one_in_two_transactions(record: Record) -> None:
    for number, kind in enumerate(["Started", "Updated", "Ended"]):
        _event(record, number, kind, "T")
        _event(record, number, kind, "U")


@silent("seq-no")
def met_in_the_middle(record: Record) -> None:
    _event(record, 7)
    _event(record, 8)


@silent("seq-no")
def dropped_while_offline(record: Record) -> None:
    _event(record, 0, "Started")
    _event(record, 1, offline=True)
    _event(record, 3, offline=True)


@silent("seq-no")
def a_retry_without_answer(record: Record) -> None:
    _event(record, 0, "Started")
    payload = {"eventType": "Updated", "timestamp": record.wall(), "triggerReason": "Trigger", "seqNo": 1,
               "transactionInfo": {"transactionId": "T"}}
    record.theirs(2, "r1", "TransactionEvent", payload)
    record.theirs(2, "r2", "TransactionEvent", payload | {"offline": True}, after=31)


@fires("told-twice", "1.6")
def a_stop_told_twice(record: Record) -> None:
    payload = {"transactionId": 1, "meterStop": 5, "timestamp": "2027-01-15T08:00:00Z"}
    for identity in ("1", "2"):
        record.theirs(2, identity, "StopTransaction", payload)
        record.ours(3, identity, {})


@silent("told-twice")
def again_after_a_callerror(record: Record) -> None:
    payload = {"eventType": "Started", "timestamp": record.wall(), "triggerReason": "Trigger", "seqNo": 0,
               "transactionInfo": {"transactionId": "T"}}
    record.theirs(2, "1", "TransactionEvent", payload)
    record.ours(4, "1", "InternalError", "", {})
    record.theirs(2, "2", "TransactionEvent", payload, after=60)


@silent("told-twice", "1.6")
def the_same_reading_twice(record: Record) -> None:
    for identity in ("1", "2"):
        record.theirs(2, identity, "Heartbeat", {})
        record.ours(3, identity, {"currentTime": record.wall()})


@silent("told-twice")
@silent("seq-no")
def a_retry_whose_answer_was_lost(record: Record) -> None:
    _event(record, 0, "Started", timestamp="2027-01-15T08:00:00Z")
    record.ended()
    _event(record, 0, "Started", timestamp="2027-01-15T08:00:00Z", link=2)


@fires("event-order")
def after_ended(record: Record) -> None:
    _event(record, 0, "Started")
    _event(record, 1, "Ended")
    _event(record, 2)


@fires("event-order")
def a_second_started(record: Record) -> None:
    _event(record, 0, "Started")
    _event(record, 1, "Started")


@fires("event-order")
def older_than_the_one_before(record: Record) -> None:
    _event(record, 0, "Started", timestamp="2027-01-15T09:00:00Z")
    _event(record, 1, timestamp="2027-01-15T08:00:00Z")


@silent("event-order")
def equal_times(record: Record) -> None:
    _event(record, 0, "Started", timestamp="2027-01-15T08:00:00Z")
    _event(record, 1, timestamp="2027-01-15T08:00:00Z")
    _event(record, 2, "Ended", timestamp="2027-01-15T10:00:00+02:00")


# ---- meters ---------------------------------------------------------------------------------------


def _meter(record: Record, value: object, unit: str = "Wh", evse: int = 1, when: str = "", **sample: object) -> None:
    record.now += 1
    if record.version == "1.6":
        entry = {"value": str(value), "unit": unit} | sample
        payload: dict[str, object] = {"connectorId": evse}
    else:
        entry = {"value": value, "unitOfMeasure": {"unit": unit}} | sample
        payload = {"evseId": evse}
    payload["meterValue"] = [{"timestamp": when or record.wall(), "sampledValue": [entry]}]
    record.theirs(2, f"m{len(record.journal)}", "MeterValues", payload)


@fires("register-backwards")
def less_energy_than_before(record: Record) -> None:
    _meter(record, 1000)
    _meter(record, 999)


@fires("register-backwards")
def in_another_unit(record: Record) -> None:
    _meter(record, 2000)
    _meter(record, 1.5, "kWh")


@fires("register-backwards", "1.6")
def in_16_as_text(record: Record) -> None:
    _meter(record, 1000)
    _meter(record, 900)


@fires("register-backwards", "1.6")
def a_stop_below_its_start(record: Record) -> None:
    _started(record, 42, 500)
    record.theirs(2, "stop", "StopTransaction", {"transactionId": 42, "meterStop": 499, "timestamp": record.wall()})


@silent("register-backwards")
def each_evse_its_own_meter(record: Record) -> None:
    _meter(record, 1000, evse=1)
    _meter(record, 10, evse=2)


@silent("register-backwards")
def each_phase_and_place_its_own_register(record: Record) -> None:
    _meter(record, 1000)
    _meter(record, 300, phase="L1")
    _meter(record, 1100, location="Inlet")
    _meter(record, 900, measurand="Energy.Active.Import.Interval")


@silent("register-backwards")
def the_same_in_another_unit(record: Record) -> None:
    _meter(record, 2000)
    _meter(record, 2.0, "kWh")
    record.now += 1


@silent("register-backwards")
def an_older_reading_sent_later(record: Record) -> None:
    _meter(record, 2000, when="2027-01-15T09:00:00Z")
    _meter(record, 1000, when="2027-01-15T08:00:00Z")


@silent("register-backwards", "1.6")
def a_stop_at_its_start(record: Record) -> None:
    _started(record, 42, 500)
    record.theirs(2, "stop", "StopTransaction", {"transactionId": 42, "meterStop": 500, "timestamp": record.wall()})


def _started(record: Record, number: int, meter: int) -> None:
    payload = {"connectorId": 1, "idTag": "A", "meterStart": meter, "timestamp": record.wall()}
    record.theirs(2, f"start{number}", "StartTransaction", payload)
    record.ours(3, f"start{number}", {"transactionId": number, "idTagInfo": {"status": "Accepted"}})


def _metered(record: Record, number: int) -> None:
    value = [{"timestamp": record.wall(), "sampledValue": [{"value": "1"}]}]
    record.theirs(2, "m", "MeterValues", {"connectorId": 1, "transactionId": number, "meterValue": value})


@fires("meter-transaction", "1.6")
def a_transaction_nobody_assigned(record: Record) -> None:
    _started(record, 42, 0)
    _metered(record, 0)


@silent("meter-transaction", "1.6")
def the_one_assigned(record: Record) -> None:
    _started(record, 42, 0)
    _metered(record, 42)


@silent("meter-transaction", "1.6")
def one_from_before_the_scenario(record: Record) -> None:
    _metered(record, 17)


# ---- knocking at the door -------------------------------------------------------------------------


def _knocks(record: Record, *pauses: float) -> None:
    for link, pause in enumerate((0.0, *pauses), start=1):
        record.add(HandshakeRequest(IN, "/CS001"), link, pause)
        record.add(HandshakeResponse(OUT, 401), link)


@fires("back-off")
def the_same_pause_again_and_again(record: Record) -> None:
    _knocks(record, 1, 1, 1, 1)


@fires("back-off", "1.6")
def ever_faster(record: Record) -> None:
    _knocks(record, 8, 4, 2, 1)


@silent("back-off")
def doubled(record: Record) -> None:
    _knocks(record, 1, 2, 4, 8)


@silent("back-off")
def let_in_at_last(record: Record) -> None:
    _knocks(record, 1, 1)
    record.opened(9)
    _knocks(record, 1, 1)


@silent("back-off")
def slow_from_the_beginning(record: Record) -> None:
    _knocks(record, 90, 90, 90, 90)


# ---- the tables at work ---------------------------------------------------------------------------


@pytest.mark.parametrize(("rule", "version", "sut", "story"), _flat(FIRES))
def test_the_rule_fires(rule: str, version: Version, sut: Role, story: Story) -> None:
    record = Record(version, sut)
    story(record)
    found = [finding for finding in record.findings() if finding.rule.id == rule]
    assert found
    for finding in found:
        assert finding.events
        assert max(finding.events) < len(record.journal)
        assert finding.rule.source in str(finding)


@pytest.mark.parametrize(("rule", "version", "sut", "story"), _flat(SILENT))
def test_the_rule_is_silent(rule: str, version: Version, sut: Role, story: Story) -> None:
    record = Record(version, sut)
    story(record)
    assert [str(finding) for finding in record.findings() if finding.rule.id == rule] == []
    assert len(record.journal)


def test_every_rule_is_seen_both_ways() -> None:
    ids = {rule.id for rule in all_rules()}
    assert ids == set(FIRES)
    assert ids == set(SILENT)


def test_a_silent_story_is_about_its_rule() -> None:
    """A story that is silent because its rule does not watch there at all would prove nothing."""
    for rule, cases in SILENT.items():
        for name, version, sut, _ in cases:
            watched = {r.id for watcher in watchers(DIALECTS[version], sut, Limits()) for r in watcher.rules}
            assert rule in watched, name


# ---- the monitor as a whole -----------------------------------------------------------------------


def test_reading_in_pieces_finds_the_same() -> None:
    record = Record()
    monitor = Monitor(record.transcript, "station", Limits())
    booted(record, "Pending")
    assert monitor.review() == []
    status(record)
    assert [finding.rule.id for finding in monitor.review()] == ["readiness"]
    assert monitor.review() == []
    assert [finding.rule.id for finding in monitor.finish(round(record.now * SECOND))] == ["readiness"]
    assert record.rules() == {"readiness"}


def test_an_unanswered_call_is_found_when_the_scenario_ends() -> None:
    record = Record()
    record.ours(2, "1", "ClearCache", {})
    assert record.rules(later=29) == set()
    assert record.rules(later=31) == {"unanswered"}
    assert record.rules(Limits(answer=60 * SECOND), later=31) == set()


def test_our_own_breaches_are_nobodys_fault() -> None:
    record = Record()
    record.ours(2, "1", "Reset", {"type": None})
    record.ours(2, "1", "ClearCache", {"x": 1})
    record.text("[", OUT)
    record.ours(3, "nobody asked", {})
    assert record.rules() == set()


def test_only_a_shall_fails_the_product() -> None:
    record = Record("1.6")
    record.theirs(2, "1", "Heartbeat", {})
    record.theirs(2, "2", "Heartbeat", {"x": 1})
    found = record.findings()
    assert {finding.rule.severity for finding in found} == {Severity.SHALL, Severity.SHOULD}
    assert [finding.rule.id for finding in breaches(found)] == ["schema"]


def test_rules_say_what_and_why() -> None:
    for rule in all_rules():
        assert rule.title.startswith(("It ", "Its ", "A ", "An ", "seqNo ", "TransactionEvents ", "MeterValues "))
        assert rule.source
