"""What a monitor rule is and what it reports. The rules themselves stand in `rules_*` beside this file."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from enum import StrEnum
from types import NoneType
from typing import Protocol

from harness.journal import Direction, Event
from harness.oracle.transcript import Message
from harness.rpc.frame import Call, Frame, Result, Send


class Severity(StrEnum):
    """SHALL fails the system under test; SHOULD is reported as a warning."""

    SHALL = "SHALL"
    SHOULD = "SHOULD"


@dataclass(frozen=True, slots=True)
class Rule:
    """`source` names requirement or chapter per version; `title` says what the product does wrong."""

    id: str
    severity: Severity
    title: str
    source: str


@dataclass(frozen=True, slots=True)
class Finding:
    """One breach. `events` are journal numbers, the offending one last."""

    rule: Rule
    text: str
    events: tuple[int, ...]
    link: int = 0

    def __str__(self) -> str:
        where = ", ".join(map(str, self.events))
        return f"{self.rule.severity} {self.rule.id} ({self.rule.source}): {self.text} [journal entry {where}]"


MOST = 100
"""Of one rule; a flood has tens of thousands, and who reads them needs no more than the first and the number."""


def summed(findings: Iterable[Finding], most: int = MOST) -> list[Finding]:
    """Of each rule the first `most`, and one that counts the others."""
    told: list[Finding] = []
    counts: Counter[Rule] = Counter()
    last: dict[Rule, Finding] = {}
    for finding in findings:
        counts[finding.rule] += 1
        if counts[finding.rule] <= most:
            told.append(finding)
        else:
            last[finding.rule] = finding
    for rule, finding in last.items():
        text = f"and {counts[rule] - most} more like these; the last: {finding.text}"
        told.append(replace(finding, text=text))
    return told


See = Callable[[Message], Iterable[Finding]]

IN, OUT = Direction.IN, Direction.OUT
Kinds = tuple[type[Frame | None], ...]
CALLS: Kinds = (Call,)
REQUESTS: Kinds = (Call, Send)
RESULTS: Kinds = (Result,)
GARBAGE: Kinds = (NoneType,)


@dataclass(frozen=True, slots=True)
class Wish:
    """`see` is to be shown the messages of that direction with such `frames` (None: all, and text that is none) about
    one of `actions`, requests and answers (None: whatever they are about)."""

    see: See
    direction: Direction
    frames: Kinds | None = None
    actions: frozenset[str] | None = None

    def means(self, direction: Direction, frame: type[Frame | None], action: str) -> bool:
        """Whether such messages are to be shown."""
        if direction is not self.direction or (self.actions is not None and action not in self.actions):
            return False
        return self.frames is None or frame in self.frames


class Watcher(Protocol):
    """One rule at work over one scenario. It sees what it wishes of the messages, once, in order."""

    @property
    def rules(self) -> tuple[Rule, ...]: ...

    def wishes(self) -> Iterable[Wish]:
        """What it is to be shown of the messages, and by which method; asked once."""
        ...

    def notice(self, event: Event) -> Iterable[Finding]:
        """Any other entry of the journal."""
        ...

    def finish(self, now: int) -> Iterable[Finding]:
        """The scenario is over at monotonic `now`."""
        ...


class Quiet:
    """A watcher with nothing to say; the base of the others."""

    rules: tuple[Rule, ...] = ()

    def wishes(self) -> Iterable[Wish]:
        return ()

    def notice(self, event: Event) -> Iterable[Finding]:
        return ()

    def finish(self, now: int) -> Iterable[Finding]:
        return ()
