"""Every kind of violation, per version and edition, with the exact refusal a conforming receiver sends."""

from __future__ import annotations

import json

import pytest

from harness.rpc.dialect import DIALECTS, V201_AS_PRINTED, Cause
from harness.rpc.frame import Call, Error, Result, ResultError, Send
from harness.rpc.link import SECOND
from harness.rpc.peer import CallReceived, ErrorReceived, Peer, ResultReceived, SendReceived, violations
from harness.rpc.rules import (
    ANSWERER_MOVES,
    ASKER_MOVES,
    RULES,
    STEPS,
    Move,
    Reaction,
    State,
    ViolationKind,
    Weight,
)

V = ViolationKind
V16, V201, V21 = DIALECTS["1.6"], DIALECTS["2.0.1"], DIALECTS["2.1"]
BY_NAME = {"1.6": V16, "2.0.1": V201, "2.0.1 as printed": V201_AS_PRINTED, "2.1": V21}
LONG = "x" * 37
GOOD_16 = '{"chargePointVendor":"V","chargePointModel":"M"}'
GOOD_2 = '{"reason":"PowerUp","chargingStation":{"model":"M","vendorName":"V"}}'
FRAMEWORK = "RpcFrameworkError"

# what a station sends; kind found; then per version the (messageId, code) of the refusal, None: not answered
CASES = [
    ("x", V.MALFORMED, None, ("-1", FRAMEWORK), ("-1", FRAMEWORK)),
    ("{}", V.MALFORMED, None, ("-1", FRAMEWORK), ("-1", FRAMEWORK)),
    ("[" * 500, V.MALFORMED, None, ("-1", FRAMEWORK), ("-1", FRAMEWORK)),
    ('[2,"1","Heartbeat",{"customData":NaN}]', V.MALFORMED, ("1", "FormationViolation"), ("1", FRAMEWORK),
     ("1", FRAMEWORK)),
    (b'[2,"1","Heartbeat",{}]', V.BINARY_MESSAGE, None, None, None),
    ('[2,"1","Heartbeat",{"x":1,"x":2}]', V.DUPLICATE_KEYS, ("1", "FormationViolation"), ("1", "FormatViolation"),
     ("1", "FormatViolation")),
    ('[2,"1","Heartbeat",{"x":"\\ud800"}]', V.NOT_UNICODE, ("1", "FormationViolation"), ("1", "FormatViolation"),
     ("1", "FormatViolation")),
    ('[2,"1","Heartbeat"]', V.WRONG_ARITY, ("1", "FormationViolation"), ("1", FRAMEWORK), ("1", FRAMEWORK)),
    ('[2,"1","Heartbeat",{},{}]', V.WRONG_ARITY, ("1", "FormationViolation"), ("1", FRAMEWORK), ("1", FRAMEWORK)),
    ("[2]", V.WRONG_ARITY, None, ("-1", FRAMEWORK), ("-1", FRAMEWORK)),
    ("[]", V.WRONG_ARITY, None, ("-1", FRAMEWORK), ("-1", FRAMEWORK)),
    ('[2,7,"Heartbeat",{}]', V.WRONG_TYPES, None, ("-1", FRAMEWORK), ("-1", FRAMEWORK)),
    ('[2,"1",7,{}]', V.WRONG_TYPES, ("1", "FormationViolation"), ("1", FRAMEWORK), ("1", FRAMEWORK)),
    ('[2,"1","Heartbeat",[]]', V.WRONG_TYPES, ("1", "FormationViolation"), ("1", "FormatViolation"),
     ("1", "FormatViolation")),
    (f'[2,"{LONG}","Heartbeat",{{}}]', V.LONG_ID, (LONG, "FormationViolation"), (LONG, FRAMEWORK),
     (LONG, FRAMEWORK)),
    ('[9,"1","Heartbeat",{}]', V.UNKNOWN_MESSAGE_TYPE, None, None, None),
    ('["2","1","Heartbeat",{}]', V.UNKNOWN_MESSAGE_TYPE, None, None, None),
    ('[2,"1","Nonsense",{}]', V.UNKNOWN_ACTION, ("1", "NotImplemented"), ("1", "NotImplemented"),
     ("1", "NotImplemented")),
    ('[2,"1","heartbeat",{}]', V.UNKNOWN_ACTION, ("1", "NotImplemented"), ("1", "NotImplemented"),
     ("1", "NotImplemented")),
    ('[2,"1","Reset",{"type":"Hard"}]', V.WRONG_DIRECTION, ("1", "NotSupported"), ("1", "NotSupported"),
     ("1", "NotSupported")),
    ('[2,"1","BootNotification",{}]', V.SCHEMA, ("1", "OccurenceConstraintViolation"),
     ("1", "OccurrenceConstraintViolation"), ("1", "OccurrenceConstraintViolation")),
    ('[2,"1","Heartbeat",{"surplus":1}]', V.SCHEMA, ("1", "FormationViolation"), ("1", "FormatViolation"),
     ("1", "FormatViolation")),
    ('[2,"1","FirmwareStatusNotification",{"status":7}]', V.SCHEMA, ("1", "TypeConstraintViolation"),
     ("1", "TypeConstraintViolation"), ("1", "TypeConstraintViolation")),
    ('[2,"1","FirmwareStatusNotification",{"status":null}]', V.SCHEMA, ("1", "TypeConstraintViolation"),
     ("1", "TypeConstraintViolation"), ("1", "TypeConstraintViolation")),
    ('[2,"1","FirmwareStatusNotification",{"status":"Odd"}]', V.SCHEMA, ("1", "PropertyConstraintViolation"),
     ("1", "PropertyConstraintViolation"), ("1", "PropertyConstraintViolation")),
    ('[3,"1",{}]', V.ANSWER_TO_UNKNOWN_ID, None, None, None),
    ('[4,"1","GenericError","",{}]', V.ANSWER_TO_UNKNOWN_ID, None, None, None),
    ('[4,"1","Oops","",{}]', V.UNKNOWN_ERROR_CODE, None, None, None),
    ('[3,"1"]', V.WRONG_ARITY, None, None, ("1", FRAMEWORK)),
    ('[4,"1"]', V.WRONG_ARITY, None, None, None),
]  # fmt: skip


def _found(peer, text, kind, now=0):
    found = [v for v in violations(peer.receive(text, now)) if v.kind is kind]
    assert len(found) == 1, found
    return found[0]


@pytest.mark.parametrize("name", ["1.6", "2.0.1", "2.1"])
@pytest.mark.parametrize("case", CASES, ids=lambda case: f"{case[1]} {case[0][:44]!a}")
def test_violation_and_refusal(case, name):
    text, kind = case[:2]
    wanted = case[2:][("1.6", "2.0.1", "2.1").index(name)]
    violation = _found(Peer("csms", BY_NAME[name]), text, kind)
    assert violation.message
    if wanted is None:
        assert violation.refusal is None
        assert violation.codes == ()
        assert Reaction.REFUSE not in violation.reactions
    else:
        expected = ResultError if isinstance(text, str) and text.startswith("[3") else Error
        assert type(violation.refusal) is expected
        assert (violation.refusal.id, violation.refusal.code) == wanted
        assert len(violation.refusal.description) <= 255
        assert violation.codes[0] == wanted[1]
        assert set(violation.codes) <= BY_NAME[name].error_codes
        assert Reaction.REFUSE in violation.reactions


@pytest.mark.parametrize("text", ['[9,"1","X",{}]', '["2","1","X",{}]', '[6,"1","X",{}]'])
def test_unknown_message_type_by_edition(text):
    kind = V.SEND_NOT_SUPPORTED if text.startswith("[6") else V.UNKNOWN_MESSAGE_TYPE
    printed = _found(Peer("csms", V201_AS_PRINTED), text, kind)
    assert printed.refusal == Error("1", "MessageTypeNotSupported", printed.message)
    assert printed.reactions == {Reaction.REFUSE}
    amended = _found(Peer("csms", V201), text, kind)
    assert amended.refusal is None
    assert amended.reactions == {Reaction.IGNORE}


def test_result_error_is_unknown_before_21():
    text = '[5,"1","FormatViolation","",{}]'
    assert _found(Peer("csms", V16), text, V.UNKNOWN_MESSAGE_TYPE).refusal is None
    assert _found(Peer("csms", V201_AS_PRINTED), text, V.UNKNOWN_MESSAGE_TYPE).refusal.code == "MessageTypeNotSupported"
    assert _found(Peer("csms", V21), text, V.ANSWER_TO_UNKNOWN_ID).refusal is None


def test_invalid_messages_may_be_dropped_in_2_but_not_in_16():
    text = '[2,"1","BootNotification",{}]'
    assert Reaction.IGNORE not in _found(Peer("csms", V16), text, V.SCHEMA).reactions
    assert Reaction.IGNORE in _found(Peer("csms", V201), text, V.SCHEMA).reactions
    unknown = _found(Peer("csms", V201), '[2,"1","Nonsense",{}]', V.UNKNOWN_ACTION)
    assert unknown.reactions == {Reaction.REFUSE}


def test_codes_of_all_faults_are_acceptable_and_the_gravest_leads():
    payload = {"reason": "Boredom", "chargingStation": {"model": 7, "x": 1}}
    text = json.dumps([2, "1", "BootNotification", payload])
    violation = _found(Peer("csms", V201), text, V.SCHEMA)
    assert violation.refusal.code == "FormatViolation"
    assert {"TypeConstraintViolation", "OccurrenceConstraintViolation", "PropertyConstraintViolation"} <= set(
        violation.codes
    )
    assert {fault.path for fault in violation.faults} == {
        "reason", "chargingStation.model", "chargingStation.vendorName", "chargingStation.x",
    }  # fmt: skip


def test_a_thousand_faults_make_a_short_message():
    text = json.dumps([2, "1", "Heartbeat", {f"m{n}": n for n in range(1000)}])
    violation = _found(Peer("csms", V16), text, V.SCHEMA)
    assert len(violation.faults) == 1000
    assert "980 more" in violation.message


@pytest.mark.parametrize("text", ['[2,"1","Heartbeat",null]', '[2,"","Heartbeat",{}]'])
@pytest.mark.parametrize("dialect", [V16, V201, V21])
def test_what_is_merely_bad_style(text, dialect):
    (event,) = Peer("csms", dialect).receive(text, 0)
    assert isinstance(event, CallReceived)
    assert event.flaws
    assert event.violations == ()


@pytest.mark.parametrize(
    ("dialect", "code", "weight"),
    [
        (V16, "OccurrenceConstraintViolation", Weight.NOTE),
        (V16, "FormatViolation", Weight.NOTE),
        (V16, "RpcFrameworkError", Weight.SHALL),
        (V201, "OccurenceConstraintViolation", Weight.NOTE),
        (V201, "Rubbish", Weight.SHALL),
    ],
)
def test_error_codes(dialect, code, weight):
    peer = Peer("csms", dialect)
    peer.send(Call("1", "ClearCache", {}), 0)
    (event,) = peer.receive(json.dumps([4, "1", code, "", {}]), 1)
    assert isinstance(event, ErrorReceived)
    assert [(v.kind, v.weight) for v in event.violations] == [(V.UNKNOWN_ERROR_CODE, weight)]
    assert event.violations[0].reactions == {Reaction.PROCESS}


def test_refusal_of_an_unreadable_message():
    text = '[4,"-1","GenericError","",{}]'
    (event,) = Peer("csms", V201).receive(text, 0)
    assert event == ErrorReceived(Error("-1", "GenericError"), None, None)
    (borrowed,) = Peer("csms", V16).receive(text, 0)
    assert [(v.kind, v.weight) for v in borrowed.violations] == [(V.ANSWER_TO_UNKNOWN_ID, Weight.NOTE)]


def test_long_description_in_2():
    peer = Peer("csms", V201)
    peer.send(Call("1", "ClearCache", {}), 0)
    (event,) = peer.receive(json.dumps([4, "1", "GenericError", "x" * 256, {}]), 1)
    assert [v.kind for v in event.violations] == [V.LONG_DESCRIPTION]


@pytest.mark.parametrize(("dialect", "refusal"), [(V16, None), (V201, None), (V21, "OccurrenceConstraintViolation")])
def test_a_faulty_result_is_refused_in_21_only(dialect, refusal):
    peer = Peer("csms", dialect)
    peer.send(Call("1", "ClearCache", {}), 5)
    (event,) = peer.receive('[3,"1",{}]', 9)
    assert isinstance(event, ResultReceived)
    assert (event.call.action, event.sent_at) == ("ClearCache", 5)
    (violation,) = event.violations
    assert violation.kind is V.SCHEMA
    assert violation.refusal == (ResultError("1", refusal, violation.message) if refusal else None)


def test_send_in_21():
    payload = {"id": 1, "pending": 0, "basetime": "2024-01-01T00:00:00Z", "data": [{"t": 0, "v": "1"}]}
    peer = Peer("csms", V21)
    (event,) = peer.receive(json.dumps([6, "1", "NotifyPeriodicEventStream", payload]), 0)
    assert event == SendReceived(Send("1", "NotifyPeriodicEventStream", payload))
    bad = _found(peer, '[6,"2","NotifyPeriodicEventStream",{}]', V.SCHEMA)
    assert bad.refusal is None  # 4.2.4: never answered
    as_call = _found(peer, json.dumps([2, "3", "NotifyPeriodicEventStream", payload]), V.WRONG_MESSAGE_TYPE)
    assert as_call.refusal.code == "NotSupported"
    assert _found(peer, '[6,"4","Heartbeat",{}]', V.WRONG_MESSAGE_TYPE).refusal is None
    assert _found(peer, '[6,"1","NotifyPeriodicEventStream",{}]', V.REUSED_ID).refusal is None


# ---- order of frames --------------------------------------------------------------------------------

BEAT = '[2,"{}","Heartbeat",{{}}]'


@pytest.mark.parametrize(("dialect", "weight"), [(V16, Weight.SHOULD), (V201, Weight.SHALL), (V21, Weight.SHALL)])
def test_second_open_call(dialect, weight):
    peer = Peer("csms", dialect, their_timeout=10 * SECOND)
    assert violations(peer.receive(BEAT.format(1), 0)) == ()
    second = _found(peer, BEAT.format(2), V.SECOND_OPEN_CALL, 3 * SECOND)
    assert (second.weight, second.open_for, second.refusal) == (weight, 3 * SECOND, None)
    assert second.reactions == {Reaction.PROCESS}


def test_a_call_given_up_on_is_not_open():
    peer = Peer("csms", V201, their_timeout=10 * SECOND)
    peer.receive(BEAT.format(1), 0)
    assert violations(peer.receive(BEAT.format(2), 10 * SECOND)) == ()


def test_crossing_calls_are_legal():
    peer = Peer("csms", V201)
    peer.send(Call("a", "ClearCache", {}), 0)
    assert violations(peer.receive(BEAT.format("b"), 1)) == ()
    assert violations(peer.receive('[3,"a",{"status":"Accepted"}]', 2)) == ()
    assert [call.id for call in peer.unanswered] == ["b"]


@pytest.mark.parametrize(
    ("dialect", "text", "code"),
    [
        (V16, BEAT.format(1), "GenericError"),
        (V201, BEAT.format(1), None),
        (V21, BEAT.format(1), None),
        (V201, f'[2,"1","BootNotification",{GOOD_2}]', FRAMEWORK),
        (V16, f'[2,"1","BootNotification",{GOOD_16}]', "GenericError"),
    ],
)
def test_reused_id(dialect, text, code):
    peer = Peer("csms", dialect)
    peer.receive(BEAT.format(1), 0)
    peer.send(Result("1", {}), 1)
    found = violations(peer.receive(text, 2))
    if code is None:  # 2.x 4.1.4: a retry may keep its id
        assert found == ()
    else:
        assert [(v.kind, v.refusal.code) for v in found] == [(V.REUSED_ID, code)]
        assert found[0].reactions >= {Reaction.REFUSE, Reaction.PROCESS}


def test_a_send_with_the_id_of_an_open_call_leaves_that_call_open():
    peer = Peer("csms", V21)
    peer.receive(BEAT.format(1), 0)
    _found(peer, '[6,"1","NotifyPeriodicEventStream",{}]', V.REUSED_ID, 1)
    assert [call.id for call in peer.unanswered] == ["1"]
    peer.send(Result("1", {}), 2)


def test_flaws_of_one_kind_make_one_violation():
    text = '[2,"1","DataTransfer",{"vendorId":"v","vendorId":"v","data":"a","data":"b"}]'
    message = _found(Peer("csms", V16), text, V.DUPLICATE_KEYS).message
    assert "'vendorId'" in message
    assert "'data'" in message


def test_duplicate_and_late_answers():
    peer = Peer("csms", V201, call_timeout=30 * SECOND)
    peer.send(Call("1", "ClearCache", {}), 0)
    answer = '[3,"1",{"status":"Accepted"}]'
    assert violations(peer.receive(answer, 1)) == ()
    assert _found(peer, answer, V.DUPLICATE_ANSWER).refusal is None
    assert _found(peer, '[4,"1","GenericError","",{}]', V.DUPLICATE_ANSWER).refusal is None
    peer.send(Call("2", "ClearCache", {}), 2)
    late = peer.receive('[3,"2",{"status":"Accepted"}]', 31 * SECOND)
    assert [type(event).__name__ for event in late] == ["CallTimedOut", "ResultReceived"]
    assert [(v.kind, v.weight) for v in violations(late)] == [(V.LATE_ANSWER, Weight.NOTE)]


# ---- the tables -------------------------------------------------------------------------------------


def test_the_transition_table_is_total():
    assert set(STEPS) == {(state, move) for state in State for move in Move}
    assert set(Move) == ASKER_MOVES | ANSWERER_MOVES
    assert not ASKER_MOVES & ANSWERER_MOVES


def test_the_legal_steps_are_these():
    legal = {key: step.state for key, step in STEPS.items() if step.breach is None and key[1] is not Move.EXPIRE}
    assert legal == {
        (State.UNKNOWN, Move.CALL): State.OPEN,
        (State.UNKNOWN, Move.SEND): State.SENT,
        (State.OPEN, Move.RESULT): State.RESULT,
        (State.OPEN, Move.ERROR): State.ERROR,
        (State.RESULT, Move.RESULT_ERROR): State.REJECTED,
    }


def test_every_violation_has_a_rule():
    assert set(RULES) == set(ViolationKind)


def test_every_violation_is_provoked_here():
    own = {
        V.SEND_NOT_SUPPORTED, V.WRONG_MESSAGE_TYPE, V.LONG_DESCRIPTION, V.ANSWER_TO_SEND, V.DUPLICATE_ANSWER,
        V.LATE_ANSWER, V.REUSED_ID, V.SECOND_OPEN_CALL,
    }  # fmt: skip
    assert {case[1] for case in CASES} | own == set(ViolationKind)


def test_answer_to_a_send():
    peer = Peer("station", V21)
    peer.send(Send("1", "NotifyPeriodicEventStream", {}), 0)
    for text in ('[3,"1",{}]', '[4,"1","GenericError","",{}]'):
        assert _found(peer, text, V.ANSWER_TO_SEND).refusal is None


@pytest.mark.parametrize("cause", [Cause.SECURITY, Cause.INTERNAL, Cause.GENERIC])
def test_codes_without_a_rule_are_there_for_scripts(cause):
    assert [BY_NAME[name].code(cause) for name in ("1.6", "2.0.1", "2.1")] == [V16.code(cause)] * 3
