"""A CSMS of ours that asks a station for another handshake inside one that stands (HelloRequest, RFC 5246 7.4.1.1).

Made by tlslite-ng, since Python's ssl cannot ask, and only in TLS 1.2: TLS 1.3 has no renegotiation. The station may
ignore it, may say no, may leave; where it goes along, its ClientHello must prove that it is the one who made the
first handshake (RFC 5746 3.5). It is asked once it has said something inside; after its answer the connection ends.
"""

from __future__ import annotations

import socket
import warnings
from collections.abc import Callable, Iterator

from harness.journal import (
    RENEGOTIATION,
    Body,
    Direction,
    Note,
    RawBytes,
    TlsAlert,
    TlsChain,
    TlsHandshake,
)
from harness.security import forged, hello
from harness.security.errors import PkiError
from harness.security.settings import Credential, TlsSettings
from harness.security.tls import hello_body, pem, suite_name
from harness.wire.accepted import Accepted
from harness.wire.handmade import APPLICATION_DATA, Buffer, Spied

with warnings.catch_warnings():
    warnings.simplefilter("ignore", DeprecationWarning)  # it imports asyncore for others
    from tlslite.api import HandshakeSettings, X509CertChain, parsePEMKey  # type: ignore[import-untyped]
    from tlslite.errors import TLSAbruptCloseError, TLSError, TLSRemoteAlert  # type: ignore[import-untyped]
    from tlslite.messages import Alert, ApplicationData, HelloRequest  # type: ignore[import-untyped]

_IN, _OUT = Direction.IN, Direction.OUT
_PATIENCE = 3.0
"""Seconds that a station has for a new ClientHello; what does not come by then is taken for ignoring the request."""
_FINISHED = 20
_BUSY = b"HTTP/1.1 503 Service Unavailable\r\nContent-Length: 0\r\nConnection: close\r\n\r\n"


class Asking(Accepted):
    """One connection. Raises PkiError for a certificate that tlslite-ng cannot use."""

    def __init__(
        self, accepted: socket.socket, settings: TlsSettings, record: Callable[[Body], None],
        over: Callable[[], None], patience: float,
    ) -> None:
        super().__init__(accepted, settings, record, over, patience, self._listen)
        self._buffer = Buffer()
        self._tls = Spied(self._buffer, self._seen)
        self._steps: Iterator[int] | None = None
        self._proof = b""
        self._request = b""
        self._asked = False
        self._stands = False

    def _listen(self) -> None:
        came = self._received(self._left)
        if came:
            self._buffer.came += came
            self._go_on()

    def _go_on(self) -> None:
        try:
            if self._steps is None:
                self._steps = self._course()
            for wants in self._steps:
                if wants == 0 and not self._buffer.came:
                    break
        except TLSRemoteAlert as alert:
            self._alerted(bytes((alert.level, alert.description)))
        except TLSAbruptCloseError:
            self._left("TLS: connection closed")
        except (TLSError, ValueError, PkiError) as error:
            self._flush()
            self._end(f"TLS: {error}")
        self._flush()

    def _flush(self) -> None:
        going = bytes(self._buffer.going)
        self._buffer.going.clear()
        if going and not self.gone.done():
            try:
                self._socket.send(going)
            except OSError as error:
                self._left(f"TLS: {error}")

    # ---- the course of it ----------------------------------------------------------------------------

    def _course(self) -> Iterator[int]:
        """0 where more must come, 1 where more must go; what tlslite-ng's generators say."""
        offered = _first_hello(bytes(self._buffer.came))
        credential = _fitting(self._settings.credentials, offered)
        settings = HandshakeSettings()
        settings.minVersion = settings.maxVersion = (3, 3)
        chain = X509CertChain()
        chain.parsePemList(credential.chain)
        key = parsePEMKey(credential.key, private=True)
        yield from self._tls.handshakeServerAsync(
            certChain=chain, privateKey=key, reqCert=self._settings.client_certificate, settings=settings)
        self._stands = True
        self._record(TlsHandshake("TLSv1.2", suite_name(self._tls.session.cipherSuite)))
        while not self.gone.done():
            for result in self._tls._getNextRecord():
                if result in (0, 1):
                    yield result
                    continue
                self._took(result[0].type, bytes(result[1].bytes))
                break

    def _took(self, kind: int, data: bytes) -> None:
        if kind == forged.ALERT:
            self._alerted(data)
        elif kind == forged.HANDSHAKE and data[:1] == bytes((hello.CLIENT_HELLO,)):
            proven = hello.renegotiation_proof(data) == self._proof != b""
            self._found("proven" if proven else "unproven")
        elif kind == APPLICATION_DATA and not self._asked:
            self._request += data
            if b"\r\n\r\n" in self._request:
                self._ask()

    def _ask(self) -> None:
        self._record(RawBytes(_IN, self._request, "the station's request, inside TLS"))
        self._asked = True
        for _ in self._tls._sendMsg(HelloRequest().create()):
            pass  # a buffer takes everything at once
        self._record(RawBytes(_OUT, b"\0\0\0\0", "HelloRequest, inside TLS"))
        self._timer.cancel()
        self._timer = self.loop.call_later(_PATIENCE, self._found, "ignored")

    def _alerted(self, data: bytes) -> None:
        level, description = hello.alert(data)
        if description != "close_notify":
            self._record(TlsAlert(_IN, level, description))
        if self._asked:
            self._found("refused")
        else:
            self._end(f"TLS: alert {description}")

    def _left(self, reason: str) -> None:
        """The station is gone; having been asked, that is its answer."""
        if self._asked and not self.gone.done():
            self._record(Note(RENEGOTIATION, "refused"))
        self._end(reason)

    def _found(self, answer: str) -> None:
        """Decided. The request inside the first session gets its answer: the station may come again."""
        if self.gone.done():
            return
        self._record(Note(RENEGOTIATION, answer))
        fatal = answer in ("proven", "unproven")  # a handshake that has begun is not gone on with
        message = Alert().create(40, 2) if fatal else ApplicationData().create(bytearray(_BUSY))
        for _ in self._tls._sendMsg(message):
            pass
        self._flush()
        if fatal:
            self._record(TlsAlert(_OUT, "fatal", "handshake_failure"))
        self._end("asked for another handshake, and the connection ended", 0 if fatal else 503)

    def _seen(self, direction: Direction, message: bytes) -> None:
        """Each handshake message in the clear, as it passes."""
        kind = message[:1]
        if kind == bytes((hello.CLIENT_HELLO,)):
            self._record(hello_body(direction, "ClientHello", hello.client_hello(message), message))
        elif kind == bytes((hello.SERVER_HELLO,)):
            self._record(hello_body(direction, "ServerHello", hello.server_hello(message), message))
        elif kind == bytes((hello.CERTIFICATE,)):
            self._record(TlsChain(direction, tuple(map(pem, hello.chain(message, False)))))
        elif kind == bytes((_FINISHED,)) and direction is _IN and not self._stands:
            self._proof = message[4:]


def _first_hello(data: bytes) -> hello.Hello | None:
    try:
        return hello.client_hello(forged.records(data)[0][1])
    except (IndexError, hello.Unreadable):
        return None


def _fitting(credentials: tuple[Credential, ...], offered: hello.Hello | None) -> Credential:
    """The certificate with a key of the kind that the station's suites ask for; the first where none does."""
    names = [suite_name(suite) for suite in offered.suites] if offered else []
    curves = any("ECDSA" in name for name in names)
    return next((one for one in credentials if _is_rsa(one) is not curves), credentials[0])


def _is_rsa(credential: Credential) -> bool:
    return "rsa" in type(parsePEMKey(credential.key, private=True)).__name__.lower()
