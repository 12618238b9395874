"""Authorities and certificates as `certs/*.toml` declares them, made when they are first asked for.

A run has its own `Pki`, with keys of its own; its id stands in the name of every root.
"""

from __future__ import annotations

import hashlib
import ipaddress
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from uuid import uuid4

from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric.rsa import RSAPublicKey
from cryptography.hazmat.primitives.serialization import Encoding
from cryptography.x509.oid import AuthorityInformationAccessOID, ExtendedKeyUsageOID, NameOID

from harness.security import keys
from harness.security.declaration import AuthorityPlan, Hierarchy, Inserted, Plan
from harness.security.errors import PkiError
from harness.security.keys import PrivateKey
from harness.unreadable import UNREADABLE

_USAGES = {
    "server": ExtendedKeyUsageOID.SERVER_AUTH,
    "client": ExtendedKeyUsageOID.CLIENT_AUTH,
    "code": ExtendedKeyUsageOID.CODE_SIGNING,
}
_LONGEST = 64
"""Characters of commonName and organizationName: ub-common-name, ub-organization-name."""
_HOST = re.compile(r"(?=.{1,253}$)[A-Za-z0-9]([A-Za-z0-9-]*[A-Za-z0-9])?(\.[A-Za-z0-9]([A-Za-z0-9-]*[A-Za-z0-9])?)*")


@dataclass(frozen=True, slots=True)
class Names:
    """What stands in the braces of a declaration. `hosts`: the server's names and addresses, its FQDN first; `files`:
    those of the file server. `revocation`: "host:port" of our OCSP responder and CRL server; "" leaves their URLs out
    of certificates."""

    hosts: tuple[str, ...] = ("localhost", "127.0.0.1")
    serial: str = "H-0001"
    identity: str = "CS001"
    organisation: str = "Harness Charging"
    files: tuple[str, ...] = ("127.0.0.1", "localhost")
    revocation: str = ""

    def problem(self) -> str:
        """Which of them no certificate can bear (RFC 5280, upper bounds of A.1), or ""."""
        for host in self.hosts:
            if not _HOST.fullmatch(host) and not isinstance(_general(host), x509.IPAddress):
                return f"--host {host!r}: write a DNS name or an IP address"
        for option, text in (("serial", self.serial), ("identity", self.identity), ("organisation", self.organisation)):
            if not 0 < len(text) <= _LONGEST:
                return f"--{option}: write 1 to {_LONGEST} characters, as certificates have them; these are {len(text)}"
        return ""

    def fill(self, text: str) -> str:
        wildcard = "*." + self.hosts[0].partition(".")[2]
        return text.format(
            host=self.hosts[0], serial=self.serial, identity=self.identity, organisation=self.organisation,
            wildcard=wildcard,
        )

    def many(self, hosts: str | tuple[str, ...]) -> tuple[str, ...]:
        if hosts == "{hosts}":
            return self.hosts
        if hosts == "{files}":
            return self.files
        return tuple(self.fill(host) for host in ((hosts,) if isinstance(hosts, str) else hosts))


@dataclass(frozen=True, slots=True)
class Authority:
    """A CA with its key. `above` leads to its root."""

    name: str
    certificate: x509.Certificate
    key: PrivateKey = field(repr=False)
    above: Authority | None = None

    @property
    def pem(self) -> str:
        return pem_of(self.certificate)

    @property
    def root(self) -> Authority:
        return self if self.above is None else self.above.root


@dataclass(frozen=True, slots=True)
class Issued:
    """A certificate with its chain, leaf first and without the root, and its key, all in PEM."""

    name: str
    certificate: x509.Certificate
    chain: str
    key: str = field(repr=False)
    issuer: Authority | None = None
    revoked: bool = False


def pem_of(certificate: x509.Certificate) -> str:
    return certificate.public_bytes(Encoding.PEM).decode()


def valid_now(certificate: x509.Certificate) -> bool:
    """Whether this machine's clock is within the certificate's validity."""
    return certificate.not_valid_before_utc <= datetime.now(UTC) <= certificate.not_valid_after_utc


def below(hierarchy: Hierarchy, name: str) -> int:
    """How many authorities stand one below the other under that one, in the longest line."""
    under = [plan.name for plan in hierarchy.authorities.values() if plan.issuer == name]
    return max((1 + below(hierarchy, one) for one in under), default=0)


def unfit(certificate: x509.Certificate, levels: int) -> str:
    """Why a certificate cannot be the authority above so many others; "" where it can."""
    try:
        basic = certificate.extensions.get_extension_for_class(x509.BasicConstraints).value
    except x509.ExtensionNotFound:
        return "is no CA: it has no basicConstraints. Mend: give a certificate that was made for a CA"
    except UNREADABLE as error:
        return f"cannot be read ({error}). Mend: give a certificate that was made for a CA"
    if not basic.ca:
        return "is no CA: basicConstraints says so. Mend: give a certificate that was made for a CA"
    if basic.path_length is not None and basic.path_length < levels:
        return (f"allows {basic.path_length} CAs below it (pathlen), and {levels} are needed. Mend: give one that "
                "allows more, or bring the CA below it")
    if not valid_now(certificate):
        begin, end = certificate.not_valid_before_utc, certificate.not_valid_after_utc
        return (f"is valid from {begin:%Y-%m-%d} to {end:%Y-%m-%d}, and not by this machine's clock. Mend: set the "
                "clock, or give another")
    return ""


class Pki:
    """The hierarchy of one run. `now` is the moment from which validity counts."""

    def __init__(
        self,
        hierarchy: Hierarchy,
        names: Names | None = None,
        now: datetime | None = None,
        run: str = "",
        given: Mapping[str, Authority] | None = None,
    ) -> None:
        """`given`: authorities brought along instead of made, by the name they take."""
        self.hierarchy = hierarchy
        self.names = names or Names()
        self.now = (now or datetime.now(UTC)).replace(microsecond=0)
        self.run = run or uuid4().hex[:8]
        self._authorities: dict[str, Authority] = dict(given or {})
        self._issued: dict[str, Issued] = {}
        self._listed: dict[tuple[str, str], Issued] = {}
        self.lists: dict[str, x509.CertificateRevocationList] = {}
        """What each authority has revoked, where somebody has asked (`harness.security.revocation`)."""

    def authority(self, name: str) -> Authority:
        """The authority of that name. Raises PkiError."""
        if name not in self._authorities:
            plan = self.hierarchy.authorities.get(name)
            if plan is None:
                raise PkiError(f"no authority is called {name!r}; known: {', '.join(self.hierarchy.authorities)}")
            above = self.authority(plan.issuer) if plan.issuer else None
            self._authorities[name] = self._make_authority(plan, above)
        return self._authorities[name]

    def issued(self, name: str) -> Issued:
        """The certificate of that name, "the " and twin allowed before it. Raises PkiError."""
        name = name.removeprefix("the ")
        if name not in self._issued:
            self._issued[name] = self._make(self.hierarchy.plan(name))
        return self._issued[name]

    def listed(self, name: str, place: str) -> Issued:
        """The certificate of that name, which says that `place` (a URL) has the list of what its issuer has revoked
        (RFC 5280 4.2.1.13). Each place has a certificate of its own; all share one key. Raises PkiError."""
        name = name.removeprefix("the ")
        if (name, place) not in self._listed:
            plan, usual = self.hierarchy.plan(name), self.issued(name)
            issuer = self._issuer(plan, usual.certificate.subject, keys.load(usual.key))
            builder = self._dressed(plan, usual.certificate.subject, usual.certificate.public_key(), issuer, place)
            certificate, chain = self._completed(plan, builder, issuer)
            self._listed[name, place] = replace(usual, certificate=certificate, chain=chain)
        return self._listed[name, place]

    def roots(self, *names: str) -> tuple[str, ...]:
        """PEM of those authorities, for a trust store."""
        return tuple(self.authority(name).pem for name in names)

    def revoked_by(self, authority: str) -> tuple[int, ...]:
        """Serial numbers of this authority's certificates that are declared revoked, made yet or not: a list that was
        exported goes for certificates of later runs."""
        return tuple(self._serial(plan) for plan in self.hierarchy.revoked if plan.issuer == authority)

    def _serial(self, plan: Plan) -> int:
        """At random; that of a revoked certificate is known beforehand."""
        if not plan.revoked:
            return x509.random_serial_number()
        root = self.authority(plan.issuer).certificate.public_bytes(Encoding.DER)
        return int.from_bytes(hashlib.sha256(root + plan.name.encode()).digest()[:16], "big") | 1

    def sign_request(self, request: x509.CertificateSigningRequest, authority: str, days: int = 365) -> str:
        """The chain (PEM, leaf first) for a CSR, subject and key taken from it. Raises PkiError for a bad signature."""
        if not request.is_signature_valid:
            raise PkiError("the CSR is not signed with its own key")
        issuer = self.authority(authority)
        builder = self._builder(request.subject, request.public_key(), issuer, (-1, days))
        builder = builder.add_extension(x509.ExtendedKeyUsage([ExtendedKeyUsageOID.CLIENT_AUTH]), False)
        return pem_of(builder.sign(issuer.key, hashes.SHA256())) + _chain_of(issuer)

    def answer_request(self, request: x509.CertificateSigningRequest, name: str) -> str:
        """As `sign_request`, but made like the certificate of that name ("expired station certificate"): issuer,
        validity and usage as it has them, and its subject where a twin is about the subject."""
        plan = self.hierarchy.plan(name)
        usual = self.hierarchy.certificates[max(filter(name.endswith, self.hierarchy.certificates), key=len)]
        if plan.self_signed or plan.key != usual.key:
            raise PkiError(f"{name!r}: a certificate for somebody else's key cannot be that")
        named = (plan.common_name, plan.organisation) != (usual.common_name, usual.organisation)
        subject = _name(self.names.fill(plan.common_name), self.names.fill(plan.organisation))
        issuer = self._issuer(plan, subject, keys.make("ec256", plan.name))
        builder = self._dressed(plan, subject if named else request.subject, request.public_key(), issuer)
        return self._completed(plan, builder, issuer)[1]

    # ---- making --------------------------------------------------------------------------------------

    def _make_authority(self, plan: AuthorityPlan, above: Authority | None) -> Authority:
        model = self.authority(plan.like) if plan.like else None
        key = model.key if model else keys.make(plan.key, plan.name)
        own = _name(f"{plan.name} {self.run}", self.names.fill(plan.organisation))
        subject = model.certificate.subject if model else own
        issuer = above or Authority(plan.name, _Unsigned(subject), key)  # type: ignore[arg-type]
        builder = self._builder(subject, key.public_key(), issuer, plan.valid, plan)
        builder = _listing(_responding(builder, self._responder(plan.responder, issuer)), self._list_of(issuer))
        return Authority(plan.name, builder.sign(issuer.key, hashes.SHA256()), key, above)

    def _make(self, plan: Plan) -> Issued:
        names = self.names
        key = keys.make(plan.key, plan.name)
        subject = _name(names.fill(plan.common_name), names.fill(plan.organisation))
        issuer = self._issuer(plan, subject, key)
        certificate, chain = self._completed(plan, self._dressed(plan, subject, key.public_key(), issuer), issuer)
        real = None if plan.self_signed else issuer
        return Issued(plan.name, certificate, chain, keys.pem(key), real, plan.revoked)

    def _dressed(
        self, plan: Plan, subject: x509.Name, public: object, issuer: Authority, place: str = ""
    ) -> x509.CertificateBuilder:
        builder = self._builder(subject, public, issuer, plan.valid, serial=self._serial(plan))
        if plan.hosts:
            hosts = [_general(host) for host in self.names.many(plan.hosts)]
            builder = builder.add_extension(x509.SubjectAlternativeName(hosts), critical=False)
        if plan.usage:
            usages = [_usage(plan, usage) for usage in plan.usage]
            builder = builder.add_extension(x509.ExtendedKeyUsage(usages), critical=False)
        builder = _responding(builder, self._responder(plan.responder, issuer))
        return _listing(builder, place or self._list_of(issuer))

    def _completed(
        self, plan: Plan, builder: x509.CertificateBuilder, issuer: Authority
    ) -> tuple[x509.Certificate, str]:
        """The certificate, and the chain that goes with it (PEM)."""
        certificate = builder.sign(issuer.key, hashes.SHA256())
        if plan.digest == "sha1":
            certificate = keys.with_sha1(certificate, issuer.key)
        above = "" if plan.self_signed or plan.chain == "leaf" else _chain_of(issuer)
        return certificate, pem_of(certificate) + above

    def _issuer(self, plan: Plan, subject: x509.Name, key: PrivateKey) -> Authority:
        if plan.self_signed:
            return Authority(plan.name, _Unsigned(subject), key)  # type: ignore[arg-type]
        issuer = self.authority(plan.issuer)
        inserted = plan.inserted or Inserted(0)
        for number in range(1, inserted.count + 1):
            between = AuthorityPlan(f"{plan.issuer} {number}", ca=inserted.ca)
            issuer = self._make_authority(between, issuer)
        return issuer

    def _builder(
        self,
        subject: x509.Name,
        public: object,
        issuer: Authority,
        valid: Sequence[int],
        authority: AuthorityPlan | None = None,
        serial: int = 0,
    ) -> x509.CertificateBuilder:
        is_ca = authority is not None and authority.ca
        length = authority.path_length if authority is not None and is_ca else None
        usage = x509.KeyUsage(
            digital_signature=authority is None, content_commitment=False,
            # RSA key transport (TLS_RSA_...) enciphers the premaster secret with the certificate's key.
            key_encipherment=authority is None and isinstance(public, RSAPublicKey),
            data_encipherment=False, key_agreement=False, key_cert_sign=is_ca, crl_sign=is_ca,
            encipher_only=False, decipher_only=False,
        )
        if authority is not None and not is_ca:
            usage = _end_entity(usage)
        return (
            x509.CertificateBuilder()
            .subject_name(subject)
            .issuer_name(issuer.certificate.subject)
            .public_key(public)  # type: ignore[arg-type]
            .serial_number(serial or x509.random_serial_number())
            .not_valid_before(self.now + timedelta(days=valid[0]))
            .not_valid_after(self.now + timedelta(days=valid[1]))
            .add_extension(x509.BasicConstraints(is_ca, length), critical=True)
            .add_extension(usage, critical=True)
            .add_extension(x509.SubjectKeyIdentifier.from_public_key(public), critical=False)  # type: ignore[arg-type]
            .add_extension(
                x509.AuthorityKeyIdentifier.from_issuer_public_key(issuer.key.public_key()), critical=False
            )
        )

    def _list_of(self, issuer: Authority) -> str:
        """The URL of the issuer's CRL, where the run serves it."""
        name = issuer.name.replace(" ", "_")
        return f"http://{self.names.revocation}/{name}.crl" if self._answers_for(issuer) else ""

    def _answers_for(self, issuer: Authority) -> bool:
        known = issuer.name in self.hierarchy.authorities and isinstance(issuer.certificate, x509.Certificate)
        return known and bool(self.names.revocation)

    def _responder(self, declared: str, issuer: Authority) -> str:
        return f"http://{self.names.revocation}/" if self._answers_for(issuer) else declared


@dataclass(frozen=True, slots=True)
class _Unsigned:
    """Stands for the certificate that is just being made, where it is its own issuer."""

    subject: x509.Name


def _end_entity(usage: x509.KeyUsage) -> x509.KeyUsage:
    """That of an end entity, for an authority whose CA flag is missing."""
    return x509.KeyUsage(True, False, usage.key_encipherment, False, False, False, False, False, False)


def _name(common_name: str, organisation: str) -> x509.Name:
    return x509.Name([
        x509.NameAttribute(NameOID.COMMON_NAME, common_name),
        x509.NameAttribute(NameOID.ORGANIZATION_NAME, organisation),
    ])


def _general(host: str) -> x509.GeneralName:
    try:
        return x509.IPAddress(ipaddress.ip_address(host))
    except ValueError:
        return x509.DNSName(host)


def _responding(builder: x509.CertificateBuilder, responder: str) -> x509.CertificateBuilder:
    """The same with the URL of the OCSP responder (RFC 5280 4.2.2.1)."""
    if not responder:
        return builder
    place = x509.AccessDescription(AuthorityInformationAccessOID.OCSP, x509.UniformResourceIdentifier(responder))
    return builder.add_extension(x509.AuthorityInformationAccess([place]), critical=False)


def _listing(builder: x509.CertificateBuilder, place: str) -> x509.CertificateBuilder:
    """The same with the URL of the issuer's CRL (RFC 5280 4.2.1.13)."""
    if not place:
        return builder
    point = x509.DistributionPoint([x509.UniformResourceIdentifier(place)], None, None, None)
    return builder.add_extension(x509.CRLDistributionPoints([point]), critical=False)


def _usage(plan: Plan, usage: str) -> x509.ObjectIdentifier:
    if usage not in _USAGES:
        raise PkiError(f"{plan.name!r}: no usage is called {usage!r}; write {', '.join(_USAGES)}")
    return _USAGES[usage]


def _chain_of(issuer: Authority) -> str:
    """The issuing authorities from here up, without the root."""
    return "" if issuer.above is None else issuer.pem + _chain_of(issuer.above)

