"""How a practice station looks at firmware: the signer's certificate, the signature, the image itself.

Its own reading of the rules, shared by the stations of both versions and with nobody else.
"""

from __future__ import annotations

import base64
import zlib
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import UTC, datetime

from cryptography import x509
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec, padding, rsa

from harness.unreadable import UNREADABLE

_SECOND = 1_000_000_000
_MAGIC = b"OCPP HARNESS FIRMWARE 1\n"
_HEADER = 512
MEGABYTE = 1024 * 1024


@dataclass(frozen=True, slots=True)
class Image:
    """What an image says of itself. `sound`: its own checksum holds; `installs`: its installer would end well."""

    version: str
    sound: bool
    installs: bool


def image(data: bytes) -> Image | None:
    """The image in a file; None where it is none."""
    if not data.startswith(_MAGIC) or len(data) < _HEADER:
        return None
    lines = data[:_HEADER].rstrip(b"\0").decode("ascii", "replace").splitlines()[1:]
    said = dict(line.split(": ", 1) for line in lines if ": " in line)
    sound = said.get("crc32") == f"{zlib.crc32(data[_HEADER:]):08x}" and said.get("size") == str(len(data))
    return Image(said.get("version", ""), sound, said.get("install") == "possible")


def rank(version: str) -> tuple[int, ...]:
    """Dotted numbers as something to compare; a part that is no number counts as 0."""
    return tuple(int(part) if part.isdecimal() else 0 for part in version.split("."))


def certificate_fault(pem: str, roots: Iterable[str], revocations: bytes, wall: int) -> str:
    """"" for a signing certificate to be trusted at `wall` (ns since the epoch), else the answer's status:
    InvalidCertificate or RevokedCertificate (L01.FR.12, L01.FR.21)."""
    try:
        certificate = x509.load_pem_x509_certificate(pem.encode())
        issuers = [x509.load_pem_x509_certificate(root.encode()) for root in roots if root]
        listed = x509.load_der_x509_crl(revocations) if revocations else None
        revoked = listed and listed.get_revoked_certificate_by_serial_number(certificate.serial_number)
        begin, end = certificate.not_valid_before_utc, certificate.not_valid_after_utc
    except UNREADABLE:
        return "InvalidCertificate"
    now = datetime.fromtimestamp(wall // _SECOND, UTC)
    if not begin <= now <= end or not any(_issued(certificate, issuer) for issuer in issuers):
        return "InvalidCertificate"
    return "RevokedCertificate" if revoked else ""


def _issued(certificate: x509.Certificate, issuer: x509.Certificate) -> bool:
    try:
        certificate.verify_directly_issued_by(issuer)
    except (*UNREADABLE, InvalidSignature):
        return False
    return True


def signature_holds(data: bytes, signature: str, pem: str) -> bool:
    """Whether the base64 signature is that of the whole of `data` with SHA-256 (L01.FR.04, errata 2026-04)."""
    try:
        raw = base64.b64decode(signature, validate=True)
        key = x509.load_pem_x509_certificate(pem.encode()).public_key()
    except UNREADABLE:
        return False
    if isinstance(key, ec.EllipticCurvePublicKey):
        return _verified(lambda: key.verify(raw, data, ec.ECDSA(hashes.SHA256())))
    if not isinstance(key, rsa.RSAPublicKey):
        return False
    pss = padding.PSS(padding.MGF1(hashes.SHA256()), padding.PSS.AUTO)
    return any(_verified(lambda pad=pad: key.verify(raw, data, pad, hashes.SHA256()))  # type: ignore[misc]
               for pad in (pss, padding.PKCS1v15()))


def _verified(check: Callable[[], None]) -> bool:
    try:
        check()
    except InvalidSignature:
        return False
    return True
