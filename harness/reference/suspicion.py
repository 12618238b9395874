"""What a practice station makes of a TLS handshake that failed: which security event it is, if any."""

from __future__ import annotations

from dataclasses import replace

from harness.reference.certificates import Own
from harness.security.settings import Credential, TlsDress, TlsSchedule, TlsSettings, TlsSwitch

_WORDS = (
    ("CERTIFICATE_VERIFY_FAILED", "certificate"),
    ("KEY_TOO_SMALL", "certificate"),
    ("MD_TOO_WEAK", "certificate"),
    ("UNSUPPORTED_PROTOCOL", "InvalidTLSVersion"),
    ("ALERT_PROTOCOL_VERSION", "InvalidTLSVersion"),
    ("WRONG_VERSION_NUMBER", "InvalidTLSVersion"),
    ("ALERT_HANDSHAKE_FAILURE", "InvalidTLSCipherSuite"),
    ("WRONG_CIPHER", "InvalidTLSCipherSuite"),
)
_CERTIFICATE_EVENTS = {"1.6": "InvalidCentralSystemCertificate"}


def security_event(version: str, reason: str) -> str | None:
    """The security event of OCPP `version` for the `reason` of a `Refused`; None where TLS was not at fault.

    2.0.1 A00.FR.310, .316, .413, .419; 1.6 security whitepaper A00.FR.309, .413."""
    if not reason.startswith("TLS: "):
        return None
    found = next((event for word, event in _WORDS if word in reason), None)
    return _CERTIFICATE_EVENTS.get(version, "InvalidCsmsCertificate") if found == "certificate" else found


def dressed(tls: object | None, own: Own | None, trusts: tuple[str, ...]) -> object | None:
    """TLS settings with the station's own certificate, if it shows one, and the roots that it trusts by now."""
    if not isinstance(tls, TlsSettings | TlsSchedule | TlsSwitch):
        return tls
    return TlsDress(tls, (Credential(own.chain, own.key),) if own is not None else (), trusts)


def credulous(tls: object | None) -> object | None:
    """TLS settings that verify nobody."""
    if isinstance(tls, TlsDress) and isinstance(tls.base, TlsSettings):
        return replace(tls, base=replace(tls.base, verifies=False))
    return replace(tls, verifies=False) if isinstance(tls, TlsSettings) else tls
