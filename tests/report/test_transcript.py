"""The transcript says who did what when, ties answers to requests, and no peer can spoil it."""

from __future__ import annotations

import json

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from harness.journal import (
    Adopted,
    Binary,
    Body,
    Control,
    Direction,
    Ended,
    Event,
    HandshakeRequest,
    HandshakeResponse,
    Journal,
    Note,
    Prompt,
    RawBytes,
    Step,
    Text,
)
from harness.report.transcript import Shape, elements, elide, flat, lines, render, seconds
from harness.rpc.link import MILLISECOND, Instant

IN, OUT = Direction.IN, Direction.OUT


def journal(*some: tuple[int, int, Body]) -> tuple[Event, ...]:
    """Rows of (milliseconds, link, body)."""
    made = Journal()
    for moment, link, body in some:
        made.append(link, body, Instant(10**12 + moment * MILLISECOND, 0))
    return tuple(made)


BOOT = '[2, "19223201", "BootNotification", {"reason": "PowerUp", "n": 1.00}]'


def test_a_request_and_its_answer() -> None:
    events = journal((0, 0, Step("Given a start", 7, "a.feature")), (3214, 1, Text(IN, BOOT)),
                     (3220, 1, Text(OUT, '[3,"19223201",{"status":"Accepted"}]')))
    assert lines(events) == (
        "    0  +0.000 s  --- Given a start  (a.feature:7)",
        '    1  +3.214 s  [SUT] -> [2] BootNotification "19223201" {"reason": "PowerUp", "n": 1.00}',
        '    2  +3.220 s  [we]  -> [3] BootNotification "19223201" after 6 ms {"status":"Accepted"}',
    )


def test_a_slice_knows_the_requests_before_it() -> None:
    events = journal((0, 1, Text(OUT, '[2,"a","Reset",{}]')), (2500, 1, Text(IN, '[4,"a","InternalError","no",{}]')))
    assert lines(events[1:], events) == (
        '    1  +2.500 s  [SUT] -> [4] CALLERROR to Reset "a" after 2.500 s "InternalError" "no" {}',)


def test_an_answer_belongs_to_the_other_side_of_the_same_connection() -> None:
    events = journal((0, 1, Text(OUT, '[2,"a","Reset",{}]')), (1, 1, Text(OUT, '[3,"a",{}]')),
                     (2, 2, Text(IN, '[3,"a",{}]')), (3, 1, Text(IN, '[3,"a",{}]')),
                     (4, 1, Text(OUT, '[5,"a","x","",{}]')))
    shown = lines(events)
    assert [("(nothing asked)" in line) for line in shown] == [False, True, True, False, False]
    assert "#1 [SUT] -> [3] Reset" in shown[3]
    assert "[5] CALLRESULTERROR to Reset" in shown[4]


@pytest.mark.parametrize(("body", "shown"), [
    (Text(IN, "hello"), "[SUT] -> no OCPP-J frame: hello"),
    (Text(IN, "[9,\"a\"]"), '[SUT] -> [9] (unknown message type) "a"'),
    (Text(IN, '[6,"a","NotifyPeriodicEventStream",{"x":1}]'), '[SUT] -> [6] NotifyPeriodicEventStream "a" {"x":1}'),
    (Text(IN, '[2,"a",5,{}]'), '[SUT] -> [2] (no action) "a" 5 {}'),
    (Binary(IN, b"\xff\x00"), "[SUT] -> binary message, 2 bytes ff 00"),
    (Control(OUT, "ping", b"x"), '[we]  -> ping, 1 bytes "x"'),
    (Control(IN, "pong"), "[SUT] -> pong, empty"),
    (RawBytes(OUT, b"GET", "half a request"), '[we]  -> raw half a request, 3 bytes "GET"'),
    (HandshakeRequest(IN, "/CS-1", (("Sec-WebSocket-Protocol", "ocpp2.1, ocpp2.0.1"),)),
     "[SUT] -> GET /CS-1, subprotocols ocpp2.1, ocpp2.0.1"),
    (HandshakeRequest(IN, "/CS-1", (("authorization", "Basic *** (user CS-1)"),)),
     "[SUT] -> GET /CS-1, no subprotocol, Authorization: Basic *** (user CS-1)"),
    (HandshakeResponse(OUT, 101, "ocpp2.1"), "[we]  -> HTTP 101, subprotocol ocpp2.1"),
    (HandshakeResponse(OUT, 101), "[we]  -> HTTP 101, no subprotocol"),
    (HandshakeResponse(IN, 101, reason="missing Upgrade header"), "[SUT] -> HTTP 101: missing Upgrade header"),
    (HandshakeResponse(IN, 401, reason="Unauthorized"), "[SUT] -> HTTP 401: Unauthorized"),
    (HandshakeResponse(IN, 0, reason="TLS alert 40"), "[SUT] -> no HTTP answer: TLS alert 40"),
    (Ended(IN, 1000, "bye"), '[SUT] -> closes with 1000 "bye"'),
    (Ended(IN, 1006), "[SUT] -> ends the connection without a close frame"),
    (Adopted("ocpp1.6", "CS-1", True), "connection of CS-1 stands already, subprotocol ocpp1.6, booted and accepted"),
    (Prompt("plug_in", {"evse": 1}, "manual"), "??? plug_in(evse=1) by manual"),
    (Prompt("plug_in", {"evse": 1}, "manual", "done"), "??? plug_in(evse=1) by manual: done"),
    (Note("monitor", "seqNo jumped", {"from": 3}), "*** monitor: seqNo jumped (from=3)"),
])
def test_each_kind_of_event_has_its_words(body: Body, shown: str) -> None:
    assert lines(journal((0, 1, body))) == (f"    0  +0.000 s  {shown}",)


def test_a_long_payload_is_elided_with_its_length() -> None:
    payload = json.dumps({"x": "y" * 500})
    event = journal((0, 1, Text(IN, f'[2,"a","DataTransfer",{payload}]')))
    line = lines(event, shape=Shape(payload=50))[0]
    assert line.endswith(f"{payload[:50]}... ({len(payload)} characters)")
    assert elide("abc", 3) == "abc"


def test_wrapping_keeps_every_character_of_the_payload() -> None:
    payload = json.dumps({"x": "y" * 500}, separators=(",", ":"))
    event = journal((0, 1, Text(IN, f'[2,"a","DataTransfer",{payload}]')))
    text = render(event, shape=Shape(payload=9999, width=80))
    assert max(map(len, text.splitlines())) <= 80
    assert len(text.splitlines()) > 5
    assert payload in "".join(line.strip() for line in text.splitlines())


@pytest.mark.parametrize(("text", "raws"), [
    ('[1, {"a": 1.0} ,"x"]', ("1", '{"a": 1.0}', '"x"')), ("[]", ()), (" [ 1 ]\n", ("1",)),
    ("[1", None), ("[1,", None), ("[1]]", None), ("[1 2]", None), ("{}", None), ("", None), ("[" * 100_000, None),
])
def test_elements_of_an_array_keep_their_text(text: str, raws: tuple[str, ...] | None) -> None:
    found = elements(text)
    assert (None if found is None else tuple(raw for _, raw in found)) == raws


@given(st.lists(st.recursive(st.none() | st.integers() | st.text(), st.lists, max_leaves=4), max_size=5))
def test_elements_agree_with_the_parser(values: list[object]) -> None:
    found = elements(json.dumps(values))
    assert found is not None
    assert [value for value, _ in found] == values
    assert [json.loads(raw) for _, raw in found] == values


chunks = st.sampled_from(
    ["[", "]", "2", "3", '"a"', ",", "{}", " ", "\n", "\x1b[2J", "\u2028", "é", '"', "NaN", "1e999"])


@settings(max_examples=300)
@given(st.lists(st.lists(chunks, max_size=9).map("".join) | st.text(max_size=9), min_size=1, max_size=4))
def test_whatever_a_peer_sends_is_one_printable_line(texts: list[str]) -> None:
    events = journal(*((n, 1, Text(IN if n % 2 else OUT, text)) for n, text in enumerate(texts)))
    shown = lines(events)
    assert len(shown) == len(events)
    assert all(line.isprintable() for line in shown)
    assert len(render(events).splitlines()) == len(events)


def test_control_characters_are_shown_not_obeyed() -> None:
    assert flat("a\x1b[31m\nb\u202e") == "a\\x1b[31m\\nb\\u202e"


@pytest.mark.parametrize(("nanoseconds", "shown"), [
    (6_000_000, "6 ms"), (6_123_456, "6.12 ms"), (250_000, "0.25 ms"), (999_900_000, "1.000 s"),
    (2_500_000_000, "2.500 s"), (0, "0 ms"),
])
def test_lengths_of_time(nanoseconds: int, shown: str) -> None:
    assert seconds(nanoseconds) == shown


def test_nothing_gives_nothing() -> None:
    assert lines(()) == ()
    assert render(()) == ""
