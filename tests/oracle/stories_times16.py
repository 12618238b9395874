"""Times of 1.6 transactions: when those rules fire and when they are silent."""

from __future__ import annotations

from tests.oracle.bench import Record
from tests.oracle.stories import Story, fires, named, silent


def _started(record: Record, shift: float = 0.0) -> None:
    payload = {"connectorId": 1, "idTag": "A", "meterStart": 0, "timestamp": record.wall(shift)}
    record.theirs(2, "start", "StartTransaction", payload)
    record.ours(3, "start", {"transactionId": 42, "idTagInfo": {"status": "Accepted"}})


def _metered(record: Record, time: str, **sample: str) -> None:
    entry = {"timestamp": time, "sampledValue": [{"value": "7"} | sample]}
    payload = {"connectorId": 1, "transactionId": 42, "meterValue": [entry]}
    record.theirs(2, f"m{len(record.journal)}", "MeterValues", payload, after=1)


def _clock(record: Record, shift: float) -> None:
    record.theirs(2, f"h{len(record.journal)}", "Heartbeat", {})
    record.ours(3, f"h{len(record.journal) - 1}", {"currentTime": record.wall(shift)})


def _stopped(record: Record, shift: float = 0.0, **marks: float) -> None:
    """`marks`: context (Begin, End) and when, as seconds from now."""
    data = [
        {"timestamp": record.wall(at), "sampledValue": [{"value": "7", "context": f"Transaction.{context}"}]}
        for context, at in marks.items()
    ]
    payload = {"transactionId": 42, "meterStop": 7, "timestamp": record.wall(shift)}
    record.theirs(2, "stop", "StopTransaction", payload | ({"transactionData": data} if data else {}))


@fires("chronology", "1.6")
def a_stop_before_its_start(record: Record) -> None:
    _started(record)
    record.now += 5
    _stopped(record, -60)


@fires("chronology", "1.6")
def readings_older_than_the_start(record: Record) -> None:
    _started(record)
    _metered(record, record.wall(-30))


@fires("chronology", "1.6")
def readings_older_than_those_before(record: Record) -> None:
    _started(record)
    record.now += 60
    _metered(record, record.wall())
    _metered(record, record.wall(-20))


@fires("chronology", "1.6")
def older_by_more_than_a_second(record: Record) -> None:
    _started(record)
    _metered(record, record.wall(-1.5))


@silent("chronology", "1.6")
def older_by_what_may_have_been_cut_off(record: Record) -> None:
    _started(record)
    _metered(record, record.wall(-1))


@fires("chronology", "1.6")
def a_clock_that_was_set_before_excuses_nothing(record: Record) -> None:
    _clock(record, -7200)
    _started(record, -7200)
    record.now += 60
    _stopped(record, -7300)


@silent("chronology", "1.6")
def in_order_and_cut_to_seconds(record: Record) -> None:
    record.now = 0.9
    _started(record)
    _metered(record, record.wall(-0.9))
    record.now += 5
    _stopped(record)


@silent("chronology", "1.6")
def the_clock_was_set_back(record: Record) -> None:
    _started(record)
    record.now += 5
    _clock(record, -60)
    _stopped(record, -60)


@silent("chronology", "1.6")
def a_start_by_another_clock(record: Record) -> None:
    _clock(record, 0)
    _started(record, 3600)
    record.now += 5
    _stopped(record)


@silent("chronology", "1.6")
def nothing_that_is_a_time(record: Record) -> None:
    _started(record)
    _metered(record, "yesterday")
    record.theirs(2, "m", "MeterValues", {"transactionId": {}, "meterValue": {}})
    record.theirs(2, "s", "StopTransaction", {"transactionId": 42, "transactionData": [7], "timestamp": 5})


def visit(took: float, **marks: float) -> Story:
    """A start, and a stop so many seconds later with these marks."""
    def story(record: Record) -> None:
        _started(record)
        record.now += took
        _stopped(record, **marks)

    return story


fires("reading-context", "1.6")(named("swapped", visit(20, End=-20, Begin=0)))
fires("reading-context", "1.6")(named("only_the_first_is_marked_and_as_the_last", visit(20, End=-19)))
silent("reading-context", "1.6")(named("as_they_are", visit(20, End=0, Begin=-20)))
fires("reading-context", "1.6")(named("a_visit_just_long_enough", visit(2.1, End=-2.1, Begin=0)))
silent("reading-context", "1.6")(named("a_visit_just_too_short", visit(2, End=-2, Begin=0)))
silent("reading-context", "1.6")(named("the_visit_was_too_short_to_tell", visit(1, End=-1, Begin=0)))


@silent("reading-context", "1.6")
def on_the_way_nobody_knows_the_end(record: Record) -> None:
    _started(record)
    record.now += 20
    _metered(record, record.wall(), context="Transaction.Begin")


@silent("reading-context", "1.6")
def begun_by_a_clock_that_was_set_since(record: Record) -> None:
    _started(record, 3600)
    record.now += 20
    _clock(record, 0)
    _stopped(record, End=0, Begin=3580)
