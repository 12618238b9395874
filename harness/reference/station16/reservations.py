"""Reservations (OCPP 1.6 3.12, 5.13, 5.2)."""

from __future__ import annotations

from collections.abc import Iterable

from harness.reference.station16 import clock, status
from harness.reference.station16.model import Connector, Payload, Reservation, Station
from harness.reference.station16.rpc import Reply


def reserve_now(station: Station, payload: Payload) -> Reply:
    number, memory = payload["connectorId"], station.memory
    if not 0 <= number <= len(station.connectors):
        return Reply({"status": "Rejected"})
    expiry = clock.parse(payload["expiryDate"])
    if expiry is None or expiry <= station.wall:
        return Reply({"status": "Rejected"})
    # The same reservationId replaces what was reserved under it.
    former = memory.reservations.pop(payload["reservationId"], None)
    refusal = _refusal(station, number)
    if refusal is not None:
        if former is not None:
            memory.reservations[former.id] = former
        return Reply({"status": refusal})
    reservation = Reservation(payload["reservationId"], number, payload["idTag"], payload.get("parentIdTag"), expiry)
    memory.reservations[reservation.id] = reservation
    arm(station, reservation)
    return Reply({"status": "Accepted"}, lambda: status.notify(station))


def arm(station: Station, reservation: Reservation) -> None:
    """Let the reservation end at its expiryDate."""
    if station.behaviour.reservation_expires:
        due = station.now.monotonic + max(reservation.expiry - station.wall, 0)
        station.timers.set(f"reservation {reservation.id}", due, lambda: _remove(station, reservation.id))


def _refusal(station: Station, number: int) -> str | None:
    if number:
        return _occupation(station, station.connectors[number])
    reasons = [_occupation(station, connector) for connector in station.connectors.values()]
    anywhere = sum(1 for r in station.memory.reservations.values() if r.connector == 0)
    if reasons.count(None) > anywhere:
        return None
    ranking = ("Occupied", "Faulted", "Unavailable")
    return next((reason for reason in ranking if reason in reasons), "Occupied")


def _occupation(station: Station, connector: Connector) -> str | None:
    """Why this connector cannot be reserved, or None."""
    if station.station_fault is not None or connector.fault is not None:
        return "Faulted"
    if not station.memory.operative[connector.number]:
        return "Unavailable"
    named = any(r.connector == connector.number for r in station.memory.reservations.values())
    parked = connector.parked and station.config.bay_sensor
    return None if status.free(station, connector) and not named and not parked else "Occupied"


def _remove(station: Station, number: int) -> None:
    station.memory.reservations.pop(number, None)
    station.timers.cancel(f"reservation {number}")
    status.notify(station)


def end(station: Station, numbers: Iterable[int]) -> None:
    """What cannot be used any more is reserved for nobody (1.6 5.13)."""
    lost = set(numbers)
    for reservation in list(station.memory.reservations.values()):
        if reservation.connector in lost and station.behaviour.honours_reservation:
            del station.memory.reservations[reservation.id]
            station.timers.cancel(f"reservation {reservation.id}")


def cancel_reservation(station: Station, payload: Payload) -> Reply:
    number = payload["reservationId"]
    if number not in station.memory.reservations and not station.behaviour.cancels_unknown_reservation:
        return Reply({"status": "Rejected"})
    return Reply({"status": "Accepted"}, lambda: _remove(station, number))
