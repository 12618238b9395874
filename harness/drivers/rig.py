"""The other end of the HTTP driver: a practice opponent that a rig's conventions can operate.

Speaks the SUT API of a station (``POST /api/v1/plugin?evse_id=1`` ...) and the convention of a CSMS
(``POST /api/octt/2.0.1/CS001/reset`` with the payload as JSON), and ``POST /api/v1/intent/NAME?evse=1`` for every
intent there is. Binds to the loopback interface only.
"""

from __future__ import annotations

import json
import threading
from collections.abc import Callable, Mapping
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from types import TracebackType
from typing import Any
from urllib.parse import parse_qsl, urlsplit

from harness.carrier import Hosted
from harness.intents import INTENTS
from harness.rpc.link import Asked

Parameters = Mapping[str, object]
_MOST = 1024 * 1024
_PLACES = {"evse_id": "evse", "connector_id": "connector", "id": "token"}
_STATES = {("faulted", "true"): "fault", ("faulted", "false"): "clear_fault",
           ("unlock_failed", "true"): "jam_lock", ("unlock_failed", "false"): "free_lock"}
_PLAIN = {"plugin": "plug_in", "plugout": "unplug", "authorize": "present", "reboot": "reboot"}


class NotUnderstood(LookupError):
    """No such path or parameters."""


def intent_of(path: str, query: Mapping[str, str], body: Any, actions: Callable[[str], str]) -> tuple[str, Parameters]:
    """What a request asks for. `actions` turns a kebab-case name into the OCPP action. Raises NotUnderstood."""
    parts = [part for part in path.split("/") if part]
    parameters = {_PLACES.get(name, name): _value(value) for name, value in query.items()}
    match parts:
        case ["api", "v1", "intent", name] if name in INTENTS:
            return name, dict(INTENTS[name].defaults) | parameters
        case ["api", "v1", "parkingbay"]:
            return ("park" if query.get("occupied") == "true" else "leave"), _with_place(parameters, "park")
        case ["api", "v1", "state"]:
            for name, value in query.items():
                if (name, value.lower()) in _STATES:
                    return _STATES[name, value.lower()], _with_place(parameters, "fault")
        case ["api", "v1", name] if name in _PLAIN:
            return _PLAIN[name], _with_place(parameters, _PLAIN[name])
        case ["api", "octt", _, station, action]:
            return "send", {"station": station, "action": actions(action), "payload": body or {}}
    raise NotUnderstood(f"POST {path} is not understood here")


def _value(text: str) -> object:
    return int(text) if text.isdecimal() and len(text) < 5 else text


def _with_place(parameters: Mapping[str, object], name: str) -> Parameters:
    return dict(INTENTS[name].defaults) | {k: v for k, v in parameters.items() if k not in ("occupied", "faulted")}


def kebab(action: str) -> str:
    """``GetBaseReport`` as ``get-base-report``."""
    return "".join(f"-{letter.lower()}" if letter.isupper() else letter for letter in action).lstrip("-")


class Rig:
    """Serves until it is left; `port` 0 takes a free one. Raises OSError where the port cannot be taken."""

    def __init__(self, hosted: Hosted, actions: tuple[str, ...], port: int) -> None:
        known = {kebab(action): action for action in actions}
        self._server = ThreadingHTTPServer(("127.0.0.1", port), _handler(hosted, lambda name: known.get(name, name)))
        self._server.daemon_threads = True
        self._thread = threading.Thread(target=self._server.serve_forever, name="rig", daemon=True)

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self._server.server_address[1]}"

    def __enter__(self) -> Rig:
        self._thread.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._server.shutdown()
        self._server.server_close()
        self._thread.join(5)


def _length(text: str | None) -> int:
    """Raises ValueError for what is no length of a request."""
    if not (text or "0").isdecimal() or int(text or 0) > _MOST:
        raise ValueError(f"Content-Length {text!r} is none, or more than {_MOST}")
    return int(text or 0)


def _handler(hosted: Hosted, actions: Callable[[str], str]) -> type[BaseHTTPRequestHandler]:
    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            target = urlsplit(self.path)
            try:
                body = json.loads(self.rfile.read(_length(self.headers.get("Content-Length"))) or b"{}")
                name, parameters = intent_of(target.path, dict(parse_qsl(target.query)), body, actions)
                if name == "present":
                    parameters = {"type": "ISO14443"} | dict(parameters) | {"token": str(parameters.get("token", ""))}
                hosted.tell(Asked(name, parameters))
            except NotUnderstood as error:
                self._answer(404, str(error))
            except ValueError as error:
                self._answer(409, str(error))
            except Exception as error:
                self._answer(500, f"{type(error).__name__}: {error}")
            else:
                self._answer(200, "done")

        def _answer(self, status: int, text: str) -> None:
            body = json.dumps({"message": text}).encode()
            self.send_response(status)
            self.send_header("Content-Type", "application/json")
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, format: str, *arguments: object) -> None:
            """Nothing: the journal is on the wire's side."""

    return Handler
