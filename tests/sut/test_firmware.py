"""[firmware]: every fault is named with its place and its mend."""

from __future__ import annotations

from pathlib import Path

import pytest

from harness import resources
from harness.security import declaration
from harness.security.pki import Pki
from harness.sut import SutFileError, load
from tests.sut import papers

TEXT = """\
sut = {{ name = "Acme", role = "{role}", versions = ["1.6"] }}
connection = {{ {place}, identity = "CS001", security_profile = 0 }}
tokens = {{ valid = {{ id = "A" }} }}
drivers = {{ default = "manual" }}
[firmware]
{firmware}
"""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    papers.write(tmp_path)
    late = Pki(declaration.load(resources.root() / "certs" / "default.toml")).issued("expired CSMS certificate")
    (tmp_path / "late.pem").write_text(late.chain)
    (tmp_path / "late.key").write_text(late.key)
    (tmp_path / "release.bin").write_bytes(b"release")
    (tmp_path / "empty.bin").write_bytes(b"")
    (tmp_path / "long.pem").write_bytes((tmp_path / "one.pem").read_bytes() * 20)
    with (tmp_path / "huge.bin").open("wb") as huge:
        huge.truncate(256 * 1024 * 1024 + 1)
    return tmp_path


SIGNER = 'certificate = "one.pem"\nkey = "one.key"\n'


@pytest.mark.parametrize(
    ("firmware", "at", "wrong"),
    [
        ("", "", ""),
        (SIGNER + 'images.update = { file = "release.bin", version = "2" }', "", ""),
        ('certificate = "one.pem"\nkey = "locked.key"\nkey_password = "correct horse"', "", ""),
        ('certificate = "one.pem"\nkey = "locked.key"', "firmware.key", "key_password does not fit"),
        ('certificate = "one.pem"', "firmware.certificate", "a certificate without a key is of no use"),
        ('certificate = "one.pem"\nkey = "two.key"', "firmware.key", "the key does not belong to the certificate"),
        ('certificate = "no.pem"\nkey = "one.key"', "firmware.certificate", "the file no.pem cannot be read"),
        ('certificate = "long.pem"\nkey = "one.key"', "firmware.certificate", "signingCertificate takes 5500"),
        (SIGNER + 'expired = { certificate = "one.pem", key = "two.key" }', "firmware.expired.key", "does not belong"),
        ('revoked = { certificate = "one.pem", key = "one.key" }', "firmware.revoked", "stands alone"),
        ('certificate = "late.pem"\nkey = "late.key"', "firmware.certificate", "late.pem is not valid"),
        (SIGNER + 'revoked = { certificate = "late.pem", key = "late.key" }', "firmware.revoked", "not valid"),
        (SIGNER + 'expired = { certificate = "late.pem", key = "late.key" }', "", ""),
        ('images.update = { file = "no.bin", version = "2" }', "firmware.images.update.file", "cannot be read"),
        ('images.update = { file = "empty.bin", version = "2" }', "firmware.images.update.file", "has 0 bytes"),
        ('images.update = { file = "huge.bin", version = "2" }', "firmware.images.update.file", "268435457 bytes"),
        ('images.update = { file = "release.bin" }', "firmware.images.update.version", "missing"),
        ('images.other = { file = "release.bin", version = "2" }', "firmware.images.other", ""),
    ],
)  # fmt: skip
def test_what_is_wrong_is_named(folder: Path, firmware: str, at: str, wrong: str) -> None:
    file = folder / "sut.toml"
    file.write_text(TEXT.format(role="station", place='listen = "127.0.0.1:0"', firmware=firmware))
    if not at:
        assert load(file).firmware is not None
        return
    with pytest.raises(SutFileError) as caught:
        load(file)
    assert at in str(caught.value)
    assert wrong in str(caught.value)
    assert "Mend: " in str(caught.value)
    assert "correct horse" not in str(caught.value)


def test_a_csms_has_no_firmware(folder: Path) -> None:
    file = folder / "sut.toml"
    file.write_text(TEXT.format(role="csms", place='url = "ws://127.0.0.1:1/ocpp"', firmware=SIGNER))
    with pytest.raises(SutFileError, match="a CSMS installs no firmware"):
        load(file)
