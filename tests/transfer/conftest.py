"""A file server on loopback, and the journal it writes."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from harness import resources
from harness.journal import Journal, Stage, Transfer
from harness.security import declaration
from harness.security.pki import Pki
from harness.security.wardrobe import Wardrobe
from harness.sut.model import Transfer as Table
from harness.transfer.servers import Servers
from harness.transfer.service import Files
from harness.transfer.shelf import Shelf
from harness.transfer.signing import chain_of
from harness.wire.sockets import now

PKI = Pki(declaration.load(resources.root() / "certs" / "default.toml"))
"""The certificates of these tests."""


@dataclass
class Bench:
    """The servers of one test."""

    files: Files
    servers: Servers
    shelf: Shelf
    journal: Journal

    def ended(self) -> list[Transfer]:
        """The transfers that are over."""
        bodies = [event.body for event in self.journal if isinstance(event.body, Transfer)]
        return [body for body in bodies if body.stage is not Stage.BEGUN]

    def await_end(self) -> Transfer:
        """The first transfer, once it is over."""
        with self.journal.changed:
            assert self.journal.changed.wait_for(lambda: bool(self.ended()), timeout=10)
        return self.ended()[0]


def bench_of(table: Table, folder: Path | None = None) -> Bench:
    journal = Journal()
    shelf = Shelf(lambda: journal, now, table.upload_limit, folder)
    papers = Wardrobe(0, PKI)
    servers = Servers(shelf, table, lambda: papers.credential("file server certificate"), papers.root("CSMS root"))
    return Bench(Files(shelf, servers, chain_of(PKI)), servers, shelf, journal)


@pytest.fixture
def bench() -> Iterator[Bench]:
    made = bench_of(Table(upload_limit=100_000))
    yield made
    made.servers.close()
