"""The file server of one scenario, from its first offer to its end: nothing is left behind."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager

from harness.carrier import Porter
from harness.journal import Journal
from harness.rpc.link import Instant
from harness.security.wardrobe import Wardrobe
from harness.sut import Sut
from harness.transfer.client import ClientPorter
from harness.transfer.servers import Servers
from harness.transfer.service import Files
from harness.transfer.shelf import Shelf
from harness.transfer.signing import chain_of
from harness.transfer.simulated import HOST, SimulatedPorter
from harness.transfer.vendor import vendor_of


class _Nowhere:
    """Simulated locations."""

    def base(self, protocol: str) -> str:
        return f"{protocol}://{HOST}"


@contextmanager
def file_service(
    sut: Sut, simulated: bool, journal: Callable[[], Journal], now: Callable[[], Instant], wardrobe: Wardrobe
) -> Iterator[tuple[Files, Porter]]:
    """The file server, and who moves files for the practice station. Servers start when they are first needed.
    `wardrobe` has the certificates: those of the signers and the server's own."""
    table = sut.transfer
    assert wardrobe.pki is not None
    chain, vendor = chain_of(wardrobe.pki), vendor_of(sut)
    folder = sut.path(table.upload_folder) if table.upload_folder else None
    shelf = Shelf(journal, now, table.upload_limit, folder)
    if simulated:
        porter: Porter = SimulatedPorter(shelf)
        try:
            yield Files(shelf, _Nowhere(), chain, vendor), porter
        finally:
            porter.close()
        return
    servers = Servers(shelf, table, lambda: wardrobe.credential(_own(wardrobe)), wardrobe.root("CSMS root"))
    client = ClientPorter(servers.trust)
    try:
        yield Files(shelf, servers, chain, vendor), client
    finally:
        client.close()
        servers.close()


def _own(wardrobe: Wardrobe) -> str:
    """What the tester's own certificate is good for, the file server on the same machine is good for too."""
    return "CSMS certificate" if "CSMS certificate" in wardrobe.given else "file server certificate"
