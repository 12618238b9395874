"""A CSMS on the PyPI package `ocpp`, as its documented examples show, for OCPP 1.6 and 2.0.1.

python ocpp_csms.py 1.6|2.0.1 PORT CONTROL_PORT. It accepts the identity CS001 with the password of the SUT file and
sends what it is asked to at POST /api/octt/{version}/{station}/{kebab-action}.
"""

from __future__ import annotations

import asyncio
import itertools
import sys
from datetime import UTC, datetime
from typing import Any

import control
from ocpp.charge_point import camel_to_snake_case
from ocpp.routing import on
from ocpp.v16 import ChargePoint as ChargePoint16
from ocpp.v16 import call as call16
from ocpp.v16 import call_result as result16
from ocpp.v201 import ChargePoint as ChargePoint201
from ocpp.v201 import call as call201
from ocpp.v201 import call_result as result201
from websockets.asyncio.server import ServerConnection, basic_auth, serve

STATUS = {"04A2B3C4D5E6FF": "Invalid", "04A2B3C4D5E603": "Blocked", "04A2B3C4D5E604": "Expired"}
GROUPS = {"04A2B3C4D5E605": "GROUP-1", "04A2B3C4D5E606": "GROUP-1", "04A2B3C4D5E607": "GROUP-2"}
GROUPS |= {"04A2B3C4D5E608": "MASTER"}
NUMBERS = itertools.count(1)


DOCUMENTED = "documented-time" in sys.argv


def now() -> str:
    """As the documented examples write it, in microseconds, where asked; 2.0.1 allows three decimals at most."""
    return datetime.now(UTC).isoformat(timespec="auto" if DOCUMENTED else "milliseconds")


def info16(tag: str) -> dict[str, Any]:
    group = {"parent_id_tag": GROUPS[tag]} if tag in GROUPS else {}
    return {"status": STATUS.get(tag, "Accepted"), **group}


def info201(token: dict[str, Any]) -> dict[str, Any]:
    known = token["id_token"]
    group = {"group_id_token": {"id_token": GROUPS[known], "type": "Central"}} if known in GROUPS else {}
    return {"status": STATUS.get(known, "Accepted"), **group}


class Csms16(ChargePoint16):
    @on("BootNotification")
    def boot(self, **_: Any) -> Any:
        return result16.BootNotification(current_time=now(), interval=10, status="Accepted")

    @on("Heartbeat")
    def heartbeat(self) -> Any:
        return result16.Heartbeat(current_time=now())

    @on("StatusNotification")
    def status(self, **_: Any) -> Any:
        return result16.StatusNotification()

    @on("Authorize")
    def authorize(self, id_tag: str) -> Any:
        return result16.Authorize(id_tag_info=info16(id_tag))

    @on("StartTransaction")
    def start_transaction(self, id_tag: str, **_: Any) -> Any:
        return result16.StartTransaction(transaction_id=next(NUMBERS), id_tag_info=info16(id_tag))

    @on("StopTransaction")
    def stop_transaction(self, id_tag: str | None = None, **_: Any) -> Any:
        return result16.StopTransaction(id_tag_info=info16(id_tag) if id_tag else None)

    @on("MeterValues")
    def meter_values(self, **_: Any) -> Any:
        return result16.MeterValues()

    @on("DataTransfer")
    def data_transfer(self, **_: Any) -> Any:
        return result16.DataTransfer(status="UnknownVendorId")

    @on("DiagnosticsStatusNotification")
    def diagnostics(self, **_: Any) -> Any:
        return result16.DiagnosticsStatusNotification()

    @on("FirmwareStatusNotification")
    def firmware(self, **_: Any) -> Any:
        return result16.FirmwareStatusNotification()

    @on("SecurityEventNotification")
    def security_event(self, **_: Any) -> Any:
        return result16.SecurityEventNotification()

    @on("LogStatusNotification")
    def log_status(self, **_: Any) -> Any:
        return result16.LogStatusNotification()

    @on("SignedFirmwareStatusNotification")
    def signed_firmware(self, **_: Any) -> Any:
        return result16.SignedFirmwareStatusNotification()


class Csms201(ChargePoint201):
    @on("BootNotification")
    def boot(self, **_: Any) -> Any:
        return result201.BootNotification(current_time=now(), interval=10, status="Accepted")

    @on("Heartbeat")
    def heartbeat(self, **_: Any) -> Any:
        return result201.Heartbeat(current_time=now())

    @on("StatusNotification")
    def status(self, **_: Any) -> Any:
        return result201.StatusNotification()

    @on("Authorize")
    def authorize(self, id_token: dict[str, Any], **_: Any) -> Any:
        return result201.Authorize(id_token_info=info201(id_token))

    @on("TransactionEvent")
    def transaction_event(self, id_token: dict[str, Any] | None = None, **_: Any) -> Any:
        return result201.TransactionEvent(id_token_info=info201(id_token) if id_token else None)

    @on("MeterValues")
    def meter_values(self, **_: Any) -> Any:
        return result201.MeterValues()

    @on("NotifyReport")
    def notify_report(self, **_: Any) -> Any:
        return result201.NotifyReport()

    @on("NotifyEvent")
    def notify_event(self, **_: Any) -> Any:
        return result201.NotifyEvent()

    @on("SecurityEventNotification")
    def security_event(self, **_: Any) -> Any:
        return result201.SecurityEventNotification()

    @on("DataTransfer")
    def data_transfer(self, **_: Any) -> Any:
        return result201.DataTransfer(status="UnknownVendorId")


async def main(version: str, port: int, control_port: int) -> None:
    calls, peer = (call16, Csms16) if version == "1.6" else (call201, Csms201)
    stations: dict[str, Any] = {}
    tasks: set[asyncio.Task[Any]] = set()

    async def connected(connection: ServerConnection) -> None:
        identity = connection.request.path.rpartition("/")[2]  # type: ignore[union-attr]
        if connection.subprotocol is None:
            await connection.close()
            return
        stations[identity] = peer(identity, connection)
        await stations[identity].start()

    async def asked(parts: list[str], _: dict[str, str], body: Any) -> None:
        *_, identity, kebab = parts
        action = "".join(word.capitalize() for word in kebab.split("-"))
        if action == "RequestStartTransaction":  # the CSMS's own number
            body = {"remoteStartId": next(NUMBERS), **body}
        request = getattr(calls, action)(**camel_to_snake_case(body or {}))
        task = asyncio.create_task(stations[identity].call(request))
        tasks.add(task)
        task.add_done_callback(tasks.discard)
        await asyncio.wait([task], timeout=0.2)

    login = basic_auth(credentials=("CS001", "correct-horse-battery"))
    control.serve(control_port, asked)
    async with serve(connected, "127.0.0.1", port, subprotocols=["ocpp" + version], process_request=login) as server:  # type: ignore[list-item]
        await server.serve_forever()


if __name__ == "__main__":
    asyncio.run(main(sys.argv[1], int(sys.argv[2]), int(sys.argv[3])))
