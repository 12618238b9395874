"""The ClientHello of a station that offers what no OpenSSL of today can: SSLv3, RC4, 3DES, export and anonymous suites.

Only the first answer matters: an alert, the end, or a ServerHello, which means that the server took the offer. The
handshake goes no further.
"""

from __future__ import annotations

import os
from collections.abc import Callable

from harness.journal import Body, Direction, Note, TlsAlert, TlsHello
from harness.security import forged, hello
from harness.security.settings import TlsSettings
from harness.security.tls import suite_name, suite_names

_IN, _OUT = Direction.IN, Direction.OUT


class Forging:
    """One such attempt; `record` puts into the journal. Raises ValueError for a suite that nobody knows."""

    def __init__(self, settings: TlsSettings, server_name: str, record: Callable[[Body], None]) -> None:
        known = {name: number for number, name in suite_names().items()} | forged.WEAK_SUITES
        unknown = [suite for suite in settings.suites if suite not in known]
        if unknown or settings.maximum == "TLSv1.3":
            raise ValueError(f"no such offer can be made by hand: {', '.join(unknown) or settings.maximum}")
        self._version = settings.maximum
        self._suites = tuple(known[suite] for suite in settings.suites)
        self._names = {number: name for name, number in known.items()}
        self._server_name = server_name
        self._record = record
        self._data = b""

    def opening(self) -> bytes:
        """The bytes to send; on record as they leave."""
        message = forged.client_hello(self._version, self._suites, self._server_name, os.urandom(32))
        self._record(Note("tls-forged", "a ClientHello made by hand: this OpenSSL cannot offer it"))
        self._hello(_OUT, "ClientHello", hello.client_hello(message), message)
        return forged.record("SSLv3" if self._version == "SSLv3" else "TLSv1", forged.HANDSHAKE, message)

    def take(self, data: bytes) -> str:
        """What came; a text once the attempt is decided."""
        self._data += data
        for kind, fragment in forged.records(self._data):
            if kind == forged.ALERT and len(fragment) == 2:
                level, description = hello.alert(fragment)
                self._record(TlsAlert(_IN, level, description))
                return f"TLS: alert {description}"
            if kind == forged.HANDSHAKE:
                return self._answered(fragment)
        return ""

    def _answered(self, fragment: bytes) -> str:
        try:
            said = hello.server_hello(fragment)
        except hello.Unreadable as error:
            return f"TLS: {error}"
        self._hello(_IN, "ServerHello", said, fragment)
        return f"TLS: the server took {said.versions[0]} with {self._name(said.suites[0])}"

    def _name(self, suite: int) -> str:
        return self._names.get(suite) or suite_name(suite)

    def _hello(self, direction: Direction, kind: str, said: hello.Hello, message: bytes) -> None:
        suites, zero = tuple(map(self._name, said.suites)), tuple(map(str, said.compressions))
        body = TlsHello(direction, kind, said.versions, suites, said.server_name, said.groups, zero, message)
        self._record(body)
