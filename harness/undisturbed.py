"""What is loaded when a run begins lives as long as the run: the garbage collector leaves it alone meanwhile.

Looking at all of it takes a quarter of a second, in which no thread of the process runs, and whatever arrives is
stamped that much too late.
"""

from __future__ import annotations

import gc
from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def undisturbed() -> Iterator[None]:
    """Collect once, and then only what is made from here on."""
    gc.collect()
    gc.freeze()
    try:
        yield
    finally:
        gc.unfreeze()
