"""Mutants of a line about a composite schedule: a limit, a moment or a whole period of it is wrong."""

from __future__ import annotations

import copy
import json
from collections.abc import Iterator
from typing import Any

from harness.facts import rfc3339
from harness.oracle import paths
from harness.oracle.checks import Check
from harness.oracle.moments import moment
from harness.proof.clean import Clean, Made
from harness.proof.edits import Put, Remove
from harness.proof.mutant import Spoil
from harness.rpc.link import SECOND

_SHIFT = 5


def composite_schedule(check: Check, clean: Clean) -> Made:
    """Each judged period a little too high, too low, too late, too early or missing; the whole without a schedule,
    in the other unit, or from another moment on."""
    answer = clean.message(check.claimed[0])
    target = clean.selectors[answer.number]
    whole = check.path.partition(".")[0]
    for word, edit in (*_periods(check, answer.payload), *_whole(whole, answer.payload)):
        yield word, Spoil((target,), edit=edit), f"{target}, {check.path}: {word}"


def _periods(check: Check, payload: Any) -> Iterator[tuple[str, Put]]:
    listed: list[dict[str, Any]] = paths.values(payload, check.path)[0]
    for index in check.elements:
        period = listed[index]
        before = listed[index - 1] if index else None
        changes: dict[str, dict[str, Any] | None] = {
            "limit higher": {"limit": period["limit"] * 1.2 + 1},
            "limit lower": {"limit": period["limit"] * 0.8},
            "period missing": None,
        }
        if before is not None and index - 1 in check.elements and before["limit"] != period["limit"]:
            changes["period later"] = {"startPeriod": period["startPeriod"] + _SHIFT}
            changes["period earlier"] = {"startPeriod": period["startPeriod"] - _SHIFT}
        for word, change in changes.items():
            spoilt = copy.deepcopy(listed)
            if change is None:
                del spoilt[index]
            else:
                spoilt[index] |= change
            yield f"[{index}] {word}", Put(check.path, json.dumps(spoilt))


def _whole(whole: str, payload: Any) -> Iterator[tuple[str, Put | Remove]]:
    yield "no schedule", Remove(whole)
    yield "shorter", Put(f"{whole}.duration", "1")
    unit = paths.values(payload, f"{whole}.chargingRateUnit")
    if unit:
        yield "other unit", Put(f"{whole}.chargingRateUnit", json.dumps("W" if unit[0] == "A" else "A"))
    for path in ("scheduleStart", f"{whole}.scheduleStart"):
        for start in paths.values(payload, path):
            later = (moment(start) or 0) + 3600 * SECOND
            yield "starts later", Put(path, json.dumps(rfc3339(later)))
