"""`TlsSettings` as OpenSSL contexts, one for each connection, and everything the handshake says on record.

Leans on `SSLContext._msg_callback`, which Python keeps private; `tests/security/test_tls.py` guards it. In TLS 1.3
OpenSSL reads "close_notify" and tells us of every message in the clear, the encrypted ones too.
"""

from __future__ import annotations

import contextlib
import ssl
import tempfile
from collections.abc import Callable
from functools import cache
from typing import Any

from cryptography import x509
from cryptography.x509.oid import NameOID

from harness.journal import Body, Direction, Note, TlsAlert, TlsChain, TlsHandshake, TlsHello
from harness.rpc.link import PeerCertificate
from harness.security import hello
from harness.security.errors import PkiError, Unavailable
from harness.security.settings import VERSIONS, TlsSettings
from harness.unreadable import UNREADABLE

Record = Callable[[Body], None]

_NUMBERS = {
    "TLSv1": ssl.TLSVersion.TLSv1,
    "TLSv1.1": ssl.TLSVersion.TLSv1_1,
    "TLSv1.2": ssl.TLSVersion.TLSv1_2,
    "TLSv1.3": ssl.TLSVersion.TLSv1_3,
}
_ANY_DATE = 0x200000
"""X509_V_FLAG_NO_CHECK_TIME of OpenSSL's x509_vfy.h."""
_NO_WILDCARDS = 0x2
"""X509_CHECK_FLAG_NO_WILDCARDS of OpenSSL's x509v3.h."""
_LEGACY_RENEGOTIATION = 0x4
"""SSL_OP_LEGACY_SERVER_CONNECT of OpenSSL's ssl.h."""
_CLIENT_RENEGOTIATION, _UNSAFE_RENEGOTIATION, _NO_RENEGOTIATION = 1 << 8, 1 << 18, 1 << 30
"""SSL_OP_ALLOW_CLIENT_RENEGOTIATION, _ALLOW_UNSAFE_LEGACY_RENEGOTIATION and _NO_RENEGOTIATION of the same."""
_ALERT, _HANDSHAKE = 21, 22


class Context(ssl.SSLContext):
    """A context that remembers whether a failed handshake is to be told (`AlertingLoop` asks it)."""

    alerting: bool = True


@cache
def suite_names() -> dict[int, str]:
    """OpenSSL's names of the cipher suites it was built with, by their number in RFC 8446 B.4 or RFC 5246 A.5."""
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
    context.set_ciphers("ALL:COMPLEMENTOFALL:@SECLEVEL=0")
    return {entry["id"] & 0xFFFF: entry["name"] for entry in context.get_ciphers()}


def suite_name(number: int) -> str:
    """The suite's name, or its number in hexadecimal where this OpenSSL has none for it."""
    return suite_names().get(number, f"0x{number:04X}")


# ---- contexts ---------------------------------------------------------------------------------------


def server_context(settings: TlsSettings, record: Record = lambda body: None) -> Context:
    """Raises PkiError for credentials that cannot be used, Unavailable for what OpenSSL was built without."""
    if not settings.credentials:
        raise PkiError("a server needs a certificate and its key")
    context = _context(settings, ssl.PROTOCOL_TLS_SERVER, record)
    if settings.verifies and settings.client_certificate:
        context.verify_mode = ssl.CERT_REQUIRED
    elif settings.verifies and settings.asks:
        context.verify_mode = ssl.CERT_OPTIONAL
    if settings.renegotiates:
        context.options = (context.options & ~_NO_RENEGOTIATION) | _CLIENT_RENEGOTIATION | _UNSAFE_RENEGOTIATION
    return context


def client_context(settings: TlsSettings, record: Record = lambda body: None) -> Context:
    """Raises as `server_context`; Unavailable as well for compression and renegotiation, which Python's ssl lacks."""
    if settings.compressions or settings.renegotiation:
        raise Unavailable("Python's ssl neither compresses nor renegotiates")
    context = _context(settings, ssl.PROTOCOL_TLS_CLIENT, record)
    context.check_hostname = settings.verifies
    context.verify_mode = ssl.CERT_REQUIRED if settings.verifies else ssl.CERT_NONE
    if not settings.wildcards:
        context._host_flags |= _NO_WILDCARDS  # type: ignore[attr-defined]
    return context


def _context(settings: TlsSettings, protocol: int, record: Record) -> Context:
    context = Context(protocol)
    context.alerting = settings.alerts
    _restrict(context, settings)
    for credential in settings.credentials:
        load(context, credential.chain, credential.key, credential.name)
    if settings.trusts:
        context.load_verify_locations(cadata="".join(settings.trusts))
        context.verify_flags |= ssl.VerifyFlags.VERIFY_X509_PARTIAL_CHAIN  # a new root may be signed by the old one
    if not settings.dates:
        context.verify_flags |= _ANY_DATE
    if settings.revocations:
        with _file("".join(settings.revocations)) as name:
            context.load_verify_locations(name)
        context.verify_flags |= ssl.VerifyFlags.VERIFY_CRL_CHECK_LEAF
    context._msg_callback = _Recorder(record)  # type: ignore[attr-defined]
    return context


def _restrict(context: Context, settings: TlsSettings) -> None:
    """Versions, suites, curve. OpenSSL would take what it cannot do in silence, so it is asked first."""
    import warnings

    missing = [version for version in settings.versions if not _compiled(version)]
    if missing:
        raise Unavailable(f"this OpenSSL ({ssl.OPENSSL_VERSION}) was built without {', '.join(missing)}")
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", DeprecationWarning)  # Python warns of TLS 1.0; offering it is the point
        context.minimum_version = _NUMBERS[settings.minimum]
        context.maximum_version = _NUMBERS[settings.maximum]
    unknown = [suite for suite in settings.suites if suite not in suite_names().values()]
    if unknown:
        raise Unavailable(f"this OpenSSL ({ssl.OPENSSL_VERSION}) has no {', '.join(unknown)}")
    suites = list(settings.suites)
    if VERSIONS.index(settings.minimum) < VERSIONS.index("TLSv1.2"):
        suites += ["ECDHE-ECDSA-AES128-SHA", "ECDHE-RSA-AES128-SHA", "AES128-SHA"]
    context.set_ciphers(":".join((*suites, f"@SECLEVEL={settings.security_level}")))
    if settings.security_level == 0:
        context.options |= _LEGACY_RENEGOTIATION
    if settings.curve:
        try:
            context.set_ecdh_curve(settings.curve)
        except ValueError as error:
            raise Unavailable(f"this OpenSSL has no curve {settings.curve}") from error


def _compiled(version: str) -> bool:
    return bool(getattr(ssl, "HAS_" + version.replace(".", "_"), False))


def load(context: ssl.SSLContext, chain: str, key: str, name: str) -> None:
    """Have a context show that certificate. Raises PkiError."""
    with _file(key + chain) as both:
        try:
            context.load_cert_chain(both)
        except ssl.SSLError as error:
            raise PkiError(f"OpenSSL does not take {name or 'the certificate'}: {error}") from error


@contextlib.contextmanager
def _file(text: str) -> Any:
    """A file that only we can read, for as long as OpenSSL needs it."""
    with tempfile.NamedTemporaryFile("w", suffix=".pem") as file:
        file.write(text)
        file.flush()
        yield file.name


# ---- on record --------------------------------------------------------------------------------------


class _Recorder:
    """The message callback of one connection's context."""

    def __init__(self, record: Record) -> None:
        self._record = record
        self._version = ""

    def __call__(self, conn: Any, way: str, version: Any, kind: Any, what: Any, data: bytes) -> None:
        direction = Direction.OUT if way == "write" else Direction.IN
        try:
            body = self._body(direction, int(kind), data)
        except (hello.Unreadable, ValueError) as error:
            body = Note("tls-unreadable", f"{direction} {what}: {error}", {"data": data.hex()})
        if body is not None:
            self._record(body)

    def _body(self, direction: Direction, kind: int, data: bytes) -> Body | None:
        if kind == _ALERT:
            level, description = hello.alert(data)
            # In TLS 1.3 the level means nothing, and OpenSSL's own farewell is no event.
            return None if description == "close_notify" else TlsAlert(direction, level, description)
        if kind != _HANDSHAKE or not data:
            return None
        if data[0] == hello.CLIENT_HELLO:
            return hello_body(direction, "ClientHello", hello.client_hello(data), data)
        if data[0] == hello.SERVER_HELLO:
            said = hello.server_hello(data)
            self._version = said.versions[0]
            return hello_body(direction, "ServerHello", said, data)
        if data[0] == hello.CERTIFICATE:
            ders = hello.chain(data, self._version == "TLSv1.3")
            return TlsChain(direction, tuple(map(pem, ders)))
        return None


def hello_body(
    direction: Direction, kind: str, said: hello.Hello, data: bytes, name: Callable[[int], str] = suite_name
) -> TlsHello:
    """A hello as it goes into the journal; `name` is for its suites."""
    return TlsHello(
        direction, kind, said.versions, tuple(map(name, said.suites)), said.server_name, said.groups,
        tuple(map(str, said.compressions)), data,
    )


def pem(der: bytes) -> str:
    """A certificate's text."""
    return ssl.DER_cert_to_PEM_cert(der)


def handshake(tls: ssl.SSLObject) -> TlsHandshake:
    """What was agreed on."""
    cipher = tls.cipher() or ("", "", 0)
    return TlsHandshake(tls.version() or "", cipher[0], tls.compression() or "")


def peer_certificate(tls: ssl.SSLObject) -> PeerCertificate | None:
    """Whom the peer says it is, by its certificate; None where it presented none."""
    der = tls.getpeercert(binary_form=True)
    return described(pem(der)) if der else None


def described(pem: str) -> PeerCertificate:
    """A certificate's names. One that cannot be read keeps its text and has no names."""
    try:
        certificate = x509.load_pem_x509_certificate(pem.encode())
        return PeerCertificate(
            _attribute(certificate.subject, NameOID.COMMON_NAME),
            _attribute(certificate.subject, NameOID.ORGANIZATION_NAME),
            f"{certificate.serial_number:x}",
            certificate.issuer.rfc4514_string(),
            pem,
        )
    except UNREADABLE:
        return PeerCertificate("", "", "", "", pem)


def _attribute(name: x509.Name, oid: x509.ObjectIdentifier) -> str:
    found = name.get_attributes_for_oid(oid)
    return str(found[0].value) if found else ""
