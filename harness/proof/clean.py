"""The clean run, as mutants are derived from it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from harness.oracle.checks import Check
from harness.oracle.transcript import Message, Transcript
from harness.proof.mutant import Sabotage, Selector
from harness.rpc.frame import Error, Result
from harness.rpc.link import MILLISECOND
from harness.setting import Setting

Made = Iterator[tuple[str, Sabotage, str]]
"""Mutants of a check: kind, what is done, and that in words."""

MARGIN = 200 * MILLISECOND
"""How far beyond a limit a mutant goes (ns)."""


@dataclass(frozen=True, slots=True)
class Clean:
    """The clean run: its transcript and setting, and which frame of the SUT each entry was."""

    transcript: Transcript
    setting: Setting
    selectors: Mapping[int, Selector]
    files: Mapping[str, bytes] = field(default_factory=dict)

    def message(self, number: int) -> Message:
        return next(m for m in self.transcript.messages() if m.number == number)


def answers_of(clean: Clean) -> dict[Selector, Result | Error | None]:
    """How we answered each CALL of the SUT in the clean run; None where we did not."""
    found: dict[Selector, Result | Error | None] = {}
    for number, selector in clean.selectors.items():
        if selector.kind == 2:
            answer = clean.transcript.answer_to(clean.message(number))
            frame = answer.frame if answer else None
            found[selector] = frame if isinstance(frame, Result | Error) else None
    return found


def targets_of(check: Check, clean: Clean) -> tuple[Selector, ...]:
    """The frames that the check claimed."""
    return tuple(clean.selectors[number] for number in check.claimed if number in clean.selectors)
