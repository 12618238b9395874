"""[load]: the stations it names, and every fault with its place and its mend."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from harness.applicability import too_few
from harness.resources import root
from harness.sut import Problem, Sut, SutFileError, load

PATTERN = 'identities = "LOAD{number:03}"'
PASSWORD = 'password = "a-hundred-horse-batteries"'


def file(name: str = "reference-csms-201") -> str:
    return (root() / "fixtures" / "suts" / f"{name}.toml").read_text("utf-8")


def read(folder: Path, text: str) -> Sut:
    written = folder / "sut.toml"
    written.write_text(text, "utf-8")
    return load(written, environ={})


def problems(folder: Path, old: str, new: str) -> tuple[Problem, ...]:
    text = file()
    assert old in text
    with pytest.raises(SutFileError) as caught:
        read(folder, text.replace(old, new))
    return caught.value.problems


@pytest.mark.parametrize(("pattern", "first", "last"), [
    ("LOAD{number:03}", "LOAD001", "LOAD100"), ("a-{number}-b", "a-1-b", "a-100-b"), ("X{number:09}", "X000000001",
                                                                                      "X000000100")])
def test_the_stations_count_from_1(tmp_path: Path, pattern: str, first: str, last: str) -> None:
    sut = read(tmp_path, file().replace("LOAD{number:03}", pattern))
    assert sut.load is not None
    stations = sut.load.stations
    assert len(stations) == len(set(stations.values())) == 100
    assert stations["load station 1"] == (first, b"a-hundred-horse-batteries")
    assert stations["load station 100"] == (last, b"a-hundred-horse-batteries")


@pytest.mark.parametrize("pattern", ["LOAD", "LOAD{number}{number}", "LOAD{n}", "LOAD{number:3}", "{LOAD}{number}"])
def test_a_pattern_that_does_not_count_is_told(tmp_path: Path, pattern: str) -> None:
    (problem,) = problems(tmp_path, "LOAD{number:03}", pattern)
    assert problem.key == "load.identities"
    assert "once" in problem.what
    assert "CS{number:03}" in problem.mend


@pytest.mark.parametrize(("old", "new", "key", "what"), [
    (PASSWORD, "", "load.password", "needs a password"),
    (PATTERN, "", "load.identities", "missing"),
    (PATTERN, f"{PATTERN}\ncount = 0", "load.count", "greater than or equal to 1"),
    ("LOAD{number:03}", "LOAD:{number:03}", "load.identities", "no colon"),
    ("LOAD{number:03}", "L" * 46 + "{number}", "load.identities", "longer than 48"),
    ("LOAD{number:03}", "CS{number:03}", "load.identities", "'CS001' is a station of [connection]"),
    ('second_identity = "CS002"', 'second_identity = "LOAD007"', "load.identities", "'LOAD007' is a station of [conn"),
    ("security_profile = 1", "security_profile = 3", "load", "certificate of its own"),
])
def test_a_fault_is_named_with_its_place(tmp_path: Path, old: str, new: str, key: str, what: str) -> None:
    found = problems(tmp_path, old, new)
    assert any(problem.key == key and what in problem.what for problem in found)
    assert all(problem.mend for problem in found)


def test_a_station_under_test_has_no_use_for_it(tmp_path: Path) -> None:
    text = file("reference-station-201") + f"\n[load]\n{PATTERN}\n{PASSWORD}\n"
    with pytest.raises(SutFileError) as caught:
        read(tmp_path, text)
    assert [problem.key for problem in caught.value.problems] == ["load"]


def test_a_scenario_with_more_stations_than_the_file_names_does_not_apply(tmp_path: Path) -> None:
    sut = read(tmp_path, file())
    fewer = read(tmp_path, file().replace(PATTERN, f"{PATTERN}\ncount = 99"))
    tags = frozenset({"load:100", "long"})
    assert too_few(sut, tags) == ""
    assert "[load] in the SUT file names only 99" in too_few(fewer, tags)
    assert "[load] in the SUT file names none" in too_few(replace(sut, load=None), tags)
    assert too_few(replace(sut, load=None), frozenset({"long"})) == ""
