"""A person as driver: asked on the controlling terminal, because pytest keeps stdin and stdout to itself."""

from __future__ import annotations

import json
import os
import select
import time
from collections.abc import Callable, Mapping
from contextlib import AbstractContextManager, suppress
from dataclasses import dataclass
from types import TracebackType
from typing import Protocol

from harness.drivers.outcome import CannotDo, Done, Outcome
from harness.intents import Intent

_WIDTH = 72


class Terminal(Protocol):
    """Where a person reads and types."""

    def say(self, text: str) -> None: ...

    def forget(self) -> None:
        """Drop what was typed before the question was put."""
        ...

    def line(self, until: float) -> str | None:
        """The next line, without its end; None when the monotonic clock (s) reads `until`.

        Raises EOFError when nobody can type any more."""
        ...


class Console:
    """A terminal on a file descriptor. Use it as a context manager: it closes the descriptor."""

    def __init__(self, descriptor: int) -> None:
        self._descriptor = descriptor
        self._typed = b""

    @classmethod
    def open(cls, path: str = "/dev/tty") -> Console:
        """The controlling terminal. Raises OSError where there is none, as under CI or a pipe."""
        console = cls(os.open(path, os.O_RDWR | getattr(os, "O_NOCTTY", 0)))
        if not os.isatty(console._descriptor):
            console.__exit__(None, None, None)
            raise OSError(f"{path} is no terminal")
        return console

    def __enter__(self) -> Console:
        return self

    def __exit__(self, _t: type[BaseException] | None, _e: BaseException | None, _b: TracebackType | None) -> None:
        os.close(self._descriptor)

    def say(self, text: str) -> None:
        rest = text.encode("utf-8", "replace")
        while rest:
            rest = rest[os.write(self._descriptor, rest) :]

    def forget(self) -> None:
        self._typed = b""
        with suppress(ImportError, OSError):
            import termios

            termios.tcflush(self._descriptor, termios.TCIFLUSH)

    def line(self, until: float) -> str | None:
        while b"\n" not in self._typed:
            left = until - time.monotonic()
            if left <= 0 or not select.select([self._descriptor], [], [], left)[0]:
                return None
            chunk = os.read(self._descriptor, 1024)
            if not chunk:
                raise EOFError
            self._typed += chunk
        line, _, self._typed = self._typed.partition(b"\n")
        return line.decode("utf-8", "replace").rstrip("\r")


Opening = Callable[[], AbstractContextManager[Terminal]]


@dataclass(frozen=True, slots=True)
class Manual:
    """Asks a person and waits for Enter (done) or "c" (cannot be done)."""

    open: Opening = Console.open

    def perform(self, intent: Intent, parameters: Mapping[str, object], deadline: float) -> Outcome:
        """Never blocks past the deadline; without a terminal the answer is `CannotDo` at once."""
        try:
            with self.open() as terminal:
                return _ask(terminal, intent, parameters, deadline)
        except OSError as error:
            return CannotDo(f'nobody can be asked for "{intent.name}": there is no terminal ({error})')


def _ask(terminal: Terminal, intent: Intent, parameters: Mapping[str, object], deadline: float) -> Outcome:
    until = time.monotonic() + deadline
    terminal.forget()
    terminal.say(question(intent, parameters, deadline))
    while True:
        try:
            line = terminal.line(until)
        except EOFError:
            return CannotDo(f'the terminal was closed before "{intent.name}" was done')
        if line is None:
            terminal.say("Too late; the run goes on.\n")
            return CannotDo(f'nobody confirmed "{intent.name}" within {deadline:g} s')
        answer, _, reason = line.strip().partition(" ")
        if answer == "":
            return Done(time.monotonic_ns(), "a person confirmed it")
        if answer.lower() == "c":
            return CannotDo(f'the person asked for "{intent.name}" cannot do it{": " + reason if reason else ""}')
        terminal.say("Press Enter when it is done, or type c and press Enter if it cannot be done: ")


def question(intent: Intent, parameters: Mapping[str, object], deadline: float) -> str:
    """What the person reads: the act, where, with which card, and how long there is."""
    rule = "=" * _WIDTH
    place = "".join(f"    {line}\n" for line in details(parameters))
    keys = f"  Enter = done      c + Enter = cannot be done      time: {deadline:g} s\n"
    return f"\n{rule}\n\n  PLEASE: {intent.meaning}\n\n{place}\n{keys}{rule}\n"


def details(parameters: Mapping[str, object]) -> list[str]:
    """What the person must know besides the act: where, with which card; for a CSMS the message."""
    words = {"evse": "EVSE", "connector": "Connector", "token": "Card or code", "type": "Its type", "action": "Message"}
    lines = [f"{word}: {parameters[key]}" for key, word in words.items() if parameters.get(key) not in (None, "")]
    if "action" in parameters:
        lines.append(f"Station: {parameters.get('station', '')}")
        payload = json.dumps(parameters.get("payload") or {}, indent=2, ensure_ascii=False, default=str)
        lines += ["Its content:", *payload.splitlines()]
    return lines
