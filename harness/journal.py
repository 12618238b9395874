"""The journal: everything that happened in one scenario, in order, as it was, never changed.

It is transcript and queue in one: the wire appends, the oracle reads, waiters are woken. Bytes are
recorded before anyone interprets them. Stamps are taken where the bytes left or arrived.
"""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from typing import NamedTuple, Protocol

from harness.rpc.link import Instant

RENEGOTIATION = "tls-renegotiation-answer"
"""Topic of the note that says what a station made of our HelloRequest: ignored, refused, proven or unproven."""


class Direction(StrEnum):
    """Seen from the harness: `IN` comes from the system under test, `OUT` is ours."""

    IN = "in"
    OUT = "out"


@dataclass(frozen=True, slots=True)
class HandshakeRequest:
    """The HTTP request that opens a WebSocket; `raw` is the request as it passed, or b"" in memory."""

    direction: Direction
    target: str
    headers: tuple[tuple[str, str], ...] = ()
    raw: bytes = b""


@dataclass(frozen=True, slots=True)
class HandshakeResponse:
    """The HTTP answer. Status 0: the connection ended without one, `reason` says how.

    A 101 has a `reason` only where it is no upgrade and the station had to fail the connection (RFC 6455 4.1)."""

    direction: Direction
    status: int
    subprotocol: str | None = None
    headers: tuple[tuple[str, str], ...] = ()
    reason: str = ""
    raw: bytes = b""

    @property
    def upgraded(self) -> bool:
        """Whether a WebSocket began with it."""
        return self.status == 101 and not self.reason


@dataclass(frozen=True, slots=True)
class Text:
    """One complete text message. `fragments` counts its WebSocket frames."""

    direction: Direction
    data: str
    fragments: int = 1
    compressed: bool = False


@dataclass(frozen=True, slots=True)
class Binary:
    """One complete binary message (OCPP-J allows none)."""

    direction: Direction
    data: bytes


@dataclass(frozen=True, slots=True)
class Control:
    """A ping or pong frame; `name` is "ping" or "pong"."""

    direction: Direction
    name: str
    payload: bytes = b""


@dataclass(frozen=True, slots=True)
class RawBytes:
    """Bytes we put on the stream on purpose, below or beside the WebSocket rules."""

    direction: Direction
    data: bytes
    what: str = ""


@dataclass(frozen=True, slots=True)
class Ended:
    """A connection is gone. `by` tells which side began; code 1006: no close frame was seen."""

    by: Direction
    code: int
    reason: str = ""


@dataclass(frozen=True, slots=True)
class TlsHello:
    """A ClientHello or ServerHello (`kind`). Versions, suites and groups by OpenSSL's names, in hexadecimal where
    it has none; a ServerHello has one of each. `raw` is the handshake message."""

    direction: Direction
    kind: str
    versions: tuple[str, ...]
    suites: tuple[str, ...]
    server_name: str = ""
    groups: tuple[str, ...] = ()
    compressions: tuple[str, ...] = ()
    raw: bytes = b""


@dataclass(frozen=True, slots=True)
class TlsChain:
    """The certificates that one side presented, leaf first, in PEM; none where it had to but would not."""

    direction: Direction
    certificates: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class TlsAlert:
    """An alert (RFC 8446 6); `description` is its name, or its number where it has none."""

    direction: Direction
    level: str
    description: str

    @property
    def final(self) -> bool:
        """Whether it ends the handshake: of the warnings up to TLS 1.2 only the closing one does (RFC 5246 7.2)."""
        return self.level != "warning" or self.description == "close_notify"


@dataclass(frozen=True, slots=True)
class TlsHandshake:
    """Our side has finished a TLS handshake. In TLS 1.3 a client cannot know yet whether it was accepted."""

    version: str
    suite: str
    compression: str = ""


@dataclass(frozen=True, slots=True)
class Adopted:
    """A connection that stood before this scenario began, with the facts known of it."""

    subprotocol: str | None
    identity: str
    accepted: bool


@dataclass(frozen=True, slots=True)
class Step:
    """A line of the scenario begins (`line` of `file`) or a named state is being brought about."""

    text: str
    line: int = 0
    file: str = ""


@dataclass(frozen=True, slots=True)
class Prompt:
    """The SUT was asked to act (`answer` empty), or the one asked answered."""

    intent: str
    parameters: Mapping[str, object] = field(default_factory=dict)
    driver: str = ""
    answer: str = ""


class Stage(StrEnum):
    """How far a file transfer has come."""

    BEGUN = "begun"
    COMPLETE = "complete"
    FAILED = "failed"


FAULT = "harness-fault"
"""Topic of a note that our own side failed; with `raised` in its data, before the eyes of whoever asked for it."""

CAPPED, FOLDER = "capped", "the upload folder"
"""How the detail of an upload begins that failed on our side: larger than we take, or nowhere to put it."""


@dataclass(frozen=True, slots=True)
class Transfer:
    """A file transfer with our file server: `OUT` is a download by the SUT, `IN` an upload.

    Each transfer is told twice, under one `job`: when it begins, and when it has ended, with the `size` in bytes that
    passed and the `duration` in ns. `name` is what scenarios call the file, `path` what was asked for; `detail` says
    what was special (a status, a cap, a client that went away). `sha256` is that of an upload's content."""

    direction: Direction
    stage: Stage
    protocol: str
    name: str
    path: str
    job: int
    size: int = 0
    duration: int = 0
    detail: str = ""
    sha256: str = ""


@dataclass(frozen=True, slots=True)
class Note:
    """Something worth keeping that is no traffic: a fault of the tool, a finding, a decision."""

    topic: str
    text: str
    data: Mapping[str, object] = field(default_factory=dict)


Body = (
    HandshakeRequest
    | HandshakeResponse
    | Text
    | Binary
    | Control
    | RawBytes
    | Ended
    | TlsHello
    | TlsChain
    | TlsAlert
    | TlsHandshake
    | Adopted
    | Step
    | Prompt
    | Transfer
    | Note
)


class Event(NamedTuple):
    """One entry. `number` counts from 0 without gaps; `link` is 0 where no connection is concerned."""

    number: int
    at: Instant
    link: int
    body: Body


class Sink(Protocol):
    """Where the journal is copied as it grows, some events at a time; must not raise and must not block for long."""

    def __call__(self, events: Sequence[Event]) -> None: ...


class Journal:
    """Append-only list of events, safe to append to and to read from any thread.

    With `retain`, for very long runs, only the newest events (at least that many) stay in memory; the sinks hold
    them all. Asking for an older one raises IndexError. Raises ValueError for `retain` without a sink."""

    def __init__(self, sinks: tuple[Sink, ...] = (), retain: int | None = None) -> None:
        if retain is not None and (retain < 1 or not sinks):
            raise ValueError("what is not retained has to go somewhere: give a sink")
        # The number of the first kept event and the kept ones, replaced together, for readers without the lock.
        self._kept: tuple[int, list[Event]] = (0, [])
        self._sinks = sinks
        self._uncopied: list[Event] = []
        self._read: int | None = None
        self.retain = retain
        self._lock = threading.RLock()
        self.changed = threading.Condition(self._lock)

    def append(self, link: int, body: Body, at: Instant) -> Event:
        """Record `body`, copy it to the sinks, wake whoever waits."""
        with self._lock:
            event = self._add(link, body, at)
            self.settle()
        return event

    def append_first(self, link: int, body: Body, at: Instant) -> bool:
        """As `append`, but the sinks get it with the next `append` or `settle`: a peer that waits for its answer must
        not wait for our files. Tells whether it is the first of those that they have not had."""
        with self._lock:
            self._add(link, body, at)
            return len(self._uncopied) == 1

    def _add(self, link: int, body: Body, at: Instant) -> Event:
        first, events = self._kept
        event = Event(first + len(events), at, link, body)
        events.append(event)
        if self.retain is not None and len(events) >= 2 * self.retain:
            self._kept = first + len(events) - self.retain, events[-self.retain :]
        self._uncopied.append(event)
        self.changed.notify_all()
        return event

    def settle(self) -> None:
        """Copy to the sinks what they have not had yet, in order."""
        with self._lock:
            events, self._uncopied = self._uncopied, []
            if not events:
                return
            try:
                for sink in self._sinks:
                    sink(events)
            except BaseException:  # Ctrl-C: what may not be written yet is given again, and a file knows what it has
                self._uncopied[:0] = events
                raise

    def read(self, number: int) -> None:
        """Whoever judges has taken in all events before `number`."""
        self._read = number

    @property
    def unread(self) -> int:
        """How many events whoever judges has not taken in yet; 0 where nobody has begun to read."""
        return 0 if self._read is None else max(len(self) - self._read, 0)

    def __len__(self) -> int:
        first, events = self._kept
        return first + len(events)

    def __getitem__(self, number: int) -> Event:
        first, events = self._kept
        if 0 <= number < first:
            raise IndexError(f"event {number} is no longer in memory")
        return events[number - first if number >= 0 else number]

    def __iter__(self) -> Iterator[Event]:
        _, events = self._kept
        return iter(events[: len(events)])

    def since(self, number: int) -> tuple[Event, ...]:
        """The events from `number` on that are still in memory."""
        first, events = self._kept
        return tuple(events[max(number - first, 0) :])

    def from_(self, number: int) -> Sequence[Event]:
        """The events from `number` on, as they are now. Raises IndexError where one is no longer in memory."""
        first, events = self._kept
        if number < first:
            raise IndexError(f"event {number} is no longer in memory")
        return events[number - first :]

    def where(self, wanted: Callable[[Event], bool]) -> tuple[Event, ...]:
        """All events that `wanted` accepts, in order."""
        return tuple(event for event in self if wanted(event))
