"""What a scenario may refer to besides what it saw: the SUT file's tokens and identities, and fresh ids."""

from __future__ import annotations

import itertools
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from functools import lru_cache

from harness.rpc.frame import Json


def rfc3339(wall: int) -> str:
    """Wall-clock ns as RFC 3339 text in UTC with milliseconds."""
    seconds, milliseconds = divmod(wall // 1_000_000, 1000)
    return f"{_whole_seconds(seconds)}.{milliseconds:03d}Z"


@lru_cache(maxsize=64)
def _whole_seconds(seconds: int) -> str:
    return datetime.fromtimestamp(seconds, UTC).isoformat().removesuffix("+00:00")


@dataclass(frozen=True, slots=True)
class Token:
    """An idToken the SUT file names. `status` is what a CSMS says of it; `group` its groupIdToken."""

    id: str
    type: str = "ISO14443"
    status: str = "Accepted"
    group: str | None = None


@dataclass(frozen=True, slots=True)
class Facts:
    """Everything named that does not change during a scenario.

    `tokens` maps the word of scenarios ("valid", "blocked", ...) to the token; `texts` the remaining
    named values ("identity", "vendor", ...). `numbers` gives ids that no earlier one equals.
    """

    version: str
    tokens: Mapping[str, Token]
    texts: Mapping[str, Json]
    heartbeat_interval: int = 300
    numbers: itertools.count[int] = field(default_factory=lambda: itertools.count(1))

    def token(self, id_token: str) -> Token | None:
        """The known token of that id; 1.6 idTags are compared without regard to case (CiString)."""
        return next((t for t in self.tokens.values() if t.id.lower() == id_token.lower()), None)

    def symbols(self, wall: int) -> dict[str, Json]:
        """Values for the `$symbols` of the default messages."""
        valid = self.tokens["valid"]
        return {
            "now": rfc3339(wall),
            "token": valid.id,
            "token_type": valid.type,
            "heartbeat_interval": self.heartbeat_interval,
            "next": next(self.numbers),
            **self.texts,
        }
