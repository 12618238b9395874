"""What every timing judgement shares: limits, tolerance, and the harness's own uncertainty.

A measurement that is nearer to its limit than the uncertainty proves nothing: the scenario is inconclusive.
"""

from __future__ import annotations

from harness.judge.common import fail
from harness.oracle import paths, timing
from harness.oracle.match import AbsentOr, After, Now, OnClock, Row, Time, passed_at
from harness.oracle.moments import moment
from harness.oracle.timing import Band, Call, Measurement
from harness.oracle.transcript import Message
from harness.oracle.verdict import Inconclusive
from harness.rpc.frame import Json
from harness.session import Session


def timed(session: Session, what: str, bands: tuple[Band, ...], call: Call, *messages: Message) -> Measurement:
    """Keep what was measured for the report; raise what it means, with all its numbers, unless the limit is met."""
    times = session.setting.times
    found = Measurement(what, bands, times.tolerance, times.uncertainty, call, session.line[0])
    if not session.establishing:
        session.measurements.append(found)
    if call is Call.BROKEN:
        fail(session, what, str(found), *messages)
    if call is Call.TOO_CLOSE:
        raise Inconclusive(f"too close to call: expected {what}; {found}")
    return found


def in_time(session: Session, what: str, begun: int, at: int, limit: int, shown: bool, *messages: Message) -> None:
    """What came at `at` came within `limit` of `begun` (monotonic ns), the tolerance added.

    Kept for the report where the deadline was `shown` in the scenario, or where it decides."""
    times = session.setting.times
    band = Band(max(at - begun, 0), None, limit)
    call = band.call(times.tolerance, times.uncertainty)
    if shown or call is not Call.MET:
        timed(session, what, (band,), call, *messages)


def clocked(session: Session, rows: tuple[Row, ...], message: Message) -> None:
    """Judge and keep what the rows say of times inside the message: near ours, after another, on the clock."""
    for row in passed_at(rows, message.event.at.wall):
        pattern = row.pattern.pattern if isinstance(row.pattern, AbsentOr) else row.pattern
        if not isinstance(pattern, Now | After | OnClock):
            continue
        for value in paths.values(message.payload, row.path)[:1]:
            if (found := _off(session, pattern, value)) is not None:
                timed(session, f"{row.path} of {message.action}: {pattern}", *found, message)


def _off(session: Session, pattern: Time, value: Json) -> tuple[tuple[Band, ...], Call] | None:
    """How far the time in a message is from the one that is due; None where it is no time at all."""
    times = session.setting.times
    told = moment(value)
    if isinstance(pattern, Now):
        if told is None or pattern.at is None:
            return None
        band = Band(told - pattern.at, -pattern.limit, pattern.limit)
        return (band,), band.call(times.tolerance, times.uncertainty)
    apart = pattern.off(value) if isinstance(pattern, OnClock) else pattern.apart(value)
    if apart is None:
        return None
    due, give = (0, 0) if isinstance(pattern, OnClock) else (pattern.gap, pattern.within)
    return (Band(apart, due - give, due + give),), Call.MET if pattern.accepts(value) else Call.BROKEN


def latest(session: Session, deadline: int) -> int:
    """How long to look for what is due by `deadline`: what comes just after it may have been in time."""
    return deadline + session.setting.times.uncertainty


def too_near(session: Session, at: int, edge: int) -> bool:
    """Whether the stamps cannot tell on which side of `edge` (monotonic ns) `at` lies."""
    return timing.compare(at - edge, session.setting.times.uncertainty) is Call.TOO_CLOSE
