"""A watcher is shown the messages that it wishes to see, by the method that it named, and no others."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import product
from typing import get_args

import pytest

from harness.journal import Direction
from harness.oracle.findings import CALLS, GARBAGE, IN, OUT, REQUESTS, RESULTS, Finding, Kinds, Quiet, Wish
from harness.oracle.monitor import Lookout
from harness.oracle.transcript import Message
from harness.rpc.dialect import DIALECTS
from harness.rpc.frame import Frame
from tests.oracle.bench import Record

ACTIONS = (None, frozenset({"Heartbeat"}), frozenset({"Heartbeat", "Authorize"}))


class Curious(Quiet):
    """Notes what it is shown, under the number of the wish."""

    def __init__(self, wishes: list[tuple[Direction, Kinds | None, frozenset[str] | None]]) -> None:
        self.wanted = wishes
        self.shown: list[tuple[int, Message]] = []

    def wishes(self) -> Iterable[Wish]:
        for number, (direction, frames, actions) in enumerate(self.wanted):
            yield Wish(lambda message, number=number: self._note(number, message), direction, frames, actions)

    def _note(self, number: int, message: Message) -> Iterable[Finding]:
        self.shown.append((number, message))
        return ()


@pytest.mark.parametrize("version", ["1.6", "2.0.1", "2.1"])
def test_each_message_goes_to_those_who_wish_it_and_to_nobody_else(version: str) -> None:
    record = Record(version)
    for action in ("Heartbeat", "Authorize", "Nonsense"):
        for say, answer in ((record.theirs, record.ours), (record.ours, record.theirs)):
            say(2, action, action, {})
            answer(3, action, {})
            answer(4, action, "GenericError", "", {})
            say(6, action, action, {})
    messages = [*record.transcript.messages()]
    kinds = [CALLS, REQUESTS, RESULTS, GARBAGE, None, *((kind,) for kind in get_args(Frame))]
    wanted = list(product((IN, OUT), kinds, ACTIONS))
    curious = Curious(wanted)
    lookout = Lookout((curious,), DIALECTS[version])
    for message in messages:
        assert lookout.see(message) == []
    assert curious.shown == [
        (number, message) for message in messages for number, (direction, frames, actions) in enumerate(wanted)
        if message.direction is direction
        and (frames is None or type(message.frame) in frames)
        and (actions is None or message.action in actions)
    ]
