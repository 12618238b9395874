"""How a practice station keeps certificates: what is installed, its own key and certificate, and what it makes of a
chain that it is sent. Its own reading of the rules, shared by the stations of both versions and with nobody else."""

from __future__ import annotations

import hashlib
import itertools
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any

from cryptography import x509
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec, rsa
from cryptography.hazmat.primitives.serialization import (
    Encoding,
    NoEncryption,
    PrivateFormat,
    PublicFormat,
    load_pem_private_key,
)
from cryptography.x509.oid import AuthorityInformationAccessOID, ExtendedKeyUsageOID, NameOID

from harness.unreadable import UNREADABLE

_SECOND = 1_000_000_000
_LEAST = {"RSA": 2048, "EC": 224}

Payload = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Own:
    """A certificate of the station's own: its chain, leaf first, and its private key, in PEM."""

    chain: str
    key: str = field(repr=False)


@dataclass(slots=True)
class Store:
    """`roots` are pairs of use (an InstallCertificateUseEnumType) and PEM. `own` is the client certificate in use;
    `tried` a new one that has yet to prove itself, and `turned_back` while that is left and `own` shown again. `keys`
    are those of requests that no chain has come for.
    `fallback` are CSMS roots that a newer one replaces once it has proved itself, and `falls_back` while they are
    what counts. `hashes`: how certificates are named (HashAlgorithmEnumType)."""

    roots: list[tuple[str, str]] = field(default_factory=list)
    own: Own | None = None
    tried: Own | None = None
    turned_back: bool = False
    v2g: Own | None = None
    keys: list[str] = field(default_factory=list)
    made: int = 0
    fallback: tuple[str, ...] = ()
    falls_back: bool = False
    hashes: str = "SHA256"

    @property
    def current(self) -> Own | None:
        return self.own if self.tried is None or self.turned_back else self.tried

    def turn_back(self, to_old: bool) -> None:
        """The next attempt shows the old certificate, or the new one; nothing to choose without both (A02.FR.28)."""
        self.turned_back = to_old and self.tried is not None and self.own is not None

    def settle(self, keeps: bool = False) -> bool:
        """One of the two was good for a connection, so the other goes, unless it `keeps` both (A02.FR.10); tells
        whether that was the new one."""
        discards = self.tried is not None and self.turned_back
        if self.tried is not None and not self.turned_back:
            self.own = self.tried
        self.turned_back = False
        if not (keeps and discards):
            self.tried = None
        return discards

    def trusted(self, use: str) -> tuple[str, ...]:
        return tuple(pem for known, pem in self.roots if known == use)

    def anchors(self, migrating: bool = False, use: str = "CSMSRootCertificate") -> tuple[str, ...]:
        """The CSMS roots that count for the next connection (M05.FR.12, .14), to another CSMS if `migrating` (.15)."""
        known = self.trusted(use)
        if self.falls_back and not migrating:
            return self.fallback
        return tuple(pem for pem in known if pem not in self.fallback)

    def proved(self, keeps: bool = False) -> None:
        """A connection stands: by the new root, and the old ones go (M05.FR.13), or by the old ones."""
        if self.fallback and not self.falls_back:
            self.roots = [(use, pem) for use, pem in self.roots if keeps or pem not in self.fallback]
            self.fallback = ()
        self.falls_back = False


def replaces(store: Store, pem: str, use: str) -> tuple[str, ...] | None:
    """The roots of that use that this one takes the place of, being signed by one of them; None where it is not."""
    replaced = store.trusted(use)
    return replaced if not replaced or any(signed_by(pem, old) for old in replaced) else None


# ---- installing -------------------------------------------------------------------------------------


def installable(pem: str, wall: int) -> bool:
    """Whether `pem` is one CA certificate, good at `wall` (ns since the epoch), whose signature holds."""
    certificate = _read(pem)
    if certificate is None or not _valid(certificate, wall) or not _strong(certificate):
        return False
    try:
        authority = certificate.extensions.get_extension_for_class(x509.BasicConstraints).value.ca
        selfmade = certificate.issuer == certificate.subject
    except (x509.ExtensionNotFound, *UNREADABLE):
        return False
    return authority and (not selfmade or signed_by(pem, pem))


def can_be_named(pem: str) -> bool:
    """Whether there is a certificateHashData for it."""
    try:
        return bool(hash_data(pem))
    except (AssertionError, *UNREADABLE):
        return False


def signed_by(pem: str, issuer: str) -> bool:
    """Whether the certificate was issued by that other one."""
    certificate, authority = _read(pem), _read(issuer)
    if certificate is None or authority is None:
        return False
    try:
        certificate.verify_directly_issued_by(authority)
    except (*UNREADABLE, InvalidSignature):
        return False
    return True


def hash_data(pem: str, issuer: str = "", hashes: str = "SHA256") -> Payload:
    """certificateHashData; without `issuer` the certificate is its own (RFC 6960 4.1.1). `hashes` is a
    HashAlgorithmEnumType."""
    certificate, authority = _read(pem), _read(issuer or pem)
    assert certificate is not None
    assert authority is not None
    names = certificate.issuer.public_bytes()
    return {
        "hashAlgorithm": hashes,
        "issuerNameHash": hashlib.new(hashes, names).hexdigest(),
        "issuerKeyHash": hashlib.new(hashes, _bit_string(authority)).hexdigest(),
        "serialNumber": f"{certificate.serial_number:x}",
    }


def _bit_string(certificate: x509.Certificate) -> bytes:
    """The subjectPublicKey itself: without tag, length and count of unused bits."""
    key = certificate.public_key()
    if isinstance(key, rsa.RSAPublicKey):
        return key.public_bytes(Encoding.DER, PublicFormat.PKCS1)
    assert isinstance(key, ec.EllipticCurvePublicKey)
    return key.public_bytes(Encoding.X962, PublicFormat.UncompressedPoint)


def own_hash_data(own: Own, hashes: str = "SHA256") -> tuple[Payload, tuple[Payload, ...]]:
    """Of the station's own certificate, and of the sub-CAs above it as far as their issuers are in the chain."""
    chain = _split(own.chain)
    above = [*chain[1:], ""]
    data = [hash_data(pem, issuer, hashes) for pem, issuer in zip(chain, above, strict=True)]
    return data[0], tuple(data[1:])


def status_data(own: Own, roots: Iterable[str], hashes: str) -> tuple[Payload, ...]:
    """OCSPRequestDataType of the certificate and of the sub-CAs above it; one that names no responder is left out."""
    chain = _split(own.chain)
    top = next((root for root in roots if chain and signed_by(chain[-1], root)), "")
    pairs = zip(chain, [*chain[1:], top], strict=True)
    return tuple(
        hash_data(pem, issuer, hashes) | {"responderURL": url}
        for pem, issuer in pairs
        if (url := _responder(pem))
    )


def _responder(pem: str) -> str:
    """The OCSP URL that the certificate names, or ""."""
    certificate = _read(pem)
    assert certificate is not None
    try:
        access = certificate.extensions.get_extension_for_class(x509.AuthorityInformationAccess).value
    except (x509.ExtensionNotFound, *UNREADABLE):
        return ""
    return next((str(a.access_location.value) for a in access if a.access_method == AuthorityInformationAccessOID.OCSP),
                "")


def same(one: Payload, other: Payload) -> bool:
    """Hexadecimal digits compare without regard to case."""
    names = ("hashAlgorithm", "issuerNameHash", "issuerKeyHash", "serialNumber")
    return all(str(one.get(name, "")).lower() == str(other.get(name, "")).lower() for name in names)


def delete(store: Store, data: Payload, protects: bool = True) -> str:
    """The status of a DeleteCertificate (M04): Accepted, NotFound, or Failed for the station's own certificate."""
    own = store.current
    if own is not None and same(own_hash_data(own, store.hashes)[0], data):
        return "Failed" if protects else "Accepted"
    kept = [(use, pem) for use, pem in store.roots if not same(hash_data(pem, hashes=store.hashes), data)]
    if len(kept) == len(store.roots):
        return "NotFound"
    store.roots = kept
    return "Accepted"


# ---- own certificate --------------------------------------------------------------------------------


def make_key(store: Store, owner: str, weak: bool = False) -> str:
    """A private key (PEM) that this store never had, P-256; `weak` is below what OCPP allows.

    Derived and not drawn, so that runs repeat: a practice station's secrets are worth nothing."""
    store.made += 1
    number = int.from_bytes(hashlib.sha256(f"{owner}/key/{store.made}".encode()).digest()[:20], "big")
    key = ec.derive_private_key(number, ec.SECP192R1() if weak else ec.SECP256R1())
    return key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption()).decode()


def request(key: str, common_name: str, organisation: str) -> str:
    """A CSR for that key (RFC 2986, PEM): serial number as commonName, operator as organisation (A00.FR.511)."""
    private = load_pem_private_key(key.encode(), None)
    assert isinstance(private, ec.EllipticCurvePrivateKey)
    subject = x509.Name([
        x509.NameAttribute(NameOID.COMMON_NAME, common_name),
        x509.NameAttribute(NameOID.ORGANIZATION_NAME, organisation),
    ])
    made = x509.CertificateSigningRequestBuilder().subject_name(subject).sign(
        private, hashes.SHA256(), ecdsa_deterministic=True
    )
    return made.public_bytes(Encoding.PEM).decode()


def request_fault(text: str, common_name: str) -> str:
    """Why a CA must not sign this CSR, or "": its signature, its name, its key."""
    try:
        found = x509.load_pem_x509_csr(text.encode())
        named = found.subject.get_attributes_for_oid(NameOID.COMMON_NAME)
        if not found.is_signature_valid:
            return "not signed with its own key"
    except UNREADABLE as error:
        return f"unreadable: {error}"
    if [str(name.value) for name in named] != [common_name]:
        return "made for another station"
    return "" if _strong(found) else "its key is weak"


def owned(
    store: Store, chain: str, roots: Iterable[str], common_name: str, wall: int, clients: bool = True
) -> Own | None:
    """The chain with the key it was asked for, if the station may use it (A02.FR.06): valid at `wall`, issued for one
    of `keys` and for this station, by the operator's hierarchy, for `clients` if so. Else None."""
    pems = _split(chain)
    leaf = _read(pems[0]) if pems else None
    if leaf is None or not _valid(leaf, wall) or not _strong(leaf):
        return None
    if _common_names(leaf) != [common_name] or (clients and not _for_clients(leaf)):
        return None
    if not _leads_to(pems, tuple(roots), wall):
        return None
    key = next((key for key in store.keys if _public(key) == leaf.public_key()), None)
    return None if key is None else Own(chain, key)


def _common_names(leaf: x509.Certificate) -> list[str]:
    try:
        return [str(name.value) for name in leaf.subject.get_attributes_for_oid(NameOID.COMMON_NAME)]
    except UNREADABLE:
        return []


def _for_clients(leaf: x509.Certificate) -> bool:
    try:
        usage = leaf.extensions.get_extension_for_class(x509.ExtendedKeyUsage).value
    except x509.ExtensionNotFound:
        return True
    except UNREADABLE:
        return False
    return ExtendedKeyUsageOID.CLIENT_AUTH in usage


def _leads_to(pems: list[str], roots: tuple[str, ...], wall: int) -> bool:
    """Each is issued by the next, which is a CA; the last by a root."""
    if not all(signed_by(pem, issuer) and installable(issuer, wall) for pem, issuer in itertools.pairwise(pems)):
        return False
    return any(signed_by(pems[-1], root) for root in roots)


def _public(key: str) -> object:
    return load_pem_private_key(key.encode(), None).public_key()


# ---- reading ----------------------------------------------------------------------------------------


def _split(chain: str) -> list[str]:
    try:
        found = x509.load_pem_x509_certificates(chain.encode())
    except UNREADABLE:
        return []
    return [certificate.public_bytes(Encoding.PEM).decode() for certificate in found]


def _read(pem: str) -> x509.Certificate | None:
    pems = _split(pem)
    return x509.load_pem_x509_certificate(pems[0].encode()) if len(pems) == 1 else None


def _valid(certificate: x509.Certificate, wall: int) -> bool:
    now = datetime.fromtimestamp(wall // _SECOND, UTC)
    return certificate.not_valid_before_utc <= now <= certificate.not_valid_after_utc


def _strong(holder: x509.Certificate | x509.CertificateSigningRequest) -> bool:
    """A key of at least 112 bits of strength, and no SHA-1 (A00.FR.502, .503)."""
    try:
        key, digest = holder.public_key(), holder.signature_hash_algorithm
    except UNREADABLE:
        return False
    if isinstance(digest, hashes.SHA1 | hashes.MD5):
        return False
    if isinstance(key, rsa.RSAPublicKey):
        return key.key_size >= _LEAST["RSA"]
    return isinstance(key, ec.EllipticCurvePublicKey) and key.curve.key_size >= _LEAST["EC"]
