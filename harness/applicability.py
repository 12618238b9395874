"""Whether the SUT file's declared features make a scenario apply; decided before a socket opens."""

from __future__ import annotations

import operator
import re
from collections.abc import Callable
from dataclasses import replace

from harness.sut import Sut
from harness.sut.model import Feature

_CONDITION = re.compile(r"(?P<negated>not-)?(?P<id>[\w. -]+?)(?:(?P<sign>>=|<=|>|<|=)(?P<value>[\d.]+))?")
_SIGNS: dict[str, Callable[[float, float], bool]] = {
    ">": operator.gt,
    "<": operator.lt,
    ">=": operator.ge,
    "<=": operator.le,
    "=": operator.eq,
}


def alternatives(need: str) -> tuple[str, ...]:
    """``C-30|not-C-31``: any of them will do."""
    return tuple(need.split("|"))


def together(alternative: str) -> tuple[str, ...]:
    """``C-30&C-70``: none of them may be missing."""
    return tuple(alternative.split("&"))


def conditions(need: str) -> tuple[str, ...]:
    """Every condition that a need names, whether all of them or some must be met."""
    return tuple(one for alternative in alternatives(need) for one in together(alternative))


def declares(sut: Sut, need: str) -> bool:
    """Whether the file declares what ``@needs:X`` asks: a feature id, ``not-`` an id, ``id>1``, or one of several.

    ``A&B|C`` is met by A and B together, and by C."""
    return any(all(_declares(sut, one) for one in together(choice)) for choice in alternatives(need))


def _declares(sut: Sut, need: str) -> bool:
    found = _CONDITION.fullmatch(need)
    if found is None:
        return False
    value = sut.features.value(found["id"])
    met = value is not None
    if met and found["sign"]:
        try:
            met = _SIGNS[found["sign"]](float(value or 0), float(found["value"]))
        except ValueError:
            met = False
    return met is not bool(found["negated"])


def too_few(sut: Sut, tags: frozenset[str]) -> str:
    """Why ``@load:100``, so many stations besides, does not apply, or ""."""
    wanted = max((int(tag.removeprefix("load:")) for tag in tags if tag.startswith("load:")), default=0)
    named = sut.load.count if sut.load else 0
    if named >= wanted:
        return ""
    told = f"names only {named}" if named else "names none"
    return f"it needs {wanted} more stations that the CSMS knows; [load] in the SUT file {told}"


def obliging(sut: Sut, needs: tuple[str, ...]) -> Sut:
    """`sut` as if its file declared what these needs ask; the practice opponent becomes what its file declares.

    A comparison (``id>1``) is left as it is: it describes the hardware, which stands elsewhere in the file. Of
    several alternatives the first is taken."""
    declared = {feature.id: feature for feature in sut.features.declared}
    unmet = (need for need in needs if not declares(sut, need))
    for one in (one for need in unmet for one in together(alternatives(need)[0])):
        found = _CONDITION.fullmatch(one)
        if found is None or found["sign"] or _declares(sut, one):
            continue
        if found["negated"]:
            del declared[found["id"]]
        else:
            declared[found["id"]] = Feature(found["id"])
    return replace(sut, features=sut.features.model_copy(update={"declared": tuple(declared.values())}))


def missing(sut: Sut, needs: tuple[str, ...]) -> tuple[str, ...]:
    """The needs that the SUT file does not meet."""
    return tuple(need for need in needs if not declares(sut, need))
