"""The evidence of a scenario on disk: one JSON line per event, written as it happens, chained by hashes.

Line 1 is the header, then one line per event, then an end line. Each line after the first carries the SHA-256 of
the line before it, so that a line that was changed, taken out or moved shows; the hash of the last line
(`JournalFile.digest`) goes into the verdicts, so that a file rewritten as a whole shows too.

What is written is masked; `load` gives back masked events.
"""

from __future__ import annotations

import base64
import hashlib
import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass, fields
from datetime import UTC, datetime, timedelta
from enum import Enum
from functools import lru_cache
from json.encoder import encode_basestring_ascii
from pathlib import Path
from typing import Any, get_args

from harness import reading
from harness.journal import Binary, Body, Direction, Event, RawBytes, Stage, Text
from harness.report.masking import Masks
from harness.rpc.link import SECOND, Instant

SCHEMA = "ocpp-harness journal 1"
BODIES: Mapping[str, type[Body]] = {kind.__name__: kind for kind in get_args(Body)}
_BYTES = {"raw", "payload"}
_DIRECTIONS = {"direction", "by"}
_LISTS = {"versions", "suites", "groups", "compressions", "certificates"}


class EvidenceError(ValueError):
    """A journal file that cannot be read as one."""


@dataclass(frozen=True, slots=True)
class Header:
    """The first line of a journal file. `sut_sha256` is the hash of the SUT file as it was on disk."""

    scenario: str
    sut_sha256: str = ""
    harness: str = ""
    attempt: int = 1


@dataclass(frozen=True, slots=True)
class Fault:
    """Something wrong with a journal file; `line` counts from 1."""

    line: int
    what: str


# ---- values to JSON and back ------------------------------------------------------------------------


def rfc3339(wall: int) -> str:
    """`wall` (ns since the Unix epoch) as RFC 3339 in UTC with nine decimals; years 1 to 9999."""
    seconds, nanoseconds = divmod(wall, SECOND)
    return f"{_whole_seconds(seconds)}.{nanoseconds:09d}Z"


@lru_cache(maxsize=64)
def _whole_seconds(seconds: int) -> str:
    return f"{datetime.fromtimestamp(seconds, UTC):%Y-%m-%dT%H:%M:%S}".rjust(19, "0")


def from_rfc3339(text: str) -> int:
    """The inverse of `rfc3339`."""
    whole, _, fraction = text.removesuffix("Z").partition(".")
    since_epoch = datetime.fromisoformat(whole + "+00:00") - datetime(1970, 1, 1, tzinfo=UTC)
    return since_epoch // timedelta(seconds=1) * SECOND + int(fraction)


def _bytes_to_json(data: bytes) -> dict[str, str]:
    twin = {"base64": base64.b64encode(data).decode()}
    try:
        return twin | {"text": data.decode()}
    except UnicodeDecodeError:
        return twin


def to_json(value: object) -> Any:
    """Any value as JSON: tuples as arrays, bytes as base64 (with the text where they are UTF-8), others as text."""
    if isinstance(value, bytes):
        return _bytes_to_json(value)
    if isinstance(value, Enum):
        return value.value
    if isinstance(value, Mapping):
        return {str(key): to_json(item) for key, item in value.items()}
    if isinstance(value, list | tuple):
        return [to_json(item) for item in value]
    if value is None or isinstance(value, str | int) or (isinstance(value, float) and value - value == 0):
        return value
    return str(value)


def event_to_json(event: Event) -> dict[str, Any]:
    """One event as a JSON object: all there is, and the type of its body."""
    body = event.body
    return {
        "number": event.number,
        "monotonic": event.at.monotonic,
        "wall": rfc3339(event.at.wall),
        "link": event.link,
        "type": type(body).__name__,
        "body": {field.name: to_json(getattr(body, field.name)) for field in fields(body)},
    }


def _field_from_json(kind: type[Body], name: str, value: Any) -> Any:
    if name in _DIRECTIONS:
        return Direction(value)
    if name == "stage":
        return Stage(value)
    if name in _BYTES or (name == "data" and kind in (Binary, RawBytes)):
        return base64.b64decode(value["base64"], validate=True)
    if name == "headers":
        return tuple((key, item) for key, item in value)
    if name in _LISTS and isinstance(value, list):
        return tuple(value)
    return value


def event_from_json(line: Mapping[str, Any]) -> Event:
    """The inverse of `event_to_json`. Raises EvidenceError."""
    try:
        kind = BODIES[line["type"]]
        body = kind(**{name: _field_from_json(kind, name, value) for name, value in line["body"].items()})
        return Event(line["number"], Instant(line["monotonic"], from_rfc3339(line["wall"])), line["link"], body)
    except (KeyError, TypeError, ValueError, AttributeError) as error:
        raise EvidenceError(f"not an event: {error!r}") from error


# ---- the file ---------------------------------------------------------------------------------------


def _encode(line: Mapping[str, Any]) -> bytes:
    return json.dumps(line, separators=(",", ":")).encode()


def _text_line(event: Event, body: Text, masked: str, previous: str) -> bytes:
    """What `_encode` makes of a text message that is written as `masked`, byte for byte, in a fifth of the time."""
    return (
        f'{{"number":{event.number},"monotonic":{event.at.monotonic},"wall":"{rfc3339(event.at.wall)}",'
        f'"link":{event.link},"type":"Text","body":{{"direction":"{body.direction!s}",'
        f'"data":{encode_basestring_ascii(masked)},"fragments":{body.fragments},'
        f'"compressed":{"true" if body.compressed else "false"}}},"previous":"{previous}"}}'
    ).encode()


def _digest(line: bytes) -> str:
    return hashlib.sha256(line).hexdigest()


class JournalFile:
    """A `harness.journal.Sink` that appends events to `path`, which must not exist yet; each is a line.

    What comes together is one unbuffered write, and nothing is kept back here: killing the process loses no more than
    what the journal itself has not copied yet. Events that are written already, by their number, are not written again.
    An event that cannot be written does not raise; `fault` then says why, nothing more is written, and the scenario
    is broken.
    Raises FileExistsError and OSError when made. Not for use from several threads without the journal's lock.
    """

    def __init__(self, path: Path, masks: Masks, header: Header) -> None:
        self.path = path
        self.fault = ""
        self.digest = ""
        self._masks = masks
        self._events = 0
        self._file = open(path, "xb", buffering=0)  # noqa: SIM115 - lives as long as the scenario
        # Not masked: a hash in which a short token happens to occur must stay the hash.
        self._write({"schema": SCHEMA} | asdict(header))
        if self.fault:
            self._file.close()
            raise OSError(self.fault)

    def __call__(self, events: Sequence[Event]) -> None:
        lines: list[bytes] = []
        previous, lost = self.digest, ""
        new = [event for event in events if event.number >= self._events]
        try:
            masked = iter(self._masks.texts([event.body.data for event in new if isinstance(event.body, Text)]))
            for event in new:
                line = self._line(event, masked, previous)
                lines.append(line)
                previous = _digest(line)
        except Exception as error:
            # A sink must not raise: the event is lost, which `fault` keeps from passing unnoticed.
            lost = f"event {new[len(lines)].number} could not be written: {error!r}"
        if lines:
            self._put(b"\n".join(lines) + b"\n", previous, len(lines))
        self.fault = self.fault or lost

    def _line(self, event: Event, masked: Iterator[str], previous: str) -> bytes:
        """`masked` has the texts of this event and of those that follow."""
        if isinstance(event.body, Text):
            return _text_line(event, event.body, next(masked), previous)
        return _encode({**event_to_json(self._masks.event(event)), "previous": previous})

    def close(self) -> str:
        """Write the end line; idempotent. Returns the digest of the whole file."""
        if not self._file.closed:
            self._write({"end": self._events})
            self._file.close()
        return self.digest

    def _write(self, line: Mapping[str, Any]) -> None:
        encoded = _encode({**line, "previous": self.digest} if self.digest else line)
        self._put(encoded + b"\n", _digest(encoded), 0)

    def _put(self, encoded: bytes, digest: str, events: int) -> None:
        """Write lines that hold so many events, the last of which has that digest."""
        if self.fault:
            return
        try:
            rest = memoryview(encoded)
            while rest:
                rest = rest[self._file.write(rest):]
        except (OSError, ValueError) as error:
            self.fault = f"journal file {self.path.name}: {error}"
            return
        self.digest = digest
        self._events += events


def load_header(path: Path) -> Header:
    """The header of a journal file. Raises EvidenceError and OSError."""
    with open(path, "rb") as file:
        first = _object(file.readline())
    if first is None or first.pop("schema", None) != SCHEMA:
        raise EvidenceError(f"{path}: no journal file of schema {SCHEMA!r}")
    try:
        return Header(**first)
    except TypeError as error:
        raise EvidenceError(f"{path}: {error}") from error


def load(path: Path) -> list[Event]:
    """The events of a journal file. A last line cut short by a killed process is left out.

    Raises EvidenceError where another line is none, and OSError."""
    load_header(path)
    lines = path.read_bytes().split(b"\n")[:-1]
    return list(_events(path, lines[1:]))


def _events(path: Path, lines: list[bytes]) -> Iterator[Event]:
    for number, raw in enumerate(lines, start=2):
        line = _object(raw)
        if line is None:
            raise EvidenceError(f"{path}, line {number}: no JSON object")
        if "end" not in line:
            yield event_from_json(line)


def _object(raw: bytes) -> dict[str, Any] | None:
    try:
        value = json.loads(raw)
    except (ValueError, RecursionError):
        return None
    return value if isinstance(value, dict) else None


def verify(path: Path, digest: str = "") -> tuple[Fault, ...]:
    """What is wrong with a journal file: lines changed, missing, moved; no end; not the `digest` of the verdicts.

    Without `digest` a file that was rewritten as a whole, hashes included, is not found out. Raises OSError."""
    lines = reading.content(path).split(b"\n")
    faults: list[Fault] = []
    if lines.pop():
        faults.append(Fault(len(lines) + 1, "cut short"))
    first = _object(lines[0]) if lines else None
    if first is None or first.get("schema") != SCHEMA:
        faults.append(Fault(1, f"no header of schema {SCHEMA!r}"))
    faults += _chain_faults(lines)
    end = _object(lines[-1]) if len(lines) > 1 else None
    if end is None or "end" not in end:
        faults.append(Fault(len(lines) + 1, "no end line: the process was killed, or lines were taken away"))
    if digest and lines and _digest(lines[-1]) != digest:
        faults.append(Fault(len(lines), "the file is not the one whose digest is in the verdicts"))
    return tuple(faults)


def _chain_faults(lines: list[bytes]) -> Iterator[Fault]:
    for index, raw in enumerate(lines[1:], start=1):
        line, events = _object(raw), index - 1
        if line is None:
            yield Fault(index + 1, "no JSON object")
            continue
        if line.get("previous") != _digest(lines[index - 1]):
            yield Fault(index + 1, "does not follow the line before it: changed, moved or taken away")
        if "end" in line:
            if raw != _encode({"end": events, "previous": line.get("previous")}) or index != len(lines) - 1:
                yield Fault(index + 1, f"wrong end line after {events} events")
        elif line.get("number") != events:
            yield Fault(index + 1, f"event {events} expected, event {line.get('number')} found")
