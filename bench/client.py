"""The station of the measurements, in a process of its own: one call at a time, on websockets' asyncio client.

    python -m bench.client URL SUBPROTOCOL ACTION COUNT

Prints begin and end as monotonic ns, and the median and p99 of the round trips in ns.
"""

from __future__ import annotations

import asyncio
import json
import sys
import time

from websockets.asyncio.client import connect
from websockets.typing import Subprotocol

from bench.table import percentile

TRANSACTION_EVENT = {
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
BOOT: dict[str, object] = {"reason": "PowerUp", "chargingStation": {"model": "Model", "vendorName": "Vendor"}}


def text(action: str, number: int) -> str:
    """The `number`-th request of that action."""
    payload: dict[str, object] = {}
    if action == "TransactionEvent":
        payload = TRANSACTION_EVENT | {"seqNo": number}
    elif action == "BootNotification":
        payload = BOOT
    return json.dumps([2, f"bench-{action[:4]}-{number}", action, payload])


async def run(url: str, subprotocol: str, action: str, count: int) -> None:
    trips: list[int] = []
    async with connect(url, subprotocols=[Subprotocol(subprotocol)], compression=None, ping_interval=None,
                       proxy=None) as ws:
        await ws.send(text("BootNotification", 0))
        await ws.recv()
        begin = time.monotonic_ns()
        for number in range(1, count + 1):
            sent = time.monotonic_ns()
            await ws.send(text(action, number))
            await ws.recv()
            trips.append(time.monotonic_ns() - sent)
        end = time.monotonic_ns()
        print(json.dumps([begin, end, percentile(trips, 0.5), percentile(trips, 0.99)]), flush=True)


if __name__ == "__main__":
    asyncio.run(run(sys.argv[1], sys.argv[2], sys.argv[3], int(sys.argv[4])))
