"""A JSON schema read as a tree of members, so that a path such as ``meterValue[0].timestamp`` can be checked."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from difflib import get_close_matches
from types import MappingProxyType
from typing import Any

_NO_MEMBERS: Mapping[str, Node] = MappingProxyType({})
_STEP = re.compile(r"([^.\[\]]+)|\[(\d+|\*)\]|(\.)")


class UnknownPath(LookupError):
    """The path names no member of the message; the text names the nearest existing one."""


@dataclass(frozen=True, slots=True)
class Leaf:
    """What a schema says of one place. `type` is the JSON type, or "any" where everything is allowed.

    `required`: whether the parent object must hold it. Lengths in characters, `min_items` / `max_items` in
    elements. `is_array` is `type` "array"."""

    type: str
    required: bool = False
    enum: tuple[str, ...] = ()
    max_length: int | None = None
    format: str | None = None
    minimum: float | None = None
    maximum: float | None = None
    min_items: int | None = None
    max_items: int | None = None

    @property
    def is_array(self) -> bool:
        return self.type == "array"


ANY = Leaf("any")


@dataclass(frozen=True, slots=True)
class Node:
    """One place with what lies below it. `items` is set for a list; `open`: any member is allowed below."""

    leaf: Leaf
    members: Mapping[str, Node] = field(default_factory=lambda: _NO_MEMBERS)
    items: Node | None = None
    open: bool = False


_ANYTHING = Node(ANY, open=True)


def build(schema: Mapping[str, Any], definitions: Mapping[str, Any], required: bool = False) -> Node:
    """The tree of `schema` with its ``$ref`` resolved in `definitions` (OCPP's are not recursive)."""
    if "$ref" in schema:
        schema = definitions[schema["$ref"].rpartition("/")[2]]
    leaf = _leaf(schema, required)
    must = schema.get("required", ())
    members = {
        name: build(below, definitions, name in must) for name, below in schema.get("properties", {}).items()
    }
    items = build(schema["items"], definitions) if "items" in schema else None
    extensible = leaf.type == "any" or (leaf.type == "object" and schema.get("additionalProperties", True) is not False)
    return Node(leaf, MappingProxyType(members), items, extensible)


def _leaf(schema: Mapping[str, Any], required: bool) -> Leaf:
    return Leaf(
        type=schema.get("type", "any"),
        required=required,
        enum=tuple(schema.get("enum", ())),
        max_length=schema.get("maxLength"),
        format=schema.get("format"),
        minimum=schema.get("minimum"),
        maximum=schema.get("maximum"),
        min_items=schema.get("minItems"),
        max_items=schema.get("maxItems"),
    )


def find(root: Node, path: str) -> Node:
    """The node at `path`. Raises UnknownPath."""
    node, done = root, ""
    for step in _steps(path):
        node = _element(node, done) if isinstance(step, int) else _member(node, step, done)
        done += f"[{'*' if step < 0 else step}]" if isinstance(step, int) else f".{step}" if done else step
    return node


def dated(node: Node, value: Any, path: str = "") -> Iterator[tuple[str, str]]:
    """Every text in `value` that stands at a date-time, with its path."""
    if node.leaf.format == "date-time" and isinstance(value, str):
        yield path, value
    elif isinstance(value, dict):
        for name, below in node.members.items():
            if name in value:
                yield from dated(below, value[name], f"{path}.{name}" if path else name)
    elif isinstance(value, list) and node.items is not None:
        for index, element in enumerate(value):
            yield from dated(node.items, element, f"{path}[{index}]")


def _steps(path: str) -> list[str | int]:
    """Names and indices; -1 stands for ``[*]``. Raises UnknownPath for text that is no path."""
    steps: list[str | int] = []
    position, separated = 0, True
    while position < len(path):
        match = _STEP.match(path, position)
        if match is None:
            break
        name, index, dot = match.groups()
        if (name and not separated) or (index and not steps) or (dot and (separated or match.end() == len(path))):
            break
        if index and separated:
            break
        if name:
            steps.append(name)
        elif index:
            steps.append(-1 if index == "*" else int(index))
        separated = bool(dot)
        position = match.end()
    if position < len(path) or not steps:
        raise UnknownPath(f"{path!r} is no path; write it like meterValue[0].timestamp")
    return steps


def _member(node: Node, name: str, done: str) -> Node:
    below = node.members.get(name)
    if below is not None:
        return below
    if node.open:
        return _ANYTHING
    if node.leaf.is_array:
        raise UnknownPath(f"{done} is a list; write {done}[0].{name} or {done}[*].{name}")
    if not node.members:
        raise UnknownPath(f"{done or 'the message'} has no members, so no {name!r}")
    near = get_close_matches(name, node.members, 1, 0.5)
    hint = f"did you mean {near[0]!r}?" if near else f"it has {', '.join(sorted(node.members))}"
    raise UnknownPath(f"{done or 'the message'} has no member {name!r}; {hint}")


def _element(node: Node, done: str) -> Node:
    if node.items is not None:
        return node.items
    if node.leaf.type == "any":
        return _ANYTHING
    raise UnknownPath(f"{done} is no list but {node.leaf.type}")
