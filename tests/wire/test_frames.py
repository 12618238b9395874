"""Frames and handshake text: what is written must be read back by somebody else's parser, for any input."""

from __future__ import annotations

from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st
from websockets.frames import Frame, Opcode
from websockets.streams import StreamReader

from harness.rpc.link import Admission, Dial, TransmitFrame
from harness.wire import frames
from harness.wire.handshake import (
    Destination,
    from_wire,
    locate,
    phrase,
    refusal_headers,
    request_headers,
    to_wire,
    upgrade_headers,
    url_of,
)

payloads = st.one_of(st.binary(max_size=300), st.sampled_from([125, 126, 65_535, 65_536]).map(bytes))
legal_frames = st.builds(
    TransmitFrame,
    link=st.just(1),
    opcode=st.sampled_from([0, 1, 2]),
    data=payloads,
    final=st.booleans(),
) | st.builds(TransmitFrame, link=st.just(1), opcode=st.sampled_from([8, 9, 10]), data=st.binary(max_size=125))


def parsed(data: bytes, mask: bool) -> Frame:
    reader = StreamReader()
    reader.feed_data(data)
    parser = Frame.parse(reader.read_exact, mask=mask)
    try:
        next(parser)
    except StopIteration as end:
        assert not reader.buffer
        frame: Frame = end.value
        return frame
    raise AssertionError("the frame is not complete")


@given(legal_frames, st.booleans())
def test_a_legal_frame_is_read_back_by_the_library(frame: TransmitFrame, from_client: bool) -> None:
    read = parsed(frames.frame_bytes(frame, from_client), mask=from_client)
    assert (read.opcode, bytes(read.data), read.fin) == (frame.opcode, frame.data, frame.final)


@given(st.binary(max_size=200), st.binary(min_size=4, max_size=4))
def test_masking_is_its_own_inverse(data: bytes, key: bytes) -> None:
    assert frames.masked(frames.masked(data, key), key) == data


@given(st.lists(legal_frames, max_size=6), st.booleans(), st.data())
def test_the_scanner_finds_the_first_close_however_the_stream_is_cut(
    script: list[TransmitFrame], from_client: bool, data: st.DataObject
) -> None:
    encoded = [frames.frame_bytes(frame, from_client) for frame in script]
    stream = b"".join(encoded)
    closes = [index for index, frame in enumerate(script) if frame.opcode == Opcode.CLOSE]
    ends = sorted(data.draw(st.sets(st.integers(0, len(stream)), max_size=5)) | {0, len(stream)})
    pieces = [stream[start:end] for start, end in pairwise(ends)]
    scanner, seen, cuts = frames.Scanner(), 0, set()
    while pieces:
        piece = pieces.pop(0)
        taken = scanner.before_close(piece)
        assert taken or not piece
        seen += taken
        if taken < len(piece):
            cuts.add(seen)
            pieces.insert(0, piece[taken:])
    starts = {sum(map(len, encoded[:index])) for index in closes}
    assert seen == len(stream)
    assert cuts <= starts
    assert starts <= cuts | set(ends)


@given(st.binary(max_size=60).filter(lambda raw: b"\r" not in raw and b"\n" not in raw))
def test_header_bytes_survive(raw: bytes) -> None:
    value = raw.decode("ascii", "surrogateescape")
    assert to_wire(value).encode("latin-1") == raw
    assert from_wire(to_wire(value)) == value


segments = st.text(st.characters(min_codepoint=0x21, max_codepoint=0x7E, exclude_characters="#"), max_size=30)


@given(segments)
def test_the_target_is_never_touched(tail: str) -> None:
    assert locate(f"ws://Example.org:9000/ocpp/{tail}") == Destination(False, "example.org", 9000, f"/ocpp/{tail}")


def test_places() -> None:
    assert locate("wss://h") == Destination(True, "h", 443, "/")
    assert locate("ws://h?x") == Destination(False, "h", 80, "/?x")
    assert locate("ws://[::1]:8080/a").authority == "[::1]:8080"
    assert locate("wss://h/a").authority == "h"
    assert locate("ws://h:443/a").authority == "h:443"
    assert url_of(False, "::1", 80, "") == "ws://[::1]:80"
    assert url_of(True, "h", 1, "/a/b/") == "wss://h:1/a/b"
    assert (phrase(404), phrase(799)) == ("Not Found", "")


def test_own_headers_take_the_place_of_ours() -> None:
    dial = Dial("ws://h/x", ("a", "b"), "Basic x", (("sec-websocket-version", "8"), ("X", "1"), ("X", "2")))
    headers = request_headers(dial, locate(dial.url), "key")
    assert [value for name, value in headers if name.lower() == "sec-websocket-version"] == ["8"]
    assert [value for name, value in headers if name == "X"] == ["1", "2"]
    assert ("Sec-WebSocket-Protocol", "a, b") in headers
    wrong = Admission(headers=(("Sec-WebSocket-Accept", "wrong"),))
    assert [v for k, v in upgrade_headers(wrong, "right", None) if k == "Sec-WebSocket-Accept"] == ["wrong"]
    assert ("Content-Length", "3") in refusal_headers(Admission(status=400, body="\udcff€"[:1] + "ab"))
