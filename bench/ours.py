"""Our engine as a run has it: an actor on sockets, journal to disk, validation, the monitor reading along."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Sequence
from contextlib import ExitStack
from pathlib import Path
from types import TracebackType
from typing import Self

from bench.client import message_id, payload
from harness.actor import Actor, Door
from harness.carrier import Hosted, Listen
from harness.facts import Facts, Token
from harness.journal import Event, Journal, Text
from harness.oracle.findings import Finding
from harness.oracle.monitor import Limits, Monitor
from harness.oracle.transcript import Transcript
from harness.report.evidence import Header, JournalFile
from harness.report.masking import Masks
from harness.rpc.dialect import DIALECTS, Role
from harness.rpc.frame import Call
from harness.rpc.link import SECOND, Asked, Command, Connect, Dial, Instant, LinkEvent, Opened, Received
from harness.undisturbed import undisturbed
from harness.wire.sockets import SocketCarrier

TOKEN = Token("4F7A9B12C3D4E5F6", "ISO14443", "Accepted", None)
PATIENCE = 20 * SECOND
RETAIN = 5_000
"""Events that stay in memory, as befits a stream without end; the file has them all."""
DIALECT = DIALECTS["2.0.1"]
FACTS = Facts("2.0.1", {"valid": TOKEN}, {}, 300)


class Alongside:
    """The monitor, reading in the wire's own thread whenever that has nothing else to do; a journal's sink.

    In a scenario it reads when the scenario ends. Here it must keep up for as long as frames come: what the journal
    copies together is reviewed together, at once, for by then the answer has left.
    """

    def __init__(self, soon: Callable[[Callable[[], None], int], object]) -> None:
        self._soon = soon
        self._monitor: Monitor | None = None
        self._wanted = -1
        self._reached = threading.Event()
        self.findings: list[Finding] = []
        self.texts = 0
        self.until = 0

    def read(self, monitor: Monitor) -> None:
        """Begin, with `monitor`."""
        self._monitor = monitor

    def __call__(self, events: Sequence[Event]) -> None:
        self.texts += sum(isinstance(event.body, Text) for event in events)
        self._review()

    def _review(self) -> None:
        if self._monitor is not None:
            self.findings += self._monitor.review()
        if 0 <= self._wanted <= self.texts:
            self._wanted, self.until = -1, time.monotonic_ns()
            self._reached.set()

    def wait(self, texts: int) -> int:
        """Until so many texts have passed and been reviewed; the monotonic moment. Raises TimeoutError."""
        self._reached.clear()
        self._wanted = texts
        self._soon(self._review, 0)  # it may have passed already
        seen = -1
        while not self._reached.wait(PATIENCE / SECOND):
            if self.texts == seen:
                raise TimeoutError(f"{seen} of {texts} texts came")
            seen = self.texts
        return self.until


class Ours:
    """The engine as a CSMS, with everything on: recording, validation and the monitor, which reads alongside.

    `sut` is what the monitor watches, the other side."""

    sut: Role = "station"

    def __init__(self, path: Path, retain: int = RETAIN, recorded: bool = True, watched: bool = True) -> None:
        self._opened = ExitStack()
        self.file = JournalFile(path, Masks(["correct horse"], ["4F7A9B12C3D4E5F6"]), Header("bench"))
        self.carrier = SocketCarrier()
        self._alongside = Alongside(self.carrier.soon)
        self.journal = Journal((self.file, self._alongside) if recorded else (self._alongside,), retain)
        self.hosted = self._hosted()
        self.url = f"{self.hosted.url}/station"
        self.transcript = Transcript(self.journal, DIALECT)
        if watched:
            self._alongside.read(Monitor(self.transcript, self.sut, Limits(skew=10**18)))

    def _hosted(self) -> Hosted:
        actor = Actor("csms", DIALECT, FACTS, 30 * SECOND, Door("station"))
        return self.carrier.serve(actor, Listen(), lambda: self.journal)

    @property
    def findings(self) -> list[Finding]:
        return self._alongside.findings

    def watch(self, texts: int) -> int:
        """Until so many texts have passed and been reviewed; the monotonic moment."""
        return self._alongside.wait(texts)

    def __enter__(self) -> Self:
        self._opened.enter_context(undisturbed())
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.hosted.close()
        self.carrier.close()
        self.file.close()
        self._opened.close()


class Caller(Actor):
    """Our station actor, which sends the next request when the last is answered."""

    def __init__(self, action: str, count: int) -> None:
        super().__init__("station", DIALECT, FACTS, 30 * SECOND, Door("station"))
        self._requests = [("BootNotification", 0), *((action, number) for number in range(1, count + 1))]
        self._requests.reverse()
        self._sent = 0
        self.trips: list[int] = []
        self.begin = self.cpu = 0

    def handle(self, event: LinkEvent, now: Instant) -> Sequence[Command]:
        commands = super().handle(event, now)
        if not isinstance(event, Opened | Received):
            return commands
        if self.begin:
            self.trips.append(time.monotonic_ns() - self._sent)
        elif isinstance(event, Received):
            self.begin, self.cpu = time.monotonic_ns(), time.process_time_ns()
        return (*commands, *self._next(event.link, now)) if self._requests else commands

    def _next(self, link: int, now: Instant) -> Sequence[Command]:
        action, number = self._requests.pop()
        self._sent = time.monotonic_ns()
        frame = Call(message_id(action, number), action, payload(action, number))
        return super().handle(Asked("send", {"link": link, "frame": frame}), now)


class Station(Ours):
    """The engine as a station, which makes `count` calls once it is told to `go`."""

    sut: Role = "csms"

    def __init__(self, path: Path, action: str, count: int) -> None:
        self.caller = Caller(action, count)
        super().__init__(path)

    def _hosted(self) -> Hosted:
        return self.carrier.host(self.caller, lambda: self.journal)

    def go(self, url: str) -> None:
        """Connect, and begin."""
        self.hosted.tell(Asked("commands", {"commands": (Connect(1, Dial(url, (DIALECT.subprotocol,))),)}))
