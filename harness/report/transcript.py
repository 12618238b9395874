"""The journal for human eyes: one line per event, answers tied to their requests, payloads as they came.

      12  +3.214 s  [SUT] -> [2] BootNotification "19223201" {"reason":"PowerUp"}
      13  +3.220 s  [we]  -> [3] BootNotification "19223201" after 6 ms {"status":"Accepted"}

Numbers are those of the journal, seconds count from the first event. Nothing is masked here: hand in masked
events. Whatever a peer sends ends up on one line and cannot move the terminal's cursor.
"""

from __future__ import annotations

import json
import re
import textwrap
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from harness.journal import (
    Adopted,
    Binary,
    Control,
    Direction,
    Ended,
    Event,
    HandshakeRequest,
    HandshakeResponse,
    Note,
    Prompt,
    RawBytes,
    Stage,
    Step,
    Text,
    TlsAlert,
    TlsChain,
    TlsHandshake,
    TlsHello,
    Transfer,
)
from harness.rpc.link import MILLISECOND, SECOND

ACTORS: Mapping[Direction, str] = {Direction.IN: "[SUT]", Direction.OUT: "[we] "}
_REQUESTS = (2, 6)
_ANSWERS = {3: "", 4: "CALLERROR to ", 5: "CALLRESULTERROR to "}
_SPACE = re.compile(r"[ \t\r\n]+")
_DECODER = json.JSONDecoder()


@dataclass(frozen=True, slots=True)
class Shape:
    """How to lay out: payloads longer than `payload` characters are elided, lines wrapped at `width` (0: never)."""

    payload: int = 800
    width: int = 0


def flat(text: str) -> str:
    """`text` on one line and without control characters: those are shown escaped."""
    if text.isprintable():
        return text
    return "".join(c if c.isprintable() else c.encode("unicode_escape").decode() for c in text)


def elide(text: str, limit: int) -> str:
    """At most `limit` characters of `text`, and how many there were if that is not all."""
    return text if len(text) <= limit else f"{text[:limit]}... ({len(text)} characters)"


def seconds(nanoseconds: int) -> str:
    """A length of time with its unit: below a second in ms."""
    if abs(nanoseconds) < SECOND:
        return f"{nanoseconds / MILLISECOND:.3g} ms" if abs(nanoseconds) < 999.5 * MILLISECOND else "1.000 s"
    return f"{nanoseconds / SECOND:.3f} s"


# ---- frames, read without trusting them -------------------------------------------------------------


def elements(text: str) -> tuple[tuple[Any, str], ...] | None:
    """The elements of a JSON array, each as value and as the very text it stood in; None for anything else."""
    at = _skip(text, 0)
    if text[at:at + 1] != "[":
        return None
    found: list[tuple[Any, str]] = []
    at = _skip(text, at + 1)
    try:
        while text[at:at + 1] != "]":
            value, end = _DECODER.raw_decode(text, at)
            found.append((value, text[at:end]))
            at = _skip(text, end)
            if text[at:at + 1] == ",":
                at = _skip(text, at + 1)
            elif text[at:at + 1] != "]":
                return None
    except (ValueError, RecursionError):
        return None
    return tuple(found) if _skip(text, at + 1) == len(text) else None


def _skip(text: str, at: int) -> int:
    space = _SPACE.match(text, at)
    return space.end() if space else at


@dataclass(frozen=True, slots=True)
class _Frame:
    kind: int
    id: str
    action: str
    rest: str


def _frame(text: str) -> _Frame | None:
    parts = elements(text)
    if not parts or len(parts) < 2 or type(parts[0][0]) is not int or not isinstance(parts[1][0], str):
        return None
    kind, name = parts[0][0], parts[1][0]
    action = parts[2][0] if kind in _REQUESTS and len(parts) > 2 and isinstance(parts[2][0], str) else ""
    rest = " ".join(raw for _, raw in parts[3 if action else 2:])
    return _Frame(kind, name, action, _SPACE.sub(" ", rest))


def requests_of(events: Iterable[Event]) -> dict[int, tuple[Event, str]]:
    """For each answering event's number the request it answers, and that request's action."""
    open_requests: dict[tuple[int, Direction, str], tuple[Event, str]] = {}
    answered: dict[int, tuple[Event, str]] = {}
    for event in events:
        frame = _frame(event.body.data) if isinstance(event.body, Text) else None
        if frame is None or not isinstance(event.body, Text):
            continue
        other = Direction.IN if event.body.direction is Direction.OUT else Direction.OUT
        if frame.kind in _REQUESTS:
            open_requests[event.link, event.body.direction, frame.id] = (event, frame.action)
        elif frame.kind == 5:
            # A CALLRESULTERROR comes from the side that sent the CALL.
            asked = open_requests.get((event.link, event.body.direction, frame.id))
            answered |= {event.number: asked} if asked else {}
        elif asked := open_requests.get((event.link, other, frame.id)):
            answered[event.number] = asked
    return answered


# ---- one line for each kind of event ----------------------------------------------------------------


def _quoted(text: str) -> str:
    return f'"{flat(text)}"'


def _pairs(values: Mapping[str, object]) -> str:
    return ", ".join(f"{key}={value}" for key, value in values.items())


def _bytes(data: bytes, shape: Shape) -> str:
    try:
        shown = f'"{flat(data.decode())}"'
    except UnicodeDecodeError:
        shown = data.hex(" ")
    return f"{len(data)} bytes {elide(shown, shape.payload)}" if data else "empty"


def _text(event: Event, body: Text, asked: tuple[Event, str] | None, shape: Shape) -> str:
    frame = _frame(body.data)
    if frame is None:
        return f"no OCPP-J frame: {elide(flat(body.data), shape.payload)}"
    payload = elide(flat(frame.rest), shape.payload)
    if frame.kind in _REQUESTS:
        return f"[{frame.kind}] {flat(frame.action) or '(no action)'} {_quoted(frame.id)} {payload}".rstrip()
    if frame.kind not in _ANSWERS:
        return f"[{frame.kind}] (unknown message type) {_quoted(frame.id)} {payload}".rstrip()
    if asked is None:
        to, after = "(nothing asked)", ""
    else:
        to, after = flat(asked[1]) or "(no action)", f" after {seconds(event.at.monotonic - asked[0].at.monotonic)}"
    return f"[{frame.kind}] {_ANSWERS[frame.kind]}{to} {_quoted(frame.id)}{after} {payload}".rstrip()


def _request(body: HandshakeRequest) -> str:
    offers = [value for name, value in body.headers if name.lower() == "sec-websocket-protocol"]
    auth = [value for name, value in body.headers if name.lower() == "authorization"]
    return f"GET {body.target}" + (f", subprotocols {', '.join(offers)}" if offers else ", no subprotocol") + (
        f", Authorization: {', '.join(auth)}" if auth else "")


def _response(body: HandshakeResponse) -> str:
    if not body.status:
        return f"no HTTP answer: {body.reason or 'the connection ended'}"
    chosen = f", subprotocol {body.subprotocol}" if body.subprotocol else ", no subprotocol"
    return f"HTTP {body.status}" + (chosen if body.upgraded else "") + (f": {body.reason}" if body.reason else "")


def _ended(body: Ended) -> str:
    if body.code == 1006:
        return "ends the connection without a close frame" + (f": {body.reason}" if body.reason else "")
    return f"closes with {body.code}" + (f" {_quoted(body.reason)}" if body.reason else "")


def _transfer(body: Transfer) -> str:
    what = "download of" if body.direction is Direction.OUT else "upload of"
    ended = body.stage is not Stage.BEGUN
    measured = f", {body.size} bytes in {seconds(body.duration)}" if ended else ""
    detail = f": {body.detail}" if body.detail else ""
    return f"{body.protocol} {what} {_quoted(body.name)} {body.path} {body.stage}{measured}{detail}"


def _hello(body: TlsHello) -> str:
    name = f", server name {body.server_name}" if body.server_name else ""
    suites = elide(" ".join(body.suites), 200)
    return f"TLS {body.kind}: {' '.join(body.versions)}{name}, {suites}"


def _chain(body: TlsChain) -> str:
    number = len(body.certificates)
    return f"TLS certificate chain of {number}" if number else "TLS: no certificate, though one was asked for"


def _prompt(body: Prompt) -> str:
    asked = f"{body.intent}({_pairs(body.parameters)})" + (f" by {body.driver}" if body.driver else "")
    return f"??? {asked}: {body.answer}" if body.answer else f"??? {asked}"


def _traffic(event: Event, asked: tuple[Event, str] | None, shape: Shape) -> tuple[Direction, str] | None:
    """Who did it, and what, for an event of the wire."""
    body = event.body
    table: dict[type, Callable[[Any], tuple[Direction, str]]] = {
        Text: lambda b: (b.direction, _text(event, b, asked, shape)),
        Binary: lambda b: (b.direction, f"binary message, {_bytes(b.data, shape)}"),
        Control: lambda b: (b.direction, f"{b.name}, {_bytes(b.payload, shape)}"),
        RawBytes: lambda b: (b.direction, f"raw {b.what}".rstrip() + f", {_bytes(b.data, shape)}"),
        HandshakeRequest: lambda b: (b.direction, _request(b)),
        HandshakeResponse: lambda b: (b.direction, _response(b)),
        Ended: lambda b: (b.by, _ended(b)),
        TlsHello: lambda b: (b.direction, _hello(b)),
        TlsChain: lambda b: (b.direction, _chain(b)),
        TlsAlert: lambda b: (b.direction, f"TLS alert {b.description} ({b.level})"),
        Transfer: lambda b: (b.direction, _transfer(b)),
    }
    row = table.get(type(body))
    return row(body) if row else None


def _aside(event: Event) -> str:
    body = event.body
    if isinstance(body, Step):
        return f"--- {body.text}" + (f"  ({body.file}:{body.line})" if body.file else "")
    if isinstance(body, Prompt):
        return _prompt(body)
    if isinstance(body, Adopted):
        state = "booted and accepted" if body.accepted else "not accepted yet"
        return f"connection of {body.identity} stands already, subprotocol {body.subprotocol}, {state}"
    if isinstance(body, TlsHandshake):
        return f"TLS stands: {body.version} {body.suite}"
    if isinstance(body, Note):
        return f"*** {body.topic}: {body.text}" + (f" ({_pairs(body.data)})" if body.data else "")
    return repr(body)


def _line(event: Event, origin: int, asked: tuple[Event, str] | None, several: bool, shape: Shape) -> str:
    moment = f"{event.number:>5}  {(event.at.monotonic - origin) / SECOND:+.3f} s  "
    traffic = _traffic(event, asked, shape)
    if traffic is None:
        return moment + flat(_aside(event))
    link = f"#{event.link} " if several else ""
    return f"{moment}{link}{ACTORS[traffic[0]]} -> {flat(traffic[1])}"


def lines(
    events: Sequence[Event], context: Sequence[Event] | None = None, shape: Shape | None = None,
) -> tuple[str, ...]:
    """One line for each of `events`. `context`, if given, is the whole journal: it holds the requests of answers
    and the start of the clock. Pure; never raises on whatever a peer sent."""
    whole = context or events
    if not whole:
        return ()
    shape = shape or Shape()
    asked = requests_of(whole)
    several = len({event.link for event in whole} - {0}) > 1
    origin = whole[0].at.monotonic
    return tuple(_line(event, origin, asked.get(event.number), several, shape) for event in events)


def render(events: Sequence[Event], context: Sequence[Event] | None = None, shape: Shape | None = None) -> str:
    """`lines` as one text, wrapped if `shape` says so; continuations are indented."""
    shape = shape or Shape()
    found: Iterable[str] = lines(events, context, shape)
    if shape.width:
        found = (part for line in found for part in _wrapped(line, shape.width))
    return "".join(line + "\n" for line in found)


def _wrapped(line: str, width: int) -> list[str]:
    return textwrap.wrap(
        line, max(width, 40), subsequent_indent=" " * 18, break_on_hyphens=False, drop_whitespace=False,
        replace_whitespace=False, expand_tabs=False) or [line]
