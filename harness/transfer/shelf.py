"""What lies on the file server and what comes in: the same for every protocol and for the simulation.

Pure bookkeeping, safe to call from any thread. Nothing is ever written outside memory, whatever name an upload
asks for; only a finished upload is copied to the upload folder, under a harmless name.
"""

from __future__ import annotations

import hashlib
import re
import threading
import traceback
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from itertools import count
from pathlib import Path
from urllib.parse import unquote

from harness.journal import CAPPED, FAULT, FOLDER, Direction, Journal, Note, Stage, Transfer
from harness.rpc.link import Instant
from harness.transfer.control import HARMLESS, Caps, Control

MEND = "Mend: transfer.upload_folder names a folder that can be written, on a disk that is not full"
LIMIT = 16 * 1024 * 1024
"""Bytes of one upload that are taken where the SUT file says nothing."""


@dataclass(frozen=True, slots=True)
class Entry:
    """A served file: its content, what it becomes from the second fetch on, and how its transfer goes."""

    name: str
    path: str
    content: bytes
    later: bytes | None = None
    control: Control = HARMLESS


class Job:
    """One transfer under way. `done` is told once; later calls are ignored."""

    def __init__(self, shelf: Shelf, body: Transfer, began: int) -> None:
        self._shelf, self._body, self._began, self._over = shelf, body, began, False

    def done(self, size: int, detail: str = "", complete: bool = True, sha256: str = "") -> None:
        if not self._over:
            self._over = True
            self._shelf.running.discard(self)
            self._shelf.ended(self._body, self._began, size, detail, complete, sha256)


@dataclass(frozen=True, slots=True)
class Download:
    """A download that was asked for: what to send, how to spoil it, and where to tell how it went."""

    content: bytes
    control: Control
    job: Job


class Upload:
    """An upload that comes in. Bytes above the limit are not kept; `write` then says False."""

    def __init__(self, shelf: Shelf, job: Job, filename: str, limit: int, control: Control) -> None:
        self._shelf, self._job, self.filename, self._limit, self.control = shelf, job, filename, limit, control
        self.data = bytearray()
        self.capped = False

    def write(self, chunk: bytes, offset: int | None = None) -> bool:
        """Take a chunk (at `offset`); False once the upload is larger than allowed: end it then."""
        at = len(self.data) if offset is None else offset
        if self.capped or at + len(chunk) > self._limit:
            self.capped = True
            return False
        if at > len(self.data):
            self.data.extend(bytes(at - len(self.data)))
        self.data[at : at + len(chunk)] = chunk
        return True

    def done(self, detail: str = "") -> str:
        """The upload has ended; `detail` says what went wrong from outside. Returns "" or what is wrong."""
        problem = f"{CAPPED} at {self._limit} bytes" if self.capped else detail
        if not problem:
            problem = self._shelf.keep(self.filename, bytes(self.data))
        digest = hashlib.sha256(self.data).hexdigest()
        self._job.done(len(self.data), problem, not problem, digest)
        return problem


class Shelf:
    """Everything served and received. `now` stamps what goes to the journal of the moment."""

    def __init__(
        self,
        journal: Callable[[], Journal],
        now: Callable[[], Instant],
        limit: int = LIMIT,
        folder: Path | None = None,
    ) -> None:
        self._journal, self._now = journal, now
        self._limit, self._folder = limit, folder
        self._entries: dict[str, Entry] = {}
        self._inboxes: dict[str, tuple[str, Control]] = {}
        self._fetches: dict[str, int] = {}
        self._jobs = count(1)
        self.running: set[Job] = set()
        self.caps: Caps | None = None
        """In a scenario tagged @attack: how fast, and how long, a transfer may be."""
        self._lock = threading.Lock()

    def put(self, entry: Entry) -> None:
        self._entries[entry.path] = entry

    def inbox(self, name: str, folder: str, control: Control) -> None:
        """Take uploads below `folder` (begins and ends with a slash)."""
        self._inboxes[folder] = (name, control)

    def entries(self) -> tuple[Entry, ...]:
        return tuple(self._entries.values())

    def peek(self, path: str) -> Entry | None:
        """What lies there, without fetching it. `path` may be percent-encoded."""
        return self._entries.get(path) or self._entries.get(unquote(path))

    def fetch(self, protocol: str, path: str) -> Download | None:
        """A download begins; None where nothing lies at `path`, which the journal tells as well."""
        entry = self.peek(path)
        name = entry.name if entry else ""
        job = self._begin(Direction.OUT, protocol, name, path)
        if entry is None:
            job.done(0, "no such file", complete=False)
            return None
        with self._lock:
            number = self._fetches[entry.path] = self._fetches.get(entry.path, 0) + 1
        content = entry.later if number > 1 and entry.later is not None else entry.content
        return Download(content, self._capped(entry.control.at(number)), job)

    def accept(self, protocol: str, path: str) -> tuple[Upload | None, int]:
        """An upload begins: where to put it, and the HTTP status to answer with otherwise."""
        place = unquote(path)
        folder = next((folder for folder in self._inboxes if place.startswith(folder)), "")
        name, control = self._inboxes.get(folder, ("", Control(status=404)))
        job = self._begin(Direction.IN, protocol, name, path)
        if control.status != 200:
            job.done(0, f"refused with status {control.status}", complete=False)
            return None, control.status
        return Upload(self, job, place.removeprefix(folder), self._limit, self._held(control)), 200

    def _capped(self, control: Control) -> Control:
        return self.caps.paced(control) if self.caps else control

    def _held(self, control: Control) -> Control:
        """An upload is as fast as the SUT sends it; where ours is made to stall, not for ever."""
        return replace(control, hold=self.caps.time) if self.caps else control

    def keep(self, filename: str, data: bytes) -> str:
        """Copy a finished upload to the upload folder, if there is one; "" or why that failed."""
        if self._folder is None:
            return ""
        harmless = re.sub(r"[^\w.-]+", "_", filename).lstrip(".") or "upload"
        try:
            (self._folder / harmless).write_bytes(data)
        except OSError as error:
            return f"{FOLDER} {self._folder} cannot be written: {error.strerror}. {MEND}"
        return ""

    # ---- journal -------------------------------------------------------------------------------------

    @contextmanager
    def ours(self, *theirs: type[Exception]) -> Iterator[None]:
        """Around what a server does for a client: what is raised in there, and is none of `theirs`, is a fault of ours,
        and nobody will be blamed for how the transfer ended."""
        try:
            yield
        except theirs:
            raise
        except Exception as error:
            self.fault(error)
            raise

    def fault(self, error: BaseException) -> None:
        """Have the journal say that our own side failed."""
        self._journal().append(0, Note(FAULT, "".join(traceback.format_exception(error))), self._now())

    def _begin(self, direction: Direction, protocol: str, name: str, path: str) -> Job:
        body = Transfer(direction, Stage.BEGUN, protocol, name, path, next(self._jobs))
        now = self._now()
        self._journal().append(0, body, now)
        job = Job(self, body, now.monotonic)
        self.running.add(job)
        return job

    def close(self) -> None:
        """What is still under way ends here."""
        for job in tuple(self.running):
            job.done(0, "the file server was closed", complete=False)

    def ended(self, body: Transfer, began: int, size: int, detail: str, complete: bool, sha256: str) -> None:
        now = self._now()
        stage = Stage.COMPLETE if complete else Stage.FAILED
        over = Transfer(body.direction, stage, body.protocol, body.name, body.path, body.job, size,
                        now.monotonic - began, detail, sha256)
        self._journal().append(0, over, now)
        if detail.startswith((CAPPED, FOLDER)):
            self._journal().append(0, Note(FAULT if detail.startswith(FOLDER) else "file server", detail), now)
