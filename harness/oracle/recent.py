"""A memory with a limit: what is oldest is forgotten, so that a stream of any length can be watched."""

from __future__ import annotations

from collections import OrderedDict
from typing import TypeVar

K = TypeVar("K")
V = TypeVar("V")

MANY = 20_000
"""More small values than any scenario has, and few enough for a stream without end."""
FEW = 2_000
"""The same for values that hold whole messages."""


class Recent(OrderedDict[K, V]):
    """A dictionary of at most `most` entries; setting one more drops the one set longest ago."""

    def __init__(self, most: int = MANY) -> None:
        super().__init__()
        self._most = most

    def __setitem__(self, key: K, value: V) -> None:
        super().__setitem__(key, value)
        self.move_to_end(key)
        while len(self) > self._most:
            self.popitem(last=False)
