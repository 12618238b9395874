"""A connection that was accepted and is served by hand, without asyncio's TLS: what all of these have in common."""

from __future__ import annotations

import asyncio
import socket
from collections.abc import Callable

from harness.journal import Body, Direction, HandshakeResponse
from harness.security.settings import TlsSettings

MOST = 65_536
"""Bytes of one read."""


class Accepted:
    """`record` puts into the journal; `over` is called when the connection is gone, `gone` is done then. Methods run
    in the loop's thread."""

    def __init__(
        self, accepted: socket.socket, settings: TlsSettings, record: Callable[[Body], None],
        over: Callable[[], None], patience: float, readable: Callable[[], None],
    ) -> None:
        self.loop = asyncio.get_running_loop()
        self.gone: asyncio.Future[None] = self.loop.create_future()
        self._socket, self._settings, self._record, self._over = accepted, settings, record, over
        self._timer = self.loop.call_later(patience, self._end, f"no request within {patience:g} s")
        self.loop.add_reader(accepted.fileno(), readable)

    def leave(self) -> None:
        self._end("closed before a request")

    abort = leave

    def act(self, command: object) -> bool:
        """Nothing can be sent here."""
        return False

    def _received(self, left: Callable[[str], None]) -> bytes:
        """What came; b"" for nothing yet, and when `left` has been told how the peer has gone."""
        try:
            came = self._socket.recv(MOST)
        except (BlockingIOError, InterruptedError):
            return b""
        except OSError as error:
            left(f"TLS: {error}")
            return b""
        if not came:
            left("TLS: connection closed")
        return came

    def _release(self) -> None:
        """Mind the socket no more: somebody else does, or it is closed."""
        self._timer.cancel()
        self.loop.remove_reader(self._socket.fileno())
        if not self.gone.done():
            self.gone.set_result(None)

    def _end(self, reason: str, status: int = 0) -> None:
        if self.gone.done():
            return
        self._release()
        self._socket.close()
        self._record(HandshakeResponse(Direction.OUT, status, reason=reason))
        self._over()
