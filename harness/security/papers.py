"""What scenarios put into messages of a run's certificates: PEM text, the hashes that name them, signing requests."""

from __future__ import annotations

import base64
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace

from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat, load_pem_private_key
from cryptography.x509 import ocsp

from harness.security.errors import PkiError
from harness.security.pki import Pki, pem_of
from harness.security.revocation import ocsp_answer
from harness.unreadable import UNREADABLE

_OCSP = "OCSP response"
DIGESTS: Mapping[str, type[hashes.SHA256 | hashes.SHA384 | hashes.SHA512]] = {
    "SHA256": hashes.SHA256, "SHA384": hashes.SHA384, "SHA512": hashes.SHA512,
}
"""HashAlgorithmEnumType."""


@dataclass(frozen=True, slots=True)
class _Paper:
    """A certificate, who issued it, its private key (PEM) where we have it, and how its hashes are made."""

    certificate: x509.Certificate
    issuer: x509.Certificate
    key: str = ""
    hashes: str = "SHA256"


def fact(pki: Pki, word: str, name: str, hashes: str = "SHA256") -> str:
    """One of `FACTS` about an authority's or an issued certificate; `hashes` is one of `DIGESTS`. Raises PkiError."""
    if word not in FACTS and word != _OCSP:
        raise PkiError(f"nothing is called the {word} of a certificate; write {', '.join(FACTS)}")
    if word == _OCSP:
        return base64.b64encode(ocsp_answer(pki, pki.issued(name))).decode()
    return FACTS[word](replace(_paper(pki, name), hashes=hashes))


def named_by(word: str, chain: str, hashes: str = "SHA256") -> str:
    """A member of the certificateHashData of a chain's leaf (PEM, the issuer next). Raises PkiError."""
    try:
        leaf, *above = x509.load_pem_x509_certificates(chain.encode())
    except ValueError as error:
        raise PkiError(f"the chain cannot be read: {error}") from error
    return FACTS[word](_Paper(leaf, above[0] if above else leaf, hashes=hashes))


def _paper(pki: Pki, name: str) -> _Paper:
    if name in pki.hierarchy.authorities:
        authority = pki.authority(name)
        return _Paper(authority.certificate, (authority.above or authority).certificate)
    issued = pki.issued(name)
    issuer = issued.issuer.certificate if issued.issuer is not None else issued.certificate
    return _Paper(issued.certificate, issuer, issued.key)


def _request(paper: _Paper) -> str:
    """A CSR for the certificate's own subject and key, made anew (RFC 2986)."""
    key = load_pem_private_key(paper.key.encode(), None) if paper.key else None
    if key is None:
        raise PkiError("a root makes no signing request")
    builder = x509.CertificateSigningRequestBuilder().subject_name(paper.certificate.subject)
    return builder.sign(key, hashes.SHA256()).public_bytes(Encoding.PEM).decode()  # type: ignore[arg-type]


def _hashed(paper: _Paper) -> ocsp.OCSPRequest:
    """OCPP's certificateHashData are the members of an OCSP CertID (RFC 6960 4.1.1)."""
    digest = DIGESTS[paper.hashes]()
    return ocsp.OCSPRequestBuilder().add_certificate(paper.certificate, paper.issuer, digest).build()


def _public(paper: _Paper) -> str:
    key = paper.certificate.public_key()
    return key.public_bytes(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo).decode()


def _responder(paper: _Paper) -> str:
    """Where its status can be asked for (RFC 5280 4.2.2.1)."""
    try:
        access = paper.certificate.extensions.get_extension_for_class(x509.AuthorityInformationAccess).value
    except x509.ExtensionNotFound as error:
        raise PkiError("the certificate names no OCSP responder: `ocpp-harness pki create --revocation HOST:PORT` "
                       "makes such as do") from error
    return next(str(place.access_location.value) for place in access)


FACTS: Mapping[str, Callable[[_Paper], str]] = {
    "certificate": lambda paper: pem_of(paper.certificate),
    "signing request": _request,
    "public key": _public,
    "hashAlgorithm": lambda paper: paper.hashes,
    "issuerNameHash": lambda paper: _hashed(paper).issuer_name_hash.hex(),
    "issuerKeyHash": lambda paper: _hashed(paper).issuer_key_hash.hex(),
    "responderURL": _responder,
    "serialNumber": lambda paper: f"{paper.certificate.serial_number:x}",
}


def signed(pki: Pki, request: str, name: str) -> str:
    """The chain (PEM) for a CSR (PEM), made like the certificate of that name. Raises PkiError."""
    try:
        found = x509.load_pem_x509_csr(request.encode())
        found.subject, found.public_key()
    except UNREADABLE as error:
        raise PkiError(f"the CSR cannot be read: {error}") from error
    return pki.answer_request(found, name)
