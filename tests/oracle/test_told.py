"""What was said before is found again, whatever the order of members; what differs is not."""

from __future__ import annotations

import json

from hypothesis import given
from hypothesis import strategies as st

from harness.journal import Direction, Event, Text
from harness.oracle.told import Told
from harness.oracle.transcript import Message, digest, message_of
from harness.rpc.dialect import DIALECTS
from harness.rpc.frame import decode
from harness.rpc.link import Instant

DIALECT = DIALECTS["2.0.1"]
ODD = st.sampled_from([None, 1, 1.0, True, "1", "2", [], {"timestamp": "1"}])
PAYLOADS = st.one_of(
    ODD, st.dictionaries(st.sampled_from(["timestamp", "seqNo", "offline", "evse", "idTag"]), ODD, max_size=4)
)
WHERE = st.sampled_from([1, 2])


def said(number: int, payload: object) -> Message:
    body = Text(Direction.IN, json.dumps([2, f"id-{number}", "TransactionEvent", payload]))
    return message_of(Event(number, Instant(0, 0), 1, body), body, decode(body.data, DIALECT))


@given(st.lists(st.tuples(WHERE, PAYLOADS, st.booleans()), max_size=30))
def test_it_finds_what_digests_of_everything_would(doings: list[tuple[int, object, bool]]) -> None:
    told, plain = Told(DIALECT), {}
    for number, (where, payload, noted) in enumerate(doings):
        if isinstance(payload, dict) and number % 2:
            payload = dict(reversed(payload.items()))
        message = said(number, payload)
        assert told.earlier(where, message) == plain.get((where, digest(payload)))
        if noted:
            told.note(where, message)
            plain.setdefault((where, digest(payload)), number)


def test_of_very_many_the_oldest_are_forgotten() -> None:
    told = Told(DIALECT, most=10)
    every = [said(number, {"seqNo": number}) for number in range(100)]
    for message in every:
        told.note(1, message)
    assert told.earlier(1, every[-1]) == 99
    assert told.earlier(1, every[0]) is None
