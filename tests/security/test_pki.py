"""Certificates are what their names say, judged by `cryptography`'s own verifier, which is not ours."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec, padding
from cryptography.x509.oid import NameOID
from cryptography.x509.verification import PolicyBuilder, Store, VerificationError

from harness import resources
from harness.security import declaration, keys
from harness.security.errors import PkiError
from harness.security.pki import Names, Pki

NOW = datetime.now(UTC).replace(microsecond=0)
NAMES = Names(("csms.harness.test", "127.0.0.1"), "SN-77", "CS-77", "ACME")


@pytest.fixture(scope="module")
def pki() -> Pki:
    hierarchy = declaration.load(resources.root() / "certs" / "default.toml")
    return Pki(hierarchy, NAMES, NOW)


def verify_server(pki: Pki, name: str, root: str = "CSMS root") -> None:
    chain = x509.load_pem_x509_certificates(pki.issued(name).chain.encode())
    store = Store([pki.authority(root).certificate])
    verifier = PolicyBuilder().store(store).time(NOW.replace(tzinfo=None)).build_server_verifier(
        x509.DNSName("csms.harness.test"))
    verifier.verify(chain[0], chain[1:])


def test_the_good_certificate_is_good(pki: Pki) -> None:
    verify_server(pki, "CSMS certificate")
    verify_server(pki, "the CSMS certificate")
    verify_server(pki, "CSMS RSA certificate", "CSMS RSA root")
    verify_server(pki, "second root CSMS certificate", "second CSMS root")


@pytest.mark.parametrize("twin", [
    "expired", "not yet valid", "unknown CA", "self-signed", "wrong name", "wrong usage", "no CA flag",
    "chain too long", "chain incomplete", "SHA-1",
])
def test_each_twin_is_bad(pki: Pki, twin: str) -> None:
    with pytest.raises(VerificationError):
        verify_server(pki, f"{twin} CSMS certificate")


def test_no_twin_is_left_out(pki: Pki) -> None:
    """Whoever declares another shows here what is wrong with it, in this file or in test_tls."""
    shown = {
        "expired", "not yet valid", "unknown CA", "self-signed", "wrong name", "wildcard", "other",
        "wrong organisation", "wrong usage", "no CA flag", "chain too long", "chain incomplete", "weak RSA", "weak EC",
        "SHA-1", "revoked",
    }
    assert set(pki.hierarchy.twins) == shown


def test_a_wildcard_and_its_name_are_all_that_is_wrong(pki: Pki) -> None:
    names = pki.issued("wildcard CSMS certificate").certificate.extensions.get_extension_for_class(
        x509.SubjectAlternativeName)
    assert names.value.get_values_for_type(x509.DNSName) == ["*.harness.test"]
    verify_server(pki, "wildcard CSMS certificate")  # RFC 6125 allows it; OCPP wants the name itself


def test_each_hierarchy_has_a_root_of_its_own(pki: Pki) -> None:
    roots = {pki.authority(name).root.certificate for name in (
        "CSMS root", "CSMS RSA root", "second CSMS root", "station root", "manufacturer root", "V2G root", "MO root",
        "OEM root", "unknown root")}
    assert len(roots) == 9
    for name, (kind, bits) in {"CSMS certificate": ("EC", 256), "CSMS RSA certificate": ("RSA", 2048)}.items():
        assert keys.describe(pki.issued(name).certificate) == (kind, bits)


def test_station_certificate_names_serial_and_organisation(pki: Pki) -> None:
    def subject(name: str, oid: x509.ObjectIdentifier) -> str:
        return str(pki.issued(name).certificate.subject.get_attributes_for_oid(oid)[0].value)

    assert subject("station certificate", NameOID.COMMON_NAME) == "SN-77"
    assert subject("station certificate", NameOID.ORGANIZATION_NAME) == "ACME"
    assert subject("other station certificate", NameOID.COMMON_NAME) == "OTHER-SN-77"
    assert subject("wrong organisation station certificate", NameOID.ORGANIZATION_NAME) == "Somebody Else"


@pytest.mark.parametrize(("name", "kind", "bits"), [
    ("weak RSA station certificate", "RSA", 1024),
    ("weak EC station certificate", "EC", 192),
    ("station certificate", "EC", 256),
])
def test_key_sizes(pki: Pki, name: str, kind: str, bits: int) -> None:
    assert keys.describe(pki.issued(name).certificate) == (kind, bits)


@pytest.mark.parametrize("name", ["SHA-1 CSMS certificate", "SHA-1 CSMS RSA certificate"])
def test_sha1_is_signed_with_sha1_by_the_true_issuer(pki: Pki, name: str) -> None:
    issued = pki.issued(name)
    assert issued.issuer is not None
    assert isinstance(issued.certificate.signature_hash_algorithm, hashes.SHA1)
    signed, public = issued.certificate.tbs_certificate_bytes, issued.issuer.key.public_key()
    if isinstance(public, ec.EllipticCurvePublicKey):
        public.verify(issued.certificate.signature, signed, ec.ECDSA(hashes.SHA1()))
    else:
        public.verify(issued.certificate.signature, signed, padding.PKCS1v15(), hashes.SHA1())


def test_validity(pki: Pki) -> None:
    assert pki.issued("expired station certificate").certificate.not_valid_after_utc == NOW - timedelta(days=1)
    assert pki.issued("not yet valid station certificate").certificate.not_valid_before_utc == NOW + timedelta(days=2)


def test_chains(pki: Pki) -> None:
    def length(name: str) -> int:
        return pki.issued(name).chain.count("BEGIN CERTIFICATE")

    assert (length("CSMS certificate"), length("chain incomplete CSMS certificate")) == (2, 1)
    assert length("chain too long CSMS certificate") == 5


def test_revoked_are_told(pki: Pki) -> None:
    serial = pki.issued("revoked station certificate").certificate.serial_number
    assert serial in pki.revoked_by("station CA")
    assert pki.issued("station certificate").certificate.serial_number not in pki.revoked_by("station CA")


def test_two_runs_share_no_key_and_no_name() -> None:
    hierarchy = declaration.load(resources.root() / "certs" / "default.toml")
    one, other = Pki(hierarchy), Pki(hierarchy)
    assert one.authority("CSMS root").certificate.subject != other.authority("CSMS root").certificate.subject
    assert one.issued("CSMS certificate").key != other.issued("CSMS certificate").key


def test_a_request_is_signed_only_with_its_own_key(pki: Pki) -> None:
    key = ec.generate_private_key(ec.SECP256R1())
    subject = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "SN-77")])
    request = x509.CertificateSigningRequestBuilder().subject_name(subject).sign(key, hashes.SHA256())
    chain = x509.load_pem_x509_certificates(pki.sign_request(request, "station CA").encode())
    assert chain[0].subject == subject
    chain[0].verify_directly_issued_by(pki.authority("station CA").certificate)


def test_every_declared_certificate_can_be_made(pki: Pki) -> None:
    for base in pki.hierarchy.certificates:
        assert pki.issued(base).chain.startswith("-----BEGIN CERTIFICATE")


@pytest.mark.parametrize(("text", "word"), [
    ("[authorities.a]\nkeys = 'ec256'", "keys"),
    ("[certificates.c]\nissuer = 'nobody'", "nobody"),
    ("[certificates.c]\nkey = 'ec256'", "issuer"),
    ("[twins.t]\nexpired = true", "expired"),
    ("[twins.t", "wrong.toml: Expected"),
    ("", "declares no authorities"),
    ("authorities = 3", "write a table for each, \\[authorities.NAME\\]"),
    ("[twins]\nt = 1", "write a table for each, \\[twins.NAME\\]"),
])
def test_a_wrong_declaration_is_named(tmp_path: Path, text: str, word: str) -> None:
    file = tmp_path / "wrong.toml"
    file.write_text(text)
    with pytest.raises(PkiError, match=word):
        declaration.load(file)


def test_unknown_names_are_told(pki: Pki) -> None:
    with pytest.raises(PkiError, match="rotten CSMS certificate"):
        pki.issued("rotten CSMS certificate")
    with pytest.raises(PkiError, match="no kind of key"):
        keys.make("ec1", "x")


def test_a_declaration_that_is_no_text_is_named(tmp_path: Path) -> None:
    (tmp_path / "wrong.toml").write_bytes(b"\xff\x00")
    with pytest.raises(PkiError, match=r"wrong\.toml is not UTF-8"):
        declaration.load(tmp_path / "wrong.toml")


@pytest.mark.parametrize(("names", "word"), [
    (Names(hosts=("",)), "--host ''"), (Names(hosts=("csms.example", "no host!")), "--host 'no host!'"),
    (Names(serial="x" * 65), "--serial: write 1 to 64"), (Names(organisation=""), "--organisation"),
])
def test_names_that_no_certificate_can_bear_are_told(names: Names, word: str) -> None:
    assert word in names.problem()


@pytest.mark.parametrize("host", ["csms.example", "10.0.0.7", "::1", "fe80::1", "localhost", "a-b.c"])
def test_names_and_addresses_of_hosts_are_good(host: str) -> None:
    assert Names(hosts=(host,)).problem() == ""
