"""What the rest of the harness may ask of the wire, whether it is sockets or virtual time.

Implemented twice: `harness.wire.sockets` (an event loop in a thread, real time) and `harness.wire.memory`
(same thread, virtual time). Scenario code waits with `Carrier.wait` and with nothing else.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from threading import Condition
from typing import Protocol

from harness.journal import Journal
from harness.rpc.link import Endpoint, Fetched, FileCommand, Instant, LinkEvent, Stored


@dataclass(frozen=True, slots=True)
class Listen:
    """Where and how a CSMS listens. Port 0 takes a free one. `tls` None is ws://."""

    host: str = "127.0.0.1"
    port: int = 0
    path: str = ""
    compression: bool = False
    tls: object | None = None
    max_size: int = 16 * 1024 * 1024


class Hosted(Protocol):
    """An endpoint on a carrier."""

    @property
    def url(self) -> str:
        """For a listening endpoint ws(s)://host:port/path, without identity; "" for a client."""
        ...

    def tell(self, event: LinkEvent) -> None:
        """Hand the endpoint an event (usually `Asked`) on its own thread and carry out its commands.

        Returns when the commands have been handed to the transport. An exception of the endpoint's
        `handle` is raised here."""
        ...

    def close(self) -> None:
        """Close every link and the listener, at once; idempotent. Nothing is left behind."""
        ...


class Porter(Protocol):
    """Moves files for an endpoint: its `Fetch`, `Store` and `Abandon`."""

    def begin(
        self, command: FileCommand, done: Callable[[Fetched | Stored], None],
        later: Callable[[int, Callable[[], None]], None],
    ) -> None:
        """Start; `done` is told once, from any thread, unless the job is abandoned. `later(ns, action)` is the
        carrier's clock, for those who simulate."""
        ...

    def close(self) -> None:
        """End all that is under way; idempotent."""
        ...


class Carrier(Protocol):
    """Carries endpoints and keeps the time."""

    def now(self) -> Instant: ...

    def serve(self, endpoint: Endpoint, listen: Listen, journal: Callable[[], Journal] | None = None) -> Hosted:
        """Listen for `endpoint` (a CSMS). With `journal`, record everything that passes, as seen from
        this endpoint (`OUT` = this endpoint sent it); the callable gives the journal of the moment.

        Raises OSError where the address cannot be taken."""
        ...

    def host(
        self, endpoint: Endpoint, journal: Callable[[], Journal] | None = None, porter: Porter | None = None
    ) -> Hosted:
        """Carry `endpoint` (a station), which opens links with `Connect` and moves files with `porter`."""
        ...

    def wait(self, changed: Condition, ready: Callable[[], bool], until: int) -> bool:
        """Block until `ready()` holds or the monotonic clock reads `until`; tells whether it held.

        `ready` is called with `changed` held, at the start and each time `changed` is notified.
        In virtual time this is what makes time pass."""
        ...

    def close(self) -> None:
        """Close all that is hosted, stop the thread, free the ports; idempotent."""
        ...



