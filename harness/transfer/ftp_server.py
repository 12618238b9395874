"""FTP and FTPS on pyftpdlib: a file system that is the shelf, in a thread of its own."""

from __future__ import annotations

import io
import logging
import stat
import sys
import tempfile
import threading
import warnings
from contextlib import suppress
from os import stat_result
from pathlib import Path
from typing import Any

from OpenSSL import SSL

from harness.transfer.shelf import Download, Shelf, Upload

with warnings.catch_warnings():
    warnings.simplefilter("ignore", DeprecationWarning)  # it stands on asyncore
    from pyftpdlib.authorizers import DummyAuthorizer  # type: ignore[import-untyped]
    from pyftpdlib.exceptions import _RetryError  # type: ignore[import-untyped]
    from pyftpdlib.filesystems import AbstractedFS, FilesystemError  # type: ignore[import-untyped]
    from pyftpdlib.handlers import FTPHandler, ThrottledDTPHandler, TLS_DTPHandler, TLS_FTPHandler  # type: ignore[import-untyped]
    from pyftpdlib.ioloop import IOLoop  # type: ignore[import-untyped]
    from pyftpdlib.servers import FTPServer  # type: ignore[import-untyped]

_LOG = logging.getLogger("pyftpdlib")
_LOG.addHandler(logging.NullHandler())  # else it sets up logging for everybody


class _Reader(io.BytesIO):
    """A served file while it is read; the job ends when it is closed."""

    def __init__(self, found: Download) -> None:
        self.control = found.control
        limits = [(found.control.stall_after, "stalled"), (found.control.cut_after, "cut")]
        set_limits = [(at, why) for at, why in limits if at is not None]
        self.limit: int | None
        self.limit, self.why = min(set_limits, default=(None, ""))
        super().__init__(found.content)
        self.name = "download"
        self._found = found

    def close(self) -> None:
        if not self.closed:
            size = len(self._found.content)
            sent = self.tell() if self.limit is None else min(self.tell(), self.limit)
            self._found.job.done(sent, "" if sent == size else self.why or "cut", complete=sent == size)
        super().close()


class _Writer(io.RawIOBase):
    """An upload while it is written."""

    def __init__(self, upload: Upload, shelf: Shelf) -> None:
        super().__init__()
        self._shelf = shelf
        self.name = "upload"
        self.control = upload.control
        self.broken = ""
        self._upload = upload

    @property
    def taken(self) -> int:
        """Bytes so far."""
        return len(self._upload.data)

    def writable(self) -> bool:
        return True

    def write(self, chunk: Any) -> int:
        if not self._upload.write(bytes(chunk)):
            raise FilesystemError("too large")
        return len(chunk)

    def close(self) -> None:
        if not self.closed:
            with suppress(Exception), self._shelf.ours():  # else pyftpdlib leaves the client without an answer
                self._upload.done(self.broken)
        super().close()


_THEIRS = (OSError, EOFError, SSL.Error, FilesystemError)
"""What is raised to have a client told of it, or because it went away."""


class _Paced(ThrottledDTPHandler):  # type: ignore[misc]
    """A data channel that is as slow, stalls and ends as the file's control has it. The rate is kept in tenths of a
    second."""

    _holding = False

    def send(self, data: Any) -> int:
        reader = self.file_obj
        if not isinstance(reader, _Reader):
            return int(super().send(data))
        if reader.limit is not None:
            left = reader.limit - self.tot_bytes_sent
            if left <= 0:
                self._end(reader.why)
                return 0
            data = data[:left]
        rate = reader.control.rate
        sent = int(super().send(data[: max(rate // 10, 1)] if rate else data))
        if rate:
            self._rest(0.1)
        return sent

    def recv(self, buffer_size: int) -> bytes:
        writer = self.file_obj
        if isinstance(writer, _Writer):
            stall, cut = writer.control.stall_after, writer.control.cut_after
            if stall is not None and writer.taken >= stall:
                self._end("stalled")
                raise _RetryError
            if cut is not None and writer.taken >= cut:
                self._end("cut")
                return b""
        chunk: bytes = super().recv(buffer_size)
        if chunk and isinstance(writer, _Writer) and writer.control.rate:
            self._rest(len(chunk) / writer.control.rate)
        return chunk

    def _end(self, why: str) -> None:
        """Nothing more goes by: the channel is deaf until the client gives up, or closed."""
        file = self.file_obj
        if isinstance(file, _Writer):
            file.broken = why
        if why != "stalled":
            self._abort()
            return
        self.del_channel()
        if isinstance(file, _Reader | _Writer) and file.control.hold and not self._holding:
            self._holding = True
            self._throttler: Any = self.ioloop.call_later(file.control.hold, self._abort, _errback=self.handle_error)

    def _abort(self) -> None:
        self._resp = ("426 Transfer aborted.", _LOG.debug)
        self.close()

    def _rest(self, seconds: float) -> None:
        def wake() -> None:
            self.add_channel(events=self.ioloop.READ if self.receive else self.ioloop.WRITE)

        if not self._closed:
            self.del_channel()
            self._throttler = self.ioloop.call_later(seconds, wake, _errback=self.handle_error)


class _PacedTls(_Paced, TLS_DTPHandler):  # type: ignore[misc]
    """The same, encrypted."""


class _Files(AbstractedFS):  # type: ignore[misc]
    """The shelf as pyftpdlib wants to see a file system; subclasses say which self.shelf."""

    shelf: Shelf
    protocol: str

    def validpath(self, path: str) -> bool:
        return True

    def ftp2fs(self, ftppath: str) -> str:
        return str(self.ftpnorm(ftppath))

    def fs2ftp(self, fspath: str) -> str:
        return fspath

    def realpath(self, path: str) -> str:
        return path

    def isfile(self, path: str) -> bool:
        return self.shelf.peek(path) is not None

    def isdir(self, path: str) -> bool:
        return not self.isfile(path)

    def lexists(self, path: str) -> bool:
        return self.isfile(path)

    islink = lexists

    def chdir(self, path: str) -> None:
        self.cwd = path

    def listdir(self, path: str) -> list[str]:
        return []

    def getsize(self, path: str) -> int:
        entry = self.shelf.peek(path)
        if entry is None:
            raise FilesystemError("no such file")
        return len(entry.content) + entry.control.excess

    def stat(self, path: str) -> stat_result:
        size = self.getsize(path) if self.isfile(path) else 0
        return stat_result((stat.S_IFREG | 0o444, 0, 0, 1, 0, 0, size, 0, 0, 0))

    lstat = stat

    def open(self, filename: str, mode: str) -> Any:
        if "r" not in mode:
            upload, status = self.shelf.accept(self.protocol, filename)
            if upload is None:
                raise FilesystemError(f"refused ({status})")
            return _Writer(upload, self.shelf)
        found = self.shelf.fetch(self.protocol, filename)
        if found is None:
            raise FilesystemError("no such file")
        if found.control.status != 200:
            found.job.done(0, f"status {found.control.status}", complete=False)
            raise FilesystemError(f"refused ({found.control.status})")
        return _Reader(found)


class _Anyone(DummyAuthorizer):  # type: ignore[misc]
    """Anyone may read and write: what lies here is for the station alone, and for one scenario."""

    def _check_permissions(self, username: str, perm: str) -> None:
        return None

    def validate_authentication(self, username: str, password: str, handler: object) -> None:
        return None

    def has_user(self, username: str) -> bool:
        return True

    def get_home_dir(self, username: str) -> str:
        return "/"

    def has_perm(self, username: str, perm: str, path: str | None = None) -> bool:
        return perm in "elrw"

    def get_msg_login(self, username: str) -> str:
        return "ready"

    def get_msg_quit(self, username: str) -> str:
        return "bye"


class FtpServer:
    """One FTP or FTPS listener. `certificate` (PEM with its key) makes it FTPS: control and data are encrypted."""

    def __init__(self, shelf: Shelf, protocol: str, certificate: bytes = b"") -> None:
        self._shelf, self._protocol, self._certificate = shelf, protocol, certificate
        self._server: FTPServer | None = None
        self._thread: threading.Thread | None = None
        self._stop = False

    def open(self, host: str, port: int) -> int:
        """Listen; returns the port. Raises OSError where it is taken."""
        authorizer = _Anyone()
        loop = IOLoop()
        self._server = FTPServer((host, port), self._handler(authorizer), ioloop=loop)
        bound = int(self._server.socket.getsockname()[1])
        self._thread = threading.Thread(target=self._run, name="harness-ftp", daemon=True)
        self._thread.start()
        return bound

    def _run(self) -> None:
        assert self._server is not None
        while not self._stop:
            self._server.ioloop.loop(0.05, False)
        self._server.close_all()

    def _caught(self, instance: object) -> None:
        """What pyftpdlib catches, and would only log, on either channel: a fault of ours, unless the client's."""
        error = sys.exception()
        if error is not None and not isinstance(error, _THEIRS):
            self._shelf.fault(error)

    def close(self) -> None:
        self._stop = True
        if self._thread is not None:
            self._thread.join(timeout=5)

    def _handler(self, authorizer: DummyAuthorizer) -> type[FTPHandler]:
        members: dict[str, Any] = {
            "authorizer": authorizer,
            "abstracted_fs": type("Files", (_Files,), {"shelf": self._shelf, "protocol": self._protocol}),
            "banner": "files ready.",
            "log_exception": self._caught,
            "dtp_handler": _Paced,
        }
        if self._certificate:
            members |= {
                "ssl_context": _context(self._certificate), "dtp_handler": _PacedTls,
                "tls_control_required": True, "tls_data_required": True,
            }
        base = TLS_FTPHandler if self._certificate else FTPHandler
        handler: type[FTPHandler] = type("Handler", (base,), members)
        return handler


def _context(pem: bytes) -> Any:
    context = SSL.Context(SSL.TLS_SERVER_METHOD)
    with tempfile.TemporaryDirectory() as folder:  # pyOpenSSL reads certificate chains from files only
        file = Path(folder) / "server.pem"
        file.touch(0o600)
        file.write_bytes(pem)
        context.use_certificate_chain_file(str(file))
        context.use_privatekey_file(str(file))
    return context
