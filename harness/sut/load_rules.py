"""Rules for [load]: stations of ours that a CSMS under test has to know."""

from __future__ import annotations

from collections.abc import Iterator

from harness.sut.endpoint_rules import MAX_IDENTITY, PASSWORD_PROFILES, Broken
from harness.sut.model import NUMBER, Load, Tables

_AT = ("load", "identities")
_EXAMPLE = 'write identities = "CS{number:03}", which is CS001, CS002 ...'


def load(tables: Tables) -> Iterator[Broken]:
    """Names that differ, that OCPP allows and that no other station has; credentials that fit the security profile."""
    stations, endpoint = tables.load, tables.connection
    if stations is None:
        return
    if tables.sut.role != "csms":
        yield ("load",), "only a CSMS under test serves many stations of ours", "remove the table"
        return
    if endpoint.security_profile == 3:
        what = "with security profile 3 each station would need a certificate of its own"
        yield ("load",), what, "remove the table, or use a file with security profile 1 or 2"
        return
    yield from _names(tables, stations)
    if endpoint.security_profile in PASSWORD_PROFILES and stations.password is None:
        what = f"security profile {endpoint.security_profile} needs a password for these stations too"
        yield ("load", "password"), what, 'write password = { env = "NAME" }, { file = "path" } or a text'


def _names(tables: Tables, stations: Load) -> Iterator[Broken]:
    if len(NUMBER.findall(stations.identities)) != 1 or set("{}") & set(NUMBER.sub("", stations.identities)):
        yield _AT, "this is no pattern: it must have {number} or {number:03} in it, once, and no other braces", _EXAMPLE
        return
    endpoint = tables.connection
    if endpoint.security_profile in PASSWORD_PROFILES and ":" in NUMBER.sub("", stations.identities):
        what = "HTTP Basic allows no colon in an identity, which is the user name (RFC 7617)"
        yield _AT, what, "give the stations other identities"
    if set(tables.sut.versions) - {"1.6"} and max(map(len, stations.names)) > MAX_IDENTITY:
        yield _AT, f"an identity is longer than {MAX_IDENTITY} characters", "give the stations shorter identities"
    taken = {endpoint.identity, endpoint.second_identity} & set(stations.names)
    for identity in sorted(name for name in taken if name):
        yield _AT, f"{identity!r} is a station of [connection] already", "choose a pattern that does not give it"
