"""What a driver is, and what becomes of asking it. A driver's word is no evidence: only the wire is."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

from harness.intents import Intent
from harness.oracle.verdict import HarnessFault


@dataclass(frozen=True, slots=True)
class Done:
    """It was done; `at` is the monotonic clock in ns, `text` what the driver has to say."""

    at: int
    text: str = ""


@dataclass(frozen=True, slots=True)
class CannotDo:
    """It was not done, and the scenario stays inconclusive; `reason` is a sentence for the report."""

    reason: str


Outcome = Done | CannotDo


class Driver(Protocol):
    """Brings one act about. Called from the scenario's thread, one call at a time."""

    def perform(self, intent: Intent, parameters: Mapping[str, object], deadline: float) -> Outcome:
        """Carry out `intent` within `deadline` seconds; return `CannotDo` rather than raise.

        `parameters` are those of the intent's sentences, all filled in; a token comes as `token` (its id),
        `type` and `group`, a request of a CSMS as `station`, `action` and `payload`."""
        ...


class DriverFault(HarnessFault):
    """A driver that cannot be loaded, or that raised instead of saying what it cannot do."""


@dataclass(frozen=True, slots=True)
class Surroundings:
    """What a driver may know of the run besides its parameters. `folder` is that of the SUT file."""

    station: str
    version: str
    folder: Path
    hosts: tuple[str, ...] = ()

    def values(self, intent: Intent, parameters: Mapping[str, object]) -> dict[str, object]:
        """Every placeholder of `harness.sut.template` but "kebab-action" and its value."""
        return {"payload": {}, "station": self.station, "version": self.version, "intent": intent.name, **parameters}
