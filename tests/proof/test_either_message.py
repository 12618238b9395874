"""Where the specification leaves a station the message, both stations pass: J01.FR.22."""

from __future__ import annotations

import pytest

from harness.applicability import obliging
from harness.bdd.story import Story
from harness.listing import files
from harness.oracle.checks import CheckKind
from harness.proof.prove import mutants_of
from harness.proving import chosen
from harness.reference.station201.aligned import ClockAligned
from tests.proof.bench import sut_of

LINES = (CheckKind.SENDS, CheckKind.OCCURS)


SENTENCE = "sends MeterValues or TransactionEvent"


def choices() -> list[Story]:
    """Only files that hold the sentence are parsed: every worker does this before its first test."""
    holding = tuple(str(file) for file in files(()) if SENTENCE in file.read_text("utf-8"))
    return [story for story in chosen(holding, (), 1) if any(SENTENCE in line.sentence for line in story.lines)]


@pytest.mark.parametrize("story", choices(), ids=lambda story: story.id)
@pytest.mark.parametrize("message", ["TransactionEvent", "MeterValues"])
def test_readings_by_the_clock_may_come_in_either_message(
    message: str, story: Story, monkeypatch: pytest.MonkeyPatch
) -> None:
    if message == "MeterValues":
        monkeypatch.setattr(ClockAligned, "_send", lambda self, evse: self.meter_values(evse, "Sample.Clock"))
    mutants = mutants_of(story, obliging(sut_of(story), story.needs))
    checks = [check for check in mutants if check.kind in LINES and "MeterValues or" in check.text]
    assert {check.action or message for check in checks} == {message}
    for check in checks:
        assert {mutant.kind for mutant in mutants[check]} >= {"omit", "delay"}
