"""The one place that leans on what websockets and asyncio do not document.

`tests/wire/test_internals.py` guards each assumption, so that a new version fails there and not in a lab:

* websockets: `Protocol.send_frame` is the single way out for every frame, the library's own pongs included;
  `process_subprotocol` alone judges Sec-WebSocket-Protocol; `extensions` are run in order on the way out and in
  reverse on the way in; `close_sent` and `state` are what `send_close` leaves behind.
* websockets: `apply_mask` is the library's own, in C where it can be; `max_message_size` is the limit given,
  `current_size` None but amid fragments, `expect_continuation_frame` True amid fragments of ours; a frame without
  RSV1 passes the extensions as it is.
* asyncio: a selector loop makes TLS in `_make_ssl_transport`, by a `sslproto.SSLProtocol` whose
  `_on_handshake_complete` forgets to let the alert of a failed handshake out (CPython issue 98078).
"""

from __future__ import annotations

import asyncio
from collections import deque
from collections.abc import Callable
from typing import Any

from websockets.client import ClientProtocol
from websockets.datastructures import Headers
from websockets.extensions import Extension
from websockets.frames import Close, Frame, Opcode
from websockets.protocol import Protocol, State
from websockets.server import ServerProtocol
from websockets.typing import ExtensionName, Subprotocol

try:
    from websockets.speedups import apply_mask
except ImportError:  # no compiler where it was installed
    from websockets.utils import apply_mask

__all__ = ["AlertingLoop", "ClientSide", "CompressionSpy", "ServerSide", "apply_mask", "send_any_close",
           "watch_compression"]

DATA = (Opcode.TEXT, Opcode.BINARY)


class CompressionSpy(Extension):
    """The outermost extension: sees each frame as it is on the stream, where RSV1 still means "compressed"."""

    name = ExtensionName("harness-spy")

    def __init__(self) -> None:
        self.received: deque[bool] = deque()
        self.sent = False

    def decode(self, frame: Frame, *, max_size: int | None = None) -> Frame:
        if frame.opcode in DATA:
            self.received.append(frame.rsv1)
        return frame

    def encode(self, frame: Frame) -> Frame:
        if frame.opcode in DATA:
            self.sent = frame.rsv1
        return frame


class _Watched(Protocol):
    """Mixed into both sides of the sans-I/O protocol."""

    def __init__(self, *arguments: Any, **options: Any) -> None:
        super().__init__(*arguments, **options)
        self.muted = False
        self.spy = CompressionSpy()
        self.sent: list[tuple[Frame, bool]] = []

    def send_frame(self, frame: Frame) -> None:
        """Every outgoing frame passes here; pongs of a muted link end here."""
        if self.muted and frame.opcode is Opcode.PONG:
            return
        super().send_frame(frame)
        self.sent.append((frame, self.spy.sent and frame.opcode in DATA))

    def takes_plainly(self, size: int) -> bool:
        """Whether a whole text frame of so many bytes may come now, with nothing left for the library to check."""
        limit = self.max_message_size
        return self._state is State.OPEN and self.current_size is None and (limit is None or size <= limit)

    @property
    def sends_plainly(self) -> bool:
        """Whether a text may leave now as one frame as it is, before anything else."""
        return (
            self._state is State.OPEN
            and len(self.extensions) == 1
            and not self.writes
            and not self.expect_continuation_frame
        )

    def take_sent(self) -> list[tuple[Frame, bool]]:
        """The frames queued since the last call, each with whether it was compressed."""
        sent, self.sent = self.sent, []
        return sent


class ServerSide(_Watched, ServerProtocol):
    """A server that leaves the subprotocol to somebody else."""

    def process_subprotocol(self, headers: Headers) -> Subprotocol | None:
        return None


class ClientSide(_Watched, ClientProtocol):
    """A client that takes whatever subprotocol the server names."""

    def process_subprotocol(self, headers: Headers) -> Subprotocol | None:
        chosen = headers.get_all("Sec-WebSocket-Protocol")
        return Subprotocol(", ".join(chosen)) if chosen else None


def watch_compression(protocol: ServerSide | ClientSide) -> None:
    """Put the spy outside all extensions; called once they have been negotiated."""
    protocol.extensions.append(protocol.spy)


def send_any_close(protocol: ServerSide | ClientSide, code: int, reason: str, payload: bytes) -> None:
    """`send_close` without its opinion on which codes may be sent."""
    protocol.send_frame(Frame(Opcode.CLOSE, payload))
    protocol.close_sent = Close(code, reason)
    protocol.state = State.CLOSING


class AlertingLoop(asyncio.SelectorEventLoop):
    """An event loop whose TLS sends the alert of a handshake that it fails."""

    def _make_ssl_transport(self, *arguments: Any, **options: Any) -> Any:
        make: Callable[..., Any] = super()._make_ssl_transport  # type: ignore[misc]
        transport = make(*arguments, **options)
        tls = transport._ssl_protocol
        if not getattr(tls._sslcontext, "alerting", True):  # a product that hangs up without a word is wanted
            return transport
        completed = tls._on_handshake_complete

        def on_handshake_complete(error: BaseException | None) -> None:
            if error is not None:
                tls._process_outgoing()
            completed(error)

        tls._on_handshake_complete = on_handshake_complete
        return transport
