"""The CSMS side of a connection: takes a station's handshake, asks the endpoint, answers."""

from __future__ import annotations

from typing import TYPE_CHECKING

from websockets.datastructures import Headers
from websockets.extensions.permessage_deflate import ServerPerMessageDeflateFactory
from websockets.http11 import Request, Response

from harness.carrier import Listen
from harness.journal import Direction, HandshakeRequest, HandshakeResponse, RawBytes
from harness.rpc.link import SECOND, Admission, Handshake, Instant, Opened
from harness.wire.handshake import Headers as Pairs
from harness.wire.handshake import (
    bracketed,
    from_wire,
    phrase,
    refusal_headers,
    refusal_reason,
    to_wire,
    upgrade_headers,
)
from harness.wire.internals import ServerSide, watch_compression
from harness.wire.stream import Stream

if TYPE_CHECKING:
    from harness.wire.sockets import SocketHosted

_IN, _OUT = Direction.IN, Direction.OUT
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
        handshake = self._handshake = Handshake(event.path, _seen(event.headers), bytes(self.raw), remote)
        request = HandshakeRequest(_IN, handshake.target, handshake.headers, handshake.raw)
        self.hosted.record(self.link, request, at)
        proposal = self.protocol.accept(event)
        if proposal.status_code != 101:
            self._reply(proposal, refusal_reason(proposal.status_code, bytes(proposal.body).decode()))
            return
        admission = self.hosted.admit(self.link, handshake)
        if admission.delay > 0:
            self.held = True
            self.set_timer(admission.delay / SECOND, lambda: self._answer_late(admission, proposal))
        else:
            self._answer(admission, proposal)

    def _answer_late(self, admission: Admission, proposal: Response) -> None:
        self._answer(admission, proposal)
        self.resume()

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
        answer = "closed before a request" if self._handshake is None else "the station gave up"
        self._no_answer(reason if reason.startswith("TLS") else answer)


def _seen(headers: Headers) -> Pairs:
    return tuple((name, from_wire(value)) for name, value in headers.raw_items())


def _sendable(pairs: Pairs) -> Headers:
    return Headers([(name, to_wire(value)) for name, value in pairs])
