"""The ClientHello of a station that offers what no OpenSSL of today can: SSLv3, RC4, 3DES, export and anonymous suites,
compression.

Only the first answer matters: an alert, the end, or a ServerHello, which means that the server took the offer. The
handshake goes no further.
"""

from __future__ import annotations

import os
from collections.abc import Callable
from typing import Protocol

from harness.journal import Body, Direction, Note, TlsAlert
from harness.security import forged, hello
from harness.security.settings import TlsSettings
from harness.security.tls import hello_body, suite_name, suite_names

_IN, _OUT = Direction.IN, Direction.OUT
_MOST = 65_536
"""Bytes that a peer may send before it has decided."""


class Attempt(Protocol):
    """A handshake that we make ourselves, without OpenSSL."""

    def opening(self) -> bytes:
        """The first bytes to send."""
        ...

    def take(self, data: bytes) -> tuple[bytes, str]:
        """What came; the bytes to send now, and a text once the attempt is decided."""
        ...

    def nudge(self) -> bytes:
        """Called every now and then while nothing is decided; the bytes to send now."""
        ...


def attempt(settings: TlsSettings | None, server_name: str, record: Callable[[Body], None]) -> Attempt | None:
    """The attempt made by hand, where that is possible; `record` puts into the journal."""
    if settings is None:
        return None
    if settings.renegotiation:
        from harness.wire.renegotiating import Renegotiating  # tlslite is slow to import, and seldom wanted

        return Renegotiating(settings, server_name, record)
    try:
        return Forging(settings, server_name, record)
    except ValueError:
        return None


class Forging:
    """One such attempt. Raises ValueError for a suite or a compression method that nobody knows."""

    def __init__(self, settings: TlsSettings, server_name: str, record: Callable[[Body], None]) -> None:
        known = {name: number for number, name in suite_names().items()} | forged.WEAK_SUITES
        unknown = [suite for suite in settings.suites if suite not in known]
        unknown += [method for method in settings.compressions if method not in forged.COMPRESSIONS]
        self._version = settings.maximum
        if settings.compressions and self._version == "TLSv1.3":  # which has none
            self._version = "TLSv1.2"
        if unknown or self._version == "TLSv1.3":
            raise ValueError(f"no such offer can be made by hand: {', '.join(unknown) or self._version}")
        self._suites = tuple(known[suite] for suite in settings.suites)
        self._compressions = tuple(forged.COMPRESSIONS[method] for method in settings.compressions or ("null",))
        self._silent = settings.silent
        self._names = {number: name for name, number in known.items()}
        self._server_name = server_name
        self._record = record
        self._data = b""
        self._taken = 0

    def opening(self) -> bytes:
        """See `Attempt.opening`; on record as the bytes leave."""
        random = os.urandom(32)
        message = forged.client_hello(self._version, self._suites, self._server_name, random, self._compressions)
        self._record(Note("tls-forged", "a ClientHello made by hand: this OpenSSL cannot offer it"))
        self._record(hello_body(_OUT, "ClientHello", hello.client_hello(message), message, self._name))
        return forged.record("SSLv3" if self._version == "SSLv3" else "TLSv1", forged.HANDSHAKE, message)

    def take(self, data: bytes) -> tuple[bytes, str]:
        """See `Attempt.take`. A silent one has nothing against any ServerHello."""
        self._data += data
        fresh = forged.records(self._data)[self._taken :]
        self._taken += len(fresh)
        for kind, fragment in fresh:
            if kind == forged.ALERT and len(fragment) == 2:
                alert = TlsAlert(_IN, *hello.alert(fragment))
                self._record(alert)
                if alert.final:
                    return b"", f"TLS: alert {alert.description}"
            elif kind == forged.HANDSHAKE:
                return b"", "" if self._silent else self._answered(fragment)
        return b"", f"TLS: no handshake in {_MOST} bytes" if len(self._data) > _MOST else ""

    def nudge(self) -> bytes:
        """See `Attempt.nudge`."""
        return b""

    def _answered(self, fragment: bytes) -> str:
        try:
            said = hello.server_hello(fragment)
        except hello.Unreadable as error:
            return f"TLS: {error}"
        self._record(hello_body(_IN, "ServerHello", said, fragment, self._name))
        return f"TLS: the server took {said.versions[0]} with {self._name(said.suites[0])}"

    def _name(self, suite: int) -> str:
        return self._names.get(suite) or suite_name(suite)
