"""Signatures over whole firmware files, and the chains that vouch for the signer (L01.FR.04, L01.FR.12).

The 2026-04 errata leave the algorithm to the certificate: the signature's hash over the entire file. Field products
expect RSA PKCS#1 v1.5; the older text named RSA-PSS. Each scenario says which one it uses.
"""

from __future__ import annotations

import base64
from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum

from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec, padding
from cryptography.hazmat.primitives.serialization import Encoding

from harness.security import keys
from harness.security.keys import PrivateKey
from harness.security.pki import Pki, pem_of
from harness.security.revocation import crl

AUTHORITY = "manufacturer root"


class Scheme(StrEnum):
    """How a file is signed."""

    PSS = "RSA-PSS"
    PKCS1 = "RSA PKCS#1 v1.5"
    ECDSA = "ECDSA"
    SHA1 = "RSA PKCS#1 v1.5 with SHA-1"

    @property
    def family(self) -> str:
        return "EC" if self is Scheme.ECDSA else "RSA"


class Who(StrEnum):
    """The signer, as a station sees it."""

    MANUFACTURER = "the manufacturer"
    STRANGER = "another authority"
    EXPIRED = "an expired signer"
    REVOKED = "a revoked signer"


_TWINS = {Who.MANUFACTURER: "", Who.STRANGER: "unknown CA ", Who.EXPIRED: "expired ", Who.REVOKED: "revoked "}
_NAMES = {"EC": "firmware signing certificate", "RSA": "firmware signing RSA certificate"}


@dataclass(frozen=True, slots=True)
class Signer:
    """Whoever signs: a certificate in PEM and its key."""

    certificate: str
    key: PrivateKey


@dataclass(frozen=True, slots=True)
class Chain:
    """A signing chain: the root a station trusts (PEM), the list (DER) of what it has revoked by now, and a signer for
    each purpose.

    `signer(who, family, place)`: family "RSA" or "EC"; `place` is the URL of the list that the certificate names."""

    root: str
    revocations: Callable[[], bytes]
    signer: Callable[[Who, str, str], Signer]


def chain_of(pki: Pki) -> Chain:
    """The manufacturer of a run and its twins, from the PKI of the run."""

    def signer(who: Who, family: str, place: str) -> Signer:
        issued = pki.listed(_TWINS[who] + _NAMES[family], place)
        return Signer(pem_of(issued.certificate), keys.load(issued.key))

    def revocations() -> bytes:
        return x509.load_pem_x509_crl(crl(pki, AUTHORITY).encode()).public_bytes(Encoding.DER)

    return Chain(pki.authority(AUTHORITY).pem, revocations, signer)


def sign(data: bytes, signer: Signer, scheme: Scheme) -> str:
    """The signature over `data` in base64. Raises ValueError where key and scheme do not go together."""
    key = signer.key
    if isinstance(key, ec.EllipticCurvePrivateKey) is not (scheme is Scheme.ECDSA):
        raise ValueError(f"{scheme} needs another key than that of this signer")
    if isinstance(key, ec.EllipticCurvePrivateKey):
        raw = key.sign(data, ec.ECDSA(hashes.SHA256()))
    elif scheme is Scheme.PSS:
        digest = hashes.SHA256()
        raw = key.sign(data, padding.PSS(padding.MGF1(digest), digest.digest_size), digest)
    else:
        raw = key.sign(data, padding.PKCS1v15(), hashes.SHA1() if scheme is Scheme.SHA1 else hashes.SHA256())
    return base64.b64encode(raw).decode()
