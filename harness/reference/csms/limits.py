"""What the CSMS learns from the station's answers: message limits, and messages it asked for."""

from __future__ import annotations

from harness.reference.csms.book import Order, Station
from harness.rpc.frame import Json

_LISTS = {"GetVariables": "getVariableData", "SetVariables": "setVariableData"}
_ALSO = {"ExtendedTriggerMessageFirmwareStatusNotification": ["SignedFirmwareStatusNotification"]}
_REPORTS = frozenset({"GetBaseReport", "GetReport"})


def portions(station: Station, action: str, payload: Json) -> list[Json]:
    """`payload` in as many requests as ItemsPerMessage asks for (B05.FR.11, B06.FR.05)."""
    name = _LISTS.get(action)
    limit = station.limits.get(action, 0)
    items = payload.get(name) if name and isinstance(payload, dict) else None
    if name is None or limit < 1 or not isinstance(items, list) or len(items) <= limit:
        return [payload]
    return [{**payload, name: items[at:at + limit]} for at in range(0, len(items), limit)]


def learn(station: Station, order: Order, payload: Json) -> None:
    """Take what matters from the CALLRESULT to `order`."""
    if not isinstance(payload, dict):
        return
    if order.action == "GetVariables":
        _learn_limits(station, payload.get("getVariableResult"))
    if station.status == "Pending" and payload.get("status") == "Accepted":
        station.triggered += triggers(order)


def triggers(order: Order) -> list[str]:
    """The actions that the station may send because `order` asked for them (B02.FR.09)."""
    if order.action in ("TriggerMessage", "ExtendedTriggerMessage"):
        wanted = str(order.payload.get("requestedMessage", ""))
        return ["SignCertificate" if wanted.startswith("Sign") else wanted, *_ALSO.get(order.action + wanted, [])]
    return ["NotifyReport"] if order.action in _REPORTS else []


def _learn_limits(station: Station, results: Json) -> None:
    for result in results if isinstance(results, list) else []:
        try:
            component, variable = result["component"]["name"], result["variable"]
            if (component, variable["name"]) == ("DeviceDataCtrlr", "ItemsPerMessage"):
                station.limits[variable["instance"]] = int(result["attributeValue"])
        except (KeyError, TypeError, ValueError):
            continue
