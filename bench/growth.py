"""How proving grows with the suite: a quarter, half, and all of it; time per scenario should stay the same."""

from __future__ import annotations

import time

from bench.overhead import suite
from bench.table import table
from harness.bdd.plugin import suts_of
from harness.proof.prove import prove


def main(quick: bool) -> None:
    """One process, so that the figures compare."""
    every = suite()
    base = every[:: 32 if quick else 8]
    rows: list[tuple[object, ...]] = []
    for times in (1, 2, 4):
        chosen = base if times == 1 else every[:: (32 if quick else 8) // times]
        began = time.monotonic()
        proofs = prove(chosen, suts_of(None), jobs=1)
        seconds = time.monotonic() - began
        mutants = sum(len(proof.trials) for proof in proofs)
        rows.append((f"{times}x", len(chosen), mutants, f"{seconds:.1f}", f"{1000 * seconds / max(mutants, 1):.1f}"))
    print(table(("size", "scenarios", "mutants", "s", "ms per mutant"), rows))
