"""Field bugs, or parts of them, that no practice opponent can show yet, and what is in the way."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Undone:
    """`bug` is the number in the list of field bugs; `peer` and `version` who could have it."""

    bug: int
    peer: str
    version: str
    what: str
    reason: str


_NO_FIELD = "the practice opponent has no such fault yet"

UNDONE: tuple[Undone, ...] = (
    Undone(2, "station", "2.0.1", "an impossible currentTime is used", _NO_FIELD),
    Undone(7, "csms", "2.0.1", "an unaccepted station is served instead of SecurityError", (
        "nobody can be asked to make a CSMS answer Pending or Rejected")),
    Undone(11, "station", "1.6, 2.0.1", "StatusNotification goes before the events that have waited", _NO_FIELD),
    Undone(12, "csms", "1.6", "a missing connectorId is taken for 1", "connectorId is required in 1.6"),
    Undone(14, "csms", "1.6", "a transactionId comes again after a restart of the CSMS", (
        "nobody can be asked to restart a CSMS")),
    Undone(18, "station", "1.6, 2.0.1", "a 101 without any subprotocol is accepted", (
        "RFC 6455 lets a client go on, and OCPP-J 3.2 has the CSMS close: no verdict could rest on it")),
    Undone(18, "station", "1.6, 2.0.1", "the handshake lacks `Connection: Upgrade`", (
        "a practice opponent leaves the handshake to the carrier; rule `handshake` is shown by peers on bare sockets "
        "in tests/faults/test_handshakes.py, for a CSMS's 101 too")),
    Undone(20, "station", "1.6, 2.0.1", "a colon stands in the user", (
        "the user is the identity, and `check` refuses a SUT file with such an identity (RFC 7617)")),
    Undone(23, "station", "2.0.1", "charging profiles", "the 2.0.1 practice station has no Smart Charging"),
    Undone(25, "station", "1.6, 2.0.1", "8.1 A is refused; certificates are managed over security profile 0 or 1; "
           "a large or empty list is no JSON", _NO_FIELD),
)  # fmt: skip
