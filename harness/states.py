"""Named states: what must stand before a scenario's own story begins. Data in the vocabulary itself.

A state is brought about by acts and seen on the wire by the same questions a ``Then`` asks; where it is
not reached, the scenario is inconclusive. Messages seen on the way may be named for the scenario's use.
"""

from __future__ import annotations

from dataclasses import dataclass

from harness.rpc.dialect import Role

Rows = tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Line:
    """One sentence of the vocabulary; `keyword` "when" or "then"."""

    keyword: str
    sentence: str
    rows: Rows = ()


@dataclass(frozen=True, slots=True)
class State:
    """`sut` and `versions` tell in which features it can be named, `of` whose state it is, `after` which
    state it builds on."""

    name: str
    sut: Role
    versions: tuple[str, ...]
    lines: tuple[Line, ...] = ()
    of: Role = "station"
    after: str = ""


def _do(sentence: str, **rows: str) -> Line:
    return Line("when", sentence, tuple(rows.items()))


def _do_with(sentence: str, *rows: tuple[str, str]) -> Line:
    return Line("when", sentence, rows)


def _see(sentence: str, *rows: tuple[str, str]) -> Line:
    return Line("then", sentence, rows)


_TWO = ("2.0.1", "2.1")
_ONE = ("1.6",)

# ---- the station is judged: it is brought there by people and by our CSMS ----------------------------

_STATION = (
    State("booted", "station", (*_ONE, *_TWO)),
    State("connected to an EV", "station", _TWO, (_do("the driver plugs in"),), after="booted"),
    State(
        "charging",
        "station",
        _TWO,
        (
            _do("the driver plugs in"),
            _do("the driver presents the valid idToken"),
            _see(
                'the station sends TransactionEvent as "charging" with',
                ("transactionInfo.chargingState", "Charging"),
            ),
        ),
        after="booted",
    ),
    State(
        "charging",
        "station",
        _ONE,
        (
            _do("the driver plugs in"),
            _do("the driver presents the valid idTag"),
            _see('the station sends StartTransaction as "start"'),
            _see('the station sends StatusNotification as "charging" with', ("status", "Charging")),
        ),
        after="booted",
    ),
)

# ---- the CSMS is judged: we are the station ----------------------------------------------------------

_CSMS = (
    State("connected", "csms", (*_ONE, *_TWO), (_do("the station connects"), _see("the CSMS accepts the connection"))),
    State(
        "booted",
        "csms",
        _TWO,
        (
            _do('the station sends BootNotification as "boot"'),
            _see('the CSMS answers "boot" with', ("status", "Accepted")),
            _do_with('the station sends StatusNotification as "available" with', ("connectorStatus", "Available")),
            _see('the CSMS answers "available"'),
        ),
        after="connected",
    ),
    State(
        "booted",
        "csms",
        _ONE,
        (
            _do('the station sends BootNotification as "boot"'),
            _see('the CSMS answers "boot" with', ("status", "Accepted")),
            _do_with('the station sends StatusNotification as "available" with', ("status", "Available")),
            _see('the CSMS answers "available"'),
        ),
        after="connected",
    ),
)

STATES = _STATION + _CSMS


def find(sut: str, version: str, of: str, name: str) -> State | None:
    """The state of that name in a feature about `sut` in `version`."""
    for state in STATES:
        if state.name == name and state.sut == sut and state.of == of and version in state.versions:
            return state
    return None
