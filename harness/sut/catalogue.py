"""Which features exist: fixtures/catalogue/features.toml, where the harness runs from its repository."""

from __future__ import annotations

import tomllib
from collections.abc import Iterable
from pathlib import Path

FEATURES = Path(__file__).parents[2] / "fixtures" / "catalogue" / "features.toml"
_EARLIER = {"2.1": ("2.0.1", "2.1")}


def features(versions: Iterable[str], file: Path = FEATURES) -> dict[str, str]:
    """Feature id -> title for these OCPP versions; empty where there is no catalogue (nothing is refused then)."""
    if not file.is_file():
        return {}
    tables = tomllib.loads(file.read_text("utf-8"))
    return {
        feature: title
        for version in versions
        for part in _EARLIER.get(version, (version,))
        for feature, title in tables.get(part, {}).items()
    }
