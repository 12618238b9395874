"""Both sides of a TLS connection, as the tests of the wire and of its security have them."""

from __future__ import annotations

from dataclasses import replace

from harness import resources
from harness.security import declaration
from harness.security.pki import Names, Pki
from harness.security.settings import Credential, TlsSettings

NAMES = Names(("csms.harness.test", "127.0.0.1"), "SN-77", "CS-77", "ACME")
BOTH = ("CSMS certificate", "CSMS RSA certificate")


def made() -> Pki:
    """A PKI of its own."""
    return Pki(declaration.load(resources.root() / "certs" / "default.toml"), NAMES)


def credential(pki: Pki, name: str) -> Credential:
    issued = pki.issued(name)
    return Credential(issued.chain, issued.key, name)


def server(pki: Pki, *names: str, **more: object) -> TlsSettings:
    """A CSMS with these certificates, or with its usual one."""
    credentials = tuple(credential(pki, name) for name in names or ("CSMS certificate",))
    return TlsSettings(credentials, pki.roots("station root"), **more)  # type: ignore[arg-type]


def client(pki: Pki, *names: str, **more: object) -> TlsSettings:
    """A station with these certificates, or with none."""
    settings = TlsSettings(
        tuple(credential(pki, name) for name in names),
        pki.roots("CSMS root", "CSMS RSA root"),
        server_name=NAMES.hosts[0],
    )
    return replace(settings, **more)  # type: ignore[arg-type]
