"""The official JSON schemas: what is wrong with a payload, and what a path in a message means.

The schema files come from the installed PyPI package ``ocpp``, found without importing it; a correction is
an overlay applied while loading, the files stay as they are. See docs/adr/0002-schemas.md.
Compiling happens on first use, once per (version, action, request or response).
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from importlib.util import find_spec
from pathlib import Path
from types import MappingProxyType
from typing import Any, Literal

import jsonschema_rs

from harness.rpc.dialect import DIALECTS, Cause, Version
from harness.rpc.tree import Leaf, Node, UnknownPath, build, dated, find

__all__ = [
    "Kind",
    "Leaf",
    "Node",
    "SchemaFault",
    "SchemasUnusable",
    "UnknownMessage",
    "UnknownPath",
    "cause",
    "document",
    "faults",
    "lookup",
    "properties",
    "self_test",
]

Kind = Literal["request", "response"]

_FOLDER: Mapping[Version, str] = {"1.6": "v16", "2.0.1": "v201", "2.1": "v21"}
_DRAFTS = {
    "http://json-schema.org/draft-04/schema#": jsonschema_rs.Draft4Validator,
    "http://json-schema.org/draft-06/schema#": jsonschema_rs.Draft6Validator,
}


@dataclass(frozen=True, slots=True)
class SchemaFault:
    """One fault of a payload. `path` like "meterValue[0].timestamp" ("" is the payload itself; a missing
    or surplus member is named itself); `rule` is the schema keyword, or "unicode" / "nesting"."""

    path: str
    rule: str
    message: str


class UnknownMessage(LookupError):
    """There is no such message in that version, or it has no such half."""


class SchemasUnusable(RuntimeError):
    """The schemas or the validator do not work as measured; no verdict could be trusted."""


# ---- loading ----------------------------------------------------------------------------------------


@cache
def _root() -> Path:
    spec = find_spec("ocpp")
    if spec is None or not spec.submodule_search_locations:
        raise SchemasUnusable("the package 'ocpp', which carries the OCPP JSON schemas, is not installed")
    return Path(spec.submodule_search_locations[0])


def _file_name(version: Version, action: str, kind: Kind) -> str:
    known = DIALECTS[version].actions.get(action)
    if known is None:
        raise UnknownMessage(f"OCPP {version} has no message {action}")
    if kind == "response":
        if known.kind == "send":
            raise UnknownMessage(f"OCPP {version} {action} is a SEND, it has no response")
        return f"{action}Response.json"
    return f"{action}.json" if version == "1.6" or known.kind == "send" else f"{action}Request.json"


def _without_hertz(schema: dict[str, Any]) -> None:
    """OCPP 1.6 has no unit of measure for frequency (7.31, note); the packaged file adds one."""
    sampled = schema["properties"]["meterValue"]["items"]["properties"]["sampledValue"]
    units = sampled["items"]["properties"]["unit"]["enum"]
    if "Hertz" in units:
        units.remove("Hertz")


_OVERLAYS: Mapping[tuple[Version, str, Kind], Callable[[dict[str, Any]], None]] = {
    ("1.6", "MeterValues", "request"): _without_hertz,
}


@cache
def document(version: Version, action: str, kind: Kind) -> Mapping[str, Any]:
    """The schema as used (overlay applied). Raises UnknownMessage, SchemasUnusable."""
    path = _root() / _FOLDER[version] / "schemas" / _file_name(version, action, kind)
    try:
        schema: dict[str, Any] = json.loads(path.read_text("utf-8-sig"))
    except (OSError, ValueError) as problem:
        raise SchemasUnusable(f"cannot read the schema of {action} {kind} (OCPP {version}): {problem}") from problem
    overlay = _OVERLAYS.get((version, action, kind))
    if overlay is not None:
        overlay(schema)
    return MappingProxyType(schema)


@cache
def _validator(version: Version, action: str, kind: Kind) -> Any:
    schema = dict(document(version, action, kind))
    return _DRAFTS[schema["$schema"]](schema, validate_formats=True, offline=True)


# ---- faults -----------------------------------------------------------------------------------------

_SAY: Mapping[str, Callable[[Any, str], str]] = {
    "type": lambda limit, shown: f"{shown} is not of type {' or '.join(limit['types'])}",
    "enum": lambda limit, shown: f"{shown} is none of {', '.join(map(str, limit['options']))}",
    "format": lambda limit, shown: f"{shown} is not a valid {limit['format']}",
    "maxLength": lambda limit, shown: f"{shown} is longer than {limit['limit']} characters",
    "minLength": lambda limit, shown: f"{shown} is shorter than {limit['limit']} characters",
    "maxItems": lambda limit, _: f"more than {limit['limit']} elements",
    "minItems": lambda limit, _: f"fewer than {limit['limit']} elements",
    "minimum": lambda limit, shown: f"{shown} is below {limit['limit']}",
    "maximum": lambda limit, shown: f"{shown} is above {limit['limit']}",
    "multipleOf": lambda limit, shown: f"{shown} is not a multiple of {limit['multiple_of']}",
}

_CAUSES: Mapping[str, Cause] = {
    "type": Cause.TYPE,
    "required": Cause.OCCURRENCE,
    "minItems": Cause.OCCURRENCE,
    "maxItems": Cause.OCCURRENCE,
    "additionalProperties": Cause.FORMAT,
    "nesting": Cause.FORMAT,
}


def cause(fault: SchemaFault) -> Cause:
    """Why a receiver refuses a payload with this fault; a value out of range or pattern is PROPERTY."""
    if fault.rule == "type" and not fault.path:
        return Cause.FORMAT
    return _CAUSES.get(fault.rule, Cause.PROPERTY)


def _path(steps: list[str | int]) -> str:
    text = "".join(f"[{step}]" if isinstance(step, int) else f".{step}" for step in steps)
    return text.removeprefix(".")


def _below(path: str, member: str) -> str:
    return f"{path}.{member}" if path else member


def _shown(value: Any) -> str:
    try:
        text = repr(value)
    except (ValueError, RecursionError):
        text = f"a {type(value).__name__} too large to show"
    return text if len(text) <= 80 else text[:77] + "..."


def _value_at(payload: Any, steps: list[str | int]) -> Any:
    for step in steps:
        payload = payload[step]
    return payload


def _described(payload: Any, error: Any) -> list[SchemaFault]:
    path, rule, detail = _path(error.instance_path), error.kind.name, error.kind.as_dict()
    if rule == "required":
        return [SchemaFault(_below(path, detail["property"]), rule, "required member is missing")]
    if rule == "additionalProperties":
        return [
            SchemaFault(_below(path, name), rule, "member is not part of this message") for name in detail["unexpected"]
        ]
    shown = _shown(_value_at(payload, error.instance_path))
    say = _SAY.get(rule)
    return [SchemaFault(path, rule, say(detail, shown) if say else f"{shown} breaks the schema's {rule}")]


def _clean(value: Any, steps: list[str | int], found: list[SchemaFault]) -> Any:
    """A copy without lone surrogates, which have no UTF-8 form (RFC 8259 8.2); each is a fault."""
    if isinstance(value, str):
        legal = value.encode("utf-8", "replace").decode("utf-8")
        if legal != value:
            found.append(SchemaFault(_path(steps), "unicode", f"{_shown(value)} holds half a surrogate pair"))
        return legal
    if isinstance(value, list):
        return [_clean(item, [*steps, index], found) for index, item in enumerate(value)]
    if isinstance(value, dict):
        legal_names = [_clean(name, steps, found) for name in value]
        return {
            name: _clean(item, [*steps, name], found) for name, item in zip(legal_names, value.values(), strict=True)
        }
    return value


def faults(version: Version, action: str, kind: Kind, payload: Any) -> tuple[SchemaFault, ...]:
    """Everything the official schema finds wrong with `payload`, in document order of the validator.

    Never raises for a payload, whatever it is; raises UnknownMessage for a message that does not exist."""
    validator = _validator(version, action, kind)
    found: list[SchemaFault] = []
    try:
        try:
            if validator.is_valid(payload):  # as most are, and sooner told than a list of no errors
                return ()
            errors = list(validator.iter_errors(payload))
        except UnicodeEncodeError:
            payload = _clean(payload, [], found)
            errors = list(validator.iter_errors(payload))
    except (ValueError, RecursionError) as problem:
        return (*found, SchemaFault("", "nesting", f"cannot be validated: {problem}"))
    for error in errors:
        found.extend(_described(payload, error))
    return tuple(found)


# ---- paths ------------------------------------------------------------------------------------------


@cache
def properties(version: Version, action: str, kind: Kind) -> Node:
    """The message as a tree of members. Raises UnknownMessage."""
    schema = document(version, action, kind)
    return build(schema, schema.get("definitions", {}))


@cache
def lookup(version: Version, action: str, kind: Kind, path: str) -> Leaf:
    """What stands at `path`: dots, ``[0]`` for an element, ``[*]`` for any. Raises UnknownMessage, UnknownPath."""
    try:
        return find(properties(version, action, kind), path).leaf
    except UnknownPath as unknown:
        raise UnknownPath(f"OCPP {version} {action} {kind}: {unknown}") from None


def knows(version: Version, action: str, kind: Kind, path: str) -> bool:
    """Whether the message has such a member. Raises UnknownMessage."""
    try:
        lookup(version, action, kind, path)
    except UnknownPath:
        return False
    return True


def times(version: Version, action: str, kind: Kind, payload: Any) -> Iterator[tuple[str, str]]:
    """Every time (date-time) that a payload tells, with its path. Raises UnknownMessage."""
    return dated(properties(version, action, kind), payload)


# ---- self-test --------------------------------------------------------------------------------------

_PROFILE = {
    "connectorId": 1,
    "csChargingProfiles": {
        "chargingProfileId": 1,
        "stackLevel": 0,
        "chargingProfilePurpose": "TxDefaultProfile",
        "chargingProfileKind": "Absolute",
        "chargingSchedule": {
            "chargingRateUnit": "A",
            "chargingSchedulePeriod": [{"startPeriod": 0, "limit": 8.1}],
        },
    },
}
_BOOT_16 = {"status": "Accepted", "currentTime": "2024-02-29T12:00:00.000Z", "interval": 300}
_BOOT_2 = {"reason": "PowerUp", "chargingStation": {"model": "M", "vendorName": "V"}}
_REPORT = {"requestId": 20000.0, "reportBase": "FullInventory"}
_PERIODIC = {
    "id": 1,
    "pending": 0,
    "basetime": "2024-02-29T12:00:00Z",
    "data": [{"t": 0.1, "v": "230.4"}],
}

_Probe = tuple[Version, str, Kind, Any, tuple[tuple[str, str], ...]]

_PROBES: tuple[_Probe, ...] = (
    ("1.6", "SetChargingProfile", "request", _PROFILE, ()),
    ("1.6", "BootNotification", "response", _BOOT_16, ()),
    ("1.6", "BootNotification", "response", _BOOT_16 | {"currentTime": "30 Feb"}, (("currentTime", "format"),)),
    ("1.6", "SignCertificate", "request", {"csr": "x", "surplus": 1}, (("surplus", "additionalProperties"),)),
    ("2.0.1", "BootNotification", "request", _BOOT_2, ()),
    ("2.0.1", "BootNotification", "request", {"reason": "PowerUp"}, (("chargingStation", "required"),)),
    ("2.0.1", "GetBaseReport", "request", _REPORT, ()),
    ("2.0.1", "Heartbeat", "response", {"currentTime": "2024-02-30T12:00:00Z"}, (("currentTime", "format"),)),
    ("2.1", "BootNotification", "request", _BOOT_2, ()),
    ("2.1", "BootNotification", "request", _BOOT_2 | {"reason": "Boredom"}, (("reason", "enum"),)),
    ("2.1", "NotifyPeriodicEventStream", "request", _PERIODIC, ()),
)


def self_test() -> None:
    """Check the validator on known cases (8.1 as a multiple of 0.1, 20000.0 as an integer, bad date-times,
    a good and a bad message of each version). Raises SchemasUnusable with the first case that differs."""
    for version, action, kind, payload, expected in _PROBES:
        found = tuple((fault.path, fault.rule) for fault in faults(version, action, kind, payload))
        if found != expected:
            raise SchemasUnusable(
                f"self-test of the schema validator: {action} {kind} (OCPP {version}) with {payload} "
                f"must give {expected or 'no fault'}, gave {found or 'none'}"
            )
