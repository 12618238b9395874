"""What the suite covers of the public catalogue: cases per block and role, and numbered requirements."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from rich.console import Console
from rich.table import Table

from harness import catalogue
from harness.feature_profiles import plain
from harness.listing import Entry


@dataclass(frozen=True, slots=True)
class Cell:
    """One version, role and block (1.6 has no blocks): the case ids that scenarios name, and those nobody names."""

    version: str
    sut: str
    block: str
    present: tuple[str, ...]
    missing: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Coverage:
    """`profile` "" counts every published case; `unknown` are case tags that no catalogue knows."""

    profile: str
    cells: tuple[Cell, ...]
    requirements: tuple[str, ...]
    uncovered: tuple[str, ...]
    unknown: tuple[str, ...]
    unobservable: Mapping[str, str]
    """Of `uncovered` those that no message can show, each with the reason."""

    def to_json(self) -> dict[str, Any]:
        return {
            "profile": self.profile,
            "cases": [
                {"version": c.version, "sut": c.sut, "block": c.block, "present": list(c.present),
                 "missing": list(c.missing)}
                for c in self.cells
            ],
            "requirements": {"covered": list(self.requirements), "uncovered": list(self.uncovered),
                             "unobservable": dict(self.unobservable)},
            "unknown_cases": list(self.unknown),
        }


def coverage(entries: Iterable[Entry], profile: str = "") -> Coverage:
    """Compare the scenarios' tags with the catalogue, for one certification profile (2.0.1) or for all cases."""
    entries = tuple(entries)
    named = {case for entry in entries for case in entry.cases}
    cells: list[Cell] = []
    known: set[str] = set()
    for version in ("1.6", "2.0.1"):
        groups: dict[tuple[str, str], list[str]] = {}
        for case in catalogue.cases(version).values():
            known.add(case.id)
            if in_profile(case, profile):
                groups.setdefault((case.sut, case.block), []).append(case.id)
        for (sut, block), ids in sorted(groups.items()):
            present = tuple(id for id in ids if id in named)
            cells.append(Cell(version, sut, block, present, tuple(id for id in ids if id not in named)))
    table = [r.id for r in catalogue.requirements("2.0.1").values() if r.origin == "table"]
    hidden = catalogue.unobservable("2.0.1")
    covered = {requirement for entry in entries for requirement in entry.requirements}
    return Coverage(
        profile,
        tuple(cells),
        tuple(id for id in table if id in covered),
        tuple(id for id in table if id not in covered),
        tuple(sorted(named - known)),
        {id: why for id, why in hidden.items() if id in table and id not in covered},
    )


def in_profile(case: catalogue.Case, profile: str) -> bool:
    """Whether a certification profile asks for the case; "" asks for every one, 1.6 knows no profiles here."""
    if not profile:
        return True
    return any(plain(entry.profile) == plain(profile) and entry.level for entry in case.certification)


def print_coverage(found: Coverage) -> None:
    """As a table, the missing cases named."""
    table = Table("version", "under test", "block", "cases", "missing")
    for cell in found.cells:
        total = len(cell.present) + len(cell.missing)
        table.add_row(cell.version, cell.sut, cell.block, f"{len(cell.present)} of {total}", " ".join(cell.missing))
    console = Console()
    console.print(table)
    for version in ("1.6", "2.0.1"):
        mine = [cell for cell in found.cells if cell.version == version]
        present = sum(len(cell.present) for cell in mine)
        total = present + sum(len(cell.missing) for cell in mine)
        if total:
            console.print(f"OCPP {version}: {present} of {total} cases")
    total = len(found.requirements) + len(found.uncovered)
    console.print(f"OCPP 2.0.1 requirements: {len(found.requirements)} of {total}")
    for why in dict.fromkeys(found.unobservable.values()):
        ids = " ".join(id for id, reason in found.unobservable.items() if reason == why)
        console.print(f"not observable on the wire: {ids}: {why}")
    if found.unknown:
        console.print("case tags that no catalogue knows: " + " ".join(found.unknown))
