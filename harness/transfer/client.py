"""The practice station's way to move files: HTTP(S), FTP(S) and SFTP clients, each transfer in its own thread."""

from __future__ import annotations

import asyncio
import ftplib
import http.client
import io
import ssl
import threading
from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING
from urllib.parse import SplitResult, unquote, urljoin, urlsplit

from harness.rpc.link import SECOND, Abandon, Fetch, Fetched, FileCommand, Store, Stored

if TYPE_CHECKING:  # loaded when first needed: most runs move no file
    import asyncssh

_HOPS = 5
_CHUNK = 64 * 1024


class Trouble(Exception):
    """A transfer that failed; the text is what the endpoint is told."""


@dataclass(frozen=True, slots=True)
class Trust:
    """Whom the station trusts: `ca` in PEM for HTTPS and FTPS; `host_key` in OpenSSH form for SFTP."""

    ca: str = ""
    host_key: str = ""


class ClientPorter:
    """`harness.carrier.Porter` on real sockets. `trust` is asked at each transfer."""

    def __init__(self, trust: Callable[[], Trust]) -> None:
        self._trust = trust
        self._stopped: set[int] = set()
        self._threads: list[threading.Thread] = []
        self._closed = False

    def begin(
        self, command: FileCommand, done: Callable[[Fetched | Stored], None],
        later: Callable[[int, Callable[[], None]], None],
    ) -> None:
        """See `Porter.begin`."""
        if isinstance(command, Abandon):
            self._stopped.add(command.job)
            return

        def run() -> None:
            try:
                event = self._carried_out(command)
            except Exception as error:
                later(0, _raising(error))  # a fault of ours, for whose turn it is to tell of
                return
            if command.job not in self._stopped and not self._closed:
                done(event)

        thread = threading.Thread(target=run, name=f"harness-transfer-{command.job}", daemon=True)
        self._threads.append(thread)
        thread.start()

    def close(self) -> None:
        """See `Porter.close`."""
        self._closed = True
        for thread in self._threads:
            thread.join(timeout=5)

    def _carried_out(self, command: Fetch | Store) -> Fetched | Stored:
        def stopped() -> bool:
            return self._closed or command.job in self._stopped

        try:
            where = urlsplit(command.url)
            if where.scheme not in _FETCHERS:
                raise Trouble("unknown scheme")
            if isinstance(command, Fetch):
                return Fetched(command.job, _FETCHERS[where.scheme](where, command, self._trust(), stopped))
            _STORERS[where.scheme](where, command, self._trust(), stopped)
            return Stored(command.job)
        except (Trouble, OSError, ValueError, EOFError, http.client.HTTPException, ftplib.Error) as error:
            problem = str(error) or type(error).__name__
        return Fetched(command.job, problem=problem) if isinstance(command, Fetch) else Stored(command.job, problem)


def _raising(error: Exception) -> Callable[[], None]:
    def fail() -> None:
        raise error

    return fail


Stopped = Callable[[], bool]


def _tls(trust: Trust) -> ssl.SSLContext:
    context = ssl.create_default_context()
    if trust.ca:
        context.load_verify_locations(cadata=trust.ca)
    return context


# ---- HTTP -------------------------------------------------------------------------------------------


def _connection(where: SplitResult, trust: Trust, timeout: float) -> http.client.HTTPConnection:
    host = where.hostname or ""
    if where.scheme == "https":
        return http.client.HTTPSConnection(host, where.port, timeout=timeout, context=_tls(trust))
    return http.client.HTTPConnection(host, where.port, timeout=timeout)


def _http_fetch(where: SplitResult, command: Fetch, trust: Trust, stopped: Stopped) -> bytes:
    for _ in range(_HOPS):
        connection = _connection(where, trust, command.timeout / SECOND)
        try:
            connection.request("GET", where.path or "/")
            answer = connection.getresponse()
            if answer.status in (301, 302, 303, 307, 308):
                where = urlsplit(urljoin(where.geturl(), answer.getheader("Location", "")))
                continue
            if answer.status != 200:
                raise Trouble(f"status {answer.status}")
            return _body(answer, command.limit, stopped)
        finally:
            connection.close()
    raise Trouble("too many redirects")


def _body(answer: http.client.HTTPResponse, limit: int, stopped: Stopped) -> bytes:
    declared = answer.length
    data = bytearray()
    while chunk := answer.read1(_CHUNK):
        data += chunk
        if stopped():
            raise Trouble("given up")
        if len(data) > limit:
            raise Trouble("too large")
    if declared is not None and len(data) != declared:
        raise Trouble("incomplete")
    return bytes(data)


def _http_store(where: SplitResult, command: Store, trust: Trust, stopped: Stopped) -> None:
    connection = _connection(where, trust, command.timeout / SECOND)
    try:
        connection.request("PUT", where.path, command.data, {"Content-Type": "application/octet-stream"})
        answer = connection.getresponse()
        answer.read()
        if answer.status not in (200, 201, 204):
            raise Trouble(str(answer.status))
    finally:
        connection.close()


# ---- FTP --------------------------------------------------------------------------------------------


def _ftp(where: SplitResult, trust: Trust, timeout: float) -> ftplib.FTP:
    client = ftplib.FTP_TLS(context=_tls(trust)) if where.scheme == "ftps" else ftplib.FTP()
    client.connect(where.hostname or "", where.port or 21, timeout)
    try:
        client.login(unquote(where.username or "anonymous"), unquote(where.password or "anonymous"))
        if isinstance(client, ftplib.FTP_TLS):
            client.prot_p()
    except BaseException:
        client.close()
        raise
    return client


def _ftp_fetch(where: SplitResult, command: Fetch, trust: Trust, stopped: Stopped) -> bytes:
    data = bytearray()

    def take(chunk: bytes) -> None:
        data.extend(chunk)
        if stopped() or len(data) > command.limit:
            raise Trouble("given up" if stopped() else "too large")

    client = _ftp(where, trust, command.timeout / SECOND)
    try:
        client.voidcmd("TYPE I")
        declared = client.size(unquote(where.path))
        client.retrbinary(f"RETR {unquote(where.path)}", take, _CHUNK)
        if declared is not None and declared != len(data):
            raise Trouble("incomplete")
        return bytes(data)
    finally:
        client.close()


def _ftp_store(where: SplitResult, command: Store, trust: Trust, stopped: Stopped) -> None:
    client = _ftp(where, trust, command.timeout / SECOND)
    try:
        client.storbinary(f"STOR {unquote(where.path)}", io.BytesIO(command.data))
    finally:
        client.close()


# ---- SFTP -------------------------------------------------------------------------------------------


async def _sftp(where: SplitResult, trust: Trust, data: bytes | None, timeout: float) -> bytes:
    import asyncssh

    known = asyncssh.import_known_hosts(f"* {trust.host_key}") if trust.host_key else None
    connection = await asyncssh.connect(
        where.hostname or "", where.port or 22, known_hosts=known, config=None, client_keys=None, agent_path=None,
        username=unquote(where.username or "station"), password=unquote(where.password or ""), connect_timeout=timeout,
    )  # fmt: skip
    # A server that stalls would not answer the close of a file either.
    timer = asyncio.get_running_loop().call_later(timeout, connection.abort)
    try:
        async with connection.start_sftp_client() as client:
            return await _moved(client, unquote(where.path), data)
    finally:
        timer.cancel()
        connection.abort()


async def _moved(client: asyncssh.SFTPClient, path: str, data: bytes | None) -> bytes:
    if data is None:
        declared = (await client.stat(path)).size
        async with client.open(path, "rb") as file:
            content = await file.read()
        if declared != len(content):
            raise Trouble("incomplete")
        return content if isinstance(content, bytes) else content.encode()
    async with client.open(path, "wb") as file:
        await file.write(data)
    return b""


def _within(where: SplitResult, trust: Trust, data: bytes | None, timeout: int) -> bytes:
    import asyncssh

    try:
        return _timed(where, trust, data, timeout)
    except asyncssh.Error as error:
        raise Trouble(error.reason) from error


def _timed(where: SplitResult, trust: Trust, data: bytes | None, timeout: int) -> bytes:
    return asyncio.run(_sftp(where, trust, data, timeout / SECOND))


def _sftp_fetch(where: SplitResult, command: Fetch, trust: Trust, stopped: Stopped) -> bytes:
    return _within(where, trust, None, command.timeout)


def _sftp_store(where: SplitResult, command: Store, trust: Trust, stopped: Stopped) -> None:
    _within(where, trust, command.data, command.timeout)


_FETCHERS = {
    "http": _http_fetch, "https": _http_fetch, "ftp": _ftp_fetch, "ftps": _ftp_fetch, "sftp": _sftp_fetch,
}
_STORERS = {
    "http": _http_store, "https": _http_store, "ftp": _ftp_store, "ftps": _ftp_store, "sftp": _sftp_store,
}
