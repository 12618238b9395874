"""What must not be in the repository: keys, machine paths, registry hosts, sleeps, overgrown modules."""

from __future__ import annotations

import ast
import os
import re
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.tools import tool

ROOT = Path(__file__).resolve().parents[1]
NOT_OURS = {".git", ".hypothesis", ".venv", "build", "dist", "reports", "__pycache__"}
TEXT = {".py", ".toml", ".md", ".feature", ".csv", ".json", ".lock", ".cfg", ".yml", ".yaml", ".txt", ".html", ""}
LONGEST = {"harness": 460, "tests": 650}  # a test module may carry its tables

# Written in two halves, so that this file does not contain what it looks for.
FORBIDDEN = {
    "a private key": re.compile(r"-----BEGIN [A-Z ]*PRIVATE" + r" KEY-----\s+[A-Za-z0-9+/=]{40}"),
    "a package registry's host": re.compile(
        r"\b(?:pypi\." + r"org|python" + r"hosted\.org|npm" + r"js\.(?:org|com)|proxy\.go" + r"lang\.org)",
        re.IGNORECASE,
    ),
    "a path of somebody's machine": re.compile(r"(?<![\w.<}])/(?:work|home|Users|root|opt)" + r"/\w|[A-Z]:\\Users"),
    "a folder outside the repository": re.compile(r"\bshared" + r"/"),
}


def files() -> Iterator[Path]:
    for folder, rooms, names in os.walk(ROOT):
        rooms[:] = [room for room in rooms if room not in NOT_OURS and not room.endswith(("_cache", ".egg-info"))]
        for name in set(names) - NOT_OURS:  # in a worktree .git is a file
            path = Path(folder, name)
            if path.suffix in TEXT and not path.name.startswith(".coverage"):
                yield path


def modules(*rooms: str) -> list[Path]:
    return sorted(path for room in rooms for path in (ROOT / room).rglob("*.py"))


def findings(text: str) -> list[str]:
    return [what for what, pattern in FORBIDDEN.items() if pattern.search(text)]


def test_no_file_holds_what_must_not_be_published():
    found = {str(path.relative_to(ROOT)): findings(path.read_text("utf-8", "replace")) for path in files()}
    assert {path: what for path, what in found.items() if what} == {}


KEY_FILES = {".key", ".pem", ".p12", ".pfx", ".jks", ".der", ".crt", ".cer"}
"""What keys and certificates are kept in: all of them are made afresh, none is committed."""


def keys_in(path: Path) -> bool:
    """Whether the file, of any kind, is one for keys or has a private key in it."""
    return path.suffix in KEY_FILES or "a private key" in findings(path.read_bytes().decode("latin-1"))


def test_no_file_of_any_kind_holds_a_private_key():
    every = (Path(folder, name) for folder, rooms, names in os.walk(ROOT) if not NOT_OURS & set(Path(folder).parts)
             for name in names)  # fmt: skip
    assert [str(path) for path in every if path.is_file() and keys_in(path)] == []


@pytest.mark.parametrize("name", ["a.key", "a.pem", "capture.pcap"])
def test_a_key_is_found_whatever_holds_it(tmp_path: Path, name: str):
    (tmp_path / name).write_bytes(b"\xff\x00-----BEGIN PRIVATE" + b" KEY-----\n" + b"MHcCAQEEIBkg" * 5)
    assert keys_in(tmp_path / name)


def keys_once_in(repository: Path) -> list[str]:
    """Commits, reachable from anywhere, that ever brought a private key or a file for one."""
    git = [tool("git", "git"), "-C", str(repository), "log", "--all", "--format=commit %H"]
    brought = [*git, "-p", "--text", "--diff-filter=AM", "-G", "BEGIN [A-Z ]*PRIVATE KEY-----"]
    named = [*git, "--name-only", "--diff-filter=A", "--", *(f"*{suffix}" for suffix in sorted(KEY_FILES))]
    ways = [subprocess.run(way, capture_output=True, check=True).stdout.decode("latin-1") for way in (brought, named)]
    changes = (change for change in re.split(r"^commit ", ways[0], flags=re.MULTILINE) if change)
    plain = ((change[:40], "\n".join(re.findall(r"^\+(.*)", change, flags=re.MULTILINE))) for change in changes)
    found = [commit for commit, text in plain if "a private key" in findings(text)]
    return found + [line.removeprefix("commit ") for line in ways[1].splitlines() if line.startswith("commit ")]


def test_no_private_key_was_ever_in_the_repository():
    if not (ROOT / ".git").exists():
        pytest.skip("this is no clone: it has no history")
    assert keys_once_in(ROOT) == []


@pytest.mark.parametrize(("name", "text"), [
    ("notes.txt", "x\n-----BEGIN PRIVATE" + " KEY-----\n" + "MHcCAQEEIBkg" * 5 + "\n"), ("a.pem", "nothing in it\n"),
])
def test_a_key_that_was_taken_out_again_is_still_found(name: str, text: str, tmp_path: Path):
    git = [tool("git", "git"), "-C", str(tmp_path), "-c", "user.name=n", "-c", "user.email=n@example.invalid"]
    subprocess.run([*git, "init", "-q"], check=True)
    for content in (text, "taken out\n"):
        (tmp_path / name).write_text(content)
        subprocess.run([*git, "add", "."], check=True)
        subprocess.run([*git, "commit", "-q", "-m", "one"], check=True)
    assert len(keys_once_in(tmp_path)) == 1


def test_the_search_reads_the_files_it_should():
    read = {path.relative_to(ROOT).as_posix() for path in files()}
    assert {"Makefile", "pyproject.toml", ".ci/run", "harness/journal.py", "tests/test_hygiene.py"} <= read


@pytest.mark.parametrize(
    ("text", "what"),
    [
        ("-----BEGIN EC PRIVATE" + " KEY-----\n" + "MHcCAQEEIBkg" * 5, "a private key"),
        ("--index-url https://py" + "pi.org/simple", "a package registry's host"),
        ("see /" + "home/someone/project", "a path of somebody's machine"),
        ('open("/' + 'work/thing")', "a path of somebody's machine"),
        ("sha" + "red/spec", "a folder outside the repository"),
    ],
)
def test_the_search_finds_each_of_them(text, what):
    assert findings(text) == [what]


@pytest.mark.parametrize(
    "text",
    [
        "https://example.com/home/page",
        "-----BEGIN CERTIFICATE-----",
        "a shared folder",
        "features/work/x",
        "{base}/home/x",
    ],
)
def test_the_search_leaves_the_innocent_alone(text):
    assert findings(text) == []


def test_no_module_has_outgrown_its_room():
    too_long = {
        str(path.relative_to(ROOT)): length
        for room, longest in LONGEST.items()
        for path in modules(room)
        if (length := len(path.read_text("utf-8").splitlines())) > longest
    }
    assert too_long == {}


def sleeps(source: str) -> list[int]:
    """The lines that name a function called sleep: time.sleep, asyncio.sleep, or one imported by itself."""
    return sorted(
        node.lineno
        for node in ast.walk(ast.parse(source))
        if (isinstance(node, ast.Attribute) and node.attr == "sleep")
        or (isinstance(node, ast.ImportFrom) and any(alias.name == "sleep" for alias in node.names))
    )


def test_nobody_sleeps():
    found = {str(path.relative_to(ROOT)): sleeps(path.read_text("utf-8")) for path in modules("harness", "tests")}
    assert {path: lines for path, lines in found.items() if lines} == {}


@pytest.mark.parametrize("source", ["import time\ntime.sleep(1)", "from asyncio import sleep", "x = asyncio.sleep"])
def test_a_sleep_is_seen(source):
    assert sleeps(source)


def test_the_licence_is_the_whole_apache_licence():
    text = (ROOT / "LICENSE").read_text("utf-8")
    assert "Apache License\n                           Version 2.0, January 2004" in text
    assert all(f"\n   {number}. " in text for number in range(1, 10))
    assert "END OF TERMS AND CONDITIONS" in text


def test_every_locked_package_has_a_hash_and_nothing_else_is_in_the_lock():
    lines = (ROOT / "requirements.lock").read_text("utf-8").splitlines()
    pins = [line for line in lines if re.match(r"[a-z0-9]", line)]
    assert len(pins) > 40
    for line in lines:
        assert re.fullmatch(
            r'|\s*#.*|[a-z0-9_.-]+==[^ ;]+( ; [a-z_]+ [<>=]+ "[^"]+")? \\|    --hash=sha256:[0-9a-f]{64}( \\)?', line
        ), line
    assert sum("--hash" in line for line in lines) > len(pins)
