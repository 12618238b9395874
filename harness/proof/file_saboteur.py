"""An endpoint around the practice station that spoils its file transfers and is otherwise transparent."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from harness.proof.mutant import FetchToo, Unseen
from harness.rpc.link import (
    SECOND,
    Admission,
    Command,
    Endpoint,
    Fetch,
    Fetched,
    Handshake,
    Instant,
    LinkEvent,
    Store,
    Stored,
    Woken,
)

_EXTRA = 1_000_000
"""The job number of a fetch that the station knows nothing of."""


class FileSaboteur:
    """`inner` with one sabotage of its file transfers. A transfer that is kept back ends well for the station."""

    def __init__(self, inner: Endpoint, sabotage: Unseen | FetchToo) -> None:
        self._inner, self._sabotage = inner, sabotage
        self._pending = isinstance(sabotage, FetchToo)
        self._held: list[tuple[int, LinkEvent]] = []

    def admit(self, handshake: Handshake, now: Instant) -> Admission:
        return self._inner.admit(handshake, now)

    def handle(self, event: LinkEvent, now: Instant) -> Sequence[Command]:
        commands: list[Command] = []
        due = self._inner.wake_at()
        idle = isinstance(event, Woken) and (due is None or due > now.monotonic)
        if not idle and not (isinstance(event, Fetched) and event.job >= _EXTRA):
            commands += self._passed(self._inner.handle(event, now), now)
        for at, held in [entry for entry in self._held if entry[0] <= now.monotonic]:
            self._held.remove((at, held))
            commands += self._passed(self._inner.handle(held, now), now)
        sabotage = self._sabotage
        if self._pending and isinstance(sabotage, FetchToo) and sabotage.at <= now.monotonic:
            self._pending = False
            commands.append(Fetch(_EXTRA, sabotage.url))
        return commands

    def wake_at(self) -> int | None:
        times = [at for at, _ in self._held]
        inner = self._inner.wake_at()
        if inner is not None:
            times.append(inner)
        if self._pending and isinstance(self._sabotage, FetchToo):
            times.append(self._sabotage.at)
        return min(times, default=None)

    def _passed(self, commands: Sequence[Command], now: Instant) -> list[Command]:
        passed: list[Command] = []
        sabotage = self._sabotage
        for command in commands:
            if not isinstance(sabotage, Unseen) or not isinstance(command, Fetch | Store):
                passed.append(command)
            elif isinstance(command, Fetch):
                self._held.append((now.monotonic + SECOND // 20, Fetched(command.job, sabotage.content)))
            elif sabotage.empties:
                passed.append(replace(command, data=b""))
            else:
                self._held.append((now.monotonic + SECOND // 20, Stored(command.job)))
        return passed
