"""OCPP-J frames as values: five kinds, and their JSON text.

CALL 2, CALLRESULT 3, CALLERROR 4 (all versions); CALLRESULTERROR 5 and SEND 6 (OCPP 2.1).
Source: OCPP-J 1.6 section 4, OCPP 2.0.1 Part 4 section 4, OCPP 2.1 Part 4 section 4.
"""

from __future__ import annotations

import json
import math
import re
from dataclasses import dataclass, field
from enum import StrEnum
from functools import lru_cache
from typing import Any, ClassVar

from harness.rpc.dialect import Dialect

Json = Any

MAX_DEPTH = 200
"""Nesting beyond which a text is not taken apart; OCPP's own messages stay below 20."""


@dataclass(frozen=True, slots=True)
class Call:
    """A request; `id` is the messageId."""

    kind: ClassVar[int] = 2
    id: str
    action: str
    payload: Json


@dataclass(frozen=True, slots=True)
class Result:
    """The answer to a CALL."""

    kind: ClassVar[int] = 3
    id: str
    payload: Json


@dataclass(frozen=True, slots=True)
class Error:
    """The refusal of a CALL."""

    kind: ClassVar[int] = 4
    id: str
    code: str
    description: str = ""
    details: Json = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class ResultError:
    """OCPP 2.1: the refusal of a CALLRESULT."""

    kind: ClassVar[int] = 5
    id: str
    code: str
    description: str = ""
    details: Json = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Send:
    """OCPP 2.1: a message that nobody answers."""

    kind: ClassVar[int] = 6
    id: str
    action: str
    payload: Json


Frame = Call | Result | Error | ResultError | Send


_ENCODER = json.JSONEncoder(separators=(",", ":"), ensure_ascii=False)


def encode(frame: Frame) -> str:
    """The frame's JSON text, without insignificant white space."""
    if isinstance(frame, Call | Send):
        array: list[Json] = [frame.kind, frame.id, frame.action, frame.payload]
    elif isinstance(frame, Result):
        array = [frame.kind, frame.id, frame.payload]
    else:
        array = [frame.kind, frame.id, frame.code, frame.description, frame.details]
    return _ENCODER.encode(array)


# ---- decoding ---------------------------------------------------------------------------------------


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


@dataclass(frozen=True, slots=True)
class Decoded:
    """A text taken apart. `frame` is None where nothing usable could be read.

    `message_type` and `message_id` are what could be read even then: the first element as it stands
    (None where there is none), and the second where it is a string."""

    text: str
    frame: Frame | None
    flaws: tuple[Flaw, ...] = ()
    message_type: Json = None
    message_id: str | None = None


_TOKEN = re.compile(r'"(?:[^"\\]|\\.)*"?|[\[\]{}]', re.DOTALL)
_ESCAPED_SURROGATE = re.compile(r"\\u[dD][89a-fA-F]")
_SURROGATE = re.compile("[\ud800-\udfff]")
_MAX_DIGITS = 1000


class _Reader:
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
                    self._note(FlawKind.DUPLICATE_KEY, f"member {name!r} again, now {_short(value)}")
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
    """Something that `_Reader` would note."""


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


def _plain(text: str) -> Json:
    """The value of an ordinary text, in half the time. Raises ValueError where `_Reader` has to look."""
    value, end = (_SHORT if len(text) <= _MAX_DIGITS else _LONG).raw_decode(text)
    if end != len(text):
        raise _Remarkable("something after it")
    return value


def _read(text: str) -> tuple[Json, tuple[Flaw, ...]]:
    """The value and what is to be noted of it. Raises ValueError and RecursionError as `_Reader.read` does."""
    try:
        return _plain(text), ()
    except ValueError:
        reader = _Reader()
        return reader.read(text), tuple(reader.flaws)


_READ_ONCE = 16 * 1024
"""Characters: longer texts are not kept."""


def _short(value: Json) -> str:
    text = repr(value)
    return text if len(text) <= 60 else text[:57] + "..."


def _too_deep(text: str) -> bool:
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


def _torn(text: str) -> bool:
    return not text.isascii() and _SURROGATE.search(text) is not None


def _holds_lone_surrogate(text: str, value: Json) -> bool:
    if _torn(text):
        return True
    if not _ESCAPED_SURROGATE.search(text):
        return False
    return _SURROGATE.search(json.dumps(value, ensure_ascii=False)) is not None


def decode(text: str, dialect: Dialect) -> Decoded:
    """Take `text` apart; whatever is wrong becomes a `Flaw`, never an exception.

    A frame with small flaws is still given: surplus elements are dropped, a CALLERROR without description
    or details gets empty ones, and of repeated members the last one counts. Whoever asks again soon (the peer, the
    transcript, the judge) shares the answer. Source: OCPP-J section 4."""
    return (_decode_once if len(text) <= _READ_ONCE else _decode)(text, dialect)


def _decode(text: str, dialect: Dialect) -> Decoded:
    if _too_deep(text):
        return Decoded(text, None, (Flaw(FlawKind.TOO_DEEP, "", f"nests deeper than {MAX_DEPTH}"),))
    try:
        value, noted = _read(text)
        lone = (not text.isascii() or "\\u" in text) and _holds_lone_surrogate(text, value)
    except RecursionError:
        return Decoded(text, None, (Flaw(FlawKind.TOO_DEEP, "", "nests too deep"),))
    except ValueError as problem:
        return Decoded(text, None, (Flaw(FlawKind.NOT_JSON, "", f"not JSON: {problem}"),))
    flaws = list(noted)
    if lone:
        flaws.append(Flaw(FlawKind.LONE_SURROGATE, "", "half a surrogate pair, which UTF-8 cannot carry"))
    if not isinstance(value, list):
        return Decoded(text, None, (*flaws, Flaw(FlawKind.NOT_ARRAY, "", "not a JSON array")))
    frame = _frame(value, dialect, flaws)
    message_id = value[1] if len(value) > 1 and isinstance(value[1], str) else None
    if message_id is not None and _torn(message_id):
        message_id = None
    return Decoded(text, frame, tuple(flaws), value[0] if value else None, message_id)


_decode_once = lru_cache(maxsize=64)(_decode)


_ELEMENTS: dict[int, tuple[str, ...]] = {
    2: ("messageTypeId", "messageId", "action", "payload"),
    3: ("messageTypeId", "messageId", "payload"),
    4: ("messageTypeId", "messageId", "errorCode", "errorDescription", "errorDetails"),
    5: ("messageTypeId", "messageId", "errorCode", "errorDescription", "errorDetails"),
    6: ("messageTypeId", "messageId", "action", "payload"),
}
_FEWEST = {2: 4, 3: 3, 4: 3, 5: 3, 6: 4}


def _frame(array: list[Json], dialect: Dialect, flaws: list[Flaw]) -> Frame | None:
    kind = array[0] if array else None
    if not array:
        flaws.append(Flaw(FlawKind.WRONG_ARITY, "", "the array is empty"))
        return None
    if isinstance(kind, bool) or not isinstance(kind, int):
        flaws.append(Flaw(FlawKind.MESSAGE_TYPE_NOT_INTEGER, "messageTypeId", f"{_short(kind)} is not an integer"))
        return None
    if kind not in dialect.message_types:
        flaws.append(
            Flaw(FlawKind.UNKNOWN_MESSAGE_TYPE, "messageTypeId", f"OCPP {dialect.version} has no message type {kind}")
        )
    if kind not in _ELEMENTS:
        return None
    names = _ELEMENTS[kind]
    if len(array) != len(names):
        flaws.append(
            Flaw(FlawKind.WRONG_ARITY, "", f"{len(array)} elements where message type {kind} has {len(names)}")
        )
        if len(array) < _FEWEST[kind]:
            return None
    if not _readable_id(array[1], dialect, flaws):
        return None
    if kind == 3:
        return Result(array[1], _payload(array[2], flaws))
    if kind in (2, 6):
        return _request(kind, array, flaws)
    return _refusal(kind, array, dialect, flaws)


def _readable_id(value: Json, dialect: Dialect, flaws: list[Flaw]) -> bool:
    if not isinstance(value, str):
        flaws.append(Flaw(FlawKind.ID_NOT_STRING, "messageId", f"{_short(value)} is not a string"))
        return False
    if _torn(value):
        flaws.append(Flaw(FlawKind.ID_NOT_STRING, "messageId", f"{_short(value)} cannot be sent back in UTF-8"))
        return False
    if not value:
        flaws.append(Flaw(FlawKind.ID_EMPTY, "messageId", "empty"))
    if len(value) > dialect.max_id:
        flaws.append(
            Flaw(FlawKind.ID_TOO_LONG, "messageId", f"{len(value)} characters, at most {dialect.max_id} are allowed")
        )
    return True


def _payload(value: Json, flaws: list[Flaw]) -> Json:
    if value is None:
        flaws.append(Flaw(FlawKind.PAYLOAD_NULL, "payload", "null where an empty object is good practice"))
    elif not isinstance(value, dict):
        flaws.append(Flaw(FlawKind.PAYLOAD_NOT_OBJECT, "payload", f"{_short(value)} is not an object"))
    return value


def _request(kind: int, array: list[Json], flaws: list[Flaw]) -> Call | Send | None:
    if not isinstance(array[2], str):
        flaws.append(Flaw(FlawKind.ACTION_NOT_STRING, "action", f"{_short(array[2])} is not a string"))
        return None
    payload = _payload(array[3], flaws)
    return Call(array[1], array[2], payload) if kind == 2 else Send(array[1], array[2], payload)


def _refusal(kind: int, array: list[Json], dialect: Dialect, flaws: list[Flaw]) -> Error | ResultError | None:
    filler: list[Json] = ["", {}]
    code, description, details = array[2:5] + filler[len(array[2:5]) - 1 :]
    if not isinstance(code, str):
        flaws.append(Flaw(FlawKind.ERROR_CODE_NOT_STRING, "errorCode", f"{_short(code)} is not a string"))
        return None
    if not isinstance(description, str):
        flaws.append(
            Flaw(FlawKind.DESCRIPTION_NOT_STRING, "errorDescription", f"{_short(description)} is not a string")
        )
        description = ""
    limit = dialect.max_description
    if limit is not None and len(description) > limit:
        flaws.append(
            Flaw(
                FlawKind.DESCRIPTION_TOO_LONG,
                "errorDescription",
                f"{len(description)} characters, at most {limit} are allowed",
            )
        )
    if not isinstance(details, dict):
        flaws.append(Flaw(FlawKind.DETAILS_NOT_OBJECT, "errorDetails", f"{_short(details)} is not an object"))
    return (Error if kind == 4 else ResultError)(array[1], code, description, details)
