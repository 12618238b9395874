"""Transactions, their numbers and their order: when those rules fire and when they are silent."""

from __future__ import annotations

from tests.oracle.bench import Record
from tests.oracle.stories import fires, silent, transaction_event


def _two(record: Record, first: str, second: str) -> None:
    """Events one after the other, with these times."""
    transaction_event(record, 0, "Started", timestamp=first)
    transaction_event(record, 1, timestamp=second)


@fires("seq-no")
def a_number_left_out(record: Record) -> None:
    transaction_event(record, 0, "Started")
    transaction_event(record, 2)


@fires("seq-no")
def a_number_twice(record: Record) -> None:
    transaction_event(record, 0, "Started")
    transaction_event(record, 1)
    transaction_event(record, 1, triggerReason="MeterValuePeriodic")


@fires("told-twice")
def the_same_event_again_though_it_was_answered(record: Record) -> None:
    transaction_event(record, 0, "Started")
    transaction_event(record, 1, timestamp="2027-01-15T08:00:01Z")
    transaction_event(record, 1, timestamp="2027-01-15T08:00:01Z")


@fires("told-twice")
def the_same_event_again_as_if_it_had_waited(record: Record) -> None:
    transaction_event(record, 0, "Started", timestamp="2027-01-15T08:00:01Z")
    transaction_event(record, 0, "Started", timestamp="2027-01-15T08:00:01Z", offline=True)


@fires("seq-no")
def a_start_that_is_not_0(record: Record) -> None:
    transaction_event(record, 1, "Started")


@fires("seq-no")
def backwards_even_when_offline(record: Record) -> None:
    transaction_event(record, 5, offline=True)
    transaction_event(record, 4, offline=True)


@silent("seq-no")
def one_by_one_in_two_transactions(record: Record) -> None:
    for number, kind in enumerate(["Started", "Updated", "Ended"]):
        transaction_event(record, number, kind, "T")
        transaction_event(record, number, kind, "U")


@silent("seq-no")
def met_in_the_middle(record: Record) -> None:
    transaction_event(record, 7)
    transaction_event(record, 8)


@fires("seq-no")
def the_same_number_for_two_that_were_queued(record: Record) -> None:
    transaction_event(record, 5, offline=True)
    transaction_event(record, 5, offline=True, triggerReason="MeterValuePeriodic")


@silent("seq-no")
def dropped_before_the_first_that_was_queued(record: Record) -> None:
    transaction_event(record, 0, "Started")
    transaction_event(record, 2, offline=True)


@silent("seq-no")
def dropped_after_the_last_that_was_queued(record: Record) -> None:
    transaction_event(record, 0, "Started")
    transaction_event(record, 1, offline=True)
    transaction_event(record, 3)


@silent("seq-no")
def dropped_while_offline(record: Record) -> None:
    transaction_event(record, 0, "Started")
    transaction_event(record, 1, offline=True)
    transaction_event(record, 3, offline=True)


@silent("seq-no")
def a_retry_without_answer(record: Record) -> None:
    transaction_event(record, 0, "Started")
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


@silent("told-twice", "1.6")
def again_after_an_answer_that_is_none(record: Record) -> None:
    payload = {"connectorId": 1, "idTag": "A", "meterStart": 0, "timestamp": record.wall()}
    record.theirs(2, "1", "StartTransaction", payload)
    record.ours(3, "1", {"transactionId": 1})
    record.theirs(2, "2", "StartTransaction", payload)


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
    transaction_event(record, 0, "Started", timestamp="2027-01-15T08:00:00Z")
    record.ended()
    transaction_event(record, 0, "Started", timestamp="2027-01-15T08:00:00Z", link=2)


@fires("event-order")
def after_ended(record: Record) -> None:
    transaction_event(record, 0, "Started")
    transaction_event(record, 1, "Ended")
    transaction_event(record, 2)


@fires("event-order")
def a_second_started(record: Record) -> None:
    transaction_event(record, 0, "Started")
    transaction_event(record, 1, "Started")


@fires("event-order")
def older_than_the_one_before(record: Record) -> None:
    _two(record, "2027-01-15T09:00:00Z", "2027-01-15T08:00:00Z")


@fires("event-order")
def older_though_the_clock_was_set_before_both(record: Record) -> None:
    record.theirs(2, "beat", "Heartbeat", {})
    record.ours(3, "beat", {"currentTime": record.wall()})
    older_than_the_one_before(record)


@fires("event-order")
def older_by_more_than_what_was_cut_off(record: Record) -> None:
    _two(record, "2027-01-15T08:00:02.000Z", "2027-01-15T08:00:00Z")


@fires("event-order")
def older_by_a_fraction_that_is_told(record: Record) -> None:
    _two(record, "2027-01-15T08:00:01.700Z", "2027-01-15T08:00:01.000Z")


@fires("event-order")
def older_by_a_thousandth(record: Record) -> None:
    _two(record, "2027-01-15T08:00:01.700Z", "2027-01-15T08:00:01.699Z")


@silent("event-order")
def fractions_are_cut_off_here_and_told_there(record: Record) -> None:
    _two(record, "2027-01-15T08:00:01.700Z", "2027-01-15T08:00:01Z")


@silent("event-order")
def the_clock_was_set_back_between_two(record: Record) -> None:
    transaction_event(record, 0, "Started", timestamp="2027-01-15T09:00:00Z")
    record.theirs(2, "beat", "Heartbeat", {})
    record.ours(3, "beat", {"currentTime": "2027-01-15T08:00:00Z"})
    transaction_event(record, 1, timestamp="2027-01-15T08:00:01Z")


@silent("event-order")
def queued_by_a_clock_that_was_ahead(record: Record) -> None:
    transaction_event(record, 0, "Started", offline=True, timestamp="2027-01-15T09:00:00Z")
    transaction_event(record, 1, timestamp="2027-01-15T08:00:01Z")


@silent("event-order")
def equal_times(record: Record) -> None:
    transaction_event(record, 0, "Started", timestamp="2027-01-15T08:00:00Z")
    transaction_event(record, 1, timestamp="2027-01-15T08:00:00Z")
    transaction_event(record, 2, "Ended", timestamp="2027-01-15T10:00:00+02:00")
