"""A station that asks for another handshake inside one that stands, without the proof RFC 5746 wants of it.

The first handshake is a whole one of TLS 1.2, made by tlslite-ng: Python's ssl has no renegotiation. Then a second
ClientHello goes out inside it, without renegotiation_info. A server that keeps RFC 5746 3.7 never answers it with a
ServerHello; an alert or the end is all right, and so is nothing at all: where nothing comes, a harmless HTTP request
without credentials follows, and its answer shows that the first session lives on.
"""

from __future__ import annotations

import os
import warnings
from collections.abc import Callable, Iterator

from harness.journal import Body, Direction, Note, RawBytes, TlsAlert, TlsHandshake
from harness.security import forged, hello
from harness.security.settings import TlsSettings
from harness.security.tls import hello_body, suite_name
from harness.wire.handmade import APPLICATION_DATA, Buffer, Spied

with warnings.catch_warnings():
    warnings.simplefilter("ignore", DeprecationWarning)  # it imports asyncore for others
    from tlslite.api import HandshakeSettings  # type: ignore[import-untyped]
    from tlslite.errors import TLSAbruptCloseError, TLSError, TLSLocalAlert, TLSRemoteAlert  # type: ignore[import-untyped]
    from tlslite.messages import ApplicationData, Message  # type: ignore[import-untyped]

_IN, _OUT = Direction.IN, Direction.OUT
_SUITES = (0xC02B, 0xC02C, 0x009C, 0x009D)
_NO = "no_renegotiation"
"""A warning that says no all the same (RFC 5746 4.5, RFC 5246 7.2.2)."""
_HEAD = "HEAD / HTTP/1.1\r\nHost: {name}\r\nConnection: close\r\n\r\n"


class Renegotiating:
    """One such attempt (`harness.wire.forging.Attempt`); `record` puts into the journal."""

    def __init__(self, settings: TlsSettings, server_name: str, record: Callable[[Body], None]) -> None:
        self._settings = settings
        self._server_name = server_name
        self._record = record
        self._buffer = Buffer()
        self._tls = Spied(self._buffer, self._seen)
        self._steps = self._course()
        self._said = ""
        self._nudges = -1  # counted from the second ClientHello on

    def opening(self) -> bytes:
        """See `Attempt.opening`."""
        self._record(Note("tls-renegotiation", "handshakes made by tlslite-ng: Python's ssl has no renegotiation"))
        return self._go_on()[0]

    def take(self, data: bytes) -> tuple[bytes, str]:
        """See `Attempt.take`."""
        self._buffer.came += data
        return self._go_on()

    def nudge(self) -> bytes:
        """See `Attempt.nudge`. The first may come right behind the second ClientHello, so the next one counts."""
        if self._nudges < 0:
            return b""
        self._nudges += 1
        if self._nudges == 2:
            request = _HEAD.format(name=self._server_name).encode()
            for _ in self._tls._sendMsg(ApplicationData().create(bytearray(request))):
                pass  # a buffer takes everything at once
            self._record(RawBytes(_OUT, request, "a request without credentials, inside the first TLS session"))
        return self._gone()

    def _gone(self) -> bytes:
        going = bytes(self._buffer.going)
        self._buffer.going.clear()
        return going

    def _go_on(self) -> tuple[bytes, str]:
        try:
            for wants in self._steps:
                if wants == 0 and not self._buffer.came:
                    break
        except TLSRemoteAlert as alert:
            told = self._alerted(_IN, bytes((alert.level, alert.description)))
            self._said = f"TLS: alert {told.description}"
        except TLSLocalAlert as alert:  # we give up, so nobody else has refused anything
            told = self._alerted(_OUT, bytes((alert.level, alert.description)))
            self._said = f"TLS: our alert {told.description}: {alert.message or ''}"
        except TLSAbruptCloseError:
            self._said = "TLS: connection closed"
        except (TLSError, ValueError) as error:
            self._said = f"TLS: {error}"
        return self._gone(), self._said

    def _course(self) -> Iterator[int]:
        """0 where more must come, 1 where more must go."""
        settings = HandshakeSettings()
        settings.minVersion = settings.maxVersion = (3, 3)
        name = None if forged.is_address(self._server_name) else self._server_name
        yield from self._tls.handshakeClientCert(settings=settings, serverName=name, async_=True)
        self._record(TlsHandshake("TLSv1.2", suite_name(self._tls.session.cipherSuite)))
        # Nothing may be wrong with it but that the proof is missing; RFC 7627 5.2 wants this one to stay as it was.
        extra = forged.EXTENDED_MASTER_SECRET if self._tls.extendedMasterSecret else b""
        message = forged.client_hello("TLSv1.2", _SUITES, self._server_name, os.urandom(32), extra=extra)
        yield from self._tls._sendMsg(Message(forged.HANDSHAKE, bytearray(message)))
        self._nudges = 0
        while not self._said:
            for result in self._tls._getNextRecord():
                if result in (0, 1):
                    yield result
                    continue
                self._said = self._answered(result[0].type, bytes(result[1].bytes))
                break

    def _answered(self, kind: int, data: bytes) -> str:
        """The verdict, or "" for what says nothing yet (a session ticket, a HelloRequest)."""
        if kind == forged.ALERT:
            alert = self._alerted(_IN, data)
            return f"TLS: alert {alert.description}" if alert.final or alert.description == _NO else ""
        if kind == APPLICATION_DATA:
            self._record(RawBytes(_IN, data, "inside the first TLS session"))
            return "TLS: the second ClientHello was ignored, and the request behind it answered"
        if kind == forged.HANDSHAKE and data[:1] == bytes((hello.SERVER_HELLO,)):
            return "TLS: the server renegotiates with a client that proves nothing"
        return ""

    def _alerted(self, direction: Direction, data: bytes) -> TlsAlert:
        alert = TlsAlert(direction, *hello.alert(data))
        self._record(alert)
        return alert

    def _seen(self, direction: Direction, message: bytes) -> None:
        if message[:1] == bytes((hello.CLIENT_HELLO,)):
            self._record(hello_body(direction, "ClientHello", hello.client_hello(message), message))
        elif message[:1] == bytes((hello.SERVER_HELLO,)):
            self._record(hello_body(direction, "ServerHello", hello.server_hello(message), message))
