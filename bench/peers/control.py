"""A small HTTP control on the loopback interface: every POST is handed to a coroutine of the peer's event loop."""

from __future__ import annotations

import asyncio
import json
import threading
from collections.abc import Awaitable, Callable
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qsl, urlsplit

Handler = Callable[[list[str], dict[str, str], Any], Awaitable[None]]


def serve(port: int, handle: Handler) -> None:
    """Answers 204 when the peer did as asked, 409 with its reason when it could not."""
    loop = asyncio.get_running_loop()

    class Control(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            split = urlsplit(self.path)
            parts = [part for part in split.path.split("/") if part]
            body = self.rfile.read(int(self.headers.get("Content-Length") or 0))
            asked = handle(parts, dict(parse_qsl(split.query)), json.loads(body) if body else None)
            try:
                asyncio.run_coroutine_threadsafe(asked, loop).result(20)
            except Exception as error:
                self._answer(409, repr(error).encode())
            else:
                self._answer(204, b"")

        def _answer(self, status: int, text: bytes) -> None:
            self.send_response(status)
            self.send_header("Content-Length", str(len(text)))
            self.end_headers()
            self.wfile.write(text)

        def log_message(self, format: str, *args: Any) -> None:
            del format, args

    server = ThreadingHTTPServer(("127.0.0.1", port), Control)
    threading.Thread(target=server.serve_forever, daemon=True).start()
