"""Pipes, devices, sockets and folders where a file is wanted: told at once, with the place and the mend."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from typer.testing import CliRunner

from harness import reading
from harness.cli import app
from tests.faults.test_command_line import PATIENCE, ROOT

SUT = ROOT / "fixtures" / "suts" / "my-csms.toml"


def _socket(path: Path) -> None:
    with socket.socket(socket.AF_UNIX) as made:
        made.bind(str(path))


KINDS: dict[str, Callable[[Path], None]] = {
    "a pipe": os.mkfifo,
    "a folder": os.mkdir,
    "a device": lambda path: path.symlink_to("/dev/zero"),
    "a socket": _socket,
}


@pytest.fixture(params=KINDS)
def odd(request: pytest.FixtureRequest, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> str:
    """What stands at `odd`, beside other things, in the folder in which we are."""
    monkeypatch.chdir(tmp_path)
    KINDS[request.param](Path("odd"))
    assert CliRunner().invoke(app, ["pki", "create", "made"]).exit_code == 0
    Path("run").mkdir()
    Path("run/run.json").write_text("{}", "utf-8")
    return str(request.param)


@pytest.mark.parametrize(("command", "code", "place"), [
    ("check odd", 2, "odd: the file cannot be read: "),
    ("run --sut odd", 2, "odd: the file cannot be read: "),
    ("reference csms --port 0 --sut odd", 2, "odd: the file cannot be read: "),
    ("check-log odd", 2, "odd cannot be read: "),
    ("evidence verify odd", 2, "odd: "),
    ("evidence verify pack.zip --public-key odd", 2, "odd: "),
    ("evidence sign run --key odd", 2, "odd: "),
    ("evidence sign run --key made/authorities/V2G_root.key --password-file odd", 2, "odd: "),
    ("pki create new --declaration odd", 2, "odd: "),
    ("pki create new --password-file odd", 2, "odd: "),
    ("pki create new --own station_root=odd:odd", 2, "odd cannot be read: "),
])
def test_what_is_no_file_is_told_at_once(odd: str, command: str, code: int, place: str) -> None:
    words = [word.replace("station_root", "station root") for word in command.split()]
    done = CliRunner().invoke(app, words)
    assert done.exit_code == code, done.output
    if odd == "a folder" and command == "evidence verify odd":
        assert "odd is no run folder: it has no journals" in done.output
        return
    assert f"{place}this is {odd}: name a regular file" in done.output


@pytest.mark.parametrize("command", ["run --sut {sut}", "demo", "list", "prove"])
@pytest.mark.parametrize("kind", [kind for kind in KINDS if kind != "a folder"])
def test_what_is_no_feature_file_is_told_at_once(
    kind: str, command: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    KINDS[kind](Path("odd.feature"))
    done = CliRunner().invoke(app, [*command.format(sut=SUT).split(), "odd.feature"])
    assert done.exit_code == 2, done.output
    assert "odd.feature is no .feature file" in done.output


@pytest.mark.parametrize(("role", "line", "place"), [
    ("csms", 'password = { file = "odd" }', "connection.password: the secret file odd cannot be read"),
    ("csms", '[tls]\nca = "odd"', "tls.ca: the file odd cannot be read"),
    ("csms", '[tls]\nkey = "odd"', "tls.key: the file odd cannot be read"),
    ("station", '[firmware]\nimages.update = { file = "odd", version = "2" }',
     "firmware.images.update.file: the image odd cannot be read"),
])
def test_what_a_sut_file_names_is_told_at_once(odd: str, role: str, line: str, place: str) -> None:
    text = (ROOT / "fixtures" / "suts" / f"reference-{role}-201.toml").read_text("utf-8")
    before, table, after = text.partition("[connection]\n")
    rest = "".join(one for one in after.splitlines(True) if not one.startswith("password"))
    added = f"{line}\n{rest}" if line.startswith("password") else f"{rest}\n{line}\n"
    Path("sut.toml").write_text(before + table + added, "utf-8")
    done = CliRunner().invoke(app, ["check", "sut.toml"])
    assert done.exit_code == 2
    assert f"{place} (this is {odd}: name a regular file)" in done.output


def test_what_a_shell_hands_over_is_no_odd_file(tmp_path: Path) -> None:
    """`--password-file <(command)`: a pipe, and whoever writes it is there."""
    words = f"{sys.executable} -m harness pki create {tmp_path / 'made'} --password-file <(echo secret)"
    done = subprocess.run(["/bin/bash", "-c", words], cwd=ROOT, capture_output=True, text=True, timeout=PATIENCE)
    assert done.returncode == 0, done.stderr
    reading_end, writing_end = os.pipe()
    os.write(writing_end, b"secret")
    os.close(writing_end)
    assert reading.handed_over(Path(f"/dev/fd/{reading_end}")) == b"secret"
    os.close(reading_end)
