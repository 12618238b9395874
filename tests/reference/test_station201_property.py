"""Whatever the driver, the operator, the CSMS and the line do: what the 2.0.1 practice station sends stays lawful."""

from __future__ import annotations

import json
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from harness.rpc.link import SECOND
from tests.reference.station201_bench import ACCEPTED, INVALID, TOKEN, Bench

INTENTS = ("plug_in", "unplug", "park", "leave", "ev_suspend", "ev_resume", "stop_button", "fault", "clear_fault",
           "reboot", "power_off", "power_on")  # fmt: skip
POINTS = ("ParkingBayOccupancy", "EVConnected", "Authorized", "PowerPathClosed", "EnergyTransfer")
REQUESTS: tuple[tuple[str, dict[str, Any]], ...] = (
    ("Reset", {"type": "Immediate"}), ("Reset", {"type": "OnIdle"}), ("Reset", {"type": "Immediate", "evseId": 1}),
    ("ChangeAvailability", {"operationalStatus": "Inoperative"}),
    ("ChangeAvailability", {"operationalStatus": "Operative"}),
    ("RequestStartTransaction", {"remoteStartId": 1, "idToken": TOKEN, "evseId": 1}),
    ("UnlockConnector", {"evseId": 1, "connectorId": 1}), ("ClearCache", {}),
    ("TriggerMessage", {"requestedMessage": "TransactionEvent"}),
    ("TriggerMessage", {"requestedMessage": "BootNotification"}),
)  # fmt: skip

ACTS = st.one_of(
    st.tuples(st.just("intent"), st.sampled_from(INTENTS), st.integers(1, 2)),
    st.tuples(st.just("card"), st.sampled_from(["A", "B"]), st.integers(1, 2)),
    st.tuples(st.just("wait"), st.sampled_from([1, 20, 70, 130]), st.just(0)),
    st.tuples(st.just("line"), st.booleans(), st.just(0)),
    st.tuples(st.just("request"), st.sampled_from(REQUESTS), st.just(0)),
    st.tuples(st.just("csms"), st.sampled_from(["kind", "strict", "deaf", "broken"]), st.just(0)),
)
MOODS: dict[str, Any] = {
    "kind": lambda request: ACCEPTED if "idToken" in request else {},
    "strict": lambda request: INVALID if "idToken" in request else {},
    "deaf": None,
    "broken": "InternalError",
}


def _act(bench: Bench, act: tuple[str, Any, int]) -> None:
    kind, what, evse = act
    if kind == "intent":
        bench.ask(what, evse=evse, connector=1)
    elif kind == "card":
        bench.ask("present", token=what, type="ISO14443", evse=evse)
    elif kind == "wait":
        bench.wait(what)
    elif kind == "line":
        bench.reachable = what
        if not what and bench.standing:
            bench.drop()
    elif kind == "csms":
        bench.answers["TransactionEvent"] = MOODS[what]
    elif bench.standing:
        bench.say([2, f"request-{len(bench.raw)}", what[0], what[1]])


def _transactions(bench: Bench) -> dict[str, list[dict[str, Any]]]:
    """The events of each transaction, repetitions left out."""
    found: dict[str, list[dict[str, Any]]] = {}
    for event in bench.events:
        told = found.setdefault(event["transactionInfo"]["transactionId"], [])
        if event["seqNo"] not in [earlier["seqNo"] for earlier in told]:
            told.append(event)
    return found


@pytest.mark.timeout(120)
@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(
    st.lists(ACTS, max_size=25),
    st.sets(st.sampled_from(POINTS), min_size=1),
    st.sets(st.sampled_from(POINTS), min_size=1),
)
def test_any_life_is_lawful(acts: list[tuple[str, Any, int]], start: set[str], stop: set[str]) -> None:
    chosen = (
        ("TxCtrlr.TxStartPoint", ",".join(sorted(start))),
        ("TxCtrlr.TxStopPoint", ",".join(sorted(stop))),
        ("OCPPCommCtrlr.MessageAttempts[TransactionEvent]", "1000"),
        ("OCPPCommCtrlr.MessageAttemptInterval[TransactionEvent]", "0"),
        ("SampledDataCtrlr.TxUpdatedInterval", "60"),
        ("AuthCtrlr.OfflineTxForUnknownIdEnabled", "true"),
    )
    bench = Bench(
        evses=2, bay_sensor=True, configuration=chosen, call_timeout=5 * SECOND, reconnect_backoff=SECOND
    ).boot()
    for act in acts:
        _act(bench, act)
    bench.answers["TransactionEvent"] = MOODS["kind"]
    bench.reachable = True
    bench.ask("power_on")
    bench.wait(60)
    for events in _transactions(bench).values():
        assert [event["seqNo"] for event in events] == list(range(len(events)))
        assert [event["eventType"] for event in events].count("Started") == 1
        assert events[0]["eventType"] == "Started"
        assert all(event["eventType"] == "Updated" for event in events[1:-1])
        stamps = [event["timestamp"] for event in events]
        assert stamps == sorted(stamps)
        readings = [
            sample["value"]
            for event in events
            for meter in event.get("meterValue", [])
            for sample in meter["sampledValue"]
        ]
        assert readings == sorted(readings)
        assert "evse" in events[0]
    identifiers = [json.dumps(frame[1]) for frame in bench.raw if frame[0] == 2]
    assert len(identifiers) == len(set(identifiers))
