"""Mutants of lines about file transfers and their statuses."""

from __future__ import annotations

import itertools
import json

from harness.oracle import statuses
from harness.oracle.checks import Check
from harness.proof.clean import Clean, Made
from harness.proof.edits import Put
from harness.proof.mutant import FetchToo, Inject, Spoil, Unseen
from harness.rpc.link import MILLISECOND


def downloads(check: Check, clean: Clean) -> Made:
    """The station goes on as if it had the file, and never fetched it."""
    content = clean.files.get(check.path) or next(iter(clean.files.values()), b"")
    yield "never fetched", Unseen(content), "the file is never fetched"


def uploads(check: Check, clean: Clean) -> Made:
    yield "never uploaded", Unseen(), "nothing is uploaded"
    yield "empty upload", Unseen(empties=True), "an empty file is uploaded"


def no_transfer(check: Check, clean: Clean) -> Made:
    middle = (check.since + check.until) // 2
    yield "fetch", FetchToo(check.path, middle), "the file is fetched after all"


def legal_order(check: Check, clean: Clean) -> Made:
    """Swapped, left out, told twice after the end, told under another number."""
    numbers = [number for number in check.claimed if number in clean.selectors]
    targets = [clean.selectors[number] for number in numbers]
    told = [statuses.status_of(clean.message(number)) for number in numbers]
    machine = statuses.by_action(check.action, bool(check.path))
    swaps = []
    for at, (first, second) in enumerate(itertools.pairwise(targets)):
        swapped = [*told[:at], told[at + 1], told[at], *told[at + 2 :]]
        if not machine.legal(swapped):
            swaps.append((first, second))
    for first, second in swaps[-2:]:  # the first ones are often named by lines of their own
        yield "swap", Spoil((first,), after=second), f"{first} after {second}"
    for at, target in enumerate(targets[:-1]):
        if not machine.legal(told[:at] + told[at + 1 :]):
            yield "skip", Spoil((target,), drop=True), f"{target} is never told"
    last = clean.message(numbers[-1])
    again = Inject(last.action, last.payload, behind=targets[-1], delay=100 * MILLISECOND)
    yield "terminal twice", again, "the terminal status is told twice"
    if check.path:
        yield "wrong requestId", Spoil((targets[-1],), edit=Put(check.path, json.dumps(987_654))), "another requestId"
