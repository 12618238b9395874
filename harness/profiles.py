"""The SUT of a scenario by its security profile: the practice opponents exist for every profile, a product for one."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from functools import lru_cache
from pathlib import Path

from harness.bdd.story import Story
from harness.sut import Named, Sut, load

_load = lru_cache(maxsize=32)(load)


def wanted(story: Story) -> frozenset[int]:
    """The security profiles that a scenario is about; none: whatever the SUT has."""
    return frozenset(int(tag.removeprefix("profile:")) for tag in story.tags if tag.startswith("profile:"))


def sut_of(story: Story, suts: Mapping[tuple[str, str], Sut]) -> Sut:
    """Who is judged by a story: the SUT of its role and version; a practice opponent in the story's profile."""
    sut = suts[story.sut, story.version]
    profiles = wanted(story)
    practised = isinstance(sut.drivers.default, Named) and sut.drivers.default.driver == "reference"
    if not profiles or sut.connection.security_profile in profiles or not practised:
        return sut
    return _with_profile(sut.file, min(profiles))


@lru_cache(maxsize=64)
def _with_profile(file: Path, profile: int) -> Sut:
    """The practice opponent of `file` in another profile: 2 has a file of its own, 3 has no password.

    A copy of `file` that stands alone stays in its profile, and the story does not apply to it."""
    if profile < 2:
        sut = _load(file)
        return replace(sut, connection=sut.connection.model_copy(update={"security_profile": profile}))
    secured = file.with_name(f"{file.stem.removesuffix('-tls')}-tls.toml")
    if not secured.is_file():
        return _load(file)
    sut = _load(secured)
    if profile == 2:
        return sut
    return replace(sut, connection=sut.connection.model_copy(update={"security_profile": 3, "password": None}))


def missing(story: Story, sut: Sut) -> str:
    """Why the story does not apply to the SUT's security profile, or ""."""
    profiles = wanted(story)
    if not profiles or sut.connection.security_profile in profiles:
        return ""
    asked = " or ".join(map(str, sorted(profiles)))
    return f"it is about security profile {asked}; the SUT file says {sut.connection.security_profile}"
