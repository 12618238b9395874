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
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec, ed25519, padding, rsa

from harness.report.evidence import verify as verify_journal
from harness.report.folder import RunFolder

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
    files = sorted(path for path in folder.path.rglob("*") if path.is_file() and _belongs(folder.path, path))
    names = {path.relative_to(folder.path).as_posix(): path for path in files}
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


def _belongs(root: Path, path: Path) -> bool:
    top = path.relative_to(root).parts[0]
    return top not in (PACK, "allure", "allure-report")


def sign(data: bytes, key: bytes, password: bytes | None = None) -> bytes:
    """A signature with the tester's key: Ed25519, ECDSA with SHA-256, or RSA-PSS with SHA-256. Raises PackError."""
    try:
        private = serialization.load_pem_private_key(key, password)
    except (ValueError, TypeError) as error:
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
    except ValueError as error:
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


def verify(path: Path, public_key: bytes | None = None) -> tuple[Flaw, ...]:
    """What is wrong with a pack, or with a run folder. Raises PackError, OSError."""
    if path.is_dir():
        return tuple(_folder_flaws(path))
    try:
        with zipfile.ZipFile(path) as pack:
            return tuple(_pack_flaws(pack, path, public_key))
    except zipfile.BadZipFile as error:
        raise PackError(f"{path} is no zip file: {error}") from error


def _pack_flaws(pack: zipfile.ZipFile, path: Path, public_key: bytes | None) -> Iterator[Flaw]:
    names = set(pack.namelist())
    if MANIFEST not in names:
        raise PackError(f"{path} has no {MANIFEST}: it is no evidence pack of this tool")
    text = pack.read(MANIFEST)
    if public_key is not None:
        if SIGNATURE not in names:
            yield Flaw(SIGNATURE, 0, "the pack is not signed")
        elif not _authentic(text, pack.read(SIGNATURE), public_key):
            yield Flaw(SIGNATURE, 0, "the signature is not that of this key over this manifest")
    listed = json.loads(text)["files"]
    for name in sorted(names - set(listed) - {MANIFEST, SIGNATURE}):
        yield Flaw(name, 0, "added: the manifest does not know it")
    for name, digest in sorted(listed.items()):
        if name not in names:
            yield Flaw(name, 0, "missing")
        elif hashlib.sha256(pack.read(name)).hexdigest() != digest:
            yield Flaw(name, 0, "changed")
            yield from _lines_of(pack, name)


def _lines_of(pack: zipfile.ZipFile, name: str) -> Iterator[Flaw]:
    """For a journal that changed: which line."""
    if not name.endswith(".jsonl"):
        return
    with tempfile.TemporaryDirectory() as scratch:
        copy = Path(scratch) / "journal.jsonl"
        copy.write_bytes(pack.read(name))
        yield from (Flaw(name, fault.line, fault.what) for fault in verify_journal(copy))


def _folder_flaws(path: Path) -> Iterator[Flaw]:
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
