"""Monitor rule about the opening handshake: what makes an HTTP request and its answer those of a WebSocket."""

from __future__ import annotations

import base64
import binascii
import hashlib
from collections.abc import Iterable, Iterator

from harness.journal import Direction, Event, HandshakeRequest, HandshakeResponse
from harness.oracle.findings import Finding, Quiet, Rule, Severity
from harness.oracle.recent import Recent

HANDSHAKE = Rule(
    "handshake", Severity.SHALL, "Its opening handshake is not that of a WebSocket", "RFC 6455 4.1, 4.2.2; OCPP-J 3.1.2"
)

Headers = tuple[tuple[str, str], ...]

_GUID = "258EAFA5-E914-47DA-95CA-C5AB0DC85B11"
_KEY_LENGTH = 16
_PROTOCOL = "Sec-WebSocket-Protocol"


class Handshakes(Quiet):
    """The headers of a station's request, of a CSMS's 101.

    A request without any header of a WebSocket is another's plain HTTP (a health check, a browser) and not judged,
    nor is what was recorded without headers.
    """

    rules = (HANDSHAKE,)

    def __init__(self) -> None:
        self._asked: Recent[int, Headers] = Recent()

    def notice(self, event: Event) -> Iterable[Finding]:
        body = event.body
        if isinstance(body, HandshakeRequest):
            if body.direction is Direction.OUT:
                self._asked[event.link] = body.headers
            elif _means_websocket(body.headers):
                yield from _found(event, "the request", _of_request(body.headers))
        elif isinstance(body, HandshakeResponse) and body.status == 101 and body.headers:
            if body.direction is Direction.OUT:
                return
            yield from _found(event, "the answer 101", _of_answer(body.headers, self._asked.get(event.link, ())))


def _found(event: Event, where: str, faults: Iterable[str]) -> Iterator[Finding]:
    told = "; ".join(faults)
    if told:
        yield Finding(HANDSHAKE, f"{where} has {told}", (event.number,), event.link)


def _of_request(headers: Headers) -> Iterator[str]:
    yield from _of_both(headers)
    version = _only(headers, "Sec-WebSocket-Version")
    if version != "13":
        yield "no single Sec-WebSocket-Version" if version is None else f"Sec-WebSocket-Version {version!r}, not 13"
    key = _only(headers, "Sec-WebSocket-Key")
    if key is None or not _is_nonce(key):
        yield "no Sec-WebSocket-Key of 16 bytes in base64"
    if not _tokens(headers, _PROTOCOL) - {""}:
        yield f"no {_PROTOCOL} with versions of OCPP"


def _of_answer(headers: Headers, asked: Headers) -> Iterator[str]:
    """`asked` are the headers of our request, none where they were not recorded."""
    yield from _of_both(headers)
    key = _only(asked, "Sec-WebSocket-Key")
    if key is None:
        return
    accept = _only(headers, "Sec-WebSocket-Accept")
    if accept is None:
        yield "no single Sec-WebSocket-Accept"
    elif accept != _accept(key):
        yield f"Sec-WebSocket-Accept {accept!r}, which is not that of our key"
    chosen = _values(headers, _PROTOCOL)
    if chosen and (len(chosen) > 1 or chosen[0].lower() not in _tokens(asked, _PROTOCOL)):
        yield f"{_PROTOCOL} {', '.join(chosen)!r}, which is none of those that we offered"
    surplus = _extensions(headers) - _extensions(asked)
    if surplus:
        yield f"the extension {', '.join(sorted(surplus))}, which we have not offered"


def _of_both(headers: Headers) -> Iterator[str]:
    if "websocket" not in _tokens(headers, "Upgrade"):
        yield "no `Upgrade: websocket`"
    if "upgrade" not in _tokens(headers, "Connection"):
        yield "no `Connection: Upgrade`"


def _means_websocket(headers: Headers) -> bool:
    meant = any(name.lower().startswith("sec-websocket-") for name, _ in headers)
    return meant or "websocket" in _tokens(headers, "Upgrade")


def _values(headers: Headers, name: str) -> list[str]:
    return [value.strip() for each, value in headers if each.lower() == name.lower()]


def _only(headers: Headers, name: str) -> str | None:
    """The value of a header that may come once, None where it does not."""
    values = _values(headers, name)
    return values[0] if len(values) == 1 else None


def _tokens(headers: Headers, name: str) -> set[str]:
    """The members of a header that is a list, in lower case (RFC 9110 5.6.1)."""
    return {token.strip().lower() for value in _values(headers, name) for token in value.split(",")}


def _extensions(headers: Headers) -> set[str]:
    """Their names, without parameters (RFC 6455 9.1)."""
    return {token.partition(";")[0].rstrip() for token in _tokens(headers, "Sec-WebSocket-Extensions")} - {""}


def _accept(key: str) -> str:
    digest = hashlib.sha1((key + _GUID).encode("utf-8", "surrogateescape"), usedforsecurity=False).digest()
    return base64.b64encode(digest).decode()


def _is_nonce(key: str) -> bool:
    try:
        return len(base64.b64decode(key, validate=True)) == _KEY_LENGTH
    except (binascii.Error, ValueError):
        return False
