"""The stations of the measurements, each in a process of its own: one call at a time, the next when it is answered.

    python -m bench.client STACK URL ACTION COUNT

STACK: `raw` is websockets' asyncio client, `ocpp` PyPI's charge point as shipped, `harness` our station actor with
everything on. Prints begin and end as monotonic ns, median and p99 of the round trips in ns, and the CPU time in ns.
"""

from __future__ import annotations

import asyncio
import json
import sys
import tempfile
import time
from collections.abc import Callable, Coroutine
from pathlib import Path
from typing import Any

from websockets.asyncio.client import ClientConnection, connect
from websockets.typing import Subprotocol

from bench.table import percentile

SUBPROTOCOL = "ocpp2.0.1"
TRANSACTION_EVENT: dict[str, Any] = {
    "eventType": "Updated",
    "triggerReason": "MeterValuePeriodic",
    "seqNo": 1,
    "timestamp": "2026-01-01T00:00:00.000Z",
    "transactionInfo": {"transactionId": "5f1f8a0e-9d1b-4f6e-8a37-2a3c9a2f0b11", "chargingState": "Charging"},
    "evse": {"id": 1, "connectorId": 1},
    "meterValue": [{
        "timestamp": "2026-01-01T00:00:00.000Z",
        "sampledValue": [
            {"value": 1500.0, "context": "Sample.Periodic", "measurand": "Energy.Active.Import.Register",
             "location": "Outlet", "unitOfMeasure": {"unit": "Wh"}},
            {"value": 7400.0, "context": "Sample.Periodic", "measurand": "Power.Active.Import", "location": "Outlet",
             "unitOfMeasure": {"unit": "W"}},
        ],
    }],
}
BOOT: dict[str, Any] = {"reason": "PowerUp", "chargingStation": {"model": "Model", "vendorName": "Vendor"}}


def payload(action: str, number: int) -> dict[str, Any]:
    """That of the `number`-th request of that action; each TransactionEvent has a time of its own, as in life."""
    if action == "TransactionEvent":
        minutes, seconds = divmod(number, 60)
        time = f"2026-01-01T{minutes // 60 % 24:02}:{minutes % 60:02}:{seconds:02}.{number % 1000:03}Z"
        metered = [{**TRANSACTION_EVENT["meterValue"][0], "timestamp": time}]
        return TRANSACTION_EVENT | {"seqNo": number, "timestamp": time, "meterValue": metered}
    return BOOT if action == "BootNotification" else {}


def message_id(action: str, number: int) -> str:
    return f"bench-{action[:4]}-{number}"


def text(action: str, number: int) -> str:
    """The `number`-th request of that action."""
    return json.dumps([2, message_id(action, number), action, payload(action, number)])


def told(trips: list[int], begin: int, cpu: int) -> None:
    """Print what was measured."""
    end, used = time.monotonic_ns(), time.process_time_ns() - cpu
    print(json.dumps([begin, end, percentile(trips, 0.5), percentile(trips, 0.99), used]), flush=True)


async def _called(call: Callable[[str, int], Coroutine[Any, Any, object]], action: str, count: int) -> None:
    await call("BootNotification", 0)
    begin, cpu = time.monotonic_ns(), time.process_time_ns()
    trips: list[int] = []
    for number in range(1, count + 1):
        sent = time.monotonic_ns()
        await call(action, number)
        trips.append(time.monotonic_ns() - sent)
    told(trips, begin, cpu)


def _connection(url: str) -> connect:
    return connect(url, subprotocols=[Subprotocol(SUBPROTOCOL)], compression=None, ping_interval=None, proxy=None)


async def raw(url: str, action: str, count: int) -> None:
    """websockets' client, text out and text in."""
    async with _connection(url) as ws:

        async def call(action: str, number: int) -> None:
            await ws.send(text(action, number))
            await ws.recv()

        await _called(call, action, count)


def _charge_point(ws: ClientConnection, next_id: Callable[[], str]) -> Any:
    from ocpp.v201 import ChargePoint

    point = ChargePoint("station", ws)
    point._unique_id_generator = next_id
    return point


async def pypi_ocpp(url: str, action: str, count: int) -> None:
    """PyPI's charge point, which validates what it sends and what it gets."""
    from ocpp.charge_point import camel_to_snake_case
    from ocpp.v201 import call as requests

    asked: list[str] = []
    async with _connection(url) as ws:
        point = _charge_point(ws, lambda: asked[-1])
        listening = asyncio.create_task(point.start())

        async def call(action: str, number: int) -> None:
            asked.append(message_id(action, number))
            request = getattr(requests, action)(**camel_to_snake_case(payload(action, number)))
            if await point.call(request) is None:
                raise RuntimeError(f"{action} was refused")

        await _called(call, action, count)
        listening.cancel()


def harness(url: str, action: str, count: int) -> None:
    """Our station actor; ends when the monitor has read the last answer."""
    from bench.ours import Station

    with tempfile.TemporaryDirectory() as name, Station(Path(name) / "journal.jsonl", action, count) as station:
        station.go(url)
        station.watch(2 * count + 2)
        if station.findings:
            raise RuntimeError(f"the monitor found fault with the measurement itself: {station.findings[0]}")
        told(station.caller.trips, station.caller.begin, station.caller.cpu)


def main(stack: str, url: str, action: str, count: int) -> None:
    if stack == "harness":
        harness(url, action, count)
    else:
        asyncio.run({"raw": raw, "ocpp": pypi_ocpp}[stack](url, action, count))


if __name__ == "__main__":
    main(sys.argv[1], sys.argv[2], sys.argv[3], int(sys.argv[4]))
