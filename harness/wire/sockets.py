"""The carrier on real sockets and the real clock: one event loop in one thread per carrier."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Callable, Iterator
from itertools import count
from threading import Condition
from typing import TYPE_CHECKING, Any

from harness.carrier import Listen, Porter
from harness.journal import Body, Journal
from harness.rpc.link import SECOND, Connect, Endpoint, Instant, LinkEvent, Woken
from harness.wire.bridge import Bridge
from harness.wire.client import ClientStream
from harness.wire.hosted import HostedEndpoint, LinkCommand
from harness.wire.insistent import Insistent
from harness.wire.secure import check
from harness.wire.server import Listener
from harness.wire.stream import Stream

if TYPE_CHECKING:
    from harness.wire.asking import Asking

_LAST_BIT = 0.25
_GRACE = 1.0
"""Seconds that links get to end in order when their endpoint is closed."""


def now() -> Instant:
    """Both clocks of this machine."""
    return Instant(time.monotonic_ns(), time.time_ns())


def first_wake(now: float, due: float) -> float:
    """When to wake first for what is `due` (s): Linux ends a long wait in epoll late by a thousandth of it, or 100 ms
    (fs/select.c, more for a niced process), so the last bit is waited for by itself."""
    return due - _LAST_BIT if due - now > 2 * _LAST_BIT else due


class SocketCarrier:
    """`harness.carrier.Carrier` on sockets. `open_timeout` in ns: how long a peer may take to ask for a WebSocket;
    `ahead`: how far its wall clock is from that of this machine."""

    def __init__(self, open_timeout: int = 10 * SECOND, ahead: int = 0) -> None:
        self._open_timeout = open_timeout
        self._ahead = ahead
        self._bridge = Bridge()
        self._hosted: list[SocketHosted] = []
        self._bridge.loop.set_exception_handler(self._failed)
        self._links = count(1)
        self._closed = False

    def now(self) -> Instant:
        at = now()
        return Instant(at.monotonic, at.wall + self._ahead) if self._ahead else at

    def serve(
        self, endpoint: Endpoint, listen: Listen, journal: Callable[[], Journal] | None = None
    ) -> SocketHosted:
        """See `Carrier.serve`. Raises OSError where the address cannot be taken, TypeError for strange `tls`."""
        if listen.tls is not None:
            check(listen.tls, "Listen.tls")
        hosted = SocketHosted(self._bridge, endpoint, journal, self.now)
        self._bridge.call(hosted.listen, listen, self._links, self._open_timeout)
        return self._keep(hosted)

    def host(
        self, endpoint: Endpoint, journal: Callable[[], Journal] | None = None, porter: Porter | None = None
    ) -> SocketHosted:
        """See `Carrier.host`."""
        hosted = SocketHosted(self._bridge, endpoint, journal, self.now)
        hosted.porter = porter
        return self._keep(hosted)

    def _keep(self, hosted: SocketHosted) -> SocketHosted:
        """Remember it until it is closed: a run has one after the other."""
        self._hosted = [*(each for each in self._hosted if not each.closed), hosted]
        return hosted

    def wait(self, changed: Condition, ready: Callable[[], bool], until: int) -> bool:
        """See `Carrier.wait`. `ready` must not call `tell`: the loop may be waiting for `changed`."""
        with changed:
            while not ready():
                left = until - time.monotonic_ns()
                if left <= 0:
                    return False
                changed.wait(left / SECOND)
            return True

    def soon(self, action: Callable[[], None], delay: int = 0) -> None:
        """Have `action` done in the carrier's thread, once what is being answered there has been answered, or
        `delay` (ns) from now."""
        self._bridge.soon(action, delay)

    def _failed(self, loop: asyncio.AbstractEventLoop, context: dict[str, Any]) -> None:
        """A turn of the loop has failed that nobody waits for: every endpoint's journal tells it."""
        error = context.get("exception")
        if error is None or isinstance(error, OSError):  # a socket's, and not of our making
            loop.default_exception_handler(context)
            return
        for hosted in self._hosted:
            if not hosted.closed:
                hosted.fault(0, error)

    def close(self) -> None:
        """See `Carrier.close`."""
        if not self._closed:
            self._closed = True
            for hosted in self._hosted:
                hosted.close()
            self._bridge.close()


class SocketHosted(HostedEndpoint):
    """An endpoint on a `SocketCarrier`."""

    def __init__(
        self, bridge: Bridge, endpoint: Endpoint, journal: Callable[[], Journal] | None,
        clock: Callable[[], Instant] = now,
    ) -> None:
        super().__init__(endpoint, journal, clock)
        self._bridge = bridge
        self._used: set[int] = set()
        self._listener: Listener | None = None
        self._wake: asyncio.TimerHandle | None = None
        self.streams: dict[int, Stream | Insistent | Asking] = {}
        self.url = ""

    def tell(self, event: LinkEvent) -> None:
        """See `Hosted.tell`."""
        self._bridge.call(self.deliver, event, raising=True)

    def close(self) -> None:
        """See `Hosted.close`. Returns when everything is gone, after a second at most."""
        if not self.closed:
            self._bridge.run(self._leave())
            if self.porter is not None:
                self.porter.close()

    def listen(self, listen: Listen, links: Iterator[int], patience: int) -> None:
        """Take the address and begin to accept. Raises OSError."""
        self._listener = Listener(self, listen, links, patience)
        self.url = self._listener.url

    def record_first(self, link: int, body: Body, at: Instant) -> None:
        """As `record`, but the journal's sinks get it in the loop's next turn, with what is recorded in this one: the
        answer goes first, and while the sinks are busy the peer is too, with that answer."""
        if self._journal is not None:
            journal = self._journal()
            if journal.append_first(link, body, at):
                self._bridge.loop.call_soon(journal.settle)

    async def _leave(self) -> None:
        self.closed = True
        self._arrange_wake(None)
        if self._listener is not None:
            self._listener.close()
        streams = list(self.streams.values())
        for stream in streams:
            stream.leave()
        if streams:
            await asyncio.wait([stream.gone for stream in streams], timeout=_GRACE)
        for stream in (late := list(self.streams.values())):
            stream.abort()
        if late:
            await asyncio.wait([stream.gone for stream in late], timeout=_GRACE)
        if self._journal is not None:
            self._journal().settle()

    def _secure(self, tls: object) -> None:
        if self._listener is None:
            raise ValueError("only a listener has TLS to change")
        if tls is not None:
            check(tls, "Secure.tls")
        self._listener.tls = tls

    def _connect(self, command: Connect) -> None:
        if command.link in self._used or command.link in self.streams:
            raise ValueError(f"link {command.link} was used before")
        self._used.add(command.link)
        stream = ClientStream(self, command.link, command.dial)
        self.streams[command.link] = stream
        stream.dial()

    def _act(self, command: LinkCommand) -> bool:
        stream = self.streams.get(command.link)
        return stream is not None and stream.act(command)

    def _arrange_wake(self, due: int | None) -> None:
        if self._wake is not None:
            self._wake.cancel()
            self._wake = None
        if due is not None and not self.closed:
            loop, at = self._bridge.loop, due / SECOND
            first = first_wake(loop.time(), at)
            self._wake = loop.call_at(at, self._woken) if first >= at else loop.call_at(first, self._arrange_wake, due)

    def _later(self, delay: int, action: Callable[[], None]) -> None:
        self._bridge.loop.call_soon_threadsafe(self._bridge.loop.call_later, delay / SECOND, action)

    def _woken(self) -> None:
        self._wake = None
        self.deliver(Woken())
