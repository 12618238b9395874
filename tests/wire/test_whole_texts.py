"""The short way of whole text messages: the same texts, answers, journal and endings as by the library's own parser."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from itertools import pairwise
from typing import Any
from unittest.mock import patch

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from websockets.exceptions import PayloadTooBig, ProtocolError
from websockets.frames import Frame, Opcode
from websockets.streams import StreamReader

from harness.carrier import Listen
from harness.journal import Body, Journal, Text
from harness.rpc.link import SECOND, Admission, Close, Command, Handshake, Instant, LinkEvent, Ping, Received, Transmit
from harness.wire import frames
from harness.wire.server import ServerStream
from harness.wire.sockets import SocketHosted, now

KEY = b"\x01\x80\xfe\x00"
REQUEST = (
    "GET /station HTTP/1.1\r\nHost: h\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Version: 13\r\n"
    "Sec-WebSocket-Key: MDEyMzQ1Njc4OWFiY2RlZg==\r\nSec-WebSocket-Protocol: ocpp2.0.1\r\n"
)
DEFLATE = "Sec-WebSocket-Extensions: permessage-deflate\r\n"


def frame(opcode: int, data: bytes, final: bool = True, reserved: int = 0, masked: bool = True) -> bytes:
    size = len(data)
    head = bytes([final << 7 | reserved << 4 | opcode])
    bit = masked << 7
    head += bytes([bit | size]) if size < 126 else bytes([bit | 126]) + size.to_bytes(2, "big")
    return head + (KEY + frames.masked(data, KEY) if masked else data)


LONG = st.sampled_from(["", "a" * 125, "é" * 63, "a" * 126, "b" * 3000])
TEXTS = st.one_of(st.text(max_size=8), LONG).map(str.encode)
USUAL = TEXTS.map(lambda data: frame(1, data))
UNUSUAL = st.one_of(
    st.builds(frame, st.sampled_from([0, 1, 2, 9, 10]), TEXTS.filter(lambda data: len(data) < 126), st.booleans()),
    st.builds(frame, st.just(1), st.sampled_from([b"\xff", b"\xc3"]), st.booleans()),
    st.builds(frame, st.sampled_from([1, 2, 3, 8, 15]), st.just(b"\x03\xe8"), st.just(True), st.integers(0, 7)),
    st.builds(frame, st.just(1), TEXTS, masked=st.just(False)),
    st.just(frame(8, b"\x03\xe8")),
    st.just(b"\x81\xfe\x00\x05" + KEY + b"abcde"),  # a length that is written longer than it need be
    st.just(frame(1, b"x" * 5000)),  # larger than is taken
)


# ---- one frame --------------------------------------------------------------------------------------


def parsed(data: bytes, from_client: bool) -> Frame | None:
    """By the library; None where it is not one whole frame."""
    reader = StreamReader()
    reader.feed_data(data)
    parser = Frame.parse(reader.read_exact, mask=from_client)
    try:
        next(parser)
    except StopIteration as end:
        found: Frame = end.value
        return None if reader.buffer else found
    except (ProtocolError, PayloadTooBig):
        return None
    return None


def utf8(data: bytes) -> str | None:
    try:
        return data.decode()
    except UnicodeDecodeError:
        return None


@given(
    USUAL | UNUSUAL | st.binary(max_size=12) | st.binary(max_size=6).map(lambda data: b"\x81" + data), st.booleans()
)
@example(b"\x81\x85" + b"12345", False)
@example(b"\x81\x7f" + bytes(7) + b"\x01a", False)
@example(b"\x81\xff" + bytes(7) + b"\x01" + KEY + b"a", True)
def test_a_text_is_taken_only_where_the_library_finds_the_same_one(data: bytes, from_client: bool) -> None:
    text, found = frames.text_of(data, from_client), parsed(data, from_client)
    if text is not None:
        assert found == Frame(Opcode.TEXT, text.encode())
    elif found is not None and found.opcode is Opcode.TEXT and found.fin and len(data) >= 6 and data[1] & 0x7F < 127:
        assert utf8(bytes(found.data)) is None


@given(st.text(max_size=40) | st.sampled_from(["a" * size for size in (125, 126, 127, 65535)]), st.booleans())
def test_a_text_leaves_as_the_library_would_send_it(text: str, from_client: bool) -> None:
    data = frames.text_frame(text.encode(), KEY if from_client else b"")
    assert parsed(data, from_client) == Frame(Opcode.TEXT, text.encode())
    if not from_client:
        assert data == Frame(Opcode.TEXT, text.encode()).serialize(mask=False)
    if len(data) >= 6:
        assert frames.text_of(data, from_client) == text


# ---- a connection -----------------------------------------------------------------------------------


class Line(asyncio.Transport):
    """Keeps what is written."""

    def __init__(self) -> None:
        super().__init__()
        self.written = b""
        self.over = False

    def get_extra_info(self, name: str, default: Any = None) -> Any:
        return ("127.0.0.1", 9) if name == "peername" else default

    def write(self, data: bytes | bytearray | memoryview) -> None:
        self.written += data

    def is_closing(self) -> bool:
        return self.over

    def is_reading(self) -> bool:
        return True

    def set_write_buffer_limits(self, high: int | None = None, low: int | None = None) -> None:
        pass

    def pause_reading(self) -> None:
        pass

    def can_write_eof(self) -> bool:
        return False

    def close(self) -> None:
        self.over = True

    abort = close


class Echo:
    """Says what it hears, and a little more."""

    def __init__(self) -> None:
        self.heard: list[LinkEvent] = []

    def admit(self, handshake: Handshake, now: Instant) -> Admission:
        return Admission(subprotocol="ocpp2.0.1")

    def handle(self, event: LinkEvent, now: Instant) -> Sequence[Command]:
        self.heard.append(event)
        if not isinstance(event, Received):
            return ()
        if event.data == "aa":
            raise ZeroDivisionError
        if event.data == "a":
            return Transmit(1, event.data), Close(1), Transmit(1, "too late")
        return Transmit(1, event.data), Ping(1, b"p"), Transmit(1, "x" * 70_000 if event.data == "b" else "x")

    def wake_at(self) -> int | None:
        return None


class Bridge:
    def __init__(self, loop: asyncio.AbstractEventLoop) -> None:
        self.loop = loop


async def told(reads: Sequence[bytes], deflate: bool) -> tuple[bytes, list[Body], list[LinkEvent]]:
    """What leaves, the journal's entries, and what the endpoint hears, when these bytes are read."""
    loop, echo, journal, line = asyncio.get_running_loop(), Echo(), Journal(), Line()
    hosted = SocketHosted(Bridge(loop), echo, lambda: journal, now)  # type: ignore[arg-type]
    stream = ServerStream(hosted, 1, Listen(compression=deflate, max_size=4000), 10 * SECOND)
    hosted.streams[1] = stream
    stream.connection_made(line)
    for data in ((REQUEST + (DEFLATE if deflate else "") + "\r\n").encode(), *reads):
        if data and not line.over:
            stream.get_buffer(-1)[: len(data)] = data
            stream.buffer_updated(len(data))
            while stream._backlog._items or stream._backlog._turn:
                await asyncio.wait([loop.create_task(_turn())])
    stream.clear_timer()
    assert stream.opened
    return line.written, [event.body for event in journal], echo.heard[1:]


async def _turn() -> None:
    return None


def both_ways(reads: Sequence[bytes], deflate: bool) -> Sequence[object]:
    short = asyncio.run(told(reads, deflate))
    with (
        patch.object(frames, "text_of", return_value=None),
        patch("harness.wire.internals._Watched.sends_plainly", False),
    ):
        assert asyncio.run(told(reads, deflate)) == short
    return short


def cut(stream: bytes, places: list[int]) -> list[bytes]:
    ends = sorted({place % (len(stream) + 1) for place in places} | {0, len(stream)})
    return [stream[start:end] for start, end in pairwise(ends)]


@settings(deadline=None, max_examples=150)
@given(st.lists(USUAL | UNUSUAL, max_size=6), st.lists(st.integers(0, 400), max_size=4), st.booleans(), st.booleans())
def test_whatever_comes_is_taken_answered_and_recorded_alike(
    sent: list[bytes], places: list[int], whole: bool, deflate: bool
) -> None:
    both_ways(sent if whole else cut(b"".join(sent), places), deflate)


@pytest.mark.parametrize("text", ["[2]", "aa", "a", "b", "é" * 70])
def test_an_ordinary_text_takes_the_short_way_there_and_back(text: str) -> None:
    _, bodies, heard = both_ways([frame(1, text.encode())], deflate=False)
    assert Received(1, text) in heard  # type: ignore[operator]
    assert next(body.data for body in bodies if isinstance(body, Text)) == text  # type: ignore[attr-defined]


def test_ordinary_texts_never_reach_the_library() -> None:
    seen: list[int] = []
    original = ServerStream._took_text

    def taking(stream: ServerStream, at: Instant, data: bytes) -> bool:
        taken = original(stream, at, data)
        seen.append(taken)
        return taken

    with patch.object(ServerStream, "_took_text", taking):
        asyncio.run(told([frame(1, b"[2]"), frame(1, b"[3]" * 1000), frame(9, b""), frame(1, b"[4]")], False))
    assert seen == [True, True, False, True]
