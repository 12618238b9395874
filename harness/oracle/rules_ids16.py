"""Monitor rule about the transactionIds that a 1.6 Central System gives away."""

from __future__ import annotations

from collections.abc import Iterable

from harness.journal import Direction, Event
from harness.oracle.findings import Finding, Quiet, Rule, Severity
from harness.oracle.recent import Recent
from harness.oracle.rules_rpc import station_of
from harness.oracle.rules_station import key_of, member
from harness.oracle.transcript import Message

SHARED_ID = Rule(
    "shared-transaction-id", Severity.SHOULD, "It has one transactionId for running transactions of two stations",
    "1.6 errata 3.54",
)  # fmt: skip


class SharedIds16(Quiet):
    """The same transactionId is not given to a second station while the transaction of the first one runs.

    A recommendation, for the id is told on the connection of its own station. Of one station nothing is said here: a
    start that is told again keeps its id. What is not Accepted counts for no transaction: its id means nothing.
    """

    rules = (SHARED_ID,)
    actions = frozenset({"StartTransaction", "StopTransaction"})

    def __init__(self) -> None:
        self._stations: Recent[int, str] = Recent()
        self._running: Recent[object, dict[object, int]] = Recent()

    def notice(self, event: Event) -> Iterable[Finding]:
        station = station_of(event)
        if station is not None:
            self._stations[event.link] = station
        return ()

    def see(self, message: Message) -> Iterable[Finding]:
        station: object = self._stations.get(message.link, message.link)
        payload = message.payload
        running = self._running.setdefault(key_of(member(payload, "transactionId")), {})
        if message.direction is Direction.OUT:
            if message.is_request and message.action == "StopTransaction":
                running.pop(station, None)
        elif message.action == "StartTransaction" and message.request is not None:
            if member(member(payload, "idTagInfo"), "status") != "Accepted":
                return
            for other, number in running.items():
                if other != station:
                    text = f"{station} and {other} both have transactionId {member(payload, 'transactionId')}"
                    yield Finding(SHARED_ID, text, (number, message.number), message.link)
            running[station] = message.number
