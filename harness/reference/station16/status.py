"""Status of the connectors: what it is (OCPP 1.6 4.9) and when it is notified."""

from __future__ import annotations

from functools import partial

from harness.reference.station16 import profiles, rpc
from harness.reference.station16.model import Connector, Station

Status = tuple[str, str, str]
"""status, errorCode, info"""


def current(station: Station, number: int) -> Status:
    """The status of connector `number`; 0 is the station as a whole."""
    if station.station_fault is not None and station.behaviour.reports_faults:
        return "Faulted", station.behaviour.error_code or station.station_fault, ""
    if number == 0:
        return ("Available" if station.memory.operative[0] else "Unavailable"), _no_error(station), ""
    connector = station.connectors[number]
    if connector.fault is not None and station.behaviour.reports_faults:
        return "Faulted", station.behaviour.error_code or connector.fault, ""
    status = _transacting(station, connector) or _idle(station, connector)
    unplugged = connector.transaction is not None and not connector.plugged and status == "SuspendedEV"
    return status, _no_error(station), "EV side disconnected" if unplugged else ""


def _no_error(station: Station) -> str:
    return station.behaviour.error_code or "NoError"


def _transacting(station: Station, connector: Connector) -> str | None:
    transaction = connector.transaction
    if transaction is None:
        return None
    if station.behaviour.sends_suspended:
        if not connector.plugged or not connector.ev_ready:
            return "SuspendedEV"
        if transaction.suspended_by_station or connector.held:
            return "SuspendedEVSE"
    return station.behaviour.charging_status


def _idle(station: Station, connector: Connector) -> str:
    behaviour = station.behaviour
    if not station.memory.operative[connector.number]:
        return "Unavailable"
    if connector.authorised is not None and behaviour.sends_preparing:
        return "Preparing"
    if connector.finishing and behaviour.sends_finishing:
        return "Finishing"
    if reserved(station, connector.number):
        return "Reserved"
    used = connector.plugged or (connector.parked and station.config.bay_sensor)
    return "Preparing" if used and behaviour.sends_preparing else "Available"


def free(station: Station, connector: Connector) -> bool:
    """Nobody uses it, and it works."""
    busy = connector.plugged or connector.cable_left or connector.authorised or connector.transaction
    return not busy and usable(station, connector)


def usable(station: Station, connector: Connector) -> bool:
    """Neither faulted nor inoperative."""
    faulted = connector.fault is not None or station.station_fault is not None
    return not faulted and station.memory.operative[connector.number]


def reserved(station: Station, number: int) -> bool:
    """Reserved by name, or because it is the last one left for reservations of connector 0."""
    reservations = station.memory.reservations.values()
    if any(reservation.connector == number for reservation in reservations):
        return True
    anywhere = sum(1 for reservation in reservations if reservation.connector == 0)
    if not anywhere:
        return False
    named = {reservation.connector for reservation in reservations}
    left = [c.number for c in station.connectors.values() if _vacant(station, c) and c.number not in named]
    return number in left and len(left) <= anywhere


def _vacant(station: Station, connector: Connector) -> bool:
    """Usable, and nobody has identified himself here; a plugged-in cable alone does not count."""
    busy = connector.finishing or connector.authorised or connector.transaction
    return not busy and usable(station, connector)


def hold(station: Station) -> None:
    """See where a charging profile allows nothing, and tell; called after every event."""
    for connector in station.connectors.values():
        held = connector.transaction is not None and profiles.limit(station, connector.number, station.wall) <= 0
        if held != connector.held:
            connector.held = held
            notify(station)


def notify(station: Station) -> None:
    """Send StatusNotification for every connector whose status has changed since the last one."""
    for number in range(len(station.connectors) + 1):
        if current(station, number) == station.notified.get(number):
            station.timers.cancel(f"status {number}")
            continue
        wait = station.number("MinimumStatusDuration")
        if not wait or station.behaviour.reports_every_state:
            _changed(station, number)
        elif station.timers.at(f"status {number}") is None or station.unstable[number] != current(station, number):
            station.unstable[number] = current(station, number)
            station.timers.set(f"status {number}", station.after(wait), partial(_changed, station, number))


def _changed(station: Station, number: int) -> None:
    if station.online and current(station, number) != station.notified.get(number):
        send(station, number)


def send(station: Station, number: int, free: bool = False) -> None:
    """Send the present status of one connector, changed or not."""
    status, error, info = current(station, number)
    station.notified[number] = (status, error, info)
    report(station, number, (status, error, info), free)


def report(station: Station, number: int, status: Status, free: bool = False) -> None:
    payload = {
        "connectorId": number,
        "errorCode": status[1],
        "status": status[0],
        "timestamp": station.timestamp(),
    }
    if status[2]:
        payload["info"] = status[2]
    rpc.call(station, "StatusNotification", payload, free=free)
