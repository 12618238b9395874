"""Round trips per second: raw websockets echo, PyPI ocpp, and our engine; same client, same messages, one run.

Ours records every frame to disk, masked and chained, validates both ways, and the monitor has read all of it before
the clock is stopped.
"""

from __future__ import annotations

import asyncio
import json
import subprocess
import sys
import tempfile
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from websockets.asyncio.server import ServerConnection, serve
from websockets.typing import Subprotocol

from bench.ours import Ours
from bench.table import table
from harness.rpc.link import SECOND

SUBPROTOCOL = "ocpp2.0.1"
ACTIONS = ("Heartbeat", "TransactionEvent")
GOALS = {"Heartbeat": (0.6, 0.0), "TransactionEvent": (0.6, 10.0)}


@dataclass(frozen=True, slots=True)
class Trips:
    """Round trips per second, and the median and p99 of one in ms."""

    rate: float
    median: float
    p99: float


def client(url: str, action: str, count: int) -> tuple[int, int, float, float]:
    """Begin and end (monotonic ns), median and p99 of the round trips (ns)."""
    command = [sys.executable, "-m", "bench.client", url, SUBPROTOCOL, action, str(count)]
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    begin, end, median, p99 = json.loads(done.stdout)
    return begin, end, median, p99


def _trips(count: int, begin: int, end: int, median: float, p99: float) -> Trips:
    return Trips(count / ((end - begin) / SECOND), median / 1e6, p99 / 1e6)


# ---- the other two ----------------------------------------------------------------------------------


async def echo(connection: ServerConnection) -> None:
    async for message in connection:
        await connection.send(message)


async def pypi_ocpp(connection: ServerConnection) -> None:
    from ocpp.routing import on
    from ocpp.v201 import ChargePoint, call_result

    class Central(ChargePoint):  # type: ignore[misc]
        @on("BootNotification")  # type: ignore[untyped-decorator]
        def boot(self, **_: Any) -> Any:
            return call_result.BootNotification(datetime.now(UTC).isoformat(), 300, "Accepted")

        @on("Heartbeat")  # type: ignore[untyped-decorator]
        def heartbeat(self, **_: Any) -> Any:
            return call_result.Heartbeat(datetime.now(UTC).isoformat())

        @on("TransactionEvent")  # type: ignore[untyped-decorator]
        def event(self, **_: Any) -> Any:
            return call_result.TransactionEvent()

    from websockets.exceptions import ConnectionClosed

    try:
        await Central("station", connection).start()
    except ConnectionClosed:
        return


@contextmanager
def _served(handler: Any) -> Iterator[str]:
    """`handler` on websockets' own server, in a loop of its own thread, as its authors run it."""
    started: list[Any] = []
    ready = threading.Event()

    async def main() -> None:
        stop = asyncio.Event()
        options: dict[str, Any] = {"subprotocols": [Subprotocol(SUBPROTOCOL)], "compression": None}
        async with serve(handler, "127.0.0.1", 0, ping_interval=None, **options) as server:
            port = next(iter(server.sockets)).getsockname()[1]
            started.extend((asyncio.get_running_loop(), stop, f"ws://127.0.0.1:{port}/station"))
            ready.set()
            await stop.wait()

    thread = threading.Thread(target=asyncio.run, args=(main(),), daemon=True)
    thread.start()
    ready.wait()
    loop, stop, url = started
    try:
        yield url
    finally:
        loop.call_soon_threadsafe(stop.set)
        thread.join()


def others(handler: Any, action: str, count: int) -> Trips:
    with _served(handler) as url:
        return _trips(count, *client(url, action, count))


# ---- ours -------------------------------------------------------------------------------------------


def ours(action: str, count: int, folder: Path) -> Trips:
    """With everything on. The end is when the monitor has read the last frame."""
    with Ours(folder / f"{action}.jsonl") as engine:
        found: list[tuple[int, int, float, float]] = []
        thread = threading.Thread(target=lambda: found.append(client(engine.url, action, count)))
        thread.start()
        end = engine.watch(2 * count + 2)
        thread.join()
        if engine.findings:
            raise RuntimeError(f"the monitor found fault with the measurement itself: {engine.findings[0]}")
    begin, _, median, p99 = found[0]
    return _trips(count, begin, end, median, p99)


def best(tries: list[Trips]) -> Trips:
    """The fastest: what else the machine had to do makes the others slower."""
    return max(tries, key=lambda trips: trips.rate)


def main(quick: bool) -> None:
    """Three rounds, each of all three stacks; the best of each counts."""
    sizes = {"Heartbeat": 2000, "TransactionEvent": 1000} if quick else {"Heartbeat": 8000, "TransactionEvent": 6000}
    rows: list[tuple[object, ...]] = []
    with tempfile.TemporaryDirectory() as name:
        for action in ACTIONS:
            raw, stock, own = [], [], []
            for turn in range(1 if quick else 3):
                folder = Path(name) / f"{turn}"
                folder.mkdir(exist_ok=True)
                raw.append(others(echo, action, sizes[action]))
                stock.append(others(pypi_ocpp, action, max(sizes[action] // 8, 200)))
                own.append(ours(action, sizes[action], folder))
            rows += _rows(action, best(raw), best(stock), best(own))
    head = ("message", "stack", "round trips/s", "median ms", "p99 ms", "of raw echo", "times ocpp", "goal")
    print(table(head, rows))


def _rows(action: str, raw: Trips, stock: Trips, own: Trips) -> list[tuple[object, ...]]:
    share, times = GOALS[action]
    met = own.rate >= share * raw.rate and own.rate >= times * stock.rate
    goal = f"{share:g} of raw" + (f", {times:g} x ocpp" if times else "")
    stacks = (("websockets, echo", raw, ""), ("PyPI ocpp", stock, ""),
              ("this harness", own, f"{goal}: {'met' if met else 'MISSED'}"))
    return [(action, stack, f"{trips.rate:.0f}", f"{trips.median:.2f}", f"{trips.p99:.2f}",
             f"{trips.rate / raw.rate:.2f}", f"{trips.rate / stock.rate:.1f}", told) for stack, trips, told in stacks]
