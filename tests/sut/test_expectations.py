"""Expected failures that nothing bears are told by `check`, and stop nothing."""

from __future__ import annotations

from pathlib import Path

from harness import resources
from harness.check import check, unknown_expectations

KNOWN = "TC_B_01_CS"
SLUG = "it-says-who-made-it"


def test_ids_that_no_scenario_bears_are_named(tmp_path: Path) -> None:
    reference = (resources.root() / "fixtures" / "suts" / "reference-station-16.toml").read_text("utf-8")
    file = tmp_path / "sut.toml"
    table = f'[expected_failures]\n{KNOWN} = "known"\n{SLUG} = "known"\nTC_B_0l_CS = "a slip"\n'
    file.write_text(f"{reference}\n{table}", "utf-8")
    assert check(file) == ()
    assert unknown_expectations(file) == ("TC_B_0l_CS",)
    file.write_text(reference, "utf-8")
    assert unknown_expectations(file) == ()
