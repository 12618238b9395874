"""Answers of OCPP 1.6: one function for each action that a station sends."""

from __future__ import annotations

from harness.reference.csms.book import Book, Judgement, Refusal, Silence, Station, Transaction, stamp
from harness.reference.csms.shared import Answer, boot, certificate_request, data_transfer, empty, heartbeat
from harness.rpc.frame import Json
from harness.rpc.link import Instant

_STATUSES = frozenset({"Accepted", "Blocked", "Expired", "Invalid", "ConcurrentTx"})


def _id_tag_info(book: Book, judgement: Judgement) -> Json:
    token = judgement.token
    info: Json = {"status": judgement.status if judgement.status in _STATUSES else "Invalid"}
    if token and token.expires is not None:
        info["expiryDate"] = stamp(token.expires)
    if token and token.group and not book.behaviour.omits_group:
        info["parentIdTag"] = token.group
    return info


def authorize(book: Book, _: Station, payload: Json, now: Instant) -> Json:
    if book.behaviour.omits_id_token_info:
        return {}
    return {"idTagInfo": _id_tag_info(book, book.judge(payload["idTag"], None, now))}


def start_transaction(book: Book, station: Station, payload: Json, now: Instant) -> Json:
    """One id for each transaction: a retry, whatever its messageId, gets the id of the first."""
    names = ("connectorId", "idTag", "timestamp", "meterStart", "reservationId")
    start = (station.identity, *(payload.get(name) for name in names))
    number = book.starts.get(start)
    if number is None or book.behaviour.new_transaction_on_retry:
        number = book.starts[start] = book.transaction_number(station.identity, now)
    key = (station.identity, str(number))
    transaction = book.transactions.setdefault(
        key, Transaction(str(number), station.identity, payload["connectorId"]))
    judgement = book.start(book.judge(payload["idTag"], None, now), transaction)
    if judgement.status == "Accepted":
        transaction.token = payload["idTag"].casefold()
    answer: Json = {"transactionId": number}
    if not book.behaviour.omits_id_token_info:
        answer["idTagInfo"] = _id_tag_info(book, judgement)
    return answer


def stop_transaction(book: Book, station: Station, payload: Json, now: Instant) -> Json:
    """Answered whether or not we know the transaction (1.6 section 4.10)."""
    name = str(payload["transactionId"])
    transaction = book.transactions.get((station.identity, name))
    if transaction is None and book.behaviour.ends_foreign_transactions:
        transaction = next((t for t in book.transactions.values() if t.id == name), None)
    if transaction is None:
        if book.behaviour.silent_on_unknown_transaction:
            raise Silence
        if book.behaviour.refuses_unknown_transaction:
            raise Refusal("PropertyConstraintViolation")
    else:
        transaction.ended = True
    if "idTag" not in payload or book.behaviour.omits_id_token_info:
        return {}
    return {"idTagInfo": _id_tag_info(book, book.judge(payload["idTag"], None, now))}


ANSWERS: dict[str, Answer] = {
    "Authorize": authorize,
    "BootNotification": boot,
    "DataTransfer": data_transfer,
    "DiagnosticsStatusNotification": empty,
    "FirmwareStatusNotification": empty,
    "Heartbeat": heartbeat,
    "LogStatusNotification": empty,
    "MeterValues": empty,
    "SecurityEventNotification": empty,
    "SignCertificate": certificate_request,
    "SignedFirmwareStatusNotification": empty,
    "StartTransaction": start_transaction,
    "StatusNotification": empty,
    "StopTransaction": stop_transaction,
}
