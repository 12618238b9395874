"""Who proves: this process alone, or several side by side with one scenario each at a time; how they are stopped."""

from __future__ import annotations

import multiprocessing
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from multiprocessing.connection import Connection, wait

from harness.bdd.story import Story
from harness.proof.mutant import StoryProof
from harness.stopping import Obeying, Stopping
from harness.sut import Sut

Pair = tuple[Story, Sut]
Work = Callable[[Story, Sut], StoryProof]
Told = Callable[[StoryProof], None]

INTERRUPTED = "the proof was stopped by hand in the middle of this scenario: it is not judged"
STAGGER = 0.25
"""Seconds from one process's start to the next: begun all at once, their first scenarios fight for the processor, and
patience runs out."""
ENDED = "the process that proved this scenario ended in the middle of it"


def named(story: Story) -> tuple[str, str, str]:
    """How a proof names its scenario: id, title and file."""
    return f"{story.file.name}::{story.id}", story.title, str(story.file)


def interrupted(story: Story) -> StoryProof:
    """Of a scenario that was begun and not brought to its end."""
    return StoryProof(*named(story), problem=INTERRUPTED, interrupted=True)


def alone(pairs: Sequence[Pair], work: Work, told: Told) -> None:
    """One after the other, here. Raises KeyboardInterrupt, once the scenario that ran has been told."""
    for story, sut in pairs:
        try:
            proof = work(story, sut)
        except KeyboardInterrupt:
            told(interrupted(story))
            raise
        told(proof)


def together(pairs: Sequence[Pair], jobs: int, work: Work, told: Told, stopping: Stopping) -> None:
    """In so many processes, told in the order in which they end; one whose process dies is not proven.

    Raises KeyboardInterrupt where it was stopped by hand, once every scenario that ran has been told."""
    waiting, size = list(reversed(pairs)), min(jobs, len(pairs))
    with _crew() as crew:
        try:
            while (waiting and not stopping.asked) or any(worker.busy for worker in crew):
                if waiting and not stopping.asked and len(crew) < size:
                    crew.append(_Worker(work, stopping))
                for worker in crew:
                    if waiting and not worker.busy and not stopping.asked:
                        worker.give(waiting.pop())
                for worker in _ready(crew, STAGGER if waiting and len(crew) < size else None):
                    told(worker.take())
        except KeyboardInterrupt:
            for worker in crew:
                if worker.busy:
                    told(interrupted(worker.busy[0]))
            raise
    if stopping.asked:
        raise KeyboardInterrupt


class _Worker:
    """A process that proves, as this one sees it."""

    def __init__(self, work: Work, stopping: Stopping) -> None:
        self.busy: Pair | None = None
        """What it has been given and not yet answered."""
        self._work, self._stopping = work, stopping
        self._start()

    def _start(self) -> None:
        self.line, theirs = multiprocessing.Pipe()
        self._process = multiprocessing.Process(target=_serve, args=(theirs, self._work))
        self._process.start()
        theirs.close()
        self._stopping.workers.add(self._process.pid or 0)

    def give(self, pair: Pair) -> None:
        self.busy = pair
        with suppress(BrokenPipeError):  # `take` will find out
            self.line.send(pair)

    def take(self) -> StoryProof:
        """The answer to what it was given; a process that died is replaced."""
        assert self.busy is not None
        (story, _), self.busy = self.busy, None
        try:
            proof: StoryProof = self.line.recv()
        except (EOFError, ConnectionResetError):
            self.end()
            self._start()
            return StoryProof(*named(story), problem=ENDED)
        return proof

    def end(self) -> None:
        """At once where it is busy."""
        if self.busy:
            self._process.kill()
        with suppress(BrokenPipeError):
            self.line.send(None)
        self._process.join()
        self._stopping.workers.discard(self._process.pid or 0)
        self.line.close()


@contextmanager
def _crew() -> Iterator[list[_Worker]]:
    """To be filled; whoever is in it is ended."""
    crew: list[_Worker] = []
    try:
        yield crew
    finally:
        for worker in crew:
            worker.end()


def _ready(crew: Sequence[_Worker], patience: float | None) -> list[_Worker]:
    """Those that have answered, once there are any or so many seconds have passed."""
    busy = [worker.line for worker in crew if worker.busy]
    answered = wait(busy, patience) if busy else ()
    return [worker for worker in crew if worker.line in answered]


def _serve(orders: Connection, work: Work) -> None:
    """What a process does: prove what it is given, until it is given nothing or who gives has ended."""
    obeying, parent = Obeying(), multiprocessing.parent_process()
    obeying.install()
    while True:
        if parent is not None and orders not in wait([orders, parent.sentinel]):
            return
        pair: Pair | None = orders.recv()
        if pair is None:
            return
        try:
            with obeying.running():
                proof = work(*pair)
        except KeyboardInterrupt:
            proof = interrupted(pair[0])
        orders.send(proof)
