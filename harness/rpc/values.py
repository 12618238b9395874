"""Dataclasses of which every message makes some.

`light` is `dataclass` to who checks the types, who sees to it that nobody changes what is frozen. When the program
runs it freezes nothing: a frozen dataclass takes three times as long to make, which was a tenth of what a message cost.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeVar

__all__ = ["light"]

if TYPE_CHECKING:
    from dataclasses import dataclass as light
else:
    T = TypeVar("T")

    def light(*, frozen: bool, slots: bool) -> Callable[[type[T]], type[T]]:
        """A dataclass with the hash of a frozen one."""
        return dataclass(slots=slots, unsafe_hash=frozen)
