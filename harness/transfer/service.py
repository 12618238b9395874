"""The file server of a scenario: what it offers, how it is signed, and the facts that scenarios name."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Protocol
from urllib.parse import quote

from cryptography.hazmat.primitives.asymmetric import ec

from harness import resources
from harness.oracle.verdict import HarnessFault, Inconclusive
from harness.transfer import signing
from harness.transfer.control import ROWS, Caps, control
from harness.transfer.firmware import Firmware, FirmwareError, build, flipped, load, md5
from harness.transfer.shelf import Entry, Shelf
from harness.transfer.signing import Chain, Scheme, Signer, Who
from harness.transfer.vendor import Vendor

PROTOCOLS = ("http", "https", "ftp", "ftps", "sftp")
FIRMWARE_ROWS = ROWS | {
    "image", "signed with", "signer", "signature", "protocol", "spoilt", "second fetch", "file name"
}
UPLOAD_ROWS = ROWS | {"protocol", "folder"}
_LIST = "/crl/manufacturer.crl"
_NOBODY = Vendor()
_FAILING = frozenset({"broken", "stubborn"})
_SIGNATURES = ("good", "bit flipped", "of another image")


class Place(Protocol):
    """Where files are reached: the simulation, or servers that start when they are first needed."""

    def base(self, protocol: str) -> str:
        """`scheme://host:port`, without a slash at the end. Raises OSError where it cannot be opened."""
        ...


@dataclass(frozen=True, slots=True)
class Offer:
    """What a name of the scenario stands for."""

    facts: Mapping[str, str]


class Files:
    """`harness.files.FileServer`. `vendor`: what the SUT file brings instead of our own images and signers."""

    def __init__(self, shelf: Shelf, place: Place, chain: Chain, vendor: Vendor = _NOBODY) -> None:
        self._shelf, self._place, self._chain, self._vendor = shelf, place, chain, vendor
        self._offers: dict[str, Offer] = {}

    # ---- FileServer ----------------------------------------------------------------------------------

    def serve(self, name: str, rows: Mapping[str, str]) -> None:
        """See `FileServer.serve`."""
        try:
            self._serve(name, rows)
        except (ValueError, OSError, LookupError) as error:
            raise HarnessFault(f"the file server cannot serve {name!r}: {error}") from error

    def receive(self, name: str, rows: Mapping[str, str]) -> None:
        """See `FileServer.receive`."""
        try:
            base = self._base(rows)
            folder = f"/uploads/{quote(name)}/"
            self._shelf.inbox(name, folder, control(rows))
            missing = "nowhere/" if rows.get("folder") == "missing" else ""
            self._offers[name] = Offer({"location": f"{base}{'/' + missing if missing else folder}"})
        except (ValueError, OSError) as error:
            raise HarnessFault(f"the file server cannot take {name!r}: {error}") from error

    def knows(self, name: str) -> bool:
        return name in self._offers

    def fact(self, name: str, word: str) -> str:
        facts = self._offers[name].facts if name in self._offers else {}
        if word not in facts:
            raise HarnessFault(f"the {word} of {name!r}: the file server knows {', '.join(facts) or 'no such file'}")
        return facts[word]

    def restrict(self, caps: Caps) -> None:
        """See `FileServer.restrict`."""
        self._shelf.caps = caps

    def contents(self) -> Mapping[str, bytes]:
        return {entry.path: entry.content for entry in self._shelf.entries()}

    # ---- offering ------------------------------------------------------------------------------------

    def _base(self, rows: Mapping[str, str]) -> str:
        protocol = rows.get("protocol", "http")
        if protocol not in PROTOCOLS:
            raise ValueError(f"protocol {protocol!r} is none of {', '.join(PROTOCOLS)}")
        return self._place.base(protocol)

    def _serve(self, name: str, rows: Mapping[str, str]) -> None:
        firmware = self._image(rows.get("image", "update"))
        image = build(firmware)
        who = Who(rows.get("signer", Who.MANUFACTURER))
        base = self._base(rows)
        signer, scheme = self._signer(who, rows.get("signed with"))
        self._shelf.put(Entry("revocations", _LIST, self._chain.revocations()))
        signature = self._signature(rows.get("signature", "good"), image, signer, scheme)
        usual = firmware.file.name if firmware.file else f"{firmware.name}-{firmware.version}.bin"
        filename = rows.get("file name", usual)
        path = f"/firmware/{name}/{filename}"
        served = flipped(image) if rows.get("spoilt") == "last block" else image
        later = build(self._spare(rows["second fetch"])) if "second fetch" in rows else None
        wanted = control(rows)
        if self._shelf.caps and (reason := self._shelf.caps.beyond(max(len(served), len(later or b"")), wanted)):
            raise Inconclusive(f"not tried, the scenario {reason}")
        self._shelf.put(Entry(name, path, served, later, wanted))
        self._offers[name] = Offer({
            "location": f"{base}/firmware/{quote(name)}/{quote(filename, safe='')}",
            "signature": signature,
            "signing certificate": signer.certificate,
            "checksum": md5(served),
            "version": firmware.version,
        })

    def _image(self, name: str) -> Firmware:
        """The vendor's image of that name, or ours. What we make ourselves no product can install: where the vendor
        has images, ours serve for failures only."""
        if name in self._vendor.images or not self._vendor.images or name in _FAILING:
            return self._spare(name)
        _declared(name)
        raise Inconclusive(f"the SUT file names no image {name!r} under [firmware.images]")

    def _spare(self, name: str) -> Firmware:
        """An image that only has to be another one."""
        return self._vendor.images.get(name) or _declared(name)

    def _signer(self, who: Who, wanted: str | None) -> tuple[Signer, Scheme]:
        """Who signs, and how: RSA PKCS#1 v1.5 where the scenario leaves it open, unless the vendor's key is EC."""
        own = self._vendor.signers
        scheme = Scheme(wanted or Scheme.PKCS1)
        if not own or who is Who.STRANGER:
            return self._chain.signer(who, scheme.family, f"{self._place.base('http')}{_LIST}"), scheme
        if who not in own:
            raise Inconclusive(f"the SUT file brings a signer and not {who}: [firmware] has no table for it")
        family = "EC" if isinstance(own[who].key, ec.EllipticCurvePrivateKey) else "RSA"
        if wanted is None and family == "EC":
            scheme = Scheme.ECDSA
        if scheme.family != family:
            raise Inconclusive(f"the signer of the SUT file has an {family} key, which cannot sign with {scheme}")
        return own[who], scheme

    def _signature(self, kind: str, image: bytes, signer: Signer, scheme: Scheme) -> str:
        if kind not in _SIGNATURES:
            raise ValueError(f"signature {kind!r} is none of {', '.join(_SIGNATURES)}")
        if kind == "of another image":
            return signing.sign(build(self._spare("another")), signer, scheme)
        return signing.sign(flipped(image) if kind == "bit flipped" else image, signer, scheme)


def _declared(name: str) -> Firmware:
    file = resources.root() / "fixtures" / "firmware" / f"{name}.toml"
    if not file.is_file():
        raise FirmwareError(f"no image {name!r}. Mend: add fixtures/firmware/{name}.toml")
    return load(file)
