"""The proof: each scenario clean on the reference, then once for every mutant of every ``Then`` line.

A mutant is killed when the line it was derived from fails with `Nonconformance`. Everything else is named
for what it is. Runs in memory and virtual time unless the scenario says @sockets; over sockets a busy machine can
make a short patience run out, so there a failure that took as long counts only if it comes again with a long one.
"""

from __future__ import annotations

import signal
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from fnmatch import fnmatchcase
from types import FrameType

from harness import profiles
from harness.applicability import obliging
from harness.bdd import run
from harness.bdd.story import Story
from harness.lab import Lab, Practice
from harness.oracle.checks import Check
from harness.oracle.verdict import HarnessFault, Inconclusive, Nonconformance
from harness.proof.clean import Clean, answers_of
from harness.proof.derive import derive
from harness.proof.equivalent import Declaration, declarations
from harness.proof.file_saboteur import FileSaboteur
from harness.proof.mutant import FINE, FetchToo, LineProof, Mutant, Outcome, Retime, Sabotage, StoryProof, Trial, Unseen
from harness.proof.numbering import Counted, numbered
from harness.proof.saboteur import Answers, Saboteur
from harness.proof.several import Told, alone, named, together
from harness.rpc.link import Endpoint
from harness.security.settings import Wear
from harness.security.wardrobe import Wardrobe
from harness.session import Session
from harness.stopping import Stopping
from harness.sut import Sut

PATIENCE = 60.0
"""Wall seconds that one run may take before it counts as hanging."""


def prove(
    stories: Sequence[Story], suts: dict[tuple[str, str], Sut], jobs: int = 1,
    told: Told = lambda proof: None, stopping: Stopping | None = None,
) -> tuple[StoryProof, ...]:
    """Prove every story against the built-in reference of its role and version; `told` hears of each as it ends.

    Raises KeyboardInterrupt where it was stopped by hand; `told` has heard of all that had begun then."""
    pairs = [(story, obliging(profiles.sut_of(story, suts), story.needs)) for story in stories]
    virtual = [pair for pair in pairs if "sockets" not in pair[0].tags]
    real = [pair for pair in pairs if "sockets" in pair[0].tags]
    found: list[StoryProof] = []

    def ended(proof: StoryProof) -> None:
        found.append(proof)
        told(proof)

    for some, at_once in ((virtual, jobs), (real, jobs * WAITERS if jobs > 1 else 1)):
        if at_once > 1 and len(some) > 1:
            together(some, at_once, prove_story, ended, stopping or Stopping(lambda text: None))
        else:
            alone(some, prove_story, ended)
    return tuple(found)


WAITERS = 10
"""Processes per core for scenarios over sockets: they mostly wait for deadlines."""
BRISK = {"answer": 1.0, "reconnect": 3.0, "boot": 5.0}
"""Timing over sockets (s): the reference answers at once on loopback; what never comes is not waited for for long."""
UNHURRIED = {"answer": 10.0, "reconnect": 15.0, "boot": 20.0}
"""And that of a second try, after one that failed for want of patience. What survives is never tried again."""
SHORTEST = min(BRISK.values())
"""Seconds in which no patience can run out."""


def _paced(story: Story, sut: Sut) -> tuple[Sut, ...]:
    """The SUT for each try that a run of the scenario has. In virtual time nothing comes out otherwise twice."""
    if "sockets" not in story.tags:
        return (sut,)
    return tuple(replace(sut, timing=sut.timing.model_copy(update=pace)) for pace in (BRISK, UNHURRIED))


def prove_story(story: Story, sut: Sut) -> StoryProof:
    """One scenario, clean and with all its mutants."""
    shown, paced = named(story), _paced(story, sut)
    began = time.monotonic()
    try:
        ground, hurried = _standing(story, paced)
    except Exception as error:
        return StoryProof(*shown, problem=f"the clean reference does not pass: {type(error).__name__}: {error}")
    clean_seconds = time.monotonic() - began
    trials: Sequence[Trial] = [_trial(story, ground, mutant) for mutant in ground.mutants]
    if len(paced) > 1 and any(_impatient(trial) for trial in trials):
        trials = _again(story, paced[-1], trials)
    proofs = tuple(_line_proofs(story, ground.checks, trials))
    return StoryProof(
        *shown,
        lines=proofs,
        problem=_problem(story, proofs, ground.known),
        clean_seconds=clean_seconds,
        mutant_seconds=time.monotonic() - began - clean_seconds,
        hurried=hurried,
    )


@dataclass(frozen=True, slots=True)
class _Ground:
    """A clean run and what follows from it: what the mutants are, and what they are tried with."""

    sut: Sut
    checks: Sequence[Check]
    mutants: Sequence[Mutant]
    answers: Answers
    known: Sequence[Declaration]
    wardrobe: Wardrobe | None


def _ground(story: Story, sut: Sut) -> _Ground:
    """Raises what keeps the clean reference from passing."""
    clean, checks, wardrobe = _clean(story, sut)
    mutants = tuple(mutant for check in checks for mutant in derive(check, clean))
    return _Ground(sut, checks, mutants, answers_of(clean), declarations(story.file), wardrobe)


def _standing(story: Story, paced: Sequence[Sut]) -> tuple[_Ground, str]:
    """The clean run, and why one before it failed that had less patience. Raises as `_ground`."""
    began = time.monotonic()
    try:
        return _ground(story, paced[0]), ""
    except (Inconclusive, Nonconformance) as failure:
        if len(paced) == 1 or not _long(began):
            raise
        hurried = f"{type(failure).__name__}: {failure}"
    return _ground(story, paced[-1]), hurried


def _long(began: float) -> bool:
    """Whether it has taken so long that patience can have run out: what fails sooner fails for another reason."""
    return time.monotonic() - began >= SHORTEST


def _impatient(trial: Trial) -> bool:
    return trial.long and trial.outcome not in FINE


def _again(story: Story, sut: Sut, trials: Sequence[Trial]) -> Sequence[Trial]:
    """What may have failed for want of patience is tried once more with that SUT's. Delays go by it too, so those
    mutants are derived anew; where that fails, or it cannot be told which is which, all stays as it was: failed."""
    try:
        ground = _ground(story, sut)
    except Exception:
        return trials
    if [_which(mutant) for mutant in ground.mutants] != [_which(trial.mutant) for trial in trials]:
        return trials
    return [
        replace(_trial(story, ground, mutant), hurried=f"{trial.outcome} at line {trial.where}: {trial.why}")
        if _impatient(trial) else trial
        for trial, mutant in zip(trials, ground.mutants, strict=True)
    ]


def _which(mutant: Mutant) -> tuple[int, str]:
    return mutant.line, mutant.kind


def mutants_of(story: Story, sut: Sut) -> dict[Check, tuple[Mutant, ...]]:
    """What would be tried at each check of the scenario; raises what keeps the clean reference from passing."""
    clean, checks, _ = _clean(story, sut)
    return {check: derive(check, clean) for check in checks}


def _clean(story: Story, sut: Sut) -> tuple[Clean, list[Check], Wardrobe | None]:
    watching, counted = _watching()
    with _limited(), _world(story, sut, watching) as (lab, session):
        run.judge_whole(session, story)
        selectors = numbered(session.transcript, counted())
        clean = Clean(session.transcript, session.setting, selectors, session.files.contents())
        return clean, list(session.checks), lab.wardrobe


def _line_proofs(story: Story, checks: Sequence[object], trials: Sequence[Trial]) -> Iterator[LineProof]:
    for line in story.lines:
        if line.judges:
            mine = tuple(trial for trial in trials if trial.mutant.line == line.number)
            yield LineProof(line.number, line.sentence, mine)


def _problem(story: Story, lines: tuple[LineProof, ...], known: Sequence[Declaration]) -> str:
    bare = [f"line {line.line} ({line.text})" for line in lines if not line.trials]
    numbers = {line.number for line in story.lines}
    kinds = {(trial.mutant.line, trial.mutant.kind) for line in lines for trial in line.trials}
    idle = [
        f"line {declared.line} ({declared.kind})"
        for declared in known
        if declared.line in numbers
        and not any(line == declared.line and fnmatchcase(kind, declared.kind) for line, kind in kinds)
    ]
    problems = ["no mutant can be derived for " + "; ".join(bare)] if bare else []
    problems += ["no such mutant, though declared equivalent: " + "; ".join(idle)] if idle else []
    return ". ".join(problems)


# ---- one mutant -------------------------------------------------------------------------------------


def _trial(story: Story, ground: _Ground, mutant: Mutant) -> Trial:
    practice = replace(_spoilt(mutant.sabotage, ground.answers), wardrobe=ground.wardrobe)
    trial = _attempt(story, ground.sut, mutant, practice)
    declared = next((d for d in ground.known if d.line == mutant.line and fnmatchcase(mutant.kind, d.kind)), None)
    if declared is None or trial.outcome is Outcome.BROKEN:
        return trial
    if trial.outcome is Outcome.KILLED:
        return replace(trial, outcome=Outcome.SURVIVED, why=f"declared equivalent ({declared.reason}), but it dies")
    return replace(trial, outcome=Outcome.EQUIVALENT, reason=declared.reason)


def _attempt(story: Story, sut: Sut, mutant: Mutant, practice: Practice) -> Trial:
    began, line = time.monotonic(), 0
    try:
        with _limited(), _world(story, sut, practice) as (lab, session):
            turning = _row_of(story, mutant.line)
            for step in story.lines:
                line = step.number
                if line == turning:
                    lab.turn()
                run.perform(session, story, step)
            failure = run.failing(run.conclude(session, story))
            if failure is not None:
                return Trial(mutant, Outcome.ELSEWHERE, 0, f"only the monitor noticed: {failure}")
    except Inconclusive as refusal:
        killed = mutant.unprovable and line == mutant.line
        outcome = Outcome.KILLED if killed else Outcome.BROKEN
        return Trial(mutant, outcome, line, f"Inconclusive: {refusal}", long=_long(began))
    except Nonconformance as failure:
        outcome = Outcome.KILLED if line == mutant.line else Outcome.ELSEWHERE
        return Trial(mutant, outcome, line, str(failure), long=_long(began))
    except Exception as error:
        return Trial(mutant, Outcome.BROKEN, line, f"{type(error).__name__}: {error}")
    return Trial(mutant, Outcome.SURVIVED)


LET_BE = Retime((), ())
"""A sabotage that spoils nothing."""


def _watching() -> tuple[Practice, Callable[[], Counted]]:
    """For the clean run: a reference that is let be and counted, and what has been counted so far."""
    watchers: list[Saboteur] = []

    def watched(endpoint: Endpoint) -> Endpoint:
        watchers.append(Saboteur(endpoint, LET_BE, {}))
        return watchers[-1]

    return Practice(wrap=watched), lambda: [frame for watcher in watchers for frame in tuple(watcher.counted)]


def _spoilt(sabotage: Sabotage, answers: Answers) -> Practice:
    """Other TLS is a matter of the shell; everything else the saboteur does."""
    if isinstance(sabotage, Wear):
        return Practice(wear=sabotage)
    if isinstance(sabotage, Unseen | FetchToo):
        return Practice(wrap=lambda endpoint: FileSaboteur(endpoint, sabotage))
    return Practice(wrap=lambda endpoint: Saboteur(endpoint, sabotage, answers))


def _row_of(story: Story, number: int) -> int:
    """The first of the acts that a ``Then`` line looks back on; the line itself where there is none."""
    before = [line for line in story.lines if line.number <= number]
    while len(before) > 1 and before[-1].judges:
        before.pop()
    while len(before) > 1 and not before[-2].judges:
        before.pop()
    return before[-1].number


@contextmanager
def _world(story: Story, sut: Sut, practice: Practice) -> Iterator[tuple[Lab, Session]]:
    lab = Lab(sut, fast="sockets" not in story.tags, practice=practice)
    try:
        with lab.session(story.version) as session:
            yield lab, session
    finally:
        lab.close()


@contextmanager
def _limited(seconds: float = PATIENCE) -> Iterator[None]:
    """A run that hangs is ended and named. Works on the main thread of a process, where the proof runs."""

    def ring(number: int, frame: FrameType | None) -> None:
        raise HarnessFault(f"hangs: no end after {seconds:g} s")

    before = signal.signal(signal.SIGALRM, ring)
    signal.setitimer(signal.ITIMER_REAL, seconds)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
        signal.signal(signal.SIGALRM, before)
