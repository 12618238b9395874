"""transactionIds of two 1.6 stations: when that rule fires and when it is silent."""

from __future__ import annotations

from tests.oracle.bench import Record
from tests.oracle.stories import fires, silent


def _two(record: Record, second: str = "CS002") -> None:
    record.opened(1)
    record.opened(2, second)


def _start(record: Record, link: int, number: int, status: str = "Accepted") -> None:
    payload = {"connectorId": 1, "idTag": "A", "meterStart": 0, "timestamp": record.wall()}
    name = f"start{len(record.journal)}"
    record.ours(2, name, "StartTransaction", payload, link=link)
    record.theirs(3, name, {"transactionId": number, "idTagInfo": {"status": status}}, link=link)


def _stop(record: Record, link: int, number: int) -> None:
    payload = {"transactionId": number, "meterStop": 1, "timestamp": record.wall()}
    record.ours(2, f"stop{len(record.journal)}", "StopTransaction", payload, link=link)


@fires("shared-transaction-id", "1.6", "csms")
def both_are_number_seven(record: Record) -> None:
    _two(record)
    _start(record, 1, 7)
    _start(record, 2, 7)


@fires("shared-transaction-id", "1.6", "csms")
def a_stop_of_another_station_frees_no_number(record: Record) -> None:
    _two(record)
    _start(record, 1, 7)
    _stop(record, 2, 7)
    _start(record, 2, 7)


@silent("shared-transaction-id", "1.6", "csms")
def numbers_of_their_own(record: Record) -> None:
    _two(record)
    _start(record, 1, 7)
    _start(record, 2, 8)


@silent("shared-transaction-id", "1.6", "csms")
def a_number_again_after_its_transaction(record: Record) -> None:
    _two(record)
    _start(record, 1, 7)
    _stop(record, 1, 7)
    _start(record, 2, 7)


@silent("shared-transaction-id", "1.6", "csms")
def one_station_over_two_connections(record: Record) -> None:
    _two(record, "CS001")
    _start(record, 1, 7)
    _start(record, 2, 7)


@silent("shared-transaction-id", "1.6", "csms")
def what_is_not_accepted_has_no_number(record: Record) -> None:
    _two(record)
    _start(record, 1, 0, "Invalid")
    _start(record, 2, 0, "Blocked")
