"""A peer that sends without pause: who judges is not buried under what waits, and judges a deadline when it is due.

Nothing here looks at how fast the machine is. What counts is how much is taken from the peer while who judges is
behind: no more than the bound of `harness.wire.backlog` in each second of the journal's own clock.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path

import pytest
from websockets.sync.client import ClientConnection
from websockets.sync.server import ServerConnection

from harness.bdd import run
from harness.bdd.story import stories
from harness.journal import Direction, Event, Journal, Text
from harness.oracle.verdict import Nonconformance
from harness.rpc.link import SECOND
from harness.wire.backlog import FREE_FRAMES, MOST_UNREAD, SLICE
from tests.faults.peers import ASK_CSMS, ASK_STATION, CSMS, STATION, boot, csms, free_port, lab_of, station

EACH_SECOND = FREE_FRAMES + SLICE // 30
"""Most frames that are taken of a flood in a second, once too much is unread: those that are free, and one slice."""


def flood(connection: ClientConnection | ServerConnection) -> None:
    """Our CALL is answered with Heartbeats without end."""
    connection.recv(10)
    number = 0
    while True:
        number += 1
        connection.send(json.dumps([2, f"f{number}", "Heartbeat", {}]))


def flooding_station(connection: ClientConnection) -> None:
    boot(connection)
    flood(connection)


class Excess:
    """A sink that counts the messages taken while too much was unread, and the seconds that passed meanwhile."""

    def __init__(self) -> None:
        self.taken = self.beyond = self.began = self.ended = 0
        self.journal: Journal | None = None

    def __call__(self, events: Sequence[Event]) -> None:
        for event in events:
            if isinstance(event.body, Text) and event.body.direction is Direction.IN and self.journal is not None:
                self._count(event, self.journal)

    def _count(self, event: Event, journal: Journal) -> None:
        self.taken += 1
        later = len(journal) - event.number - 1
        if journal.unread - later > MOST_UNREAD + 2:
            self.beyond += 1
            self.began = self.began or event.at.monotonic
            self.ended = event.at.monotonic


def judged(folder: Path, sut: str, feature: str, port: int) -> Excess:
    """Runs the scenario, whose last line must fail."""
    (folder / "it.feature").write_text(feature, "utf-8")
    (story,) = stories(folder / "it.feature")
    excess = Excess()
    with lab_of(folder, sut, port) as lab, lab.session(story.version, (excess,)) as session:
        excess.journal = session.journal
        *acts, judgement = story.lines
        for line in acts:
            run.perform(session, story, line)
        with pytest.raises(Nonconformance, match="no answer"):
            run.perform(session, story, judgement)
        excess.journal = None
    return excess


def against(peer: str, folder: Path) -> Excess:
    if peer == "station":
        port = free_port()
        with station(port, flooding_station):
            return judged(folder, STATION, ASK_STATION, port)
    with csms(flood) as port:
        return judged(folder, CSMS, ASK_CSMS, port)


@pytest.mark.parametrize("peer", ["station", "csms"])
def test_a_flood_does_not_bury_who_judges(peer: str, tmp_path: Path):
    excess = against(peer, tmp_path)
    assert excess.taken > 100, "the peer did not flood at all"
    seconds = (excess.ended - excess.began) // SECOND + 2
    assert excess.beyond <= EACH_SECOND * seconds
