"""What a dangerous scenario may do at most: how many connections, how fast, how large, and at whom.

The owner of the product sets the limits in the SUT file, under [attack]; every act of ours in a scenario tagged
@attack is counted here first, whoever runs it. Pure: the moment is handed in.
"""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from harness.oracle.verdict import Inconclusive
from harness.rpc.link import SECOND
from harness.transfer.control import Caps

if TYPE_CHECKING:
    from harness.sut.model import Attack


@dataclass(frozen=True, slots=True)
class Limits:
    """`attempts`: connections in one scenario; `rate`: connections and messages per second; `size`: bytes of one
    message; `hosts`: whom we may dial, as the SUT file's URL names them; `files`: what our file servers may do."""

    attempts: int = 50
    rate: int = 20
    size: int = 65_536
    hosts: frozenset[str] = frozenset()
    files: Caps = field(default_factory=Caps)


def limits_of(table: Attack, url: str) -> Limits:
    """Those of a SUT file's [attack], for a product that is dialled at `url`."""
    host = urlsplit(url).hostname
    files = Caps(table.file_size, table.file_rate, table.file_time)
    return Limits(table.attempts, table.rate, table.size, frozenset({host} if host else ()), files)


@dataclass(slots=True)
class Allowance:
    """What is left of the limits in one scenario."""

    limits: Limits
    connected: int = 0
    last: int | None = field(default=None)

    def dial(self, url: str, now: int) -> int:
        """Count a connection; the moment (monotonic ns) from which on it may be opened. Raises `Inconclusive`."""
        host = urlsplit(url).hostname or ""
        if host not in self.limits.hosts:
            known = ", ".join(sorted(self.limits.hosts)) or "none"
            raise _beyond(f"aims at {host!r}, which is not in the SUT file: it names {known}")
        self.connected += 1
        if self.connected > self.limits.attempts:
            raise _beyond(f"would open more than {self.limits.attempts} connections: attempts under [attack]")
        return self._turn(now)

    def say(self, size: int, now: int) -> int:
        """Count a message of `size` bytes; the moment from which on it may leave. Raises `Inconclusive`."""
        self._fits(size)
        return self._turn(now)

    def prepare(self, content: object) -> None:
        """Have an answer with that JSON in it ready, which leaves when the SUT asks. Raises `Inconclusive`."""
        self._fits(len(json.dumps(content, ensure_ascii=False, default=str).encode("utf-8", "surrogatepass")))

    def _fits(self, size: int) -> None:
        if size > self.limits.size:
            raise _beyond(f"would send {size} bytes in one message, more than {self.limits.size}: size under [attack]")

    def _turn(self, now: int) -> int:
        due = now if self.last is None else max(now, self.last + SECOND // self.limits.rate)
        self.last = due
        return due


def _beyond(what: str) -> Inconclusive:
    return Inconclusive(f"not tried, the scenario {what}")
