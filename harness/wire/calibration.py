"""The harness measures itself: a loopback peer sends on an exact schedule, the journal stamps what arrives.

The frames take the way of a station's: TCP, the WebSocket library, the loop of the carrier, the journal. What else
keeps that loop or the machine busy at the moment makes the error larger, as it does for the station's frames.
"""

from __future__ import annotations

import base64
import socket
import struct
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager

from harness.calibration import Calibration, calibration
from harness.carrier import Carrier, Listen
from harness.journal import Direction, Journal, Text
from harness.rpc.link import (
    MILLISECOND,
    SECOND,
    Admission,
    Command,
    Handshake,
    Instant,
    LinkEvent,
    TransmitFrame,
)
from harness.wire import frames

FRAMES = 20
GAP = 5 * MILLISECOND
PERIOD = 60 * SECOND
_PATIENCE = 5.0


class _Sink:
    """An endpoint that takes everything and says nothing."""

    def admit(self, handshake: Handshake, now: Instant) -> Admission:
        return Admission(subprotocol=None)

    def handle(self, event: LinkEvent, now: Instant) -> Sequence[Command]:
        return ()

    def wake_at(self) -> int | None:
        return None


@contextmanager
def _peer(url: str) -> Iterator[socket.socket]:
    """A WebSocket client of nothing but a socket."""
    host, _, port = url.removeprefix("ws://").partition("/")[0].rpartition(":")
    with socket.create_connection((host.strip("[]"), int(port)), timeout=_PATIENCE) as sock:
        sock.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        key = base64.b64encode(b"harness measures").decode()
        sock.sendall(
            f"GET /calibration HTTP/1.1\r\nHost: {host}:{port}\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
            f"Sec-WebSocket-Key: {key}\r\nSec-WebSocket-Version: 13\r\n\r\n".encode()
        )
        answer = b""
        while b"\r\n\r\n" not in answer:
            more = sock.recv(4096)
            if not more:
                raise OSError("the calibration peer was not let in")
            answer += more
        yield sock
        sock.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))


def calibrate(carrier: Carrier, count: int = FRAMES, gap: int = GAP) -> Calibration:
    """Measure now, in `count` times `gap` ns. Raises OSError where loopback does not work."""
    journal = Journal()
    pause = threading.Event()
    sent: list[int] = []
    delays: list[int] = []
    hosted = carrier.serve(_Sink(), Listen(), lambda: journal)
    wall = carrier.now().wall
    try:
        with _peer(hosted.url) as sock:
            start = time.monotonic_ns()
            for number in range(1, count + 1):
                due = start + number * gap
                pause.wait(max(due - time.monotonic_ns(), 0) / SECOND)
                delays.append(max(time.monotonic_ns() - due, 0))
                frame = frames.frame_bytes(TransmitFrame(0, frames.TEXT, str(number).encode()), from_client=True)
                sent.append(time.monotonic_ns())
                sock.sendall(frame)
            carrier.wait(journal.changed, lambda: len(_stamps(journal)) == count,
                         time.monotonic_ns() + int(_PATIENCE * SECOND))
    finally:
        hosted.close()
    stamps = _stamps(journal)
    if len(stamps) < count:
        raise OSError(f"only {len(stamps)} of {count} calibration frames arrived")
    return calibration(wall, [stamp - at for stamp, at in zip(stamps, sent, strict=True)], delays)


def _stamps(journal: Journal) -> list[int]:
    return [e.at.monotonic for e in journal if isinstance(e.body, Text) and e.body.direction is Direction.IN]


class Gauge:
    """Calibrates when made, and then every `period` ns in a thread of its own; `told` hears of each, in that thread."""

    def __init__(self, carrier: Carrier, told: Callable[[Calibration], None], period: int = PERIOD) -> None:
        self._carrier = carrier
        self._told = told
        self._period = period
        self._stop = threading.Event()
        self.latest = calibrate(carrier)
        self._thread = threading.Thread(target=self._main, name="harness-calibration", daemon=True)
        self._thread.start()

    def close(self) -> None:
        """Idempotent; call before the carrier is closed."""
        self._stop.set()
        self._thread.join()

    def _main(self) -> None:
        while not self._stop.wait(self._period / SECOND):
            try:
                self.latest = calibrate(self._carrier)
            except (OSError, RuntimeError):  # the carrier is being closed, or out of ports: the last one stands
                continue
            self._told(self.latest)
