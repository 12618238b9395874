"""The 1.6 practice station: authorisation, transactions, meter values, what happens offline."""

from __future__ import annotations

from typing import Any

import pytest

from harness.reference.config import StationConfig
from harness.rpc.link import SECOND
from tests.reference.station16_bench import Bench, booted, charging


def present(bench: Bench, token: str = "TAG-1", evse: int = 1) -> None:
    bench.ask("present", token=token, type="ISO14443", evse=evse, connector=1)


def stopped(bench: Bench) -> dict[str, Any]:
    (stop,) = bench.calls("StopTransaction")
    return stop.payload


# ---- local start and stop ------------------------------------------------------------------------


def test_plug_first() -> None:
    bench = booted()
    mark = bench.mark
    bench.ask("plug_in")
    present(bench)
    assert bench.actions(mark) == ["StatusNotification", "Authorize", "StartTransaction", "StatusNotification"]
    assert bench.statuses(mark) == ["Preparing", "Charging"]
    start = bench.calls("StartTransaction")[0].payload
    assert (start["connectorId"], start["idTag"], start["meterStart"]) == (1, "TAG-1", 1000)
    assert "reservationId" not in start


def test_identify_first() -> None:
    bench = booted()
    mark = bench.mark
    present(bench)
    assert bench.actions(mark) == ["Authorize", "StatusNotification"]
    bench.ask("plug_in")
    assert bench.statuses(mark) == ["Preparing", "Charging"]


def test_connection_timeout_ends_the_intent() -> None:
    bench = booted(StationConfig(connection_timeout=20))
    mark = bench.mark
    present(bench)
    bench.run(19)
    assert bench.statuses(mark) == ["Preparing"]
    bench.run(1)
    assert bench.statuses(mark) == ["Preparing", "Available"]
    bench.ask("plug_in")
    bench.run(5)
    assert bench.calls("StartTransaction") == []


def test_presenting_twice_ends_the_intent() -> None:
    bench = booted()
    present(bench)
    present(bench, "tag-1")
    assert bench.statuses(connector=1) == ["Available", "Preparing", "Available"]


@pytest.mark.parametrize("status", ["Invalid", "Blocked", "Expired", "ConcurrentTx"])
def test_who_is_not_accepted_does_not_charge(status: str) -> None:
    bench = booted()
    bench.answers["Authorize"] = {"idTagInfo": {"status": status}}
    bench.ask("plug_in")
    present(bench)
    bench.run(100)
    assert bench.calls("StartTransaction") == []
    assert bench.statuses(connector=1) == ["Available", "Preparing"]


def test_the_same_token_stops_without_being_authorised_again() -> None:
    bench = charging()
    mark = bench.mark
    present(bench, "tag-1")
    assert bench.actions(mark) == ["StopTransaction", "StatusNotification"]
    assert bench.statuses(mark) == ["Finishing"]
    assert (stopped(bench)["reason"], stopped(bench)["idTag"]) == ("Local", "tag-1")
    bench.ask("unplug")
    assert bench.statuses(mark) == ["Finishing", "Available"]


def test_a_token_of_the_group_stops_and_a_stranger_does_not() -> None:
    bench = Bench()
    groups = {"TAG-1": "GROUP", "TAG-2": "GROUP", "TAG-3": "OTHER"}
    bench.answers["Authorize"] = lambda request: {
        "idTagInfo": {"status": "Accepted", "parentIdTag": groups[request["idTag"]]}
    }
    bench.ask("power_on")
    bench.ask("plug_in")
    present(bench)
    present(bench, "TAG-3")
    assert bench.calls("StopTransaction") == []
    present(bench, "TAG-2")
    assert stopped(bench)["idTag"] == "TAG-2"
    assert len(bench.calls("Authorize")) == 3


def test_the_stop_button() -> None:
    bench = charging()
    bench.ask("stop_button")
    assert stopped(bench)["reason"] == "Local"
    assert "idTag" not in stopped(bench)


@pytest.mark.parametrize("unlock", ["true", "false"])
def test_unplugging_the_ev_stops(unlock: str) -> None:
    bench = charging()
    bench.configure(UnlockConnectorOnEVSideDisconnect=unlock)
    mark = bench.mark
    bench.ask("unplug")
    assert stopped(bench)["reason"] == "EVDisconnected"
    if unlock == "true":
        assert bench.statuses(mark) == ["Finishing", "Available"]
    else:
        assert bench.statuses(mark) == ["Finishing"]
        assert bench.request("UnlockConnector", connectorId=1) == {"status": "Unlocked"}
        assert bench.statuses(mark) == ["Finishing", "Available"]


def test_unplugging_the_ev_may_only_suspend() -> None:
    bench = charging()
    bench.configure(StopTransactionOnEVSideDisconnect="false", UnlockConnectorOnEVSideDisconnect="false")
    mark = bench.mark
    bench.ask("unplug")
    status = bench.calls("StatusNotification", mark)[0].payload
    assert (status["status"], status["info"]) == ("SuspendedEV", "EV side disconnected")
    bench.ask("plug_in")
    assert bench.statuses(mark) == ["SuspendedEV", "Charging"]
    assert bench.calls("StopTransaction") == []


def test_an_ev_that_pauses_takes_no_energy() -> None:
    bench = charging()
    bench.run(3600 - 1)
    bench.ask("ev_suspend")
    bench.run(3600)
    bench.ask("ev_resume")
    bench.ask("stop_button")
    assert bench.statuses(connector=1)[-3:] == ["SuspendedEV", "Charging", "Finishing"]
    assert stopped(bench)["meterStop"] == 12_000


def test_a_fault_stops_and_prevents() -> None:
    bench = charging()
    mark = bench.mark
    bench.ask("fault")
    assert bench.statuses(mark) == ["Faulted"]
    assert bench.calls("StatusNotification")[-1].payload["errorCode"] != "NoError"
    present(bench)
    assert bench.request("RemoteStartTransaction", idTag="A", connectorId=1) == {"status": "Rejected"}
    assert len(bench.calls("StartTransaction")) == 1
    bench.ask("clear_fault")
    assert bench.statuses(mark) == ["Faulted", "Finishing"]


def test_a_jammed_lock_prevents_the_start() -> None:
    bench = booted()
    bench.ask("jam_lock")
    bench.request("RemoteStartTransaction", idTag="A", connectorId=1)
    bench.ask("plug_in")
    last = bench.calls("StatusNotification")[-1].payload
    assert (last["status"], last["errorCode"]) == ("Faulted", "ConnectorLockFailure")
    assert bench.calls("StartTransaction") == []
    assert bench.request("UnlockConnector", connectorId=1) == {"status": "UnlockFailed"}
    bench.ask("free_lock")
    assert bench.statuses()[-1] == "Preparing"


# ---- remote start and stop -----------------------------------------------------------------------


@pytest.mark.parametrize("authorise", ["true", "false"])
@pytest.mark.parametrize("plug_first", [True, False])
def test_remote_start(authorise: str, plug_first: bool) -> None:
    bench = booted()
    bench.configure(AuthorizeRemoteTxRequests=authorise)
    mark = bench.mark
    if plug_first:
        bench.ask("plug_in")
    assert bench.request("RemoteStartTransaction", connectorId=1, idTag="R") == {"status": "Accepted"}
    if not plug_first:
        bench.ask("plug_in")
    assert bench.statuses(mark) == ["Preparing", "Charging"]
    assert len(bench.calls("Authorize")) == (authorise == "true")
    assert bench.calls("StartTransaction")[0].payload["idTag"] == "R"


def test_remote_start_times_out() -> None:
    bench = booted()
    bench.request("RemoteStartTransaction", connectorId=1, idTag="R")
    bench.run(61)
    assert bench.statuses(connector=1) == ["Available", "Preparing", "Available"]


def test_remote_start_finds_the_plugged_connector() -> None:
    bench = booted(StationConfig(evses=3))
    bench.ask("plug_in", evse=3)
    assert bench.request("RemoteStartTransaction", idTag="R") == {"status": "Accepted"}
    assert bench.calls("StartTransaction")[0].payload["connectorId"] == 3


@pytest.mark.parametrize("payload", [{"connectorId": 0}, {"connectorId": 9}, {"connectorId": -1}, {"connectorId": 1}])
def test_remote_start_is_rejected(payload: dict[str, int]) -> None:
    assert charging().request("RemoteStartTransaction", idTag="R", **payload) == {"status": "Rejected"}


def test_remote_stop() -> None:
    bench = charging()
    assert bench.request("RemoteStopTransaction", transactionId=999) == {"status": "Rejected"}
    assert bench.request("RemoteStopTransaction", transactionId=101) == {"status": "Accepted"}
    assert stopped(bench)["reason"] == "Remote"
    assert bench.request("RemoteStopTransaction", transactionId=101) == {"status": "Rejected"}


# ---- authorisation without asking ----------------------------------------------------------------


def test_the_cache_serves_and_is_cleared() -> None:
    bench = booted()
    bench.configure(LocalPreAuthorize="true")
    bench.ask("plug_in")
    for _ in range(2):
        present(bench)
        bench.ask("stop_button")
    assert len(bench.calls("Authorize")) == 1
    assert bench.request("ClearCache") == {"status": "Accepted"}
    present(bench)
    assert len(bench.calls("Authorize")) == 2
    bench.configure(AuthorizationCacheEnabled="false")
    assert bench.request("ClearCache") == {"status": "Rejected"}


def test_an_expired_cache_entry_is_asked_about() -> None:
    bench = booted()
    bench.configure(LocalPreAuthorize="true")
    bench.answers["Authorize"] = {"idTagInfo": {"status": "Accepted", "expiryDate": bench.stamp(50)}}
    present(bench)
    bench.run(70)
    present(bench)
    assert len(bench.calls("Authorize")) == 2


def entries(*tokens: str, status: str = "Accepted") -> list[dict[str, Any]]:
    return [{"idTag": token, "idTagInfo": {"status": status}} for token in tokens]


def test_local_list_versions() -> None:
    bench = booted()

    def send(kind: str, version: int, listed: list[dict[str, Any]]) -> str:
        answer = bench.request("SendLocalList", updateType=kind, listVersion=version, localAuthorizationList=listed)
        status = answer["status"]
        assert isinstance(status, str)
        return status

    assert bench.request("GetLocalListVersion") == {"listVersion": 0}
    assert send("Full", 2, entries("A", "B")) == "Accepted"
    assert send("Differential", 5, [*entries("C"), {"idTag": "A"}]) == "Accepted"
    assert send("Differential", 4, entries("D")) == "VersionMismatch"
    assert send("Differential", 5, entries("D")) == "VersionMismatch"
    assert send("Full", 6, [{"idTag": "A"}]) == "Failed"
    assert send("Full", 6, entries("A", "a")) == "Failed"
    assert bench.request("GetLocalListVersion") == {"listVersion": 5}
    bench.configure(LocalPreAuthorize="true")
    for token in "CBA":
        present(bench, token)
        present(bench, token)
    assert [s.payload["idTag"] for s in bench.calls("Authorize")] == ["A"]
    assert bench.request("SendLocalList", updateType="Full", listVersion=9) == {"status": "Accepted"}
    assert bench.request("GetLocalListVersion") == {"listVersion": 0}
    bench.configure(LocalAuthListEnabled="false")
    assert bench.request("GetLocalListVersion") == {"listVersion": -1}
    assert send("Full", 10, entries("A")) == "NotSupported"


@pytest.mark.parametrize(
    ("listed", "unknown", "allowed"),
    [(None, "false", False), (None, "true", True), ("Accepted", "false", True), ("Blocked", "true", False)],
)
def test_offline_authorisation(listed: str | None, unknown: str, allowed: bool) -> None:
    bench = booted()
    bench.configure(AllowOfflineTxForUnknownId=unknown)
    if listed:
        listing = entries("TAG-1", status=listed)
        bench.request("SendLocalList", updateType="Full", listVersion=1, localAuthorizationList=listing)
    bench.lose()
    bench.ask("plug_in")
    present(bench)
    bench.restore()
    assert bool(bench.calls("StartTransaction")) is allowed


# ---- offline -------------------------------------------------------------------------------------


def offline() -> Bench:
    bench = booted()
    bench.configure(AllowOfflineTxForUnknownId="true")
    bench.lose()
    bench.ask("plug_in")
    present(bench)
    return bench


@pytest.mark.parametrize("reboots", [False, True])
def test_an_offline_transaction_is_delivered_in_order(reboots: bool) -> None:
    bench = offline()
    started = bench.stamp()
    bench.run(90)
    bench.ask("stop_button")
    bench.ask("unplug")
    if reboots:
        bench.ask("power_off")
        bench.run(10)
        bench.ask("power_on")
    mark = bench.mark
    bench.restore()
    related = [s for s in bench.calls(since=mark) if s.action in ("StartTransaction", "MeterValues", "StopTransaction")]
    assert [s.action for s in related] == ["StartTransaction", "MeterValues", "StopTransaction"]
    assert related[0].payload["timestamp"] == started
    assert [s.payload["transactionId"] for s in related[1:]] == [101, 101]
    assert bench.statuses(mark, 1) == (["Available"] if reboots else [])


def test_an_offline_start_after_a_reboot() -> None:
    bench = booted()
    bench.configure(AllowOfflineTxForUnknownId="true")
    bench.reachable = False
    bench.ask("reboot")
    bench.run(20)
    bench.ask("plug_in")
    present(bench)
    bench.restore()
    assert len(bench.calls("StartTransaction")) == 1
    assert bench.statuses(connector=1)[-1] == "Charging"


@pytest.mark.parametrize("stops", ["true", "false"])
def test_an_offline_start_that_is_not_accepted(stops: str) -> None:
    bench = offline()
    bench.answers["StartTransaction"] = {"transactionId": 5, "idTagInfo": {"status": "Invalid"}}
    mark = bench.mark
    bench.restore()
    assert bench.statuses(mark) == ["Charging", "Finishing"]
    assert stopped(bench)["reason"] == "DeAuthorized"
    bench.configure(StopTransactionOnInvalidId=stops)
    mark = bench.mark
    present(bench)
    assert bench.statuses(mark)[-1] == ("Finishing" if stops == "true" else "SuspendedEVSE")


def test_a_transaction_goes_on_while_the_connection_is_lost() -> None:
    bench = charging()
    bench.lose()
    bench.run(180)
    mark = bench.mark
    bench.restore()
    assert bench.statuses(mark) == []
    assert all(s.payload["transactionId"] == 101 for s in bench.calls("MeterValues"))
    minutes = [s.payload["meterValue"][0]["timestamp"][14:19] for s in bench.calls("MeterValues")]
    assert minutes[:3] == ["01:01", "02:01", "03:01"]


def test_failed_transaction_messages_are_retried_with_growing_pauses_and_given_up() -> None:
    bench = booted()
    bench.configure(TransactionMessageAttempts="3", TransactionMessageRetryInterval="10")
    bench.answers["StartTransaction"] = "InternalError"
    begin = bench.time / SECOND
    bench.ask("plug_in")
    present(bench)
    bench.run(59)
    starts = bench.calls("StartTransaction")
    assert [s.at - begin for s in starts] == [0, 10, 30]
    assert len({s.id for s in starts}) == 3
    assert starts[0].payload == starts[2].payload
    bench.ask("stop_button")
    assert stopped(bench)["transactionId"] == -1


def test_an_unanswered_start_is_retried_only_after_the_timeout() -> None:
    bench = booted()
    bench.answers["StartTransaction"] = None
    begin = bench.time / SECOND
    bench.ask("plug_in")
    present(bench)
    bench.run(45)
    assert [s.at - begin for s in bench.calls("StartTransaction")] == [0, 40]


def test_a_lost_connection_is_no_attempt() -> None:
    bench = booted()
    bench.configure(TransactionMessageAttempts="1")
    bench.answers["StartTransaction"] = None
    bench.ask("plug_in")
    present(bench)
    bench.lose()
    bench.answers["StartTransaction"] = {"transactionId": 7, "idTagInfo": {"status": "Accepted"}}
    bench.restore()
    bench.ask("stop_button")
    assert stopped(bench)["transactionId"] == 7


def test_power_loss_during_a_transaction() -> None:
    bench = charging()
    bench.run(3600 - 1)
    bench.ask("power_off")
    assert bench.endpoint.wake_at() is None
    bench.run(3600)
    bench.ask("power_on")
    bench.run(1)
    assert (stopped(bench)["reason"], stopped(bench)["meterStop"]) == ("PowerLoss", 12_000)
    assert bench.statuses(connector=1)[-1] == "Finishing"


def test_losing_power_while_an_authorisation_is_open_starts_nothing() -> None:
    bench = booted()
    bench.configure(AllowOfflineTxForUnknownId="true")
    bench.answers["Authorize"] = None
    bench.ask("plug_in")
    present(bench)
    bench.ask("power_off")
    bench.ask("power_on")
    bench.run(5)
    assert bench.calls("StartTransaction") == []


# ---- meter values --------------------------------------------------------------------------------


def samples(bench: Bench) -> list[dict[str, Any]]:
    return [s.payload["meterValue"][0] for s in bench.calls("MeterValues")]


def test_sampled_values() -> None:
    bench = booted()
    bench.configure(MeterValueSampleInterval="20", MeterValuesSampledData="Power.Active.Import,Current.Import,Voltage")
    bench.ask("plug_in")
    present(bench)
    started = bench.time
    bench.run(65)
    assert [s.at - started / SECOND for s in bench.calls("MeterValues")] == [20, 40, 60]
    values = samples(bench)[0]["sampledValue"]
    assert [v["measurand"] for v in values] == ["Power.Active.Import", "Current.Import", "Voltage"]
    assert [v["value"] for v in values] == ["11000.0", "15.9", "230.0"]
    assert {v["context"] for v in values} == {"Sample.Periodic"}


def test_clock_aligned_values() -> None:
    bench = charging()
    bench.configure(MeterValueSampleInterval="0", ClockAlignedDataInterval="20")
    bench.run(60)
    assert [value["timestamp"][-7:] for value in samples(bench)] == ["20.000Z", "40.000Z", "00.000Z"]
    assert {value["sampledValue"][0]["context"] for value in samples(bench)} == {"Sample.Clock"}
    bench.configure(ClockAlignedDataInterval="0")
    mark = bench.mark
    bench.run(60)
    assert bench.calls("MeterValues", mark) == []


def test_transaction_data_has_begin_and_end_and_agrees_with_meter_stop() -> None:
    bench = charging()
    bench.run(130)
    bench.ask("stop_button")
    data = stopped(bench)["transactionData"]
    contexts = [value["sampledValue"][0]["context"] for value in data]
    assert contexts == ["Transaction.Begin", "Sample.Periodic", "Sample.Periodic", "Transaction.End"]
    registers = [int(value["sampledValue"][0]["value"]) for value in data]
    assert registers == sorted(registers)
    assert registers[-1] == stopped(bench)["meterStop"]


def test_no_transaction_data_where_none_is_configured() -> None:
    bench = booted()
    bench.configure(StopTxnSampledData="", StopTxnAlignedData="")
    bench.ask("plug_in")
    present(bench)
    bench.run(70)
    bench.ask("stop_button")
    assert "transactionData" not in stopped(bench)
