"""Decoding keeps the text, names every flaw and never raises; encoding and decoding are inverse."""

from __future__ import annotations

import inspect
import json
import sys

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from harness.rpc.dialect import DIALECTS, V201_AS_PRINTED
from harness.rpc.frame import (
    MAX_DEPTH,
    Call,
    Decoded,
    Error,
    FlawKind,
    Result,
    ResultError,
    Send,
    decode,
    encode,
)

K = FlawKind
V16, V201, V21 = DIALECTS["1.6"], DIALECTS["2.0.1"], DIALECTS["2.1"]
ALL = [V16, V201, V201_AS_PRINTED, V21]
SIZE = settings(deadline=None, max_examples=150)

GOOD = [
    ('[2,"1","Heartbeat",{}]', Call("1", "Heartbeat", {})),
    ('[3,"1",{"a":[1]}]', Result("1", {"a": [1]})),
    ('[4,"1","GenericError","oops",{"x":1}]', Error("1", "GenericError", "oops", {"x": 1})),
]


@pytest.mark.parametrize("dialect", ALL, ids=lambda d: d.edition + "/" + d.version)
@pytest.mark.parametrize(("text", "frame"), GOOD)
def test_good_frames(text, frame, dialect):
    assert decode(text, dialect) == Decoded(text, frame, (), frame.kind, "1")


def test_the_two_kinds_of_21():
    assert decode('[5,"1","FormatViolation","",{}]', V21).frame == ResultError("1", "FormatViolation")
    assert decode('[6,"1","NotifyPeriodicEventStream",{}]', V21).frame == Send("1", "NotifyPeriodicEventStream", {})


@pytest.mark.parametrize(
    ("text", "kinds", "frame"),
    [
        ("", [K.NOT_JSON], None),
        ("not json", [K.NOT_JSON], None),
        ('[2,"1","Heartbeat",{}] trailing', [K.NOT_JSON], None),
        ("[2,'1','Heartbeat',{}]", [K.NOT_JSON], None),
        ('\ufeff[2,"1","Heartbeat",{}]', [K.NOT_JSON], None),
        ('[2,"1","Heartbeat",{"a":"\x00"}]', [K.NOT_JSON], None),
        ("{}", [K.NOT_ARRAY], None),
        ("null", [K.NOT_ARRAY], None),
        ("[]", [K.WRONG_ARITY], None),
        ("[2]", [K.WRONG_ARITY], None),
        ('[2,"1","Heartbeat"]', [K.WRONG_ARITY], None),
        ('[2,"1","Heartbeat",{},{}]', [K.WRONG_ARITY], Call("1", "Heartbeat", {})),
        ('[3,"1"]', [K.WRONG_ARITY], None),
        ('[3,"1",{},0]', [K.WRONG_ARITY], Result("1", {})),
        ('[4,"1"]', [K.WRONG_ARITY], None),
        ('[4,"1","GenericError"]', [K.WRONG_ARITY], Error("1", "GenericError")),
        ('[4,"1","GenericError","d"]', [K.WRONG_ARITY], Error("1", "GenericError", "d")),
        ('[4,"1","GenericError","d",{},1]', [K.WRONG_ARITY], Error("1", "GenericError", "d")),
        ('["2","1","Heartbeat",{}]', [K.MESSAGE_TYPE_NOT_INTEGER], None),
        ('[true,"1","Heartbeat",{}]', [K.MESSAGE_TYPE_NOT_INTEGER], None),
        ('[2.0,"1","Heartbeat",{}]', [K.MESSAGE_TYPE_NOT_INTEGER], None),
        ('[null,"1","Heartbeat",{}]', [K.MESSAGE_TYPE_NOT_INTEGER], None),
        ('[1,"1","Heartbeat",{}]', [K.UNKNOWN_MESSAGE_TYPE], None),
        ('[-2,"1","Heartbeat",{}]', [K.UNKNOWN_MESSAGE_TYPE], None),
        ('[2,1,"Heartbeat",{}]', [K.ID_NOT_STRING], None),
        ('[2,null,"Heartbeat",{}]', [K.ID_NOT_STRING], None),
        ('[2,"\\ud800","Heartbeat",{}]', [K.LONE_SURROGATE, K.ID_NOT_STRING], None),
        ('[2,"","Heartbeat",{}]', [K.ID_EMPTY], Call("", "Heartbeat", {})),
        (f'[2,"{"x" * 36}","Heartbeat",{{}}]', [], Call("x" * 36, "Heartbeat", {})),
        (f'[2,"{"x" * 37}","Heartbeat",{{}}]', [K.ID_TOO_LONG], Call("x" * 37, "Heartbeat", {})),
        ('[2,"1",7,{}]', [K.ACTION_NOT_STRING], None),
        ('[2,"1","Heartbeat",null]', [K.PAYLOAD_NULL], Call("1", "Heartbeat", None)),
        ('[2,"1","Heartbeat",[]]', [K.PAYLOAD_NOT_OBJECT], Call("1", "Heartbeat", [])),
        ('[3,"1","x"]', [K.PAYLOAD_NOT_OBJECT], Result("1", "x")),
        ('[4,"1",9,"",{}]', [K.ERROR_CODE_NOT_STRING], None),
        ('[4,"1","GenericError",null,{}]', [K.DESCRIPTION_NOT_STRING], Error("1", "GenericError", "")),
        ('[4,"1","GenericError","",null]', [K.DETAILS_NOT_OBJECT], Error("1", "GenericError", "", None)),
        ('[3,"1",{"a":1,"a":2,"a":3}]', [K.DUPLICATE_KEY, K.DUPLICATE_KEY], Result("1", {"a": 3})),
        ('[3,"1",{"a":1e999}]', [K.NUMBER_OUT_OF_RANGE], Result("1", {"a": float("inf")})),
        ('[3,"1",{"a":-1e999}]', [K.NUMBER_OUT_OF_RANGE], Result("1", {"a": -float("inf")})),
        ('[3,"1",{"a":Infinity}]', [K.NOT_A_NUMBER], Result("1", {"a": float("inf")})),
        ('[3,"1",{"a":12345678901234567890123}]', [], Result("1", {"a": 12345678901234567890123})),
        (f'[3,"1",{{"a":{"9" * 100_000}}}]', [K.NUMBER_OUT_OF_RANGE], Result("1", {"a": float("inf")})),
        ('[3,"1",{"a":"\\ud83d\\ude00"}]', [], Result("1", {"a": "\U0001f600"})),
        ('[3,"1",{"a":"\\ude00\\ud83d"}]', [K.LONE_SURROGATE], Result("1", {"a": "\ude00\ud83d"})),
        ('[3,"1",{"a":"\ud800"}]', [K.LONE_SURROGATE], Result("1", {"a": "\ud800"})),
        ("[" * 100_000, [K.TOO_DEEP], None),
        ("[" * 100_000 + "]" * 100_000, [K.TOO_DEEP], None),
        ('{"a":' * 50_000 + "1" + "}" * 50_000, [K.TOO_DEEP], None),
        ("[" * (MAX_DEPTH + 1) + "]" * (MAX_DEPTH + 1), [K.TOO_DEEP], None),
        ('[3,"1",{"a":"' + "[" * 1000 + '"}]', [], Result("1", {"a": "[" * 1000})),
        ('[3,"1",{"a":[' + "[]," * 500 + "[]]}]", [], Result("1", {"a": [[]] * 501})),
    ],
    ids=lambda value: None if not isinstance(value, str) else ascii(value[:40]),
)
def test_flaws(text, kinds, frame):
    decoded = decode(text, V201)
    assert [flaw.kind for flaw in decoded.flaws] == kinds
    assert decoded.frame == frame
    assert decoded.text == text
    assert all(flaw.message for flaw in decoded.flaws)


def test_nan():
    decoded = decode('[3,"1",{"a":NaN}]', V16)
    assert [flaw.kind for flaw in decoded.flaws] == [K.NOT_A_NUMBER]
    assert decoded.frame.payload["a"] != decoded.frame.payload["a"]


def test_duplicate_key_keeps_the_evidence():
    (flaw,) = decode('[2,"1","Authorize",{"idTag":"A","idTag":"B"}]', V16).flaws
    assert "'idTag'" in flaw.message
    assert "'B'" in flaw.message


@pytest.mark.parametrize(
    ("dialect", "length", "kinds"), [(V16, 300, []), (V201, 255, []), (V201, 256, [K.DESCRIPTION_TOO_LONG])]
)
def test_description_length_is_limited_in_2_only(dialect, length, kinds):
    decoded = decode(json.dumps([4, "1", "GenericError", "x" * length, {}]), dialect)
    assert [flaw.kind for flaw in decoded.flaws] == kinds


@pytest.mark.parametrize("dialect", [V16, V201])
def test_kinds_of_21_are_unknown_before(dialect):
    for text in ('[5,"1","FormatViolation","",{}]', '[6,"1","X",{}]'):
        decoded = decode(text, dialect)
        assert [flaw.kind for flaw in decoded.flaws] == [K.UNKNOWN_MESSAGE_TYPE]
        assert decoded.frame is not None


@pytest.mark.parametrize(
    ("text", "message_type", "message_id"),
    [('[2,"1"]', 2, "1"), ('[2,1,"X",{}]', 2, None), ("[9]", 9, None), ('["x","y"]', "x", "y"), ("{}", None, None)],
)
def test_what_can_be_read_of_a_broken_frame(text, message_type, message_id):
    decoded = decode(text, V21)
    assert decoded.frame is None
    assert (decoded.message_type, decoded.message_id) == (message_type, message_id)


def test_no_stack_is_too_full_to_decode():
    text = '[3,"1",{"a":' + "[" * 150 + "]" * 150 + "}]"

    def from_depth(frames: int) -> Decoded:
        return decode(text, V201) if frames == 0 else from_depth(frames - 1)

    decoded = from_depth(sys.getrecursionlimit() - len(inspect.stack()) - 80)
    assert decoded.frame is not None or [flaw.kind for flaw in decoded.flaws] == [K.TOO_DEEP]


# ---- properties -------------------------------------------------------------------------------------

JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False, allow_infinity=False) | st.text(max_size=8),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=5), inner, max_size=4),
    max_leaves=12,
)
OBJECTS = st.dictionaries(st.text(max_size=6), JSON, max_size=4)
IDS = st.text(min_size=1, max_size=36)
FRAMES = st.one_of(
    st.builds(Call, IDS, st.text(max_size=12), OBJECTS),
    st.builds(Send, IDS, st.text(max_size=12), OBJECTS),
    st.builds(Result, IDS, OBJECTS),
    st.builds(Error, IDS, st.text(max_size=12), st.text(max_size=255), OBJECTS),
    st.builds(ResultError, IDS, st.text(max_size=12), st.text(max_size=255), OBJECTS),
)
WILD_TEXT = st.text(alphabet=st.characters(), max_size=60)  # surrogates included


@SIZE
@given(FRAMES)
def test_round_trip(frame):
    decoded = decode(encode(frame), V21)
    assert decoded.frame == frame
    assert decoded.flaws == ()


@SIZE
@given(WILD_TEXT, st.sampled_from(ALL))
def test_no_text_raises(text, dialect):
    assert decode(text, dialect).text == text


@SIZE
@given(st.lists(JSON, max_size=7), st.integers(0, 8), st.sampled_from(ALL))
def test_no_json_raises(array, kind, dialect):
    decoded = decode(json.dumps([kind, *array]), dialect)
    assert decoded.frame is not None or decoded.flaws


@SIZE
@given(FRAMES, st.data())
def test_no_mutated_frame_raises(frame, data):
    text = encode(frame)
    start = data.draw(st.integers(0, len(text)))
    end = data.draw(st.integers(start, len(text)))
    mutated = text[:start] + data.draw(WILD_TEXT) + text[end:]
    decoded = decode(mutated, V21)
    assert decoded.frame is not None or decoded.flaws


@given(st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text() | st.integers(), inner, max_size=3),
    max_leaves=12,
))
def test_a_frame_is_written_as_by_the_encoder_of_the_library(payload):
    usual = json.JSONEncoder(separators=(",", ":"), ensure_ascii=False)
    assert encode(Call("1", "A", payload)) == usual.encode([2, "1", "A", payload])
