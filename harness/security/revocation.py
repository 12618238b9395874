"""Who is revoked: certificate revocation lists, OCSP answers, and a server for both on the loopback interface."""

from __future__ import annotations

import threading
from collections.abc import Callable
from datetime import timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Literal

from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.serialization import Encoding
from cryptography.x509 import ocsp

from harness.security.pki import Authority, Issued, Pki

Standing = Literal["good", "revoked", "unknown", "try later"]

_PERIOD = timedelta(days=7)


def crl(pki: Pki, authority: str) -> str:
    """The list (PEM) of what this authority has revoked; an authority that has revoked nothing has an empty one."""
    return _crl(pki, authority).public_bytes(Encoding.PEM).decode()


def _crl(pki: Pki, name: str) -> x509.CertificateRevocationList:
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
    issuer = issued.issuer
    revoked = standing == "revoked"
    builder = ocsp.OCSPResponseBuilder().add_response(
        cert=issued.certificate,
        issuer=issuer.certificate,
        algorithm=hashes.SHA256(),
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


class RevocationServer:
    """Answers OCSP (POST to any path) and serves CRLs (GET /<authority>.crl) on 127.0.0.1, in its own thread.

    `requests` are the bytes that were asked, in order: evidence of who looked up what. Of certificates that were
    not made here it says "unauthorized", as RFC 6960 2.3 has it."""

    def __init__(self, pki: Pki, watched: Callable[[], tuple[Issued, ...]]) -> None:
        """`watched`: the certificates it can speak for, asked anew for each request."""
        self.requests: list[tuple[str, bytes]] = []
        self._pki = pki
        self._watched = watched
        self._lock = threading.Lock()
        self._server = ThreadingHTTPServer(("127.0.0.1", 0), self._handler())
        self._thread = threading.Thread(target=self._server.serve_forever, name="harness-ocsp", daemon=True)
        self._thread.start()
        self.url = f"http://127.0.0.1:{self._server.server_port}"

    def answer(self, request: bytes) -> bytes:
        """The OCSP response to a request (both DER)."""
        try:
            asked = ocsp.load_der_ocsp_request(request)
            serial = asked.serial_number
        except ValueError:
            return _unsuccessful(ocsp.OCSPResponseStatus.MALFORMED_REQUEST)
        with self._lock:
            found = next((i for i in self._watched() if i.certificate.serial_number == serial), None)
            if found is None or found.issuer is None or not _meant(asked, found.issuer):
                return _unsuccessful(ocsp.OCSPResponseStatus.UNAUTHORIZED)
            return ocsp_answer(self._pki, found, "revoked" if found.revoked else "good")

    def revocation_list(self, authority: str) -> bytes | None:
        """The CRL (DER) of an authority by its name, blanks as underscores; None for one that is not ours."""
        name = authority.replace("_", " ")
        with self._lock:
            if name not in self._pki.hierarchy.authorities:
                return None
            return _crl(self._pki, name).public_bytes(Encoding.DER)

    def close(self) -> None:
        self._server.shutdown()
        self._server.server_close()
        self._thread.join()

    def _handler(self) -> type[BaseHTTPRequestHandler]:
        owner = self

        class Handler(BaseHTTPRequestHandler):
            def do_POST(self) -> None:
                body = self.rfile.read(min(int(self.headers.get("Content-Length") or 0), 65_536))
                owner.requests.append((self.path, body))
                self._reply(200, "application/ocsp-response", owner.answer(body))

            def do_GET(self) -> None:
                owner.requests.append((self.path, b""))
                found = owner.revocation_list(self.path.strip("/").removesuffix(".crl"))
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


def _meant(request: ocsp.OCSPRequest, issuer: Authority) -> bool:
    """Whether the request is about a certificate of this issuer: RFC 6960 4.1.1 identifies it by two hashes."""
    digest = hashes.Hash(request.hash_algorithm)
    digest.update(issuer.certificate.subject.public_bytes())
    return digest.finalize() == request.issuer_name_hash
