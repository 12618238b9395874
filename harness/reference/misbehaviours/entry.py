"""What a named misbehaviour is."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Literal

ONE = "1.6"
TWO = "2.0.1"
EVERYTHING = "inconclusive:*"
"""In `caught_by`: no scenario can be brought to a verdict, except those that fail."""


@dataclass(frozen=True, slots=True)
class Misbehaviour:
    """One thing that one practice opponent does wrong.

    `values`, per version: the fields of the peer's `Behaviour` that differ. `bugs` are numbers of the list of
    field bugs that the harness was built to find; none for what only came close to that list.

    `caught_by`, per version, names whose verdicts change: ``rule:ID`` a rule of the monitor that fires, a public
    case id or the slug of a title a scenario that fails, ``inconclusive:SLUG`` (or EVERYTHING) one that cannot be
    brought to a verdict, with `reason` standing in what the user is told. `excuse`, per version, says why
    nobody can be asked to notice. `identity` is the station's, where the usual one would hide the fault.
    """

    name: str
    peer: Literal["station", "csms"]
    bugs: tuple[int, ...]
    meaning: str
    values: Mapping[str, Mapping[str, Any]]
    caught_by: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    excuse: Mapping[str, str] = field(default_factory=dict)
    reason: str = ""
    identity: str = ""
