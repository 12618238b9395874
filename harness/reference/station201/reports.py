"""GetBaseReport and GetReport: what is selected and how it is cut into parts (use cases B07, B08)."""

from __future__ import annotations

from harness.reference.station201.core import Core
from harness.reference.station201.memory import Payload
from harness.reference.station201.variables import Variable

PART = 20  # variables in one NotifyReportRequest
_SUMMARY = frozenset({"AvailabilityState", "Problem", "Available"})


def base_report(core: Core, request: Payload) -> Payload:
    """B07: ConfigurationInventory, FullInventory or SummaryInventory."""
    base = request["reportBase"]
    if base == "SummaryInventory" and not core.config.reports_summary:
        return {"status": "NotSupported"}
    if base == "ConfigurationInventory":
        chosen = [item for item in core.model if item.mutability != "ReadOnly"]
    elif base == "SummaryInventory":
        chosen = [item for item in core.model if item.name in _SUMMARY and item.component in _PLACES]
    else:
        chosen = list(core.model)
    _send(core, request["requestId"], chosen)
    return {"status": "Accepted"}


_PLACES = frozenset({"ChargingStation", "EVSE", "Connector"})


def report(core: Core, request: Payload) -> Payload:
    """B08: limited to the components and variables asked for; nothing left is EmptyResultSet."""
    wanted = request.get("componentVariable")
    criteria = request.get("componentCriteria")
    chosen = [
        item
        for item in core.model
        if (wanted is None or any(_matches(item, entry) for entry in wanted))
        and (criteria is None or any(_meets(core, item, criterion) for criterion in criteria))
    ]
    if not chosen and not core.behaviour.empty_report_accepted:
        return {"status": "EmptyResultSet"}
    _send(core, request["requestId"], chosen)
    return {"status": "Accepted"}


def _matches(item: Variable, entry: Payload) -> bool:
    """B08.FR.20 and B08.FR.21: a missing variable or instance means all of them."""
    component, variable = entry["component"], entry.get("variable")
    if str(component["name"]).lower() != item.component.lower() or component.get("instance"):
        return False
    evse = component.get("evse")
    if evse is not None and (
        evse["id"] != item.evse or evse.get("connectorId", item.connector) != item.connector
    ):
        return False
    if variable is None:
        return True
    instance = variable.get("instance")
    return str(variable["name"]).lower() == item.name.lower() and (
        not instance or str(instance).lower() == item.instance.lower()
    )


def _meets(core: Core, item: Variable, criterion: str) -> bool:
    """B08.FR.07 to B08.FR.10: absent means yes, except for Problem."""
    place = (item.component, item.evse, item.connector)
    for other in core.model:
        if (other.component, other.evse, other.connector) == place and other.name == criterion:
            return core.model.value(other) == "true"
    return criterion != "Problem"


def _entry(core: Core, item: Variable) -> Payload:
    component: Payload = {"name": item.component}
    if item.evse:
        component["evse"] = {"id": item.evse}
        if item.connector:
            component["evse"]["connectorId"] = item.connector
    variable: Payload = {"name": item.name}
    if item.instance:
        variable["instance"] = item.instance
    attribute: Payload = {
        "type": "Actual", "mutability": item.mutability, "persistent": item.persistent, "constant": False,
    }  # fmt: skip
    if item.mutability != "WriteOnly" or core.behaviour.write_only_readable:
        attribute["value"] = core.model.value(item)
    return {
        "component": component,
        "variable": variable,
        "variableAttribute": [attribute],
        "variableCharacteristics": item.characteristics(),
    }


def _send(core: Core, request_id: int, chosen: list[Variable]) -> None:
    """B07.FR.10: seqNo from 0; every part but the last says that more is to come."""
    behaviour = core.behaviour
    parts = [chosen[start : start + PART] for start in range(0, len(chosen), PART)] or [[]]
    for number, part in enumerate(parts):
        more = number < len(parts) - 1
        payload: Payload = {
            "requestId": request_id + behaviour.report_other_request_id,
            "generatedAt": core.timestamp(),
            "seqNo": number + behaviour.report_sequence_from_one,
            "tbc": (more or behaviour.tbc_always) and not behaviour.tbc_never,
        }
        if part:
            payload["reportData"] = [_entry(core, item) for item in part]
        core.exchange.call("NotifyReport", payload, gate="triggered")
