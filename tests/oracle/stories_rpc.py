"""Frames, schema, ids, direction: when those rules fire and when they are silent."""

from __future__ import annotations

from harness.journal import Binary, Note
from tests.oracle.bench import OUT, Record
from tests.oracle.stories import BOOT, fires, silent, status

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
def ours_in_binary_is_not_judged(record: Record) -> None:
    record.add(Binary(OUT, b"\x00"))


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


@fires("null-member")
def null_in_a_list(record: Record) -> None:
    status(record, customData={"vendorId": "v", "list": ["a", None]})


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


@fires("unique-id")
def same_id_after_a_connection_from_before(record: Record) -> None:
    record.adopted()
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
def a_retry_that_was_queued_meanwhile_says_so(record: Record) -> None:
    """E12.FR.02: what waited for the connection is offline; it may keep its id (4.1.4)."""
    event = {"eventType": "Started", "timestamp": record.wall(), "triggerReason": "Trigger", "seqNo": 0,
             "transactionInfo": {"transactionId": "T"}}
    record.opened(1)
    record.theirs(2, "1", "TransactionEvent", event)
    record.ended(1)
    record.opened(2)
    record.theirs(2, "1", "TransactionEvent", event | {"offline": True}, link=2)


@silent("unique-id")
def a_retry_whose_answer_was_lost_with_the_connection(record: Record) -> None:
    record.opened(1)
    record.theirs(2, "1", "Heartbeat", {})
    record.ours(3, "1", {"currentTime": record.wall()})
    record.ended(1)
    record.opened(2)
    record.theirs(2, "1", "Heartbeat", {}, link=2)


@silent("unique-id")
def a_retry_after_a_callerror_keeps_its_id(record: Record) -> None:
    record.theirs(2, "1", "Heartbeat", {})
    record.ours(4, "1", "InternalError", "", {})
    record.theirs(2, "1", "Heartbeat", {}, after=31)


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


@fires("one-open-call")
def its_answer_to_us_ends_no_turn(record: Record) -> None:
    record.theirs(2, "1", "Heartbeat", {})
    record.ours(2, "2", "ClearCache", {})
    record.theirs(3, "2", {"status": "Accepted"})
    record.theirs(2, "3", "Heartbeat", {}, after=0.01)


@fires("one-open-call")
def another_connection_that_ends_ends_no_turn(record: Record) -> None:
    record.theirs(2, "1", "Heartbeat", {})
    record.add(Note("wire", "something else"))
    record.ended(2)
    record.theirs(2, "3", "Heartbeat", {}, after=0.01)


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


@silent("direction")
def an_answer_to_nobody_is_no_request(record: Record) -> None:
    record.theirs(3, "1", {})


@silent("direction", "1.6")
def data_transfer_goes_both_ways(record: Record) -> None:
    record.theirs(2, "1", "DataTransfer", {"vendorId": "v"})


@silent("direction", "1.6", "csms")
def data_transfer_goes_both_ways_too(record: Record) -> None:
    record.theirs(2, "1", "DataTransfer", {"vendorId": "v"})


@silent("direction", "1.6")
def a_message_of_the_security_extension(record: Record) -> None:
    record.theirs(2, "1", "SecurityEventNotification", {"type": "x", "timestamp": record.wall()})
