"""Processes that prove side by side begin one after the other. No process is started here, and nobody waits."""

from __future__ import annotations

from typing import Any

import pytest

from harness.proof import several
from harness.proof.mutant import StoryProof
from harness.proof.several import STAGGER, together
from harness.stopping import Stopping


class _Pretended:
    """A worker that has answered whenever it is asked to."""

    def __init__(self, *_: object) -> None:
        self.busy: Any = None
        self.line = self

    def give(self, pair: Any) -> None:
        self.busy = pair

    def take(self) -> StoryProof:
        name, self.busy = self.busy, None
        return StoryProof(str(name), "", "")

    def end(self) -> None:
        assert self.busy is None


@pytest.mark.parametrize(("answering", "waits"), [
    (lambda busy, patience: [] if patience else busy, [(1, STAGGER), (2, STAGGER), (3, None), (2, None)]),
    (lambda busy, patience: busy, [(1, STAGGER), (2, STAGGER), (2, None)]),
])
def test_they_begin_one_after_the_other(monkeypatch: pytest.MonkeyPatch, answering: Any, waits: Any) -> None:
    """How many are at work at each wait, and for how long it is waited before another begins."""
    seen: list[tuple[int, float | None]] = []

    def waiting(busy: list[Any], patience: float | None) -> list[Any]:
        seen.append((len(busy), patience))
        return list(answering(busy, patience))

    monkeypatch.setattr(several, "_Worker", _Pretended)
    monkeypatch.setattr(several, "wait", waiting)
    told: list[str] = []
    pairs: Any = [1, 2, 3, 4, 5]
    together(pairs, 3, lambda story, sut: StoryProof("", "", ""), lambda proof: told.append(proof.id),
             Stopping(lambda text: None))
    assert seen == waits
    assert sorted(told) == ["1", "2", "3", "4", "5"]
