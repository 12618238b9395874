"""All file servers of a scenario: each starts when it is first needed, on a loop that is not the engine's."""

from __future__ import annotations

import ssl
from collections.abc import Callable
from typing import TYPE_CHECKING, Protocol

from harness.security.settings import Credential
from harness.security.tls import load
from harness.transfer.client import Trust
from harness.transfer.shelf import Shelf
from harness.wire.bridge import Bridge

if TYPE_CHECKING:  # loaded when first needed: most runs move no file
    from harness.transfer.ftp_server import FtpServer
    from harness.transfer.http_server import HttpServer
    from harness.transfer.sftp_server import SftpServer


class Table(Protocol):
    """[transfer] of the SUT file, as far as it is about places."""

    host: str
    http: int
    https: int
    ftp: int
    ftps: int
    sftp: int


class Servers:
    """`harness.transfer.service.Place` on sockets. `own` is what HTTPS and FTPS show, `root` (PEM) who vouches for
    it."""

    def __init__(self, shelf: Shelf, table: Table, own: Callable[[], Credential], root: str) -> None:
        self._shelf, self._table, self._own, self._root = shelf, table, own, root
        self._bridge: Bridge | None = None
        self._bases: dict[str, str] = {}
        self._http: list[HttpServer] = []
        self._ftp: list[FtpServer] = []
        self._sftp: SftpServer | None = None

    def base(self, protocol: str) -> str:
        """See `Place.base`. Raises OSError that names the port."""
        if protocol not in self._bases:
            host, port = self._table.host, int(getattr(self._table, protocol))
            try:
                bound = self._open(protocol, host, port)
            except OSError as error:
                mend = f"Mend: free the port, or change transfer.{protocol} in the SUT file"
                raise OSError(f"{protocol} on {host}:{port}: {error.strerror or error}. {mend}") from error
            self._bases[protocol] = f"{protocol}://{host}:{bound}"
        return self._bases[protocol]

    def trust(self) -> Trust:
        """What a client needs to believe these servers."""
        return Trust(self._root, self._sftp.host_key if self._sftp else "")

    def close(self) -> None:
        """Free every port and thread; idempotent."""
        for ftp in self._ftp:
            ftp.close()
        if self._bridge is not None:
            for http in self._http:
                self._bridge.run(http.close())
            if self._sftp is not None:
                self._bridge.run(self._sftp.close())
            self._bridge.close()
        self._bridge, self._http, self._ftp, self._sftp = None, [], [], None
        self._shelf.close()

    def _open(self, protocol: str, host: str, port: int) -> int:
        if protocol in ("ftp", "ftps"):
            return self._open_ftp(protocol, host, port)
        self._bridge = self._bridge or Bridge("harness-files")
        if protocol == "sftp":
            from harness.transfer.sftp_server import SftpServer

            self._sftp = SftpServer(self._shelf)
            return self._bridge.run(self._sftp.open(host, port))
        context: ssl.SSLContext | None = None
        if protocol == "https":
            context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
            own = self._own()
            load(context, own.chain, own.key, own.name)
        from harness.transfer.http_server import HttpServer

        http = HttpServer(self._shelf, protocol, context)
        self._http.append(http)
        bound = self._bridge.run(http.open(host, port))
        if protocol == "https":
            http.plain = self.base("http")
        return bound

    def _open_ftp(self, protocol: str, host: str, port: int) -> int:
        own = self._own() if protocol == "ftps" else None
        pem = (own.key + own.chain).encode() if own else b""
        from harness.transfer.ftp_server import FtpServer

        server = FtpServer(self._shelf, protocol, pem)
        bound = server.open(host, port)
        self._ftp.append(server)
        return bound
