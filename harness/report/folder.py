"""The folder of one run: where evidence and verdicts go. Never overwritten.

    reports/20261121T005903Z-my-charger/
      run.json  sut.toml  journals/<scenario>.jsonl  allure/  junit.xml  verdicts.json  verdicts.csv
    reports/latest -> the newest
"""

from __future__ import annotations

import hashlib
import json
import os
import platform
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from importlib import metadata
from pathlib import Path
from typing import Any

from harness.report.evidence import rfc3339
from harness.report.masking import Masks
from harness.report.structure import MASK
from harness.rpc.link import Instant

PROOF = "proof"
"""What the folder of `ocpp-harness prove` is called after its time."""
_SECRET_LINE = re.compile(
    r'(?im)^(\s*"?[\w.\-"]*(?:passw|passphrase|secret|private_?key|authorization)[\w.\-"]*\s*=\s*)'
    r'("""[\s\S]*?"""|\'\'\'[\s\S]*?\'\'\'|"(?:[^"\\\n]|\\.)*"|\'[^\'\n]*\'|[^\s#]+)'
)


def slug(text: str, longest: int = 100) -> str:
    """`text` as a file name: small ASCII letters, digits, hyphens. Different texts give different names."""
    plain = re.sub(r"[^a-z0-9]+", "-", text.lower()).strip("-")
    if plain == text and len(plain) <= longest:
        return plain
    mark = hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()[:8]
    return "-".join(filter(None, (plain[:longest - 9].strip("-"), mark)))


def _readable(text: str) -> str:
    return re.sub(r"[^a-z0-9.]+", "-", text.lower()).strip("-.")[:60].strip("-.") or "sut"


def libraries() -> list[str]:
    """All that the harness depends on, as its package says; `ocpp` carries the schemas."""
    try:
        required = metadata.requires("ocpp-harness") or []
    except metadata.PackageNotFoundError:
        return []
    return [re.split(r"[^\w.-]", one)[0].lower() for one in required if "extra ==" not in one]


def library_versions(names: Iterable[str]) -> dict[str, str]:
    """The installed version of each library, "not installed" where it is not."""
    def version(name: str) -> str:
        try:
            return metadata.version(name)
        except metadata.PackageNotFoundError:
            return "not installed"

    return {name: version(name) for name in names}


def masked_sut_file(text: str, masks: Masks) -> str:
    """A SUT file (TOML) without its secrets: declared ones, and whatever a key calls a password, secret or key."""
    return masks.text(_SECRET_LINE.sub(rf'\1"{MASK}"', text))


@dataclass(frozen=True, slots=True)
class RunFacts:
    """What the reader of a report must know of the run. `editions`: specification name to edition and errata.

    `sut_sha256` is the hash of the SUT file as it is on disk, before masking."""

    started: Instant
    harness: str
    sut_name: str
    sut_file: str = ""
    sut_sha256: str = ""
    editions: Mapping[str, str] = field(default_factory=dict)
    arguments: tuple[str, ...] = ()
    more: Mapping[str, object] = field(default_factory=dict)

    def to_json(self) -> dict[str, Any]:
        return {
            "schema": "ocpp-harness run 1",
            "started": rfc3339(self.started.wall),
            "harness": self.harness,
            "python": platform.python_version(),
            "platform": platform.platform(),
            "libraries": library_versions(libraries()),
            "sut": {"name": self.sut_name, "file": self.sut_file, "sha256": self.sut_sha256},
            "editions": dict(self.editions),
            "arguments": list(self.arguments),
            **self.more,
        }


def sha256_of(path: Path) -> str:
    """The SHA-256 of a file, in hex. Raises OSError."""
    return hashlib.sha256(path.read_bytes()).hexdigest()


@dataclass(frozen=True, slots=True)
class RunFolder:
    """The paths of one run's folder. `create` makes a new one; workers and readers open one by its path."""

    path: Path

    @classmethod
    def create(cls, reports: Path, sut_name: str, started: Instant, latest: bool = True) -> RunFolder:
        """Make `reports`/<UTC time>-<SUT name>, with a number where that is taken; `latest` leads to it if wanted.

        Raises OSError."""
        stamp = re.sub(r"[-:]", "", rfc3339(started.wall)[:19]) + "Z"
        base = f"{stamp}-{_readable(sut_name)}"
        reports.mkdir(parents=True, exist_ok=True)
        number = 1
        while True:
            path = reports / (base if number == 1 else f"{base}-{number}")
            try:
                path.mkdir()
                break
            except FileExistsError:
                number += 1
        folder = cls(path)
        folder.journals.mkdir()
        folder.allure.mkdir()
        if latest:
            folder.lead()
        return folder

    def lead(self) -> None:
        """Let `latest` lead here. Raises OSError."""
        _point(self.path.parent, self.path.name)

    @property
    def journals(self) -> Path:
        return self.path / "journals"

    @property
    def allure(self) -> Path:
        return self.path / "allure"

    @property
    def junit(self) -> Path:
        return self.path / "junit.xml"

    @property
    def verdicts_json(self) -> Path:
        return self.path / "verdicts.json"

    @property
    def verdicts_csv(self) -> Path:
        return self.path / "verdicts.csv"

    @property
    def run_json(self) -> Path:
        return self.path / "run.json"

    def journal(self, scenario: str, attempt: int = 1) -> Path:
        """Where the journal of an attempt goes: each attempt has its own file."""
        return self.journals / (slug(scenario) + (f".attempt-{attempt}" if attempt > 1 else "") + ".jsonl")

    def write_run(self, facts: RunFacts, masks: Masks, sut_text: str | None = None) -> None:
        """Write run.json and, if given, the masked copy of the SUT file. Raises OSError."""
        exact = facts.to_json()
        # Not masked: numbers and hashes in which a short token may occur by chance.
        kept = {name: exact[name] for name in ("schema", "started", "python", "libraries")}
        document = masks.value(exact) | kept
        document["sut"]["sha256"] = facts.sut_sha256
        text = json.dumps(document, indent=2, default=str)
        self.run_json.write_text(text + "\n", encoding="utf-8")
        if sut_text is not None:
            (self.path / "sut.toml").write_text(masked_sut_file(sut_text, masks), encoding="utf-8")

    def add_to_run(self, more: Mapping[str, object]) -> None:
        """Put facts into run.json that are known only after the run. Raises OSError."""
        document = json.loads(self.run_json.read_text("utf-8")) | dict(more)
        self.run_json.write_text(json.dumps(document, indent=2, default=str) + "\n", encoding="utf-8")


def _point(reports: Path, name: str) -> None:
    """Let `latest` lead to the newest run: a symbolic link, or a file with the name where there are no links."""
    link, fresh = reports / "latest", reports / f".latest-{name}"
    if link.is_symlink() or not link.exists():
        try:
            os.symlink(name, fresh, target_is_directory=True)
            os.replace(fresh, link)
            return
        except OSError:
            fresh.unlink(missing_ok=True)
    (reports / "latest.txt").write_text(name + "\n", encoding="utf-8")
