"""Named states: what must stand before a scenario's own story begins."""

from __future__ import annotations

from difflib import get_close_matches

from harness.states import csms2, csms16, lists2, load, security, settings2, station2, station16, timing
from harness.states.state import Line, State

STATES = (
    station16.STATES + station2.STATES + settings2.STATES + security.STATES + csms16.STATES + csms2.STATES + load.STATES
    + timing.STATES + lists2.STATES
)


def find(sut: str, version: str, of: str, name: str) -> State | None:
    """The state of that name in a feature about `sut` in `version`; `of` is whose state it is."""
    for state in STATES:
        if state.name == name and state.sut == sut and state.of == of and version in state.versions:
            return state
    return None


def near_state(sut: str, version: str, of: str, name: str) -> str:
    """The state there that is written most like `name`, or ""."""
    known = [state.name for state in STATES if (state.sut, state.of) == (sut, of) and version in state.versions]
    return next(iter(get_close_matches(name.lower(), known, 1)), "")


__all__ = ["STATES", "Line", "State", "find", "near_state"]
