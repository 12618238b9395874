"""The evidence pack finds every change to it, and old runs go only when they may."""

from __future__ import annotations

import contextlib
import json
import zipfile
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import ec, ed25519, rsa
from typer.testing import CliRunner

from harness.cli import app
from harness.journal import Direction, Event, Text
from harness.oracle.verdict import Verdict
from harness.report import pack
from harness.report.evidence import Header, JournalFile
from harness.report.folder import RunFacts, RunFolder
from harness.report.masking import Masks
from harness.report.results import ScenarioResult
from harness.report.writers import write_all
from harness.rpc.link import Instant

STARTED = Instant(0, 1_795_222_743_000_000_000)
KEYS: dict[str, Callable[[], ed25519.Ed25519PrivateKey | ec.EllipticCurvePrivateKey | rsa.RSAPrivateKey]] = {
    "ed25519": ed25519.Ed25519PrivateKey.generate,
    "ec": lambda: ec.generate_private_key(ec.SECP256R1()),
    "rsa": lambda: rsa.generate_private_key(65537, 2048),
}


@pytest.fixture
def folder(tmp_path: Path) -> RunFolder:
    made = RunFolder.create(tmp_path / "reports", "charger", STARTED)
    made.write_run(RunFacts(STARTED, "0.1", "charger"), Masks())
    journal = JournalFile(made.journal("visit"), Masks(), Header("visit"))
    for number in range(3):
        text = Text(Direction.IN, f'[2,"{number}","Heartbeat",{{}}]')
        journal([Event(number, Instant(number, STARTED.wall), 1, text)])
    digest = journal.close()
    result = ScenarioResult("visit", "A visit", "Books", "station", "2.0.1", Verdict.PASSED,
                            journal="journals/visit.jsonl", journal_digest=digest)
    write_all(made, [result], Masks(), STARTED)
    (made.path / "index.html").write_text("page")
    pack.make(made)
    return made


def rewritten(path: Path, change: Callable[[dict[str, bytes]], None]) -> Path:
    """A copy of a pack with its files changed."""
    with zipfile.ZipFile(path) as old:
        files = {name: old.read(name) for name in old.namelist()}
    change(files)
    target = path.with_name("changed.zip")
    with zipfile.ZipFile(target, "w") as new:
        for name, data in files.items():
            new.writestr(name, data)
    return target


def test_an_untouched_pack_has_no_flaw(folder: RunFolder) -> None:
    assert pack.verify(folder.path / pack.PACK) == ()
    assert pack.verify(folder.path) == ()


def test_it_holds_what_a_lab_needs(folder: RunFolder) -> None:
    with zipfile.ZipFile(folder.path / pack.PACK) as made:
        assert {"run.json", "verdicts.json", "junit.xml", "index.html", "journals/visit.jsonl",
                "manifest.json"} <= set(made.namelist())


def _lines(files: dict[str, bytes]) -> list[bytes]:
    return files["journals/visit.jsonl"].splitlines(keepends=True)


def change_line(files: dict[str, bytes]) -> None:
    files["journals/visit.jsonl"] = files["journals/visit.jsonl"].replace(b'\\"1\\"', b'\\"7\\"')


def swap_lines(files: dict[str, bytes]) -> None:
    lines = _lines(files)
    lines[1], lines[2] = lines[2], lines[1]
    files["journals/visit.jsonl"] = b"".join(lines)


def drop_line(files: dict[str, bytes]) -> None:
    files["journals/visit.jsonl"] = b"".join(_lines(files)[:2] + _lines(files)[3:])


def drop_file(files: dict[str, bytes]) -> None:
    del files["journals/visit.jsonl"]


def add_file(files: dict[str, bytes]) -> None:
    files["journals/other.jsonl"] = b"{}"


def change_verdict(files: dict[str, bytes]) -> None:
    files["verdicts.json"] = files["verdicts.json"].replace(b"passed", b"failed")


@pytest.mark.parametrize(("change", "flaw"), [
    (change_line, "journals/visit.jsonl:4"), (swap_lines, "journals/visit.jsonl:2"),
    (drop_line, "journals/visit.jsonl:3"), (drop_file, "journals/visit.jsonl: missing"),
    (add_file, "journals/other.jsonl: added"),
    (change_verdict, "verdicts.json: changed"),
], ids=lambda value: getattr(value, "__name__", ""))
def test_every_change_is_found(folder: RunFolder, change: Callable[[dict[str, bytes]], None], flaw: str) -> None:
    found = [str(flaw) for flaw in pack.verify(rewritten(folder.path / pack.PACK, change))]
    assert any(text.startswith(flaw) for text in found), found


def test_a_changed_line_in_a_folder_is_found(folder: RunFolder) -> None:
    journal = folder.journals / "visit.jsonl"
    journal.write_bytes(journal.read_bytes().replace(b'\\"1\\"', b'\\"7\\"'))
    assert {flaw.line for flaw in pack.verify(folder.path)} == {4}
    journal.unlink()
    assert [str(flaw) for flaw in pack.verify(folder.path)] == ["journals/visit.jsonl: missing"]


@pytest.mark.parametrize("kind", KEYS)
def test_a_signature_is_of_this_key_over_this_manifest(folder: RunFolder, kind: str) -> None:
    private, stranger = KEYS[kind](), KEYS[kind]()
    encoding, plain = serialization.Encoding.PEM, serialization.NoEncryption()
    key = private.private_bytes(encoding, serialization.PrivateFormat.PKCS8, plain)
    public, other = (k.public_key().public_bytes(encoding, serialization.PublicFormat.SubjectPublicKeyInfo)
                     for k in (private, stranger))
    target = folder.path / pack.PACK
    assert [flaw.what for flaw in pack.verify(target, public)] == ["the pack is not signed"]
    pack.make(folder, key)
    assert pack.verify(target, public) == ()
    assert [flaw.file for flaw in pack.verify(target, other)] == ["manifest.sig"]

    def forge(files: dict[str, bytes]) -> None:
        change_verdict(files)
        manifest = json.loads(files["manifest.json"])
        manifest["files"]["verdicts.json"] = pack.hashlib.sha256(files["verdicts.json"]).hexdigest()
        files["manifest.json"] = json.dumps(manifest, indent=1, sort_keys=True).encode()

    assert [flaw.file for flaw in pack.verify(rewritten(target, forge), public)] == ["manifest.sig"]
    with zipfile.ZipFile(target) as made:
        assert key not in b"".join(made.read(name) for name in made.namelist())


def test_what_is_no_pack_is_said(tmp_path: Path) -> None:
    (tmp_path / "x.zip").write_text("no zip")
    with pytest.raises(pack.PackError, match="no zip"):
        pack.verify(tmp_path / "x.zip")
    with pytest.raises(pack.PackError, match="no run folder"):
        pack.verify(tmp_path)
    with pytest.raises(pack.PackError, match="cannot be read"):
        pack.sign(b"", b"no key")


def test_prune_keeps_half_a_year_unless_forced(folder: RunFolder) -> None:
    reports = folder.path.parent
    later = datetime(2026, 11, 21, tzinfo=UTC) + timedelta(days=200)
    with pytest.raises(pack.PackError, match="--force"):
        pack.prune(reports, timedelta(days=179), later, force=False)
    assert pack.prune(reports, timedelta(days=201), later, force=False) == []
    (reports / "not-a-run").mkdir()
    assert pack.prune(reports, timedelta(days=180), later, force=False) == [folder.path]
    assert not folder.path.exists()
    assert (reports / "not-a-run").is_dir()


@pytest.mark.parametrize("at", range(0, 700, 7))
def test_a_damaged_pack_is_told_and_never_a_fault_of_ours(folder: RunFolder, at: int) -> None:
    whole = bytearray((folder.path / pack.PACK).read_bytes())
    whole[at] ^= 0x10
    (folder.path / "damaged.zip").write_bytes(whole)
    with zipfile.ZipFile(folder.path / pack.PACK) as intact:
        manifest = intact.getinfo(pack.MANIFEST)
    assert at < manifest.header_offset
    with contextlib.suppress(pack.PackError):
        for flaw in pack.verify(folder.path / "damaged.zip"):
            assert flaw.what.startswith(("damaged: ", "changed", "added", "missing"))


def test_a_byte_changed_within_a_file_of_the_pack_is_a_flaw_of_that_file(folder: RunFolder) -> None:
    with zipfile.ZipFile(folder.path / pack.PACK) as intact:
        entry = intact.getinfo("verdicts.json")
    whole = bytearray((folder.path / pack.PACK).read_bytes())
    whole[entry.header_offset + 30 + len(entry.filename) + entry.compress_size // 2] ^= 1
    (folder.path / pack.PACK).write_bytes(whole)
    assert [flaw.file for flaw in pack.verify(folder.path / pack.PACK)] == ["verdicts.json"]


@pytest.mark.filterwarnings("ignore:Duplicate name")
def test_a_second_file_of_one_name_is_a_flaw(folder: RunFolder) -> None:
    with zipfile.ZipFile(folder.path / pack.PACK, "a") as made:
        made.writestr("verdicts.json", made.read("verdicts.json"))
    assert [str(flaw) for flaw in pack.verify(folder.path / pack.PACK)] == ["verdicts.json: there more than once"]


def test_a_folder_is_compared_with_the_pack_in_it_and_its_signature(folder: RunFolder, tmp_path: Path) -> None:
    private = ed25519.Ed25519PrivateKey.generate()
    public = private.public_key().public_bytes(
        serialization.Encoding.PEM, serialization.PublicFormat.SubjectPublicKeyInfo)
    assert [str(flaw) for flaw in pack.verify(folder.path, public)] == ["manifest.sig: the pack is not signed"]
    (folder.path / "index.html").write_text("nicer")
    (folder.path / "note.txt").write_text("mine")
    folder.verdicts_csv.unlink()
    assert [str(flaw) for flaw in pack.verify(folder.path)] == [
        "note.txt: added: evidence.zip does not know it", "index.html: changed", "verdicts.csv: missing"]
    (folder.path / pack.PACK).unlink()
    assert [str(flaw) for flaw in pack.verify(folder.path, public)] == ["evidence.zip: missing: nothing here is signed"]


# ---- the commands -----------------------------------------------------------------------------------


def ran(*arguments: object) -> tuple[int, str]:
    done = CliRunner().invoke(app, ["evidence", *map(str, arguments)])
    return done.exit_code, done.output


def test_verify_sign_list_prune(folder: RunFolder, tmp_path: Path) -> None:
    reports = folder.path.parent
    key, public, word = tmp_path / "key.pem", tmp_path / "public.pem", tmp_path / "word"
    word.write_text("correct horse\n")
    private = ed25519.Ed25519PrivateKey.generate()
    encoding, locked = serialization.Encoding.PEM, serialization.BestAvailableEncryption(b"correct horse")
    key.write_bytes(private.private_bytes(encoding, serialization.PrivateFormat.PKCS8, locked))
    public.write_bytes(private.public_key().public_bytes(encoding, serialization.PublicFormat.SubjectPublicKeyInfo))
    assert ran("sign", folder.path, "--key", key)[0] == 2
    assert ran("sign", folder.path, "--key", key, "--password-file", word)[0] == 0
    assert ran("verify", folder.path / pack.PACK, "--public-key", public) == (
        0, f"{folder.path / pack.PACK}: as it was left, signed by this key\n")
    assert ran("verify", folder.path.name, "--public-key", public, "--reports", reports)[0] == 0
    assert "signed; --public-key PEM checks by whom" in ran("verify", folder.path)[1]
    code, output = ran("verify", rewritten(folder.path / pack.PACK, drop_line), "--public-key", public)
    assert code == 1
    assert "journals/visit.jsonl:4" in output
    assert ran("verify", tmp_path / "none.zip")[0] == 2
    assert folder.path.name in ran("list", "--reports", reports)[1]
    assert ran("prune", "--older-than", 10, "--reports", reports)[0] == 2
    assert folder.path.exists()


def test_what_is_no_run_gets_no_pack_and_what_cannot_be_read_is_named(folder: RunFolder, tmp_path: Path) -> None:
    key = tmp_path / "key.pem"
    key.write_text("no key")
    (tmp_path / "other").mkdir()
    code, output = ran("sign", tmp_path / "other", "--key", key)
    assert (code, "is no run; `ocpp-harness evidence list`" in output) == (2, True)
    assert list((tmp_path / "other").iterdir()) == []
    none = tmp_path / "none"
    assert ran("sign", folder.path, "--key", none) == (2, f"{none}: No such file or directory\n")
    assert ran("prune", "--older-than", 10**20, "--reports", tmp_path)[0] == 2
    assert "no runs here" in ran("list", "--reports", tmp_path / "other")[1]
