"""The practice opponents on their own: a station or a CSMS to try any product, or this tool, against."""

from __future__ import annotations

import os
import signal
import sys
import threading
from collections import deque
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from types import FrameType

from harness import practice, resources
from harness.carrier import Hosted, Listen
from harness.declared import setting_of
from harness.drivers.rig import Rig
from harness.journal import Event, Journal
from harness.report.masking import Masks
from harness.report.transcript import lines as transcript_lines
from harness.rpc.dialect import DIALECTS, Version
from harness.rpc.link import Asked
from harness.setting import Setting
from harness.sut import Sut, load
from harness.wire.handshake import locate
from harness.wire.sockets import SocketCarrier

_REMEMBERED = 100


@dataclass(frozen=True, slots=True)
class Alone:
    """What the command line says. `control` is the port of the HTTP conventions, None for none, 0 for a free one."""

    version: Version
    identity: str = ""
    password: str | None = None
    misbehave: str = ""
    control: int | None = None
    quiet: bool = False


class BadAddress(ValueError):
    """A URL or a port that cannot be used; the text says which, why, and what to do."""


def _sut(role: str, alone: Alone, sut_file: Path | None) -> Sut:
    """Names and tokens: those of the given SUT file, or of the built-in one."""
    short = alone.version.replace(".", "") if alone.version != "1.6" else "16"
    return load(sut_file or resources.root() / "fixtures" / "suts" / f"reference-{role}-{short}.toml")


def station(url: str, alone: Alone, sut_file: Path | None) -> None:
    """A practice station that connects to `url` until it is interrupted. Raises BadAddress, UnknownMisbehaviour."""
    _dialled(url)
    setting = setting_of(_sut("station", alone, sut_file), alone.version)
    setting = _named(setting, alone)
    with ExitStack() as opened:
        carrier = SocketCarrier()
        opened.callback(carrier.close)
        journal = _journal(setting.password, alone)
        hosted = carrier.host(practice.station(setting, url, alone.misbehave), lambda: journal)
        opened.callback(hosted.close)
        print(f"practice station {setting.identity}, OCPP {alone.version}, connects to {url}", flush=True)
        _control(opened, hosted, alone)
        hosted.tell(Asked("power_on"))
        _until_interrupted()


def management(port: int, alone: Alone, sut_file: Path | None) -> None:
    """A practice CSMS on `port` until it is interrupted. Raises BadAddress, UnknownMisbehaviour."""
    setting = _named(setting_of(_sut("csms", alone, sut_file), alone.version), alone)
    with ExitStack() as opened:
        carrier = SocketCarrier()
        opened.callback(carrier.close)
        journal = _journal(setting.password, alone)
        endpoint = practice.management(setting, alone.misbehave)
        with _taking("--port", port):
            hosted = carrier.serve(endpoint, Listen(port=port, path="/ocpp"), lambda: journal)
        opened.callback(hosted.close)
        print(f"practice CSMS, OCPP {alone.version}, at {hosted.url}, knows {setting.identity}", flush=True)
        _control(opened, hosted, alone)
        _until_interrupted()


def _dialled(url: str) -> None:
    """Raises BadAddress for a URL that it cannot dial."""
    try:
        plain = not locate(url).secure
    except ValueError as error:
        raise BadAddress(f"--url {url}: {error}. Mend: write ws://HOST:PORT/PATH, without the identity") from error
    if not plain:
        raise BadAddress(f"--url {url}: alone it has no certificates, and speaks ws:// only")


@contextmanager
def _taking(option: str, port: int) -> Iterator[None]:
    try:
        yield
    except OSError as error:
        reason = os.strerror(error.errno) if error.errno else str(error)
        raise BadAddress(f"{option} {port}: {reason}. Mend: choose another port; 0 takes a free one") from error


def _named(setting: Setting, alone: Alone) -> Setting:
    password = setting.password if alone.password is None else alone.password.encode() or None
    return replace(setting, identity=alone.identity or setting.identity, password=password)


def _control(opened: ExitStack, hosted: Hosted, alone: Alone) -> None:
    if alone.control is not None:
        with _taking("--control", alone.control):
            rig = opened.enter_context(Rig(hosted, tuple(DIALECTS[alone.version].actions), alone.control))
        print(f"operate it at {rig.url}/api/v1/intent/...", flush=True)


def _journal(password: bytes | None, alone: Alone) -> Journal:
    if alone.quiet:
        return Journal((lambda event: None,), _REMEMBERED)
    masks = Masks([password] if password else [])

    # The start of the clock, and enough of what went before to name the request of an answer.
    first: list[Event] = []
    recent: deque[Event] = deque(maxlen=_REMEMBERED)

    def show(events: Sequence[Event]) -> None:
        for event in map(masks.event, events):
            first[:] = first or [event]
            recent.append(event)
            for line in transcript_lines([event], [*first, *recent]):
                print(line, flush=True)

    return Journal((show,), _REMEMBERED)


def _until_interrupted() -> None:
    """Ctrl-C and SIGTERM end it in good order."""
    stop = threading.Event()

    def ring(number: int, frame: FrameType | None) -> None:
        stop.set()

    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, ring)
    stop.wait()
    print("ended", file=sys.stderr)
