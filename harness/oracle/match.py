"""The value grammar of tables: what a cell demands of a member, and whether a value meets it.

========================  ==========================================================
``Accepted``  ``1``       equal: as text to a string, as number to a number, true/false
``"the text"``            the text itself, whatever it looks like
``absent``                the member must not be there; a row is never skipped
``present``               the member must be there, with any value but null
``any of A, B``           one of these
``none of A, B``          there, and none of these
``absent or A``           not there, or as A says (any form of this table)
``at least 5``            a number, or text that is one; ``at most``, ``more than``, ``less than``, ``between 1 and 5``
``now within 2 s``        a time, at most that far from the one at which the message passed
``2 s after the X of "a"``  a time that much later than another one (`harness.oracle.times`)
``within 10 min of the X of "a"``  a time at most that far from another one, either way
``on every 2 s of the clock``  a time that is a multiple of that since midnight UTC
``like CS.*``             a string that the regular expression matches as a whole
``the id of "boot"``      equal to what the scenario names; also the SUT file's facts: ``the valid token``
========================  ==========================================================
"""

from __future__ import annotations

import math
import re
import warnings
from collections.abc import Callable
from dataclasses import dataclass, replace

from harness.oracle import paths, times
from harness.oracle.times import After as After
from harness.oracle.times import Now as Now
from harness.oracle.times import OnClock as OnClock
from harness.rpc.frame import Json


class BadCell(ValueError):
    """A cell that the grammar does not allow; the message says what it would allow."""


@dataclass(frozen=True, slots=True)
class Equal:
    """`expected` is text of a table, or a JSON value that a reference gave."""

    expected: Json
    source: str = ""

    def accepts(self, value: Json) -> bool:
        return same(self.expected, value)

    def __str__(self) -> str:
        return f"{self.source} = {self.expected!r}" if self.source else repr(self.expected)


@dataclass(frozen=True, slots=True)
class Reference:
    """To be resolved before it is asked: ``the transactionId of "start"``, ``the valid token``."""

    text: str

    def accepts(self, value: Json) -> bool:
        raise TypeError(f"'{self.text}' was never resolved")

    def __str__(self) -> str:
        return self.text


@dataclass(frozen=True, slots=True)
class Absent:
    def accepts(self, value: Json) -> bool:
        return False

    def __str__(self) -> str:
        return "absent"


@dataclass(frozen=True, slots=True)
class Present:
    def accepts(self, value: Json) -> bool:
        return value is not None

    def __str__(self) -> str:
        return "present"


@dataclass(frozen=True, slots=True)
class OneOf:
    options: tuple[Pattern, ...]
    negated: bool = False

    def accepts(self, value: Json) -> bool:
        if value is None and self.negated:
            return False
        return any(option.accepts(value) for option in self.options) is not self.negated

    def __str__(self) -> str:
        return ("none of " if self.negated else "any of ") + ", ".join(map(str, self.options))


@dataclass(frozen=True, slots=True)
class AbsentOr:
    pattern: Pattern

    def accepts(self, value: Json) -> bool:
        return self.pattern.accepts(value)

    def __str__(self) -> str:
        return f"absent or {self.pattern}"


@dataclass(frozen=True, slots=True)
class Within:
    """A number between two limits; `open_ended` excludes the limits themselves."""

    low: float | None = None
    high: float | None = None
    open_ended: bool = False

    def accepts(self, value: Json) -> bool:
        number = _number(value)
        if number is None:
            return False
        if self.open_ended:
            return (self.low is None or number > self.low) and (self.high is None or number < self.high)
        return (self.low is None or number >= self.low) and (self.high is None or number <= self.high)

    def __str__(self) -> str:
        words = ("more than", "less than") if self.open_ended else ("at least", "at most")
        limits = zip(words, (self.low, self.high), strict=True)
        return " and ".join(f"{word} {limit:g}" for word, limit in limits if limit is not None)


@dataclass(frozen=True, slots=True)
class Like:
    regex: str

    def accepts(self, value: Json) -> bool:
        return isinstance(value, str) and re.fullmatch(self.regex, value) is not None

    def __str__(self) -> str:
        return f"like {self.regex}"


Time = Now | After | OnClock
Pattern = Equal | Reference | Absent | Present | OneOf | AbsentOr | Within | Like | Now | After | OnClock


def same(expected: Json, value: Json) -> bool:
    """Whether a value equals table text or a JSON value; 1, 1.0 and the cell ``1`` are the same number."""
    if expected is None or value is None:
        return expected is value
    if isinstance(value, bool) or isinstance(expected, bool):
        return str(expected).lower() == str(value).lower()
    if isinstance(value, int | float):
        return _exact(expected) == value
    if isinstance(value, str):
        return str(expected) == value
    return bool(expected == value)


_DIGITS = re.compile(r"[+-]?[0-9]{1,300}")
_DECIMAL = re.compile(r"[+-]?[0-9]{1,300}(\.[0-9]{1,300})?([eE][+-]?[0-9]{1,3})?")


def _exact(value: Json) -> int | float | None:
    """A number as it is, or text that is one; big ids must not be rounded to doubles."""
    if isinstance(value, int | float):
        return value
    if isinstance(value, str) and _DIGITS.fullmatch(value):
        return int(value)
    return _number(value)


def _number(value: Json) -> float | None:
    """A number, or text that is one: 1.6 samples and 2.x variables carry numbers as text."""
    if isinstance(value, bool) or not isinstance(value, int | float | str):
        return None
    if isinstance(value, str) and not _DECIMAL.fullmatch(value):
        return None
    try:
        number = float(value)
    except OverflowError:
        return None
    return number if math.isfinite(number) else None


def parse(cell: str) -> Pattern:
    """The pattern a cell stands for. Raises `BadCell`."""
    text = cell.strip()
    if not text:
        raise BadCell('an empty cell says nothing: write absent, present, a value, or "" for the empty text')
    if text in _WORDS:
        return _WORDS[text]
    if len(text) >= 2 and text[0] == text[-1] == '"':
        return Equal(text[1:-1])
    if later := times.after(text):
        return later
    for opening, make in _FORMS:
        if text == opening:
            raise BadCell(f"{text!r} says only half; the word itself is written in quotes")
        if text.startswith(opening + " "):
            return make(text[len(opening) + 1 :].strip())
    return Equal(text)


_NESTED = re.compile(r"(?:any of|none of|absent or)\b|absent$|present$")


def _absent_or(text: str) -> AbsentOr:
    if text == "absent" or text.startswith("absent or"):
        raise BadCell(f"'absent or {text[:40]}' says absent twice")
    return AbsentOr(parse(text))


def _options(text: str) -> tuple[Pattern, ...]:
    options = [option.strip() for option in text.split(",")]
    nested = next((option for option in options if _NESTED.match(option)), None)
    if nested is not None:
        raise BadCell(f"{nested[:40]!r} cannot be one of several values: write 'absent or any of A, B'")
    return tuple(parse(option) for option in options)


def _limit(text: str) -> float:
    number = _number(text)
    if number is None:
        raise BadCell(f"{text!r} is not a number")
    return number


def _between(text: str) -> Within:
    low, word, high = text.partition(" and ")
    if not word:
        raise BadCell(f"'between {text}' needs two numbers: between 1 and 5")
    limits = Within(_limit(low.strip()), _limit(high.strip()))
    if _limit(low.strip()) > _limit(high.strip()):
        raise BadCell(f"'between {text}' can never be met: the smaller number first")
    return limits


def _like(text: str) -> Like:
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("error")  # "possible nested set": nobody can say what such a pattern means
            re.compile(text)
    except (re.error, OverflowError, RecursionError, ValueError, Warning) as error:
        raise BadCell(f"'like {text}' is not a regular expression: {error}") from error
    return Like(text)


def _now(text: str) -> Now:
    limit = times.duration(text)
    if limit is None or not text.endswith("s"):  # a clock is right by seconds, not by minutes
        raise BadCell(f"'now within {text}' needs a duration: now within 2 s, now within 500 ms")
    return Now(limit)


def _on_every(text: str) -> OnClock:
    found = times.on_every(text)
    if found is None:
        raise BadCell(f"'on every {text}' needs a duration: on every 15 min of the clock")
    return found


_WORDS: dict[str, Pattern] = {"absent": Absent(), "present": Present()}
_FORMS: tuple[tuple[str, Callable[[str], Pattern]], ...] = (
    ("any of", lambda text: OneOf(_options(text))),
    ("none of", lambda text: OneOf(_options(text), negated=True)),
    ("absent or", _absent_or),
    ("at least", lambda text: Within(low=_limit(text))),
    ("at most", lambda text: Within(high=_limit(text))),
    ("more than", lambda text: Within(low=_limit(text), open_ended=True)),
    ("less than", lambda text: Within(high=_limit(text), open_ended=True)),
    ("between", _between),
    ("like", _like),
    ("now within", _now),
    ("on every", _on_every),
    ("the", lambda text: Reference(f"the {text}")),
)


def resolve(pattern: Pattern, lookup: Callable[[str], Json]) -> Pattern:
    """The pattern with every reference replaced by its value; `lookup` raises where there is none."""
    if isinstance(pattern, Reference):
        return Equal(lookup(pattern.text), pattern.text)
    if isinstance(pattern, After):
        return replace(pattern, base=lookup(pattern.reference))
    if isinstance(pattern, OneOf):
        return OneOf(tuple(resolve(option, lookup) for option in pattern.options), pattern.negated)
    if isinstance(pattern, AbsentOr):
        return AbsentOr(resolve(pattern.pattern, lookup))
    return pattern


def _each_time(pattern: Pattern, change: Callable[[Time], Time]) -> Pattern:
    if isinstance(pattern, Now | After | OnClock):
        return change(pattern)
    if isinstance(pattern, OneOf):
        return OneOf(tuple(_each_time(option, change) for option in pattern.options), pattern.negated)
    if isinstance(pattern, AbsentOr):
        return AbsentOr(_each_time(pattern.pattern, change))
    return pattern


def slackened(pattern: Pattern, tolerance: int, uncertainty: int) -> Pattern:
    """The pattern with the tolerance granted to every time; where our own clock is in it, our uncertainty too (ns)."""

    def grant(time: Time) -> Time:
        return replace(time, slack=tolerance + (uncertainty if isinstance(time, Now) else 0))

    return _each_time(pattern, grant)


def _passing(time: Time, wall: int) -> Time:
    return replace(time, at=wall) if isinstance(time, Now) else time


def passed_at(rows: tuple[Row, ...], wall: int) -> tuple[Row, ...]:
    """The rows for a message that passed at that wall clock (ns)."""
    return tuple(replace(row, pattern=_each_time(row.pattern, lambda time: _passing(time, wall))) for row in rows)


@dataclass(frozen=True, slots=True)
class Row:
    """One line of a table: a member path and what is demanded of it."""

    path: str
    pattern: Pattern


@dataclass(frozen=True, slots=True)
class Mismatch:
    """A row that a payload does not meet; `seen` is the values found, empty where there is none."""

    row: Row
    seen: tuple[Json, ...]

    def __str__(self) -> str:
        seen = ", ".join(repr(value) for value in self.seen) or "nothing"
        return f"{self.row.path}: expected {self.row.pattern}, saw {seen}"


def mismatch(payload: Json, row: Row) -> Mismatch | None:
    """What is wrong with the payload by this row. With `[*]` one matching element is enough."""
    found = tuple(paths.values(payload, row.path))
    if isinstance(row.pattern, Absent):
        met = not found
    elif not found:
        met = isinstance(row.pattern, AbsentOr)
    else:
        met = any(row.pattern.accepts(value) for value in found)
    return None if met else Mismatch(row, found)


def mismatches(payload: Json, rows: tuple[Row, ...]) -> tuple[Mismatch, ...]:
    """Every row the payload does not meet; none is skipped."""
    return tuple(wrong for row in rows if (wrong := mismatch(payload, row)))
