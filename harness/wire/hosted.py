"""What both carriers do for an endpoint: call it, carry out its commands, record, survive its faults."""

from __future__ import annotations

import logging
import traceback
from abc import ABC, abstractmethod
from collections.abc import Callable, Mapping

from harness.carrier import Porter
from harness.journal import FAULT, Body, Journal, Note
from harness.rpc.link import (
    Abandon,
    Admission,
    Close,
    Command,
    Connect,
    Drop,
    Endpoint,
    Fetch,
    Fetched,
    FileCommand,
    Handshake,
    Instant,
    LinkEvent,
    Mute,
    Ping,
    Secure,
    Store,
    Stored,
    Transmit,
    TransmitBytes,
    TransmitFrame,
)

INTERNAL_ERROR = 1011
GOING_AWAY = 1001
ABNORMAL = 1006
NO_STATUS = 1005

_log = logging.getLogger("harness.wire")

LinkCommand = Transmit | TransmitFrame | TransmitBytes | Ping | Close | Drop | Mute


class HostedEndpoint(ABC):
    """An endpoint on a carrier. Every method runs in the carrier's own thread."""

    def __init__(self, endpoint: Endpoint, journal: Callable[[], Journal] | None, now: Callable[[], Instant]) -> None:
        self._endpoint = endpoint
        self._journal = journal
        self.now = now
        self.closed = False
        self.porter: Porter | None = None

    @abstractmethod
    def _connect(self, command: Connect) -> None:
        """Start an attempt. Raises ValueError for a link number that was used before."""

    def _secure(self, tls: object) -> None:
        """Have the listener make TLS like this from now on."""
        raise ValueError("only a listener on sockets has TLS to change")

    @abstractmethod
    def _act(self, command: LinkCommand) -> bool:
        """Carry out a command on its link; False where the link cannot take it any more."""

    @abstractmethod
    def _arrange_wake(self, due: int | None) -> None:
        """See to it that `Woken` is delivered at `due`, and at no other time."""

    def record(self, link: int, body: Body, at: Instant | None = None) -> None:
        """Put `body` into the journal of the moment, where there is one."""
        if self._journal is not None:
            self._journal().append(link, body, at or self.now())

    def unread(self) -> int:
        """How far whoever judges is behind; see `Journal.unread`."""
        return self._journal().unread if self._journal is not None else 0

    def deliver(self, event: LinkEvent, raising: bool = False) -> None:
        """Hand over `event` and carry out the answer. A fault is recorded, and raised where `raising`."""
        if self.closed:
            return
        fault: Exception | None = None
        try:
            for command in self._endpoint.handle(event, self.now()):
                self._obey(command)
        except Exception as error:
            fault = error
            self.fault(getattr(event, "link", 0), error, raising)
        try:
            due = self._endpoint.wake_at()
        except Exception as error:
            due, fault = None, fault or error
            self.fault(0, error, raising)
        self._arrange_wake(due)
        if raising and fault is not None:
            raise fault

    def admit(self, link: int, handshake: Handshake) -> Admission:
        """Ask the endpoint about `handshake`; status 500 where it fails."""
        try:
            admission = self._endpoint.admit(handshake, self.now())
            due = self._endpoint.wake_at()
        except Exception as error:
            self.fault(link, error)
            return Admission(status=500)
        self._arrange_wake(due)
        return admission

    def fault(self, link: int, error: BaseException, raised: bool = False) -> None:
        """Our own side failed: say so in the journal, and end the link it happened on.

        The log, which nobody masks, is for who has no journal and will not be told otherwise."""
        text = "".join(traceback.format_exception(error))
        self.record(link, Note(FAULT, text, {"raised": True} if raised else {}))
        if self._journal is None and not raised:
            _log.error("endpoint fault on link %d\n%s", link, text)
        if link:
            self._act(Close(link, INTERNAL_ERROR, "harness fault"))

    def _obey(self, command: Command) -> None:
        if isinstance(command, Transmit):  # most of them
            self._carry(command)
        elif isinstance(command, Connect):
            self._connect(command)
        elif isinstance(command, Secure):
            self._secure(command.tls)
        elif isinstance(command, Fetch | Store | Abandon):
            self._transfer(command)
        else:
            self._carry(command)

    def _carry(self, command: LinkCommand) -> None:
        if not self._act(command):
            self.record(command.link, _unsent(command))

    def _transfer(self, command: FileCommand) -> None:
        """Have the porter move a file; without one, every transfer fails."""
        if self.porter is not None:
            self.porter.begin(command, self._told, self._later)
        elif isinstance(command, Fetch):
            self._later(0, lambda: self.deliver(Fetched(command.job, problem="no file transfer here")))
        elif isinstance(command, Store):
            self._later(0, lambda: self.deliver(Stored(command.job, "no file transfer here")))

    @abstractmethod
    def _later(self, delay: int, action: Callable[[], None]) -> None:
        """Have `action` done `delay` ns from now, in the carrier's thread."""

    def _told(self, event: Fetched | Stored) -> None:
        """A transfer has ended; may be called from any thread."""
        self._later(0, lambda: self.deliver(event))


def _unsent(command: LinkCommand) -> Note:
    """A command came too late for its link: no fault, but not to be taken for traffic either."""
    data: Mapping[str, object] = {"command": repr(command)}
    return Note("not-sent", f"{type(command).__name__} on a link that is not open", data)
