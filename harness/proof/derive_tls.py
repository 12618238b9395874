"""Mutants of lines about TLS: the practice opponent wears other certificates, versions, suites or no caution."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from harness.oracle.checks import Check
from harness.oracle.match import Row
from harness.proof.clean import Clean, Made
from harness.security.settings import OCPP_SUITES, USUAL_SUITES, VERSIONS, TlsSettings, Wear

_WEAK = ("NULL-SHA256", "AES128-SHA", "CAMELLIA128-SHA", "ECDHE-RSA-AES128-SHA", "ECDHE-ECDSA-AES128-SHA",
         "ECDHE-ECDSA-NULL-SHA")
_CREDULOUS = (
    ("verifies", False), ("client_certificate", False), ("minimum", "TLSv1"), ("maximum", "TLSv1.3"),
    ("security_level", 0), ("suites", (*USUAL_SUITES, *_WEAK)), ("wildcards", True), ("revocations", ()),
    ("renegotiates", True),
)
_FORGED: Mapping[str, tuple[tuple[str, object], ...]] = {
    "forged": (("takes_all", True),),
    "compressing": (("compressions", ("DEFLATE", "null")), ("suites", OCPP_SUITES)),
}
"""What a peer must be like to go along with what our side makes by hand."""
_TWINS = {
    "peer.commonName": ("other",),
    "peer.organisation": ("wrong organisation",),
    "peer.serialNumber": ("other",),
    "peer.issuer": ("unknown CA",),
    "peer.keyType": ("weak RSA",),
    "peer.keySize": ("weak RSA",),
    "peer.strength": ("weak RSA",),
    "peer.signatureHash": ("SHA-1",),
    "peer.publicKey": ("other",),
    "peer.chainLength": ("chain incomplete", "chain too long"),
}
_OTHERWISE: Mapping[str, Mapping[str, tuple[tuple[str, object], ...]]] = {
    "compression": {"the first of the offer": (("takes_all", True),)},
    "serverName": {"another name": (("server_name", "somebody-else.invalid"), ("verifies", False))},
    "renegotiation": {"unproven": (("renegotiation", True),)},
    "offeredGroups": {"secp521r1": (("curve", "secp521r1"),)},
}


def refuses(check: Check, clean: Clean) -> Made:
    """The SUT accepts what it must refuse. A credulous station that also spoke would be noticed by a line before
    this one (`sends nothing inside TLS`), so this one stands in TLS and says nothing."""
    forged = _FORGED.get(check.path, ())
    changes = _CREDULOUS + forged + ((("silent", True),) if clean.setting.sut == "station" else ())
    yield "accept", Wear(0, changes), "the handshake is accepted"
    if check.code:
        yield "no alert", Wear(0, (("alerts", False),)), "the connection ends without an alert"


def nothing_inside(check: Check, clean: Clean) -> Made:
    """The SUT goes on as if the peer were who it says it is."""
    yield "speak", Wear(0, _CREDULOUS), "credentials and OCPP go to whoever answers"


def accepts(check: Check, clean: Clean) -> Made:
    """The SUT refuses a peer that is good: it trusts nobody. A CSMS says nothing of it: the alert unknown_ca would
    mean that nobody has told it whom to trust."""
    stranger = (("trusts", ()), ("client_certificate", True), ("verifies", True),
                ("alerts", clean.setting.sut == "station"))
    yield "refuse", Wear(0, stranger), "the handshake is refused"


def session(check: Check, clean: Clean) -> Made:
    """Each row made untrue by another way to make TLS that our side would still take."""
    ours = clean.setting.tls or TlsSettings()
    for row in check.rows:
        for what, changes, twin in _changes(row, ours):
            yield f"row {row.path}: {what}", Wear(0, changes, twin), f"{row.path}: {what}"


def _changes(row: Row, ours: TlsSettings) -> Iterator[tuple[str, tuple[tuple[str, object], ...], str]]:
    if row.path in ("version", "offeredVersions"):
        for version in VERSIONS:
            if not row.pattern.accepts(version) and version in ours.versions:
                level = 0 if version in ("TLSv1", "TLSv1.1") else 1
                yield version, (("minimum", version), ("maximum", version), ("security_level", level)), ""
    elif row.path in ("suite", "offeredSuites"):
        for suite in (*OCPP_SUITES, *_WEAK[1:2]):
            if not row.pattern.accepts(suite):
                only = (("maximum", "TLSv1.2"), ("suites", (suite,)), ("security_level", 0))
                yield suite, only, ""
                return
    for what, changes in _OTHERWISE.get(row.path, {}).items():
        yield what, changes, ""
    for twin in _TWINS.get(row.path, ()):
        yield twin, (("security_level", 0),), twin
