"""The strips as a reader sees them: in a browser, in our own page and in what Allure shows, by their pixels."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from harness.oracle.timing import Between, Call, Measurement, Random, Shape
from harness.oracle.verdict import Verdict
from harness.report import page
from harness.report.folder import RunFacts, RunFolder
from harness.report.masking import Masks
from harness.report.results import ScenarioResult
from harness.rpc.link import MILLISECOND, SECOND, Instant
from tests.browser import DESK, PHONE, Page, browser

TOLERANCE = 200 * MILLISECOND
STARTED = Instant(0, 1_795_222_743_000_000_000)

PIXELS = """
(async svg => {
  const picture = new Image();
  const box = svg.viewBox.baseVal;
  picture.src = 'data:image/svg+xml;charset=utf-8,' + encodeURIComponent(new XMLSerializer().serializeToString(svg));
  await picture.decode();
  const canvas = document.createElement('canvas');
  canvas.width = box.width; canvas.height = box.height;
  const context = canvas.getContext('2d');
  context.drawImage(picture, 0, 0, box.width, box.height);
  const found = {};
  const data = context.getImageData(0, 0, box.width, 18).data;
  for (let x = 0; x < box.width; x++) for (let y = 0; y < 18; y++) {
    const at = (y * box.width + x) * 4;
    const hex = '#' + [0, 1, 2].map(i => data[at + i].toString(16).padStart(2, '0')).join('');
    (found[hex] = found[hex] || []).push([x, y]);
  }
  return JSON.stringify(found);
})"""


def measurement(shape: Shape, gaps: tuple[float, ...], uncertainty: int = 5 * MILLISECOND) -> Measurement:
    found = [round(gap * SECOND) for gap in gaps]
    call = shape.judge(found, (), TOLERANCE, uncertainty)
    return Measurement(str(shape), shape.bands(found, ()), TOLERANCE, uncertainty, call)


EXACT = Between(2 * SECOND, 2 * SECOND)
MET = measurement(EXACT, (2.05, 1.95))
LATE = measurement(EXACT, (2.9, 2.0))
EARLY = measurement(Between(low=2 * SECOND), (1.0,))
CLOSE = measurement(EXACT, (2.19,), 40 * MILLISECOND)
ALIKE = measurement(Random(4 * SECOND), (1.5,) * 6)
RED, GREEN, AMBER, GREY, INK = "#c00020", "#8fce9b", "#f4c95d", "#9a9a9a", "#1a1a1a"


def result(name: str, verdict: Verdict, *measurements: Measurement) -> ScenarioResult:
    return ScenarioResult(name, name, "Clocks", "station", "2.0.1", verdict, file="features/x/timing/y.feature",
                          requirements=("G02.FR.02",), measurements=measurements)


@pytest.fixture
def folder(tmp_path: Path) -> RunFolder:
    made = RunFolder.create(tmp_path, "My charger", STARTED)
    gauge = {"uncertainty_ns": 7_000_000, "stamp_error_p99_ns": 6_500_000, "scheduling_delay_p99_ns": 25_000_000,
             "overloaded": True, "measured": [{}, {}]}
    facts = RunFacts(STARTED, "0.1", "My charger", "my.toml", "ab" * 32, {}, (), {"calibration": gauge})
    made.write_run(facts, Masks())
    results = [result("keeps", Verdict.PASSED, MET), result("is late", Verdict.FAILED, LATE),
               result("is early", Verdict.FAILED, EARLY), result("nearly", Verdict.INCONCLUSIVE, CLOSE),
               result("alike", Verdict.FAILED, ALIKE)]
    page.write(made, results, page.Claims())
    return made


@pytest.fixture(scope="module")
def tab() -> Iterator[Callable[[], Page]]:
    with browser() as opened:
        yield opened


def pixels(shown: Page, number: int) -> dict[str, list[list[int]]]:
    """The places of each colour in the first lane of the `number`-th strip of the timing section."""
    return dict(json.loads(shown.js(f"{PIXELS}(document.querySelectorAll('#timing svg')[{number}])")))


def opened(shown: Page, folder: RunFolder, size: tuple[int, int], dark: bool = False) -> list[str]:
    """What the timing section says of each strip, from top to bottom."""
    shown.open((folder.path / "index.html").resolve().as_uri(), size, dark)
    shown.js("document.querySelectorAll('#timing details').forEach(one => one.open = true)")
    told = shown.js("[...document.querySelectorAll('#timing summary b')].map(b => b.textContent).join('|')")
    return str(told).split("|")


def near(found: dict[str, list[list[int]]], colour: str) -> list[list[int]]:
    """The places of that colour, where a thin line has been smoothed too."""
    wanted = bytes.fromhex(colour[1:])
    alike = (known for known in found
             if max(abs(a - b) for a, b in zip(bytes.fromhex(known[1:]), wanted, strict=True)) < 60)
    return [place for known in alike for place in found[known]]


def middle(places: list[list[int]]) -> float:
    return (min(x for x, _ in places) + max(x for x, _ in places)) / 2


@pytest.mark.parametrize("dark", [False, True])
def test_a_reader_who_reads_nothing_sees_the_verdict(dark: bool, folder: RunFolder, tab: Callable[[], Page]) -> None:
    shown = tab()
    told = opened(shown, folder, DESK, dark)
    assert told == ["broken", "broken", "broken", "too close to call", "met"]
    late, early, alike, close, met = (pixels(shown, number) for number in range(5))
    for broken in (late, early, alike):
        assert len(broken[RED]) >= 12
        assert INK not in broken
    assert middle(late[RED]) > max(x for x, _ in [*late[GREEN], *late[AMBER]])
    assert middle(early[RED]) < min(x for x, _ in [*early[GREEN], *early[AMBER]])
    assert RED not in close
    assert RED not in met
    assert min(x for x, _ in met[AMBER]) < middle(met[INK]) < max(x for x, _ in met[AMBER])
    assert GREEN in met
    ring = near(close, "#7a5c00")
    assert len(ring) > 8
    assert min(x for x, _ in close[GREY]) < middle(ring) < max(x for x, _ in close[GREY])


@pytest.mark.parametrize("size", [DESK, PHONE])
def test_every_strip_is_whole_on_the_screen(size: tuple[int, int], folder: RunFolder, tab: Callable[[], Page]) -> None:
    shown = tab()
    opened(shown, folder, size)
    boxes = json.loads(shown.js("JSON.stringify([...document.querySelectorAll('#timing svg')].map(svg => {"
                                "const b = svg.getBoundingClientRect(); return [b.left, b.right, b.height]}))"))
    assert len(boxes) == 5
    for left, right, height in boxes:
        assert left >= 0
        assert right <= size[0]
        assert height >= 20


def test_a_failure_shows_its_strip_where_it_is_told(folder: RunFolder, tab: Callable[[], Page]) -> None:
    shown = tab()
    opened(shown, folder, DESK)
    assert shown.js("document.querySelectorAll('#failures details svg').length") == 4


def test_the_page_says_how_sure_the_harness_was(folder: RunFolder, tab: Callable[[], Page]) -> None:
    shown = tab()
    opened(shown, folder, DESK)
    header = shown.js("document.querySelector('header').innerText")
    assert "at most 6.5 ms late, its waits 25.0 ms (p99)" in header
    assert "less than 7.0 ms proves nothing" in header
    assert "The machine was overloaded" in header
    assert "alert" in [role for role, _ in shown.heard()]


def test_what_was_alike_is_shown_as_broken_though_each_alone_lies_inside() -> None:
    assert ALIKE.call is Call.BROKEN
    assert {band.call(TOLERANCE, 0) for band in ALIKE.bands} == {Call.MET}
