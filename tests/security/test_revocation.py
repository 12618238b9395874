"""Who is revoked, asked with openssl's own OCSP client and checked with its own verifier, which are not ours."""

from __future__ import annotations

import base64
import subprocess
import urllib.parse
import urllib.request
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.serialization import Encoding
from cryptography.x509 import ocsp
from cryptography.x509.oid import AuthorityInformationAccessOID
from typer.testing import CliRunner

from harness import resources
from harness.cli import app
from harness.lab import Lab
from harness.security import declaration
from harness.security.dressing import wardrobe_of
from harness.security.errors import PkiError
from harness.security.pki import Names, Pki
from harness.security.revocation import RevocationServer, address_of
from harness.sut import load
from tests.faults.peers import free_port

RUN = CliRunner()


def free() -> str:
    """An address that nobody listens on."""
    return f"127.0.0.1:{free_port()}"


@dataclass
class Standing:
    """A PKI, its server, and what that was asked."""

    pki: Pki
    folder: Path
    server: RevocationServer
    asked: list[tuple[str, str]] = field(default_factory=list)

    def files(self, name: str) -> tuple[str, str]:
        """Files with the certificate and with its issuer."""
        issued = self.pki.issued(name)
        assert issued.issuer is not None
        (self.folder / "leaf.pem").write_text(issued.chain)
        (self.folder / "issuer.pem").write_text(issued.issuer.pem)
        (self.folder / "root.pem").write_text(issued.issuer.root.pem)
        return str(self.folder / "leaf.pem"), str(self.folder / "issuer.pem")

    def openssl(self, *arguments: str) -> str:
        done = subprocess.run(["openssl", *arguments], cwd=self.folder, capture_output=True, text=True, timeout=30)
        return done.stdout + done.stderr


@pytest.fixture
def standing(tmp_path: Path) -> Iterator[Standing]:
    address = free()
    pki = Pki(declaration.load(resources.root() / "certs" / "default.toml"), Names(revocation=address))
    asked: list[tuple[str, str]] = []
    server = RevocationServer(pki, address, lambda kind, what: asked.append((kind, what)))
    yield Standing(pki, tmp_path, server, asked)
    server.close()


@pytest.mark.parametrize(("name", "word"), [
    ("station certificate", "good"),
    ("revoked station certificate", "revoked"),
    ("CSMS certificate", "good"),
    ("revoked CSMS RSA certificate", "revoked"),
])
@pytest.mark.parametrize("digest", ["-sha1", "-sha256"])
def test_openssl_is_told_who_is_revoked(standing: Standing, name: str, word: str, digest: str) -> None:
    leaf, issuer = standing.files(name)
    said = standing.openssl(
        "ocsp", digest, "-issuer", issuer, "-cert", leaf, "-url", standing.server.url, "-CAfile", "root.pem",
        "-no_nonce",
    )
    assert f"leaf.pem: {word}" in said
    assert "Response verify OK" in said
    assert standing.asked[0][0] == "OCSP"
    assert standing.asked[0][1].startswith(word)


@pytest.mark.parametrize(("name", "good"), [("station certificate", True), ("revoked station certificate", False)])
def test_openssl_follows_the_address_in_the_certificate_to_the_list(standing: Standing, name: str, good: bool) -> None:
    leaf, issuer = standing.files(name)
    said = standing.openssl(
        "verify", "-crl_check", "-crl_download", "-CAfile", "root.pem", "-untrusted", issuer, leaf
    )
    assert ("leaf.pem: OK" in said) is good
    assert ("certificate revoked" in said) is not good
    assert ("CRL", "station_CA.crl") in standing.asked


def test_every_certificate_below_a_root_says_where_to_ask(standing: Standing) -> None:
    pki = standing.pki
    for name in pki.hierarchy.certificates:
        certificate = pki.issued(name).certificate
        access = certificate.extensions.get_extension_for_class(x509.AuthorityInformationAccess).value
        assert [place.access_method for place in access] == [AuthorityInformationAccessOID.OCSP]
        assert certificate.extensions.get_extension_for_class(x509.CRLDistributionPoints)
    root = pki.authority("CSMS root").certificate
    assert x509.CRLDistributionPoints not in {type(each.value) for each in root.extensions}


def test_without_an_address_certificates_say_nothing_of_it() -> None:
    pki = Pki(declaration.load(resources.root() / "certs" / "default.toml"))
    kinds = {type(each.value) for each in pki.issued("station certificate").certificate.extensions}
    assert not kinds & {x509.AuthorityInformationAccess, x509.CRLDistributionPoints}


def request_about(pki: Pki, name: str) -> bytes:
    issued = pki.issued(name)
    assert issued.issuer is not None
    builder = ocsp.OCSPRequestBuilder().add_certificate(
        issued.certificate, issued.issuer.certificate, hashes.SHA256())
    return builder.build().public_bytes(Encoding.DER)


def test_a_request_may_stand_in_the_url(standing: Standing) -> None:
    text = urllib.parse.quote(base64.b64encode(request_about(standing.pki, "revoked station certificate")), safe="")
    with urllib.request.urlopen(f"{standing.server.url}/{text}", timeout=10) as answer:
        found = ocsp.load_der_ocsp_response(answer.read())
    assert found.certificate_status is ocsp.OCSPCertStatus.REVOKED


def test_strangers_and_rubbish_get_the_status_that_rfc_6960_has_for_them(standing: Standing) -> None:
    stranger = Pki(standing.pki.hierarchy)
    answer = ocsp.load_der_ocsp_response(standing.server.answer(request_about(stranger, "station certificate")))
    assert answer.response_status is ocsp.OCSPResponseStatus.UNAUTHORIZED
    answer = ocsp.load_der_ocsp_response(standing.server.answer(b"\x30\x00"))
    assert answer.response_status is ocsp.OCSPResponseStatus.MALFORMED_REQUEST
    with pytest.raises(urllib.error.HTTPError, match="404"):
        urllib.request.urlopen(f"{standing.server.url}/nobody.crl", timeout=10)
    assert standing.asked[-1] == ("CRL", "not found: nobody.crl")


def sequence(content: bytes) -> bytes:
    """Of DER, with its length in one octet or in two."""
    size = len(content)
    return b"\x30" + (bytes((size,)) if size < 128 else bytes((0x81, size))) + content


def inner(der: bytes) -> bytes:
    """The content of a DER sequence."""
    extra = der[1] & 0x7F if der[1] & 0x80 else 0
    return der[2 + extra :]


@pytest.mark.parametrize("spoil", [
    lambda der: der.replace(bytes.fromhex("2b0e03021a"), bytes.fromhex("2b0e03027a")),
    lambda der: sequence(sequence(sequence(inner(inner(inner(der))) * 2))),
], ids=["a hash that nobody knows", "two certificates at once"])
def test_a_question_that_we_do_not_understand_is_answered_so_and_told(
    standing: Standing, spoil: Callable[[bytes], bytes], capfd: pytest.CaptureFixture[str]
) -> None:
    issued = standing.pki.issued("station certificate")
    assert issued.issuer is not None
    builder = ocsp.OCSPRequestBuilder().add_certificate(issued.certificate, issued.issuer.certificate, hashes.SHA1())
    question = spoil(builder.build().public_bytes(Encoding.DER))
    with urllib.request.urlopen(standing.server.url, question, timeout=10) as answer:
        found = ocsp.load_der_ocsp_response(answer.read())
    assert found.response_status is ocsp.OCSPResponseStatus.MALFORMED_REQUEST
    assert [kind for kind, _ in standing.asked] == ["OCSP"]
    assert "Traceback" not in capfd.readouterr().err


@pytest.mark.parametrize("address", ["", "8899", "127.0.0.1:", "host:port", "h:70000"])
def test_an_address_that_is_none_is_named(tmp_path: Path, address: str) -> None:
    with pytest.raises(PkiError, match=r"127\.0\.0\.1:8899"):
        address_of(address)
    if address:
        result = RUN.invoke(app, ["pki", "create", str(tmp_path / "x"), "--revocation", address])
        assert result.exit_code == 2
        assert not (tmp_path / "x").exists()


def test_an_address_in_use_is_a_clear_message(standing: Standing) -> None:
    taken = standing.server.url.removeprefix("http://")
    with pytest.raises(PkiError, match=f"cannot listen on {taken}"):
        RevocationServer(standing.pki, taken)


SUT = """\
sut = {{ name = "Acme", role = "csms", versions = ["2.0.1"] }}
connection = {{ url = "wss://127.0.0.1:1/ocpp", identity = "CS001", security_profile = 3 }}
tokens = {{ valid = {{ id = "A" }} }}
tls = {{ pki = "pki" }}
drivers = {{ default = "manual" }}
"""


def sut_with(tmp_path: Path, *more: str) -> Path:
    tmp_path.mkdir(exist_ok=True)
    assert RUN.invoke(app, ["pki", "create", str(tmp_path / "pki"), *more]).exit_code == 0
    file = tmp_path / "sut.toml"
    file.write_text(SUT.format())
    return file


def test_a_run_answers_at_the_address_of_its_pki_and_frees_it(tmp_path: Path) -> None:
    address = free()
    sut = load(sut_with(tmp_path, "--revocation", address, "--organisation", "ACME"), environ={})
    for _ in range(2):
        lab = Lab(sut)
        try:
            wardrobe = lab.wardrobe
            assert wardrobe is not None
            assert wardrobe.pki is not None
            assert wardrobe.pki.names.organisation == "ACME"
            assert wardrobe.credential("the revoked station certificate").chain
            with urllib.request.urlopen(f"http://{address}/station_CA.crl", timeout=10) as answer:
                listed = x509.load_der_x509_crl(answer.read())
            serial = wardrobe.pki.issued("revoked station certificate").certificate.serial_number
            assert listed.get_revoked_certificate_by_serial_number(serial) is not None
        finally:
            lab.close()


def test_a_csms_is_told_a_responder_that_answers(tmp_path: Path) -> None:
    """For GetCertificateStatus (2.0.1 M06): the URL is ours, or the scenario cannot be played."""
    name, address = "the V2G charging station certificate", free()
    wardrobe = wardrobe_of(load(sut_with(tmp_path / "with", "--revocation", address), environ={}), practised=False)
    assert wardrobe is not None
    assert wardrobe.fact("responderURL", name) == f"http://{address}/"
    without = wardrobe_of(load(sut_with(tmp_path / "without"), environ={}), practised=False)
    assert without is not None
    with pytest.raises(PkiError, match="--revocation"):
        without.fact("responderURL", name)


def test_a_revocation_that_nobody_can_find_out_about_is_not_tested(tmp_path: Path) -> None:
    wardrobe = wardrobe_of(load(sut_with(tmp_path), environ={}), practised=False)
    assert wardrobe is not None
    assert wardrobe.credential("the expired station certificate").chain
    with pytest.raises(PkiError, match="--revocation HOST:PORT"):
        wardrobe.credential("the revoked station certificate")
