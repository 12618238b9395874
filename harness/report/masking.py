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

import base64
import json
import re
import string
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import fields, replace
from enum import Enum
from typing import Any, TypeVar

from harness.journal import Event, Text

MASK = "***"
SHORTEST = 4

_B = TypeVar("_B")
_SHORT_ESCAPES = {"\b": "b", "\f": "f", "\n": "n", "\r": "r", "\t": "t"}
_BASE64 = string.ascii_letters + string.digits + "+/_-"
_BASE64_REST = re.compile(r"[A-Za-z0-9+/_\-]*={0,2}")

_SECRET_NAMES = frozenset({
    "basicauthpassword", "authorizationkey", "password", "passphrase", "apnpassword", "simpin", "secret",
    "privatekey", "sharedsecret",
})
_TOKEN_NAMES = frozenset({"idtag", "parentidtag", "idtoken"})
_NAME_KEYS = ("key", "name")
_VALUE_KEYS = ("value", "attributeValue")
_HINT = re.compile(
    r"basic|bearer|authoriz|private key|passw|passphrase|secret|simpin|privatekey|idtag|idtoken|\\u|://",
    re.IGNORECASE,
)
_HINTS = (
    "basic", "bearer", "authoriz", "private key", "passw", "passphrase", "secret", "simpin", "privatekey", "idtag",
    "idtoken", "\\u", "://",
)
_STEMS = ("basic", "bearer", "authoriz", "private", "pass", "secret", "simpin", "idt", "://")
"""At least one is in every ASCII text without a backslash that one of the hints is in."""
_HEADER = re.compile(r"(?im)^((?:proxy-)?authorization[ \t]*:[ \t]*)([^\r\n]*)")
_BASIC = re.compile(r"(?i)\b(basic\s+)([A-Za-z0-9+/_\-]{4,}={0,2})")
_BEARER = re.compile(r"(?i)\b(bearer\s+)[A-Za-z0-9._~+/\-]{8,}={0,2}")
_PEM = re.compile(r"(-----BEGIN [A-Z0-9 ]*PRIVATE KEY-----).*?(-----END [A-Z0-9 ]*PRIVATE KEY-----|\Z)", re.DOTALL)
_USERINFO = re.compile(r"(://[^\s/@:\"]*:)[^\s/\"]+(?=@)")
_SHORTENED = re.compile(r"..\*\*\*..", re.DOTALL)
_MASKED_CREDENTIALS = re.compile(r"\S+ \*\*\*(?: \(user .*\))?", re.DOTALL)
_STRING = r'"(?:[^"\\]|\\.)*(?:"|\Z)'
_TOKEN_MEMBER = re.compile(r'("(?:parentIdTag|idTag|idToken)"\s*:\s*)(' + _STRING + ")", re.IGNORECASE)
_ANY_VALUE = _STRING + r"|[^\s,}\]\"{\[]+"
_SECRET_MEMBER = re.compile(
    r'("(?:key|value|attributeValue|' + "|".join(sorted(_SECRET_NAMES)) + r')"\s*:\s*)(' + _ANY_VALUE + ")",
    re.IGNORECASE,
)


# ---- forms of a declared secret ---------------------------------------------------------------------


def _base64_cores(raw: bytes) -> Iterator[str]:
    """What base64 of anything that contains `raw` must contain: one text for each of the three alignments."""
    for shift in range(3):
        encoded = base64.b64encode(b"\0" * shift + raw).decode()
        first = (shift * 8 + 5) // 6
        last = (shift + len(raw)) * 8 // 6
        core = encoded[first:last]
        if len(core) >= SHORTEST:
            yield core
            yield core.replace("+", "-").replace("/", "_")


def _hex(raw: bytes) -> str:
    pairs = (f"{byte:02x}" for byte in raw)
    return "[ :-]?".join("".join(f"[{digit}{digit.upper()}]" for digit in pair) for pair in pairs)


def _readings(raw: bytes) -> set[str]:
    """How the bytes may look as text: UTF-8, one character per byte, and with surrogate escapes (HTTP headers)."""
    readings = {raw.decode("latin-1"), raw.decode("ascii", "surrogateescape"), raw.decode("utf-8", "surrogateescape")}
    return {reading for reading in readings if len(reading) >= SHORTEST}


def _escaped(text: str) -> str:
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


def _encodable(text: str) -> bool:
    try:
        text.encode("utf-8", "surrogateescape")
    except UnicodeEncodeError:
        return False
    return True


def _bytes_of(secret: bytes | str, unhex: bool = True) -> Iterator[bytes]:
    raw = secret if isinstance(secret, bytes) else secret.encode("utf-8", "surrogatepass")
    yield raw
    if unhex and len(raw) >= 2 * SHORTEST and re.fullmatch(rb"(?:[0-9A-Fa-f]{2})+", raw):
        yield bytes.fromhex(raw.decode())


def _any(patterns: Iterable[str], flags: int = 0) -> re.Pattern[str] | None:
    ordered = sorted(set(patterns), key=lambda p: (-len(p), p))
    return re.compile("|".join(ordered), flags) if ordered else None


# ---- rules that need no declaration -----------------------------------------------------------------


def shorten(token: str) -> str:
    """The masked form of an identification token, see the module's text."""
    if not token:
        return token
    if _SHORTENED.fullmatch(token):
        return token
    return token[:2] + MASK + token[-2:] if len(token) >= 8 else MASK


def _basic(match: re.Match[str]) -> str:
    """Keep the user name of Basic credentials; leave prose such as "basic principles" alone."""
    text = match.group(2).rstrip("=").replace("-", "+").replace("_", "/")
    try:
        decoded = base64.b64decode(text + "=" * (-len(text) % 4)).decode("latin-1")
    except ValueError:
        return match.group()
    user, colon, _ = decoded.partition(":")
    if not colon:
        return match.group()
    return f'{match.group(1)}{MASK} (user {user if user.isprintable() else "?"})'


def credentials(value: str) -> str:
    """The value of an Authorization header with nothing secret left; scheme and Basic's user name stay."""
    if _MASKED_CREDENTIALS.fullmatch(value):
        return value
    scheme, space, _ = value.strip().partition(" ")
    if not space:
        return MASK
    known = _BASIC.fullmatch(value.strip())
    masked = _basic(known) if known else ""
    return masked if MASK in masked else f"{scheme} {MASK}"


def _secret_name(name: object) -> bool:
    return isinstance(name, str) and name.replace("_", "").lower() in _SECRET_NAMES


def _named_secret(node: Mapping[str, Any]) -> bool:
    variable = node.get("variable")
    names = [node.get(key) for key in _NAME_KEYS]
    names.append(variable.get("name") if isinstance(variable, Mapping) else None)
    return any(_secret_name(name) for name in names)


def _secret_place(key: object, node: Mapping[str, Any], named: bool) -> bool:
    """Does member `key` of `node` hold a secret? `named`: the object or the one around it names a secret variable.

    A `key` beside a `password` is the pre-shared key of a VPN in SetNetworkProfile."""
    return _secret_name(key) or (named and key in _VALUE_KEYS) or (key == "key" and "password" in node)


def _secret_values(document: Any) -> set[str]:
    """All values in a JSON document that stand at a secret place, strings or numbers, as text."""
    found: set[str] = set()
    stack: list[tuple[Any, bool]] = [(document, False)]
    while stack:
        node, within = stack.pop()
        if isinstance(node, Mapping):
            named = within or _named_secret(node)
            for key, value in node.items():
                if _secret_place(key, node, named) and isinstance(value, str | int | float):
                    found.add(str(value))
                else:
                    stack.append((value, named and key == "variableAttribute"))
        elif isinstance(node, list):
            stack.extend((item, within) for item in node)
    return found - {MASK, ""}


def _unique(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    members = dict(pairs)
    if len(members) != len(pairs):
        raise ValueError("a name twice in one object hides the first value")
    return members


def _parse(text: str) -> Any:
    try:
        return json.loads(text, object_pairs_hook=_unique)
    except (ValueError, RecursionError):
        return None


def _literal(text: str) -> str:
    value = _parse(text)
    return text.strip('"') if value is None else str(value)


def _mask_members(text: str) -> str:
    """Mask configuration values at secret places; the rest of the text stays as it came."""
    document = _parse(text)
    if document is None:
        names = re.compile("|".join(_SECRET_NAMES), re.IGNORECASE)
        return _SECRET_MEMBER.sub(rf'\1"{MASK}"', text) if names.search(text) else text
    secret = _secret_values(document)
    if not secret:
        return text

    def member(match: re.Match[str]) -> str:
        return f'{match.group(1)}"{MASK}"' if _literal(match.group(2)) in secret else match.group()

    masked = _SECRET_MEMBER.sub(member, text)
    # Escapes in a member's name hide it from the pattern: then the text cannot be kept and is written anew.
    return masked if not _secret_values(_parse(masked)) else json.dumps(_blank(document, secret))


def _blank(node: Any, secret: set[str]) -> Any:
    if isinstance(node, Mapping):
        return {key: _blank(value, secret) for key, value in node.items()}
    if isinstance(node, list):
        return [_blank(item, secret) for item in node]
    return MASK if str(node) in secret else node


def _token_member(match: re.Match[str]) -> str:
    return match.group(1) + json.dumps(shorten(_literal(match.group(2))))


def _structural(text: str) -> str:
    text = _HEADER.sub(lambda m: m.group(1) + credentials(m.group(2)), text)
    text = _BASIC.sub(_basic, text)
    text = _BEARER.sub(rf"\1{MASK}", text)
    text = _PEM.sub(rf"\1{MASK}\2", text)
    text = _USERINFO.sub(rf"\1{MASK}", text)
    text = _TOKEN_MEMBER.sub(_token_member, text)
    return _mask_members(text)


# ---- the object -------------------------------------------------------------------------------------


class Masks:
    """Masks text, bytes, JSON-able values and journal events. Immutable, usable from any thread, never raises.

    `secrets` are passwords and keys, `tokens` identification tokens of the SUT file.
    """

    def __init__(self, secrets: Iterable[bytes | str] = (), tokens: Iterable[str] = ()) -> None:
        raws = {raw for secret in secrets for raw in _bytes_of(secret) if len(raw) >= SHORTEST}
        readings = {reading for raw in raws for reading in _readings(raw)}
        self._plain = _any([re.escape(r) for r in readings] + [_hex(raw) for raw in raws])
        self._cores = tuple({core for raw in raws for core in _base64_cores(raw)})
        self._base64 = _any(map(re.escape, self._cores))
        self._escaped = _any(_escaped(r) for r in readings if _encodable(r))
        spelt = {spelling for token in tokens for raw in _bytes_of(token, unhex=False) for spelling in _readings(raw)}
        long = [token for token in spelt if len(token) >= SHORTEST]
        self._tokens = _any((re.escape(token) for token in long), re.IGNORECASE)
        self._small = tuple({token.lower() for token in long}) if all(map(str.isascii, long)) else None
        self._escaped_tokens = _any((_escaped(token) for token in long if _encodable(token)), re.IGNORECASE)
        traces = {reading.lower() for reading in readings if reading.isascii()}
        self._traces = (*_STEMS, *traces, *(self._small or ()))
        self._pairs = tuple(tuple({f"{byte:02x}" for byte in raw}) for raw in raws)

    def texts(self, texts: Sequence[str]) -> Sequence[str]:
        """Each of them without anything secret. What no search finds in all of them at once is in none of them."""
        return texts if self._clean("\n".join(texts)) else [self.text(text) for text in texts]

    def text(self, text: str) -> str:
        """`text` without anything secret."""
        if self._clean(text):
            return text
        if self._hinted(text):
            text = _structural(text)
        text = self._declared(text)
        masked = self._shorten(text)
        return masked if masked == text else self._declared(masked)

    @staticmethod
    def _hinted(text: str) -> bool:
        """Whether the structural rules may find anything; in ASCII a plain search does, many times as fast."""
        if not text.isascii():
            return _HINT.search(text) is not None
        return any(map(text.lower().__contains__, _HINTS))

    def _clean(self, text: str) -> bool:
        """Whether plain searches alone show that no pattern can match; most messages pass here, many times as fast.

        ASCII without escapes; what a pattern needs is not in it: a hint, a secret or a token as it is spelt, each byte
        of a secret in hexadecimal, the core of a secret in base64."""
        if self._small is None or not text.isascii() or any(map(text.__contains__, "\\%+")):
            return False
        small = text.lower()
        return not (
            any(map(small.__contains__, self._traces))
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
            named = named or _named_secret(value)
            return {self.text(str(key)): self._member(key, value, named) for key in value}
        if isinstance(value, list | tuple):
            return type(value)(self._value(item, named) for item in value)
        return value

    def _member(self, key: object, node: Mapping[str, Any], named: bool) -> Any:
        item = node[key]  # type: ignore[index]
        if _secret_place(key, node, named) and not isinstance(item, Mapping | list | tuple):
            return MASK
        if isinstance(key, str) and key.lower() in _TOKEN_NAMES and isinstance(item, str):
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
