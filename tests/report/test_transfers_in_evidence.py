"""A file transfer survives the journal file, and reads as one line."""

from __future__ import annotations

from harness.journal import Direction, Event, Stage, Transfer
from harness.report.evidence import event_from_json, event_to_json
from harness.report.transcript import lines
from harness.rpc.link import Instant

BODY = Transfer(Direction.OUT, Stage.FAILED, "https", "new", "/firmware/new/x.bin", 3, 1000, 2_000_000, "cut")


def test_there_and_back() -> None:
    event = Event(0, Instant(5, 1_700_000_000_000_000_000), 0, BODY)
    assert event_from_json(event_to_json(event)) == event


def test_one_line() -> None:
    [line] = lines([Event(0, Instant(5, 5), 0, BODY)])
    assert 'https download of "new" /firmware/new/x.bin failed, 1000 bytes in 2 ms: cut' in line
