"""The practice CSMS keeps the specification."""

from __future__ import annotations

import json
from typing import Any

import pytest

from harness.reference.csms import CsmsConfig, Token, build
from harness.reference.csms.dialects import DIALECTS
from harness.rpc.link import SECOND, Asked
from tests.reference.csms_bench import (
    PASSWORD,
    START,
    Bench,
    basic,
    change_password,
    event,
    handshake,
    password_answer,
)

VERSIONS = ("1.6", "2.0.1")
FROM_STATION = [(version, action) for version in VERSIONS for action in DIALECTS[version].answers]
FROM_CSMS = [(version, action) for version in VERSIONS for action in DIALECTS[version].commands]


# ---- handshake ---------------------------------------------------------------------------------------


def test_the_first_offer_that_it_supports_is_selected():
    bench = Bench()
    offers = ("ocpp0.1", "ocpp2.0.1", "ocpp1.6")
    assert bench.admit(handshake("CP001", *offers)).subprotocol == "ocpp2.0.1"
    assert Bench(versions=("1.6",)).admit(handshake("CP001", *offers)).subprotocol == "ocpp1.6"


@pytest.mark.parametrize("offers", [(), ("ocpp0.1",), ("1.6",)])
def test_without_a_common_version_it_upgrades_without_the_header_and_closes(offers: tuple[str, ...]):
    bench = Bench()
    assert bench.admit(handshake("CP001", *offers)).subprotocol is None
    link = bench.connect("CP001", *(offers or ("",)))
    assert bench.closes == [(link, 1002)]
    assert bench.say(link, [2, "1", "Heartbeat", {}]) == []


@pytest.mark.parametrize("identity", ["CP003", "cp001", "", "CP001 "])
def test_an_unknown_identity_gets_404(identity: str):
    assert Bench().admit(handshake(identity, "ocpp2.0.1")).status == 404


def test_the_identity_is_decoded_and_its_password_is_asked_before_the_upgrade():
    bench = Bench()
    admission = bench.admit(handshake("RDAM|123", "ocpp1.6"))
    assert admission.status == 401
    assert dict(admission.headers)["WWW-Authenticate"].startswith("Basic ")
    right = basic("RDAM|123", PASSWORD)
    assert bench.admit(handshake("RDAM|123", "ocpp1.6", authorization=right)).status == 101


@pytest.mark.parametrize("authorization", [
    basic("RDAM|123", b"wrong"), basic("RDAM|123", b""), basic("RDAM%7C123", PASSWORD), basic("CP001", PASSWORD),
    basic("", PASSWORD), "Bearer abc", "Basic", "Basic ****", "Basic \udcff", "Basic UkRBTXwxMjM=",
])
def test_wrong_credentials_get_one_and_the_same_401(authorization: str):
    bench = Bench()
    refused = bench.admit(handshake("RDAM|123", "ocpp1.6"))
    assert bench.admit(handshake("RDAM|123", "ocpp1.6", authorization=authorization)) == refused


def test_a_colon_and_bytes_outside_utf8_belong_to_the_password():
    password = b"a:b\xff"
    bench = Bench(stations={"CP001": password})
    assert bench.admit(handshake("CP001", "ocpp1.6", authorization=basic("CP001", password))).status == 101


def test_the_newer_connection_wins_and_the_older_is_closed():
    bench = Bench()
    old = bench.connect()
    new = bench.connect()
    assert bench.closes == [(old, 1000)]
    assert bench.say(old, [2, "1", "Heartbeat", {}]) == []
    assert len(bench.calls(new, "Heartbeat")) == 1
    bench.drop(old)
    assert bench.ask("Reset") != []
    assert {c.link for c in bench.commands} == {new}  # type: ignore[union-attr]


# ---- answers -----------------------------------------------------------------------------------------


@pytest.mark.parametrize(("version", "action"), FROM_STATION)
def test_every_message_of_a_station_is_answered_within_the_schema(version: str, action: str):
    bench = Bench(version)
    frames = bench.calls(bench.connect(), action)
    assert [frame[0] for frame in frames] == [3]


@pytest.mark.parametrize("version", VERSIONS)
def test_boot_is_accepted_with_the_time_and_the_interval(version: str):
    bench = Bench(version, heartbeat_interval=77)
    answer = bench.call(bench.connect(), "BootNotification")
    assert answer == {"status": "Accepted", "interval": 77, "currentTime": "2026-02-28T23:59:59.999Z"}


def test_current_time_follows_the_clock():
    bench = Bench()
    link = bench.connect()
    bench.wait(1)
    assert bench.call(link, "Heartbeat") == {"currentTime": "2026-03-01T00:00:00.999Z"}


def test_the_boot_policy_runs_through_its_statuses_across_connections():
    bench = Bench(boot_statuses=("Rejected", "Pending", "Accepted"), retry_interval=9)
    answers = [bench.call(bench.connect(), "BootNotification") for _ in range(4)]
    assert [a["status"] for a in answers] == ["Rejected", "Pending", "Accepted", "Accepted"]
    assert [a["interval"] for a in answers] == [9, 9, 300, 300]


@pytest.mark.parametrize("version", VERSIONS)
@pytest.mark.parametrize("status", ["Pending", "Rejected"])
def test_a_station_not_accepted_gets_security_error(version: str, status: str):
    bench = Bench(version, boot_statuses=(status, "Accepted"))
    link = bench.connect()
    bench.call(link, "BootNotification")
    assert bench.call(link, "Heartbeat")[0] == "SecurityError"
    bench.call(link, "BootNotification")
    assert "currentTime" in bench.call(link, "Heartbeat")


def test_a_station_that_reconnects_need_not_boot_again():
    bench = Bench()
    assert "currentTime" in bench.call(bench.connect(), "Heartbeat")


def test_a_pending_station_may_send_what_was_triggered_and_accepted():
    bench = Bench(boot_statuses=("Pending", "Accepted"))
    link = bench.connect()
    bench.call(link, "BootNotification")
    [[_, trigger, *_]] = bench.ask("TriggerMessage", {"requestedMessage": "StatusNotification"})
    assert bench.call(link, "StatusNotification")[0] == "SecurityError"
    bench.say(link, [3, trigger, {"status": "Accepted"}])
    assert bench.call(link, "StatusNotification") == {}
    assert bench.call(link, "Heartbeat")[0] == "SecurityError"
    [[_, report, *_]] = bench.ask("GetBaseReport")
    bench.say(link, [3, report, {"status": "Accepted"}])
    assert bench.call(link, "NotifyReport") == {}


def test_a_rejected_station_is_not_called_until_it_is_accepted():
    bench = Bench(boot_statuses=("Rejected", "Accepted"))
    link = bench.connect()
    bench.call(link, "BootNotification")
    assert bench.ask("Reset") == []
    frames = bench.calls(link, "BootNotification")
    assert [frame[0] for frame in frames] == [3, 2]


@pytest.mark.parametrize(("token", "status", "older"), [
    ("VALID", "Accepted", "Accepted"), ("valid", "Accepted", "Accepted"), ("BLOCKED", "Blocked", "Blocked"),
    ("OLD", "Expired", "Expired"), ("POOR", "NoCredit", "Invalid"), ("NOBODY", "Unknown", "Invalid"),
])
def test_a_token_has_its_status(token: str, status: str, older: str):
    new, old = Bench("2.0.1"), Bench("1.6")
    answer = new.call(new.connect(), "Authorize", {"idToken": {"idToken": token, "type": "ISO14443"}})
    assert answer["idTokenInfo"]["status"] == status
    assert old.call(old.connect(), "Authorize", {"idTag": token})["idTagInfo"]["status"] == older


def test_a_token_has_its_group():
    new, old = Bench("2.0.1"), Bench("1.6")
    answer = new.call(new.connect(), "Authorize", {"idToken": {"idToken": "SECOND", "type": "ISO14443"}})
    assert answer["idTokenInfo"]["groupIdToken"]["idToken"] == "FAMILY"
    assert old.call(old.connect(), "Authorize", {"idTag": "SECOND"})["idTagInfo"]["parentIdTag"] == "FAMILY"


def test_a_token_expires_in_the_course_of_time_and_has_its_type():
    bench = Bench(tokens=(Token("T", "eMAID", expires=START + 2 * SECOND),))
    link = bench.connect()

    def status(kind: str) -> str:
        return bench.call(link, "Authorize", {"idToken": {"idToken": "T", "type": kind}})["idTokenInfo"]["status"]

    assert (status("eMAID"), status("ISO14443")) == ("Accepted", "Unknown")
    bench.wait(2)
    assert status("eMAID") == "Expired"


@pytest.mark.parametrize(("certificate", "status", "expected"), [
    ("Accepted", "Accepted", ("Accepted", "Accepted")), ("Accepted", "Blocked", ("ContractCancelled", "Blocked")),
    ("CertificateExpired", "Accepted", ("CertificateExpired", "Expired")),
    ("CertificateRevoked", "Accepted", ("CertificateRevoked", "Invalid")),
    ("CertChainError", "Accepted", ("CertChainError", "Invalid")),
])
def test_a_contract_certificate_has_its_status(certificate: str, status: str, expected: tuple[str, str]):
    bench = Bench(tokens=(Token("EMA", "eMAID", status, certificate=certificate),))
    answer = bench.call(bench.connect(), "Authorize",
                        {"idToken": {"idToken": "EMA", "type": "eMAID"}, "certificate": "PEM"})
    assert (answer["certificateStatus"], answer["idTokenInfo"]["status"]) == expected


def test_data_transfer_knows_vendor_and_message():
    bench = Bench()
    link = bench.connect()

    def status(**payload: str) -> str:
        return bench.call(link, "DataTransfer", payload)["status"]

    assert status(vendorId="nobody") == "UnknownVendorId"
    assert status(vendorId="com.example") == "UnknownMessageId"
    assert status(vendorId="com.example", messageId="else") == "UnknownMessageId"
    assert status(vendorId="com.example", messageId="known") == "Accepted"


def test_a_certificate_is_signed_where_there_is_a_signer():
    bench = Bench(signer=lambda csr, identity: f"{csr} for {identity}")
    frames = bench.calls(bench.connect(), "SignCertificate", {"csr": "CSR"})
    assert [frame[2] for frame in frames] == [{"status": "Accepted"}, "CertificateSigned"]
    assert frames[1][3] == {"certificateChain": "CSR for CP001"}
    poor = Bench()
    assert poor.calls(poor.connect(), "SignCertificate", {"csr": "CSR"})[0][2] == {"status": "Rejected"}


# ---- transactions ------------------------------------------------------------------------------------


def _start(bench: Bench, link: int, **members: Any) -> Any:
    payload = {"connectorId": 1, "idTag": "VALID", "meterStart": 0, "timestamp": "2026-03-01T00:00:00Z"}
    return bench.call(link, "StartTransaction", {**payload, **members})


def test_a_repeated_start_has_the_first_id_and_each_other_start_its_own():
    bench = Bench("1.6")
    link, other = bench.connect("CP001"), bench.connect("CP002")
    first = _start(bench, link)
    assert _start(bench, link) == first
    others = [_start(bench, link, connectorId=2), _start(bench, other), _start(bench, link, meterStart=1)]
    assert len({first["transactionId"], *(start["transactionId"] for start in others)}) == 4


def test_a_tag_that_charges_already_is_concurrent_until_it_stops():
    bench = Bench("1.6")
    link = bench.connect()
    first = _start(bench, link)
    assert _start(bench, link, connectorId=2)["idTagInfo"]["status"] == "ConcurrentTx"
    stop = {"transactionId": first["transactionId"], "meterStop": 1, "timestamp": "2026-03-01T01:00:00Z"}
    assert bench.call(link, "StopTransaction", stop) == {}
    assert _start(bench, link, connectorId=3)["idTagInfo"]["status"] == "Accepted"


@pytest.mark.parametrize("number", [0, -1, 999])
def test_the_stop_of_an_unknown_transaction_is_answered(number: int):
    bench = Bench("1.6")
    stop = {"transactionId": number, "meterStop": 1, "timestamp": "2026-03-01T01:00:00Z", "idTag": "VALID"}
    assert bench.call(bench.connect(), "StopTransaction", stop) == {"idTagInfo": {"status": "Accepted"}}


def test_a_station_cannot_stop_the_transaction_of_another():
    bench = Bench("1.6")
    link, other = bench.connect("CP001"), bench.connect("CP002")
    stop = {"transactionId": _start(bench, link)["transactionId"], "meterStop": 1, "timestamp": "2026-03-01T01:00:00Z"}
    assert bench.call(other, "StopTransaction", stop) == {}
    assert _start(bench, link, connectorId=2)["idTagInfo"]["status"] == "ConcurrentTx"


def test_an_event_has_id_token_info_exactly_where_it_has_an_id_token():
    bench = Bench()
    link = bench.connect()
    assert bench.call(link, "TransactionEvent", event("Started", "t", 0)) == {}
    assert bench.call(link, "TransactionEvent", event("Updated", "t", 1, "VALID")) == {
        "idTokenInfo": {"status": "Accepted"}}
    assert bench.call(link, "TransactionEvent", event("Updated", "t", 2, "NOBODY"))["idTokenInfo"] == {
        "status": "Unknown"}
    free = {**event("Started", "u", 0), "idToken": {"idToken": "", "type": "NoAuthorization"}}
    assert bench.call(link, "TransactionEvent", free)["idTokenInfo"]["status"] == "Accepted"


def test_events_in_any_order_and_twice_are_answered_and_revive_nothing():
    bench = Bench()
    link = bench.connect()
    for seq_no, kind in ((2, "Ended"), (0, "Started"), (1, "Updated"), (1, "Updated"), (2, "Ended")):
        frames = bench.calls(link, "TransactionEvent", event(kind, "t", seq_no, "VALID"))
        assert [frame[2] for frame in frames] == [{"idTokenInfo": {"status": "Accepted"}}]
    started = bench.call(link, "TransactionEvent", event("Started", "u", 0, "VALID"))
    assert started["idTokenInfo"]["status"] == "Accepted"
    assert bench.call(link, "TransactionEvent", event("Started", "v", 0, "VALID"))["idTokenInfo"] == {
        "status": "ConcurrentTx"}


def test_a_token_may_be_shown_again_in_its_own_transaction():
    bench = Bench()
    link = bench.connect()
    for seq_no, kind in enumerate(("Started", "Updated", "Ended")):
        answer = bench.call(link, "TransactionEvent", event(kind, "t", seq_no, "VALID"))
        assert answer["idTokenInfo"]["status"] == "Accepted"


def test_a_master_pass_and_a_shared_token_are_never_concurrent():
    bench = Bench(tokens=(Token("MASTER", group="MASTERS"), Token("SHARED", concurrent=True)))
    link = bench.connect()
    for number, token in enumerate(("MASTER", "MASTER", "SHARED", "SHARED")):
        answer = bench.call(link, "TransactionEvent", event("Started", f"t{number}", 0, token))
        assert answer["idTokenInfo"]["status"] == "Accepted"


def test_the_price_is_told():
    bench = Bench(price=3.5)
    link = bench.connect()
    assert "totalCost" not in bench.call(link, "TransactionEvent", event("Started", "t", 0))
    assert bench.call(link, "TransactionEvent", event("Ended", "t", 1))["totalCost"] == 3.5


def test_charging_needs_of_a_running_transaction_get_a_profile():
    bench = Bench()
    link = bench.connect()
    assert bench.call(link, "NotifyEVChargingNeeds", evseId=1) == {"status": "Rejected"}
    bench.call(link, "TransactionEvent", event("Started", "t", 0))
    frames = bench.calls(link, "NotifyEVChargingNeeds", evseId=1)
    assert [frame[2] for frame in frames] == [{"status": "Accepted"}, "SetChargingProfile"]
    assert frames[1][3]["chargingProfile"]["transactionId"] == "t"


# ---- RPC framework -----------------------------------------------------------------------------------

BAD_PAYLOADS = [
    ("1.6", "BootNotification", {"chargePointVendor": "V"}, "OccurenceConstraintViolation"),
    ("1.6", "BootNotification", {"chargePointVendor": 1, "chargePointModel": "M"}, "TypeConstraintViolation"),
    ("1.6", "BootNotification", {"chargePointVendor": "V" * 21, "chargePointModel": "M"},
     "PropertyConstraintViolation"),
    ("1.6", "Heartbeat", {"surplus": 1}, "FormationViolation"),
    ("1.6", "Heartbeat", [], "TypeConstraintViolation"),
    ("1.6", "StopTransaction", {"transactionId": 1, "meterStop": 1, "timestamp": "today"},
     "PropertyConstraintViolation"),
    ("1.6", "Authorize", {"idTag": None}, "TypeConstraintViolation"),
    ("1.6", "Authorize", {"idTag": "\ud800"}, "PropertyConstraintViolation"),
    ("2.0.1", "Authorize", {"idToken": {"idToken": "T"}}, "OccurrenceConstraintViolation"),
    ("2.0.1", "Authorize", {"idToken": {"idToken": "T", "type": "Card"}}, "PropertyConstraintViolation"),
    ("2.0.1", "Authorize", {"idToken": "T"}, "TypeConstraintViolation"),
    ("2.0.1", "Heartbeat", {"surplus": 1}, "FormatViolation"),
    ("2.0.1", "Heartbeat", {"customData": {}}, "OccurrenceConstraintViolation"),
    ("2.0.1", "MeterValues", {"evseId": 1, "meterValue": []}, "OccurrenceConstraintViolation"),
    ("2.0.1", "TransactionEvent", {**event("Started", "t", 0), "timestamp": "2026-02-30T00:00:00Z"},
     "PropertyConstraintViolation"),
    ("2.0.1", "TransactionEvent", {**event("Started", "t", 0), "seqNo": True}, "TypeConstraintViolation"),
]


@pytest.mark.parametrize(("version", "action", "payload", "code"), BAD_PAYLOADS)
def test_a_bad_payload_is_refused_and_the_next_good_one_served(version: str, action: str, payload: Any, code: str):
    bench = Bench(version)
    link = bench.connect()
    [frame] = bench.say(link, [2, "bad", action, payload])
    assert frame[:3] == [4, "bad", code]
    assert "currentTime" in bench.call(link, "Heartbeat")


@pytest.mark.parametrize("version", VERSIONS)
def test_unknown_and_misdirected_actions_are_told_apart(version: str):
    bench = Bench(version)
    link = bench.connect()
    assert bench.call(link, "Frobnicate", {})[0] == "NotImplemented"
    assert bench.call(link, "Reset", {})[0] == "NotSupported"


def test_custom_data_whole_floats_and_null_payloads_are_taken():
    bench = Bench()
    link = bench.connect()
    bench.call(link, "Heartbeat", {"customData": {"vendorId": "v", "more": [1]}})
    assert bench.call(link, "TransactionEvent", {**event("Started", "t", 0), "seqNo": 0.0}) == {}
    bench.judged = False
    [frame] = bench.say(link, '[2,"null","Heartbeat",null]')
    assert frame[:2] == [3, "null"]


UNREADABLE = [
    "", "{}", "nonsense", "[", "[]", '["2"]', "[true]", "[2]", '[2,1,"Heartbeat",{}]', '[2,"","Heartbeat",{}]',
    '[2,"' + "x" * 37 + '","Heartbeat",{}]', '[2,"\\ud800","Heartbeat",{}]', "[" * 100_000, "[NaN]", "[1e999]",
    "[" + "9" * 5000 + "]", b"[2]",
]


@pytest.mark.parametrize("text", UNREADABLE)
def test_what_cannot_be_read_gets_minus_one_in_2_x_and_nothing_in_1_6(text: str | bytes):
    new, old = Bench("2.0.1"), Bench("1.6")
    link = new.connect()
    [frame] = new.say(link, text)
    assert frame[:3] == [4, "-1", "RpcFrameworkError"]
    assert "currentTime" in new.call(link, "Heartbeat")
    assert old.say(old.connect(), text) == []


@pytest.mark.parametrize("text", ['[2,"1"]', '[2,"1","Heartbeat"]', '[2,"1",5,{}]', '[2,"1","Heartbeat",{},0]'])
def test_a_call_of_the_wrong_shape_is_refused_by_its_id(text: str):
    for version, code in (("1.6", "FormationViolation"), ("2.0.1", "RpcFrameworkError")):
        bench = Bench(version)
        [frame] = bench.say(bench.connect(), text)
        assert frame[:3] == [4, "1", code]


@pytest.mark.parametrize("text", ['[7,"1",{}]', '[3,"stray",{}]', '[4,"stray","GenericError","",{}]', "[3]", "[4,1]",
                                  '[0,"1"]', '[6,"1","Heartbeat",{}]'])
def test_unknown_message_types_and_stray_answers_are_ignored(text: str):
    for version in VERSIONS:
        bench = Bench(version)
        assert bench.say(bench.connect(), text) == []
        assert bench.commands == []


# ---- what it sends itself ----------------------------------------------------------------------------


@pytest.mark.parametrize(("version", "action"), FROM_CSMS)
def test_an_operator_need_only_name_the_action(version: str, action: str):
    bench = Bench(version)
    bench.connect()
    [frame] = bench.ask(action)
    assert (frame[0], frame[2]) == (2, action)


def test_what_the_operator_names_lies_over_the_defaults():
    bench = Bench()
    bench.connect()
    [frame] = bench.ask("GetLog", {"log": {"oldestTimestamp": "2026-01-01T00:00:00Z"}, "requestId": 9})
    assert frame[3]["requestId"] == 9
    assert set(frame[3]["log"]) == {"remoteLocation", "oldestTimestamp"}
    [[_, _, _, payload]] = _connected().ask("GetReport", {"requestId": 1, "componentCriteria": ["Problem"]})
    assert payload == {"requestId": 1, "componentCriteria": ["Problem"]}
    old = _connected("1.6", judged=False)
    [[_, _, _, payload]] = old.ask("UpdateFirmware", {"retrieveDate": None, "retries": 1})
    assert payload["retries"] == 1
    assert "retrieveDate" not in payload


def _connected(version: str = "2.0.1", **changes: Any) -> Bench:
    bench = Bench(version, **changes)
    bench.connect()
    return bench


def test_request_ids_are_new_each_time_and_message_ids_too():
    bench = _connected()
    first = bench.ask("RequestStartTransaction")[0]
    second = bench.say(1, [3, first[1], {"status": "Accepted"}]) or bench.ask("RequestStartTransaction")
    assert first[3]["remoteStartId"] != second[0][3]["remoteStartId"]
    assert first[1] != second[0][1]
    assert first[3]["idToken"] == {"idToken": "VALID", "type": "ISO14443"}


def test_one_call_at_a_time_for_each_station():
    bench = Bench()
    link, other = bench.connect("CP001"), bench.connect("CP002")
    first = bench.ask("ClearCache")[0]
    assert bench.ask("Reset") == []
    assert len(bench.ask("Reset", station="CP002")) == 1
    assert len(bench.calls(link, "Heartbeat")) == 1, "an open CALL of ours must not keep the station waiting"
    assert bench.say(other, [3, first[1], {"status": "Accepted"}]) == [], "another station's answer"
    [second] = bench.say(link, [4, first[1], "NotSupported", "", {}])
    assert second[2] == "Reset"


def test_a_call_without_answer_times_out():
    bench = _connected(call_timeout=5 * SECOND)
    first = bench.ask("ClearCache")[0]
    bench.ask("Reset")
    assert bench.csms.wake_at() == 5 * SECOND
    assert bench.wait(4.9) == []
    assert [frame[2] for frame in bench.wait(0.1)] == ["Reset"]
    assert bench.say(1, [3, first[1], {"status": "Accepted"}]) == []
    bench.wait(5)
    assert bench.csms.wake_at() is None


def test_a_call_waits_for_the_connection_and_a_lost_one_is_not_repeated():
    bench = Bench()
    assert bench.ask("ClearCache") == []
    link = bench.connect()
    assert len(bench.commands) == 1
    bench.ask("Reset")
    bench.drop(link)
    bench.connect()
    assert [json.loads(c.data)[2] for c in bench.commands] == ["Reset"]  # type: ignore[union-attr]


def test_variables_are_asked_for_in_portions_that_the_station_takes():
    bench = _connected()
    [frame] = bench.ask("GetVariables")
    limit = {"attributeStatus": "Accepted", "attributeValue": "4", "component": {"name": "DeviceDataCtrlr"},
             "variable": {"name": "ItemsPerMessage", "instance": "GetVariables"}}
    bench.say(1, [3, frame[1], {"getVariableResult": [limit]}])
    item = {"component": {"name": "AuthCtrlr"}, "variable": {"name": "Enabled"}}
    [first] = bench.ask("GetVariables", {"getVariableData": [item] * 5})
    [second] = bench.say(1, [3, first[1], {"getVariableResult": []}])
    assert [len(frame[3]["getVariableData"]) for frame in (first, second)] == [4, 1]


def test_remote_stop_names_the_running_transaction():
    bench = _connected()
    bench.call(1, "TransactionEvent", event("Started", "t", 0))
    assert bench.ask("RequestStopTransaction")[0][3] == {"transactionId": "t"}


def test_a_delete_means_the_certificate_that_the_station_reported():
    bench = _connected()
    mine = {"hashAlgorithm": "SHA512", "issuerNameHash": "aa", "issuerKeyHash": "bb", "serialNumber": "7"}
    [frame] = bench.ask("GetInstalledCertificateIds")
    chain = {"certificateType": "CSMSRootCertificate", "certificateHashData": mine}
    bench.say(1, [3, frame[1], {"status": "Accepted", "certificateHashDataChain": [chain]}])
    [frame] = bench.ask("DeleteCertificate")
    assert frame[3] == {"certificateHashData": mine}


@pytest.mark.parametrize(("action", "payload"), [
    ("ClearChargingProfile", {"chargingProfileId": 5}),
    ("GetChargingProfiles", {"requestId": 1, "chargingProfile": {"chargingProfileId": [5]}}),
    ("CustomerInformation", {"requestId": 1, "report": True, "clear": True, "customerIdentifier": "C"}),
])
def test_defaults_add_nothing_that_excludes_what_the_operator_names(action: str, payload: dict[str, Any]):
    assert _connected().ask(action, payload)[0][3] == payload


def test_profiles_fit_their_purpose():
    bench = _connected()
    bench.call(1, "TransactionEvent", event("Started", "t", 0))
    [frame] = bench.ask("SetChargingProfile", {"chargingProfile": {"chargingProfilePurpose": "TxProfile"}})
    profile = frame[3]["chargingProfile"]
    assert (frame[3]["evseId"], profile["transactionId"], profile["chargingProfileKind"]) == (1, "t", "Relative")
    assert "startSchedule" not in profile["chargingSchedule"][0]
    old = _connected("1.6")
    wide = {"chargingProfilePurpose": "ChargePointMaxProfile"}
    [frame] = old.ask("SetChargingProfile", {"csChargingProfiles": wide})
    assert frame[3]["connectorId"] == 0
    assert "startSchedule" in frame[3]["csChargingProfiles"]["chargingSchedule"]


NEW = "0123456789abcdef0123456789abcdef"


@pytest.mark.parametrize("status", ["Accepted", "Rejected"])
@pytest.mark.parametrize(("version", "password"), [("1.6", bytes.fromhex(NEW)), ("2.0.1", NEW.encode())])
def test_a_new_password_is_valid_once_the_station_accepts_it(version: str, password: bytes, status: str):
    bench = Bench(version, stations={"CP001": PASSWORD})
    link = bench.connect(authorization=basic("CP001", PASSWORD))
    bench.say(link, [3, change_password(bench, NEW)[1], password_answer(version, status)])
    good, bad = (password, PASSWORD) if status == "Accepted" else (PASSWORD, password)
    for word, expected in ((good, 101), (bad, 401)):
        request = handshake("CP001", f"ocpp{version}", authorization=basic("CP001", word))
        assert bench.admit(request).status == expected


def test_a_source_of_certificates_is_asked():
    bench = _connected(ocsp=lambda _: "T0NTUA==", contract=lambda _: "RVhJ")
    assert bench.call(1, "GetCertificateStatus") == {"status": "Accepted", "ocspResult": "T0NTUA=="}
    assert bench.call(1, "Get15118EVCertificate") == {"status": "Accepted", "exiResponse": "RVhJ"}


@pytest.mark.parametrize("asked", [
    Asked("plug_in"), Asked("send", {"station": "CP001", "action": "Frobnicate"}), Asked("send", {"station": "CP001"}),
    Asked("send", {"station": "CP009", "action": "Reset"}), Asked("send", {"action": "Reset"}),
    Asked("send", {"station": "CP001", "action": "Reset", "payload": [1]}),
])
def test_what_it_cannot_be_asked_is_an_error(asked: Asked):
    with pytest.raises(ValueError, match=r"a CSMS|no such station"):
        Bench().tell(asked)


@pytest.mark.parametrize("changes", [{"versions": ("1.5",)}, {"versions": ()}, {"boot_statuses": ()}])
def test_a_configuration_that_cannot_work_is_refused(changes: dict[str, Any]):
    with pytest.raises(ValueError, match="no such version"):
        build(CsmsConfig({}, **changes))


@pytest.mark.parametrize("status", ["Pending", "Rejected"])
def test_an_operator_holds_back_the_next_boot_and_no_other(status: str):
    bench = Bench()
    link = bench.connect()
    bench.csms.handle(Asked("hold_back", {"station": "CP001", "status": status}), bench.now)
    answers = [bench.call(link, "BootNotification")["status"] for _ in range(2)]
    assert answers == [status, "Accepted"]


def test_a_station_is_not_held_back_as_accepted():
    bench = Bench()
    with pytest.raises(ValueError, match="held back"):
        bench.csms.handle(Asked("hold_back", {"station": "CP001", "status": "Accepted"}), bench.now)
