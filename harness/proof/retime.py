"""Ways to spoil a series in time: late, early, jittered, drifting, one missed, alike, off the clock, or doubled.

Each candidate is a list of delays. Only those are mutants that the shape itself must reject: the question
is whether the line notices, not whether the delay is large.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from harness.oracle.timing import Aligned, Call, Growing, Random, Shape, gaps_of
from harness.rpc.link import MILLISECOND


def delays(
    shape: Shape, stamps: Sequence[int], walls: Sequence[int], tolerance: int, uncertainty: int, chained: bool
) -> Iterator[tuple[str, tuple[int, ...]]]:
    """A word for the fault, and by how much each occurrence comes later (ns).

    `chained`: a delayed occurrence delays all after it (connection attempts wait for the last one's end)."""
    step = tolerance + uncertainty + 100 * MILLISECOND
    for word, shifts in _candidates(shape, stamps, step, chained):
        moved = [at + shift for at, shift in zip(stamps, _whole(shifts, chained), strict=True)]
        clock = [wall + shift for wall, shift in zip(walls, _whole(shifts, chained), strict=True)]
        in_order = all(gap > 0 for gap in gaps_of(moved))
        later = any(shifts) and min(shifts) >= 0
        if later and in_order and shape.judge(gaps_of(moved), clock, tolerance, uncertainty) is Call.BROKEN:
            yield word, shifts


def between(
    shape: Shape, stamps: Sequence[int], walls: Sequence[int], tolerance: int, uncertainty: int
) -> Iterator[tuple[int, int]]:
    """Where one occurrence more has to be noticed: behind which (from 0), and by how much (ns)."""
    for index, gap in enumerate(gaps_of(stamps)):
        more = gap // 2
        moved = [*stamps[: index + 1], stamps[index] + more, *stamps[index + 1 :]][: len(stamps)]
        clock = [*walls[: index + 1], walls[index] + more, *walls[index + 1 :]][: len(walls)]
        if more and shape.judge(gaps_of(moved), clock, tolerance, uncertainty) is Call.BROKEN:
            yield index, more
            return


def _whole(shifts: Sequence[int], chained: bool) -> list[int]:
    if not chained:
        return list(shifts)
    return [sum(shifts[: index + 1]) for index in range(len(shifts))]


def _candidates(
    shape: Shape, stamps: Sequence[int], step: int, chained: bool
) -> Iterator[tuple[str, tuple[int, ...]]]:
    n, found = len(stamps), gaps_of(stamps)
    high = getattr(shape, "high", None) or max(found)
    yield "late", (*([0] * (n - 1)), high - found[-1] + step)
    if n > 2 and not chained:
        low = getattr(shape, "low", None) or min(found)
        early = found[-1] - max(low - step, found[-1] // 4)
        yield "early", (*([0] * (n - 2)), max(early, 0), 0)
    yield "jittered", tuple(step if index % 2 else 0 for index in range(n))
    yield "drifting", tuple(step * (index if chained else index * index) for index in range(n))
    yield "one missed", (0, found[0], *([0 if chained else found[0]] * (n - 2)))
    longest = max(found)
    if isinstance(shape, Random | Growing):
        alike = [0, *(longest - gap for gap in found)]
        yield "alike", tuple(alike) if chained else tuple(sum(alike[: i + 1]) for i in range(n))
    if isinstance(shape, Random):
        yield "wider", (*([0] * (n - 1)), shape.spread + step)
    if isinstance(shape, Aligned):
        yield "off the clock", tuple([shape.period // 3] * n)
        yield "before the clock", tuple([shape.period - step] * n)
