"""Handshake messages that OpenSSL would not send, as bytes. Pure."""

from __future__ import annotations

from harness.security.hello import VERSION_NAMES

_NUMBERS = {name: number for number, name in VERSION_NAMES.items()}
_AES128_SHA = 0x002F
ALERT, HANDSHAKE = 21, 22


def records(data: bytes) -> list[tuple[int, bytes]]:
    """The whole TLS records in `data` (RFC 5246 6.2.1): content type and fragment."""
    found = []
    while len(data) >= 5 and len(data) >= 5 + int.from_bytes(data[3:5], "big"):
        size = int.from_bytes(data[3:5], "big")
        found.append((data[0], data[5 : 5 + size]))
        data = data[5 + size :]
    return found


def server_hello(version: str, random: bytes) -> bytes:
    """A ServerHello message that chooses `version`, whatever the client offered. `random` has 32 bytes."""
    number = _NUMBERS[version].to_bytes(2, "big")
    body = number + random + b"\0" + _AES128_SHA.to_bytes(2, "big") + b"\0"
    return b"\x02" + len(body).to_bytes(3, "big") + body


def record(version: str, kind: int, fragment: bytes) -> bytes:
    """One TLS record in the clear."""
    return bytes((kind,)) + _NUMBERS[version].to_bytes(2, "big") + len(fragment).to_bytes(2, "big") + fragment
