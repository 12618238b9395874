"""Selection by what a product is sold as: the feature profiles of 1.6, the certification profiles of 2.x.

``--profile smart-charging`` takes the scenarios of that profile, written as one likes: case, spaces, hyphens and
underscores do not matter.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import cache
from pathlib import Path

from harness import catalogue
from harness.applicability import alternatives, together
from harness.sut import catalogue as declarable

CORE = "Core"
PROFILES_16 = (
    CORE,
    "FirmwareManagement",
    "LocalAuthListManagement",
    "Reservation",
    "SmartCharging",
    "RemoteTrigger",
    "Security",
)
"""Values of SupportedFeatureProfiles, and the security whitepaper's."""


def plain(name: str) -> str:
    """A profile's name without what may be written either way."""
    return re.sub(r"[\s_-]", "", name).lower()


@cache
def certification_profiles(version: str) -> tuple[str, ...]:
    """The certification profiles of Part 5, as the catalogue has them."""
    entries = [entry for case in catalogue.cases(version).values() for entry in case.certification]
    return tuple(dict.fromkeys(entry.profile for entry in entries))


def known() -> tuple[str, ...]:
    """Every name that selects something."""
    names = (*PROFILES_16, *certification_profiles("2.0.1"), *certification_profiles("2.1"))
    return tuple(sorted({plain(name): name for name in reversed(names)}.values()))


def problem(wanted: Iterable[str]) -> str:
    """What is wrong with the names asked for, or ""."""
    names = {plain(name) for name in known()}
    unknown = [name for name in wanted if plain(name) not in names]
    return f"no profile {', '.join(unknown)}; there are {', '.join(known())}" if unknown else ""


def profiles(version: str, file: Path, needs: Iterable[str], cases: Iterable[str]) -> frozenset[str]:
    """The profiles a scenario belongs to.

    1.6: the feature profiles that it needs, else that of its folder, else Core, which every product has. 2.x: those
    for which Part 5 asks a case that it bears; none where it bears no case."""
    if version == "1.6":
        needed = frozenset(need.removeprefix("not-") for need in needs) & frozenset(PROFILES_16)
        return needed or frozenset((_of_folder(file),))
    listed = catalogue.cases(version)
    levels = (entry for id in cases if id in listed for entry in listed[id].certification)
    return frozenset(entry.profile for entry in levels if entry.level)


def _of_folder(file: Path) -> str:
    names = {plain(name): name for name in PROFILES_16}
    return next((names[plain(part)] for part in reversed(file.parent.parts) if plain(part) in names), CORE)


def selected(
    wanted: Iterable[str], version: str, file: Path, needs: Iterable[str], cases: Iterable[str]
) -> bool:
    """Whether a scenario is of one of the profiles asked for; with none asked for, each is."""
    names = {plain(name) for name in wanted}
    return not names or not names.isdisjoint(plain(name) for name in profiles(version, file, needs, cases))


def titled(needs: Iterable[str], version: str) -> str:
    """Features that a SUT file would have to declare, or must not, each with what it is."""
    titles = declarable.features((version,))
    words = []

    def shown(one: str) -> str:
        name = re.split(r"[<>=]", one.removeprefix("not-"))[0]
        return f"{one} ({titles[name]})" if name in titles else one

    for need in needs:
        choices = (map(shown, together(choice)) for choice in alternatives(need))
        words.append(" or ".join(" and ".join(choice) for choice in choices))
    return ", ".join(words)
