"""A packet capture made by hand: one TCP connection, a WebSocket upgrade, text messages."""

from __future__ import annotations

import struct
from collections.abc import Sequence

_ASK = (b"GET /ocpp/CS1 HTTP/1.1\r\nHost: x\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
        b"Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\nSec-WebSocket-Version: 13\r\n\r\n")
_TAKE = (b"HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
         b"Sec-WebSocket-Accept: s3pPLMBiTxaQ9kYGzzhZRbK+xOo=\r\n\r\n")
_CLIENT, _SERVER = (b"\x0a\0\0\1", 40000), (b"\x0a\0\0\2", 80)


def _sum(data: bytes) -> int:
    words = struct.unpack(f"!{(len(data) + 1) // 2}H", data + b"\0" * (len(data) % 2))
    total = sum(words)
    while total >> 16:
        total = (total & 0xFFFF) + (total >> 16)
    return ~total & 0xFFFF


def text(message: str, client: bool) -> bytes:
    """A text message as a WebSocket frame; what a client sends is masked."""
    data, bit = message.encode(), 0x80 if client else 0
    length = bytes([bit | len(data)]) if len(data) < 126 else bytes([bit | 126]) + struct.pack("!H", len(data))
    key = b"mask"
    masked = key + bytes(byte ^ key[i % 4] for i, byte in enumerate(data))
    return b"\x81" + length + (masked if client else data)


def captured(messages: Sequence[tuple[bool, Sequence[str]]]) -> bytes:
    """A pcap file; each entry is a packet: whether the client sends it, and its messages."""
    parts = [struct.pack("<IHHiIII", 0xA1B2C3D4, 2, 4, 0, 0, 65535, 1)]
    sent = {True: 1000, False: 5000}

    def packet(moment: float, client: bool, flags: int, data: bytes = b"") -> None:
        (source, sport), (target, dport) = (_CLIENT, _SERVER) if client else (_SERVER, _CLIENT)
        tcp = struct.pack("!HHIIBBHHH", sport, dport, sent[client], sent[not client], 0x50, flags, 65535, 0, 0)
        pseudo = source + target + struct.pack("!BBH", 0, 6, len(tcp) + len(data))
        tcp = tcp[:16] + struct.pack("!H", _sum(pseudo + tcp + data)) + tcp[18:]
        ip = struct.pack("!BBHHHBBH4s4s", 0x45, 0, 20 + len(tcp) + len(data), 0, 0, 64, 6, 0, source, target)
        ip = ip[:10] + struct.pack("!H", _sum(ip)) + ip[12:]
        whole = b"\0" * 12 + b"\x08\0" + ip + tcp + data
        sent[client] += len(data) + bool(flags & 2)
        parts.append(struct.pack("<IIII", int(moment), int(moment % 1 * 1e6), len(whole), len(whole)) + whole)

    start = 1_795_222_743.0
    for client, flags in ((True, 2), (False, 0x12), (True, 0x10)):
        packet(start, client, flags)
    packet(start, True, 0x18, _ASK)
    packet(start, False, 0x18, _TAKE)
    for number, (client, frames) in enumerate(messages, start=1):
        packet(start + number / 10, client, 0x18, b"".join(text(frame, client) for frame in frames))
    return b"".join(parts)
