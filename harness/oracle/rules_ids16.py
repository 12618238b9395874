"""Monitor rule about the transactionIds that a 1.6 Central System gives away."""

from __future__ import annotations

from collections.abc import Iterable

from harness.journal import Event
from harness.oracle.findings import IN, OUT, REQUESTS, RESULTS, Finding, Quiet, Rule, Severity, Wish
from harness.oracle.recent import Recent
from harness.oracle.rules_rpc import station_of
from harness.oracle.rules_station import key_of, member
from harness.oracle.transcript import Message
from harness.rpc.frame import Json

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

    def __init__(self) -> None:
        self._stations: Recent[int, str] = Recent()
        self._running: Recent[object, dict[object, int]] = Recent()

    def notice(self, event: Event) -> Iterable[Finding]:
        station = station_of(event)
        if station is not None:
            self._stations[event.link] = station
        return ()

    def wishes(self) -> Iterable[Wish]:
        return (
            Wish(self._stopped, OUT, REQUESTS, frozenset({"StopTransaction"})),
            Wish(self._started, IN, RESULTS, frozenset({"StartTransaction"})),
        )

    def _station(self, message: Message) -> object:
        return self._stations.get(message.link, message.link)

    def _of(self, transaction: Json) -> dict[object, int]:
        """Which stations have a running transaction of that id, and the answers that gave it."""
        return self._running.setdefault(key_of(transaction), {})

    def _stopped(self, message: Message) -> Iterable[Finding]:
        self._of(member(message.payload, "transactionId")).pop(self._station(message), None)
        return ()

    def _started(self, message: Message) -> Iterable[Finding]:
        station, given = self._station(message), member(message.payload, "transactionId")
        if message.request is None or member(member(message.payload, "idTagInfo"), "status") != "Accepted":
            return
        running = self._of(given)
        for other, number in running.items():
            if other != station:
                text = f"{station} and {other} both have transactionId {given}"
                yield Finding(SHARED_ID, text, (number, message.number), message.link)
        running[station] = message.number
