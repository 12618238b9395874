"""Statistics, shapes and the line between broken and too close to call."""

from __future__ import annotations

import json
from itertools import accumulate

import pytest
from hypothesis import given
from hypothesis import strategies as st

from harness.oracle.timing import (
    Aligned,
    Band,
    Between,
    Call,
    Growing,
    Measurement,
    Random,
    Shape,
    compare,
    gaps_of,
    measure,
    shape,
    shown,
    worst,
)
from harness.rpc.link import MILLISECOND, SECOND

MET, BROKEN, CLOSE = Call.MET, Call.BROKEN, Call.TOO_CLOSE
INTERVALS = st.lists(st.integers(0, 10**15), min_size=1, max_size=60)
ANY = st.lists(st.integers(-(10**30), 10**30), min_size=1, max_size=20)
SHAPES = (
    Between(2 * SECOND, 3 * SECOND), Between(low=SECOND), Between(high=SECOND), Growing(factor=2.0),
    Growing(step=SECOND), Random(2 * SECOND), Aligned(900 * SECOND),
)


def s(*seconds: float) -> list[int]:
    return [round(value * SECOND) for value in seconds]


# ---- statistics -------------------------------------------------------------------------------------


def test_statistics_of_a_known_series() -> None:
    found = measure(s(1, 2, 3, 4, 10))
    assert (found.n, found.minimum, found.median, found.p95, found.maximum) == (5, *s(1, 3, 10, 10))
    assert found.drift == 2 * SECOND
    assert str(measure(s(2))) == "measured n=1 min=median=p95=max=2.000 s, no drift"
    assert str(found) == "measured n=5 min=1.000 s median=3.000 s p95=10.000 s max=10.000 s drift=2.000 s"


def test_p95_leaves_one_in_twenty_above() -> None:
    assert measure(range(1, 101)).p95 == 95
    assert measure(range(1, 21)).p95 == 19
    assert measure([7]).p95 == 7


def test_drift_is_the_change_per_interval() -> None:
    assert measure(s(5, 5, 5, 5)).drift == 0
    assert measure(s(5, 5.1, 5.2, 5.3)).drift == 100 * MILLISECOND
    assert measure(s(5, 4.9, 4.8)).drift == -100 * MILLISECOND


def test_nothing_has_no_statistics() -> None:
    with pytest.raises(ValueError, match="nothing was measured"):
        measure([])


@given(ANY)
def test_statistics_are_ordered_whatever_the_values(gaps: list[int]) -> None:
    found = measure(gaps)
    assert found.minimum <= found.p95 <= found.maximum
    assert {found.minimum, found.p95, found.maximum} <= set(gaps)
    assert found.n == len(gaps)


@given(INTERVALS, st.integers(0, 10**18))
def test_gaps_undo_sums(gaps: list[int], start: int) -> None:
    assert gaps_of(list(accumulate(gaps, initial=start))) == gaps


def test_durations_are_shown_in_a_unit_that_reads_well() -> None:
    assert [shown(value) for value in (0, 1_500_000, -2_000_000, SECOND, 90 * SECOND)] == [
        "0.0 ms", "1.5 ms", "-2.0 ms", "1.000 s", "90.000 s"]


# ---- the line between -------------------------------------------------------------------------------


@pytest.mark.parametrize(("excess", "uncertainty", "call"), [
    (0, 0, MET), (1, 0, BROKEN), (-1, 0, MET),
    (4, 5, CLOSE), (-4, 5, CLOSE), (0, 5, CLOSE), (5, 5, BROKEN), (-5, 5, MET), (6, 5, BROKEN),
])
def test_a_margin_below_the_uncertainty_proves_nothing(excess: int, uncertainty: int, call: Call) -> None:
    assert compare(excess, uncertainty) is call


def test_what_is_broken_once_is_broken() -> None:
    assert worst([MET, CLOSE, BROKEN]) is BROKEN
    assert worst([MET, CLOSE]) is CLOSE
    assert worst([MET]) is worst([]) is MET


@given(st.integers(0, 10**12), st.integers(0, 10**12), st.integers(0, 10**9), st.integers(0, 10**9))
def test_more_uncertainty_only_ever_takes_a_verdict_away(value: int, limit: int, tolerance: int, more: int) -> None:
    band = Band(value, limit, limit)
    sure, unsure = band.call(tolerance, 0), band.call(tolerance, more)
    assert unsure in (sure, CLOSE)


@given(st.integers(0, 10**12), st.integers(0, 10**12), st.integers(0, 10**9))
def test_less_tolerance_never_mends(value: int, limit: int, tolerance: int) -> None:
    if Band(value, limit, limit).call(tolerance, 0) is BROKEN:
        assert Band(value, limit, limit).call(tolerance // 2, 0) is BROKEN


# ---- shapes -----------------------------------------------------------------------------------------


@pytest.mark.parametrize(("text", "gaps", "call"), [
    ("are 2 s", s(2, 2.05, 1.95), MET),
    ("are 2 s", s(2, 2.2, 2), BROKEN),
    ("are 2 s", s(2, 1.8, 2), BROKEN),
    ("are 2 s", s(2, 2.105), CLOSE),
    ("are at least 2 s", s(9, 1.95), MET),
    ("are at least 2 s", s(9, 1.8), BROKEN),
    ("are at most 2 s", s(0, 2.05), MET),
    ("are at most 2 s", s(0, 2.2), BROKEN),
    ("are between 2 s and 3 s", s(2, 3, 2.5), MET),
    ("are between 2 s and 3 s", s(2, 3.2), BROKEN),
    ("grow by a factor of 2", s(1, 2, 4, 8), MET),
    ("grow by a factor of 2", s(1, 2, 2), BROKEN),
    ("grow by a factor of 2", s(1), CLOSE),
    ("grow by 1 s", s(1, 2, 3), MET),
    ("grow by 1 s", s(2, 2, 2), BROKEN),
    ("grow by 1 s", s(7, 8, 9), MET),
    ("grow by 1 s from 1 s on", s(1, 2, 3), MET),
    ("grow by 1 s from 1 s on", s(7, 8, 9), BROKEN),
    ("grow by 1 s from 1 s on", s(1), CLOSE),
    ("grow by a factor of 2 from 500 ms on", s(0.5, 1, 2), MET),
    ("grow by a factor of 2 from 500 ms on", s(1, 2, 4), BROKEN),
    ("differ at random by up to 2 s", s(1, 2.5, 1.7), MET),
    ("differ at random by up to 2 s", s(*[1] * 11), BROKEN),
    ("differ at random by up to 2 s", s(*[1] * 10), CLOSE),
    ("differ at random by up to 2 s", s(*[1] * 10, 2), MET),
    ("differ at random by up to 4 s", s(*[1] * 6), BROKEN),
    ("differ at random by up to 4 s", s(*[1] * 5), CLOSE),
    ("differ at random by up to 2 s", s(1, 4), BROKEN),
])
def test_a_shape_tells_right_from_wrong(text: str, gaps: list[int], call: Call) -> None:
    assert shape(text).judge(gaps, (), 100 * MILLISECOND, 10 * MILLISECOND) is call


@given(st.integers(1, 40), st.integers(1, 14), st.integers(0, 10), st.booleans())
def test_who_chooses_among_whole_seconds_is_wronged_less_than_once_in_a_thousand_runs(
    spread: int, count: int, minimum: int, including: bool
) -> None:
    """All gaps alike, by chance: of every choice there is one such run among choices ** count."""
    choices = max(2, spread + including)
    chosen = [(minimum + 1) * SECOND] * count
    call = Random(spread * SECOND).judge(chosen, (), 100 * MILLISECOND, 10 * MILLISECOND)
    assert call is not MET
    if call is BROKEN:
        assert choices / choices**count < 0.001
    assert call is BROKEN or count < Random(spread * SECOND).telling


@given(st.integers(1, 40), st.lists(st.floats(0, 1), min_size=2, max_size=14))
def test_what_lies_within_the_range_is_never_broken_where_it_differs(spread: int, parts: list[float]) -> None:
    gaps = s(*(1 + part * spread for part in parts))
    call = Random(spread * SECOND).judge(gaps, (), 100 * MILLISECOND, 10 * MILLISECOND)
    assert call is MET or max(gaps) - min(gaps) < 60 * MILLISECOND


@pytest.mark.parametrize(("seconds", "call"), [
    ((900, 1800, 2700.05), MET), ((900, 1799.95), MET), ((900, 1801), BROKEN), ((899, 1800), BROKEN),
    ((900, 1800.105), CLOSE), ((450,), BROKEN),
])
def test_alignment_is_to_the_clock_not_to_the_start(seconds: tuple[float, ...], call: Call) -> None:
    walls = s(*seconds)
    assert Aligned(900 * SECOND).judge(gaps_of(walls), walls, 100 * MILLISECOND, 10 * MILLISECOND) is call


def test_alignment_over_a_leap_second_and_a_change_to_summer_time() -> None:
    """The Unix clock has neither: both moments are multiples like any other."""
    leap, summer = 1_483_228_800, 1_774_746_000  # 2017-01-01T00:00:00Z, 2026-03-29T01:00:00Z
    for middle in (leap, summer):
        walls = s(middle - 900, middle, middle + 900)
        assert Aligned(900 * SECOND).judge(gaps_of(walls), walls, 0, 0) is MET


def test_a_stroke_passed_over_makes_the_next_late_by_as_much() -> None:
    walls = s(900, 1800, 3601, 3601, 4500)
    form = Aligned(900 * SECOND)
    assert [band.value for band in form.bands(gaps_of(walls), walls)] == s(0, 0, 901, 1, 0)
    assert form.judge(gaps_of(walls), walls, 100 * SECOND, 0) is BROKEN
    assert form.judge(gaps_of(walls[2:]), walls[2:], 100 * SECOND, 0) is MET


def test_growth_doubts_both_of_the_gaps_it_compares() -> None:
    """Gaps with an error of 10 ms each: twice the first is off by 20 ms, so 30 ms tell nothing."""
    grown = s(1, 2.125)
    assert Growing(factor=2.0).judge(grown, (), 100 * MILLISECOND, 10 * MILLISECOND) is CLOSE
    assert Growing(factor=2.0).judge(s(1, 2.135), (), 100 * MILLISECOND, 10 * MILLISECOND) is BROKEN


@pytest.mark.parametrize("text", [
    "are 2 s", "are at least 500 ms", "are at most 1 h", "are between 2 s and 5 min", "grow by 10 s",
    "grow by a factor of 2", "grow by a factor of 1.5", "grow by a factor of 2 from 1 min on",
    "grow by 1 s from 2 s on", "differ at random by up to 5 s",
    "fall on every 15 min of the clock",
])
def test_every_form_is_read_and_shown(text: str) -> None:
    assert str(shape(text))
    assert shape(text) == shape(text)


@pytest.mark.parametrize("text", [
    "", "are", "are long", "grow", "are 0 s", "fall on every 0 s of the clock", "differ at random by up to 0 ms",
    "are between 5 s and 2 s", "wobble by 2 s",
])
def test_what_is_no_shape_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match=r"no shape|against 0|comes first"):
        shape(text)


def test_huge_durations_are_numbers_like_others() -> None:
    years = shape("are at least 99999999999999 h")
    assert years.judge(s(1), (), 0, 0) is BROKEN


@pytest.mark.parametrize("form", SHAPES, ids=str)
@given(stamps=st.lists(st.integers(-(10**20), 10**20), min_size=2, max_size=12))
def test_no_series_crashes_a_shape(form: Shape, stamps: list[int]) -> None:
    """Stamps that run backwards too: wall clocks do."""
    gaps = gaps_of(stamps)
    call = form.judge(gaps, stamps, SECOND, MILLISECOND)
    bands = form.bands(gaps, stamps)
    assert Measurement.from_json(json.loads(json.dumps(
        Measurement(str(form), bands, SECOND, MILLISECOND, call).to_json()))).bands == bands


# ---- measurements -----------------------------------------------------------------------------------


def test_a_measurement_says_everything_a_reader_needs() -> None:
    bands = Between(SECOND, SECOND).bands(s(1, 1.1, 0.9), ())
    found = Measurement("Heartbeat every 1 s", bands, 50 * MILLISECOND, MILLISECOND, BROKEN, 7)
    text = str(found)
    for word in ("n=3", "min=", "median=", "p95=", "max=", "drift=", "tolerance 50.0 ms", "uncertainty"):
        assert word in text
    document = found.to_json()
    assert (document["n"], document["median"], document["call"]) == (3, SECOND, "broken")
    assert Measurement.from_json(document) == found


@pytest.mark.parametrize("data", [{}, {"what": "x"}, {"what": "x", "intervals": [], "call": "met"}])
def test_what_is_no_measurement_is_refused(data: dict[str, object]) -> None:
    with pytest.raises((KeyError, ValueError, TypeError)):
        Measurement.from_json(data)
