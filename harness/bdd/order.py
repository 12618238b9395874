"""In which order the scenarios of a run begin."""

from __future__ import annotations

from collections.abc import Sequence

import pytest

from harness.bdd.collect import ScenarioItem
from harness.rpc.link import SECOND

LONG = 5 * SECOND
"""From here on what a scenario's lines name of times is worth being minded."""
_BY = 0.7


def in_turn(items: Sequence[pytest.Item], together: bool) -> list[pytest.Item]:
    """As they stand in the files. What cannot be taken back comes when nothing is left that it could spoil.

    Where several run at once (`together`), what takes long is spread over the first part: begun last it would keep all
    the others waiting, and what waits makes room for what computes."""
    scenarios = [(item, item.story if isinstance(item, ScenarioItem) else None) for item in items]
    lasting = [item for item, story in scenarios if story and "last" in story.tags]
    others = [(item, story) for item, story in scenarios if not (story and "last" in story.tags)]
    if not together:
        return [*(item for item, _ in others), *lasting]
    long = [item for item, story in others if story and story.named_time >= LONG]
    short = [item for item, story in others if not (story and story.named_time >= LONG)]
    placed = [(_BY * index / len(long), item) for index, item in enumerate(long)]
    placed += [(index / len(short), item) for index, item in enumerate(short)]
    return [*(item for _, item in sorted(placed, key=lambda place: place[0])), *lasting]
