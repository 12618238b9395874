"""The vocabulary's machinery: a sentence with typed words, the one definition it matches, its table.

A pattern is plain text with ``{word}`` or ``{name:word}`` places and ``[optional parts]``. Exactly one
definition may match a sentence. Nothing here knows what a step does.
"""

from __future__ import annotations

import inspect
import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any

from harness.addresses import FIRST_ADDRESS, SECOND_ADDRESS
from harness.oracle import match, paths
from harness.oracle.match import Row
from harness.oracle.timing import SHAPE_WORDS, Shape, shape
from harness.rpc.link import MILLISECOND, SECOND
from harness.rpc.schema import Kind


class BadStep(ValueError):
    """A line of a feature file that cannot run; the message says what to write instead."""


class UnknownStep(BadStep):
    """No definition of the vocabulary matches; a step of the user's own may."""


@dataclass(frozen=True, slots=True)
class Who:
    """``the station``, ``the station "B"`` or ``the CSMS``."""

    role: str
    name: str = ""


_UNITS = {"ms": MILLISECOND, "s": SECOND, "min": 60 * SECOND, "h": 3600 * SECOND}


def duration(text: str) -> int:
    """``2.5 s`` as ns."""
    number, unit = text.split()
    return round(float(number) * _UNITS[unit])


def _who(text: str) -> Who:
    role, _, name = text.removeprefix("the ").partition(" ")
    return Who("csms" if role == "CSMS" else "station", name.strip('"'))


def _forbidden(text: str) -> str | None:
    """``no Heartbeat`` as the message, ``nothing`` as None: every message."""
    return None if text == "nothing" else text.removeprefix("no ")


def _password(text: str) -> str | None:
    password = None if text == "no password" else text.removeprefix("the password ")[1:-1]
    if password is not None and password.startswith("hex "):
        try:
            bytes.fromhex(password.removeprefix("hex "))
        except ValueError as error:
            raise BadStep(f"{password!r}: after hex come pairs of hexadecimal digits") from error
    return password


def _unquoted(text: str) -> str:
    return text[1:-1]


def _names(text: str) -> tuple[str, ...]:
    return tuple(re.findall(r'"([^"]+)"', text))


def _shape(text: str) -> Shape:
    try:
        return shape(text)
    except ValueError as error:
        raise BadStep(str(error)) from error


@dataclass(frozen=True, slots=True)
class Word:
    regex: str
    convert: Callable[[str], Any] = str


_PLACE = f"{FIRST_ADDRESS}|{SECOND_ADDRESS}"

WORDS: Mapping[str, Word] = {
    "actor": Word(r'the CSMS|the station(?: "[^"]+")?', _who),
    "message": Word(r"[A-Z][A-Za-z0-9]*"),
    "messages": Word(r"[A-Z][A-Za-z0-9]*(?: or [A-Z][A-Za-z0-9]*)?"),
    "silence": Word(r"nothing|no [A-Z][A-Za-z0-9]*", _forbidden),
    "name": Word(r'"[^"]+"', _unquoted),
    "names": Word(r'"[^"]+"(?:, "[^"]+")* and "[^"]+"', _names),
    "profiles": Word(r'"[^"]+"(?:, "[^"]+")*(?: and "[^"]+")?', _names),
    "duration": Word(r"\d+(?:\.\d+)? (?:ms|s|min|h)", duration),
    "count": Word(r"\d+", int),
    "state": Word(r"[A-Za-z][A-Za-z0-9 ,'-]*"),
    "intent": Word(r".+?"),
    "person": Word(r"driver|operator"),
    "code": Word(r"any CALLERROR|CALLERROR [A-Za-z]+(?: or [A-Za-z]+)*", lambda text: text.removeprefix("CALLERROR ")),
    "numbers": Word(r"\d+(?: or \d+)*"),
    "number": Word(r"\d+", int),
    "path": Word(r"[A-Za-z][\w.\[\]*]*"),
    "subprotocol": Word(r"ocpp[\w.]+"),
    "certificate": Word(r"(?:the )?[\w' .-]+ certificate"),
    "alerts": Word(r"[a-z_]+(?: or [a-z_]+)*"),
    "document": Word(r"csr|certificate chain"),
    "password": Word(r'the password "[^"]+"|no password', _password),
    "once": Word(r"once"),
    "timely": Word(r"in time"),
    "answering": Word(r"will answer|will not answer", lambda text: text == "will answer"),
    "parting": Word(r"drops the connection|closes the connection(?: with code \d+)?|goes offline|goes online"
                    rf"|turns new connections away(?: at (?:{_PLACE}))?|lets new connections in"),
    "pinging": Word(r"pings|answers no pings"),
    "attempting": Word(rf"pings|tries to connect(?: to (?:{_PLACE}))?"),
    "place": Word(_PLACE),
    "filing": Word(r"serve|take uploads as"),
    "moving": Word(r"downloads|uploads a file as"),
    "welcome": Word(r"accepts|refuses"),
    "ending": Word(r"closes|keeps"),
    "quantity": Word(r"some|each|no"),
    "limit": Word(r"at least|at most"),
    "shape": Word(SHAPE_WORDS, _shape),
    "statuses": Word(r"[A-Z]\w+(?: or [A-Z]\w+)*"),
    "of_answer": Word(r"the answer to "),
}


def compile_sentence(sentence: str) -> re.Pattern[str]:
    """The regular expression of a pattern; names the place where the pattern itself is wrong."""
    regex = ""
    for token in re.findall(r"\{[^}]+\}|\[|\]|[^{}\[\]]+", sentence):
        if token == "[":
            regex += "(?:"
        elif token == "]":
            regex += ")?"
        elif token[0] == "{":
            name, _, word = token[1:-1].partition(":")
            regex += f"(?P<{name}>{WORDS[word or name].regex})"
        else:
            regex += re.escape(token)
    return re.compile(regex)


@dataclass(frozen=True, slots=True)
class Subject:
    """The message a table's rows are about. `inside` is the list member whose elements they describe."""

    action: str
    kind: Kind
    inside: str = ""


Names = Mapping[str, Subject]
Words = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Definition:
    """One sentence of the vocabulary.

    `sentence` is the pattern; `function(session, table=..., text=..., **words)` does it. `table` says what
    a table holds: None (none allowed), "rows" (member paths and cells), "plain" (two free columns).
    `subject` gives the message the rows are about; `gives` the name the line introduces.
    """

    keyword: str
    sentence: str
    function: Callable[..., None]
    table: str | None
    text: bool
    subject: Callable[[Words, Names], Subject | None]
    gives: Callable[[Words, Names], tuple[str, Subject] | None]
    by: str

    @property
    def regex(self) -> re.Pattern[str]:
        return _compiled(self.sentence)

    def words(self, sentence: str) -> dict[str, Any] | None:
        """The typed words of a sentence, or None where this is not its definition."""
        found = self.regex.fullmatch(sentence)
        if found is None:
            return None
        kinds = dict(re.findall(r"\{(\w+):?(\w*)\}", self.sentence))
        return {
            name: None if text is None else WORDS[kinds[name] or name].convert(text)
            for name, text in found.groupdict().items()
        }


@cache
def _compiled(sentence: str) -> re.Pattern[str]:
    return compile_sentence(sentence)


class Vocabulary:
    """All definitions; filled once when the steps module is imported."""

    def __init__(self) -> None:
        self.definitions: list[Definition] = []
        self._found: dict[tuple[str, str], tuple[Definition, dict[str, Any]]] = {}

    def define(
        self,
        keyword: str,
        sentence: str,
        table: str | None = None,
        text: bool = False,
        subject: Callable[[Words, Names], Subject | None] = lambda words, names: None,
        gives: Callable[[Words, Names], tuple[str, Subject] | None] = lambda words, names: None,
        by: str = "any",
    ) -> Callable[[Callable[..., None]], Callable[..., None]]:
        """Decorator. `by` tells who the sentence's actor must be: "ours", "sut" or "any"."""

        def add(function: Callable[..., None]) -> Callable[..., None]:
            if inspect.iscoroutinefunction(function):
                raise BadStep(f"{sentence!r} is asynchronous: nobody would await it, and it could never fail")
            self.definitions.append(Definition(keyword, sentence, function, table, text, subject, gives, by))
            return function

        return add

    def find(self, keyword: str, sentence: str) -> tuple[Definition, dict[str, Any]]:
        """The one definition of a sentence, with its words. Raises `BadStep`."""
        kind = "then" if keyword == "then" else "when"
        if (kind, sentence) not in self._found:
            self._found[kind, sentence] = self._search(kind, sentence)
        return self._found[kind, sentence]

    def _search(self, kind: str, sentence: str) -> tuple[Definition, dict[str, Any]]:
        found = [(d, words) for d in self.definitions
                 if d.keyword == kind and (words := d.words(sentence)) is not None]
        if not found:
            lists = "docs/vocabulary.md lists the sentences there are"
            raise UnknownStep(f"no step definition matches {sentence!r}; {lists}")
        if len(found) > 1:
            raise BadStep(f"{sentence!r} is ambiguous: " + " | ".join(d.sentence for d, _ in found))
        return found[0]


def rows(table: Sequence[Sequence[str]] | None) -> tuple[Row, ...]:
    """A two-column table as rows. Raises `BadStep` naming the row."""
    return tuple(_row(list(cells)) for cells in table or ())


def _row(cells: list[str]) -> Row:
    if len(cells) != 2:
        raise BadStep(f"a row needs two cells, member and value: | {' | '.join(cells)} |")
    path, cell = cells
    try:
        steps = paths.parse(path)
        pattern = match.parse(cell)
    except ValueError as error:
        raise BadStep(f"row {path!r}: {error}") from error
    if "*" in steps:
        raise BadStep(f"row {path!r}: [*] would let two rows be met by two elements; write 'some ... of \"x\" has'")
    return Row(path, pattern)


VOCABULARY = Vocabulary()
