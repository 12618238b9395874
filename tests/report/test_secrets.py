"""No artefact of a run holds a secret: every byte of everything it leaves is searched for those planted."""

from __future__ import annotations

import base64
import json
import subprocess
import sys
import threading
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from urllib.parse import quote

import pytest
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import ec

from harness import allure_html
from harness.report.folder import RunFolder
from tests.report.embedded import embedded, stand_in

ROOT = Path(__file__).resolve().parents[2]
PASSWORD = "planted-Passw0rd-4711"
LOAD_PASSWORD = "planted-for-a-hundred-4711"
SECOND_PASSWORD = "planted-for-another-4711"
BEARER = "planted.bearer.of.a.driver.0815"
BASIC = "planted basic word"
HEADER = "planted-key-in-a-header"
KEY_WORD = "planted word of a key"
TOKEN = "CAFE0123DEADBEEF"
OTHER_TOKEN = "0BAD1DEA55550000"
PLANTED = (PASSWORD, LOAD_PASSWORD, SECOND_PASSWORD, BEARER, BASIC, HEADER, KEY_WORD, TOKEN, OTHER_TOKEN)


def spellings(secret: str) -> Iterator[bytes]:
    """The ways in which the bytes of a secret could stand in a file."""
    raw = secret.encode()
    yield raw
    yield raw.hex().encode()
    yield raw.hex().upper().encode()
    yield quote(secret).encode()
    yield json.dumps(secret)[1:-1].encode()
    yield secret.encode("utf-16-le")
    for before in (b"", b"a", b"ab"):
        core = base64.b64encode(before + raw)
        first = (len(before) * 8 + 5) // 6
        yield core[first : (len(before) + len(raw)) * 8 // 6]


def found_in(data: bytes) -> list[str]:
    low = data.lower()
    return [secret for secret in PLANTED if any(spelt in data or spelt.lower() in low for spelt in spellings(secret))]


def contents(path: Path) -> Iterator[tuple[str, bytes]]:
    """A file's bytes, and those of the files inside it."""
    data = path.read_bytes()
    yield str(path), data
    if path.suffix == ".zip":
        with zipfile.ZipFile(path) as pack:
            for name in pack.namelist():
                yield f"{path}!{name}", pack.read(name)
    if path.parent.name == "allure-report":
        yield from ((f"{path}!{name}", inside) for name, inside in embedded(data))


@contextmanager
def rig() -> Iterator[int]:
    """A rig that refuses everything, and throws back what it was told, secrets and all."""

    class Rude(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            text = f"refused: {self.headers} {self.path}".encode()
            self.send_response(500)
            self.send_header("Content-Length", str(len(text)))
            self.end_headers()
            self.wfile.write(text)

        def log_message(self, *_: object) -> None:
            return

    server = ThreadingHTTPServer(("127.0.0.1", 0), Rude)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    try:
        yield server.server_address[1]
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


def planted(name: str) -> list[str]:
    """The lines of a built-in SUT file with other secrets in it, and without drivers and TLS files."""
    text = (ROOT / "fixtures" / "suts" / name).read_text("utf-8")
    kept, skipping = [], False
    for line in text.splitlines():
        if line.startswith("["):
            skipping = line.startswith(("[drivers", "[tls"))
        if line.startswith("second_password"):
            kept.append(f'second_password = "{SECOND_PASSWORD}"')
        if skipping or line.startswith(("password", "second_password", "valid ", "second ")):
            continue
        kept.append(line)
        if line == "[connection]":
            kept.append(f'password = "{PASSWORD}"')
        if line == "[load]":
            kept.append(f'password = "{LOAD_PASSWORD}"')
        if line == "[tokens]":
            kept += [f'valid = {{ id = "{TOKEN}" }}', f'second = {{ id = "{OTHER_TOKEN}" }}']
    return kept


def sut_file(folder: Path, port: int) -> Path:
    """The built-in station; one driver is the rig."""
    kept = planted("reference-station-201.toml")
    auth = f'auth = {{ basic = {{ user = "me", password = "{BASIC}" }} }}'
    kept += [
        "[drivers]", 'default = "reference"',
        f'stop_button = {{ http = "POST http://127.0.0.1:{port}/s", auth = {{ bearer = "{BEARER}" }} }}',
        f'unplug = {{ http = "POST http://127.0.0.1:{port}/u", headers = {{ X-Api-Key = "{HEADER}" }} }}',
        f'park = {{ http = "POST http://127.0.0.1:{port}/p", {auth} }}',
        "[tls]", f'key_password = "{KEY_WORD}"',
    ]
    path = folder / "planted.toml"
    path.write_text("\n".join(kept) + "\n", "utf-8")
    return path


def others(folder: Path) -> Iterator[list[str]]:
    """What else is run, over sockets: the CSMS, and both sides with TLS."""
    for name, features in (
        ("reference-csms-201.toml", ["features/ocpp2/csms/a_security"]),
        ("reference-csms-201-tls.toml", ["features/security/csms/client_certificate.feature"]),
        ("reference-station-201-tls.toml", ["features/security/station/server_certificate.feature"]),
    ):
        path = folder / name
        path.write_text("\n".join([*planted(name), "[drivers]", 'default = "reference"']) + "\n", "utf-8")
        yield ["--sut", str(path), "--reports", str(folder / "reports"), "--jobs", "2", *features]


@pytest.fixture(scope="module")
def artefacts(tmp_path_factory: pytest.TempPathFactory) -> list[tuple[str, bytes]]:
    """Everything that a full run left, and a second attempt at it: files, files in packs, what was printed."""
    folder = tmp_path_factory.mktemp("secrets")
    printed: list[tuple[str, bytes]] = []
    key = ec.generate_private_key(ec.SECP256R1()).private_bytes(
        serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption())
    (folder / "tester.pem").write_bytes(key)
    with rig() as port:
        sut = sut_file(folder, port)
        common = ["--sut", str(sut), "--fast", "--reports", str(folder / "reports")]
        run = [sys.executable, "-m", "harness"]
        for command in (
            [*run, "run", *common, "--misbehave", "seqno-gap", "features/ocpp2/station/field_bugs",
             "features/ocpp2/station/c_authorisation", "features/ocpp2/station/e_transactions"],
            [*run, "run", *common, "--rerun-failed", "latest"],
            [*run, "evidence", "sign", str(folder / "reports" / "latest"), "--key", str(folder / "tester.pem")],
            [*run, "check", str(sut)],
        ):
            paths = [part for part in command if not part.startswith("features/") or (ROOT / part).exists()]
            done = subprocess.run(paths, cwd=ROOT, capture_output=True, check=False, timeout=300)
            printed += [(f"{command[3]} stdout", done.stdout), (f"{command[3]} stderr", done.stderr)]
    for arguments in others(folder):
        done = subprocess.run([*run, "run", *arguments], cwd=ROOT, capture_output=True, check=False, timeout=300)
        assert done.returncode == 0, done.stdout.decode() + done.stderr.decode()
        printed += [(f"{arguments[1]} stdout", done.stdout), (f"{arguments[1]} stderr", done.stderr)]
    runs = [path for path in (folder / "reports").iterdir() if path.is_dir() and not path.is_symlink()]
    assert len(runs) == 5, printed
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(allure_html, "generator", lambda cache: stand_in(folder))
        for made in runs:
            allure_html.make(RunFolder(made), folder / "cache")
    files = [item for made in runs for path in made.rglob("*") if path.is_file() for item in contents(path)]
    return files + printed + [("the tester's key", b"".join(data for _, data in files if key[40:100] in data))]


def test_there_is_something_to_search(artefacts: list[tuple[str, bytes]]) -> None:
    names = " ".join(name for name, _ in artefacts)
    for part in ("verdicts.json", "verdicts.csv", "junit.xml", "index.html", "run.json", "sut.toml", "evidence.zip!",
                 "journals/", "-result.json", "attachment", "attempt-2", "environment.properties",
                 "allure-report/index.html!data/allurerc.mjs"):
        assert part in names, part
    everything = b"".join(data for _, data in artefacts)
    assert b"CA***EF" in everything
    assert b"wss://" in everything
    assert everything.count(b"Basic *** (user CS001)") > 3
    assert b"unplug" in everything
    assert b"refused: " in everything


def test_no_byte_of_it_holds_a_planted_secret(artefacts: list[tuple[str, bytes]]) -> None:
    assert {name: found for name, data in artefacts if (found := found_in(data))} == {}


def test_no_private_key_is_anywhere(artefacts: list[tuple[str, bytes]]) -> None:
    marks = (b"PRIVATE KEY-----\nM", b"PRIVATE KEY-----\\nM")
    assert [name for name, data in artefacts if any(mark in data for mark in marks)] == []
    assert dict(artefacts)["the tester's key"] == b""


def test_the_search_looks_into_the_page_of_allure(tmp_path: Path) -> None:
    page = tmp_path / "allure-report" / "index.html"
    page.parent.mkdir()
    inside = base64.b64encode(json.dumps({"said": f"Bearer {BEARER}"}).encode()).decode()
    page.write_text(f'<script>d("data/x.json","{inside}")</script>')
    assert [found for _, data in contents(page) if (found := found_in(data))] == [[BEARER]] * 2
    kept = [(name, found_in(data)) for name, data in contents(page) if "!" in name]
    assert kept == [(f"{page}!data/x.json", [BEARER])]


@pytest.mark.parametrize("secret", PLANTED)
def test_the_search_finds_each_spelling(secret: str) -> None:
    for spelt in spellings(secret):
        assert secret in found_in(b"x" + spelt + b"y")
    assert secret in found_in(base64.b64encode(b"me:" + secret.encode()))
