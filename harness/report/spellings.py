"""How a declared secret may be spelt in what is written, attached or printed."""

from __future__ import annotations

import base64
import re
from collections.abc import Iterable, Iterator

SHORTEST = 4
"""Characters of a secret or token that is searched for in running text."""
_SHORT_ESCAPES = {"\b": "b", "\f": "f", "\n": "n", "\r": "r", "\t": "t"}


def base64_cores(raw: bytes) -> Iterator[str]:
    """What base64 of anything that contains `raw` must contain: one text for each of the three alignments."""
    for shift in range(3):
        encoded = base64.b64encode(b"\0" * shift + raw).decode()
        first = (shift * 8 + 5) // 6
        last = (shift + len(raw)) * 8 // 6
        core = encoded[first:last]
        if len(core) >= SHORTEST:
            yield core
            yield core.replace("+", "-").replace("/", "_")


def hexadecimal(raw: bytes) -> str:
    """A pattern for the bytes in hexadecimal digits, in any case and with separators or without."""
    pairs = (f"{byte:02x}" for byte in raw)
    return "[ :-]?".join("".join(f"[{digit}{digit.upper()}]" for digit in pair) for pair in pairs)


def readings_of(raw: bytes) -> set[str]:
    """How the bytes may look as text: UTF-8, one character per byte, and with surrogate escapes (HTTP headers)."""
    readings = {raw.decode("latin-1"), raw.decode("ascii", "surrogateescape"), raw.decode("utf-8", "surrogateescape")}
    return {reading for reading in readings if len(reading) >= SHORTEST}


def escaped(text: str) -> str:
    """A pattern for `text` in which each character may be JSON-escaped or percent-encoded."""
    def one(match: re.Match[str]) -> str:
        run = match.group()
        if run[0] == "\\":
            return rf"(?:\\{{{len(run)},{2 * len(run)}}}|(?:\\u005[cC]|%5[cC]){{{len(run)}}})"
        units = run.encode("utf-16-be", "surrogatepass")
        unicode = "".join(rf"\\u(?i:{units[i:i + 2].hex()})" for i in range(0, len(units), 2))
        percent = "".join(f"%(?i:{byte:02x})" for byte in run.encode("utf-8", "surrogateescape"))
        short = _SHORT_ESCAPES.get(run)
        plain = rf"\\?{re.escape(run)}" + (rf"|\\{short}" if short else "") + (r"|\+" if run == " " else "")
        return f"(?:{plain}|{unicode}|{percent})"

    return re.sub(r"\\+|.", one, text, flags=re.DOTALL)


def encodable(text: str) -> bool:
    """Whether the text has a form in percent-encoding."""
    try:
        text.encode("utf-8", "surrogateescape")
    except UnicodeEncodeError:
        return False
    return True


def bytes_of(secret: bytes | str, unhex: bool = True) -> Iterator[bytes]:
    """The secret as bytes, and those that it stands for where it is hexadecimal itself."""
    raw = secret if isinstance(secret, bytes) else secret.encode("utf-8", "surrogatepass")
    yield raw
    if unhex and len(raw) >= 2 * SHORTEST and re.fullmatch(rb"(?:[0-9A-Fa-f]{2})+", raw):
        yield bytes.fromhex(raw.decode())


def any_of(patterns: Iterable[str], flags: int = 0) -> re.Pattern[str] | None:
    """One pattern for all of them, the longest first; None for none."""
    ordered = sorted(set(patterns), key=lambda p: (-len(p), p))
    return re.compile("|".join(ordered), flags) if ordered else None
