"""An endpoint on the carrier in memory: its links, its handshakes, what arrives and what it sends."""

from __future__ import annotations

from collections.abc import Callable
from enum import Enum, auto
from functools import partial
from typing import TYPE_CHECKING

from harness.carrier import Listen
from harness.journal import (
    Binary,
    Control,
    Direction,
    Ended,
    HandshakeRequest,
    HandshakeResponse,
    Journal,
    Note,
    RawBytes,
    Text,
)
from harness.rpc.link import (
    Admission,
    Close,
    Closed,
    Connect,
    Dial,
    Drop,
    Endpoint,
    Handshake,
    LinkEvent,
    Mute,
    Opened,
    Ping,
    Pinged,
    Ponged,
    Received,
    Refused,
    Transmit,
    TransmitBytes,
    TransmitFrame,
    Woken,
)
from harness.wire import frames
from harness.wire.handshake import (
    DEFLATE_OFFER,
    Destination,
    Headers,
    from_wire,
    locate,
    refusal_headers,
    refusal_reason,
    request_headers,
    to_wire,
    upgrade_headers,
    url_of,
)
from harness.wire.hosted import ABNORMAL, GOING_AWAY, NO_STATUS, HostedEndpoint, LinkCommand

if TYPE_CHECKING:
    from harness.wire.memory import MemoryCarrier

_IN, _OUT = Direction.IN, Direction.OUT
_PROTOCOL_ERROR = 1002

# The worked example of RFC 6455 1.3: a handshake in memory is complete, and the same every time.
_KEY = "dGhlIHNhbXBsZSBub25jZQ=="
_ACCEPT = "s3pPLMBiTxaQ9kYGzzhZRbK+xOo="


class NeedsSockets(NotImplementedError):
    """The command means something only on a real TCP stream; run the scenario on `SocketCarrier`."""


class _State(Enum):
    CONNECTING = auto()
    OPEN = auto()
    CLOSING = auto()
    CLOSED = auto()


class _End:
    """One side of a link."""

    __slots__ = ("compressed", "from_client", "hosted", "link", "muted", "peer", "state")

    def __init__(self, hosted: MemoryHosted, link: int, from_client: bool) -> None:
        self.hosted = hosted
        self.link = link
        self.from_client = from_client
        self.state = _State.CONNECTING
        self.peer: _End | None = None
        self.muted = False
        self.compressed = False

    @property
    def alive(self) -> bool:
        return self.state in (_State.OPEN, _State.CLOSING)


class MemoryHosted(HostedEndpoint):
    """An endpoint on a `MemoryCarrier`."""

    def __init__(
        self,
        carrier: MemoryCarrier,
        endpoint: Endpoint,
        journal: Callable[[], Journal] | None,
        listen: Listen | None = None,
        port: int = 0,
    ) -> None:
        super().__init__(endpoint, journal, carrier.now)
        self._carrier = carrier
        self.listen = listen
        self.url = url_of(listen.tls is not None, listen.host, port, listen.path) if listen else ""
        self._ends: dict[int, _End] = {}
        self._wake: int | None = None
        self._wakes = 0

    def tell(self, event: LinkEvent) -> None:
        """See `Hosted.tell`. Nothing but the commands' hand-over happens: no time passes."""
        self.deliver(event, raising=True)

    def close(self) -> None:
        """See `Hosted.close`. Peers learn of it one hop later; the endpoint itself is not called again."""
        if self.closed:
            return
        self.closed = True
        if self.porter is not None:
            self.porter.close()
        self._carrier.forget(self)
        for end in tuple(self._ends.values()):
            if end.state is _State.OPEN:
                self._close(end, Close(end.link, GOING_AWAY))
            elif end.state is _State.CONNECTING:
                if not end.from_client:
                    self._unanswered(end, "closed before the answer")
                self._hop(end, MemoryHosted._lost)
            self._finish(end, _OUT, GOING_AWAY)
            end.state = _State.CLOSED

    # ---- time ---------------------------------------------------------------------------------------

    def _later(self, delay: int, action: Callable[[], None]) -> None:
        self._carrier.plan(delay, action)

    def _arrange_wake(self, due: int | None) -> None:
        if due == self._wake:
            return
        self._wake = due
        self._wakes += 1
        if due is not None:
            self._carrier.plan(due - self.now().monotonic, partial(self._woken, self._wakes))

    def _woken(self, number: int) -> None:
        if number == self._wakes and self._wake is not None:
            self._wake = None
            self.deliver(Woken())

    # ---- the handshake ------------------------------------------------------------------------------

    def _connect(self, command: Connect) -> None:
        if command.link in self._ends:
            raise ValueError(f"link {command.link} was used before")
        destination = locate(command.dial.url)
        end = self._ends[command.link] = _End(self, command.link, from_client=True)
        server = self._carrier.listener(destination)
        if server is None or server.listen is None:
            self._carrier.plan(self._carrier.latency, partial(self._refused, end, "connection refused"))
        elif destination.secure != (server.listen.tls is not None):
            self._carrier.plan(self._carrier.latency, partial(self._refused, end, "TLS on one side only"))
        else:
            self._request(end, server, command.dial, destination)

    def _request(self, end: _End, server: MemoryHosted, dial: Dial, destination: Destination) -> None:
        headers = tuple((name, from_wire(to_wire(value))) for name, value in request_headers(dial, destination, _KEY))
        self.record(end.link, HandshakeRequest(_OUT, destination.target, headers))
        deadline = self.now().monotonic + dial.timeout
        handshake = Handshake(destination.target, headers, remote="memory")
        self._carrier.plan(self._carrier.latency, partial(server.requested, end, handshake, dial.compression, deadline))

    def requested(self, client: _End, handshake: Handshake, compression: bool, deadline: int) -> None:
        """A station's request has arrived; its dialling ends at `deadline`."""
        if self.closed:
            self._carrier.plan(self._carrier.latency, partial(client.hosted._refused, client, "connection refused"))
            return
        end = _End(self, self._carrier.next_served_link(), from_client=False)
        self._ends[end.link] = end
        end.peer, client.peer = client, end
        self.record(end.link, HandshakeRequest(_IN, handshake.target, handshake.headers))
        admission = self.admit(end.link, handshake)
        end.compressed = compression and self.listen is not None and self.listen.compression
        left = deadline - self.now().monotonic
        if admission.delay + self._carrier.latency > left:
            self._carrier.plan(left, partial(client.hosted._refused, client, "timed out"))
            self._carrier.plan(left + self._carrier.latency, partial(self._unanswered, end, "the station gave up"))
        elif admission.delay > 0:
            self._carrier.plan(admission.delay, partial(self._answer, end, client, handshake, admission))
        else:
            self._answer(end, client, handshake, admission)

    def _answer(self, end: _End, client: _End, handshake: Handshake, admission: Admission) -> None:
        hop = partial(self._carrier.plan, self._carrier.latency)
        if end.state is not _State.CONNECTING:
            return
        if admission.drop:
            self._unanswered(end, "dropped without an answer")
            hop(partial(client.hosted._refused, client, "connection closed without an answer"))
            return
        extensions = DEFLATE_OFFER.partition(";")[0] if end.compressed else None
        upgrade = admission.status == 101
        wanted = upgrade_headers(admission, _ACCEPT, extensions) if upgrade else refusal_headers(admission)
        headers = tuple((name, from_wire(to_wire(value))) for name, value in wanted)
        reason = "" if upgrade else refusal_reason(admission.status, admission.body)
        chosen = admission.subprotocol if upgrade else None
        self.record(end.link, HandshakeResponse(_OUT, admission.status, chosen, headers, reason))
        if not upgrade:
            end.state = _State.CLOSED
            hop(partial(client.hosted._refused, client, reason, admission.status, headers))
            return
        end.state = _State.OPEN
        client.compressed = end.compressed
        hop(partial(client.hosted._opened, client, admission.subprotocol, headers))
        self.deliver(Opened(end.link, admission.subprotocol, handshake, headers))

    def _unanswered(self, end: _End, reason: str) -> None:
        if end.state is _State.CONNECTING:
            end.state = _State.CLOSED
            self.record(end.link, HandshakeResponse(_OUT, 0, reason=reason))

    def _refused(self, end: _End, reason: str, status: int = 0, headers: Headers = ()) -> None:
        if end.state is _State.CONNECTING:
            end.state = _State.CLOSED
            self.record(end.link, HandshakeResponse(_IN, status, headers=headers, reason=reason))
            self.deliver(Refused(end.link, status, reason, headers))

    def _opened(self, end: _End, subprotocol: str | None, headers: Headers) -> None:
        if end.state is not _State.CONNECTING:
            return
        end.state = _State.OPEN
        self.record(end.link, HandshakeResponse(_IN, 101, subprotocol, headers))
        self.deliver(Opened(end.link, subprotocol, headers=headers))

    # ---- commands -----------------------------------------------------------------------------------

    def _act(self, command: LinkCommand) -> bool:
        end = self._ends.get(command.link)
        if end is None or end.state is _State.CLOSED:
            return False
        if isinstance(command, Mute):
            end.muted = not command.pongs
            return True
        if end.state is _State.CONNECTING:
            return self._give_up(end) if isinstance(command, Close | Drop) else False
        if end.state is _State.CLOSING and not isinstance(command, Ping | Drop):
            return False
        if isinstance(command, Ping):
            self._ping(end, command)
        elif isinstance(command, Drop):
            self._drop(end)
        elif isinstance(command, Close):
            self._close(end, command)
        else:
            self._send(end, command)
        return True

    def _give_up(self, end: _End) -> bool:
        """Break off an attempt of ours; whatever the server answers comes to nobody."""
        if end.from_client:
            self._carrier.plan(0, partial(self._refused, end, "given up"))
            self._hop(end, MemoryHosted._lost)
        return end.from_client

    def _hop(self, end: _End, arrival: Callable[..., None], *what: object) -> None:
        """Have `arrival(peer, *what)` done at the other side one hop later."""
        if end.peer is not None:
            self._carrier.plan(self._carrier.latency, partial(arrival, end.peer.hosted, end.peer, *what))

    def _send(self, end: _End, command: Transmit | TransmitFrame | TransmitBytes) -> None:
        if isinstance(command, TransmitBytes):
            raise NeedsSockets("TransmitBytes: there is no byte stream in memory")
        if isinstance(command, TransmitFrame):
            data: str | bytes = _plain_text(command, end.from_client)
            raw = frames.frame_bytes(command, end.from_client)
            self.record(end.link, RawBytes(_OUT, raw, frames.describe(command)))
        else:
            data = command.data
            self.record(end.link, _message(_OUT, data, end.compressed))
        self._hop(end, MemoryHosted._received, data)

    def _ping(self, end: _End, command: Ping) -> None:
        if len(command.payload) > frames.MOST_CONTROL_PAYLOAD:
            raise ValueError("a ping has room for 125 bytes")
        self.record(end.link, Control(_OUT, "ping", command.payload))
        self._hop(end, MemoryHosted._pinged, command.payload)

    def _close(self, end: _End, command: Close) -> None:
        frames.close_payload(command.code, command.reason)
        end.state = _State.CLOSING
        reason = "" if command.code == NO_STATUS else command.reason
        self._hop(end, MemoryHosted._close_received, command.code, reason)

    def _drop(self, end: _End) -> None:
        end.state = _State.CLOSED
        self.record(end.link, Ended(_OUT, ABNORMAL))
        self._carrier.plan(0, partial(self.deliver, Closed(end.link, ABNORMAL)))
        self._hop(end, MemoryHosted._lost)

    # ---- arrivals -----------------------------------------------------------------------------------

    def _received(self, end: _End, data: str | bytes) -> None:
        if end.alive:
            self.record(end.link, _message(_IN, data, end.compressed))
            self.deliver(Received(end.link, data))

    def _pinged(self, end: _End, payload: bytes) -> None:
        if not end.alive:
            return
        self.record(end.link, Control(_IN, "ping", payload))
        if not end.muted:
            self.record(end.link, Control(_OUT, "pong", payload))
            self._hop(end, MemoryHosted._ponged, payload)
        self.deliver(Pinged(end.link, payload))

    def _ponged(self, end: _End, payload: bytes) -> None:
        if end.alive:
            self.record(end.link, Control(_IN, "pong", payload))
            self.deliver(Ponged(end.link, payload))

    def _close_received(self, end: _End, code: int, reason: str) -> None:
        """A close frame: echoed where we sent none; one with a code that must not be sent fails the link."""
        if not end.alive:
            return
        by = _OUT if end.state is _State.CLOSING else _IN
        if code != NO_STATUS and not frames.is_sendable_code(code):
            self.record(end.link, Note("websocket-violation", f"close frame with code {code}"))
            by, code, reason = _OUT, _PROTOCOL_ERROR, "invalid status code"
        if end.state is _State.OPEN:
            self._hop(end, MemoryHosted._close_received, code, reason)
        self._finish(end, by, code, reason)

    def _lost(self, end: _End) -> None:
        if end.state is _State.CONNECTING and end.from_client:
            self._refused(end, "connection closed without an answer")
        elif end.state is _State.CONNECTING:
            self._unanswered(end, "the station gave up")
        elif end.alive:
            self._finish(end, _IN, ABNORMAL)

    def _finish(self, end: _End, by: Direction, code: int, reason: str = "") -> None:
        if end.alive:
            end.state = _State.CLOSED
            self.record(end.link, Ended(by, code, reason))
            self.deliver(Closed(end.link, code, reason))


def _message(direction: Direction, data: str | bytes, compressed: bool) -> Text | Binary:
    if isinstance(data, str):
        data.encode()  # a lone surrogate is no text: the same UnicodeEncodeError as on a socket
        return Text(direction, data, compressed=compressed)
    return Binary(direction, data)


def _plain_text(frame: TransmitFrame, from_client: bool) -> str:
    """The text of a frame that is a whole legal text message. Raises NeedsSockets for any other."""
    legal = (
        frame.opcode == frames.TEXT
        and frame.final
        and not frame.reserved
        and frame.masked in (None, from_client)
        and frame.length in (None, len(frame.data))
    )
    try:
        if legal:
            return frame.data.decode()
    except UnicodeDecodeError:
        pass
    raise NeedsSockets(f"memory carries whole legal text frames only, not this: {frames.describe(frame)}")
