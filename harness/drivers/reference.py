"""The built-in practice opponent as driver."""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass

from harness.carrier import Hosted
from harness.drivers.outcome import CannotDo, Done, Outcome
from harness.intents import Intent
from harness.rpc.link import Asked


@dataclass(frozen=True, slots=True)
class Reference:
    """Hands the intent to the endpoint; `hosted` None: no practice opponent is running.

    `clock` gives monotonic ns: in virtual time, the carrier's."""

    hosted: Hosted | None
    clock: Callable[[], int] = time.monotonic_ns

    def perform(self, intent: Intent, parameters: Mapping[str, object], deadline: float) -> Outcome:
        """A `ValueError` of the endpoint means that it cannot; `deadline` does not matter, it acts at once."""
        del deadline
        if self.hosted is None:
            return CannotDo(f'"{intent.name}" is bound to the reference, but no practice opponent is running')
        try:
            self.hosted.tell(Asked(intent.name, dict(parameters)))
        except ValueError as error:
            return CannotDo(f"the practice opponent cannot: {error}")
        return Done(self.clock(), "the practice opponent was told")
