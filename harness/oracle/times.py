"""Cells about times inside messages: near the time of the message, so long after another, on the clock.

All durations are ns. What a text without fractions of a second cannot tell is granted: its `grain`.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from harness.oracle.moments import grain, moment, shown
from harness.oracle.timing import Aligned
from harness.oracle.timing import shown as lasting
from harness.rpc.frame import Json
from harness.rpc.link import MILLISECOND, SECOND

_UNITS = {"ms": MILLISECOND, "s": SECOND, "min": 60 * SECOND, "h": 3600 * SECOND}
_DURATION = re.compile(r"([0-9]{1,9}(?:\.[0-9]{1,3})?) (ms|s|min|h)")
_AFTER = re.compile(r"(\S+ \S+) after (the .+)")
_WITHIN = re.compile(r"within (\S+ \S+) of (the .+)")


@dataclass(frozen=True, slots=True)
class Now:
    """A date-time not further than `limit` ns from `at`, the wall clock (ns) when the message passed; None until
    `passed_at` has told. `slack` ns are added: the tolerance, and how sure we are."""

    limit: int
    slack: int = 0
    at: int | None = None

    def accepts(self, value: Json) -> bool:
        if self.at is None:
            raise TypeError("'now' of no message: nobody has told when it passed")
        told = moment(value)
        return told is not None and abs(told - self.at) <= self.limit + self.slack

    def __str__(self) -> str:
        when = "the present time" if self.at is None else f"the time when it came, {shown(self.at)}"
        more = f" (and {self.slack / MILLISECOND:.1f} ms for tolerance and uncertainty)" if self.slack else ""
        return f"{when}, give or take {self.limit / SECOND:g} s{more}"


@dataclass(frozen=True, slots=True)
class After:
    """A date-time `gap` ns after the one that `reference` stands for, `base` once that is looked up.

    It may be `within` ns earlier or later. `slack` is the tolerance. No reading of a clock of ours is in it: where we
    told the base ourselves, it is what the SUT was told."""

    gap: int
    reference: str
    base: Json = None
    slack: int = 0
    within: int = 0

    def accepts(self, value: Json) -> bool:
        if self.base is None:
            raise TypeError(f"{self.reference!r} was never looked up")
        found = self.apart(value)
        return found is not None and abs(found - self.gap) <= self.within + self.granted(value)

    def apart(self, value: Json) -> int | None:
        """By how much `value` is later than the base (ns); None where one of them is no time."""
        told, base = moment(value), moment(self.base)
        return None if told is None or base is None else told - base

    def granted(self, value: Json) -> int:
        """The tolerance, and what the coarser of the two texts cannot tell (ns)."""
        return self.slack + max(grain(str(value)), grain(str(self.base)))

    def __str__(self) -> str:
        base = "" if self.base is None else f", {self.base}"
        more = f" (give or take {lasting(self.slack)})" if self.slack else ""
        what = f"within {lasting(self.within)} of" if self.within else f"{lasting(self.gap)} after"
        return f"{what} {self.reference}{base}{more}"


@dataclass(frozen=True, slots=True)
class OnClock:
    """A date-time that is a multiple of `period` ns since midnight UTC; `slack` is the tolerance."""

    period: int
    slack: int = 0

    def accepts(self, value: Json) -> bool:
        found = self.off(value)
        return found is not None and abs(found) <= self.granted(value)

    def off(self, value: Json) -> int | None:
        """How long after (negative: before) the nearest stroke (ns); None where it is no time."""
        told = moment(value)
        return None if told is None else Aligned(self.period).off(told)

    def granted(self, value: Json) -> int:
        """The tolerance, and what the text cannot tell (ns)."""
        return self.slack + grain(str(value))

    def __str__(self) -> str:
        more = f" (give or take {lasting(self.slack)})" if self.slack else ""
        return f"a time on every {lasting(self.period)} of the clock{more}"


def duration(text: str) -> int | None:
    """``2 s`` as ns; None for what is no duration."""
    found = _DURATION.fullmatch(text)
    return round(float(found[1]) * _UNITS[found[2]]) if found else None


def after(cell: str) -> After | None:
    """``2 s after the timestamp of "first"``, ``within 10 min of the X of "first"``; None for any other cell."""
    for form in (_AFTER, _WITHIN):
        found = form.fullmatch(cell)
        length = duration(found[1]) if found else None
        if found and length is not None:
            return After(length, found[2]) if form is _AFTER else After(0, found[2], within=length)
    return None


def on_every(text: str) -> OnClock | None:
    """What follows ``on every``; None where that makes no sense."""
    period = duration(text.removesuffix(" of the clock")) if text.endswith(" of the clock") else None
    return OnClock(period) if period else None
