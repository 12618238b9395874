"""Credentials that are almost right, made from those of the SUT file."""

from __future__ import annotations

import pytest

from harness.bdd.acts import _worded

FACTS = {"the password": "abcde", "the identity": "CS1"}


@pytest.mark.parametrize(
    ("cell", "expected"),
    [
        ("the password", "abcde"),
        ("the first half of the password", "abc"),
        ("the first half of the identity", "CS"),
        ("the password and more", "abcdex"),
    ],
)
def test_almost(cell: str, expected: str) -> None:
    assert _worded(cell, FACTS.__getitem__) == expected
