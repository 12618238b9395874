"""The practice station for OCPP 2.0.1: authorisation, transactions, meter values, and the queue."""

from __future__ import annotations

from typing import Any

import pytest

from harness.rpc.link import SECOND
from tests.reference.station201_bench import ACCEPTED, INVALID, TOKEN, Bench, booted


def present(bench: Bench, token: str = "VALID", evse: int = 1) -> None:
    bench.ask("present", token=token, type="ISO14443", evse=evse)


def info(status: str = "Accepted", group: str = "") -> dict[str, Any]:
    found: dict[str, Any] = {"status": status}
    if group:
        found["groupIdToken"] = {"idToken": group, "type": "Central"}
    return {"idTokenInfo": found}


def points(bench: Bench, start: str | None = None, stop: str | None = None) -> None:
    for name, value in (("TxStartPoint", start), ("TxStopPoint", stop)):
        if value is not None:
            assert bench.set("TxCtrlr", name, value) == "Accepted"
    bench.clear()


# ---- the ordinary session


def test_cable_first() -> None:
    bench = booted()
    bench.charge()
    bench.wait(3600)
    present(bench)
    bench.ask("unplug", evse=1)
    assert bench.actions == [
        "StatusNotification", "TransactionEvent", "Authorize", "TransactionEvent", "TransactionEvent",
        *["Heartbeat"] * 12, "TransactionEvent", "StatusNotification",
    ]  # fmt: skip
    assert bench.story == [
        ("Started", "CablePluggedIn"), ("Updated", "Authorized"), ("Updated", "ChargingStateChanged"),
        ("Ended", "StopAuthorized"),
    ]  # fmt: skip
    events = bench.events
    assert [event["seqNo"] for event in events] == [0, 1, 2, 3]
    assert len({event["transactionInfo"]["transactionId"] for event in events}) == 1
    states = [event["transactionInfo"]["chargingState"] for event in events]
    assert states == ["EVConnected", "EVConnected", "Charging", "EVConnected"]
    assert [event.get("evse") for event in events] == [{"id": 1, "connectorId": 1}, None, None, None]
    assert [event.get("idToken") for event in events] == [None, TOKEN, None, TOKEN]
    assert events[-1]["transactionInfo"]["stoppedReason"] == "Local"
    assert not any("offline" in event for event in events)


def test_the_register_is_read_at_begin_and_end() -> None:
    bench = booted(meter_power=11_000, meter_start=500)
    bench.charge()
    bench.wait(3600)
    present(bench)
    readings = [event["meterValue"][0]["sampledValue"][0] for event in bench.events if "meterValue" in event]
    assert [(reading["context"], reading["value"]) for reading in readings] == [
        ("Transaction.Begin", 500), ("Transaction.End", 11_500),
    ]  # fmt: skip
    bench.clear()
    bench.ask("unplug", evse=1)
    bench.charge()
    assert bench.events[0]["meterValue"][0]["sampledValue"][0]["value"] == 11_500


def test_token_first() -> None:
    bench = booted()
    present(bench)
    bench.ask("plug_in", evse=1, connector=1)
    assert bench.story == [
        ("Started", "Authorized"), ("Updated", "CablePluggedIn"), ("Updated", "ChargingStateChanged"),
    ]  # fmt: skip
    first, second, third = bench.events
    assert (first["idToken"], first["evse"]) == (TOKEN, {"id": 1})
    assert (second["evse"], second["transactionInfo"]["chargingState"]) == ({"id": 1, "connectorId": 1}, "EVConnected")
    assert (third["transactionInfo"]["chargingState"], third["numberOfPhasesUsed"]) == ("Charging", 3)


def test_nobody_plugs_in() -> None:
    bench = booted(connection_timeout=30)
    present(bench)
    bench.wait(29)
    assert bench.story == [("Started", "Authorized")]
    bench.wait(2)
    assert bench.story[1:] == [("Ended", "EVConnectTimeout")]
    assert bench.events[-1]["transactionInfo"]["stoppedReason"] == "Timeout"
    bench.clear()
    bench.ask("plug_in", evse=1, connector=1)
    bench.wait(10)
    assert bench.story == [("Started", "CablePluggedIn")]  # no energy


def test_nobody_plugs_in_while_the_bay_decides() -> None:
    bench = booted(connection_timeout=30, bay_sensor=True)
    points(bench, "ParkingBayOccupancy", "ParkingBayOccupancy")
    bench.ask("park", evse=1)
    present(bench)
    bench.wait(31)
    bench.ask("leave", evse=1)
    assert bench.story == [
        ("Started", "EVDetected"), ("Updated", "Authorized"), ("Updated", "EVConnectTimeout"), ("Ended", "EVDeparted"),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("start", "story"),
    [
        (
            "EVConnected",
            [("Started", "CablePluggedIn"), ("Updated", "Authorized"), ("Updated", "ChargingStateChanged")],
        ),
        ("Authorized", [("Started", "Authorized"), ("Updated", "ChargingStateChanged")]),
        ("PowerPathClosed", [("Started", "Authorized"), ("Updated", "ChargingStateChanged")]),
        ("EnergyTransfer", [("Started", "ChargingStateChanged")]),
        ("DataSigned", [("Started", "SignedDataReceived"), ("Updated", "ChargingStateChanged")]),
        (
            "ParkingBayOccupancy",
            [("Started", "EVDetected"), ("Updated", "CablePluggedIn"), ("Updated", "Authorized"),
             ("Updated", "ChargingStateChanged")],
        ),
    ],
)  # fmt: skip
def test_where_a_transaction_starts(start: str, story: list[tuple[str, str]]) -> None:
    bench = booted(bay_sensor=True)
    points(bench, start)
    bench.set("SampledDataCtrlr", "SignReadings", "true")
    bench.ask("park", evse=1)
    bench.charge()
    assert bench.story == story
    assert [event["seqNo"] for event in bench.events] == list(range(len(story)))
    assert sum("idToken" in event for event in bench.events) == 1
    assert sum("evse" in event for event in bench.events) == (2 if start == "ParkingBayOccupancy" else 1)


def test_power_path_closed_by_the_cable() -> None:
    bench = booted()
    points(bench, "PowerPathClosed")
    present(bench)
    assert bench.story == []
    bench.ask("plug_in", evse=1, connector=1)
    assert bench.story == [("Started", "CablePluggedIn"), ("Updated", "ChargingStateChanged")]
    assert bench.events[0]["idToken"] == TOKEN


@pytest.mark.parametrize(
    ("stop", "ends"),
    [
        ("Authorized", 0), ("PowerPathClosed", 0), ("EnergyTransfer", 0),
        ("DataSigned", 0), ("EVConnected", 1), ("ParkingBayOccupancy", 2),
    ],
)  # fmt: skip
def test_where_a_transaction_ends(stop: str, ends: int) -> None:
    bench = booted(bay_sensor=True)
    points(bench, "ParkingBayOccupancy,EVConnected", stop)
    bench.ask("park", evse=1)
    bench.charge()
    acts = [lambda: present(bench), lambda: bench.ask("unplug", evse=1), lambda: bench.ask("leave", evse=1)]
    for number, act in enumerate(acts):
        act()
        assert (bench.events[-1]["eventType"] == "Ended") == (number >= ends)
    last = bench.events[-1]
    assert last["transactionInfo"]["stoppedReason"] == "Local"
    expected = ["StopAuthorized", "EVCommunicationLost", "EVDeparted"][ends]
    assert last["triggerReason"] == ("SignedDataReceived" if stop == "DataSigned" else expected)
    if ends:
        middle = [(e["triggerReason"], e["transactionInfo"]["chargingState"]) for e in bench.events]
        assert ("ChargingStateChanged", "EVConnected") in middle


@pytest.mark.parametrize(
    ("stop", "event"), [("EnergyTransfer", ("Ended", "EVConnected")), ("EVConnected", ("Updated", "SuspendedEV"))]
)
def test_the_ev_pauses(stop: str, event: tuple[str, str]) -> None:
    bench = booted()
    points(bench, None, stop)
    bench.charge()
    bench.ask("ev_suspend", evse=1)
    last = bench.events[-1]
    assert (last["eventType"], last["transactionInfo"]["chargingState"]) == event
    assert last["triggerReason"] == "ChargingStateChanged"
    if stop == "EnergyTransfer":
        assert last["transactionInfo"]["stoppedReason"] == "StoppedByEV"
        return
    bench.ask("ev_resume", evse=1)
    assert bench.events[-1]["transactionInfo"]["chargingState"] == "Charging"


@pytest.mark.parametrize("deauthorises", [True, False])
def test_the_cable_is_pulled(deauthorises: bool) -> None:
    bench = booted()
    points(bench, "Authorized", "Authorized")
    bench.set("TxCtrlr", "StopTxOnEVSideDisconnect", str(deauthorises).lower())
    bench.charge()
    bench.clear()
    bench.ask("unplug", evse=1)
    last = bench.events[-1]
    assert (last["triggerReason"], last["transactionInfo"]["chargingState"]) == ("EVCommunicationLost", "Idle")
    if deauthorises:
        assert last["transactionInfo"]["stoppedReason"] == "EVDisconnected"
        return
    bench.ask("plug_in", evse=1, connector=1)
    assert bench.story == [
        ("Updated", "EVCommunicationLost"), ("Updated", "CablePluggedIn"), ("Updated", "ChargingStateChanged"),
    ]  # fmt: skip


def test_the_stop_button_and_a_fault() -> None:
    bench = booted(evses=2)
    bench.charge()
    bench.ask("stop_button", evse=1)
    assert bench.story[-1] == ("Ended", "StopAuthorized")
    bench.ask("plug_in", evse=2, connector=1)
    bench.clear()
    bench.ask("fault", evse=2, connector=1)
    assert bench.story == [("Ended", "AbnormalCondition")]
    assert bench.statuses == [(2, 1, "Faulted")]
    bench.ask("clear_fault", evse=2, connector=1)
    assert bench.statuses[1:] == [(2, 1, "Occupied")]


def test_two_transactions_have_two_ids_even_after_a_reboot() -> None:
    bench = booted()
    bench.charge()
    first = bench.events[0]["transactionInfo"]["transactionId"]
    present(bench)
    bench.ask("unplug", evse=1)
    bench.ask("reboot")
    bench.wait(5)
    bench.clear()
    bench.charge()
    assert bench.events[0]["transactionInfo"]["transactionId"] != first
    assert bench.events[0]["seqNo"] == 0


def test_a_cable_plugged_in_before_acceptance_starts_a_transaction_then() -> None:
    bench = Bench()
    bench.ask("plug_in", evse=1, connector=1)
    bench.boot()
    assert bench.statuses == [(1, 1, "Occupied")]
    assert bench.story == [("Started", "CablePluggedIn")]


# ---- authorisation


@pytest.mark.parametrize("status", ["Invalid", "Blocked", "Expired", "Unknown", "NoCredit"])
def test_a_refused_token_starts_nothing(status: str) -> None:
    bench = booted()
    bench.answers["Authorize"] = info(status)
    present(bench)
    assert bench.actions == ["Authorize"]


def test_another_token_stops_only_with_the_same_group() -> None:
    bench = booted()
    groups = {"VALID": "FAMILY", "COUSIN": "FAMILY", "STRANGER": "OTHERS"}
    bench.answers["Authorize"] = lambda request: info("Accepted", groups[request["idToken"]["idToken"]])
    bench.answers["TransactionEvent"] = lambda request: info("Accepted", "FAMILY") if "idToken" in request else {}
    bench.charge()
    bench.clear()
    present(bench, "STRANGER")
    assert bench.actions == ["Authorize"]
    present(bench, "COUSIN")
    assert bench.story == [("Ended", "StopAuthorized")]


def test_a_group_member_that_is_not_accepted_stops_nothing() -> None:
    bench = booted()
    bench.answers["Authorize"] = lambda request: info(
        "Accepted" if request["idToken"]["idToken"] == "VALID" else "Blocked", "FAMILY"
    )
    bench.answers["TransactionEvent"] = lambda request: info("Accepted", "FAMILY") if "idToken" in request else {}
    bench.charge()
    bench.clear()
    present(bench, "COUSIN")
    assert bench.actions == ["Authorize"]


def test_the_master_pass_stops_everything_and_starts_nothing() -> None:
    bench = booted(evses=2)
    bench.set("AuthCtrlr", "MasterPassGroupId", "MASTERS")
    masters = info("Accepted", "MASTERS")
    bench.answers["Authorize"] = lambda request: masters if request["idToken"]["idToken"] == "MASTER" else ACCEPTED
    present(bench, "MASTER")
    assert bench.events == []
    bench.charge()
    bench.ask("plug_in", evse=2, connector=1)
    present(bench, "OTHER", 2)
    bench.clear()
    present(bench, "MASTER")
    assert bench.story == [("Ended", "StopAuthorized")] * 2
    assert {event["transactionInfo"]["stoppedReason"] for event in bench.events} == {"MasterPass"}
    assert {event["idToken"]["idToken"] for event in bench.events} == {"MASTER"}


@pytest.mark.parametrize(("trusted", "asks"), [("true", 0), ("false", 1)])
def test_the_cache_saves_a_question_where_it_may(trusted: str, asks: int) -> None:
    bench = booted()
    bench.set("AuthCtrlr", "LocalPreAuthorize", trusted)
    bench.charge()
    present(bench)
    bench.ask("unplug", evse=1)
    bench.clear()
    bench.charge()
    assert len(bench.of("Authorize")) == asks
    assert bench.story[-1] == ("Updated", "ChargingStateChanged")


def test_a_cached_refusal_is_asked_about_again_and_clearing_forgets() -> None:
    bench = booted()
    bench.set("AuthCtrlr", "LocalPreAuthorize", "true")
    bench.answers["Authorize"] = INVALID
    present(bench)
    bench.answers["Authorize"] = ACCEPTED
    bench.clear()
    present(bench)
    assert bench.actions == ["Authorize", "TransactionEvent"]
    bench.ask("stop_button", evse=1)
    assert bench.call("ClearCache") == {"status": "Accepted"}
    bench.clear()
    present(bench)
    assert bench.actions[0] == "Authorize"


def test_a_cache_entry_expires() -> None:
    bench = booted()
    bench.set("AuthCtrlr", "LocalPreAuthorize", "true")
    bench.set("AuthCacheCtrlr", "LifeTime", "60")
    bench.charge()
    present(bench)
    bench.wait(61)
    bench.clear()
    present(bench)
    assert bench.actions[0] == "Authorize"


def _list(bench: Bench, version: int, kind: str, *entries: tuple[str, str | None]) -> str:
    data = [
        {"idToken": {"idToken": name, "type": "ISO14443"}} | ({"idTokenInfo": {"status": status}} if status else {})
        for name, status in entries
    ]
    payload: dict[str, Any] = {"versionNumber": version, "updateType": kind}
    if data:
        payload["localAuthorizationList"] = data
    return str(bench.call("SendLocalList", **payload)["status"])


def test_the_local_list() -> None:
    bench = booted()
    version = lambda: bench.call("GetLocalListVersion")["versionNumber"]  # noqa: E731
    assert version() == 0
    assert _list(bench, 3, "Full", ("A", "Accepted"), ("B", "Blocked")) == "Accepted"
    assert _list(bench, 3, "Differential", ("C", "Accepted")) == "VersionMismatch"
    assert _list(bench, 4, "Differential", ("A", None), ("C", "Accepted")) == "Accepted"
    assert _list(bench, 5, "Full", ("A", "Accepted"), ("A", "Blocked")) == "Failed"
    assert _list(bench, 0, "Full") == "Failed"
    assert version() == 4
    bench.ask("reboot")
    bench.wait(5)
    assert version() == 4
    bench.set("AuthCtrlr", "LocalPreAuthorize", "true")
    bench.clear()
    present(bench, "C")
    assert bench.actions == ["TransactionEvent"]
    assert _list(bench, 6, "Full") == "Accepted"
    assert bench.get("LocalAuthListCtrlr", "Entries")["attributeValue"] == "0"


@pytest.mark.parametrize(
    ("token", "unknown", "offline", "starts"),
    [
        ("LISTED", "false", "true", True), ("LISTED", "false", "false", False), ("BLOCKED", "true", "true", False),
        ("STRANGER", "false", "true", False), ("STRANGER", "true", "true", True),
    ],
)  # fmt: skip
def test_who_may_charge_offline(token: str, unknown: str, offline: str, starts: bool) -> None:
    bench = booted()
    _list(bench, 1, "Full", ("LISTED", "Accepted"), ("BLOCKED", "Blocked"))
    bench.set("AuthCtrlr", "OfflineTxForUnknownIdEnabled", unknown)
    bench.set("AuthCtrlr", "LocalAuthorizeOffline", offline)
    bench.drop()
    bench.clear()
    present(bench, token)
    bench.reachable = True
    bench.wait(30)
    assert [event["triggerReason"] for event in bench.events] == (["Authorized"] if starts else [])
    assert all(event["offline"] is True for event in bench.events)


@pytest.mark.parametrize(
    ("stops", "point", "story"),
    [
        ("true", "Authorized", [("Ended", "Deauthorized", "EVConnected")]),
        ("true", "EVConnected",
         [("Updated", "Deauthorized", "Charging"), ("Updated", "ChargingStateChanged", "EVConnected")]),
        ("false", "EVConnected", [("Updated", "ChargingStateChanged", "SuspendedEVSE")]),
    ],
)  # fmt: skip
def test_the_csms_does_not_accept_the_token_of_a_running_transaction(
    stops: str, point: str, story: list[tuple[str, str, str]]
) -> None:
    bench = booted()
    points(bench, None, point)
    bench.set("TxCtrlr", "StopTxOnInvalidId", stops)
    bench.answers["TransactionEvent"] = lambda request: INVALID if "idToken" in request else {}
    bench.charge()
    told = [(e["eventType"], e["triggerReason"], e["transactionInfo"]["chargingState"]) for e in bench.events]
    assert told[3:] == story
    if told[3][0] == "Ended":
        assert bench.events[-1]["transactionInfo"]["stoppedReason"] == "DeAuthorized"


# ---- meter values


def test_sampled_values_come_every_interval() -> None:
    bench = booted(meter_power=3600)
    bench.set("SampledDataCtrlr", "TxUpdatedInterval", "10")
    bench.set("SampledDataCtrlr", "TxUpdatedMeasurands", "Energy.Active.Import.Register,Power.Active.Import")
    bench.charge()
    bench.clear()
    bench.wait(35)
    assert bench.story == [("Updated", "MeterValuePeriodic")] * 3
    values = [event["meterValue"][0]["sampledValue"] for event in bench.events]
    assert [[v["measurand"] for v in value] for value in values] == [
        ["Energy.Active.Import.Register", "Power.Active.Import"]
    ] * 3
    assert {v["context"] for value in values for v in value} == {"Sample.Periodic"}
    assert [value[0]["value"] for value in values] == [1010, 1020, 1030]


def test_samples_for_the_end_are_collected() -> None:
    bench = booted()
    bench.set("SampledDataCtrlr", "TxEndedInterval", "60")
    bench.charge()
    bench.wait(150)
    present(bench)
    contexts = [value["sampledValue"][0]["context"] for value in bench.events[-1]["meterValue"]]
    assert contexts == ["Sample.Periodic", "Sample.Periodic", "Transaction.End"]


def test_clock_aligned_values() -> None:
    bench = booted(evses=2)
    assert bench.set("AlignedDataCtrlr", "Interval", "60") == "Accepted"
    bench.charge()
    bench.clear()
    bench.wait(121)  # the bench begins a millisecond before midnight
    assert [call["evseId"] for call in bench.of("MeterValues")] == [2, 2, 2]
    assert bench.story == [("Updated", "MeterValueClock")] * 3
    stamps = [call["meterValue"][0]["timestamp"] for call in bench.of("MeterValues")]
    assert all(stamp.endswith(":00.000Z") for stamp in stamps)
    assert bench.events[0]["meterValue"][0]["sampledValue"][0]["context"] == "Sample.Clock"


# ---- the queue


def test_an_offline_transaction_is_told_later_in_order_and_marked() -> None:
    bench = booted()
    bench.set("AuthCtrlr", "OfflineTxForUnknownIdEnabled", "true")
    bench.drop()
    bench.clear()
    bench.charge()
    bench.wait(60)
    present(bench)
    bench.ask("unplug", evse=1)
    bench.reachable = True
    bench.wait(300)
    assert bench.story == [
        ("Started", "CablePluggedIn"), ("Updated", "Authorized"), ("Updated", "ChargingStateChanged"),
        ("Ended", "StopAuthorized"),
    ]  # fmt: skip
    assert [event["seqNo"] for event in bench.events] == [0, 1, 2, 3]
    assert all(event["offline"] for event in bench.events)
    stamps = [event["timestamp"] for event in bench.events]
    assert stamps == sorted(stamps)
    assert len(bench.of("TransactionEvent")) == 4


def test_the_queue_survives_a_power_cut_and_so_ends_the_transaction() -> None:
    bench = booted()
    bench.drop()
    bench.clear()
    bench.ask("plug_in", evse=1, connector=1)
    bench.ask("power_off")
    bench.wait(10)
    bench.reachable = True
    bench.ask("power_on")
    assert bench.actions[0] == "BootNotification"
    assert bench.story == [("Started", "CablePluggedIn"), ("Ended", "AbnormalCondition")]
    assert bench.events[1]["transactionInfo"]["stoppedReason"] == "PowerLoss"
    assert all(event["offline"] for event in bench.events)


def test_an_event_that_fails_is_tried_again_ever_later_then_dropped() -> None:
    bench = booted()
    bench.set("OCPPCommCtrlr", "MessageAttempts", "3", "TransactionEvent")
    bench.set("OCPPCommCtrlr", "MessageAttemptInterval", "10", "TransactionEvent")
    bench.answers["TransactionEvent"] = "InternalError"
    bench.clear()
    bench.ask("plug_in", evse=1, connector=1)
    bench.wait(100)
    tries = bench.of("TransactionEvent")
    assert [(call.at - tries[0].at) // SECOND for call in tries] == [0, 10, 30]
    assert len({call.id for call in tries}) == 3
    assert all(call.payload == tries[0].payload for call in tries)
    assert bench.call("GetTransactionStatus") == {"messagesInQueue": False}


def test_a_silent_csms_gets_the_event_again_after_the_timeout() -> None:
    bench = booted(call_timeout=5 * SECOND)
    bench.answers["TransactionEvent"] = None
    bench.ask("plug_in", evse=1, connector=1)
    bench.wait(16)
    tries = bench.of("TransactionEvent")
    assert [(call.at - tries[0].at) // SECOND for call in tries] == [0, 15]


def test_one_call_at_a_time() -> None:
    bench = booted()
    bench.answers["StatusNotification"] = None
    bench.charge()
    assert bench.actions == ["StatusNotification"]
    assert bench.call("GetLocalListVersion") == {"versionNumber": 0}  # and yet it answers


def test_transaction_status() -> None:
    bench = booted()
    bench.charge()
    running = bench.events[0]["transactionInfo"]["transactionId"]
    status = lambda **given: bench.call("GetTransactionStatus", **given)  # noqa: E731
    assert status() == {"messagesInQueue": False}
    assert status(transactionId=running) == {"messagesInQueue": False, "ongoingIndicator": True}
    assert status(transactionId="nobody") == {"messagesInQueue": False, "ongoingIndicator": False}
    bench.answers["TransactionEvent"] = None
    present(bench)
    assert status(transactionId=running) == {"messagesInQueue": True, "ongoingIndicator": False}
    assert status() == {"messagesInQueue": True}
    assert status(transactionId="nobody") == {"messagesInQueue": False, "ongoingIndicator": False}


def test_clock_aligned_readings_for_the_end() -> None:
    bench = booted()
    bench.set("AlignedDataCtrlr", "TxEndedInterval", "60")
    bench.charge()
    bench.wait(150)
    present(bench)
    contexts = [value["sampledValue"][0]["context"] for value in bench.events[-1]["meterValue"]]
    assert contexts == ["Sample.Clock", "Sample.Clock", "Sample.Clock", "Transaction.End"]


def test_without_signed_readings_data_signed_starts_nothing() -> None:
    bench = booted()
    points(bench, "DataSigned")
    bench.charge()
    assert bench.story == []


def test_an_authorisation_cut_off_by_the_connection_can_be_tried_again() -> None:
    bench = booted(reconnect_backoff=SECOND)
    bench.answers["Authorize"] = None
    present(bench)
    bench.drop(reachable=True)
    bench.wait(5)
    bench.answers["Authorize"] = ACCEPTED
    bench.clear()
    present(bench)
    assert bench.actions == ["Authorize", "TransactionEvent"]


def test_a_lost_connection_costs_an_event_no_attempt() -> None:
    bench = booted(reconnect_backoff=SECOND)
    bench.answers["TransactionEvent"] = None
    bench.ask("plug_in", evse=1, connector=1)
    for _ in range(5):
        bench.drop(reachable=True)
        bench.wait(2)
    assert bench.call("GetTransactionStatus") == {"messagesInQueue": True}
    assert len(bench.events) == 6
    assert [event.get("offline") for event in bench.events] == [None, True, True, True, True, True]


def test_another_driver_cannot_take_over_a_stopped_transaction() -> None:
    bench = booted()
    points(bench, None, "EVConnected")
    bench.charge()
    present(bench)
    bench.clear()
    present(bench, "OTHER")
    assert bench.sent == []
    present(bench)
    assert bench.story == [("Updated", "Authorized"), ("Updated", "ChargingStateChanged")]
