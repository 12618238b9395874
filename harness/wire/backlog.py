"""What a connection has read and nobody has taken yet: stamped slices, taken one by one, and paced.

While slices wait the socket is not read, so a flood on one link neither starves the other links of the loop nor
outgrows its bounds; the rest of it waits in the peer's own TCP.
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
_MOST_HELD = 4


@dataclass(frozen=True, slots=True)
class Eof:
    """The peer's FIN."""


@dataclass(frozen=True, slots=True)
class Lost:
    """The connection is gone, by `error` or in order."""

    error: BaseException | None


Item = bytes | Eof | Lost


class Backlog:
    """Hands each item to `take`, in order, never two in one turn of the loop. `flooded` is called once, if ever."""

    def __init__(
        self,
        loop: asyncio.AbstractEventLoop,
        now: Callable[[], Instant],
        take: Callable[[Instant, Item], None],
        flooded: Callable[[], None],
    ) -> None:
        self._loop = loop
        self._now = now
        self._take = take
        self._flooded: Callable[[], None] | None = flooded
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
        """Forget what waits."""
        self._items.clear()

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
        if self._items and not self.held and not self.choked:
            self._take(*self._items.popleft())
            if self._items and self._turn is None:
                pause = self._pause()
                self._turn = self._loop.call_later(pause, self._next) if pause else self._loop.call_soon(self._next)
        self._regulate()

    def _regulate(self) -> None:
        """Read from the socket only while nothing waits to be taken."""
        transport = self.transport
        if transport is None or transport.is_closing():
            return
        wanted = not self.choked and len(self._items) < (_MOST_HELD if self.held else 1)
        if wanted != transport.is_reading():
            (transport.resume_reading if wanted else transport.pause_reading)()

    def _pause(self) -> float:
        """Seconds to wait before the next item: 0 but in a flood, and when the end is all that waits."""
        elapsed = self._now().monotonic - self._second
        if elapsed >= SECOND:
            self._second += elapsed
            self._frames = 0
        if self._frames < FRAMES_PER_SECOND or not isinstance(self._items[0][1], bytes):
            return 0.0
        if self._flooded is not None:
            self._flooded()
            self._flooded = None
        return (SECOND - elapsed) / SECOND
