"""Which of the frames that left each entry of the journal was."""

from __future__ import annotations

from dataclasses import dataclass

from hypothesis import given
from hypothesis import strategies as st

from harness.journal import Direction
from harness.proof.mutant import Selector
from harness.proof.numbering import numbered
from harness.rpc.frame import Call, Frame


@dataclass(frozen=True)
class Entry:
    """What of a message the numbering reads."""

    number: int
    frame: Frame | None
    direction: Direction = Direction.IN


@dataclass(frozen=True)
class Read:
    entries: tuple[Entry, ...]

    def messages(self) -> tuple[Entry, ...]:
        return self.entries


def beat(number: int) -> Selector:
    return Selector(2, "Heartbeat", number)


def number(entries: list[Entry], left: list[tuple[str, Selector]]) -> dict[int, Selector]:
    return numbered(Read(tuple(entries)), left)  # type: ignore[arg-type]


def test_what_was_lost_has_no_entry() -> None:
    left = [("a", beat(1)), ("b", beat(2)), ("c", beat(3))]
    entries = [Entry(10, Call("a", "Heartbeat", {})), Entry(12, Call("c", "Heartbeat", {}))]
    assert number(entries, left) == {10: beat(1), 12: beat(3)}


def test_sent_again_under_the_same_id_it_is_the_later_one() -> None:
    left = [("a", beat(1)), ("a", beat(2))]
    assert number([Entry(10, Call("a", "Heartbeat", {}))], left) == {10: beat(2)}


def test_what_is_ours_or_no_frame_is_not_numbered() -> None:
    entries = [Entry(9, None), Entry(10, Call("a", "Heartbeat", {}), Direction.OUT)]
    assert number(entries, [("a", beat(1))]) == {}


@given(st.lists(st.tuples(st.sampled_from("abc"), st.booleans()), max_size=12))
def test_the_entries_keep_the_order_in_which_frames_left(sent: list[tuple[str, bool]]) -> None:
    """Whatever is lost, and whichever ids come again."""
    left = [(name, beat(index)) for index, (name, _) in enumerate(sent)]
    entries = [Entry(i, Call(name, "Heartbeat", {})) for i, (name, arrives) in enumerate(sent) if arrives]
    found = number(entries, left)
    assert set(found) == {entry.number for entry in entries}
    for name in "abc":
        own = [found[e.number].occurrence for e in entries if e.frame is not None and e.frame.id == name]
        assert own == sorted(set(own))
