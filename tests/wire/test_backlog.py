"""The backlog of one connection, in a loop and a clock of the test's own: what is taken when, and what waits."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from heapq import heappop, heappush
from itertools import pairwise
from typing import cast

import pytest
from hypothesis import given
from hypothesis import strategies as st

from harness.rpc.link import MILLISECOND, SECOND, Instant
from harness.wire.backlog import FRAMES_PER_SECOND, FREE_FRAMES, MOST_UNREAD, SLICE, Backlog, Eof, Item, Lost


class Handle:
    """Something planned."""

    def __init__(self, action: Callable[[], None]) -> None:
        self.action: Callable[[], None] | None = action

    def cancel(self) -> None:
        self.action = None


class Loop:
    """As much of an event loop as a backlog needs; time passes in `run` only."""

    def __init__(self) -> None:
        self.now = 0
        self._planned: list[tuple[int, int, Handle]] = []
        self._count = 0

    def call_soon(self, action: Callable[[], None]) -> Handle:
        return self.call_later(0, action)

    def call_later(self, delay: float, action: Callable[[], None]) -> Handle:
        self._count += 1
        handle = Handle(action)
        heappush(self._planned, (self.now + round(delay * SECOND), self._count, handle))
        return handle

    def run(self, until: int) -> None:
        while self._planned and self._planned[0][0] <= until:
            self.now, _, handle = heappop(self._planned)
            if handle.action is not None:
                handle.action()
        self.now = until


class Flood:
    """A backlog into which item after item is put; each item is so many frames, each frame two entries to read."""

    def __init__(self, frames: int, entries: int = 2) -> None:
        self.loop = Loop()
        self.taken: list[Item] = []
        self.notes: list[str] = []
        self.unread = self.most_unread = 0
        self._frames, self._entries = frames, entries
        loop = cast(asyncio.AbstractEventLoop, self.loop)
        self.backlog = Backlog(
            loop, lambda: Instant(self.loop.now, 0), self._take, lambda: self.unread, self.notes.append
        )

    def _take(self, at: Instant, item: Item) -> None:
        self.taken.append(item)
        for _ in range(self._frames):
            self.backlog.count_frame()
        self.unread += self._frames * self._entries
        self.most_unread = max(self.most_unread, self.unread)

    def put(self, items: int) -> None:
        for number in range(items):
            self.backlog.put(b"%d" % number)


@given(frames=st.integers(1, 400), items=st.integers(1, 300))
def test_who_judges_is_never_further_behind_than_the_bound_and_one_item(frames: int, items: int):
    flood = Flood(frames)
    flood.put(items)
    while len(flood.taken) < items:
        flood.loop.run(flood.loop.now + 20 * MILLISECOND)
        flood.unread = 0
    assert flood.most_unread <= max(MOST_UNREAD, 2 * FREE_FRAMES) + 2 * frames


@given(frames=st.integers(1, 400))
def test_where_nobody_reads_some_frames_are_taken_every_second_all_the_same(frames: int):
    flood = Flood(frames)
    flood.put(5_000)
    taken = []
    for second in range(1, 6):
        flood.loop.run(second * SECOND)
        taken.append(len(flood.taken) * frames)
    each = [later - earlier for earlier, later in pairwise(taken)]
    assert all(FREE_FRAMES <= count < FREE_FRAMES + frames or count >= 5_000 * frames - taken[0] for count in each)


def test_a_busy_link_is_taken_at_once_while_all_of_it_is_read():
    flood = Flood(1, entries=0)
    flood.put(FRAMES_PER_SECOND)
    flood.loop.run(1)
    assert len(flood.taken) == FRAMES_PER_SECOND
    assert not flood.notes


def test_a_quiet_link_does_not_wait_for_another_that_floods():
    quiet = Flood(1)
    quiet.unread = 10 * MOST_UNREAD
    quiet.put(FREE_FRAMES)
    quiet.loop.run(1)
    assert len(quiet.taken) == FREE_FRAMES


@pytest.mark.parametrize(
    ("entries", "count", "why"),
    [
        (0, 2 * FRAMES_PER_SECOND, f"more than {FRAMES_PER_SECOND} frames in a second"),
        (2, 2 * MOST_UNREAD, "frames come faster than they can be judged"),
    ],
)
def test_the_reason_is_told_once(entries: int, count: int, why: str):
    flood = Flood(1, entries)
    flood.put(count)
    flood.loop.run(3 * SECOND)
    assert flood.notes == [why]


def test_the_end_waits_for_what_came_before_and_for_nothing_else():
    flood = Flood(FRAMES_PER_SECOND)
    flood.put(1)
    flood.backlog.end(Eof())
    flood.loop.run(1)
    assert flood.taken == [b"0", Eof()]


def test_the_end_of_what_we_break_off_ourselves_waits_for_nothing():
    flood = Flood(FRAMES_PER_SECOND)
    flood.put(3)
    flood.loop.run(1)
    assert flood.taken == [b"0"]  # the rest has to wait for the next second
    flood.backlog.clear()
    flood.backlog.end(Lost(None))
    assert flood.taken == [b"0", Lost(None)]
    flood.loop.run(2 * SECOND)
    assert flood.taken == [b"0", Lost(None)]


def test_a_large_read_is_taken_in_slices():
    flood = Flood(1, entries=0)
    flood.backlog.put(b"x" * (2 * SLICE + 1))
    flood.loop.run(1)
    assert [len(cast(bytes, item)) for item in flood.taken] == [SLICE, SLICE, 1]
