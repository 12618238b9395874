"""What scenarios there are: for people as a table, for programs as JSON."""

from __future__ import annotations

import fnmatch
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from rich.console import Console
from rich.table import Table

from harness import feature_profiles, resources
from harness.bdd.story import Story, stories
from harness.report.console import counted


@dataclass(frozen=True, slots=True)
class Entry:
    """One scenario with all the versions it runs in."""

    id: str
    title: str
    feature: str
    sut: str
    versions: tuple[str, ...]
    cases: tuple[str, ...]
    requirements: tuple[str, ...]
    profiles: tuple[str, ...] = ()
    runs: int = 1
    """How many scenarios that makes in a run: one for each version and row of examples."""

    def to_json(self) -> dict[str, Any]:
        return {
            "id": self.id,
            "title": self.title,
            "feature": self.feature,
            "sut": self.sut,
            "versions": list(self.versions),
            "cases": list(self.cases),
            "requirements": list(self.requirements),
            "profiles": list(self.profiles),
            "runs": self.runs,
        }


def files(paths: tuple[str, ...]) -> list[Path]:
    """The feature files named, below folders too; all of ours where none is named. Raises ValueError."""
    found: list[Path] = []
    for path in map(Path, paths) if paths else [resources.root() / "features"]:
        if not path.exists():
            raise ValueError(f"{path}: no such file or folder")
        if not path.is_dir() and (path.suffix != ".feature" or not path.is_file()):
            raise ValueError(f"{path} is no .feature file")
        found += sorted(path.rglob("*.feature")) if path.is_dir() else [path]
    return [file.resolve() for file in found]


def scenarios(
    paths: tuple[str, ...], cases: tuple[str, ...], requirements: tuple[str, ...], profiles: tuple[str, ...] = ()
) -> list[Entry]:
    """The scenarios of these files, one entry each. Raises ValueError for a file that cannot be collected."""
    groups: dict[str, list[Story]] = {}
    for file in files(paths):
        for story in stories(file):
            if not feature_profiles.selected(profiles, story.version, file, story.needs, story.cases):
                continue
            groups.setdefault(f"{_shown(file)}::{story.case}", []).append(story)
    entries = [_entry(id, group) for id, group in groups.items()]
    return [e for e in entries if _any(e.cases, cases) and _any(e.requirements, requirements)]


def _any(names: tuple[str, ...], globs: tuple[str, ...]) -> bool:
    return not globs or any(fnmatch.fnmatchcase(name, glob) for name in names for glob in globs)


def _entry(id: str, group: list[Story]) -> Entry:
    first = group[0]
    versions = tuple(dict.fromkeys(story.version for story in group))
    profiles = frozenset[str]().union(
        *(feature_profiles.profiles(s.version, s.file, s.needs, s.cases) for s in group)
    )
    return Entry(
        id, first.title, first.feature, first.sut, versions, first.cases, first.requirements, tuple(sorted(profiles)),
        len(group),
    )


def _shown(file: Path) -> str:
    try:
        return file.relative_to(resources.root()).as_posix()
    except ValueError:
        return str(file)


def print_table(entries: list[Entry]) -> None:
    """Grouped by feature file."""
    table = Table("case", "versions", "what the product does", "requirements")
    for column in table.columns:
        column.overflow = "fold"
    last = ""
    for entry in entries:
        file, _, case = entry.id.partition("::")
        if file != last:
            table.add_section()
            table.add_row(f"[bold]{file}", "", f"[bold]{entry.feature}", "")
            last = file
        table.add_row(case, " ".join(entry.versions), entry.title, " ".join(entry.requirements))
    console = Console()
    console.print(table)
    runs = sum(entry.runs for entry in entries)
    console.print(f"{counted(len(entries), 'scenario')}" + (f"; {runs} with each version and row of examples"
                                                           if runs != len(entries) else ""))
