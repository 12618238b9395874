"""What a monitor rule is and what it reports. The rules themselves stand in `rules_*` beside this file."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import Protocol

from harness.journal import Direction, Event
from harness.oracle.transcript import Message


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


class Watcher(Protocol):
    """One rule at work over one scenario. It sees what it wants of the messages, once, in order."""

    @property
    def rules(self) -> tuple[Rule, ...]: ...

    @property
    def directions(self) -> frozenset[Direction]:
        """Of the messages that it wants to see."""
        ...

    @property
    def actions(self) -> frozenset[str] | None:
        """Of the messages that it wants to see, answers included; None: whatever action they have."""
        ...

    def see(self, message: Message) -> Iterable[Finding]:
        """A text message passed."""
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
    directions: frozenset[Direction] = frozenset(Direction)
    actions: frozenset[str] | None = None

    def see(self, message: Message) -> Iterable[Finding]:
        return ()

    def notice(self, event: Event) -> Iterable[Finding]:
        return ()

    def finish(self, now: int) -> Iterable[Finding]:
        return ()
