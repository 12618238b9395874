"""How far a run has come: done, running, waiting for what, verdicts so far, an estimate of the time left.

On a terminal a view that changes in place; elsewhere one plain line per scenario, and one per long wait.
Time is handed in; everything shown is masked and printable.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from types import TracebackType
from typing import TextIO

from rich.console import Group, RenderableType
from rich.live import Live
from rich.progress_bar import ProgressBar
from rich.text import Text

from harness.oracle.verdict import Verdict
from harness.report.console import COLOURS, Wait, Waiting, console_for
from harness.report.masking import Masks
from harness.report.results import ScenarioResult
from harness.report.transcript import elide, flat
from harness.rpc.link import MILLISECOND, SECOND

_ENOUGH = 3
"""So many scenarios must be done before an estimate means anything."""


def spoken(seconds: float) -> str:
    """A length of time for people: "40 s", "12 min", "2 h 05 min"."""
    whole = max(0, round(seconds))
    if whole < 100:
        return f"{whole} s"
    minutes = (whole + 30) // 60
    return f"{minutes} min" if minutes < 100 else f"{minutes // 60} h {minutes % 60:02} min"


class Progress:
    """Shows a run on `stream`; also the `harness.session.Watch` of the run. `clock` is monotonic, in ns."""

    period = 250 * MILLISECOND

    def __init__(
        self, stream: TextIO, masks: Masks, clock: Callable[[], int], terminal: bool | None = None,
        width: int | None = None,
    ) -> None:
        self._masks = masks
        self._clock = clock
        self._console = console_for(stream, terminal, width)
        self._plain = None if self._console.is_terminal else Waiting(stream, masks, terminal=False)
        self._live: Live | None = None
        self._began = clock()
        self._running: dict[str, None] = {}
        self._counts: Counter[Verdict] = Counter()
        self._wait: Wait | None = None
        self._now = 0
        self.total = 0

    def __enter__(self) -> Progress:
        self._began = self._clock()
        if self._plain is None:
            self._live = Live(
                get_renderable=self.view, console=self._console, refresh_per_second=4, transient=True,
                redirect_stdout=False, redirect_stderr=False,
            )
            self._live.start()
        return self

    def __exit__(self, _t: type[BaseException] | None, _e: BaseException | None, _b: TracebackType | None) -> None:
        if self._live is not None:
            self._live.stop()
            self._live = None

    # ---- what happens ----

    def expects(self, total: int) -> None:
        """So many scenarios were selected."""
        self.total = total

    def starts(self, name: str) -> None:
        """A scenario begins."""
        self._running[name] = None

    def ends(self, name: str) -> None:
        self._running.pop(name, None)

    def result(self, result: ScenarioResult) -> None:
        """A scenario has come to its verdict."""
        self._counts[result.verdict] += 1
        if self._plain is not None:
            what = " ".join((result.version, *result.cases, result.title))
            self._console.print(Text(
                f"[{self.done}/{max(self.total, self.done)}] {result.verdict.value:<12} "
                f"{self._shown(what)} ({result.duration:.1f} s)"
            ))

    # ---- the watch ----

    def begin(self, what: str, since: int, until: int) -> None:
        self._wait, self._now = Wait(what, "", since, until), since
        if self._plain is not None:
            self._plain.begin(self._wait)

    def tick(self, now: int) -> None:
        self._now = now
        if self._plain is not None:
            self._plain.tick(now)

    def end(self) -> None:
        self._wait = None
        if self._plain is not None:
            self._plain.end()

    # ---- what is seen ----

    @property
    def done(self) -> int:
        return sum(self._counts.values())

    def left(self) -> float | None:
        """Seconds that the rest will take, if it goes on like this; None where nobody can tell yet."""
        if self.done < _ENOUGH or self.total <= self.done:
            return None
        return (self._clock() - self._began) / SECOND / self.done * (self.total - self.done)

    def view(self) -> RenderableType:
        """The picture of this moment."""
        total, left = max(self.total, self.done), self.left()
        head = Text(f"{self.done} of {total or '?'} done", style="bold")
        for verdict, count in list(self._counts.items()):
            head.append(f"  {count} {verdict.value}", style=COLOURS[verdict])
        head.append(f"  about {spoken(left)} left" if left is not None else "")
        rows: list[RenderableType] = [head, ProgressBar(total=total or 1, completed=self.done, width=60)]
        rows += [Text(f"running: {self._shown(name.rpartition('::')[2])[:70]}") for name in list(self._running)[:4]]
        wait = self._wait
        if wait is not None:
            rows.append(Text(self._shown(wait.line(self._now)), style="bright_black"))
        return Group(*rows)

    def _shown(self, text: str) -> str:
        return elide(flat(self._masks.text(text)), 100)
