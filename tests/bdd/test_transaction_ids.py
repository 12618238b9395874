"""The transactionId of our own 2.x station: a real CSMS remembers it beyond the scenario."""

from __future__ import annotations

from contextlib import closing
from pathlib import Path

from harness import resources
from harness.lab import Lab
from harness.sut import Sut, load


def _sut(tmp_path: Path, default: str) -> Sut:
    text = (resources.root() / "fixtures" / "suts" / "reference-csms-201.toml").read_text("utf-8")
    file = tmp_path / f"{default}.toml"
    file.write_text(text.replace('default = "reference"', f'default = "{default}"'), "utf-8")
    return load(file)


def _ids(sut: Sut, fast: bool) -> list[object]:
    found = []
    with closing(Lab(sut, fast)) as lab:
        for _ in range(2):
            with lab.session("2.0.1") as session:
                found.append(session.setting.facts.texts["transaction"])
    return found


def test_a_real_csms_never_hears_an_id_twice(tmp_path: Path) -> None:
    first, second = _ids(_sut(tmp_path, "manual"), fast=False)
    assert first != second
    assert all(0 < len(str(each)) <= 36 for each in (first, second))


def test_runs_against_the_practice_csms_are_alike(tmp_path: Path) -> None:
    first, second = _ids(_sut(tmp_path, "reference"), fast=True)
    assert first == second
