"""JSON text as values, with everything noted that a JSON decoder would otherwise hide."""

from __future__ import annotations

import json
import math
import re
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

Json = Any

MAX_DEPTH = 200
"""Nesting beyond which a text is not taken apart; OCPP's own messages stay below 20."""


class FlawKind(StrEnum):
    """What can be wrong with the text of a frame, apart from its payload's meaning."""

    NOT_JSON = "not-json"
    NOT_A_NUMBER = "not-a-number"
    NUMBER_OUT_OF_RANGE = "number-out-of-range"
    DUPLICATE_KEY = "duplicate-key"
    LONE_SURROGATE = "lone-surrogate"
    TOO_DEEP = "too-deep"
    NOT_ARRAY = "not-array"
    WRONG_ARITY = "wrong-arity"
    MESSAGE_TYPE_NOT_INTEGER = "message-type-not-integer"
    UNKNOWN_MESSAGE_TYPE = "unknown-message-type"
    ID_NOT_STRING = "id-not-string"
    ID_TOO_LONG = "id-too-long"
    ID_EMPTY = "id-empty"
    ACTION_NOT_STRING = "action-not-string"
    PAYLOAD_NULL = "payload-null"
    PAYLOAD_NOT_OBJECT = "payload-not-object"
    ERROR_CODE_NOT_STRING = "error-code-not-string"
    DESCRIPTION_NOT_STRING = "description-not-string"
    DESCRIPTION_TOO_LONG = "description-too-long"
    DETAILS_NOT_OBJECT = "details-not-object"


@dataclass(frozen=True, slots=True)
class Flaw:
    """One thing wrong with a text. `where` names the element ("messageId", "payload", "" for the whole)."""

    kind: FlawKind
    where: str
    message: str


_TOKEN = re.compile(r'"(?:[^"\\]|\\.)*"?|[\[\]{}]', re.DOTALL)
_ESCAPED_SURROGATE = re.compile(r"\\u[dD][89a-fA-F]")
_SURROGATE = re.compile("[\ud800-\udfff]")
_MAX_DIGITS = 1000


class Reader:
    """One pass of the JSON decoder, which notes what it would otherwise hide."""

    def __init__(self) -> None:
        self.flaws: list[Flaw] = []

    def read(self, text: str) -> Json:
        """The value. Raises ValueError where the text is not JSON, RecursionError where it nests too deep."""
        return json.loads(
            text,
            object_pairs_hook=self._object,
            parse_constant=self._constant,
            parse_float=self._float,
            parse_int=self._integer,
        )

    def _note(self, kind: FlawKind, message: str) -> None:
        self.flaws.append(Flaw(kind, "", message))

    def _object(self, pairs: list[tuple[str, Json]]) -> dict[str, Json]:
        members = dict(pairs)
        if len(members) != len(pairs):
            seen: set[str] = set()
            for name, value in pairs:
                if name in seen:
                    self._note(FlawKind.DUPLICATE_KEY, f"member {name!r} again, now {short(value)}")
                seen.add(name)
        return members

    def _constant(self, name: str) -> float:
        self._note(FlawKind.NOT_A_NUMBER, f"{name} is not JSON")
        return float(name)

    def _float(self, digits: str) -> float:
        number = float(digits)
        if not math.isfinite(number):
            self._note(FlawKind.NUMBER_OUT_OF_RANGE, f"{digits[:40]} exceeds what a double can hold")
        return number

    def _integer(self, digits: str) -> int | float:
        if len(digits) <= _MAX_DIGITS:
            return int(digits)
        self._note(FlawKind.NUMBER_OUT_OF_RANGE, f"an integer of {len(digits.lstrip('-'))} digits")
        return float(digits)


class _Remarkable(ValueError):
    """Something that `Reader` would note."""


def _refused(name: str) -> float:
    raise _Remarkable(name)


def _readable(digits: str) -> int | float:
    return int(digits) if len(digits) <= _MAX_DIGITS else _refused(digits)


def _finite(digits: str) -> float:
    number = float(digits)
    return _refused(digits) if number - number else number


def _unrepeated(pairs: list[tuple[str, Json]]) -> dict[str, Json]:
    members = dict(pairs)
    if len(members) != len(pairs):
        raise _Remarkable("a member again")
    return members


# Where there are no 1000 characters, no number has 1000 digits: the decoder's own way with integers is much faster.
_SHORT = json.JSONDecoder(object_pairs_hook=_unrepeated, parse_constant=_refused, parse_float=_finite)
_LONG = json.JSONDecoder(
    object_pairs_hook=_unrepeated, parse_constant=_refused, parse_float=_finite, parse_int=_readable
)


def plain(text: str) -> Json:
    """The value of an ordinary text, in half the time. Raises ValueError where `Reader` has to look."""
    value, end = (_SHORT if len(text) <= _MAX_DIGITS else _LONG).raw_decode(text)
    if end != len(text):
        raise _Remarkable("something after it")
    return value


def read(text: str) -> tuple[Json, tuple[Flaw, ...]]:
    """The value and what is to be noted of it. Raises ValueError and RecursionError as `Reader.read` does."""
    try:
        return plain(text), ()
    except ValueError:
        reader = Reader()
        return reader.read(text), tuple(reader.flaws)


def short(value: Json) -> str:
    text = repr(value)
    return text if len(text) <= 60 else text[:57] + "..."


def too_deep(text: str) -> bool:
    """Whether brackets outside strings nest deeper than MAX_DEPTH; stops at the first place that does."""
    if text.count("[") + text.count("{") <= MAX_DEPTH:
        return False
    depth = 0
    for token in _TOKEN.finditer(text):
        mark = text[token.start()]
        depth += (mark in "[{") - (mark in "]}")
        if depth > MAX_DEPTH:
            return True
    return False


def torn(text: str) -> bool:
    return not text.isascii() and _SURROGATE.search(text) is not None


def holds_lone_surrogate(text: str, value: Json) -> bool:
    if torn(text):
        return True
    if not _ESCAPED_SURROGATE.search(text):
        return False
    return _SURROGATE.search(json.dumps(value, ensure_ascii=False)) is not None
