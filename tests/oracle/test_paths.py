"""Member paths: reading, putting, removing."""

from __future__ import annotations

import copy
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from harness.oracle import paths
from harness.oracle.paths import BadPath

PAYLOAD: dict[str, Any] = {"a": {"b": [{"c": 1}, {"c": 2}, {}]}, "n": None, "l": [[5], [6]]}


@pytest.mark.parametrize(("path", "found"), [
    ("a.b[0].c", [1]), ("a.b[1].c", [2]), ("a.b[*].c", [1, 2]), ("a.b[2].c", []), ("a.b[3]", []), ("a.x", []),
    ("n", [None]), ("n.deeper", []), ("a.b.c", []), ("a[0]", []), ("l[1][0]", [6]), ("l[*][*]", [5, 6]),
])
def test_values(path: str, found: list[Any]) -> None:
    assert paths.values(PAYLOAD, path) == found


@pytest.mark.parametrize("path", ["", "a[", "a[x]", "a[-1]", "]", "a[]", ".", "..", "[0]]"])
def test_what_is_no_path_is_refused(path: str) -> None:
    with pytest.raises(BadPath):
        paths.parse(path)


@given(st.text(max_size=30))
def test_parse_gives_steps_or_refuses(text: str) -> None:
    try:
        given: object = paths.parse(text)
    except BadPath as refusal:
        given = str(refusal)
    assert given


names = st.sampled_from(["a", "b", "evse", "meterValue"])
steps = st.lists(names | st.integers(0, 3), min_size=0, max_size=4)


def written(first: str, rest: list[Any]) -> str:
    return first + "".join(f"[{step}]" if isinstance(step, int) else f".{step}" for step in rest)


@given(names, steps, st.integers() | st.text(max_size=5))
def test_what_was_put_is_found_and_can_be_taken_away(first: str, rest: list[Any], value: Any) -> None:
    path, payload = written(first, rest), {}
    paths.put(payload, path, value)
    assert paths.values(payload, path) == [value]
    assert paths.parse(path) == (first, *rest)
    before = copy.deepcopy(payload)
    assert paths.remove(payload, path)
    assert payload != before


@given(names, steps, names, steps, st.integers())
def test_putting_one_member_leaves_a_sibling_alone(
    first: str, rest: list[Any], other: str, more: list[Any], value: int
) -> None:
    payload: dict[str, Any] = {}
    if first == other:
        return
    paths.put(payload, written(first, rest), value)
    paths.put(payload, written(other, more), value + 1)
    assert paths.values(payload, written(first, rest)) == [value]


def test_removing_what_is_not_there_says_so() -> None:
    payload = {"a": {}}
    assert not paths.remove(payload, "a.b")
    assert payload == {"a": {}}
    assert paths.remove({"l": [1, 2]}, "l[*]")
