"""What the driver and the operator do at the station, and starting and stopping from afar."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import partial

from harness.reference.station16 import authorisation, profiles, reservations, status, transactions
from harness.reference.station16.authorisation import Info
from harness.reference.station16.model import Authorised, Connector, Payload, Reservation, Station, fold
from harness.reference.station16.rpc import Reply


def plug_in(station: Station, connector: Connector) -> None:
    connector.plugged, connector.cable_left, connector.ev_ready = True, False, True
    connector.finishing = False
    if connector.jammed and connector.authorised is not None:
        _lock_failed(station, connector)
    elif connector.authorised is not None and status.usable(station, connector):
        transactions.start(station, connector)
    status.notify(station)


def _lock_failed(station: Station, connector: Connector) -> None:
    """No energy without a locked connector: report it, start nothing (TC_024_CS)."""
    _abandon(station, connector)
    connector.fault = "ConnectorLockFailure"


def unplug(station: Station, connector: Connector) -> None:
    """The cable goes: at the EV's side where a transaction runs and the cable is locked."""
    connector.plugged = False
    transaction = connector.transaction
    if transaction is None:
        connector.cable_left = connector.finishing = False
    elif station.flag("StopTransactionOnEVSideDisconnect") and station.behaviour.stops_on_ev_side_disconnect:
        locked = not station.flag("UnlockConnectorOnEVSideDisconnect") or connector.jammed
        connector.cable_left = locked and not station.config.fixed_cable
        transactions.stop(station, connector, "EVDisconnected")
    status.notify(station)


def present(station: Station, connector: Connector, token: str) -> None:
    """A card is held to the reader, or a code typed."""
    transaction = connector.transaction
    if transaction is not None:
        _present_to_stop(station, connector, token)
    elif connector.cable_left:
        connector.cable_left = connector.finishing = False
        status.notify(station)
    elif connector.authorised is not None:
        # Presented twice, the intended use is over (1.6 4.9, transition B1).
        if fold(connector.authorised.token) == fold(token):
            _abandon(station, connector)
            status.notify(station)
    elif status.usable(station, connector) and not connector.authorising and _serves(station):
        _ask(station, connector, token, None)


def _serves(station: Station) -> bool:
    """A station that no CSMS has ever accepted, or does not accept now, does not charge (1.6 4.2.1)."""
    if station.registration in ("Pending", "Rejected") or station.rebooting:
        return False
    return station.memory.accepted_once


def _present_to_stop(station: Station, connector: Connector, token: str) -> None:
    transaction = connector.transaction
    if transaction is None:
        return
    if fold(transaction.token) == fold(token) or station.behaviour.stops_for_any_token:
        transactions.stop(station, connector, "Local", token)
        return

    def found(info: Info) -> None:
        same = info.get("parentIdTag") is not None and info.get("parentIdTag") == transaction.parent
        if connector.transaction is not transaction or not station.powered:
            return
        if info.get("status") == "Accepted" and same and station.behaviour.knows_parent:
            transactions.stop(station, connector, "Local", token)

    authorisation.authorise(station, token, found)


def _ask(station: Station, connector: Connector, token: str, profile: Payload | None) -> None:
    connector.authorising = True

    def found(info: Info) -> None:
        connector.authorising = False
        if info.get("status") == "Accepted":
            parent = info.get("parentIdTag")
            admitted(station, connector, Authorised(token, parent, None, profile))

    authorisation.authorise(station, token, found)


def admitted(station: Station, connector: Connector, driver: Authorised) -> None:
    """`driver` may charge: start, or wait for the cable as long as ConnectionTimeOut allows."""
    if connector.transaction is not None or connector.authorised or not status.usable(station, connector):
        return
    if not station.powered or station.rebooting:
        return
    reservation = _reservation_for(station, connector, driver.token, driver.parent)
    if reservation is not None:
        driver.reservation = reservation.id
    elif status.reserved(station, connector.number) and station.behaviour.honours_reservation:
        return
    connector.authorised = driver
    connector.finishing = False
    status.notify(station)
    if connector.plugged:
        if connector.jammed:
            _lock_failed(station, connector)
            status.notify(station)
        else:
            transactions.start(station, connector)
        return
    wait = station.number("ConnectionTimeOut")
    if station.behaviour.honours_connection_timeout and wait:
        name = f"connection {connector.number}"
        station.timers.set(name, station.after(wait), lambda: _timed_out(station, connector))


def _timed_out(station: Station, connector: Connector) -> None:
    _abandon(station, connector)
    status.notify(station)


def _abandon(station: Station, connector: Connector) -> None:
    connector.authorised = None
    station.timers.cancel(f"connection {connector.number}")


def _reservation_for(station: Station, connector: Connector, token: str, parent: str | None) -> Reservation | None:
    """The reservation at this connector (or anywhere) that this driver may use."""
    for reservation in station.memory.reservations.values():
        if reservation.connector not in (connector.number, 0):
            continue
        if fold(reservation.token) == fold(token) or (parent is not None and reservation.parent == parent):
            return reservation
    return None


def park(station: Station, connector: Connector, parked: bool) -> None:
    connector.parked = parked
    status.notify(station)


def ev_ready(station: Station, connector: Connector, ready: bool) -> None:
    connector.ev_ready = ready
    status.notify(station)


def stop_button(station: Station, connector: Connector) -> None:
    transactions.stop(station, connector, "Local")


def fault(station: Station, connector: Connector | None) -> None:
    """Break a connector, or the station as a whole."""
    if connector is None:
        station.station_fault = "InternalError"
    else:
        connector.fault = "OtherError"
    affected = [connector] if connector is not None else list(station.connectors.values())
    reservations.end(station, [connector.number] if connector is not None else [0, *station.connectors])
    for broken in affected:
        _abandon(station, broken)
        transactions.stop(station, broken, "Other")
    status.notify(station)


def clear_fault(station: Station, connector: Connector | None) -> None:
    station.station_fault = None if connector is None else station.station_fault
    for mended in [connector] if connector is not None else list(station.connectors.values()):
        mended.fault = None
    status.notify(station)


def jam(_station: Station, connector: Connector) -> None:
    connector.jammed = True


def free_lock(station: Station, connector: Connector) -> None:
    connector.jammed = False
    if connector.fault == "ConnectorLockFailure":
        connector.fault = None
    status.notify(station)


AT_CONNECTOR: Mapping[str, Callable[[Station, Connector], None]] = {
    "plug_in": plug_in,
    "unplug": unplug,
    "unplug_ev": unplug,
    "park": lambda station, connector: park(station, connector, True),
    "leave": lambda station, connector: park(station, connector, False),
    "ev_suspend": lambda station, connector: ev_ready(station, connector, False),
    "ev_resume": lambda station, connector: ev_ready(station, connector, True),
    "stop_button": stop_button,
    "jam_lock": jam,
    "free_lock": free_lock,
}


# ---- requests -----------------------------------------------------------------------------------


def remote_start(station: Station, payload: Payload) -> Reply:
    if station.registration != "Accepted":
        return Reply({"status": station.behaviour.pending_refusal})
    token, profile = payload["idTag"], payload.get("chargingProfile")
    connector = _remote_connector(station, payload.get("connectorId"), token)
    if connector is None or not _profile_fits(profile):
        return Reply({"status": "Rejected"})

    def begin() -> None:
        if not station.behaviour.starts_remotely:
            return
        asks = station.flag("AuthorizeRemoteTxRequests") or _of_unknown_group(station, connector, token)
        if asks and station.behaviour.authorises_remote:
            _ask(station, connector, token, profile)
        else:
            parent = authorisation.parent_of(station, token)
            admitted(station, connector, Authorised(token, parent, None, profile))

    return Reply({"status": "Accepted"}, begin)


def _profile_fits(profile: Payload | None) -> bool:
    if profile is None:
        return True
    return profile["chargingProfilePurpose"] == "TxProfile" and profiles.plausible(profile)


def _remote_connector(station: Station, number: int | None, token: str) -> Connector | None:
    """The connector for a remote start; without a number one with a cable, then any that is free."""
    if number is not None:
        connector = station.connectors.get(number)
        if connector is None and station.behaviour.accepts_remote_start_anywhere:
            connector = station.connectors[1]
        return connector if connector and _startable(station, connector, token) else None
    candidates = [c for c in station.connectors.values() if _startable(station, c, token)]
    candidates.sort(key=lambda connector: not connector.plugged)
    return candidates[0] if candidates else None


def _startable(station: Station, connector: Connector, token: str) -> bool:
    if station.behaviour.accepts_remote_start_anywhere:
        return True
    if station.rebooting:
        return False
    if connector.transaction or connector.authorised or connector.authorising or connector.cable_left:
        return False
    if not status.usable(station, connector):
        return False
    if not status.reserved(station, connector.number) or not station.behaviour.honours_reservation:
        return True
    parent = authorisation.parent_of(station, token)
    if _reservation_for(station, connector, token, parent) is not None:
        return True
    return _of_unknown_group(station, connector, token)


def _of_unknown_group(station: Station, connector: Connector, token: str) -> bool:
    """Whether only the CSMS can tell if this token's group has the reservation here (1.6 5.13)."""
    if not status.reserved(station, connector.number):
        return False
    if authorisation.parent_of(station, token) is not None or _reservation_for(station, connector, token, None):
        return False
    there = (r for r in station.memory.reservations.values() if r.connector in (connector.number, 0))
    return any(reservation.parent is not None for reservation in there)


def remote_stop(station: Station, payload: Payload) -> Reply:
    if station.registration != "Accepted":
        return Reply({"status": station.behaviour.pending_refusal})
    wanted = payload["transactionId"]
    for connector in station.connectors.values():
        transaction = connector.transaction
        if transaction is not None and station.memory.transaction_ids.get(transaction.number) == wanted:
            return Reply({"status": "Accepted"}, partial(_stop_remotely, station, connector))
    return Reply({"status": "Accepted" if station.behaviour.accepts_unknown_transaction else "Rejected"})


def _stop_remotely(station: Station, connector: Connector) -> None:
    if station.behaviour.stops_remotely:
        transactions.stop(station, connector, "Remote")
