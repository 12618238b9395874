"""The CSMS side of a connection: takes a station's handshake, asks the endpoint, answers."""

from __future__ import annotations

import asyncio
import socket
import ssl
from collections.abc import Iterator
from typing import TYPE_CHECKING

from websockets.datastructures import Headers
from websockets.extensions.permessage_deflate import ServerPerMessageDeflateFactory
from websockets.http11 import Request, Response

from harness.carrier import Listen
from harness.journal import Direction, HandshakeRequest, HandshakeResponse, Note, RawBytes
from harness.rpc.link import SECOND, Admission, Handshake, Instant, Opened
from harness.security.settings import TlsSettings
from harness.security.tls import peer_certificate as tls_peer
from harness.wire.handshake import Headers as Pairs
from harness.wire.handshake import (
    bracketed,
    from_wire,
    phrase,
    refusal_headers,
    refusal_reason,
    to_wire,
    upgrade_headers,
    url_of,
)
from harness.wire.insistent import Insistent, insists
from harness.wire.internals import ServerSide, watch_compression
from harness.wire.secure import context_of, settings_of
from harness.wire.stream import Stream

if TYPE_CHECKING:
    from harness.wire.sockets import SocketHosted

_IN, _OUT = Direction.IN, Direction.OUT
_BACKLOG = 256
_UNPARSEABLE = Admission(status=400, body="This is no HTTP request that a WebSocket begins with.\n")


class ServerStream(Stream):
    """One incoming connection. `patience` in ns is what a peer has for TLS and for its request, each."""

    protocol: ServerSide

    def __init__(self, hosted: SocketHosted, link: int, listen: Listen, patience: int) -> None:
        deflate = [ServerPerMessageDeflateFactory()] if listen.compression else None
        super().__init__(hosted, link, ServerSide(extensions=deflate, max_size=listen.max_size))
        self._patience = patience
        self._answered = False
        self._handshake: Handshake | None = None

    def take(self, accepted: socket.socket, tls: ssl.SSLContext | None) -> None:
        """Go on with a connection that has been accepted."""
        timeout = self._patience / SECOND if tls else None
        # Were the task cancelled before it begins, nobody else would close the socket.
        self._accepted = accepted
        self.start(
            self.loop.connect_accepted_socket(lambda: self, accepted, ssl=tls, ssl_handshake_timeout=timeout)
        )

    def never_stood(self, error: BaseException | None) -> None:
        self._accepted.close()
        text = "connection closed" if error is None else str(error) or type(error).__name__
        self.hosted.record(self.link, Note("tls-handshake-failed", text))
        self._no_answer(f"TLS: {text}")

    def connected(self) -> None:
        self.set_timer(self._patience / SECOND, self._out_of_patience)

    def _out_of_patience(self) -> None:
        self._no_answer(f"no request within {self._patience / SECOND:g} s")
        self.abort()

    def shake(self, event: Request | Response, at: Instant) -> None:
        if not isinstance(event, Request):
            raise TypeError(f"a server takes no {type(event).__name__}")
        self.clear_timer()
        peer = self._transport.get_extra_info("peername") if self._transport else None
        remote = f"{bracketed(peer[0])}:{peer[1]}" if peer else ""
        tls = self.tls
        peer_certificate = tls_peer(tls) if tls else None
        handshake = self._handshake = Handshake(
            event.path, _seen(event.headers), bytes(self.raw), remote, tls is not None, peer_certificate
        )
        request = HandshakeRequest(_IN, handshake.target, handshake.headers, handshake.raw)
        self.hosted.record(self.link, request, at)
        proposal = self.protocol.accept(event)
        if proposal.status_code != 101:
            self._reply(proposal, refusal_reason(proposal.status_code, bytes(proposal.body).decode()))
            return
        admission = self.hosted.admit(self.link, handshake)
        if admission.delay > 0:
            self.hold(True)
            self.set_timer(admission.delay / SECOND, lambda: self._answer_late(admission, proposal))
        else:
            self._answer(admission, proposal)

    def _answer_late(self, admission: Admission, proposal: Response) -> None:
        self._answer(admission, proposal)
        self.hold(False)

    def _answer(self, admission: Admission, proposal: Response) -> None:
        """Answer as `admission` says; `proposal` is the library's own 101, for its key and its extensions."""
        if admission.drop:
            self._no_answer("dropped without an answer")
            self.end_tcp()
        elif admission.status != 101:
            body = admission.body.encode("utf-8", "surrogateescape")
            headers = _sendable(refusal_headers(admission))
            self._reply(
                Response(admission.status, phrase(admission.status), headers, body),
                refusal_reason(admission.status, admission.body),
            )
        else:
            extensions = proposal.headers.get("Sec-WebSocket-Extensions")
            accept = proposal.headers["Sec-WebSocket-Accept"]
            headers = _sendable(upgrade_headers(admission, accept, extensions))
            self._reply(Response(101, phrase(101), headers), "", admission.subprotocol)
            watch_compression(self.protocol)
            self.opened = True
            self.hosted.deliver(Opened(self.link, admission.subprotocol, self._handshake, _seen(headers)))

    def _reply(self, response: Response, reason: str, subprotocol: str | None = None) -> None:
        self._answered = True
        self.protocol.send_response(response)
        at = self.hosted.now()
        raw = self.flush()
        status, headers = response.status_code, _seen(response.headers)
        self.hosted.record(self.link, HandshakeResponse(_OUT, status, subprotocol, headers, reason, raw), at)

    def _no_answer(self, reason: str) -> None:
        if not self._answered:
            self._answered = True
            if self._handshake is None and self.raw:
                self.hosted.record(self.link, RawBytes(_IN, bytes(self.raw), "unfinished HTTP request"))
            self.hosted.record(self.link, HandshakeResponse(_OUT, 0, reason=reason))

    def shake_failed(self, error: BaseException, at: Instant) -> None:
        cause = error.__cause__ or error
        if self._answered or isinstance(cause, EOFError):
            return
        self.clear_timer()
        self._answered = True
        self.hosted.record(self.link, RawBytes(_IN, bytes(self.raw), f"no HTTP request: {cause}"), at)
        # The library itself answers lines that are too long (414, 431), and ends TCP without a word for the rest.
        raw = self.flush() if any(self.protocol.writes) else self._write_bad_request()
        status = int(raw[9:12])
        self.hosted.record(self.link, HandshakeResponse(_OUT, status, reason=str(cause), raw=raw))

    def _write_bad_request(self) -> bytes:
        """Tell the peer's log what was wrong."""
        response = Response(400, phrase(400), _sendable(refusal_headers(_UNPARSEABLE)), _UNPARSEABLE.body.encode())
        raw = response.serialize()
        if self._transport is not None and not self._transport.is_closing():
            self._transport.write(raw)
        return raw

    def never_opened(self, reason: str) -> None:
        if self._handshake is None:
            reason = reason if reason.startswith("TLS") else "closed before a request"
        else:
            reason = "closed before the answer" if self._aborted else "the station gave up"
        self._no_answer(reason)


class Listener:
    """A listening socket of an endpoint. Raises OSError where the address cannot be taken.

    It accepts by itself, not through `asyncio.Server`: that one, closed at the wrong moment, forgets a
    connection it has just accepted.
    """

    def __init__(self, hosted: SocketHosted, listen: Listen, links: Iterator[int], patience: int) -> None:
        self._hosted = hosted
        self._listen = listen
        self._links = links
        self._patience = patience
        self._loop = asyncio.get_running_loop()
        self.tls = listen.tls
        self._retry: asyncio.TimerHandle | None = None
        family = socket.AF_INET6 if ":" in listen.host else socket.AF_INET
        self._socket = socket.create_server((listen.host, listen.port), family=family, backlog=_BACKLOG)
        self._socket.setblocking(False)
        self.url = url_of(listen.tls is not None, listen.host, self._socket.getsockname()[1], listen.path)
        self._listen_on()

    def _listen_on(self) -> None:
        self._loop.add_reader(self._socket.fileno(), self._accept)

    def _accept(self) -> None:
        try:
            accepted, _ = self._socket.accept()
        except (BlockingIOError, InterruptedError, ConnectionAbortedError):
            return
        except OSError as error:  # out of descriptors: asking again at once would only burn the processor
            self._hosted.record(0, Note("cannot-accept", str(error)))
            self._loop.remove_reader(self._socket.fileno())
            self._retry = self._loop.call_later(1.0, self._listen_on)
            return
        accepted.setblocking(False)
        # asyncio does this only for sockets that name their protocol: else answers wait for acknowledgements.
        accepted.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        stream = ServerStream(self._hosted, next(self._links), self._listen, self._patience)
        try:
            tls = context_of(self.tls, stream.link, lambda body: self._hosted.record(stream.link, body), server=True)
        except Exception as error:
            self._hosted.fault(0, error)
            accepted.close()
            return
        settings = settings_of(self.tls, stream.link)
        if settings is not None and (insists(settings) or settings.renegotiation):
            (self._ask if settings.renegotiation else self._insist)(accepted, settings, stream, tls)
            return
        self._hosted.streams[stream.link] = stream
        stream.take(accepted, tls)

    def _insist(
        self, accepted: socket.socket, settings: TlsSettings, stream: ServerStream, tls: ssl.SSLContext | None
    ) -> None:
        """Look at the ClientHello before OpenSSL does: it may not have what we insist on."""

        def go_on(taken: socket.socket) -> None:
            self._hosted.streams[stream.link] = stream
            stream.take(taken, tls)

        def over() -> None:
            self._hosted.streams.pop(stream.link, None)

        self._hosted.streams[stream.link] = Insistent(
            accepted, settings, lambda body: self._hosted.record(stream.link, body), go_on, over,
            self._patience / SECOND,
        )

    def _ask(
        self, accepted: socket.socket, settings: TlsSettings, stream: ServerStream, tls: ssl.SSLContext | None
    ) -> None:
        """Make TLS 1.2 by hand, and ask for another handshake inside it."""
        from harness.wire.asking import Asking  # tlslite is slow to import, and seldom wanted

        self._hosted.streams[stream.link] = Asking(
            accepted, settings, lambda body: self._hosted.record(stream.link, body),
            lambda: self._forget(stream.link), self._patience / SECOND,
        )

    def _forget(self, link: int) -> None:
        self._hosted.streams.pop(link, None)

    def close(self) -> None:
        """Free the port. What has been accepted lives on."""
        if self._retry is not None:
            self._retry.cancel()
        self._loop.remove_reader(self._socket.fileno())
        self._socket.close()


def _seen(headers: Headers) -> Pairs:
    return tuple((name, from_wire(value)) for name, value in headers.raw_items())


def _sendable(pairs: Pairs) -> Headers:
    return Headers([(name, to_wire(value)) for name, value in pairs])
