"""What both sides of a run wear: certificates, keys and trust, after the SUT file's security profile."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace

from harness.rpc.dialect import Role
from harness.security import papers
from harness.security.errors import PkiError
from harness.security.pki import Pki
from harness.security.revocation import crl
from harness.security.settings import Credential, TlsSchedule, TlsSettings, TlsSwitch, Wear

_OWN: Mapping[str, tuple[str, ...]] = {
    "csms": ("CSMS certificate", "CSMS RSA certificate"),
    "station": ("station certificate",),
}
_TRUSTED: Mapping[str, tuple[str, ...]] = {
    "csms": ("station root",),
    "station": ("CSMS root", "CSMS RSA root"),
}
_LISTS: Mapping[str, tuple[str, ...]] = {
    "csms": ("station CA",),
    "station": ("CSMS intermediate", "CSMS RSA root", "second CSMS root", "new CSMS root"),
}
"""Whose CRLs a practice opponent holds: the issuers of the certificates that it may be shown."""
_STRICT = 2
"""OpenSSL's security level that refuses RSA below 2048 bits, curves below 224 and SHA-1 signatures."""


@dataclass(frozen=True, slots=True)
class Wardrobe:
    """`given` are credentials from files, by the names that scenarios call them; they go before the PKI's own.
    `answers`: whether anybody tells the SUT, when it asks, who is revoked. `hashes`: how the SUT names certificates
    (HashAlgorithmEnumType)."""

    profile: int
    pki: Pki | None = None
    given: Mapping[str, Credential] = field(default_factory=dict)
    trusted: tuple[str, ...] = ()
    answers: bool = True
    hashes: str = "SHA256"

    def credential(self, name: str) -> Credential:
        """The certificate of that name. Raises PkiError where there is none."""
        name = name.removeprefix("the ")
        if name in self.given:
            return self.given[name]
        if self.pki is None:
            raise _nothing(name)
        issued = self.pki.issued(name)
        if issued.revoked and not self.answers:
            raise PkiError(f"nobody could find out about the {name!r}: make the PKI with `ocpp-harness pki create "
                           "--revocation HOST:PORT`, and the harness answers OCSP and serves CRLs there")
        return Credential(issued.chain, issued.key, name)

    def root(self, name: str) -> str:
        """The root of that name, PEM. Raises PkiError."""
        if self.pki is None:
            raise _nothing(name)
        return self.pki.authority(name.removeprefix("the ")).pem

    def fact(self, word: str, name: str) -> str:
        """See `harness.security.papers.FACTS`. Raises PkiError where there is no such certificate."""
        if self.pki is None:
            raise _nothing(name)
        if word == "responderURL" and not self.answers:
            raise PkiError(f"nobody answers for the {name!r}: make the PKI with `ocpp-harness pki create --revocation "
                           "HOST:PORT`, and the harness answers OCSP there")
        return papers.fact(self.pki, word, name.removeprefix("the "), self.hashes)

    def named_by(self, word: str, chain: str) -> str:
        """A member of the certificateHashData of the leaf of a chain (PEM). Raises PkiError."""
        return papers.named_by(word, chain, self.hashes)

    def signed(self, request: str, name: str) -> str:
        """The chain (PEM) for a CSR (PEM), made like the certificate of that name. Raises PkiError."""
        if self.pki is None:
            raise _nothing(name)
        return papers.signed(self.pki, request, name.removeprefix("the "))

    def judging(self, role: Role) -> TlsSettings:
        """Our side: takes versions and keys that are too weak, so that a SUT which uses them is seen and judged."""
        return replace(self._base(role), minimum="TLSv1", security_level=0)

    def conforming(self, role: Role, looks_up: bool = False) -> TlsSettings:
        """The practice opponent's side: keeps what the profile asks for, and looks clients up in the CRL; a station
        looks its CSMS up only where it `looks_up`."""
        settings = replace(self._base(role), security_level=_STRICT, asks=role == "csms" and self.profile == 2)
        wanted = looks_up if role == "station" else self.profile == 3
        if not wanted or self.pki is None:
            return settings
        return replace(settings, revocations=tuple(crl(self.pki, name) for name in _LISTS[role]))

    def _base(self, role: Role) -> TlsSettings:
        own = _OWN[role] if role == "csms" or self.profile == 3 else ()
        names = [name for name in own if self.pki is not None or name in self.given]
        trusts = self.trusted or (self.pki.roots(*_TRUSTED[role]) if self.pki is not None else ())
        return TlsSettings(
            tuple(self.credential(name) for name in names),
            trusts,
            client_certificate=self.profile == 3,
            server_name=self.pki.names.hosts[0] if role == "station" and self.pki is not None else "",
        )

    def worn(self, settings: TlsSettings, wear: Wear | None, role: Role) -> TlsSettings | TlsSchedule | TlsSwitch:
        """`settings`, changed from an attempt on as `wear` says."""
        if wear is None:
            return settings
        later: TlsSettings | None = replace(settings, **dict(wear.changes))  # type: ignore[arg-type]
        if wear.plain:
            later = None
        elif wear.twin:
            later = replace(later or settings, credentials=(self.credential(f"{wear.twin} {_OWN[role][0]}"),))
        return TlsSchedule(settings, wear.attempt, later) if wear.attempt else TlsSwitch(settings, later)


def _nothing(name: str) -> PkiError:
    return PkiError(f"there is no {name!r}: the SUT file brings its own certificates; with [tls] pki = \"folder\" "
                    "(`ocpp-harness pki create`) every declared certificate can be made")
