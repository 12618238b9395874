"""What the lines of one scenario have named, claimed and found so far: book-keeping, without any act."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from harness.oracle.checks import Check
from harness.oracle.timing import Measurement
from harness.oracle.transcript import Message
from harness.oracle.verdict import HarnessFault, Inconclusive

if TYPE_CHECKING:
    from harness.calibration import Calibration

Named = tuple[Message, ...]


@dataclass(frozen=True, slots=True)
class Stamp:
    """One occurrence of a series: journal number, monotonic and wall ns."""

    number: int
    at: int
    wall: int


class Ledger:
    """The book of one scenario."""

    def __init__(self) -> None:
        self.names: dict[str, Named] = {}
        self.unsent: dict[str, str] = {}
        """Why what should bear that name never left."""
        self.series: dict[str, tuple[Stamp, ...]] = {}
        self.attempted = 0
        """Journal number of the last connection attempt that a line has claimed."""
        self.claimed: set[int] = set()
        self.readings: dict[int, set[int]] = {}
        """Which readings of a message, by its number, have satisfied a line, where a message may stand for several."""
        self.excused: set[int] = set()
        self.checks: list[Check] = []
        self.measurements: list[Measurement] = []
        self.calibrations: list[Calibration] = []
        self.line = (0, "")
        self.requirements: tuple[str, ...] = ()
        self.establishing = ""
        """The state that is being brought about; what goes wrong meanwhile fails nobody."""

    def name(self, name: str | None, *messages: Message) -> None:
        if name:
            self.names[name] = messages

    def named(self, name: str) -> Named:
        """The messages of that name. An unknown name is a mistake of the scenario."""
        if name in self.unsent:
            raise Inconclusive(f'"{name}": {self.unsent[name]}')
        if name not in self.names:
            known = ", ".join(sorted(self.names)) or "none"
            raise HarnessFault(f'no line has named "{name}" yet; named so far: {known}')
        return self.names[name]

    def stamps(self, name: str) -> tuple[Stamp, ...]:
        """When the occurrences of that name came."""
        if name in self.series:
            return self.series[name]
        return tuple(Stamp(m.number, m.at, m.event.at.wall) for m in self.named(name))
