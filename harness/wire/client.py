"""The station side of a connection: dials, sends the handshake, takes the answer."""

from __future__ import annotations

from typing import TYPE_CHECKING

from websockets.datastructures import Headers
from websockets.extensions.permessage_deflate import ClientPerMessageDeflateFactory
from websockets.http11 import Request, Response
from websockets.uri import WebSocketURI

from harness.carrier import Listen
from harness.journal import Direction, HandshakeRequest, HandshakeResponse
from harness.rpc.link import SECOND, Dial, Instant, Opened, Refused
from harness.security.errors import Unavailable
from harness.security.tls import peer_certificate
from harness.wire.forging import Attempt, attempt
from harness.wire.handshake import Headers as Pairs
from harness.wire.handshake import from_wire, locate, refusal_reason, request_headers, to_wire
from harness.wire.internals import ClientSide, watch_compression
from harness.wire.secure import check, context_of, settings_of
from harness.wire.stream import Stream

if TYPE_CHECKING:
    from harness.wire.sockets import SocketHosted

_IN, _OUT = Direction.IN, Direction.OUT
_NUDGE = 0.5
"""Seconds that a peer has for an answer to what we made by hand, before we ask in another way."""
_MAX_SIZE = Listen().max_size


class ClientStream(Stream):
    """One attempt to connect, and the connection that comes of it.

    Raises ValueError where `dial` cannot be turned into a request, or has TLS on one side only.
    """

    protocol: ClientSide

    def __init__(self, hosted: SocketHosted, link: int, dial: Dial) -> None:
        self._dial = dial
        self._where = where = locate(dial.url)
        if where.secure != (dial.tls is not None):
            raise ValueError(f"wss:// needs Dial.tls and ws:// must not have it: {dial.url}")
        if dial.tls is not None:
            check(dial.tls, "Dial.tls")
        self._settings = settings_of(dial.tls, link)
        self.hosted, self.link = hosted, link
        self._forging: Attempt | None = None
        try:
            self._context = context_of(dial.tls, link, lambda body: hosted.record(link, body), server=False)
        except Unavailable:
            self._context = None
            self._forging = attempt(self._settings, self._server_name(), lambda body: hosted.record(link, body))
            if self._forging is None:
                raise
        deflate = [ClientPerMessageDeflateFactory(client_max_window_bits=True)] if dial.compression else None
        uri = WebSocketURI(where.secure, where.host, where.port, where.target, "")
        super().__init__(hosted, link, ClientSide(uri, extensions=deflate, max_size=_MAX_SIZE))
        pairs = request_headers(dial, where, self.protocol.key)
        self.protocol.key = next((value for name, value in pairs if name.lower() == "sec-websocket-key"), "")
        self._pairs: Pairs = tuple((name, from_wire(to_wire(value))) for name, value in pairs)
        self._request = Request(where.target, Headers([(name, to_wire(value)) for name, value in pairs]))
        self._answered = False

    def dial(self) -> None:
        """Start. `Opened` or `Refused` follows."""
        self.set_timer(self._dial.timeout / SECOND, lambda: self._refuse("timed out"))
        self.start(
            self.loop.create_connection(
                lambda: self,
                self._where.host,
                self._where.port,
                ssl=self._context,
                server_hostname=self._server_name() if self._context else None,
                ssl_handshake_timeout=self._dial.timeout / SECOND if self._context else None,
            )
        )

    def take_in(self, data: bytes) -> None:
        if self._forging is None:
            super().take_in(data)
            return
        answer, reason = self._forging.take(data)
        if answer and self._transport is not None:
            self._transport.write(answer)
        if reason:
            self._refuse(reason)

    def _nudge(self) -> None:
        if self._forging is not None and self._transport is not None and not self._answered:
            self._transport.write(self._forging.nudge())
            self.loop.call_later(_NUDGE, self._nudge)

    def _server_name(self) -> str:
        return (self._settings.server_name if self._settings else "") or self._where.host

    def connected(self) -> None:
        if self._forging is not None and self._transport is not None:
            self._transport.write(self._forging.opening())
            self.loop.call_later(_NUDGE, self._nudge)
            return
        if self._settings is not None and self._settings.silent:
            return
        self.protocol.send_request(self._request)
        at = self.hosted.now()
        raw = self.flush()
        self.hosted.record(self.link, HandshakeRequest(_OUT, self._where.target, self._pairs, raw), at)

    def shake(self, event: Request | Response, at: Instant) -> None:
        if not isinstance(event, Response):
            raise TypeError(f"a client takes no {type(event).__name__}")
        headers = tuple((name, from_wire(value)) for name, value in event.headers.raw_items())
        if self.protocol.handshake_exc is not None:
            body = bytes(event.body).decode(errors="replace")
            status = event.status_code
            reason = str(self.protocol.handshake_exc) if status == 101 else refusal_reason(status, body)
            self._refuse(reason, status, headers, at)
            return
        self._answered = self.opened = True
        self.clear_timer()
        watch_compression(self.protocol)
        subprotocol = None if self.protocol.subprotocol is None else from_wire(self.protocol.subprotocol)
        response = HandshakeResponse(_IN, 101, subprotocol, headers, raw=bytes(self.raw))
        self.hosted.record(self.link, response, at)
        peer = peer_certificate(self.tls) if self.tls else None
        self.hosted.deliver(Opened(self.link, subprotocol, headers=headers, peer=peer))

    def shake_failed(self, error: BaseException, at: Instant) -> None:
        cause = error.__cause__ or error
        silent = isinstance(cause, EOFError) and not self.raw
        self._refuse("connection closed without an answer" if silent else f"no HTTP response: {cause}", at=at)

    def never_opened(self, reason: str) -> None:
        self._refuse(reason)

    def give_up(self) -> bool:
        self._refuse("given up")
        return True

    def abort(self) -> None:
        super().abort()
        if not self.opened:
            self._refuse("given up")

    def _refuse(self, reason: str, status: int = 0, headers: Pairs = (), at: Instant | None = None) -> None:
        """The attempt has failed; whatever stands of it is taken down."""
        if self._answered:
            return
        self._answered = True
        self.clear_timer()
        raw = bytes(self.raw)
        self.hosted.record(self.link, HandshakeResponse(_IN, status, None, headers, reason, raw), at)
        super().abort()
        self.hosted.deliver(Refused(self.link, status, reason, headers))
