"""Mutants of lines about a CSR or a certificate chain: another document of that kind stands in its place."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import timedelta
from functools import cache

from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec, rsa
from cryptography.hazmat.primitives.serialization import Encoding
from cryptography.x509.oid import NameOID

from harness.oracle import documents
from harness.oracle.checks import Check
from harness.oracle.match import mismatches
from harness.proof.clean import Clean, Made
from harness.proof.edits import Put
from harness.proof.mutant import Spoil

_NAMES = (("commonName", NameOID.COMMON_NAME), ("organisation", NameOID.ORGANIZATION_NAME))


@cache
def _keys() -> tuple[tuple[str, ec.EllipticCurvePrivateKey | rsa.RSAPrivateKey], ...]:
    """Made once for a process: what is wrong with them does not change."""
    return (
        ("another key", ec.generate_private_key(ec.SECP256R1())),
        ("a weak key", ec.generate_private_key(ec.SECP192R1())),
        ("a weak RSA key", rsa.generate_private_key(65537, 1024)),
    )


def document(check: Check, clean: Clean) -> Made:
    """Text that is no document; and the document with each name and key that a row forbids."""
    message = clean.message(check.claimed[0])
    target = clean.selectors[message.number]
    member = documents.MEMBERS[check.path]
    yield "unreadable", Spoil((target,), edit=Put(member, '"no PEM"')), f"{target}: {member} is no PEM"
    said = documents.of(check.path, message.payload).facts()
    for row in check.rows:
        for word, text in _others(check.path, documents.of(check.path, message.payload).text, said):
            facts = documents.Document(check.path, text).facts()
            if mismatches(facts, (row,)):
                edit = Put(member, json.dumps(text))
                yield f"row {row.path}: {word}", Spoil((target,), edit=edit), f"{target}, {row.path}: {word}"
                break


def _others(kind: str, text: str, said: dict[str, object]) -> Iterator[tuple[str, str]]:
    """Documents that differ from the real one in one thing each."""
    true = {name: str(said.get(name, "")) for name, _ in _NAMES}
    (_, plain), *weak = _keys()
    for name, _ in _NAMES:
        yield f"another {name}", _made(kind, true | {name: "Somebody Else"}, plain, text)
        yield f"no {name}", _made(kind, {other: value for other, value in true.items() if other != name}, plain, text)
    for word, key in weak:
        yield word, _made(kind, true, key, text)
    yield "another key", _made(kind, true, plain, text)
    if kind == "csr":
        yield "signature broken", _broken(text)


def _made(kind: str, names: dict[str, str], key: ec.EllipticCurvePrivateKey | rsa.RSAPrivateKey, text: str) -> str:
    subject = x509.Name([x509.NameAttribute(oid, names[name]) for name, oid in _NAMES if names.get(name)])
    if kind == "csr":
        request = x509.CertificateSigningRequestBuilder().subject_name(subject).sign(key, hashes.SHA256())
        return request.public_bytes(Encoding.PEM).decode()
    before = x509.load_pem_x509_certificate(text.encode())
    builder = (
        x509.CertificateBuilder().subject_name(subject).issuer_name(subject).public_key(key.public_key())
        .serial_number(before.serial_number + 1).not_valid_before(before.not_valid_before_utc)
        .not_valid_after(before.not_valid_after_utc + timedelta(days=1))
    )  # fmt: skip
    return builder.sign(key, hashes.SHA256()).public_bytes(Encoding.PEM).decode()


def _broken(text: str) -> str:
    """The same request, its signature damaged in its last byte."""
    der = bytearray(x509.load_pem_x509_csr(text.encode()).public_bytes(Encoding.DER))
    der[-1] ^= 1
    return x509.load_der_x509_csr(bytes(der)).public_bytes(Encoding.PEM).decode()
