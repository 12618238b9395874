"""The locator finds what tomllib finds, and on the line where it stands."""

from __future__ import annotations

import json
import tomllib
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from harness.sut.lines import Path, line_of, locate

DOCUMENT = '''\
title = "a # no comment"  # a comment

[a]
"b.c" = 1
d.e = """
[not.a.table]
"quoted\\""""
f = [
  1, # one
  [2, "]"],
  { g = "}", h = { i = 3 } },
]

[[t]]
n = 1
[[t]]
n = 2
[t.u]
v = 1979-05-27 07:32:00
[[t.w]]
x = 'lit"eral'
[ a . y ]
z = \'\'\'
\'\'one\'\'\'
last = true
'''


@pytest.mark.parametrize(
    ("path", "line"),
    [
        (("title",), 1),
        (("a",), 3),
        (("a", "b.c"), 4),
        (("a", "d"), 5),
        (("a", "d", "e"), 5),
        (("a", "f"), 8),
        (("a", "f", 0), 9),
        (("a", "f", 1, 1), 10),
        (("a", "f", 2, "h", "i"), 11),
        (("t", 0, "n"), 15),
        (("t", 1), 16),
        (("t", 1, "n"), 17),
        (("t", 1, "u", "v"), 19),
        (("t", 1, "w", 0, "x"), 21),
        (("a", "y", "z"), 23),
        (("a", "y", "last"), 25),
    ],
)
def test_each_key_has_its_line(path: Path, line: int) -> None:
    assert locate(DOCUMENT)[path] == line


def test_what_is_missing_is_looked_for_where_its_table_stands() -> None:
    found = locate(DOCUMENT)
    assert line_of(found, ("t", 1, "missing", "x")) == 16
    assert line_of(found, ("missing",)) == 0


SCALARS = st.one_of(
    st.integers(-(2**63), 2**63 - 1).map(str),
    st.booleans().map(lambda value: str(value).lower()),
    st.sampled_from(["1979-05-27T07:32:00Z", "nan", "-inf", "0x1F", "6.02e23", "07:32:00"]),
    st.text(st.characters(min_codepoint=32, max_codepoint=0x2FF, exclude_characters="\x7f")).map(json.dumps),
    st.text(st.sampled_from("[]{}#=,. \"a\n"), max_size=8).map(lambda text: f"'''\n{text}'''"),
    st.text(st.sampled_from("[]{}#=,. 'a\n"), max_size=8).map(lambda text: f'"""{text}"""'),
)
KEYS = st.one_of(st.from_regex(r"[a-z0-9_-]{1,3}", fullmatch=True), st.sampled_from(['"a.b"', "'#]'", '"\\u00e9"']))


def _inline(pairs: dict[str, str]) -> str:
    return "{ " + ", ".join(f"{key} = {value}" for key, value in pairs.items()) + " }"


VALUES = st.recursive(
    SCALARS,
    lambda inner: st.one_of(
        st.lists(inner, max_size=3).map(lambda items: "[\n  " + ", # [\n  ".join([*items, ""]) + "]"),
        st.dictionaries(KEYS, inner, max_size=3).map(_inline),
    ),
    max_leaves=6,
)


def _paths(value: Any, path: Path = ()) -> set[Path]:
    children = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    return {path} - {()} | {found for key, child in children for found in _paths(child, (*path, key))}


@given(st.lists(st.tuples(st.sampled_from(["", "[{}]", "[[{}]]", "[{}.x]"]), KEYS, KEYS, VALUES), max_size=5))
def test_it_finds_exactly_the_keys_of_a_valid_document(rows: list[tuple[str, str, str, str]]) -> None:
    text, lines = "", []
    for header, table, key, value in rows:
        extended = text + (header.format(table) + "\n" if header else "")
        line = extended.count("\n") + 1
        extended += f"{key} = {value}\n"
        try:
            tomllib.loads(extended)
        except tomllib.TOMLDecodeError:
            continue
        text = extended
        lines.append(line)
    found = locate(text)
    assert set(found) == _paths(tomllib.loads(text))
    assert set(lines) <= set(found.values())


@given(st.text(st.sampled_from("[]{}='\"\\#.,a1\n \t")))
def test_it_survives_what_is_no_toml(text: str) -> None:
    assert all(line >= 1 for line in locate(text).values())
