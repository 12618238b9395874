"""Which features exist: fixtures/catalogue/features.toml."""

from __future__ import annotations

import tomllib
from collections.abc import Iterable
from functools import cache
from pathlib import Path

from harness import resources

_EARLIER = {"2.1": ("2.0.1", "2.1")}


@cache
def _tables(file: Path) -> dict[str, dict[str, str]]:
    return tomllib.loads(file.read_text("utf-8"))


def features(versions: Iterable[str]) -> dict[str, str]:
    """Feature id -> title for these OCPP versions. Raises `resources.ResourcesMissing`."""
    tables = _tables(resources.root() / "fixtures" / "catalogue" / "features.toml")
    return {
        feature: title
        for version in versions
        for part in _EARLIER.get(version, (version,))
        for feature, title in tables.get(part, {}).items()
    }
