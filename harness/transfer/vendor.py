"""What the SUT file brings of the vendor's own: a real station installs only images that its vendor made and signed."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from cryptography.hazmat.primitives.asymmetric import ec, rsa
from cryptography.hazmat.primitives.serialization import load_pem_private_key

from harness.sut import Sut
from harness.sut.model import Signing
from harness.transfer.firmware import Firmware, FirmwareError
from harness.transfer.signing import Signer, Who


@dataclass(frozen=True, slots=True)
class Vendor:
    """Images by the names that scenarios call them, and signers; empty where the SUT file names none."""

    images: Mapping[str, Firmware] = field(default_factory=dict)
    signers: Mapping[Who, Signer] = field(default_factory=dict)


def vendor_of(sut: Sut) -> Vendor:
    """[firmware] of the SUT file. Raises FirmwareError for a file that has gone since the SUT file was read."""
    table = sut.firmware
    try:
        images: dict[str, Firmware] = {
            name: Firmware(name, image.version, sut.path(image.file).stat().st_size, file=sut.path(image.file))
            for name, image in table.images.items()
        }
        named = {Who.MANUFACTURER: table, Who.EXPIRED: table.expired, Who.REVOKED: table.revoked}
        signers = {who: _signer(sut, entry) for who, entry in named.items() if entry and entry.certificate}
    except (OSError, ValueError, TypeError) as error:
        raise FirmwareError(f"{sut.file}: [firmware]: {error}. Mend: `ocpp-harness check {sut.file}`") from error
    return Vendor(images, signers)


def _signer(sut: Sut, named: Signing) -> Signer:
    certificate, key = _text(sut, named.certificate), _text(sut, named.key)
    password = named.key_password.reveal() if named.key_password else None
    loaded = load_pem_private_key(key.encode(), password)
    if not isinstance(loaded, rsa.RSAPrivateKey | ec.EllipticCurvePrivateKey):
        raise TypeError(f"the key {named.key} is neither RSA nor EC")
    return Signer(certificate, loaded)


def _text(sut: Sut, name: str | None) -> str:
    return Path(sut.path(name or "")).read_text("utf-8")
