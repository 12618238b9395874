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

# After one of these an authorization is used or gone.
_SETTLING = frozenset({"StartTransaction", "StopTransaction", "TransactionEvent", "BootNotification"})
_REMOTE = frozenset({"RemoteStartTransaction", "RequestStartTransaction"})

Place = tuple[int, int]
"""EVSE and connector; a connector of 1.6 counts as an EVSE with one connector."""


class Leftovers:
    """Kept for a run; learns from each scenario's messages, in order."""

    def __init__(self) -> None:
        self._in_use: set[Place] = set()
        self._running: set[str] = set()
        self._awaited = ""

    @property
    def in_use(self) -> tuple[Place, ...]:
        """Where a cable is in."""
        return tuple(sorted(self._in_use))

    @property
    def running(self) -> tuple[str, ...]:
        """Transactions that have begun and not ended, by their id."""
        return tuple(sorted(self._running))

    @property
    def awaited(self) -> str:
        """The request by which somebody may charge as soon as a cable is in, or ""."""
        return self._awaited

    def __bool__(self) -> bool:
        return bool(self._in_use or self._running or self._awaited)

    def __str__(self) -> str:
        cables = [f"connector {connector} of EVSE {evse} in use" for evse, connector in self.in_use]
        running = [f"transaction {id} still running" for id in self.running]
        return ", ".join(cables + running + ([f"an accepted {self._awaited}"] if self._awaited else []))

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
            elif isinstance(message.frame, Result) and _accepted(message.action, payload):
                self._awaited = message.action

    def _said(self, action: str, payload: dict[str, Json]) -> None:
        if action in _SETTLING or _free(payload):
            self._awaited = ""
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


def _accepted(action: str, payload: dict[str, Json]) -> bool:
    """Whether this answer lets somebody charge."""
    if action in _REMOTE:
        return payload.get("status") == "Accepted"
    info = payload.get("idTagInfo", payload.get("idTokenInfo"))
    return action == "Authorize" and isinstance(info, dict) and info.get("status") == "Accepted"


def _free(payload: dict[str, Json]) -> bool:
    return "Available" in (payload.get("connectorStatus"), payload.get("status"))
