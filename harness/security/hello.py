"""Reading what a TLS handshake says in the clear: hellos, chains, alerts (RFC 5246, RFC 8446). Pure."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

CLIENT_HELLO, SERVER_HELLO, CERTIFICATE = 1, 2, 11
_SERVER_NAME, _GROUPS, _VERSIONS, _RENEGOTIATION = 0, 10, 43, 0xFF01
_RENEGOTIATION_SUITE = 0x00FF

VERSION_NAMES = {0x0300: "SSLv3", 0x0301: "TLSv1", 0x0302: "TLSv1.1", 0x0303: "TLSv1.2", 0x0304: "TLSv1.3"}
GROUP_NAMES = {
    19: "secp192r1", 21: "secp224r1", 23: "secp256r1", 24: "secp384r1", 25: "secp521r1", 29: "x25519", 30: "x448",
    256: "ffdhe2048", 257: "ffdhe3072", 258: "ffdhe4096", 4588: "X25519MLKEM768",
}
COMPRESSION_NAMES = {0: "null", 1: "DEFLATE", 64: "LZS"}
"""RFC 3749 2, RFC 3943 2."""
ALERTS = {
    0: "close_notify", 10: "unexpected_message", 20: "bad_record_mac", 21: "decryption_failed",
    22: "record_overflow", 30: "decompression_failure", 40: "handshake_failure", 41: "no_certificate",
    42: "bad_certificate", 43: "unsupported_certificate", 44: "certificate_revoked", 45: "certificate_expired",
    46: "certificate_unknown", 47: "illegal_parameter", 48: "unknown_ca", 49: "access_denied", 50: "decode_error",
    51: "decrypt_error", 60: "export_restriction", 70: "protocol_version", 71: "insufficient_security",
    80: "internal_error", 86: "inappropriate_fallback", 90: "user_canceled", 100: "no_renegotiation",
    109: "missing_extension", 110: "unsupported_extension", 112: "unrecognized_name",
    113: "bad_certificate_status_response", 115: "unknown_psk_identity", 116: "certificate_required",
    120: "no_application_protocol",
}


class Unreadable(ValueError):
    """No handshake message of the kind expected."""


@dataclass(frozen=True, slots=True)
class Hello:
    """A ClientHello or ServerHello. `suites` and `compressions` are numbers; a ServerHello has one of each.
    `secure_renegotiation`: it speaks of RFC 5746, by extension or by suite."""

    versions: tuple[str, ...]
    suites: tuple[int, ...]
    compressions: tuple[int, ...]
    server_name: str = ""
    groups: tuple[str, ...] = ()
    secure_renegotiation: bool = False


class _Reader:
    def __init__(self, data: bytes) -> None:
        self._data = data
        self._at = 0

    def take(self, size: int) -> bytes:
        taken = self._data[self._at : self._at + size]
        if len(taken) < size:
            raise Unreadable("cut short")
        self._at += size
        return taken

    def number(self, size: int) -> int:
        return int.from_bytes(self.take(size), "big")

    def vector(self, size: int) -> bytes:
        return self.take(self.number(size))

    @property
    def left(self) -> bool:
        return self._at < len(self._data)


def version_name(number: int) -> str:
    return VERSION_NAMES.get(number, f"0x{number:04x}")


def _numbers(data: bytes, size: int = 2) -> tuple[int, ...]:
    return tuple(int.from_bytes(data[at : at + size], "big") for at in range(0, len(data) - size + 1, size))


def _extensions(reader: _Reader) -> dict[int, bytes]:
    found: dict[int, bytes] = {}
    if reader.left:
        inner = _Reader(reader.vector(2))
        while inner.left:
            kind = inner.number(2)
            found[kind] = inner.vector(2)
    return found


def _names(data: bytes) -> Iterator[str]:
    reader = _Reader(_Reader(data).vector(2))
    while reader.left:
        reader.take(1)
        yield reader.vector(2).decode("ascii", "backslashreplace")


def client_hello(message: bytes) -> Hello:
    """A ClientHello with its four bytes of header. Raises Unreadable."""
    reader = _Reader(message)
    if reader.number(1) != CLIENT_HELLO:
        raise Unreadable("no ClientHello")
    reader = _Reader(reader.vector(3))
    version = reader.number(2)
    reader.take(32)
    reader.vector(1)
    suites, compressions = _numbers(reader.vector(2)), _numbers(reader.vector(1), 1)
    found = _extensions(reader)
    versions = _numbers(_Reader(found[_VERSIONS]).vector(1)) if _VERSIONS in found else (version,)
    groups = _numbers(_Reader(found[_GROUPS]).vector(2)) if _GROUPS in found else ()
    return Hello(
        tuple(map(version_name, versions)),
        suites,
        compressions,
        next(_names(found[_SERVER_NAME]), "") if found.get(_SERVER_NAME) else "",
        tuple(GROUP_NAMES.get(group, f"0x{group:04x}") for group in groups),
        _RENEGOTIATION in found or _RENEGOTIATION_SUITE in suites,
    )


def renegotiation_proof(message: bytes) -> bytes | None:
    """What the renegotiation_info of a ClientHello holds (RFC 5746 3.2); None where it has none, or cannot be read."""
    reader = _Reader(message)
    try:
        reader.take(1)
        reader = _Reader(reader.vector(3))
        reader.take(34)
        for size in (1, 2, 1):  # session id, suites, compression methods
            reader.vector(size)
        found = _extensions(reader).get(_RENEGOTIATION)
        return _Reader(found).vector(1) if found is not None else None
    except Unreadable:
        return None


def server_hello(message: bytes) -> Hello:
    """A ServerHello with its header. Raises Unreadable."""
    reader = _Reader(message)
    if reader.number(1) != SERVER_HELLO:
        raise Unreadable("no ServerHello")
    reader = _Reader(reader.vector(3))
    version = reader.number(2)
    reader.take(32)
    reader.vector(1)
    suite, compression = reader.number(2), reader.number(1)
    found = _extensions(reader)
    if _VERSIONS in found:
        version = int.from_bytes(found[_VERSIONS], "big")
    return Hello((version_name(version),), (suite,), (compression,), secure_renegotiation=_RENEGOTIATION in found)


def chain(message: bytes, tls13: bool) -> tuple[bytes, ...]:
    """The certificates (DER) of a Certificate message. Raises Unreadable."""
    reader = _Reader(message)
    if reader.number(1) != CERTIFICATE:
        raise Unreadable("no Certificate")
    reader = _Reader(reader.vector(3))
    if tls13:
        reader.vector(1)
    entries, found = _Reader(reader.vector(3)), []
    while entries.left:
        found.append(entries.vector(3))
        if tls13:
            entries.vector(2)
    return tuple(found)


def alert(data: bytes) -> tuple[str, str]:
    """Level and description of an alert."""
    if len(data) != 2:
        raise Unreadable("no alert")
    return {1: "warning", 2: "fatal"}.get(data[0], str(data[0])), ALERTS.get(data[1], str(data[1]))
