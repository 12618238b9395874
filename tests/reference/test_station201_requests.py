"""The practice station for OCPP 2.0.1: what a CSMS may ask of it, and how it refuses."""

from __future__ import annotations

import base64
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from harness.reference.station201.requests import HANDLERS
from harness.rpc.link import SECOND, Close, Connect
from tests.reference.station201_bench import INVALID, TOKEN, Bench, booted

JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False, allow_infinity=False) | st.text(max_size=5),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner, max_size=3),
    max_leaves=8,
)


def start(bench: Bench, remote: int = 7, **more: Any) -> dict[str, Any]:
    given: dict[str, Any] = {"remoteStartId": remote, "idToken": TOKEN, "evseId": 1}
    return bench.call("RequestStartTransaction", **(given | more))


def present(bench: Bench, evse: int = 1) -> None:
    bench.ask("present", token="VALID", type="ISO14443", evse=evse)


# ---- remote start and stop


def test_remote_start_with_the_cable_in() -> None:
    bench = booted()
    bench.ask("plug_in", evse=1, connector=1)
    running = bench.events[0]["transactionInfo"]["transactionId"]
    bench.clear()
    assert start(bench) == {"status": "Accepted", "transactionId": running}
    assert bench.raw[0][0] == 3
    assert bench.actions == ["TransactionEvent"] * 2
    assert bench.story == [("Updated", "RemoteStart"), ("Updated", "ChargingStateChanged")]
    assert bench.events[0]["transactionInfo"]["remoteStartId"] == 7
    assert bench.events[0]["idToken"] == TOKEN
    assert start(bench, 8) == {"status": "Rejected"}


def test_remote_start_before_the_cable() -> None:
    bench = booted(evses=2)
    bench.set("AuthCtrlr", "AuthorizeRemoteStart", "true")
    bench.clear()
    assert bench.call("RequestStartTransaction", remoteStartId=9, idToken=TOKEN) == {"status": "Accepted"}
    bench.ask("plug_in", evse=1, connector=1)
    assert bench.actions[:2] == ["Authorize", "TransactionEvent"]
    assert bench.story == [
        ("Started", "RemoteStart"), ("Updated", "CablePluggedIn"), ("Updated", "ChargingStateChanged"),
    ]  # fmt: skip
    assert bench.events[0]["transactionInfo"]["remoteStartId"] == 9


def test_remote_start_of_a_refused_token() -> None:
    bench = booted()
    bench.set("AuthCtrlr", "AuthorizeRemoteStart", "true")
    bench.answers["Authorize"] = INVALID
    bench.clear()
    assert start(bench) == {"status": "Accepted"}
    assert bench.actions == ["Authorize"]
    central = {"idToken": "VALID", "type": "Central"}
    bench.clear()
    assert start(bench, idToken=central) == {"status": "Accepted"}
    assert bench.actions == ["TransactionEvent"]


def test_remote_start_where_it_cannot_be() -> None:
    bench = booted(evses=2)
    assert start(bench, evseId=5) == {"status": "Rejected"}
    assert start(bench, evseId=0) == {"status": "Rejected"}
    bench.ask("fault", evse=1, connector=1)
    assert start(bench) == {"status": "Rejected"}
    bench.call("ChangeAvailability", operationalStatus="Inoperative", evse={"id": 2})
    assert start(bench, evseId=2) == {"status": "Rejected"}


def test_remote_stop() -> None:
    bench = booted()
    bench.charge()
    running = bench.events[0]["transactionInfo"]["transactionId"]
    bench.clear()
    assert bench.call("RequestStopTransaction", transactionId="nobody") == {"status": "Rejected"}
    assert bench.call("RequestStopTransaction", transactionId=running) == {"status": "Accepted"}
    assert bench.story == [("Ended", "RemoteStop")]
    assert bench.events[0]["transactionInfo"]["stoppedReason"] == "Remote"


def test_unlock() -> None:
    bench = booted()
    unlock = lambda c=1: bench.call("UnlockConnector", evseId=1, connectorId=c)["status"]  # noqa: E731
    assert unlock(4) == "UnknownConnector"
    assert unlock() == "Unlocked"
    bench.ask("jam_lock", evse=1)
    assert unlock() == "UnlockFailed"
    bench.ask("free_lock", evse=1)
    bench.charge()
    bench.clear()
    assert unlock() == "OngoingAuthorizedTransaction"
    assert bench.sent == []
    assert booted(fixed_cable=True).request("UnlockConnector", {"evseId": 1, "connectorId": 1})[2] == "NotSupported"


# ---- triggers


def trigger(bench: Bench, message: str, **evse: int) -> str:
    payload: dict[str, Any] = {"requestedMessage": message}
    if evse:
        payload["evse"] = evse
    bench.clear()
    return str(bench.call("TriggerMessage", **payload)["status"])


@pytest.mark.parametrize("message", ["Heartbeat", "LogStatusNotification", "FirmwareStatusNotification"])
def test_a_trigger_is_answered_and_then_obeyed(message: str) -> None:
    bench = booted()
    assert trigger(bench, message) == "Accepted"
    assert [frame[0] for frame in bench.raw] == [3, 2]
    assert bench.actions == [message]


def test_triggers_that_concern_a_place() -> None:
    bench = booted(evses=2)
    assert trigger(bench, "StatusNotification", id=2, connectorId=1) == "Accepted"
    assert bench.statuses == [(2, 1, "Available")]
    assert trigger(bench, "StatusNotification") == "Rejected"
    assert trigger(bench, "StatusNotification", id=3, connectorId=1) == "Rejected"
    assert trigger(bench, "MeterValues", id=2) == "Accepted"
    assert bench.of("MeterValues")[0]["evseId"] == 2
    assert bench.of("MeterValues")[0]["meterValue"][0]["sampledValue"][0]["context"] == "Trigger"
    assert trigger(bench, "TransactionEvent") == "Rejected"
    bench.charge()
    assert trigger(bench, "TransactionEvent") == "Accepted"
    assert bench.story == [("Updated", "Trigger")]
    assert bench.events[0]["transactionInfo"]["chargingState"] == "Charging"


def test_triggers_it_must_refuse() -> None:
    bench = booted()
    assert trigger(bench, "BootNotification") == "Rejected"
    assert trigger(bench, "SignV2GCertificate") == "NotImplemented"
    assert trigger(bench, "SignCombinedCertificate") == "NotImplemented"
    assert bench.sent == []


# ---- device model


def test_get_variables_says_why_not() -> None:
    bench = booted()
    assert bench.get("OCPPCommCtrlr", "HeartbeatInterval") == {
        "component": {"name": "OCPPCommCtrlr"}, "variable": {"name": "HeartbeatInterval"},
        "attributeType": "Actual", "attributeStatus": "Accepted", "attributeValue": "300",
    }  # fmt: skip
    assert bench.get("heartbeatctrlr", "Interval")["attributeStatus"] == "UnknownComponent"
    assert bench.get("OCPPCommCtrlr", "Interval")["attributeStatus"] == "UnknownVariable"
    target = bench.get("OCPPCommCtrlr", "HeartbeatInterval", attributeType="Target")
    assert (target["attributeType"], target["attributeStatus"]) == ("Target", "NotSupportedAttributeType")
    secret = bench.get("SecurityCtrlr", "BasicAuthPassword")
    assert secret["attributeStatus"] == "Rejected"
    assert "attributeValue" not in secret
    assert bench.get("ocppcommctrlr", "heartbeatinterval")["attributeStatus"] == "Accepted"
    assert bench.get("OCPPCommCtrlr", "MessageAttempts")["attributeStatus"] == "UnknownVariable"  # B06.FR.15
    clock = bench.get("ClockCtrlr", "DateTime")["attributeValue"]
    assert clock.endswith("Z")


@pytest.mark.parametrize(
    ("component", "name", "value", "status"),
    [
        ("OCPPCommCtrlr", "HeartbeatInterval", "60", "Accepted"),
        ("OCPPCommCtrlr", "HeartbeatInterval", "-1", "Rejected"),
        ("OCPPCommCtrlr", "HeartbeatInterval", "soon", "Rejected"),
        ("OCPPCommCtrlr", "HeartbeatInterval", "", "Rejected"),
        ("TxCtrlr", "TxStartPoint", "Authorized,EVConnected", "Accepted"),
        ("TxCtrlr", "TxStartPoint", "Never", "Rejected"),
        ("TxCtrlr", "StopTxOnInvalidId", "yes", "Rejected"),
        ("DeviceDataCtrlr", "Nothing", "1", "UnknownVariable"),
        ("NoCtrlr", "Nothing", "1", "UnknownComponent"),
        ("SecurityCtrlr", "SecurityProfile", "0", "Rejected"),
        ("SecurityCtrlr", "BasicAuthPassword", "short", "Rejected"),
    ],
)
def test_set_variables(component: str, name: str, value: str, status: str) -> None:
    assert booted().set(component, name, value) == status


def test_as_many_results_as_data_and_no_more_than_the_limit() -> None:
    bench = booted()
    one = {"component": {"name": "ClockCtrlr"}, "variable": {"name": "DateTime"}}
    assert len(bench.call("GetVariables", getVariableData=[one] * 50)["getVariableResult"]) == 50
    assert bench.request("GetVariables", {"getVariableData": [one] * 51})[2] == "OccurrenceConstraintViolation"


def test_variables_survive_a_reboot_and_act() -> None:
    bench = booted()
    bench.set("OCPPCommCtrlr", "OfflineThreshold", "17")
    bench.ask("power_off")
    bench.ask("power_on")
    assert bench.get("OCPPCommCtrlr", "OfflineThreshold")["attributeValue"] == "17"
    bench.set("OCPPCommCtrlr", "HeartbeatInterval", "5")
    bench.clear()
    bench.wait(5.5)
    assert bench.actions == ["Heartbeat"]


def test_a_new_password_is_used_at_once() -> None:
    bench = booted(password=b"correct horse battery")
    assert bench.set("SecurityCtrlr", "BasicAuthPassword", "another horse battery") == "Accepted"
    bench.wait(1)
    authorization = bench.dials[-1].authorization
    assert len(bench.dials) == 2
    assert authorization is not None
    assert base64.b64decode(authorization[6:]).endswith(b":another horse battery")


# ---- reports


def report(bench: Bench, action: str, **more: Any) -> list[dict[str, Any]]:
    bench.clear()
    assert bench.call(action, requestId=42, **more) == {"status": "Accepted"}
    parts = bench.of("NotifyReport")
    assert [part["seqNo"] for part in parts] == list(range(len(parts)))
    assert [part["tbc"] for part in parts] == [True] * (len(parts) - 1) + [False]
    assert {part["requestId"] for part in parts} == {42}
    return [entry for part in parts for entry in part["reportData"]]


def names(entries: list[dict[str, Any]]) -> set[str]:
    return {f"{entry['component']['name']}.{entry['variable']['name']}" for entry in entries}


def test_base_reports() -> None:
    bench = booted(evses=2)
    full = report(bench, "GetBaseReport", reportBase="FullInventory")
    assert len(bench.of("NotifyReport")) > 2
    assert len(full) == len({str((e["component"], e["variable"])) for e in full})
    for entry in full:
        values = entry["variableCharacteristics"].get("valuesList")
        value = entry["variableAttribute"][0].get("value")
        if entry["variableCharacteristics"]["dataType"].endswith("List"):
            assert values
            assert set(value.split(",")) <= set(values.split(","))
        assert (value is None) == (entry["variableAttribute"][0]["mutability"] == "WriteOnly")
    configuration = report(bench, "GetBaseReport", reportBase="ConfigurationInventory")
    assert "TxCtrlr.TxStartPoint" in names(configuration)
    assert "ChargingStation.Model" not in names(configuration)
    assert all(e["variableAttribute"][0]["mutability"] != "ReadOnly" for e in configuration)
    secret = next(e for e in configuration if e["variable"]["name"] == "BasicAuthPassword")
    assert "value" not in secret["variableAttribute"][0]
    summary = report(bench, "GetBaseReport", reportBase="SummaryInventory")
    assert {"ChargingStation.AvailabilityState", "EVSE.Problem", "Connector.AvailabilityState"} <= names(summary)
    assert {e["component"].get("evse", {}).get("id") for e in summary} == {None, 1, 2}


def test_reports_are_limited_to_what_is_asked() -> None:
    bench = booted(evses=2)
    asked = [{"component": {"name": "EVSE", "evse": {"id": 2}}, "variable": {"name": "AvailabilityState"}}]
    assert len(report(bench, "GetReport", componentVariable=asked)) == 1
    everything = report(bench, "GetReport", componentVariable=[{"component": {"name": "DeviceDataCtrlr"}}])
    assert len(everything) == 6
    instances = [{"component": {"name": "DeviceDataCtrlr"}, "variable": {"name": "ItemsPerMessage"}}]
    assert len(report(bench, "GetReport", componentVariable=instances)) == 3
    nothing = bench.call("GetReport", requestId=1, componentCriteria=["Problem"])
    assert nothing == {"status": "EmptyResultSet"}
    bench.ask("fault", evse=2, connector=1)
    broken = report(bench, "GetReport", componentCriteria=["Problem"])
    assert {e["component"].get("evse", {}).get("connectorId") for e in broken} >= {1}


# ---- reset


def test_reset_of_an_idle_station() -> None:
    bench = booted()
    assert bench.call("Reset", type="Immediate") == {"status": "Accepted"}
    assert isinstance(bench.commands[-1], Close)
    bench.clear()
    bench.wait(5)
    assert bench.sent[0].action == "BootNotification"
    assert bench.sent[0]["reason"] == "RemoteReset"
    assert bench.of("SecurityEventNotification")[0]["type"] == "ResetOrReboot"


def test_immediate_reset_ends_the_transaction_first() -> None:
    bench = booted()
    bench.charge()
    bench.clear()
    assert bench.call("Reset", type="Immediate") == {"status": "Accepted"}
    assert bench.story == [("Ended", "ResetCommand")]
    assert bench.events[0]["transactionInfo"]["stoppedReason"] == "ImmediateReset"
    assert isinstance(bench.commands[-1], Close)
    bench.wait(5)
    assert bench.statuses == [(1, 1, "Occupied")]
    assert len(bench.events) == 1


def test_an_unanswered_end_is_sent_again_after_the_reset() -> None:
    bench = booted(call_timeout=5 * SECOND)
    bench.charge()
    bench.answers["TransactionEvent"] = None
    bench.clear()
    bench.call("Reset", type="Immediate")
    assert bench.standing
    bench.wait(5)
    bench.answers["TransactionEvent"] = {}
    bench.wait(20)
    assert bench.story == [("Ended", "ResetCommand")] * 2
    assert bench.actions.index("BootNotification") == 1


def test_reset_on_idle_waits() -> None:
    bench = booted()
    bench.charge()
    assert bench.call("Reset", type="OnIdle") == {"status": "Scheduled"}
    bench.wait(60)
    assert bench.standing
    bench.clear()
    present(bench)
    bench.wait(5)
    assert bench.story == [("Ended", "StopAuthorized")]
    assert bench.of("BootNotification")[0]["reason"] == "ScheduledReset"


def test_reset_of_one_evse() -> None:
    bench = booted(evses=2)
    bench.charge()
    bench.ask("plug_in", evse=2, connector=1)
    bench.clear()
    assert bench.call("Reset", type="Immediate", evseId=1) == {"status": "Accepted"}
    assert bench.story == [("Ended", "ResetCommand")]
    assert bench.standing
    assert bench.call("Reset", type="OnIdle", evseId=2) == {"status": "Scheduled"}
    assert bench.call("Reset", type="OnIdle", evseId=3) == {"status": "Rejected"}


# ---- network profiles


def profile(bench: Bench, slot: int = 2, **more: Any) -> str:
    data = {
        "ocppVersion": "OCPP20", "ocppTransport": "JSON", "ocppCsmsUrl": "ws://other.example/ocpp",
        "messageTimeout": 30, "securityProfile": 0, "ocppInterface": "Wired0",
    }  # fmt: skip
    return str(bench.call("SetNetworkProfile", configurationSlot=slot, connectionData=data | more)["status"])


def test_network_profiles_are_checked() -> None:
    bench = booted(password=b"correct horse battery")
    assert profile(bench, 9, securityProfile=1) == "Rejected"
    assert profile(bench, 2, securityProfile=0) == "Rejected"
    assert profile(bench, 2, securityProfile=2) == "Rejected"  # ws:// is no TLS
    assert profile(bench, 2, securityProfile=1) == "Accepted"


def test_the_next_profile_is_used_after_the_reset_and_the_old_one_when_it_fails() -> None:
    bench = booted(reconnect_backoff=SECOND)
    assert bench.set("OCPPCommCtrlr", "NetworkConfigurationPriority", "2,1") == "Rejected"
    assert profile(bench) == "Accepted"
    assert bench.set("OCPPCommCtrlr", "NetworkConfigurationPriority", "2,1") == "RebootRequired"
    bench.call("Reset", type="Immediate")
    bench.reachable = False
    bench.wait(120)
    urls = [dial.url.rsplit("/", 1)[0] for dial in bench.dials[1:6]]
    assert urls == ["ws://other.example/ocpp"] * 3 + ["ws://127.0.0.1:9000"] * 2


# ---- the rest


def test_the_rest() -> None:
    bench = booted()
    assert bench.call("DataTransfer", vendorId="com.example") == {"status": "UnknownVendorId"}
    assert bench.call("DataTransfer", vendorId="x", customData={"vendorId": "y"}) == {"status": "UnknownVendorId"}
    bench.clear()
    log = {"remoteLocation": "https://files.example/up"}
    assert bench.call("GetLog", log=log, logType="DiagnosticsLog", requestId=5)["status"] == "Accepted"
    assert [call["status"] for call in bench.of("LogStatusNotification")] == ["Uploading", "UploadFailure"]
    answer = bench.call("CustomerInformation", requestId=3, report=True, clear=False, customerIdentifier="x")
    assert answer == {"status": "Accepted"}
    assert bench.of("NotifyCustomerInformation")[0]["requestId"] == 3
    assert bench.call("CustomerInformation", requestId=3, report=True, clear=False) == {"status": "Invalid"}


def test_customer_information_comes_in_a_part_for_each_store_until_it_is_cleared() -> None:
    bench = booted()
    present(bench)
    entry = {"idToken": TOKEN, "idTokenInfo": {"status": "Accepted"}}
    bench.call("SendLocalList", versionNumber=1, updateType="Full", localAuthorizationList=[entry])
    bench.clear()
    assert _customer(bench, report=True, clear=True) == [
        (0, True, "idToken known to: cache"), (1, False, "idToken known to: local list"),
    ]  # fmt: skip
    assert _customer(bench, report=True, clear=False) == [(0, False, "idToken known to: local list")]
    bench.call("SendLocalList", versionNumber=2, updateType="Full")
    assert _customer(bench, report=True, clear=False) == [(0, False, "")]
    assert _customer(bench, report=True, clear=True) == [(0, False, "no data found")]
    assert _customer(bench, report=False, clear=True) == [(0, False, "cleared")]


def _customer(bench: Bench, *, report: bool, clear: bool) -> list[tuple[int, bool, str]]:
    bench.clear()
    answer = bench.call("CustomerInformation", requestId=4, report=report, clear=clear, idToken=TOKEN)
    assert answer == {"status": "Accepted"}
    return [(part["seqNo"], part["tbc"], part["data"]) for part in bench.of("NotifyCustomerInformation")]


@pytest.mark.parametrize(
    ("action", "payload", "code"),
    [
        ("Teleport", {}, "NotImplemented"), ("BootNotification", {}, "NotImplemented"),
        ("Reset", {}, "OccurrenceConstraintViolation"), ("Reset", [], "FormatViolation"),
        ("Reset", {"type": "Softly"}, "PropertyConstraintViolation"), ("Reset", {"type": 5}, "TypeConstraintViolation"),
        ("Reset", {"type": "OnIdle", "wish": 1}, "FormatViolation"),
        ("Reset", {"type": "OnIdle", "evseId": None}, "TypeConstraintViolation"),
        ("GetVariables", {"getVariableData": []}, "OccurrenceConstraintViolation"),
        ("RequestStopTransaction", {"transactionId": "x" * 37}, "PropertyConstraintViolation"),
        ("GetLog", {"log": {"remoteLocation": "x", "oldestTimestamp": "yesterday"}, "logType": "SecurityLog",
                    "requestId": 1}, "PropertyConstraintViolation"),
    ],
)  # fmt: skip
def test_it_refuses_with_the_right_code(action: str, payload: Any, code: str) -> None:
    bench = booted()
    assert bench.request(action, payload)[2] == code
    assert bench.call("GetLocalListVersion") == {"versionNumber": 0}


@pytest.mark.parametrize(
    ("text", "answer"),
    [
        ("{", ("-1", "RpcFrameworkError")), ('"x"', ("-1", "RpcFrameworkError")), ("[]", ("-1", "RpcFrameworkError")),
        ('[2, 5, "Reset", {}]', ("-1", "RpcFrameworkError")), ('[2, "a", "Reset"]', ("a", "RpcFrameworkError")),
        (f'[2, "{"x" * 37}", "Reset", {{}}]', ("-1", "RpcFrameworkError")),
        ('[2, "a", "Reset", {"type": NaN}]', ("-1", "RpcFrameworkError")),
        ('[2, "a", "Reset", {"type": 1e999}]', ("-1", "RpcFrameworkError")),
        ('[2, "\\ud800", "Reset", {}]', ("-1", "RpcFrameworkError")),
        ("[" * 100_000, ("-1", "RpcFrameworkError")),
    ],
)  # fmt: skip
def test_it_answers_what_is_no_call(text: str, answer: tuple[str, str]) -> None:
    bench = booted()
    bench.say(text)
    assert (bench.raw[0][0], *bench.raw[0][1:3]) == (4, *answer)


@pytest.mark.parametrize("text", ['[7, "a", {}]', '[3, "a", {}]', '[4, "a", "GenericError", "", {}]', "[6]", "[3]"])
def test_it_ignores_what_nobody_expects(text: str) -> None:
    bench = booted()
    bench.say(text)
    assert bench.raw == []


@settings(max_examples=150, deadline=None)
@given(st.sampled_from(sorted(HANDLERS)), JSON)
def test_no_payload_brings_it_down(action: str, payload: Any) -> None:
    bench = booted()
    frame = bench.request(action, payload)
    assert frame[0] in (3, 4)
    bench.wait(20)
    assert isinstance(bench.commands[0], Close | Connect) or bench.raw


@settings(max_examples=150, deadline=None)
@given(JSON)
def test_no_frame_brings_it_down(frame: Any) -> None:
    bench = booted()
    bench.say(frame)
    assert bench.call("GetLocalListVersion") == {"versionNumber": 0}


def test_the_message_timeout_can_be_read_but_not_written() -> None:
    bench = booted()
    named = {"component": {"name": "OCPPCommCtrlr"}, "variable": {"name": "MessageTimeout", "instance": "Default"}}
    read = bench.call("GetVariables", getVariableData=[named])
    assert read["getVariableResult"][0]["attributeStatus"] == "Accepted"
    written = bench.call("SetVariables", setVariableData=[named | {"attributeValue": "5"}])
    assert written["setVariableResult"][0]["attributeStatus"] == "Rejected"
