"""Member paths as scenarios write them: ``chargingStation.model``, ``meterValue[0].timestamp``, ``reportData[*]``."""

from __future__ import annotations

import copy
import itertools
import re
from functools import lru_cache

from harness.rpc.frame import Json

_TOKEN = re.compile(r"([^.\[\]]+)|\[(\d+|\*)\]|(\.)")


class BadPath(ValueError):
    """The text is not a path."""


@lru_cache(maxsize=4096)
def parse(path: str) -> tuple[str | int, ...]:
    """The steps of a path: member names, indexes, and "*" for every element. Raises `BadPath`."""
    steps: list[str | int] = []
    position = 0
    while position < len(path):
        token = _TOKEN.match(path, position)
        if not token:
            raise BadPath(f"{path!r} is not a member path: write a.b[0].c, a[*].b")
        name, index, _dot = token.groups()
        if name:
            steps.append(name)
        elif index:
            steps.append(index if index == "*" else int(index))
        position = token.end()
    if not steps:
        raise BadPath("a member path must not be empty")
    return tuple(steps)


def values(payload: Json, path: str) -> list[Json]:
    """Every value the path leads to; empty where a member is missing."""
    found = [payload]
    for step in parse(path):
        found = [deeper for value in found for deeper in _step(value, step)]
    return found


def _step(value: Json, step: str | int) -> list[Json]:
    if isinstance(value, dict):
        return [value[step]] if isinstance(step, str) and step in value else []
    if isinstance(value, list):
        if step == "*":
            return list(value)
        if isinstance(step, int):
            return [value[step]] if step < len(value) else []
    return []


def put(payload: Json, path: str, value: Json) -> None:
    """Set the member in place, making objects and lists on the way. `[*]` is no place to put a value."""
    steps = parse(path)
    for step, following in itertools.pairwise(steps):
        payload = _child(payload, step, [] if isinstance(following, int) else {})
    _assign(payload, steps[-1], value)


def _child(holder: Json, step: str | int, empty: Json) -> Json:
    if isinstance(step, int):
        while len(holder) <= step:
            holder.append(type(empty)())
        return holder[step]
    return holder.setdefault(step, empty)


def _assign(holder: Json, step: str | int, value: Json) -> None:
    if isinstance(step, int) and step >= len(holder):
        holder.extend(copy.deepcopy(holder[-1:] or [value]) * (step - len(holder)))
        holder.append(value)
    else:
        holder[step] = value


def remove(payload: Json, path: str) -> bool:
    """Take every member the path leads to away; tells whether there was one."""
    *way, last = parse(path)
    holders = [payload]
    for step in way:
        holders = [deeper for holder in holders for deeper in _step(holder, step)]
    taken = [_take(holder, last) for holder in holders]
    return any(taken)


def _take(holder: Json, last: str | int) -> bool:
    if isinstance(holder, dict) and last in holder:
        del holder[last]
    elif isinstance(holder, list) and isinstance(last, int) and last < len(holder):
        holder.pop(last)
    elif isinstance(holder, list) and last == "*" and holder:
        holder.clear()
    else:
        return False
    return True
