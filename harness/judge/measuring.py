"""What every timing judgement shares: limits, tolerance, and the harness's own uncertainty.

A measurement that is nearer to its limit than the uncertainty proves nothing: the scenario is inconclusive.
"""

from __future__ import annotations

from harness.judge.common import fail
from harness.oracle import timing
from harness.oracle.timing import Band, Call, Measurement
from harness.oracle.transcript import Message
from harness.oracle.verdict import Inconclusive
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


def latest(session: Session, deadline: int) -> int:
    """How long to look for what is due by `deadline`: what comes just after it may have been in time."""
    return deadline + session.setting.times.uncertainty


def too_near(session: Session, at: int, edge: int) -> bool:
    """Whether the stamps cannot tell on which side of `edge` (monotonic ns) `at` lies."""
    return timing.compare(at - edge, session.setting.times.uncertainty) is Call.TOO_CLOSE
