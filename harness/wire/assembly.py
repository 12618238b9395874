"""WebSocket messages out of frames (RFC 6455 5.4)."""

from __future__ import annotations

from dataclasses import dataclass

from websockets.frames import Frame, Opcode


@dataclass(frozen=True, slots=True)
class Message:
    """A complete message, its text not decoded yet."""

    is_text: bool
    data: bytes
    fragments: int
    compressed: bool


class Assembly:
    """Collects the data frames of one direction; the library has checked their order and their size."""

    def __init__(self) -> None:
        self._opcode = Opcode.TEXT
        self._data = bytearray()
        self._fragments = 0
        self._compressed = False

    def begin(self, opcode: Opcode, compressed: bool) -> None:
        """The first frame of a message comes."""
        self._opcode, self._compressed = opcode, compressed
        self._data, self._fragments = bytearray(), 0

    def add(self, frame: Frame) -> Message | None:
        """Take a frame; return the message that it completes."""
        self._data += frame.data
        self._fragments += 1
        if not frame.fin:
            return None
        message = Message(self._opcode is Opcode.TEXT, bytes(self._data), self._fragments, self._compressed)
        self._data = bytearray()
        return message
