"""One proof from the command line: choose scenarios, prove them, write the kill matrix, tell the result."""

from __future__ import annotations

import fnmatch
import json
import os
import sys
import time
from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path

from harness import feature_profiles
from harness.bdd.plugin import suts_of
from harness.bdd.story import Story, stories
from harness.cli_common import UNPROVEN
from harness.listing import files
from harness.proof import matrix
from harness.proof.mutant import StoryProof
from harness.proof.prove import prove as prove_all
from harness.proof.several import named
from harness.report.folder import PROOF, RunFolder
from harness.rpc.link import Instant
from harness.stopping import Stopping


def chosen(
    paths: tuple[str, ...], cases: tuple[str, ...], sample: int, profiles: tuple[str, ...] = ()
) -> list[Story]:
    """The stories to prove, every `sample`-th. Raises ValueError for a file that cannot be collected."""
    suts = suts_of(None)
    found = [story for file in files(paths) for story in stories(file) if (story.sut, story.version) in suts]
    named = [s for s in found if not cases or any(fnmatch.fnmatchcase(n, c) for n in (*s.cases, s.case) for c in cases)]
    sold = [s for s in named if feature_profiles.selected(profiles, s.version, s.file, s.needs, s.cases)]
    return sold[::sample]


def prove(selected: list[Story], jobs: int, format: str, reports: Path) -> int:
    """The exit code: 0 all proven, 1 a line that no mutant reddens, 3 stopped by hand, 5 nothing chosen.

    Stopped by hand it writes the matrix of what there is."""
    if not selected:
        print("nothing was selected; `ocpp-harness list` shows what there is", file=sys.stderr)
        return 5
    began = time.monotonic()
    told = _Told(len(selected), format)
    with Stopping(_say) as stopping:
        with suppress(KeyboardInterrupt):
            prove_all(selected, suts_of(None), jobs, told, stopping)
        stopping.hold()
        proofs = told.in_order(selected)
        stopped = stopping.asked and sum(not proof.interrupted for proof in proofs) < len(selected)
        if proofs:
            _write(proofs, len(selected), format, reports, time.monotonic() - began)
    if stopped:
        _say_stopped(proofs, len(selected))
    if not all(proof.proven or proof.interrupted for proof in proofs):
        return 1
    return UNPROVEN if stopped else 0


def _write(proofs: Sequence[StoryProof], selected: int, format: str, reports: Path, seconds: float) -> None:
    # `latest` goes on leading to a run, which `report` and `--rerun-failed` take up.
    folder = RunFolder.create(reports, PROOF, Instant(time.monotonic_ns(), time.time_ns()), latest=False)
    _, page = matrix.write(proofs, folder.path, selected)
    if format == "json":
        print(json.dumps(matrix.as_json(proofs, selected)))
    else:
        _summary(proofs, selected, seconds, page)


def _say(text: str) -> None:
    """Past the buffer, as befits a signal handler."""
    with suppress(OSError, ValueError, AttributeError):
        os.write(sys.stderr.fileno(), text.encode())


def _say_stopped(proofs: Sequence[StoryProof], selected: int) -> None:
    judged = [proof for proof in proofs if not proof.interrupted]
    print(f"stopped after {len(judged)} of {selected} scenarios", file=sys.stderr)
    for proof in proofs:
        if proof.interrupted:
            print(f"NOT JUDGED  {proof.id}  {proof.title}: it was running", file=sys.stderr)


class _Told:
    """Keeps what ends, says at once what could not be proven, and how far we are."""

    def __init__(self, total: int, format: str) -> None:
        self._total = total
        self._quiet = format == "json"
        self._proofs: list[StoryProof] = []

    def __call__(self, proof: StoryProof) -> None:
        self._proofs.append(proof)
        if proof.interrupted:
            return
        if not proof.proven:
            print(f"NOT PROVEN  {proof.id}  {proof.title}", file=sys.stderr)
            for text in matrix.shortcomings(proof):
                print(f"    {text}", file=sys.stderr)
        elif not self._quiet and sys.stdout.isatty():
            print(f"\r\x1b[2K{len(self._proofs)}/{self._total} {proof.id}", end="\r", flush=True)

    def in_order(self, stories: Sequence[Story]) -> list[StoryProof]:
        """As the scenarios were chosen, whatever ended first."""
        places = {named(story): place for place, story in enumerate(stories)}
        return sorted(self._proofs, key=lambda proof: places[proof.id, proof.title, proof.file])


def _summary(proofs: Sequence[StoryProof], selected: int, seconds: float, page: Path) -> None:
    counted = matrix.totals(proofs, selected)
    for name, count in counted.items():
        print(f"{count:>7}  {name}")
    mutants = sum(proof.mutant_seconds for proof in proofs)
    clean = sum(proof.clean_seconds for proof in proofs)
    if mutants and clean:
        rates = f"{counted['scenarios'] / clean:.0f} clean scenarios/s and {counted['mutants'] / mutants:.0f} mutants/s"
        print(f"{rates} in each process")
    print(f"{seconds:.1f} s in all; kill matrix: {page}")
    failed = counted["scenarios not proven"]
    print(f"{counted['scenarios'] - failed} passed, {failed} failed")
