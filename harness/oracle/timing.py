"""Intervals: what was measured, what was demanded, and whether the harness can tell them apart.

All durations are ns. Measurements come from the journal's monotonic stamps (alignment: from its wall
stamps), never from timestamps inside messages. Every judgement is one of met, broken, and too close to
call: a margin smaller than the harness's own uncertainty proves nothing.
"""

from __future__ import annotations

import re
import statistics
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from itertools import pairwise
from typing import Any

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
            return f"measured n=1 min=median=p95=max={shown(self.median)}, no drift"
        parts = {"min": self.minimum, "median": self.median, "p95": self.p95, "max": self.maximum, "drift": self.drift}
        return f"measured n={self.n} " + " ".join(f"{name}={shown(value)}" for name, value in parts.items())


def shown(duration: int) -> str:
    """ns as text: ms below a second."""
    return f"{duration / MILLISECOND:.1f} ms" if abs(duration) < SECOND else f"{duration / SECOND:.3f} s"


def measure(gaps: Sequence[int]) -> Measured:
    """The statistics of at least one interval. Raises ValueError for none."""
    if not gaps:
        raise ValueError("nothing was measured")
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
    """`excess` is by how much the limit, tolerance included, is overstepped; negative: how far inside (ns)."""
    if abs(excess) < uncertainty:
        return Call.TOO_CLOSE
    return Call.BROKEN if excess > 0 else Call.MET


def worst(calls: Sequence[Call]) -> Call:
    """Broken if any is; else too close if any is."""
    return next((call for call in (Call.BROKEN, Call.TOO_CLOSE) if call in calls), Call.MET)


@dataclass(frozen=True, slots=True)
class Band:
    """One measured value and the limits it must keep (ns); None is no limit on that side."""

    value: int
    low: int | None = None
    high: int | None = None

    def call(self, tolerance: int, uncertainty: int) -> Call:
        """Whether the value keeps its limits, each widened by the tolerance."""
        below = [] if self.low is None else [compare(self.low - tolerance - self.value, uncertainty)]
        above = [] if self.high is None else [compare(self.value - self.high - tolerance, uncertainty)]
        return worst(below + above)


@dataclass(frozen=True, slots=True)
class Measurement:
    """What one timing verdict rests on. `what` says what was demanded; all durations in ns."""

    what: str
    bands: tuple[Band, ...]
    tolerance: int
    uncertainty: int
    call: Call
    line: int = 0

    @property
    def measured(self) -> Measured:
        return measure([band.value for band in self.bands])

    def __str__(self) -> str:
        sure = f"tolerance {shown(self.tolerance)}, uncertainty of the harness {shown(self.uncertainty)}"
        return f"{self.measured}; {sure}"

    def to_json(self) -> dict[str, Any]:
        """With the statistics, for readers; `from_json` computes them anew."""
        found = self.measured
        numbers = {name: getattr(found, name) for name in ("n", "minimum", "median", "p95", "maximum", "drift")}
        bands = [{"value": band.value, "low": band.low, "high": band.high} for band in self.bands]
        return {"what": self.what, "call": self.call.value, "line": self.line, "unit": "ns", **numbers,
                "tolerance": self.tolerance, "uncertainty": self.uncertainty, "intervals": bands}

    @classmethod
    def from_json(cls, data: Mapping[str, Any]) -> Measurement:
        """Raises KeyError, TypeError or ValueError for what is no measurement."""
        bands = tuple(Band(**band) for band in data["intervals"])
        measure([band.value for band in bands])
        call = Call(data["call"])
        return cls(data["what"], bands, data["tolerance"], data["uncertainty"], call, data.get("line", 0))


# ---- shapes -----------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Between:
    """Every gap lies in the range; None is no limit on that side."""

    low: int | None = None
    high: int | None = None

    def judge(self, gaps: Sequence[int], walls: Sequence[int], tolerance: int, uncertainty: int) -> Call:
        return worst([band.call(tolerance, uncertainty) for band in self.bands(gaps, walls)])

    def bands(self, gaps: Sequence[int], walls: Sequence[int]) -> tuple[Band, ...]:
        return tuple(Band(gap, self.low, self.high) for gap in gaps)

    def __str__(self) -> str:
        if self.low == self.high and self.low is not None:
            return f"gaps of {shown(self.low)}"
        sides = [f"at least {shown(self.low)}"] if self.low is not None else []
        sides += [f"at most {shown(self.high)}"] if self.high is not None else []
        return "gaps of " + " and ".join(sides)


@dataclass(frozen=True, slots=True)
class Growing:
    """Each gap is the one before times `factor`, plus `step`; the first is `first`, where that is given."""

    factor: float = 1.0
    step: int = 0
    first: int | None = None

    def judge(self, gaps: Sequence[int], walls: Sequence[int], tolerance: int, uncertainty: int) -> Call:
        # Two gaps are compared, the first multiplied: so are their errors.
        unsure = round(uncertainty * (1 + self.factor))
        first, *others = self.bands(gaps, walls)
        calls = [band.call(tolerance, unsure) for band in others]
        return worst([first.call(tolerance, uncertainty), *calls]) if calls else Call.TOO_CLOSE

    def bands(self, gaps: Sequence[int], walls: Sequence[int]) -> tuple[Band, ...]:
        due = [round(earlier * self.factor) + self.step for earlier in gaps[:-1]]
        grown = (Band(gap, want, want) for gap, want in zip(gaps[1:], due, strict=True))
        return Band(gaps[0], self.first, self.first), *grown

    def __str__(self) -> str:
        growth = shown(self.step) if self.step else f"a factor of {self.factor:g}"
        return f"gaps growing by {growth}" + ("" if self.first is None else f" from {shown(self.first)} on")


@dataclass(frozen=True, slots=True)
class Random:
    """The gaps, or their remainders above the smallest, spread over at most `spread` and are not all alike.

    A random part may be a whole number of seconds, so that a few gaps may be alike by chance: only as many as are alike
    less than once in a thousand runs are held against the SUT; fewer prove nothing."""

    spread: int

    @property
    def telling(self) -> int:
        """How many gaps it takes. Of whole seconds below `spread` there are the fewest: two, if it is 2 s."""
        choices = max(2, self.spread // SECOND)
        return next(count for count in range(2, 13) if choices ** (count - 1) > 1000)

    def judge(self, gaps: Sequence[int], walls: Sequence[int], tolerance: int, uncertainty: int) -> Call:
        seen = max(gaps) - min(gaps)
        alike = compare(_alike(seen), uncertainty)
        if alike is Call.BROKEN and len(gaps) < self.telling:
            alike = Call.TOO_CLOSE
        return worst([compare(seen - self.spread - tolerance, uncertainty), alike])

    def bands(self, gaps: Sequence[int], walls: Sequence[int]) -> tuple[Band, ...]:
        return tuple(Band(gap, min(gaps), min(gaps) + self.spread) for gap in gaps)

    def __str__(self) -> str:
        return f"gaps that differ at random by up to {shown(self.spread)}"


def _alike(seen: int) -> int:
    """A random part shows: two gaps that differ by less than this look like one fixed value."""
    return 50 * MILLISECOND - seen


@dataclass(frozen=True, slots=True)
class Aligned:
    """Every occurrence falls on a multiple of `period` of the UTC clock (wall stamps), and none is passed over.

    One that comes where others should have come before it is late by as many periods."""

    period: int

    def judge(self, gaps: Sequence[int], walls: Sequence[int], tolerance: int, uncertainty: int) -> Call:
        return worst([band.call(tolerance, uncertainty) for band in self.bands(gaps, walls)])

    def bands(self, gaps: Sequence[int], walls: Sequence[int]) -> tuple[Band, ...]:
        strokes = [wall - self.off(wall) for wall in walls]
        passed = [max((later - earlier) // self.period - 1, 0) for earlier, later in pairwise(strokes)]
        return tuple(Band(self.off(wall) + over * self.period, 0, 0)
                     for wall, over in zip(walls, [0, *passed], strict=True))

    def off(self, wall: int) -> int:
        """How long after (negative: before) the nearest multiple."""
        rest = wall % self.period
        return rest if rest <= self.period // 2 else rest - self.period

    def __str__(self) -> str:
        return f"occurrences on every {shown(self.period)} of the clock"


Shape = Between | Growing | Random | Aligned

_DURATION = r"(\d+(?:\.\d+)?) (ms|s|min|h)"
_UNITS = {"ms": MILLISECOND, "s": SECOND, "min": 60 * SECOND, "h": 3600 * SECOND}
SHAPE_WORDS = (
    r"are at least DUR|are at most DUR|are between DUR and DUR|are DUR"
    r"|grow by a factor of \d+(?:\.\d+)?(?: from DUR on)?|grow by DUR(?: from DUR on)?"
    r"|differ at random by up to DUR|fall on every DUR of the clock"
).replace("DUR", r"\d+(?:\.\d+)? (?:ms|s|min|h)")


def shape(text: str) -> Shape:
    """``are between 2 s and 3 s`` and the other forms of `SHAPE_WORDS`. Raises ValueError."""
    durations = [round(float(number) * _UNITS[unit]) for number, unit in re.findall(_DURATION, text)]
    if 0 in durations[-1:] and not text.startswith("are at least"):
        raise ValueError(f"{text!r}: nothing can be measured against 0")
    if growth := re.fullmatch(r"grow by (?:a factor of (\S+)|(.+?))(?: from (.+) on)?", text):
        first = durations[-1] if growth[3] else None
        return Growing(float(growth[1]), 0, first) if growth[1] else Growing(1.0, durations[0], first)
    if not durations:
        raise ValueError(f"{text!r} is no shape of gaps")
    if durations[0] > durations[-1]:
        raise ValueError(f"{text!r}: the shorter duration comes first")
    forms: tuple[tuple[str, Shape | None], ...] = (
        ("are at least", Between(low=durations[0])),
        ("are at most", Between(high=durations[0])),
        ("are between", Between(durations[0], durations[-1])),
        ("are ", Between(durations[0], durations[0])),
        ("differ at random", Random(durations[0])),
        ("fall on every", Aligned(durations[0])),
    )
    for opening, made in forms:
        if text.startswith(opening) and made is not None:
            return made
    raise ValueError(f"{text!r} is no shape of gaps")
