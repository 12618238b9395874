"""From the name of a misbehaviour to the `Behaviour` value of a practice opponent.

The names themselves, and who must notice each, stand in `harness.reference.misbehaviours`.
"""

from __future__ import annotations

from typing import Any

from harness.reference.csms.behaviour import Behaviour as CsmsBehaviour
from harness.reference.misbehaviours import MISBEHAVIOURS, Misbehaviour
from harness.reference.station16.behaviour import Behaviour as Behaviour16
from harness.reference.station201.behaviour import Behaviour as Behaviour201

__all__ = ["MISBEHAVIOURS", "Misbehaviour", "UnknownMisbehaviour", "behaviour_of"]


class UnknownMisbehaviour(LookupError):
    """No such misbehaviour of that peer in that version; the text names those there are."""


_KINDS: dict[tuple[str, str], type[Any]] = {
    ("station", "1"): Behaviour16,
    ("station", "2"): Behaviour201,
    ("csms", "1"): CsmsBehaviour,
    ("csms", "2"): CsmsBehaviour,
}


def behaviour_of(peer: str, version: str, name: str = "") -> Any:
    """The `Behaviour` value of that peer and version; "" conforms. Raises UnknownMisbehaviour."""
    kind = _KINDS[peer, version[0]]
    if not name:
        return kind()
    for bad in MISBEHAVIOURS:
        if bad.name == name and bad.peer == peer and version in bad.values:
            return kind(**bad.values[version])
    known = ", ".join(sorted(bad.name for bad in MISBEHAVIOURS if bad.peer == peer and version in bad.values))
    raise UnknownMisbehaviour(f"the practice {peer} for OCPP {version} knows no misbehaviour {name!r}; known: {known}")
