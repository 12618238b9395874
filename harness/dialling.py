"""How our station opens a connection: from the rows of a table to a request."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Protocol
from urllib.parse import quote

from harness.actor import basic, octets
from harness.rpc.link import SECOND, Dial
from harness.security.settings import TlsSettings
from harness.setting import Setting


class World(Protocol):
    """What of a session this needs; `worn` is how our side makes TLS."""

    setting: Setting
    worn: TlsSettings | None

    def tls(self) -> TlsSettings: ...

    def wishing(self, settings: TlsSettings, wish: Mapping[str, str]) -> TlsSettings: ...


def dial(world: World, wish: Mapping[str, str], who: str) -> Dial:
    """From table rows: identity, user, password, authorization ("none"), subprotocols, compression, and those
    of `wishing`; scheme "ws" speaks no TLS where a TLS port listens."""
    setting = world.setting
    known, secret = setting.load.get(who, (who or setting.identity, setting.password))
    identity = wish.get("identity", known)
    authorization = None
    if secret is not None and wish.get("authorization") != "none":
        password = octets(wish["password"]) if "password" in wish else secret
        authorization = basic(wish.get("user", identity), password)
    offers = wish.get("subprotocols", setting.dialect.subprotocol)
    secure = world.worn is not None and wish.get("scheme") != "ws"
    base = setting.url if secure else re.sub("^wss:", "ws:", setting.url)
    return Dial(
        url=f"{base.rstrip('/')}/{quote(identity, safe='')}",
        subprotocols=() if offers == "none" else tuple(offer.strip() for offer in offers.split(",")),
        authorization=authorization,
        compression=wish.get("compression") == "offered",
        timeout=min(10 * SECOND, setting.times.answer),
        tls=world.wishing(world.tls(), wish) if secure else None,
    )
