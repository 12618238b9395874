"""Tiny endpoints for the carriers' tests: they do what the test scripted and keep what they saw."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

from harness.journal import Journal
from harness.rpc.link import Admission, Asked, Command, Handshake, Instant, LinkEvent

Answer = Callable[[LinkEvent], Sequence[Command]]


def silent(_: LinkEvent) -> Sequence[Command]:
    return ()


@dataclass
class Scripted:
    """An endpoint: `answer` says what to do on each event; `Asked("do", {"commands": ...})` does just that."""

    answer: Answer = silent
    admission: Callable[[Handshake], Admission] = lambda _: Admission()
    journal: Journal = field(default_factory=Journal)
    seen: list[tuple[Instant, LinkEvent]] = field(default_factory=list)
    handshakes: list[Handshake] = field(default_factory=list)
    wake: int | None = None

    def admit(self, handshake: Handshake, now: Instant) -> Admission:
        self.handshakes.append(handshake)
        return self.admission(handshake)

    def handle(self, event: LinkEvent, now: Instant) -> Sequence[Command]:
        with self.journal.changed:
            self.seen.append((now, event))
            self.journal.changed.notify_all()
        if isinstance(event, Asked) and event.intent == "do":
            return event.parameters["commands"]  # type: ignore[return-value]
        return self.answer(event)

    def wake_at(self) -> int | None:
        return self.wake

    @property
    def events(self) -> list[LinkEvent]:
        return [event for _, event in self.seen if not isinstance(event, Asked)]

    def of(self, kind: type) -> list[LinkEvent]:
        return [event for event in self.events if isinstance(event, kind)]


def do(*commands: Command) -> Asked:
    return Asked("do", {"commands": commands})
