"""What is wrong with a SUT file, where, and how to mend it."""

from __future__ import annotations

import difflib
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True, slots=True, order=True)
class Problem:
    """One fault. `line` counts from 1, 0 where no line is to blame; `key` is dotted, "" for the file."""

    line: int
    key: str
    what: str
    mend: str


class SutFileError(Exception):
    """The SUT file cannot be used; `problems` are all of its faults, in the order of their lines."""

    def __init__(self, file: Path, problems: Iterable[Problem]) -> None:
        self.file = file
        self.problems = tuple(sorted(set(problems)))
        super().__init__(render(file, self.problems))


def render(file: Path, problems: Iterable[Problem]) -> str:
    """One line per problem: ``FILE:LINE: key: what is wrong. Mend: ...``; no line where none is to blame."""
    def place(problem: Problem) -> str:
        line = f":{problem.line}" if problem.line else ""
        return f"{file}{line}: {problem.key + ': ' if problem.key else ''}"

    return "\n".join(f"{place(problem)}{problem.what}. Mend: {problem.mend}." for problem in problems)


def nearest(name: str, known: Iterable[str]) -> str:
    """The mend for an unknown name: the one that was probably meant, else all that exist."""
    names = sorted(known)
    lowered = {candidate.lower(): candidate for candidate in names}
    close = difflib.get_close_matches(name.lower(), lowered, n=1, cutoff=0.6)
    if close:
        return f'did you mean "{lowered[close[0]]}"? Otherwise remove it'
    return "use one of " + ", ".join(names) if names else "remove it"
