"""The file server of a scenario: what it offers, how it is signed, and the facts that scenarios name."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Protocol
from urllib.parse import quote

from harness import resources
from harness.oracle.verdict import HarnessFault
from harness.transfer import signing
from harness.transfer.control import ROWS, control
from harness.transfer.firmware import Firmware, FirmwareError, build, flipped, load, md5
from harness.transfer.shelf import Entry, Shelf
from harness.transfer.signing import Chain, Scheme, Who

PROTOCOLS = ("http", "https", "ftp", "ftps", "sftp")
FIRMWARE_ROWS = ROWS | {
    "image", "signed with", "signer", "signature", "protocol", "spoilt", "second fetch", "file name"
}
UPLOAD_ROWS = ROWS | {"protocol", "folder"}
_LIST = "/crl/manufacturer.crl"
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
    """`harness.files.FileServer`. `secure` is the protocol used where a scenario names none."""

    def __init__(self, shelf: Shelf, place: Place, chain: Chain, usual: str = "http") -> None:
        self._shelf, self._place, self._chain, self._usual = shelf, place, chain, usual
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

    def contents(self) -> Mapping[str, bytes]:
        return {entry.path: entry.content for entry in self._shelf.entries()}

    # ---- offering ------------------------------------------------------------------------------------

    def _base(self, rows: Mapping[str, str]) -> str:
        protocol = rows.get("protocol", self._usual)
        if protocol not in PROTOCOLS:
            raise ValueError(f"protocol {protocol!r} is none of {', '.join(PROTOCOLS)}")
        return self._place.base(protocol)

    def _serve(self, name: str, rows: Mapping[str, str]) -> None:
        firmware = _declared(rows.get("image", "update"))
        image = build(firmware)
        scheme = Scheme(rows.get("signed with", Scheme.PKCS1))
        who = Who(rows.get("signer", Who.MANUFACTURER))
        base = self._base(rows)
        signer = self._chain.signer(who, scheme.family, f"{self._place.base('http')}{_LIST}")
        self._shelf.put(Entry("revocations", _LIST, self._chain.revocations()))
        signature = _signature(rows.get("signature", "good"), image, signer, scheme)
        filename = rows.get("file name", f"{firmware.name}-{firmware.version}.bin")
        path = f"/firmware/{name}/{filename}"
        served = flipped(image) if rows.get("spoilt") == "last block" else image
        later = build(_declared(rows["second fetch"])) if "second fetch" in rows else None
        self._shelf.put(Entry(name, path, served, later, control(rows)))
        self._offers[name] = Offer({
            "location": f"{base}/firmware/{quote(name)}/{quote(filename, safe='')}",
            "signature": signature,
            "signing certificate": signer.certificate,
            "checksum": md5(served),
            "version": firmware.version,
        })


def _declared(name: str) -> Firmware:
    file = resources.root() / "fixtures" / "firmware" / f"{name}.toml"
    if not file.is_file():
        raise FirmwareError(f"no image {name!r}. Mend: add fixtures/firmware/{name}.toml")
    return load(file)


def _signature(kind: str, image: bytes, signer: signing.Signer, scheme: Scheme) -> str:
    if kind not in _SIGNATURES:
        raise ValueError(f"signature {kind!r} is none of {', '.join(_SIGNATURES)}")
    if kind == "of another image":
        return signing.sign(build(_declared("another")), signer, scheme)
    if kind == "bit flipped":
        return signing.sign(flipped(image), signer, scheme)
    return signing.sign(image, signer, scheme)
