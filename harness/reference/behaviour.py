"""Named misbehaviours of the practice opponents: what each does wrong, and who must notice.

One name is one field bug. `caught_by` lists monitor rules and scenario ids whose verdicts must change.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from harness.reference.csms.behaviour import Behaviour as CsmsBehaviour
from harness.reference.station16.behaviour import Behaviour as Behaviour16
from harness.reference.station201.behaviour import Behaviour as Behaviour201


@dataclass(frozen=True, slots=True)
class Misbehaviour:
    """`values` are the fields of the peer's `Behaviour` that differ, for each version it exists in."""

    name: str
    peer: str
    meaning: str
    values: dict[str, dict[str, Any]]
    caught_by: tuple[str, ...] = ()


class UnknownMisbehaviour(LookupError):
    """No such misbehaviour of that peer in that version; the text names those there are."""


MISBEHAVIOURS: tuple[Misbehaviour, ...] = ()

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
