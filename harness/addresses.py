"""The two addresses of our CSMS: that of the SUT file, and a second one to which a station can be sent (B10).

Both are served by the same listener; the second has one path segment more.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping

FIRST_ADDRESS, SECOND_ADDRESS = "the first address", "the second address"
EVERYWHERE = "everywhere"
_SEGMENT = "/second"


def second(url: str) -> str:
    """The second address of a CSMS (URL without identity)."""
    return url.rstrip("/") + _SEGMENT


def secure(url: str) -> str:
    """The same place by TLS."""
    return "wss:" + url.partition(":")[2]


REFERENCES: Mapping[str, Callable[[str], str]] = {
    "the address": lambda url: url, SECOND_ADDRESS: second, "the secure address": secure,
}
"""What cells call them, and how they are made of the URL of our CSMS."""


def place(target: str) -> str:
    """FIRST_ADDRESS or SECOND_ADDRESS: where a station has dialled. `target`: a URL or request target with identity."""
    return SECOND_ADDRESS if _base(target).endswith(_SEGMENT) else FIRST_ADDRESS


def diverted(target: str) -> str:
    """The same station at the other address."""
    base, identity = _base(target), target.rpartition("/")[2]
    moved = base.removesuffix(_SEGMENT) if base.endswith(_SEGMENT) else second(base)
    return f"{moved}/{identity}"


def _base(target: str) -> str:
    return target.partition("?")[0].rpartition("/")[0]
