"""A finding about a URL tells of the secret in it, and not the secret."""

from __future__ import annotations

import pytest

from tests.oracle.bench import Record
from tests.oracle.stories_urls import update


@pytest.mark.parametrize("scheme", ["ftp", "http", "https", "ftps", "sftp"])
def test_a_secret_is_never_repeated(scheme: str) -> None:
    record = Record("2.0.1", "csms")
    record.opened()
    update(record, f"{scheme}://user:Sec-ret-1@files.example/x.bin")
    found = [finding for finding in record.findings() if finding.rule.id == "url-credentials"]
    assert [f"{scheme}://***@files.example" in finding.text for finding in found] == [True]
    assert not any("Sec-ret" in str(finding) or "user:" in str(finding) for finding in found)
    assert [("clear text" in finding.text) for finding in found] == [scheme in ("ftp", "http")]
