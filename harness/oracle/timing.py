"""Intervals: what was measured, what was demanded, and whether the harness can tell them apart.

All durations are ns. Measurements come from the journal's monotonic stamps (alignment: from its wall
stamps), never from timestamps inside messages. Every judgement is one of met, broken, and too close to
call: a margin smaller than the harness's own uncertainty proves nothing.
"""

from __future__ import annotations

import re
import statistics
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from itertools import pairwise

from harness.rpc.link import MILLISECOND, SECOND


class Call(StrEnum):
    """What a measurement says of a limit."""

    MET = "met"
    BROKEN = "broken"
    TOO_CLOSE = "too close to call"


@dataclass(frozen=True, slots=True)
class Measured:
    """A series of intervals. `drift` is the mean change from one interval to the next (least squares)."""

    n: int
    minimum: int
    median: int
    p95: int
    maximum: int
    drift: int

    def __str__(self) -> str:
        if self.n == 1:
            return f"measured {shown(self.median)}"
        parts = {"min": self.minimum, "median": self.median, "p95": self.p95, "max": self.maximum, "drift": self.drift}
        return f"measured n={self.n} " + " ".join(f"{name}={shown(value)}" for name, value in parts.items())


def shown(duration: int) -> str:
    """ns as text: ms below a second."""
    return f"{duration / MILLISECOND:.1f} ms" if abs(duration) < SECOND else f"{duration / SECOND:.3f} s"


def measure(gaps: Sequence[int]) -> Measured:
    """The statistics of at least one interval."""
    ordered = sorted(gaps)
    p95 = ordered[min(len(ordered) - 1, -(-len(ordered) * 95 // 100) - 1)]
    return Measured(len(gaps), ordered[0], round(statistics.median(ordered)), p95, ordered[-1], _slope(gaps))


def _slope(gaps: Sequence[int]) -> int:
    if len(gaps) < 2:
        return 0
    middle, mean = (len(gaps) - 1) / 2, statistics.fmean(gaps)
    spread = sum((index - middle) ** 2 for index in range(len(gaps)))
    return round(sum((index - middle) * (gap - mean) for index, gap in enumerate(gaps)) / spread)


def gaps_of(stamps: Sequence[int]) -> list[int]:
    """The intervals between successive stamps."""
    return [later - earlier for earlier, later in pairwise(stamps)]


def compare(excess: int, uncertainty: int) -> Call:
    """`excess` is by how much the limit, tolerance included, is overstepped; negative: how far inside."""
    if abs(excess) < uncertainty:
        return Call.TOO_CLOSE
    return Call.BROKEN if excess > 0 else Call.MET


def worst(calls: Sequence[Call]) -> Call:
    """Broken if any is; else too close if any is."""
    return next((call for call in (Call.BROKEN, Call.TOO_CLOSE) if call in calls), Call.MET)


# ---- shapes -----------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Between:
    """Every gap lies in the range; None is no limit on that side."""

    low: int | None = None
    high: int | None = None

    def judge(self, gaps: Sequence[int], walls: Sequence[int], tolerance: int, uncertainty: int) -> Call:
        calls = [compare(self.low - tolerance - gap, uncertainty) for gap in gaps if self.low is not None]
        calls += [compare(gap - self.high - tolerance, uncertainty) for gap in gaps if self.high is not None]
        return worst(calls)

    def __str__(self) -> str:
        if self.low == self.high and self.low is not None:
            return f"gaps of {shown(self.low)}"
        sides = [f"at least {shown(self.low)}"] if self.low is not None else []
        sides += [f"at most {shown(self.high)}"] if self.high is not None else []
        return "gaps of " + " and ".join(sides)


@dataclass(frozen=True, slots=True)
class Growing:
    """Each gap is the one before times `factor`, plus `step`."""

    factor: float = 1.0
    step: int = 0

    def judge(self, gaps: Sequence[int], walls: Sequence[int], tolerance: int, uncertainty: int) -> Call:
        off = [abs(later - round(earlier * self.factor) - self.step) for earlier, later in pairwise(gaps)]
        return worst([compare(error - tolerance, uncertainty) for error in off]) if off else Call.TOO_CLOSE

    def __str__(self) -> str:
        return f"gaps growing by {shown(self.step)}" if self.step else f"gaps growing by a factor of {self.factor:g}"


@dataclass(frozen=True, slots=True)
class Random:
    """The gaps, or their remainders above the smallest, spread over at most `spread` and are not all alike."""

    spread: int

    def judge(self, gaps: Sequence[int], walls: Sequence[int], tolerance: int, uncertainty: int) -> Call:
        seen = max(gaps) - min(gaps)
        return worst([compare(seen - self.spread - tolerance, uncertainty), compare(_alike(seen), uncertainty)])

    def __str__(self) -> str:
        return f"gaps that differ at random by up to {shown(self.spread)}"


def _alike(seen: int) -> int:
    """A random part shows: two gaps that differ by less than this look like one fixed value."""
    return 50 * MILLISECOND - seen


@dataclass(frozen=True, slots=True)
class Aligned:
    """Every occurrence falls on a multiple of `period` of the UTC clock (wall stamps)."""

    period: int

    def judge(self, gaps: Sequence[int], walls: Sequence[int], tolerance: int, uncertainty: int) -> Call:
        return worst([compare(self.off(wall) - tolerance, uncertainty) for wall in walls])

    def off(self, wall: int) -> int:
        """How far from the nearest multiple."""
        rest = wall % self.period
        return min(rest, self.period - rest)

    def __str__(self) -> str:
        return f"occurrences on every {shown(self.period)} of the clock"


Shape = Between | Growing | Random | Aligned

_DURATION = r"(\d+(?:\.\d+)?) (ms|s|min|h)"
_UNITS = {"ms": MILLISECOND, "s": SECOND, "min": 60 * SECOND, "h": 3600 * SECOND}
SHAPE_WORDS = (
    r"are at least DUR|are at most DUR|are between DUR and DUR|are DUR"
    r"|grow by a factor of \d+(?:\.\d+)?|grow by DUR|differ at random by up to DUR|fall on every DUR of the clock"
).replace("DUR", r"\d+(?:\.\d+)? (?:ms|s|min|h)")


def shape(text: str) -> Shape:
    """``are between 2 s and 3 s`` and the other forms of `SHAPE_WORDS`. Raises ValueError."""
    durations = [round(float(number) * _UNITS[unit]) for number, unit in re.findall(_DURATION, text)]
    factor = re.fullmatch(r"grow by a factor of (\d+(?:\.\d+)?)", text)
    if factor:
        return Growing(factor=float(factor[1]))
    forms: tuple[tuple[str, Shape | None], ...] = (
        ("are at least", Between(low=durations[0])),
        ("are at most", Between(high=durations[0])),
        ("are between", Between(durations[0], durations[-1])),
        ("are ", Between(durations[0], durations[0])),
        ("grow by", Growing(step=durations[0])),
        ("differ at random", Random(durations[0])),
        ("fall on every", Aligned(durations[0])),
    )
    for opening, made in forms:
        if text.startswith(opening) and made is not None:
            return made
    raise ValueError(f"{text!r} is no shape of gaps")
