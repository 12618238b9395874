"""Mutants that no honest check can kill, declared beside the scenario with the reason.

A comment directly above the ``Then`` line::

    # equivalent delay: the requirement gives no deadline, so a late message is still conforming
    Then the station sends StatusNotification

The word after ``equivalent`` is the mutant's kind, with wildcards. The declaration itself fails when the
mutant dies after all.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from pathlib import Path

_COMMENT = re.compile(r"\s*# equivalent (?P<kind>.+?): (?P<reason>.+)")


@dataclass(frozen=True, slots=True)
class Declaration:
    """`line` is the number of the step below the comment, `kind` a pattern for `Mutant.kind`."""

    line: int
    kind: str
    reason: str


@cache
def declarations(file: Path) -> tuple[Declaration, ...]:
    """All declarations of a feature file."""
    found: list[Declaration] = []
    waiting: list[tuple[str, str]] = []
    for number, text in enumerate(file.read_text("utf-8").splitlines(), start=1):
        comment = _COMMENT.fullmatch(text)
        if comment:
            waiting.append((comment["kind"], comment["reason"]))
        elif text.strip() and not text.lstrip().startswith("#"):
            found += [Declaration(number, kind, reason) for kind, reason in waiting]
            waiting = []
    return tuple(found)
