"""The strip of a timing verdict: what a reader sees without reading."""

from __future__ import annotations

import xml.etree.ElementTree as ET

import pytest
from hypothesis import given
from hypothesis import strategies as st

from harness.oracle.timing import Band, Between, Call, Measurement
from harness.report.strips import WIDTH, strip
from harness.rpc.link import MILLISECOND, SECOND

SVG = "{http://www.w3.org/2000/svg}"


def drawn(*gaps: float, tolerance: int = 100 * MILLISECOND, uncertainty: int = MILLISECOND) -> ET.Element:
    between = Between(SECOND, SECOND)
    found = [round(gap * SECOND) for gap in gaps]
    call = between.judge(found, (), tolerance, uncertainty)
    bands = between.bands(found, ())
    return ET.fromstring(strip(Measurement("Heartbeat < every & 1 s", bands, tolerance, uncertainty, call)))


def _fills(picture: ET.Element) -> list[str]:
    return [box.attrib["fill"] for box in picture.iter(f"{SVG}rect")]


def test_limits_tolerance_and_uncertainty_have_a_colour_each() -> None:
    fills = _fills(drawn(1.0, 1.05))
    assert [fills.count(colour) for colour in ("#8fce9b", "#f4c95d", "#9a9a9a")] == [2, 4, 4]


def test_an_interval_outside_is_a_cross_and_one_inside_a_dot() -> None:
    good, bad = drawn(1.0, 1.0), drawn(1.0, 1.5)
    assert len(list(good.iter(f"{SVG}circle"))) == 2
    assert len(list(bad.iter(f"{SVG}circle"))) == 1
    assert any(path.attrib.get("stroke") == "#c00020" for path in bad.iter(f"{SVG}path"))


def test_later_is_further_to_the_right() -> None:
    first, second = (float(dot.attrib["cx"]) for dot in drawn(0.95, 1.05).iter(f"{SVG}circle"))
    assert 0 < first < second < WIDTH


def test_the_words_are_there_for_screen_readers() -> None:
    title = drawn(1.0).find(f"{SVG}title")
    assert title is not None
    assert str(title.text).startswith("Heartbeat < every & 1 s: met")


@pytest.mark.parametrize("count", [1, 40, 41, 2000])
def test_long_series_stay_a_picture(count: int) -> None:
    picture = drawn(*[1.0] * count)
    assert int(picture.attrib["height"]) < 600
    assert len(list(picture.iter(f"{SVG}circle"))) == count


LIMIT = st.one_of(st.none(), st.integers(-(10**20), 10**20))


@given(st.lists(st.tuples(st.integers(-(10**20), 10**20), LIMIT, LIMIT), min_size=1, max_size=50),
       st.integers(0, 10**12), st.integers(0, 10**12), st.sampled_from(Call), st.text("a<&>\"'é"))
def test_every_measurement_can_be_drawn(
    values: list[tuple[int, int | None, int | None]], tolerance: int, uncertainty: int, call: Call, what: str
) -> None:
    bands = tuple(Band(*value) for value in values)
    picture = ET.fromstring(strip(Measurement(what, bands, tolerance, uncertainty, call)))
    for box in picture.iter(f"{SVG}rect"):
        assert float(box.attrib["width"]) >= 0
