"""The practice station for OCPP 2.0.1: signed readings, and what a driver without authorisation gets."""

from __future__ import annotations

import pytest

from tests.reference.station201_bench import INVALID, TOKEN, booted
from tests.reference.test_station201_transactions import present


@pytest.mark.parametrize("signs", [True, False])
def test_every_reading_of_a_transaction_is_signed_where_it_is_told_to(signs: bool) -> None:
    bench = booted()
    bench.set("SampledDataCtrlr", "SignReadings", str(signs).lower())
    bench.set("SampledDataCtrlr", "TxEndedInterval", "60")
    bench.charge()
    bench.wait(150)
    bench.call("TriggerMessage", requestedMessage="TransactionEvent")
    present(bench)
    triggered, ended = bench.events[-2:]
    values = triggered["meterValue"] + ended["meterValue"]
    readings = [sample for value in values for sample in value["sampledValue"]]
    contexts = ["Trigger", "Sample.Periodic", "Sample.Periodic", "Transaction.End"]
    assert [sample["context"] for sample in readings] == contexts
    assert ["signedMeterValue" in sample for sample in readings] == [signs] * 4


def test_told_to_ask_nobody_it_charges_for_those_it_knows_alone() -> None:
    bench = booted()
    bench.set("AuthCtrlr", "DisableRemoteAuthorization", "true")
    bench.set("TxCtrlr", "TxStartPoint", "Authorized")
    bench.clear()
    bench.charge()
    assert bench.of("Authorize") == []
    assert bench.story == []
    entry = {"idToken": TOKEN, "idTokenInfo": {"status": "Accepted"}}
    bench.call("SendLocalList", versionNumber=1, updateType="Full", localAuthorizationList=[entry])
    bench.ask("present", token="VALID", type="ISO14443", evse=1)
    assert bench.of("Authorize") == []
    assert bench.story[0] == ("Started", "Authorized")


def test_readings_by_the_clock_are_signed_where_it_is_told_to() -> None:
    bench = booted()
    bench.set("AlignedDataCtrlr", "TxEndedInterval", "1")
    bench.charge()
    bench.wait(2)
    bench.set("AlignedDataCtrlr", "SignReadings", "true")
    bench.wait(2)
    bench.ask("present", token="VALID", type="ISO14443", evse=1)
    by_clock = [
        "signedMeterValue" in value["sampledValue"][0]
        for value in bench.events[-1]["meterValue"]
        if value["sampledValue"][0]["context"] == "Sample.Clock"
    ]
    assert set(by_clock) == {False, True}
    assert by_clock == sorted(by_clock)


def test_an_invalid_token_gets_the_energy_it_is_allowed_and_no_more() -> None:
    bench = booted()
    bench.set("TxCtrlr", "StopTxOnInvalidId", "false")
    bench.set("TxCtrlr", "MaxEnergyOnInvalidId", "11")  # at 11 kW: 3.6 s
    bench.answers["TransactionEvent"] = lambda request: INVALID if "idToken" in request else {}
    bench.charge()
    bench.wait(3.5)
    assert bench.events[-1]["transactionInfo"]["chargingState"] == "Charging"
    bench.wait(0.2)
    assert bench.events[-1]["transactionInfo"]["chargingState"] == "SuspendedEVSE"
