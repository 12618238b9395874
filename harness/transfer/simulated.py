"""File transfers without sockets, in virtual time: what a client would have seen of the same server."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from urllib.parse import SplitResult, urlsplit

from harness.rpc.link import MILLISECOND, SECOND, Abandon, Fetch, Fetched, FileCommand, Store, Stored
from harness.transfer.control import Control
from harness.transfer.shelf import Download, Shelf

HOST = "files.invalid"
"""Never resolves (RFC 6761): a simulated location can only be fetched here."""
OTHER_HOST = "elsewhere.invalid"
_SPEED = 64 * 1024 * 1024
_HOP = 2 * MILLISECOND
_SCHEMES = frozenset({"http", "https", "ftp", "ftps", "sftp"})


class SimulatedPorter:
    """`harness.carrier.Porter` on a shelf."""

    def __init__(self, shelf: Shelf) -> None:
        self._shelf = shelf
        self._given_up: set[int] = set()
        self._running: dict[int, Callable[[], None]] = {}

    def begin(
        self, command: FileCommand, done: Callable[[Fetched | Stored], None],
        later: Callable[[int, Callable[[], None]], None],
    ) -> None:
        """See `Porter.begin`."""
        if isinstance(command, Abandon):
            stop = self._running.pop(command.job, None)
            if stop is not None:
                self._given_up.add(command.job)
                stop()
            return

        def end(event: Fetched | Stored) -> None:
            if event.job not in self._given_up:
                self._running.pop(event.job, None)
                done(event)

        with self._shelf.ours():
            if isinstance(command, Fetch):
                self._fetch(command, end, later)
            else:
                self._store(command, end, later)

    def close(self) -> None:
        self._given_up |= set(self._running)
        self._running.clear()

    def _fetch(self, command: Fetch, end: Callable[[Fetched], None],
               later: Callable[[int, Callable[[], None]], None]) -> None:
        where = urlsplit(command.url)
        served = where.scheme in _SCHEMES and where.hostname in (HOST, OTHER_HOST)
        found = self._shelf.fetch(where.scheme, where.path) if served else None
        if found is None:
            later(_HOP, lambda: end(Fetched(command.job, problem="not found")))
            return
        if found.control.redirect and "redirected" not in where.query and found.control.status == 200:
            to = _redirected(where, found.control.redirect)
            found.job.done(0, f"redirected to {to}", complete=False)
            self._running[command.job] = lambda: None
            later(_HOP, lambda: self._follow(replace(command, url=to), end, later))
            return
        self._running[command.job] = lambda: found.job.done(0, "given up by the client", complete=False)
        delay, sent, problem = _course(found, command)

        def over() -> None:
            found.job.done(sent, problem, complete=not problem)
            end(Fetched(command.job, b"" if problem else found.content, problem))

        later(min(delay, command.timeout), over)

    def _follow(self, command: Fetch, end: Callable[[Fetched], None],
                later: Callable[[int, Callable[[], None]], None]) -> None:
        if command.job not in self._given_up:
            self._fetch(command, end, later)

    def _store(self, command: Store, end: Callable[[Stored], None],
               later: Callable[[int, Callable[[], None]], None]) -> None:
        where = urlsplit(command.url)
        served = where.scheme in _SCHEMES and where.hostname == HOST
        upload, status = self._shelf.accept(where.scheme, where.path) if served else (None, 404)
        if upload is None:
            later(_HOP, lambda: end(Stored(command.job, str(status))))
            return
        self._running[command.job] = lambda: _dropped(upload.done("given up by the client"))

        control = upload.control
        stalls = control.stall_after is not None
        stall, stalled = _stalled(control, command.timeout)
        delay = stall if stalls else _HOP + len(command.data) * SECOND // (control.rate or _SPEED)
        problem = stalled if stalls else "incomplete" if control.cut_after is not None else ""

        def over() -> None:
            upload.write(command.data)
            end(Stored(command.job, upload.done(problem)))

        later(min(delay, command.timeout), over)


def _redirected(where: SplitResult, to: str) -> str:
    """Where the server sends the client: to its other name, or to plain HTTP."""
    base = f"http://{HOST}" if to == "http" else f"{where.scheme}://{OTHER_HOST}"
    return f"{base}{where.path}?redirected=yes"


def _dropped(_: str) -> None:
    return None


def _stalled(control: Control, patience: int) -> tuple[int, str]:
    """When a transfer that stalls is over (ns), and how: the client gives up, or the server does."""
    hold = round(control.hold * SECOND)
    return (hold, "incomplete") if 0 < hold < patience else (patience, "timed out")


def _course(found: Download, command: Fetch) -> tuple[int, int, str]:
    """How long it takes (ns), how much is sent, and what goes wrong."""
    control, size = found.control, len(found.content)
    if control.status != 200:
        return _HOP, 0, f"status {control.status}"
    speed = control.rate or _SPEED
    if control.stall_after is not None:
        stall, stalled = _stalled(control, command.timeout)
        return stall, min(control.stall_after, size), stalled
    duration = _HOP + size * SECOND // speed
    if control.cut_after is not None:
        return duration, min(control.cut_after, size), "incomplete"
    if control.excess or duration > command.timeout:
        return duration, size, "incomplete" if control.excess else "timed out"
    return duration, size, "too large" if size > command.limit else ""
