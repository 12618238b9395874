"""Secrets never leave the process: one object masks all that is written, attached or printed.

What is masked, always with ``***``:

* each declared secret (passwords, keys) as text, in mixed case hex with or without separators, as part of any
  base64 (the whole base64 run goes, so ``base64(user:password)`` is caught whoever the user is), JSON-escaped,
  percent-encoded; a secret that is hex is masked as the bytes it stands for too (OCPP 1.6 AuthorizationKey);
* the credentials of every Authorization header and every bearer token, declared or not (RFC 7617, RFC 6750);
  the user name of Basic stays, because it is evidence;
* the body of every PEM private key, the password in ``scheme://user:password@host``;
* values of BasicAuthPassword, AuthorizationKey and the like in configuration messages, declared or not;
* identification tokens: of eight characters and more the first two and the last two stay, so that a reader can
  tell tokens apart; shorter ones go entirely. Members idTag, parentIdTag, idToken are tokens, declared or not.

A declared secret or token of fewer than `SHORTEST` characters is not searched for in running text (it would tear
everything to pieces); the structural rules still cover it.
"""

from __future__ import annotations

import re
import string
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import fields, replace
from enum import Enum
from typing import Any, TypeVar

from harness.journal import Event, Text
from harness.report.spellings import (
    SHORTEST,
    any_of,
    base64_cores,
    bytes_of,
    encodable,
    escaped,
    hexadecimal,
    readings_of,
)
from harness.report.structure import (
    MASK,
    TOKEN_NAMES,
    credentials,
    named_secret,
    secret_place,
    shorten,
    structural,
)

_B = TypeVar("_B")
_BASE64 = string.ascii_letters + string.digits + "+/_-"
_BASE64_REST = re.compile(r"[A-Za-z0-9+/_\-]*={0,2}")
_HINTS = (
    "basic", "bearer", "authoriz", "private key", "passw", "passphrase", "secret", "simpin", "privatekey", "idtag",
    "idtoken", "\\u", "://",
)
"""One of them is in every text that the structural rules find something in, once it has no underscores (which a
vendor may write in the name of a secret: SIM_PIN)."""
_HINT = re.compile("|".join(map(re.escape, _HINTS)), re.IGNORECASE)
_STEMS = ("basic", "bearer", "authoriz", "private", "pass", "secret", "simpin", "idt", "://")
"""At least one is in every ASCII text without a backslash and underscores that one of the hints is in."""


class Masks:
    """Masks text, bytes, JSON-able values and journal events. Immutable, usable from any thread, never raises.

    `secrets` are passwords and keys, `tokens` identification tokens of the SUT file.
    """

    def __init__(self, secrets: Iterable[bytes | str] = (), tokens: Iterable[str] = ()) -> None:
        raws = {raw for secret in secrets for raw in bytes_of(secret) if len(raw) >= SHORTEST}
        readings = {reading for raw in raws for reading in readings_of(raw)}
        self._plain = any_of([re.escape(r) for r in readings] + [hexadecimal(raw) for raw in raws])
        self._cores = tuple({core for raw in raws for core in base64_cores(raw)})
        self._base64 = any_of(map(re.escape, self._cores))
        self._escaped = any_of(escaped(r) for r in readings if encodable(r))
        spelt = {spelling for token in tokens for raw in bytes_of(token, unhex=False) for spelling in readings_of(raw)}
        long = [token for token in spelt if len(token) >= SHORTEST]
        self._tokens = any_of((re.escape(token) for token in long), re.IGNORECASE)
        self._small = tuple({token.lower() for token in long}) if all(map(str.isascii, long)) else None
        self._escaped_tokens = any_of((escaped(token) for token in long if encodable(token)), re.IGNORECASE)
        traces = {reading.lower() for reading in readings if reading.isascii()}
        self._traces = (*traces, *(self._small or ()))
        self._pairs = tuple(tuple({f"{byte:02x}" for byte in raw}) for raw in raws)

    def texts(self, texts: Sequence[str]) -> Sequence[str]:
        """Each of them without anything secret. What no search finds in all of them at once is in none of them."""
        return texts if self._clean("\n".join(texts)) else [self.text(text) for text in texts]

    def text(self, text: str) -> str:
        """`text` without anything secret."""
        if self._clean(text):
            return text
        if self._hinted(text):
            text = structural(text)
        text = self._declared(text)
        masked = self._shorten(text)
        return masked if masked == text else self._declared(masked)

    @staticmethod
    def _hinted(text: str) -> bool:
        """Whether the structural rules may find anything; in ASCII a plain search does, many times as fast."""
        if not text.isascii():
            return _HINT.search(text.replace("_", "")) is not None
        return any(map(text.lower().replace("_", "").__contains__, _HINTS))

    def _clean(self, text: str) -> bool:
        """Whether plain searches alone show that no pattern can match; most messages pass here, many times as fast.

        ASCII without escapes; what a pattern needs is not in it: a hint, a secret or a token as it is spelt, each byte
        of a secret in hexadecimal, the core of a secret in base64."""
        if self._small is None or not text.isascii() or any(map(text.__contains__, "\\%+")):
            return False
        small = text.lower()
        return not (
            any(map(small.replace("_", "").__contains__, _STEMS))
            or any(map(small.__contains__, self._traces))
            or any(map(text.__contains__, self._cores))
            or any(all(map(small.__contains__, pairs)) for pairs in self._pairs)
        )

    def data(self, data: bytes) -> bytes:
        """`data` without anything secret; bytes that are no text pass unchanged."""
        text = data.decode("latin-1")
        masked = self.text(text)
        return data if masked == text else masked.encode("latin-1", "replace")

    def header(self, name: str, value: str) -> str:
        """The value of an HTTP header."""
        if name.strip().lower() in ("authorization", "proxy-authorization"):
            return self.text(credentials(value))
        return self.text(value)

    def value(self, value: object) -> Any:
        """A JSON-able value with every string in it masked, and whatever stands at a secret place."""
        return self._value(value, named=False)

    def _value(self, value: object, named: bool) -> Any:
        if isinstance(value, str) and not isinstance(value, Enum):
            return self.text(value)
        if isinstance(value, bytes):
            return self.data(value)
        if isinstance(value, Mapping):
            named = named or named_secret(value)
            return {self.text(str(key)): self._member(key, value, named) for key in value}
        if isinstance(value, list | tuple):
            return type(value)(self._value(item, named) for item in value)
        return value

    def _member(self, key: object, node: Mapping[str, Any], named: bool) -> Any:
        item = node[key]  # type: ignore[index]
        if secret_place(key, node, named) and not isinstance(item, Mapping | list | tuple):
            return MASK
        if isinstance(key, str) and key.lower() in TOKEN_NAMES and isinstance(item, str):
            return self.text(shorten(item))
        return self._value(item, named and key == "variableAttribute")

    def event(self, event: Event) -> Event:
        """The event as it may be written down."""
        body = self._fields(event.body)
        return event if body is event.body else event._replace(body=body)

    def _fields(self, body: _B) -> _B:
        if isinstance(body, Text):  # most of a journal, and most of its cost
            masked = self.text(body.data)
            return body if masked == body.data else replace(body, data=masked)
        changed: dict[str, object] = {}
        for field in fields(body):  # type: ignore[arg-type]
            old = getattr(body, field.name)
            new = self._headers(old) if field.name == "headers" else self.value(old)
            if new != old:
                changed[field.name] = new
        return replace(body, **changed) if changed else body  # type: ignore[type-var]

    def _headers(self, headers: Sequence[tuple[str, str]]) -> tuple[tuple[str, str], ...]:
        return tuple((self.text(name), self.header(name, value)) for name, value in headers)

    def _declared(self, text: str) -> str:
        text = _until_gone(self._plain, text, lambda _: MASK)
        if self._base64 is not None and any(core in text for core in self._cores):
            text = _mask_runs(self._base64, text)
        if "\\" in text or "%" in text or "+" in text:
            text = _until_gone(self._escaped, text, lambda _: MASK)
        return text

    def _named(self, text: str) -> bool:
        """Whether a token may stand in the text."""
        if self._small is None or not text.isascii():
            return True
        small = text.lower()
        return any(token in small for token in self._small)

    def _shorten(self, text: str) -> str:
        if self._tokens is not None and self._named(text):
            text = self._tokens.sub(lambda m: shorten(m.group()), text)
        if self._escaped_tokens is not None and ("\\" in text or "%" in text):
            text = self._escaped_tokens.sub(MASK, text)
        return text


def _until_gone(pattern: re.Pattern[str] | None, text: str, by: Callable[[re.Match[str]], str]) -> str:
    """Replace until nothing matches: a mask may complete a secret that has asterisks. Each round is shorter."""
    while pattern is not None:
        text, count = pattern.subn(by, text)
        if not count:
            break
    return text


def _mask_runs(pattern: re.Pattern[str], text: str) -> str:
    """Mask each run of base64 characters that contains a match, whole: its edges carry bits of the secret."""
    parts: list[str] = []
    at = 0
    while found := pattern.search(text, at):
        start = at + len(text[at:found.start()].rstrip(_BASE64))
        end = _BASE64_REST.match(text, found.end())
        parts += [text[at:start], MASK]
        at = end.end() if end else found.end()
    return "".join(parts) + text[at:]
