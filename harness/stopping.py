"""How a run is stopped by hand: Ctrl-C or SIGTERM ends what runs so that it can still be read, a second one at once."""

from __future__ import annotations

import os
import signal
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from types import FrameType
from typing import Any

_SIGNALS = (signal.SIGINT, signal.SIGTERM)
WAITING = "stopping: what runs is brought to its end; once more stops at once\n"
WRITING = "stopped; the report is being written\n"


class Stopping:
    """Entered around a run, in the main thread. `say` must be fit for a signal handler.

    The first signal reaches the workers too, and their scenarios end by themselves; without workers, and at the second
    signal, KeyboardInterrupt is raised. Once `hold` was called no signal harms the report."""

    def __init__(self, say: Callable[[str], None]) -> None:
        self.workers: set[int] = set()
        """The process ids of those that run scenarios."""
        self._say = say
        self._asked = False
        self._held = False
        self._before: dict[int, Any] = {}

    def __enter__(self) -> Stopping:
        for number in _SIGNALS:
            # Where whoever started us has it ignored, as `nohup` and shells in the background do, it stays so.
            if signal.getsignal(number) is not signal.SIG_IGN:
                self._before[number] = signal.signal(number, self._ring)
        return self

    def __exit__(self, *_: object) -> None:
        for number, handler in self._before.items():
            signal.signal(number, handler)

    @property
    def asked(self) -> bool:
        """Whether a signal has come."""
        return self._asked

    def hold(self) -> None:
        """From here on the report is written."""
        self._held = True

    def _ring(self, number: int, frame: FrameType | None) -> None:
        again, self._asked = self._asked, True
        if self._held:
            self._say(WRITING)
            return
        if again or not self.workers:
            raise KeyboardInterrupt
        self._say(WAITING)
        for worker in self.workers:
            with suppress(ProcessLookupError):
                os.kill(worker, signal.SIGINT)


class Obeying:
    """In a worker: a signal interrupts the scenario that runs, once; between two, it only leaves its mark."""

    def __init__(self) -> None:
        self.asked = False
        self._running = False

    def install(self) -> None:
        """Call in the main thread of the worker."""
        for number in _SIGNALS:
            signal.signal(number, self._ring)

    @contextmanager
    def running(self) -> Iterator[None]:
        """Around what may be interrupted. Raises KeyboardInterrupt."""
        self._running = True
        try:
            if self.asked:
                raise KeyboardInterrupt
            yield
        finally:
            self._running = False

    def _ring(self, number: int, frame: FrameType | None) -> None:
        again, self.asked = self.asked, True
        if self._running and not again:
            raise KeyboardInterrupt
