"""What a real station was left with by the scenarios before: cables that are in, transactions that run.

A scenario about a station begins with a free one. The built-in opponent is new each time; a real station goes on
from where the last scenario stopped, and would be blamed for it. Pure: read from what it said on the wire.
"""

from __future__ import annotations

from collections.abc import Iterable

from harness.journal import Direction
from harness.oracle.transcript import Message
from harness.rpc.frame import Json, Result

# Statuses of 1.6 and of 2.x in which a cable is in.
_IN_USE = frozenset({"Occupied", "Preparing", "Charging", "SuspendedEV", "SuspendedEVSE", "Finishing"})

Place = tuple[int, int]
"""EVSE and connector; a connector of 1.6 counts as an EVSE with one connector."""


class Leftovers:
    """Kept for a run; learns from each scenario's messages, in order."""

    def __init__(self) -> None:
        self._in_use: set[Place] = set()
        self._running: set[str] = set()

    @property
    def in_use(self) -> tuple[Place, ...]:
        """Where a cable is in."""
        return tuple(sorted(self._in_use))

    @property
    def running(self) -> tuple[str, ...]:
        """Transactions that have begun and not ended, by their id."""
        return tuple(sorted(self._running))

    def __bool__(self) -> bool:
        return bool(self._in_use or self._running)

    def __str__(self) -> str:
        cables = [f"connector {connector} of EVSE {evse} in use" for evse, connector in self.in_use]
        return ", ".join(cables + [f"transaction {id} still running" for id in self.running])

    def learn(self, messages: Iterable[Message]) -> None:
        """Take in what was said. Messages that are not as they should be tell nothing."""
        for message in messages:
            payload = message.payload
            if not isinstance(payload, dict):
                continue
            if message.direction is Direction.IN and message.is_request:
                self._said(message.action, payload)
            elif isinstance(message.frame, Result) and message.action == "StartTransaction":
                self._running.add(str(payload.get("transactionId")))

    def _said(self, action: str, payload: dict[str, Json]) -> None:
        if action == "StatusNotification":
            self._status(payload)
        elif action == "TransactionEvent":
            info = payload.get("transactionInfo")
            id = str(info.get("transactionId")) if isinstance(info, dict) else ""
            if payload.get("eventType") == "Ended":
                self._running.discard(id)
            elif id:
                self._running.add(id)
        elif action == "StopTransaction":
            self._running.discard(str(payload.get("transactionId")))
        elif action == "BootNotification":
            self._running.clear()  # what goes on after a restart is told of again

    def _status(self, payload: dict[str, Json]) -> None:
        connector = payload.get("connectorId")
        evse, inner = (payload["evseId"], connector) if "evseId" in payload else (connector, 1)
        if not isinstance(evse, int) or not isinstance(inner, int) or evse < 1 or inner < 1:
            return
        if payload.get("connectorStatus", payload.get("status")) in _IN_USE:
            self._in_use.add((evse, inner))
        else:
            self._in_use.discard((evse, inner))
