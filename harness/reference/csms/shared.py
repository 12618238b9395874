"""Answers that OCPP 1.6 and 2.0.1 have in common."""

from __future__ import annotations

from collections.abc import Callable

from harness.reference.certificates import request_fault
from harness.reference.csms.book import Book, Order, Station
from harness.rpc.frame import Json
from harness.rpc.link import Instant

Answer = Callable[[Book, Station, Json, Instant], Json]


def empty(_book: Book, _station: Station, _payload: Json, _now: Instant) -> Json:
    """For everything that only wants to be heard."""
    return {}


def heartbeat(book: Book, _station: Station, _payload: Json, now: Instant) -> Json:
    return {"currentTime": book.clock(now)}


def boot(book: Book, station: Station, _payload: Json, now: Instant) -> Json:
    """The next status of the policy; the interval is the heartbeat's once accepted (B01.FR.02)."""
    statuses = book.config.boot_statuses
    status = statuses[min(station.boots, len(statuses) - 1)]
    if station.held_back is not None:
        status, station.held_back = station.held_back, None
    station.boots += 1
    station.status = status
    station.triggered.clear()
    interval = book.config.heartbeat_interval if status == "Accepted" else book.config.retry_interval
    answer = {"currentTime": book.clock(now), "interval": interval, "status": status}
    if book.behaviour.omits_interval:
        del answer["interval"]
    return answer


def data_transfer(book: Book, _station: Station, payload: Json, _now: Instant) -> Json:
    vendors = book.config.vendors
    if book.behaviour.accepts_every_vendor:
        return {"status": "Accepted"}
    if payload["vendorId"] not in vendors:
        return {"status": "UnknownVendorId"}
    messages = vendors[payload["vendorId"]]
    known = not messages or payload.get("messageId") in messages
    return {"status": "Accepted" if known else "UnknownMessageId"}


def certificate_request(book: Book, station: Station, payload: Json, _now: Instant) -> Json:
    """Accepted only where a signer gives a chain, which then follows in CertificateSigned (A02.FR.11, .12).

    A station gets no certificate in the name of another, nor for a key that is weak (A00.FR.503, .511)."""
    name = book.config.subjects.get(station.identity)
    if name is not None and request_fault(payload["csr"], name) and not book.behaviour.accepts_bad_csr:
        return {"status": "Rejected"}
    chain = book.config.signer(payload["csr"], station.identity) if book.config.signer else None
    if chain is None:
        return {"status": "Rejected"}
    if book.behaviour.signs_nothing:
        return {"status": "Accepted"}
    request = {"certificateChain": chain}
    if "certificateType" in payload:
        request["certificateType"] = payload["certificateType"]
    station.waiting.append(Order("CertificateSigned", request))
    return {"status": "Accepted"}
