"""Files that somebody named are read at once or not at all: a pipe keeps its reader waiting, a device never ends."""

from __future__ import annotations

import errno
import stat
from pathlib import Path

_OTHERS = (
    (stat.S_ISDIR, errno.EISDIR, "a folder"),
    (stat.S_ISFIFO, errno.EINVAL, "a pipe"),
    (stat.S_ISSOCK, errno.EINVAL, "a socket"),
    (stat.S_ISCHR, errno.EINVAL, "a device"),
    (stat.S_ISBLK, errno.EINVAL, "a device"),
)


def regular(path: Path) -> Path:
    """The path. Raises OSError where nothing is there, or something that is no regular file: its text says what."""
    mode = path.stat().st_mode
    for is_that, number, what in _OTHERS:
        if is_that(mode):
            raise OSError(number, f"this is {what}: name a regular file", str(path))
    return path


def content(path: Path) -> bytes:
    """What the file holds. Raises OSError, as `regular` does; ValueError for a path that cannot be one."""
    return regular(path).read_bytes()


def handed_over(path: Path) -> bytes:
    """The same for what is read once: a shell's ``<(command)`` or ``/dev/stdin`` will do too. Raises OSError."""
    handed = path == Path("/dev/stdin") or path.parent in (Path("/dev/fd"), Path("/proc/self/fd"))
    return path.read_bytes() if handed and path.is_fifo() else content(path)


def why(error: Exception) -> str:
    """What the system says of it, to be put behind a sentence; "" where it says nothing."""
    told = getattr(error, "strerror", None)
    return f" ({told})" if told else ""
