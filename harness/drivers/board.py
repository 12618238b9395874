"""The operator page: what the person at the charger is asked, on a phone or beside the console.

One page, pushed by server-sent events. On the loopback interface it is open; on any other every request needs the
token of its URL. Losing the page loses nothing: the state is kept here, and the console asks as well.
"""

from __future__ import annotations

import asyncio
import contextlib
import hmac
import io
import json
import secrets
import socket
import threading
import time
from collections import deque
from collections.abc import Mapping
from importlib import resources
from ipaddress import ip_address
from types import TracebackType
from typing import Any

import segno
from aiohttp import web

from harness.bdd.story import Story
from harness.drivers.operator import Answer, Question, Slate
from harness.journal import Direction, Event, Step, Text
from harness.report.transcript import elide, flat, lines
from harness.rpc.link import MILLISECOND, SECOND

FRAMES = 12
"""So many messages the page shows."""
_NOTE = 500
_SENTENCE = 300
_TELL = 8192


class OperatorPage(Slate):
    """The page's server, on a thread of its own; a `Board`, a `Watch` and an `Onlooker` of the run.

    `host` and `port` are where it listens (port 0 takes a free one). Raises OSError where it cannot."""

    period = 250 * MILLISECOND

    def __init__(self, host: str = "127.0.0.1", port: int = 0, token: str | None = None) -> None:
        super().__init__()
        self._host = host
        self._open = is_loopback(host)
        self._token = token or secrets.token_urlsafe(18)
        self._lock = threading.Lock()
        self._frames: deque[str] = deque(maxlen=FRAMES)
        self._context: deque[Event] = deque(maxlen=64)
        self._story: Story | None = None
        self._line = 0
        self._wait: tuple[str, float] | None = None
        self._over = ""
        self._bound = _socket(host, port)
        self.port = self._bound.getsockname()[1]
        self._loop: asyncio.AbstractEventLoop | None = None
        self._ended = asyncio.Event()
        self._listeners: set[asyncio.Event] = set()
        self._thread = threading.Thread(target=self._serve, name="operator page", daemon=True)

    # ---- the server ----

    def __enter__(self) -> OperatorPage:
        self._loop = asyncio.new_event_loop()
        self._thread.start()
        return self

    def __exit__(self, _t: type[BaseException] | None, _e: BaseException | None, _b: TracebackType | None) -> None:
        self.over("The run is over.")
        if self._loop is not None:
            self._loop.call_soon_threadsafe(self._ended.set)
        self._thread.join(5)

    @property
    def url(self) -> str:
        """Where the page is, for a phone too; with the token where one is needed."""
        host = _reachable(self._host)
        host = f"[{host}]" if ":" in host else host
        return f"http://{host}:{self.port}/" + ("" if self._open else f"?token={self._token}")

    def invitation(self) -> str:
        """What the terminal shows: the address, and as a QR code where a phone can reach it."""
        text = f"operator page: {self.url}\n"
        if self._open:
            return text
        out = io.StringIO()
        segno.make(self.url, error="m").terminal(out=out, compact=True)
        return text + out.getvalue()

    def _serve(self) -> None:
        loop = self._loop
        assert loop is not None
        try:
            loop.run_until_complete(self._main())
        finally:
            loop.close()

    async def _main(self) -> None:
        app = web.Application(middlewares=[self._guard], client_max_size=_TELL)
        app.add_routes([
            web.get("/", self._page), web.get("/events", self._events), web.get("/state", self._state_now),
            web.post("/answer", self._answered),
        ])
        runner = web.AppRunner(app, access_log=None, handle_signals=False, shutdown_timeout=0.5)
        await runner.setup()
        try:
            await web.SockSite(runner, self._bound).start()
            await self._ended.wait()
            self._wake()
        finally:
            await runner.cleanup()
            self._bound.close()

    @web.middleware
    async def _guard(self, request: web.Request, handler: Any) -> web.StreamResponse:
        """The token; and on loopback no page of another site (DNS rebinding, forged posts) gets through."""
        if not self._open:
            given = request.query.get("token", "").encode("utf-8", "replace")
            if not hmac.compare_digest(given, self._token.encode()):
                raise web.HTTPForbidden(text="this page needs the token of its URL; scan the code in the terminal")
        elif not is_loopback(request.url.host or ""):
            raise web.HTTPForbidden(text="this page answers to the loopback interface only")
        origin = request.headers.get("Origin")
        if request.method == "POST" and origin is not None and origin != f"{request.scheme}://{request.host}":
            raise web.HTTPForbidden(text="answers come from the page itself only")
        response: web.StreamResponse = await handler(request)
        return response

    async def _page(self, request: web.Request) -> web.Response:
        del request
        page = resources.files("harness.drivers").joinpath("operator.html").read_text("utf-8")
        headers = {"Content-Security-Policy": "default-src 'self' 'unsafe-inline'; frame-ancestors 'none'",
                   "Referrer-Policy": "no-referrer", "Cache-Control": "no-store"}
        return web.Response(text=page, content_type="text/html", headers=headers)

    async def _state_now(self, request: web.Request) -> web.Response:
        del request
        return web.json_response(self.state())

    async def _events(self, request: web.Request) -> web.StreamResponse:
        response = web.StreamResponse(headers={"Content-Type": "text/event-stream", "Cache-Control": "no-store"})
        await response.prepare(request)
        changed = asyncio.Event()
        self._listeners.add(changed)
        try:
            while True:
                changed.clear()
                await response.write(f"data: {json.dumps(self.state())}\n\n".encode())
                if self._ended.is_set():
                    break
                await _at_most(changed, 5)
        except (ConnectionError, asyncio.CancelledError):
            pass
        finally:
            self._listeners.discard(changed)
        return response

    async def _answered(self, request: web.Request) -> web.Response:
        try:
            told = await request.json()
            number, done, note = told["number"], told["done"], told.get("note", "")
        except (ValueError, KeyError, TypeError, AttributeError):
            raise web.HTTPBadRequest(text="no answer") from None
        if not isinstance(number, int) or not isinstance(done, bool) or not isinstance(note, str):
            raise web.HTTPBadRequest(text="no answer")
        first = self.give(number, Answer(done, flat(note.strip())[:_NOTE]))
        self._changed_state()
        return web.json_response({"taken": first}, status=200 if first else 409)

    def _changed_state(self) -> None:
        loop = self._loop
        if loop is not None and not loop.is_closed():
            with contextlib.suppress(RuntimeError):  # closed this very moment
                loop.call_soon_threadsafe(self._wake)

    def _wake(self) -> None:
        for changed in self._listeners:
            changed.set()

    # ---- what the run tells ----

    def put(self, question: Question) -> None:
        super().put(question)
        self._changed_state()

    def settle(self, how: str) -> None:
        super().settle(how)
        self._changed_state()

    def over(self, text: str) -> None:
        """The run has ended, and with it whatever was asked; the page stays in the browser."""
        self._over = text
        self.settle("")

    def begins(self, story: Story) -> None:
        with self._lock:
            self._story, self._line = story, 0
            self._context.clear()
        self._changed_state()

    def sees(self, event: Event) -> None:
        """A journal entry, masked."""
        if isinstance(event.body, Step):
            self._line = event.body.line or self._line
        elif isinstance(event.body, Text):
            with self._lock:
                self._context.append(event)
                whom = "product" if event.body.direction is Direction.IN else "harness"
                line = lines([event], list(self._context))[0].split("->", 1)[-1].strip()
                self._frames.append(f"{whom}: {elide(line, 160)}")
        else:
            return
        self._changed_state()

    def begin(self, what: str, since: int, until: int) -> None:
        self._wait = what, time.monotonic() + (until - since) / SECOND
        self._changed_state()

    def tick(self, now: int) -> None:
        del now

    def end(self) -> None:
        self._wait = None
        self._changed_state()

    # ---- what the page shows ----

    def state(self) -> Mapping[str, Any]:
        """Everything on the page; durations in seconds from now."""
        number, question, settled = self.shown()
        now, wait, story = time.monotonic(), self._wait, self._story
        with self._lock:
            frames = list(self._frames)
        return {
            "over": self._over,
            "scenario": " ".join((*story.cases, story.title)) if story else "",
            "number": number,
            "prompt": question.text if question else "",
            "details": list(question.details) if question else [],
            "left": round(question.until - now, 1) if question else 0,
            "settled": settled,
            "next": _next(story, self._line) if story and not self._over else "",
            "waiting": wait[0] if wait and not self._over else "",
            "waiting_left": round(max(0.0, wait[1] - now), 1) if wait else 0,
            "frames": frames,
        }


def _next(story: Story, line: int) -> str:
    """The first sentence after `line` that judges the product, with its table."""
    step = next((step for step in story.lines if step.judges and step.number > line), None)
    if step is None:
        return ""
    return elide(" ".join((step.sentence, "; ".join(": ".join(row) for row in step.table))).strip(), _SENTENCE)


async def _at_most(changed: asyncio.Event, seconds: float) -> None:
    """Wait for a change, or until it is time to show that we are still there."""
    try:
        await asyncio.wait_for(changed.wait(), seconds)
    except TimeoutError:
        return


def is_loopback(host: str) -> bool:
    """Whether only this machine reaches it."""
    try:
        return ip_address(host.strip("[]")).is_loopback
    except ValueError:
        return host == "localhost"


def _reachable(host: str) -> str:
    """`host`, or where it means every interface the address of the one that leads outside: that is what a phone needs.

    Nothing is sent: connecting a datagram socket only looks up the route (to an address for documentation, RFC 5737
    and RFC 3849)."""
    if host not in ("0.0.0.0", "::"):
        return host
    family, far = (socket.AF_INET6, "2001:db8::1") if ":" in host else (socket.AF_INET, "192.0.2.1")
    with socket.socket(family, socket.SOCK_DGRAM) as probe:
        try:
            probe.connect((far, 9))
            return str(probe.getsockname()[0])
        except OSError:
            return "::1" if ":" in host else "127.0.0.1"


def _socket(host: str, port: int) -> socket.socket:
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    bound = socket.socket(family, socket.SOCK_STREAM)
    try:
        bound.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        bound.bind((host, port))
        bound.listen()
    except OSError:
        bound.close()
        raise
    return bound
