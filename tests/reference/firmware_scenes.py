"""Requests for firmware and logs, for the behaviour tests of both practice stations."""

from __future__ import annotations

from functools import cache
from typing import Any

from harness.transfer.firmware import Firmware, build, flipped
from harness.transfer.signing import Scheme, Who, own_chain, sign

IMAGE = build(Firmware("update", "2.0.0", 4096))
ROOT = own_chain().root
PAST = "2020-01-01T00:00:00Z"


@cache
def firmware(who: Who = Who.MANUFACTURER, good: bool = True) -> dict[str, Any]:
    """The `firmware` member of a signed update; its signature may be that of another file."""
    signer = own_chain().signer(who, "EC", "")
    signature = sign(IMAGE if good else flipped(IMAGE), signer, Scheme.ECDSA)
    return {
        "location": "http://files.invalid/f", "retrieveDateTime": PAST,
        "signingCertificate": signer.certificate, "signature": signature,
    }  # fmt: skip


LOG = {"remoteLocation": "http://files.invalid/logs/"}
