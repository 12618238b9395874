"""Rules for [tokens]: lengths and types of the version, groups that mean what their names say."""

from __future__ import annotations

from collections.abc import Iterator

from harness.sut.endpoint_rules import Broken
from harness.sut.model import Tables, Token, Tokens
from harness.sut.problem import nearest

TYPES_201 = frozenset(
    {"Central", "eMAID", "ISO14443", "ISO15693", "KeyCode", "Local", "MacAddress", "NoAuthorization"}
)
"""IdTokenEnumType of OCPP 2.0.1; in 2.1 the type is a free string."""

_LONGEST = {"1.6": 20, "2.0.1": 36, "2.1": 255}
_ACCEPTED = frozenset({"valid", "second", "group", "same_group", "other_group", "master_pass"})
_GROUPED = ("group", "same_group", "other_group", "master_pass")


def tokens(tables: Tables) -> Iterator[Broken]:
    """Every fault of every token."""
    present = {name: token for name in Tokens.model_fields if (token := tables.tokens.named(name))}
    for name, token in present.items():
        yield from _shape(name, token, tables.sut.versions)
    yield from _distinct(present)
    yield from _groups(present)


def _shape(name: str, token: Token, versions: tuple[str, ...]) -> Iterator[Broken]:
    longest = min(_LONGEST[version] for version in versions)
    for key, text in (("id", token.id), ("group", token.group or "")):
        if len(text) > longest:
            what = f"{len(text)} characters, where OCPP {' and '.join(versions)} allow {longest}"
            yield ("tokens", name, key), what, "give a shorter one"
    if "2.0.1" in versions and token.type not in TYPES_201:
        yield ("tokens", name, "type"), f'"{token.type}" is no idToken type of 2.0.1', nearest(token.type, TYPES_201)


def _distinct(present: dict[str, Token]) -> Iterator[Broken]:
    owners: dict[str, str] = {}
    for name, token in present.items():
        first = owners.setdefault(token.id.casefold(), name)
        both = {first, name}
        if len(both) == 2 and (both == {"valid", "second"} or not both <= _ACCEPTED):
            what = f'the same id as "{first}", so it cannot be both'
            yield ("tokens", name, "id"), what, "give each its own card (case does not count in an idToken)"


def _groups(present: dict[str, Token]) -> Iterator[Broken]:
    for name in _GROUPED:
        if name in present and present[name].group is None:
            yield ("tokens", name, "group"), f"the {name} token has no group", 'add group = "..."'
    mine = present["group"].group if "group" in present else None
    for name, same in (("same_group", True), ("other_group", False)):
        theirs = present[name].group if name in present else None
        if mine and theirs and (mine.casefold() == theirs.casefold()) != same:
            what = f"this must {'' if same else 'not '}be the group of the group token"
            yield ("tokens", name, "group"), what, "correct the group of one of the two"
