"""Everything in a SUT file that must appear nowhere else, found by walking it: no list of places to keep up to date."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import fields, is_dataclass

from pydantic import BaseModel

from harness.sut.model import Sut
from harness.sut.secret import Secret

_NO_SECRET = frozenset({"content-type", "accept", "user-agent"})
"""HTTP headers that may be written like a secret and are none."""
_TELLING = re.compile(r"passw|secret|token|bearer|credential|api_?key|private_?key", re.IGNORECASE)


def secrets_of(sut: Sut) -> list[bytes]:
    """The value of every secret, in whatever form it was given, and what plugin options call a secret."""
    return list(dict.fromkeys(_found(sut, "")))


def _found(value: object, name: str) -> Iterator[bytes]:
    if isinstance(value, Secret):
        yield from _spellings(value.reveal(), name) if name.lower() not in _NO_SECRET else ()
    elif isinstance(value, str):
        if name.startswith("option ") and _TELLING.search(name):
            yield value.encode("utf-8", "surrogateescape")
    elif isinstance(value, list | tuple):
        for member in value:
            yield from _found(member, name)
    else:
        for key, member in _members(value).items():
            inside = name == "options" or name.startswith("option ")
            yield from _found(member, f"option {key}" if inside else str(key))


def _spellings(secret: bytes, name: str) -> Iterator[bytes]:
    """The secret; of an Authorization header also what follows the scheme."""
    yield secret
    _, _, rest = secret.partition(b" ")
    if rest and name.lower().endswith("authorization"):
        yield rest


def _members(value: object) -> Mapping[str, object]:
    if isinstance(value, Mapping):
        return value
    if isinstance(value, BaseModel):
        return {key: getattr(value, key) for key in type(value).model_fields} | (value.__pydantic_extra__ or {})
    if is_dataclass(value) and not isinstance(value, type):
        return {field.name: getattr(value, field.name) for field in fields(value)}
    return {}
