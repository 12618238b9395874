"""The practice station for OCPP 2.0.1 keeps the specification: provisioning and availability."""

from __future__ import annotations

import base64
from typing import Any

import pytest

from harness.rpc.link import SECOND, Close, Connect, Drop, Ping, Ponged
from tests.reference.station201_bench import Bench, booted


def _boot(status: str, interval: int) -> dict[str, Any]:
    return {"currentTime": "2026-03-01T12:00:00Z", "interval": interval, "status": status}


# ---- connecting


def test_it_dials_with_encoded_identity_subprotocol_and_password() -> None:
    bench = Bench(identity="RDAM|1 2", password=b"correct horse", url="ws://csms.example/ocpp").boot()
    dial = bench.dials[0]
    assert dial.url == "ws://csms.example/ocpp/RDAM%7C1%202"
    assert dial.subprotocols == ("ocpp2.0.1",)
    assert dial.authorization is not None
    assert base64.b64decode(dial.authorization.removeprefix("Basic ")) == b"RDAM|1 2:correct horse"


def test_it_is_dark_until_power_on() -> None:
    bench = Bench()
    assert bench.station.wake_at() is None
    bench.ask("plug_in", evse=1, connector=1)
    assert bench.commands == []


def test_it_backs_off_twice_as_long_each_time_up_to_the_repeat_times() -> None:
    bench = Bench(up=False, reconnect_backoff=2 * SECOND).boot()
    moments = []
    for _ in range(9):
        due = bench.station.wake_at()
        assert due is not None
        moments.append((due - bench.monotonic) // SECOND)
        bench.wait((due - bench.monotonic) / SECOND)
    assert moments == [2, 4, 8, 16, 32, 64, 64, 64, 64]
    assert len(bench.dials) == 10


def test_a_link_number_is_never_used_twice() -> None:
    bench = booted()
    for _ in range(3):
        bench.drop(reachable=True)
        bench.wait(10)
    links = [command.link for command in bench.commands if isinstance(command, Connect)]
    assert len(links) == len(set(links)) == 3


def test_it_hangs_up_where_no_subprotocol_is_selected() -> None:
    bench = Bench()
    bench.subprotocol = None
    bench.boot()
    assert bench.sent == []
    assert any(isinstance(command, Close) for command in bench.commands)


@pytest.mark.parametrize("intent", ["park", "leave", "send", "dance"])
def test_what_it_cannot_do_is_an_error(intent: str) -> None:
    with pytest.raises(ValueError, match="station"):
        booted().ask(intent, evse=1)


# ---- booting


def test_accepted_it_tells_its_states_and_keeps_the_heartbeat_interval() -> None:
    bench = Bench(evses=2, connectors=2)
    bench.answers["BootNotification"] = _boot("Accepted", 120)
    bench.boot()
    assert bench.actions == ["BootNotification", *["StatusNotification"] * 4, "SecurityEventNotification"]
    assert bench.sent[0]["reason"] == "PowerUp"
    assert bench.statuses == [(e, c, "Available") for e in (1, 2) for c in (1, 2)]
    bench.clear()
    bench.wait(119)
    assert bench.sent == []
    bench.wait(241)
    assert [call.at // SECOND for call in bench.of("Heartbeat")] == [120, 240, 360]


def test_it_takes_the_time_of_the_csms_and_writes_it_in_utc_with_three_decimals() -> None:
    bench = Bench()
    bench.answers["BootNotification"] = _boot("Accepted", 120)
    bench.boot()
    assert bench.of("StatusNotification")[0]["timestamp"] == "2026-03-01T12:00:00.000Z"


@pytest.mark.parametrize("status", ["Pending", "Rejected"])
def test_turned_away_it_is_silent_for_the_interval_and_knocks_again(status: str) -> None:
    bench = Bench()
    bench.answers["BootNotification"] = _boot(status, 7)
    bench.boot()
    bench.ask("plug_in", evse=1, connector=1)
    bench.wait(6.9)
    assert bench.actions == ["BootNotification"]
    bench.wait(0.2)
    assert bench.actions == ["BootNotification"] * 2
    assert bench.sent[1].at - bench.sent[0].at >= 7 * SECOND


def test_interval_zero_means_an_interval_of_its_own() -> None:
    bench = Bench(boot_retry_interval=30)
    bench.answers["BootNotification"] = _boot("Rejected", 0)
    bench.boot()
    bench.wait(29)
    assert len(bench.sent) == 1
    bench.wait(2)
    assert len(bench.sent) == 2


def test_without_an_answer_it_knocks_again_later() -> None:
    bench = Bench(call_timeout=5 * SECOND, boot_retry_interval=30)
    bench.answers["BootNotification"] = None
    bench.boot()
    bench.wait(36)
    assert bench.actions == ["BootNotification"] * 2


def test_a_lost_connection_does_not_shorten_the_interval() -> None:
    bench = Bench(reconnect_backoff=SECOND)
    bench.answers["BootNotification"] = _boot("Pending", 60)
    bench.boot()
    bench.drop(reachable=True)
    bench.wait(55)
    assert bench.standing
    assert len(bench.sent) == 1
    bench.wait(10)
    assert len(bench.sent) == 2


def _pending() -> Bench:
    bench = Bench()
    bench.answers["BootNotification"] = _boot("Pending", 300)
    return bench.boot()


def test_while_pending_it_answers_what_it_may() -> None:
    bench = _pending()
    assert bench.set("OCPPCommCtrlr", "OfflineThreshold", "5") == "Accepted"
    assert bench.get("OCPPCommCtrlr", "OfflineThreshold")["attributeValue"] == "5"
    assert bench.call("GetBaseReport", requestId=1, reportBase="FullInventory") == {"status": "Accepted"}
    assert set(bench.actions[1:]) == {"NotifyReport"}
    token = {"idToken": "VALID", "type": "Central"}
    assert bench.call("RequestStartTransaction", remoteStartId=1, idToken=token, evseId=1) == {"status": "Rejected"}
    assert bench.call("RequestStopTransaction", transactionId="x") == {"status": "Rejected"}


@pytest.mark.parametrize("action", ["Reset", "ChangeAvailability", "ClearCache", "DataTransfer", "GetLocalListVersion"])
def test_while_pending_it_refuses_the_rest(action: str) -> None:
    assert _pending().request(action)[2] == "SecurityError"


def test_while_pending_a_trigger_makes_it_talk() -> None:
    bench = _pending()
    for name in ("Heartbeat", "BootNotification"):
        bench.clear()
        assert bench.call("TriggerMessage", requestedMessage=name) == {"status": "Accepted"}
        assert bench.actions == [name]
    assert bench.sent[0]["reason"] == "Triggered"


def test_rejected_it_refuses_everything() -> None:
    bench = Bench()
    bench.answers["BootNotification"] = _boot("Rejected", 300)
    bench.boot()
    assert bench.request("GetVariables")[2] == "SecurityError"


def test_a_fault_before_acceptance_is_told_after_it() -> None:
    bench = _pending()
    bench.ask("fault", evse=1, connector=1)
    assert bench.actions == ["BootNotification"]
    bench.answers["BootNotification"] = _boot("Accepted", 300)
    bench.wait(301)
    assert bench.statuses == [(1, 1, "Faulted")]
    event = bench.of("NotifyEvent")[0]["eventData"][0]
    assert (event["variable"]["name"], event["actualValue"]) == ("Problem", "true")


# ---- after a lost connection


@pytest.mark.parametrize(("away", "told"), [(30, 1), (90, 2)])
def test_after_reconnecting_it_tells_changes_or_everything(away: int, told: int) -> None:
    bench = booted(evses=2, reconnect_backoff=SECOND)
    bench.set("TxCtrlr", "TxStartPoint", "Authorized")
    bench.set("OCPPCommCtrlr", "OfflineThreshold", "60")
    bench.clear()
    bench.drop()
    bench.ask("plug_in", evse=2, connector=1)
    bench.wait(away)
    bench.reachable = True
    bench.wait(70)
    assert bench.statuses == [(1, 1, "Available"), (2, 1, "Occupied")][-told:]
    assert bench.actions[-1] == "Heartbeat"


# ---- availability


def test_availability_is_told_and_survives_a_reboot() -> None:
    bench = booted(evses=2)
    assert bench.call("ChangeAvailability", operationalStatus="Inoperative", evse={"id": 2}) == {"status": "Accepted"}
    assert bench.statuses == [(2, 1, "Unavailable")]
    bench.clear()
    assert bench.call("ChangeAvailability", operationalStatus="Inoperative", evse={"id": 2}) == {"status": "Accepted"}
    assert bench.sent == []
    bench.ask("reboot")
    bench.wait(5)
    assert bench.sent[0]["reason"] == "LocalReset"
    assert bench.statuses == [(1, 1, "Available"), (2, 1, "Unavailable")]
    bench.clear()
    assert bench.call("ChangeAvailability", operationalStatus="Operative", evse={"id": 2}) == {"status": "Accepted"}
    assert bench.statuses == [(2, 1, "Available")]


def test_the_whole_station_and_back_to_what_it_was() -> None:
    bench = booted(evses=2)
    bench.call("ChangeAvailability", operationalStatus="Inoperative", evse={"id": 1, "connectorId": 1})
    bench.call("ChangeAvailability", operationalStatus="Inoperative")
    bench.call("ChangeAvailability", operationalStatus="Operative")
    assert bench.statuses == [(1, 1, "Unavailable"), (2, 1, "Unavailable"), (2, 1, "Available")]


def test_availability_waits_for_the_transaction() -> None:
    bench = booted()
    bench.charge()
    bench.clear()
    assert bench.call("ChangeAvailability", operationalStatus="Inoperative", evse={"id": 1}) == {"status": "Scheduled"}
    assert bench.sent == []
    bench.ask("present", token="VALID", type="ISO14443", evse=1)
    assert bench.story == [("Ended", "StopAuthorized")]
    assert bench.statuses == [(1, 1, "Unavailable")]
    bench.ask("unplug", evse=1)
    bench.ask("plug_in", evse=1, connector=1)
    assert bench.story == [("Ended", "StopAuthorized")]


def test_an_unknown_place_is_rejected() -> None:
    bench = booted()
    assert bench.call("ChangeAvailability", operationalStatus="Operative", evse={"id": 9}) == {"status": "Rejected"}


def test_pings_keep_the_connection_alive_and_a_missing_pong_ends_it() -> None:
    bench = booted(call_timeout=5 * SECOND, reconnect_backoff=SECOND)
    assert bench.set("OCPPCommCtrlr", "WebSocketPingInterval", "10") == "Accepted"
    bench.wait(10.5)
    assert isinstance(bench.commands[-1], Ping)
    bench.feed(Ponged(bench.link, b""))
    bench.wait(9)
    assert len(bench.dials) == 1
    bench.wait(10)
    assert any(isinstance(command, Drop) for command in bench.commands)
    assert len(bench.dials) == 2


def test_another_csms_has_to_accept_the_station_anew() -> None:
    bench = Bench(configuration=(("OCPPCommCtrlr.NetworkProfileConnectionAttempts", "1"),), reconnect_backoff=SECOND)
    bench.boot()
    data = {
        "ocppVersion": "OCPP20", "ocppTransport": "JSON", "ocppCsmsUrl": "ws://other.example", "messageTimeout": 9,
        "securityProfile": 0, "ocppInterface": "Wired0",
    }  # fmt: skip
    bench.call("SetNetworkProfile", configurationSlot=2, connectionData=data)
    bench.set("OCPPCommCtrlr", "NetworkConfigurationPriority", "1,2")
    bench.drop()
    bench.clear()
    bench.reachable = True
    bench.wait(5)
    assert bench.dials[-1].url.startswith("ws://other.example/")
    assert bench.actions[0] == "BootNotification"
