"""How a connection ends: in order, dropped, reset, or lost; and what is told of it."""

from __future__ import annotations

import asyncio
import contextlib
import socket
import ssl
import struct
from abc import abstractmethod
from collections.abc import Callable
from typing import cast

from websockets.protocol import State

from harness.journal import Direction, Ended
from harness.rpc.link import Close, Closed
from harness.security.tls import handshake
from harness.wire.backlog import Backlog
from harness.wire.hosted import ABNORMAL, GOING_AWAY, LinkCommand
from harness.wire.sending import Sending

_IN, _OUT = Direction.IN, Direction.OUT
_RESET = struct.pack("ii", 1, 0)


class Ending(Sending):
    """The part of a `Stream` that ends it. Every method runs in the loop's thread."""

    loop: asyncio.AbstractEventLoop
    gone: asyncio.Future[None]
    _task: asyncio.Task[object] | None
    _backlog: Backlog
    _timer: asyncio.TimerHandle | None
    _failed: bool
    """We have ended the link for a fault of the peer."""
    _dropped: bool
    """TCP was ended below everything; nothing more is read."""
    _aborted: bool

    @abstractmethod
    def act(self, command: LinkCommand) -> bool:
        """Carry out `command`; False where it comes too late or too early."""

    @abstractmethod
    def never_opened(self, reason: str) -> None:
        """The connection is gone, and no WebSocket ever stood on it."""

    def set_timer(self, seconds: float, action: Callable[[], None]) -> None:
        """Have `action` done after `seconds`, instead of what was to be done before."""
        self.clear_timer()
        self._timer = self.loop.call_later(seconds, action)

    def clear_timer(self) -> None:
        if self._timer is not None:
            self._timer.cancel()
            self._timer = None

    def end_tcp(self, reset: bool = False) -> None:
        """End TCP below everything: FIN, or RST where `reset`. What the peer still sends is not read."""
        self._dropped = True
        self._began = self._began or _OUT
        if self._transport is None or self._transport.is_closing():
            return
        sock = cast(socket.socket, self._transport.get_extra_info("socket"))
        with contextlib.suppress(OSError):
            if reset:
                sock.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, _RESET)
            else:
                sock.shutdown(socket.SHUT_WR)
        self.abort()

    def _drop(self, reset: bool) -> None:
        self.end_tcp(reset)

    def leave(self) -> None:
        """The endpoint goes: say goodbye where a WebSocket stands, else just end."""
        if self.opened and self.protocol.state is State.OPEN and not self._backlog.choked:
            self.act(Close(self.link, GOING_AWAY))
        elif self.protocol.state is not State.CLOSING:
            self.abort()

    def abort(self) -> None:
        """End TCP at once; `connection_lost` follows."""
        self._aborted = True
        self._began = self._began or _OUT
        self._backlog.clear()
        if self._transport is not None:
            self._transport.abort()
        elif self._task is not None:
            self._task.cancel()

    def _over(self, reason: str) -> None:
        if self.gone.done():
            return
        self.clear_timer()
        self.gone.set_result(None)
        self.hosted.streams.pop(self.link, None)
        if not self.opened:
            self.never_opened(reason)
            return
        code, why = self._close_code()
        self.hosted.record(self.link, Ended(self._began or _IN, code, why))
        self.hosted.deliver(Closed(self.link, code, why))

    def _close_code(self) -> tuple[int, str]:
        """What RFC 6455 7.1.5 calls the close code, or the one with which we failed the link."""
        if self._dropped:
            return ABNORMAL, ""
        received, sent = self.protocol.close_rcvd, self.protocol.close_sent
        close = received or (sent if self._failed else None)
        return (int(close.code), close.reason) if close else (ABNORMAL, "")

    @property
    def tls(self) -> ssl.SSLObject | None:
        """The TLS that stands on this connection."""
        found = self._transport.get_extra_info("ssl_object") if self._transport else None
        return cast("ssl.SSLObject | None", found)

    def _note_tls(self) -> None:
        if self.tls is not None:
            self.hosted.record(self.link, handshake(self.tls))


def why(error: BaseException | None) -> str:
    """How a connection ended that never became a WebSocket."""
    if error is None:
        return "connection closed without an answer"
    if isinstance(error, ConnectionRefusedError):
        return "connection refused"
    text = str(error) or type(error).__name__
    return f"TLS: {text}" if isinstance(error, ssl.SSLError) else text
