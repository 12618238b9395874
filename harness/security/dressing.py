"""From a SUT file to the `Wardrobe` of its run. The practice opponents get a PKI of their own; a real product gets
what [tls] names."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime

from cryptography.hazmat.primitives.serialization import (
    Encoding,
    NoEncryption,
    PrivateFormat,
    load_pem_private_key,
)

from harness import resources
from harness.security import declaration, store
from harness.security.errors import PkiError
from harness.security.pki import Names, Pki
from harness.security.revocation import RevocationServer
from harness.security.settings import Credential
from harness.security.wardrobe import Wardrobe
from harness.sut import Sut

PRACTICE_HOSTS = ("csms.harness.test", "127.0.0.1")
"""What the practice CSMS is called; .test never resolves (RFC 6761), it stands in certificates and SNI only."""


def wardrobe_of(sut: Sut, practised: bool, now: datetime | None = None) -> Wardrobe | None:
    """What both sides wear; below security profile 2 only what scenarios put into messages: None for a product
    without a [tls] pki. `now` is when a practice PKI is made, virtual or not. Raises PkiError, which tells the mend."""
    profile = sut.connection.security_profile
    if profile < 2 and not practised and sut.tls.pki is None:
        return None
    if practised:
        hierarchy = declaration.load(resources.root() / "certs" / "default.toml")
        return Wardrobe(profile, Pki(hierarchy, _names(sut, PRACTICE_HOSTS), now), hashes=sut.tls.hash_algorithm)
    pki = None
    if sut.tls.pki is not None:
        made = store.load(sut.path(sut.tls.pki))
        # What was made for another station, or renamed since, is called as the SUT file calls it.
        names = replace(_names(sut, sut.tls.names or made.names.hosts), organisation=made.names.organisation,
                        revocation=made.names.revocation)
        pki = Pki(made.hierarchy, names, run=made.run, given=made.given)
    trusted = (sut.path(sut.tls.ca).read_text(),) if sut.tls.ca else ()
    answers = pki is not None and bool(pki.names.revocation)
    return Wardrobe(profile, pki, _given(sut), trusted, answers, sut.tls.hash_algorithm)


def files_wardrobe(sut: Sut, worn: Wardrobe | None, now: datetime | None = None) -> Wardrobe:
    """Whence the file server and the signers of firmware have their certificates: from the run's own PKI, or from one
    made for them alone where a product's SUT file names none. The server's own certificate goes before it."""
    if worn is not None and worn.pki is not None:
        return worn
    hierarchy = declaration.load(resources.root() / "certs" / "default.toml")
    return Wardrobe(0, Pki(hierarchy, _names(sut, PRACTICE_HOSTS), now), _given(sut), worn.trusted if worn else ())


def _names(sut: Sut, hosts: tuple[str, ...]) -> Names:
    files = tuple(dict.fromkeys((sut.transfer.host, "localhost")))
    return Names(hosts, sut.station.serial, sut.connection.identity, files=files)


def revocation_server(wardrobe: Wardrobe | None, seen: Callable[[str, str], None]) -> RevocationServer | None:
    """The server of the PKI's own address, telling `seen` who asked; None without such an address. Raises PkiError."""
    pki = wardrobe.pki if wardrobe is not None else None
    return RevocationServer(pki, pki.names.revocation, seen) if pki is not None and pki.names.revocation else None


def _given(sut: Sut) -> dict[str, Credential]:
    """Our own certificate from the SUT file, under the name that it has in scenarios."""
    tls = sut.tls
    if tls.certificate is None or tls.key is None:
        return {}
    name = "CSMS certificate" if sut.role == "station" else "station certificate"
    password = tls.key_password.reveal() if tls.key_password else None
    try:
        key = load_pem_private_key(sut.path(tls.key).read_bytes(), password)
    except (ValueError, TypeError) as error:
        raise PkiError(f"{tls.key}: the key cannot be read ({error}); is key_password right?") from error
    text = key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption()).decode()
    return {name: Credential(sut.path(tls.certificate).read_text(), text, name)}
