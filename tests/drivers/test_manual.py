"""A person as driver, on a pseudo-terminal: Enter, "c", silence, and nobody there."""

from __future__ import annotations

import os
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager

import pytest

from harness.drivers import CannotDo, Done, Outcome
from harness.drivers.manual import Console, Manual, Terminal, question
from harness.intents import INTENTS
from tests.patience import HANGING

PLUG_IN = INTENTS["plug_in"]
PLACE = {"evse": 2, "connector": 1}


class Scripted:
    """A terminal whose person types `lines`; None is silence until the deadline."""

    def __init__(self, *lines: str | None) -> None:
        self.lines = iter(lines)
        self.said = ""
        self.forgotten_before = ""

    def say(self, text: str) -> None:
        self.said += text

    def forget(self) -> None:
        self.forgotten_before = self.said

    def line(self, until: float) -> str | None:
        assert until - time.monotonic() <= 30
        try:
            return next(self.lines)
        except StopIteration:
            raise EOFError from None

    def open(self) -> AbstractContextManager[Terminal]:
        @contextmanager
        def opened() -> Iterator[Terminal]:
            yield self

        return opened()


def asked(*lines: str | None) -> Outcome:
    return Manual(Scripted(*lines).open).perform(PLUG_IN, PLACE, 30)


def test_enter_is_done() -> None:
    before = time.monotonic_ns()
    outcome = asked("")
    assert isinstance(outcome, Done)
    assert before <= outcome.at <= time.monotonic_ns()


@pytest.mark.parametrize(
    ("lines", "reason"),
    [
        (("c",), 'the person asked for "plug_in" cannot do it'),
        (("C no cable here",), 'the person asked for "plug_in" cannot do it: no cable here'),
        ((None,), 'nobody confirmed "plug_in" within 30 s'),
        ((), 'the terminal was closed before "plug_in" was done'),
    ],
)
def test_anything_but_enter_is_no_success(lines: tuple[str | None, ...], reason: str) -> None:
    assert asked(*lines) == CannotDo(reason)


def test_another_word_is_asked_about_again() -> None:
    terminal = Scripted("what?", "")
    assert isinstance(Manual(terminal.open).perform(PLUG_IN, PLACE, 30), Done)
    assert terminal.said.endswith("if it cannot be done: ")


def test_the_person_reads_what_and_where_and_how_long() -> None:
    text = question(INTENTS["present"], {"evse": 2, "token": "04A2", "type": "ISO14443", "group": ""}, 120.0)
    for expected in ("Hold a card", "EVSE: 2", "04A2", "ISO14443", "Enter = done", "c + Enter", "120 s"):
        assert expected in text


def test_for_a_csms_the_person_reads_the_message() -> None:
    asked_for = {"station": "CS001", "action": "Reset", "payload": {"type": "OnIdle"}}
    text = question(INTENTS["send"], asked_for, 120.0)
    for expected in ("Message: Reset", "Station: CS001", '"type": "OnIdle"'):
        assert expected in text


def test_without_a_terminal_the_answer_comes_at_once() -> None:
    def missing() -> AbstractContextManager[Terminal]:
        raise OSError("No such device")

    outcome = Manual(missing).perform(PLUG_IN, PLACE, 3600)
    assert outcome == CannotDo('nobody can be asked for "plug_in": there is no terminal (No such device)')


def test_a_file_is_no_terminal(tmp_path: pytest.TempPathFactory) -> None:
    with pytest.raises(OSError, match="is no terminal"):
        Console.open("/dev/null")


@pytest.fixture
def pty() -> Iterator[tuple[int, str]]:
    """The keyboard's end, and the path of the terminal."""
    keyboard, terminal = os.openpty()
    yield keyboard, os.ttyname(terminal)
    os.close(keyboard)
    os.close(terminal)


def _person(keyboard: int, types: bytes) -> threading.Thread:
    """Reads until the question is complete, then types."""

    def act() -> None:
        seen = b""
        while seen.count(b"=" * 72) < 2:
            seen += os.read(keyboard, 4096)
        os.write(keyboard, types)

    thread = threading.Thread(target=act)
    thread.start()
    return thread


def _on(path: str) -> Callable[[], AbstractContextManager[Terminal]]:
    return lambda: Console.open(path)


@pytest.mark.parametrize(("types", "kind"), [(b"\n", Done), (b"c\n", CannotDo), (b"x\n\n", Done), (b"\x04", CannotDo)])
def test_on_a_real_terminal(pty: tuple[int, str], types: bytes, kind: type[Outcome]) -> None:
    keyboard, path = pty
    person = _person(keyboard, types)
    outcome = Manual(_on(path)).perform(PLUG_IN, PLACE, 30)
    person.join()
    assert isinstance(outcome, kind), outcome


def test_what_was_typed_before_the_question_does_not_count(pty: tuple[int, str]) -> None:
    keyboard, path = pty
    os.write(keyboard, b"\n\n")
    outcome = Manual(_on(path)).perform(PLUG_IN, PLACE, 0.05)
    assert outcome == CannotDo('nobody confirmed "plug_in" within 0.05 s')


def test_half_a_line_does_not_hold_us_beyond_the_deadline(pty: tuple[int, str]) -> None:
    keyboard, path = pty
    person = _person(keyboard, b"no newline")
    began = time.monotonic()
    outcome = Manual(_on(path)).perform(PLUG_IN, PLACE, 0.2)
    person.join()
    assert isinstance(outcome, CannotDo)
    assert time.monotonic() - began < HANGING
