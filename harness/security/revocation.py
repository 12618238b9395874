"""Who is revoked: certificate revocation lists, OCSP answers, and a server for both in a run."""

from __future__ import annotations

import base64
import threading
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Literal
from urllib.parse import unquote

from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat
from cryptography.x509 import ocsp

from harness.security.errors import PkiError
from harness.security.pki import Authority, Issued, Pki
from harness.unreadable import UNREADABLE

Standing = Literal["good", "revoked", "unknown", "try later"]

_PERIOD = timedelta(days=7)


def crl(pki: Pki, authority: str) -> str:
    """The list (PEM) of what this authority has revoked; an authority that has revoked nothing has an empty one."""
    return _crl(pki, authority).public_bytes(Encoding.PEM).decode()


def _crl(pki: Pki, name: str) -> x509.CertificateRevocationList:
    """Made once: who is revoked was declared, and stays so for the whole run."""
    if name not in pki.lists:
        pki.lists[name] = _made(pki, name)
    return pki.lists[name]


def _made(pki: Pki, name: str) -> x509.CertificateRevocationList:
    authority = pki.authority(name)
    builder = (
        x509.CertificateRevocationListBuilder()
        .issuer_name(authority.certificate.subject)
        .last_update(pki.now - timedelta(days=1))
        .next_update(pki.now + _PERIOD)
    )
    for serial in pki.revoked_by(name):
        entry = x509.RevokedCertificateBuilder().serial_number(serial).revocation_date(pki.now - timedelta(days=1))
        builder = builder.add_revoked_certificate(entry.build())
    return builder.sign(authority.key, hashes.SHA256())


_STATUS = {"good": ocsp.OCSPCertStatus.GOOD, "revoked": ocsp.OCSPCertStatus.REVOKED,
           "unknown": ocsp.OCSPCertStatus.UNKNOWN}


def ocsp_answer(pki: Pki, issued: Issued, standing: Standing = "good") -> bytes:
    """The OCSP response (DER) about a certificate, signed by its issuer (RFC 6960)."""
    if standing == "try later" or issued.issuer is None:
        return _unsuccessful(ocsp.OCSPResponseStatus.TRY_LATER)
    digest = hashes.SHA256()
    named = _Named(*_hashes(issued.issuer.certificate, digest), issued.certificate.serial_number)
    return _answer(pki, named, digest, issued.issuer, standing)


@dataclass(frozen=True, slots=True)
class _Named:
    """What an OCSP CertID says of a certificate."""

    issuer_name_hash: bytes
    issuer_key_hash: bytes
    serial_number: int


def _answer(
    pki: Pki, named: _Named, digest: hashes.HashAlgorithm, issuer: Authority, standing: Standing
) -> bytes:
    revoked = standing == "revoked"
    builder = ocsp.OCSPResponseBuilder().add_response_by_hash(
        issuer_name_hash=named.issuer_name_hash,
        issuer_key_hash=named.issuer_key_hash,
        serial_number=named.serial_number,
        algorithm=digest,
        cert_status=_STATUS[standing],
        this_update=pki.now - timedelta(minutes=5),
        next_update=pki.now + _PERIOD,
        revocation_time=pki.now - timedelta(days=1) if revoked else None,
        revocation_reason=x509.ReasonFlags.key_compromise if revoked else None,
    )
    response = builder.responder_id(ocsp.OCSPResponderEncoding.HASH, issuer.certificate).sign(
        issuer.key, hashes.SHA256()
    )
    return response.public_bytes(Encoding.DER)


def _unsuccessful(status: ocsp.OCSPResponseStatus) -> bytes:
    return ocsp.OCSPResponseBuilder.build_unsuccessful(status).public_bytes(Encoding.DER)


def address_of(text: str) -> tuple[str, int]:
    """Host and port of "host:port". Raises PkiError."""
    host, colon, port = text.rpartition(":")
    if not (host and colon and port.isdecimal() and int(port) < 65_536):
        raise PkiError(f"{text!r} is no address for the revocation server: write 127.0.0.1:8899")
    return host.strip("[]"), int(port)


class RevocationServer:
    """Answers OCSP (RFC 6960 A.1: POST to any path, GET with the request in it) and serves CRLs (GET /<authority>.crl,
    blanks as underscores) in its own thread.

    `seen` is told of every request, as "OCSP" or "CRL" and what was answered about whom: evidence of who looked up
    what. Of certificates that none of our authorities issued it says "unauthorized" (RFC 6960 2.3). Raises PkiError
    where the address cannot be taken."""

    def __init__(
        self, pki: Pki, address: str = "127.0.0.1:0", seen: Callable[[str, str], None] = lambda kind, what: None
    ) -> None:
        self._pki = pki
        self._seen = seen
        self._lock = threading.Lock()
        host, port = address_of(address)
        try:
            self._server = ThreadingHTTPServer((host, port), self._handler())
        except OSError as error:
            raise PkiError(
                f"the revocation server cannot listen on {address}: {error.strerror}. The address stands in the "
                "certificates: free it, or make another PKI (`ocpp-harness pki create --revocation`)"
            ) from error
        self._thread = threading.Thread(target=self._server.serve_forever, name="harness-ocsp", daemon=True)
        self._thread.start()
        self.url = f"http://{host}:{self._server.server_port}"

    def answer(self, request: bytes) -> bytes:
        """The OCSP response to a request (both DER). One that is damaged, has a hash that nobody knows, or asks about
        several certificates at once, is malformed here (RFC 6960 2.3)."""
        try:
            asked = ocsp.load_der_ocsp_request(request)
            digest = asked.hash_algorithm
            if asked.serial_number < 0:
                raise ValueError("no certificate has such a number (RFC 5280 4.1.2.2)")
        except UNREADABLE:
            self._seen("OCSP", "not readable")
            return _unsuccessful(ocsp.OCSPResponseStatus.MALFORMED_REQUEST)
        with self._lock:
            issuer = next(filter(lambda authority: _meant(asked, authority), self._authorities()), None)
            if issuer is None:
                self._seen("OCSP", f"unauthorized: {asked.serial_number:x} is not ours")
                return _unsuccessful(ocsp.OCSPResponseStatus.UNAUTHORIZED)
            revoked = asked.serial_number in self._pki.revoked_by(issuer.name)
        standing: Standing = "revoked" if revoked else "good"
        self._seen("OCSP", f"{standing}: {asked.serial_number:x} of the {issuer.name}")
        return _answer(self._pki, _Named(asked.issuer_name_hash, asked.issuer_key_hash, asked.serial_number),
                       digest, issuer, standing)

    def _authorities(self) -> Iterator[Authority]:
        return (self._pki.authority(name) for name in self._pki.hierarchy.authorities)

    def revocation_list(self, authority: str) -> bytes | None:
        """The CRL (DER) of an authority by its name, blanks as underscores; None for one that is not ours."""
        name = authority.replace("_", " ")
        with self._lock:
            if name not in self._pki.hierarchy.authorities:
                return None
            return _crl(self._pki, name).public_bytes(Encoding.DER)

    def close(self) -> None:
        """Free the port; returns when the thread has ended."""
        self._server.shutdown()
        self._server.server_close()
        self._thread.join()

    def _handler(self) -> type[BaseHTTPRequestHandler]:
        owner = self

        class Handler(BaseHTTPRequestHandler):
            timeout = 10

            def do_POST(self) -> None:
                length = self.headers.get("Content-Length") or "0"
                body = self.rfile.read(min(int(length) if length.isdecimal() else 0, 65_536))
                self._reply(200, "application/ocsp-response", owner.answer(body))

            def do_GET(self) -> None:
                name = unquote(self.path.strip("/"))
                if not name.endswith(".crl"):
                    self._reply(200, "application/ocsp-response", owner.answer(_decoded(name)))
                    return
                found = owner.revocation_list(name.removesuffix(".crl"))
                owner._seen("CRL", name if found else f"not found: {name}")
                self._reply(200 if found else 404, "application/pkix-crl", found or b"")

            def _reply(self, status: int, kind: str, body: bytes) -> None:
                self.send_response(status)
                self.send_header("Content-Type", kind)
                self.send_header("Content-Length", str(len(body)))
                self.end_headers()
                self.wfile.write(body)

            def log_message(self, format: str, *arguments: object) -> None:
                return

        return Handler


def _decoded(text: str) -> bytes:
    try:
        return base64.b64decode(text, validate=True)
    except ValueError:
        return b""


def _meant(request: ocsp.OCSPRequest, issuer: Authority) -> bool:
    """Whether the request is about a certificate of this issuer: RFC 6960 4.1.1 identifies it by two hashes."""
    return (request.issuer_name_hash, request.issuer_key_hash) == _hashes(issuer.certificate, request.hash_algorithm)


def _hashes(issuer: x509.Certificate, algorithm: hashes.HashAlgorithm) -> tuple[bytes, bytes]:
    """Of the issuer's name, and of its key without tag and length."""
    key = issuer.public_key()
    if isinstance(key, ec.EllipticCurvePublicKey):
        raw = key.public_bytes(Encoding.X962, PublicFormat.UncompressedPoint)
    else:
        raw = key.public_bytes(Encoding.DER, PublicFormat.PKCS1)
    return _digest(issuer.subject.public_bytes(), algorithm), _digest(raw, algorithm)


def _digest(data: bytes, algorithm: hashes.HashAlgorithm) -> bytes:
    digest = hashes.Hash(algorithm)
    digest.update(data)
    return digest.finalize()
