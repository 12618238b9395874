"""Our engine as a run has it: CSMS actor on sockets, journal to disk, validation, the monitor reading along."""

from __future__ import annotations

import threading
import time
from pathlib import Path
from types import TracebackType
from typing import Self

from harness.actor import Actor, Door
from harness.carrier import Listen
from harness.facts import Facts, Token
from harness.journal import Journal, Text
from harness.oracle.findings import Finding
from harness.oracle.monitor import Limits, Monitor
from harness.oracle.transcript import Transcript
from harness.report.evidence import Header, JournalFile
from harness.report.masking import Masks
from harness.rpc.dialect import DIALECTS
from harness.rpc.link import MILLISECOND, SECOND
from harness.wire.sockets import SocketCarrier

TOKEN = Token("4F7A9B12C3D4E5F6", "ISO14443", "Accepted", None)
PATIENCE = 20 * SECOND


class Ours:
    """The engine, listening. `station` is the identity it lets in; `retain` see `Journal`."""

    def __init__(self, path: Path, retain: int | None = None) -> None:
        dialect = DIALECTS["2.0.1"]
        self.file = JournalFile(path, Masks(["correct horse"], ["4F7A9B12C3D4E5F6"]), Header("bench"))
        self.journal = Journal((self.file,), retain) if retain else Journal((self.file,))
        self.carrier = SocketCarrier()
        actor = Actor("csms", dialect, Facts("2.0.1", {"valid": TOKEN}, {}, 300), 30 * SECOND, Door("station"))
        self.hosted = self.carrier.serve(actor, Listen(), lambda: self.journal)
        self.url = f"{self.hosted.url}/station"
        self.transcript = Transcript(self.journal, dialect)
        self.monitor = Monitor(self.transcript, "station", Limits(skew=10**18))
        self.findings: list[Finding] = []
        self.texts = 0
        self._pause = threading.Event()

    def watch(self, texts: int) -> int:
        """Review whatever comes until so many texts have passed; the monotonic moment when all are reviewed."""
        seen = 0
        while self.texts < texts:
            until = time.monotonic_ns() + PATIENCE
            mark = seen

            def more(mark: int = mark) -> bool:
                return len(self.journal) > mark

            if not self.carrier.wait(self.journal.changed, more, until):
                raise TimeoutError(f"{self.texts} of {texts} texts came")
            # In a scenario the monitor reads at the end; here it must keep up, but need not be woken by every frame.
            self._pause.wait(50 * MILLISECOND / SECOND)
            self.findings += self.monitor.review()
            fresh = self.journal.since(seen)
            seen += len(fresh)
            self.texts += sum(isinstance(event.body, Text) for event in fresh)
        return time.monotonic_ns()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.hosted.close()
        self.carrier.close()
        self.file.close()
