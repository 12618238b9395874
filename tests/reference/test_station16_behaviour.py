"""Every field of the 1.6 station's `Behaviour` changes what can be seen on the wire."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import fields, replace
from typing import Any

import pytest

from harness.reference.config import StationConfig
from harness.reference.station16 import Behaviour
from harness.rpc.link import SECOND
from harness.security.papers import fact
from harness.transfer.signing import Who
from tests.reference import firmware_scenes
from tests.reference.certificate_scenes import PKI
from tests.reference.over_sockets import shown_over_sockets
from tests.reference.station16_bench import Bench

Scene = Callable[[Bench], None]
WHOLE = StationConfig(
    identity="A|B", password=b"\x01\xe4secret", evses=2, file_transfer=True, serial="S" * 20, clock_offset=90 * SECOND,
    firmware_root=firmware_scenes.ROOT, has_downgrade_switch=True,
)


def boot(bench: Bench) -> None:
    bench.ask("power_on")
    bench.run(1)


def idle(bench: Bench) -> None:
    boot(bench)
    bench.run(700)


def start(bench: Bench, token: str = "TAG-1") -> None:
    bench.ask("plug_in")
    bench.ask("present", token=token, type="ISO14443")
    bench.run(1)


def session(bench: Bench) -> None:
    boot(bench)
    start(bench)
    bench.run(130)
    bench.ask("ev_suspend")
    bench.run(5)
    bench.ask("stop_button")
    bench.ask("unplug")
    bench.run(5)


def configured(bench: Bench, **values: str) -> None:
    for key, value in values.items():
        bench.request("ChangeConfiguration", key=key, value=value)


def other_protocol(bench: Bench) -> None:
    bench.subprotocol = "ocpp2.0.1"
    idle(bench)


def signed(who: Who = Who.MANUFACTURER, good: bool = True) -> Scene:
    def scene(bench: Bench) -> None:
        boot(bench)
        bench.request("SignedUpdateFirmware", requestId=7, firmware=firmware_scenes.firmware(who, good))
        bench.run(20)

    return scene


def unreachable(bench: Bench) -> None:
    bench.reachable = False
    bench.ask("power_on")
    bench.run(200)


def interruption(bench: Bench) -> None:
    boot(bench)
    bench.lose()
    bench.ask("plug_in")
    bench.restore()


def no_pong(bench: Bench) -> None:
    boot(bench)
    configured(bench, WebSocketPingInterval="5")
    bench.pongs = False
    bench.run(100)


def two_calls(bench: Bench) -> None:
    boot(bench)
    bench.answers["StatusNotification"] = None
    bench.ask("plug_in", evse=1)
    bench.ask("plug_in", evse=2)
    bench.post("ClearCache", {})
    bench.run(5)


def stray(bench: Bench) -> None:
    boot(bench)
    bench.raw('[3,"nobody",{}]')


def bad_requests(bench: Bench) -> None:
    boot(bench)
    bench.post("NoSuchAction", {})
    bench.post("Reset", {"type": 5})


def no_answer(bench: Bench) -> None:
    boot(bench)
    bench.answers["StatusNotification"] = None
    bench.ask("plug_in")
    bench.ask("unplug")
    bench.run(100)


def turned_away(status: str, interval: int) -> Scene:
    def scene(bench: Bench) -> None:
        given = iter([{"status": status, "currentTime": bench.stamp(), "interval": interval}])
        accepted = bench.answers["BootNotification"]
        bench.answers["BootNotification"] = lambda request: next(given, None) or accepted(request)  # type: ignore[operator, misc]
        bench.ask("power_on")
        bench.ask("fault")
        bench.post("RemoteStartTransaction", {"idTag": "A", "connectorId": 2})
        bench.run(100)

    return scene


def new_heartbeat(bench: Bench) -> None:
    boot(bench)
    configured(bench, HeartbeatInterval="10")
    bench.run(30)


def faulty(bench: Bench) -> None:
    boot(bench)
    bench.ask("fault")
    bench.run(1)


def refused_token(bench: Bench) -> None:
    bench.answers["Authorize"] = {"idTagInfo": {"status": "Blocked"}}
    boot(bench)
    start(bench)


def cached(bench: Bench) -> None:
    boot(bench)
    configured(bench, LocalPreAuthorize="true")
    for _ in range(2):
        start(bench)
        bench.ask("stop_button")
    bench.request("ClearCache")
    start(bench)


def listed(bench: Bench) -> None:
    boot(bench)
    configured(bench, LocalPreAuthorize="true")

    def entry(token: str) -> list[dict[str, Any]]:
        return [{"idTag": token, "idTagInfo": {"status": "Accepted"}}]

    bench.request("SendLocalList", updateType="Full", listVersion=3, localAuthorizationList=entry("A"))
    bench.request("SendLocalList", updateType="Differential", listVersion=4, localAuthorizationList=entry("B"))
    bench.request("SendLocalList", updateType="Differential", listVersion=2, localAuthorizationList=entry("C"))
    start(bench, "A")


def offline_stranger(bench: Bench) -> None:
    boot(bench)
    bench.lose()
    start(bench)
    bench.restore()


def never_plugged(bench: Bench) -> None:
    boot(bench)
    bench.ask("present", token="TAG-1")
    bench.run(100)


def group(bench: Bench) -> None:
    bench.answers["Authorize"] = {"idTagInfo": {"status": "Accepted", "parentIdTag": "G"}}
    boot(bench)
    start(bench)
    bench.ask("present", token="TAG-2")


def stranger_stops(bench: Bench) -> None:
    boot(bench)
    start(bench)
    bench.ask("present", token="TAG-2")


def invalid_start(bench: Bench) -> None:
    bench.answers["StartTransaction"] = {"transactionId": 5, "idTagInfo": {"status": "Invalid"}}
    boot(bench)
    start(bench)


def offline_session(bench: Bench) -> None:
    boot(bench)
    configured(bench, AllowOfflineTxForUnknownId="true")
    bench.lose()
    start(bench)
    bench.run(70)
    bench.ask("stop_button")
    bench.restore()


def failing_start(bench: Bench) -> None:
    bench.answers["StartTransaction"] = "InternalError"
    boot(bench)
    start(bench)
    bench.run(200)


def ev_leaves(bench: Bench) -> None:
    boot(bench)
    start(bench)
    bench.ask("unplug")


def remote(bench: Bench) -> None:
    boot(bench)
    bench.request("RemoteStartTransaction", idTag="A", connectorId=0)
    bench.ask("plug_in")
    bench.request("RemoteStartTransaction", idTag="A", connectorId=1)
    bench.request("RemoteStopTransaction", transactionId=999)
    bench.request("RemoteStopTransaction", transactionId=101)


def reserved(bench: Bench) -> None:
    boot(bench)
    bench.request("CancelReservation", reservationId=1)
    bench.request("ReserveNow", connectorId=1, expiryDate=bench.stamp(60), idTag="R", reservationId=4)
    bench.ask("plug_in")
    bench.ask("present", token="OTHER")
    bench.run(1)
    bench.ask("present", token="R")


def reservation_lapses(bench: Bench) -> None:
    boot(bench)
    bench.request("ReserveNow", connectorId=1, expiryDate=bench.stamp(60), idTag="R", reservationId=4)
    bench.run(70)


def aligned(bench: Bench) -> None:
    boot(bench)
    configured(bench, ClockAlignedDataInterval="20")
    start(bench)
    bench.run(50)


def keys(bench: Bench) -> None:
    boot(bench)
    bench.request("ChangeConfiguration", key="NumberOfConnectors", value="9")
    bench.request("ChangeConfiguration", key="Nonsense", value="9")
    bench.request("ChangeConfiguration", key="ConnectionTimeOut", value="-9")
    bench.request("ChangeConfiguration", key="MeterValueSampleInterval", value="11")
    bench.request("GetConfiguration", key=["Nonsense"])
    bench.request("GetConfiguration")
    bench.ask("reboot")
    bench.run(10)
    bench.request("GetConfiguration")


def availability(bench: Bench) -> None:
    boot(bench)
    start(bench)
    bench.request("ChangeAvailability", connectorId=0, type="Inoperative")
    bench.run(1)
    bench.ask("stop_button")
    bench.ask("unplug")
    bench.ask("reboot")
    bench.run(10)


def reset(bench: Bench) -> None:
    boot(bench)
    start(bench)
    bench.request("Reset", type="Hard")
    bench.run(20)


def unlock(bench: Bench) -> None:
    boot(bench)
    bench.request("UnlockConnector", connectorId=1)
    bench.request("UnlockConnector", connectorId=9)


def triggers(bench: Bench) -> None:
    boot(bench)
    bench.request("TriggerMessage", requestedMessage="Heartbeat")
    bench.request("TriggerMessage", requestedMessage="MeterValues", connectorId=9)


def transfer(bench: Bench) -> None:
    boot(bench)
    bench.request("DataTransfer", vendorId="x")


def restarted_offline(bench: Bench) -> None:
    boot(bench)
    configured(bench, AllowOfflineTxForUnknownId="true")
    bench.lose()
    start(bench)
    bench.ask("stop_button")
    bench.ask("reboot")
    bench.run(5)
    bench.restore()
    bench.run(5)


def limited_session(bench: Bench) -> None:
    boot(bench)
    configured(bench, MeterValuesSampledData="Current.Import")
    one = {
        "chargingProfileId": 1, "stackLevel": 0, "chargingProfilePurpose": "TxDefaultProfile",
        "chargingProfileKind": "Relative", "chargingSchedule": {
            "chargingRateUnit": "A", "chargingSchedulePeriod": [{"startPeriod": 0, "limit": 6.0}]},
    }  # fmt: skip
    bench.request("SetChargingProfile", connectorId=1, csChargingProfiles=one)
    start(bench)
    bench.run(70)


def charging_profiles(bench: Bench) -> None:
    boot(bench)
    stack = [(0, 1, "ChargePointMaxProfile", 4), (1, 2, "TxDefaultProfile", 8), (1, 3, "TxDefaultProfile", 6)]
    for connector, number, purpose, limit in [*stack, (1, 9, "TxProfile", 3)]:
        one = {
            "chargingProfileId": number, "stackLevel": 0, "chargingProfilePurpose": purpose,
            "chargingProfileKind": "Relative", "chargingSchedule": {
                "chargingRateUnit": "A", "chargingSchedulePeriod": [{"startPeriod": 0, "limit": limit}],
                "minChargingRate": 4.5},
        }  # fmt: skip
        bench.request("SetChargingProfile", connectorId=connector, csChargingProfiles=one)
    bench.request("GetCompositeSchedule", connectorId=1, duration=60)
    for number in (2, 3, 3):
        bench.request("ClearChargingProfile", id=number)
    bench.ask("reboot")
    bench.run(10)
    bench.request("ClearChargingProfile")


def firmware(bench: Bench) -> None:
    boot(bench)
    bench.request("UpdateFirmware", location="http://h/f", retrieveDate=bench.stamp())
    bench.run(30)


def diagnostics(bench: Bench) -> None:
    boot(bench)
    bench.request("GetDiagnostics", location="http://h/d")
    bench.run(30)


LEAF = PKI.issued("station certificate").chain


def installing(bench: Bench) -> None:
    """What is no CA; where it is taken, it is listed too."""
    boot(bench)
    leaf = fact(PKI, "certificate", "station certificate")
    bench.request("InstallCertificate", certificateType="ManufacturerRootCertificate", certificate=leaf)
    bench.request("GetInstalledCertificateIds", certificateType="ManufacturerRootCertificate")


def renewing(bench: Bench) -> None:
    """The certificate that comes is for another key."""
    boot(bench)
    bench.request("ExtendedTriggerMessage", requestedMessage="SignChargePointCertificate")
    bench.request("CertificateSigned", certificateChain=LEAF)
    bench.run(5)


def unsigned(bench: Bench) -> None:
    """Nobody signs: it asks again, later each time."""
    boot(bench)
    bench.answers["SignCertificate"] = {"status": "Accepted"}
    bench.request("ExtendedTriggerMessage", requestedMessage="SignChargePointCertificate")
    bench.run(600)


def lowering(bench: Bench) -> None:
    boot(bench)
    bench.request("ChangeConfiguration", key="SecurityProfile", value="0")


def fleeting(bench: Bench) -> None:
    """A state that lasts a second only."""
    boot(bench)
    bench.request("ChangeConfiguration", key="MinimumStatusDuration", value="5")
    bench.ask("plug_in")
    bench.run(1)
    bench.ask("unplug")
    bench.run(10)


def back(value: str) -> Scene:
    """In security profile 3, and allowed to go back."""

    def scene(bench: Bench) -> None:
        boot(bench)
        bench.endpoint._station.memory.security_profile = 3
        bench.request("ChangeConfiguration", key="AllowSecurityProfileDowngrade", value="true")
        bench.request("ChangeConfiguration", key="SecurityProfile", value=value)

    return scene


def lasting(bench: Bench) -> None:
    """A state that lasts long enough."""
    boot(bench)
    bench.request("ChangeConfiguration", key="MinimumStatusDuration", value="5")
    bench.ask("plug_in")
    bench.run(10)


def chatty(bench: Bench) -> None:
    """Something else is said in the middle of a heartbeat interval."""
    boot(bench)
    bench.request("ChangeConfiguration", key="HeartbeatInterval", value="100")
    bench.run(150)
    bench.ask("plug_in")
    bench.run(100)


def told_time(bench: Bench) -> None:
    """A Heartbeat is answered with another time, and a state is told afterwards."""
    boot(bench)
    bench.answers["Heartbeat"] = {"currentTime": "2031-05-06T07:08:09Z"}
    bench.request("ChangeConfiguration", key="HeartbeatInterval", value="2")
    bench.run(5)
    session(bench)


TABLE: dict[str, tuple[Any, Scene]] = {
    "timestamp_style": ("no_zone", boot),
    "ignores_current_time": (True, boot),
    "ignores_heartbeat_time": (True, told_time),
    "reports_every_state": (True, fleeting),
    "scaled": ((("MinimumStatusDuration", 3),), lasting),
    "heartbeats_regardless": (True, chatty),
    "beats_by_the_clock": (True, told_time),
    "error_code": ("Error", boot),
    "meter_unit": ("Hz", session),
    "null_members": (True, boot),
    "overlong_serial": (True, boot),
    "empty_vendor": (True, boot),
    "reused_message_id": (True, boot),
    "overlong_message_id": (True, boot),
    "extra_member": (True, boot),
    "offers_subprotocol": (None, boot),
    "accepts_any_subprotocol": (True, other_protocol),
    "encodes_identity": (False, boot),
    "hex_password_verbatim": (True, boot),
    "password_as_text": (True, boot),
    "reconnects": (False, interruption),
    "backs_off": (False, unreachable),
    "notices_missing_pong": (False, no_pong),
    "calls_at_once": (2, two_calls),
    "answers_while_waiting": (False, two_calls),
    "error_to_result": (True, boot),
    "answers_unknown_ids": (True, stray),
    "duplicate_answers": (True, bad_requests),
    "unanswered_actions": (frozenset({"DataTransfer"}), transfer),
    "unknown_action_code": ("GenericError", bad_requests),
    "checks_payloads": (False, bad_requests),
    "ignores_call_timeout": (True, no_answer),
    "talks_while_pending": (True, turned_away("Pending", 20)),
    "pending_refusal": ("Accepted", turned_away("Pending", 20)),
    "answers_while_rejected": (True, turned_away("Rejected", 20)),
    "honours_boot_interval": (False, turned_away("Rejected", 20)),
    "floods_on_zero_interval": (True, turned_away("Rejected", 0)),
    "retries_boot": (False, turned_away("Rejected", 20)),
    "boots_after_reconnect": (True, interruption),
    "status_after_boot": (False, boot),
    "status_after_reconnect": (False, interruption),
    "loses_events_before_registration": (True, turned_away("Pending", 20)),
    "heartbeats": (False, idle),
    "heartbeat_factor": (0.5, idle),
    "applies_heartbeat_interval": (False, new_heartbeat),
    "sends_preparing": (False, session),
    "sends_finishing": (False, session),
    "sends_suspended": (False, session),
    "charging_status": ("Preparing", session),
    "reports_faults": (False, faulty),
    "authorises": (False, session),
    "honours_authorisation": (False, refused_token),
    "reads_cache": (False, cached),
    "clears_cache": (False, cached),
    "reads_local_list": (False, listed),
    "checks_list_version": (False, listed),
    "merges_differential": (False, listed),
    "offline_authorises_anyone": (True, offline_stranger),
    "honours_connection_timeout": (False, never_plugged),
    "stops_for_any_token": (True, stranger_stops),
    "knows_parent": (False, group),
    "stops_on_invalid_id": (False, invalid_start),
    "keeps_offline_transactions": (False, offline_session),
    "offline_transaction_id": (-1, offline_session),
    "forgets_messages": (True, restarted_offline),
    "duplicate_start_transaction": (True, session),
    "duplicate_stop_transaction": (True, session),
    "stop_before_start": (True, offline_session),
    "transaction_message_attempts": (6, failing_start),
    "waits_to_retry": (False, failing_start),
    "retry_interval_grows": (False, failing_start),
    "stop_reason": ("Other", session),
    "stop_timestamp_shift": (-60, session),
    "stops_on_ev_side_disconnect": (False, ev_leaves),
    "accepts_remote_start_anywhere": (True, remote),
    "starts_remotely": (False, remote),
    "authorises_remote": (False, remote),
    "accepts_unknown_transaction": (True, remote),
    "stops_remotely": (False, remote),
    "keeps_reservation_id": (False, reserved),
    "sends_meter_values": (False, session),
    "sampled_context": ("Sample.Clock", session),
    "clock_context": ("Sample.Periodic", aligned),
    "begin_context": ("Sample.Periodic", session),
    "end_context": ("Sample.Periodic", session),
    "meter_values_transaction_id": (0, session),
    "omits_transaction_id": (True, session),
    "meter_stop_below_register": (True, session),
    "register_runs_backwards": (True, session),
    "aligns_to_clock": (False, aligned),
    "fills_transaction_data": (False, session),
    "writes_read_only": (True, keys),
    "reports_unknown_keys": (False, keys),
    "missing_keys": (frozenset({"HeartbeatInterval"}), keys),
    "accepts_unknown_key": (True, keys),
    "checks_values": (False, keys),
    "applies_changes": (False, keys),
    "reveals_authorization_key": (True, keys),
    "forgets_configuration": (True, keys),
    "forgets_availability": (True, availability),
    "interrupts_for_availability": (True, availability),
    "applies_scheduled_availability": (False, availability),
    "reboots_on_reset": (False, reset),
    "stops_before_reset": (False, reset),
    "unlocks": (False, unlock),
    "unknown_connector_unlock": ("UnlockFailed", unlock),
    "sends_triggered": (False, triggers),
    "triggers_unknown_connector": (True, triggers),
    "data_transfer_status": ("Accepted", transfer),
    "honours_reservation": (False, reserved),
    "reservation_expires": (False, reservation_lapses),
    "cancels_unknown_reservation": (True, reserved),
    "replaces_same_stack_level": (False, charging_profiles),
    "forgets_profiles": (True, charging_profiles),
    "draws_over_limit": (True, limited_session),
    "accepts_any_profile": (True, charging_profiles),
    "composite_ignores_maximum": (True, charging_profiles),
    "raises_to_minimum": (True, charging_profiles),
    "clears_profiles": (False, charging_profiles),
    "skips_firmware_states": (frozenset({"Downloaded"}), firmware),
    "finishes_firmware": (False, firmware),
    "installs_before_verifying": (True, signed()),
    "verifies_first_megabyte": (True, signed(good=False)),
    "trusts_any_signer": (True, signed(Who.STRANGER)),
    "forgets_request_id": (True, signed()),
    "boots_old_version": (True, signed()),
    "hides_security_events": (frozenset({"InvalidFirmwareSignature"}), signed(good=False)),
    "finishes_diagnostics": (False, diagnostics),
    "installs_any_certificate": (True, installing),
    "makes_weak_keys": (True, renewing),
    "takes_any_signed_certificate": (True, renewing),
    "steady_signing_requests": (True, unsigned),
    "takes_security_downgrade": (True, lowering),
    "ignores_downgrade_switch": (True, back("2")),
    "downgrades_to_any": (True, back("1")),
}


def test_the_table_is_complete() -> None:
    every = {field.name for field in fields(Behaviour)}
    assert every - set(TABLE) == shown_over_sockets("station", "1.6") - set(TABLE)


def wire(behaviour: Behaviour, scene: Scene, *, valid: bool) -> list[str]:
    bench = Bench(WHOLE, behaviour, valid=valid)
    bench.lenient = not valid
    scene(bench)
    return [f"{at} {command}" for at, command in bench.log]


@pytest.mark.parametrize("name", TABLE)
def test_the_field_changes_the_wire(name: str) -> None:
    value, scene = TABLE[name]
    conforming = wire(Behaviour(), scene, valid=True)
    assert wire(Behaviour(), scene, valid=True) == conforming
    assert wire(replace(Behaviour(), **{name: value}), scene, valid=False) != conforming


@pytest.mark.parametrize("style", ["no_zone", "short_offset", "local_marked_utc", "microseconds", "space"])
def test_every_timestamp_style_differs(style: Any) -> None:
    assert wire(Behaviour(timestamp_style=style), boot, valid=False) != wire(Behaviour(), boot, valid=True)
