"""What the journal says of a connection's TLS, by names that tables use. Pure."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from cryptography import x509
from cryptography.hazmat.primitives.asymmetric import ec, rsa
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat
from cryptography.x509.oid import NameOID

from harness.journal import (
    RENEGOTIATION,
    Direction,
    Event,
    HandshakeRequest,
    HandshakeResponse,
    Note,
    RawBytes,
    Text,
    TlsAlert,
    TlsChain,
    TlsHandshake,
    TlsHello,
)
from harness.rpc.frame import Json
from harness.unreadable import UNREADABLE

FACTS = frozenset({
    "version", "suite", "compression", "offeredVersions", "offeredSuites", "offeredGroups", "serverName",
    "peer.commonName", "peer.organisation", "peer.serialNumber", "peer.issuer", "peer.keyType", "peer.keySize",
    "peer.strength", "peer.signatureHash", "peer.chainLength", "peer.publicKey", "renegotiation",
})
_COMPRESSIONS = {"0": "null", "1": "DEFLATE", "64": "LZS"}
"""Names of the numbers in a hello (RFC 3749 2, RFC 3943 2)."""
OLD = frozenset({"SSLv3", "TLSv1", "TLSv1.1"})
_NO_PATIENCE = ("timed out", "taking longer than", "no request within")


@dataclass(frozen=True, slots=True)
class View:
    """One connection's TLS. `wall`: when the last of it passed, in ns since 1970."""

    link: int
    bodies: tuple[object, ...] = field(repr=False)
    wall: int = 0

    def _of(self, kind: type, direction: Direction | None = None) -> list[object]:
        found = [body for body in self.bodies if isinstance(body, kind)]
        return [body for body in found if direction is None or getattr(body, "direction", None) is direction]

    def hello(self, kind: str) -> TlsHello | None:
        hellos = (body for body in self.bodies if isinstance(body, TlsHello) and body.kind == kind)
        return next(hellos, None)

    @property
    def stands(self) -> TlsHandshake | None:
        return next((body for body in self.bodies if isinstance(body, TlsHandshake)), None)

    def alerts(self, direction: Direction) -> tuple[str, ...]:
        found = (body for body in self.bodies if isinstance(body, TlsAlert) and body.direction is direction)
        return tuple(body.description for body in found)

    @property
    def presented_valid(self) -> bool:
        """Whether each certificate that we presented was within its validity when we did."""
        ours = [pem for body in self._of(TlsChain, Direction.OUT) if isinstance(body, TlsChain)
                for pem in body.certificates]
        return bool(ours) and all(_valid_at(pem, self.wall) for pem in ours)

    @property
    def request(self) -> bool:
        """Whether application data came from the peer, or an HTTP request went either way inside TLS."""
        return bool(self._of(HandshakeRequest))

    @property
    def heard(self) -> bool:
        """Whether any application data of the SUT came."""
        inside = (HandshakeRequest, Text, RawBytes)
        return any(isinstance(b, inside) and getattr(b, "direction", None) is Direction.IN for b in self.bodies)

    @property
    def response(self) -> HandshakeResponse | None:
        return next((body for body in self.bodies if isinstance(body, HandshakeResponse)), None)

    @property
    def answered(self) -> bool:
        return self.response is not None and self.response.status > 0

    @property
    def ended(self) -> bool:
        """Whether it is over without an HTTP answer."""
        return self.response is not None and self.response.status == 0

    @property
    def forged(self) -> bool:
        """Whether our ClientHello was made by hand, so that no handshake could be finished."""
        return any(isinstance(body, Note) and body.topic == "tls-forged" for body in self.bodies) or self.renegotiating

    @property
    def renegotiating(self) -> bool:
        """Whether we ask for a second handshake inside the first."""
        return any(isinstance(body, Note) and body.topic == "tls-renegotiation" for body in self.bodies)

    @property
    def renegotiation(self) -> str:
        """What the station made of our HelloRequest; "" where it was not asked, or has not answered yet."""
        notes = (body for body in self.bodies if isinstance(body, Note) and body.topic == RENEGOTIATION)
        return next((note.text for note in notes), "")

    @property
    def took(self) -> bool:
        """Whether the server answered our last ClientHello, made by hand, with a ServerHello: it would have gone on."""
        hellos = [body.kind for body in self.bodies if isinstance(body, TlsHello)]
        return self.forged and hellos[-1:] == ["ServerHello"]

    @property
    def compressing(self) -> bool:
        """Whether our ServerHello, made by hand, took a compression method."""
        said = self.hello("ServerHello")
        return said is not None and said.direction is Direction.OUT and said.compressions not in ((), ("0",))

    @property
    def hung(self) -> bool:
        """Whether it ended because we lost patience, and not because the SUT ended it."""
        return self.ended and self.response is not None and any(w in self.response.reason for w in _NO_PATIENCE)

    @property
    def ours(self) -> str:
        """Our own alert, where it was the first that ends a handshake: then nobody was tested but us."""
        alerts = (body for body in self.bodies if isinstance(body, TlsAlert))
        first = next((alert for alert in alerts if alert.final), None)
        return first.description if first is not None and first.direction is Direction.OUT else ""

    def facts(self) -> dict[str, Json]:
        """The facts of `FACTS`; "peer." are nested. What is not known is not there."""
        client = self.hello("ClientHello")
        found: dict[str, Json] = {}
        if client is not None:
            found |= {"offeredVersions": " ".join(client.versions), "offeredSuites": " ".join(client.suites),
                      "offeredGroups": " ".join(client.groups)}
            found |= {"serverName": client.server_name} if client.server_name else {}
        server = self.hello("ServerHello")
        if server is not None:
            found |= {"compression": " ".join(_COMPRESSIONS.get(m, m) for m in server.compressions)}
        if server is not None and self.took:
            found |= {"version": server.versions[0], "suite": server.suites[0]}
        if self.stands is not None:
            found |= {"version": self.stands.version, "suite": self.stands.suite}
        found |= {"renegotiation": self.renegotiation} if self.renegotiation else {}
        return found | ({"peer": certificate_facts(self.shown)} if self.shown else {})

    @property
    def shown(self) -> tuple[str, ...]:
        """The chain (PEM) that the SUT presented, leaf first; empty where it presented none."""
        chains = [body for body in self.bodies if isinstance(body, TlsChain) and body.direction is Direction.IN]
        return chains[0].certificates if chains else ()

    def __str__(self) -> str:
        client = self.hello("ClientHello")
        if client is None:
            return "no ClientHello"
        parts = [f"ClientHello {' '.join(client.versions)}"]
        parts += ["a ServerHello to the last ClientHello"] if self.took else []
        parts += [f"TLS stands: {self.stands.version} {self.stands.suite}"] if self.stands else []
        parts += [f"alert {name} from the SUT" for name in self.alerts(Direction.IN)]
        parts += [f"alert {name} from us" for name in self.alerts(Direction.OUT)]
        parts += [f"asked to renegotiate: {self.renegotiation}"] if self.renegotiation else []
        if self.response is not None:
            status = self.response.status
            parts.append(f"HTTP status {status}" if status else f"ended: {self.response.reason}")
        return ", ".join(parts)


def view(events: Sequence[Event], link: int) -> View:
    mine = [event for event in events if event.link == link]
    return View(link, tuple(event.body for event in mine), mine[-1].at.wall if mine else 0)


def _valid_at(pem: str, wall: int) -> bool:
    try:
        certificate = x509.load_pem_x509_certificate(pem.encode())
        begin, end = certificate.not_valid_before_utc, certificate.not_valid_after_utc
    except UNREADABLE:
        return False
    return begin.timestamp() <= wall / 1e9 <= end.timestamp()


def attempts(events: Sequence[Event], since: int) -> tuple[int, ...]:
    """The links on which a ClientHello passed from journal entry `since` on, in order."""
    return tuple(
        event.link for event in events
        if event.number >= since and isinstance(event.body, TlsHello) and event.body.kind == "ClientHello"
    )


def certificate_facts(chain: Sequence[str]) -> dict[str, Json]:
    """Of the leaf as PEM text; only how many there are where it cannot be read."""
    try:
        return facts_of(x509.load_pem_x509_certificate(chain[0].encode()), len(chain))
    except UNREADABLE:
        return {"chainLength": len(chain)}


def facts_of(leaf: x509.Certificate, length: int) -> dict[str, Json]:
    """What a certificate says, the first of so many. Raises what is in `UNREADABLE`."""
    kind, size = key_of(leaf)
    digest = leaf.signature_hash_algorithm
    return {
        "serialNumber": f"{leaf.serial_number:x}",
        "issuer": leaf.issuer.rfc4514_string(),
        "keyType": kind,
        "keySize": size,
        "strength": strength(kind, size),
        "signatureHash": digest.name if digest else "",
        "chainLength": length,
        "publicKey": public_key(leaf),
        **names_of(leaf.subject),
    }


def names_of(subject: x509.Name) -> dict[str, Json]:
    """The names of a subject that scenarios ask for, as far as it has them."""
    facts: dict[str, Json] = {}
    for name, oid in (("commonName", NameOID.COMMON_NAME), ("organisation", NameOID.ORGANIZATION_NAME)):
        values = subject.get_attributes_for_oid(oid)
        facts |= {name: str(values[0].value)} if values else {}
    return facts


def public_key(holder: x509.Certificate | x509.CertificateSigningRequest) -> str:
    """The public key as PEM text."""
    return holder.public_key().public_bytes(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo).decode()


def strength(kind: str, size: int) -> int:
    """Security strength in bits (NIST SP 800-57 part 1, table 2): RSA 2048 and EC 224 are 112."""
    if kind == "EC":
        return size // 2
    known = ((15_360, 256), (7_680, 192), (3_072, 128), (2_048, 112), (1_024, 80))
    return next((bits for least, bits in known if size >= least), 0)


def key_of(holder: x509.Certificate | x509.CertificateSigningRequest) -> tuple[str, int]:
    """Kind and size in bits of the public key."""
    key = holder.public_key()
    if isinstance(key, rsa.RSAPublicKey):
        return "RSA", key.key_size
    if isinstance(key, ec.EllipticCurvePublicKey):
        return "EC", key.curve.key_size
    return type(key).__name__, 0
