"""How far the clock of the system under test is from ours, by what it says the time is. Pure."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC, datetime

from harness.oracle.transcript import Message

_SECOND = 1_000_000_000
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
        told = _instant(message.payload.get(member))
        found = found if told is None else told - message.event.at.wall
    return found


def _instant(text: object) -> int | None:
    """A time of RFC 3339 in ns since 1970; None for what is none, or has no zone."""
    if not isinstance(text, str):
        return None
    try:
        moment = datetime.fromisoformat(text)
        since = moment - datetime(1970, 1, 1, tzinfo=UTC)
    except (ValueError, TypeError, OverflowError):
        return None
    return (since.days * 86_400 + since.seconds) * _SECOND + since.microseconds * 1000
