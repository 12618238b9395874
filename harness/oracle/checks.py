"""What each ``Then`` line rested on: the record from which `proof` derives the ways to spoil it."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from enum import StrEnum

from harness.oracle.match import Row
from harness.oracle.timing import Shape


class CheckKind(StrEnum):
    """What kind of question a line asked."""

    SENDS = "sends"
    ANSWERS = "answers"
    SILENCE = "silence"
    NOT_BETWEEN = "not between"
    AT_LEAST = "at least"
    AT_MOST = "at most"
    EVERY = "every"
    OCCURS = "occurs"
    GAPS = "gaps"
    PONG = "pong"
    ORDER = "order"
    HAS = "has"
    EACH = "each"
    SOME = "some"
    NO = "no"
    COMPOSITE = "composite"
    REFUSES = "refuses"
    ACCEPTS = "accepts"
    TURNS_AWAY = "turns away"
    CLOSES = "closes"
    STAYS_OPEN = "stays open"
    DOWNLOADS = "downloads"
    UPLOADS = "uploads"
    NO_TRANSFER = "no transfer"
    LEGAL_ORDER = "legal order"
    REFUSES_TLS = "refuses TLS"
    ACCEPTS_TLS = "accepts TLS"
    TLS_SESSION = "TLS session"
    NOTHING_INSIDE = "nothing inside TLS"
    DOCUMENT = "document"


@dataclass(frozen=True, slots=True)
class Check:
    """One question and what answered it.

    `claimed` are journal numbers of the messages that satisfied it (for AT_LEAST / AT_MOST: the two
    compared). `since` and `until` (monotonic ns) are the window looked at, `limit` the duration asked
    for in ns. `action` names the message, `code` a CALLERROR. `rows` are resolved. `elements` are those of the
    list `path` (by index) that were looked at.
    """

    kind: CheckKind
    line: int
    text: str
    action: str = ""
    claimed: tuple[int, ...] = ()
    rows: tuple[Row, ...] = ()
    code: str | None = None
    since: int = 0
    until: int = 0
    limit: int = 0
    path: str = ""
    shape: Shape | None = None
    elements: tuple[int, ...] = ()
    notes: tuple[str, ...] = field(default=())

    def noting(self, text: str) -> Check:
        """The same with what was measured."""
        return replace(self, notes=(*self.notes, text))
