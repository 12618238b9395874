"""A session over a journal that was written by hand: waiting goes straight to the deadline."""

from __future__ import annotations

import threading
from collections.abc import Callable
from dataclasses import dataclass
from types import SimpleNamespace
from typing import Any, cast

from harness.oracle.match import Row, parse
from harness.oracle.transcript import Message
from harness.rpc.dialect import DIALECTS
from harness.rpc.link import MILLISECOND, SECOND, Instant
from harness.session import Session
from harness.setting import Setting, Times
from tests.oracle.bench import EPOCH, Record

TIMES = Times(answer=5 * SECOND, boot=10 * SECOND, reconnect=8 * SECOND, uncertainty=10 * MILLISECOND)
"""Half a second of tolerance is added to each."""


@dataclass
class Waiting:
    """A carrier whose clock moves only where somebody waits in vain."""

    at: int = 0

    def now(self) -> Instant:
        return Instant(self.at, EPOCH + self.at)

    def wait(self, bell: threading.Condition, ready: Callable[[], bool], until: int) -> bool:
        if not ready():
            self.at = max(self.at, until)
        return ready()


def session_of(record: Record, **more: Any) -> Session:
    """The session in which a line is about to judge what `record` holds, from its first entry on."""
    setting = Setting(record.sut, DIALECTS[record.version], cast(Any, SimpleNamespace(texts={})), "CS001",
                      times=TIMES, **more)
    session = Session(cast(Any, Waiting()), cast(Any, SimpleNamespace()), record.journal, setting,
                      lambda intent, parameters: "")
    session.line = (7, "the line")
    return session


def rows(**cells: str) -> tuple[Row, ...]:
    return tuple(Row(path, parse(cell)) for path, cell in cells.items())


def numbers(*messages: Message) -> tuple[int, ...]:
    return tuple(message.number for message in messages)
