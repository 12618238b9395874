"""How far the clock of the system under test is from ours, by what it says the time is. Pure."""

from __future__ import annotations

from collections.abc import Iterable
from email.utils import parsedate_to_datetime

from harness.journal import Direction, Event, HandshakeResponse
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


def skew_of_http(events: Iterable[Event]) -> int | None:
    """The same by the Date of its HTTP answers (RFC 9110 6.6.1), which leaves out the fraction of a second."""
    found = None
    for event in events:
        body = event.body
        if not isinstance(body, HandshakeResponse) or body.direction is not Direction.IN:
            continue
        dates = [value for name, value in body.headers if name.lower() == "date"]
        told = _http_date(dates[0]) if dates else None
        found = found if told is None else told - event.at.wall
    return found


def _http_date(text: str) -> int | None:
    """ns since 1970; None for what is no date."""
    try:
        return int(parsedate_to_datetime(text).timestamp()) * 1_000_000_000
    except (ValueError, TypeError, OverflowError):
        return None
