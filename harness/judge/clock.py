"""Whether the clock of the SUT lets it judge certificates at all: else no failure about them is its own."""

from __future__ import annotations

from harness.oracle import clocks
from harness.oracle.verdict import Inconclusive
from harness.rpc.link import SECOND
from harness.session import Session

_MOST = 6 * 3600 * SECOND
"""A clock further off than this is no help with certificates: ours begin a day ago, as do lists of revoked ones."""
_UNITS = ((86_400, "days"), (3600, "hours"))


def told(session: Session) -> int | None:
    """How much later than ours the SUT's clock is, in ns, by its messages, its HTTP answers, or what it told in an
    earlier scenario; None where it has told nowhere."""
    found = clocks.skew(session.transcript.from_sut())
    if found is None:
        found = clocks.skew_of_http(session.journal.since(0))
    return session.clock if found is None else found


def on_time(session: Session) -> None:
    """Raises `Inconclusive` where the SUT's clock is to blame for what it makes of certificates."""
    off = told(session)
    if off is not None and abs(off) > _MOST:
        way = "fast" if off > 0 else "slow"
        raise Inconclusive(f"the SUT's clock is {_much(abs(off))} {way}, so it cannot tell which certificate is valid: "
                           "set its clock, and try again")


def _much(off: int) -> str:
    """A duration of hours or more, for people."""
    seconds = off / SECOND
    size, unit = next((size, unit) for size, unit in _UNITS if seconds >= 2 * size or unit == "hours")
    return f"{seconds / size:.1f} {unit}"
