"""What OCPP asks for, as ids: requirements, the public test cases, and what certification makes of them.

Read from `fixtures/catalogue/*.csv`. These are facts without text: an id leads to the published document.
Sources: OCPP 2.0.1 edition 4 Part 2, 5 and 6 with the errata of 2026-04; OCPP 2.1 edition 2 Part 5; the OCPP
1.6 test-case documents of 2024-04 and 2026-02.
"""

from __future__ import annotations

import csv
import re
import tomllib
from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from types import MappingProxyType
from typing import Literal

from harness import resources

Sut = Literal["station", "csms"]
Level = Literal["M", "C", ""]
Origin = Literal["table", "chapter", "errata", "test case"]


@dataclass(frozen=True, slots=True)
class Requirement:
    """A numbered requirement of 2.0.1 Part 2.

    `block` is the functional block's name. `origin`: the id stands in the table of its use case, only in a
    chapter, only in the errata, or nowhere but in a test case that cites it."""

    id: str
    use_case: str
    block: str
    origin: Origin


@dataclass(frozen=True, slots=True)
class Certification:
    """What one certification profile asks of a case.

    `level` M mandatory, C where `condition` holds, "" where the published table does not tell.
    `condition` is a boolean expression of feature ids ("C-16", "not C-13 and (HFS-8 > 1)"); it is "" when
    there is none or when it is not known for certain. `features` are the ids that it names: a case of level C
    without condition depends on them in a way that Part 5 tells."""

    profile: str
    level: Level
    condition: str
    features: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Case:
    """A public test case. `sut` is the system under test, `block` the letter of the functional block
    ("" in 1.6), `use_cases` like "B01" or "E06.S3" (a scenario of a use case), `editions` (1.6 only) the
    editions of the test-case document that have it."""

    id: str
    sut: Sut
    block: str
    use_cases: tuple[str, ...]
    requirements: tuple[str, ...]
    certification: tuple[Certification, ...]
    editions: tuple[str, ...]


class UnknownId(LookupError):
    """No requirement or no test case has that id, or the version has no catalogue."""


def _rows(name: str) -> tuple[dict[str, str], ...]:
    path = resources.root() / "fixtures" / "catalogue" / name
    with path.open(encoding="utf-8", newline="") as file:
        return tuple(csv.DictReader(file))


def _words(text: str) -> tuple[str, ...]:
    return tuple(text.split())


@cache
def _certification(name: str) -> Mapping[str, tuple[Certification, ...]]:
    found: dict[str, list[Certification]] = defaultdict(list)
    for row in _rows(name):
        level: Level = row["level"]  # type: ignore[assignment]  # the tests check every value
        found[row["case"]].append(Certification(row["profile"], level, row["condition"], _words(row["features"])))
    return MappingProxyType({case: tuple(entries) for case, entries in found.items()})


def _role(case: str) -> Sut:
    return "csms" if case.endswith("_CSMS") else "station"


def _cases_16() -> tuple[Case, ...]:
    return tuple(
        Case(row["id"], _role(row["id"]), "", (), (), (), _words(row["editions"])) for row in _rows("cases-16.csv")
    )


def _cases_201() -> tuple[Case, ...]:
    levels = _certification("certification-201.csv")
    return tuple(
        Case(
            row["id"],
            _role(row["id"]),
            row["block"],
            _words(row["use_cases"]),
            _words(row["requirements"]),
            levels.get(row["id"], ()),
            (),
        )
        for row in _rows("cases-201.csv")
    )


def _cases_21() -> tuple[Case, ...]:
    older = {case.id: case for case in _cases_201()}
    return tuple(
        Case(
            case,
            _role(case),
            case[3],
            older[case].use_cases if case in older else (),
            older[case].requirements if case in older else (),
            certification,
            (),
        )
        for case, certification in _certification("certification-21.csv").items()
    )


_CASES = MappingProxyType({"1.6": _cases_16, "2.0.1": _cases_201, "2.1": _cases_21})


@cache
def cases(version: str) -> Mapping[str, Case]:
    """Every test case of a version by id, in the document's order. Raises UnknownId.

    For 2.1 these are the cases of Part 5; use cases and requirements are known for those that 2.0.1 has."""
    if version not in _CASES:
        raise UnknownId(f"no catalogue for OCPP {version}; known are {', '.join(_CASES)}")
    return MappingProxyType({case.id: case for case in _CASES[version]()})


def case(version: str, id: str) -> Case:
    """One test case. Raises UnknownId."""
    known = cases(version)
    if id not in known:
        raise UnknownId(f"OCPP {version} has no test case {id}")
    return known[id]


@cache
def requirements(version: str) -> Mapping[str, Requirement]:
    """Every numbered requirement by id; 1.6 numbers none. Raises UnknownId.

    For 2.1 the answer is that of 2.0.1: what 2.1 adds has no catalogue here."""
    if version not in _CASES:
        raise UnknownId(f"no catalogue for OCPP {version}; known are {', '.join(_CASES)}")
    if version == "1.6":
        return MappingProxyType({})
    origins: list[Requirement] = []
    for row in _rows("requirements-201.csv"):
        origin: Origin = row["origin"]  # type: ignore[assignment]  # the tests check every value
        origins.append(Requirement(row["id"], row["use_case"], row["block"], origin))
    return MappingProxyType({requirement.id: requirement for requirement in origins})


def requirement(version: str, id: str) -> Requirement:
    """One requirement; the id in any of the spellings `normalised` takes. Raises UnknownId."""
    known, name = requirements(version), normalised(id)
    if name not in known:
        raise UnknownId(f"OCPP {version} has no requirement {id}")
    return known[name]


_SPELLING = re.compile(r"\s*([A-S])(\d{1,2})\s*\.?\s*FR\s*\.?\s*(\d{1,3})\s*", re.IGNORECASE)


def normalised(id: str) -> str:
    """The one spelling of a requirement id: "b1.fr.3" and "B01.FR.03" are "B01.FR.03". Raises UnknownId."""
    match = _SPELLING.fullmatch(id)
    if match is None:
        raise UnknownId(f"{id!r} is no requirement id; one looks like B01.FR.03")
    return f"{match[1].upper()}{int(match[2]):02}.FR.{int(match[3]):02}"


@cache
def unobservable(version: str) -> Mapping[str, str]:
    """The requirements that no message can show, each with the reason. Raises UnknownId."""
    known = requirements(version)
    path = resources.root() / "fixtures" / "catalogue" / "not-observable.toml"
    groups = tomllib.loads(path.read_text("utf-8"))["reason"]
    return MappingProxyType({id: group["why"] for group in groups for id in group["ids"] if id in known})
