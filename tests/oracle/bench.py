"""Journals built by hand: one line per thing that happened, times in seconds."""

from __future__ import annotations

import json
from dataclasses import dataclass, field

from harness.facts import rfc3339
from harness.journal import Adopted, Binary, Body, Direction, Ended, Event, HandshakeRequest, HandshakeResponse, Text
from harness.journal import Journal as _Journal
from harness.oracle.findings import Finding
from harness.oracle.monitor import Limits, Monitor
from harness.oracle.transcript import Message, Transcript
from harness.rpc.dialect import DIALECTS, Role, Version
from harness.rpc.link import SECOND, Instant

IN, OUT = Direction.IN, Direction.OUT
EPOCH = 1_800_000_000 * SECOND


@dataclass
class Record:
    """A journal of `version` about `sut`, and what has been written into it so far; `start` is its first ns."""

    version: Version = "2.0.1"
    sut: Role = "station"
    now: float = 0.0
    start: int = 0
    journal: _Journal = field(default_factory=_Journal)

    def __post_init__(self) -> None:
        self.transcript = Transcript(self.journal, DIALECTS[self.version])

    def add(self, body: Body, link: int = 1, after: float = 0.0) -> Event:
        """`after` seconds later."""
        self.now += after
        passed = round(self.now * SECOND)
        return self.journal.append(link, body, Instant(self.start + passed, EPOCH + passed))

    def opened(self, link: int = 1, identity: str = "CS001", after: float = 0.0) -> None:
        direction = OUT if self.sut == "csms" else IN
        self.add(HandshakeRequest(direction, f"/ocpp/{identity}"), link, after)
        self.add(HandshakeResponse(IN if self.sut == "csms" else OUT, 101), link)

    def adopted(self, accepted: bool = True, link: int = 1) -> None:
        self.add(Adopted("ocpp", "CS001", accepted), link)

    def ended(self, link: int = 1, after: float = 0.0) -> None:
        self.add(Ended(IN, 1006), link, after)

    def theirs(self, *frame: object, link: int = 1, after: float = 0.0) -> Message:
        """A frame of the system under test."""
        return self.text(json.dumps(frame), IN, link, after)

    def ours(self, *frame: object, link: int = 1, after: float = 0.0) -> Message:
        return self.text(json.dumps(frame), OUT, link, after)

    def text(self, data: str, direction: Direction = IN, link: int = 1, after: float = 0.0) -> Message:
        event = self.add(Text(direction, data), link, after)
        return next(m for m in self.transcript.messages() if m.number == event.number)

    def binary(self, data: bytes) -> None:
        self.add(Binary(IN, data))

    def wall(self, shift: float = 0.0) -> str:
        """The present time as RFC 3339, shifted by seconds."""
        return rfc3339(EPOCH + round((self.now + shift) * SECOND))

    def findings(self, limits: Limits | None = None, later: float = 0.0) -> list[Finding]:
        """What the monitor says when the scenario ends `later` seconds from now."""
        monitor = Monitor(Transcript(self.journal, DIALECTS[self.version]), self.sut, limits or Limits())
        return monitor.finish(self.start + round((self.now + later) * SECOND))

    def rules(self, limits: Limits | None = None, later: float = 0.0) -> set[str]:
        return {finding.rule.id for finding in self.findings(limits, later)}
