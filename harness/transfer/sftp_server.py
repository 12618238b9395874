"""SFTP on asyncssh: the shelf behind a server that has no other files, on the file server's own loop."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Coroutine
from functools import wraps
from typing import Any, Concatenate, ParamSpec, TypeVar

import asyncssh

from harness.transfer.http_server import _FOREVER, _pause
from harness.transfer.shelf import Download, Shelf, Upload


class _Handle:
    """An open file of a client."""

    def __init__(self, found: Download | None, upload: Upload | None) -> None:
        self.found, self.upload, self.sent, self.broken = found, upload, 0, ""


class _Login(asyncssh.SSHServer):
    """Anyone may come in: what lies here is for the station alone, and for one scenario."""

    def begin_auth(self, username: str) -> bool:
        return False


class SftpServer:
    """One SFTP listener."""

    def __init__(self, shelf: Shelf) -> None:
        self._shelf = shelf
        self._key = asyncssh.generate_private_key("ssh-ed25519")
        self._server: asyncssh.SSHAcceptor | None = None

    @property
    def host_key(self) -> str:
        """The public host key in OpenSSH form."""
        return self._key.export_public_key().decode().strip()

    async def open(self, host: str, port: int) -> int:
        """Listen; returns the port. Raises OSError where it is taken."""
        shelf = self._shelf
        self._server = await asyncssh.listen(
            host, port, server_factory=_Login, server_host_keys=[self._key], config=None,
            sftp_factory=lambda channel: _Files(channel, shelf),
        )
        return int(self._server.get_port())

    async def close(self) -> None:
        if self._server is not None:
            self._server.close()
            await self._server.wait_closed()


P = ParamSpec("P")
T = TypeVar("T")
_THEIRS = (asyncssh.Error, OSError, NotImplementedError)
"""What is raised to have a client told of it, or because it went away."""


def _guarded(method: Callable[Concatenate[_Files, P], T]) -> Callable[Concatenate[_Files, P], T]:
    """What else it raises is a fault of ours; asyncssh tells the client of a failure and nobody else."""

    @wraps(method)
    def guarded(self: _Files, /, *arguments: P.args, **options: P.kwargs) -> T:
        with self.shelf.ours(*_THEIRS):
            return method(self, *arguments, **options)

    return guarded


def _guarded_later(
    method: Callable[Concatenate[_Files, P], Awaitable[T]],
) -> Callable[Concatenate[_Files, P], Coroutine[Any, Any, T]]:
    """The same for a coroutine."""

    @wraps(method)
    async def guarded(self: _Files, /, *arguments: P.args, **options: P.kwargs) -> T:
        with self.shelf.ours(*_THEIRS):
            return await method(self, *arguments, **options)

    return guarded


class _Files(asyncssh.SFTPServer):
    """One client's view."""

    def __init__(self, channel: asyncssh.SSHServerChannel[bytes], shelf: Shelf) -> None:
        super().__init__(channel)
        self.shelf = shelf

    def realpath(self, path: bytes) -> bytes:
        return path if path.startswith(b"/") else b"/" + path.removeprefix(b".").lstrip(b"/")

    @_guarded
    def _attributes(self, path: bytes) -> asyncssh.SFTPAttrs:
        entry = self.shelf.peek(_text(path))
        if entry is None and b"." in path.rpartition(b"/")[2]:
            raise asyncssh.SFTPNoSuchFile("no such file")
        if entry is None:
            return asyncssh.SFTPAttrs(permissions=0o40755, type=asyncssh.FILEXFER_TYPE_DIRECTORY)
        size = len(entry.content) + entry.control.excess
        return asyncssh.SFTPAttrs(size=size, permissions=0o100444, type=asyncssh.FILEXFER_TYPE_REGULAR)

    stat = lstat = _attributes

    def open(self, path: bytes, pflags: int, attrs: asyncssh.SFTPAttrs) -> object:
        return self._opened(path, bool(pflags & asyncssh.FXF_WRITE))

    def open56(self, path: bytes, desired_access: int, flags: int, attrs: asyncssh.SFTPAttrs) -> object:
        return self._opened(path, bool(desired_access & asyncssh.ACE4_WRITE_DATA))

    @_guarded
    def _opened(self, path: bytes, writes: bool) -> _Handle:
        if writes:
            upload, status = self.shelf.accept("sftp", _text(path))
            if upload is None:
                raise (asyncssh.SFTPPermissionDenied if status in (401, 403) else asyncssh.SFTPNoSuchFile)("refused")
            return _Handle(None, upload)
        found = self.shelf.fetch("sftp", _text(path))
        if found is None:
            raise asyncssh.SFTPNoSuchFile("no such file")
        if found.control.status != 200:
            found.job.done(0, f"status {found.control.status}", complete=False)
            denied = found.control.status in (401, 403)
            raise (asyncssh.SFTPPermissionDenied if denied else asyncssh.SFTPNoSuchFile)("refused")
        return _Handle(found, None)

    @_guarded_later
    async def read(self, handle: object, offset: int, size: int) -> bytes:
        assert isinstance(handle, _Handle)
        if handle.found is None:
            raise asyncssh.SFTPPermissionDenied("opened for writing")
        content, control = handle.found.content, handle.found.control
        if control.stall_after is not None and offset >= control.stall_after:
            await _pause(control.hold or _FOREVER)
            raise asyncssh.SFTPConnectionLost("stalled")
        if control.rate:
            await _pause(size / control.rate)
        stops = [stop for stop in (control.cut_after, control.stall_after) if stop is not None]
        limit = min(stops, default=len(content))
        chunk = content[offset : min(offset + size, limit)]
        handle.sent = max(handle.sent, offset + len(chunk))
        return chunk

    @_guarded_later
    async def write(self, handle: object, offset: int, data: bytes) -> int:
        assert isinstance(handle, _Handle)
        if handle.upload is None:
            raise asyncssh.SFTPPermissionDenied("opened for reading")
        control = handle.upload.control
        end = offset + len(data)
        if control.stall_after is not None and end > control.stall_after:
            handle.broken = "stalled"
            await _pause(control.hold or _FOREVER)
            raise asyncssh.SFTPConnectionLost("stalled")
        if control.cut_after is not None and end > control.cut_after:
            handle.broken = "cut"
            raise asyncssh.SFTPConnectionLost("cut")
        if control.rate:
            await _pause(len(data) / control.rate)
        if not handle.upload.write(data, offset):
            raise asyncssh.SFTPFailure("too large")
        return len(data)

    @_guarded
    def fstat(self, handle: object) -> asyncssh.SFTPAttrs:
        assert isinstance(handle, _Handle)
        size = len(handle.upload.data) if handle.upload else len(handle.found.content) if handle.found else 0
        return asyncssh.SFTPAttrs(size=size, permissions=0o100644, type=asyncssh.FILEXFER_TYPE_REGULAR)

    def setstat(self, path: bytes, attrs: asyncssh.SFTPAttrs, **options: object) -> None:
        return None

    def fsetstat(self, handle: object, attrs: asyncssh.SFTPAttrs) -> None:
        return None

    @_guarded
    def close(self, handle: object) -> None:
        assert isinstance(handle, _Handle)
        if handle.upload is not None:
            handle.upload.done(handle.broken)
        elif handle.found is not None:
            whole = handle.sent >= len(handle.found.content)
            handle.found.job.done(handle.sent, "" if whole else "cut", complete=whole)


def _text(path: bytes) -> str:
    """Raises SFTPNoSuchFile for what is no UTF-8: no file of ours is called so."""
    try:
        return path.decode()
    except UnicodeDecodeError as error:
        raise asyncssh.SFTPNoSuchFile("no such file") from error
