"""What all of the harness's own tests share."""

from __future__ import annotations

from pathlib import Path

import pytest


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--pictures", metavar="FOLDER", type=Path, help="keep the pictures of the guides there")


@pytest.fixture
def pictures(request: pytest.FixtureRequest, tmp_path: Path) -> Path:
    """Where a test puts what it photographs: a folder of its own, so that no test changes the repository."""
    folder: Path | None = request.config.getoption("--pictures")
    return folder or tmp_path
