"""What one round trip costs the server's process in CPU time, all threads, the stacks taking turns.

Rates tell how busy the machine is; this hardly does. The client is nothing but a socket, in a process of its own:

    python -m bench.cost  # reads "URL ACTION FIRST COUNT" from standard input, answers each when it is done
"""

from __future__ import annotations

import base64
import socket
import subprocess
import sys
import tempfile
import time
from collections import defaultdict
from collections.abc import Callable
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path
from statistics import median

from bench.client import SUBPROTOCOL, text
from bench.engine import echo, pypi_ocpp, served
from bench.ours import Ours
from bench.table import table
from harness.wire.frames import MASKING_KEY, text_frame

ACTIONS = ("Heartbeat", "TransactionEvent")
STACKS = {
    "raw": "websockets, echo", "ocpp": "PyPI ocpp", "neither": "ours, neither recorded nor watched",
    "recorded": "ours, recorded", "watched": "ours, validated and watched", "all": "this harness: all on",
}  # fmt: skip
_CHUNK = 100
_CLOSE = b"\x88\x80" + MASKING_KEY


@dataclass(frozen=True, slots=True)
class Server:
    """Its address, and how to wait until it is done with so many more texts."""

    url: str
    settled: Callable[[int], object] = lambda texts: None


def _ours(folder: Path, recorded: bool, watched: bool, opened: ExitStack) -> Server:
    engine = opened.enter_context(Ours(folder / f"{recorded}-{watched}.jsonl", recorded=recorded, watched=watched))
    passed: list[int] = []

    def settled(texts: int) -> None:
        passed.append(texts)
        engine.watch(sum(passed))

    return Server(engine.url, settled)


def servers(folder: Path, opened: ExitStack) -> dict[str, Server]:
    """One of each kind."""
    parts = {"neither": (False, False), "recorded": (True, False), "watched": (False, True), "all": (True, True)}
    return {
        "raw": Server(opened.enter_context(served(echo))),
        "ocpp": Server(opened.enter_context(served(pypi_ocpp))),
        **{name: _ours(folder, recorded, watched, opened) for name, (recorded, watched) in parts.items()},
    }


# ---- the client -------------------------------------------------------------------------------------


def _dialled(url: str) -> socket.socket:
    place = url.removeprefix("ws://").partition("/")[0]
    host, _, port = place.rpartition(":")
    sock = socket.create_connection((host, int(port)))
    sock.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
    key = base64.b64encode(b"what does it cost").decode()[:22] + "=="
    sock.sendall((
        f"GET /station HTTP/1.1\r\nHost: {place}\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
        f"Sec-WebSocket-Key: {key}\r\nSec-WebSocket-Version: 13\r\nSec-WebSocket-Protocol: {SUBPROTOCOL}\r\n\r\n"
    ).encode())
    answer = b""
    while b"\r\n\r\n" not in answer:
        answer += sock.recv(4096)
    return sock


def drive() -> None:
    """Make the round trips that are asked for; the first one on a connection is a BootNotification."""
    connections: dict[str, socket.socket] = {}
    for line in sys.stdin:
        url, action, first, many = line.split()
        texts = [text(action, number) for number in range(int(first), int(first) + int(many))]
        if url not in connections:
            connections[url] = _dialled(url)
            texts.insert(0, text("BootNotification", 0))
        sock = connections[url]
        for frame in [text_frame(each.encode(), MASKING_KEY) for each in texts]:
            sock.sendall(frame)
            sock.recv(65536)
        print(len(texts), flush=True)
    for sock in connections.values():
        sock.sendall(_CLOSE)
        sock.recv(4096)


# ---- the table --------------------------------------------------------------------------------------


def measured(rounds: int) -> dict[tuple[str, str], list[float]]:
    """Microseconds by action and stack, one figure for each turn."""
    found: dict[tuple[str, str], list[float]] = defaultdict(list)
    with tempfile.TemporaryDirectory() as folder, ExitStack() as opened:
        client = opened.enter_context(subprocess.Popen(
            [sys.executable, "-m", "bench.cost"], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
        ))  # fmt: skip
        assert client.stdin is not None
        assert client.stdout is not None
        every = servers(Path(folder), opened)
        first = 1
        for turn in range(rounds):
            for action in ACTIONS:
                for name, server in every.items():
                    few = _CHUNK // 5 if name == "ocpp" else _CHUNK
                    used = time.process_time_ns()
                    print(server.url, action, first, few, file=client.stdin, flush=True)
                    server.settled(2 * int(client.stdout.readline()))
                    if turn:  # the first one connects
                        found[action, name].append((time.process_time_ns() - used) / few / 1000)
                first += _CHUNK
        client.stdin.close()
        client.wait()
    return found


def main(quick: bool) -> None:
    found = measured(5 if quick else 60)
    rows: list[tuple[object, ...]] = []
    for action in ACTIONS:
        for name, said in STACKS.items():
            costs = found[action, name]
            # Each turn compares with itself: how much the machine lends to one moment differs from the next.
            of_raw, of_ocpp = (
                median(other / cost for other, cost in zip(found[action, against], costs, strict=True))
                for against in ("raw", "ocpp")
            )
            rows.append((action, said, f"{min(costs):.0f}", f"{median(costs):.0f}", f"{of_raw:.2f}", f"{of_ocpp:.1f}"))
    print(table(("message", "server", "CPU us, least", "median", "raw echo / this", "ocpp / this"), rows))


if __name__ == "__main__":
    drive()
