"""Nothing of the carrier may survive a test: no thread, no socket."""

from __future__ import annotations

import gc
import threading
from collections.abc import Iterator

import pytest


@pytest.fixture(autouse=True, scope="module")
def _old_objects_set_aside() -> Iterator[None]:
    """Keeps the collections below cheap: what was there before the module is not looked at again."""
    gc.collect()
    gc.freeze()
    yield
    gc.unfreeze()


@pytest.fixture(autouse=True)
def _nothing_left_behind() -> Iterator[None]:
    before = set(threading.enumerate())
    yield
    gc.collect()  # an unclosed socket or transport warns here, and warnings are errors
    assert set(threading.enumerate()) <= before
