"""Another attempt at what did not pass in a run: what the new run takes over from the old one.

Runs are never overwritten: the new run has a folder of its own, with the journals and Allure results of the
earlier attempts beside its own, and verdicts for everything that the old run judged.
"""

from __future__ import annotations

import json
import shutil
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from harness.report.folder import RunFolder
from harness.report.results import ScenarioResult
from harness.report.writers import load_verdicts, worth_another_attempt


class RerunError(ValueError):
    """The run cannot be taken up again; the text says why and what to do."""


@dataclass(frozen=True, slots=True)
class Earlier:
    """A run that was."""

    folder: RunFolder
    results: tuple[ScenarioResult, ...]
    paths: tuple[str, ...] = ()
    sut_sha256: str = ""

    @property
    def failed(self) -> tuple[ScenarioResult, ...]:
        """What is run again."""
        return tuple(result for result in self.results if worth_another_attempt(result))


def earlier_run(run: Path, reports: Path) -> Earlier:
    """The run in that folder, or of that name in `reports`. Raises RerunError."""
    # Resolved now: `latest` will lead to the new run soon.
    path = (run if run.is_dir() else reports / run).resolve()
    folder = RunFolder(path)
    try:
        results = load_verdicts(folder.verdicts_json.read_text("utf-8"))
        facts = json.loads(folder.run_json.read_text("utf-8"))
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise RerunError(f"{run} is no finished run ({error}); `ocpp-harness evidence list` shows those there are") \
            from error
    return Earlier(folder, results, tuple(facts.get("paths", ())), facts.get("sut", {}).get("sha256", ""))


def carry(earlier: Earlier, folder: RunFolder) -> None:
    """Copy journals and Allure results of the earlier attempts into the new run. Raises OSError."""
    for old, new in ((earlier.folder.journals, folder.journals), (earlier.folder.allure, folder.allure)):
        for path in sorted(old.iterdir()) if old.is_dir() else ():
            if path.is_file():
                shutil.copy2(path, new / path.name)


def merged(earlier: Earlier, results: Sequence[ScenarioResult]) -> list[ScenarioResult]:
    """The verdicts of both runs, in the old order; where there was another attempt, the new one with the old inside."""
    fresh = {result.id: result for result in results}
    found = [fresh.pop(result.id, result) for result in earlier.results]
    return [*found, *fresh.values()]
