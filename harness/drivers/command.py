"""A program as driver: exit code 0 is done, anything else is not."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import tempfile
import time
from collections.abc import Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from typing import IO

from harness.drivers.outcome import CannotDo, Done, Outcome, Surroundings
from harness.intents import Intent
from harness.sut.driver_rules import program_path
from harness.sut.template import in_argument, kebab

_SHOWN = 2000
_GRACE = 5.0


@dataclass(frozen=True, slots=True)
class CommandDriver:
    """Runs `arguments` without a shell, in the folder of the SUT file. `timeout` in s.

    For a CSMS the payload of the request is on the program's stdin, as JSON; else stdin is empty."""

    arguments: tuple[str, ...]
    surroundings: Surroundings
    timeout: float | None = None

    def perform(self, intent: Intent, parameters: Mapping[str, object], deadline: float) -> Outcome:
        values = self.surroundings.values(intent, parameters)
        values["kebab-action"] = kebab(str(values.get("action", "")))
        filled = [in_argument(argument, values) for argument in self.arguments]
        filled[0] = program_path(filled[0], self.surroundings.folder)
        stdin = json.dumps(parameters.get("payload") or {}, default=str) if "action" in parameters else ""
        return self._run(filled, stdin, min(deadline, self.timeout or deadline))

    def _run(self, arguments: list[str], stdin: str, limit: float) -> Outcome:
        """Files instead of pipes: a grandchild that outlives its parent cannot keep us waiting."""
        started: list[subprocess.Popen[bytes]] = []
        with tempfile.TemporaryFile() as given, tempfile.TemporaryFile() as output:
            given.write(stdin.encode("utf-8"))
            given.seek(0)
            try:
                # Started where no Ctrl-C reaches, and noted there: whenever one comes, the program is known, and
                # leaving the pool waits until it is.
                with ThreadPoolExecutor(1) as thread:
                    thread.submit(self._start, arguments, given, output, started).result()
                code = started[0].wait(limit)
            except subprocess.TimeoutExpired:
                code = None
            except (OSError, ValueError) as error:
                return CannotDo(f"{arguments[0]} cannot be started: {error}")
            finally:
                for process in started:
                    _end(process)
            return _outcome(arguments[0], code, _tail(output), limit)

    def _start(
        self, arguments: list[str], given: IO[bytes], output: IO[bytes], started: list[subprocess.Popen[bytes]]
    ) -> None:
        process = subprocess.Popen(
            arguments,
            stdin=given,
            stdout=output,
            stderr=subprocess.STDOUT,
            cwd=self.surroundings.folder,
            start_new_session=True,
        )
        started.append(process)


def _end(process: subprocess.Popen[bytes]) -> None:
    """Nothing is left of the process group of a program that has not ended."""
    if process.returncode is not None:
        return
    if hasattr(os, "killpg"):
        os.killpg(process.pid, signal.SIGKILL)
    else:
        process.kill()
    process.wait(_GRACE)


def _outcome(program: str, code: int | None, text: str, limit: float) -> Outcome:
    said = f": {text}" if text else ""
    if code is None:
        return CannotDo(f"{program} was not finished after {limit:g} s and was killed{said}")
    if code != 0:
        return CannotDo(f"{program} ended with exit code {code}{said}")
    return Done(time.monotonic_ns(), f"{program} ended with exit code 0{said}")


def _tail(output: IO[bytes]) -> str:
    size = output.seek(0, os.SEEK_END)
    output.seek(max(0, size - _SHOWN))
    return output.read().decode("utf-8", "replace").strip()
