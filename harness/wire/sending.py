"""What leaves on a connection: commands as frames and bytes, handed to the transport and put on record."""

from __future__ import annotations

import asyncio
import contextlib
from secrets import token_bytes
from typing import TYPE_CHECKING

from websockets.frames import Frame, Opcode

from harness.journal import Binary, Control, Direction, RawBytes, Text
from harness.rpc.link import Close, Instant, Ping, Transmit, TransmitBytes, TransmitFrame
from harness.wire import frames
from harness.wire.internals import ClientSide, ServerSide, send_any_close

if TYPE_CHECKING:
    from harness.wire.sockets import SocketHosted

_OUT = Direction.OUT


class Sending:
    """The half of a `Stream` that sends. Every method runs in the loop's thread."""

    hosted: SocketHosted
    link: int
    protocol: ServerSide | ClientSide
    from_client: bool
    """Whether we are the client, whose frames are masked."""
    opened: bool
    _transport: asyncio.Transport | None
    _began: Direction | None
    """Who began to end the connection."""

    def _sent_text(self, data: str | bytes) -> bool:
        """Send `data` at once where it leaves as one text frame as it is, as most do; else nothing has happened."""
        transport = self._transport
        if not isinstance(data, str) or not self.opened or transport is None or transport.is_closing():
            return False
        if not self.protocol.sends_plainly:
            return False
        payload = data.encode()
        if len(payload) >= 1 << 16:
            return False
        frame = frames.text_frame(payload, token_bytes(4) if self.from_client else b"")
        at = self.hosted.now()
        transport.write(frame)
        self.hosted.record_first(self.link, Text(_OUT, data), at)
        return True

    def _send(self, command: Transmit | TransmitFrame | TransmitBytes | Ping | Close) -> None:
        protocol = self.protocol
        if isinstance(command, Transmit):
            if isinstance(command.data, str):
                protocol.send_text(command.data.encode())
            else:
                protocol.send_binary(command.data)
        elif isinstance(command, Ping):
            if len(command.payload) > frames.MOST_CONTROL_PAYLOAD:
                raise ValueError("a ping has room for 125 bytes")
            protocol.send_ping(command.payload)
        elif isinstance(command, Close):
            payload = frames.close_payload(command.code, command.reason)
            send_any_close(protocol, command.code, command.reason, payload)
        elif isinstance(command, TransmitFrame):
            self._write_raw(frames.frame_bytes(command, self.from_client), frames.describe(command))
        else:
            self._write_raw(command.data, "bytes below WebSocket")

    @property
    def _writable(self) -> bool:
        return self._transport is not None and not self._transport.is_closing()

    def _write_raw(self, data: bytes, what: str) -> None:
        if self._transport is not None:
            at = self.hosted.now()
            self._transport.write(data)
            self.hosted.record(self.link, RawBytes(_OUT, data, what), at)

    def _hand_over(self) -> bytes:
        transport, live, at = self._transport, self._writable, self.hosted.now()
        written = bytearray()
        for data in self.protocol.data_to_send():
            if transport is None or transport.is_closing():
                continue
            if data:
                transport.write(data)
                written += data if not self.opened else b""
            elif transport.can_write_eof():
                with contextlib.suppress(OSError):
                    transport.write_eof()
            else:
                transport.close()
        for frame, compressed in self.protocol.take_sent():
            if live:
                self._record_sent(frame, compressed, at)
        return bytes(written)

    def _record_sent(self, frame: Frame, compressed: bool, at: Instant) -> None:
        data = bytes(frame.data)
        if frame.opcode is Opcode.TEXT:
            self.hosted.record_first(self.link, Text(_OUT, data.decode(), compressed=compressed), at)
        elif frame.opcode is Opcode.BINARY:
            self.hosted.record(self.link, Binary(_OUT, data), at)
        elif frame.opcode in (Opcode.PING, Opcode.PONG):
            self.hosted.record(self.link, Control(_OUT, frame.opcode.name.lower(), data), at)
        elif self._began is None:
            self._began = _OUT
