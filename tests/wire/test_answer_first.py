"""The answer leaves first; what it answers is copied to the journal's sinks then: completely, and in order."""

from __future__ import annotations

from collections.abc import Sequence

import pytest

from harness.journal import Direction, Event, Journal, Note, Text
from harness.rpc.link import Command, LinkEvent, Received, Transmit
from harness.wire.sockets import SocketCarrier
from tests.wire.scripted import World, do

IN, OUT = Direction.IN, Direction.OUT
UNANSWERED = {"hush", "fail"}


def texts(copies: Sequence[Event]) -> list[tuple[Direction, str]]:
    return [(event.body.direction, event.body.data) for event in list(copies) if isinstance(event.body, Text)]


@pytest.mark.parametrize("words", [["a", "b", "c"], ["hush"], ["a", "hush", "b"], ["a", "fail"]])
def test_the_answer_does_not_wait_for_the_copy(words: list[str]) -> None:
    carrier = SocketCarrier()
    try:
        world = World(carrier)
        copies: list[Event] = []
        seen: list[list[tuple[Direction, str]]] = []
        world.csms.journal = Journal((copies.extend, world.csms._ring))

        def answer(event: LinkEvent) -> Sequence[Command]:
            if not isinstance(event, Received):
                return ()
            seen.append(texts(copies))
            if event.data == "fail":
                raise ZeroDivisionError
            return () if event.data == "hush" else (Transmit(event.link, event.data),)

        world.csms.answer = answer
        world.serve()
        link = world.connect()
        expected: list[tuple[Direction, str]] = []
        for word in words:
            before = list(expected)
            expected += [(IN, word)] if word in UNANSWERED else [(IN, word), (OUT, word)]
            world.station_hosted.tell(do(Transmit(link, word)))
            world.until(lambda wanted=tuple(expected): texts(copies) == list(wanted))
            assert seen[-1] == before, "what is being answered is copied afterwards"
        if words[-1] == "fail":
            world.until(lambda: any(isinstance(event.body, Note) for event in copies))
    finally:
        carrier.close()
    assert [copy.number for copy in copies] == list(range(len(copies)))
    assert copies == list(world.csms.journal)
