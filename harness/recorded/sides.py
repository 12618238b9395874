"""Who sent a frame of a log that does not say: by what only one side may send, by correlation, by what we learned.

A frame that stays undecided is counted, not guessed.
"""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field

from harness.journal import Direction
from harness.oracle.recent import FEW, Recent
from harness.recorded.lines import Entry
from harness.rpc.dialect import DIALECTS, Role, Version, other
from harness.rpc.frame import Call, Decoded, Send

_WORD = re.compile(r"[A-Za-z]+|[<>=-]{2,}|[<>\u2190\u2192]")
_SURE = 3
"""So often a word must have stood beside frames of one side, and never of the other, to tell a side."""


@dataclass
class Sides:
    """Decides, and learns. `station` and `csms` are patterns that mark the sender's lines; they win over every rule."""

    version: Version
    station: re.Pattern[str] | None = None
    csms: re.Pattern[str] | None = None
    _open: Recent[tuple[int, str, Role], None] = field(default_factory=lambda: Recent(FEW))
    _words: Recent[str, Counter[Role]] = field(default_factory=lambda: Recent(FEW))
    _ours: dict[Direction, Role] = field(default_factory=dict)

    def sender(self, entry: Entry, decoded: Decoded) -> Role | None:
        """Who sent the frame of `entry`, which `decoded` is; None where nothing tells."""
        kind, id, action = _told_by(decoded)
        role = self._told(entry) or self._by_rule(entry, kind, id, action) or self._by_words(entry)
        if role is None:
            return None
        if kind == 2:
            self._open[entry.link, id, role] = None
        elif kind in (3, 4):
            self._open.pop((entry.link, id, other(role)), None)
        self._learn(entry, role)
        return role

    def _told(self, entry: Entry) -> Role | None:
        if entry.sender in ("station", "csms"):
            return "station" if entry.sender == "station" else "csms"
        if entry.direction is not None and entry.direction in self._ours:
            return self._ours[entry.direction]
        if self.station is not None and self.station.search(entry.prefix):
            return "station"
        if self.csms is not None and self.csms.search(entry.prefix):
            return "csms"
        # One marker alone tells the other side too.
        if (self.station is None) != (self.csms is None):
            return "csms" if self.station is not None else "station"
        return None

    def _by_rule(self, entry: Entry, kind: int, id: str, action: str) -> Role | None:
        if kind in (2, 6):
            known = DIALECTS[self.version].actions.get(action)
            return next(iter(known.senders)) if known is not None and len(known.senders) == 1 else None
        if kind in (3, 4):
            roles: tuple[Role, Role] = ("station", "csms")
            asked = [role for role in roles if (entry.link, id, role) in self._open]
            return other(asked[0]) if len(asked) == 1 else None
        return None

    def _by_words(self, entry: Entry) -> Role | None:
        votes: Counter[Role] = Counter()
        for word in set(_WORD.findall(entry.prefix)):
            seen = self._words.get(word)
            if seen is not None and len(seen) == 1 and (most := seen.most_common(1)[0])[1] >= _SURE:
                votes[most[0]] += 1
        return votes.most_common(1)[0][0] if len(votes) == 1 else None

    def _learn(self, entry: Entry, role: Role) -> None:
        if entry.direction is not None and not self._ours:
            opposite = Direction.OUT if entry.direction is Direction.IN else Direction.IN
            self._ours = {entry.direction: role, opposite: other(role)}
        for word in set(_WORD.findall(entry.prefix)[:40]):
            seen = self._words.get(word)
            if seen is None:
                seen = self._words[word] = Counter()
            seen[role] += 1


def _told_by(decoded: Decoded) -> tuple[int, str, str]:
    """Message type, messageId and action; of what is no frame as far as they can be read."""
    frame = decoded.frame
    if frame is None:
        return _head(decoded.text)
    return frame.kind, frame.id, frame.action if isinstance(frame, Call | Send) else ""


def _head(text: str) -> tuple[int, str, str]:
    """Message type, messageId and action as far as they can be read."""
    try:
        frame = json.loads(text)
    except (ValueError, RecursionError):
        return 0, "", ""
    if not isinstance(frame, list):
        return 0, "", ""
    first, second, third = (*frame[:3], None, None, None)[:3]
    kind = first if type(first) is int else 0
    return kind, second if isinstance(second, str) else "", third if isinstance(third, str) else ""


# ---- the version ------------------------------------------------------------------------------------

_PROTOCOLS: Mapping[str, Version] = {dialect.subprotocol: version for version, dialect in DIALECTS.items()}
_PAYLOADS: Mapping[tuple[str, str], Version] = {
    ("BootNotification", "chargePointVendor"): "1.6", ("BootNotification", "chargingStation"): "2.0.1",
    ("StatusNotification", "errorCode"): "1.6", ("StatusNotification", "connectorStatus"): "2.0.1",
    ("Authorize", "idTag"): "1.6", ("Authorize", "idToken"): "2.0.1",
}


def version_of(entry: Entry) -> tuple[Version, str] | None:
    """The version that this entry gives away, and by what; None where it could be any."""
    chosen = getattr(entry.body, "subprotocol", None)
    if isinstance(chosen, str) and chosen in _PROTOCOLS:
        return _PROTOCOLS[chosen], f"subprotocol {chosen}"
    kind, _, action = _head(entry.frame)
    if kind not in (2, 6):
        return None
    having = [version for version in DIALECTS if action in DIALECTS[version].actions]
    if having == ["1.6"] or having == ["2.1"]:
        return having[0], f"{action} is a message of {having[0]} only"
    if having and "1.6" not in having:
        return "2.0.1", f"{action} is no message of 1.6"
    for (name, member), version in _PAYLOADS.items():
        if action == name and f'"{member}"' in entry.frame:
            return version, f"{action} with {member}"
    return None
