"""The opening handshake as text, for both carriers: where a URL leads, which headers a station sends.

Header values are `str` with every byte above ASCII as a surrogate escape, as `harness.rpc.link` has it;
`to_wire` and `from_wire` translate to the Latin-1 text that HTTP libraries use for opaque bytes.
"""

from __future__ import annotations

from dataclasses import dataclass
from http import HTTPStatus
from urllib.parse import urlsplit

from harness.rpc.link import Admission, Dial

Headers = tuple[tuple[str, str], ...]

DEFLATE_OFFER = "permessage-deflate; client_max_window_bits"
"""What a client offers for permessage-deflate (RFC 7692 7.1)."""

_DEFAULT_PORTS = {"ws": 80, "wss": 443}


@dataclass(frozen=True, slots=True)
class Destination:
    """Where a ws(s):// URL leads. `target` is the request target (RFC 7230 5.3.1), byte for byte."""

    secure: bool
    host: str
    port: int
    target: str

    @property
    def authority(self) -> str:
        """The Host header: without the port where it is the scheme's own."""
        host = bracketed(self.host)
        return host if self.port == _DEFAULT_PORTS["wss" if self.secure else "ws"] else f"{host}:{self.port}"


def bracketed(host: str) -> str:
    """The host as it stands in a URL: IPv6 addresses in brackets."""
    return f"[{host}]" if ":" in host else host


def locate(url: str) -> Destination:
    """Take a ws:// or wss:// URL apart, leaving path and query as they are.

    The library's own parser drops ``;parameters`` of the last segment and refuses some identities.
    Raises ValueError where `url` names no host, has another scheme, an impossible port or a target beyond ASCII.
    """
    parts = urlsplit(url)
    if parts.scheme not in _DEFAULT_PORTS or not parts.hostname:
        raise ValueError(f"not a ws:// or wss:// URL: {url!r}")
    rest = url.partition("://")[2]
    authority = next((rest[:at] for at, character in enumerate(rest) if character in "/?#"), rest)
    target = rest[len(authority):]
    if not target.isascii():
        raise ValueError(f"the request target is not ASCII: {url!r}")
    if not target.startswith("/"):
        target = "/" + target
    return Destination(parts.scheme == "wss", parts.hostname, parts.port or _DEFAULT_PORTS[parts.scheme], target)


def url_of(secure: bool, host: str, port: int, path: str) -> str:
    """The URL of a listening endpoint, without a slash at its end."""
    tail = path.strip("/")
    return f"{'wss' if secure else 'ws'}://{bracketed(host)}:{port}" + (f"/{tail}" if tail else "")


def to_wire(value: str) -> str:
    """A header value as Latin-1 text: one character per byte. Raises UnicodeEncodeError."""
    return value.encode("utf-8", "surrogateescape").decode("latin-1")


def from_wire(value: str) -> str:
    """The inverse: bytes above ASCII become surrogate escapes."""
    return value.encode("latin-1").decode("ascii", "surrogateescape")


def replaced(defaults: Headers, wishes: Headers) -> Headers:
    """`defaults` without those that `wishes` names, then `wishes` in their order."""
    named = {name.lower() for name, _ in wishes}
    return tuple(pair for pair in defaults if pair[0].lower() not in named) + wishes


def request_headers(dial: Dial, destination: Destination, key: str) -> Headers:
    """The headers of a station's request (RFC 6455 4.1); `Dial.headers` replace those of the same name."""
    headers = [
        ("Host", destination.authority),
        ("Upgrade", "websocket"),
        ("Connection", "Upgrade"),
        ("Sec-WebSocket-Key", key),
        ("Sec-WebSocket-Version", "13"),
    ]
    if dial.compression:
        headers.append(("Sec-WebSocket-Extensions", DEFLATE_OFFER))
    if dial.subprotocols:
        headers.append(("Sec-WebSocket-Protocol", ", ".join(dial.subprotocols)))
    if dial.authorization is not None:
        headers.append(("Authorization", dial.authorization))
    return replaced(tuple(headers), dial.headers)


def upgrade_headers(admission: Admission, accept: str, extensions: str | None) -> Headers:
    """The headers of a 101 answer (RFC 6455 4.2.2)."""
    headers = [("Upgrade", "websocket"), ("Connection", "Upgrade"), ("Sec-WebSocket-Accept", accept)]
    if extensions is not None:
        headers.append(("Sec-WebSocket-Extensions", extensions))
    if admission.subprotocol is not None:
        headers.append(("Sec-WebSocket-Protocol", admission.subprotocol))
    return replaced(tuple(headers), admission.headers)


def refusal_headers(admission: Admission) -> Headers:
    """The headers of any other answer."""
    headers = (
        ("Connection", "close"),
        ("Content-Length", str(len(admission.body.encode("utf-8", "surrogateescape")))),
        ("Content-Type", "text/plain; charset=utf-8"),
    )
    return replaced(headers, admission.headers)


def phrase(status: int) -> str:
    """The reason phrase of `status`, or "" for one that HTTP does not know."""
    try:
        return HTTPStatus(status).phrase
    except ValueError:
        return ""


def refusal_reason(status: int, body: str) -> str:
    """What `Refused.reason` says of an HTTP answer: its body, or else the status's own phrase."""
    return body.strip() or phrase(status)
