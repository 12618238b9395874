"""Small features, proven in memory against the built-in references."""

from __future__ import annotations

import textwrap
from pathlib import Path

from harness import resources
from harness.bdd.story import Story, stories
from harness.proof.mutant import Outcome, StoryProof
from harness.proof.prove import prove_story
from harness.sut import Sut, load

_FILES = {
    ("station", "1.6"): "reference-station-16.toml",
    ("station", "2.0.1"): "reference-station-201.toml",
    ("csms", "1.6"): "reference-csms-16.toml",
    ("csms", "2.0.1"): "reference-csms-201.toml",
}
STATION = "@sut-station @v2.0.1"
CSMS = "@sut-csms @v2.0.1"


def sut_of(story: Story) -> Sut:
    return load(resources.root() / "fixtures" / "suts" / _FILES[story.sut, story.version])


def write(folder: Path, lines: str, tags: str = STATION, name: str = "tiny") -> Path:
    """A feature file with one scenario of these lines."""
    body = textwrap.indent(textwrap.dedent(lines).strip(), "    ")
    file = folder / f"{name}.feature"
    file.write_text(f"{tags}\nFeature: Tiny\n\n  Scenario: Tiny\n{body}\n", "utf-8")
    return file


def story_of(folder: Path, lines: str, tags: str = STATION, name: str = "tiny") -> Story:
    (story,) = stories(write(folder, lines, tags, name))
    return story


def proof_of(folder: Path, lines: str, tags: str = STATION, name: str = "tiny") -> StoryProof:
    story = story_of(folder, lines, tags, name)
    return prove_story(story, sut_of(story))


def kinds(proof: StoryProof, outcome: Outcome | None = None) -> set[str]:
    return {trial.mutant.kind for trial in proof.trials if outcome in (None, trial.outcome)}
