"""A charging station on the PyPI package `ocpp`, as its documented examples show, for OCPP 1.6 and 2.0.1.

python ocpp_station.py 1.6|2.0.1 URL CONTROL_PORT. One EVSE with one connector; operated at POST /api/v1/plugin,
plugout, authorize?id=..., reboot. It connects again whenever the connection is gone.
"""

from __future__ import annotations

import asyncio
import sys
import uuid
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any

import control
import websockets
from ocpp.routing import after, on
from ocpp.v16 import ChargePoint as ChargePoint16
from ocpp.v16 import call as call16
from ocpp.v16 import call_result as result16
from ocpp.v201 import ChargePoint as ChargePoint201
from ocpp.v201 import call as call201
from ocpp.v201 import call_result as result201

DOCUMENTED = "documented-time" in sys.argv


def now() -> str:
    """As the documented examples write it, in microseconds, where asked; 2.0.1 allows three decimals at most."""
    return datetime.now(UTC).isoformat(timespec="auto" if DOCUMENTED else "milliseconds")


@dataclass
class Outlet:
    """What outlives a connection."""

    plugged: bool = False
    token: str | None = None
    transaction: Any = None
    number: int = 0
    reason: str = "PowerUp"
    interval: int = 300
    variables: dict[tuple[str, str], str] = field(default_factory=lambda: dict(VARIABLES))


VARIABLES = {
    ("OCPPCommCtrlr", "HeartbeatInterval"): "300",
    ("OCPPCommCtrlr", "OfflineThreshold"): "60",
    ("OCPPCommCtrlr", "ResetRetries"): "1",
    ("AuthCtrlr", "AuthorizeRemoteStart"): "false",
    ("TxCtrlr", "EVConnectionTimeOut"): "60",
}


async def pause(seconds: float) -> None:
    await asyncio.wait([asyncio.ensure_future(asyncio.Event().wait())], timeout=seconds)


async def knock(station: Any, boot: Any) -> None:
    """BootNotification until it is accepted, at the interval it is given."""
    while (answer := await station.call(boot)).status != "Accepted":
        await pause(answer.interval or 5)
    station.outlet.interval = answer.interval


async def beat(station: Any, heartbeat: Any) -> None:
    """The heartbeat loop of the documented example."""
    while True:
        await pause(station.outlet.interval)
        await station.call(heartbeat())


class Station16(ChargePoint16):
    outlet: Outlet

    async def booted(self) -> None:
        await knock(self, call16.BootNotification(charge_point_model="Example", charge_point_vendor="PyPI ocpp"))
        await self.status(0, "Available")
        await self.status(1, "Preparing" if self.outlet.plugged else "Available")
        await beat(self, call16.Heartbeat)

    async def status(self, connector: int, status: str) -> None:
        await self.call(call16.StatusNotification(connector, "NoError", status, timestamp=now()))

    async def plugin(self, **_: str) -> None:
        self.outlet.plugged = True
        await self.status(1, "Preparing")
        await self.begin()

    async def authorize(self, id: str, **_: str) -> None:
        if self.outlet.transaction is not None:
            await self.end(id, "Local")
            return
        answer = await self.call(call16.Authorize(id))
        if answer.id_tag_info["status"] == "Accepted":
            self.outlet.token = id
            await self.begin()

    async def begin(self) -> None:
        if self.outlet.plugged and self.outlet.token:
            started = await self.call(call16.StartTransaction(1, self.outlet.token, 0, now()))
            self.outlet.transaction = started.transaction_id
            await self.status(1, "Charging")

    async def end(self, id: str | None, reason: str) -> None:
        transaction, self.outlet.transaction, self.outlet.token = self.outlet.transaction, None, None
        await self.call(call16.StopTransaction(100, now(), transaction, reason, id))
        await self.status(1, "Finishing")

    async def plugout(self, **_: str) -> None:
        self.outlet.plugged = False
        if self.outlet.transaction is not None:
            await self.end(None, "EVDisconnected")
        await self.status(1, "Available")

    @on("Reset")
    def on_reset(self, **_: Any) -> Any:
        return result16.Reset(status="Accepted")

    @after("Reset")
    async def after_reset(self, type: str) -> None:
        if self.outlet.transaction is not None:
            await self.end(None, type + "Reset")
        await self._connection.close()

    @on("RemoteStartTransaction")
    def on_start(self, id_tag: str, **_: Any) -> Any:
        free = self.outlet.transaction is None
        self.outlet.token = id_tag if free else self.outlet.token
        return result16.RemoteStartTransaction(status="Accepted" if free else "Rejected")

    @after("RemoteStartTransaction")
    async def after_start(self, **_: Any) -> None:
        if self.outlet.transaction is None:
            await self.begin()

    @on("RemoteStopTransaction")
    def on_stop(self, transaction_id: int) -> Any:
        return result16.RemoteStopTransaction(
            status="Accepted" if transaction_id == self.outlet.transaction else "Rejected"
        )

    @after("RemoteStopTransaction")
    async def after_stop(self, transaction_id: int) -> None:
        if transaction_id == self.outlet.transaction:
            await self.end(None, "Remote")

    @on("UnlockConnector")
    def on_unlock(self, **_: Any) -> Any:
        return result16.UnlockConnector(status="NotSupported")

    @on("ClearCache")
    def on_clear(self) -> Any:
        return result16.ClearCache(status="Rejected")

    @on("ChangeAvailability")
    def on_availability(self, **_: Any) -> Any:
        return result16.ChangeAvailability(status="Rejected")

    @on("GetConfiguration")
    def on_get(self, key: list[str] | None = None) -> Any:
        return result16.GetConfiguration(configuration_key=[], unknown_key=key or [])

    @on("ChangeConfiguration")
    def on_change(self, **_: Any) -> Any:
        return result16.ChangeConfiguration(status="NotSupported")


class Station201(ChargePoint201):
    outlet: Outlet

    async def booted(self) -> None:
        station = {"model": "Example", "vendor_name": "PyPI ocpp"}
        await knock(self, call201.BootNotification(charging_station=station, reason=self.outlet.reason))
        self.outlet.reason = "PowerUp"
        await self.status("Occupied" if self.outlet.plugged else "Available")
        await beat(self, call201.Heartbeat)

    async def status(self, status: str) -> None:
        await self.call(call201.StatusNotification(now(), status, 1, 1))

    async def event(self, kind: str, trigger: str, state: str, id: str | None = None, **more: Any) -> Any:
        token = {"id_token": id, "type": "ISO14443"} if id else None
        info = {"transaction_id": self.outlet.transaction, "charging_state": state, **more}
        number, self.outlet.number = self.outlet.number, self.outlet.number + 1
        return await self.call(
            call201.TransactionEvent(
                kind, now(), trigger, number, info, id_token=token, evse={"id": 1, "connector_id": 1}
            )
        )

    async def plugin(self, **_: str) -> None:
        self.outlet.plugged = True
        await self.status("Occupied")
        if self.outlet.token:
            await self.event("Updated", "CablePluggedIn", "Charging")
        else:
            self.fresh()
            await self.event("Started", "CablePluggedIn", "EVConnected")

    def fresh(self) -> None:
        self.outlet.transaction, self.outlet.number = str(uuid.uuid4()), 0

    async def authorize(self, id: str, **_: str) -> None:
        if self.outlet.token:
            self.outlet.token = None
            await self.event("Updated", "StopAuthorized", "EVConnected", id)
            return
        answer = await self.call(call201.Authorize({"id_token": id, "type": "ISO14443"}))
        if answer.id_token_info["status"] == "Accepted":
            self.outlet.token = id
            await self.authorized("Authorized")

    async def authorized(self, trigger: str, **more: Any) -> None:
        state = "Charging" if self.outlet.plugged else "Idle"
        kind = "Updated" if self.outlet.plugged else "Started"
        if not self.outlet.plugged:
            self.fresh()
        await self.event(kind, trigger, state, self.outlet.token, **more)

    async def plugout(self, **_: str) -> None:
        self.outlet.plugged, self.outlet.token = False, None
        await self.event("Ended", "EVDeparted", "Idle", stopped_reason="EVDisconnected")
        self.outlet.transaction = None
        await self.status("Available")

    @on("Reset")
    def on_reset(self, **_: Any) -> Any:
        return result201.Reset(status="Accepted")

    @after("Reset")
    async def after_reset(self, **_: Any) -> None:
        self.outlet.reason = "RemoteReset"
        await self._connection.close()

    @on("RequestStartTransaction")
    def on_start(self, id_token: dict[str, Any], **_: Any) -> Any:
        self.outlet.token = id_token["id_token"]
        return result201.RequestStartTransaction(status="Accepted")

    @after("RequestStartTransaction")
    async def after_start(self, remote_start_id: int, **_: Any) -> None:
        await self.authorized("RemoteStart", remote_start_id=remote_start_id)

    @on("RequestStopTransaction")
    def on_stop(self, transaction_id: str) -> Any:
        running = self.outlet.token is not None and transaction_id == self.outlet.transaction
        return result201.RequestStopTransaction(status="Accepted" if running else "Rejected")

    @after("RequestStopTransaction")
    async def after_stop(self, transaction_id: str) -> None:
        if self.outlet.token is not None and transaction_id == self.outlet.transaction:
            self.outlet.token = None
            await self.event("Updated", "RemoteStop", "EVConnected")

    @on("ClearCache")
    def on_clear(self) -> Any:
        return result201.ClearCache(status="Rejected")

    @on("GetVariables")
    def on_get(self, get_variable_data: list[dict[str, Any]]) -> Any:
        return result201.GetVariables([self.read(wanted) for wanted in get_variable_data])

    def read(self, wanted: dict[str, Any]) -> dict[str, Any]:
        value = self.outlet.variables.get(_name(wanted))
        if value is not None and wanted.get("attribute_type", "Actual") != "Actual":
            return {"attribute_status": "NotSupportedAttributeType", **_place(wanted)}
        if value is None:
            return {"attribute_status": self.unknown(wanted), **_place(wanted)}
        return {"attribute_status": "Accepted", "attribute_value": value, **_place(wanted)}

    def unknown(self, wanted: dict[str, Any]) -> str:
        known = wanted["component"]["name"] in {component for component, _ in self.outlet.variables}
        return "UnknownVariable" if known else "UnknownComponent"

    @on("SetVariables")
    def on_set(self, set_variable_data: list[dict[str, Any]]) -> Any:
        return result201.SetVariables([self.write(wanted) for wanted in set_variable_data])

    def write(self, wanted: dict[str, Any]) -> dict[str, Any]:
        if _name(wanted) not in self.outlet.variables:
            return {"attribute_status": self.unknown(wanted), **_place(wanted)}
        self.outlet.variables[_name(wanted)] = wanted["attribute_value"]
        return {"attribute_status": "Accepted", **_place(wanted)}

    @on("GetBaseReport")
    def on_report(self, **_: Any) -> Any:
        return result201.GetBaseReport(status="NotSupported")

    @on("ChangeAvailability")
    def on_availability(self, **_: Any) -> Any:
        return result201.ChangeAvailability(status="Rejected")

    @on("UnlockConnector")
    def on_unlock(self, **_: Any) -> Any:
        return result201.UnlockConnector(status="UnlockFailed")


def _place(wanted: dict[str, Any]) -> dict[str, Any]:
    kind = wanted.get("attribute_type", "Actual")
    return {"component": wanted["component"], "variable": wanted["variable"], "attribute_type": kind}


def _name(wanted: dict[str, Any]) -> tuple[str, str]:
    return wanted["component"]["name"], wanted["variable"]["name"]


async def main(version: str, url: str, control_port: int) -> None:
    """`url` with user and password; the identity is added."""
    outlet, standing = Outlet(), [None]
    kind: Any = Station16 if version == "1.6" else Station201

    async def asked(parts: list[str], query: dict[str, str], _: Any) -> None:
        station: Any = standing[0]
        if parts[-1] == "reboot":
            outlet.__init__()  # type: ignore[misc]
            await station._connection.close()
            return
        await getattr(station, parts[-1])(**query)

    control.serve(control_port, asked)
    async for connection in websockets.connect(url + "/CS001", subprotocols=["ocpp" + version]):  # type: ignore[list-item]
        with suppress(websockets.WebSocketException, asyncio.TimeoutError):
            station = standing[0] = kind("CS001", connection)
            station.outlet = outlet
            await asyncio.gather(station.start(), station.booted())


if __name__ == "__main__":
    asyncio.run(main(sys.argv[1], sys.argv[2], int(sys.argv[3])))
