"""Peers on bare sockets whose opening handshake is none: the report says so, with the chapter of RFC 6455."""

from __future__ import annotations

import base64
import hashlib
import re
import socket
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from harness.oracle.verdict import Verdict
from tests.faults.peers import (
    ASK_CSMS,
    ASK_STATION,
    CSMS,
    PASSWORD,
    STATION,
    again_and_again,
    free_port,
    judge,
    serving,
)

_REQUEST = {
    "Host": "127.0.0.1",
    "Upgrade": "websocket",
    "Connection": "Upgrade",
    "Sec-WebSocket-Version": "13",
    "Sec-WebSocket-Key": "dGhlIHNhbXBsZSBub25jZQ==",
    "Sec-WebSocket-Protocol": "ocpp2.0.1",
    "Authorization": "Basic " + base64.b64encode(f"CS001:{PASSWORD}".encode()).decode(),
}
_GUID = "258EAFA5-E914-47DA-95CA-C5AB0DC85B11"
_ACCEPTS = """@sut-csms @v2.0.1
Feature: A CSMS
  Scenario: It lets the station in
    When the station connects
    Then the CSMS accepts the connection
"""


def lines(first: str, headers: dict[str, str | None]) -> bytes:
    told = [f"{name}: {value}" for name, value in headers.items() if value is not None]
    return "\r\n".join([first, *told, "", ""]).encode()


@contextmanager
def knocking(port: int, request: bytes) -> Iterator[None]:
    """A station that says `request` on one connection after the other, and reads the answer to its end."""
    def dial() -> None:
        with socket.create_connection(("127.0.0.1", port), timeout=5) as bare:
            bare.sendall(request)
            while bare.recv(2000):
                pass

    with again_and_again(dial):
        yield


@contextmanager
def answering(answer: Callable[[str], bytes]) -> Iterator[int]:
    """A CSMS that answers one request by its Sec-WebSocket-Key, and then waits for the end."""
    def greet(bare: socket.socket) -> None:
        found = re.search(r"(?i)sec-websocket-key: *(\S+)", bare.recv(4000).decode("latin-1"))
        bare.sendall(answer(found[1] if found else ""))
        while bare.recv(2000):
            pass

    with serving(greet) as port:
        yield port


@pytest.mark.parametrize(
    ("changed", "words"),
    [
        ({"Connection": None}, "no `Connection: Upgrade`"),
        ({"Connection": "keep-alive"}, "no `Connection: Upgrade`"),
        ({"Upgrade": None}, "no `Upgrade: websocket`"),
        ({"Sec-WebSocket-Version": "8"}, "Sec-WebSocket-Version '8', not 13"),
    ],
)
def test_a_station_that_asks_for_no_websocket(changed: dict[str, str | None], words: str, tmp_path: Path):
    port = free_port()
    with knocking(port, lines("GET /ocpp/CS001 HTTP/1.1", _REQUEST | changed)):
        judged = judge(tmp_path, STATION, ASK_STATION, port)
    assert judged.verdict is Verdict.INCONCLUSIVE, judged
    assert "the station asked for" in judged.message
    assert "SHALL handshake (RFC 6455 4.1" in judged.message
    assert words in judged.message, judged


def test_a_station_that_asks_as_it_should_is_not_blamed_for_its_handshake(tmp_path: Path):
    port = free_port()
    with knocking(port, lines("GET /ocpp/CS001 HTTP/1.1", dict(_REQUEST))):
        judged = judge(tmp_path, STATION, ASK_STATION, port)
    assert judged.verdict is Verdict.INCONCLUSIVE, judged
    assert "RFC 6455" not in judged.message


def upgrade(changed: dict[str, str | None]) -> Callable[[str], bytes]:
    def answer(key: str) -> bytes:
        accept = base64.b64encode(hashlib.sha1((key + _GUID).encode()).digest()).decode()
        usual = {"Upgrade": "websocket", "Connection": "Upgrade", "Sec-WebSocket-Accept": accept,
                 "Sec-WebSocket-Protocol": "ocpp2.0.1"}
        return lines("HTTP/1.1 101 Switching Protocols", usual | changed)

    return answer


_ANSWERS: dict[str, tuple[dict[str, str | None], str]] = {
    "Connection": ({"Connection": None}, "no `Connection: Upgrade`"),
    "Upgrade": ({"Upgrade": None}, "no `Upgrade: websocket`"),
    "no Accept": ({"Sec-WebSocket-Accept": None}, "no single Sec-WebSocket-Accept"),
    "Accept": ({"Sec-WebSocket-Accept": "HSmrc0sMlYUkAGmm5OPpG2HaGWk="}, "which is not that of our key"),
}


@pytest.mark.parametrize("fault", _ANSWERS)
@pytest.mark.parametrize(("feature", "verdict"), [(_ACCEPTS, Verdict.FAILED), (ASK_CSMS, Verdict.INCONCLUSIVE)])
def test_a_csms_whose_101_is_no_upgrade(feature: str, verdict: Verdict, fault: str, tmp_path: Path):
    """Without a line of its own the finding stands beside what could not be asked."""
    changed, words = _ANSWERS[fault]
    with answering(upgrade(changed)) as port:
        judged = judge(tmp_path, CSMS, feature, port)
    assert judged.verdict is verdict, judged
    assert words in judged.message, judged
    assert "SHALL handshake (RFC 6455 4.1" in judged.message, judged


_UNWANTED = """@sut-csms @v2.0.1
Feature: A CSMS
  Scenario: It does not let the station in
    When the station connects
    Then the CSMS JUDGED
"""


@pytest.mark.parametrize("fault", _ANSWERS)
@pytest.mark.parametrize("judged_as", ["refuses the connection", "turns the connection away within 1 s"])
def test_a_101_that_is_no_upgrade_is_no_refusal_either(judged_as: str, fault: str, tmp_path: Path):
    """RFC 6455 4.2.2 has an HTTP error code for whom a server does not want; and we failed the connection."""
    with answering(upgrade(_ANSWERS[fault][0] | {"Sec-WebSocket-Protocol": None})) as port:
        judged = judge(tmp_path, CSMS, _UNWANTED.replace("JUDGED", judged_as), port)
    assert judged.verdict is Verdict.FAILED, judged
    assert "HTTP status 101 that is no upgrade: " in judged.message, judged
    assert "stays open" not in judged.message, judged


@pytest.mark.parametrize("judged_as", ["refuses the connection", "turns the connection away within 1 s"])
def test_a_refusal_without_a_body_passes(judged_as: str, tmp_path: Path):
    """The opposite case: what those lines want is met by a plain 404."""
    refusal = lines("HTTP/1.1 404 Not Found", {"Content-Length": "0", "Connection": "close"})
    with answering(lambda key: refusal) as port:
        judged = judge(tmp_path, CSMS, _UNWANTED.replace("JUDGED", judged_as), port)
    assert judged.verdict is Verdict.PASSED, judged


def test_a_csms_whose_101_is_right_passes(tmp_path: Path):
    with answering(upgrade({})) as port:
        judged = judge(tmp_path, CSMS, _ACCEPTS, port)
    assert judged.verdict is Verdict.PASSED, judged
    assert "RFC 6455" not in judged.message
