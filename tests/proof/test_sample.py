"""A spread sample of the real features: every scenario of the sample is proven, line by line, mutant by mutant.

`ocpp-harness prove` proves them all.
"""

from __future__ import annotations

import pytest

from harness.bdd.story import Story
from harness.proof.matrix import shortcomings, totals
from harness.proof.prove import prove
from harness.proving import chosen
from tests.proof.bench import sut_of

EVERY = 5
PIECES = 8


def sample() -> list[Story]:
    return [story for story in chosen((), (), EVERY) if "sockets" not in story.tags]


@pytest.mark.parametrize("piece", range(PIECES))
def test_a_sample_of_the_features_is_proven(piece: int) -> None:
    """In pieces, so that several processes can share the work."""
    stories = sample()[piece::PIECES]
    assert stories
    proofs = prove(stories, {(story.sut, story.version): sut_of(story) for story in stories})
    assert {proof.id: shortcomings(proof) for proof in proofs if not proof.proven} == {}
    counted = totals(proofs)
    assert counted["killed"] + counted["equivalent"] == counted["mutants"] >= len(proofs)
