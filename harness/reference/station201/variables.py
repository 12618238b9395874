"""The device model: reading and writing component variables (use cases B05, B06)."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Literal

from harness.reference.station201.core import Core
from harness.reference.station201.memory import Payload, VariableKey

Mutability = Literal["ReadOnly", "ReadWrite", "WriteOnly"]


@dataclass(frozen=True, slots=True)
class Variable:
    """One component variable with its characteristics; only the Actual attribute exists."""

    component: str
    name: str
    value: str
    data_type: str
    mutability: Mutability = "ReadOnly"
    instance: str = ""
    evse: int = 0
    connector: int = 0
    unit: str = ""
    minimum: float | None = None
    maximum: float | None = None
    values: tuple[str, ...] = ()
    persistent: bool = True

    @property
    def key(self) -> VariableKey:
        return key(self.component, self.name, self.instance, self.evse, self.connector)

    def accepts(self, value: str) -> bool:
        """B05.FR.07, B05.FR.08: format and range."""
        check = _FORMATS.get(self.data_type)
        if check is not None and not check(value):
            return False
        if self.data_type in ("integer", "decimal"):
            number = float(value)
            return not (self.minimum is not None and number < self.minimum) and not (
                self.maximum is not None and number > self.maximum
            )
        if self.values and self.data_type == "OptionList":
            return value in self.values
        if self.values and self.data_type in ("MemberList", "SequenceList"):
            members = [member.strip() for member in value.split(",")] if value else []
            return len(set(members)) == len(members) and all(member in self.values for member in members)
        return self.maximum is None or len(value.encode()) <= self.maximum

    def characteristics(self) -> Payload:
        entry: Payload = {"dataType": _TYPES.get(self.data_type, self.data_type), "supportsMonitoring": False}
        if self.unit:
            entry["unit"] = self.unit
        if self.minimum is not None and self.data_type in ("integer", "decimal"):
            entry["minLimit"] = self.minimum
        if self.maximum is not None:
            entry["maxLimit"] = self.maximum
        if self.values:
            entry["valuesList"] = ",".join(self.values)
        return entry


def _is_integer(value: str) -> bool:
    return value.removeprefix("-").isascii() and value.removeprefix("-").isdigit()


def _is_decimal(value: str) -> bool:
    whole, _, fraction = value.removeprefix("-").partition(".")
    return (whole + fraction).isascii() and (whole + fraction).isdigit()


_FORMATS: dict[str, Callable[[str], bool]] = {
    "integer": _is_integer,
    "decimal": _is_decimal,
    "boolean": lambda value: value in ("true", "false"),
    "passwordString": lambda value: len(value) >= 16,
}
_TYPES = {"passwordString": "string", "identifierString": "string"}


def key(component: str, name: str, instance: str = "", evse: int = 0, connector: int = 0) -> VariableKey:
    """Names compare without regard to case (identifierString)."""
    return (component.lower(), "", evse, connector, name.lower(), instance.lower())


class DeviceModel:
    """All variables of one station. `live` computes values that are never stored."""

    def __init__(self, core: Core, variables: tuple[Variable, ...]) -> None:
        self.core = core
        missing = {name.lower() for name in core.behaviour.missing_components}
        self.variables = {item.key: item for item in variables if item.component.lower() not in missing}
        self._all = {item.key: item for item in variables}
        self.live: dict[VariableKey, Callable[[], str]] = {}
        self.changed: dict[VariableKey, Callable[[str], None]] = {}
        self.guards: dict[VariableKey, Callable[[str], str]] = {}

    def __iter__(self) -> Iterator[Variable]:
        return iter(self.variables.values())

    # ---- for the other parts of the station

    def stored(self, component: str, name: str, instance: str = "") -> str | None:
        """The value somebody has written, or None while the default stands."""
        return self.core.memory.variables.get(key(component, name, instance))

    def text(self, component: str, name: str, instance: str = "") -> str:
        return self.value(self._all[key(component, name, instance)])

    def integer(self, component: str, name: str, instance: str = "") -> int:
        """The number; 0 where a station that checks nothing has stored something else."""
        text = self.text(component, name, instance)
        return (int(text) if _is_integer(text) else 0) * dict(self.core.behaviour.scaled).get(name, 1)

    def truth(self, component: str, name: str) -> bool:
        return self.text(component, name) == "true"

    def members(self, component: str, name: str) -> list[str]:
        return [member.strip() for member in self.text(component, name).split(",") if member.strip()]

    def write(self, component: str, name: str, instance: str, value: str) -> None:
        self.core.memory.variables[key(component, name, instance)] = value

    def show(self, component: str, name: str, value: str) -> None:
        """Set what a read-only variable reports."""
        self.live[key(component, name)] = lambda: value

    def value(self, variable: Variable) -> str:
        live = self.live.get(variable.key)
        return live() if live else self.core.memory.variables.get(variable.key, variable.value)

    # ---- GetVariables, SetVariables

    def find(self, data: Payload) -> Variable | str:
        """The variable an element means, or the status that says why there is none."""
        component, variable = data["component"], data["variable"]
        evse = component.get("evse", {})
        name = str(component["name"]).lower()
        instance = str(component.get("instance", "")).lower()
        place = (evse.get("id", 0), evse.get("connectorId", 0))
        wanted = (name, instance, *place, str(variable["name"]).lower(), str(variable.get("instance", "")).lower())
        found = self.variables.get(wanted)
        if found is not None:
            return found
        known = any(item.key[:4] == wanted[:4] for item in self.variables.values())
        if known or self.core.behaviour.unknown_component_as_variable:
            return "UnknownVariable"
        return "UnknownComponent"

    def get(self, data: Payload) -> Payload:
        """One GetVariableResult (B06)."""
        behaviour, found = self.core.behaviour, self.find(data)
        result: Payload = {"component": data["component"], "variable": data["variable"]}
        if not behaviour.no_attribute_type:
            result["attributeType"] = data.get("attributeType", "Actual")
        if isinstance(found, str):
            if behaviour.unknown_variable_accepted:
                return result | {"attributeStatus": "Accepted", "attributeValue": ""}
            return result | {"attributeStatus": found}
        if data.get("attributeType", "Actual") != "Actual":
            return result | {"attributeStatus": "NotSupportedAttributeType"}
        if found.mutability == "WriteOnly" and not behaviour.write_only_readable:
            return result | {"attributeStatus": "Rejected"}
        return result | {"attributeStatus": "Accepted", "attributeValue": self.value(found)}

    def set(self, data: Payload) -> Payload:
        """One SetVariableResult (B05)."""
        result: Payload = {"component": data["component"], "variable": data["variable"]}
        if not self.core.behaviour.no_attribute_type:
            result["attributeType"] = data.get("attributeType", "Actual")
        return result | {"attributeStatus": self._set(data)}

    def _set(self, data: Payload) -> str:
        behaviour, found, value = self.core.behaviour, self.find(data), str(data["attributeValue"])
        if isinstance(found, str):
            return "Accepted" if behaviour.unknown_variable_accepted else found
        if data.get("attributeType", "Actual") != "Actual":
            return "NotSupportedAttributeType"
        if found.mutability == "ReadOnly" and not behaviour.read_only_writable:
            return "Rejected"
        if not found.accepts(value) and not behaviour.out_of_range_accepted:
            return "Rejected"
        guard = self.guards.get(found.key)
        status = guard(value) if guard else "Accepted"
        if status not in ("Accepted", "RebootRequired"):
            return status
        self.core.memory.variables[found.key] = value
        if found.key in self.changed:
            self.changed[found.key](value)
        return status
