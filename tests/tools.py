"""Programs of the system that some tests use: a missing one fails under CI, elsewhere the test is skipped."""

from __future__ import annotations

import os
import shutil

import pytest


def tool(name: str, package: str) -> str:
    """The path of a program. Skips, or fails where CI is set, and says which Debian package brings it."""
    found = shutil.which(name)
    if found is not None:
        return found
    message = f"{name} is not installed (Debian: apt-get install {package})"
    if os.environ.get("CI"):
        pytest.fail(message)
    pytest.skip(message)
