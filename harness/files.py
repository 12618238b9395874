"""What a scenario may ask of the file server, whether it is sockets or a simulation in virtual time."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Protocol

from harness.oracle.verdict import HarnessFault
from harness.transfer.control import Caps


class FileServer(Protocol):
    """Serves firmware to the SUT and takes its uploads; everything that passes is in the journal."""

    def serve(self, name: str, rows: Mapping[str, str]) -> None:
        """Offer a firmware image under a name of the scenario. Raises HarnessFault with the mend."""
        ...

    def receive(self, name: str, rows: Mapping[str, str]) -> None:
        """Take uploads under a name of the scenario. Raises HarnessFault with the mend."""
        ...

    def knows(self, name: str) -> bool: ...

    def fact(self, name: str, word: str) -> str:
        """`location`, `signature`, `signing certificate`, `checksum` or `version` of what has that name."""
        ...

    def restrict(self, caps: Caps) -> None:
        """From now on nothing is handed out that is beyond these caps: `serve` raises Inconclusive."""
        ...

    def contents(self) -> Mapping[str, bytes]:
        """What is served, by location; for the proof."""
        ...


class NoFileServer:
    """There is none in this surroundings."""

    def serve(self, name: str, rows: Mapping[str, str]) -> None:
        raise HarnessFault("no file server here")

    receive = serve

    def knows(self, name: str) -> bool:
        return False

    def fact(self, name: str, word: str) -> str:
        raise HarnessFault("no file server here")

    def restrict(self, caps: Caps) -> None:
        """There is nothing to restrict."""

    def contents(self) -> Mapping[str, bytes]:
        return {}
