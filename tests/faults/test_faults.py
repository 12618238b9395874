"""Peers that misbehave beyond any scenario: there is a verdict all the same, soon, and it says which side did what."""

from __future__ import annotations

import json
import socket
import threading
from collections.abc import Callable
from pathlib import Path

import pytest
from websockets.sync.client import ClientConnection
from websockets.sync.server import ServerConnection

from harness.oracle.verdict import Inconclusive, Verdict
from harness.rpc.link import SECOND
from harness.session import Session
from tests.faults.peers import (
    ASK_CSMS,
    ASK_STATION,
    CSMS,
    STATION,
    boot,
    boot_answer,
    csms,
    free_port,
    judge,
    lab_of,
    station,
    tcp_server,
)
from tests.patience import HANGING

Life = Callable[[ClientConnection], None]


def idle(connection: ClientConnection | ServerConnection) -> None:
    for _ in connection:
        pass


def garbage(connection: ClientConnection) -> None:
    connection.send("}{ this is no JSON")
    connection.send(b"\x00\xff" * 50)
    idle(connection)


def booted(then: Life) -> Life:
    """BootNotification, then something else."""

    def life(connection: ClientConnection) -> None:
        boot(connection)
        then(connection)

    return life


def huge(connection: ClientConnection) -> None:
    connection.recv(3)
    connection.send("x" * 10_000_000)
    idle(connection)


def dropping(connection: ClientConnection | ServerConnection) -> None:
    connection.recv(3)
    connection.socket.shutdown(socket.SHUT_RDWR)


def garbled(connection: ClientConnection | ServerConnection) -> None:
    connection.recv(3)
    connection.send("}{")
    idle(connection)


def late(connection: ClientConnection) -> None:
    asked = json.loads(connection.recv(3))
    threading.Event().wait(1.8)
    connection.send(json.dumps([3, asked[1], {"getVariableResult": []}]))
    idle(connection)


INCONCLUSIVE, FAILED = Verdict.INCONCLUSIVE, Verdict.FAILED
STATIONS: dict[str, tuple[Life, dict[str, str], Verdict, tuple[str, ...]]] = {
    "says nothing": (idle, {}, INCONCLUSIVE, ("the station is connected but has not sent BootNotification",)),
    "has another password": (idle, {"password": "another"}, INCONCLUSIVE, ("the station's Basic credentials",)),
    "has another identity": (idle, {"identity": "CS999"}, INCONCLUSIVE, ("called itself 'CS999'", "says 'CS001'")),
    "speaks another version": (
        idle, {"subprotocol": "ocpp1.6"}, INCONCLUSIVE, ("we speak ocpp2.0.1, the station offered ocpp1.6",)),
    "begins with garbage": (garbage, {}, INCONCLUSIVE, ("the station is connected", "no OCPP message: '}{ this")),
    "answers with 10 MB": (booted(huge), {}, FAILED, ('"get"', "no answer", "not-json")),
    "drops the connection": (booted(dropping), {}, FAILED, ("no answer; the connection ended with 1006",)),
    "answers with garbage": (booted(garbled), {}, FAILED, ("GetVariables", "no answer")),
    "answers late": (booted(late), {}, FAILED, ("no answer",)),
}


@pytest.mark.parametrize("fault", STATIONS)
def test_a_station_that(fault: str, tmp_path: Path):
    life, how, verdict, words = STATIONS[fault]
    port = free_port()
    with station(port, life, **how):
        judged = judge(tmp_path, STATION, ASK_STATION, port)
    assert judged.verdict is verdict, judged
    assert all(word in judged.message for word in words), judged
    assert judged.seconds < HANGING


def test_a_station_that_never_comes(tmp_path: Path):
    judged = judge(tmp_path, STATION, ASK_STATION, free_port())
    assert judged.verdict is INCONCLUSIVE
    assert "the station never connected" in judged.message
    assert judged.seconds < HANGING


def late_csms(connection: ServerConnection) -> None:
    text = str(connection.recv(3))
    threading.Event().wait(1.8)
    connection.send(boot_answer(text))
    idle(connection)


def huge_csms(connection: ServerConnection) -> None:
    connection.recv(3)
    connection.send("x" * 10_000_000)
    idle(connection)


CSMSES: dict[str, tuple[Callable[[ServerConnection], None], tuple[str, ...]]] = {
    "is silent": (idle, ("no answer", "the CSMS has sent no message at all")),
    "answers with 10 MB": (huge_csms, ("no answer",)),
    "answers with garbage": (garbled, ("no answer",)),
    "drops the connection": (dropping, ("no answer; the connection ended with 1006",)),
    "answers late": (late_csms, ("no answer",)),
}


@pytest.mark.parametrize("fault", CSMSES)
def test_a_csms_that(fault: str, tmp_path: Path):
    life, words = CSMSES[fault]
    with csms(life) as port:
        judged = judge(tmp_path, CSMS, ASK_CSMS, port)
    assert judged.verdict is FAILED, judged
    assert all(word in judged.message for word in ("BootNotification", *words)), judged
    assert judged.seconds < HANGING


DIAL_CSMS = """@sut-csms @v2.0.1
Feature: A CSMS
  Scenario: It answers
    When the station connects
    Then {line}
"""


@pytest.mark.parametrize(
    "feature",
    [ASK_CSMS, *(DIAL_CSMS.format(line=f"the CSMS {words}") for words in (
        "accepts the connection", "refuses the connection", "turns the connection away"))],
)
def test_a_csms_that_is_not_there(feature: str, tmp_path: Path):
    judged = judge(tmp_path, CSMS, feature, free_port())
    assert judged.verdict is INCONCLUSIVE
    assert "no HTTP answer: connection refused" in judged.message
    assert "never reached at ws://127.0.0.1" in judged.message
    assert judged.seconds < HANGING


def test_a_csms_that_lets_nobody_in(tmp_path: Path):
    with csms(idle, process_request=lambda connection, request: connection.respond(401, "no")) as port:
        judged = judge(tmp_path, CSMS, ASK_CSMS, port)
    assert judged.verdict is INCONCLUSIVE
    assert "HTTP status 401" in judged.message


@pytest.mark.parametrize(
    ("greeting", "words"), [(b"", "no HTTP answer"), (b"220 files here\r\n", "no HTTP response")]
)
def test_a_server_that_is_no_csms(greeting: bytes, words: str, tmp_path: Path):
    with tcp_server(greeting) as port:
        judged = judge(tmp_path, CSMS, ASK_CSMS, port)
    assert judged.verdict is INCONCLUSIVE
    assert words in judged.message, judged
    assert judged.seconds < HANGING


def occupied(connection: ClientConnection) -> None:
    boot(connection)
    payload = {"timestamp": "2026-01-01T00:00:00Z", "connectorStatus": "Occupied", "evseId": 1, "connectorId": 1}
    connection.send(json.dumps([2, "s1", "StatusNotification", payload]))
    idle(connection)


def test_a_station_that_an_earlier_scenario_left_in_use_is_not_blamed(tmp_path: Path):
    port = free_port()
    with station(port, occupied), lab_of(tmp_path, STATION, port) as lab:
        with lab.session("2.0.1") as first:
            assert first.wait("the cable", lambda: "s1" in seen(first), first.now + 3 * SECOND)
        with pytest.raises(Inconclusive, match=r"left the station in use \(connector 1 of EVSE 1 in use\); the unplug"):
            lab.session("2.0.1").__enter__()


def seen(session: Session) -> str:
    return " ".join(message.text for message in session.transcript.messages())
