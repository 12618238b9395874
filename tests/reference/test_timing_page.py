"""docs/timing.md: every scenario and every misbehaviour that it names is there, in that edition and role."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from harness.bdd.story import Story
from harness.proving import chosen
from harness.reference.misbehaviours import MISBEHAVIOURS

PAGE = (Path(__file__).parents[2] / "docs" / "timing.md").read_text("utf-8")
STATION, CSMS = PAGE.split("\n## ")[1:]
ROWS = [
    (role, *(cell.strip() for cell in line.strip("|").split("|")))
    for role, part in (("station", STATION), ("csms", CSMS))
    for line in part.splitlines() if line.startswith("| ") and not line.startswith("| clock")
]
SLUG = re.compile(r"[^a-z0-9]+")


def slug(text: str) -> str:
    return SLUG.sub("-", text.lower()).strip("-")


@pytest.fixture(scope="module")
def known() -> dict[tuple[str, str, str], list[Story]]:
    found: dict[tuple[str, str, str], list[Story]] = {}
    for story in chosen((), (), 1):
        found.setdefault((story.sut, story.version, slug(story.title)), []).append(story)
    return found


@pytest.mark.parametrize("row", ROWS, ids=lambda row: f"{row[0]} {row[1]}")
def test_every_scenario_is_there(row: tuple[str, ...], known: dict[tuple[str, str, str], list[Story]]) -> None:
    role, _, *cells, _ = row
    for version, cell in zip(("1.6", "2.0.1"), cells, strict=True):
        named = re.findall(r"`([^`]+)`", cell)
        assert named or cell == "-"
        for title in named:
            stories = known.get((role, version, title))
            assert stories, f"no scenario {title!r} for a {role} of {version}"
            assert ("long" in stories[0].tags) == ("**long**" in cell)


@pytest.mark.parametrize("row", ROWS, ids=lambda row: f"{row[0]} {row[1]}")
def test_every_misbehaviour_is_there_and_is_caught_by_the_scenario_beside_it(row: tuple[str, ...]) -> None:
    role, _, *cells, bad = row
    titles = set(re.findall(r"`([^`]+)`", " ".join(cells)))
    caught = False
    for name in re.findall(r"`([^`]+)`", bad):
        found = [one for one in MISBEHAVIOURS if (one.peer, one.name) == (role, name)]
        assert found, f"no misbehaviour {name!r} of a {role}"
        names = {slug(who) for who_all in found[0].caught_by.values() for who in who_all}
        caught = caught or bool(titles & names) or any(who.startswith(("tc-", "rule-")) for who in names)
    assert caught or not bad
