"""The 1.6 practice station: availability, reset, unlock, triggers, reservations, profiles, firmware."""

from __future__ import annotations

from typing import Any

import pytest

from harness.reference.config import StationConfig
from harness.rpc.link import SECOND
from tests.reference.station16_bench import Bench, booted, charging

TWO = StationConfig(evses=2)


# ---- availability --------------------------------------------------------------------------------


def test_the_whole_station_goes_out_of_service_and_stays_so() -> None:
    bench = booted(TWO)
    mark = bench.mark
    assert bench.request("ChangeAvailability", connectorId=0, type="Inoperative") == {"status": "Accepted"}
    assert bench.statuses(mark) == ["Unavailable"] * 3
    assert bench.request("RemoteStartTransaction", connectorId=1, idTag="A") == {"status": "Rejected"}
    bench.ask("power_off")
    bench.ask("power_on")
    bench.run(2)
    assert bench.statuses()[-3:] == ["Unavailable"] * 3
    mark = bench.mark
    assert bench.request("ChangeAvailability", connectorId=0, type="Operative") == {"status": "Accepted"}
    assert bench.statuses(mark) == ["Available"] * 3


def test_a_running_transaction_delays_it() -> None:
    bench = charging(TWO)
    mark = bench.mark
    assert bench.request("ChangeAvailability", connectorId=0, type="Inoperative") == {"status": "Scheduled"}
    assert bench.statuses(mark, 2) == ["Unavailable"]
    assert bench.statuses(mark, 1) == []
    bench.ask("stop_button")
    assert bench.statuses(mark, 1)[-1] == "Unavailable"


def test_availability_of_no_connector() -> None:
    assert booted().request("ChangeAvailability", connectorId=7, type="Operative") == {"status": "Rejected"}


# ---- reset, unlock, trigger, data transfer -------------------------------------------------------


@pytest.mark.parametrize("kind", ["Hard", "Soft"])
def test_reset(kind: str) -> None:
    bench = charging()
    mark = bench.mark
    assert bench.request("Reset", type=kind) == {"status": "Accepted"}
    bench.run(5)
    assert bench.actions(mark)[:3] == ["StopTransaction", "StatusNotification", "BootNotification"]
    assert bench.calls("StopTransaction")[0].payload["reason"] == kind + "Reset"
    assert bench.statuses(mark, 1) == ["Finishing", "Finishing"]


def test_reset_does_not_wait_for_a_silent_csms_and_keeps_the_stop() -> None:
    bench = charging()
    bench.answers["StopTransaction"] = None
    bench.request("Reset", type="Soft")
    bench.run(12)
    assert len(bench.calls("BootNotification")) == 2
    bench.answers["StopTransaction"] = {}
    bench.run(5)
    assert len(bench.calls("StopTransaction")) == 2
    assert {s.payload["transactionId"] for s in bench.calls("StopTransaction")} == {101}


def test_reboot_by_the_operator() -> None:
    bench = charging()
    bench.ask("reboot")
    bench.run(5)
    assert bench.calls("StopTransaction")[0].payload["reason"] == "Reboot"
    assert len(bench.calls("BootNotification")) == 2


def test_unlock() -> None:
    bench = charging()
    assert bench.request("UnlockConnector", connectorId=5) == {"status": "NotSupported"}
    assert bench.request("UnlockConnector", connectorId=1) == {"status": "Unlocked"}
    assert bench.calls("StopTransaction")[0].payload["reason"] == "UnlockCommand"
    bench.ask("unplug")
    assert bench.statuses()[-2:] == ["Finishing", "Available"]
    fixed = booted(StationConfig(fixed_cable=True))
    assert fixed.request("UnlockConnector", connectorId=1) == {"status": "NotSupported"}


@pytest.mark.parametrize(
    ("wanted", "connector", "status", "sent"),
    [
        ("Heartbeat", None, "Accepted", ["Heartbeat"]),
        ("BootNotification", None, "Rejected", []),
        ("StatusNotification", None, "Accepted", ["StatusNotification"] * 3),
        ("StatusNotification", 0, "Accepted", ["StatusNotification"]),
        ("StatusNotification", 3, "Rejected", []),
        ("MeterValues", 2, "Accepted", ["MeterValues"]),
        ("MeterValues", 3, "Rejected", []),
        ("FirmwareStatusNotification", None, "Accepted", ["FirmwareStatusNotification"]),
        ("DiagnosticsStatusNotification", None, "Accepted", ["DiagnosticsStatusNotification"]),
    ],
)
def test_trigger(wanted: str, connector: int | None, status: str, sent: list[str]) -> None:
    bench = booted(TWO)
    mark = bench.mark
    extra = {} if connector is None else {"connectorId": connector}
    assert bench.request("TriggerMessage", requestedMessage=wanted, **extra) == {"status": status}
    assert bench.actions(mark) == sent
    if wanted.endswith("sStatusNotification"):
        assert bench.calls(since=mark)[0].payload == {"status": "Idle"}


def test_triggered_meter_values_say_so() -> None:
    bench = charging()
    bench.request("TriggerMessage", requestedMessage="MeterValues", connectorId=1)
    payload = bench.calls("MeterValues")[0].payload
    assert payload["transactionId"] == 101
    assert payload["meterValue"][0]["sampledValue"][0]["context"] == "Trigger"


def test_data_transfer_of_an_unknown_vendor() -> None:
    assert booted().request("DataTransfer", vendorId="org.example") == {"status": "UnknownVendorId"}


# ---- reservations --------------------------------------------------------------------------------


def reserve(bench: Bench, connector: int = 1, seconds: float = 600, number: int = 4, **extra: str) -> str:
    status = bench.request(
        "ReserveNow", connectorId=connector, expiryDate=bench.stamp(seconds), idTag="R", reservationId=number, **extra
    )["status"]
    assert isinstance(status, str)
    return status


def test_only_the_reserved_token_starts() -> None:
    bench = booted()
    assert reserve(bench) == "Accepted"
    assert bench.statuses()[-1] == "Reserved"
    bench.ask("present", token="OTHER")
    bench.ask("plug_in")
    assert bench.statuses()[-1] == "Reserved"
    assert bench.request("RemoteStartTransaction", connectorId=1, idTag="OTHER") == {"status": "Rejected"}
    bench.ask("present", token="r")
    start = bench.calls("StartTransaction")[0].payload
    assert (start["reservationId"], start["idTag"]) == (4, "r")
    assert bench.statuses()[-2:] == ["Preparing", "Charging"]
    assert bench.request("CancelReservation", reservationId=4) == {"status": "Rejected"}


def test_a_token_of_the_reserved_group_starts() -> None:
    bench = booted()
    bench.answers["Authorize"] = {"idTagInfo": {"status": "Accepted", "parentIdTag": "G"}}
    reserve(bench, parentIdTag="G")
    bench.ask("present", token="MEMBER")
    bench.ask("plug_in")
    assert bench.calls("StartTransaction")[0].payload["reservationId"] == 4


def test_a_reservation_expires_and_survives_a_reboot_until_then() -> None:
    bench = booted()
    reserve(bench, seconds=60)
    bench.ask("reboot")
    bench.run(30)
    assert bench.statuses()[-1] == "Reserved"
    bench.run(29.5)
    assert bench.statuses()[-1] == "Reserved"
    bench.run(1)
    assert bench.statuses()[-1] == "Available"


def test_cancelling() -> None:
    bench = booted()
    assert bench.request("CancelReservation", reservationId=4) == {"status": "Rejected"}
    reserve(bench)
    assert bench.request("CancelReservation", reservationId=4) == {"status": "Accepted"}
    assert bench.statuses()[-1] == "Available"


@pytest.mark.parametrize("connector", [0, 1])
def test_what_cannot_be_reserved(connector: int) -> None:
    bench = booted()
    assert reserve(bench, connector=connector, seconds=-5) == "Rejected"
    bench.ask("plug_in")
    assert reserve(bench, connector=connector) == "Occupied"
    bench.ask("fault")
    assert reserve(bench, connector=connector) == "Faulted"
    bench.ask("clear_fault")
    bench.request("ChangeAvailability", connectorId=0, type="Inoperative")
    assert reserve(bench, connector=connector) == "Unavailable"
    assert reserve(bench, connector=8) == "Rejected"


def test_a_reserved_connector_is_occupied_for_others_and_replaced_by_the_same_id() -> None:
    bench = booted()
    assert reserve(bench) == "Accepted"
    assert reserve(bench, number=5) == "Occupied"
    assert reserve(bench, number=4) == "Accepted"


def test_reserving_anywhere_keeps_the_last_one_free() -> None:
    bench = booted(TWO)
    assert reserve(bench, connector=0) == "Accepted"
    assert "Reserved" not in bench.statuses()
    bench.ask("plug_in", evse=2)
    bench.ask("present", token="OTHER", evse=2)
    assert bench.statuses(connector=1)[-1] == "Reserved"
    bench.ask("present", token="OTHER")
    bench.ask("plug_in")
    assert len(bench.calls("StartTransaction")) == 1
    bench.ask("present", token="R")
    assert bench.calls("StartTransaction")[1].payload["reservationId"] == 4


# ---- smart charging ------------------------------------------------------------------------------


def profile(number: int, purpose: str, periods: list[tuple[int, float]], **more: Any) -> dict[str, Any]:
    schedule = {
        "chargingRateUnit": more.pop("unit", "A"),
        "chargingSchedulePeriod": [{"startPeriod": at, "limit": limit, "numberPhases": 3} for at, limit in periods],
        **({"duration": more.pop("duration")} if "duration" in more else {}),
        **({"startSchedule": more.pop("start")} if "start" in more else {}),
    }
    base = {
        "chargingProfileId": number,
        "stackLevel": 0,
        "chargingProfilePurpose": purpose,
        "chargingProfileKind": "Absolute",
    }
    return {**base, **more, "chargingSchedule": schedule}


def install(bench: Bench, connector: int, one: dict[str, Any]) -> str:
    status = bench.request("SetChargingProfile", connectorId=connector, csChargingProfiles=one)["status"]
    assert isinstance(status, str)
    return status


def composite(bench: Bench, duration: int, unit: str = "A") -> list[tuple[int, float]]:
    answer = bench.request("GetCompositeSchedule", connectorId=1, duration=duration, chargingRateUnit=unit)
    assert answer["status"] == "Accepted"
    return [(p["startPeriod"], p["limit"]) for p in answer["chargingSchedule"]["chargingSchedulePeriod"]]


def three_profiles(bench: Bench) -> None:
    now = bench.stamp()
    assert install(bench, 0, profile(1, "ChargePointMaxProfile", [(0, 10)], duration=86400, start=now)) == "Accepted"
    default = profile(2, "TxDefaultProfile", [(0, 6), (60, 10), (120, 8), (180, 15), (260, 8)], duration=300, start=now)
    assert install(bench, 1, default) == "Accepted"
    periods = [(0, 8.0), (50, 11.0), (140, 16.0), (200, 6.0), (240, 12.0)]
    assert install(bench, 1, profile(3, "TxProfile", periods, duration=260, start=now)) == "Accepted"


def test_composite_schedule_of_three_profiles() -> None:
    bench = charging()
    three_profiles(bench)
    assert composite(bench, 400) == [(0, 8), (50, 10), (200, 6), (240, 10)]


def test_profiles_limit_what_is_taken_and_survive_a_reboot() -> None:
    bench = charging()
    bench.configure(MeterValuesSampledData="Current.Import")
    three_profiles(bench)
    bench.run(61)
    value = bench.calls("MeterValues")[-1].payload["meterValue"][0]["sampledValue"][0]["value"]
    assert value == "10.0"
    bench.ask("reboot")
    bench.run(5)
    assert composite(bench, 30) != [(0, 15.9)]


def test_the_higher_stack_level_leads_and_clearing_follows_the_fields() -> None:
    bench = booted()
    now = bench.stamp()
    upper = profile(1, "TxDefaultProfile", [(0, 6), (60, 8), (200, 10)], duration=400, start=now, stackLevel=1)
    lower = profile(2, "TxDefaultProfile", [(0, 7), (100, 9)], duration=400, start=now)
    most = profile(3, "ChargePointMaxProfile", [(0, 11), (200, 12)], duration=86400, start=now)
    for connector, one in ((1, upper), (1, lower), (0, most)):
        assert install(bench, connector, one) == "Accepted"
    assert composite(bench, 350) == [(0, 6), (60, 8), (200, 10)]
    assert bench.request("ClearChargingProfile", id=1) == {"status": "Accepted"}
    assert composite(bench, 350) == [(0, 7), (100, 9)]
    cleared = bench.request("ClearChargingProfile", chargingProfilePurpose="TxDefaultProfile", stackLevel=0)
    assert cleared == {"status": "Accepted"}
    assert composite(bench, 350) == [(0, 11), (200, 12)]
    assert bench.request("ClearChargingProfile") == {"status": "Accepted"}
    assert composite(bench, 350) == [(0, 15.9)]
    assert composite(bench, 350, "W") == [(0, 11000)]
    assert bench.request("ClearChargingProfile") == {"status": "Unknown"}


def test_the_same_stack_level_and_purpose_is_replaced() -> None:
    bench = booted()
    for number, limit in ((1, 6.0), (2, 9.0)):
        install(bench, 1, profile(number, "TxDefaultProfile", [(0, limit)], start=bench.stamp()))
    assert composite(bench, 10) == [(0, 9)]
    assert bench.request("ClearChargingProfile", id=1) == {"status": "Unknown"}


def test_a_recurring_profile_comes_back_every_day() -> None:
    bench = booted()
    recurring = profile(
        1, "TxDefaultProfile", [(0, 6)], duration=3600, start=bench.stamp(-86400 + 600),
        chargingProfileKind="Recurring", recurrencyKind="Daily",
    )  # fmt: skip
    assert install(bench, 1, recurring) == "Accepted"
    assert composite(bench, 90_000) == [(0, 15.9), (600, 6), (4200, 15.9), (87_000, 6)]


@pytest.mark.parametrize(
    ("connector", "one", "answer"),
    [
        (1, profile(1, "TxProfile", [(0, 6)]), {"status": "Rejected"}),
        (1, profile(1, "ChargePointMaxProfile", [(0, 6)]), {"status": "Rejected"}),
        (9, profile(1, "TxDefaultProfile", [(0, 6)]), {"code": "PropertyConstraintViolation"}),
        (1, profile(1, "TxDefaultProfile", [(5, 6)]), {"status": "Rejected"}),
        (1, profile(1, "TxDefaultProfile", []), {"status": "Rejected"}),
        (1, profile(1, "TxDefaultProfile", [(0, -1)]), {"status": "Rejected"}),
        (1, profile(1, "TxDefaultProfile", [(0, 6)], stackLevel=99), {"status": "Rejected"}),
        (1, profile(1, "TxDefaultProfile", [(0, 6)], unit="kW"), {"code": "PropertyConstraintViolation"}),
    ],
)
def test_profiles_that_do_not_fit(connector: int, one: dict[str, Any], answer: dict[str, str]) -> None:
    bench = booted()
    assert bench.request("SetChargingProfile", connectorId=connector, csChargingProfiles=one) == answer


def test_a_profile_for_another_transaction_is_rejected() -> None:
    bench = charging()
    assert install(bench, 1, profile(1, "TxProfile", [(0, 6)], transactionId=77)) == "Rejected"
    assert install(bench, 1, profile(1, "TxProfile", [(0, 6)], transactionId=101)) == "Accepted"


def test_remote_start_with_a_profile() -> None:
    bench = booted()
    wrong = profile(1, "TxDefaultProfile", [(0, 6)])
    answer = bench.request("RemoteStartTransaction", connectorId=1, idTag="A", chargingProfile=wrong)
    assert answer == {"status": "Rejected"}
    right = profile(1, "TxProfile", [(0, 6)], chargingProfileKind="Relative")
    answer = bench.request("RemoteStartTransaction", connectorId=1, idTag="A", chargingProfile=right)
    assert answer == {"status": "Accepted"}
    bench.ask("plug_in")
    assert composite(bench, 10) == [(0, 6)]
    bench.ask("stop_button")
    assert composite(bench, 10) == [(0, 15.9)]


def test_a_limit_of_zero_means_no_energy() -> None:
    bench = charging()
    install(bench, 1, profile(1, "TxProfile", [(0, 0)], start=bench.stamp()))
    before = bench.endpoint.inspect()["register"][1]
    bench.run(600)
    assert bench.endpoint.inspect()["register"][1] == before
    assert bench.statuses()[-1] == "SuspendedEVSE"


def test_a_limit_changes_in_time_without_anybody_asking() -> None:
    bench = charging()
    bench.configure(MeterValueSampleInterval="0")
    begin = bench.time
    install(bench, 1, profile(1, "TxProfile", [(0, 16), (100, 0), (200, 16)], start=bench.stamp()))
    bench.run(250)
    seen = [(s.at - begin / SECOND, s.payload["status"]) for s in bench.calls("StatusNotification")[-2:]]
    assert seen == [(100, "SuspendedEVSE"), (200, "Charging")]


def test_composite_of_no_connector_or_of_a_year_is_rejected() -> None:
    bench = booted()
    assert bench.request("GetCompositeSchedule", connectorId=4, duration=5) == {"status": "Rejected"}
    assert bench.request("GetCompositeSchedule", connectorId=1, duration=10**12) == {"status": "Rejected"}


# ---- firmware and diagnostics --------------------------------------------------------------------


def test_a_firmware_update_that_works() -> None:
    bench = booted(StationConfig(file_transfer=True))
    assert bench.request("UpdateFirmware", location="http://h/f.bin", retrieveDate=bench.stamp(10)) == {}
    bench.run(9)
    assert bench.calls("FirmwareStatusNotification") == []
    bench.run(30)
    states = [s.payload["status"] for s in bench.calls("FirmwareStatusNotification")]
    assert states == ["Downloading", "Downloaded", "Installing", "Installed"]
    boots = bench.calls("BootNotification")
    assert boots[0].payload["firmwareVersion"] != boots[1].payload["firmwareVersion"]


def test_a_download_that_fails_is_retried() -> None:
    bench = booted()
    bench.request("UpdateFirmware", location="ftp://h/f", retrieveDate=bench.stamp(), retries=1, retryInterval=5)
    bench.run(60)
    states = [s.payload["status"] for s in bench.calls("FirmwareStatusNotification")]
    assert states == ["Downloading", "DownloadFailed"]
    assert len(bench.calls("BootNotification")) == 1


@pytest.mark.parametrize(("works", "end"), [(True, "Uploaded"), (False, "UploadFailed")])
def test_diagnostics(works: bool, end: str) -> None:
    bench = booted(StationConfig(file_transfer=works))
    assert bench.request("GetDiagnostics", location="ftp://h/d")["fileName"]
    bench.run(10)
    states = [s.payload["status"] for s in bench.calls("DiagnosticsStatusNotification")]
    assert states == ["Uploading", end]
