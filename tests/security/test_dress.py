"""What an endpoint has installed goes before what it was delivered with, but not before what a proof has spoilt."""

from __future__ import annotations

from dataclasses import replace

import pytest

from harness.security.settings import Credential, TlsDress, TlsSchedule, TlsSettings, TlsSwitch

OLD, NEW, BAD = (Credential(name, "key", name) for name in ("old", "new", "bad"))
FIRST = TlsSettings((OLD,), ("old root",))


def worn(base: TlsSettings | TlsSchedule | TlsSwitch, link: int = 1) -> tuple[tuple[Credential, ...], tuple[str, ...]]:
    settings = TlsDress(base, (NEW,), ("new root",)).at(link)
    assert settings is not None
    return settings.credentials, settings.trusts


def test_what_is_installed_is_worn() -> None:
    assert worn(FIRST) == ((NEW,), ("new root",))


@pytest.mark.parametrize(("spoilt", "expected"), [
    (replace(FIRST, credentials=(BAD,)), ((BAD,), ("new root",))),
    (replace(FIRST, trusts=("bad root",)), ((NEW,), ("bad root",))),
    (replace(FIRST, minimum="TLSv1.3"), ((NEW,), ("new root",))),
])
def test_what_a_proof_spoils_stays_spoilt(
    spoilt: TlsSettings, expected: tuple[tuple[Credential, ...], tuple[str, ...]]
) -> None:
    schedule = TlsSchedule(FIRST, 2, spoilt)
    assert worn(schedule, 1) == ((NEW,), ("new root",))
    assert worn(schedule, 2) == expected
    switch = TlsSwitch(FIRST, spoilt)
    assert worn(switch) == ((NEW,), ("new root",))
    switch.on = True
    assert worn(switch) == expected
