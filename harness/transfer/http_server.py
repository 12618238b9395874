"""HTTP and HTTPS: GET with ranges, ETag and redirects, PUT and POST of uploads, and all that may go wrong."""

from __future__ import annotations

import asyncio
import hashlib
import ssl
from dataclasses import dataclass

from aiohttp import ClientError, web
from aiohttp.http_exceptions import HttpProcessingError

from harness.transfer.control import Control
from harness.transfer.shelf import Download, Shelf, Upload

_CHUNK = 64 * 1024
_REASON_401 = {"WWW-Authenticate": 'Basic realm="files"'}
_FOREVER = 3600.0
_THEIRS = (OSError, EOFError, ClientError, HttpProcessingError, web.HTTPException,
           web.RequestPayloadError)
"""What is raised where a client goes away in the middle, or sends a body that is none."""


@dataclass(slots=True)
class _Sent:
    """How far a download has come, in bytes of the file."""

    at: int


class HttpServer:
    """One listener on the file server's own loop. `other` is a second name of this host, for redirects."""

    def __init__(self, shelf: Shelf, protocol: str, tls: ssl.SSLContext | None = None) -> None:
        self._shelf, self._protocol, self._tls = shelf, protocol, tls
        self.plain = ""
        self._runner: web.AppRunner | None = None

    async def open(self, host: str, port: int) -> int:
        """Listen; returns the port. Raises OSError where it is taken."""
        app = web.Application(client_max_size=1 << 40)
        app.router.add_route("*", "/{path:.*}", self._answer)
        self._runner = web.AppRunner(app, shutdown_timeout=0.1, access_log=None, handler_cancellation=True)
        await self._runner.setup()
        site = web.TCPSite(self._runner, host, port, ssl_context=self._tls)
        await site.start()
        return int(self._runner.addresses[0][1])

    async def close(self) -> None:
        if self._runner is not None:
            await self._runner.cleanup()

    async def _answer(self, request: web.Request) -> web.StreamResponse:
        with self._shelf.ours(*_THEIRS):
            return await self._answered(request)

    async def _answered(self, request: web.Request) -> web.StreamResponse:
        if request.method in ("GET", "HEAD"):
            return await self._get(request)
        if request.method in ("PUT", "POST"):
            return await self._put(request)
        return web.Response(status=405)

    # ---- download ------------------------------------------------------------------------------------

    async def _get(self, request: web.Request) -> web.StreamResponse:
        path = request.raw_path.partition("?")[0]
        if request.method == "HEAD":
            entry = self._shelf.peek(path)
            size = {"Content-Length": str(len(entry.content))} if entry else {}
            return web.Response(status=200 if entry else 404, headers=size)
        found = self._shelf.fetch(self._protocol, path)
        if found is None:
            return web.Response(status=404)
        control = found.control
        if control.status != 200:
            found.job.done(0, f"status {control.status}", complete=False)
            return web.Response(status=control.status, headers=_REASON_401 if control.status == 401 else {})
        if control.redirect and "redirected" not in request.query:
            location = self._redirect(request, path, control)
            found.job.done(0, f"redirected to {location}", complete=False)
            return web.Response(status=302, headers={"Location": location})
        return await self._send(request, found)

    def _redirect(self, request: web.Request, path: str, control: Control) -> str:
        base = self.plain if control.redirect == "http" else f"{self._protocol}://{_other(request.host)}"
        return f"{base}{path}?redirected=yes"

    async def _send(self, request: web.Request, found: Download) -> web.StreamResponse:
        content, control = found.content, found.control
        etag = f'"{hashlib.sha256(content).hexdigest()[:16]}"'
        begin, end, status = _range(request, len(content), etag)
        headers = {"ETag": etag, "Accept-Ranges": "bytes", "Content-Type": "application/octet-stream"}
        if status == 206:
            headers["Content-Range"] = f"bytes {begin}-{end - 1}/{len(content)}"
        headers["Content-Length"] = str(end - begin + control.excess)
        answer = web.StreamResponse(status=status, headers=headers)
        sent, detail = _Sent(begin), "the client went away"
        try:
            await answer.prepare(request)
            broken = await self._pour(answer, request, content[:end], sent, control)
            if not broken:
                await answer.write_eof()
            detail = broken
        finally:
            found.job.done(sent.at - begin, detail, complete=not detail and not control.excess)
        return answer

    async def _pour(
        self, answer: web.StreamResponse, request: web.Request, content: bytes, sent: _Sent, control: Control
    ) -> str:
        """Send from there on as told; why it ended early, "" where it did not."""
        step = min(_CHUNK, max(control.rate // 10, 1)) if control.rate else _CHUNK
        stops = [(control.stall_after, "stalled"), (control.cut_after, "cut")]
        limit, why = min(((stop, why) for stop, why in stops if stop is not None), default=(len(content), ""))
        if control.excess < 0:
            limit, why = min(limit, len(content) + control.excess), why or "too short"
        limit = min(limit, len(content))
        while sent.at < limit:
            if control.rate:  # before and not after: a client leaves with the last byte
                await _pause(step / control.rate)
            end = min(sent.at + step, limit)
            await answer.write(content[sent.at:end])
            sent.at = end
        if why == "stalled":
            await _pause(control.hold or _FOREVER)
        if (why or control.excess) and request.transport is not None:
            request.transport.close()
        return why or ("longer declared than sent" if control.excess else "")

    # ---- upload --------------------------------------------------------------------------------------

    async def _put(self, request: web.Request) -> web.StreamResponse:
        path = request.raw_path.partition("?")[0]
        if "filename=" in (disposition := request.headers.get("Content-Disposition", "")) and path.endswith("/"):
            path += disposition.partition("filename=")[2].strip('" ')
        upload, status = self._shelf.accept(self._protocol, path)
        if upload is None:
            return web.Response(status=status, headers=_REASON_401 if status == 401 else {})
        detail = "the client went away"
        try:
            broken = await _ended(request, upload)
            while not broken and (chunk := await request.content.readany()):
                if not upload.write(chunk):
                    break
                if upload.control.rate:
                    await _pause(len(chunk) / upload.control.rate)
                broken = await _ended(request, upload)
            detail = "cut" if broken else ""
        finally:
            problem = upload.done(detail)
        if upload.capped:
            return web.Response(status=413, text=problem, headers={"Connection": "close"})
        return web.Response(status=500 if problem else 201, text=problem)


async def _ended(request: web.Request, upload: Upload) -> bool:
    """Whether the connection of an upload was ended here, as its control has it; a stalled one waits for the client."""
    stall, cut = upload.control.stall_after, upload.control.cut_after
    stalled = stall is not None and len(upload.data) >= stall
    if stalled:
        await _pause(upload.control.hold or _FOREVER)
    if not stalled and (cut is None or len(upload.data) < cut):
        return False
    if request.transport is not None:
        request.transport.close()
    return True


def _end(ended: asyncio.Future[None]) -> None:
    if not ended.done():
        ended.set_result(None)


async def _pause(seconds: float) -> None:
    """Let time pass in a transfer that is slow on purpose."""
    ended: asyncio.Future[None] = asyncio.get_running_loop().create_future()
    timer = asyncio.get_running_loop().call_later(seconds, _end, ended)
    try:
        await ended
    finally:
        timer.cancel()


def _range(request: web.Request, size: int, etag: str) -> tuple[int, int, int]:
    """First byte, end, and status: 206 for a range that applies, else all of it (RFC 9110 14)."""
    condition = request.headers.get("If-Range", etag)
    try:
        wanted = request.http_range
    except ValueError:
        return 0, size, 200
    if condition != etag or (wanted.start is None and wanted.stop is None):
        return 0, size, 200
    begin, end, _ = wanted.indices(size)
    return (begin, end, 206) if begin < end else (0, size, 200)


def _other(host: str) -> str:
    """The same server under another name."""
    name, colon, port = host.partition(":")
    return ("127.0.0.1" if name == "localhost" else "localhost") + colon + port
