"""Timestamps of the practice station: RFC 3339, UTC, at most three decimals (OCPP 2.0.1 part 2, 2.1.3)."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from harness.reference.station201.behaviour import TimestampStyle

MICROSECOND = 1_000
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


def render(wall: int, style: TimestampStyle = "utc") -> str:
    """`wall` in ns since the Unix epoch, as text; styles other than ``utc`` are faults."""
    moment = _EPOCH + timedelta(microseconds=wall // MICROSECOND)
    if style == "no_zone":
        return moment.strftime("%Y-%m-%dT%H:%M:%S")
    if style == "short_offset":
        return (moment + timedelta(hours=2)).strftime("%Y-%m-%dT%H:%M:%S+02")
    if style == "local_as_utc":
        return (moment + timedelta(hours=2)).strftime("%Y-%m-%dT%H:%M:%SZ")
    if style == "six_decimals":
        return moment.strftime("%Y-%m-%dT%H:%M:%S.%fZ")
    if style == "epoch":
        return str(wall // 1_000_000_000)
    return moment.strftime("%Y-%m-%dT%H:%M:%S.") + f"{moment.microsecond // 1000:03d}Z"


def parse(text: object) -> int | None:
    """ns since the Unix epoch, or None for what is no RFC 3339 date-time with a zone."""
    if not isinstance(text, str) or "T" not in text.upper():
        return None
    try:
        moment = datetime.fromisoformat(text)
    except ValueError:
        return None
    if moment.tzinfo is None:
        return None
    return (moment - _EPOCH) // timedelta(microseconds=1) * MICROSECOND
