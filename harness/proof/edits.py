"""Changes to a payload, as values: a proof travels between processes, and shows what it did."""

from __future__ import annotations

import json
from dataclasses import dataclass

from harness.oracle import match, paths
from harness.oracle.match import Row
from harness.rpc.frame import Json


@dataclass(frozen=True, slots=True)
class Put:
    """Set the member; `value` as JSON text, so that the edit is hashable and never shared."""

    path: str
    value: str

    def __call__(self, payload: Json) -> None:
        paths.put(payload, self.path, json.loads(self.value))


@dataclass(frozen=True, slots=True)
class Remove:
    path: str

    def __call__(self, payload: Json) -> None:
        paths.remove(payload, self.path)


@dataclass(frozen=True, slots=True)
class Empty:
    """Empty the list."""

    path: str

    def __call__(self, payload: Json) -> None:
        for value in paths.values(payload, self.path):
            if isinstance(value, list):
                value.clear()


@dataclass(frozen=True, slots=True)
class Add:
    """Put an element into the list; where there is no list yet, make one."""

    path: str
    element: str

    def __call__(self, payload: Json) -> None:
        for value in paths.values(payload, self.path):
            if isinstance(value, list):
                value.append(json.loads(self.element))
                return
        paths.put(payload, self.path, [json.loads(self.element)])


@dataclass(frozen=True, slots=True)
class Inside:
    """Apply `edit` to the elements of the list that meet `rows`: to `every` one, or to the first."""

    path: str
    rows: tuple[Row, ...]
    edit: Put | Remove
    every: bool

    def __call__(self, payload: Json) -> None:
        for value in paths.values(payload, self.path):
            for element in value if isinstance(value, list) else [value]:
                if not match.mismatches(element, self.rows):
                    self.edit(element)
                    if not self.every:
                        return


Edit = Put | Remove | Empty | Add | Inside
