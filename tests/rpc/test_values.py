"""What is made lightly behaves as the frozen dataclass that the type checker takes it for, but for the freezing."""

from __future__ import annotations

from dataclasses import dataclass, fields, replace

from harness.rpc.link import Instant
from harness.rpc.values import light


@light(frozen=True, slots=True)
class Light:
    one: int
    two: str = "b"


@dataclass(frozen=True, slots=True)
class Frozen:
    one: int
    two: str = "b"


def test_it_is_made_compared_hashed_shown_and_replaced_alike() -> None:
    assert Light(1) == Light(1, "b") != Light(2)
    assert hash(Light(1, "c")) == hash(Frozen(1, "c"))
    assert repr(Light(1)).replace("Light", "Frozen") == repr(Frozen(1))
    assert replace(Light(1), two="c") == Light(1, "c")
    assert [field.name for field in fields(Light)] == [field.name for field in fields(Frozen)]
    assert not hasattr(Light(1), "__dict__")


def test_two_kinds_are_never_the_same() -> None:
    assert Light(1, "b") != Frozen(1, "b")
    assert Instant(1, 2) != (1, 2)
