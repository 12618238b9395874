"""Markdown tables, percentiles, and one line about the machine they were made on."""

from __future__ import annotations

import os
import platform
from collections.abc import Sequence


def machine() -> str:
    """Cores, Python, and how much else was running."""
    load = " / ".join(f"{value:.2f}" for value in os.getloadavg())
    return f"{os.cpu_count()} cores, Python {platform.python_version()}, load averages before the run {load}"


def table(head: Sequence[str], rows: Sequence[Sequence[object]]) -> str:
    """A Markdown table."""
    lines = [head, ["---"] * len(head), *rows]
    return "\n".join("| " + " | ".join(str(cell) for cell in line) + " |" for line in lines)


def percentile(values: Sequence[float], part: float) -> float:
    """The value that `part` of 1 of all values do not exceed."""
    ordered = sorted(values)
    return ordered[min(len(ordered) - 1, int(len(ordered) * part))]
