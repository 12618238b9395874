"""WebSocket frames as bytes (RFC 6455 5.2), legal or not: what `TransmitFrame` asks for, unchecked."""

from __future__ import annotations

import struct

from harness.rpc.link import TransmitFrame
from harness.wire.hosted import NO_STATUS
from harness.wire.internals import apply_mask

MASKING_KEY = b"\x37\xfa\x21\x3d"
"""The key of RFC 6455 5.7's examples: a raw frame is evidence, so it is the same in each run."""

TEXT = 0x1
CLOSE = 0x8
MOST_CONTROL_PAYLOAD = 125


def masked(data: bytes, key: bytes = MASKING_KEY) -> bytes:
    """`data` XORed with the repeated masking key (RFC 6455 5.3); its own inverse."""
    if not data:
        return b""
    stream = (key * (len(data) // 4 + 1))[: len(data)]
    return (int.from_bytes(data, "big") ^ int.from_bytes(stream, "big")).to_bytes(len(data), "big")


def frame_bytes(frame: TransmitFrame, from_client: bool) -> bytes:
    """The frame as described. Masked as its side must where `masked` is None; `length` is what it announces.

    Raises ValueError where a field does not fit into its bits.
    """
    if not (0 <= frame.opcode < 16 and 0 <= frame.reserved < 8):
        raise ValueError(f"opcode has 4 bits, reserved 3: {frame}")
    mask = from_client if frame.masked is None else frame.masked
    announced = len(frame.data) if frame.length is None else frame.length
    first = frame.final << 7 | frame.reserved << 4 | frame.opcode
    if not 0 <= announced < 1 << 64:
        raise ValueError(f"a length has 64 bits: {announced}")
    if announced < 126:
        head = struct.pack("!BB", first, mask << 7 | announced)
    elif announced < 1 << 16:
        head = struct.pack("!BBH", first, mask << 7 | 126, announced)
    else:
        head = struct.pack("!BBQ", first, mask << 7 | 127, announced)
    return head + (MASKING_KEY + masked(frame.data) if mask else frame.data)


_WHOLE_TEXT = 0x80 | TEXT
_SHORT, _LONG = struct.Struct("!BB"), struct.Struct("!BBH")


def text_frame(payload: bytes, mask: bytes = b"") -> bytes:
    """One whole text frame of less than 64 KB, masked where there is a `mask`: what nearly every message is."""
    bit, length = 0x80 if mask else 0, len(payload)
    head = _SHORT.pack(_WHOLE_TEXT, bit | length) if length < 126 else _LONG.pack(_WHOLE_TEXT, bit | 126, length)
    return head + mask + apply_mask(payload, mask) if mask else head + payload


def text_of(data: bytes, from_client: bool) -> str | None:
    """The text where `data` is one whole text frame from that side, as nearly every read is; None for all else.

    Neither fragments nor reserved bits, at most 64 KB, masked as that side must (RFC 6455 5.1), UTF-8."""
    size = len(data)
    if size < 6 or data[0] != _WHOLE_TEXT:
        return None
    length, at = data[1] - 0x80 if from_client else data[1], 2
    if not 0 <= length <= 126:
        return None
    if length == 126:
        length, at = data[2] << 8 | data[3], 4
    start = at + 4 if from_client else at
    if size != start + length:
        return None
    payload = data[start:]
    try:
        return str(apply_mask(payload, data[at:start]) if from_client else payload, "utf-8")
    except UnicodeDecodeError:
        return None


def describe(frame: TransmitFrame) -> str:
    """A few words for the journal."""
    return f"frame opcode {frame.opcode} fin {int(frame.final)} reserved {frame.reserved:03b}, {len(frame.data)} bytes"


def close_payload(code: int, reason: str) -> bytes:
    """The body of a close frame, for any 16-bit code; 1005 stands for an empty body (RFC 6455 7.1.5).

    Raises ValueError where code or reason do not fit into a control frame.
    """
    payload = b"" if code == NO_STATUS else code_bytes(code) + reason.encode()
    if len(payload) > MOST_CONTROL_PAYLOAD:
        raise ValueError("a close frame has room for 123 bytes of reason")
    return payload


def code_bytes(code: int) -> bytes:
    """A close code in network order. Raises ValueError beyond 16 bits."""
    if not 0 <= code < 1 << 16:
        raise ValueError(f"a close code has 16 bits: {code}")
    return struct.pack("!H", code)


def is_sendable_code(code: int) -> bool:
    """Whether a receiver must take `code` from a close frame (RFC 6455 7.4 and the IANA registry)."""
    return 1000 <= code <= 1003 or 1007 <= code <= 1014 or 3000 <= code <= 4999


def _is_one_frame(data: bytes) -> bool:
    """Whether `data` is one frame, whole: what most reads bring."""
    if len(data) < 2:
        return False
    short = data[1] & 0x7F
    head = 2 + (4 if data[1] & 0x80 else 0)
    if short < 126:
        return len(data) == head + short
    extended = 2 if short == 126 else 8
    return len(data) == head + extended + int.from_bytes(data[2 : 2 + extended], "big")


class Scanner:
    """Follows the frames of one direction by their lengths alone, to know where a close frame begins."""

    def __init__(self) -> None:
        self._head = bytearray()
        self._payload = 0

    @property
    def between(self) -> bool:
        """Whether a frame has just ended, or none has come yet."""
        return not self._payload and not self._head

    def before_close(self, data: bytes) -> int:
        """How much of `data` precedes the first close frame; all of it where `data` begins with one.

        Call it with consecutive pieces of the stream; after a cut, with the rest.
        """
        at, end = 0, len(data)
        if self.between and _is_one_frame(data):
            return end
        while at < end:
            if self._payload:
                step = min(self._payload, end - at)
                self._payload -= step
                at += step
                continue
            if not self._head and at and data[at] & 0xF == CLOSE:
                return at
            self._head.append(data[at])
            at += 1
            self._finish_head()
        return end

    def _finish_head(self) -> None:
        head = self._head
        if len(head) < 2:
            return
        short = head[1] & 0x7F
        extended = {126: 2, 127: 8}.get(short, 0)
        if len(head) == 2 + extended + (4 if head[1] & 0x80 else 0):
            self._payload = int.from_bytes(head[2 : 2 + extended], "big") if extended else short
            self._head = bytearray()
