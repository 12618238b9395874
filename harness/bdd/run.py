"""Running the lines of a story in a session: the one way, for pytest and for the proof alike."""

from __future__ import annotations

from harness import judge
from harness.attack import Allowance
from harness.bdd import acts
from harness.bdd.grammar import VOCABULARY
from harness.bdd.story import Line, Story
from harness.journal import FAULT, Note, Step
from harness.judge import clock
from harness.oracle.findings import Finding, summed
from harness.oracle.monitor import breaches
from harness.oracle.verdict import HarnessFault, Inconclusive, Nonconformance
from harness.report.results import BY_MONITOR
from harness.session import Session


def perform(session: Session, story: Story, line: Line) -> None:
    """Do one line. What it raises is its verdict (`harness.oracle.verdict`)."""
    definition, words = VOCABULARY.find(line.keyword, line.sentence)
    session.line = (line.number, line.sentence)
    session.requirements = story.requirements
    if "attack" in story.tags and session.allowance is None:
        session.allowance = Allowance(session.setting.attack)
        session.files.restrict(session.setting.attack.files)
    step = Step(f"{line.keyword} {line.sentence}", line.number, story.file.name)
    session.journal.append(0, step, session.carrier.now())
    given = {"table": line.table} if line.table else {}
    if line.text is not None and definition.text:
        given["text"] = line.text  # type: ignore[assignment]
    try:
        definition.function(session, **words, **given)
    except (Nonconformance, Inconclusive) as verdict:
        _blame(session, verdict)
        if session.certified and isinstance(verdict, Nonconformance):
            _mind_the_clock(session)
        raise


def _mind_the_clock(session: Session) -> None:
    """Before a failure about certificates stands: raises `Inconclusive` where the SUT's clock is to blame for it."""
    if clock.told(session) is None:
        acts.have_the_time_told(session)
    clock.on_time(session)


def _blame(session: Session, verdict: Exception | None = None) -> None:
    """Raises `HarnessFault` instead of any verdict on the SUT where our own side has failed meanwhile."""
    notes = (e.body for e in session.journal if isinstance(e.body, Note) and e.body.topic == FAULT)
    fault = next((note for note in notes if not note.data.get("raised")), None)
    if fault is not None:
        raise HarnessFault(f"our own side failed: {fault.text.strip().splitlines()[-1]}") from verdict


def conclude(session: Session, story: Story) -> list[Finding]:
    """After the last line: every finding of the monitor but those the scenario asked for.

    Raises `HarnessFault` where no line checked anything or our own side failed, `Inconclusive` where a refusal has no
    positive control."""
    if not session.checks:
        raise HarnessFault("no Then line of this scenario checked anything")
    _blame(session)
    judge.controlled(session)
    return found(session)


def found(session: Session) -> list[Finding]:
    """What the monitor has found in the scenario, but for what its lines asked for. To be asked once, at the end."""
    findings = session.monitor.finish(session.now)
    return summed(finding for finding in findings if not session.excused.intersection(finding.events))


def play(session: Session, story: Story) -> list[Finding]:
    """Every line, then the end: what the monitor found. What it raises is the verdict."""
    for line in story.lines:
        perform(session, story, line)
    return conclude(session, story)


def judge_whole(session: Session, story: Story) -> None:
    """The same, and what the monitor found counts too: nothing is raised where the SUT passed."""
    failure = failing(play(session, story))
    if failure is not None:
        raise failure


def failing(findings: list[Finding]) -> Nonconformance | None:
    """The monitor's SHALL findings as a failure of the SUT, or None."""
    bad = breaches(findings)
    if not bad:
        return None
    return Nonconformance(f"{BY_MONITOR}:\n" + "\n".join(map(str, bad)))


