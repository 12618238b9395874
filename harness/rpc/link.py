"""What passes between a sans-I/O endpoint and the shell that carries it.

An *endpoint* is a charging station or a CSMS without a socket: our own actor, or a practice opponent.
A *carrier* (``harness.wire``) moves its bytes, over real sockets or in memory and in virtual time.
The endpoint is told what happened (`LinkEvent`) and says what to do (`Command`); it never waits and
never looks at a clock, because every call hands it the present `Instant`.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Protocol
from urllib.parse import unquote

from harness.rpc.values import light

MILLISECOND = 1_000_000
SECOND = 1_000_000_000


@light(frozen=True, slots=True)
class Instant:
    """One moment on both clocks, each in nanoseconds; `wall` counts from the Unix epoch in UTC."""

    monotonic: int
    wall: int


@dataclass(frozen=True, slots=True)
class PeerCertificate:
    """The certificate that the other side presented in TLS, by its names; `serial` is in hexadecimal, `issuer` a
    distinguished name (RFC 4514), `pem` the certificate itself, without its chain."""

    common_name: str
    organisation: str
    serial: str
    issuer: str
    pem: str


@dataclass(frozen=True, slots=True)
class Handshake:
    """The opening HTTP request of a station as the CSMS side saw it, nothing decoded.

    `target` is the raw request target (path and query); `headers` keep order and repetitions. `secure` tells
    whether it came through TLS, `peer` the client certificate that was verified, or None.
    """

    target: str
    headers: tuple[tuple[str, str], ...]
    raw: bytes = b""
    remote: str = ""
    secure: bool = False
    peer: PeerCertificate | None = None

    @property
    def identity(self) -> str:
        """The charging station identity: last path segment, percent-decoded (OCPP-J 3.1.1)."""
        return unquote(self.target.partition("?")[0].rpartition("/")[2])

    @property
    def subprotocols(self) -> tuple[str, ...]:
        """What the station offered in Sec-WebSocket-Protocol, in its order of preference."""
        offers = ",".join(v for k, v in self.headers if k.lower() == "sec-websocket-protocol")
        return tuple(offer.strip() for offer in offers.split(",") if offer.strip())

    @property
    def authorization(self) -> str | None:
        """The Authorization header as sent, or None; bytes above ASCII appear as surrogate escapes."""
        return next((v for k, v in self.headers if k.lower() == "authorization"), None)


@dataclass(frozen=True, slots=True)
class Admission:
    """How a server answers a handshake.

    Status 101 upgrades; `subprotocol` None upgrades without selecting one (the shell then keeps the
    connection, closing it is the endpoint's decision). Any other status refuses, with `body`.
    `drop` closes TCP without a byte of answer; `delay` (ns) holds the answer back.
    """

    status: int = 101
    subprotocol: str | None = None
    headers: tuple[tuple[str, str], ...] = ()
    body: str = ""
    drop: bool = False
    delay: int = 0


@dataclass(frozen=True, slots=True)
class Dial:
    """One attempt of a station to connect. `url` is complete, identity already percent-encoded.

    `authorization` is the complete header value (see `basic`). `compression` offers
    permessage-deflate. `tls` is None for ws:// and a `harness.security` value for wss://.
    `timeout` in ns covers TCP, TLS and HTTP together.
    """

    url: str
    subprotocols: tuple[str, ...] = ()
    authorization: str | None = None
    headers: tuple[tuple[str, str], ...] = ()
    compression: bool = False
    timeout: int = 10 * SECOND
    tls: object | None = None


# ---- what happened: shell -> endpoint ---------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Opened:
    """The WebSocket stands. `handshake` is set on the server side; `headers` are those of the answer, `peer` the
    server certificate, where there was TLS."""

    link: int
    subprotocol: str | None
    handshake: Handshake | None = None
    headers: tuple[tuple[str, str], ...] = ()
    peer: PeerCertificate | None = None


@dataclass(frozen=True, slots=True)
class Refused:
    """Our attempt got an HTTP answer other than 101, or none at all (`status` 0, `reason` says why)."""

    link: int
    status: int
    reason: str = ""
    headers: tuple[tuple[str, str], ...] = ()


@light(frozen=True, slots=True)
class Received:
    """One complete WebSocket message: text as str, binary as bytes."""

    link: int
    data: str | bytes


@dataclass(frozen=True, slots=True)
class Pinged:
    link: int
    payload: bytes


@dataclass(frozen=True, slots=True)
class Ponged:
    link: int
    payload: bytes


@dataclass(frozen=True, slots=True)
class Closed:
    """The link is gone. `code` 1006 means that no close frame came (RFC 6455 7.1.5)."""

    link: int
    code: int
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Woken:
    """The moment the endpoint asked for with `wake_at` has come."""


@dataclass(frozen=True, slots=True)
class Asked:
    """Somebody asks the endpoint to act: a driver, an operator, or the session that owns our actor.

    `intent` is a name of `harness.intents`; `parameters` are its arguments.
    """

    intent: str
    parameters: Mapping[str, object] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Fetched:
    """What became of a `Fetch`. `problem` is empty where `data` is the whole file, else what went wrong, in words."""

    job: int
    data: bytes = b""
    problem: str = ""


@dataclass(frozen=True, slots=True)
class Stored:
    """What became of a `Store`; `problem` is empty where the server has taken the whole file."""

    job: int
    problem: str = ""


LinkEvent = Opened | Refused | Received | Pinged | Ponged | Closed | Woken | Asked | Fetched | Stored


# ---- what to do: endpoint -> shell ------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Connect:
    """Open `link` (a number the client side chooses, never used before). Clients only."""

    link: int
    dial: Dial


@light(frozen=True, slots=True)
class Transmit:
    """Send one message: str as text, bytes as binary."""

    link: int
    data: str | bytes


@dataclass(frozen=True, slots=True)
class TransmitFrame:
    """Send one WebSocket frame exactly as described, legal or not (RFC 6455 5.2)."""

    link: int
    opcode: int
    data: bytes = b""
    final: bool = True
    reserved: int = 0
    masked: bool | None = None
    length: int | None = None


@dataclass(frozen=True, slots=True)
class TransmitBytes:
    """Put bytes on the TCP (or TLS) stream below WebSocket framing."""

    link: int
    data: bytes


@dataclass(frozen=True, slots=True)
class Ping:
    link: int
    payload: bytes = b""


@dataclass(frozen=True, slots=True)
class Close:
    link: int
    code: int = 1000
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Drop:
    """End TCP without a close frame: FIN, or RST where `reset`."""

    link: int
    reset: bool = False


@dataclass(frozen=True, slots=True)
class Mute:
    """From now on answer no ping on this link (`pongs` False), or answer them again."""

    link: int
    pongs: bool = False


@dataclass(frozen=True, slots=True)
class Fetch:
    """Download the file at `url`; `Fetched` follows. `job` is a number the endpoint chooses, never used before.

    `timeout` in ns covers the whole transfer, `limit` in bytes what the endpoint can hold."""

    job: int
    url: str
    timeout: int = 60 * SECOND
    limit: int = 64 * 1024 * 1024


@dataclass(frozen=True, slots=True)
class Store:
    """Upload `data` to `url`, which is complete with the file's name; `Stored` follows."""

    job: int
    url: str
    data: bytes
    timeout: int = 60 * SECOND


@dataclass(frozen=True, slots=True)
class Abandon:
    """Give up a transfer that is under way; nothing follows. Unknown and finished jobs are no fault."""

    job: int


FileCommand = Fetch | Store | Abandon
@dataclass(frozen=True, slots=True)
class Secure:
    """From now on a listener makes TLS like this, or none, with whoever connects anew; what stands, stands."""

    tls: object | None
    link: int = 0


Command = Connect | Transmit | TransmitFrame | TransmitBytes | Ping | Close | Drop | Mute | Secure | FileCommand


class Endpoint(Protocol):
    """A station or a CSMS without I/O. Calls come from one thread at a time and must not block."""

    def admit(self, handshake: Handshake, now: Instant) -> Admission:
        """Decide on an incoming handshake (CSMS side only)."""
        ...

    def handle(self, event: LinkEvent, now: Instant) -> Sequence[Command]:
        """Take what happened; return what to do, in order."""
        ...

    def wake_at(self) -> int | None:
        """Monotonic ns at which `Woken` is wanted, or None. Asked again after every call."""
        ...
