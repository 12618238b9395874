"""The energy meter of each EVSE: a register that only runs forward, and sampled values (block J)."""

from __future__ import annotations

from harness.reference.station201.core import Core
from harness.reference.station201.memory import Payload
from harness.rpc.link import SECOND

_WATT_NS_PER_WH = 3600 * SECOND


class Meter:
    """One EVSE's meter. The register is in Wh and lives in non-volatile memory (J02.FR.16, J02.FR.17)."""

    def __init__(self, core: Core, evse: int) -> None:
        self.core = core
        self.evse = evse
        self.delivering = False
        self._since = 0
        core.memory.registers.setdefault(evse, float(core.config.meter_start))

    @property
    def power(self) -> int:
        """W, at this moment."""
        return self.core.config.meter_power if self.delivering else 0

    def settle(self) -> None:
        """Add to the register what flowed since it was last looked at."""
        elapsed = self.core.now.monotonic - self._since
        if self.delivering and elapsed > 0:
            energy = self.power * elapsed / _WATT_NS_PER_WH
            sign = -1 if self.core.behaviour.register_backwards else 1
            self.core.memory.registers[self.evse] += sign * energy
        self._since = self.core.now.monotonic

    def switch(self, on: bool) -> None:
        """Close or open the power path."""
        self.settle()
        self.delivering = on

    def sample(self, measurands: list[str], context: str, *, signed: bool = False) -> Payload | None:
        """A MeterValueType of these measurands, or None where nothing is to be measured."""
        self.settle()
        if self.core.behaviour.wrong_meter_context and context.startswith("Transaction."):
            context = "Sample.Periodic"
        values = [self._value(measurand, context) for measurand in measurands if measurand in _UNITS]
        if not values:
            return None
        if signed:
            values[0]["signedMeterValue"] = {
                "signedMeterData": "c2lnbmVk", "signingMethod": "ECDSAP256SHA256", "encodingMethod": "OCMF",
                "publicKey": "",
            }  # fmt: skip
        return {"timestamp": self.core.timestamp(), "sampledValue": values}

    def _value(self, measurand: str, context: str) -> Payload:
        unit = _UNITS[measurand]
        return {
            "value": round(self._reading(measurand), 3),
            "context": context,
            "measurand": measurand,
            "location": "Outlet",
            "unitOfMeasure": {"unit": unit},
        }

    def _reading(self, measurand: str) -> float:
        config = self.core.config
        if measurand == "Voltage":
            return config.voltage
        if measurand == "Power.Active.Import":
            return self.power
        if measurand == "Current.Import":
            return self.power / (config.voltage * config.phases)
        return self.core.memory.registers[self.evse]


_UNITS = {
    "Energy.Active.Import.Register": "Wh", "Power.Active.Import": "W", "Current.Import": "A", "Voltage": "V",
}  # fmt: skip
