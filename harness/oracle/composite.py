"""What a station may draw by its charging profiles, from one moment to another: an independent calculator.

Pure, and shares nothing with the practice opponents. Moments are wall-clock ns since the epoch, limits are in A or in
W. Sources: OCPP 1.6 3.13, 5.7, 5.16, 7.8 and the errata 3.8, 3.28, 3.43, 3.57; OCPP 2.0.1 K01, K08.
What is not told there is not judged: conversion between A and W goes by nominal voltage, and where no profile says
anything a station may report what it likes.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any, Literal

from harness.oracle.moments import moment
from harness.rpc.link import SECOND

Unit = Literal["A", "W"]

VOLTAGE = 230
PHASES = 3
_RECURRENCE = {"Daily": 86_400 * SECOND, "Weekly": 604_800 * SECOND}
_OVERALL = ("ChargePointMaxProfile", "ChargingStationMaxProfile", "ChargingStationExternalConstraints")
_LIMIT_ERROR = 0.05
_CONVERSION_ERROR = 0.1


@dataclass(frozen=True, slots=True)
class Period:
    """`start` in s after the schedule's start; `phases` None where the profile does not say."""

    start: int
    limit: float
    phases: int | None = None


@dataclass(frozen=True, slots=True)
class Profile:
    """A charging profile of any version, where it was set (`place`: connectorId or evseId, 0 the whole station).

    `recurrence` in ns, 0 for none; `start`, `valid_from`, `valid_to` as moments; `duration` in s."""

    place: int
    purpose: str
    level: int
    kind: str
    unit: Unit
    periods: tuple[Period, ...]
    start: int | None = None
    duration: int | None = None
    recurrence: int = 0
    valid_from: int | None = None
    valid_to: int | None = None


@dataclass(frozen=True, slots=True)
class Asked:
    """What the schedule was asked for: `place`, `unit`, from `since` to `until`. `started`: when the transaction
    there began, None where none runs."""

    place: int
    unit: Unit
    since: int
    until: int
    started: int | None = None


@dataclass(frozen=True, slots=True)
class Step:
    """From `at` until the next step the limit is this; None: no profile says anything. `converted`: it was
    given in the other unit."""

    at: int
    limit: float | None
    converted: bool = False


def profile(place: int, payload: dict[str, Any]) -> Profile:
    """A ChargingProfile as it goes over the wire (of several schedules of 2.x the first).

    Raises KeyError, TypeError, ValueError for what is none."""
    schedule = payload["chargingSchedule"]
    schedule = schedule[0] if isinstance(schedule, list) else schedule
    recurring = payload["chargingProfileKind"] == "Recurring"
    return Profile(
        place=place,
        purpose=payload["chargingProfilePurpose"],
        level=int(payload["stackLevel"]),
        kind=payload["chargingProfileKind"],
        unit=schedule["chargingRateUnit"],
        periods=tuple(
            Period(int(entry["startPeriod"]), float(entry["limit"]), entry.get("numberPhases"))
            for entry in schedule["chargingSchedulePeriod"]
        ),
        start=moment(schedule.get("startSchedule")),
        duration=schedule.get("duration"),
        recurrence=_RECURRENCE[payload.get("recurrencyKind", "Daily")] if recurring else 0,
        valid_from=moment(payload.get("validFrom")),
        valid_to=moment(payload.get("validTo")),
    )


# ---- one profile ------------------------------------------------------------------------------------


def _begin(entry: Profile, at: int, asked: Asked) -> int:
    """When the run of its schedule began that concerns `at`."""
    if entry.kind == "Relative" or entry.start is None:
        return asked.started if asked.started is not None else asked.since
    if entry.recurrence and at >= entry.start:
        return at - (at - entry.start) % entry.recurrence
    return entry.start


def period_at(entry: Profile, at: int, asked: Asked) -> Period | None:
    """What the profile says of that moment, or None."""
    if entry.valid_from is not None and at < entry.valid_from:
        return None
    if entry.valid_to is not None and at >= entry.valid_to:
        return None
    passed = at - _begin(entry, at, asked)
    if passed < 0 or (entry.duration is not None and passed >= entry.duration * SECOND):
        return None
    return next((period for period in reversed(entry.periods) if period.start * SECOND <= passed), None)


def _moments(entry: Profile, asked: Asked) -> Iterator[int]:
    """When what the profile says may change between `since` and `until`."""
    offsets = [period.start * SECOND for period in entry.periods]
    offsets += [entry.duration * SECOND] if entry.duration is not None else []
    first = _begin(entry, asked.since, asked)
    runs = range(first, max(asked.until, first + 1), entry.recurrence) if entry.recurrence else (first,)
    yield from (begin + offset for begin in runs for offset in (0, *offsets))
    yield from (bound for bound in (entry.valid_from, entry.valid_to) if bound is not None)


# ---- all together -----------------------------------------------------------------------------------


def _sources(profiles: Sequence[Profile], asked: Asked) -> Iterator[tuple[Profile, ...]]:
    """Those of each purpose that counts, the highest stack level first.

    A TxProfile overrules the TxDefaultProfile as long as its transaction runs; a TxDefaultProfile of the connector
    itself stands in for one of its level that is for all."""
    for purpose in _OVERALL:
        yield _stacked(entry for entry in profiles if entry.purpose == purpose)
    if not asked.place:
        return
    mine = [entry for entry in profiles if entry.purpose == "TxProfile" and entry.place == asked.place]
    if mine and asked.started is not None:
        yield _stacked(mine)
        return
    own = {e.level: e for e in profiles if e.purpose == "TxDefaultProfile" and e.place == asked.place}
    common = {e.level: e for e in profiles if e.purpose == "TxDefaultProfile" and e.place == 0}
    yield _stacked((common | own).values())


def _stacked(entries: Iterable[Profile]) -> tuple[Profile, ...]:
    return tuple(sorted(entries, key=lambda entry: -entry.level))


def limits_at(profiles: Sequence[Profile], at: int, asked: Asked) -> list[tuple[float, bool]]:
    """The limit of each purpose at that moment in the unit asked for, and whether it was converted."""
    found = []
    for entries in _sources(profiles, asked):
        said = next(((e, period) for e in entries if (period := period_at(e, at, asked)) is not None), None)
        if said is not None:
            entry, period = said
            found.append((_converted(entry.unit, period, asked.unit), entry.unit != asked.unit))
    return found


def _converted(have: Unit, period: Period, want: Unit) -> float:
    watts_per_ampere = VOLTAGE * (period.phases or PHASES)
    if have == want:
        return period.limit
    return period.limit * watts_per_ampere if want == "W" else period.limit / watts_per_ampere


def composite(profiles: Sequence[Profile], asked: Asked) -> tuple[Step, ...]:
    """The lowest limit of all purposes, from `since` to `until`: each step differs from the one before."""
    moments = {asked.since, *(at for entry in profiles for at in _moments(entry, asked))}
    steps: list[Step] = []
    for at in sorted(at for at in moments if asked.since <= at < asked.until):
        limit, converted = min(limits_at(profiles, at, asked), default=(None, False))
        if not steps or steps[-1].limit != limit:
            steps.append(Step(at, limit, converted))
    return tuple(steps)


# ---- against what a station reports -----------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Comparison:
    """`wrong` says how a reported schedule differs, "" if it does not; `judged` are the reported periods (by
    index) on which that rests."""

    wrong: str = ""
    judged: tuple[int, ...] = ()


def compare(reported: Sequence[Period], expected: Sequence[Step], asked: Asked, tolerance: int) -> Comparison:
    """Whether the periods, counted from `since`, are those of the steps.

    Around a change, `tolerance` ns are not judged: a station counts whole seconds from a moment of its own."""
    starts = [period.start for period in reported]
    if not starts or starts[0] != 0:
        return Comparison("its first period does not begin at 0")
    if starts != sorted(set(starts)):
        return Comparison(f"its periods do not follow one another: they begin at {', '.join(map(str, starts))}")
    ends = [*(asked.since + start * SECOND for start in starts[1:]), asked.until]
    judged: set[int] = set()
    for step, end in zip(expected, [*(s.at for s in expected[1:]), asked.until], strict=True):
        low = step.at + (tolerance if step.at > asked.since else 0)
        high = end - (tolerance if end < asked.until else 0)
        for index, (period, until) in enumerate(zip(reported, ends, strict=True)):
            begin = asked.since + period.start * SECOND
            if step.limit is None or max(begin, low) >= min(until, high):
                continue
            judged.add(index)
            if not _alike(period.limit, step):
                return Comparison(_differs(period, step, max(begin, low), asked))
    return Comparison(judged=tuple(sorted(judged)))


def _alike(limit: float, step: Step) -> bool:
    assert step.limit is not None
    error = step.limit * _CONVERSION_ERROR if step.converted else _LIMIT_ERROR
    return abs(limit - step.limit) <= error


def _differs(period: Period, step: Step, at: int, asked: Asked) -> str:
    after = (at - asked.since) / SECOND
    return f"{after:g} s after its start it allows {period.limit:g} {asked.unit}, not {step.limit:g} {asked.unit}"


def told(steps: Sequence[Step], asked: Asked) -> str:
    """Steps for people: ``8 A, from 50 s 10 A``."""
    words = []
    for number, step in enumerate(steps):
        limit = "no limit" if step.limit is None else f"{step.limit:g} {asked.unit}"
        words.append(f"from {(step.at - asked.since) / SECOND:g} s {limit}" if number else limit)
    return ", ".join(words)
