"""Who ended a handshake: only what ends one counts."""

from __future__ import annotations

import pytest

from harness.journal import Direction, Event, HandshakeResponse, TlsAlert
from harness.oracle import tls
from harness.rpc.link import Instant

IN, OUT = Direction.IN, Direction.OUT
NAME, NO = ("warning", "unrecognized_name"), ("warning", "no_renegotiation")
BAD, CLOSE = ("fatal", "bad_certificate"), ("warning", "close_notify")


@pytest.mark.parametrize(("alerts", "ours"), [
    ([], ""),
    ([(OUT, *BAD)], "bad_certificate"),
    ([(IN, *BAD)], ""),
    ([(IN, *BAD), (OUT, *BAD)], ""),
    ([(OUT, *BAD), (IN, *BAD)], "bad_certificate"),
    ([(IN, *NAME), (OUT, *BAD)], "bad_certificate"),
    ([(OUT, *NO), (IN, *BAD)], ""),
    ([(OUT, *NO)], ""),
    ([(IN, *CLOSE), (OUT, *BAD)], ""),
    ([(OUT, *CLOSE), (IN, *BAD)], "close_notify"),
])
def test_a_warning_ends_nothing_and_the_first_end_counts(alerts: list[tuple[Direction, str, str]], ours: str) -> None:
    bodies = [*(TlsAlert(*alert) for alert in alerts), HandshakeResponse(IN, 0, reason="TLS: over")]
    events = [Event(number, Instant(number, number), 1, body) for number, body in enumerate(bodies)]
    assert tls.view(events, 1).ours == ours
