"""Where each key of a TOML document stands: tomllib gives values without positions."""

from __future__ import annotations

import re
import tomllib
from bisect import bisect_right
from collections.abc import Iterator
from contextlib import suppress

Path = tuple[str | int, ...]

_BLANK = re.compile(r"(?:[ \t\r\n]|#[^\n]*)*")
_SPACE = re.compile(r"[ \t]*")
_STRING = re.compile(
    r'"""(?:[^\\]|\\.)*?"""(?:"{0,2})' r"|'''.*?'''(?:'{0,2})" r'|"(?:[^"\\]|\\.)*"' r"|'[^']*'", re.DOTALL
)
_BARE_KEY = re.compile(r"[A-Za-z0-9_-]+")
_BARE_VALUE = re.compile(r"[^,\]}#\n]*")


def locate(text: str) -> dict[Path, int]:
    """The line (from 1) of every key, table and array element of a valid TOML document.

    Of a document that is not valid, as much as can be read; raises nothing."""
    scanner = _Scanner(text)
    with suppress(_Lost, RecursionError):
        scanner.document()
    return scanner.found


def line_of(found: dict[Path, int], path: Path) -> int:
    """The line of `path`, or of the nearest table around it; 0 where nothing of it is in the file."""
    for length in range(len(path), 0, -1):
        if path[:length] in found:
            return found[path[:length]]
    return 0


class _Lost(Exception):
    """The scanner met something that is not TOML."""


class _Scanner:
    def __init__(self, text: str) -> None:
        self.text = text
        self.at = 0
        self.found: dict[Path, int] = {}
        self._sizes: dict[Path, int] = {}
        self._starts = [0, *(match.end() for match in re.finditer("\n", text))]

    def document(self) -> None:
        table: Path = ()
        while self._skip() < len(self.text):
            if self._next("["):
                table = self._header()
            else:
                self._pair(table)

    def _header(self) -> Path:
        line, many = self._line(), self._next("[")
        self._skip()
        keys = tuple(self._keys())
        path = self._resolved(keys[:-1]) + keys[-1:]
        if many:
            size = self._sizes.get(path, 0)
            self._sizes[path] = size + 1
            self.found.setdefault(path, line)
            path += (size,)
        else:
            path = self._resolved(keys)
        self._mark(path, line)
        while self._next("]"):
            pass
        return path

    def _resolved(self, keys: tuple[str, ...]) -> Path:
        """Keys of a header lead through the last element of every array of tables on their way."""
        path: Path = ()
        for key in keys:
            path += (key,)
            if path in self._sizes:
                path += (self._sizes[path] - 1,)
        return path

    def _pair(self, table: Path) -> None:
        line = self._line()
        path = table + tuple(self._keys())
        if not self._next("="):
            raise _Lost
        self._skip(_SPACE)
        self._mark(path, line, len(table))
        self._value(path)

    def _mark(self, path: Path, line: int, known: int = 0) -> None:
        for length in range(known + 1, len(path) + 1):
            self.found.setdefault(path[:length], line)

    def _keys(self) -> Iterator[str]:
        while True:
            self._skip(_SPACE)
            if self.text[self.at : self.at + 1] in ('"', "'"):
                yield self._quoted()
            else:
                yield self._take(_BARE_KEY)
            self._skip(_SPACE)
            if not self._next("."):
                return

    def _quoted(self) -> str:
        try:
            return str(tomllib.loads("key=" + self._take(_STRING))["key"])
        except tomllib.TOMLDecodeError:
            raise _Lost from None

    def _value(self, path: Path) -> None:
        if self._next("["):
            self._array(path)
        elif self._next("{"):
            self._inline(path)
        elif self.text[self.at : self.at + 1] in ('"', "'"):
            self._take(_STRING)
        else:
            self._take(_BARE_VALUE)

    def _array(self, path: Path) -> None:
        index = 0
        while self._skip() < len(self.text) and not self._next("]"):
            self.found.setdefault((*path, index), self._line())
            self._value((*path, index))
            self._skip()
            self._next(",")
            index += 1

    def _inline(self, path: Path) -> None:
        while self._skip() < len(self.text) and not self._next("}"):
            self._pair(path)
            self._skip()
            self._next(",")

    def _line(self) -> int:
        return bisect_right(self._starts, self.at)

    def _skip(self, what: re.Pattern[str] = _BLANK) -> int:
        match = what.match(self.text, self.at)
        self.at = match.end() if match else self.at
        return self.at

    def _next(self, mark: str) -> bool:
        found = self.text.startswith(mark, self.at)
        self.at += len(mark) if found else 0
        return found

    def _take(self, what: re.Pattern[str]) -> str:
        match = what.match(self.text, self.at)
        if match is None or not match.group():
            raise _Lost
        self.at = match.end()
        return match.group()
