"""Read a SUT file and say everything that is wrong with it at once."""

from __future__ import annotations

import hashlib
import os
import re
import tomllib
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any, get_args

from pydantic import BaseModel, ValidationError

from harness import reading
from harness.sut import binding, rules
from harness.sut.endpoint_rules import Broken
from harness.sut.lines import line_of, locate
from harness.sut.model import Sut, Tables
from harness.sut.problem import Problem, SutFileError, nearest
from harness.sut.salvage import salvage, untouched
from harness.sut.secret import Secret

_WORDS = {
    "bool_type": "this must be true or false",
    "string_type": "this must be text",
    "int_type": "this must be a whole number",
    "float_type": "this must be a number",
    "tuple_type": "this must be a list",
    "dict_type": "this must be a table",
    "model_type": "this must be a table",
    "string_too_short": "this must not be empty",
    "too_short": "this must not be empty",
    "string_pattern_mismatch": "this must be METHOD URL",
}
_LINE = re.compile(r"at line (\d+)")
_HIDDEN = frozenset({"password", "key_password", "bearer", "hex", "headers", "auth"})
_TAGGED: dict[str, type[BaseModel]] = {
    "<driver>": binding.Named,
    "<http>": binding.Http,
    "<command>": binding.Command,
    "<preset>": binding.Preset,
}
_MENDS = {
    "bool_type": "write true or false",
    "string_type": 'write a text in quotes: "..."',
    "int_type": "write a whole number, without quotes",
    "float_type": "write a number, without quotes",
    "tuple_type": "write a list: [...]",
    "dict_type": "write a table",
    "model_type": "write a table",
    "literal_error": "use one of these, in quotes",
    "string_too_short": "write a text that is not empty",
    "string_too_long": "shorten it",
    "string_pattern_mismatch": 'write "POST http://host/path"; GET, PUT, PATCH and DELETE exist too',
    "too_short": "name at least one",
}


def load(path: str | Path, environ: Mapping[str, str] | None = None) -> Sut:
    """The system under test of a SUT file; `environ` is where secrets may come from (default: the process's).

    Raises SutFileError with all problems, and nothing else."""
    file = Path(path)
    text, content, problems = _read(file)
    if not problems:
        return _build(file, text, content, os.environ if environ is None else environ)
    raise SutFileError(file, problems)


def _read(file: Path) -> tuple[str, bytes, tuple[Problem, ...]]:
    try:
        content = reading.content(file)
    except FileNotFoundError:
        mend = "check the path; `ocpp-harness example` has files to start from"
        return "", b"", (Problem(0, "", "there is no such file", mend),)
    except (OSError, ValueError) as error:
        what = f"the file cannot be read: {getattr(error, 'strerror', None) or error}"
        return "", b"", (Problem(0, "", what, "give the path of a readable TOML file"),)
    try:
        return content.decode("utf-8-sig"), content, ()  # editors of Windows put a mark before the text
    except UnicodeDecodeError as error:
        line = content.count(b"\n", 0, error.start) + 1
        return "", b"", (Problem(line, "", "the file is not UTF-8", "save it as UTF-8, as TOML demands"),)


def _build(file: Path, text: str, content: bytes, environ: Mapping[str, str]) -> Sut:
    raw, problems = _parse(text)
    if problems:
        raise SutFileError(file, problems)
    context = {"environ": environ, "folder": file.parent}
    tables, faults = _validate(raw, context)
    broken = rules.broken(tables, file.parent) if tables else (*faults, *_beyond(raw, faults, context))
    if tables is None or broken:
        lines = locate(text)
        raise SutFileError(file, (Problem(line_of(lines, at), _dotted(at), *rest) for at, *rest in broken))
    return _sut(file, content, tables)


def _beyond(raw: dict[str, Any], faults: tuple[Broken, ...], context: dict[str, Any]) -> Iterator[Broken]:
    """What else is wrong with a file that has `faults`: the rules, put to the rest of it."""
    places = tuple(place for place, _, _ in faults)
    rest = salvage(raw, places)
    tables = _validate(rest, context)[0] if rest is not None else None
    if tables is not None:
        for problem in rules.broken(tables, context["folder"]):
            if untouched(problem[0], places):
                yield problem


def _parse(text: str) -> tuple[dict[str, Any], tuple[Problem, ...]]:
    try:
        return tomllib.loads(text), ()
    except tomllib.TOMLDecodeError as error:
        what = str(error)
    except RecursionError:
        what = "the tables are nested too deeply"
    except ValueError as error:
        what = f"a value is out of range: {error}"
    match = _LINE.search(what)
    line = int(match.group(1)) if match else text.count("\n") + 1
    return {}, (Problem(line, "", f"this is not TOML: {what}", "see https://toml.io for how it is written"),)


def _validate(raw: dict[str, Any], context: dict[str, Any]) -> tuple[Tables | None, tuple[Broken, ...]]:
    """Errors are taken apart inside, so that no traceback carries an input that may be a secret."""
    try:
        return Tables.model_validate(raw, context=context), ()
    except ValidationError as error:
        details = error.errors(include_url=False)
    return None, tuple(_fault(dict(detail)) for detail in details)


def _fault(detail: dict[str, Any]) -> Broken:
    loc = tuple(detail["loc"])
    place = tuple(part for part in loc if part not in _TAGGED)
    return place, *_explain(detail, loc, place)


def _explain(detail: dict[str, Any], loc: tuple[str | int, ...], place: tuple[str | int, ...]) -> tuple[str, str]:
    kind, context = detail["type"], detail.get("ctx", {})
    if kind == "sut_file":
        return context["what"], context["mend"]
    if kind == "extra_forbidden":
        return "there is no such key", nearest(str(loc[-1]), _keys(loc[:-1]))
    if kind == "missing":
        if len(loc) == 1:
            return "this table is missing", f"write [{loc[0]}] and its keys below it; see docs/sut-files.md"
        return "this key is missing", "add it"
    what = _WORDS.get(kind) or detail["msg"].replace("Input should", "this must")
    given = detail.get("input")
    if isinstance(given, (str, int, float)) and not isinstance(given, Secret) and not _HIDDEN & set(place):
        what += f", but is {given!r:.60}" if given != "" else ""
    return what, _MENDS.get(kind, "write a value that fits")


def _keys(loc: tuple[str | int, ...]) -> Iterable[str]:
    """The keys that the table at `loc` may have."""
    model: type[BaseModel] | None = Tables
    for part in loc:
        if isinstance(part, int) or model is None:
            continue
        if part in _TAGGED:
            model = _TAGGED[part]
        elif part in model.model_fields:
            model = _model_in(model.model_fields[part].annotation) or model
    return model.model_fields if model else ()


def _model_in(annotation: Any) -> type[BaseModel] | None:
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        return annotation
    return next((found for part in get_args(annotation) if (found := _model_in(part))), None)


def _dotted(place: tuple[str | int, ...]) -> str:
    dotted = ""
    for part in place:
        dotted += f"[{part}]" if isinstance(part, int) else f".{part}" if dotted else part
    return dotted


def _sut(file: Path, content: bytes, tables: Tables) -> Sut:
    product = tables.sut
    return Sut(
        file=file.resolve(),
        sha256=hashlib.sha256(content).hexdigest(),
        name=product.name,
        role=product.role,
        versions=product.versions,
        product_version=product.product_version,
        connection=tables.connection,
        tls=tables.tls,
        station=tables.station,
        tokens=tables.tokens,
        features=tables.features,
        timing=tables.timing,
        expected_failures=dict(tables.expected_failures),
        attack=tables.attack,
        transfer=tables.transfer,
        firmware=tables.firmware,
        load=tables.load,
        report=tables.report,
        drivers=tables.drivers,
    )
