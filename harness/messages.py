"""A valid default for every message of OCPP 1.6, 2.0.1 and 2.1: what our own actor says if nobody says more.

The defaults are `fixtures/messages/<folder>/<Action>.json`, each with "request" and "response" (a SEND has
no response). OCPP 2.1 lies over 2.0.1: a file in `v21` replaces the one of `v201` as a whole, and an action
without a file in `v21` is that of 2.0.1.

A string that consists of ``$`` and a name in `SYMBOLS` is replaced by the value handed in, whatever its
type; every other string is taken as it stands.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from functools import cache
from pathlib import Path
from types import MappingProxyType
from typing import Any, Literal

from harness import resources

Half = Literal["request", "response"]

SYMBOLS: Mapping[str, str] = MappingProxyType(
    {
        "now": "the present moment, RFC 3339 in UTC with three decimals",
        "heartbeat_interval": "seconds between heartbeats, an integer",
        "transaction": "the transactionId: an integer in 1.6, a string of at most 36 characters in 2.x",
        "token": "an idToken (1.6: idTag) that the SUT file calls valid",
        "token_type": "that token's type (2.x)",
        "vendor": "vendor name of the station",
        "model": "model of the station, at most 20 characters",
        "serial": "serial number of the station, at most 25 characters",
        "firmware": "firmware version of the station, at most 50 characters",
        "next": "an id never used before: an integer; each call of `default` uses one at most",
    }
)

_LAYERS: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {"1.6": ("v16",), "2.0.1": ("v201",), "2.1": ("v21", "v201")},
)


class NoDefault(LookupError):
    """There is no such message, or it has no such half (a SEND has no response)."""


class UnknownSymbol(LookupError):
    """A default message uses a symbol that the caller gave no value for."""


def _folder() -> Path:
    return resources.root() / "fixtures" / "messages"


@cache
def _document(version: str, action: str) -> Mapping[str, Any]:
    if version not in _LAYERS:
        raise NoDefault(f"no default messages for OCPP {version}; known are {', '.join(_LAYERS)}")
    if action not in actions(version):
        raise NoDefault(f"OCPP {version} has no default for {action}")
    candidates = (_folder() / layer / f"{action}.json" for layer in _LAYERS[version])
    path = next(candidate for candidate in candidates if candidate.is_file())
    document: dict[str, Any] = json.loads(path.read_text("utf-8"))
    return MappingProxyType(document)


@cache
def actions(version: str) -> tuple[str, ...]:
    """Every action with a default, in alphabetical order. Raises NoDefault for an unknown version."""
    if version not in _LAYERS:
        raise NoDefault(f"no default messages for OCPP {version}; known are {', '.join(_LAYERS)}")
    return tuple(sorted({path.stem for layer in _LAYERS[version] for path in (_folder() / layer).glob("*.json")}))


def default(version: str, action: str, half: Half, symbols: Mapping[str, object]) -> dict[str, Any]:
    """A fresh copy of the default payload, with every symbol replaced.

    `version` is "1.6", "2.0.1" or "2.1". Raises NoDefault and UnknownSymbol."""
    document = _document(version, action)
    if half not in document:
        raise NoDefault(f"OCPP {version} {action} has no {half}")
    payload: dict[str, Any] = _filled(document[half], symbols, (version, action, half))
    return payload


@cache
def used(version: str, action: str, half: Half) -> frozenset[str]:
    """The names of the symbols that the default uses. Raises NoDefault."""
    document = _document(version, action)
    if half not in document:
        raise NoDefault(f"OCPP {version} {action} has no {half}")
    return frozenset(_names(document[half]))


def _symbol(value: str) -> str | None:
    name = value.removeprefix("$")
    return name if value.startswith("$") and name in SYMBOLS else None


def _names(value: Any) -> Iterator[str]:
    if isinstance(value, str) and (name := _symbol(value)) is not None:
        yield name
    elif isinstance(value, dict | list):
        for item in value.values() if isinstance(value, dict) else value:
            yield from _names(item)


def _filled(value: Any, symbols: Mapping[str, object], where: tuple[str, ...]) -> Any:
    if isinstance(value, dict):
        return {name: _filled(item, symbols, where) for name, item in value.items()}
    if isinstance(value, list):
        return [_filled(item, symbols, where) for item in value]
    if not isinstance(value, str) or (name := _symbol(value)) is None:
        return value
    if name not in symbols:
        raise UnknownSymbol(f"OCPP {' '.join(where)} needs a value for ${name}: {SYMBOLS[name]}")
    return symbols[name]
