"""Answers of OCPP 2.0.1: one function for each action that a station sends."""

from __future__ import annotations

from harness.reference.csms.book import Book, Judgement, Order, Refusal, Silence, Station, Transaction, stamp
from harness.reference.csms.shared import Answer, boot, certificate_request, data_transfer, empty, heartbeat
from harness.rpc.frame import Json
from harness.rpc.link import Instant

_NOT_FOR_CHARGING = frozenset({"Blocked", "Expired", "Invalid", "Unknown"})
_WITH_BROKEN_CERTIFICATE = {
    "CertificateExpired": "Expired",
    "CertificateRevoked": "Invalid",
    "CertChainError": "Invalid",
}


def _id_token_info(book: Book, judgement: Judgement) -> Json:
    token = judgement.token
    info: Json = {"status": judgement.status}
    if token and token.expires is not None:
        info["cacheExpiryDateTime"] = stamp(token.expires)
    if token and token.group and not book.behaviour.omits_group:
        info["groupIdToken"] = {"idToken": token.group, "type": "Central"}
    return info


def authorize(book: Book, _: Station, payload: Json, now: Instant) -> Json:
    """With a contract certificate the answer has certificateStatus as well (C07.FR.13 to .17)."""
    judgement = book.judge(payload["idToken"]["idToken"], payload["idToken"]["type"], now)
    answer: Json = {}
    if "certificate" in payload or "iso15118CertificateHashData" in payload:
        state = judgement.token.certificate if judgement.token else "Accepted"
        if state in _WITH_BROKEN_CERTIFICATE:
            judgement = Judgement(_WITH_BROKEN_CERTIFICATE[state], judgement.token)
        elif judgement.status in _NOT_FOR_CHARGING:
            state = "ContractCancelled"
        answer["certificateStatus"] = state
    if not book.behaviour.omits_id_token_info:
        answer["idTokenInfo"] = _id_token_info(book, judgement)
    return answer


def transaction_event(book: Book, station: Station, payload: Json, now: Instant) -> Json:
    """Order and repetition of events are the station's business: each is answered, none revives the dead."""
    transaction = _transaction(book, station, payload)
    answer: Json = {}
    if "idToken" in payload and not book.behaviour.omits_id_token_info:
        token = payload["idToken"]
        judgement = book.judge(token["idToken"], token["type"], now)
        if transaction.token is None and not transaction.ended:
            judgement = book.start(judgement, transaction)
            if judgement.status == "Accepted" and judgement.token:
                transaction.token = judgement.token.id_token.casefold()
        answer["idTokenInfo"] = _id_token_info(book, judgement)
    if payload["eventType"] == "Ended":
        transaction.ended = True
    if book.config.price is not None and payload["eventType"] != "Started":
        answer["totalCost"] = book.config.price
    return answer


def _transaction(book: Book, station: Station, payload: Json) -> Transaction:
    name = payload["transactionInfo"]["transactionId"]
    known = book.transactions.get((station.identity, name))
    if known is None and book.behaviour.ends_foreign_transactions:
        known = next((t for t in book.transactions.values() if t.id == name), None)
    if known is None:
        if payload["eventType"] != "Started" and book.behaviour.silent_on_unknown_transaction:
            raise Silence
        if payload["eventType"] != "Started" and book.behaviour.refuses_unknown_transaction:
            raise Refusal("PropertyConstraintViolation")
        known = book.transactions[station.identity, name] = Transaction(name, station.identity)
    if known.unplugged:
        raise Refusal("PropertyConstraintViolation")
    known.unplugged = book.behaviour.ends_when_unplugged and payload["triggerReason"] == "EVCommunicationLost"
    if "evse" in payload:
        known.evse = payload["evse"]["id"]
    if known.ended and payload["eventType"] != "Ended" and book.behaviour.revives_ended_transaction:
        known.ended = False
        station.waiting.append(Order("GetTransactionStatus", {"transactionId": name}))
    return known


def charging_needs(book: Book, station: Station, payload: Json, _now: Instant) -> Json:
    """Accepted where a transaction runs on the EVSE; its profile then follows (K15.FR.03, .04)."""
    evse = payload["evseId"]
    transaction = next((t for t in book.active(station.identity) if t.evse == evse), None)
    if transaction is None:
        return {"status": "Rejected"}
    number = book.number("profile")
    profile = {
        "id": number, "stackLevel": 0, "chargingProfilePurpose": "TxProfile", "chargingProfileKind": "Relative",
        "transactionId": transaction.id,
        "chargingSchedule": [
            {"id": number, "chargingRateUnit": "A", "chargingSchedulePeriod": [{"startPeriod": 0, "limit": 16}]}],
    }
    station.waiting.append(Order("SetChargingProfile", {"evseId": evse, "chargingProfile": profile}))
    return {"status": "Accepted"}


def accepted(_book: Book, _station: Station, _payload: Json, _now: Instant) -> Json:
    return {"status": "Accepted"}


def contract_certificate(book: Book, _station: Station, payload: Json, _now: Instant) -> Json:
    """M01, M02: what the contract certificate pool gives for the EV; Failed without one."""
    response = book.config.contract(payload) if book.config.contract else None
    return {"status": "Failed" if response is None else "Accepted", "exiResponse": response or ""}


def certificate_status(book: Book, _station: Station, payload: Json, _now: Instant) -> Json:
    """M06.FR.02 to .04: what the OCSP responder says; Failed without one."""
    result = book.config.ocsp(payload) if book.config.ocsp else None
    return {"status": "Failed"} if result is None else {"status": "Accepted", "ocspResult": result}


ANSWERS: dict[str, Answer] = {
    "Authorize": authorize,
    "BootNotification": boot,
    "ClearedChargingLimit": empty,
    "DataTransfer": data_transfer,
    "FirmwareStatusNotification": empty,
    "Get15118EVCertificate": contract_certificate,
    "GetCertificateStatus": certificate_status,
    "Heartbeat": heartbeat,
    "LogStatusNotification": empty,
    "MeterValues": empty,
    "NotifyChargingLimit": empty,
    "NotifyCustomerInformation": empty,
    "NotifyDisplayMessages": empty,
    "NotifyEVChargingNeeds": charging_needs,
    "NotifyEVChargingSchedule": accepted,
    "NotifyEvent": empty,
    "NotifyMonitoringReport": empty,
    "NotifyReport": empty,
    "PublishFirmwareStatusNotification": empty,
    "ReportChargingProfiles": empty,
    "ReservationStatusUpdate": empty,
    "SecurityEventNotification": empty,
    "SignCertificate": certificate_request,
    "StatusNotification": empty,
    "TransactionEvent": transaction_event,
}
