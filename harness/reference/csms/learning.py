"""What the CSMS learns from the station's answers: message limits, triggers, certificates, passwords."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from harness.reference.csms.book import Book, Order, Station
from harness.rpc.frame import Json

_LISTS = {"GetVariables": "getVariableData", "SetVariables": "setVariableData"}
_REPORTS = frozenset({"GetBaseReport", "GetReport"})
_ALSO = {"ExtendedTriggerMessageFirmwareStatusNotification": ["SignedFirmwareStatusNotification"]}


def portions(station: Station, action: str, payload: Json) -> list[Json]:
    """`payload` in as many requests as ItemsPerMessage asks for (B05.FR.11, B06.FR.05)."""
    name = _LISTS.get(action)
    limit = station.limits.get(action, 0)
    items = payload.get(name) if name and isinstance(payload, dict) else None
    if name is None or limit < 1 or not isinstance(items, list) or len(items) <= limit:
        return [payload]
    return [{**payload, name: items[at:at + limit]} for at in range(0, len(items), limit)]


def learn(book: Book, station: Station, order: Order, payload: Json) -> None:
    """Take what matters from the CALLRESULT to `order`."""
    if not isinstance(payload, dict):
        return
    if station.status == "Pending" and payload.get("status") == "Accepted":
        station.triggered += triggers(order)
    if order.action == "GetVariables":
        _learn_limits(station, payload)
    if order.action == "GetInstalledCertificateIds":
        _learn_certificate(station, payload)
    if _goes_over(station, order, payload):
        book.promised.add(station.identity)
    password = None if book.behaviour.keeps_old_password else _new_password(order, payload)
    if password is not None:
        book.passwords[station.identity] = password


def _goes_over(station: Station, order: Order, payload: Json) -> bool:
    """Whether the station has just accepted to connect by a slot of security profile 3 (A05.FR.04)."""
    if order.action == "SetNetworkProfile" and payload.get("status") == "Accepted":
        level = order.payload.get("connectionData", {}).get("securityProfile", 0)
        station.slots[str(order.payload.get("configurationSlot"))] = level
    if order.action != "SetVariables":
        return False
    accepted = any(r.get("attributeStatus") == "Accepted" for r in _objects(payload, "setVariableResult"))
    wanted = [str(item.get("attributeValue")) for item in _objects(order.payload, "setVariableData")
              if item.get("variable", {}).get("name") == "NetworkConfigurationPriority"]  # fmt: skip
    return accepted and any(station.slots.get(slot.strip()) == 3 for value in wanted for slot in value.split(","))


def triggers(order: Order) -> list[str]:
    """The actions that the station may send because `order` asked for them (B02.FR.09)."""
    if order.action in ("TriggerMessage", "ExtendedTriggerMessage"):
        wanted = str(order.payload.get("requestedMessage", ""))
        return ["SignCertificate" if wanted.startswith("Sign") else wanted, *_ALSO.get(order.action + wanted, [])]
    return ["NotifyReport"] if order.action in _REPORTS else []


def _objects(payload: Json, name: str) -> Iterator[Mapping[str, Json]]:
    items = payload.get(name)
    return (item for item in (items if isinstance(items, list) else []) if isinstance(item, dict))


def _learn_limits(station: Station, payload: Json) -> None:
    for result in _objects(payload, "getVariableResult"):
        try:
            if (result["component"]["name"], result["variable"]["name"]) == ("DeviceDataCtrlr", "ItemsPerMessage"):
                station.limits[result["variable"]["instance"]] = int(result["attributeValue"])
        except (KeyError, TypeError, ValueError):
            continue


def _learn_certificate(station: Station, payload: Json) -> None:
    """The certificate that DeleteCertificate means unless told otherwise: the first that is installed."""
    chains = [chain.get("certificateHashData") for chain in _objects(payload, "certificateHashDataChain")]
    installed = [*chains, *_objects(payload, "certificateHashData")]
    if installed:
        station.certificate = installed[0]


def _new_password(order: Order, payload: Json) -> bytes | None:
    """The Basic password that the station has just accepted (A01.FR.02; 1.6: hexadecimal, A00.FR.205)."""
    try:
        if order.action == "ChangeConfiguration" and order.payload["key"] == "AuthorizationKey":
            return bytes.fromhex(order.payload["value"]) if payload.get("status") == "Accepted" else None
        if order.action == "SetVariables":
            accepted = any(_is_password(r) and r["attributeStatus"] == "Accepted"
                           for r in _objects(payload, "setVariableResult"))
            values = [r["attributeValue"] for r in _objects(order.payload, "setVariableData") if _is_password(r)]
            return str(values[-1]).encode() if accepted and values else None
    except (KeyError, TypeError, ValueError):
        return None
    return None


def _is_password(item: Mapping[str, Json]) -> bool:
    return (item["component"]["name"], item["variable"]["name"]) == ("SecurityCtrlr", "BasicAuthPassword")
