"""openssl has the last word on our signatures: it takes the good ones and refuses the bad ones."""

from __future__ import annotations

import base64
import subprocess
from pathlib import Path

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import serialization

from harness.reference.verification import certificate_fault, signature_holds
from harness.transfer.firmware import Firmware, build, flipped
from harness.transfer.signing import Scheme, Who, chain_of, sign
from tests.tools import tool
from tests.transfer.conftest import PKI

IMAGE = build(Firmware("image", "2.0.0", 70_000))
CHAIN = chain_of(PKI)
WALL = round(PKI.now.timestamp()) * 1_000_000_000
PLACE = "http://127.0.0.1/crl"


def verifies(image: bytes, signature: str, certificate: str, scheme: Scheme, folder: Path) -> bool:
    """What ``openssl dgst -sha256 -verify`` says."""
    tool("openssl", "openssl")
    public = x509.load_pem_x509_certificate(certificate.encode()).public_key()
    encoding = serialization.Encoding.PEM, serialization.PublicFormat.SubjectPublicKeyInfo
    (folder / "key.pem").write_bytes(public.public_bytes(*encoding))
    (folder / "signature").write_bytes(base64.b64decode(signature))
    (folder / "image").write_bytes(image)
    padding = ["-sigopt", "rsa_padding_mode:pss"] if scheme is Scheme.PSS else []
    command = ["openssl", "dgst", "-sha256", *padding, "-verify", "key.pem", "-signature", "signature", "image"]
    done = subprocess.run(command, cwd=folder, capture_output=True, text=True)
    assert (done.returncode == 0) is ("Verified OK" in done.stdout)
    return done.returncode == 0


@pytest.mark.parametrize("scheme", [Scheme.PKCS1, Scheme.PSS, Scheme.ECDSA])
def test_openssl_and_the_practice_station_agree(scheme: Scheme, tmp_path: Path) -> None:
    signer = CHAIN.signer(Who.MANUFACTURER, scheme.family, PLACE)
    signature = sign(IMAGE, signer, scheme)
    cases = {
        "good": (IMAGE, signature, True),
        "last bit flipped": (flipped(IMAGE), signature, False),
        "cut short": (IMAGE[:-1], signature, False),
        "of another image": (IMAGE, sign(flipped(IMAGE), signer, scheme), False),
    }
    for what, (image, given, good) in cases.items():
        assert verifies(image, given, signer.certificate, scheme, tmp_path) is good, what
        assert signature_holds(image, given, signer.certificate) is good, what


def test_a_sha1_signature_is_refused(tmp_path: Path) -> None:
    signer = CHAIN.signer(Who.MANUFACTURER, "RSA", PLACE)
    signature = sign(IMAGE, signer, Scheme.SHA1)
    assert not verifies(IMAGE, signature, signer.certificate, Scheme.PKCS1, tmp_path)
    assert not signature_holds(IMAGE, signature, signer.certificate)


def test_the_wrong_key_for_a_scheme_is_named() -> None:
    with pytest.raises(ValueError, match="another key"):
        sign(IMAGE, CHAIN.signer(Who.MANUFACTURER, "EC", PLACE), Scheme.PSS)


@pytest.mark.parametrize(
    ("who", "status"),
    [(Who.MANUFACTURER, ""), (Who.STRANGER, "InvalidCertificate"), (Who.EXPIRED, "InvalidCertificate"),
     (Who.REVOKED, "RevokedCertificate")],
)  # fmt: skip
@pytest.mark.parametrize("family", ["RSA", "EC"])
def test_signers(who: Who, status: str, family: str) -> None:
    certificate = CHAIN.signer(who, family, PLACE).certificate
    assert certificate_fault(certificate, (CHAIN.root,), CHAIN.revocations(), WALL) == status


@pytest.mark.parametrize("family", ["RSA", "EC"])
def test_the_list_is_where_the_certificate_says(family: str) -> None:
    """Each place has a certificate of its own; all of them carry one key, and the list knows each."""
    for who, listed in ((Who.MANUFACTURER, False), (Who.REVOKED, True)):
        signers = [CHAIN.signer(who, family, place) for place in (PLACE, f"{PLACE}/2")]
        certificates = [x509.load_pem_x509_certificate(signer.certificate.encode()) for signer in signers]
        points = [c.extensions.get_extension_for_class(x509.CRLDistributionPoints).value for c in certificates]
        assert [point[0].full_name[0].value for point in points] == [PLACE, f"{PLACE}/2"]
        assert certificates[0].public_key() == certificates[1].public_key() == signers[1].key.public_key()
        revocations = x509.load_der_x509_crl(CHAIN.revocations())
        found = [revocations.get_revoked_certificate_by_serial_number(c.serial_number) for c in certificates]
        assert [entry is not None for entry in found] == [listed, listed]
