"""Every secret of a SUT file is found, wherever it stands, and nothing that is none."""

from __future__ import annotations

from pathlib import Path

import pytest

from harness.sut import SutFileError, load
from harness.sut.hidden import secrets_of

FILE = """
[sut]
name = "Rigged station"
role = "station"
versions = ["2.0.1"]
[connection]
listen = "127.0.0.1:9000"
identity = "CS1"
password = "correct horse battery"
[tls]
ca = "ca.pem"
certificate = "own.pem"
key = "own.key"
key_password = "opens the key"
[tokens]
valid = { id = "AABBCCDD" }
[report]
owner = "Team Garage"
links = { requirement = "https://wiki.example/{id}" }
[drivers]
default = "manual"
plug_in = { http = "POST http://127.0.0.1:1/plug", auth = { bearer = "rig bearer" } }
unplug = { http = "POST http://127.0.0.1:1/out", auth = { basic = { user = "me", password = "basic word" } } }
reboot = { http = "POST http://127.0.0.1:1/boot", headers = { X-Api-Key = "key in header", Accept = "text/html" } }
park = { http = "POST http://127.0.0.1:1/park", headers = { Authorization = "Token inner-word" } }
"""


@pytest.fixture
def file(tmp_path: Path) -> Path:
    for name in ("ca.pem", "own.pem", "own.key"):
        (tmp_path / name).write_text("no PEM")
    return tmp_path / "sut.toml"


def test_all_of_them(file: Path) -> None:
    file.write_text(FILE.replace("[tls]\nca", "[tls]\n#ca").replace('certificate = "own.pem"\nkey = "own.key"\n', ""))
    found = set(secrets_of(load(file)))
    assert found == {
        b"correct horse battery", b"opens the key", b"rig bearer", b"basic word", b"key in header",
        b"Token inner-word", b"inner-word",
    }


def test_a_link_template_without_a_place_for_the_id_is_refused(file: Path) -> None:
    file.write_text(FILE.replace("wiki.example/{id}", "wiki.example/ids"))
    with pytest.raises(SutFileError, match=r"\{id\}"):
        load(file)


def test_what_a_plugin_calls_a_secret(file: Path) -> None:
    file.write_text("""
[sut]
name = "x"
role = "csms"
versions = ["2.0.1"]
[connection]
url = "ws://127.0.0.1:1/x"
identity = "CS1"
password = "correct horse battery"
[tokens]
valid = { id = "AABBCCDD" }
[drivers.default]
driver = "manual"
options = { api_token = "plugin word", colour = "green" }
""")
    try:
        found = secrets_of(load(file))
    except SutFileError as error:  # "manual" may take no options one day
        pytest.fail(str(error))
    assert b"plugin word" in found
    assert b"green" not in found
