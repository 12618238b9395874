"""The file server of one scenario, from its first offer to its end: nothing is left behind."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager

from harness.carrier import Porter
from harness.journal import Journal
from harness.rpc.link import Instant
from harness.sut import Sut
from harness.transfer.client import ClientPorter
from harness.transfer.servers import Servers
from harness.transfer.service import Files
from harness.transfer.shelf import Shelf
from harness.transfer.signing import own_chain
from harness.transfer.simulated import HOST, SimulatedPorter


class _Nowhere:
    """Simulated locations."""

    def base(self, protocol: str) -> str:
        return f"{protocol}://{HOST}"


@contextmanager
def file_service(
    sut: Sut, simulated: bool, journal: Callable[[], Journal], now: Callable[[], Instant]
) -> Iterator[tuple[Files, Porter]]:
    """The file server, and who moves files for the practice station. Servers start when they are first needed."""
    table = sut.transfer
    folder = sut.path(table.upload_folder) if table.upload_folder else None
    shelf = Shelf(journal, now, table.upload_limit, folder)
    if simulated:
        porter: Porter = SimulatedPorter(shelf)
        try:
            yield Files(shelf, _Nowhere(), own_chain), porter
        finally:
            porter.close()
        return
    servers = Servers(shelf, table)
    client = ClientPorter(servers.trust)
    try:
        yield Files(shelf, servers, own_chain), client
    finally:
        client.close()
        servers.close()
