"""What handshakes made by tlslite-ng have in common: bytes instead of a socket, and each message on record."""

from __future__ import annotations

import errno
import warnings
from collections.abc import Callable, Iterator
from typing import Any

from harness.journal import Direction
from harness.security import forged

with warnings.catch_warnings():
    warnings.simplefilter("ignore", DeprecationWarning)  # it imports asyncore for others
    from tlslite.api import TLSConnection  # type: ignore[import-untyped]

APPLICATION_DATA = 23


class Buffer:
    """What tlslite takes for a socket: bytes that came, and bytes that are to go."""

    def __init__(self) -> None:
        self.came = bytearray()
        self.going = bytearray()

    def recv(self, size: int) -> bytes:
        if not self.came:
            raise BlockingIOError(errno.EWOULDBLOCK, "nothing has come yet")
        taken = bytes(self.came[:size])
        del self.came[:size]
        return taken

    def send(self, data: bytes) -> int:
        self.going += data
        return len(data)

    sendall = send

    def close(self) -> None:
        """The transport is not ours."""


class Spied(TLSConnection):  # type: ignore[misc]
    """Tells of each handshake message that leaves and comes."""

    def __init__(self, buffer: Buffer, seen: Callable[[Direction, bytes], None]) -> None:
        super().__init__(buffer)
        self._seen = seen

    def _sendMsg(self, msg: Any, *rest: Any, **more: Any) -> Iterator[Any]:
        if msg.contentType == forged.HANDSHAKE:
            self._seen(Direction.OUT, bytes(msg.write()))
        yield from super()._sendMsg(msg, *rest, **more)

    def _getNextRecord(self) -> Iterator[Any]:
        for result in super()._getNextRecord():
            if result not in (0, 1) and result[0].type == forged.HANDSHAKE:
                self._seen(Direction.IN, bytes(result[1].bytes))
            yield result
