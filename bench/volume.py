"""A million frames through one session, and a hundred stations on one CSMS: memory, loss, and the age of stamps."""

from __future__ import annotations

import asyncio
import json
import subprocess
import sys
import tempfile
import threading
import time
from pathlib import Path

from websockets.asyncio.client import connect
from websockets.asyncio.server import ServerConnection
from websockets.typing import Subprotocol

from bench.engine import client, served
from bench.many import Many
from bench.ours import Ours
from bench.table import percentile, table
from harness.report.evidence import verify
from harness.rpc.link import MILLISECOND

STATIONS = 100
MEMORY_GOAL = 150


def resident() -> float:
    """MB of this process, now."""
    pages = int(Path("/proc/self/statm").read_text().split()[1])
    return pages * 4096 / 1e6


def million(count: int) -> tuple[object, ...]:
    """`count` frames, half of them answers, with a journal that keeps the newest in memory."""
    before = resident()
    with tempfile.TemporaryDirectory() as name:
        path = Path(name) / "journal.jsonl"
        peak: list[float] = []
        with Ours(path) as engine:
            thread = threading.Thread(target=client, args=("raw", engine.url, "Heartbeat", count // 2))
            began = time.monotonic()
            thread.start()
            for part in range(1, 21):
                engine.watch(count * part // 20)
                peak.append(resident())
            thread.join()
            seconds = time.monotonic() - began
            events = len(engine.journal)
        digest = engine.file.close()
        with path.open("rb") as file:
            lines = sum(1 for _ in file)
        complete = lines == events + 2 and not (verify(path, digest) if count <= 100_000 else ())
        size = path.stat().st_size / 1e6
    goal = f"under {MEMORY_GOAL} MB, complete: {'met' if max(peak) < MEMORY_GOAL and complete else 'MISSED'}"
    return (f"{count} frames, one session", f"{count / seconds:.0f}/s", f"{before:.0f}", f"{max(peak):.0f}",
            f"{size:.0f} MB, {lines} lines for {events} events", goal)


# ---- a hundred stations -----------------------------------------------------------------------------


async def station(url: str, number: int, count: int, period: float, answered: list[float]) -> None:
    """One of many; a Heartbeat every `period` seconds, each stamped when it leaves."""
    async with connect(f"{url}/station-{number}", subprotocols=[Subprotocol("ocpp2.0.1")], compression=None,
                       ping_interval=None, proxy=None) as ws:
        loop = asyncio.get_running_loop()
        start = loop.time() + 2 + period * number / STATIONS  # not while others still connect
        for turn in range(count):
            await _until(loop, start + turn * period)
            sent = time.monotonic_ns()
            await ws.send(json.dumps([2, f"{number}-{turn}-{sent}", "Heartbeat", {}]))
            await ws.recv()
            answered.append((time.monotonic_ns() - sent) / MILLISECOND)


async def _until(loop: asyncio.AbstractEventLoop, due: float) -> None:
    reached = loop.create_future()
    loop.call_at(due, reached.set_result, None)
    await reached


async def crowd(url: str, count: int, period: float) -> None:
    answered: list[float] = []
    await asyncio.gather(*(station(url, number, count, period, answered) for number in range(STATIONS)))
    print(json.dumps([percentile(answered, 0.5), percentile(answered, 0.99)]))


def _crowded(url: str, count: int) -> tuple[float, float]:
    """Median and p99 of the round trips, in ms."""
    command = [sys.executable, "-m", "bench.volume", url, str(count)]
    median, p99 = json.loads(subprocess.run(command, capture_output=True, text=True, check=True).stdout)
    return median, p99


def _of_ours(count: int) -> tuple[list[float], tuple[float, float]]:
    with tempfile.TemporaryDirectory() as name, Many(Path(name) / "journal.jsonl") as engine:
        trips = _crowded(engine.url, count)
        return [(at - int(sent)) / MILLISECOND for at, sent in engine.arrivals()], trips


def _of_raw(count: int) -> tuple[list[float], tuple[float, float]]:
    """Of an echo of websockets, which takes the time as soon as it has a message."""
    late: list[float] = []

    async def stamped(connection: ServerConnection) -> None:
        async for message in connection:
            at = time.monotonic_ns()
            late.append((at - int(str(message).split('"')[1].rpartition("-")[2])) / MILLISECOND)
            await connection.send(message)

    with served(stamped) as url:
        trips = _crowded(url.rpartition("/")[0], count)
    return late, trips


def hundred(count: int) -> list[tuple[object, ...]]:
    """All frames arrive, and how long after leaving each was stamped (includes the sender's own delay)."""
    rows: list[tuple[object, ...]] = []
    for what, of in (("websockets, echo", _of_raw), ("this harness", _of_ours)) * 2:
        errors, (median, p99) = of(count)
        lost, late = STATIONS * count - len(errors), percentile(errors, 0.99)
        met = "met" if not lost and late <= 3 else "MISSED"
        goal = f"none lost, p99 <= 3 ms: {met}" if of is _of_ours else ""
        rows.append((f"{STATIONS} stations x {count}, {what}", lost, f"{percentile(errors, 0.5):.2f}", f"{late:.2f}",
                     f"{median:.2f} / {p99:.2f}", goal))
    return rows


def main(quick: bool) -> None:
    head = ("run", "frames", "MB before", "MB at most", "on disk", "goal")
    print(table(head, [million(20_000 if quick else 1_000_000)]))
    print()
    head = ("run", "frames lost", "stamp late, median ms", "p99 ms", "round trip median / p99 ms", "goal")
    print(table(head, hundred(5 if quick else 30)))


if __name__ == "__main__":
    asyncio.run(crowd(sys.argv[1], int(sys.argv[2]), 0.5))
