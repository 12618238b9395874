"""A sequence diagram of an exchange as SVG: who said what when, the offending message marked.

Pure: events in, text out. Colours follow the page's (`currentColor` and classes), so it works dark and light.
"""

from __future__ import annotations

import html
import json
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass

from harness.journal import (
    Control,
    Direction,
    Ended,
    Event,
    HandshakeRequest,
    HandshakeResponse,
    Prompt,
    Step,
    Text,
)
from harness.report.transcript import flat
from harness.rpc.link import SECOND

LEFT, RIGHT, TOP, ROW = 190, 650, 46, 26
WIDTH = 860
MIDDLE = (LEFT + RIGHT) // 2
MOST = 60


@dataclass(frozen=True, slots=True)
class Arrow:
    """One line of the diagram. `direction` None is a remark across both lanes."""

    event: Event
    text: str
    direction: Direction | None
    marked: bool = False


def window(events: Sequence[Event], marked: Collection[int], most: int = MOST) -> list[Event]:
    """The part of a journal worth drawing: up to the last marked entry or the end, and `most` before it."""
    drawn = [event for event in events if isinstance(event.body, _SHOWN)]
    last = max((i for i, event in enumerate(drawn) if event.number in marked), default=len(drawn) - 1)
    end = min(len(drawn), last + 6)
    return drawn[max(0, end - most) : end]


_SHOWN = (Text, HandshakeRequest, HandshakeResponse, Ended, Control, Prompt, Step)


def arrows(events: Sequence[Event], marked: Collection[int]) -> Iterator[Arrow]:
    """The lines of the diagram, answers named after what they answer."""
    asked: dict[tuple[int, str], str] = {}
    for event in events:
        body = event.body
        if isinstance(body, Text):
            yield Arrow(event, _named(event.link, body.data, asked), body.direction, event.number in marked)
        elif isinstance(body, HandshakeRequest):
            yield Arrow(event, f"GET {body.target}", body.direction, event.number in marked)
        elif isinstance(body, HandshakeResponse):
            chosen = f" {body.subprotocol}" if body.subprotocol else ""
            yield Arrow(event, f"HTTP {body.status or 'none'}{chosen}", body.direction, event.number in marked)
        elif isinstance(body, Ended):
            yield Arrow(event, f"closes ({body.code})", body.by, event.number in marked)
        elif isinstance(body, Control):
            yield Arrow(event, body.name, body.direction, event.number in marked)
        elif isinstance(body, Prompt):
            done = f": {body.answer}" if body.answer else ""
            yield Arrow(event, f"asked: {body.intent.replace('_', ' ')}{done}", None)
        elif isinstance(body, Step):
            yield Arrow(event, body.text, None)


def _named(link: int, text: str, asked: dict[tuple[int, str], str]) -> str:
    try:
        frame = json.loads(text)
        kind, id = frame[0], str(frame[1])
    except (ValueError, LookupError, TypeError):
        return f"not OCPP: {text[:40]}"
    if kind in (2, 6):
        asked[link, id] = str(frame[2])
        return f"{frame[2]} {_gist(frame[3] if len(frame) > 3 else None)}"
    if kind == 3:
        return f"\u21a9 {asked.get((link, id), '?')} {_gist(frame[2] if len(frame) > 2 else None)}"
    return f"\u21a9 {asked.get((link, id), '?')} CALLERROR {frame[2] if len(frame) > 2 else ''}"


_TELLING = (
    "status", "eventType", "seqNo", "triggerReason", "connectorStatus", "attributeStatus", "reason", "idTag", "type",
)


def _gist(payload: object) -> str:
    if not isinstance(payload, dict):
        return ""
    told = ((name, payload.get(name)) for name in _TELLING)
    words = (value if isinstance(value, str) else f"{name} {value}" for name, value in told if _short(value))
    return " ".join(words)[:60]


def _short(value: object) -> bool:
    return isinstance(value, str | int) and not isinstance(value, bool)


def svg(
    events: Sequence[Event], marked: Collection[int] = (), us: str = "CSMS", sut: str = "station", prefix: str = "",
) -> str:
    """The diagram; "" where there is nothing to draw. `us` and `sut` name the lanes, `prefix` begins every id.

    A row's id is `prefix`entry-N for journal entry N."""
    drawn = list(arrows(window(events, marked), marked))
    if not drawn:
        return ""
    height = TOP + ROW * len(drawn) + 20
    start = drawn[0].event.at.monotonic
    parts = [
        f'<svg class="sequence" viewBox="0 0 {WIDTH} {height}" width="{WIDTH}" role="img" '
        f'aria-label="Sequence of {len(drawn)} messages between {html.escape(us)} and {html.escape(sut)}">',
        f'<text x="{LEFT}" y="18" text-anchor="middle" class="lane">[we] {html.escape(us)}</text>',
        f'<text x="{RIGHT}" y="18" text-anchor="middle" class="lane">[SUT] {html.escape(sut)}</text>',
        f'<line x1="{LEFT}" y1="26" x2="{LEFT}" y2="{height}" class="life"/>',
        f'<line x1="{RIGHT}" y1="26" x2="{RIGHT}" y2="{height}" class="life"/>',
    ]
    for row, arrow in enumerate(drawn):
        parts.append(_drawn(arrow, TOP + ROW * row, (arrow.event.at.monotonic - start) / SECOND, prefix))
    return "".join(parts) + "</svg>"


def _drawn(arrow: Arrow, y: int, seconds: float, prefix: str) -> str:
    text = flat(arrow.text)
    label = html.escape(text if len(text) <= 74 else text[:71] + "...")
    stamp = f'<text x="4" y="{y + 4}" class="stamp">{arrow.event.number} +{seconds:.3f} s</text>'
    if arrow.direction is None:
        at = f'x="{MIDDLE}" y="{y + 4}"'
        return f'<g>{stamp}<text {at} text-anchor="middle" class="remark">{label}</text></g>'
    ours = arrow.direction is Direction.OUT
    begin, end = (LEFT, RIGHT) if ours else (RIGHT, LEFT)
    tip = -8 if ours else 8
    mark = ' class="marked"' if arrow.marked else ""
    who = "we send" if ours else "the SUT sends"
    offending = ", the offending one" if arrow.marked else ""
    title = f"<title>journal entry {arrow.event.number}{offending}, {who}: {label}</title>"
    return (
        f'<g{mark} id="{prefix}entry-{arrow.event.number}">{title}{stamp}'
        f'<line x1="{begin}" y1="{y + 6}" x2="{end}" y2="{y + 6}" class="arrow"/>'
        f'<path d="M {end} {y + 6} l {tip} -4 l 0 8 z" class="head"/>'
        f'<text x="{MIDDLE}" y="{y + 1}" text-anchor="middle">{"&#9888; " if arrow.marked else ""}{label}</text></g>'
    )
