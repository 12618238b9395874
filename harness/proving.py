"""One proof from the command line: choose scenarios, prove them, write the kill matrix, tell the result."""

from __future__ import annotations

import fnmatch
import json
import sys
import time
from pathlib import Path

from harness import feature_profiles
from harness.bdd.plugin import suts_of
from harness.bdd.story import Story, stories
from harness.listing import files
from harness.proof import matrix
from harness.proof.mutant import StoryProof
from harness.proof.prove import prove as prove_all
from harness.report.folder import PROOF, RunFolder
from harness.rpc.link import Instant


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
    """The exit code: 0 all proven, 1 a line that no mutant reddens, 5 nothing chosen."""
    if not selected:
        print("nothing was selected; `ocpp-harness list` shows what there is", file=sys.stderr)
        return 5
    began = time.monotonic()
    told = _Told(len(selected), format)
    proofs = prove_all(selected, suts_of(None), jobs, told)
    # `latest` goes on leading to a run, which `report` and `--rerun-failed` take up.
    folder = RunFolder.create(reports, PROOF, Instant(time.monotonic_ns(), time.time_ns()), latest=False)
    _, page = matrix.write(proofs, folder.path)
    if format == "json":
        print(json.dumps(matrix.as_json(proofs)))
    else:
        _summary(proofs, time.monotonic() - began, page)
    return 0 if all(proof.proven for proof in proofs) else 1


class _Told:
    """Says at once what could not be proven, and how far we are."""

    def __init__(self, total: int, format: str) -> None:
        self._total = total
        self._quiet = format == "json"
        self._done = 0

    def __call__(self, proof: StoryProof) -> None:
        self._done += 1
        if not proof.proven:
            print(f"NOT PROVEN  {proof.id}  {proof.title}", file=sys.stderr)
            for text in matrix.shortcomings(proof):
                print(f"    {text}", file=sys.stderr)
        elif not self._quiet and sys.stdout.isatty():
            print(f"\r\x1b[2K{self._done}/{self._total} {proof.id}", end="\r", flush=True)


def _summary(proofs: tuple[StoryProof, ...], seconds: float, page: Path) -> None:
    counted = matrix.totals(proofs)
    for name, count in counted.items():
        print(f"{count:>7}  {name}")
    mutants = sum(proof.mutant_seconds for proof in proofs)
    clean = sum(proof.clean_seconds for proof in proofs)
    if mutants and clean:
        rates = f"{len(proofs) / clean:.0f} clean scenarios/s and {counted['mutants'] / mutants:.0f} mutants/s"
        print(f"{rates} in each process")
    print(f"{seconds:.1f} s in all; kill matrix: {page}")
    failed = counted["scenarios not proven"]
    print(f"{len(proofs) - failed} passed, {failed} failed")
