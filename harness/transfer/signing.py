"""Signatures over whole firmware files, and the chains that vouch for the signer (L01.FR.04, L01.FR.12).

The 2026-04 errata leave the algorithm to the certificate: the signature's hash over the entire file. Field products
expect RSA PKCS#1 v1.5; the older text named RSA-PSS. Each scenario says which one it uses.
"""

from __future__ import annotations

import base64
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from enum import StrEnum
from functools import cache

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec, padding, rsa
from cryptography.x509.oid import ExtendedKeyUsageOID, NameOID

Key = rsa.RSAPrivateKey | ec.EllipticCurvePrivateKey

_BEGIN, _END = datetime(2020, 1, 1, tzinfo=UTC), datetime(2049, 12, 31, tzinfo=UTC)
_PAST = datetime(2024, 1, 1, tzinfo=UTC)


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


@dataclass(frozen=True, slots=True)
class Signer:
    """Whoever signs: a certificate in PEM and its key."""

    certificate: str
    key: Key


@dataclass(frozen=True, slots=True)
class Chain:
    """A signing chain: the root a station trusts (PEM), its revocation list (DER), and a signer for each purpose.

    `signer(who, family, crl)`: family "RSA" or "EC"; `crl` is the URL of the list that the certificate names."""

    root: str
    crl: bytes
    signer: Callable[[Who, str, str], Signer]


@cache
def own_chain() -> Chain:
    """A chain made for this run, where the SUT file names none. Keys are never written anywhere."""
    root, stranger = _root("Harness Manufacturing"), _root("Nobody")
    number = x509.random_serial_number()
    crl = _revocations(root, number)

    def signer(who: Who, family: str, crl_url: str) -> Signer:
        serial = number if who is Who.REVOKED else x509.random_serial_number()
        key = _key(f"{who}", family)
        issuer = stranger if who is Who.STRANGER else root
        end = _PAST if who is Who.EXPIRED else _END
        return Signer(_issue("Firmware signer", key, issuer, serial, end, crl_url), key)

    return Chain(root.certificate, crl, signer)


@cache
def _key(_name: str, family: str) -> Key:
    if family == "EC":
        return ec.generate_private_key(ec.SECP256R1())
    return rsa.generate_private_key(public_exponent=65537, key_size=2048)


def _name(common: str) -> x509.Name:
    return x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, common)])


def _pem(certificate: x509.Certificate) -> str:
    return certificate.public_bytes(serialization.Encoding.PEM).decode()


@cache
def _root(common: str) -> Signer:
    key = _key(common, "EC")
    name = _name(f"{common} root")
    public = key.public_key()
    built = (
        x509.CertificateBuilder().subject_name(name).issuer_name(name).public_key(public)
        .serial_number(x509.random_serial_number()).not_valid_before(_BEGIN).not_valid_after(_END)
        .add_extension(x509.BasicConstraints(ca=True, path_length=1), critical=True)
        .add_extension(x509.SubjectKeyIdentifier.from_public_key(public), critical=False)
        .add_extension(_usage(certifies=True), critical=True)
    )  # fmt: skip
    return Signer(_pem(built.sign(key, hashes.SHA256())), key)


def _usage(certifies: bool) -> x509.KeyUsage:
    return x509.KeyUsage(
        digital_signature=not certifies, content_commitment=False, key_encipherment=False, data_encipherment=False,
        key_agreement=False, key_cert_sign=certifies, crl_sign=certifies, encipher_only=False, decipher_only=False,
    )


def _issue(common: str, key: Key, issuer: Signer, serial: int, end: datetime, crl_url: str) -> str:
    authority = x509.load_pem_x509_certificate(issuer.certificate.encode())
    built = (
        x509.CertificateBuilder().subject_name(_name(common)).issuer_name(authority.subject)
        .public_key(key.public_key()).serial_number(serial).not_valid_before(_BEGIN).not_valid_after(end)
        .add_extension(x509.BasicConstraints(ca=False, path_length=None), critical=True)
        .add_extension(_usage(certifies=False), critical=True)
        .add_extension(x509.ExtendedKeyUsage([ExtendedKeyUsageOID.CODE_SIGNING]), critical=False)
        .add_extension(x509.SubjectKeyIdentifier.from_public_key(key.public_key()), critical=False)
    )  # fmt: skip
    if crl_url:
        place = x509.DistributionPoint([x509.UniformResourceIdentifier(crl_url)], None, None, None)
        built = built.add_extension(x509.CRLDistributionPoints([place]), critical=False)
    return _pem(built.sign(issuer.key, hashes.SHA256()))


def _revocations(root: Signer, serial: int) -> bytes:
    authority = x509.load_pem_x509_certificate(root.certificate.encode())
    entry = x509.RevokedCertificateBuilder().serial_number(serial).revocation_date(_PAST).build()
    built = (
        x509.CertificateRevocationListBuilder().issuer_name(authority.subject).last_update(_PAST).next_update(_END)
        .add_revoked_certificate(entry)
    )  # fmt: skip
    return built.sign(root.key, hashes.SHA256()).public_bytes(serialization.Encoding.DER)


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
