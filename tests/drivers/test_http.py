"""The HTTP driver against a server on loopback: what it sends, and what it makes of the answer."""

from __future__ import annotations

import json
import threading
import time
from base64 import b64decode
from collections.abc import Iterator
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import pytest

from harness.drivers import CannotDo, Done, Outcome, Surroundings
from harness.drivers.http import HttpDriver, HttpRequest, from_binding, from_preset
from harness.intents import INTENTS
from harness.sut import Auth, Http, Login, Preset, Secret
from tests.patience import HANGING

HERE = Surroundings("CS/001", "2.0.1", Path())


@dataclass
class Seen:
    method: str
    target: str
    headers: dict[str, str]
    body: str


@dataclass
class Rig:
    """A server that answers as told and remembers what it was asked."""

    url: str = ""
    status: int = 200
    headers: dict[str, str] = field(default_factory=dict)
    body: bytes = b""
    drip: bool = False
    seen: list[Seen] = field(default_factory=list)
    over: threading.Event = field(default_factory=threading.Event)


@pytest.fixture
def rig() -> Iterator[Rig]:
    rig = Rig()

    class Handler(BaseHTTPRequestHandler):
        def answer(self) -> None:
            body = self.rfile.read(int(self.headers.get("Content-Length") or 0)).decode()
            rig.seen.append(Seen(self.command, self.path, {k.lower(): v for k, v in self.headers.items()}, body))
            if rig.drip:
                self._drip()
                return
            self.send_response(rig.status)
            for name, value in rig.headers.items():
                self.send_header(name, value)
            self.send_header("Content-Length", str(len(rig.body)))
            self.end_headers()
            self.wfile.write(rig.body)

        def _drip(self) -> None:
            """One byte at a time, always before a socket's timeout."""
            self.close_connection = True
            while not rig.over.wait(0.05):
                try:
                    self.wfile.write(b"H")
                except OSError:
                    return

        do_GET = do_POST = do_PUT = do_DELETE = answer

        def log_message(self, format: str, *args: Any) -> None:
            pass

    with ThreadingHTTPServer(("127.0.0.1", 0), Handler) as server:
        thread = threading.Thread(target=server.serve_forever, args=(0.01,))
        thread.start()
        rig.url = f"http://127.0.0.1:{server.server_address[1]}"
        yield rig
        rig.over.set()
        server.shutdown()
        thread.join()


def perform(request: HttpRequest, intent: str = "plug_in", deadline: float = 20, **parameters: object) -> Outcome:
    return HttpDriver(request, HERE).perform(INTENTS[intent], parameters, deadline)


def test_it_fills_the_url_so_that_a_value_stays_in_its_place(rig: Rig) -> None:
    binding = Http(http=f"POST {rig.url}/{{station}}/plug?evse={{evse}}&id={{token}}&v={{version}}&i={{intent}}")
    outcome = perform(from_binding(binding), evse=2, token="a&b=c/d ü")
    assert isinstance(outcome, Done), outcome
    assert rig.seen[0].method == "POST"
    assert rig.seen[0].target == "/CS%2F001/plug?evse=2&id=a%26b%3Dc%2Fd%20%C3%BC&v=2.0.1&i=plug_in"
    assert rig.seen[0].body == ""


def test_a_text_body_stays_json_whatever_the_values(rig: Rig) -> None:
    body = '{"card": "{token}", "evse": {evse}, "payload": {payload}, "other": {"x": 1}}'
    token = 'quote " backslash \\ brace {evse} ü'
    perform(HttpRequest("PUT", rig.url, body), token=token, evse=3, payload={"a": [1, None]})
    expected = {"card": token, "evse": 3, "payload": {"a": [1, None]}, "other": {"x": 1}}
    assert json.loads(rig.seen[0].body) == expected
    assert rig.seen[0].headers["content-type"] == "application/json"


def test_a_table_body_keeps_the_types_of_the_values(rig: Rig) -> None:
    body = {"evse": "{evse}", "text": "EVSE {evse}", "nested": [{"payload": "{payload}"}], "fixed": 1.5}
    perform(HttpRequest("POST", rig.url, body), evse=3, payload={"a": True})
    assert json.loads(rig.seen[0].body) == {
        "evse": 3, "text": "EVSE 3", "nested": [{"payload": {"a": True}}], "fixed": 1.5,
    }  # fmt: skip


def test_basic_and_bearer_and_headers(rig: Rig) -> None:
    basic = Auth(basic=Login(user="rig", password=Secret(b"correct horse")))
    perform(from_binding(Http(http=f"GET {rig.url}/", auth=basic, headers={"X-Key": Secret(b"k")})))
    perform(from_binding(Http(http=f"GET {rig.url}/", auth=Auth(bearer=Secret(b"token-1")))))
    first, second = (seen.headers for seen in rig.seen)
    assert b64decode(first["authorization"].removeprefix("Basic ")) == b"rig:correct horse"
    assert first["x-key"] == "k"
    assert second["authorization"] == "Bearer token-1"


def test_the_secret_is_in_no_repr_and_no_outcome(rig: Rig) -> None:
    rig.status = 500
    request = from_binding(Http(http=f"GET {rig.url}/", auth=Auth(bearer=Secret(b"hunter2"))))
    assert "hunter2" not in f"{request!r} {perform(request)!r}"


@pytest.mark.parametrize(
    ("status", "expect", "done"),
    [(200, (), True), (204, (), True), (404, (), False), (503, (), False), (200, (202,), False), (409, (409,), True)],
)
def test_the_status_code_says_whether_it_was_done(rig: Rig, status: int, expect: tuple[int, ...], done: bool) -> None:
    rig.status = status
    outcome = perform(HttpRequest("POST", rig.url, expect=expect))
    assert isinstance(outcome, Done if done else CannotDo), outcome
    assert str(status) in (outcome.text if isinstance(outcome, Done) else outcome.reason)


def test_the_reason_quotes_the_answer(rig: Rig) -> None:
    rig.status, rig.body = 409, b'{"error":\n "no cable"}'
    outcome = perform(HttpRequest("POST", rig.url + "/plug"))
    assert outcome == CannotDo(f'POST {rig.url}/plug answered 409 Conflict: {{"error": "no cable"}}')


@pytest.mark.parametrize("status", [301, 302, 303, 307, 308])
def test_a_redirect_is_not_followed(rig: Rig, status: int) -> None:
    rig.status, rig.headers = status, {"Location": f"{rig.url}/elsewhere"}
    outcome = perform(HttpRequest("GET", rig.url))
    assert isinstance(outcome, CannotDo)
    assert "redirects are not followed" in outcome.reason
    assert len(rig.seen) == 1


def test_an_undeclared_host_is_not_called() -> None:
    outcome = perform(HttpRequest("GET", "http://192.0.2.1/"), deadline=0.1)
    assert isinstance(outcome, CannotDo)
    assert "not declared" in outcome.reason


def test_proxies_of_the_environment_are_ignored(rig: Rig, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("http_proxy", "HTTP_PROXY", "ALL_PROXY"):
        monkeypatch.setenv(name, "http://127.0.0.1:9")
    assert isinstance(perform(HttpRequest("GET", rig.url)), Done)


def test_nobody_there() -> None:
    with ThreadingHTTPServer(("127.0.0.1", 0), BaseHTTPRequestHandler) as server:
        url = f"http://127.0.0.1:{server.server_address[1]}"
    outcome = perform(HttpRequest("GET", url))
    assert isinstance(outcome, CannotDo)
    assert "refused" in outcome.reason


@pytest.mark.parametrize(("timeout", "deadline"), [(0.3, 600.0), (None, 0.3)])
def test_a_dripping_answer_ends_with_the_time(rig: Rig, timeout: float | None, deadline: float) -> None:
    rig.drip = True
    began = time.monotonic()
    outcome = perform(HttpRequest("GET", rig.url, timeout=timeout), deadline=deadline)
    assert isinstance(outcome, CannotDo), outcome
    assert "0.3 s" in outcome.reason
    assert 0.2 < time.monotonic() - began < HANGING


@pytest.mark.parametrize(
    ("intent", "target"),
    [
        ("plug_in", "/api/v1/plugin?evse_id=1&connector_id=2"),
        ("unplug", "/api/v1/plugout?evse_id=1&connector_id=2"),
        ("present", "/api/v1/authorize?id=04%20A2&type=ISO14443&evse_id=1&connector_id=2"),
        ("park", "/api/v1/parkingbay?occupied=true&evse_id=1"),
        ("leave", "/api/v1/parkingbay?occupied=false&evse_id=1"),
        ("reboot", "/api/v1/reboot"),
        ("fault", "/api/v1/state?faulted=true&evse_id=1&connector_id=2"),
        ("free_lock", "/api/v1/state?unlock_failed=false&evse_id=1&connector_id=2"),
    ],
)
def test_the_preset_of_rigs(rig: Rig, intent: str, target: str) -> None:
    request = from_preset(Preset(preset="sut-api", base=rig.url + "/"), intent)
    outcome = perform(request, intent, evse=1, connector=2, token="04 A2", type="ISO14443")
    assert isinstance(outcome, Done)
    assert (rig.seen[0].method, rig.seen[0].target) == ("POST", target)


def test_the_preset_of_csmss(rig: Rig) -> None:
    request = from_preset(Preset(preset="octt", base=rig.url), "send")
    perform(request, "send", station="CS 1", action="GetBaseReport", payload={"requestId": 1})
    assert rig.seen[0].target == "/api/octt/2.0.1/CS%201/get-base-report"
    assert json.loads(rig.seen[0].body) == {"requestId": 1}
