"""The strip of a timing verdict, as SVG: every measured interval as a tick between its limits.

One lane per interval. Green is where the interval should lie, amber the tolerance beside it, grey the width
in which the harness cannot tell. A dot lies inside, a cross outside, a ring too near to call; colours and marks
say the same thing twice. Nothing in the picture has to be read, but the axis has numbers for whoever wants them.
"""

from __future__ import annotations

from collections.abc import Iterator
from xml.sax.saxutils import escape

from harness.oracle.timing import Band, Call, Measurement, shown

WIDTH = 640
_LEFT, _RIGHT, _TOP, _LANE = 8, 8, 6, 12
_MOST = 40
"""Lanes of their own; a longer series shares one lane."""
_TARGET = 12.0
"""So wide is what should be met exactly: wider than the dot on it, or nobody would see it."""
_INK = {Call.MET: "#1a1a1a", Call.BROKEN: "#c00020", Call.TOO_CLOSE: "#7a5c00"}


def strip(measurement: Measurement) -> str:
    """The picture, a whole SVG document."""
    bands = measurement.bands
    low, high = _range(measurement)
    lanes = len(bands) if len(bands) <= _MOST else 1
    height = _TOP + lanes * _LANE + 22
    title = escape(f"{measurement.what}: {measurement.call}; {measurement}")
    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {height}" width="{WIDTH}" height="{height}" '
        f'role="img"><title>{title}</title><rect width="{WIDTH}" height="{height}" fill="#ffffff"/>'
    ]
    for index, band in enumerate(bands):
        lane = index if lanes > 1 else 0
        if lanes > 1 or index == 0:
            parts += _limits(band, measurement, lane, low, high)
    for index, (band, call) in enumerate(zip(bands, _calls(measurement), strict=True)):
        lane = index if lanes > 1 else 0
        parts.append(_tick(_x(band.value, low, high), _middle(lane), call))
    parts += _axis(low, high, _TOP + lanes * _LANE + 4)
    return "".join(parts) + "</svg>\n"


def _calls(measurement: Measurement) -> list[Call]:
    """What each interval is shown as. Where no single one carries the verdict (all alike, say), all of them do."""
    single = [band.call(measurement.tolerance, measurement.uncertainty) for band in measurement.bands]
    if measurement.call is Call.MET or measurement.call not in single:
        return [measurement.call] * len(single)
    return single


def _range(measurement: Measurement) -> tuple[int, int]:
    edges: list[int] = []
    for band in measurement.bands:
        edges.append(band.value)
        edges += [] if band.low is None else [band.low - measurement.tolerance]
        edges += [] if band.high is None else [band.high + measurement.tolerance]
    low, high = min(edges), max(edges)
    room = max((high - low) // 8, measurement.uncertainty, 1)
    return (max(low - room, 0) if low >= 0 else low - room), high + room


def _x(value: int, low: int, high: int) -> float:
    inside = min(max(value, low), high)
    return round(_LEFT + (inside - low) / (high - low) * (WIDTH - _LEFT - _RIGHT), 1)


def _middle(lane: int) -> float:
    return _TOP + lane * _LANE + _LANE / 2


def _limits(band: Band, measurement: Measurement, lane: int, low: int, high: int) -> Iterator[str]:
    if band.low is None and band.high is None:
        return
    tolerance, unsure = measurement.tolerance, measurement.uncertainty
    first = low if band.low is None else band.low
    last = high if band.high is None else band.high
    for edge, side in ((band.low, -1), (band.high, 1)):
        if edge is not None:
            outer = edge + side * tolerance
            yield _box(min(edge, outer), max(edge, outer), "#f4c95d", lane, low, high)
    yield _box(first, last, "#8fce9b", lane, low, high, least=_TARGET)
    for edge, side in ((band.low, -1), (band.high, 1)):
        if edge is not None and unsure:
            outer = edge + side * tolerance
            yield _box(outer - unsure, outer + unsure, "#9a9a9a", lane, low, high, least=1.0)


def _box(first: int, last: int, colour: str, lane: int, low: int, high: int, least: float = 0.0) -> str:
    left, right = _x(first, low, high), _x(last, low, high)
    width = max(right - left, least)
    left -= (width - (right - left)) / 2
    top = _TOP + lane * _LANE + 1
    return f'<rect x="{left:.1f}" y="{top}" width="{width:.1f}" height="{_LANE - 2}" fill="{colour}"/>'


def _tick(x: float, y: float, call: Call) -> str:
    ink = _INK[call]
    line = f'<path d="M{x} {y - 5}V{y + 5}" stroke="{ink}" stroke-width="1.5"/>'
    if call is Call.BROKEN:
        cross = f"M{x - 4} {y - 4}L{x + 4} {y + 4}M{x - 4} {y + 4}L{x + 4} {y - 4}"
        return line + f'<path d="{cross}" stroke="{ink}" stroke-width="2"/>'
    fill = ink if call is Call.MET else "#ffffff"
    return line + f'<circle cx="{x}" cy="{y}" r="3" fill="{fill}" stroke="{ink}"/>'


def _axis(low: int, high: int, y: int) -> Iterator[str]:
    yield f'<path d="M{_LEFT} {y}H{WIDTH - _RIGHT}" stroke="#666666"/>'
    for part, anchor in ((0, "start"), (1, "middle"), (2, "end")):
        value = low + (high - low) * part // 2
        x = _x(value, low, high)
        yield f'<path d="M{x} {y}v4" stroke="#666666"/>'
        yield (f'<text x="{x}" y="{y + 15}" font-family="sans-serif" font-size="10" fill="#444444" '
               f'text-anchor="{anchor}">{escape(shown(value))}</text>')
