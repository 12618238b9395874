"""Firmware images, built on demand from `fixtures/firmware/*.toml`.

An image is a 512-byte header of text lines and a body of a pattern. A product takes another format: its SUT file
names a real image instead, and everything else stays as it is.
"""

from __future__ import annotations

import hashlib
import random
import tomllib
import zlib
from dataclasses import dataclass
from functools import cache
from pathlib import Path

HEADER = 512
LARGEST = 256 * 1024 * 1024
_KEYS = frozenset({"version", "size", "pattern", "seed", "defect", "file"})
_PATTERNS = frozenset({"counter", "random", "zeros"})
_DEFECTS = frozenset({"", "checksum", "install"})


class FirmwareError(ValueError):
    """A declaration of an image that cannot be built; the text names the file and the mend."""


@dataclass(frozen=True, slots=True)
class Firmware:
    """An image to build. `size` in bytes is the whole file; `pattern` fills the body ("counter", "random" from `seed`,
    "zeros"). `defect`: "checksum" breaks the image's own checksum, "install" makes its installer give up. `file` is a
    ready image instead, no larger than `size`."""

    name: str
    version: str
    size: int
    pattern: str = "counter"
    seed: int = 0
    defect: str = ""
    file: Path | None = None


def load(file: Path) -> Firmware:
    """The declaration in a TOML file. Raises FirmwareError."""
    try:
        table = tomllib.loads(file.read_text("utf-8"))
    except (OSError, ValueError) as error:
        raise FirmwareError(f"{file}: {error}. Mend: write version = \"...\" and size = N") from error
    unknown = sorted(set(table) - _KEYS)
    if unknown:
        raise FirmwareError(f"{file}: no such key {unknown[0]!r}. Mend: keys are {', '.join(sorted(_KEYS))}")
    source = table.pop("file", None)
    try:
        firmware = Firmware(file.stem, file=file.parent / source if source else None, **table)
    except TypeError as error:
        raise FirmwareError(f"{file}: version and size are needed. Mend: add them") from error
    _check(file, firmware)
    return firmware


def _check(file: Path, firmware: Firmware) -> None:
    if type(firmware.size) is not int or not HEADER <= firmware.size <= LARGEST:
        raise FirmwareError(f"{file}: size is {firmware.size!r}. Mend: write {HEADER} to {LARGEST} bytes")
    if firmware.pattern not in _PATTERNS:
        raise FirmwareError(f"{file}: pattern {firmware.pattern!r}. Mend: one of {', '.join(sorted(_PATTERNS))}")
    if firmware.defect not in _DEFECTS:
        raise FirmwareError(f"{file}: defect {firmware.defect!r}. Mend: \"checksum\", \"install\" or none")
    if not isinstance(firmware.version, str) or not 1 <= len(firmware.version) <= 50:
        raise FirmwareError(f"{file}: version {firmware.version!r}. Mend: a text of 1 to 50 characters")


@cache
def build(firmware: Firmware) -> bytes:
    """The image. Raises FirmwareError for a ready file that cannot be read or is larger than declared."""
    if firmware.file is not None:
        return _ready(firmware, firmware.file)
    body = _body(firmware)
    checksum = zlib.crc32(body) ^ (firmware.defect == "checksum")
    lines = (
        "OCPP HARNESS FIRMWARE 1",
        f"version: {firmware.version}",
        f"size: {firmware.size}",
        f"crc32: {checksum:08x}",
        f"install: {'impossible' if firmware.defect == 'install' else 'possible'}",
    )
    return ("\n".join(lines) + "\n").encode().ljust(HEADER, b"\0") + body


def _ready(firmware: Firmware, file: Path) -> bytes:
    try:
        size = file.stat().st_size
        if size > firmware.size:
            raise FirmwareError(f"{file}: {size} bytes, declared are {firmware.size}. Mend: raise size, or the image")
        return file.read_bytes()
    except OSError as error:
        raise FirmwareError(f"{file}: {error.strerror}. Mend: name a readable image") from error


def _body(firmware: Firmware) -> bytes:
    size = firmware.size - HEADER
    if firmware.pattern == "zeros":
        return bytes(size)
    if firmware.pattern == "random":
        return random.Random(firmware.seed).randbytes(size)
    counted = b"".join(number.to_bytes(4, "big") for number in range(min(size // 4 + 1, 16_384)))
    return (counted * (size // len(counted) + 1))[:size]


def md5(image: bytes) -> str:
    """The checksum of PublishFirmware: MD5 over the whole file, in hexadecimal (L03.FR.02)."""
    return hashlib.md5(image, usedforsecurity=False).hexdigest()


def flipped(image: bytes, at: int = -1) -> bytes:
    """The image with one bit of the byte at `at` turned over."""
    spoilt = bytearray(image)
    spoilt[at] ^= 1
    return bytes(spoilt)
