"""One event loop in one thread, for the synchronous steps to call into."""

from __future__ import annotations

import asyncio
import sys
import threading
from collections.abc import Callable, Coroutine
from concurrent.futures import Future, ThreadPoolExecutor
from typing import Any, ParamSpec, TypeVar

from harness.rpc.link import SECOND
from harness.wire.internals import AlertingLoop

SWITCH = 0.0005
"""Seconds until a thread at work makes room for this one: the standard 5 ms would make every stamp that late."""

P = ParamSpec("P")
T = TypeVar("T")


class Bridge:
    """Runs callables and coroutines in its thread's loop, for any other thread."""

    def __init__(self, name: str = "harness-wire") -> None:
        self._name = name
        self._started: Future[asyncio.AbstractEventLoop] = Future()
        self._stop = asyncio.Event()
        self._closed = False
        self._thread = threading.Thread(target=self._main, name=name, daemon=True)
        self._thread.start()
        self.loop = self._started.result()

    def call(self, function: Callable[P, T], *arguments: P.args, **options: P.kwargs) -> T:
        """Run `function` in the loop's thread; return what it returns, raise what it raises.

        Raises RuntimeError where the bridge is closed, or where the loop's own thread would wait for itself.
        """
        self._check()
        answer: Future[T] = Future()

        def run() -> None:
            try:
                answer.set_result(function(*arguments, **options))
            except BaseException as error:
                answer.set_exception(error)

        self.loop.call_soon_threadsafe(run)
        return answer.result()

    def soon(self, action: Callable[[], None], delay: int = 0) -> None:
        """Have `action` done in the loop's next turn, or `delay` (ns) from now; may be called from any thread."""
        if threading.current_thread() is not self._thread:
            self.loop.call_soon_threadsafe(self.soon, action, delay)
        elif delay:
            self.loop.call_later(delay / SECOND, action)
        else:
            self.loop.call_soon(action)

    def run(self, coroutine: Coroutine[Any, Any, T]) -> T:
        """Run `coroutine` to its end in the loop; return or raise as it does. Raises as `call` does."""
        try:
            self._check()
        except RuntimeError:
            coroutine.close()
            raise
        return asyncio.run_coroutine_threadsafe(coroutine, self.loop).result()

    def close(self) -> None:
        """End all tasks, the loop and its threads; idempotent."""
        if not self._closed:
            self._check()
            self._closed = True
            self.loop.call_soon_threadsafe(self._stop.set)
            self._thread.join()

    def _check(self) -> None:
        if self._closed:
            raise RuntimeError("the carrier is closed")
        if threading.current_thread() is self._thread:
            raise RuntimeError("called from the loop's own thread, which would wait for itself")

    def _main(self) -> None:
        sys.setswitchinterval(SWITCH)
        with asyncio.Runner(loop_factory=AlertingLoop) as runner:
            loop = runner.get_loop()
            loop.set_default_executor(ThreadPoolExecutor(2, thread_name_prefix=f"{self._name}-lookup"))
            runner.run(self._until_stopped())

    async def _until_stopped(self) -> None:
        self._started.set_result(asyncio.get_running_loop())
        await self._stop.wait()
