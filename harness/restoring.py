"""What scenarios changed in a real station's settings, and the requests that put it back.

The next scenario must find the station as the first did: an interval of one second, a list of cards, a connector out
of service would be blamed on the product. Only what our own requests changed is put back, to the value that the
station itself told before. Pure: read from the wire, answered with requests.
"""

from __future__ import annotations

import contextlib
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from harness.journal import Direction
from harness.oracle.transcript import Message
from harness.rpc.frame import Json, Result

Payload = dict[str, Any]
Key = tuple[str, ...]
"""A configuration key of 1.6; of 2.x EVSE, component, instance, variable, instance, attribute."""

_NONSENSE = (KeyError, TypeError, AttributeError, IndexError, ValueError)
_TAKEN = frozenset({"Accepted", "RebootRequired"})
_ROUTE = "NetworkConfigurationPriority"
"""Takes effect with the next restart (B10.FR.04)."""


@dataclass(frozen=True, slots=True)
class Request:
    """A request that puts something back. `what` tells it to people, `taken` are the answers that it may get."""

    action: str
    payload: Payload
    what: str
    taken: frozenset[str] = _TAKEN


@dataclass
class Changes:
    """Kept for a run; learns from each scenario's messages, in order. `known`: values told before any change."""

    known: dict[Key, str] = field(default_factory=dict)
    values: set[Key] = field(default_factory=set)
    inoperative: dict[Key, Payload] = field(default_factory=dict)
    profiles: set[int] = field(default_factory=set)
    reservations: set[int] = field(default_factory=set)
    list_version: int = 0
    faulted: set[tuple[int, int]] = field(default_factory=set)
    asked: bool = False
    """The station was asked once for all that it would tell."""

    def learn(self, messages: Iterable[Message]) -> None:
        """Take in what was asked and answered. Messages that are not as they should be tell nothing."""
        for message in messages:
            asked = message.request
            if message.is_request and message.direction is Direction.IN:
                with contextlib.suppress(*_NONSENSE):
                    self._said(message.action, message.payload)
            if not isinstance(message.frame, Result) or asked is None or message.direction is not Direction.IN:
                continue
            teach = _LESSONS.get(message.action)
            if teach is None or not isinstance(asked.payload, dict) or not isinstance(message.payload, dict):
                continue
            with contextlib.suppress(*_NONSENSE):
                teach(self, asked.payload, message.payload)

    def _said(self, action: str, payload: Json) -> None:
        """A transaction uses its reservation up; an inventory tells values."""
        if not isinstance(payload, dict):
            return
        if action in ("StartTransaction", "TransactionEvent"):
            self.reservations.discard(payload.get("reservationId"))
        if action == "StatusNotification":
            self._status(payload)
        if action == "NotifyReport":
            _told_report(self, payload)

    def _status(self, payload: Payload) -> None:
        """Which EVSE and connector is broken; a connector of 1.6 counts as an EVSE, the whole is 0."""
        connector, evse = payload.get("connectorId"), payload.get("evseId")
        if not isinstance(connector, int):
            return
        place = (evse, connector) if isinstance(evse, int) else (connector, min(connector, 1))
        if payload.get("connectorStatus", payload.get("status")) == "Faulted":
            self.faulted.add(place)
        else:
            self.faulted.discard(place)

    def tell(self, key: Key, value: object) -> None:
        """The station tells a value; what was changed already does not count."""
        if key not in self.values and isinstance(value, str):
            self.known[key] = value

    def requests(self, version: str) -> tuple[Request, ...]:
        """What would put everything back, in a good order; and forget it: what fails is not tried again."""
        made = (*self._connectors(version), *self._reserved(), *self._limited(version), *self._listed(version),
                *self._configured(version))
        self.values.clear()
        self.inoperative.clear()
        self.profiles.clear()
        self.reservations.clear()
        self.list_version = 0
        return made

    def unknown(self) -> tuple[str, ...]:
        """What was changed and cannot be put back, because the station never told its value before."""
        return tuple(sorted(".".join(filter(None, key)) for key in self.values if key not in self.known))

    # ---- one kind each -------------------------------------------------------------------------------

    def _connectors(self, version: str) -> list[Request]:
        word = "type" if version == "1.6" else "operationalStatus"
        taken = _TAKEN | {"Scheduled"}
        return [Request("ChangeAvailability", {**asked, word: "Operative"}, "back in service", taken)
                for asked in self.inoperative.values()]

    def _reserved(self) -> list[Request]:
        return [Request("CancelReservation", {"reservationId": number}, f"reservation {number}", _TAKEN | {"Rejected"})
                for number in sorted(self.reservations)]

    def _limited(self, version: str) -> list[Request]:
        word = "id" if version == "1.6" else "chargingProfileId"
        return [Request("ClearChargingProfile", {word: number}, f"charging profile {number}", _TAKEN | {"Unknown"})
                for number in sorted(self.profiles)]

    def _listed(self, version: str) -> list[Request]:
        word = "listVersion" if version == "1.6" else "versionNumber"
        if not self.list_version:
            return []
        payload = {word: self.list_version + 1, "updateType": "Full"}
        return [Request("SendLocalList", payload, "the local list", _TAKEN | {"NotSupported"})]

    def _configured(self, version: str) -> list[Request]:
        back = [(key, self.known[key]) for key in sorted(self.values) if key in self.known]
        if version == "1.6":
            return [Request("ChangeConfiguration", {"key": key[0], "value": value}, key[0]) for key, value in back]
        requests = [Request("SetVariables", {"setVariableData": [_variable(key) | {"attributeValue": value}]},
                            ".".join(filter(None, key))) for key, value in back]
        if any(_ROUTE in key for key, _ in back):
            requests.append(Request("Reset", {"type": "OnIdle"}, "the connection by the first network profile"))
        return requests


# ---- what answers teach -----------------------------------------------------------------------------


def _configuration(changes: Changes, asked: Payload, answer: Payload) -> None:
    for entry in answer.get("configurationKey", ()):
        if entry.get("readonly") is False:
            changes.tell((str(entry["key"]),), entry.get("value", ""))


def _change(changes: Changes, asked: Payload, answer: Payload) -> None:
    if answer["status"] in _TAKEN and str(asked["key"]).lower() != "authorizationkey":  # see `harness.passwords`
        changes.values.add((str(asked["key"]),))


def _key(entry: Payload) -> Key:
    component, variable = entry["component"], entry["variable"]
    evse = component.get("evse", {})
    place = [str(evse[word]) if word in evse else "" for word in ("id", "connectorId")]
    kind = entry.get("attributeType", "Actual")
    return (*place, component["name"], component.get("instance", ""), variable["name"], variable.get("instance", ""),
            "" if kind == "Actual" else kind)


def _variable(key: Key) -> Payload:
    evse, connector, component, instance, variable, inner, kind = key
    found: Payload = {"component": {"name": component}, "variable": {"name": variable}}
    if instance:
        found["component"]["instance"] = instance
    if evse:
        found["component"]["evse"] = {"id": int(evse)} | ({"connectorId": int(connector)} if connector else {})
    if inner:
        found["variable"]["instance"] = inner
    return found | ({"attributeType": kind} if kind else {})


def _variables(changes: Changes, asked: Payload, answer: Payload) -> None:
    for entry in answer["getVariableResult"]:
        if entry.get("attributeStatus") == "Accepted":
            changes.tell(_key(entry), entry.get("attributeValue"))


def _set(changes: Changes, asked: Payload, answer: Payload) -> None:
    for entry in answer["setVariableResult"]:
        if entry["attributeStatus"] in _TAKEN and entry["variable"]["name"].lower() != "basicauthpassword":
            changes.values.add(_key(entry))


def _told_report(changes: Changes, payload: Payload) -> None:
    for entry in payload.get("reportData", ()):
        for attribute in entry.get("variableAttribute", ()) if isinstance(entry, dict) else ():
            if isinstance(attribute, dict) and attribute.get("mutability") == "ReadWrite":
                changes.tell(_key({**entry, "attributeType": attribute.get("type", "Actual")}), attribute.get("value"))


def _availability(changes: Changes, asked: Payload, answer: Payload) -> None:
    if answer["status"] not in ("Accepted", "Scheduled"):
        return
    wanted = asked.get("type", asked.get("operationalStatus"))
    place: Payload = {word: asked[word] for word in ("connectorId", "evse") if word in asked}
    if wanted == "Inoperative":
        changes.inoperative[str(place),] = place
    elif place in ({}, {"connectorId": 0}):
        changes.inoperative.clear()
    else:
        changes.inoperative.pop((str(place),), None)


def _profile(changes: Changes, asked: Payload, answer: Payload) -> None:
    profile = asked.get("csChargingProfiles") or asked["chargingProfile"]
    if answer["status"] == "Accepted":
        changes.profiles.add(profile["chargingProfileId"] if "chargingProfileId" in profile else profile["id"])


def _cleared(changes: Changes, asked: Payload, answer: Payload) -> None:
    if answer["status"] == "Accepted":
        changes.profiles.discard(asked.get("id", asked.get("chargingProfileId", -1)))
        if not asked:
            changes.profiles.clear()


def _reserved(changes: Changes, asked: Payload, answer: Payload) -> None:
    if answer["status"] == "Accepted":
        changes.reservations.add(asked["reservationId"] if "reservationId" in asked else asked["id"])


def _cancelled(changes: Changes, asked: Payload, answer: Payload) -> None:
    if answer["status"] == "Accepted":
        changes.reservations.discard(asked["reservationId"])


def _list(changes: Changes, asked: Payload, answer: Payload) -> None:
    if answer["status"] == "Accepted":
        changes.list_version = int(asked["listVersion"] if "listVersion" in asked else asked["versionNumber"])


_LESSONS: Mapping[str, Callable[[Changes, Payload, Payload], None]] = {
    "GetConfiguration": _configuration,
    "ChangeConfiguration": _change,
    "GetVariables": _variables,
    "SetVariables": _set,
    "ChangeAvailability": _availability,
    "SetChargingProfile": _profile,
    "ClearChargingProfile": _cleared,
    "ReserveNow": _reserved,
    "CancelReservation": _cancelled,
    "SendLocalList": _list,
}
