"""The carrier without sockets: peer to peer in one process, one thread, in virtual time.

Time passes in `MemoryCarrier.wait` only. What is due is done in the order of its moment, and within one
moment in the order in which it was planned, so equal inputs give equal journals. Below the WebSocket
message there is nothing here: who wants broken frames, TLS or TCP needs `harness.wire.sockets`.
"""

from __future__ import annotations

from collections.abc import Callable
from errno import EADDRINUSE
from heapq import heappop, heappush
from threading import Condition

from harness.carrier import Listen, Porter
from harness.journal import Journal
from harness.rpc.link import MILLISECOND, Endpoint, Instant
from harness.wire.handshake import Destination
from harness.wire.memory_hosted import MemoryHosted, NeedsSockets

__all__ = ["MemoryCarrier", "MemoryHosted", "NeedsSockets"]

_FIRST_PORT = 40_000
_MOST_AT_ONCE = 50_000

_START = Instant(monotonic=0, wall=1_767_225_600_000_000_000)
"""2026-01-01T00:00:00Z."""


class MemoryCarrier:
    """`harness.carrier.Carrier` in virtual time. `latency` in ns is what one hop takes."""

    def __init__(self, start: Instant | None = None, latency: int = MILLISECOND) -> None:
        start = start or _START
        self._monotonic = start.monotonic
        self._wall_offset = start.wall - start.monotonic
        self.latency = latency
        self._schedule: list[tuple[int, int, Callable[[], None]]] = []
        self._planned = 0
        self._listeners: dict[tuple[str, int], MemoryHosted] = {}
        self._hosted: list[MemoryHosted] = []
        self._served_links = 0

    def now(self) -> Instant:
        return Instant(self._monotonic, self._monotonic + self._wall_offset)

    def serve(
        self, endpoint: Endpoint, listen: Listen, journal: Callable[[], Journal] | None = None
    ) -> MemoryHosted:
        """See `Carrier.serve`. Port 0 takes the next free one from 40000 on. Raises OSError where it is taken."""
        host = _plain(listen.host)
        port = listen.port or next(
            port for port in range(_FIRST_PORT, 1 << 16) if not any(port == taken for _, taken in self._listeners)
        )
        if (host, port) in self._listeners:
            raise OSError(EADDRINUSE, f"{listen.host}:{port} is taken")
        hosted = MemoryHosted(self, endpoint, journal, listen, port)
        self._listeners[host, port] = hosted
        self._hosted.append(hosted)
        return hosted

    def host(
        self, endpoint: Endpoint, journal: Callable[[], Journal] | None = None, porter: Porter | None = None
    ) -> MemoryHosted:
        """See `Carrier.host`."""
        hosted = MemoryHosted(self, endpoint, journal)
        hosted.porter = porter
        self._hosted.append(hosted)
        return hosted

    def wait(self, changed: Condition, ready: Callable[[], bool], until: int) -> bool:
        """Do what is due, moment by moment, until `ready()`, or until the clock reads `until`."""
        with changed:
            if ready():
                return True
            spent, moment = 0, self._monotonic
            while self._schedule and self._schedule[0][0] <= until:
                due, _, action = heappop(self._schedule)
                if due > moment:
                    spent, moment = 0, due
                    self._monotonic = due
                spent += 1
                if spent > _MOST_AT_ONCE:
                    raise RuntimeError(f"{spent} deliveries in one moment of virtual time: an endpoint runs in circles")
                action()
                if ready():
                    return True
            self._monotonic = max(self._monotonic, until)
            return False

    def close(self) -> None:
        """See `Carrier.close`."""
        for hosted in tuple(self._hosted):
            hosted.close()
        self._schedule.clear()

    # ---- for the hosted endpoints -------------------------------------------------------------------

    def plan(self, delay: int, action: Callable[[], None]) -> None:
        """Have `action` done `delay` ns from now."""
        self._planned += 1
        heappush(self._schedule, (self._monotonic + max(delay, 0), self._planned, action))

    def listener(self, destination: Destination) -> MemoryHosted | None:
        """Who listens where `destination` leads, if anybody."""
        host, port = _plain(destination.host), destination.port
        return next(
            (self._listeners[key] for key in ((host, port), ("0.0.0.0", port), ("::", port)) if key in self._listeners),
            None,
        )

    def next_served_link(self) -> int:
        """A number for an incoming link, unique among all listening endpoints of this carrier."""
        self._served_links += 1
        return self._served_links

    def forget(self, hosted: MemoryHosted) -> None:
        """`hosted` has been closed."""
        self._hosted.remove(hosted)
        for address in [address for address, other in self._listeners.items() if other is hosted]:
            del self._listeners[address]


def _plain(host: str) -> str:
    return "127.0.0.1" if host.lower() == "localhost" else host.lower()
