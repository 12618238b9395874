"""A clock that is far off is found out before a verdict about certificates."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from types import SimpleNamespace
from typing import Any

import pytest

from harness import resources
from harness.journal import Direction, Event, HandshakeResponse, TlsAlert, TlsChain, TlsHello
from harness.judge import clock
from harness.judge import tls as judge
from harness.oracle import clocks, tls
from harness.oracle.verdict import Inconclusive
from harness.rpc.link import SECOND, Instant
from harness.security import declaration
from harness.security.pki import Pki

NOW = datetime(2026, 5, 1, 12, 0, tzinfo=UTC)
WALL = int(NOW.timestamp()) * SECOND
HOUR = 3600 * SECOND


def message(action: str, payload: object, is_request: bool = True) -> Any:
    event = SimpleNamespace(at=Instant(0, WALL))
    return SimpleNamespace(action=action, is_request=is_request, payload=payload, event=event)


@pytest.mark.parametrize(("messages", "hours"), [
    ([], None),
    ([message("StatusNotification", {"timestamp": "2026-05-01T12:00:00Z"})], 0),
    ([message("StatusNotification", {"timestamp": "2026-05-01T14:00:00+01:00"})], 1),
    ([message("Heartbeat", {"currentTime": "2026-04-30T12:00:00.000Z"}, False)], -24),
    ([message("NotifyEvent", {"generatedAt": "2026-05-02T12:00:00Z"}), message("StatusNotification", {})], 24),
    ([message("TransactionEvent", {"timestamp": "2020-05-02T12:00:00Z"})], None),  # queued ones are old
    ([message("StatusNotification", {"timestamp": "2026-05-01T12:00:00"})], None),
    ([message("StatusNotification", {"timestamp": "yesterday"}), message("StatusNotification", None)], None),
    ([message("StatusNotification", {"timestamp": 7})], None),
])
def test_what_the_clock_of_the_sut_says(messages: list[Any], hours: int | None) -> None:
    assert clocks.skew(messages) == (None if hours is None else hours * HOUR)


def session(*messages: Any, http: tuple[Any, ...] = (), earlier: int | None = None) -> Any:
    return SimpleNamespace(
        transcript=SimpleNamespace(from_sut=lambda: messages),
        journal=SimpleNamespace(since=lambda _: http),
        clock=earlier,
    )


def answer(date: str, direction: Direction = Direction.IN) -> Event:
    return Event(1, Instant(0, WALL), 1, HandshakeResponse(direction, 101, headers=(("date", date),)))


@pytest.mark.parametrize(("told", "way"), [
    ("2026-05-01T20:00:00Z", "8.0 hours fast"), ("2026-04-01T12:00:00Z", "30.0 days slow"),
])
def test_a_clock_that_is_far_off_makes_it_inconclusive(told: str, way: str) -> None:
    with pytest.raises(Inconclusive, match=way):
        clock.on_time(session(message("StatusNotification", {"timestamp": told})))
    clock.on_time(session(message("StatusNotification", {"timestamp": "2026-05-01T13:00:00Z"})))


@pytest.mark.parametrize(("http", "hours"), [
    ((answer("Fri, 01 May 2026 20:00:00 GMT"),), 8),
    ((answer("Fri, 01 May 2026 20:00:00 GMT", Direction.OUT),), None),
    ((answer("Fri, 01 May 2026 20:00:00 GMT"), answer("soon")), 8),
    ((answer("soon"),), None),
    ((answer("Fri, 32 May 2026 20:00:00 GMT"),), None),
])
def test_an_http_answer_tells_the_time_too(http: tuple[Event, ...], hours: int | None) -> None:
    assert clock.told(session(http=http)) == (None if hours is None else hours * HOUR)


def test_messages_go_before_http_and_this_scenario_before_earlier_ones() -> None:
    late = answer("Fri, 01 May 2026 20:00:00 GMT")
    now = message("StatusNotification", {"timestamp": "2026-05-01T12:00:00Z"})
    assert clock.told(session(now, http=(late,), earlier=5)) == 0
    assert clock.told(session(http=(late,), earlier=5)) == 8 * HOUR
    assert clock.told(session(earlier=5)) == 5


def refused(name: str, alert: str, direction: Direction) -> list[Event]:
    """A handshake in which we showed that certificate."""
    pki = Pki(declaration.load(resources.root() / "certs" / "default.toml"), now=NOW - timedelta(hours=1))
    bodies = (
        TlsHello(Direction.IN, "ClientHello", ("TLSv1.3",), ()),
        TlsChain(Direction.OUT, (pki.issued(name).chain,)),
        TlsAlert(direction, "fatal", alert),
    )
    return [Event(number, Instant(0, WALL), 1, body) for number, body in enumerate(bodies)]


@pytest.mark.parametrize(("name", "alert", "direction", "ours"), [
    ("CSMS certificate", "certificate_expired", Direction.IN, True),
    ("expired CSMS certificate", "certificate_expired", Direction.IN, False),
    ("not yet valid CSMS certificate", "certificate_expired", Direction.IN, False),
    ("CSMS certificate", "unknown_ca", Direction.IN, False),
    ("CSMS certificate", "certificate_expired", Direction.OUT, False),
])
def test_a_valid_certificate_that_is_called_expired_is_the_clocks_fault(
    name: str, alert: str, direction: Direction, ours: bool
) -> None:
    seen = tls.view(refused(name, alert, direction), 1)
    if ours:
        with pytest.raises(Inconclusive, match="clock"):
            judge._on_time(session(), seen)
    else:
        judge._on_time(session(), seen)


def test_a_bad_certificate_is_one_where_the_clock_is_known_to_be_right() -> None:
    seen = tls.view(refused("CSMS certificate", "bad_certificate", Direction.IN), 1)
    with pytest.raises(Inconclusive, match="too slow"):
        judge._on_time(session(), seen)
    judge._on_time(session(message("StatusNotification", {"timestamp": "2026-05-01T12:00:00Z"})), seen)
