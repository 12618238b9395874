"""The vendor's own images and signers go before ours, and what the SUT file does not bring is not made up."""

from __future__ import annotations

from pathlib import Path

import pytest
from cryptography.hazmat.primitives.serialization import BestAvailableEncryption, Encoding, PrivateFormat

from harness.journal import Journal
from harness.oracle.verdict import HarnessFault, Inconclusive
from harness.reference.verification import signature_holds
from harness.security import keys
from harness.sut import load
from harness.transfer.service import Files
from harness.transfer.shelf import Shelf
from harness.transfer.signing import chain_of
from harness.transfer.vendor import vendor_of
from harness.wire.sockets import now
from tests.transfer.conftest import PKI

TEXT = """\
sut = { name = "Acme", role = "station", versions = ["2.0.1"] }
connection = { listen = "127.0.0.1:0", identity = "CS001", security_profile = 0 }
tokens = { valid = { id = "A" } }
drivers = { default = "manual" }
[firmware]
certificate = "signer.pem"
key = "signer.key"
key_password = "correct horse"
images.update = { file = "release-7.bin", version = "7.1" }
"""
IMAGE = b"what only this vendor's station understands" * 1000


class Nowhere:
    def base(self, protocol: str) -> str:
        return f"{protocol}://files.invalid"


@pytest.fixture(params=["EC", "RSA"])
def family(request: pytest.FixtureRequest) -> str:
    return str(request.param)


@pytest.fixture
def files(tmp_path: Path, family: str) -> Files:
    issued = PKI.issued("firmware signing certificate" if family == "EC" else "firmware signing RSA certificate")
    locked = keys.load(issued.key).private_bytes(
        Encoding.PEM, PrivateFormat.PKCS8, BestAvailableEncryption(b"correct horse")
    )
    (tmp_path / "signer.pem").write_text(issued.chain)
    (tmp_path / "signer.key").write_bytes(locked)
    (tmp_path / "release-7.bin").write_bytes(IMAGE)
    (tmp_path / "sut.toml").write_text(TEXT)
    sut = load(tmp_path / "sut.toml")
    journal = Journal()
    return Files(Shelf(lambda: journal, now), Nowhere(), chain_of(PKI), vendor_of(sut))


def test_the_vendor_s_image_is_served_and_signed_with_its_key(files: Files, tmp_path: Path) -> None:
    files.serve("new", {})
    assert files.contents()["/firmware/new/release-7.bin"] == IMAGE
    assert files.fact("new", "version") == "7.1"
    certificate = files.fact("new", "signing certificate")
    assert certificate == (tmp_path / "signer.pem").read_text()
    assert signature_holds(IMAGE, files.fact("new", "signature"), certificate)


@pytest.mark.parametrize("rows", [{"signature": "bit flipped"}, {"signature": "of another image"}])
def test_its_signature_can_be_spoilt(files: Files, rows: dict[str, str]) -> None:
    files.serve("bad", rows)
    assert not signature_holds(IMAGE, files.fact("bad", "signature"), files.fact("bad", "signing certificate"))


def test_its_image_can_be_spoilt(files: Files) -> None:
    files.serve("bad", {"spoilt": "last block"})
    (served,) = [content for path, content in files.contents().items() if path.startswith("/firmware/")]
    assert served != IMAGE
    assert not signature_holds(served, files.fact("bad", "signature"), files.fact("bad", "signing certificate"))


@pytest.mark.parametrize(
    ("rows", "why"),
    [
        ({"image": "another"}, "no image 'another' under"), ({"image": "old"}, "no image 'old' under"),
        ({"signer": "an expired signer"}, "not an expired signer"),
        ({"signer": "a revoked signer"}, "not a revoked signer"),
    ],
)  # fmt: skip
def test_what_is_not_brought_makes_no_verdict(files: Files, rows: dict[str, str], why: str) -> None:
    with pytest.raises(Inconclusive, match=why):
        files.serve("new", rows)


def test_a_key_signs_only_as_it_can(files: Files, family: str) -> None:
    files.serve("one", {"signed with": "ECDSA" if family == "EC" else "RSA-PSS"})
    with pytest.raises(Inconclusive, match=f"{family} key, which cannot sign"):
        files.serve("other", {"signed with": "RSA-PSS" if family == "EC" else "ECDSA"})


def test_what_must_fail_and_who_must_be_refused_may_be_ours(files: Files, tmp_path: Path) -> None:
    files.serve("broken", {"image": "broken"})
    assert files.fact("broken", "signing certificate") == (tmp_path / "signer.pem").read_text()
    files.serve("foreign", {"signer": "another authority"})
    assert files.fact("foreign", "signing certificate") != (tmp_path / "signer.pem").read_text()


def test_an_image_nobody_knows_is_our_fault(files: Files) -> None:
    with pytest.raises(HarnessFault, match="no image 'nonsense'"):
        files.serve("new", {"image": "nonsense"})
