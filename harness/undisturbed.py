"""What is loaded when a run begins lives as long as the run: the garbage collector leaves it alone meanwhile.

Looking at all of it takes a quarter of a second, in which no thread of the process runs, and whatever arrives is
stamped that much too late. It also comes more seldom: what a run makes is kept or is freed when it is let go, and
hardly any of it is garbage that only the collector finds.
"""

from __future__ import annotations

import gc
from collections.abc import Iterator
from contextlib import contextmanager

YOUNG = 10_000
"""Things made and still there, from which on the collector looks at the young ones: at most 0.2 ms each time."""


@contextmanager
def undisturbed(to_the_end: bool = False) -> Iterator[None]:
    """Collect once, and then only what is made from here on; `to_the_end` of the process."""
    thresholds = gc.get_threshold()
    gc.collect()
    gc.freeze()
    gc.set_threshold(YOUNG, *thresholds[1:])
    try:
        yield
    finally:
        gc.set_threshold(*thresholds)
        if to_the_end:
            gc.freeze()  # all that is left goes with the process
        else:
            gc.unfreeze()
