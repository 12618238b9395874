"""Each misbehaviour of the OCPP 2.0.1 practice station shows on the wire, and only where it is switched on."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import fields
from typing import Any

import pytest

from harness.reference.station201 import Behaviour
from harness.rpc.link import SECOND
from harness.transfer.signing import Who
from tests.reference.certificate_scenes import CERTIFICATE_CASES, CONFIG
from tests.reference.core_scenes import CORE_CASES, CORE_CONFIG
from tests.reference.firmware_scenes import LOG, NOWHERE, ROOT, firmware
from tests.reference.over_sockets import shown_over_sockets
from tests.reference.station201_bench import ACCEPTED, INVALID, TOKEN, Bench, Payload

Scene = Callable[[Bench], object]


def _reply(status: str, interval: int = 300) -> Payload:
    return {"currentTime": "2026-03-01T12:00:00Z", "interval": interval, "status": status}


def _present(bench: Bench, token: str = "VALID", evse: int = 1) -> None:
    bench.ask("present", token=token, type="ISO14443", evse=evse)


# ---- scenes: what the world and the CSMS do; the trace is compared with the conforming station's


def boot(bench: Bench) -> None:
    bench.boot()
    bench.wait(400)


def away(status: str, interval: int) -> Scene:
    def scene(bench: Bench) -> None:
        bench.answers["BootNotification"] = _reply(status, interval)
        bench.ask("plug_in", evse=1, connector=1)
        bench.boot()
        bench.ask("fault", evse=1, connector=1)
        bench.wait(40)
        bench.answers["BootNotification"] = _reply("Accepted")
        bench.wait(100)

    return scene


def pending(action: str, **payload: Any) -> Scene:
    def scene(bench: Bench) -> None:
        bench.answers["BootNotification"] = _reply("Pending")
        bench.boot()
        bench.request(action, payload)

    return scene


def charge(bench: Bench) -> None:
    bench.boot()
    bench.charge()
    bench.wait(100)
    _present(bench)
    bench.ask("unplug", evse=1)


def twice(bench: Bench) -> None:
    charge(bench)
    charge(bench)


def offline(bench: Bench) -> None:
    bench.boot()
    bench.drop()
    bench.ask("plug_in", evse=1, connector=1)
    bench.ask("unplug", evse=1)
    bench.wait(10)
    bench.reachable = True
    bench.wait(200)


def offline_reboot(bench: Bench) -> None:
    bench.boot()
    bench.drop()
    bench.ask("plug_in", evse=1, connector=1)
    bench.ask("unplug", evse=1)
    bench.ask("power_off")
    bench.reachable = True
    bench.ask("power_on")


def failing(bench: Bench) -> None:
    bench.boot()
    bench.answers["TransactionEvent"] = "InternalError"
    bench.ask("plug_in", evse=1, connector=1)
    bench.wait(100)


def deaf(bench: Bench) -> None:
    bench.boot()
    bench.answers["StatusNotification"] = None
    bench.charge()
    bench.say([2, "crossing", "GetLocalListVersion", {}])


def ask(action: str, before: Scene = boot, **payload: Any) -> Scene:
    def scene(bench: Bench) -> None:
        before(bench)
        bench.say([2, "question", action, payload])
        bench.wait(10)

    return scene


def say(text: str) -> Scene:
    def scene(bench: Bench) -> None:
        bench.boot()
        bench.say(text)

    return scene


def then(*scenes: Scene) -> Scene:
    def scene(bench: Bench) -> None:
        for part in scenes:
            part(bench)

    return scene


def setting(component: str, name: str, value: str) -> Scene:
    return lambda bench: bench.set(component, name, value)


def power(bench: Bench) -> None:
    bench.boot()


def plugged(bench: Bench) -> None:
    bench.boot()
    bench.charge()


def card(bench: Bench) -> None:
    bench.boot()
    _present(bench)
    bench.wait(100)


def cards(first: Payload, second: Payload) -> Scene:
    def scene(bench: Bench) -> None:
        bench.boot()
        bench.answers["Authorize"] = first
        bench.charge()
        bench.answers["Authorize"] = second
        _present(bench, "STRANGER")

    return scene


def master(bench: Bench) -> None:
    bench.boot()
    bench.set("AuthCtrlr", "MasterPassGroupId", "MASTERS")
    group = {"idToken": "MASTERS", "type": "Central"}
    bench.answers["Authorize"] = {"idTokenInfo": {"status": "Accepted", "groupIdToken": group}}
    _present(bench)


def drop(bench: Bench) -> None:
    bench.boot()
    bench.drop()
    bench.wait(30)
    bench.reachable = True
    bench.wait(100)


def reboot(bench: Bench) -> None:
    bench.ask("reboot")
    bench.wait(10)


def inoperative(bench: Bench) -> None:
    bench.boot()
    bench.say([2, "close", "ChangeAvailability", {"operationalStatus": "Inoperative"}])


def jam(bench: Bench) -> None:
    bench.boot()
    bench.ask("jam_lock", evse=1)


def bay(bench: Bench) -> None:
    bench.boot()
    bench.set("TxCtrlr", "TxStartPoint", "Authorized")


def listed(bench: Bench) -> None:
    bench.boot()
    bench.set("AuthCtrlr", "LocalPreAuthorize", "true")
    entry = {"idToken": TOKEN, "idTokenInfo": {"status": "Accepted"}}
    bench.call("SendLocalList", versionNumber=5, updateType="Full", localAuthorizationList=[entry])


def cached(bench: Bench) -> None:
    bench.boot()
    bench.set("AuthCtrlr", "LocalPreAuthorize", "true")
    for _ in range(3):
        _present(bench)


def judged(bench: Bench) -> None:
    bench.boot()
    bench.answers["TransactionEvent"] = lambda request: INVALID if "idToken" in request else {}
    bench.charge()


def unprotocolled(bench: Bench) -> None:
    bench.subprotocol = None
    bench.boot()


REMOTE = {"remoteStartId": 1, "idToken": TOKEN, "evseId": 1}
GET = {"getVariableData": [{"component": {"name": "OCPPCommCtrlr"}, "variable": {"name": "HeartbeatInterval"}}]}


def get(component: str, name: str) -> Scene:
    return ask("GetVariables", getVariableData=[{"component": {"name": component}, "variable": {"name": name}}])


def put(component: str, name: str, value: str) -> Scene:
    data = {"component": {"name": component}, "variable": {"name": name}, "attributeValue": value}
    return ask("SetVariables", setVariableData=[data])


def varied(bench: Bench) -> None:
    put("OCPPCommCtrlr", "RetryBackOffRandomRange", "5")(bench)
    drop(bench)


def lasting(bench: Bench) -> None:
    put("ChargingStation", "MinimumStatusDuration", "5")(bench)
    bench.ask("plug_in", evse=1, connector=1)
    bench.wait(10)


def chatty(bench: Bench) -> None:
    """Something else is said in the middle of a heartbeat interval."""
    bench.answers.update(BootNotification=_reply("Accepted", 100))
    bench.boot()
    bench.wait(150)
    bench.ask("plug_in", evse=1, connector=1)
    bench.wait(100)


def fleeting(bench: Bench) -> None:
    put("ChargingStation", "MinimumStatusDuration", "5")(bench)
    bench.ask("plug_in", evse=1, connector=1)
    bench.wait(1)
    bench.ask("unplug", evse=1)
    bench.wait(10)


def unponged(bench: Bench) -> None:
    put("OCPPCommCtrlr", "WebSocketPingInterval", "10")(bench)
    bench.wait(60)


def by_the_clock(bench: Bench) -> None:
    put("AlignedDataCtrlr", "Interval", "900")(bench)
    bench.wait(2000)


def reports(base: str) -> Scene:
    return ask("GetBaseReport", requestId=1, reportBase=base)


def profile(slot: int) -> Scene:
    data = {
        "ocppVersion": "OCPP20", "ocppTransport": "JSON", "ocppCsmsUrl": "ws://x", "messageTimeout": 9,
        "securityProfile": 0, "ocppInterface": "Wired0",
    }  # fmt: skip
    return ask("SetNetworkProfile", configurationSlot=slot, connectionData=data)


def update(wanted: dict[str, Any]) -> Scene:
    return ask("UpdateFirmware", requestId=7, firmware=wanted)


def trigger(message: str) -> Scene:
    return ask("TriggerMessage", requestedMessage=message)


CASES: list[tuple[str, Any, Scene]] = [
    *(("timestamps", style, boot) for style in ("no_zone", "short_offset", "local_as_utc", "six_decimals", "epoch")),
    ("wrong_connector_status", "Charging", boot),
    ("overlong_serial_number", True, boot),
    ("null_members", True, boot),
    ("extra_member", True, boot),
    ("omits", (("BootNotification", "reason"),), boot),
    ("replaces", (("BootNotification", "reason", "Hunger"),), boot),
    ("talks_while_pending", True, away("Pending", 60)),
    ("talks_while_rejected", True, away("Rejected", 60)),
    ("ignores_boot_interval", True, away("Pending", 60)),
    ("boots_once_only", True, away("Rejected", 60)),
    ("floods_on_interval_zero", True, away("Rejected", 0)),
    ("answers_forbidden_while_pending", True, pending("GetLocalListVersion")),
    ("remote_start_while_pending", True, pending("RequestStartTransaction", **REMOTE)),
    ("refuses_variables_while_pending", True, pending("GetVariables", **GET)),
    ("boots_after_every_reconnect", True, drop),
    ("no_status_after_boot", True, boot),
    ("no_status_after_reconnect", True, then(power, drop, lambda b: b.ask("fault"), drop)),
    ("wrong_boot_reason", "Unknown", boot),
    ("loses_early_events", True, away("Pending", 60)),
    ("ignores_heartbeat_interval", True, lambda b: (b.answers.update(BootNotification=_reply("Accepted", 7)), boot(b))),
    ("no_heartbeat", True, boot),
    ("ignores_current_time", True, lambda b: (b.answers.update(BootNotification=_reply("Accepted")), boot(b))),
    ("ignores_heartbeat_time", True,
     then(boot, lambda b: b.answers.update(Heartbeat={"currentTime": "2031-05-06T07:08:09Z"}), lambda b: b.wait(400),
          lambda b: b.ask("fault"))),
    ("beats_by_the_clock", True,
     then(boot, lambda b: b.answers.update(Heartbeat={"currentTime": "2031-05-06T07:08:09Z"}), lambda b: b.wait(400),
          lambda b: b.ask("fault"))),
    ("ignores_call_timeout", True, then(deaf, lambda b: b.wait(100))),
    ("loses_offline_events", True, offline),
    ("forgets_queue_on_reboot", True, offline_reboot),
    ("sequence_gap", True, charge),
    ("sequence_repeats", True, charge),
    ("no_offline_flag", True, offline),
    ("queue_order", "newest_first", offline),
    ("sends_events_twice", True, charge),
    ("retries_at_once", True, failing),
    ("retries_for_ever", True, failing),
    ("never_retries", True, failing),
    ("open_calls", 2, deaf),
    ("waits_with_answers", True, deaf),
    ("errors_on_results", True, boot),
    ("stray_results", True, get("OCPPCommCtrlr", "HeartbeatInterval")),
    ("answers_twice", True, get("OCPPCommCtrlr", "HeartbeatInterval")),
    ("answers_stray_results", True, say('[3, "nobody", {}]')),
    ("answers_unknown_message_type", True, say('[7, "x", {}]')),
    ("repeats_message_ids", True, boot),
    ("long_message_ids", True, boot),
    ("unknown_action_accepted", True, ask("Teleport")),
    ("accepts_bad_payloads", True, ask("Reset", type="Softly")),
    ("mute_on_bad_payloads", True, ask("Reset", type="Softly")),
    ("silent_on", frozenset({"Reset"}), ask("Reset", type="Immediate")),
    ("no_subprotocol", True, boot),
    ("wrong_subprotocol", "ocpp1.6", boot),
    ("accepts_missing_subprotocol", True, unprotocolled),
    ("identity_verbatim", True, boot),
    ("password_as_hex", True, boot),
    ("no_password", True, boot),
    ("never_reconnects", True, drop),
    ("reconnects_at_once", True, drop),
    ("ignores_missing_pong", True, unponged),
    ("no_random_back_off", True, varied),
    ("keeps_back_off", True, then(drop, drop)),
    ("reports_every_state", True, fleeting),
    ("scaled", (("MinimumStatusDuration", 3),), lasting),
    ("heartbeats_regardless", True, chatty),
    ("retry_pause_constant", True, failing),
    ("heartbeat_factor", 1.1, lambda b: (b.answers.update(BootNotification=_reply("Accepted", 7)), boot(b))),
    ("aligned_to_start", True, by_the_clock),
    ("wrong_meter_context", True, charge),
    ("register_backwards", True, charge),
    ("register_rebased", True, charge),
    ("no_meter_values", True, charge),
    ("wrong_trigger_reason", "Trigger", charge),
    ("wrong_stopped_reason", "Other", charge),
    ("wrong_charging_state", "Idle", charge),
    ("no_id_token", True, charge),
    ("no_evse", True, charge),
    ("reuses_transaction_id", True, twice),
    ("loses_remote_start_id", True, ask("RequestStartTransaction", **REMOTE)),
    ("charges_unauthorised", True, then(boot, lambda b: b.ask("plug_in"))),
    ("ignores_invalid_token", True, judged),
    ("stops_for_any_token", True, cards(ACCEPTED, ACCEPTED)),
    ("master_pass_starts", True, master),
    ("no_connection_timeout", True, card),
    ("accepts_unknown_transaction", True, ask("RequestStopTransaction", transactionId="nobody")),
    ("starts_when_unavailable", True, ask("RequestStartTransaction", inoperative, **REMOTE)),
    ("unlocks_during_transaction", True, ask("UnlockConnector", plugged, evseId=1, connectorId=1)),
    ("says_unlocked", True, ask("UnlockConnector", jam, evseId=1, connectorId=1)),
    ("wrong_messages_in_queue", True, ask("GetTransactionStatus")),
    ("caches_nothing", True, cached),
    ("authorizes_cached", True, cached),
    ("ignores_local_list", True, then(listed, _present)),
    ("ignores_list_version", True, ask("SendLocalList", listed, versionNumber=5, updateType="Differential")),
    ("read_only_writable", True, put("SecurityCtrlr", "SecurityProfile", "3")),
    ("unknown_variable_accepted", True, get("OCPPCommCtrlr", "Nonsense")),
    ("unknown_component_as_variable", True, get("NonsenseCtrlr", "Nonsense")),
    ("write_only_readable", True, get("SecurityCtrlr", "BasicAuthPassword")),
    ("out_of_range_accepted", True, put("OCPPCommCtrlr", "HeartbeatInterval", "-5")),
    ("no_attribute_type", True, get("OCPPCommCtrlr", "HeartbeatInterval")),
    (
        "forgets_variables", True,
        then(boot, setting("OCPPCommCtrlr", "OfflineThreshold", "7"), reboot, get("OCPPCommCtrlr", "OfflineThreshold")),
    ),
    ("ignores_items_limit", True, ask("GetVariables", getVariableData=GET["getVariableData"] * 60)),
    ("missing_components", frozenset({"TxCtrlr"}), get("TxCtrlr", "TxStartPoint")),
    ("tbc_always", True, reports("SummaryInventory")),
    ("tbc_never", True, reports("FullInventory")),
    ("report_sequence_from_one", True, reports("SummaryInventory")),
    ("report_other_request_id", True, reports("SummaryInventory")),
    ("empty_report_accepted", True, ask("GetReport", requestId=1, componentCriteria=["Problem"])),
    ("forgets_availability", True, then(inoperative, reboot)),
    ("availability_at_once", True, ask("ChangeAvailability", plugged, operationalStatus="Inoperative")),
    ("no_status_on_change", True, inoperative),
    ("resets_in_transaction", True, ask("Reset", plugged, type="OnIdle")),
    ("reset_without_ended", True, ask("Reset", plugged, type="Immediate")),
    ("trigger_before_answer", True, trigger("Heartbeat")),
    ("triggers_nothing", True, trigger("Heartbeat")),
    ("boot_trigger_always", True, trigger("BootNotification")),
    ("any_network_slot", True, profile(9)),
    ("installs_before_verifying", True, update(firmware())),
    ("verifies_first_megabyte", True, update(firmware(good=False))),
    ("trusts_any_signer", True, update(firmware(Who.STRANGER))),
    ("skips_firmware_states", frozenset({"Downloaded"}), update(firmware())),
    ("forgets_request_id", True, update(firmware())),
    ("boots_old_version", True, update(firmware())),
    ("hides_security_events", frozenset({"InvalidFirmwareSignature"}), update(firmware(good=False))),
    ("ignores_retries", True,
     ask("GetLog", logType="SecurityLog", requestId=1, log=NOWHERE, retries=2, retryInterval=1)),
    ("logs_of_the_future", True,
     ask("GetLog", logType="SecurityLog", requestId=1, log={**LOG, "oldestTimestamp": "2100-01-01T00:00:00Z"})),
    *CERTIFICATE_CASES,
    *CORE_CASES,
    ("any_vendor", True, ask("DataTransfer", vendorId="x")),
]  # fmt: skip


def _trace(behaviour: Behaviour, scene: Scene, *, valid: bool) -> list[tuple[int, str]]:
    """Everything the station did and when, as text."""
    bench = Bench(
        behaviour, valid=valid, identity="A|B", password=b"correct horse battery", reconnect_backoff=2 * SECOND,
        file_transfer=True, firmware_root=ROOT, **CONFIG, **CORE_CONFIG,
    )
    scene(bench)
    return bench.log


def test_every_field_has_a_case() -> None:
    shown = {name for name, _, _ in CASES}
    assert {field.name for field in fields(Behaviour)} - shown == shown_over_sockets("station", "2.0.1") - shown


@pytest.mark.parametrize(("field", "value", "scene"), CASES, ids=[f"{name}-{value}"[:40] for name, value, _ in CASES])
def test_a_misbehaviour_shows_on_the_wire(field: str, value: Any, scene: Scene) -> None:
    assert getattr(Behaviour(), field) != value
    conforming = _trace(Behaviour(), scene, valid=True)
    assert conforming == _trace(Behaviour(), scene, valid=True), "not deterministic"
    assert conforming != _trace(Behaviour(**{field: value}), scene, valid=False)


@pytest.mark.parametrize(
    ("behaviour", "scene", "broken"),
    [
        (Behaviour(timestamps="no_zone"), boot, "timestamp"),
        (Behaviour(wrong_connector_status="Charging"), boot, "connectorStatus"),
        (Behaviour(null_members=True), boot, "customData"),
        (Behaviour(overlong_serial_number=True), boot, "serialNumber"),
    ],
)
def test_schema_faults_are_schema_faults(behaviour: Behaviour, scene: Scene, broken: str) -> None:
    with pytest.raises(AssertionError, match=broken):
        _trace(behaviour, scene, valid=True)


def test_sequence_numbers_and_order_go_wrong_as_named() -> None:
    def numbers(behaviour: Behaviour, scene: Scene = charge) -> list[int]:
        bench = Bench(behaviour)
        scene(bench)
        return [event["seqNo"] for event in bench.events]

    assert numbers(Behaviour()) == [0, 1, 2, 3]
    assert numbers(Behaviour(sequence_gap=True)) == [0, 2, 4, 6]
    assert numbers(Behaviour(sequence_repeats=True)) == [0, 0, 0, 0]
    assert numbers(Behaviour(queue_order="newest_first"), offline) == [1, 0]
    assert numbers(Behaviour(sends_events_twice=True)) == [0, 0, 1, 1, 2, 2, 3, 3]


def test_two_open_calls() -> None:
    def open_calls(behaviour: Behaviour) -> int:
        bench = Bench(behaviour)
        deaf(bench)
        results = {frame[1] for frame in bench.raw if frame[0] == 2}
        return len(results) - len(bench.of("BootNotification")) - 2  # boot, its status, its security event

    assert open_calls(Behaviour()) == 1
    assert open_calls(Behaviour(open_calls=3)) > 1


def test_stray_frames_are_what_their_names_say() -> None:
    bench = Bench(Behaviour(errors_on_results=True), valid=False)
    bench.boot()
    assert [frame[0] for frame in bench.raw[:2]] == [2, 4]
    assert bench.raw[1][1] == bench.raw[0][1]
    bench = Bench(Behaviour(stray_results=True), valid=False).boot()
    bench.say(json.dumps([2, "q", "GetLocalListVersion", {}]))
    assert [frame[0] for frame in bench.raw[-2:]] == [3, 3]
    assert bench.raw[-1][1] != "q"
