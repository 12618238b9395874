"""How one side of a TLS connection is set up: a value, without sockets and without OpenSSL.

An endpoint may hold one (`Dial.tls`), the Lab hands one to a listener (`Listen.tls`); `harness.security.tls`
turns it into a context for each connection anew.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace

VERSIONS = ("SSLv3", "TLSv1", "TLSv1.1", "TLSv1.2", "TLSv1.3")
"""In their order; the names that OpenSSL has for them."""

OCPP_SUITES = (
    "ECDHE-ECDSA-AES128-GCM-SHA256",
    "ECDHE-ECDSA-AES256-GCM-SHA384",
    "AES128-GCM-SHA256",
    "AES256-GCM-SHA384",
)
"""The TLS 1.2 suites that OCPP asks for (2.0.1 A00.FR.318 and .319), as OpenSSL calls them."""

USUAL_SUITES = (*OCPP_SUITES, "ECDHE-RSA-AES128-GCM-SHA256", "ECDHE-RSA-AES256-GCM-SHA384")


@dataclass(frozen=True, slots=True)
class Credential:
    """A certificate chain, leaf first, and its private key, in PEM. `name` is what a scenario calls it."""

    chain: str
    key: str = field(repr=False)
    name: str = ""


@dataclass(frozen=True, slots=True)
class TlsSettings:
    """One side's TLS.

    `credentials`: what it can present; a server may hold an RSA and an ECDSA one. `trusts`: root certificates
    (PEM). `revocations`: CRLs (PEM); with any, the peer's certificate is looked up in them. `client_certificate`:
    a server asks for one and refuses who has none; `asks`: it asks, and takes who has none. `verifies` False takes
    any peer, `dates` False a certificate of any date. `server_name`: the name that a client asks for and expects,
    instead of the host it dials. `wildcards`: whether a wildcard may match it.
    `suites` are for TLS 1.2 and below, in OpenSSL's words; `curve` "" leaves the groups to OpenSSL.
    `security_level` is OpenSSL's; 0 takes whatever can be computed.

    `compressions`: the compression methods that a hello offers (a client) or takes (a server), by the names of
    `harness.security.hello.COMPRESSION_NAMES`; empty is what OpenSSL does, which has none but "null". With any, the
    hello is made by hand and the handshake goes no further. `renegotiation`: a client, once TLS stands, asks for
    another handshake without renegotiation_info (RFC 5746 3.7), a server asks for one (HelloRequest); `renegotiates`: a
    server goes along with what a client asks for.

    `silent`: a client stands in TLS and says nothing. `alerts` False ends a failed handshake without a word, as
    some products do. `takes_all`: a server answers any ClientHello with the first suite of it, and goes no further.
    """

    credentials: tuple[Credential, ...] = ()
    trusts: tuple[str, ...] = ()
    revocations: tuple[str, ...] = ()
    client_certificate: bool = False
    asks: bool = False
    verifies: bool = True
    dates: bool = True
    server_name: str = ""
    wildcards: bool = False
    minimum: str = "TLSv1.2"
    maximum: str = "TLSv1.3"
    suites: tuple[str, ...] = USUAL_SUITES
    curve: str = ""
    security_level: int = 1
    compressions: tuple[str, ...] = ()
    renegotiation: bool = False
    renegotiates: bool = False
    silent: bool = False
    alerts: bool = True
    takes_all: bool = False

    def with_versions(self, versions: tuple[str, ...]) -> TlsSettings:
        """Only from the lowest to the highest of these. Raises ValueError for a name that is none."""
        unknown = [version for version in versions if version not in VERSIONS]
        if unknown or not versions:
            raise ValueError(f"no TLS version is called {', '.join(unknown) or 'nothing'}; write {', '.join(VERSIONS)}")
        ranked = sorted(versions, key=VERSIONS.index)
        old = VERSIONS.index(ranked[0]) < VERSIONS.index("TLSv1.2")
        level = 0 if old else self.security_level
        return replace(self, minimum=ranked[0], maximum=ranked[-1], security_level=level)

    @property
    def versions(self) -> tuple[str, ...]:
        """Every version it would speak."""
        return VERSIONS[VERSIONS.index(self.minimum) : VERSIONS.index(self.maximum) + 1]


@dataclass(frozen=True, slots=True)
class TlsSchedule:
    """Other settings from the `attempt`-th connection on (links count from 1): how a proof spoils one side."""

    first: TlsSettings
    attempt: int
    later: TlsSettings | None

    def at(self, link: int) -> TlsSettings | None:
        return self.later if link >= self.attempt else self.first


@dataclass(slots=True)
class TlsSwitch:
    """Two settings, one at a time: a proof turns it `on` when the scenario comes to the line in question."""

    first: TlsSettings
    later: TlsSettings | None
    on: bool = False

    def at(self, link: int) -> TlsSettings | None:
        return self.later if self.on else self.first


@dataclass(frozen=True, slots=True)
class TlsDress:
    """`base` with what an endpoint has installed by now, but for what a proof has changed in it."""

    base: TlsSettings | TlsSchedule | TlsSwitch
    credentials: tuple[Credential, ...]
    trusts: tuple[str, ...]

    def at(self, link: int) -> TlsSettings | None:
        first = self.base if isinstance(self.base, TlsSettings) else self.base.first
        settings = self.base if isinstance(self.base, TlsSettings) else self.base.at(link)
        if settings is None:
            return None
        if settings.credentials == first.credentials:
            settings = replace(settings, credentials=self.credentials)
        return replace(settings, trusts=self.trusts) if settings.trusts == first.trusts else settings


@dataclass(frozen=True, slots=True)
class Wear:
    """How a proof spoils the practice opponent's TLS from the `attempt`-th connection on, or, with 0, from the
    moment when the Lab is told to (`Lab.turn`), however many connections there were by then: other settings
    (`changes` are fields of TlsSettings), its own certificate's bad `twin`, or no TLS at all (`plain`)."""

    attempt: int
    changes: tuple[tuple[str, object], ...] = ()
    twin: str = ""
    plain: bool = False
