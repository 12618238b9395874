"""What is secret by its place, declared or not: headers, keys, members of configuration messages, tokens."""

from __future__ import annotations

import base64
import json
import re
from collections.abc import Mapping
from typing import Any

MASK = "***"
_SECRET_NAMES = frozenset({
    "basicauthpassword", "authorizationkey", "password", "passphrase", "apnpassword", "simpin", "secret",
    "privatekey", "sharedsecret",
})
TOKEN_NAMES = frozenset({"idtag", "parentidtag", "idtoken"})
_NAME_KEYS = ("key", "name")
_VALUE_KEYS = ("value", "attributeValue")
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
_SPELT = "|".join("_*".join(name) for name in sorted(_SECRET_NAMES))
_SPELT_NAME = re.compile(_SPELT, re.IGNORECASE)
_SECRET_MEMBER = re.compile(
    r'("(?:key|value|attributeValue|' + _SPELT + r')"\s*:\s*)(' + _ANY_VALUE + ")", re.IGNORECASE
)


def shorten(token: str) -> str:
    """The masked form of an identification token, as `harness.report.masking` says."""
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


def named_secret(node: Mapping[str, Any]) -> bool:
    """Whether the object names a variable or key whose value is secret."""
    variable = node.get("variable")
    names = [node.get(key) for key in _NAME_KEYS]
    names.append(variable.get("name") if isinstance(variable, Mapping) else None)
    return any(_secret_name(name) for name in names)


def secret_place(key: object, node: Mapping[str, Any], named: bool) -> bool:
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
            named = within or named_secret(node)
            for key, value in node.items():
                if secret_place(key, node, named) and isinstance(value, str | int | float):
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
        return _SECRET_MEMBER.sub(rf'\1"{MASK}"', text) if _SPELT_NAME.search(text) else text
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


def structural(text: str) -> str:
    """The text without what is secret by its place."""
    text = _HEADER.sub(lambda m: m.group(1) + credentials(m.group(2)), text)
    text = _BASIC.sub(_basic, text)
    text = _BEARER.sub(rf"\1{MASK}", text)
    text = _PEM.sub(rf"\1{MASK}\2", text)
    text = _USERINFO.sub(rf"\1{MASK}", text)
    text = _TOKEN_MEMBER.sub(_token_member, text)
    return _mask_members(text)
