"""In a scenario tagged @attack our file servers hand out nothing too large, nothing too fast, and nothing for ever."""

from __future__ import annotations

import itertools
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from harness.bdd import run
from harness.bdd.plugin import suts_of
from harness.bdd.story import stories
from harness.journal import Direction, Stage
from harness.lab import Lab
from harness.oracle.verdict import Inconclusive
from harness.profiles import sut_of
from harness.rpc.link import SECOND, Fetch, Fetched, Store
from harness.transfer.control import Caps, Control
from tests.transfer.conftest import Bench
from tests.transfer.test_pace import DATA, PROTOCOLS, SIZE, Client, over

LITTLE = Caps(size=2_000_000, rate=2_000_000, time=1.0)


def test_without_caps_nothing_is_held_back(bench: Bench) -> None:
    bench.files.serve("new", {"length": "9000000 bytes too long"})


@pytest.mark.parametrize(
    ("rows", "reason"),
    [
        ({"length": "9000000 bytes too long"}, f"a file of {SIZE + 9_000_000} bytes, more than 2000000: file_size"),
        ({"rate": "1000 bytes/s"}, "with a slow file for 1311 s, more than 1: file_time"),
    ],
)
def test_what_is_beyond_is_not_even_offered(bench: Bench, rows: dict[str, str], reason: str) -> None:
    bench.files.restrict(LITTLE)
    with pytest.raises(Inconclusive, match=f"not tried, the scenario would .*{reason} under"):
        bench.files.serve("new", rows)
    assert not bench.files.knows("new")
    assert bench.shelf.peek("/firmware/new/update-2.0.0.bin") is None


def test_what_comes_from_the_second_fetch_on_counts_too(bench: Bench) -> None:
    bench.files.restrict(Caps(size=SIZE - 1))
    with pytest.raises(Inconclusive, match="file_size"):
        bench.files.serve("new", {"second fetch": "another"})


@pytest.mark.parametrize("protocol", PROTOCOLS)
def test_no_download_is_faster_than_allowed(bench: Bench, protocol: str) -> None:
    bench.files.restrict(LITTLE)
    bench.files.serve("new", {"protocol": protocol})
    fetched = Client(bench)(Fetch(1, bench.files.fact("new", "location"), 15 * SECOND))
    assert isinstance(fetched, Fetched)
    assert (fetched.problem, len(fetched.data)) == ("", SIZE)
    assert over(bench, Direction.OUT).duration >= 0.4 * SECOND


@pytest.mark.parametrize("protocol", PROTOCOLS)
def test_a_download_that_stalls_is_ended_by_us(bench: Bench, protocol: str) -> None:
    bench.files.restrict(LITTLE)
    bench.files.serve("new", {"protocol": protocol, "stalls": "after 200000 bytes"})
    fetched = Client(bench)(Fetch(1, bench.files.fact("new", "location"), 20 * SECOND))
    assert fetched.problem
    told = over(bench, Direction.OUT)  # and the servers stand: nobody but the hold has ended it
    assert told.stage is Stage.FAILED
    assert told.duration >= 0.9 * SECOND
    assert told.size <= 200_000


@pytest.mark.parametrize("protocol", PROTOCOLS)
def test_an_upload_that_stalls_is_ended_by_us(bench: Bench, protocol: str) -> None:
    bench.files.restrict(LITTLE)
    bench.files.receive("log", {"protocol": protocol, "stalls": "after 0 bytes"})
    stored = Client(bench)(Store(1, bench.files.fact("log", "location") + "x.log", DATA, 20 * SECOND))
    assert stored.problem
    assert over(bench, Direction.IN).stage is Stage.FAILED


@given(st.integers(0, 10**9), st.integers(0, 10**9), st.integers(1, 10**6), st.integers(1, 100))
def test_whatever_a_scenario_wants_the_pace_stays_within(rate: int, excess: int, most: int, seconds: int) -> None:
    caps = Caps(size=10**6, rate=most, time=seconds)
    paced = caps.paced(Control(rate=rate, excess=excess))
    assert 0 < paced.rate <= most
    assert paced.hold == seconds
    assert bool(caps.beyond(0, Control(excess=excess))) is (excess > 10**6)


FEATURE = """@sut-station @v2.0.1{tag}
Feature: f
  Scenario: s
    Given the file server will serve "giant" with
      | length | 99000000 bytes too long |
    When the CSMS sends GetVariables as "get"
    Then the station answers "get"
"""


@pytest.mark.parametrize(("tag", "beyond"), [("", False), (" @attack", True)])
def test_a_scenario_tagged_attack_is_capped_and_no_other(tag: str, beyond: bool, tmp_path: Path) -> None:
    file = tmp_path / "made.feature"
    file.write_text(FEATURE.format(tag=tag), "utf-8")
    (story,) = stories(file)
    lab = Lab(sut_of(story, suts_of(None)), fast=True)
    try:
        with lab.session("2.0.1") as session:
            for line in itertools.islice(story.lines, 1):
                if beyond:
                    with pytest.raises(Inconclusive, match="file_size under"):
                        run.perform(session, story, line)
                else:
                    run.perform(session, story, line)
    finally:
        lab.close()
