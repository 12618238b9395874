"""The CSMS's own check of what it receives: JSON text, then members and types from its own tables."""

from __future__ import annotations

import json
import math
import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import NoReturn

from harness.rpc.frame import Json

MISSING = "missing"
TYPE = "type"
VALUE = "value"
UNKNOWN = "unknown"

_MEMBER = re.compile(r"(\w+)(!?):(\w+)(?:\[(\d+)-(\d*)\])?")
_TIME = re.compile(
    r"(\d{4}-\d\d-\d\d)[Tt](\d\d:\d\d:\d\d)(?:\.\d+)?(?:[Zz]|[+-](?:[01]\d|2[0-3]):[0-5]\d)", re.ASCII
)


@dataclass(frozen=True, slots=True)
class Fault:
    """The first thing wrong with a payload: one of the four kinds above, and where."""

    kind: str
    path: str


@dataclass(frozen=True, slots=True)
class _Member:
    name: str
    required: bool
    type: str
    least: int | None
    most: int | None


def read(text: str) -> Json:
    """The JSON value of `text`; raises ValueError for anything that RFC 8259 does not allow."""
    try:
        return json.loads(text, parse_constant=_refuse, parse_float=_finite)
    except RecursionError as error:
        raise ValueError("nested too deeply") from error


def _refuse(constant: str) -> NoReturn:
    raise ValueError(constant)


def _finite(text: str) -> float:
    number = float(text)
    if not math.isfinite(number):
        raise ValueError(text)
    return number


def is_time(text: str) -> bool:
    """Whether `text` is an RFC 3339 date-time of the calendar; a leap second is one."""
    match = _TIME.fullmatch(text)
    if not match:
        return False
    date, clock = match.groups()
    try:
        datetime.fromisoformat(f"{date}T{clock.replace(':60', ':59') if clock.endswith(':60') else clock}")
    except ValueError:
        return False
    return True


def is_text(value: Json) -> bool:
    """Whether `value` is text that can be sent in UTF-8: a str without lone surrogates."""
    return isinstance(value, str) and not any("\ud800" <= character <= "\udfff" for character in value)


class Grammar:
    """The messages of one OCPP version; see `messages16` and `messages201` for the notation."""

    def __init__(self, messages: Mapping[str, str], types: Mapping[str, str], newer: bool) -> None:
        """`newer` (2.x): customData is allowed everywhere and 3.0 is an integer (JSON Schema draft 6)."""
        self._newer = newer
        self._messages = {name: _members(text) for name, text in messages.items()}
        self._objects = {name: _members(text) for name, text in types.items() if not text.startswith("= ")}
        self._enums = {
            name: frozenset(text[2:].split("|")) for name, text in types.items() if text.startswith("= ")
        }

    @property
    def actions(self) -> frozenset[str]:
        return frozenset(self._messages)

    def names(self, action: str) -> frozenset[str]:
        """All member names and enumeration values that a request may have at any depth."""
        found: set[str] = set()
        members = list(self._messages[action])
        while members:
            member = members.pop()
            found |= {member.name} | self._enums.get(member.type, frozenset())
            members += self._objects.get(member.type, ())
        return frozenset(found)

    def fault(self, action: str, payload: Json, lenient_time: bool = False) -> Fault | None:
        """The first fault of a request's payload, or None."""
        return next(
            (f for f in self._object(self._messages[action], payload, "")
             if not (lenient_time and f.kind == VALUE and f.path.endswith("#time"))), None)

    def _object(self, members: tuple[_Member, ...], value: Json, path: str) -> list[Fault]:
        if not isinstance(value, dict):
            return [Fault(TYPE, path)]
        faults: list[Fault] = []
        for member in members:
            if member.name in value:
                faults += self._member(member, value[member.name], f"{path}/{member.name}")
            elif member.required:
                faults.append(Fault(MISSING, f"{path}/{member.name}"))
        names = {member.name for member in members} | ({"customData"} if self._newer else set())
        faults += [Fault(UNKNOWN, path) for name in value if name not in names]
        if self._newer and "customData" in value:
            faults += _custom(value["customData"], f"{path}/customData")
        return faults

    def _member(self, member: _Member, value: Json, path: str) -> list[Fault]:
        if member.least is None:
            return self._value(member.type, value, path)
        if not isinstance(value, list):
            return [Fault(TYPE, path)]
        if not member.least <= len(value) <= (len(value) if member.most is None else member.most):
            return [Fault(MISSING, path)]
        return [f for index, item in enumerate(value) for f in self._value(member.type, item, f"{path}/{index}")]

    def _value(self, kind: str, value: Json, path: str) -> list[Fault]:
        if kind in self._objects:
            return self._object(self._objects[kind], value, path)
        if not self._typed(kind, value):
            return [Fault(TYPE, path)]
        if isinstance(value, str) and not is_text(value):
            return [Fault(VALUE, path)]
        if kind == "time":
            return [] if is_time(value) else [Fault(VALUE, f"{path}#time")]
        if kind in self._enums:
            return [] if value in self._enums[kind] else [Fault(VALUE, path)]
        if kind[0] == "s" and kind[1:].isdigit() and len(value) > int(kind[1:]):
            return [Fault(VALUE, path)]
        return []

    def _typed(self, kind: str, value: Json) -> bool:
        if kind == "any":
            return True
        if kind == "b":
            return isinstance(value, bool)
        if kind == "i":
            whole = self._newer and isinstance(value, float) and value.is_integer()
            return whole or (isinstance(value, int) and not isinstance(value, bool))
        if kind == "n":
            return isinstance(value, int | float) and not isinstance(value, bool)
        return isinstance(value, str)


def _members(text: str) -> tuple[_Member, ...]:
    return tuple(
        _Member(name, bool(mark), kind, int(least) if least else None, int(most) if most else None)
        for name, mark, kind, least, most in _MEMBER.findall(text)
    )


def _custom(value: Json, path: str) -> list[Fault]:
    if not isinstance(value, dict):
        return [Fault(TYPE, path)]
    vendor = value.get("vendorId")
    if vendor is None:
        return [Fault(MISSING, f"{path}/vendorId")]
    if not isinstance(vendor, str):
        return [Fault(TYPE, f"{path}/vendorId")]
    return [] if len(vendor) <= 255 else [Fault(VALUE, f"{path}/vendorId")]
