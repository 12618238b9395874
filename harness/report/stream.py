"""Text for people who may stop reading: what they no longer take is dropped, and the run goes on for its report."""

from __future__ import annotations

import os
import sys
from typing import Any, TextIO, cast

_STANDARD = 3
"""So many descriptors are the standard ones."""


class Patient:
    """A text stream; once its reader has gone (`| head`), whatever is written goes nowhere. Other errors are raised."""

    def __init__(self, stream: TextIO) -> None:
        self._stream = stream

    def write(self, text: str) -> int:
        try:
            return self._stream.write(text)
        except BrokenPipeError:
            self._into_nothing()
            return len(text)

    def flush(self) -> None:
        try:
            self._stream.flush()
        except BrokenPipeError:
            self._into_nothing()

    def _into_nothing(self) -> None:
        """Turns the descriptor itself, so that what is still in the buffer finds a way too."""
        nothing = os.open(os.devnull, os.O_WRONLY)
        try:
            os.dup2(nothing, self._stream.fileno())
        finally:
            os.close(nothing)

    def __getattr__(self, name: str) -> Any:
        return getattr(self._stream, name)


def patient(stream: TextIO) -> TextIO:
    """`stream` so that nobody has to read it to the end."""
    return cast(TextIO, Patient(stream))


def make_standard_patient() -> None:
    """The same for standard output and error; one that is closed altogether leads nowhere."""
    for name in ("stdout", "stderr"):
        if getattr(sys, name) is None:
            # The standard descriptors must not go to the next file that is opened.
            while os.open(os.devnull, os.O_RDWR) < _STANDARD:
                pass
            nowhere = open(os.devnull, "w", encoding="utf-8")  # noqa: SIM115 - lives as long as the process
            setattr(sys, name, nowhere)
            setattr(sys, f"__{name}__", nowhere)
        setattr(sys, name, patient(getattr(sys, name)))
