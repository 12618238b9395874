"""The overhead per scenario in memory and virtual time; the practice opponent is counted in."""

from __future__ import annotations

import time

from bench.table import percentile, table
from harness import resources
from harness.bdd import run
from harness.bdd.plugin import suts_of
from harness.bdd.story import Story, stories
from harness.lab import Lab
from harness.oracle.verdict import Inconclusive, Nonconformance
from harness.sut import Sut


def played(story: Story, sut: Sut) -> float:
    """Seconds for one scenario against the practice opponent, its world included. Raises what the scenario raises."""
    began = time.perf_counter()
    lab = Lab(sut, fast=True)
    try:
        with lab.session(story.version) as session:
            run.play(session, story)
    finally:
        lab.close()
    return time.perf_counter() - began


def suite() -> list[Story]:
    """Every scenario that runs in memory."""
    suts = suts_of(None)
    files = sorted((resources.root() / "features").rglob("*.feature"))
    found = [story for file in files for story in stories(file)]
    return [s for s in found if (s.sut, s.version) in suts and not s.tags & {"sockets", "attack"}]


def main(quick: bool) -> None:
    chosen = suite()[:: 8 if quick else 1]
    suts = suts_of(None)
    times: list[float] = []
    unfit = 0
    for story in chosen:
        try:
            times.append(played(story, suts[story.sut, story.version]) * 1000)
        except (Inconclusive, Nonconformance):  # what the practice opponent is not made for says nothing about speed
            unfit += 1
    median = percentile(times, 0.5)
    goal = f"median < 10 ms: {'met' if median < 10 else 'MISSED'}"
    shown = [f"{percentile(times, part):.1f}" for part in (0.5, 0.95)]
    print(table(("scenarios", "not counted", "median ms", "p95 ms", "max ms", "goal"),
                [(len(times), unfit, *shown, f"{max(times):.1f}", goal)]))
