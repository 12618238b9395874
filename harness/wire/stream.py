"""One TCP or TLS connection that carries a WebSocket: what CSMS side and station side have in common.

websockets' sans-I/O protocol does frames and HTTP; this does the journal, the endpoint's commands and the endings.
"""

from __future__ import annotations

import asyncio
from abc import abstractmethod
from collections.abc import Coroutine
from typing import TYPE_CHECKING, Any, cast

from websockets.exceptions import PayloadTooBig
from websockets.frames import Frame, Opcode
from websockets.http11 import Request, Response
from websockets.protocol import State

from harness.journal import Binary, Control, Direction, Note, RawBytes, Text
from harness.rpc.link import (
    Close,
    Drop,
    Instant,
    LinkEvent,
    Mute,
    Ping,
    Pinged,
    Ponged,
    Received,
    Transmit,
)
from harness.wire import frames
from harness.wire.assembly import Assembly
from harness.wire.backlog import Backlog, Eof, Item, Lost
from harness.wire.ending import Ending, why
from harness.wire.hosted import LinkCommand
from harness.wire.internals import ClientSide, ServerSide

if TYPE_CHECKING:
    from harness.wire.sockets import SocketHosted

_IN, _OUT = Direction.IN, Direction.OUT
_INVALID_DATA = 1007
_READ = 64 * 1024

CLOSE_TIMEOUT = 10.0
"""Seconds from our close frame or our EOF to the moment we stop waiting for the peer's (RFC 6455 7.1.1)."""
WRITE_LIMIT = 64 * 1024 * 1024
"""Bytes that may wait for a peer that does not read, before we stop reading from it."""


class Stream(Ending, asyncio.BufferedProtocol):
    """One connection. Every method runs in the loop's thread."""

    def __init__(self, hosted: SocketHosted, link: int, protocol: ServerSide | ClientSide) -> None:
        self.hosted = hosted
        self.link = link
        self.protocol = protocol
        self.from_client = isinstance(protocol, ClientSide)
        self.loop = asyncio.get_running_loop()
        self.gone: asyncio.Future[None] = self.loop.create_future()
        self.raw = bytearray()
        self.opened = False
        self._transport: asyncio.Transport | None = None
        self._buffer = memoryview(bytearray(_READ))
        self._task: asyncio.Task[object] | None = None
        self._backlog = Backlog(self.loop, hosted.now, self._take, hosted.unread, self._note_flood)
        self._assembly = Assembly()
        self._timer: asyncio.TimerHandle | None = None
        self._closing_timed = False
        self._aborted = False
        self._began: Direction | None = None
        self._failed = False
        self._dropped = False
        self._secure = False
        self._scanner = frames.Scanner()

    # ---- what the two sides do differently ----------------------------------------------------------

    @abstractmethod
    def shake(self, event: Request | Response, at: Instant) -> None:
        """Take the peer's half of the opening handshake."""

    @abstractmethod
    def shake_failed(self, error: BaseException, at: Instant) -> None:
        """What came was no HTTP, or the connection ended before there was any."""

    @abstractmethod
    def connected(self) -> None:
        """TCP, and TLS where wanted, stand."""

    # ---- asyncio.BufferedProtocol, for whom asyncio does not map and unmap 256 KB of memory with each read ----------

    def start(self, standing: Coroutine[Any, Any, object]) -> None:
        """Have TCP and TLS brought about by `standing`, which calls `connection_made`."""
        self._task = self.loop.create_task(standing)
        self._task.add_done_callback(self._started)

    def _started(self, task: asyncio.Task[object]) -> None:
        error = None if task.cancelled() else task.exception()
        if self._transport is None:
            self.never_stood(error)
            self._over(why(error))

    def never_stood(self, error: BaseException | None) -> None:
        """TCP or TLS did not come about."""

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        self._transport = cast(asyncio.Transport, transport)
        if self._aborted:
            self._transport.abort()
            return
        self._backlog.transport = self._transport
        self._transport.set_write_buffer_limits(high=WRITE_LIMIT)
        self._secure = self.tls is not None  # asked once: asyncio forgets it while it closes
        self._note_tls()
        self.connected()

    def get_buffer(self, sizehint: int) -> memoryview:
        return self._buffer

    def buffer_updated(self, count: int) -> None:
        self.take_in(bytes(self._buffer[:count]))

    def take_in(self, data: bytes) -> None:
        """Bytes have been read from the connection."""
        self._backlog.put(data)

    def eof_received(self) -> bool:
        if self._backlog.held:  # whoever hangs up does not wait for our late answer
            self.clear_timer()
            self._backlog.held = False
        self._backlog.end(Eof())
        return self._transport is not None and not self._secure

    def connection_lost(self, error: BaseException | None) -> None:
        if self._aborted:
            self._backlog.clear()
        self._backlog.held = self._backlog.choked = False
        self._backlog.end(Lost(error))

    def pause_writing(self) -> None:
        self._backlog.hold(held=self._backlog.held, choked=True)

    def resume_writing(self) -> None:
        self._backlog.hold(held=self._backlog.held)

    # ---- from the socket to the endpoint ------------------------------------------------------------

    def hold(self, held: bool) -> None:
        """Take nothing more from the peer while our answer to its handshake is `held` back."""
        if held:
            self._backlog.held = True
        else:
            self._backlog.hold(choked=self._backlog.choked)

    def _note_flood(self, why: str) -> None:
        self.hosted.record(self.link, Note("flood", f"{why}: taken more slowly from here on"))

    def _take(self, at: Instant, item: Item) -> None:
        try:
            self._interpret(at, item)
        except Exception as error:
            self.hosted.fault(self.link, error)
            self.abort()

    def _interpret(self, at: Instant, item: Item) -> None:
        if isinstance(item, bytes):
            if not self._dropped and not (self.opened and self._took_text(at, item)):
                self._take_bytes(at, item)
        elif isinstance(item, Lost):
            if self.opened or item.error is None:
                self._take_end(at)
            self._over(why(item.error))
        elif not self._dropped:
            self._take_end(at)
            if self._transport is not None:
                self._transport.close()

    def _take_bytes(self, at: Instant, data: bytes) -> None:
        if self.protocol.state is State.CONNECTING:
            head = self._head_of(data)
            if len(head) < len(data):
                self._backlog.put_back(at, data[len(head) :])
            self.raw += head
            data = head
        elif self.protocol.state is State.OPEN:
            # A close frame is echoed as it is parsed; what came before it is to be answered first.
            end = self._scanner.before_close(data)
            if end < len(data):
                self._backlog.put_back(at, data[end:])
                data = data[:end]
        self.protocol.receive_data(data)
        self._digest(at)

    def _took_text(self, at: Instant, data: bytes) -> bool:
        """Take `data` at once where it is a whole text message, as most are; True if so, else nothing has happened."""
        if self._failed or not self._scanner.between or not self.protocol.takes_plainly(len(data)):
            return False
        text = frames.text_of(data, not self.from_client)
        if text is None:
            return False
        self._backlog.count_frame()
        self.hosted.record_first(self.link, Text(_IN, text), at)
        self.hosted.deliver(Received(self.link, text))
        return True

    def _head_of(self, data: bytes) -> bytes:
        """`data` up to the end of the HTTP head, so that what follows is parsed after the answer only."""
        before = bytes(self.raw[-3:])
        if b"\r\n\r\n" in self.raw:
            return data
        end = (before + data).find(b"\r\n\r\n")
        return data if end < 0 else data[: end + 4 - len(before)]

    def _take_end(self, at: Instant) -> None:
        if self._dropped:
            return
        self.protocol.receive_eof()
        self._digest(at)

    def _digest(self, at: Instant) -> None:
        """Record what came, let the library's answers out, then tell the endpoint."""
        news: list[LinkEvent] = []
        for event in self.protocol.events_received():
            if not isinstance(event, Frame):
                self.shake(event, at)
            elif self._failed or not self.opened:
                break
            else:
                self._backlog.count_frame()
                self._take_frame(event, at, news)
        if self.protocol.handshake_exc is not None:
            self.shake_failed(self.protocol.handshake_exc, at)
        self._note_violation(at)
        self.flush()
        for item in news:
            self.hosted.deliver(item)

    def _take_frame(self, frame: Frame, at: Instant, news: list[LinkEvent]) -> None:
        if frame.opcode is Opcode.PING:
            self.hosted.record(self.link, Control(_IN, "ping", bytes(frame.data)), at)
            news.append(Pinged(self.link, bytes(frame.data)))
        elif frame.opcode is Opcode.PONG:
            self.hosted.record(self.link, Control(_IN, "pong", bytes(frame.data)), at)
            news.append(Ponged(self.link, bytes(frame.data)))
        elif frame.opcode is Opcode.CLOSE:
            self._began = self._began or _IN
        else:
            self._take_data(frame, at, news)

    def _take_data(self, frame: Frame, at: Instant, news: list[LinkEvent]) -> None:
        if frame.opcode is not Opcode.CONT:
            seen = self.protocol.spy.received
            self._assembly.begin(frame.opcode, seen.popleft() if seen else False)
        message = self._assembly.add(frame)
        if message is None:
            return
        data = message.data
        if not message.is_text:
            self.hosted.record(self.link, Binary(_IN, data), at)
            news.append(Received(self.link, data))
            return
        try:
            text = data.decode()
        except UnicodeDecodeError as error:
            self.hosted.record(self.link, RawBytes(_IN, data, "text message that is not UTF-8"), at)
            self._fail(_INVALID_DATA, f"{error.reason} at position {error.start}")
            return
        # The answer leaves first; this is masked, formatted and written afterwards.
        self.hosted.record_first(self.link, Text(_IN, text, message.fragments, message.compressed), at)
        news.append(Received(self.link, text))

    def _fail(self, code: int, reason: str) -> None:
        """End the link for a fault of the peer (RFC 6455 7.1.7)."""
        self._failed = True
        self._began = self._began or _OUT
        if self.protocol.state is State.OPEN:
            self.protocol.fail(code, reason)

    def _note_violation(self, at: Instant) -> None:
        error = self.protocol.parser_exc
        if error is None or isinstance(error, EOFError) or self._failed:
            return
        topic = "message-too-big" if isinstance(error, PayloadTooBig) else "websocket-violation"
        self.hosted.record(self.link, Note(topic, str(error)), at)
        self._failed = True
        self._began = self._began or _OUT

    # ---- from the endpoint to the socket ------------------------------------------------------------

    def act(self, command: LinkCommand) -> bool:
        """Carry out `command`; False where it comes too late or too early."""
        if isinstance(command, Transmit) and self._sent_text(command.data):  # as most are
            return True
        if isinstance(command, Mute):
            self.protocol.muted = not command.pongs
            return True
        if self._dropped or self.gone.done():
            return False
        if not self.opened:
            return isinstance(command, Close | Drop) and self.give_up()
        if not self._writable:  # TCP is gone already; nothing may look as if it had been sent
            return False
        if isinstance(command, Drop):
            self._drop(command.reset)
            return True
        state = self.protocol.state
        if state is not State.OPEN and not (state is State.CLOSING and isinstance(command, Ping)):
            return False
        self._send(command)
        self.flush()
        return True

    def give_up(self) -> bool:
        """Break off the opening handshake, where it is ours to break off."""
        return False

    def flush(self) -> bytes:
        """Hand everything the protocol wants to send to the transport, record it; return the bytes."""
        written = self._hand_over() if self.protocol.writes or self.protocol.sent else b""
        if self.protocol.close_expected() and not self._closing_timed:
            self._closing_timed = True
            self.set_timer(CLOSE_TIMEOUT, self.abort)
        return written
