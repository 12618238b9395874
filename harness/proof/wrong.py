"""Values that a cell forbids, as near to the right one as can be: another enum value, one more, one less."""

from __future__ import annotations

from collections.abc import Iterator

from harness.oracle import match
from harness.oracle.moments import moment, shown
from harness.rpc import schema
from harness.rpc.dialect import Version
from harness.rpc.frame import Json
from harness.rpc.link import MILLISECOND, SECOND
from harness.rpc.schema import Kind

_TRIES = 2
_LITTLE = 100 * MILLISECOND


def wrong_values(
    version: Version, action: str, kind: Kind, path: str, pattern: match.Pattern, right: Json
) -> Iterator[tuple[str, Json]]:
    """A word for the fault, and the faulty value. Nothing for a pattern that takes any value."""
    if isinstance(pattern, match.Present | match.Absent):
        return
    found = 0
    for word, value in _neighbours(version, action, kind, path, pattern, right):
        if not pattern.accepts(value):
            yield word, value
            found += 1
            if found == _TRIES:
                return


def _neighbours(
    version: Version, action: str, kind: Kind, path: str, pattern: match.Pattern, right: Json
) -> Iterator[tuple[str, Json]]:
    if (due := _due(pattern, right)) is not None:
        moment, beyond = due
        yield "too early", shown(moment - beyond)
        yield "too late", shown(moment + beyond)
    leaf = schema.lookup(version, action, kind, path)
    for value in leaf.enum:
        if value != right:
            yield f"other value {value}", value
    for forbidden in _forbidden(pattern):
        yield f"forbidden {forbidden}", forbidden
    if isinstance(right, bool):
        yield "negated", not right
    elif isinstance(right, int | float):
        yield "one more", right + 1
        yield "one less", right - 1
        for limit in _limits(pattern):
            yield f"beyond {limit:g}", limit
    elif isinstance(right, str):
        yield "other text", "sabotage"
        yield "cut short", right[:-1]
    elif isinstance(right, list):
        yield "emptied", []
    else:
        yield "other object", {}


def _due(pattern: match.Pattern, right: Json) -> tuple[int, int] | None:
    """The right moment (wall ns), and by how much another one is wrong: the tolerance plus a little."""
    told = moment(right)
    if isinstance(pattern, match.Now) and pattern.at is not None:
        return pattern.at, pattern.limit + pattern.slack + 2 * SECOND
    if isinstance(pattern, match.After) and (apart := pattern.apart(right)) is not None and told is not None:
        return told - apart + pattern.gap, pattern.within + pattern.granted(right) + _LITTLE
    if isinstance(pattern, match.OnClock) and (off := pattern.off(right)) is not None and told is not None:
        return told - off, pattern.granted(right) + _LITTLE
    return None


def _forbidden(pattern: match.Pattern) -> Iterator[Json]:
    if isinstance(pattern, match.OneOf) and pattern.negated:
        for option in pattern.options:
            if isinstance(option, match.Equal):
                yield option.expected


def _limits(pattern: match.Pattern) -> Iterator[float]:
    if isinstance(pattern, match.Within):
        if pattern.low is not None:
            yield pattern.low - 1
        if pattern.high is not None:
            yield pattern.high + 1


def absent_value(version: Version, action: str, kind: Kind, path: str) -> Json:
    """A value for a member that should not be there."""
    leaf = schema.lookup(version, action, kind, path)
    if leaf.enum:
        return leaf.enum[0]
    return {"integer": 1, "number": 1, "boolean": True, "array": [{}], "object": {}}.get(leaf.type, "sabotage")
