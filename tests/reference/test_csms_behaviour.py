"""Each fault of the practice CSMS shows on the wire, and only where it is set."""

from __future__ import annotations

import dataclasses
import json
from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest

from harness.reference.csms import REMOVED, Behaviour, Edit
from harness.rpc.link import (
    Admission,
    Asked,
    Close,
    Command,
    Mute,
    Opened,
    PeerCertificate,
    Pinged,
    Received,
    Transmit,
)
from harness.security.papers import fact
from tests.reference.certificate_scenes import PKI, SERIAL
from tests.reference.csms_bench import PASSWORD, Bench, basic, change_password, event, handshake, password_answer
from tests.reference.over_sockets import shown_over_sockets

Scenario = Callable[[Bench], Any]

START = {"connectorId": 1, "idTag": "VALID", "meterStart": 0, "timestamp": "2026-03-01T00:00:00Z"}
STOP = {"transactionId": 999, "meterStop": 1, "timestamp": "2026-03-01T01:00:00Z"}


# ---- scenarios: what a station, or an operator, sees -------------------------------------------------


def admitted(identity: str, *offers: str, user: str | None = None, password: bytes = PASSWORD) -> Scenario:
    """Status and subprotocol of the answer to a handshake."""
    authorization = None if user is None else basic(user, password)

    def scenario(bench: Bench) -> tuple[int, str | None]:
        admission = bench.admit(handshake(identity, *offers, authorization=authorization))
        return admission.status, admission.subprotocol

    return scenario


def guesses(bench: Bench) -> list[int]:
    """Three wrong passwords."""
    wrong = handshake(IDENTITY, V2, authorization=basic(IDENTITY, b"wrong"))
    return [bench.admit(wrong).status for _ in range(3)]


def risen(bench: Bench) -> tuple[int, int]:
    """A station that has gone over to security profile 3 comes with its certificate, and then with its password."""
    by_password = handshake(IDENTITY, V2, authorization=basic(IDENTITY, PASSWORD))
    bench.tell(Opened(1, V2, by_password))
    priority = {"component": {"name": "OCPPCommCtrlr"}, "variable": {"name": "NetworkConfigurationPriority"}}
    for action, payload, answer in (
        ("SetNetworkProfile", {"configurationSlot": 2, "connectionData": {"securityProfile": 3}},
         {"status": "Accepted"}),
        ("SetVariables", {"setVariableData": [{**priority, "attributeValue": "2"}]},
         {"setVariableResult": [{**priority, "attributeStatus": "Accepted"}]}),
    ):  # fmt: skip
        bench.tell(Asked("send", {"station": IDENTITY, "action": action, "payload": payload}))
        asked = json.loads([c for c in bench.commands if isinstance(c, Transmit)][-1].data)
        bench.tell(Received(1, json.dumps([3, asked[1], answer])))
    peer = PeerCertificate("SN-1", "", "", "", "")
    with_certificate = replace(handshake(IDENTITY, V2), peer=peer)
    admitted = bench.admit(with_certificate).status
    bench.tell(Opened(2, V2, with_certificate))
    return admitted, bench.admit(by_password).status


def opened(bench: Bench, request: Any) -> tuple[Admission, list[Command]]:
    admission = bench.admit(request)
    bench.tell(Opened(1, admission.subprotocol, request)) if admission.status == 101 else None
    return admission, bench.commands


def refused_login(bench: Bench) -> tuple[int, list[int]]:
    admission, commands = opened(bench, handshake("RDAM|123", "ocpp2.0.1"))
    return admission.status, [c.code for c in commands if isinstance(c, Close)]


def nothing_in_common(bench: Bench) -> tuple[int, bool]:
    admission, commands = opened(bench, handshake("CP001", "ocpp0.1"))
    return admission.status, any(isinstance(c, Close) for c in commands)


def second_connection(bench: Bench) -> tuple[int, int]:
    """How many closes the second connection brings, and how many answers the first still gets."""
    first = bench.connect()
    bench.connect()
    return len(bench.closes), len(bench.calls(first, "Heartbeat"))


def answer(action: str, payload: Any = None) -> Scenario:
    return lambda bench: bench.call(bench.connect(), action, payload)


def kinds(action: str, payload: Any = None) -> Scenario:
    """The message types that a CALL brings."""
    return lambda bench: [frame[0] for frame in bench.calls(bench.connect(), action, payload)]


def after_malformed(bench: Bench) -> tuple[int, int]:
    """Answers to a good CALL after a bad one, and closes."""
    link = bench.connect()
    bench.say(link, [2, "bad", "Authorize", {}])
    closes = len(bench.closes)
    return len(bench.calls(link, "Heartbeat")), closes


def stray(bench: Bench) -> int:
    """Closes after an answer to what nobody asked."""
    bench.say(bench.connect(), [3, "stray", {}])
    return len(bench.closes)


def said(text: Any) -> Scenario:
    return lambda bench: [frame[0] for frame in bench.say(bench.connect(), text)]


def own_call_answered(bench: Bench) -> list[int]:
    """What comes back upon a CALLRESULT to the CSMS's CALL."""
    link = bench.connect()
    [call] = bench.ask("ClearCache")
    return [frame[0] for frame in bench.say(link, [3, call[1], {"status": "Accepted"}])]


def crossed(bench: Bench) -> int:
    link = bench.connect()
    bench.ask("ClearCache")
    return len(bench.calls(link, "Heartbeat"))


def two_asked(bench: Bench) -> int:
    bench.connect()
    return sum(len(bench.ask(action)) for action in ("ClearCache", "Reset"))


def message_ids(bench: Bench) -> int:
    link = bench.connect()
    ids = set()
    for _ in range(3):
        [call] = bench.ask("ClearCache")
        ids.add(call[1])
        bench.say(link, [3, call[1], {"status": "Accepted"}])
    return len(ids)


def prompt(bench: Bench) -> tuple[int, int]:
    """Answers at once, and one second later."""
    return len(bench.calls(bench.connect(), "Heartbeat")), len(bench.wait(1))


def crowded(bench: Bench) -> tuple[int, int, int]:
    """Answers at once to the boot and the heartbeat of the 51st station, and one second after them."""
    link = [bench.connect(identity) for identity in CROWD["stations"]][-1]
    return len(bench.calls(link, "BootNotification")), len(bench.calls(link, "Heartbeat")), len(bench.wait(1))


def quiet(bench: Bench) -> tuple[int, int]:
    """The same of the 50th."""
    link = [bench.connect(identity) for identity in list(CROWD["stations"])[:-1]][-1]
    return len(bench.calls(link, "Heartbeat")), len(bench.wait(1))


def unaccepted(bench: Bench) -> list[int]:
    link = bench.connect()
    bench.call(link, "BootNotification")
    return [frame[0] for frame in bench.calls(link, "Heartbeat")]


def back_again(bench: Bench) -> list[int]:
    link = bench.connect()
    bench.call(link, "BootNotification")
    again = bench.connect()
    return [frame[0] for frame in bench.calls(again, "Heartbeat")]


def called_while_rejected(bench: Bench) -> int:
    bench.call(bench.connect(), "BootNotification")
    return len(bench.ask("Reset"))


def boot_closes(bench: Bench) -> int:
    bench.call(bench.connect(), "BootNotification")
    return len(bench.closes)


def start_twice(bench: Bench) -> int:
    """How many ids an identical StartTransaction gets."""
    link = bench.connect()
    return len({bench.call(link, "StartTransaction", START)["transactionId"] for _ in range(2)})


def two_starts(bench: Bench) -> int:
    link = bench.connect()
    return len({bench.call(link, "StartTransaction", {**START, "connectorId": n})["transactionId"] for n in (1, 2)})


def concurrent(bench: Bench) -> str:
    link = bench.connect()
    bench.call(link, "StartTransaction", START)
    status: str = bench.call(link, "StartTransaction", {**START, "connectorId": 2})["idTagInfo"]["status"]
    return status


def ended_then_updated(bench: Bench) -> tuple[list[Any], str]:
    """CALLs upon a late event of an ended transaction, and how its token is judged in the next one."""
    link = bench.connect()
    bench.call(link, "TransactionEvent", event("Started", "t", 0, "VALID"))
    bench.call(link, "TransactionEvent", event("Ended", "t", 2))
    frames = bench.calls(link, "TransactionEvent", event("Updated", "t", 1))
    after = bench.call(link, "TransactionEvent", event("Started", "u", 0, "VALID"))
    return [frame[2] for frame in frames if frame[0] == 2], after["idTokenInfo"]["status"]


def portioned(bench: Bench) -> int:
    link = bench.connect()
    [call] = bench.ask("GetVariables")
    limit = {"attributeValue": "1", "component": {"name": "DeviceDataCtrlr"},
             "variable": {"name": "ItemsPerMessage", "instance": "GetVariables"}}
    bench.say(link, [3, call[1], {"getVariableResult": [limit]}])
    [call] = bench.ask("GetVariables", {"getVariableData": [{}, {}]})
    return len(call[3]["getVariableData"])


def new_password(bench: Bench) -> int:
    """The answer to a handshake with a password that the station accepted before."""
    link = bench.connect()
    bench.say(link, [3, change_password(bench, "battery staple 16")[1], password_answer("2.0.1", "Accepted")])
    return bench.admit(handshake("CP001", "ocpp2.0.1")).status


def called_on_new(bench: Bench) -> bool:
    """Whether a CALL goes to the newer of two connections."""
    bench.connect()
    new = bench.connect()
    bench.ask("Reset")
    return [c.link for c in bench.commands if isinstance(c, Transmit)] == [new]


def impostor(bench: Bench) -> tuple[bool, int]:
    """Whether an attempt with a wrong password leaves something to do, and what that closes."""
    bench.connect("RDAM|123", authorization=basic("RDAM|123", PASSWORD))
    bench.admit(handshake("RDAM|123", "ocpp2.0.1", authorization=basic("RDAM|123", b"wrong")))
    at_once = bench.csms.wake_at() == 0
    bench.wait(0)
    return at_once, len(bench.closes)


def muted(bench: Bench) -> list[Command]:
    bench.connect()
    return bench.commands


def idle(bench: Bench) -> list[int]:
    """Closes after 9 s with a ping in between, and after 10 s without."""
    link = bench.connect()
    bench.wait(5)
    bench.tell(Pinged(link, b""))
    found = []
    for seconds in (9, 1):
        bench.wait(seconds)
        found.append(len(bench.closes))
    return found


def innocent(bench: Bench) -> int:
    """Answers to another station after one sent something bad."""
    guilty, other = bench.connect("CP001"), bench.connect("CP002")
    bench.say(guilty, [2, "bad", "Authorize", {}])
    return len(bench.calls(other, "Heartbeat"))


def asked_reset(bench: Bench) -> int:
    bench.connect()
    return len(bench.ask("Reset"))


def foreign_stop(bench: Bench) -> str:
    """How the token is judged after another station stopped its transaction."""
    link, other = bench.connect("CP001"), bench.connect("CP002")
    number = bench.call(link, "StartTransaction", START)["transactionId"]
    bench.call(other, "StopTransaction", {**STOP, "transactionId": number})
    status: str = bench.call(link, "StartTransaction", {**START, "connectorId": 2})["idTagInfo"]["status"]
    return status


def starts_of_two(bench: Bench) -> int:
    """How many transactionIds two stations get between them."""
    links = [bench.connect("CP001"), bench.connect("CP002")]
    return len({bench.call(link, "StartTransaction", START)["transactionId"] for link in links})


def unplugged(bench: Bench) -> tuple[bool, bool]:
    """Whether the event of the unplugged EV, and the one after it, get an answer that is no CALLERROR."""
    link = bench.connect()
    bench.call(link, "TransactionEvent", event("Started", "t", 0))
    gone = {**event("Updated", "t", 1), "triggerReason": "EVCommunicationLost"}
    first = bench.call(link, "TransactionEvent", gone)
    then = bench.call(link, "TransactionEvent", event("Updated", "t", 2))
    return isinstance(first, dict), isinstance(then, dict)


def edited(bench: Bench) -> tuple[Any, Any, Any]:
    link = bench.connect()
    boot = bench.call(link, "BootNotification")
    token = bench.call(link, "Authorize", {"idToken": {"idToken": "VALID", "type": "ISO14443"}})
    [call] = bench.ask("GetVariables")
    return boot["status"], token["idTokenInfo"], call[3]["getVariableData"][0]["variable"]


def authorized(token: str) -> Scenario:
    payload = {"idToken": {"idToken": token, "type": "ISO14443"}}
    return lambda bench: bench.call(bench.connect(), "Authorize", payload).get("idTokenInfo")


def selected(bench: Bench) -> tuple[str | None, int]:
    """The subprotocol, and how many answers a CALL gets on that connection."""
    admission, _ = opened(bench, handshake("CP001", "ocpp2.0.1"))
    return admission.subprotocol, len(bench.calls(1, "Heartbeat"))


NOW = "2026-02-28T23:59:59.999"
BAD_TIME = {**event("Started", "t", 0), "timestamp": "2026-02-30T00:00:00Z"}
EDITS = (
    Edit("BootNotification", "status", "Wrong"),
    Edit("Authorize", "idTokenInfo.status", REMOVED),
    Edit("Authorize", "nowhere.status", "Wrong"),
    Edit("GetVariables", "getVariableData.0.variable.name", "Wrong"),
    Edit("GetVariables", "getVariableData.7", REMOVED),
)


@dataclasses.dataclass(frozen=True)
class Case:
    field: str
    value: Any
    scenario: Scenario
    right: Any
    wrong: Any
    version: str = "2.0.1"
    config: dict[str, Any] = dataclasses.field(default_factory=dict)


SIGNING = {"signer": lambda csr, identity: "CHAIN", "subjects": {"CP001": SERIAL}}


def renewed(name: str) -> Scenario:
    """The answer to a CSR like that certificate's, and how many chains follow."""

    def scenario(bench: Bench) -> tuple[str, int]:
        frames = bench.calls(bench.connect(), "SignCertificate", {"csr": fact(PKI, "signing request", name)})
        return frames[0][2]["status"], sum(frame[0] == 2 and frame[2] == "CertificateSigned" for frame in frames)

    return scenario


PENDING = {"boot_statuses": ("Pending",)}
REJECTED = {"boot_statuses": ("Rejected",)}
CROWD: dict[str, Any] = {"stations": {f"CP{number:03}": None for number in range(1, 52)}}
IDENTITY = "RDAM|123"
V2 = "ocpp2.0.1"

CASES = [
    Case("accepts_unknown_identity", True, admitted("CP009", V2), (404, None), (101, V2)),
    Case("identity_not_decoded", True, admitted(IDENTITY, V2, user=IDENTITY), (101, V2), (404, None)),
    Case("ignores_password", True, admitted(IDENTITY, V2), (401, None), (101, V2)),
    Case("password_as_text", True, admitted(IDENTITY, V2, user=IDENTITY, password=b"\xe4"), (101, V2), (401, None),
         config={"stations": {IDENTITY: b"\xe4"}}),
    Case("ignores_user", True, admitted(IDENTITY, V2, user="somebody"), (401, None), (101, V2)),
    Case("checks_password_after_upgrade", True, refused_login, (401, []), (101, [1008])),
    Case("takes_lower_profile", True, risen, (101, 403), (101, 101), config={"subjects": {IDENTITY: "SN-1"}}),
    Case("fails_open", 2, guesses, [401, 401, 401], [401, 401, 101]),
    Case("selects_unknown_subprotocol", True, admitted("CP001", "ocpp0.1"), (101, None), (101, "ocpp0.1")),
    Case("keeps_old_password", True, new_password, 401, 101),
    Case("omits_subprotocol", True, selected, (V2, 1), (None, 1)),
    Case("refuses_unknown_subprotocol", True, nothing_in_common, (101, True), (400, False)),
    Case("keeps_unnegotiated", True, nothing_in_common, (101, True), (101, False)),
    Case("keeps_old_connection", True, second_connection, (1, 0), (0, 0)),
    Case("calls_old_connection", True, called_on_new, True, False),
    Case("refusal_evicts", True, impostor, (False, 0), (True, 1)),
    Case("mute_to_pings", True, muted, [], [Mute(1)]),
    Case("hangs_up_on_strays", True, stray, 0, 1),
    Case("idle_close", 10_000_000_000, idle, [0, 0], [0, 1]),
    Case("accepts_bad_time", True, kinds("TransactionEvent", BAD_TIME), [4], [3]),
    Case("accepts_malformed", True, kinds("Heartbeat", {"surplus": 1}), [4], [3]),
    Case("deaf_after_malformed", True, after_malformed, (1, 0), (0, 0)),
    Case("closes_on_malformed", True, after_malformed, (1, 0), (1, 1)),
    Case("starves_all_after_malformed", True, innocent, 1, 0),
    Case("silent_on", frozenset({"Heartbeat"}), kinds("Heartbeat"), [3], []),
    Case("refuses", frozenset({"FirmwareStatusNotification"}), kinds("FirmwareStatusNotification"), [3], [4]),
    Case("error_code", "Oops", lambda b: b.call(b.connect(), "Frobnicate", {})[0], "NotImplemented", "Oops"),
    Case("results_for_unknown_action", True, kinds("Frobnicate", {}), [4], [3]),
    Case("answers_unknown_type", True, said([7, "1", {}]), [], [4]),
    Case("answers_results", True, own_call_answered, [], [4]),
    Case("answers_strays", True, said([3, "stray", {}]), [], [4]),
    Case("volunteers_results", True, kinds("Heartbeat"), [3], [3, 3]),
    Case("answers_twice", True, kinds("Heartbeat"), [3], [3, 3]),
    Case("wrong_message_id", True, lambda b: b.calls(b.connect(), "Heartbeat")[0][1], "station-1", "wrong"),
    Case("waits_for_own_call", True, crossed, 1, 0),
    Case("open_calls", 2, two_asked, 1, 2),
    Case("repeats_message_ids", True, message_ids, 3, 1),
    Case("withholds", frozenset({"Reset"}), asked_reset, 1, 0),
    Case("unasked", ("GetReport",), kinds("BootNotification"), [3], [3, 2]),
    Case("slow_when_many", 1_000_000_000, crowded, (1, 1, 0), (1, 0, 1), config=CROWD),
    Case("answer_delay", 1_000_000_000, prompt, (1, 0), (0, 1)),
    Case("time_suffix", "", answer("Heartbeat"), {"currentTime": NOW + "Z"}, {"currentTime": NOW}),
    Case("clock_skew", -3599, answer("Heartbeat"),
         {"currentTime": NOW + "Z"}, {"currentTime": "2026-02-28T23:00:00.999Z"}),
    Case("null_members", True, lambda b: answer("BootNotification")(b).get("statusInfo", 0), 0, None),
    Case("enum_outside_schema", True, authorized("VALID"), {"status": "Accepted"}, {"status": "ACCEPTED"}),
    Case("omits_interval", True, lambda b: "interval" in answer("BootNotification")(b), True, False),
    Case("omits_id_token_info", True, authorized("VALID"), {"status": "Accepted"}, None),
    Case("omits_id_token_info", True, answer("Authorize", {"idTag": "VALID"}),
         {"idTagInfo": {"status": "Accepted"}}, {}, "1.6"),
    Case("omits_group", True, authorized("SECOND"),
         {"status": "Accepted", "groupIdToken": {"idToken": "FAMILY", "type": "Central"}}, {"status": "Accepted"}),
    Case("accepts_every_token", True, authorized("NOBODY"), {"status": "Unknown"}, {"status": "Accepted"}),
    Case("accepts_every_vendor", True, answer("DataTransfer", {"vendorId": "nobody"}),
         {"status": "UnknownVendorId"}, {"status": "Accepted"}),
    Case("edits", EDITS, edited, ("Accepted", {"status": "Accepted"}, {"name": "OfflineThreshold"}),
         ("Wrong", {}, {"name": "Wrong"})),
    Case("serves_unaccepted", True, unaccepted, [4], [3], config=PENDING),
    Case("serves_unaccepted", True, unaccepted, [4], [3], "1.6", REJECTED),
    Case("calls_rejected", True, called_while_rejected, 0, 1, config=REJECTED),
    Case("demands_boot", True, back_again, [3], [4]),
    Case("demands_boot", True, back_again, [3], [4], "1.6"),
    Case("closes_pending", True, boot_closes, 0, 1, config=PENDING),
    Case("ignores_concurrent", True, concurrent, "ConcurrentTx", "Accepted", "1.6"),
    Case("new_transaction_on_retry", True, start_twice, 1, 2, "1.6"),
    Case("repeats_transaction_ids", True, two_starts, 2, 1, "1.6"),
    Case("counts_transactions_per_station", True, starts_of_two, 2, 1, "1.6"),
    Case("ends_when_unplugged", True, unplugged, (True, True), (True, False)),
    Case("ends_foreign_transactions", True, foreign_stop, "ConcurrentTx", "Accepted", "1.6"),
    Case("silent_on_unknown_transaction", True, kinds("StopTransaction", STOP), [3], [], "1.6"),
    Case("silent_on_unknown_transaction", True, kinds("TransactionEvent", event("Ended", "t", 3)), [3], []),
    Case("refuses_unknown_transaction", True, kinds("StopTransaction", STOP), [3], [4], "1.6"),
    Case("refuses_unknown_transaction", True, kinds("TransactionEvent", event("Ended", "t", 3)), [3], [4]),
    Case("revives_ended_transaction", True, ended_then_updated,
         ([], "Accepted"), (["GetTransactionStatus"], "ConcurrentTx")),
    Case("ignores_limits", True, portioned, 1, 2),
    Case("accepts_bad_csr", True, renewed("other station certificate"), ("Rejected", 0), ("Accepted", 1),
         config=SIGNING),
    Case("signs_nothing", True, renewed("station certificate"), ("Accepted", 1), ("Accepted", 0), config=SIGNING),
]


def test_up_to_50_stations_do_not_make_it_slow():
    bench = Bench(behaviour=Behaviour(slow_when_many=1_000_000_000), **CROWD)
    assert quiet(bench) == (1, 0)


@pytest.mark.parametrize("case", CASES, ids=lambda case: f"{case.field}-{case.version}")
def test_a_fault_shows_on_the_wire_and_only_where_it_is_set(case: Case):
    assert case.scenario(Bench(case.version, judged=False, **case.config)) == case.right
    faulty = Bench(case.version, behaviour=Behaviour(**{case.field: case.value}), **case.config)
    assert case.scenario(faulty) == case.wrong


def test_every_field_of_behaviour_has_a_case():
    shown = {case.field for case in CASES}
    every = {field.name for field in dataclasses.fields(Behaviour)}
    for version in ("1.6", "2.0.1"):
        assert every - shown == shown_over_sockets("csms", version) - shown


def test_no_case_is_the_same_either_way():
    assert [case.field for case in CASES if case.right == case.wrong] == []


def test_an_unchecked_payload_that_cannot_be_answered_is_an_internal_error():
    bench = Bench(behaviour=Behaviour(accepts_malformed=True))
    assert bench.call(bench.connect(), "Authorize", {})[0] == "InternalError"


def test_edits_do_not_reach_into_what_it_remembers():
    bench = Bench(behaviour=Behaviour(edits=(Edit("Reset", "type", "Wrong"),)))
    link = bench.connect()
    payload = {"type": "Immediate"}
    bench.tell(Asked("send", {"station": "CP001", "action": "Reset", "payload": payload}))
    assert payload == {"type": "Immediate"}
    assert all(isinstance(c, Transmit) and c.link == link for c in bench.commands)
