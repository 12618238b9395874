"""What cells say of certificates, checked with another library's view of the same bytes."""

from __future__ import annotations

import base64
import hashlib
import re
import subprocess
from pathlib import Path

import pytest
from cryptography import x509
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat
from cryptography.x509 import ocsp

from harness import resources
from harness.security import declaration, papers
from harness.security.errors import PkiError
from harness.security.pki import Names, Pki

PKI = Pki(declaration.load(resources.root() / "certs" / "default.toml"), Names(serial="SN-7"))


@pytest.mark.parametrize("digest", papers.DIGESTS)
@pytest.mark.parametrize("name", ["station certificate", "CSMS RSA certificate", "CSMS root", "CSMS intermediate"])
def test_the_hashes_name_certificate_and_issuer(tmp_path: Path, name: str, digest: str) -> None:
    """certificateHashData (2.0.1 part 2, 2.6): openssl prints the same hashes into its OCSP request."""
    if name in PKI.hierarchy.authorities:
        authority = PKI.authority(name)
        certificate, issuer = authority.certificate, (authority.above or authority).certificate
    else:
        issued = PKI.issued(name)
        assert issued.issuer is not None
        certificate, issuer = issued.certificate, issued.issuer.certificate
    for file, found in (("leaf.pem", certificate), ("issuer.pem", issuer)):
        (tmp_path / file).write_bytes(found.public_bytes(Encoding.PEM))
    command = ["openssl", "ocsp", f"-{digest.lower()}", "-issuer", "issuer.pem", "-cert", "leaf.pem", "-req_text"]
    said = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, timeout=30).stdout.lower()
    said = re.sub(r"\\\n\s*", "", said)  # long numbers go on in the next line
    for word in ("issuerNameHash", "issuerKeyHash", "serialNumber"):
        assert papers.fact(PKI, word, name, digest) in said
    assert papers.fact(PKI, "hashAlgorithm", name, digest) == digest
    expected = hashlib.new(digest, certificate.issuer.public_bytes()).hexdigest()
    assert papers.fact(PKI, "issuerNameHash", name, digest) == expected


@pytest.mark.parametrize("digest", papers.DIGESTS)
def test_the_leaf_of_a_chain_in_a_message_is_named_like_the_certificate_itself(digest: str) -> None:
    issued = PKI.issued("station certificate")
    for word in ("hashAlgorithm", "issuerNameHash", "issuerKeyHash", "serialNumber"):
        assert papers.named_by(word, issued.chain, digest) == papers.fact(PKI, word, "station certificate", digest)


def test_what_is_no_chain_has_no_name() -> None:
    with pytest.raises(PkiError, match="cannot be read"):
        papers.named_by("serialNumber", "nothing of the kind")


def test_pem_facts_are_of_the_certificate() -> None:
    certificate = PKI.issued("station certificate").certificate
    told = papers.fact(PKI, "certificate", "station certificate")
    assert x509.load_pem_x509_certificate(told.encode()) == certificate
    public = certificate.public_key().public_bytes(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo).decode()
    assert papers.fact(PKI, "public key", "station certificate") == public
    request = x509.load_pem_x509_csr(papers.fact(PKI, "signing request", "station certificate").encode())
    assert request.is_signature_valid
    assert request.public_key() == certificate.public_key()


def test_the_ocsp_response_is_about_that_certificate_and_signed_by_its_issuer() -> None:
    issued = PKI.issued("V2G charging station certificate")
    answer = ocsp.load_der_ocsp_response(base64.b64decode(papers.fact(PKI, "OCSP response", issued.name)))
    assert answer.serial_number == issued.certificate.serial_number
    assert answer.certificate_status is ocsp.OCSPCertStatus.GOOD
    assert f"{answer.issuer_key_hash.hex()}" == papers.fact(PKI, "issuerKeyHash", issued.name)


def test_what_there_is_not_is_said() -> None:
    with pytest.raises(PkiError, match="colour"):
        papers.fact(PKI, "colour", "station certificate")
    with pytest.raises(PkiError, match="a root makes no signing request"):
        papers.fact(PKI, "signing request", "CSMS root")
    with pytest.raises(PkiError, match="cannot be read"):
        papers.signed(PKI, "no request", "station certificate")


def test_a_request_is_answered_as_the_twin_has_it() -> None:
    request = papers.fact(PKI, "signing request", "station certificate")
    (leaf, *_) = x509.load_pem_x509_certificates(papers.signed(PKI, request, "station certificate").encode())
    assert leaf.public_key() == PKI.issued("station certificate").certificate.public_key()
    (expired, *_) = x509.load_pem_x509_certificates(papers.signed(PKI, request, "expired station certificate").encode())
    assert expired.not_valid_after_utc < PKI.now
