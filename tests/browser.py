"""A real browser for the pages' tests: Debian's chromium, driven over its DevTools protocol; no Node needed.

Under CI a missing chromium fails the tests; elsewhere it skips them.
"""

from __future__ import annotations

import base64
import json
import shutil
import subprocess
import tempfile
import time
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import Any

from websockets.sync.client import ClientConnection, connect

from tests.tools import tool

PHONE = (390, 844)
DESK = (1280, 900)
_FLAGS = (
    "--headless=new", "--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage", "--no-first-run", "--hide-scrollbars",
    "--remote-debugging-port=0", "--disable-extensions", "--disable-background-networking",
)


class Page:
    """One tab."""

    def __init__(self, connection: ClientConnection) -> None:
        self._connection = connection
        self._number = 0
        self.requests: list[str] = []
        self.errors: list[str] = []
        for domain in ("Page", "Runtime", "Network", "Accessibility"):
            self.command(f"{domain}.enable")
        self.command("Performance.enable", timeDomain="threadTicks")

    def command(self, method: str, **parameters: Any) -> Any:
        """One command of the protocol, and its result."""
        self._number += 1
        self._connection.send(json.dumps({"id": self._number, "method": method, "params": parameters}))
        while True:
            told = json.loads(self._connection.recv(30))
            if told.get("id") == self._number:
                assert "error" not in told, told
                return told["result"]
            self._heard(told)

    def _heard(self, told: Any) -> None:
        if told.get("method") == "Network.requestWillBeSent":
            self.requests.append(told["params"]["request"]["url"])
        elif told.get("method") == "Runtime.exceptionThrown":
            self.errors.append(str(told["params"]["exceptionDetails"]))

    def open(self, url: str, size: tuple[int, int] = DESK, dark: bool = False) -> float:
        """Load `url`; returns the seconds until the page was loaded and laid out."""
        self.command("Emulation.setDeviceMetricsOverride", width=size[0], height=size[1], deviceScaleFactor=1,
                     mobile=size[0] < 600)
        scheme = {"name": "prefers-color-scheme", "value": "dark" if dark else "light"}
        self.command("Emulation.setEmulatedMedia", features=[scheme])
        began = time.monotonic()
        self.command("Page.navigate", url=url)
        self.until("document.readyState === 'complete' && location.href !== 'about:blank'")
        self.js("document.body.getBoundingClientRect().height")
        return time.monotonic() - began

    def computed(self) -> float:
        """Seconds of computing that this tab's main thread has used so far."""
        told = self.command("Performance.getMetrics")["metrics"]
        return float(next(metric["value"] for metric in told if metric["name"] == "TaskDuration"))

    def js(self, expression: str) -> Any:
        """The value of a JavaScript expression."""
        told = self.command("Runtime.evaluate", expression=expression, returnByValue=True, awaitPromise=True)
        assert "exceptionDetails" not in told, told
        return told["result"].get("value")

    def until(self, expression: str, seconds: float = 15) -> Any:
        """Wait for `expression` to be true, looking once per painted frame."""
        limit = time.monotonic() + seconds
        while time.monotonic() < limit:
            if value := self.js(expression):
                return value
            self.js("new Promise(done => setTimeout(done, 30))")
        raise AssertionError(f"never true: {expression}; the page says {self.js('document.body.innerText')[:500]}")

    def click(self, selector: str) -> None:
        """A click of the mouse in the middle of the element, which must be visible there."""
        self.js(f"document.querySelector({json.dumps(selector)}).scrollIntoView({{block: 'center'}})")
        box = self.js(f"(() => {{const b = document.querySelector({json.dumps(selector)}).getBoundingClientRect();"
                      "return [b.x + b.width / 2, b.y + b.height / 2]})()")
        for kind in ("mousePressed", "mouseReleased"):
            self.command("Input.dispatchMouseEvent", type=kind, x=box[0], y=box[1], button="left", clickCount=1)

    def type(self, text: str) -> None:
        """Typed into whatever has the focus."""
        self.command("Input.insertText", text=text)

    def key(self, name: str, code: int) -> None:
        """One key, e.g. ("Tab", 9), ("Enter", 13)."""
        text = {"text": "\r"} if name == "Enter" else {}
        self.command("Input.dispatchKeyEvent", type="keyDown", key=name, code=name, windowsVirtualKeyCode=code, **text)
        self.command("Input.dispatchKeyEvent", type="keyUp", key=name, code=name, windowsVirtualKeyCode=code)

    def heard(self) -> list[tuple[str, str]]:
        """What a screen reader is told: role and name of every node that is not ignored."""
        nodes = self.command("Accessibility.getFullAXTree")["nodes"]
        return [(node["role"]["value"], node.get("name", {}).get("value", "")) for node in nodes if not node["ignored"]]

    def shot(self, path: Path) -> None:
        """A picture of what is on the screen."""
        told = self.command("Page.captureScreenshot", format="png")
        path.write_bytes(base64.b64decode(told["data"]))


def _program() -> str:
    known = (shutil.which(name) for name in ("chromium", "chromium-browser", "google-chrome"))
    return next((found for found in known if found), "") or tool("chromium", "chromium")


@contextmanager
def browser() -> Iterator[Callable[[], Page]]:
    """A browser; what it gives opens a tab."""
    program = _program()
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as profile:
        process = subprocess.Popen([program, *_FLAGS, f"--user-data-dir={profile}", "about:blank"],
                                   stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE)
        try:
            with ExitStack() as opened:
                port = _port(process)
                yield lambda: Page(opened.enter_context(connect(_tab(port), max_size=None, open_timeout=20)))
        finally:
            process.terminate()
            process.wait(20)
            if process.stderr is not None:
                process.stderr.close()


def _port(process: subprocess.Popen[bytes]) -> int:
    assert process.stderr is not None
    for line in process.stderr:
        if b"DevTools listening on ws://" in line:
            return int(line.rsplit(b":", 1)[1].split(b"/")[0])
    raise AssertionError("chromium ended before it listened")


def _tab(port: int) -> str:
    request = urllib.request.Request(f"http://127.0.0.1:{port}/json/new?about:blank", method="PUT")
    with urllib.request.urlopen(request, timeout=20) as answer:
        return str(json.load(answer)["webSocketDebuggerUrl"])
