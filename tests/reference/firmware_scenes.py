"""Requests for firmware and logs, for the behaviour tests of both practice stations."""

from __future__ import annotations

from datetime import UTC, datetime
from functools import cache
from typing import Any

from harness import resources
from harness.security import declaration
from harness.security.pki import Pki
from harness.transfer.firmware import Firmware, build, flipped
from harness.transfer.signing import Scheme, Who, chain_of, sign

IMAGE = build(Firmware("update", "2.0.0", 4096))
CHAIN = chain_of(
    Pki(declaration.load(resources.root() / "certs" / "default.toml"), now=datetime(2026, 2, 20, tzinfo=UTC))
)
ROOT = CHAIN.root
PAST = "2020-01-01T00:00:00Z"


@cache
def firmware(who: Who = Who.MANUFACTURER, good: bool = True) -> dict[str, Any]:
    """The `firmware` member of a signed update; its signature may be that of another file."""
    signer = CHAIN.signer(who, "EC", "http://files.invalid/crl")
    signature = sign(IMAGE if good else flipped(IMAGE), signer, Scheme.ECDSA)
    return {
        "location": "http://files.invalid/f", "retrieveDateTime": PAST,
        "signingCertificate": signer.certificate, "signature": signature,
    }  # fmt: skip


LOG = {"remoteLocation": "http://files.invalid/logs/"}
NOWHERE = {"remoteLocation": "http://files.invalid/nowhere/"}
