"""The sequence diagram: who said what when, whatever a peer sends, with the offending message marked."""

from __future__ import annotations

import json
import xml.etree.ElementTree as ET

from hypothesis import given
from hypothesis import strategies as st

from harness.journal import Body, Control, Direction, Ended, Event, HandshakeRequest, HandshakeResponse, Text
from harness.report.diagram import MOST, arrows, svg, window
from harness.rpc.link import SECOND, Instant

IN, OUT = Direction.IN, Direction.OUT


def events(*bodies: Body) -> list[Event]:
    return [Event(number, Instant(number * SECOND // 2, 0), 1, body) for number, body in enumerate(bodies)]


def texts(picture: str) -> list[str]:
    return ["".join(node.itertext()) for node in ET.fromstring(picture).iter("text")]


def test_answers_are_named_after_what_they_answer() -> None:
    told = events(Text(IN, '[2,"a","Heartbeat",{}]'), Text(OUT, '[3,"a",{"status":"Accepted"}]'),
                  Text(OUT, '[2,"b","Reset",{}]'), Text(IN, '[4,"b","NotImplemented","",{}]'), Text(IN, '[3,"z",{}]'))
    assert [arrow.text.strip() for arrow in arrows(told, ())] == [
        "Heartbeat", "\u21a9 Heartbeat Accepted", "Reset", "\u21a9 Reset CALLERROR NotImplemented", "\u21a9 ?"]


def test_the_times_are_on_the_axis_and_the_lanes_have_names() -> None:
    shown = texts(svg(events(HandshakeRequest(IN, "/ocpp/CS1"), HandshakeResponse(OUT, 101, "ocpp2.0.1"),
                             Control(IN, "ping"), Ended(IN, 1006)), (), "CSMS", "station"))
    assert shown[:2] == ["[we] CSMS", "[SUT] station"]
    assert shown[2::2] == ["0 +0.000 s", "1 +0.500 s", "2 +1.000 s", "3 +1.500 s"]
    assert shown[3::2] == ["GET /ocpp/CS1", "HTTP 101 ocpp2.0.1", "ping", "closes (1006)"]


def test_the_offending_message_is_marked_and_no_other() -> None:
    picture = ET.fromstring(svg(events(*[Text(IN, '[2,"a","Heartbeat",{}]')] * 3), {1}, prefix="d7-"))
    marked = [group.get("id") for group in picture.iter("g") if group.get("class") == "marked"]
    assert marked == ["d7-entry-1"]


def test_of_a_long_exchange_the_part_around_the_offence_is_drawn() -> None:
    long = events(*[Text(IN, "[]")] * 500)
    shown = window(long, {300})
    assert len(shown) <= MOST
    assert shown[0].number < 300 < shown[-1].number
    assert window(long, ())[-1].number == 499


def test_nothing_gives_nothing() -> None:
    assert svg([]) == ""


values = st.recursive(st.none() | st.integers() | st.text(max_size=9), lambda inner: st.lists(inner, max_size=4)
                      | st.dictionaries(st.sampled_from(["status", "type", "x"]), inner, max_size=3), max_leaves=8)


@given(st.lists(st.text(max_size=40) | values.map(json.dumps), min_size=1, max_size=5))
def test_whatever_a_peer_sends_the_picture_is_well_formed(said: list[str]) -> None:
    clean = ["".join(c for c in text if c.isprintable()) for text in said]
    ET.fromstring(svg(events(*[Text(IN, text) for text in clean]), {0}))
