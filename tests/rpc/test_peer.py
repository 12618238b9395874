"""Our end of a connection: misuse raises, time-outs tick, nothing received raises, legal talk converges."""

from __future__ import annotations

import json
from collections import deque

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from harness.rpc.dialect import DIALECTS, V201_AS_PRINTED
from harness.rpc.frame import Call, Error, Result, ResultError, Send, encode
from harness.rpc.link import SECOND
from harness.rpc.peer import (
    CallReceived,
    CallTimedOut,
    ErrorReceived,
    Peer,
    ProtocolMisuse,
    ResultErrorReceived,
    ResultReceived,
    violations,
)

V16, V201, V21 = DIALECTS["1.6"], DIALECTS["2.0.1"], DIALECTS["2.1"]
ALL = [V16, V201, V201_AS_PRINTED, V21]
SIZE = settings(deadline=None, max_examples=100)
BEAT = Call("1", "Heartbeat", {})
TIME = {"currentTime": "2024-01-01T00:00:00Z"}


def test_a_call_and_its_answer():
    station, csms = Peer("station", V201), Peer("csms", V201)
    assert station.open_call is None
    text = station.send(BEAT, 7)
    assert station.open_call == BEAT
    assert csms.receive(text, 8) == (CallReceived(BEAT),)
    answer = csms.send(Result("1", TIME), 9)
    assert station.receive(answer, 10) == (ResultReceived(Result("1", TIME), BEAT, 7),)
    assert station.open_call is None
    assert station.deadline() is None
    assert csms.unanswered == ()


def test_a_refusal():
    station = Peer("station", V201)
    station.send(BEAT, 7)
    error = Error("1", "InternalError", "broken", {"why": "x"})
    assert station.receive(encode(error), 8) == (ErrorReceived(error, BEAT, 7),)
    assert station.open_call is None


def test_a_refused_result_in_21():
    station, csms = Peer("station", V21), Peer("csms", V21)
    csms.receive(station.send(BEAT, 0), 0)
    station.receive(csms.send(Result("1", {}), 1), 1)
    refusal = ResultError("1", "FormatViolation")
    assert csms.receive(station.send(refusal, 2), 2) == (ResultErrorReceived(refusal, BEAT),)
    with pytest.raises(ProtocolMisuse):
        station.send(refusal, 3)


def test_the_time_out():
    station = Peer("station", V16, call_timeout=30 * SECOND)
    station.send(BEAT, 5)
    assert station.deadline() == 5 + 30 * SECOND
    assert station.tick(4 + 30 * SECOND) == ()
    assert station.tick(5 + 30 * SECOND) == (CallTimedOut(BEAT, 5),)
    assert station.tick(6 + 30 * SECOND) == ()
    assert station.open_call is None
    assert station.deadline() is None
    station.send(Call("2", "Heartbeat", {}), 40 * SECOND)


MISUSE = {
    "second open CALL": (V16, [BEAT], Call("2", "Heartbeat", {})),
    "own id again": (V21, [Send("1", "NotifyPeriodicEventStream", {})], BEAT),
    "long id": (V16, [], Call("x" * 37, "Heartbeat", {})),
    "unknown action": (V16, [], Call("1", "Nonsense", {})),
    "wrong direction": (V16, [], Call("1", "Reset", {})),
    "SEND before 2.1": (V201, [], Send("1", "NotifyPeriodicEventStream", {})),
    "SEND as CALL": (V21, [], Call("1", "NotifyPeriodicEventStream", {})),
    "CALL as SEND": (V21, [], Send("1", "Heartbeat", {})),
    "answer to nothing": (V16, [], Result("9", {})),
    "refusal of nothing": (V16, [], Error("9", "GenericError")),
    "unreadable id in 1.6": (V16, [], Error("-1", "GenericError")),
    "CALLRESULTERROR before 2.1": (V201, [], ResultError("1", "FormatViolation")),
    "CALLRESULTERROR to nothing": (V21, [], ResultError("1", "FormatViolation")),
}


@pytest.mark.parametrize(("dialect", "before", "frame"), MISUSE.values(), ids=MISUSE.keys())
def test_misuse_raises_unless_it_is_meant(dialect, before, frame):
    station = Peer("station", dialect)
    for earlier in before:
        station.send(earlier, 0)
    with pytest.raises(ProtocolMisuse):
        station.send(frame, 1)
    assert station.used(frame.id) is (frame.id in {earlier.id for earlier in before})
    assert station.send(frame, 1, anyway=True) == encode(frame)


def test_an_answer_goes_out_once():
    csms = Peer("csms", V16)
    csms.receive(encode(BEAT), 0)
    csms.send(Result("1", TIME), 1)
    for again in (Result("1", TIME), Error("1", "GenericError")):
        with pytest.raises(ProtocolMisuse):
            csms.send(again, 2)


def test_the_refusal_of_an_unreadable_message_may_go_out():
    csms = Peer("csms", V201)
    (found,) = violations(csms.receive("rubbish", 0))
    assert json.loads(csms.send(found.refusal, 1))[:3] == [4, "-1", "RpcFrameworkError"]


def test_every_meant_call_is_tracked():
    csms = Peer("csms", V201)
    csms.send(Call("1", "ClearCache", {}), 0)
    csms.send(Call("2", "ClearCache", {}), 1, anyway=True)
    csms.note_sent('[2,"3","ClearCache",{}]', 2)
    csms.note_sent("no frame at all", 3)
    for message_id in ("2", "1", "3"):
        (event,) = csms.receive(f'[3,"{message_id}",{{"status":"Accepted"}}]', 4)
        assert isinstance(event, ResultReceived)
        assert event.violations == ()
    assert csms.open_call is None


def test_a_faulty_call_can_still_be_answered_once():
    csms = Peer("csms", V16)
    (event,) = csms.receive('[2,"1","BootNotification",{}]', 0)
    (found,) = event.violations
    csms.send(found.refusal, 1)
    with pytest.raises(ProtocolMisuse):
        csms.send(found.refusal, 2)


def test_a_frame_of_an_unknown_type_opens_nothing():
    csms = Peer("csms", V201)
    csms.receive('[6,"1","NotifyPeriodicEventStream",{}]', 0)
    assert csms.unanswered == ()
    assert violations(csms.receive(encode(BEAT), 1)) == ()


# ---- properties -------------------------------------------------------------------------------------

JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(st.characters(), max_size=8),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=5), inner, max_size=4),
    max_leaves=10,
)
ACTIONS = st.sampled_from(["BootNotification", "DataTransfer", "TransactionEvent", "Reset", "Heartbeat", "Odd"])
ARRAYS = st.one_of(
    st.tuples(st.sampled_from([2, 6]), st.sampled_from(["1", "2"]), ACTIONS, JSON),
    st.tuples(st.just(3), st.sampled_from(["1", "a"]), JSON),
    st.tuples(st.sampled_from([4, 5]), st.sampled_from(["1", "a", "-1"]), JSON, JSON, JSON),
    st.lists(JSON, max_size=6),
)
TEXTS = st.one_of(
    ARRAYS.map(json.dumps),
    ARRAYS.map(lambda array: json.dumps(array, ensure_ascii=False)),
    st.text(st.characters(), max_size=40),
    st.binary(max_size=40),
)


@SIZE
@given(st.sampled_from(ALL), st.sampled_from(["station", "csms"]), st.lists(TEXTS, max_size=5))
def test_nothing_received_raises(dialect, role, texts):
    peer = Peer(role, dialect)
    peer.send(Call("a", "DataTransfer", {"vendorId": "v"}), 0)
    for now, text in enumerate(texts):
        for found in violations(peer.receive(text, now)):
            assert found.message
            assert (found.refusal is None) == (found.codes == ())
            if found.refusal is not None:
                peer.send(found.refusal, now, anyway=True).encode()


def _act(draw, me, wire, counter, now):
    """One legal move of `me`: answer the oldest unanswered CALL, or open an exchange."""
    waiting = me.unanswered
    if waiting and (me.open_call is not None or draw(st.booleans())):
        call = waiting[0]
        frame = Error(call.id, "InternalError") if draw(st.booleans()) else Result(call.id, {"status": "Accepted"})
    elif me.dialect is V21 and me.role == "station" and draw(st.booleans()):
        payload = {"id": 1, "pending": 0, "basetime": "2024-01-01T00:00:00Z", "data": [{"t": 0, "v": "1"}]}
        frame = Send(f"{me.role}{counter}", "NotifyPeriodicEventStream", payload)
    elif me.open_call is None:
        frame = Call(f"{me.role}{counter}", "DataTransfer", {"vendorId": "v"})
    else:
        return
    wire.append(me.send(frame, now))


@SIZE
@given(st.sampled_from([V16, V201, V21]), st.data())
def test_legal_talk_converges(dialect, data):
    peers = {"station": Peer("station", dialect), "csms": Peer("csms", dialect)}
    wires = {"station": deque(), "csms": deque()}  # by receiver
    found, now = [], 0

    def deliver(role):
        found.extend(violations(peers[role].receive(wires[role].popleft(), now)))

    for counter in range(data.draw(st.integers(0, 30))):
        now += 1
        role = data.draw(st.sampled_from(["station", "csms"]))
        if wires[role] and data.draw(st.booleans()):
            deliver(role)
        else:
            _act(data.draw, peers[role], wires["csms" if role == "station" else "station"], counter, now)
    while any(wires.values()) or any(peer.unanswered for peer in peers.values()):
        now += 1
        for role, peer in peers.items():
            if wires[role]:
                deliver(role)
            for call in peer.unanswered:
                answer = peer.send(Result(call.id, {"status": "Accepted"}), now)
                wires["csms" if role == "station" else "station"].append(answer)
    assert found == []
    assert [peer.open_call for peer in peers.values()] == [None, None]
    assert [peer.deadline() for peer in peers.values()] == [None, None]


def test_who_leaves_payloads_to_the_monitor_still_hears_of_actions():
    heard = {
        '[2,"1","BootNotification",{}]': set(),
        '[2,"1","BootNotification",[]]': {"wrong-types"},
        '[2,"1","Nonsense",{}]': {"unknown-action"},
        '[2,"1","Reset",{}]': {"wrong-direction"},
    }
    for text, kinds in heard.items():
        found = {str(v.kind) for v in violations(Peer("csms", V201, payloads=False).receive(text, 0))}
        told = {str(v.kind) for v in violations(Peer("csms", V201).receive(text, 0))}
        assert found == kinds
        assert told - found <= {"schema"}
    asking = Peer("csms", V201, payloads=False)
    asking.send(Call("1", "Reset", {"type": "Immediate"}), 0)
    assert violations(asking.receive('[3,"1",{}]', 1)) == ()
