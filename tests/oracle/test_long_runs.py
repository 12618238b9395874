"""Very long runs: memory is bounded, the sinks have everything, and the monitor still notices."""

from __future__ import annotations

from collections.abc import Sequence

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from harness.journal import Direction, Event, HandshakeRequest, HandshakeResponse, Journal, Text
from harness.oracle.monitor import Limits, Lookout, Monitor
from harness.oracle.recent import Recent
from harness.oracle.rules_field import BackOff, ToldTwice
from harness.oracle.rules_rpc import UNIQUE_ID
from harness.oracle.rules_station import Clock, Registers, TransactionEvents
from harness.oracle.transcript import Transcript
from harness.rpc import peer
from harness.rpc.dialect import DIALECTS
from harness.rpc.frame import Call, Result, encode
from harness.rpc.link import SECOND, Instant
from tests.oracle.bench import Record

DIALECT = DIALECTS["2.0.1"]


def _dropped(events: Sequence[Event]) -> None:
    """A sink that keeps nothing."""


def at(number: int) -> Instant:
    return Instant(number * SECOND, number * SECOND)


def test_the_newest_events_stay_and_the_sink_has_all() -> None:
    kept: list[Event] = []
    journal = Journal((kept.extend,), retain=10)
    for number in range(95):
        journal.append(1, Text(Direction.IN, str(number)), at(number))
        assert len(journal) == number + 1
        assert journal[number].number == number
        assert journal[-1].number == number
    assert [event.number for event in kept] == list(range(95))
    assert 10 <= len(list(journal)) < 20
    assert [event.number for event in journal.since(90)] == list(range(90, 95))
    with pytest.raises(IndexError, match="event 3 is no longer"):
        journal[3]


@pytest.mark.parametrize("retain", [0, -1, 5])
def test_events_are_never_dropped_without_a_sink(retain: int) -> None:
    with pytest.raises(ValueError, match="sink"):
        Journal(retain=retain)


def heartbeat(journal: Journal, number: int, message_id: str) -> None:
    journal.append(1, Text(Direction.IN, encode(Call(message_id, "Heartbeat", {}))), at(number))
    answer = encode(Result(message_id, {"currentTime": "1970-01-01T00:00:00Z"}))
    journal.append(1, Text(Direction.OUT, answer), at(number))


def test_the_monitor_still_notices_what_was_said_before_memory_ends() -> None:
    journal = Journal((_dropped,), retain=20)
    transcript = Transcript(journal, DIALECT)
    monitor = Monitor(transcript, "csms", Limits())
    journal.append(1, HandshakeResponse(Direction.OUT, 101, "ocpp2.0.1"), at(0))
    for number in range(300):
        heartbeat(journal, number, f"id-{number}")
        monitor.review()
    assert len(transcript.messages()) < 60
    assert transcript.open_links() == {1}
    assert not [f for f in monitor.findings if f.rule is UNIQUE_ID]
    heartbeat(journal, 301, "id-5")
    monitor.review()
    (found,) = [f for f in monitor.findings if f.rule is UNIQUE_ID]
    assert "id-5" in found.text


def held(thing: object, seen: set[int]) -> int:
    """How many things it holds, and those in turn."""
    if id(thing) in seen or isinstance(thing, str | bytes | int | float | type(None)):
        return 1
    seen.add(id(thing))
    if isinstance(thing, dict):
        inside: list[object] = [*thing.keys(), *thing.values()]
    elif isinstance(thing, list | tuple | set | frozenset):
        inside = list(thing)
    else:
        names = [*getattr(thing, "__dict__", ()), *getattr(type(thing), "__slots__", ())]
        inside = [getattr(thing, name, None) for name in names]
    return 1 + sum(held(each, seen) for each in inside)


def test_what_the_rules_keep_of_one_transaction_and_one_outage_has_a_limit(monkeypatch: pytest.MonkeyPatch) -> None:
    """A transaction may last for weeks, and a station may knock for as long."""
    monkeypatch.setattr(Recent.__init__, "__defaults__", (50,))
    rules = TransactionEvents(DIALECT), BackOff(), ToldTwice(DIALECT), Registers(), Clock(DIALECT, SECOND)
    record, sizes = Record(), []
    for number in range(400):
        reading = {"timestamp": record.wall(), "sampledValue": [{"value": number}]}
        payload = {"eventType": "Updated", "triggerReason": "MeterValuePeriodic", "seqNo": number,
                   "timestamp": record.wall(), "transactionInfo": {"transactionId": "T"}, "meterValue": [reading]}
        asked = record.theirs(2, f"id-{number}", "TransactionEvent", payload, after=1)
        answered = record.ours(3, f"id-{number}", {})
        knock = record.add(HandshakeRequest(Direction.IN, "/CS001"), 2)
        for rule in rules:
            lookout = Lookout((rule,), DIALECT)
            found = [*lookout.see(asked), *rule.notice(knock), *lookout.see(answered)]
            assert [finding.rule.id for finding in found] == (["back-off"] if number == 4 and rule is rules[1] else [])
        sizes.append(held(rules, set()))
    assert max(sizes[200:]) <= max(sizes[100:200])


def test_a_peer_forgets_old_exchanges_and_no_open_one(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(peer, "REMEMBERED", 20)
    ours = peer.Peer("csms", DIALECT, call_timeout=10**18, their_timeout=1)
    ours.receive(encode(Call("open", "Heartbeat", {})), 0)
    for number in range(1, 500):
        ours.receive(encode(Call(f"id-{number}", "Heartbeat", {})), 10 * number)
        ours.send(Result(f"id-{number}", {}), 10 * number, anyway=True)
    assert len(ours._theirs) <= 41
    assert [call.id for call in ours.unanswered] == ["open"]


def test_who_reads_too_late_is_told_what_is_gone() -> None:
    journal = Journal((_dropped,), retain=5)
    for number in range(20):
        journal.append(1, Text(Direction.IN, str(number)), at(number))
    assert [event.number for event in journal.from_(18)] == [18, 19]
    assert not journal.from_(20)
    with pytest.raises(IndexError, match="event 3 is no longer"):
        journal.from_(3)
    with pytest.raises(IndexError, match="event 0 is no longer"):
        Transcript(journal, DIALECT).messages()


def _said(text: str) -> Text:
    return Text(Direction.IN, text)


@settings(deadline=None, max_examples=100)
@given(st.lists(st.sampled_from(["append", "later", "settle"]), max_size=30))
def test_copies_made_later_are_complete_and_in_order(doings: list[str]) -> None:
    copies: list[Event] = []

    journal = Journal((copies.extend,))
    for number, doing in enumerate(doings):
        if doing == "settle":
            journal.settle()
        elif doing == "append":
            event = journal.append(1, _said(str(number)), Instant(number, number))
            assert journal[len(journal) - 1] is event, "whoever judges sees it at once"
        else:
            first = journal.append_first(1, _said(str(number)), Instant(number, number))
            assert journal[len(journal) - 1].body == _said(str(number)), "whoever judges sees it at once"
            assert first == (len(journal) - len(copies) == 1)
        if doing != "later":
            assert copies == list(journal)
    assert copies == list(journal)[: len(copies)]
    journal.settle()
    assert copies == list(journal)
