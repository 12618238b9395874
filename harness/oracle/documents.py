"""What a certificate signing request or a certificate chain inside a message says of itself. Pure."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from cryptography import x509

from harness.oracle import paths, tls
from harness.rpc.frame import Json
from harness.unreadable import UNREADABLE

FACTS: Mapping[str, frozenset[str]] = {
    "csr": frozenset({
        "commonName", "organisation", "keyType", "keySize", "strength", "signature", "signatureHash", "publicKey",
    }),
    "certificate chain": frozenset({
        "commonName", "organisation", "serialNumber", "issuer", "keyType", "keySize", "strength", "signatureHash",
        "chainLength", "publicKey",
    }),
}
"""The rows that a table about such a document may have. `signature` is "valid" or "invalid"; `publicKey` is the key as
PEM text; the rest is told as of a certificate of a TLS session."""

MEMBERS: Mapping[str, str] = {"csr": "csr", "certificate chain": "certificateChain"}
"""In which member of a request the document stands."""


class Unreadable(ValueError):
    """The text is no such document in PEM."""


@dataclass(frozen=True, slots=True)
class Document:
    """`kind` is a key of `FACTS`; `text` its PEM as it came."""

    kind: str
    text: str

    def facts(self) -> dict[str, Json]:
        """Raises Unreadable, which says what is wrong with the text."""
        return _READERS[self.kind](self.text)


def of(kind: str, payload: Json) -> Document:
    """The document in a payload. Raises Unreadable where there is none."""
    found = paths.values(payload, MEMBERS[kind])
    if not found or not isinstance(found[0], str):
        raise Unreadable(f"the message has no {MEMBERS[kind]}")
    return Document(kind, found[0])


def _request(text: str) -> dict[str, Json]:
    """RFC 2986 in PEM, as A02.FR.03 asks."""
    if "BEGIN CERTIFICATE REQUEST" not in text:
        raise Unreadable("no CERTIFICATE REQUEST in PEM")
    try:
        request = x509.load_pem_x509_csr(text.encode())
        kind, size = tls.key_of(request)
        valid = request.is_signature_valid
        digest = request.signature_hash_algorithm
        public = tls.public_key(request)
        names = tls.names_of(request.subject)
    except UNREADABLE as error:
        raise Unreadable(f"a CERTIFICATE REQUEST that cannot be read: {error}") from error
    facts: dict[str, Json] = {
        "publicKey": public, "keyType": kind, "keySize": size, "strength": tls.strength(kind, size),
        "signature": "valid" if valid else "invalid", "signatureHash": digest.name if digest else "",
    }
    return facts | names


def _chain(text: str) -> dict[str, Json]:
    try:
        certificates = x509.load_pem_x509_certificates(text.encode())
        facts = tls.facts_of(certificates[0], len(certificates))
    except UNREADABLE as error:
        raise Unreadable(f"no CERTIFICATE in PEM that can be read: {error}") from error
    return facts


_READERS: Mapping[str, Callable[[str], dict[str, Json]]] = {"csr": _request, "certificate chain": _chain}
