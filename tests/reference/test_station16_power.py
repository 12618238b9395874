"""The 1.6 practice station without mains, and what ends a reservation."""

from __future__ import annotations

from typing import Any

import pytest

from harness.reference.config import StationConfig
from tests.reference.station16_bench import Bench, booted, charging


def test_with_backup_power_it_tells_the_end_before_it_goes_down() -> None:
    bench = charging(StationConfig(backup_power=True))
    bench.ask("power_off")
    bench.run(1)
    assert [stop.payload["reason"] for stop in bench.calls("StopTransaction")] == ["PowerLoss"]
    assert len(bench.calls("BootNotification")) == 1
    bench.ask("power_on")
    bench.run(1)
    assert len(bench.calls("BootNotification")) == 2
    assert len(bench.calls("StopTransaction")) == 1


def test_power_that_comes_back_while_backup_power_lasts_restarts_it_all_the_same() -> None:
    bench = charging(StationConfig(backup_power=True))
    bench.ask("power_off")
    bench.ask("power_on")
    bench.run(1)
    assert len(bench.calls("BootNotification")) == 2


def test_without_backup_power_it_tells_the_end_afterwards_or_goes_on() -> None:
    for resumes in (False, True):
        bench = charging(StationConfig(resumes_transactions=resumes))
        bench.configure(MeterValueSampleInterval="1")
        bench.ask("power_off")
        bench.run(1)
        assert not bench.calls("StopTransaction")
        bench.ask("power_on")
        before = len(bench.calls("MeterValues"))
        bench.run(3)
        assert len(bench.calls("StopTransaction")) == (0 if resumes else 1)
        assert (len(bench.calls("MeterValues")) > before) is resumes


def reserve(bench: Bench, connector: int, **more: Any) -> str:
    answer = bench.request("ReserveNow", connectorId=connector, expiryDate=bench.stamp(600), reservationId=7,
                           **{"idTag": "TAG-1", **more})
    return str(answer["status"])


@pytest.mark.parametrize("place", [0, 1])
def test_what_breaks_or_is_taken_out_of_service_is_reserved_for_nobody(place: int) -> None:
    for breaks in (True, False):
        bench = booted()
        assert reserve(bench, place) == "Accepted"
        if breaks:
            bench.ask("fault", evse=place, connector=place)
        else:
            bench.request("ChangeAvailability", connectorId=place, type="Inoperative")
        assert bench.request("CancelReservation", reservationId=7) == {"status": "Rejected"}


def test_a_remote_start_for_the_reserved_group_is_checked_and_then_taken() -> None:
    bench = booted()
    bench.answers["Authorize"] = {"idTagInfo": {"status": "Accepted", "parentIdTag": "GROUP"}}
    bench.configure(AuthorizeRemoteTxRequests="false")
    assert reserve(bench, 1, parentIdTag="GROUP") == "Accepted"
    assert bench.request("RemoteStartTransaction", connectorId=1, idTag="TAG-2") == {"status": "Accepted"}
    bench.ask("plug_in", evse=1, connector=1)
    bench.run(1)
    assert bench.calls("Authorize")[-1].payload == {"idTag": "TAG-2"}
    assert bench.calls("StartTransaction")[-1].payload["reservationId"] == 7
