"""A person as driver who may answer at the console or on a page: the two are equal, and the first answer wins.

The page is `harness.drivers.board`; losing it, or never opening it, costs nothing but the page.
"""

from __future__ import annotations

import threading
import time
from collections.abc import Mapping
from contextlib import ExitStack
from dataclasses import dataclass
from typing import Protocol

from harness.drivers.manual import Console, Opening, Terminal, details, question
from harness.drivers.outcome import CannotDo, Done, Outcome
from harness.intents import Intent

_GLANCE = 0.1
"""How often (s) we look from the console to the page."""


@dataclass(frozen=True, slots=True)
class Question:
    """What a person is asked. `until` is on the monotonic clock, in s."""

    text: str
    details: tuple[str, ...]
    until: float


@dataclass(frozen=True, slots=True)
class Answer:
    """What the person said on the page; `note` is their own words."""

    done: bool
    note: str = ""


class Board(Protocol):
    """Where questions are shown besides the console; answers come from another thread."""

    def put(self, question: Question) -> None:
        """Show it; the question before it is gone."""
        ...

    def answer(self, wait: float) -> Answer | None:
        """The answer to the question, or None after `wait` seconds without one."""
        ...

    def settle(self, how: str) -> None:
        """The question is answered or too late; nobody needs to answer it any more."""
        ...


@dataclass(frozen=True, slots=True)
class Operator:
    """Asks on `board` and, where there is a terminal, there too."""

    board: Board
    open: Opening = Console.open

    def perform(self, intent: Intent, parameters: Mapping[str, object], deadline: float) -> Outcome:
        """Never blocks past the deadline."""
        until = time.monotonic() + deadline
        self.board.put(Question(intent.meaning, tuple(details(parameters)), until))
        with ExitStack() as opened:
            terminal = _terminal(opened, self.open)
            if terminal is not None:
                terminal.forget()
                terminal.say(question(intent, parameters, deadline))
            outcome, how = _first(self.board, terminal, intent, until)
            if terminal is not None and how != "console":
                terminal.say(f"{_told(outcome, how)}\n")
        self.board.settle(_told(outcome, how))
        return outcome


def _terminal(opened: ExitStack, opening: Opening) -> Terminal | None:
    try:
        return opened.enter_context(opening())
    except OSError:
        return None


def _first(board: Board, terminal: Terminal | None, intent: Intent, until: float) -> tuple[Outcome, str]:
    """The first answer, and where it came from ("page", "console", "nobody")."""
    while (left := until - time.monotonic()) > 0:
        if terminal is not None:
            try:
                line = terminal.line(min(until, time.monotonic() + _GLANCE))
            except (EOFError, OSError):
                terminal, line = None, None
            if line is not None and (outcome := _typed(line, intent)) is not None:
                return outcome, "console"
            if line is not None and terminal is not None:
                terminal.say("Press Enter when it is done, or type c and press Enter if it cannot be done: ")
        answer = board.answer(0 if terminal is not None else min(left, 1.0))
        if answer is not None:
            return _clicked(answer, intent), "page"
    return CannotDo(f'nobody confirmed "{intent.name}" in time, on the page or at the console'), "nobody"


def _typed(line: str, intent: Intent) -> Outcome | None:
    word, _, reason = line.strip().partition(" ")
    if word == "":
        return Done(time.monotonic_ns(), "a person confirmed it at the console")
    if word.lower() == "c":
        return _refusal(intent, reason)
    return None


def _clicked(answer: Answer, intent: Intent) -> Outcome:
    note = f": {answer.note}" if answer.note else ""
    if answer.done:
        return Done(time.monotonic_ns(), f"a person confirmed it on the operator page{note}")
    return _refusal(intent, answer.note)


def _refusal(intent: Intent, reason: str) -> CannotDo:
    return CannotDo(f'the person asked for "{intent.name}" cannot do it{": " + reason if reason else ""}')


def _told(outcome: Outcome, how: str) -> str:
    if how == "nobody":
        return "Too late; the run goes on."
    return f"{'Done' if isinstance(outcome, Done) else 'Cannot be done'}, said at the {how}."


class Slate:
    """A board without a page: the state that a page shows, and the answer that it gives. Safe from any thread."""

    def __init__(self) -> None:
        self._changed = threading.Condition()
        self._question: Question | None = None
        self._number = 0
        self._answer: Answer | None = None
        self._settled = ""

    def put(self, question: Question) -> None:
        with self._changed:
            self._number += 1
            self._question, self._answer, self._settled = question, None, ""

    def answer(self, wait: float) -> Answer | None:
        with self._changed:
            self._changed.wait_for(lambda: self._answer is not None, wait)
            return self._answer

    def settle(self, how: str) -> None:
        with self._changed:
            self._question, self._settled = None, how

    def give(self, number: int, answer: Answer) -> bool:
        """Answer question `number`; False where it is not open (any more): somebody else was first."""
        with self._changed:
            if self._question is None or number != self._number or self._answer is not None:
                return False
            self._answer = answer
            self._changed.notify_all()
        return True

    def shown(self) -> tuple[int, Question | None, str]:
        """The question's number, the question while it is open, and how the last one ended."""
        with self._changed:
            return self._number, self._question, self._settled
