"""Nobody outside the four rooms of the real world asks for the time of day.

The import contracts (`make check`) keep `time`, `socket` and the like out; `datetime` cannot be kept out,
because it also writes and reads timestamps, so its clock is looked for here.
"""

from __future__ import annotations

import ast
from pathlib import Path

import pytest

HARNESS = Path(__file__).resolve().parents[1] / "harness"
REAL_WORLD = {"wire", "drivers", "transfer", "security"}
CLOCKS = {"now", "utcnow", "today"}
CLASSES = {"datetime", "date"}


def clock_readings(source: str) -> list[int]:
    """The lines that read datetime's clock: datetime.now(), date.today() and their like."""
    return sorted(
        node.lineno
        for node in ast.walk(ast.parse(source))
        if isinstance(node, ast.Attribute) and node.attr in CLOCKS and _name(node.value) in CLASSES
    )


def _name(node: ast.expr) -> str:
    if isinstance(node, ast.Attribute):
        return node.attr
    return node.id if isinstance(node, ast.Name) else ""


def test_time_is_handed_in():
    found = {
        path.relative_to(HARNESS).as_posix(): clock_readings(path.read_text("utf-8"))
        for path in sorted(HARNESS.rglob("*.py"))
        if path.relative_to(HARNESS).parts[0] not in REAL_WORLD
    }
    assert len(found) > 20
    assert {path: lines for path, lines in found.items() if lines} == {}


@pytest.mark.parametrize(
    "source", ["datetime.now(UTC)", "datetime.datetime.utcnow()", "date.today()", "f = datetime.now"]
)
def test_a_look_at_the_clock_is_seen(source):
    assert clock_readings(source) == [1]


@pytest.mark.parametrize("source", ["carrier.now()", "datetime.fromtimestamp(0, UTC)", "now = 3"])
def test_what_is_no_clock_is_left_alone(source):
    assert clock_readings(source) == []
