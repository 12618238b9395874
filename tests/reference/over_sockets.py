"""What shows only in TLS: fields of a `Behaviour` whose proof is a named misbehaviour, run over sockets.

`test_misbehaviours` runs each of these against its scenarios; here they are only counted, so that no field is left
without anything that shows it."""

from __future__ import annotations

from functools import cache

from harness import resources
from harness.bdd.story import Story, stories
from harness.reference.behaviour import MISBEHAVIOURS

_BY_THE_LAB = frozenset({"clock_error"})
"""Which the Lab brings about; `tests/security/test_clock_skew.py` shows it."""


@cache
def _all() -> tuple[Story, ...]:
    files = sorted((resources.root() / "features").rglob("*.feature"))
    return tuple(story for file in files for story in stories(file))


def shown_over_sockets(peer: str, version: str) -> frozenset[str]:
    """The fields that a misbehaviour of that peer sets alone, and that scenarios over sockets are declared to catch."""
    mine = [bad for bad in MISBEHAVIOURS if bad.peer == peer and len(bad.values.get(version, ())) == 1]
    return _BY_THE_LAB | {field for bad in mine if _caught(peer, version, bad.caught_by.get(version, ()))
                          for field in bad.values[version]}  # fmt: skip


def _caught(peer: str, version: str, words: tuple[str, ...]) -> bool:
    found = [story for story in _all() if (story.sut, story.version) == (peer, version)
             and set(words) & {story.case, *story.cases}]  # fmt: skip
    return any("sockets" in story.tags for story in found)
