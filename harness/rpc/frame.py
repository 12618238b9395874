"""OCPP-J frames as values: five kinds, and their JSON text.

CALL 2, CALLRESULT 3, CALLERROR 4 (all versions); CALLRESULTERROR 5 and SEND 6 (OCPP 2.1).
Source: OCPP-J 1.6 section 4, OCPP 2.0.1 Part 4 section 4, OCPP 2.1 Part 4 section 4.
"""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from typing import Any, ClassVar

Json = Any


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


def encode(frame: Frame) -> str:
    """The frame's JSON text, without insignificant white space."""
    if isinstance(frame, Call | Send):
        array: list[Json] = [frame.kind, frame.id, frame.action, frame.payload]
    elif isinstance(frame, Result):
        array = [frame.kind, frame.id, frame.payload]
    else:
        array = [frame.kind, frame.id, frame.code, frame.description, frame.details]
    return json.dumps(array, separators=(",", ":"), ensure_ascii=False)
