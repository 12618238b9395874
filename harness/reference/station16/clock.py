"""Timestamps of a 1.6 station: RFC 3339, UTC, milliseconds."""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta

from harness.reference.station16.behaviour import TimestampStyle

_DATE_TIME = re.compile(r"(\d{4})-(\d\d)-(\d\d)[Tt ](\d\d):(\d\d):(\d\d)(?:\.(\d+))?([Zz]|[+-]\d\d:\d\d)?", re.ASCII)
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_LATEST = 253_402_300_799 * 1_000_000_000


def text(wall: int, style: TimestampStyle = "utc") -> str:
    """`wall` (ns since the epoch, UTC) as a dateTime; any style but "utc" is a known field bug."""
    moment = _EPOCH + timedelta(microseconds=min(wall, _LATEST) // 1000)
    plain = moment.strftime("%Y-%m-%dT%H:%M:%S")
    milli = f"{plain}.{moment.microsecond // 1000:03d}"
    if style == "local_marked_utc":
        moment += timedelta(hours=2)
        return moment.strftime("%Y-%m-%dT%H:%M:%S") + f".{moment.microsecond // 1000:03d}Z"
    return {
        "utc": milli + "Z",
        "no_zone": milli,
        "short_offset": milli + "+00",
        "microseconds": f"{plain}.{moment.microsecond:06d}Z",
        "space": milli.replace("T", " ") + "Z",
    }[style]


def parse(value: object) -> int | None:
    """ns since the epoch, or None where `value` is no dateTime. A missing zone is read as UTC."""
    match = _DATE_TIME.fullmatch(value) if isinstance(value, str) else None
    if match is None:
        return None
    year, month, day, hour, minute, second = (int(group) for group in match.groups()[:6])
    try:
        moment = datetime(year, month, day, hour, minute, min(second, 59), tzinfo=UTC)
    except ValueError:
        return None
    fraction = int((match[7] or "0")[:9].ljust(9, "0"))
    seconds = (moment - _EPOCH) // timedelta(seconds=1) - _offset(match[8])
    return seconds * 1_000_000_000 + fraction


def _offset(zone: str | None) -> int:
    if zone is None or zone in "Zz":
        return 0
    seconds = int(zone[1:3]) * 3600 + int(zone[4:6]) * 60
    return -seconds if zone[0] == "-" else seconds
