"""Spoiling what a faulty CSMS sends."""

from __future__ import annotations

import copy

from harness.reference.csms.behaviour import REMOVED, Behaviour, Edit
from harness.rpc.frame import Json

_OPTIONAL = {
    "Authorize": "customData", "BootNotification": "statusInfo", "DataTransfer": "data",
    "StartTransaction": "parentIdTag", "StopTransaction": "idTagInfo", "TransactionEvent": "totalCost",
}


def spoil(behaviour: Behaviour, action: str, payload: Json, ours: bool) -> Json:
    """`payload` as the faulty CSMS sends it; `ours` for its own CALLs. Without a fault, `payload` itself."""
    edits = [edit for edit in behaviour.edits if edit.action == action]
    if behaviour.null_members and not ours:
        edits.append(Edit(action, _OPTIONAL.get(action, "customData"), None))
    payload = copy.deepcopy(payload)
    for edit in edits:
        _apply(edit, payload)
    if behaviour.enum_outside_schema and not ours:
        _shout(payload)
    return payload


def _apply(edit: Edit, payload: Json) -> None:
    *parents, last = edit.path.split(".")
    place = payload
    for name in parents:
        place = _child(place, name)
    key = int(last) if isinstance(place, list) and last.isdigit() else last
    if isinstance(place, list) and (not isinstance(key, int) or key >= len(place)):
        return
    if not isinstance(place, list | dict):
        return
    if edit.value is not REMOVED:
        place[key] = copy.deepcopy(edit.value)  # type: ignore[index]
    elif isinstance(place, list) or key in place:
        del place[key]  # type: ignore[arg-type]


def _child(place: Json, name: str) -> Json:
    if isinstance(place, list):
        return place[int(name)] if name.isdigit() and int(name) < len(place) else None
    return place.get(name) if isinstance(place, dict) else None


def _shout(value: Json) -> None:
    if not isinstance(value, dict):
        return
    for name, member in value.items():
        if name == "status" and isinstance(member, str):
            value[name] = member.upper()
        _shout(member)
