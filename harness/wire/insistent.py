"""A listener that answers with an old TLS version, or with compression, even where the client did not offer it.

OpenSSL as a server gives up by itself then, or cannot, and nobody but us would have been tested. So the ClientHello is
looked at before anyone takes it: a client that offers one of our versions gets OpenSSL, any other gets a ServerHello
made by hand, and may say what it thinks of it.
"""

from __future__ import annotations

import os
import socket
from collections.abc import Callable

from harness.journal import Body, Direction, TlsAlert
from harness.security import forged, hello
from harness.security.settings import VERSIONS, TlsSettings
from harness.security.tls import hello_body
from harness.wire.accepted import MOST, Accepted

_SUITES_12 = (0xC02B, 0xC02C, 0xC02F, 0xC030, 0x009C, 0x009D)
"""TLS_ECDHE_ECDSA, TLS_ECDHE_RSA and TLS_RSA, each with AES-GCM of 128 and 256 bits."""


def insists(settings: TlsSettings | None) -> bool:
    """Whether these settings, as a server's, are below what a client of today offers."""
    return settings is not None and (settings.takes_all or _old(settings) or bool(settings.compressions))


def _old(settings: TlsSettings) -> bool:
    return VERSIONS.index(settings.maximum) < VERSIONS.index("TLSv1.2")


class Insistent(Accepted):
    """An accepted connection before its ClientHello. `go_on` takes the socket where OpenSSL will do; `over` is called
    when it is gone otherwise."""

    def __init__(
        self, accepted: socket.socket, settings: TlsSettings, record: Callable[[Body], None],
        go_on: Callable[[socket.socket], None], over: Callable[[], None], patience: float,
    ) -> None:
        super().__init__(accepted, settings, record, over, patience, self._look)
        self._go_on = go_on
        self._data = b""
        self._seen = self._taken = 0

    def _look(self) -> None:
        try:
            seen = self._socket.recv(MOST, socket.MSG_PEEK)
        except (BlockingIOError, InterruptedError):
            return
        except OSError as error:
            self._end(f"TLS: {error}")
            return
        offered = _offered(seen)
        cut = offered is None and len(seen) < MOST and seen[:1] == b"\x16" and not forged.records(seen)
        if cut and len(seen) > self._seen:  # the rest is on its way, unless nothing came but the end
            self._seen = len(seen)
            self._wake_beyond(self._seen)
            return
        self._wake_beyond(0)
        if offered is None or not self._forges(offered):
            self._release()
            self._go_on(self._socket)
            return
        self.loop.remove_reader(self._socket.fileno())
        try:
            self._insist(self._socket.recv(MOST), offered)
        except OSError as error:
            self._end(f"TLS: {error}")

    def _wake_beyond(self, size: int) -> None:
        """Look again when more bytes than that wait: those that do are left where they are, for OpenSSL."""
        self._socket.setsockopt(socket.SOL_SOCKET, socket.SO_RCVLOWAT, size + 1)

    def _forges(self, offered: hello.Hello) -> bool:
        """Whether OpenSSL would give up where we want to go on."""
        if self._settings.compressions:
            return True
        if self._settings.takes_all:
            return "TLSv1.3" not in offered.versions
        return "TLSv1.3" in offered.versions and not set(offered.versions) & set(self._settings.versions)

    def _insist(self, seen: bytes, offered: hello.Hello) -> None:
        message = forged.records(seen)[0][1]
        self._record(hello_body(Direction.IN, "ClientHello", offered, message))
        version, suite = self._settings.maximum, forged.AES128_SHA
        compression = 0
        if self._settings.takes_all:
            version, suite, compression = offered.versions[0], offered.suites[0], offered.compressions[0]
        if self._settings.compressions:
            version, suite = "TLSv1.2", next((number for number in offered.suites if number in _SUITES_12), suite)
            compression = forged.COMPRESSIONS[self._settings.compressions[0]]
        answer = forged.server_hello(version, os.urandom(32), suite, compression, offered.secure_renegotiation)
        self._socket.send(forged.record(version, forged.HANDSHAKE, answer))
        self._record(hello_body(Direction.OUT, "ServerHello", hello.server_hello(answer), answer))
        self.loop.add_reader(self._socket.fileno(), self._listen)

    def _listen(self) -> None:
        self._data += self._received(self._end)
        fresh = forged.records(self._data)[self._taken :]
        self._taken += len(fresh)
        for kind, fragment in fresh:
            if kind == forged.ALERT and len(fragment) == 2:
                alert = TlsAlert(Direction.IN, *hello.alert(fragment))
                self._record(alert)
                if alert.final:
                    self._end(f"TLS: alert {alert.description}")
                    return
        if len(self._data) > MOST:
            self._end(f"TLS: no end in {MOST} bytes")


def _offered(data: bytes) -> hello.Hello | None:
    """The ClientHello that the data begins with, or None."""
    try:
        kind, fragment = forged.records(data)[0]
        return hello.client_hello(fragment) if kind == forged.HANDSHAKE else None
    except (IndexError, hello.Unreadable):
        return None
