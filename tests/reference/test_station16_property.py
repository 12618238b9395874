"""Whatever happens to the 1.6 practice station, it keeps the rules that hold always."""

from __future__ import annotations

from typing import Any

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule

from harness.reference.config import StationConfig
from harness.reference.station16 import clock, payloads
from harness.rpc.link import SECOND, Transmit
from tests.reference.station16_bench import Bench, booted

EVSES = st.integers(1, 2)
TOKENS = st.sampled_from(["A", "B", "C"])
NUMBERS = st.integers(0, 3)
TRIGGERS = st.sampled_from(["BootNotification", "Heartbeat", "MeterValues", "StatusNotification"])


def request(action: str, optional: dict[str, Any] | None = None, **members: Any) -> st.SearchStrategy[Any]:
    return st.tuples(st.just(action), st.fixed_dictionaries(members, optional=optional or {}))


REQUESTS: st.SearchStrategy[tuple[str, dict[str, Any]]] = st.one_of(
    request("RemoteStartTransaction", {"connectorId": NUMBERS}, idTag=TOKENS),
    request("RemoteStopTransaction", transactionId=st.integers(100, 108)),
    request("ChangeAvailability", connectorId=NUMBERS, type=st.sampled_from(["Operative", "Inoperative"])),
    request("UnlockConnector", connectorId=NUMBERS),
    request("Reset", type=st.sampled_from(["Hard", "Soft"])),
    request(
        "ReserveNow",
        connectorId=st.integers(0, 2),
        idTag=TOKENS,
        reservationId=st.integers(1, 2),
        expiryDate=st.just("2027-01-15T08:10:00Z"),
    ),
    request("CancelReservation", reservationId=st.integers(1, 2)),
    request("TriggerMessage", requestedMessage=TRIGGERS),
    request("ClearCache"),
)


class StationMachine(RuleBasedStateMachine):
    """Drivers, operators, the CSMS and the network do as they please."""

    @initialize()
    def switch_on(self) -> None:
        self.bench = booted(StationConfig(evses=2))
        self.bench.configure(AllowOfflineTxForUnknownId="true", MeterValueSampleInterval="30")

    @rule(intent=st.sampled_from(["plug_in", "unplug", "ev_suspend", "ev_resume", "stop_button", "fault", "clear_fault",
                                  "jam_lock", "free_lock", "park", "leave"]), evse=EVSES)  # fmt: skip
    def somebody_acts(self, intent: str, evse: int) -> None:
        self.bench.ask(intent, evse=evse, connector=1)

    @rule(token=TOKENS, evse=EVSES)
    def present(self, token: str, evse: int) -> None:
        self.bench.ask("present", token=token, type="ISO14443", evse=evse, connector=1)

    @rule(token=TOKENS, evse=EVSES)
    def charge(self, token: str, evse: int) -> None:
        for intent in ("clear_fault", "free_lock", "plug_in"):
            self.bench.ask(intent, evse=evse, connector=1)
        self.present(token, evse)

    @rule(evse=EVSES)
    def stop(self, evse: int) -> None:
        self.bench.ask("stop_button", evse=evse, connector=1)

    @rule(seconds=st.sampled_from([0.3, 5, 61, 400]))
    def time_passes(self, seconds: float) -> None:
        self.bench.run(seconds)

    @rule(intent=st.sampled_from(["power_off", "power_on", "reboot"]))
    def power(self, intent: str) -> None:
        self.bench.ask(intent)

    @precondition(lambda self: self.bench.link is not None)
    @rule(request=REQUESTS)
    def csms_asks(self, request: tuple[str, dict[str, Any]]) -> None:
        number = self.bench.post(*request)
        assert sum(s.id == number for s in self.bench.sent) == 1

    @precondition(lambda self: self.bench.link is not None)
    @rule()
    def connection_breaks(self) -> None:
        self.bench.lose()

    @precondition(lambda self: not self.bench.reachable)
    @rule()
    def connection_returns(self) -> None:
        self.bench.restore()

    @invariant()
    def at_most_one_call_is_open(self) -> None:
        if hasattr(self, "bench"):
            assert self.bench.endpoint.inspect()["open"] <= 1
            assert len({s.id for s in self.bench.calls()}) == len(self.bench.calls())

    def teardown(self) -> None:
        if not hasattr(self, "bench"):
            return
        bench = self.bench
        bench.ask("power_on")
        bench.restore()
        bench.run(120)
        assert bench.endpoint.inspect()["messages"] == 0
        check_transactions(bench)
        check_status(bench)


def check_transactions(bench: Bench) -> None:
    """Each transaction starts once, stops at most once, after that nothing; registers never fall."""
    number, meter = 100, {1: 0, 2: 0}
    started: dict[int, dict[str, Any]] = {}
    ended: set[int] = set()
    for sent in bench.calls():
        if sent.action == "StartTransaction":
            number += 1
            started[number] = sent.payload
            assert sent.payload["meterStart"] >= meter[sent.payload["connectorId"]]
            meter[sent.payload["connectorId"]] = sent.payload["meterStart"]
        elif sent.action in ("StopTransaction", "MeterValues") and "transactionId" in sent.payload:
            assert sent.payload["transactionId"] in started
            assert sent.payload["transactionId"] not in ended
            if sent.action == "StopTransaction":
                ended.add(sent.payload["transactionId"])
                start = started[sent.payload["transactionId"]]
                assert sent.payload["meterStop"] >= meter[start["connectorId"]]
                meter[start["connectorId"]] = sent.payload["meterStop"]
                assert sent.payload["timestamp"] >= start["timestamp"]


def check_status(bench: Bench) -> None:
    """Nothing but BootNotification and what was triggered before acceptance; connector 0 has three states."""
    for sent in bench.calls("StatusNotification"):
        if sent.payload["connectorId"] == 0:
            assert sent.payload["status"] in ("Available", "Unavailable", "Faulted")
        assert (sent.payload["errorCode"] == "NoError") is (sent.payload["status"] != "Faulted")
    for number in (1, 2):
        last = bench.statuses(connector=number)[-1]
        assert last == bench.endpoint.inspect()["status"][number]


TestStation = StationMachine.TestCase
TestStation.settings = settings(
    max_examples=60, stateful_step_count=40, deadline=None, suppress_health_check=list(HealthCheck), derandomize=True
)

JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False, allow_infinity=False) | st.text(max_size=8),
    lambda children: st.lists(children, max_size=3) | st.dictionaries(st.text(max_size=8), children, max_size=3),
    max_leaves=8,
)


def _member(member: payloads.Member) -> st.SearchStrategy[Any]:
    """Mostly the right kind of value, sometimes anything."""
    plain: dict[str, st.SearchStrategy[Any]] = {
        "string": st.sampled_from(member.values) if member.values else st.text(max_size=12),
        "dateTime": st.sampled_from(["2027-01-15T09:00:00Z", "1999-01-01T00:00:00+14:00", "9999-12-31T23:59:59Z"]),
        "integer": st.integers(-2, 5) | st.integers(),
        "number": st.floats(allow_nan=False, allow_infinity=False) | st.integers(0, 20),
    }
    if member.kind in plain:
        return plain[member.kind]
    if member.kind == "object":
        return _members(member.members)
    return st.lists(_members(member.members) if member.members else st.text(max_size=12), max_size=3)


def _members(members: Any) -> st.SearchStrategy[dict[str, Any]]:
    required = {name: _member(member) for name, member in members.items() if member.required}
    optional = {name: _member(member) for name, member in members.items() if not member.required}
    return st.fixed_dictionaries(required, optional=optional)


@settings(max_examples=200, deadline=None, derandomize=True)
@given(st.sampled_from(sorted(payloads.REQUESTS)).flatmap(
    lambda action: st.tuples(st.just(action), _members(payloads.REQUESTS[action]) | JSON)
))  # fmt: skip
def test_every_request_is_answered_once_and_the_station_lives_on(asked: tuple[str, Any]) -> None:
    bench = booted(StationConfig(evses=2, file_transfer=True))
    bench.ask("plug_in")
    bench.ask("present", token="A")
    number = bench.post(*asked)
    assert sum(s.id == number for s in bench.sent) == 1
    bench.run(30)
    bench.restore()
    assert bench.request("GetConfiguration")["configurationKey"]


@given(st.text(max_size=60) | st.binary(max_size=20) | JSON.map(str))
@settings(max_examples=100, deadline=None, derandomize=True)
def test_no_message_throws_it_off(text: str | bytes) -> None:
    bench = booted()
    bench.raw(text)
    for command in bench.commands:
        if isinstance(command, Transmit) and isinstance(command.data, str):
            command.data.encode()
    assert bench.request("ClearCache") == {"status": "Accepted"}


@given(st.integers(946_684_800, 4_102_444_800), st.integers(0, 999))
def test_timestamps_come_back(seconds: int, milliseconds: int) -> None:
    wall = seconds * SECOND + milliseconds * 1_000_000
    text = clock.text(wall)
    assert text.endswith("Z")
    assert len(text) == 24
    assert clock.parse(text) == wall
