"""Whether a SUT file's declared features meet a scenario's needs."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from harness import resources
from harness.applicability import conditions, declares
from harness.bdd.story import stories
from harness.sut import Sut, load
from harness.sut.catalogue import features


@pytest.fixture
def sut(tmp_path: Path) -> Sut:
    """The practice CSMS, with features of every form declared."""
    text = (resources.root() / "fixtures" / "suts" / "reference-csms-201.toml").read_text("utf-8")
    begin, end = text.index("declared = ["), text.index("]", text.index("declared = ["))
    file = tmp_path / "sut.toml"
    declared = 'declared = ["Core", "C-50.2", "HFS-8 = 2", "ISO 15118 Support"'
    file.write_text(f"{text[:begin]}{declared}{text[end:]}", "utf-8")
    return load(file)


@pytest.mark.parametrize(
    "need", ["Core", "C-50.2", "not-C-50.1", "not-C-50", "HFS-8", "HFS-8>1", "HFS-8=2", "ISO 15118 Support",
                                  "C-99|not-C-50", "C-99|HFS-8>1",
                                  "Core&C-50.2", "Core&C-50|not-C-50&HFS-8>1"])
def test_met(sut: Sut, need: str) -> None:
    assert declares(sut, need)


@pytest.mark.parametrize("need", ["C-50", "C-50.1", "not-C-50.2", "not-Core", "HFS-8>2", "C-50.2>1", "HFS-8>",
                                  "", "C-50|not-Core", "Core&C-50", "Core&C-50|C-50.2&not-Core", "Core&"])
def test_not_met(sut: Sut, need: str) -> None:
    assert not declares(sut, need)


def test_what_scenarios_need_can_be_declared() -> None:
    """Else a scenario would be inapplicable for every product there is."""
    for file in sorted((resources.root() / "features").rglob("*.feature")):
        for story in stories(file):
            known = {*features((story.version,)), "ISO-3"}  # in a condition of Part 5, which defines it nowhere
            for need in (one for needed in story.needs for one in conditions(needed)):
                name = re.split(r"[<>=]", need.removeprefix("not-"))[0]
                assert name in known, f"{file.name}:{story.line}: @needs:{need}"
