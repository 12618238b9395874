"""The processes of a run with several scenarios at once: forked from this one, which has read the feature files.

pytest-xdist starts each as a fresh interpreter that imports everything and reads every file again. So one function of
execnet's, `gateway_io.create_io`, is replaced (docs/adr/0004-collection.md) where a fork is safe: on Linux, in a
process with one thread.
"""

from __future__ import annotations

import gc
import os
import signal
import sys
import threading
import traceback
from ast import literal_eval
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from typing import Any, NoReturn

from execnet import gateway_io
from execnet.gateway_base import ExecModel, Popen2IO


@dataclass(frozen=True, slots=True)
class _Forked:
    """A process that waits for its first line; `to` and `back` are our ends of its standard input and output."""

    pid: int
    to: int
    back: int


class _ForkedIO(Popen2IO):
    """What execnet wants of a process that it has started."""

    def __init__(self, forked: _Forked, execmodel: ExecModel) -> None:
        self._pid = forked.pid
        self._status: int | None = None
        super().__init__(os.fdopen(forked.to, "wb"), os.fdopen(forked.back, "rb"), execmodel)

    def wait(self) -> int | None:
        """The exit code."""
        if self._status is None:
            self._status = _reaped(self._pid)
        return self._status

    def kill(self) -> None:
        if self._status is None:
            with suppress(ProcessLookupError):
                os.kill(self._pid, signal.SIGKILL)


def _reaped(pid: int) -> int | None:
    try:
        return os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1])
    except ChildProcessError:
        return None


@contextmanager
def prepared(count: int, prepare: Callable[[], None]) -> Iterator[None]:
    """While entered, xdist's first `count` workers are copies of this process as `prepare` has left it.

    Where a fork is not safe nothing is prepared, and they are what xdist makes them."""
    if count < 2 or sys.platform != "linux" or threading.active_count() > 1:
        yield
        return
    prepare()
    waiting = _fork(count)
    stock = gateway_io.create_io

    def create(spec: Any, execmodel: ExecModel) -> Any:
        return _ForkedIO(waiting.pop(0), execmodel) if waiting and spec.popen else stock(spec, execmodel)

    gateway_io.create_io = create
    try:
        yield
    finally:
        gateway_io.create_io = stock
        for forked in waiting:
            os.close(forked.to)
            os.close(forked.back)
            _reaped(forked.pid)


def _fork(count: int) -> list[_Forked]:
    """Processes that nobody has told anything yet."""
    found: list[_Forked] = []
    gc.collect()
    gc.freeze()  # the collector would touch, and so copy, what all of them share
    try:
        for _ in range(count):
            stdin, to = os.pipe()
            back, stdout = os.pipe()
            pid = os.fork()
            if pid == 0:
                # With our end of another's input a worker would keep that one from noticing that we are gone.
                for end in (to, back, *(end for other in found for end in (other.to, other.back))):
                    os.close(end)
                _serve(stdin, stdout)
            os.close(stdin)
            os.close(stdout)
            found.append(_Forked(pid, to, back))
    finally:
        gc.unfreeze()
    return found


def _serve(stdin: int, stdout: int) -> NoReturn:
    """Be the interpreter that execnet has started, and nothing of the process that this is a copy of."""
    code = 1
    try:
        for end, standard in ((stdin, 0), (stdout, 1)):
            os.dup2(end, standard)
            os.close(end)
        sys.stdin, sys.stdout = os.fdopen(0, closefd=False), os.fdopen(1, "w", closefd=False)
        sys.stderr = os.fdopen(2, "w", errors="backslashreplace", closefd=False)
        if line := sys.stdin.readline():
            exec(literal_eval(line), {})  # as `gateway_io.popen_bootstrapline` does
        code = 0
    except KeyboardInterrupt:
        pass
    except BaseException:
        traceback.print_exc()
    finally:
        with suppress(OSError, ValueError):
            sys.stdout.flush()
            sys.stderr.flush()
        os._exit(code)
