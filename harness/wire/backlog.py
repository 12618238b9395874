"""What a connection has read and nobody has taken yet: stamped slices, taken one by one, and paced.

While slices wait the socket is not read, so a flood on one link neither starves the other links of the loop nor
outgrows its bounds; the rest of it waits in the peer's own TCP. Nor does it bury who judges: a link on which much
comes is read no faster than the journal is, so that a deadline is seen to pass when it does.
"""

from __future__ import annotations

import asyncio
from collections import deque
from collections.abc import Callable
from dataclasses import dataclass

from harness.rpc.link import SECOND, Instant

SLICE = 16 * 1024
FRAMES_PER_SECOND = 10_000
"""Frames of one link that are taken in a second."""
FREE_FRAMES = 500
"""Frames of one link in a second that are taken in any case."""
MOST_UNREAD = 2_000
"""Entries of the journal that nobody has read yet, beyond which no more than `FREE_FRAMES` are taken."""
_MOST_HELD = 4
_LOOK_AGAIN = SECOND // 200


@dataclass(frozen=True, slots=True)
class Eof:
    """The peer's FIN."""


@dataclass(frozen=True, slots=True)
class Lost:
    """The connection is gone, by `error` or in order."""

    error: BaseException | None


Item = bytes | Eof | Lost


class Backlog:
    """Hands each item to `take`, in order, never two in one turn of the loop. `unread` tells how far behind
    whoever judges is. `flooded` is called once, if ever, with the reason why less is taken."""

    def __init__(
        self,
        loop: asyncio.AbstractEventLoop,
        now: Callable[[], Instant],
        take: Callable[[Instant, Item], None],
        unread: Callable[[], int],
        flooded: Callable[[str], None],
    ) -> None:
        self._loop = loop
        self._now = now
        self._take = take
        self._unread = unread
        self._flooded: Callable[[str], None] | None = flooded
        self._items: deque[tuple[Instant, Item]] = deque()
        self._turn: asyncio.Handle | None = None
        self._second = 0
        self._frames = 0
        self.transport: asyncio.Transport | None = None
        self.held = False
        self.choked = False

    def put(self, data: bytes) -> None:
        """Bytes have been read, just now."""
        at = self._now()
        waiting = self._turn is not None or self._items or self.held or self.choked
        if not waiting and len(data) <= SLICE and (self._frames < FREE_FRAMES or not self._pause(at)[0]):
            self._take(at, data)  # like most, and the socket is read on
            if self._items or self.choked:
                self._plan()
            return
        if len(data) <= SLICE:
            self._items.append((at, data))
        else:
            self._items.extend((at, data[start : start + SLICE]) for start in range(0, len(data), SLICE))
        self.go_on()

    def end(self, item: Eof | Lost) -> None:
        """Nothing more will be read."""
        self._items.append((self._now(), item))
        self.go_on()

    def put_back(self, at: Instant, data: bytes) -> None:
        """What was taken, but not used yet."""
        self._items.appendleft((at, data))

    def clear(self) -> None:
        """Forget what waits, and the pause in which it did."""
        self._items.clear()
        if self._turn is not None:
            self._turn.cancel()
            self._turn = None

    def count_frame(self) -> None:
        """One more frame was found in what was taken."""
        self._frames += 1

    def hold(self, held: bool = False, choked: bool = False) -> None:
        """Stop, while our answer to a handshake is `held` back or our own sending is `choked`; or go on."""
        self.held, self.choked = held, choked
        self.go_on()

    def go_on(self) -> None:
        """Take the next item, unless its turn is planned already."""
        if self._turn is None:
            self._next()

    def _next(self) -> None:
        self._turn = None
        if self._items and not self.held and not self.choked and not self._paused():
            self._take(*self._items.popleft())
            self._plan()
        else:
            self._regulate()

    def _plan(self) -> None:
        if self._items and self._turn is None and not self._paused():
            self._turn = self._loop.call_soon(self._next)
        self._regulate()

    def _paused(self) -> bool:
        """Whether the next item has to wait; then its turn is planned. The end of the connection never does."""
        pause, why = self._pause(self._now()) if isinstance(self._items[0][1], bytes) else (0, "")
        if pause:
            self._turn = self._loop.call_later(pause / SECOND, self._next)
            if self._flooded is not None:
                self._flooded(why)
                self._flooded = None
        return bool(pause)

    def _regulate(self) -> None:
        """Read from the socket only while nothing waits to be taken."""
        transport = self.transport
        if transport is None or transport.is_closing():
            return
        wanted = not self.choked and len(self._items) < (_MOST_HELD if self.held else 1)
        if wanted != transport.is_reading():
            (transport.resume_reading if wanted else transport.pause_reading)()

    def _pause(self, at: Instant) -> tuple[int, str]:
        """How long what comes next has to wait from `at` on (ns) and why: 0 but in a flood."""
        elapsed = at.monotonic - self._second
        if elapsed >= SECOND:
            self._second += elapsed
            self._frames, elapsed = 0, 0
        if self._frames < FREE_FRAMES:
            return 0, ""
        if self._frames >= FRAMES_PER_SECOND:
            return SECOND - elapsed, f"more than {FRAMES_PER_SECOND} frames in a second"
        if self._unread() > MOST_UNREAD:
            return min(_LOOK_AGAIN, SECOND - elapsed), "frames come faster than they can be judged"
        return 0, ""
