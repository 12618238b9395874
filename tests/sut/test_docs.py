"""docs/sut-files.md names every key, intent, preset and placeholder, with the default that holds."""

from __future__ import annotations

import re
from typing import Any

import pytest
from pydantic import BaseModel

from harness.intents import INTENTS
from harness.resources import root
from harness.sut import binding, model
from harness.sut.presets import PRESETS
from harness.sut.template import PLACEHOLDERS

GUIDE = root() / "docs" / "sut-files.md"
pytestmark = pytest.mark.skipif(not GUIDE.is_file(), reason="the guide is in the repository, not in the package")

TABLES: list[tuple[str, type[BaseModel]]] = [
    ("`[sut]`", model.Product),
    ("`[connection]`", model.Connection),
    ("`[tls]`", model.Tls),
    ("`[station]`", model.Station),
    ("`[tokens]`", model.Tokens),
    ("`[features]`", model.Features),
    ("`[timing]`", model.Timing),
    ("`[transfer]`", model.Transfer),
    ("`[firmware]`", model.Firmware),
    ("`[load]`", model.Load),
    ("`[attack]`", model.Attack),
    ("`[drivers]`", binding.Drivers),
    ("Bindings", binding.Http),
]


def section(title: str) -> str:
    """The text under the heading that begins with `title`."""
    parts = re.split(r"^#+ ", GUIDE.read_text("utf-8"), flags=re.MULTILINE)
    (found,) = (part for part in parts if part.startswith(title))
    return found


@pytest.mark.parametrize(("title", "table"), TABLES, ids=[title for title, _ in TABLES])
def test_every_key_is_described(title: str, table: type[BaseModel]) -> None:
    described = set(re.findall(r"`([a-z_]+)`", section(title)))
    assert set(table.model_fields) <= described


def test_every_table_of_the_file_has_its_section() -> None:
    for name in model.Tables.model_fields:
        assert section(f"`[{name}]`")


@pytest.mark.parametrize("table", [model.Timing, model.Attack, model.Station, model.Product, model.Connection])
def test_the_defaults_are_those_that_hold(table: type[BaseModel]) -> None:
    rows = dict(re.findall(r"^\| `(\w+)` \| `([^`]+)` \|", GUIDE.read_text("utf-8"), flags=re.MULTILINE))
    for name, field in table.model_fields.items():
        if name != "evses" and field.default is not None and not field.is_required():
            assert _written(field.default) == rows[name], name


def _written(value: Any) -> str:
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, int):
        return str(value)
    return f'"{value}"' if isinstance(value, str) else f"{value:g}"


def test_every_intent_preset_and_placeholder_is_there() -> None:
    text = GUIDE.read_text("utf-8")
    for name in (*INTENTS, *(f'"{preset}"' for preset in PRESETS), *(f"{{{name}}}" for name in PLACEHOLDERS)):
        assert f"`{name}`" in text, name
