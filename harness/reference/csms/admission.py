"""Who may connect: identity, Basic credentials, subprotocol (OCPP-J 3.2; 2.0.1 A00.FR.202 to .207)."""

from __future__ import annotations

import base64
import hmac
from collections.abc import Mapping

from harness.reference.csms.behaviour import Behaviour
from harness.reference.csms.book import Book
from harness.reference.csms.config import CsmsConfig
from harness.rpc.link import Admission, Handshake

_PREFIX = "ocpp"
_CHALLENGE = (("WWW-Authenticate", 'Basic realm="OCPP", charset="UTF-8"'),)


class Gate:
    """Decides on handshakes, by the passwords of the moment: a station may get a new one (A01), or do without (A05)."""

    def __init__(self, config: CsmsConfig, behaviour: Behaviour, book: Book) -> None:
        self._config = config
        self._behaviour = behaviour
        self._book = book
        self._passwords: Mapping[str, bytes | None] = book.passwords
        self._refused = 0

    def identity(self, handshake: Handshake) -> str:
        if self._behaviour.identity_not_decoded:
            return handshake.target.partition("?")[0].rpartition("/")[2]
        return handshake.identity

    def admit(self, handshake: Handshake) -> Admission:
        """404 for an unknown identity, 401 for wrong credentials, else 101."""
        known = self.identity(handshake) in self._config.stations
        if not known and not self._behaviour.accepts_unknown_identity:
            return Admission(404, body="Not Found")
        if not self.bound(handshake):
            return Admission(403, body="Forbidden")
        if not self._behaviour.checks_password_after_upgrade and not self.authentic(handshake):
            return Admission(401, headers=_CHALLENGE, body="Unauthorized")
        version = self.version(handshake)
        if version is None:
            return self._nothing_in_common(handshake)
        return Admission(101, None if self._behaviour.omits_subprotocol else _PREFIX + version)

    def _nothing_in_common(self, handshake: Handshake) -> Admission:
        if self._behaviour.selects_unknown_subprotocol and handshake.subprotocols:
            return Admission(101, handshake.subprotocols[0])
        if self._behaviour.refuses_unknown_subprotocol:
            return Admission(400, body="Bad Request")
        return Admission(101, None)

    def version(self, handshake: Handshake) -> str | None:
        """The first of the station's offers that we support, without the prefix; or None."""
        offers = (offer.removeprefix(_PREFIX) for offer in handshake.subprotocols if offer.startswith(_PREFIX))
        return next((offer for offer in offers if offer in self._config.versions), None)

    def bound(self, handshake: Handshake) -> bool:
        """Whether the client certificate names this identity's serial number."""
        identity = self.identity(handshake)
        serial = self._config.serials.get(identity)
        if identity in self._book.risen and not self._behaviour.takes_lower_profile:
            serial = self._config.subjects.get(identity)
        if serial is None or self._behaviour.ignores_common_name:
            return True
        return handshake.peer is not None and handshake.peer.common_name == serial

    def rises(self, handshake: Handshake) -> bool:
        """Whether a station that goes over to security profile 3 shows its certificate."""
        identity, peer = self.identity(handshake), handshake.peer
        return peer is not None and identity in self._book.promised and (
            peer.common_name == self._config.subjects.get(identity))

    def authentic(self, handshake: Handshake) -> bool:
        """Whether the credentials are right. User and password are both compared, whatever the first says."""
        identity = self.identity(handshake)
        password = self._passwords.get(identity)
        if self.rises(handshake):
            return True
        if password is None or self._behaviour.ignores_password:
            return True
        if self._behaviour.password_as_text:
            password = password.decode("latin-1").encode()
        user, given = _credentials(handshake.authorization)
        same_user = hmac.compare_digest(user, identity.encode())
        same_password = hmac.compare_digest(given, password)
        good = (same_user or self._behaviour.ignores_user) and same_password
        self._refused += not good
        return good or 0 < self._behaviour.fails_open < self._refused


def _credentials(header: str | None) -> tuple[bytes, bytes]:
    """User and password of a Basic header (RFC 7617); both empty where there is none that can be read."""
    scheme, _, token = (header or "").partition(" ")
    if scheme.lower() != "basic":
        return b"", b""
    try:
        user, colon, password = base64.b64decode(token.strip(), validate=True).partition(b":")
    except ValueError:
        return b"", b""
    return (user, password) if colon else (b"", b"")
