"""Take the faulty parts out of a SUT file, so that the rest can be checked in the same breath."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from copy import deepcopy
from typing import Any

Place = tuple[str | int, ...]

_DECISIVE: tuple[Place, ...] = (
    ("sut", "role"),
    ("sut", "versions"),
    ("drivers", "hosts"),
    ("drivers", "intents_unavailable"),
)
"""Without these, other rules would complain about what is not wrong."""
_STAND_INS: dict[Place, Any] = {
    ("sut", "name"): "?",
    ("connection", "identity"): "?",
    ("tokens",): {"valid": {"id": "?"}},
    ("tokens", "valid"): {"id": "?"},
    ("tokens", "valid", "id"): "?",
}


def salvage(raw: dict[str, Any], faulty: Iterable[Place]) -> dict[str, Any] | None:
    """`raw` without what stands at the `faulty` places; None where too much depends on them."""
    sound = deepcopy(raw)
    for place in faulty:
        if any(_related(place, decisive) for decisive in _DECISIVE):
            return None
        if place in _STAND_INS:
            _put(sound, place, _STAND_INS[place])
        elif place[0] == "drivers" and len(place) > 1:
            _bind(sound["drivers"], place)
        else:
            _remove(sound, place)
    return sound


def untouched(place: Place, faulty: Sequence[Place]) -> bool:
    """Whether a problem at `place` is more than an echo of the faults that were taken out."""
    return not any(_related(place, other) for other in faulty)


def _related(one: Place, other: Place) -> bool:
    shorter = min(len(one), len(other))
    return one[:shorter] == other[:shorter]


def _put(raw: dict[str, Any], place: Place, value: object) -> None:
    table: Any = raw
    for part in place[:-1]:
        table = table.get(part) if isinstance(table, dict) else None
    if isinstance(table, dict):
        table[place[-1]] = value


def _bind(drivers: Any, place: Place) -> None:
    """A binding that cannot be read counts as one that could."""
    if not isinstance(drivers, dict):
        return
    if place[1] == "send" and len(place) > 2 and isinstance(drivers.get("send"), dict) and place[2] in drivers["send"]:
        drivers["send"][place[2]] = "manual"
    else:
        drivers[str(place[1])] = "manual"


def _remove(raw: dict[str, Any], place: Place) -> None:
    """Delete the key at `place`; of a list that is no list of tables, the whole list."""
    table: Any = raw
    for index, part in enumerate(place):
        holder = table
        table = _child(table, part)
        last = index == len(place) - 1 or (isinstance(table, list) and not all(isinstance(e, dict) for e in table))
        if last and isinstance(holder, dict):
            holder.pop(part, None)
            return


def _child(table: Any, part: str | int) -> Any:
    if isinstance(table, dict):
        return table.get(part)
    if isinstance(table, list) and isinstance(part, int) and part < len(table):
        return table[part]
    return None
