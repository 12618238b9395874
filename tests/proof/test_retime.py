"""Every kind of wrong time is tried, and only what the shape must reject is called a mutant."""

from __future__ import annotations

from itertools import accumulate

import pytest
from hypothesis import given
from hypothesis import strategies as st

from harness.oracle.timing import Aligned, Between, Call, Growing, Random, Shape, gaps_of
from harness.proof.retime import between, delays
from harness.rpc.link import MILLISECOND, SECOND

TOLERANCE, UNSURE = 200 * MILLISECOND, 5 * MILLISECOND


def words(shape: Shape, *gaps: float, start: int = 0, chained: bool = False) -> set[str]:
    stamps = list(accumulate((round(gap * SECOND) for gap in gaps), initial=start))
    return {word for word, _ in delays(shape, stamps, stamps, TOLERANCE, UNSURE, chained)}


@pytest.mark.parametrize(("shape", "gaps", "tried"), [
    (Between(2 * SECOND, 2 * SECOND), (2, 2, 2), {"late", "early", "jittered", "drifting", "one missed"}),
    (Between(low=2 * SECOND), (3, 3, 3), {"early"}),
    (Between(high=4 * SECOND), (3, 3, 3), {"late"}),
    (Growing(factor=2.0), (1, 2, 4), {"late", "alike", "jittered"}),
    (Random(4 * SECOND), (1, 2.5, 1.7, 4.1, 3, 3), {"alike", "wider"}),
    (Aligned(10 * SECOND), (10, 10), {"late", "off the clock", "before the clock", "drifting", "one missed"}),
])
def test_each_shape_meets_its_own_faults(shape: Shape, gaps: tuple[float, ...], tried: set[str]) -> None:
    assert tried <= words(shape, *gaps)


@pytest.mark.parametrize(("shape", "gaps", "noticed"), [
    (Between(2 * SECOND, 2 * SECOND), (2, 2), True),
    (Between(SECOND, SECOND), (1, 1), True),
    (Between(high=2 * SECOND), (2, 2), False),
    (Growing(step=SECOND), (1, 2), True),
    (Aligned(2 * SECOND), (2, 2), True),
    (Random(2 * SECOND), (1, 2.5, 1.7), False),
])
def test_one_more_is_a_mutant_only_where_the_shape_forbids_it(
    shape: Shape, gaps: tuple[float, ...], noticed: bool
) -> None:
    stamps = list(accumulate((round(gap * SECOND) for gap in gaps), initial=0))
    found = list(between(shape, stamps, stamps, TOLERANCE, UNSURE))
    assert found == ([(0, stamps[1] // 2)] if noticed else [])


@pytest.mark.parametrize("shape", [
    Between(2 * SECOND, 2 * SECOND), Between(low=SECOND), Between(high=3 * SECOND), Growing(step=SECOND),
    Random(2 * SECOND), Aligned(SECOND),
], ids=str)
@pytest.mark.parametrize("chained", [False, True])
@given(st.lists(st.integers(1, 10 * SECOND), min_size=1, max_size=8))
def test_a_mutant_is_in_order_later_and_broken(shape: Shape, chained: bool, gaps: list[int]) -> None:
    stamps = list(accumulate(gaps, initial=SECOND))
    for _, shifts in delays(shape, stamps, stamps, TOLERANCE, UNSURE, chained):
        assert len(shifts) == len(stamps)
        assert min(shifts) >= 0
        whole = list(accumulate(shifts)) if chained else list(shifts)
        moved = [at + shift for at, shift in zip(stamps, whole, strict=True)]
        assert moved == sorted(moved)
        assert shape.judge(gaps_of(moved), moved, TOLERANCE, UNSURE) is Call.BROKEN
