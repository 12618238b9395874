"""A peer that sends without pause: the deadline is judged when it is due, not when the backlog has been worked off.

Nothing here looks at how fast the machine is. What counts is how many entries the journal had in advance of who
judges, and how many of them came after the deadline and yet before the verdict.
"""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from websockets.sync.client import ClientConnection
from websockets.sync.server import ServerConnection

from harness.bdd import run
from harness.bdd.story import stories
from harness.journal import Direction, Event, Journal, Text
from harness.oracle.verdict import Nonconformance
from harness.rpc.link import SECOND
from harness.session import Session
from harness.wire.backlog import MOST_UNREAD, SLICE
from tests.faults.peers import ASK_CSMS, ASK_STATION, CSMS, STATION, boot, csms, free_port, lab_of, station

ONCE = 2 * SLICE // 30
"""Most entries of one slice: each Heartbeat, and our answer."""
BOUND = MOST_UNREAD + ONCE
DUE = SECOND + SECOND // 2
"""The answer time-out of these SUT files, and their tolerance."""


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


class Furthest:
    """A sink that notes how far who judges was behind at the worst, once our CALL had left."""

    def __init__(self) -> None:
        self.unread = 0
        self.journal: Journal | None = None

    def __call__(self, event: Event) -> None:
        if self.journal is not None:
            self.unread = max(self.unread, self.journal.unread)


def judged(folder: Path, sut: str, feature: str, port: int) -> tuple[Session, int, Furthest]:
    """The session, how many entries its journal had when the verdict fell, and how far behind it ever was."""
    (folder / "it.feature").write_text(feature, "utf-8")
    (story,) = stories(folder / "it.feature")
    furthest = Furthest()
    with lab_of(folder, sut, port) as lab, lab.session(story.version, (furthest,)) as session:
        furthest.journal = session.journal
        *acts, judgement = story.lines
        for line in acts:
            run.perform(session, story, line)
        with pytest.raises(Nonconformance, match="no answer"):
            run.perform(session, story, judgement)
        return session, len(session.journal), furthest


def against(peer: str, folder: Path) -> tuple[Session, int, Furthest]:
    if peer == "station":
        port = free_port()
        with station(port, flooding_station):
            return judged(folder, STATION, ASK_STATION, port)

    with csms(flood) as port:
        return judged(folder, CSMS, ASK_CSMS, port)


@pytest.mark.parametrize("peer", ["station", "csms"])
def test_a_flood_does_not_put_off_the_verdict(peer: str, tmp_path: Path):
    session, length, furthest = against(peer, tmp_path)
    asked = next(event for event in session.journal if _asks(event))
    after = [e for e in session.journal if e.number < length and e.at.monotonic > asked.at.monotonic + DUE]
    assert length - asked.number > 100, "the peer did not flood at all"
    assert furthest.unread <= BOUND
    assert len(after) <= 2 * BOUND


def _asks(event: Event) -> bool:
    """Whether it is the CALL that the scenario waits for an answer to."""
    body = event.body
    if not isinstance(body, Text) or body.direction is not Direction.OUT:
        return False
    return '"GetVariables"' in body.data or '"BootNotification"' in body.data
