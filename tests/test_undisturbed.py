"""While a run lasts, the garbage collector leaves alone what was loaded before it; afterwards no longer."""

from __future__ import annotations

import gc

import pytest

from harness.undisturbed import YOUNG, undisturbed


class Ring:
    """Refers to itself, so that only the collector frees it."""

    def __init__(self, freed: list[str], name: str) -> None:
        self.myself, self.freed, self.name = self, freed, name

    def __del__(self) -> None:
        self.freed.append(self.name)


def test_what_was_there_is_left_alone_and_what_comes_is_not() -> None:
    freed: list[str] = []
    old = Ring(freed, "old")
    with undisturbed():
        del old
        Ring(freed, "new")
        gc.collect()
        assert freed == ["new"]
        assert gc.get_threshold()[0] == YOUNG
    gc.collect()
    assert freed == ["new", "old"]


def test_it_ends_with_an_exception_too() -> None:
    before = gc.get_threshold()
    with pytest.raises(ZeroDivisionError), undisturbed():
        raise ZeroDivisionError
    assert not gc.get_freeze_count()
    assert gc.get_threshold() == before
