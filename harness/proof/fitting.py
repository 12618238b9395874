"""The opposite of `wrong`: an element made to meet every row, for lines that forbid such an element."""

from __future__ import annotations

import copy
from collections.abc import Sequence

from harness.oracle import match, paths
from harness.oracle.match import Row
from harness.oracle.moments import moment, shown
from harness.proof.wrong import absent_value
from harness.rpc.dialect import Version
from harness.rpc.frame import Json
from harness.rpc.schema import Kind


def fitting_element(
    version: Version, action: str, kind: Kind, inside: str, listed: Sequence[Json], rows: tuple[Row, ...]
) -> Json | None:
    """The element of `listed` that comes nearest, changed until it meets all rows; None where that is beyond us."""
    nearest: Json = min(listed, key=lambda element: len(match.mismatches(element, rows)), default={})
    element = copy.deepcopy(nearest)
    for row in rows:
        if match.mismatch(element, row) is not None:
            _meet(element, row, absent_value(version, action, kind, f"{inside}[0].{row.path}"))
    return None if match.mismatches(element, rows) else element


def fitting_request(version: Version, action: str, usual: Json, rows: tuple[Row, ...]) -> Json:
    """A request that meets all rows, made of a usual one: for lines that forbid such a request."""
    payload = copy.deepcopy(usual)
    for row in rows:
        if match.mismatch(payload, row) is not None:
            _meet(payload, row, absent_value(version, action, "request", row.path))
    return payload


def _meet(element: Json, row: Row, usual: Json) -> None:
    pattern = row.pattern
    if isinstance(pattern, match.Absent | match.AbsentOr):
        paths.remove(element, row.path)
        return
    value = next((value for value in _candidates(pattern, usual) if pattern.accepts(value)), usual)
    paths.put(element, row.path, value)


def _candidates(pattern: match.Pattern, usual: Json) -> list[Json]:
    if isinstance(pattern, match.Equal):
        return [pattern.expected]
    if isinstance(pattern, match.OneOf) and not pattern.negated:
        return [value for option in pattern.options for value in _candidates(option, usual)]
    if isinstance(pattern, match.Within):
        limits = [limit for limit in (pattern.low, pattern.high) if limit is not None]
        return [limit + step for limit in limits for step in (0, 1, -1)]
    if isinstance(pattern, match.Now) and pattern.at is not None:
        return [shown(pattern.at)]
    if isinstance(pattern, match.After) and isinstance(pattern.base, str):
        return [shown((moment(pattern.base) or 0) + pattern.gap)]
    return [usual, "sabotage", 1]
