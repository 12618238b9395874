"""Mutants of the rows under a line: each member made wrong in every way that its cell forbids."""

from __future__ import annotations

import json
from collections.abc import Iterator

from harness.oracle import match, paths
from harness.oracle.checks import Check
from harness.oracle.match import Row
from harness.proof.clean import Clean, Made, targets_of
from harness.proof.edits import Add, Empty, Inside, Put, Remove
from harness.proof.fitting import fitting_element
from harness.proof.mutant import Spoil
from harness.proof.wrong import absent_value, wrong_values
from harness.rpc import schema
from harness.rpc.frame import Json
from harness.rpc.schema import Kind


def has(check: Check, clean: Clean) -> Made:
    yield from rows_of(check, clean, onwards=False)


def rows_of(check: Check, clean: Clean, onwards: bool) -> Made:
    """Each row made wrong in every way that the pattern forbids."""
    targets = targets_of(check, clean)
    message = clean.message(check.claimed[0])
    part: Kind = "request" if message.is_request else "response"
    for row in match.passed_at(check.rows, message.event.at.wall):
        if not schema.knows(clean.setting.dialect.version, message.action, part, row.path):
            continue  # a row about the other message of ``A or B``
        for word, edit in _edits(clean, message.action, part, "", row, message.payload):
            kind = f"{_place(row)} {row.path}: {word}"
            yield kind, Spoil(targets, check.rows, onwards=onwards, edit=edit), f"{targets[0]}, {row.path}: {word}"


_PLACES = ("evseId", "connectorId", "evse.id", "transactionId", "evse.connectorId")


def _place(row: Row) -> str:
    return "wrong place" if row.path.endswith(_PLACES) else "row"


def _edits(
    clean: Clean, action: str, part: Kind, inside: str, row: Row, payload: Json
) -> Iterator[tuple[str, Put | Remove]]:
    found = paths.values(payload, row.path)
    where = f"{inside}[0].{row.path}" if inside else row.path
    version = clean.setting.dialect.version
    if not found:
        value = absent_value(version, action, part, where)
        if isinstance(row.pattern, match.AbsentOr):
            for word, wrong in wrong_values(version, action, part, where, row.pattern.pattern, value):
                yield word, _put(row.path, wrong)
        else:
            yield "present", _put(row.path, value)
        return
    if not isinstance(row.pattern, match.AbsentOr):
        yield "missing", Remove(row.path)
    pattern = row.pattern.pattern if isinstance(row.pattern, match.AbsentOr) else row.pattern
    for word, wrong in wrong_values(version, action, part, where, pattern, found[0]):
        yield word, _put(row.path, wrong)


def _put(path: str, value: Json) -> Put:
    return Put(path, json.dumps(value))


# ---- elements ---------------------------------------------------------------------------------------


def some(check: Check, clean: Clean) -> Made:
    """Every element that fits is made not to fit, row by row."""
    yield from _elements(check, clean, every=True)


def each(check: Check, clean: Clean) -> Made:
    """One element is made not to fit; and the list is emptied."""
    yield from _elements(check, clean, every=False)
    targets = targets_of(check, clean)
    yield "empty", Spoil(targets, edit=Empty(check.path)), f"{check.path} is empty in {targets[0]}"


def no(check: Check, clean: Clean) -> Made:
    """An element that fits is put in."""
    targets = targets_of(check, clean)[:1]
    message = clean.message(check.claimed[0])
    part: Kind = "request" if message.is_request else "response"
    listed = [entry for value in paths.values(message.payload, check.path) for entry in _list(value)]
    version, rows = clean.setting.dialect.version, match.passed_at(check.rows, message.event.at.wall)
    element = fitting_element(version, message.action, part, check.path, listed, rows)
    if element is not None:
        edit = Add(check.path, json.dumps(element))
        yield "inject element", Spoil(targets, edit=edit), f"such an element stands in {check.path} of {targets[0]}"


def _elements(check: Check, clean: Clean, every: bool) -> Made:
    targets = targets_of(check, clean)
    chosen = targets if every else targets[:1]
    message = clean.message(check.claimed[0])
    part: Kind = "request" if message.is_request else "response"
    rows = match.passed_at(check.rows, message.event.at.wall)
    sample = _fitting(check, clean)
    for row in rows:
        for word, edit in _edits(clean, message.action, part, check.path, row, sample):
            what = f"{check.path} of {chosen[0]}, {row.path}: {word}"
            yield f"row {row.path}: {word}", Spoil(chosen, edit=Inside(check.path, rows, edit, every)), what


def _fitting(check: Check, clean: Clean) -> Json:
    for number in check.claimed:
        message = clean.message(number)
        rows = match.passed_at(check.rows, message.event.at.wall)
        for value in paths.values(message.payload, check.path):
            for element in _list(value):
                if not match.mismatches(element, rows):
                    return element
    return {}


def _list(value: Json) -> list[Json]:
    return value if isinstance(value, list) else [value]
