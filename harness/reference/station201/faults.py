"""Faults of connectors: state, NotifyEvent, and the end of the transaction (E06.FR.16, G01, N07)."""

from __future__ import annotations

from harness.reference.station201.core import Core
from harness.reference.station201.memory import Payload, Place


def raise_fault(core: Core, place: Place) -> None:
    """The connector breaks."""
    if place in core.sessions.faults:
        return
    core.sessions.faults.add(place)
    if not core.network.powered:
        return
    core.availability.announce()
    _notify(core, "Connector", place, "true")
    core.sessions.broken(place)


def clear_fault(core: Core, place: Place) -> None:
    """The connector works again."""
    if place not in core.sessions.faults:
        return
    core.sessions.faults.discard(place)
    if core.network.powered:
        core.availability.announce()
        _notify(core, "Connector", place, "false")
        core.sessions.resume()


def unlocked(core: Core, evse: int) -> bool:
    """A cable that cannot be locked in gets no energy (G05.FR.01), and the CSMS hears why (G05.FR.02)."""
    sessions = core.sessions
    if evse not in sessions.jammed or core.config.fixed_cable or core.behaviour.charges_unlocked:
        return False
    if evse not in sessions.lock_told:
        sessions.lock_told.add(evse)
        _notify(core, "ConnectorPlugRetentionLock", (evse, sessions.plugged[evse]), "true")
    return True


def _notify(core: Core, component: str, place: Place, value: str) -> None:
    """Kept until the CSMS has accepted the station, however early the fault (B01.FR.08)."""
    if core.behaviour.loses_early_events and not core.registration.accepted:
        return
    event: Payload = {
        "eventId": core.order(),
        "timestamp": core.timestamp(),
        "trigger": "Alerting",
        "actualValue": value,
        "eventNotificationType": "HardWiredNotification",
        "component": {"name": component, "evse": {"id": place[0], "connectorId": place[1]}},
        "variable": {"name": "Problem"},
    }
    if value == "false":
        event["cleared"] = True
    payload = {"generatedAt": core.timestamp(), "tbc": False, "seqNo": 0, "eventData": [event]}
    core.exchange.call("NotifyEvent", payload, keep=True)
