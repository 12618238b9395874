"""A product may name certificates by SHA-256, SHA-384 or SHA-512 (HashAlgorithmEnumType); its SUT file says which."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
FEATURES = {
    "201": ("features/ocpp2/station/m_certificates",),
    "16": ("features/ocpp16/station/security/certificates.feature",),
}


@pytest.mark.parametrize("digest", ["SHA384", "SHA512"])
@pytest.mark.parametrize("version", FEATURES)
def test_certificates_are_named_as_the_product_does(version: str, digest: str, tmp_path: Path) -> None:
    told = (ROOT / "fixtures" / "suts" / f"reference-station-{version}.toml").read_text("utf-8")
    sut = tmp_path / "sut.toml"
    sut.write_text(told.replace("[tokens]", f'[tls]\nhash_algorithm = "{digest}"\n\n[tokens]', 1), "utf-8")
    command = [sys.executable, "-m", "harness", "run", "--sut", str(sut), "--fast", "--reports", str(tmp_path),
               *FEATURES[version]]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
    journals = "".join(path.read_text("utf-8") for path in (tmp_path / "latest" / "journals").iterdir())
    assert f'hashAlgorithm\\":\\"{digest}' in journals
