"""What was said once, to find what is said again. Pure."""

from __future__ import annotations

from collections.abc import Hashable

from harness.oracle.recent import Recent
from harness.oracle.transcript import Message, digest
from harness.rpc.dialect import Dialect
from harness.rpc.frame import Json, decode

_MOST_ALIKE = 32
"""Payloads of one time and number that are kept; more come of no product."""


class Told:
    """Payloads of messages with what is to be known of each; two are alike where their digests are.

    Digests are made only where two have the same time and number. Of more than `most` the oldest are forgotten.
    """

    def __init__(self, dialect: Dialect, most: int | None = None) -> None:
        self._dialect = dialect
        self._told: Recent[Hashable, tuple[tuple[str, int], ...]]
        self._told = Recent() if most is None else Recent(most)

    def note(self, where: Hashable, message: Message) -> int | None:
        """`message` has been told, in the matter of `where`; of messages that are alike the first one counts.
        The journal number of that one, where it is an earlier one."""
        key = _sketch(where, message.payload)
        known = self._told.get(key, ())
        earlier = self._like(message, known) if known else None
        if earlier is None:
            self._told[key] = (*known[-_MOST_ALIKE:], (message.text, message.number))
        return earlier

    def earlier(self, where: Hashable, message: Message) -> int | None:
        """The journal number of the first like `message` that was noted in that matter."""
        known = self._told.get(_sketch(where, message.payload))
        return self._like(message, known) if known else None

    def _like(self, message: Message, known: tuple[tuple[str, int], ...]) -> int | None:
        wanted = digest(message.payload)
        for text, number in known:
            frame = decode(text, self._dialect).frame
            if digest(getattr(frame, "payload", None)) == wanted:
                return number
        return None


def _sketch(where: Hashable, payload: Json) -> Hashable:
    """The same for all payloads that are alike, and for few others."""
    if not isinstance(payload, dict):
        return where
    time, number = payload.get("timestamp"), payload.get("seqNo")
    return where, time if isinstance(time, str) else "", number if isinstance(number, int) else 0
