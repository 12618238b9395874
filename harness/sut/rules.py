"""What must hold between the values of a SUT file, beyond the type of each."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from harness.sut.model import Tables

Broken = tuple[tuple[str | int, ...], str, str]
"""Where (a path of keys), what is wrong, how to mend it."""


def broken(tables: Tables, folder: Path) -> tuple[Broken, ...]:
    """Every rule that the file breaks. Reads the files that [tls] names, nothing else."""
    return tuple(problem for rule in _RULES for problem in rule(tables, folder))


def _evses(tables: Tables, _: Path) -> Iterator[Broken]:
    for index, evse in enumerate(tables.station.evses):
        if evse.id != index + 1:
            yield ("station", "evses", index, "id"), f"EVSE id {evse.id} stands where {index + 1} is due", \
                "number the EVSEs 1, 2, 3 ... in this order"


_RULES = (_evses,)
