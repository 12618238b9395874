"""The value grammar: every form of a cell, what it accepts and what it does not."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from harness.oracle import match
from harness.oracle.match import BadCell, Equal, Row, mismatch, mismatches, parse, passed_at, resolve
from harness.oracle.moments import moment

MISSING = object()
PASSED = moment("2026-11-21T05:00:01Z") or 0


def row_of(path: str, cell: str) -> Row:
    """A row about a message that passed at PASSED."""
    (row,) = passed_at((Row(path, parse(cell)),), PASSED)
    return row


# cell, value (MISSING: the member is not there), met
CELLS: list[tuple[str, object, bool]] = [
    ("now within 2 s", "2026-11-21T05:00:00Z", True),
    ("now within 2 s", "2026-11-21T04:59:58.999Z", False),
    ("now within 2 s", "2026-11-21T05:00:03Z", True),
    ("now within 2 s", "2026-11-21T05:00:03.001Z", False),
    ("now within 500 ms", "2026-11-21T05:00:00Z", False),
    ("absent or now within 2 s", "2026-11-21T04:00:00Z", False),
    ("any of x, now within 2 s", "2026-11-21T04:00:00Z", False),
    ("any of x, now within 2 s", "2026-11-21T05:00:00Z", True),
    ("now within 2 s", "2026-11-21T05:00:00", False),
    ("now within 2 s", "now", False),
    ("now within 2 s", MISSING, False),
    ("on every 15 min of the clock", "2026-11-21T05:15:00Z", True),
    ("on every 15 min of the clock", "2026-11-21T05:15:00.001Z", True),
    ("on every 15 min of the clock", "2026-11-21T05:15:01Z", True),
    ("on every 15 min of the clock", "2026-11-21T05:15:01.100Z", False),
    ("on every 15 min of the clock", "2026-11-21T05:14:59.000Z", False),
    ("on every 15 min of the clock", "2026-11-21T07:15:00.0+02:00", True),
    ("on every 15 min of the clock", "2026-11-21T05:15:00", False),
    ("on every 15 min of the clock", "2016-12-31T23:59:60Z", True),
    ("on every 15 min of the clock", 5, False),
    ("on every 15 min of the clock", MISSING, False),
    ("Accepted", "Accepted", True),
    ("Accepted", "accepted", False),
    ("Accepted", MISSING, False),
    ("Accepted", None, False),
    ("Accepted", ["Accepted"], False),
    ("1", 1, True),
    ("1", 1.0, True),
    ("1", "1", True),
    ("1", 2, False),
    ("1", True, False),
    ("1", MISSING, False),
    ("0", False, False),
    ("0", None, False),
    ("8.1", 8.1, True),
    ("8.1", 8.15, False),
    ("true", True, True),
    ("true", False, False),
    ("true", 1, False),
    ("false", False, True),
    ("false", None, False),
    ("None", None, False),
    ("null", None, False),
    ('"absent"', "absent", True),
    ('"absent"', MISSING, False),
    ('"the valid idToken"', "the valid idToken", True),
    ('""', "", True),
    ('""', MISSING, False),
    ('""', None, False),
    ("absent", MISSING, True),
    ("absent", None, False),
    ("absent", "absent", False),
    ("absent", "", False),
    ("present", "x", True),
    ("present", 0, True),
    ("present", False, True),
    ("present", "", True),
    ("present", None, False),
    ("present", MISSING, False),
    ("any of A, B", "B", True),
    ("any of A, B", "C", False),
    ("any of A, B", "A, B", False),
    ("any of A, B", MISSING, False),
    ("any of at least 5, x", 6, True),
    ("any of at least 5, x", "x", True),
    ("any of at least 5, x", 4, False),
    ("none of A, B", "C", True),
    ("none of A, B", "A", False),
    ("none of A, B", MISSING, False),
    ("none of A, B", None, False),
    ("absent or A", MISSING, True),
    ("absent or A", "A", True),
    ("absent or A", "B", False),
    ("absent or A", None, False),
    ("absent or any of A, B", "B", True),
    ("absent or at least 5", 4, False),
    ("absent or like x.*", "xy", True),
    ("at least 5", 5, True),
    ("at least 5", 4.9, False),
    ("at least 5", True, False),
    ("at least 5", "5", True),
    ("at least 5", "5.5", True),
    ("at least 5", "4", False),
    ("at least 5", "inf", False),
    ("at least 5", "9_9", False),
    ("9223372036854775807", 9223372036854775807, True),
    ("9223372036854775807", 9223372036854775806, False),
    ("at least 5", "many", False),
    ("at least 5", None, False),
    ("at least 5", [9], False),
    ("at least 5", MISSING, False),
    ("at least -5", -5, True),
    ("at most 5", 5, True),
    ("at most 5", 6, False),
    ("at most 5", MISSING, False),
    ("more than 5", 5, False),
    ("more than 5", 5.1, True),
    ("less than 5", 5, False),
    ("less than 5", 4, True),
    ("between 1 and 5", 1, True),
    ("between 1 and 5", 5, True),
    ("between 1 and 5", 0, False),
    ("between 1 and 5", 6, False),
    ("like CS.*", "CS001", True),
    ("like CS.*", "xCS001", False),
    ("like CS", "CS001", False),
    ("like .*", 5, False),
    ("like .*", MISSING, False),
]


@pytest.mark.parametrize(("cell", "value", "met"), CELLS, ids=[f"{c}|{v!r:.20}" for c, v, _ in CELLS])
def test_a_cell_means_what_the_table_says(cell: str, value: object, met: bool) -> None:
    payload = {} if value is MISSING else {"member": value}
    assert (mismatch(payload, row_of("member", cell)) is None) is met


BAD = ["", "   ", "at least", "at least many", "between 1", "between one and 5", "between 1 and five", "like [",
       "any of", "any of A,,B", "none of ,", "absent or", "at least nan", "between 5 and 1", "less than inf",
       "on every", "on every 2 s", "on every 0 s of the clock", "on every hour of the clock",
       "absent or absent", "absent or absent or A", "any of absent, A", "any of any of A, B", "like", "the"]


@pytest.mark.parametrize("cell", BAD)
def test_a_cell_without_meaning_is_refused(cell: str) -> None:
    with pytest.raises(BadCell) as refusal:
        parse(cell)
    assert len(str(refusal.value)) > 15


cells = st.one_of(
    st.text(max_size=40),
    st.builds(
        "{} {}".format,
        st.sampled_from(["any of", "none of", "absent or", "at least", "at most", "more than", "less than", "between",
                         "like", "the", "absent", "present", "on every", "now within"]),
        st.text(max_size=20),
    ),
    st.builds(lambda depth, end: "absent or " * depth + end, st.integers(0, 3000), st.text(max_size=5)),
    st.from_regex(r"like [(\[{*+?\\a-z0-9|^$)\]},]{1,20}", fullmatch=True),
)


@given(cells)
@example("like a{99999999999}")
@example("like [[")
@example("like [[a]")
@example("like (?P<a>x)(?P<a>y)")
@example("at least 1e999")
@example("between " + "9" * 5000 + " and 1")
@example("absent or " * 3000 + "A")
@example("any of " * 3000 + "A")
def test_parse_gives_a_pattern_or_says_what_is_wrong(cell: str) -> None:
    try:
        said = str(parse(cell))
    except BadCell as refusal:
        said = str(refusal)
    assert said


json_values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(max_size=10),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from("abc"), inner, max_size=3),
    max_leaves=8,
)
plain_cells = st.sampled_from(sorted({cell for cell, _, _ in CELLS}))


@given(st.dictionaries(st.sampled_from("abc"), json_values, max_size=3),
       st.lists(st.tuples(st.sampled_from(["a", "b", "c", "a.b", "b[0]", "c[0].a"]), plain_cells), max_size=6))
def test_no_row_is_skipped(payload: dict[str, Any], cells: list[tuple[str, str]]) -> None:
    """The verdict over a table is that over its rows one by one, each of which is either met or not."""
    rows = tuple(row_of(path, cell) for path, cell in cells)
    wrong = mismatches(payload, rows)
    assert [w.row for w in wrong] == [row for row in rows if mismatch(payload, row) is not None]


@given(st.dictionaries(st.sampled_from("abc"), json_values, max_size=3), st.sampled_from("abcd"), plain_cells)
def test_only_what_says_absent_is_met_by_nothing(payload: dict[str, Any], name: str, cell: str) -> None:
    payload.pop(name, None)
    assert (mismatch(payload, row_of(name, cell)) is None) is cell.startswith("absent")


def test_a_mismatch_shows_row_expectation_and_what_was_there() -> None:
    rows = (Row("status", parse("any of A, B")), Row("interval", parse("at least 5")), Row("gone", parse("present")))
    said = [str(wrong) for wrong in mismatches({"status": "C", "interval": 4}, rows)]
    assert said == [
        "status: expected any of 'A', 'B', saw 'C'",
        "interval: expected at least 5, saw 4",
        "gone: expected present, saw nothing",
    ]


# ---- references -----------------------------------------------------------------------------------


@pytest.mark.parametrize("cell", ["the id of \"boot\"", "any of A, the id of \"boot\"", "absent or the id of \"boot\""])
def test_a_reference_is_resolved_wherever_it_stands(cell: str) -> None:
    pattern = resolve(parse(cell), lambda text: {'the id of "boot"': 42}[text])
    assert pattern.accepts(42)
    assert not pattern.accepts(43)


def test_a_reference_nobody_resolved_is_no_pass() -> None:
    with pytest.raises(TypeError, match="never resolved"):
        mismatch({"a": 1}, Row("a", parse("the valid idToken")))


@pytest.mark.parametrize(("expected", "value", "equal"), [
    ({"a": 1}, {"a": 1}, True), ({"a": 1}, {"a": 2}, False), ([1], [1], True),
    (None, None, True), (None, "None", False),
    (5, 5.0, True), (5, "5", True), ("5", 5, True), (True, True, True), (True, 1, False), (1, True, False),
    ("True", True, True), (2**63 - 1, 2**63 - 2, False), (None, 0, False), ("x", None, False),
])
def test_values_from_references_compare_as_json(expected: object, value: object, equal: bool) -> None:
    assert Equal(expected).accepts(value) is equal


def test_every_opening_of_the_grammar_stands_in_the_table() -> None:
    tried = {opening for opening, _ in match._FORMS if any(cell.startswith(opening + " ") for cell, _, _ in CELLS)}
    assert tried | {"the"} == {opening for opening, _ in match._FORMS}
