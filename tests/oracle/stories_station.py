"""Readiness and clocks: when those rules fire and when they are silent."""

from __future__ import annotations

from tests.oracle.bench import Record
from tests.oracle.stories import BOOT, booted, fires, silent, status, transaction_event, triggered

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
    transaction_event(record, 0, "Started", offline=True, timestamp=record.wall(3600))


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
    transaction_event(record, 0, "Started", offline=True, timestamp=record.wall(-3600))


@silent("timestamp-skew", "1.6")
def a_queued_start(record: Record) -> None:
    record.theirs(2, "1", "StartTransaction", {"connectorId": 1, "idTag": "A", "meterStart": 0,
                                               "timestamp": record.wall(-3600)})
