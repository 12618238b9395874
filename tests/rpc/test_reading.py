"""The short way of reading a text tells the same as the long one, and what is read once serves whoever asks."""

from __future__ import annotations

import json

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from harness.actor import Actor, Door, Script
from harness.facts import Facts, Token
from harness.rpc import frame, reading
from harness.rpc.dialect import DIALECTS, Version
from harness.rpc.frame import FlawKind, decode
from harness.rpc.link import SECOND, Asked, Instant, Opened, Received

NAMES = st.sampled_from(["a", "b", ":", 'x":', "a:b", " :", "\\", ""])
LEAVES = st.one_of(
    st.none(), st.booleans(), st.integers(), st.floats(), st.sampled_from(["", ":", '":"', " : ", "\t:", "10:00", "é"])
)
VALUES = st.recursive(
    LEAVES, lambda below: st.lists(below, max_size=3) | st.dictionaries(NAMES, below, max_size=3), max_leaves=8
)
SEPARATORS = st.sampled_from([(",", ":"), (", ", ": "), (",", " :"), (", ", "\n: ")])
PIECES = st.lists(
    st.sampled_from(
        ['{"a":1', ',"a":2', ',"a" :2', '"b":', "{}", "}", "[", "]", ",", "NaN", "1e400", '":"', "9" * 1001]
    ),
    max_size=7,
).map("".join)


def told(read: object, text: str) -> str:
    try:
        value, flaws = read(text)  # type: ignore[operator]
    except (ValueError, RecursionError) as problem:
        return type(problem).__name__
    return repr((value, tuple(flaws)))


def long_way(text: str) -> tuple[object, list[frame.Flaw]]:
    reader = reading.Reader()
    return reader.read(text), reader.flaws


@given(VALUES, SEPARATORS)
def test_json_of_any_spacing_is_read_alike(value: object, separators: tuple[str, str]) -> None:
    text = json.dumps(value, separators=separators)
    assert told(reading.read, text).replace("JSONDecodeError", "ValueError") == told(long_way, text)


@given(PIECES)
@example('[{"a":1,"a":2}]')
@example('[{"a":1,"a" :2},"x\\":"]')
@example('[{"a":1,"a" :2},"":"]')
@example('{"a":1,"a"\n:2,"b":":"}')
def test_pieces_of_json_are_read_alike(text: str) -> None:
    assert told(reading.read, text) == told(long_way, text)


@pytest.mark.parametrize("text", [
    '[2,"1","A",{"a":1,"a":2}]', '[2,"1","A",{"a":1,"a" :2,"b":":"}]', '[2,"1","A",{"a":[{"b":1,"b":1}],"c":"\\":"}]',
])
def test_a_repeated_member_is_found_however_it_is_written(text: str) -> None:
    kinds = [flaw.kind for flaw in decode(text, DIALECTS["2.0.1"]).flaws]
    assert kinds == [FlawKind.DUPLICATE_KEY]


def test_a_text_read_again_is_not_taken_apart_again_unless_it_is_long() -> None:
    text = '[2,"once","Heartbeat",{"customData":{"vendorId":"x"}}]'
    first, again = (decode(text, DIALECTS["2.0.1"]).frame for _ in range(2))
    assert first is not None
    assert again is not None
    assert first.payload is again.payload  # type: ignore[union-attr]
    long = json.dumps([2, "long", "DataTransfer", {"data": "x" * frame._READ_ONCE}])
    first, again = (decode(long, DIALECTS["2.0.1"]).frame for _ in range(2))
    assert first == again
    assert first.payload is not again.payload  # type: ignore[union-attr]


def test_flaws_of_one_reading_do_not_leak_into_the_next() -> None:
    text = '[2,"","Heartbeat",null]'
    assert decode(text, DIALECTS["2.0.1"]) == decode(text, DIALECTS["2.0.1"])
    assert len(decode(text, DIALECTS["1.6"]).flaws) == len(decode(text, DIALECTS["2.0.1"]).flaws)


def test_an_answer_that_echoes_the_request_and_is_changed_leaves_the_request_as_it_came() -> None:
    facts = Facts("2.0.1", {"valid": Token("AABBCCDD")}, {})
    actor = Actor("station", DIALECTS["2.0.1"], facts, 30 * SECOND, Door("CS001"))
    now = Instant(0, 0)
    actor.handle(Opened(1, "ocpp2.0.1"), now)
    members = (("setVariableResult[0].component.name", "Ours"),)
    actor.handle(Asked("script", {"script": Script("SetVariables", members=members)}), now)
    entry = {"component": {"name": "Theirs"}, "variable": {"name": "V"}, "attributeValue": "1"}
    text = json.dumps([2, "echo", "SetVariables", {"setVariableData": [entry]}])
    (answer,) = actor.handle(Received(1, text), now)
    assert '"Ours"' in str(answer)
    frame = decode(text, DIALECTS["2.0.1"]).frame
    assert frame is not None
    assert frame.payload == {"setVariableData": [entry]}  # type: ignore[union-attr]


def test_what_is_kept_of_a_text_is_kept_for_each_dialect_apart() -> None:
    text = '[9,"x","Heartbeat",{}]'
    for _ in range(2):
        assert "2.0.1" in decode(text, DIALECTS["2.0.1"]).flaws[0].message
        assert "1.6" in decode(text, DIALECTS["1.6"]).flaws[0].message


ODD = st.sampled_from([2, 3, 4, 6, True, 2.0, "2", "", "x" * 36, "x" * 37, "Heartbeat", None, {}, {"a": 1}, []])


@given(st.lists(ODD, max_size=6) | ODD, st.sampled_from(sorted(DIALECTS)))
def test_the_short_way_of_frames_tells_the_same_as_the_long_one(value: object, version: Version) -> None:
    dialect, flaws = DIALECTS[version], list[frame.Flaw]()
    short = frame._ordinary(value, dialect)
    if isinstance(value, list):
        long = frame._frame(value, dialect, flaws)
        if short is not None:
            assert (short, []) == (long, flaws)
        elif not flaws:
            assert not isinstance(long, frame.Call | frame.Result)
    else:
        assert short is None
