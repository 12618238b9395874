"""The SUT file as a scenario sees it: facts and limits, as values."""

from __future__ import annotations

from harness.attack import limits_of
from harness.facts import Facts, Token
from harness.rpc.dialect import DIALECTS, Role, Version
from harness.rpc.link import SECOND
from harness.security.wardrobe import Wardrobe
from harness.setting import Setting, Times
from harness.sut import Sut

_STATUS = {
    "invalid": "Invalid",
    "unknown": "Unknown",
    "blocked": "Blocked",
    "expired": "Expired",
    "no_credit": "NoCredit",
    "concurrent": "ConcurrentTx",
    "not_allowed_evse": "NotAllowedTypeEVSE",
    "not_at_this_location": "NotAtThisLocation",
    "not_at_this_time": "NotAtThisTime",
}
_STATUS_16 = frozenset({"Accepted", "Blocked", "Expired", "Invalid", "ConcurrentTx"})


def token_status(name: str, version: str) -> str:
    """What a CSMS says of the SUT file's token of that name, in the words of the version."""
    status = _STATUS.get(name, "Accepted")
    return status if version != "1.6" or status in _STATUS_16 else "Invalid"


def facts_of(sut: Sut, version: str, transaction: str = "harness-tx-1") -> Facts:
    """The SUT file's names for scenarios. `transaction` is the 2.x transactionId of our station."""
    named = {name: sut.tokens.named(name) for name in type(sut.tokens).model_fields}
    tokens = {
        name: Token(token.id, token.type, token_status(name, version), token.group)
        for name, token in named.items()
        if token is not None
    }
    texts = {
        "identity": sut.connection.identity,
        **sut.station.texts,
        "security profile": sut.connection.security_profile,
        "transaction": 1 if version == "1.6" else transaction,
    }
    return Facts(version, tokens, texts, sut.timing.heartbeat_interval)


def _ns(value: float) -> int:
    return round(value * SECOND)


def setting_of(
    sut: Sut, version: Version, url: str = "", transaction: str = "harness-tx-1", wardrobe: Wardrobe | None = None
) -> Setting:
    """The SUT file as a scenario sees it. `transaction` is the 2.x transactionId of our station."""
    ours: Role = "csms" if sut.role == "station" else "station"
    timing = sut.timing
    password = sut.connection.password
    return Setting(
        sut=sut.role,
        dialect=DIALECTS[version],
        facts=facts_of(sut, version, transaction),
        identity=sut.connection.identity,
        password=password.reveal() if password else None,
        url=url or sut.connection.url or "",
        times=Times(
            _ns(timing.answer),
            _ns(timing.action),
            _ns(timing.boot),
            _ns(timing.reconnect),
            _ns(timing.tolerance),
            _ns(timing.message_timeout),
        ),
        connectors={evse.id: evse.connectors for evse in sut.station.evses},
        features=sut.features.ids,
        security_profile=sut.connection.security_profile,
        second=sut.connection.second,
        load=sut.load.stations if sut.load else {},
        attack=limits_of(sut.attack, url or sut.connection.url or ""),
        tls=wardrobe.judging(ours) if wardrobe and wardrobe.profile >= 2 else None,
        certificates=wardrobe,
    )
