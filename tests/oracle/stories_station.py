"""Readiness, clocks, transactions: when those rules fire and when they are silent."""

from __future__ import annotations

from tests.oracle.bench import Record
from tests.oracle.stories import BOOT, booted, fires, silent, status, triggered

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
    triggered(record, "Heartbeat")
    status(record)


@fires("readiness")
def what_was_asked_before_a_reboot_does_not_count_after_it(record: Record) -> None:
    booted(record)
    triggered(record, "StatusNotification")
    status(record)
    record.theirs(2, "again", "BootNotification", BOOT, after=60)
    status(record)


@fires("readiness")
def the_second_boot_after_a_trigger_is_a_reboot(record: Record) -> None:
    booted(record)
    triggered(record, "BootNotification")
    booted(record, identity="triggered")
    record.theirs(2, "again", "BootNotification", BOOT, after=60)
    status(record)


@fires("readiness")
def what_was_asked_while_pending_does_not_count_once_rejected(record: Record) -> None:
    booted(record, "Pending")
    triggered(record, "StatusNotification")
    booted(record, "Rejected", "again")
    status(record)


@fires("readiness")
def a_connection_from_before_that_was_not_accepted(record: Record) -> None:
    record.adopted(accepted=False)
    triggered(record, "BootNotification")
    record.theirs(2, "b", "BootNotification", BOOT, after=1)
    status(record)


@silent("readiness")
def a_connection_from_before(record: Record) -> None:
    record.adopted()
    triggered(record, "BootNotification")
    record.theirs(2, "b", "BootNotification", BOOT, after=1)
    status(record)


@silent("readiness")
def other_answers_let_nobody_out(record: Record) -> None:
    booted(record)
    record.theirs(2, "h", "Heartbeat", {}, after=1)
    record.ours(3, "h", {"currentTime": record.wall()})
    status(record)


@silent("readiness")
def after_accepted(record: Record) -> None:
    booted(record)
    status(record)


@fires("readiness")
def a_report_that_nobody_asked_for(record: Record) -> None:
    booted(record, "Pending")
    record.ours(2, "v", "GetVariables", {"getVariableData": []})
    record.theirs(3, "v", {"getVariableResult": []})
    record.theirs(2, "1", "NotifyReport", {"requestId": 1, "generatedAt": record.wall(), "seqNo": 0})


@silent("readiness")
def asked_for_while_pending(record: Record) -> None:
    booted(record, "Pending")
    triggered(record, "StatusNotification")
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
    triggered(record, "SignChargePointCertificate", "ExtendedTriggerMessage")
    record.theirs(2, "1", "SignCertificate", {"csr": "x"})


@silent("readiness")
def a_triggered_boot_is_no_reboot(record: Record) -> None:
    booted(record)
    triggered(record, "BootNotification")
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


@fires("timestamp-decimals")
def four_decimals_of_a_reading(record: Record) -> None:
    reading = {"timestamp": "2027-01-15T08:00:00.0001Z", "sampledValue": [{"value": 7}]}
    record.theirs(2, "1", "MeterValues", {"evseId": 1, "meterValue": [reading]})


@fires("timestamp-decimals")
def four_decimals_of_an_answer(record: Record) -> None:
    schedule = {"evseId": 1, "duration": 60, "scheduleStart": "2027-01-15T08:00:00.1234Z", "chargingRateUnit": "A",
                "chargingSchedulePeriod": [{"startPeriod": 0, "limit": 16}]}
    record.ours(2, "1", "GetCompositeSchedule", {"duration": 60, "evseId": 1})
    record.theirs(3, "1", {"status": "Accepted", "schedule": schedule})


@fires("timestamp-decimals", sut="csms")
def microseconds_deep_in_a_profile(record: Record) -> None:
    schedule = {"id": 1, "chargingRateUnit": "A", "startSchedule": "2027-01-15T08:00:00.123456Z",
                "chargingSchedulePeriod": [{"startPeriod": 0, "limit": 16}]}
    profile = {"id": 1, "stackLevel": 0, "chargingProfilePurpose": "TxDefaultProfile",
               "chargingProfileKind": "Absolute", "chargingSchedule": [schedule]}
    record.theirs(2, "1", "SetChargingProfile", {"evseId": 1, "chargingProfile": profile})


@silent("timestamp-decimals")
def what_is_no_time_by_the_schema(record: Record) -> None:
    text = "2027-01-15T08:00:00.123456Z"
    status(record, customData={"vendorId": "v", "timestamp": text})
    record.theirs(2, "1", "DataTransfer", {"vendorId": "v", "data": text})
    record.theirs(2, "2", "SecurityEventNotification", {"type": "x", "timestamp": record.wall(), "techInfo": text})
    record.theirs(2, "3", "Nonsense", {"timestamp": text})
    record.theirs(3, "nobody asked", {"currentTime": text})
    record.ours(2, "4", "GetCompositeSchedule", {"duration": 60, "evseId": 1})
    record.theirs(4, "4", "InternalError", "", {"schedule": {"scheduleStart": text}})


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


def _told(record: Record, shift: float) -> None:
    name = f"h{len(record.journal)}"
    record.theirs(2, name, "Heartbeat", {}, after=1)
    record.ours(3, name, {"currentTime": record.wall(shift)})


@fires("timestamp-skew")
def it_never_takes_the_time_it_is_told(record: Record) -> None:
    _told(record, 7200)
    _told(record, 7200)
    status(record)


@silent("timestamp-skew")
def it_takes_the_time_it_is_told(record: Record) -> None:
    _told(record, 7200)
    status(record, timestamp=record.wall(7200))


@silent("timestamp-skew")
def it_keeps_the_time_it_was_told_before(record: Record) -> None:
    _told(record, 7200)
    status(record)


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


def _two(record: Record, first: str, second: str) -> None:
    """Events one after the other, with these times."""
    _event(record, 0, "Started", timestamp=first)
    _event(record, 1, timestamp=second)


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


@fires("told-twice")
def the_same_event_again_as_if_it_had_waited(record: Record) -> None:
    _event(record, 0, "Started", timestamp="2027-01-15T08:00:01Z")
    _event(record, 0, "Started", timestamp="2027-01-15T08:00:01Z", offline=True)


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


@fires("seq-no")
def the_same_number_for_two_that_were_queued(record: Record) -> None:
    _event(record, 5, offline=True)
    _event(record, 5, offline=True, triggerReason="MeterValuePeriodic")


@silent("seq-no")
def dropped_before_the_first_that_was_queued(record: Record) -> None:
    _event(record, 0, "Started")
    _event(record, 2, offline=True)


@silent("seq-no")
def dropped_after_the_last_that_was_queued(record: Record) -> None:
    _event(record, 0, "Started")
    _event(record, 1, offline=True)
    _event(record, 3)


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
    _event(record, 0, "Started", timestamp="2027-01-15T09:00:00Z")
    record.theirs(2, "beat", "Heartbeat", {})
    record.ours(3, "beat", {"currentTime": "2027-01-15T08:00:00Z"})
    _event(record, 1, timestamp="2027-01-15T08:00:01Z")


@silent("event-order")
def queued_by_a_clock_that_was_ahead(record: Record) -> None:
    _event(record, 0, "Started", offline=True, timestamp="2027-01-15T09:00:00Z")
    _event(record, 1, timestamp="2027-01-15T08:00:01Z")


@silent("event-order")
def equal_times(record: Record) -> None:
    _event(record, 0, "Started", timestamp="2027-01-15T08:00:00Z")
    _event(record, 1, timestamp="2027-01-15T08:00:00Z")
    _event(record, 2, "Ended", timestamp="2027-01-15T10:00:00+02:00")
