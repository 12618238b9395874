"""What the fault tests share: SUT files with little patience, one scenario judged in process, misbehaving peers."""

from __future__ import annotations

import base64
import contextlib
import json
import secrets
import socket
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from websockets.exceptions import WebSocketException
from websockets.sync.client import ClientConnection, connect
from websockets.sync.server import Server, ServerConnection, serve

from harness.bdd import run
from harness.bdd.story import stories
from harness.lab import Lab
from harness.oracle.findings import Finding
from harness.oracle.verdict import Verdict
from harness.report.results import verdict_of
from harness.sut import load

PASSWORD = "correct horse battery"

_REST = """\
identity = "CS001"
password = "correct horse battery"
[tokens]
valid = {{ id = "04A2B3C4D5E601" }}
[features]
declared = ["Core"]
[timing]
answer = 1
action = 1
boot = 1
reconnect = 1
message_timeout = 1
"""
STATION = f"""
[sut]
name = "Faulty station"
role = "station"
versions = ["2.0.1"]
[connection]
listen = "127.0.0.1:{{port}}"
{_REST}[drivers]
default = "manual"
intents_unavailable = ["reboot", "unplug"]
"""
CSMS = f"""
[sut]
name = "Faulty CSMS"
role = "csms"
versions = ["2.0.1"]
[connection]
url = "ws://127.0.0.1:{{port}}/ocpp"
{_REST}[drivers]
default = "manual"
"""
ASK_STATION = """@sut-station @v2.0.1
Feature: A station
  Scenario: It answers
    When the CSMS sends GetVariables as "get"
    Then the station answers "get"
"""
ASK_CSMS = """@sut-csms @v2.0.1
Feature: A CSMS
  Scenario: It answers
    Given the station is connected
    When the station sends BootNotification as "boot"
    Then the CSMS answers "boot"
"""


@dataclass(frozen=True)
class Judged:
    """`message` is the reason with what the monitor found."""

    verdict: Verdict
    message: str
    seconds: float


_NEVER_GIVEN_AWAY = range(15_000, 32_000)


def free_port() -> int:
    """A port to be taken later. It is none of those that the system hands out (Linux: from 32768 on), or any other
    test, or any connection, might have it by then."""
    while True:
        port = secrets.choice(_NEVER_GIVEN_AWAY)
        with contextlib.suppress(OSError), socket.create_server(("127.0.0.1", port)):
            return port


@contextmanager
def lab_of(folder: Path, sut_text: str, port: int) -> Iterator[Lab]:
    (folder / "sut.toml").write_text(sut_text.format(port=port), "utf-8")
    lab = Lab(load(folder / "sut.toml"))
    try:
        yield lab
    finally:
        lab.close()


def judge(folder: Path, sut_text: str, feature: str, port: int) -> Judged:
    """Run the feature's one scenario as a run does, and say what came of it."""
    (folder / "it.feature").write_text(feature, "utf-8")
    (story,) = stories(folder / "it.feature")
    began = time.monotonic()
    error: BaseException | None = None
    findings: list[Finding] = []
    try:
        with lab_of(folder, sut_text, port) as lab, lab.session(story.version) as session:
            try:
                error = run.failing(run.play(session, story))
            finally:
                findings = session.monitor.finish(session.now)
    except Exception as raised:
        error = raised
    seconds = time.monotonic() - began
    return Judged(verdict_of(error, ()), "\n".join([str(error or ""), *map(str, findings[:20])]), seconds)


def _authorization(password: str) -> dict[str, str]:
    return {"Authorization": "Basic " + base64.b64encode(f"CS001:{password}".encode()).decode()}


@contextmanager
def again_and_again(dial: Callable[[], None]) -> Iterator[None]:
    """Meanwhile somebody dials, and dials anew once that is over or could not be."""
    over = threading.Event()

    def insist() -> None:
        while not over.is_set():
            with contextlib.suppress(OSError):
                dial()
            over.wait(0.05)

    thread = threading.Thread(target=insist, daemon=True)
    thread.start()
    try:
        yield
    finally:
        over.set()
        thread.join(6)


@contextmanager
def serving(greet: Callable[[socket.socket], None]) -> Iterator[int]:
    """Meanwhile something listens on that port, and does this with the first who comes, and is kept till the end."""
    with socket.create_server(("127.0.0.1", 0)) as held, contextlib.ExitStack() as kept:
        held.settimeout(5)

        def serve_one() -> None:
            with contextlib.suppress(OSError):
                connection = kept.enter_context(held.accept()[0])
                connection.settimeout(5)
                greet(connection)

        thread = threading.Thread(target=serve_one, daemon=True)
        thread.start()
        try:
            yield int(held.getsockname()[1])
        finally:
            thread.join(11)


@contextmanager
def station(
    port: int, life: Callable[[ClientConnection], None], identity: str = "CS001", password: str = PASSWORD,
    subprotocol: str = "ocpp2.0.1",
) -> Iterator[None]:
    """A station that dials until it is let in or turned away, and then lives its `life`."""
    def dial() -> None:
        with contextlib.suppress(WebSocketException), connect(
            f"ws://127.0.0.1:{port}/ocpp/{identity}", subprotocols=[subprotocol],  # type: ignore[list-item]
            additional_headers=_authorization(password), max_size=None, compression=None,
        ) as connection:
            life(connection)

    with again_and_again(dial):
        yield


@contextmanager
def csms(life: Callable[[ServerConnection], None], **how: Any) -> Iterator[int]:
    """A CSMS that lives its `life` with each station; the port."""

    def one(connection: ServerConnection) -> None:
        with contextlib.suppress(OSError, WebSocketException):
            life(connection)

    server: Server = serve(one, "127.0.0.1", 0, subprotocols=["ocpp2.0.1"], max_size=None, **how)  # type: ignore[list-item]
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield int(server.socket.getsockname()[1])
    finally:
        server.shutdown()
        thread.join(5)


BOOT = json.dumps([2, "b1", "BootNotification",
                   {"reason": "PowerUp", "chargingStation": {"model": "F", "vendorName": "Faulty"}}])


def boot(connection: ClientConnection) -> None:
    connection.send(BOOT)
    connection.recv(2)


def boot_answer(text: str) -> str:
    """A lawful answer to the station's BootNotification."""
    answer = {"currentTime": "2026-01-01T00:00:00Z", "interval": 300, "status": "Accepted"}
    return json.dumps([3, json.loads(text)[1], answer])


@contextmanager
def tcp_server(greeting: bytes) -> Iterator[int]:
    """Something else that listens: it says `greeting` to who comes, and nothing more."""
    def greet(connection: socket.socket) -> None:
        if greeting:
            connection.recv(2000)
            connection.sendall(greeting)

    with serving(greet) as port:
        yield port


@contextmanager
def booted_station(port: int) -> Iterator[threading.Event]:
    """A station that boots, serves one GetVariables and nothing before it; the event is set half a second after."""
    done = threading.Event()

    def life(connection: ClientConnection) -> None:
        boot(connection)
        asked = json.loads(connection.recv(10))
        while asked[2] != "GetVariables":
            connection.send(json.dumps([4, asked[1], "NotSupported", "", {}]))
            asked = json.loads(connection.recv(10))
        result = {"attributeStatus": "UnknownVariable", **asked[3]["getVariableData"][0]}
        connection.send(json.dumps([3, asked[1], {"getVariableResult": [result]}]))
        with contextlib.suppress(TimeoutError):
            connection.recv(0.5)
        done.set()
        for _ in connection:
            pass

    with station(port, life):
        yield done
