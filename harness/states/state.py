"""Named states: what must stand before a scenario's own story begins. Data in the vocabulary itself.

A state is brought about by acts and seen on the wire by the same questions a ``Then`` asks; where it is
not reached, the scenario is inconclusive. Messages seen on the way may be named for the scenario's use.
"""

from __future__ import annotations

from dataclasses import dataclass

from harness.rpc.dialect import Role

Rows = tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Line:
    """One sentence of the vocabulary; `keyword` "when" or "then"."""

    keyword: str
    sentence: str
    rows: Rows = ()


@dataclass(frozen=True, slots=True)
class State:
    """`sut` and `versions` tell in which features it can be named, `of` whose state it is, `after` which
    state it builds on; `tag` is what a scenario must be tagged to name it."""

    name: str
    sut: Role
    versions: tuple[str, ...]
    lines: tuple[Line, ...] = ()
    of: Role = "station"
    after: str = ""
    tag: str = ""


def do(sentence: str, *rows: tuple[str, str]) -> Line:
    """An act on the way to a state."""
    return Line("when", sentence, rows)


def see(sentence: str, *rows: tuple[str, str]) -> Line:
    """What must be seen on the wire on the way."""
    return Line("then", sentence, rows)


TWO = ("2.0.1", "2.1")
ONE = ("1.6",)
