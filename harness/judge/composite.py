"""Judging a composite schedule: what a station says it may draw, against what its charging profiles say."""

from __future__ import annotations

from typing import Any

from harness.judge.common import check_of, fail, record, seconds
from harness.oracle import composite
from harness.oracle.checks import CheckKind
from harness.oracle.composite import Asked, Period, Profile
from harness.oracle.moments import moment
from harness.oracle.transcript import Message
from harness.oracle.verdict import HarnessFault, Inconclusive
from harness.rpc.frame import Json, Result
from harness.rpc.link import SECOND
from harness.session import Session

TOLERANCE = 2 * SECOND
"""Two countings of whole seconds: the start of the schedule, and each period's."""

SKEW = 10 * SECOND
"""How far a station's clock may be from ours before the schedule's start is not "now" any more."""

_RUNNING = ("Started", "Updated")


def composite_schedule(session: Session, name: str, profiles: tuple[str, ...]) -> None:
    """The answer to GetCompositeSchedule "name" is what these profiles, and no others, come to."""
    session.judging()
    request = session.named(name)[-1]
    answer = session.answer_of(name)
    asked_for = request.payload
    if request.action != "GetCompositeSchedule" or not isinstance(asked_for, dict):
        raise HarnessFault(f'"{name}" is no GetCompositeSchedule')
    said = answer.payload if isinstance(answer.frame, Result) and isinstance(answer.payload, dict) else {}
    schedule = said.get("schedule") or said.get("chargingSchedule")
    wanted = f'the composite schedule of the profiles {", ".join(profiles)}'
    if not isinstance(schedule, dict):
        fail(session, wanted, "an answer without a schedule", request, answer)
    since = _start(session, said, schedule, wanted, answer)
    place = _place(asked_for)
    unit = str(schedule.get("chargingRateUnit"))
    asked = Asked(place, "W" if unit == "W" else "A", since, since + int(str(asked_for["duration"])) * SECOND,
                  _started(session, place))
    steps = composite.composite([_profile(session, given) for given in profiles], asked)
    wanted += f": {composite.told(steps, asked)}"
    if unit != asked_for.get("chargingRateUnit", unit):
        fail(session, wanted, f"a schedule in {unit}", request, answer)
    if schedule.get("duration") != asked_for["duration"]:
        length = schedule.get("duration", "no duration")
        fail(session, f"{wanted}, for {asked_for['duration']} s", f"a schedule for {length}", request, answer)
    try:
        periods = _periods(schedule)
    except (AttributeError, KeyError, TypeError, ValueError):
        fail(session, wanted, "periods that cannot be read", request, answer)
    found = composite.compare(periods, steps, asked, TOLERANCE)
    if found.wrong:
        fail(session, wanted, found.wrong, request, answer)
    path = ("schedule" if "schedule" in said else "chargingSchedule") + ".chargingSchedulePeriod"
    check = check_of(session, CheckKind.COMPOSITE, action=request.action, claimed=(answer.number,), path=path,
                     elements=found.judged)
    record(session, check, answer)


def _start(session: Session, said: dict[str, Any], schedule: dict[str, Any], wanted: str, answer: Message) -> int:
    """Where the periods count from: what the station says of it, else when its answer came."""
    arrived = answer.event.at.wall
    given = schedule.get("scheduleStart", said.get("scheduleStart", schedule.get("startSchedule")))
    start = moment(given)
    if start is None:
        return arrived
    if abs(start - arrived) > SKEW + session.setting.times.tolerance:
        fail(session, f"{wanted}, from now", f"a schedule that starts {seconds(abs(start - arrived))} away", answer)
    return start


def _periods(schedule: dict[str, Any]) -> list[Period]:
    """Raises AttributeError, KeyError, TypeError, ValueError for what are none."""
    listed = schedule.get("chargingSchedulePeriod") or ()
    return [Period(int(entry["startPeriod"]), float(entry["limit"]), entry.get("numberPhases")) for entry in listed]


def _profile(session: Session, name: str) -> Profile:
    """The profile that a request of ours carried. Raises `Inconclusive` where it was not taken."""
    request = session.named(name)[-1]
    payload = request.payload if isinstance(request.payload, dict) else {}
    answer = session.answer_of(name).payload
    if not isinstance(answer, dict) or answer.get("status") != "Accepted":
        raise Inconclusive(f'the profile "{name}" was not accepted')
    carried = payload.get("csChargingProfiles") or payload.get("chargingProfile")
    try:
        return composite.profile(_place(payload), carried)  # type: ignore[arg-type]
    except (KeyError, TypeError, ValueError) as error:
        raise HarnessFault(f'"{name}" carries no charging profile: {error!r}') from error


def _place(payload: dict[str, Any]) -> int:
    """The connector of 1.6, the EVSE of 2.x; 0 for the whole station."""
    return int(payload.get("connectorId", payload.get("evseId", 0)))


def _started(session: Session, place: int) -> int | None:
    """When the transaction that runs there began, by the station's own clock."""
    started: int | None = None
    for message in session.transcript.from_sut():
        payload = message.payload if message.is_request and isinstance(message.payload, dict) else {}
        if message.action == "StartTransaction" and payload.get("connectorId") == place:
            started = _when(message, payload)
        elif message.action == "TransactionEvent":
            started = _followed(started, message, payload, place)
        elif message.action == "StopTransaction" and _place_of(session, payload) in (place, None):
            started = None
    return started


def _when(message: Message, payload: dict[str, Any]) -> int:
    """The moment that it tells; where that is none, the one when it came."""
    told = moment(payload.get("timestamp"))
    return message.event.at.wall if told is None else told


def _followed(started: int | None, message: Message, payload: dict[str, Any], place: int) -> int | None:
    evse = payload.get("evse")
    if isinstance(evse, dict) and evse.get("id") != place:
        return started
    if payload.get("eventType") not in _RUNNING:
        return None
    return started if started is not None else _when(message, payload)


def _place_of(session: Session, stop: dict[str, Any]) -> Json:
    """The connector of the transaction that a StopTransaction ends; None where its start was not seen."""
    for message in session.transcript.from_sut():
        answer = session.transcript.answer_to(message) if message.action == "StartTransaction" else None
        told = answer.payload if answer is not None else None
        if isinstance(told, dict) and told.get("transactionId") == stop.get("transactionId"):
            return message.payload.get("connectorId") if isinstance(message.payload, dict) else None
    return None
