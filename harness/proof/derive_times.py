"""Mutants of lines about intervals, rhythms, series and order."""

from __future__ import annotations

import itertools

from harness.journal import Control, Direction
from harness.oracle import timing
from harness.oracle.checks import Check
from harness.proof import retime
from harness.proof.clean import MARGIN, Clean, Made, targets_of
from harness.proof.derive_connections import attempt_of, diverted
from harness.proof.derive_rows import rows_of
from harness.proof.mutant import Inject, Knock, MutePongs, Pings, Retime, RetimeAttempts, Spoil, Stay


def at_least(check: Check, clean: Clean) -> Made:
    begin, end = clean.message(check.claimed[0]), clean.message(check.claimed[1])
    early = check.limit - clean.setting.times.tolerance - MARGIN
    if early <= 0 or not end.is_request:
        return
    at = begin.at + early
    yield "early", Inject(end.action, end.payload, at=at), f"{end.action} comes too early"


def at_most(check: Check, clean: Clean) -> Made:
    begin, end = clean.message(check.claimed[0]), clean.message(check.claimed[1])
    late = check.limit + clean.setting.times.tolerance + MARGIN - (end.at - begin.at)
    target = clean.selectors[end.number]
    yield "late", Spoil((target,), hold=late), f"{target} comes later than allowed"


def every(check: Check, clean: Clean) -> Made:
    targets = targets_of(check, clean)
    last = targets[-1]
    yield "omit", Spoil((last,), onwards=True, drop=True), f"{last} is left out"
    shape = timing.Between(check.limit, check.limit)
    yield from _retimed(check, clean, shape)
    yield from _doubled(check, clean, shape)


def _retimed(check: Check, clean: Clean, shape: timing.Shape) -> Made:
    times = clean.setting.times
    stamps, walls = _stamps(check, clean)
    targets = targets_of(check, clean)
    pinged = _ping_of(check.claimed[0], clean)
    chained = not targets and not pinged
    for word, shifts in retime.delays(shape, stamps, walls, times.tolerance, times.uncertainty, chained):
        if pinged:
            yield word, Pings(pinged, shifts), f"pings from the {pinged}. on: {word}"
        elif targets:
            yield word, Retime(targets, shifts), f"{targets[0]} and the following: {word}"
        else:
            first = attempt_of(check.claimed[0], clean)
            yield word, RetimeAttempts(first, shifts), f"connection attempts from the {first}. on: {word}"


def _stamps(check: Check, clean: Clean) -> tuple[list[int], list[int]]:
    """The monotonic and the wall stamps of what was claimed."""
    events = [clean.transcript.journal[number] for number in check.claimed]
    return [event.at.monotonic for event in events], [event.at.wall for event in events]


def _doubled(check: Check, clean: Clean, shape: timing.Shape) -> Made:
    """One occurrence more, in the middle between two."""
    times, targets = clean.setting.times, targets_of(check, clean)
    for index, gap in retime.between(shape, *_stamps(check, clean), times.tolerance, times.uncertainty):
        number = check.claimed[index]
        if targets:
            message = clean.message(number)
            extra = Inject(message.action, message.payload, behind=clean.selectors[number], delay=gap)
            yield "doubled", extra, f"{message.action} twice as often"
        elif pinged := _ping_of(number, clean):
            yield "doubled", Pings(pinged, again=gap), "pings twice as often"
        else:
            yield "doubled", Knock(attempt_of(number, clean), gap), "attempts to connect twice as often"


def _ping_of(number: int, clean: Clean) -> int:
    """Which of the SUT's pings (from 1) that entry is; 0 where it is none."""
    pings = [e.number for e in clean.transcript.journal
             if isinstance(e.body, Control) and e.body.direction is Direction.IN and e.body.name == "ping"]
    return pings.index(number) + 1 if number in pings else 0


def pong(check: Check, clean: Clean) -> Made:
    yield "omit", MutePongs(), "pings get no pong"


def occurs(check: Check, clean: Clean) -> Made:
    targets = targets_of(check, clean)
    if pinged := _ping_of(check.claimed[-1], clean):
        yield "omit", Pings(pinged), "the last ping and all after it are left out"
        return
    if not targets:
        yield "omit", Stay(attempt_of(check.claimed[-1], clean)), "the last attempt to connect is left out"
        yield from diverted(check, clean)
        return
    last_one = targets[-1]
    yield "omit", Spoil((last_one,), check.rows, onwards=True, drop=True), f"{last_one} and its like never leave"
    late = check.until - clean.message(check.claimed[-1]).at + MARGIN
    yield "delay", Spoil((last_one,), check.rows, onwards=True, hold=late), f"{last_one} comes too late"
    yield from rows_of(check, clean, onwards=True)


def gaps(check: Check, clean: Clean) -> Made:
    assert check.shape is not None
    yield from _retimed(check, clean, check.shape)
    targets = targets_of(check, clean)
    low = check.shape.low if isinstance(check.shape, timing.Between) else None
    if not targets and low is not None and not _ping_of(check.claimed[0], clean):
        early = (low - clean.setting.times.tolerance) // 2
        if early > 0:
            yield "early", Knock(attempt_of(check.claimed[0], clean), early), "an attempt to connect comes too early"
    yield from _doubled(check, clean, check.shape)


def order(check: Check, clean: Clean) -> Made:
    targets = [clean.selectors[number] for number in check.claimed if number in clean.selectors]
    for first, second in itertools.pairwise(targets):
        yield "swap", Spoil((first,), after=second), f"{first} after {second}"
