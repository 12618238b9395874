"""Tiny endpoints for the carriers' tests: they do what the test scripted and keep what they saw."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from threading import Condition
from typing import Any, TypeVar

from harness.carrier import Carrier, Listen
from harness.journal import Event, Journal
from harness.rpc.link import (
    SECOND,
    Admission,
    Asked,
    Command,
    Connect,
    Dial,
    Handshake,
    Instant,
    LinkEvent,
    Opened,
    Refused,
)

Answer = Callable[[LinkEvent], Sequence[Command]]
E = TypeVar("E")


def silent(_: LinkEvent) -> Sequence[Command]:
    return ()


class Scripted:
    """An endpoint: `answer` says what to do on each event; `do(...)` as an event does just that."""

    def __init__(self, bell: Condition) -> None:
        self._bell = bell
        self.answer: Answer = silent
        self.admission: Callable[[Handshake], Admission] = lambda _: Admission()
        self.journal = Journal((self._ring,))
        self.seen: list[tuple[Instant, LinkEvent]] = []
        self.handshakes: list[Handshake] = []
        self.wake: int | None = None

    def _ring(self, events: Sequence[Event] = ()) -> None:
        with self._bell:
            self._bell.notify_all()

    def admit(self, handshake: Handshake, now: Instant) -> Admission:
        self.handshakes.append(handshake)
        self._ring()
        return self.admission(handshake)

    def handle(self, event: LinkEvent, now: Instant) -> Sequence[Command]:
        self.seen.append((now, event))
        self._ring()
        if isinstance(event, Asked) and event.intent == "do":
            commands = event.parameters["commands"]
            assert isinstance(commands, tuple)
            return commands
        return self.answer(event)

    def wake_at(self) -> int | None:
        return self.wake

    def of(self, kind: type[E]) -> list[E]:
        """The events of one kind, in order."""
        return [event for _, event in self.seen if isinstance(event, kind)]

    def recorded(self, kind: type[E]) -> list[E]:
        """The journal's bodies of one kind, in order."""
        return [event.body for event in self.journal if isinstance(event.body, kind)]


def do(*commands: Command) -> Asked:
    """Asks a `Scripted` endpoint for exactly these commands."""
    return Asked("do", {"commands": commands})


@dataclass
class World:
    """A CSMS and a station on one carrier."""

    carrier: Carrier
    bell: Condition = field(default_factory=Condition)

    def __post_init__(self) -> None:
        self.csms, self.station = Scripted(self.bell), Scripted(self.bell)
        self.station_hosted = self.carrier.host(self.station, lambda: self.station.journal)
        self._links = 0

    def serve(self, **listen: Any) -> None:
        self.csms_hosted = self.carrier.serve(self.csms, Listen(**listen), lambda: self.csms.journal)

    def until(self, ready: Callable[[], object], seconds: float = 5) -> None:
        """Wait for `ready`; fail where it does not come."""
        assert self.within(ready, seconds), f"{self.csms.seen}\n{self.station.seen}\n{list(self.station.journal)}"

    def within(self, ready: Callable[[], object], seconds: float) -> bool:
        deadline = self.carrier.now().monotonic + int(seconds * SECOND)
        return self.carrier.wait(self.bell, lambda: bool(ready()), deadline)

    def dial(self, identity: str = "CS001", url: str = "", **dial: Any) -> int:
        """Start an attempt; its link."""
        self._links += 1
        wanted = Dial(url or f"{self.csms_hosted.url}/{identity}", **dial)
        self.station_hosted.tell(do(Connect(self._links, wanted)))
        return self._links

    def connect(self, identity: str = "CS001", **dial: Any) -> int:
        """Connect and wait until both sides know; the station's link."""
        before = len(self.csms.of(Opened))
        link = self.dial(identity, **dial)
        self.until(lambda: any(event.link == link for event in self.station.of(Opened)))
        self.until(lambda: len(self.csms.of(Opened)) > before)
        return link

    def refused(self, identity: str = "CS001", **dial: Any) -> Refused:
        """Try to connect and wait for the refusal."""
        link = self.dial(identity, **dial)
        self.until(lambda: any(event.link == link for event in self.station.of(Refused)))
        return next(event for event in self.station.of(Refused) if event.link == link)

    def do(self, *commands: Command) -> None:
        """Have the station do this."""
        self.station_hosted.tell(do(*commands))

    def csms_does(self, *commands: Command) -> None:
        self.csms_hosted.tell(do(*commands))
