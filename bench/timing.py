"""Ground truth: what the journal stamped, against what tcpdump saw on the wire.

A peer in a process of its own sends Heartbeats on a schedule over loopback; our CSMS records and answers them.
The packets are captured with nanosecond stamps. Arriving: stamp minus packet. Leaving: packet minus stamp.
Needs tcpdump and the right to capture (root).
"""

from __future__ import annotations

import shutil
import socket
import struct
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from bench.client import text
from bench.ours import Ours
from bench.table import percentile, table
from harness.journal import Direction, Text
from harness.rpc.link import MILLISECOND, SECOND, TransmitFrame
from harness.wire import frames

GAP = 5 * MILLISECOND
GOALS = {"idle": 1.0, "one core busy": 3.0}
_NANOSECONDS = 0xA1B23C4D
_ETHERNET = 1


# ---- the peer, in its own process -------------------------------------------------------------------


def peer(host: str, port: int, count: int) -> None:
    """Send `count` Heartbeats, one every GAP, on a schedule that does not slip."""
    pause = threading.Event()
    with socket.create_connection((host, port)) as sock:
        sock.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        sock.sendall(
            f"GET /station HTTP/1.1\r\nHost: {host}:{port}\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
            "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\nSec-WebSocket-Version: 13\r\n"
            "Sec-WebSocket-Protocol: ocpp2.0.1\r\n\r\n".encode()
        )
        sock.recv(4096)
        threading.Thread(target=_drain, args=(sock,), daemon=True).start()
        start = time.monotonic_ns()
        for number in range(count):
            due = start + (number + 1) * GAP
            pause.wait(max(due - time.monotonic_ns(), 0) / SECOND)
            data = text("Heartbeat" if number else "BootNotification", number).encode()
            sock.sendall(frames.frame_bytes(TransmitFrame(0, frames.TEXT, data), from_client=True))
        pause.wait(0.5)


def _drain(sock: socket.socket) -> None:
    try:
        while sock.recv(65536):
            pass
    except OSError:
        return


# ---- the capture ------------------------------------------------------------------------------------


@contextmanager
def captured(port: int, path: Path) -> Iterator[None]:
    """tcpdump on loopback, for that port."""
    command = ["tcpdump", "-i", "lo", "-n", "-B", "8192", "--time-stamp-precision=nano", "-w", str(path)]
    process = subprocess.Popen([*command, f"tcp port {port}"], stderr=subprocess.PIPE, text=True)
    assert process.stderr is not None
    while "listening" not in (line := process.stderr.readline()):
        if not line:
            raise OSError("tcpdump did not start")
    try:
        yield
    finally:
        threading.Event().wait(0.7)  # what the kernel still holds
        process.terminate()
        process.communicate()


def packets(data: bytes, port: int) -> tuple[list[int], list[int]]:
    """The wall-clock ns of every WebSocket frame to that port, and from it. Raises ValueError."""
    magic, kind = struct.unpack_from("<I", data)[0], struct.unpack_from("<I", data, 20)[0]
    if magic != _NANOSECONDS or kind != _ETHERNET:
        raise ValueError("not a little-endian pcap file of Ethernet frames with nanoseconds")
    arriving: list[int] = []
    leaving: list[int] = []
    at = 24
    seen: set[tuple[int, int]] = set()
    while at < len(data):
        seconds, nanoseconds, kept, _ = struct.unpack_from("<4I", data, at)
        frame = data[at + 16 : at + 16 + kept]
        at += 16 + kept
        network = 14 + (frame[14] & 0x0F) * 4
        source, target = struct.unpack_from("!HH", frame, network)
        payload = frame[network + (frame[network + 12] >> 4) * 4 : 14 + struct.unpack_from("!H", frame, 16)[0]]
        sequence = struct.unpack_from("!I", frame, network + 4)[0]
        if (source, sequence) in seen:  # sent again by TCP
            continue
        if payload:
            seen.add((source, sequence))
        way = arriving if target == port else leaving if source == port else []
        way += [seconds * SECOND + nanoseconds] * _frames_in(payload)
    return arriving, leaving


def _frames_in(payload: bytes) -> int:
    """How many WebSocket frames a segment holds (several answers may leave in one); a handshake holds none."""
    count = at = 0
    while at + 2 <= len(payload) and payload[at] == 0x80 | frames.TEXT:
        length, masked = payload[at + 1] & 0x7F, payload[at + 1] >> 7
        at += 2
        if length == 126:
            length = struct.unpack_from("!H", payload, at)[0]
            at += 2
        at += 4 * masked + length
        count += 1
    return count


@contextmanager
def _busy(wanted: bool) -> Iterator[None]:
    """One core kept busy, or not."""
    if not wanted:
        yield
        return
    process = subprocess.Popen([sys.executable, "-c", "while True: pass"])
    try:
        yield
    finally:
        process.kill()
        process.wait()


def errors(count: int, busy: bool) -> tuple[list[float], list[float]]:
    """Arriving and leaving: how far the journal's stamp is from the packet, in ms."""
    with tempfile.TemporaryDirectory() as name, Ours(Path(name) / "journal.jsonl") as engine:
        host, _, port = engine.url.removeprefix("ws://").partition("/")[0].rpartition(":")
        capture = Path(name) / "loopback.pcap"
        with captured(int(port), capture), _busy(busy):
            process = subprocess.Popen([sys.executable, "-m", "bench.timing", host, port, str(count)])
            engine.watch(2 * count)
            process.wait()
        arriving, leaving = packets(capture.read_bytes(), int(port))
        came = _walls(engine, Direction.IN)
        left = _walls(engine, Direction.OUT)
    if not len(arriving) == len(leaving) == len(came) == len(left) == count:
        seen = f"{len(arriving)} frames came and {len(leaving)} left"
        raise RuntimeError(f"{seen}; the journal has {len(came)} and {len(left)}")
    return (
        [(stamp - packet) / MILLISECOND for stamp, packet in zip(came, arriving, strict=True)],
        [(packet - stamp) / MILLISECOND for stamp, packet in zip(left, leaving, strict=True)],
    )


def _walls(engine: Ours, direction: Direction) -> list[int]:
    return [e.at.wall for e in engine.journal if isinstance(e.body, Text) and e.body.direction is direction]


def main(quick: bool) -> None:
    if shutil.which("tcpdump") is None:
        raise SystemExit("tcpdump is not installed: apt-get install tcpdump")
    count = 400 if quick else 2000
    rows = []
    for state, goal in GOALS.items():
        for way, found in zip(("arriving", "leaving"), errors(count, state != "idle"), strict=True):
            p99 = percentile([abs(error) for error in found], 0.99)
            told = f"p99 <= {goal:g} ms: {'met' if p99 <= goal else 'MISSED'}"
            shown = [f"{value:.3f}" for value in (min(found), percentile(found, 0.5), p99, max(found))]
            rows.append((state, way, count, *shown, told))
    print(table(("machine", "frames", "n", "min ms", "median ms", "p99 ms", "max ms", "goal"), rows))


if __name__ == "__main__":
    peer(sys.argv[1], int(sys.argv[2]), int(sys.argv[3]))
