"""Timestamps in messages as moments: RFC 3339 with a zone, or nothing at all."""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta
from functools import lru_cache

from harness.rpc.link import SECOND

_FORM = re.compile(r"(\d{4}-\d\d-\d\d[Tt ]\d\d:\d\d:)(\d\d)(?:\.(\d{1,30}))?([Zz]|[+-]\d\d:\d\d)", re.ASCII)
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


def moment(told: object) -> int | None:
    """Wall-clock ns since the epoch of an RFC 3339 date-time; None for what is none, or names no zone.

    A leap second (RFC 3339 5.7) is the moment that follows it: the wall clock of no machine shows it."""
    return _read(told) if isinstance(told, str) else None


@lru_cache(maxsize=64)
def _read(text: str) -> int | None:
    found = _FORM.fullmatch(text)
    if found is None:
        return None
    minute, second, fraction, zone = found.groups()
    leap = second == "60"
    whole = _seconds(minute + ("59" if leap else second), zone)
    if whole is None:
        return None
    return (whole + leap) * SECOND + (int(fraction.ljust(9, "0")[:9]) if fraction and not leap else 0)


@lru_cache(maxsize=64)
def _seconds(whole: str, zone: str) -> int | None:
    try:
        return int(datetime.fromisoformat(whole + ("+00:00" if zone in "Zz" else zone)).timestamp())
    except (ValueError, OverflowError):
        return None


def grain(text: str) -> int:
    """The smallest difference that two texts of this form can tell (ns): a second, a tenth, a thousandth ..."""
    found = _FORM.fullmatch(text)
    digits = min(len(found[3] or ""), 9) if found else 0
    return SECOND // int(10**digits)


def shown(wall: int) -> str:
    """Wall-clock ns as people and messages write them; the year 1 or 9999 for what lies beyond."""
    moment = _EPOCH + timedelta(microseconds=max(min(wall // 1000, _LAST), _FIRST))
    return moment.isoformat(timespec="milliseconds").replace("+00:00", "Z")


_FIRST = (datetime.min.replace(tzinfo=UTC) - _EPOCH) // timedelta(microseconds=1)
_LAST = (datetime.max.replace(tzinfo=UTC) - _EPOCH) // timedelta(microseconds=1)
