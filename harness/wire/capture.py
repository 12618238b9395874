"""OCPP-J out of a packet capture, through tshark, which must be installed; only unencrypted traffic can be read.

A WebSocket client masks what it sends (RFC 6455 5.3), and the client is the station: that tells the sides apart.
"""

from __future__ import annotations

import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from pathlib import Path

from harness.recorded.lines import Entry
from harness.rpc.link import SECOND

MAGIC = (b"\xd4\xc3\xb2\xa1", b"\xa1\xb2\xc3\xd4", b"\x4d\x3c\xb2\xa1", b"\xa1\xb2\x3c\x4d", b"\x0a\x0d\x0d\x0a")
_FIELDS = ("frame.number", "frame.time_epoch", "tcp.stream", "websocket.mask", "websocket.payload.text")
_BETWEEN = "\x1e"


class CaptureError(ValueError):
    """The capture cannot be read; the text says why and what to do."""


def is_capture(path: Path) -> bool:
    """Whether the file is a pcap or pcapng. Raises OSError."""
    with path.open("rb") as file:
        return file.read(4) in MAGIC


def messages(path: Path) -> Iterator[Entry]:
    """The WebSocket text messages of a capture; `number` is the packet's. Raises CaptureError."""
    program = shutil.which("tshark")
    if program is None:
        raise CaptureError("a capture needs tshark, which is not installed (Debian: apt-get install tshark)")
    command = [program, "-r", str(path), "-Y", "websocket.opcode == 1", "-T", "fields", "-E", "separator=/t",
               "-E", f"aggregator={_BETWEEN}", "-E", "occurrence=a"]
    for field in _FIELDS:
        command += ["-e", field]
    with tempfile.TemporaryFile() as told:
        process = subprocess.Popen(command, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=told)
        assert process.stdout is not None
        try:
            for raw in process.stdout:
                yield from _packet(raw.decode("utf-8", "replace").rstrip("\n"))
        finally:
            process.stdout.close()
            code = process.wait()
        if code != 0:
            told.seek(0)
            raise CaptureError(f"tshark cannot read {path.name}: {told.read(500).decode('utf-8', 'replace').strip()}")


def _packet(line: str) -> Iterator[Entry]:
    """One packet may carry several messages."""
    parts = line.split("\t")
    if len(parts) != len(_FIELDS):
        return
    number, moment, stream, masks, texts = parts
    seconds, _, fraction = moment.partition(".")
    wall = int(seconds) * SECOND + int(f"{fraction[:9]:0<9}") if seconds.isdecimal() else None
    sides = [mask in ("1", "True") for mask in masks.split(_BETWEEN)]
    for index, text in enumerate(texts.split(_BETWEEN)):
        masked = sides[index] if index < len(sides) else sides[-1]
        yield Entry(
            int(number) if number.isdecimal() else 0, text, "", wall, True, "", None, wall,
            int(stream) + 1 if stream.isdecimal() else 1, None, "station" if masked else "csms",
        )
