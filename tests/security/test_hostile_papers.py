"""Certificates, requests, lists and OCSP requests as an attacker, or a vendor's slip, makes them: whoever reads them
says that they cannot be read, and nothing else is ever raised."""

from __future__ import annotations

import base64
import textwrap
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import suppress
from datetime import UTC, datetime
from functools import cache
from pathlib import Path

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec, ed25519, rsa
from cryptography.hazmat.primitives.serialization import Encoding
from cryptography.x509 import ocsp
from hypothesis import given, settings
from hypothesis import strategies as st

from harness import resources
from harness.oracle import documents, tls
from harness.reference import certificates, verification
from harness.reference.certificates import Own, Store
from harness.security import declaration, papers, pki
from harness.security import tls as security_tls
from harness.security.errors import PkiError
from harness.security.pki import Pki
from harness.security.revocation import RevocationServer, crl
from harness.security.store import read_authority

# The library warns of what is odd, and reads it.
pytestmark = pytest.mark.filterwarnings("ignore::UserWarning", "ignore::DeprecationWarning")
WALL = time.time_ns()
PKI = Pki(declaration.load(resources.root() / "certs" / "default.toml"))
NAME = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, "x")])
Reader = Callable[[bytes], object]


def der(name: str) -> bytes:
    made = PKI.authority(name) if name in PKI.hierarchy.authorities else PKI.issued(name)
    return made.certificate.public_bytes(Encoding.DER)


def pem(data: bytes, label: str = "CERTIFICATE") -> str:
    lines = "\n".join(textwrap.wrap(base64.b64encode(data).decode(), 64))
    return f"-----BEGIN {label}-----\n{lines}\n-----END {label}-----\n"


ROOT, ABOVE, LEAF = (pem(der(name)) for name in ("CSMS root", "station CA", "station certificate"))


@cache
def sound(kind: str) -> tuple[bytes, ...]:
    """Good ones of a kind, in DER."""
    return _SOUND[kind]()


def _certificates() -> tuple[bytes, ...]:
    key = ed25519.Ed25519PrivateKey.generate()
    other = (
        x509.CertificateBuilder().subject_name(NAME).issuer_name(NAME).public_key(key.public_key()).serial_number(5)
        .not_valid_before(datetime(2020, 1, 1, tzinfo=UTC)).not_valid_after(datetime(2040, 1, 1, tzinfo=UTC))
        .add_extension(x509.BasicConstraints(True, None), True).sign(key, None)
    )
    names = ("CSMS root", "station CA", "station certificate", "CSMS certificate")
    return (*map(der, names), other.public_bytes(Encoding.DER))


def _requests() -> tuple[bytes, ...]:
    builder = x509.CertificateSigningRequestBuilder().subject_name(NAME)
    builder = builder.add_extension(x509.SubjectAlternativeName([x509.DNSName("a")]), False)
    made = [builder.sign(ec.generate_private_key(ec.SECP256R1()), hashes.SHA256()),
            builder.sign(rsa.generate_private_key(65_537, 2048), hashes.SHA256()),
            builder.sign(ed25519.Ed25519PrivateKey.generate(), None)]
    return tuple(request.public_bytes(Encoding.DER) for request in made)


def _lists() -> tuple[bytes, ...]:
    return (x509.load_pem_x509_crl(crl(PKI, "CSMS root").encode()).public_bytes(Encoding.DER),)


def _questions() -> tuple[bytes, ...]:
    issued = PKI.issued("station certificate")
    assert issued.issuer is not None
    builder = ocsp.OCSPRequestBuilder().add_certificate(
        issued.certificate, issued.issuer.certificate, hashes.SHA256()
    )
    with_nonce = builder.add_extension(x509.OCSPNonce(b"12345"), False)
    return tuple(one.build().public_bytes(Encoding.DER) for one in (builder, with_nonce))


_SOUND: Mapping[str, Callable[[], tuple[bytes, ...]]] = {
    "certificate": _certificates, "request": _requests, "list": _lists, "question": _questions}


# ---- who reads them ---------------------------------------------------------------------------------


def _store(*roots: str) -> Store:
    return Store([("CSMSRootCertificate", root) for root in roots])


def _named(data: bytes) -> None:
    """What a station takes in it can name as well."""
    text = pem(data)
    if certificates.installable(text, WALL) or certificates.can_be_named(text):
        certificates.hash_data(text)


def _owned(data: bytes) -> None:
    for chain, name in ((pem(data) + ABOVE, "x"), (LEAF + pem(data), "H-0001"), (pem(data), "x")):
        own = certificates.owned(_store(ROOT), chain, (ROOT, ABOVE), name, WALL)
        if own is not None:
            _told_of(own)


def _told_of(own: Own) -> None:
    certificates.own_hash_data(own)
    certificates.status_data(own, (ROOT,), "SHA256")


def _brought(data: bytes) -> None:
    """A CA that somebody brings along."""
    try:
        certificate = x509.load_pem_x509_certificate(pem(data).encode())
    except (ValueError, x509.InvalidVersion):
        return  # `read_authority` says so
    pki.unfit(certificate, 1)


def _document(kind: str, label: str) -> Reader:
    def read(data: bytes) -> None:
        with suppress(documents.Unreadable):
            documents.Document(kind, pem(data, label)).facts()

    return read


def _signed(data: bytes) -> None:
    with suppress(PkiError):
        papers.signed(PKI, pem(data, "CERTIFICATE REQUEST"), "station certificate")


READERS: Mapping[str, Mapping[str, Reader]] = {
    "certificate": {
        "a chain in a message": _document("certificate chain", "CERTIFICATE"),
        "the facts of a TLS session": lambda data: tls.certificate_facts([pem(data)]),
        "its validity": lambda data: tls._valid_at(pem(data), WALL),
        "whom a peer says it is": lambda data: security_tls.described(pem(data)),
        "a root to install": _named,
        "who issued it": lambda data: certificates.signed_by(pem(data), ROOT),
        "what it issued": lambda data: certificates.signed_by(ABOVE, pem(data)),
        "whether it issued itself": lambda data: certificates.signed_by(pem(data), pem(data)),
        "what it replaces": lambda data: certificates.replaces(_store(ROOT, pem(data)), pem(data),
                                                               "CSMSRootCertificate"),
        "a station's own": _owned,
        "a signer of firmware": lambda data: verification.certificate_fault(pem(data), (ROOT,), b"", WALL),
        "its root": lambda data: verification.certificate_fault(LEAF, (pem(data),), b"", WALL),
        "a signature": lambda data: verification.signature_holds(b"x", "AAAA", pem(data)),
        "a CA brought along": _brought,
    },
    "request": {
        "a request in a message": _document("csr", "CERTIFICATE REQUEST"),
        "the practice CSMS": lambda data: certificates.request_fault(pem(data, "CERTIFICATE REQUEST"), "x"),
        "our CA": _signed,
    },
    "list": {"a practice station": lambda data: verification.certificate_fault(LEAF, (ROOT, ABOVE), data, WALL)},
}
EVERY = [(kind, who) for kind, readers in READERS.items() for who in readers]


@pytest.fixture(scope="module")
def responder() -> Iterator[RevocationServer]:
    server = RevocationServer(PKI)
    yield server
    server.close()


# ---- what is made of them ---------------------------------------------------------------------------

Edit = Callable[[bytes], bytes]
_OIDS = tuple(map(bytes.fromhex, (
    "2a8648ce3d0201", "2a8648ce3d030107", "2a8648ce3d040302", "2a8648ce380401", "2b65706e", "2b656e", "2b0e03021a",
    "2a864886f70d010101", "2a864886f70d01010a", "2a864886f70d01010b", "2a864886f70d010104", "2a864886f70d0101ff",
    "608648016503040201", "550403", "550406", "551d0e", "551d0f", "551d11", "551d13", "551d23", "551d25",
    "2b8104000a", "2b81040001", "2b06010505070101",
)))
_TAGS = bytes.fromhex("0001020305060c1314161718 1e30318082a0a1a3ff")


def replaced(old: str, new: str) -> Edit:
    return lambda data: data.replace(bytes.fromhex(old), bytes.fromhex(new))


KNOWN: Mapping[str, tuple[str, Edit]] = {
    "a version that there is not": ("certificate", replaced("a003020102", "a003020142")),
    "an extension twice": ("certificate", replaced("0603551d0f", "0603551d13")),
    "a curve that is none": ("certificate", replaced("06082a8648ce3d030107", "06082a8648ce3d040302")),
    "a kind of key that is none": ("certificate", replaced("06072a8648ce3d0201", "06072a8648ce380401")),
    "a name of bits": ("certificate", replaced("06035504030c", "060355040303")),
    "a country of many letters": ("certificate", replaced("0603550403", "0603550406")),
    "a name that is no text": ("request", replaced("06035504030c", "060355040306")),
    "a request of a version that there is not": ("request", replaced("020100", "020142")),
    "a request with a curve that is none": ("request", replaced("06082a8648ce3d030107", "06082a8648ce3d040302")),
    "a list of a version that there is not": ("list", replaced("020101", "020142")),
    "a list cut short": ("list", lambda data: data[:-1]),
    "nothing": ("certificate", lambda data: b""),
}


@pytest.mark.parametrize("what", KNOWN)
def test_what_is_known_to_be_unreadable_is_told(what: str) -> None:
    kind, edit = KNOWN[what]
    changed = [edit(data) for data in sound(kind)]
    assert changed != list(sound(kind))
    for data in changed:
        for reader in READERS[kind].values():
            reader(data)


def _flip(data: bytearray, place: int, value: int) -> None:
    data[place] ^= 1 << value % 8


def _tag(data: bytearray, place: int, value: int) -> None:
    data[place] = _TAGS[value % len(_TAGS)]


def _oid(data: bytearray, place: int, value: int) -> None:
    """Another object identifier of the same length instead of one that is there."""
    there = [(at, one) for one in _OIDS if (at := data.find(bytes([6, len(one)]) + one)) >= 0]
    if there:
        at, old = there[place % len(there)]
        same = [one for one in _OIDS if len(one) == len(old)]
        data[at + 2 : at + 2 + len(old)] = same[value % len(same)]


def _copy(data: bytearray, place: int, value: int) -> None:
    source = value * 7 % len(data)
    data[place : place + value % 40] = data[source : source + value % 40]


def _cut(data: bytearray, place: int, value: int) -> None:
    del data[max(place, 1) :]


EDITS = st.lists(
    st.tuples(st.sampled_from((_flip, _tag, _oid, _oid, _copy, _cut)), st.integers(0, 4000), st.integers(0, 255)),
    min_size=1, max_size=3)


def edited(data: bytes, edits: list[tuple[Callable[[bytearray, int, int], None], int, int]]) -> bytes:
    made = bytearray(data)
    for edit, place, value in edits:
        edit(made, place % len(made), value)
    return bytes(made)


@pytest.mark.parametrize(("kind", "who"), EVERY)
@settings(max_examples=60, deadline=None)
@given(which=st.integers(0, 7), edits=EDITS)
def test_whatever_comes_is_read_or_told_to_be_unreadable(
    kind: str, who: str, which: int, edits: list[tuple[Callable[[bytearray, int, int], None], int, int]]
) -> None:
    READERS[kind][who](edited(sound(kind)[which % len(sound(kind))], edits))


@settings(max_examples=200, deadline=None)
@given(which=st.integers(0, 1), edits=EDITS)
def test_an_ocsp_responder_answers_whatever_comes(
    responder: RevocationServer, which: int, edits: list[tuple[Callable[[bytearray, int, int], None], int, int]]
) -> None:
    answer = ocsp.load_der_ocsp_response(responder.answer(edited(sound("question")[which], edits)))
    assert answer.response_status in tuple(ocsp.OCSPResponseStatus)


def test_an_ocsp_responder_knows_no_negative_numbers(responder: RevocationServer) -> None:
    (question, _), number = sound("question"), PKI.issued("station certificate").certificate.serial_number
    size = (number.bit_length() + 8) // 8
    at = question.index(number.to_bytes(size, "big"))
    assert ocsp.load_der_ocsp_response(responder.answer(question)).response_status.name == "SUCCESSFUL"
    negative = question[:at] + b"\xff" + question[at + 1 :]
    assert ocsp.load_der_ocsp_response(responder.answer(negative)).response_status.name == "MALFORMED_REQUEST"


@pytest.mark.parametrize("text", ["", "-----BEGIN CERTIFICATE-----", "\ud800", LEAF.replace("M", "\ud800"), LEAF[:-9]])
def test_what_is_no_pem_is_told(text: str) -> None:
    assert certificates.installable(text, WALL) is False
    assert certificates.can_be_named(text) is False
    assert certificates.owned(_store(), text, (ROOT,), "x", WALL) is None
    assert verification.certificate_fault(text, (ROOT,), b"", WALL) == "InvalidCertificate"
    assert verification.signature_holds(b"x", "AAAA", text) is False
    assert certificates.request_fault(text, "x").startswith("unreadable")
    assert security_tls.described(text).common_name == ""
    assert tls.certificate_facts([text]) == {"chainLength": 1}
    for kind in documents.FACTS:
        with pytest.raises(documents.Unreadable):
            documents.Document(kind, text).facts()


def test_a_file_that_is_no_certificate_is_named(tmp_path: Path) -> None:
    file = tmp_path / "ca.pem"
    file.write_text(pem(KNOWN["a version that there is not"][1](der("CSMS root"))), "utf-8")
    with pytest.raises(PkiError, match=r"ca\.pem holds no PEM certificate"):
        read_authority(file, file, None)
