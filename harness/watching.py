"""Who is shown what a scenario waits for. Pure."""

from __future__ import annotations

from typing import Protocol

from harness.rpc.link import SECOND


class Watch(Protocol):
    """Shows what is waited for, and how long still; called on the scenario's thread only."""

    period: int
    """How often `tick` is wanted, in ns."""

    def begin(self, what: str, since: int, until: int) -> None: ...

    def tick(self, now: int) -> None: ...

    def end(self) -> None: ...


class Unwatched:
    """Nobody looks."""

    period = 3600 * SECOND

    def begin(self, what: str, since: int, until: int) -> None:
        return

    def tick(self, now: int) -> None:
        return

    def end(self) -> None:
        return
