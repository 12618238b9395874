"""transactionIds of two 1.6 stations: when that rule fires and when it is silent."""

from __future__ import annotations

from tests.oracle.bench import Record
from tests.oracle.stories import Story, fires, named, silent, tell


def start(link: int, number: int, status: str = "Accepted") -> Story:
    """A start on that connection is given that transactionId."""
    def story(record: Record) -> None:
        payload = {"connectorId": 1, "idTag": "A", "meterStart": 0, "timestamp": record.wall()}
        name = f"start{len(record.journal)}"
        record.ours(2, name, "StartTransaction", payload, link=link)
        record.theirs(3, name, {"transactionId": number, "idTagInfo": {"status": status}}, link=link)

    return story


def stop(link: int, number: int) -> Story:
    """A stop on that connection, of a driver whom the Central System knows."""
    def story(record: Record) -> None:
        payload = {"transactionId": number, "meterStop": 1, "timestamp": record.wall()}
        name = f"stop{len(record.journal)}"
        record.ours(2, name, "StopTransaction", payload, link=link)
        record.theirs(3, name, {"idTagInfo": {"status": "Accepted"}}, link=link)

    return story


def stations(second: str = "CS002") -> Story:
    """CS001 on connection 1, and who is on connection 2."""
    def story(record: Record) -> None:
        record.opened(1)
        record.opened(2, second)

    return story


_FIRING: dict[str, tuple[Story, ...]] = {
    "both_are_number_seven": (stations(), start(1, 7), start(2, 7)),
    "a_stop_of_another_station_frees_no_number": (stations(), start(1, 7), stop(2, 7), start(2, 7)),
}
_SILENT: dict[str, tuple[Story, ...]] = {
    "numbers_of_their_own": (stations(), start(1, 7), start(2, 8)),
    "a_number_again_after_its_transaction": (stations(), start(1, 7), stop(1, 7), start(2, 7)),
    "both_stop": (stations(), start(1, 7), start(2, 8), stop(1, 7), stop(2, 8)),
    "one_station_over_two_connections": (stations("CS001"), start(1, 7), start(2, 7)),
    "what_is_not_accepted_has_no_number": (stations(), start(1, 0, "Invalid"), start(2, 0, "Blocked")),
}

for _name, _steps in _FIRING.items():
    fires("shared-transaction-id", "1.6", "csms")(named(_name, tell(*_steps)))
for _name, _steps in _SILENT.items():
    silent("shared-transaction-id", "1.6", "csms")(named(_name, tell(*_steps)))
