"""The journal read as OCPP: which text was which frame, and which answer belongs to which CALL.

A view that grows with the journal and changes nothing in it. Correlation is by connection and messageId,
in the opposite direction, and an answer belongs to the newest open CALL of that id.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator
from dataclasses import field

from harness.journal import Adopted, Direction, Ended, Event, HandshakeResponse, Journal, Text
from harness.oracle.recent import FEW, Recent
from harness.rpc.dialect import Dialect
from harness.rpc.frame import ANSWERS, REQUESTS, Call, Decoded, Flaw, Frame, Json, Result, decode
from harness.rpc.values import light

_SORTED = json.JSONEncoder(sort_keys=True, separators=(",", ":"))


@light(frozen=True, slots=True)
class Message:
    """One text message with what it meant. `request` is the CALL that an answer belongs to.

    `is_request`: it is a CALL or SEND. `action`: of a CALL or SEND, of the CALL an answer belongs to, or "".
    `payload`: of a CALL, SEND or CALLRESULT; details of an error; None of garbage. `message_of` works them out at once,
    because each rule of the monitor asks for them.
    """

    event: Event
    direction: Direction
    frame: Frame | None
    flaws: tuple[Flaw, ...]
    text: str
    request: Message | None
    link: int = field(compare=False, repr=False)
    number: int = field(compare=False, repr=False)
    is_request: bool = field(compare=False, repr=False)
    action: str = field(compare=False, repr=False)
    payload: Json = field(compare=False, repr=False)

    @property
    def at(self) -> int:
        """Monotonic ns at which it left or arrived."""
        return self.event.at.monotonic


def message_of(event: Event, body: Text, decoded: Decoded, request: Message | None = None) -> Message:
    """The message in `event`."""
    frame = decoded.frame
    if isinstance(frame, REQUESTS):
        is_request, action, payload = True, frame.action, frame.payload
    else:
        is_request, action = False, request.action if request is not None else ""
        payload = frame.payload if isinstance(frame, Result) else frame.details if frame else None
    return Message(
        event, body.direction, frame, decoded.flaws, body.data, request, event.link, event.number, is_request, action,
        payload,
    )


def digest(payload: Json) -> bytes:
    """What tells `payload` from any other, whatever the order of members; `offline` apart.

    A retry after a lost connection may differ in that one alone (E11.FR.07)."""
    if isinstance(payload, dict) and "offline" in payload:
        payload = {name: value for name, value in payload.items() if name != "offline"}
    if payload == {}:
        return b""
    return hashlib.sha256(_SORTED.encode(payload).encode("utf-8", "surrogatepass")).digest()


class Correlator:
    """Reads one text message after the other and ties answers to requests; remembers open requests only."""

    def __init__(self, dialect: Dialect) -> None:
        self._dialect = dialect
        self._open: Recent[tuple[int, Direction, str], Message] = Recent(FEW)

    def take(self, event: Event, body: Text, decoded: Decoded | None = None) -> Message:
        """The message in `event`; `decoded` spares reading it a second time."""
        decoded = decoded or decode(body.data, self._dialect)
        frame, request = decoded.frame, None
        if isinstance(frame, ANSWERS):
            asked = Direction.OUT if body.direction is Direction.IN else Direction.IN
            request = self._open.pop((event.link, asked, frame.id), None)
        message = message_of(event, body, decoded, request)
        if isinstance(frame, Call):
            self._open[event.link, body.direction, frame.id] = message
        return message


class Transcript:
    """All messages of a journal so far, with correlation. Reading it first takes in what is new."""

    def __init__(self, journal: Journal, dialect: Dialect) -> None:
        self.journal = journal
        self.dialect = dialect
        self._messages: list[Message] = []
        self._read = 0
        self._correlator = Correlator(dialect)
        self._answers: dict[int, Message] = {}
        self._links: set[int] = set()
        self._link_changes: list[tuple[int, int, bool]] = []
        self.forgotten = 0

    def messages(self) -> list[Message]:
        """Every text message so far, in journal order. What comes while it reads is left for the next time."""
        for event in self.journal.from_(self._read):
            self._read += 1
            if isinstance(event.body, Text):
                self._take(event, event.body)
            else:
                self._follow(event)
        self.journal.read(self._read)
        return self._messages

    def _follow(self, event: Event) -> None:
        body = event.body
        opened = isinstance(body, Adopted) or (isinstance(body, HandshakeResponse) and body.upgraded)
        if opened or isinstance(body, Ended):
            self._link_changes.append((event.number, event.link, opened))
            (self._links.add if opened else self._links.discard)(event.link)

    def forget(self, keep: int) -> None:
        """Drop all but the newest `keep` messages; `forgotten` counts those dropped. For very long runs only."""
        if len(self._messages) >= 2 * keep:
            self.forgotten += len(self._messages) - keep
            self._messages = self._messages[-keep:]
            first = self._messages[0].number
            self._answers = {number: answer for number, answer in self._answers.items() if number >= first}

    def _take(self, event: Event, body: Text) -> None:
        message = self._correlator.take(event, body)
        if message.request is not None:
            self._answers[message.request.number] = message
        self._messages.append(message)

    def answer_to(self, request: Message) -> Message | None:
        """The first answer to that CALL, or None so far."""
        self.messages()
        return self._answers.get(request.number)

    def from_sut(self, since: int = 0) -> Iterator[Message]:
        """What the system under test sent, from journal entry `since` on."""
        return (m for m in self.messages() if m.direction is Direction.IN and m.number >= since)

    def open_links(self, until: int | None = None) -> set[int]:
        """The connections that stand after journal entry `until` (default: now)."""
        self.messages()
        if until is None:
            return set(self._links)
        links: set[int] = set()
        for number, link, opened in self._link_changes:
            if number <= until:
                (links.add if opened else links.discard)(link)
        return links
