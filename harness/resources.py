"""Where the files that are data lie: `features/`, `certs/` and `fixtures/`.

In a checkout they stand beside the package; a wheel carries them inside it, under `harness/_data`.
"""

from __future__ import annotations

from functools import cache
from pathlib import Path

_PACKAGE = Path(__file__).resolve().parent
_ROOMS = ("features", "certs", "fixtures")


class ResourcesMissing(RuntimeError):
    """The package was taken apart: its data files are not where an installation puts them."""


def located(package: Path) -> Path:
    """The folder with `features`, `certs` and `fixtures` that belongs to the package at `package`.

    What is packaged inside wins, so that an installed harness never reads a stranger's folder beside it.
    Raises ResourcesMissing."""
    for candidate in (package / "_data", package.parent):
        if all((candidate / room).is_dir() for room in _ROOMS):
            return candidate
    raise ResourcesMissing(f"none of {', '.join(_ROOMS)} found for the package at {package}; install it again")


@cache
def root() -> Path:
    """The folder that holds `features`, `certs` and `fixtures`. Raises ResourcesMissing."""
    return located(_PACKAGE)
