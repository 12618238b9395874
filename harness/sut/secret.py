"""Passwords and other secrets: named in the SUT file, never printed."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Annotated, Any

from pydantic import PlainValidator, ValidationInfo
from pydantic_core import PydanticCustomError

from harness import reading

_FORMS = 'write "text", { hex = "..." }, { env = "NAME" } or { file = "path" }'


@dataclass(frozen=True, slots=True, repr=False)
class Secret:
    """Bytes that no repr, log or report shows. `source` says where they came from and may be printed."""

    value: bytes = field(repr=False)
    source: str = "the SUT file"

    def reveal(self) -> bytes:
        """The secret itself, for the wire only."""
        return self.value

    def text(self) -> str:
        """The secret as text; bytes that are no UTF-8 become surrogate escapes."""
        return self.value.decode("utf-8", "surrogateescape")

    def __repr__(self) -> str:
        return f"Secret(*** from {self.source})"

    def __format__(self, _: str, /) -> str:
        return repr(self)


def fault(what: str, mend: str) -> PydanticCustomError:
    """A validation error of ours; braces are escaped because pydantic fills templates."""
    return PydanticCustomError("sut_file", "{what}", {"what": what, "mend": mend})


def _from_environment(name: str, environ: Mapping[str, str]) -> bytes:
    if not environ.get(name):
        raise fault(f"the environment variable {name} is not set", f"export {name} before you start the harness")
    return environ[name].encode("utf-8", "surrogateescape")


def _from_file(name: str, folder: Path) -> bytes:
    try:
        content = reading.content(folder / name)
    except (OSError, ValueError) as error:
        what = f"the secret file {name} cannot be read{reading.why(error)}"
        raise fault(what, "create it, or correct the path") from None
    secret = content.removesuffix(b"\n").removesuffix(b"\r")
    if not secret:
        raise fault(f"the secret file {name} is empty", "put the secret in it, on one line")
    return secret


def _from_hex(digits: str | bytes, where: str) -> bytes:
    try:
        return bytes.fromhex(digits.decode("ascii") if isinstance(digits, bytes) else digits)
    except ValueError:
        raise fault(f"{where} holds no hexadecimal digits", "write two hexadecimal digits per byte") from None


def _resolve(value: object, info: ValidationInfo) -> Secret:
    if isinstance(value, Secret):
        return value
    if isinstance(value, str):
        if not value:
            raise fault("the secret is empty", _FORMS)
        return Secret(value.encode("utf-8", "surrogateescape"))
    if not isinstance(value, dict):
        raise fault("this is no secret", _FORMS)
    return _from_table(value, info.context or {})


def _from_table(table: dict[str, Any], context: Mapping[str, Any]) -> Secret:
    known = {"hex", "env", "file"} & set(table)
    rest = set(table) - known
    encoding = table.get("encoding", "text")
    if len(known) != 1 or rest - {"encoding"} or not all(isinstance(v, str) for v in table.values()):
        raise fault("a secret needs exactly one of hex, env and file, as text", _FORMS)
    if encoding not in ("text", "hex"):
        raise fault('encoding is neither "text" nor "hex"', 'write encoding = "hex", or leave it out')
    (form,) = known
    name = table[form]
    if form == "hex":
        return Secret(_from_hex(name, "the secret"))
    if form == "env":
        source, found = f"environment variable {name}", _from_environment(name, context.get("environ", {}))
    else:
        source, found = f"file {name}", _from_file(name, context.get("folder", Path()))
    return Secret(_from_hex(found, source) if encoding == "hex" else found, source)


SecretField = Annotated[Secret, PlainValidator(_resolve)]
