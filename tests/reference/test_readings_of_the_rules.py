"""What both practice stations make of certificates and versions, by the functions they share."""

from __future__ import annotations

import base64

import pytest
from cryptography.x509 import load_pem_x509_certificate

from harness.reference.certificates import installable, signed_by
from harness.reference.verification import rank
from harness.security.pki import pem_of
from tests.reference.certificate_scenes import PKI
from tests.reference.station201_bench import START, Bench, booted

ROOT = PKI.authority("CSMS root").pem


def damaged(pem: str) -> str:
    """One bit of its signature turned over."""
    certificate = load_pem_x509_certificate(pem.encode())
    der = base64.b64decode("".join(pem.split("-----")[2].split()))
    spoilt = der[:-1] + bytes((der[-1] ^ 1,))
    assert certificate.signature[-1] == der[-1]
    return f"-----BEGIN CERTIFICATE-----\n{base64.encodebytes(spoilt).decode()}-----END CERTIFICATE-----\n"


@pytest.mark.parametrize(("pem", "sound"), [
    (ROOT, True),
    (damaged(ROOT), False),  # no root that it signed itself
    (PKI.authority("CSMS intermediate").pem, True),  # whose issuer need not be known
    (pem_of(PKI.issued("CSMS certificate").certificate), False),
    ("", False),
    (ROOT + ROOT, False),
])
def test_what_can_be_installed_as_a_root(pem: str, sound: bool) -> None:
    assert installable(pem, START) is sound


def test_who_signed_it() -> None:
    assert signed_by(PKI.authority("CSMS intermediate").pem, ROOT)
    assert not signed_by(PKI.authority("CSMS intermediate").pem, PKI.authority("station root").pem)
    assert not signed_by("", ROOT)


@pytest.mark.parametrize(("older", "newer"), [
    ("1.0.0", "1.0.1"), ("1.9", "1.10"), ("1.9.9", "2"), ("1", "1.1"), ("1.x", "1.1"), ("", "1"),
])
def test_which_version_is_older(older: str, newer: str) -> None:
    assert rank(older) < rank(newer)
    assert not rank(newer) < rank(older)
    assert not rank(older) < rank(older)


def left_cable() -> Bench:
    bench = booted()
    bench.set("OCPPCommCtrlr", "UnlockOnEVSideDisconnect", "false")
    bench.charge()
    bench.ask("unplug_ev", evse=1)
    bench.clear()
    return bench


def test_a_cable_that_was_left_behind_is_for_its_driver_alone() -> None:
    """E09.FR.03."""
    bench = left_cable()
    bench.ask("present", token="ANOTHER", type="ISO14443", evse=1)
    assert "Available" not in [call.payload["connectorStatus"] for call in bench.of("StatusNotification")]
    bench = left_cable()
    bench.ask("present", token="VALID", type="ISO14443", evse=1)
    assert "Available" in [call.payload["connectorStatus"] for call in bench.of("StatusNotification")]
    assert bench.of("Authorize") == []
