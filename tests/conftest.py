"""What all of the harness's own tests share."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:  # loaded by the tests that use it
    from harness.security.pki import Pki
    from tests.wire.scripted import World


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--pictures", metavar="FOLDER", type=Path, help="keep the pictures of the guides there")


@pytest.fixture
def pictures(request: pytest.FixtureRequest, tmp_path: Path) -> Path:
    """Where a test puts what it photographs: a folder of its own, so that no test changes the repository."""
    folder: Path | None = request.config.getoption("--pictures")
    return folder or tmp_path


@pytest.fixture
def world() -> Iterator[World]:
    """A scripted station and a scripted CSMS that meet over sockets."""
    from harness.wire.sockets import SocketCarrier
    from tests.wire.scripted import World

    carrier = SocketCarrier()
    yield World(carrier)
    carrier.close()


@pytest.fixture(scope="module")
def pki() -> Pki:
    """The certificates of those two."""
    from tests.wire.tls_sides import made

    return made()
