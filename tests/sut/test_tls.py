"""[tls]: the key must belong to the certificate."""

from __future__ import annotations

from pathlib import Path

import pytest
from cryptography.hazmat.primitives.serialization import (
    BestAvailableEncryption,
    Encoding,
    PrivateFormat,
    load_pem_private_key,
)
from trustme import CA

from harness.sut import SutFileError, load

TEXT = """\
sut = { name = "Acme", role = "station", versions = ["1.6"] }
connection = { listen = "127.0.0.1:0", identity = "CS001", security_profile = 3 }
tokens = { valid = { id = "A" } }
drivers = { default = "manual" }
"""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    for name in ("one", "two"):
        issued = CA().issue_cert("csms.example")
        issued.cert_chain_pems[0].write_to_path(tmp_path / f"{name}.pem")
        issued.private_key_pem.write_to_path(tmp_path / f"{name}.key")
    key = load_pem_private_key((tmp_path / "one.key").read_bytes(), None)
    locked = key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, BestAvailableEncryption(b"correct horse"))
    (tmp_path / "locked.key").write_bytes(locked)
    return tmp_path


@pytest.mark.parametrize(
    ("tls", "wrong"),
    [
        ('certificate = "one.pem", key = "one.key", ca = "two.pem"', []),
        ('certificate = "one.pem", key = "two.key"', ["the key does not belong to the certificate"]),
        ('certificate = "one.pem"', ["a certificate without a key is of no use"]),
        ('certificate = "one.pem", key = "locked.key", key_password = "correct horse"', []),
        ('certificate = "one.pem", key = "locked.key"', ["key_password does not fit"]),
        ('certificate = "one.pem", key = "locked.key", key_password = "wrong"', ["key_password does not fit"]),
    ],
)
def test_certificate_and_key(folder: Path, tls: str, wrong: list[str]) -> None:
    file = folder / "sut.toml"
    file.write_text(TEXT + f"tls = {{ {tls} }}\n", "utf-8")
    found: list[str] = []
    try:
        load(file, environ={})
    except SutFileError as error:
        found = [problem.what for problem in error.problems]
    assert len(found) == len(wrong)
    assert all(expected in what for expected, what in zip(wrong, found, strict=True))
