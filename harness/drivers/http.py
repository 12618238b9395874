"""A rig or a CSMS back end as driver: one HTTP request, whose status code says whether it was done."""

from __future__ import annotations

import http.client
import json
import socket
import ssl
import threading
import time
from base64 import b64encode
from collections.abc import Mapping
from dataclasses import dataclass, field
from urllib.parse import urlsplit

from harness.drivers.outcome import CannotDo, Done, Outcome, Surroundings
from harness.intents import Intent
from harness.sut.binding import Auth, Http, Preset
from harness.sut.endpoint_rules import is_loopback
from harness.sut.presets import PRESETS
from harness.sut.template import in_json, in_json_text, in_url, kebab

_MOST = 64 * 1024
_SHOWN = 300


@dataclass(frozen=True, slots=True)
class HttpRequest:
    """The request, placeholders unfilled; see `harness.sut.binding.Http`. `timeout` in s."""

    method: str
    url: str
    body: str | Mapping[str, object] | None = None
    headers: Mapping[str, str] = field(default_factory=dict, repr=False)
    expect: tuple[int, ...] = ()
    timeout: float | None = None


def from_binding(binding: Http) -> HttpRequest:
    headers = _headers(binding)
    return HttpRequest(binding.method, binding.url, binding.body, headers, binding.expect, binding.timeout)


def from_preset(binding: Preset, intent: str) -> HttpRequest:
    """The preset's request for `intent`. Raises KeyError where it has none."""
    convention = PRESETS[binding.preset]
    method, path = convention.requests[intent]
    url = binding.base.rstrip("/") + path
    return HttpRequest(method, url, convention.body, _headers(binding), timeout=binding.timeout)


def _headers(binding: Http | Preset) -> dict[str, str]:
    headers = {name: secret.text() for name, secret in binding.headers.items()}
    authorization = _authorization(binding.auth)
    return {**headers, "Authorization": authorization} if authorization else headers


def _authorization(auth: Auth | None) -> str:
    if auth is not None and auth.basic is not None:
        login = auth.basic.user.encode() + b":" + auth.basic.password.reveal()
        return "Basic " + b64encode(login).decode("ascii")
    return f"Bearer {auth.bearer.text()}" if auth is not None and auth.bearer is not None else ""


@dataclass(frozen=True, slots=True)
class HttpDriver:
    """Sends the request. No proxy is used, no redirect is followed, no undeclared host is called."""

    request: HttpRequest
    surroundings: Surroundings

    def perform(self, intent: Intent, parameters: Mapping[str, object], deadline: float) -> Outcome:
        values = self.surroundings.values(intent, parameters)
        values["kebab-action"] = kebab(str(values.get("action", "")))
        url = in_url(self.request.url, values)
        what = f"{self.request.method} {url}"
        host = urlsplit(url).hostname or ""
        if not is_loopback(host) and host not in self.surroundings.hosts:
            return CannotDo(f'the host "{host}" is not declared in the SUT file: add it to hosts under [drivers]')
        limit = min(deadline, self.request.timeout or deadline)
        try:
            status, reason, text = _exchange(self.request, url, self._body(values), limit)
        except (OSError, http.client.HTTPException, ValueError) as error:
            return CannotDo(f"{what} got no answer (limit {limit:g} s): {error or type(error).__name__}")
        if self._is_done(status):
            return Done(time.monotonic_ns(), f"{what} answered {status}")
        hint = "; redirects are not followed" if status // 100 == 3 else ""
        return CannotDo(f"{what} answered {status} {reason}{hint}{': ' + text if text else ''}")

    def _is_done(self, status: int) -> bool:
        return status in self.request.expect if self.request.expect else 200 <= status < 300

    def _body(self, values: Mapping[str, object]) -> bytes | None:
        body = self.request.body
        if body is None:
            return None
        text = in_json_text(body, values) if isinstance(body, str) else json.dumps(in_json(body, values), default=str)
        return text.encode("utf-8")


def _exchange(request: HttpRequest, url: str, body: bytes | None, limit: float) -> tuple[int, str, str]:
    """Status, reason phrase and the beginning of the answer. Raises OSError, HTTPException or ValueError."""
    connection = _connection(url, limit)
    split = urlsplit(url)
    target = (split.path or "/") + (f"?{split.query}" if split.query else "")
    headers = {"Accept": "*/*", **({"Content-Type": "application/json"} if body is not None else {}), **request.headers}
    began = time.monotonic()
    late = threading.Event()
    alarm = threading.Timer(limit, _cut, (connection, late))
    alarm.daemon = True
    alarm.start()
    try:
        connection.request(request.method, target, body, headers)
        if late.is_set():
            _cut(connection, late)
        answer = connection.getresponse()
        text = answer.read(_MOST).decode("utf-8", "replace")
        if late.is_set():
            raise TimeoutError(f"cut off after {time.monotonic() - began:.1f} s")
        return answer.status, answer.reason, " ".join(text.split())[:_SHOWN]
    finally:
        alarm.cancel()
        connection.close()
        alarm.join()


def _connection(url: str, limit: float) -> http.client.HTTPConnection:
    split = urlsplit(url)
    if split.scheme == "https":
        context = ssl.create_default_context()
        return http.client.HTTPSConnection(split.hostname or "", split.port, timeout=limit, context=context)
    return http.client.HTTPConnection(split.hostname or "", split.port, timeout=limit)


def _cut(connection: http.client.HTTPConnection, late: threading.Event) -> None:
    """A socket's timeout is for each read; a server that drips bytes needs a limit for all of them."""
    late.set()
    held = connection.sock
    if held is not None:
        try:
            held.shutdown(socket.SHUT_RDWR)
        except OSError:
            return
