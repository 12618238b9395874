"""OCPP-J frames as values: five kinds, and their JSON text.

CALL 2, CALLRESULT 3, CALLERROR 4 (all versions); CALLRESULTERROR 5 and SEND 6 (OCPP 2.1).
Source: OCPP-J 1.6 section 4, OCPP 2.0.1 Part 4 section 4, OCPP 2.1 Part 4 section 4.
"""

from __future__ import annotations

import json
import json.encoder
from dataclasses import dataclass, field
from functools import lru_cache
from typing import ClassVar

from harness.rpc.dialect import Dialect
from harness.rpc.reading import MAX_DEPTH, Flaw, FlawKind, Json, holds_lone_surrogate, read, short, too_deep, torn
from harness.rpc.values import light

__all__ = [
    "ANSWERS", "MAX_DEPTH", "REQUESTS", "Call", "Decoded", "Error", "Flaw", "FlawKind", "Frame", "Json", "Result",
    "ResultError", "Send", "decode", "encode",
]


@light(frozen=True, slots=True)
class Call:
    """A request; `id` is the messageId."""

    kind: ClassVar[int] = 2
    id: str
    action: str
    payload: Json


@light(frozen=True, slots=True)
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
REQUESTS = (Call, Send)
ANSWERS = (Result, Error, ResultError)


_ENCODER = json.JSONEncoder(separators=(",", ":"), ensure_ascii=False)
# CPython makes its encoder in C anew for every value (`JSONEncoder.iterencode`), which takes longer than most answers.
_MAKE = getattr(json.encoder, "c_make_encoder", None)  # undocumented, hence asked for
_IN_C = _MAKE and _MAKE(
    None, _ENCODER.default, json.encoder.encode_basestring, None, ":", ",", False, False, True
)  # fmt: skip


def written(value: Json) -> str:
    """Its JSON text, without insignificant white space, as `_ENCODER` writes it."""
    return "".join(_IN_C(value, 0)) if _IN_C else _ENCODER.encode(value)


def encode(frame: Frame) -> str:
    """The frame's JSON text, without insignificant white space."""
    if isinstance(frame, Result):
        return written([frame.kind, frame.id, frame.payload])
    if isinstance(frame, REQUESTS):
        return written([frame.kind, frame.id, frame.action, frame.payload])
    return written([frame.kind, frame.id, frame.code, frame.description, frame.details])


# ---- decoding ---------------------------------------------------------------------------------------


@light(frozen=True, slots=True)
class Decoded:
    """A text taken apart. `frame` is None where nothing usable could be read.

    `message_type` and `message_id` are what could be read even then: the first element as it stands
    (None where there is none), and the second where it is a string."""

    text: str
    frame: Frame | None
    flaws: tuple[Flaw, ...] = ()
    message_type: Json = None
    message_id: str | None = None


_READ_ONCE = 16 * 1024
"""Characters: longer texts are not kept."""


def decode(text: str, dialect: Dialect) -> Decoded:
    """Take `text` apart; whatever is wrong becomes a `Flaw`, never an exception.

    A frame with small flaws is still given: surplus elements are dropped, a CALLERROR without description
    or details gets empty ones, and of repeated members the last one counts. Whoever asks again soon (the peer, the
    transcript, the judge) shares the answer. Source: OCPP-J section 4."""
    return (_decode_once if len(text) <= _READ_ONCE else _decode)(text, dialect)


def _decode(text: str, dialect: Dialect) -> Decoded:
    if too_deep(text):
        return Decoded(text, None, (Flaw(FlawKind.TOO_DEEP, "", f"nests deeper than {MAX_DEPTH}"),))
    try:
        value, noted = read(text)
        lone = (not text.isascii() or "\\" in text) and holds_lone_surrogate(text, value)
    except RecursionError:
        return Decoded(text, None, (Flaw(FlawKind.TOO_DEEP, "", "nests too deep"),))
    except ValueError as problem:
        return Decoded(text, None, (Flaw(FlawKind.NOT_JSON, "", f"not JSON: {problem}"),))
    if not noted and not lone and (ordinary := _ordinary(value, dialect)) is not None:
        return Decoded(text, ordinary, (), value[0], value[1])
    flaws = list(noted)
    if lone:
        flaws.append(Flaw(FlawKind.LONE_SURROGATE, "", "half a surrogate pair, which UTF-8 cannot carry"))
    if not isinstance(value, list):
        return Decoded(text, None, (*flaws, Flaw(FlawKind.NOT_ARRAY, "", "not a JSON array")))
    frame = _frame(value, dialect, flaws)
    message_id = value[1] if len(value) > 1 and isinstance(value[1], str) else None
    if message_id is not None and torn(message_id):
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


def _ordinary(value: Json, dialect: Dialect) -> Call | Result | None:
    """What `_frame` makes of a CALL or CALLRESULT with nothing to be noted, as nearly all are; None for all else."""
    if type(value) is not list or not 3 <= len(value) <= 4:
        return None
    kind, id, payload = value[0], value[1], value[-1]
    if type(kind) is not int or type(id) is not str or not 0 < len(id) <= dialect.max_id or type(payload) is not dict:
        return None
    if kind == 2 and len(value) == 4 and type(value[2]) is str:
        return Call(id, value[2], payload)
    return Result(id, payload) if kind == 3 and len(value) == 3 else None


def _frame(array: list[Json], dialect: Dialect, flaws: list[Flaw]) -> Frame | None:
    kind = array[0] if array else None
    if not array:
        flaws.append(Flaw(FlawKind.WRONG_ARITY, "", "the array is empty"))
        return None
    if isinstance(kind, bool) or not isinstance(kind, int):
        flaws.append(Flaw(FlawKind.MESSAGE_TYPE_NOT_INTEGER, "messageTypeId", f"{short(kind)} is not an integer"))
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
        flaws.append(Flaw(FlawKind.ID_NOT_STRING, "messageId", f"{short(value)} is not a string"))
        return False
    if torn(value):
        flaws.append(Flaw(FlawKind.ID_NOT_STRING, "messageId", f"{short(value)} cannot be sent back in UTF-8"))
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
        flaws.append(Flaw(FlawKind.PAYLOAD_NOT_OBJECT, "payload", f"{short(value)} is not an object"))
    return value


def _request(kind: int, array: list[Json], flaws: list[Flaw]) -> Call | Send | None:
    if not isinstance(array[2], str):
        flaws.append(Flaw(FlawKind.ACTION_NOT_STRING, "action", f"{short(array[2])} is not a string"))
        return None
    payload = _payload(array[3], flaws)
    return Call(array[1], array[2], payload) if kind == 2 else Send(array[1], array[2], payload)


def _refusal(kind: int, array: list[Json], dialect: Dialect, flaws: list[Flaw]) -> Error | ResultError | None:
    filler: list[Json] = ["", {}]
    code, description, details = array[2:5] + filler[len(array[2:5]) - 1 :]
    if not isinstance(code, str):
        flaws.append(Flaw(FlawKind.ERROR_CODE_NOT_STRING, "errorCode", f"{short(code)} is not a string"))
        return None
    if not isinstance(description, str):
        flaws.append(
            Flaw(FlawKind.DESCRIPTION_NOT_STRING, "errorDescription", f"{short(description)} is not a string")
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
        flaws.append(Flaw(FlawKind.DETAILS_NOT_OBJECT, "errorDetails", f"{short(details)} is not an object"))
    return (Error if kind == 4 else ResultError)(array[1], code, description, details)
