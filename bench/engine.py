"""Round trips per second: raw websockets echo, PyPI ocpp, and our engine; same messages, taking turns, in one run.

Twice: the stack as server only, before websockets' own client, which is the same for all three; and the stack at
both ends. Ours records every frame to disk, masked and chained, validates both ways, and the monitor has read all of
it before the clock is stopped, at each end that is ours.
"""

from __future__ import annotations

import asyncio
import json
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from statistics import median
from typing import Any

from websockets.asyncio.server import ServerConnection, serve
from websockets.typing import Subprotocol

from bench.client import SUBPROTOCOL
from bench.ours import Ours
from bench.table import table
from harness.rpc.link import SECOND

ACTIONS = ("Heartbeat", "TransactionEvent")
STACKS = {"raw": "websockets, echo", "ocpp": "PyPI ocpp", "harness": "this harness"}
GOALS = {"Heartbeat": (0.6, 0.0), "TransactionEvent": (0.6, 10.0)}


@dataclass(frozen=True, slots=True)
class Trips:
    """Round trips per second, median and p99 of one in ms, CPU time of the server process for one in microseconds."""

    rate: float
    median: float
    p99: float
    cpu: float


def client(stack: str, url: str, action: str, count: int) -> tuple[int, int, float, float, int]:
    """Begin and end (monotonic ns), median and p99 of the round trips (ns), CPU time (ns)."""
    command = [sys.executable, "-m", "bench.client", stack, url, action, str(count)]
    done = subprocess.run(command, stdout=subprocess.PIPE, text=True, check=True)
    begin, end, half, p99, cpu = json.loads(done.stdout)
    return begin, end, half, p99, cpu


def _trips(count: int, cpu: int, begin: int, end: int, half: float, p99: float) -> Trips:
    return Trips(count / ((end - begin) / SECOND), half / 1e6, p99 / 1e6, cpu / count / 1e3)


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
def served(handler: Any) -> Iterator[str]:
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


def others(handler: Any, stack: str, action: str, count: int) -> Trips:
    """`handler` as the server of clients of that stack."""
    with served(handler) as url:
        cpu = time.process_time_ns()
        begin, end, half, p99, _ = client(stack, url, action, count)
        return _trips(count, time.process_time_ns() - cpu, begin, end, half, p99)


# ---- ours -------------------------------------------------------------------------------------------


def ours(stack: str, action: str, count: int) -> Trips:
    """With everything on. The end is when the monitors have read the last frame."""
    with tempfile.TemporaryDirectory() as name, Ours(Path(name) / "journal.jsonl") as engine:
        found: list[tuple[int, int, float, float, int]] = []
        cpu = time.process_time_ns()
        thread = threading.Thread(target=lambda: found.append(client(stack, engine.url, action, count)))
        thread.start()
        until = engine.watch(2 * count + 2)
        thread.join()
        cpu = time.process_time_ns() - cpu
        if engine.findings:
            raise RuntimeError(f"the monitor found fault with the measurement itself: {engine.findings[0]}")
    begin, end, half, p99, _ = found[0]
    return _trips(count, cpu, begin, max(until, end), half, p99)


# ---- the table --------------------------------------------------------------------------------------


def _round(clients: Sequence[str], action: str, count: int) -> tuple[Trips, Trips, Trips]:
    """Raw, ocpp and ours, one after the other, each with its client."""
    raw, stock, own = clients
    few = max(count // 8, 200)
    return others(echo, raw, action, count), others(pypi_ocpp, stock, action, few), ours(own, action, count)


def measured(clients: Sequence[str], action: str, count: int, rounds: int) -> list[tuple[object, ...]]:
    """One row per stack. The machine has other work: the best round counts for rates, of the ratios the median."""
    found = [_round(clients, action, count) for _ in range(rounds)]
    share, times = GOALS[action]
    rows: list[tuple[object, ...]] = []
    for index, stack in enumerate(STACKS):
        best = max((turn[index] for turn in found), key=lambda trips: trips.rate)
        of_raw = median(turn[index].rate / turn[0].rate for turn in found)
        of_ocpp = median(turn[index].rate / turn[1].rate for turn in found)
        goal = ""
        if stack == "harness":
            told = [f"{share:g} of raw: {'met' if of_raw >= share else 'MISSED'}"]
            told += [f"{times:g} x ocpp: {'met' if of_ocpp >= times else 'MISSED'}"] if times else []
            goal = ", ".join(told)
        rows.append((action, STACKS[stack], f"{best.rate:.0f}", f"{best.median:.2f}", f"{best.p99:.2f}",
                     f"{min(turn[index].cpu for turn in found):.0f}", f"{of_raw:.2f}", f"{of_ocpp:.1f}", goal))
    return rows


def main(quick: bool) -> None:
    # Short turns, and many: what else the machine does then strikes all stacks alike, and each has some quiet ones.
    sizes, rounds = {"Heartbeat": 2000, "TransactionEvent": 1500}, 1 if quick else 15
    head = ("message", "stack", "round trips/s", "median ms", "p99 ms", "server CPU us", "of raw echo", "times ocpp",
            "goal")
    for title, clients in (("The server alone", ("raw", "raw", "raw")), ("Both ends", tuple(STACKS))):
        rows = [row for action in ACTIONS for row in measured(clients, action, sizes[action], rounds)]
        print(f"{title}:\n\n{table(head, rows)}\n")
