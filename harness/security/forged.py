"""Handshake messages that OpenSSL would not send, as bytes. Pure."""

from __future__ import annotations

from ipaddress import ip_address

from harness.security.hello import COMPRESSION_NAMES, VERSION_NAMES

_NUMBERS = {name: number for number, name in VERSION_NAMES.items()}
COMPRESSIONS = {name: number for number, name in COMPRESSION_NAMES.items()}
SECURE_RENEGOTIATION = bytes.fromhex("ff01000100")
"""renegotiation_info, empty, as in a first handshake (RFC 5746 3.2)."""
EXTENDED_MASTER_SECRET = bytes.fromhex("00170000")
AES128_SHA = 0x002F
ALERT, HANDSHAKE = 21, 22


def records(data: bytes) -> list[tuple[int, bytes]]:
    """The whole TLS records in `data` (RFC 5246 6.2.1): content type and fragment."""
    found = []
    while len(data) >= 5 and len(data) >= 5 + int.from_bytes(data[3:5], "big"):
        size = int.from_bytes(data[3:5], "big")
        found.append((data[0], data[5 : 5 + size]))
        data = data[5 + size :]
    return found


def server_hello(
    version: str, random: bytes, suite: int = AES128_SHA, compression: int = 0, secure_renegotiation: bool = False
) -> bytes:
    """A ServerHello message that chooses these, whatever the client offered. `random` has 32 bytes."""
    number = _NUMBERS[version].to_bytes(2, "big")
    body = number + random + b"\0" + suite.to_bytes(2, "big") + bytes((compression,))
    if secure_renegotiation:
        body += b"\0\x05" + SECURE_RENEGOTIATION
    return b"\x02" + len(body).to_bytes(3, "big") + body


WEAK_SUITES = {
    "NULL-MD5": 0x0001, "EXP-RC4-MD5": 0x0003, "RC4-MD5": 0x0004, "RC4-SHA": 0x0005, "DES-CBC-SHA": 0x0009,
    "DES-CBC3-SHA": 0x000A, "ADH-RC4-MD5": 0x0018, "ADH-AES128-SHA": 0x0034, "ECDHE-ECDSA-RC4-SHA": 0xC007,
    "ECDHE-ECDSA-DES-CBC3-SHA": 0xC008, "ECDHE-RSA-RC4-SHA": 0xC011, "ECDHE-RSA-DES-CBC3-SHA": 0xC012,
}
"""Suites that no OpenSSL of today computes, by OpenSSL's old names (RFC 2246, 4346, 5246 A.5; RFC 4492 6)."""

# supported_groups with secp256r1, x25519, secp384r1; ec_point_formats uncompressed; signature_algorithms of RSA and
# ECDSA with SHA-256, SHA-384 and SHA-1.
_EXTENSIONS = bytes.fromhex(
    "000a00080006" "0017001d0018" "000b00020100" "000d000e000c" "040304010503050102030201"
)


def client_hello(
    version: str,
    suites: tuple[int, ...],
    server_name: str,
    random: bytes,
    compressions: tuple[int, ...] = (0,),
    extra: bytes = SECURE_RENEGOTIATION,
) -> bytes:
    """A ClientHello message that offers these suites and compression methods up to that version; SSLv3 has no
    extensions. `extra`: extensions besides the usual."""
    number = _NUMBERS[version].to_bytes(2, "big")
    listed = b"".join(suite.to_bytes(2, "big") for suite in suites)
    body = number + random + b"\0" + len(listed).to_bytes(2, "big") + listed
    body += bytes((len(compressions), *compressions))
    if version != "SSLv3":
        extensions = _named(server_name) + _EXTENSIONS + extra
        body += len(extensions).to_bytes(2, "big") + extensions
    return b"\x01" + len(body).to_bytes(3, "big") + body


def is_address(name: str) -> bool:
    """Whether the name is an IP address, which no ClientHello may ask for (RFC 6066 3)."""
    try:
        ip_address(name.strip("[]"))
    except ValueError:
        return False
    return True


def _named(server_name: str) -> bytes:
    """The extension server_name; none for an address."""
    if is_address(server_name):
        return b""
    name = server_name.encode("idna")
    entry = b"\0" + len(name).to_bytes(2, "big") + name
    listed = len(entry).to_bytes(2, "big") + entry
    return b"\0\0" + len(listed).to_bytes(2, "big") + listed


def record(version: str, kind: int, fragment: bytes) -> bytes:
    """One TLS record in the clear."""
    return bytes((kind,)) + _NUMBERS[version].to_bytes(2, "big") + len(fragment).to_bytes(2, "big") + fragment
