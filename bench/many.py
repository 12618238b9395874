"""A CSMS that lets any station in: for load, where our actor of the scenarios knows one station only."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from bench.ours import TOKEN, Ours
from harness.actor import Actor, Door
from harness.carrier import Hosted, Listen
from harness.facts import Facts
from harness.journal import Direction, Text
from harness.rpc.dialect import DIALECTS
from harness.rpc.link import SECOND, Admission, Command, Handshake, Instant, LinkEvent


class Everyone:
    """One actor per connection."""

    def __init__(self) -> None:
        self._actors: dict[int, Actor] = {}

    def admit(self, handshake: Handshake, now: Instant) -> Admission:
        return Admission(subprotocol="ocpp2.0.1")

    def handle(self, event: LinkEvent, now: Instant) -> Sequence[Command]:
        link = getattr(event, "link", 0)
        if link not in self._actors:
            facts = Facts("2.0.1", {"valid": TOKEN}, {}, 300)
            self._actors[link] = Actor("csms", DIALECTS["2.0.1"], facts, 30 * SECOND, Door("station"))
        return self._actors[link].handle(event, now)

    def wake_at(self) -> int | None:
        return None


class Many(Ours):
    """The engine with that CSMS."""

    def __init__(self, path: Path) -> None:
        super().__init__(path, retain=10**6)  # all of them: they are counted
        self.url = self.hosted.url

    def _hosted(self) -> Hosted:
        return self.carrier.serve(Everyone(), Listen(), lambda: self.journal)

    def arrivals(self) -> list[tuple[int, str]]:
        """When each Heartbeat was stamped (monotonic ns), and what it says of when it left."""
        came = [e for e in self.journal if isinstance(e.body, Text) and e.body.direction is Direction.IN]
        return [(e.at.monotonic, e.body.data.split('"')[1].rpartition("-")[2]) for e in came]  # type: ignore[union-attr]
