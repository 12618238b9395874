"""The evidence pack: one zip per run that a lab can keep, check and, with the tester's key, trust.

`manifest.json` lists every file with its SHA-256; the journals are hash-chained line by line besides. A signature
covers the manifest, and so everything.
"""

from __future__ import annotations

import hashlib
import json
import re
import shutil
import tempfile
import zipfile
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec, ed25519, padding, rsa

from harness import reading
from harness.report.evidence import verify as verify_journal
from harness.report.folder import RunFolder
from harness.unreadable import UNREADABLE

PACK = "evidence.zip"
MANIFEST = "manifest.json"
SIGNATURE = "manifest.sig"
KEPT_AT_LEAST = timedelta(days=180)
_STAMP = re.compile(r"(\d{8}T\d{6})Z-")


class PackError(ValueError):
    """The pack, the key or the folder cannot be used; the text says why and what to do."""


@dataclass(frozen=True, slots=True)
class Flaw:
    """Something in a pack that is not as it was left. `line` 0 concerns the file as a whole."""

    file: str
    line: int
    what: str

    def __str__(self) -> str:
        return f"{self.file}{f':{self.line}' if self.line else ''}: {self.what}"


# ---- making -----------------------------------------------------------------------------------------


def make(folder: RunFolder, key: bytes | None = None, password: bytes | None = None) -> Path:
    """Write evidence.zip into a run folder; `key` is the tester's private key in PEM. Raises PackError, OSError."""
    if not folder.run_json.is_file():
        raise PackError(f"{folder.path} is no run; `ocpp-harness evidence list` shows those there are")
    names = _files(folder.path)
    manifest = {
        "schema": "ocpp-harness evidence 1",
        "run": folder.path.name,
        "files": {name: hashlib.sha256(path.read_bytes()).hexdigest() for name, path in names.items()},
    }
    text = json.dumps(manifest, indent=1, sort_keys=True).encode()
    target = folder.path / PACK
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as pack:
        for name, path in names.items():
            pack.write(path, name)
        pack.writestr(MANIFEST, text)
        if key is not None:
            pack.writestr(SIGNATURE, sign(text, key, password))
    return target


def _files(root: Path) -> dict[str, Path]:
    """What belongs into the pack of a run folder, by its name there."""
    files = sorted(path for path in root.rglob("*") if path.is_file() and _belongs(root, path))
    return {path.relative_to(root).as_posix(): path for path in files}


def _belongs(root: Path, path: Path) -> bool:
    top = path.relative_to(root).parts[0]
    return top not in (PACK, "allure", "allure-report")


def sign(data: bytes, key: bytes, password: bytes | None = None) -> bytes:
    """A signature with the tester's key: Ed25519, ECDSA with SHA-256, or RSA-PSS with SHA-256. Raises PackError."""
    try:
        private = serialization.load_pem_private_key(key, password)
    except UNREADABLE as error:
        raise PackError(f"the signing key cannot be read: {error}") from error
    if isinstance(private, ed25519.Ed25519PrivateKey):
        return private.sign(data)
    if isinstance(private, ec.EllipticCurvePrivateKey):
        return private.sign(data, ec.ECDSA(hashes.SHA256()))
    if isinstance(private, rsa.RSAPrivateKey):
        return private.sign(data, _pss(), hashes.SHA256())
    raise PackError("the signing key is of no kind that signs here: use Ed25519, EC or RSA")


def _pss() -> padding.PSS:
    return padding.PSS(padding.MGF1(hashes.SHA256()), padding.PSS.MAX_LENGTH)


def _authentic(data: bytes, signature: bytes, key: bytes) -> bool:
    try:
        public = serialization.load_pem_public_key(key)
    except UNREADABLE as error:
        raise PackError(f"the public key cannot be read: {error}") from error
    try:
        if isinstance(public, ed25519.Ed25519PublicKey):
            public.verify(signature, data)
        elif isinstance(public, ec.EllipticCurvePublicKey):
            public.verify(signature, data, ec.ECDSA(hashes.SHA256()))
        elif isinstance(public, rsa.RSAPublicKey):
            public.verify(signature, data, _pss(), hashes.SHA256())
        else:
            raise PackError("the public key is of no kind that verifies here: use Ed25519, EC or RSA")
    except InvalidSignature:
        return False
    return True


# ---- verifying --------------------------------------------------------------------------------------


_DAMAGE = (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, RuntimeError)
"""What zipfile raises for bytes that are not those that were written."""
Listed = dict[str, str]
"""The SHA-256 of each file, as a manifest has it."""


def verify(path: Path, public_key: bytes | None = None) -> tuple[Flaw, ...]:
    """What is wrong with a pack, or with a run folder, which is compared with the pack in it.

    Raises PackError, OSError."""
    if path.is_dir():
        return tuple(_folder_flaws(path, public_key))
    with _opened(path) as pack:
        flaws, listed = _sealed(pack, path, public_key)
        return (*flaws, *_pack_flaws(pack, listed))


def signed(path: Path) -> bool:
    """Whether a pack, or the one in a run folder, has a signature; by whom is another question. Raises PackError,
    OSError."""
    target = path / PACK if path.is_dir() else path
    if not target.exists():
        return False
    with _opened(target) as pack:
        return SIGNATURE in pack.namelist()


def _opened(path: Path) -> zipfile.ZipFile:
    try:
        return zipfile.ZipFile(reading.regular(path))
    except _DAMAGE as error:
        raise PackError(f"{path} is no zip file: {error}") from error


def _sealed(pack: zipfile.ZipFile, path: Path, public_key: bytes | None) -> tuple[list[Flaw], Listed]:
    """What is wrong with manifest and signature, and the files that the manifest names."""
    names = pack.namelist()
    if MANIFEST not in names:
        raise PackError(f"{path} has no {MANIFEST}: it is no evidence pack of this tool")
    # Which of two is shown depends on who unpacks.
    flaws = [Flaw(name, 0, "there more than once") for name in sorted({n for n in names if names.count(n) > 1})]
    try:
        text = pack.read(MANIFEST)
        listed = {str(name): str(digest) for name, digest in json.loads(text)["files"].items()}
        signature = pack.read(SIGNATURE) if SIGNATURE in names else None
    except (*_DAMAGE, ValueError, KeyError, TypeError, AttributeError) as error:
        raise PackError(f"{path}: manifest or signature is damaged: {error}") from error
    if public_key is not None:
        if signature is None:
            flaws.append(Flaw(SIGNATURE, 0, "the pack is not signed"))
        elif not _authentic(text, signature, public_key):
            flaws.append(Flaw(SIGNATURE, 0, "the signature is not that of this key over this manifest"))
    return flaws, listed


def _pack_flaws(pack: zipfile.ZipFile, listed: Listed) -> Iterator[Flaw]:
    names = set(pack.namelist())
    for name in sorted(names - set(listed) - {MANIFEST, SIGNATURE}):
        yield Flaw(name, 0, "added: the manifest does not know it")
    for name, digest in sorted(listed.items()):
        try:
            data = pack.read(name) if name in names else None
        except _DAMAGE as error:
            yield Flaw(name, 0, f"damaged: {error}")
            continue
        if data is None:
            yield Flaw(name, 0, "missing")
        elif hashlib.sha256(data).hexdigest() != digest:
            yield Flaw(name, 0, "changed")
            yield from _lines_of(name, data)


def _lines_of(name: str, data: bytes) -> Iterator[Flaw]:
    """For a journal that changed: which line."""
    if not name.endswith(".jsonl"):
        return
    with tempfile.TemporaryDirectory() as scratch:
        copy = Path(scratch) / "journal.jsonl"
        copy.write_bytes(data)
        yield from (Flaw(name, fault.line, fault.what) for fault in verify_journal(copy))


def _folder_flaws(path: Path, public_key: bytes | None) -> Iterator[Flaw]:
    found = list(_journal_flaws(path))
    yield from found
    if not (path / PACK).exists():
        if public_key is not None:
            yield Flaw(PACK, 0, "missing: nothing here is signed")
        return
    with _opened(path / PACK) as pack:
        flaws, listed = _sealed(pack, path / PACK, public_key)
    yield from flaws
    there = {name: file for name, file in _files(path).items() if name not in {flaw.file for flaw in found}}
    for name in sorted(set(there) - set(listed)):
        yield Flaw(name, 0, f"added: {PACK} does not know it")
    for name, digest in sorted(listed.items()):
        if name in there and hashlib.sha256(there[name].read_bytes()).hexdigest() != digest:
            yield Flaw(name, 0, "changed")
        elif name not in there and not (path / name).exists() and name not in {flaw.file for flaw in found}:
            yield Flaw(name, 0, "missing")


def _journal_flaws(path: Path) -> Iterator[Flaw]:
    digests = _digests(path)
    journals = sorted((path / "journals").glob("*.jsonl"))
    if not journals and not digests:
        raise PackError(f"{path} is no run folder: it has no journals")
    for journal in journals:
        for fault in verify_journal(journal, digests.get(journal.name, "")):
            yield Flaw(f"journals/{journal.name}", fault.line, fault.what)
    for name in sorted(set(digests) - {journal.name for journal in journals}):
        yield Flaw(f"journals/{name}", 0, "missing")


def _digests(path: Path) -> dict[str, str]:
    """The digest that the verdicts state for each journal file."""
    try:
        results = json.loads((path / "verdicts.json").read_text("utf-8"))["results"]
    except (OSError, ValueError, KeyError):
        return {}
    return {Path(r["journal"]).name: r.get("journal_digest", "") for r in results if r.get("journal")}


# ---- keeping ----------------------------------------------------------------------------------------


def runs(reports: Path) -> list[tuple[Path, datetime]]:
    """The run folders, oldest first, with the time in their names."""
    found = []
    for path in reports.iterdir() if reports.is_dir() else ():
        stamp = _STAMP.match(path.name)
        if stamp and path.is_dir() and not path.is_symlink():
            found.append((path, datetime.strptime(stamp[1], "%Y%m%dT%H%M%S").replace(tzinfo=UTC)))
    return sorted(found, key=lambda run: run[1])


def prune(reports: Path, older_than: timedelta, now: datetime, force: bool) -> list[Path]:
    """Delete the runs older than that. Raises PackError for less than 180 days without `force`."""
    if older_than < KEPT_AT_LEAST and not force:
        raise PackError(f"evidence is kept for {KEPT_AT_LEAST.days} days at least; --force if you mean it")
    gone = [path for path, made in runs(reports) if now - made > older_than]
    for path in gone:
        shutil.rmtree(path)
    return gone
