"""CSRs and chains inside messages: what they say is told, and what is none is said to be none."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any

import pytest
from cryptography import x509
from cryptography.hazmat.primitives.serialization import Encoding
from hypothesis import given
from hypothesis import strategies as st

from harness import resources
from harness.judge import documents as judge
from harness.oracle import documents
from harness.oracle.match import Row
from harness.oracle.match import parse as pattern
from harness.oracle.verdict import Nonconformance
from harness.security import declaration, papers
from harness.security.pki import Names, Pki

PKI = Pki(declaration.load(resources.root() / "certs" / "default.toml"), Names(serial="SN-7", organisation="ACME"))


def csr(name: str = "station certificate") -> str:
    return papers.fact(PKI, "signing request", name)


@pytest.mark.parametrize(("name", "wanted"), [
    ("station certificate", {"commonName": "SN-7", "organisation": "ACME", "keyType": "EC", "keySize": 256,
                             "strength": 128, "signature": "valid", "signatureHash": "sha256"}),
    ("weak RSA station certificate", {"keyType": "RSA", "keySize": 1024, "strength": 80}),
    ("weak EC station certificate", {"keyType": "EC", "keySize": 192, "strength": 96}),
    ("station RSA certificate", {"keyType": "RSA", "keySize": 2048, "strength": 112}),
    ("other station certificate", {"commonName": "OTHER-SN-7"}),
    ("wrong organisation station certificate", {"organisation": "Somebody Else"}),
])
def test_what_a_request_says(name: str, wanted: dict[str, object]) -> None:
    facts = documents.of("csr", {"csr": csr(name)}).facts()
    assert facts.items() >= wanted.items()
    assert facts.keys() <= documents.FACTS["csr"]


def test_a_request_signed_with_another_key_says_so() -> None:
    der = bytearray(x509.load_pem_x509_csr(csr().encode()).public_bytes(Encoding.DER))
    der[-1] ^= 1  # the signature is what comes last
    text = x509.load_der_x509_csr(bytes(der)).public_bytes(Encoding.PEM).decode()
    assert documents.of("csr", {"csr": text}).facts()["signature"] == "invalid"


def test_what_a_chain_says() -> None:
    issued = PKI.issued("station certificate")
    facts = documents.of("certificate chain", {"certificateChain": issued.chain}).facts()
    assert (facts["commonName"], facts["chainLength"], facts["keySize"]) == ("SN-7", 2, 256)
    assert facts["serialNumber"] == f"{issued.certificate.serial_number:x}"
    assert facts["publicKey"] == papers.fact(PKI, "public key", "station certificate")
    assert facts.keys() <= documents.FACTS["certificate chain"]


@pytest.mark.parametrize(("kind", "payload"), [
    ("csr", {}),
    ("csr", {"csr": 7}),
    ("csr", []),
    ("csr", {"csr": "MIIBCgKC"}),
    ("csr", {"csr": PKI.issued("station certificate").chain}),
    ("csr", {"csr": "-----BEGIN CERTIFICATE REQUEST-----\nAAAA\n-----END CERTIFICATE REQUEST-----\n"}),
    ("certificate chain", {"certificateChain": ""}),
    ("certificate chain", {"certificateChain": "-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n"}),
])
def test_what_is_no_document_is_said_so(kind: str, payload: Any) -> None:
    with pytest.raises(documents.Unreadable):
        documents.of(kind, payload).facts()


@given(st.text(), st.sampled_from(sorted(documents.FACTS)))
def test_no_text_breaks_the_reader(text: str, kind: str) -> None:
    with pytest.raises(documents.Unreadable):
        documents.Document(kind, text).facts()
    with pytest.raises(documents.Unreadable):
        documents.Document(kind, f"-----BEGIN CERTIFICATE REQUEST-----\n{text}").facts()


def judged(monkeypatch: pytest.MonkeyPatch, text: str, *rows: tuple[str, str]) -> list[object]:
    """The judge's checks, for a message with that csr."""
    noted: list[object] = []
    message = SimpleNamespace(payload={"csr": text}, action="SignCertificate", number=4)
    session = SimpleNamespace(judging=lambda: None, named=lambda name: (message,))

    def failed(session: object, expected: str, seen: str, *messages: object) -> None:
        raise Nonconformance(f"{expected} | {seen}")

    monkeypatch.setattr(judge, "resolved", lambda session, rows: rows)
    monkeypatch.setattr(judge, "fail", failed)
    monkeypatch.setattr(judge, "check_of", lambda session, kind, **more: (kind, more))
    monkeypatch.setattr(judge, "record", lambda session, check, message: noted.append(check))
    judge.document(session, "csr", "request", tuple(Row(path, pattern(cell)) for path, cell in rows))  # type: ignore[arg-type]
    return noted


def test_the_judge_takes_what_is_right_and_names_what_is_not(monkeypatch: pytest.MonkeyPatch) -> None:
    assert len(judged(monkeypatch, csr(), ("commonName", "SN-7"), ("strength", "at least 112"))) == 1
    with pytest.raises(Nonconformance, match="strength"):
        judged(monkeypatch, csr("weak RSA station certificate"), ("strength", "at least 112"))
    with pytest.raises(Nonconformance, match="no CERTIFICATE REQUEST"):
        judged(monkeypatch, "nothing", ("commonName", "SN-7"))
