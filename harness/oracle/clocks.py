"""How far the clock of the system under test is from ours, by what it says the time is. Pure."""

from __future__ import annotations

from collections.abc import Iterable

from harness.oracle.moments import moment
from harness.oracle.transcript import Message

_NOW = {
    ("StatusNotification", True): "timestamp",
    ("NotifyEvent", True): "generatedAt",
    ("BootNotification", False): "currentTime",
    ("Heartbeat", False): "currentTime",
}
"""Members that say what the time is when the message leaves, by action and whether it is a request."""


def skew(messages: Iterable[Message]) -> int | None:
    """How much later than ours the SUT's clock was at the last message of it that told, in ns; None where none did."""
    found = None
    for message in messages:
        member = _NOW.get((message.action, message.is_request))
        if member is None or not isinstance(message.payload, dict):
            continue
        told = moment(message.payload.get(member))
        found = found if told is None else told - message.event.at.wall
    return found
