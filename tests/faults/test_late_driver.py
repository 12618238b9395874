"""A driver that confirms only after the SUT has reacted hides nothing from a line that demands silence."""

from __future__ import annotations

import json
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path

import pytest
from websockets.sync.client import ClientConnection

from harness.oracle.verdict import Verdict
from tests.faults.peers import STATION, boot, free_port, judge, station

SILENT = """@sut-station @v2.0.1
Feature: A station
  Scenario: It keeps still
    When the driver presents the valid idToken
    Then the station sends no StatusNotification for 500 ms
"""


@contextmanager
def rig(pressed: threading.Event, told: threading.Event) -> Iterator[int]:
    class Rig(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            pressed.set()
            told.wait(3)
            self.send_response(204)
            self.end_headers()

        def log_message(self, format: str, *args: object) -> None:
            return

    with HTTPServer(("127.0.0.1", 0), Rig) as server:
        threading.Thread(target=server.serve_forever, args=(0.05,), daemon=True).start()
        yield server.server_port
        server.shutdown()


@pytest.mark.parametrize(("speaks", "verdict"), [(True, Verdict.FAILED), (False, Verdict.PASSED)])
def test_silence_counts_from_the_asking(speaks: bool, verdict: Verdict, tmp_path: Path):
    pressed, told = threading.Event(), threading.Event()

    def life(connection: ClientConnection) -> None:
        boot(connection)
        pressed.wait(5)
        if speaks:
            place = {"evseId": 1, "connectorId": 1}
            status = {"timestamp": "2026-01-01T00:00:00Z", "connectorStatus": "Available", **place}
            connection.send(json.dumps([2, "s", "StatusNotification", status]))
            connection.recv(2)
        told.set()
        for said in connection:  # it serves nothing that the harness may ask to put things back
            frame = json.loads(said)
            if frame[0] == 2:
                connection.send(json.dumps([4, frame[1], "NotImplemented", "", {}]))

    port = free_port()
    with rig(pressed, told) as http, station(port, life):
        driver = f'present = {{ http = "POST http://127.0.0.1:{http}/present" }}'.replace("{", "{{").replace("}", "}}")
        judged = judge(tmp_path, STATION + driver + "\n", SILENT, port)
    assert judged.verdict is verdict, judged
