"""Transactions: their start and stop, and the delivery of what concerns them (OCPP 1.6 3.7, 4.8, 4.10)."""

from __future__ import annotations

from harness.reference.station16 import authorisation, metering, rpc, status
from harness.reference.station16.model import (
    Answer,
    Connector,
    Payload,
    Station,
    Transaction,
    TransactionMessage,
)
from harness.rpc.link import SECOND


def start(station: Station, connector: Connector) -> None:
    """Begin a transaction for the driver who is authorised at `connector`."""
    driver = connector.authorised
    if driver is None:
        return
    memory = station.memory
    memory.transactions += 1
    connector.authorised = None
    connector.finishing = False
    station.timers.cancel(f"connection {connector.number}")
    meter = metering.register(station, connector)
    connector.transaction = Transaction(
        memory.transactions, connector.number, driver.token, driver.parent, station.wall, meter
    )
    payload: Payload = {
        "connectorId": connector.number,
        "idTag": driver.token,
        "meterStart": meter,
        "timestamp": station.timestamp(),
    }
    if driver.reservation is not None:
        memory.reservations.pop(driver.reservation, None)
        station.timers.cancel(f"reservation {driver.reservation}")
        if station.behaviour.keeps_reservation_id:
            payload["reservationId"] = driver.reservation
    if driver.profile is not None:
        memory.profiles.append((connector.number, dict(driver.profile)))
    _queue(station, "StartTransaction", payload, memory.transactions)
    if station.behaviour.duplicate_start_transaction:
        _queue(station, "StartTransaction", payload, memory.transactions)
    metering.begin(station, connector)
    status.notify(station)


def _queue(station: Station, action: str, payload: Payload, number: int) -> None:
    if station.online or station.behaviour.keeps_offline_transactions:
        rpc.keep(station, action, payload, number)


def stop(station: Station, connector: Connector, reason: str, token: str | None = None) -> None:
    """End the transaction at `connector` and say why; `token` is the idTag that stopped it."""
    transaction = connector.transaction
    if transaction is None:
        return
    reading = metering.register(station, connector)
    payload: Payload = {
        "meterStop": reading // 2 if station.behaviour.meter_stop_below_register else reading,
        "timestamp": station.timestamp(station.wall + station.behaviour.stop_timestamp_shift * SECOND),
        "reason": station.behaviour.stop_reason or reason,
    }
    if token is not None:
        payload["idTag"] = token
    data = metering.final(station, connector)
    if data:
        payload["transactionData"] = data
    if transaction.number not in station.memory.transaction_ids:
        payload["offline"] = True
    for _ in range(2 if station.behaviour.duplicate_stop_transaction else 1):
        _queue(station, "StopTransaction", payload, transaction.number)
    if station.behaviour.stop_before_start:
        station.memory.messages.sort(key=lambda m: (m.transaction, m.action == "StartTransaction", m.order))
        _renumber(station)
    _end(station, connector)


def _renumber(station: Station) -> None:
    orders = sorted(message.order for message in station.memory.messages)
    for order, message in zip(orders, station.memory.messages, strict=True):
        message.order = order


def _end(station: Station, connector: Connector) -> None:
    connector.transaction = None
    connector.finishing = True
    station.timers.cancel(f"sample {connector.number}")
    memory = station.memory
    memory.profiles = [
        (number, profile)
        for number, profile in memory.profiles
        if number != connector.number or profile["chargingProfilePurpose"] != "TxProfile"
    ]
    apply_scheduled(station)
    status.notify(station)
    if not connector.plugged and not connector.cable_left:
        connector.finishing = False
        status.notify(station)


def apply_scheduled(station: Station) -> None:
    """Carry out scheduled changes of availability where no transaction is in the way any more."""
    if not station.behaviour.applies_scheduled_availability:
        return
    for number, operative in list(station.scheduled.items()):
        busy = number and station.connectors[number].transaction is not None
        if not busy:
            station.memory.operative[number] = operative
            del station.scheduled[number]


def delivered(station: Station, message: TransactionMessage, answer: Answer) -> None:
    """A transaction-related request was answered, was not, or the connection went."""
    messages = station.memory.messages
    if answer.kind == "lost":
        # Nobody failed to process it, so this does not count as an attempt.
        message.attempts -= 1
        return
    if answer.accepted and _well_formed(message, answer):
        if message in messages:
            messages.remove(message)
        _confirmed(station, message, answer.payload)
        return
    limit = station.behaviour.transaction_message_attempts or station.number("TransactionMessageAttempts")
    if message.attempts >= max(limit, 1):
        messages.remove(message)
        return
    grown = message.attempts if station.behaviour.retry_interval_grows else 1
    wait = station.number("TransactionMessageRetryInterval") * grown if station.behaviour.waits_to_retry else 0
    station.retry_at = station.now.monotonic + wait * SECOND
    station.timers.set("retry", station.retry_at, lambda: None)


def _well_formed(message: TransactionMessage, answer: Answer) -> bool:
    if message.action != "StartTransaction":
        return True
    info = answer.payload.get("idTagInfo")
    return type(answer.payload.get("transactionId")) is int and isinstance(info, dict)


def _confirmed(station: Station, message: TransactionMessage, payload: Payload) -> None:
    info = payload.get("idTagInfo")
    token = message.payload.get("idTag")
    if isinstance(info, dict) and isinstance(token, str):
        authorisation.remember(station, token, info)
    if message.action != "StartTransaction" or not isinstance(info, dict):
        return
    station.memory.transaction_ids[message.transaction] = payload["transactionId"]
    connector = next((c for c in station.connectors.values() if _runs(c, message.transaction)), None)
    if connector is None or connector.transaction is None:
        return
    parent = info.get("parentIdTag")
    if isinstance(parent, str):
        connector.transaction.parent = parent
    if info.get("status") != "Accepted" and station.behaviour.stops_on_invalid_id:
        _deauthorised(station, connector, connector.transaction)


def _runs(connector: Connector, number: int) -> bool:
    return connector.transaction is not None and connector.transaction.number == number


def _deauthorised(station: Station, connector: Connector, transaction: Transaction) -> None:
    """The CSMS does not accept who started it (OCPP 1.6 errata 3.17)."""
    if station.flag("StopTransactionOnInvalidId"):
        stop(station, connector, "DeAuthorized")
    else:
        transaction.suspended_by_station = True
        status.notify(station)
