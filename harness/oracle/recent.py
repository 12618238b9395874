"""A memory with a limit: what is oldest is forgotten, so that a stream of any length can be watched."""

from __future__ import annotations

from itertools import islice
from typing import TypeVar

K = TypeVar("K")
V = TypeVar("V")

MANY = 20_000
"""More small values than any scenario has, and few enough for a stream without end."""
FEW = 2_000
"""The same for values that hold whole messages."""


class Recent(dict[K, V]):
    """A dictionary of at most `most` entries; when it is full, the older half goes at once, which costs little."""

    def __init__(self, most: int = MANY) -> None:
        super().__init__()
        self._most = most

    def __setitem__(self, key: K, value: V) -> None:
        dict.__setitem__(self, key, value)
        if len(self) > self._most:
            for old in list(islice(self, self._most // 2)):
                del self[old]

    def setdefault(self, key: K, default: V) -> V:
        """As of a dictionary, within the limit."""
        if key not in self:
            self[key] = default
        return self[key]
