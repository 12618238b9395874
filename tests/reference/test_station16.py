"""The 1.6 practice station: connection, RPC, registration, heartbeat, configuration keys."""

from __future__ import annotations

import base64
from itertools import pairwise
from typing import Any

import pytest

from harness.reference.config import StationConfig
from harness.reference.station16 import build
from harness.rpc.link import SECOND, Asked, Close, Drop, Instant, Ping
from tests.reference.station16_bench import Bench, booted, charging


def boots(status: str, interval: int, then: str = "Accepted") -> Any:
    """Answers the first BootNotification with `status` and `interval`, all later ones with `then`."""
    answers = [(status, interval)]

    def answer(_: object) -> dict[str, Any]:
        given, seconds = answers.pop() if answers else (then, 300)
        return {"status": given, "currentTime": "2027-01-15T08:00:00Z", "interval": seconds}

    return answer


# ---- connection ----------------------------------------------------------------------------------


def test_nothing_happens_before_power() -> None:
    bench = Bench()
    assert bench.endpoint.wake_at() is None
    bench.ask("plug_in")
    assert bench.commands == []


def test_dials_with_encoded_identity_subprotocol_and_password() -> None:
    bench = booted(StationConfig(url="ws://host:1/ocpp/", identity="RDAM|1 2", password=b"p:\xff"))
    dial = bench.dials[0][1].dial
    assert dial.url == "ws://host:1/ocpp/RDAM%7C1%202"
    assert dial.subprotocols == ("ocpp1.6",)
    assert dial.authorization is not None
    assert base64.b64decode(dial.authorization.removeprefix("Basic ")) == b"RDAM|1 2:p:\xff"


def test_closes_a_connection_without_its_subprotocol() -> None:
    bench = Bench()
    bench.subprotocol = "ocpp2.0.1"
    bench.ask("power_on")
    assert bench.sent == []
    assert isinstance(bench.dropped[0][1], Close)
    bench.run(60)
    assert len(bench.dials) > 1


def test_backs_off_while_the_csms_is_away() -> None:
    bench = Bench()
    bench.reachable = False
    bench.ask("power_on")
    bench.run(120)
    gaps = [b[0] - a[0] for a, b in pairwise(bench.dials)]
    assert gaps[:4] == [2, 4, 8, 16]


def test_reconnect_tells_only_what_changed() -> None:
    bench = booted(StationConfig(evses=2))
    bench.lose()
    bench.ask("plug_in", evse=2)
    mark = bench.mark
    bench.restore()
    assert bench.actions(mark)[0] == "StatusNotification"
    assert [(s.payload["connectorId"], s.payload["status"]) for s in bench.calls("StatusNotification", mark)] == [
        (2, "Preparing")
    ]
    assert "BootNotification" not in bench.actions(mark)


def test_a_missing_pong_ends_the_connection() -> None:
    bench = booted()
    bench.configure(WebSocketPingInterval="5")
    bench.run(12)
    assert sum(isinstance(c, Ping) for c in bench.commands) == 2
    bench.pongs = False
    bench.run(40)
    assert any(isinstance(command, Drop) for _, command in bench.dropped)
    assert len(bench.dials) == 2


# ---- RPC -----------------------------------------------------------------------------------------


def test_one_call_at_a_time_and_calls_may_cross() -> None:
    bench = booted(StationConfig(evses=2))
    bench.answers["StatusNotification"] = None
    mark = bench.mark
    bench.ask("plug_in", evse=1)
    bench.ask("plug_in", evse=2)
    assert len(bench.calls(since=mark)) == 1
    assert bench.request("ClearCache") == {"status": "Accepted"}
    bench.reply(bench.unanswered.pop(), {})
    assert len(bench.calls(since=mark)) == 2


def test_an_unanswered_call_is_given_up_after_the_timeout() -> None:
    bench = booted()
    bench.answers["StatusNotification"] = None
    bench.ask("plug_in")
    bench.ask("unplug")
    bench.run(29)
    assert bench.statuses()[-1] == "Preparing"
    bench.run(2)
    assert bench.statuses()[-1] == "Available"


@pytest.mark.parametrize(
    "text",
    ["", "{", "[]", "[2]", '[2,"a"]', '[9,"a",{}]', '[true,"a","ClearCache",{}]', '[3,"nobody",{}]',
     '[4,"x","E","",{}]', '[2,5,"ClearCache",{}]', "[" * 100_000,
     '[2,"a","ClearCache",NaN]', '[2,"\\ud800","ClearCache",{}]', b"\x00"],
)  # fmt: skip
def test_what_cannot_be_answered_is_ignored(text: str | bytes) -> None:
    bench = booted()
    mark = bench.mark
    bench.raw(text)
    assert bench.sent[mark:] == []
    assert bench.request("ClearCache") == {"status": "Accepted"}


@pytest.mark.parametrize(
    ("action", "payload", "code"),
    [
        ("NoSuchAction", {}, "NotImplemented"),
        ("Reset", [], "FormationViolation"),
        ("Reset", {}, "OccurenceConstraintViolation"),
        ("Reset", {"type": 1}, "TypeConstraintViolation"),
        ("Reset", {"type": "Warm"}, "PropertyConstraintViolation"),
        ("Reset", {"type": "Hard", "more": 1}, "FormationViolation"),
        ("Reset", {"type": None}, "TypeConstraintViolation"),
        ("RemoteStartTransaction", {"idTag": "x" * 21}, "PropertyConstraintViolation"),
        ("RemoteStopTransaction", {"transactionId": "1"}, "TypeConstraintViolation"),
        ("RemoteStopTransaction", {"transactionId": True}, "TypeConstraintViolation"),
        ("RemoteStopTransaction", {"transactionId": 1.5}, "TypeConstraintViolation"),
        ("GetConfiguration", {"key": [1]}, "TypeConstraintViolation"),
        ("ChangeConfiguration", {"key": "\ud800", "value": ""}, "FormationViolation"),
        ("ReserveNow", {"connectorId": 1, "expiryDate": "tomorrow", "idTag": "A", "reservationId": 1},
         "TypeConstraintViolation"),
        ("GetCompositeSchedule", {"connectorId": 1, "duration": 1, "chargingRateUnit": "kW"},
         "PropertyConstraintViolation"),
        ("SendLocalList", {"listVersion": 1, "updateType": "Full", "localAuthorizationList": [{"idTag": "A",
          "idTagInfo": {}}]}, "OccurenceConstraintViolation"),
    ],
)  # fmt: skip
def test_a_bad_request_gets_its_callerror(action: str, payload: Any, code: str) -> None:
    bench = booted()
    mark = bench.mark
    number = bench.post(action, payload)
    assert bench.results[number].kind == 4
    assert bench.results[number].payload == {"code": code}
    assert bench.calls(since=mark) == []


def test_a_call_with_too_few_elements_is_a_formation_violation() -> None:
    bench = booted()
    bench.raw('[2,"odd","ClearCache"]')
    assert bench.results["odd"].payload == {"code": "FormationViolation"}


def test_an_infinite_number_is_no_number() -> None:
    bench = booted()
    period = '{"startPeriod":0,"limit":1e999}'
    schedule = f'{{"chargingRateUnit":"W","chargingSchedulePeriod":[{period}]}}'
    profile = (
        '{"chargingProfileId":1,"stackLevel":0,"chargingProfilePurpose":"TxDefaultProfile",'
        f'"chargingProfileKind":"Relative","chargingSchedule":{schedule}}}'
    )
    bench.raw(f'[2,"inf","SetChargingProfile",{{"connectorId":1,"csChargingProfiles":{profile}}}]')
    assert bench.results["inf"].payload == {"code": "TypeConstraintViolation"}


def test_a_switched_off_profile_is_not_supported() -> None:
    bench = booted(StationConfig(unsupported_profiles=frozenset({"Reservation", "LocalAuthListManagement"})))
    assert bench.request("CancelReservation", reservationId=1) == {"code": "NotSupported"}
    assert bench.request("GetLocalListVersion") == {"code": "NotSupported"}
    answer = bench.request("GetConfiguration", key=["SupportedFeatureProfiles", "LocalAuthListEnabled"])
    assert "Reservation" not in answer["configurationKey"][0]["value"]
    assert answer["unknownKey"] == ["LocalAuthListEnabled"]


# ---- registration --------------------------------------------------------------------------------


def test_boot_then_the_status_of_everything() -> None:
    bench = booted(StationConfig(evses=2, iccid="89", imsi="204"))
    assert bench.actions() == ["BootNotification"] + ["StatusNotification"] * 3
    assert bench.calls()[0].payload["iccid"] == "89"
    assert [s.payload["connectorId"] for s in bench.calls("StatusNotification")] == [0, 1, 2]


@pytest.mark.parametrize("status", ["Pending", "Rejected"])
@pytest.mark.parametrize(("interval", "wait"), [(17, 17), (0, 30)])
def test_silence_until_the_interval_is_over(status: str, interval: int, wait: int) -> None:
    bench = Bench()
    bench.answers["BootNotification"] = boots(status, interval)
    bench.ask("power_on")
    bench.ask("plug_in")
    bench.ask("present", token="TAG-1")
    bench.run(wait - 1)
    assert bench.actions() == ["BootNotification"]
    bench.run(2)
    assert bench.calls()[1].action == "BootNotification"
    assert bench.calls()[1].at == wait
    assert bench.statuses() == ["Available", "Preparing"]


def test_a_lost_connection_does_not_shorten_the_interval() -> None:
    bench = Bench()
    bench.answers["BootNotification"] = boots("Rejected", 100)
    bench.ask("power_on")
    bench.run(10)
    bench.lose()
    bench.reachable = True
    bench.run(80)
    assert bench.link is not None
    assert len(bench.calls("BootNotification")) == 1
    bench.run(20)
    assert [s.at for s in bench.calls("BootNotification")] == [0, 100]


def test_while_rejected_nothing_is_answered() -> None:
    bench = Bench()
    bench.answers["BootNotification"] = boots("Rejected", 60)
    bench.ask("power_on")
    number = bench.post("GetConfiguration", {})
    assert number not in bench.results


def test_while_pending_the_csms_may_configure_and_trigger() -> None:
    bench = Bench()
    bench.answers["BootNotification"] = boots("Pending", 60)
    bench.ask("power_on")
    assert bench.request("GetConfiguration")["configurationKey"]
    bench.configure(MeterValueSampleInterval="7")
    assert bench.request("RemoteStartTransaction", idTag="A", connectorId=1) == {"status": "Rejected"}
    assert bench.request("RemoteStopTransaction", transactionId=1) == {"status": "Rejected"}
    assert bench.actions() == ["BootNotification"]
    assert bench.request("TriggerMessage", requestedMessage="StatusNotification", connectorId=1)
    assert bench.actions() == ["BootNotification", "StatusNotification"]
    assert bench.request("TriggerMessage", requestedMessage="BootNotification") == {"status": "Accepted"}
    assert bench.actions()[2:] == ["BootNotification"] + ["StatusNotification"] * 2
    assert bench.calls("BootNotification")[1].at == 0


def test_a_refused_or_unanswered_boot_is_repeated() -> None:
    bench = Bench()
    bench.answers["BootNotification"] = "InternalError"
    bench.ask("power_on")
    bench.run(100)
    assert [s.at for s in bench.calls()] == [0, 30, 60, 90]


def test_a_fault_before_registration_is_told_afterwards() -> None:
    bench = Bench()
    bench.answers["BootNotification"] = boots("Pending", 10)
    bench.ask("power_on")
    bench.ask("fault")
    bench.run(11)
    assert bench.statuses(connector=1) == ["Faulted"]


def test_the_clock_is_taken_from_the_csms() -> None:
    bench = booted(StationConfig(clock_offset=-7200 * SECOND))
    assert bench.calls("StatusNotification")[0].payload["timestamp"] == bench.stamp(-1)


def test_heartbeats_keep_their_interval_and_a_new_one_takes_effect() -> None:
    bench = booted()
    bench.run(1000)
    assert [s.at for s in bench.calls("Heartbeat")] == [300, 600, 900]
    bench.configure(HeartbeatInterval="10")
    mark = bench.mark
    bench.run(35)
    assert [s.at for s in bench.calls("Heartbeat", mark)] == [1011, 1021, 1031]
    answer = bench.request("GetConfiguration", key=["HeartbeatInterval"])
    assert answer["configurationKey"][0]["value"] == "10"


# ---- configuration keys --------------------------------------------------------------------------

REQUIRED = {
    "AuthorizeRemoteTxRequests": False, "ClockAlignedDataInterval": False, "ConnectionTimeOut": False,
    "ConnectorPhaseRotation": False, "GetConfigurationMaxKeys": True, "HeartbeatInterval": False,
    "LocalAuthorizeOffline": False, "LocalPreAuthorize": False, "MeterValuesAlignedData": False,
    "MeterValuesSampledData": False, "MeterValueSampleInterval": False, "NumberOfConnectors": True,
    "ResetRetries": False, "StopTransactionOnEVSideDisconnect": False, "StopTransactionOnInvalidId": False,
    "StopTxnAlignedData": False, "StopTxnSampledData": False, "SupportedFeatureProfiles": True,
    "TransactionMessageAttempts": False, "TransactionMessageRetryInterval": False,
    "UnlockConnectorOnEVSideDisconnect": False, "LocalAuthListEnabled": False, "LocalAuthListMaxLength": True,
    "SendLocalListMaxLength": True, "ChargeProfileMaxStackLevel": True,
    "ChargingScheduleAllowedChargingRateUnit": True, "ChargingScheduleMaxPeriods": True,
    "MaxChargingProfilesInstalled": True,
}  # fmt: skip


def test_every_required_key_has_its_access() -> None:
    listed = booted().request("GetConfiguration")
    assert "unknownKey" not in listed
    table = {entry["key"]: entry["readonly"] for entry in listed["configurationKey"]}
    assert {name: table.get(name) for name in REQUIRED} == REQUIRED
    assert "AuthorizationKey" not in table


def test_every_default_passes_its_own_check_and_every_readonly_key_refuses() -> None:
    bench = booted()
    for entry in bench.request("GetConfiguration")["configurationKey"]:
        answer = bench.request("ChangeConfiguration", key=entry["key"], value=entry["value"])
        assert answer == {"status": "Rejected" if entry["readonly"] else "Accepted"}, entry


@pytest.mark.parametrize(
    ("key", "value", "status"),
    [
        ("MeterValueSampleInterval", "-1", "Rejected"),
        ("MeterValueSampleInterval", "ten", "Rejected"),
        ("metervaluesampleinterval", "12", "Accepted"),
        ("LocalPreAuthorize", "yes", "Rejected"),
        ("MeterValuesSampledData", "Energy.Active.Import.Register,SoC", "Rejected"),
        ("MeterValuesSampledData", "Voltage,Power.Active.Import", "Accepted"),
        ("WebSocketPingInterval", "-5", "Rejected"),
        ("ConnectorPhaseRotation", "0.RST,1.XYZ", "Rejected"),
        ("AuthorizationKey", "not hexadecimal", "Rejected"),
        ("Testing", "true", "NotSupported"),
    ],
)
def test_change_configuration(key: str, value: str, status: str) -> None:
    assert booted().request("ChangeConfiguration", key=key, value=value) == {"status": status}


def test_unknown_keys_are_named_and_known_ones_answered() -> None:
    answer = booted().request("GetConfiguration", key=["Nonsense", "heartbeatinterval", "AuthorizationKey"])
    assert [entry["key"] for entry in answer["configurationKey"]] == ["HeartbeatInterval"]
    assert answer["unknownKey"] == ["Nonsense", "AuthorizationKey"]


def test_a_new_password_is_used_at_once() -> None:
    bench = booted(StationConfig(password=b"first password 123"))
    bench.configure(AuthorizationKey=b"second password 12".hex())
    bench.run(10)
    authorization = bench.dials[-1][1].dial.authorization
    assert authorization is not None
    assert base64.b64decode(authorization[6:]) == b"CS-0001:second password 12"
    assert len(bench.dials) == 2


def test_configuration_survives_a_reboot() -> None:
    bench = booted()
    bench.configure(ConnectionTimeOut="9")
    bench.ask("reboot")
    bench.run(5)
    answer = bench.request("GetConfiguration", key=["ConnectionTimeOut"])
    assert answer["configurationKey"][0]["value"] == "9"


def test_unknown_intents_and_places_are_refused() -> None:
    station = build(StationConfig())
    station.handle(Asked("power_on"), Instant(0, 0))
    with pytest.raises(ValueError, match="cannot be asked"):
        station.handle(Asked("fly"), Instant(0, 0))
    with pytest.raises(ValueError, match="no connector"):
        station.handle(Asked("plug_in", {"evse": 2, "connector": 1}), Instant(0, 0))


def test_message_ids_never_repeat_even_over_a_reboot() -> None:
    bench = charging()
    bench.ask("reboot")
    bench.run(30)
    ids = [s.id for s in bench.calls()]
    assert len(set(ids)) == len(ids)
    assert all(len(number) <= 36 for number in ids)
