"""What is in a line of a log: an OCPP-J frame somewhere in it, when it passed, who sent it, or why it is unusable.

Nothing here trusts a line: whatever bytes it has, it becomes an `Entry`.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import IO, Any

from harness.journal import Body, Direction, Text
from harness.report.evidence import EvidenceError, event_from_json
from harness.rpc.link import SECOND

LONGEST = 16 * 1024 * 1024
"""Bytes of a line that are read; a longer one is counted as bad and skipped."""
_FRAME = re.compile(r'\[\s*[2-6]\s*,\s*"')
_ESCAPED = re.compile(r'\[\s*[2-6]\s*,\s*\\"')
_ALMOST = re.compile(r'\[\s*[2-6]\s*,')
_ID = re.compile(r'\[\s*[2-6]\s*,\s*"([^"\\]{1,64})"')
_DECODER = json.JSONDecoder()
_TIME = re.compile(r"\d{4}-\d\d-\d\d[T ]\d\d:\d\d:\d\d(?:[.,]\d{1,9})?(?: ?(?:Z|[+-]\d\d:?\d\d)\b)?")
_EPOCH = re.compile(r"(?<![\d.])(1\d{9})(?:[.,](\d{1,9})|(\d{3}))?(?![\d.])")


@dataclass(frozen=True, slots=True)
class Entry:
    """One line. `frame` is the text of a frame, `prefix` what stood before it, `wall` ns since the epoch.

    `bad` says why a line that looks like OCPP is unusable; all empty: a line about something else. `zoned` tells
    whether the time names its zone. `body` is an event of our own journals; `sender` is "station" or "csms" where
    the line itself tells for sure, `lost` the messageId of a frame that cannot be read."""

    number: int
    frame: str = ""
    prefix: str = ""
    wall: int | None = None
    zoned: bool = False
    bad: str = ""
    body: Body | None = None
    monotonic: int | None = None
    link: int = 1
    direction: Direction | None = None
    sender: str = ""
    lost: str = ""


def entries(file: IO[bytes]) -> Iterator[Entry]:
    """Every line of `file`, numbered from 1; never raises on what is in it. Raises OSError."""
    number, rest_of_long = 0, False
    while raw := file.readline(LONGEST):
        if rest_of_long:
            rest_of_long = not raw.endswith(b"\n")
            continue
        number += 1
        if len(raw) == LONGEST and not raw.endswith(b"\n"):
            rest_of_long = True
            yield Entry(number, bad=f"longer than {LONGEST} bytes")
        else:
            yield entry(number, raw)


def entry(number: int, raw: bytes) -> Entry:
    """One line."""
    text = raw.decode("utf-8", "replace").rstrip("\r\n")
    stripped = text.lstrip("\ufeff \t")
    if stripped.startswith("{"):
        found = _object(number, stripped)
        if found is not None:
            return found
    return _plain(number, text)


def _plain(number: int, text: str) -> Entry:
    match = _FRAME.search(text)
    if match is None:
        if (escaped := _ESCAPED.search(text)) is not None:
            return _unescaped(number, text, escaped.start())
        almost = _ALMOST.search(text)
        return Entry(number, bad="looks like a frame but is none" if almost else "")
    return _framed(number, text, match.start())


def _framed(number: int, text: str, start: int) -> Entry:
    prefix = text[:start]
    wall, zoned = moment(prefix)
    try:
        _, end = _DECODER.raw_decode(text, start)
    except (ValueError, RecursionError):
        lost = _ID.match(text, start)
        bad = "the array does not end, or is no JSON"
        return Entry(number, lost=lost.group(1) if lost else "", wall=wall, zoned=zoned, bad=bad)
    return Entry(number, text[start:end], prefix + " " + text[end:][:200], wall, zoned)


def _unescaped(number: int, text: str, start: int) -> Entry:
    """A frame inside a JSON string of a line that is otherwise no JSON."""
    quote = text.rfind('"', 0, start)
    try:
        inner, _ = _DECODER.raw_decode(text, quote) if quote >= 0 else (None, 0)
    except (ValueError, RecursionError):
        inner = None
    if not isinstance(inner, str) or not _FRAME.match(inner):
        return Entry(number, bad="a frame in quotes that cannot be taken out of them")
    wall, zoned = moment(text[:start])
    return Entry(number, inner, text[:quote], wall, zoned)


def _object(number: int, text: str) -> Entry | None:
    """A line that is a JSON object: of our journals, or of a log that writes JSON; None for neither."""
    try:
        value = json.loads(text)
    except (ValueError, RecursionError):
        return None
    if not isinstance(value, dict):
        return None
    if "schema" in value or "end" in value:
        return Entry(number)
    if "type" in value and isinstance(value.get("body"), dict):
        return _journal(number, value)
    frame = next(_frames(value, 0), None)
    if frame is None:
        return Entry(number)
    wall, zoned = moment(text)
    rest = {key: item for key, item in value.items() if isinstance(item, str | int) and item != frame}
    return Entry(number, frame, json.dumps(rest), wall, zoned)


def _frames(value: Any, depth: int) -> Iterator[str]:
    if isinstance(value, str) and _FRAME.match(value):
        yield value
    elif isinstance(value, list) and len(value) > 2 and type(value[0]) is int and isinstance(value[1], str):
        yield json.dumps(value)
    elif isinstance(value, dict) and depth < 5:
        for item in value.values():
            yield from _frames(item, depth + 1)


def _journal(number: int, line: dict[str, Any]) -> Entry:
    try:
        event = event_from_json(line)
    except EvidenceError as error:
        return Entry(number, bad=str(error)[:200])
    whole = isinstance(event.link, int) and isinstance(event.at.monotonic, int)
    if not whole or (isinstance(event.body, Text) and not isinstance(event.body.data, str)):
        return Entry(number, bad="an event whose values have the wrong types")
    text = event.body if isinstance(event.body, Text) else None
    return Entry(
        number, text.data if text else "", "", event.at.wall, True, "", event.body, event.at.monotonic, event.link,
        text.direction if text else None,
    )


def moment(text: str) -> tuple[int | None, bool]:
    """The first time in `text` as ns since the epoch, and whether it names its zone (else it is taken for UTC)."""
    found = _TIME.search(text)
    if found:
        written = found.group().replace(",", ".").replace(" ", "T", 1).replace(" ", "")
        head, dot, fraction = written.partition(".")
        digits = re.match(r"\d*", fraction)
        if dot and digits:
            written = f"{head}.{digits.group()[:6]:0<6}{fraction[digits.end():]}"
        try:
            read = datetime.fromisoformat(written)
            zoned = read.tzinfo is not None
            return round((read if zoned else read.replace(tzinfo=UTC)).timestamp() * 1_000_000) * 1000, zoned
        except (ValueError, OverflowError):
            return None, False
    epoch = _EPOCH.search(text)
    if epoch is None:
        return None, False
    fraction = epoch.group(2) or epoch.group(3) or ""
    return int(epoch.group(1)) * SECOND + int(f"{fraction[:9]:0<9}"), True
