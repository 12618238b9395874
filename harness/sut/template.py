"""Placeholders in URLs, bodies and arguments of drivers: ``{evse}``, ``{token}`` ..."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Mapping
from urllib.parse import quote

PLACEHOLDERS = (
    "evse", "connector", "token", "type", "group", "station", "version", "action", "kebab-action", "payload", "intent",
)  # fmt: skip
_KNOWN = re.compile(r"\{(" + "|".join(PLACEHOLDERS) + r")\}")
_ANY = re.compile(r"\{([^{}]*)\}")


def unknown(template: str) -> tuple[str, ...]:
    """What stands in braces in a URL or an argument and is no placeholder."""
    return tuple(name for name in _ANY.findall(template) if name not in PLACEHOLDERS)


def in_url(template: str, values: Mapping[str, object]) -> str:
    """Fill a URL; every value is percent-encoded, "/" too, so it cannot leave its place (RFC 3986 2.1)."""
    return _fill(template, values, lambda value: quote(_plain(value), safe=""))


def in_argument(template: str, values: Mapping[str, object]) -> str:
    """Fill a program argument; no shell will read it, so nothing is escaped. NUL cannot be passed: dropped."""
    return _fill(template, values, lambda value: _plain(value).replace("\0", ""))


def in_json_text(template: str, values: Mapping[str, object]) -> str:
    """Fill JSON text: a text value is escaped for the inside of a JSON string, all else is written as JSON."""
    return _fill(template, values, lambda v: json.dumps(v)[1:-1] if isinstance(v, str) else json.dumps(v, default=str))


def in_json(template: object, values: Mapping[str, object]) -> object:
    """Fill a JSON value: a string that is one placeholder becomes the value itself, with its type."""
    if isinstance(template, Mapping):
        return {key: in_json(value, values) for key, value in template.items()}
    if isinstance(template, (list, tuple)):
        return [in_json(value, values) for value in template]
    if not isinstance(template, str):
        return template
    alone = _KNOWN.fullmatch(template)
    if alone:
        return values.get(alone.group(1), "")
    return _fill(template, values, _plain)


def kebab(action: str) -> str:
    """``GetBaseReport`` -> ``get-base-report``; ``Get15118EVCertificate`` -> ``get-15118ev-certificate``."""
    return re.sub(r"(?<=[a-z])(?=[A-Z0-9])|(?<=[A-Z])(?=[A-Z][a-z])", "-", action).lower()


def _fill(template: str, values: Mapping[str, object], write: Callable[[object], str]) -> str:
    return _KNOWN.sub(lambda match: write(values.get(match.group(1), "")), template)


def _plain(value: object) -> str:
    return value if isinstance(value, str) else json.dumps(value, default=str)
