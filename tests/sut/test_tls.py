"""[tls]: the key must belong to the certificate."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from harness import resources
from harness.security import declaration, store
from harness.security.pki import Pki
from harness.sut import SutFileError, load
from tests.sut import papers

TEXT = """\
sut = { name = "Acme", role = "station", versions = ["1.6"] }
connection = { listen = "127.0.0.1:0", identity = "CS001", security_profile = 3 }
tokens = { valid = { id = "A" } }
drivers = { default = "manual" }
"""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    papers.write(tmp_path)
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


def wrong_with(file: Path) -> list[str]:
    try:
        load(file, environ={})
    except SutFileError as error:
        return [str(problem) for problem in error.problems]
    return []


def made(folder: Path, when: datetime) -> Path:
    declared = resources.root() / "certs" / "default.toml"
    store.save(Pki(declaration.load(declared), now=when), folder, declared)
    return folder


def swap(folder: Path, other: Path, *names: str) -> None:
    for name in names:
        (folder / "authorities" / name).write_bytes((other / "authorities" / name).read_bytes())


NOW = datetime.now(UTC)


@pytest.mark.parametrize(("when", "spoil", "word"), [
    (NOW, lambda pki, other: None, ""),
    (NOW, lambda pki, other: (pki / "pki.toml").unlink(), "holds no PKI"),
    (NOW, lambda pki, other: (pki / "declaration.toml").unlink(), "declaration.toml"),
    (NOW, lambda pki, other: (pki / "authorities" / "V2G root.key").unlink(), "cannot be read"),
    (NOW, lambda pki, other: swap(pki, other, "station root.key"), "is not the key of"),
    (NOW, lambda pki, other: swap(pki, other, "station root.pem", "station root.key"), "different runs"),
    (NOW - timedelta(days=5000), lambda pki, other: None, "by this machine's clock these are not valid"),
    (NOW + timedelta(days=50), lambda pki, other: None, "by this machine's clock these are not valid"),
])
def test_the_folder_of_a_pki_is_looked_into(
    tmp_path: Path, when: datetime, spoil: Callable[[Path, Path], None], word: str
) -> None:
    pki, other = made(tmp_path / "pki", when), made(tmp_path / "other", when)
    spoil(pki, other)
    file = tmp_path / "sut.toml"
    file.write_text(TEXT + 'tls = { pki = "pki" }\n', "utf-8")
    found = wrong_with(file)
    assert len(found) == (1 if word else 0)
    assert all(word in text and "tls" in text for text in found)


def test_a_certificate_that_is_not_valid_now_is_told_before_the_run(tmp_path: Path) -> None:
    issued = Pki(declaration.load(resources.root() / "certs" / "default.toml")).issued("expired CSMS certificate")
    (tmp_path / "c.pem").write_text(issued.chain)
    (tmp_path / "c.key").write_text(issued.key)
    file = tmp_path / "sut.toml"
    file.write_text(TEXT + 'tls = { certificate = "c.pem", key = "c.key" }\n', "utf-8")
    (found,) = wrong_with(file)
    assert "is not valid" in found


@pytest.mark.parametrize(("role", "profile", "tls", "wanted"), [
    ("station", 2, "", ["needs the certificate that our CSMS shows the station"]),
    ("station", 3, 'ca = "two.pem"', ["needs the certificate that our CSMS shows the station"]),
    ("station", 3, 'certificate = "one.pem", key = "one.key"', []),
    ("csms", 2, "", ["needs the root that signed the CSMS certificate"]),
    ("csms", 2, 'ca = "two.pem"', []),
    ("csms", 3, 'ca = "two.pem"', ["needs the certificate that our station shows the CSMS"]),
    ("csms", 3, "", ["needs the root", "needs the certificate that our station shows the CSMS"]),
    ("csms", 3, 'ca = "two.pem", certificate = "one.pem", key = "one.key"', []),
    ("csms", 1, "", []),
])
def test_a_product_with_tls_needs_something_to_trust_and_to_show(
    role: str, profile: int, tls: str, wanted: list[str], folder: Path
) -> None:
    scheme = "wss" if profile > 1 else "ws"
    where = 'listen = "127.0.0.1:0"' if role == "station" else f'url = "{scheme}://127.0.0.1:1"'
    password = ', password = "correct horse batter"' if profile < 3 else ""
    file = folder / "sut.toml"
    text = TEXT.replace('role = "station"', f'role = "{role}"').replace('listen = "127.0.0.1:0"', where)
    text = text.replace("security_profile = 3", f"security_profile = {profile}{password}")
    file.write_text(text + f"tls = {{ {tls} }}\n", "utf-8")
    found = wrong_with(file)
    assert len(found) == len(wanted)
    assert all(any(word in said and "pki create" in said for said in found) for word in wanted)
    file.write_text(text.replace('"manual"', '"reference"'), "utf-8")
    assert not [said for said in wrong_with(file) if "needs the" in said]
