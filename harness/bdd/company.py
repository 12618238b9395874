"""Who is present while scenarios run: the person at the charger, and whoever watches the progress.

The command line hands a `Company` to pytest as a plugin; a run without one is run alone.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Protocol

import pytest

from harness.bdd.story import Story
from harness.drivers.operator import Board
from harness.journal import Event
from harness.watching import Watch


class Onlooker(Protocol):
    """Told what happens, masked, on the scenario's thread; must not raise and must not block."""

    def begins(self, story: Story) -> None:
        """A scenario begins."""
        ...

    def sees(self, event: Event) -> None:
        """The journal has a new entry. Comes from whichever thread appended it."""
        ...


@dataclass(frozen=True, eq=False)
class Company:
    """`watch` shows what is waited for; `board` is where a person is asked besides the console, if there is one."""

    watch: Watch | None = None
    board: Board | None = None
    onlookers: tuple[Onlooker, ...] = ()

    def begins(self, story: Story) -> None:
        for onlooker in self.onlookers:
            onlooker.begins(story)

    def sees(self, event: Event) -> None:
        for onlooker in self.onlookers:
            onlooker.sees(event)


def company_of(config: pytest.Config) -> Company:
    """The company of this run; an empty one where there is none, as in a worker process."""
    found = (plugin for plugin in config.pluginmanager.get_plugins() if isinstance(plugin, Company))
    return next(found, Company())


class Both:
    """Two watches as one."""

    def __init__(self, *watches: Watch) -> None:
        self._watches = watches
        self.period = min(watch.period for watch in watches)

    def begin(self, what: str, since: int, until: int) -> None:
        for watch in self._watches:
            watch.begin(what, since, until)

    def tick(self, now: int) -> None:
        for watch in self._watches:
            watch.tick(now)

    def end(self) -> None:
        for watch in self._watches:
            watch.end()
