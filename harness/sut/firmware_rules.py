"""Rules for [firmware]: the vendor's images are there, and every signing key belongs to its certificate."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from harness import reading
from harness.sut.endpoint_rules import Broken, pair
from harness.sut.model import Signing, Tables

LARGEST = 256 * 1024 * 1024
"""Bytes of an image that is held in memory."""
_LONGEST = 5_500
"""Characters of signingCertificate in UpdateFirmware and SignedUpdateFirmware."""


def firmware(tables: Tables, folder: Path) -> Iterator[Broken]:
    """Files that exist and hold what they should."""
    table = tables.firmware
    if tables.sut.role == "csms" and table.model_fields_set:
        yield ("firmware",), "a CSMS installs no firmware", "remove [firmware]"
        return
    signers: tuple[tuple[tuple[str, ...], Signing | None], ...] = (
        (("firmware",), table), (("firmware", "expired"), table.expired), (("firmware", "revoked"), table.revoked)
    )  # fmt: skip
    for at, named in signers:
        if named is not None:
            yield from pair(at, named, folder, dated=at[-1] != "expired")
            yield from _fits(at, named.certificate, folder)
            if named is not table and table.certificate is None:
                what = f"the {at[-1]} signer stands alone"
                yield at, what, "name certificate and key of the good signer in [firmware] as well"
    for name, image in table.images.items():
        yield from _image(("firmware", "images", name, "file"), folder / image.file, image.file)


def _fits(at: tuple[str, ...], certificate: str | None, folder: Path) -> Iterator[Broken]:
    """Whether the request has room for the certificate."""
    try:
        size = len(reading.content(folder / certificate)) if certificate else 0
    except (OSError, ValueError):
        return  # told already
    if size > _LONGEST:
        what = f"the file {certificate} has {size} characters, signingCertificate takes {_LONGEST}"
        yield (*at, "certificate"), what, "leave in it only what the station needs to trust the signer"


def _image(at: tuple[str, ...], file: Path, name: str) -> Iterator[Broken]:
    try:
        with reading.regular(file).open("rb") as opened:
            empty = not opened.read(1)
        size = file.stat().st_size
    except (OSError, ValueError) as error:
        what = f"the image {name} cannot be read{reading.why(error)}"
        yield at, what, "give a readable file, relative to the SUT file"
        return
    if empty or size > LARGEST:
        yield at, f"the image {name} has {size} bytes", f"give an image of 1 to {LARGEST} bytes"
