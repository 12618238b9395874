"""docs/security-profiles.md tells of every security scenario, and every security case of the catalogue has one."""

from __future__ import annotations

import re

import pytest

from harness import catalogue
from tests.security.profiles_page import PAGE, page, security_stories

CASES_16 = re.compile(r"TC_0(7[3-9]|8[3-8])_")


def test_the_page_is_up_to_date() -> None:
    """`python -m tests.security.profiles_page` writes it anew."""
    text = PAGE.read_text("utf-8")
    assert text == page(text)


@pytest.mark.parametrize("version", ["1.6", "2.0.1"])
def test_every_security_case_of_the_catalogue_is_a_scenario(version: str) -> None:
    wanted = {id for id in catalogue.cases(version)
              if (CASES_16.match(id) if version == "1.6" else id.startswith(("TC_A_", "TC_M_")))}  # fmt: skip
    mine = {case for story in security_stories() if story.version == version for case in story.cases}
    elsewhere = {"TC_088_CSMS", "TC_079_CS", "TC_079_CSMS"} if version == "1.6" else set()
    assert wanted - mine - elsewhere == set()
    assert len(wanted) > 20
