"""Smart charging: the store of charging profiles, the limit they set, the composite schedule (1.6 3.13, 5.16)."""

from __future__ import annotations

import math
from collections.abc import Iterator

from harness.reference.station16 import clock
from harness.reference.station16.configuration import MAX_PERIODS, MAX_PROFILES, MAX_STACK_LEVEL
from harness.reference.station16.model import Payload, Station
from harness.reference.station16.rpc import Refusal, Reply
from harness.rpc.link import SECOND

_LONGEST = 604_800
# What floating point may take from a multiple of 0.1.
_FLOAT = 1e-6
_RECURRENCE = {"Daily": 86_400 * SECOND, "Weekly": 604_800 * SECOND}


def limit(station: Station, number: int, wall: int, unit: str = "W") -> float:
    """What connector `number` may draw at `wall`, in W or in A per phase; 0 is the whole station."""
    highest = _local(station, number, unit)
    for purpose, connectors in _relevant(station, number):
        entries = _of(station, purpose, connectors)
        set_to = _leading(station, number, entries, wall, unit)
        if set_to is not None:
            highest = min(highest, set_to)
    return highest


def _relevant(station: Station, number: int) -> Iterator[tuple[str, tuple[int, ...]]]:
    """Purposes that count, each with the connectors where it may be set.

    A TxProfile overrules TxDefaultProfile as long as its transaction runs (1.6 3.13.1)."""
    if not station.behaviour.composite_ignores_maximum:
        yield "ChargePointMaxProfile", (0,)
    if not number:
        return
    running = station.connectors[number].transaction is not None
    if running and _of(station, "TxProfile", (number,)):
        yield "TxProfile", (number,)
    else:
        yield "TxDefaultProfile", (number, 0)


def _of(station: Station, purpose: str, connectors: tuple[int, ...]) -> list[Payload]:
    """Profiles of a purpose; one for the very connector hides one of its stack level for connector 0."""
    found: dict[int, Payload] = {}
    for wanted in connectors:
        for number, profile in station.memory.profiles:
            if number == wanted and profile["chargingProfilePurpose"] == purpose:
                found.setdefault(profile["stackLevel"], profile)
    return [found[level] for level in sorted(found, reverse=True)]


def _local(station: Station, number: int, unit: str) -> float:
    watts = float(station.config.meter_power * (1 if number else len(station.connectors)))
    return watts if unit == "W" else watts / (station.config.voltage * station.config.phases)


def _leading(station: Station, number: int, entries: list[Payload], wall: int, unit: str) -> float | None:
    """The limit of the highest stack level that says something about `wall`."""
    for profile in entries:
        period = _period(station, number, profile, wall)
        if period is not None:
            if station.behaviour.raises_to_minimum:
                lowest = profile["chargingSchedule"].get("minChargingRate", 0)
                period = {**period, "limit": max(period["limit"], lowest)}
            return _convert(station, profile["chargingSchedule"]["chargingRateUnit"], period, unit)
    return None


def _convert(station: Station, have: str, period: Payload, want: str) -> float:
    value = float(period["limit"])
    per_ampere: int = station.config.voltage * period.get("numberPhases", station.config.phases)
    if have == want:
        return value
    return value * per_ampere if want == "W" else value / per_ampere


def _start(station: Station, number: int, profile: Payload, wall: int) -> int:
    """When the schedule that concerns `wall` began, ns since the epoch."""
    transaction = station.connectors[number].transaction if number else None
    relative = transaction.started if transaction else station.wall // SECOND * SECOND
    given = clock.parse(profile["chargingSchedule"].get("startSchedule"))
    if profile["chargingProfileKind"] == "Relative" or given is None:
        return relative
    if profile["chargingProfileKind"] == "Recurring" and wall >= given:
        length = _RECURRENCE[profile.get("recurrencyKind", "Daily")]
        return given + (wall - given) // length * length
    return given


def _period(station: Station, number: int, profile: Payload, wall: int) -> Payload | None:
    since, until = clock.parse(profile.get("validFrom")), clock.parse(profile.get("validTo"))
    if (since is not None and wall < since) or (until is not None and wall >= until):
        return None
    schedule = profile["chargingSchedule"]
    offset = wall - _start(station, number, profile, wall)
    if offset < 0 or ("duration" in schedule and offset >= schedule["duration"] * SECOND):
        return None
    periods: list[Payload] = [p for p in schedule["chargingSchedulePeriod"] if p["startPeriod"] * SECOND <= offset]
    return periods[-1] if periods else None


def _changes(station: Station, number: int, since: int, until: int) -> list[int]:
    """Moments in [since, until) at which the limit may change."""
    moments = {since}
    for _, profile in station.memory.profiles:
        schedule = profile["chargingSchedule"]
        offsets = [p["startPeriod"] for p in schedule["chargingSchedulePeriod"]]
        offsets += [schedule["duration"]] if "duration" in schedule else []
        length = _RECURRENCE["Daily"] if profile["chargingProfileKind"] == "Recurring" else 0
        start = _start(station, number, profile, since)
        starts = [start + length * day for day in range((until - since) // length + 2)] if length else [start]
        moments |= {begin + offset * SECOND for begin in starts for offset in offsets}
        bounds = (clock.parse(profile.get("validFrom")), clock.parse(profile.get("validTo")))
        moments |= {bound for bound in bounds if bound is not None}
    return sorted(moment for moment in moments if since <= moment < until)


def next_change(station: Station, number: int) -> int | None:
    """When (ns since the epoch) the limit may change next within a week, or None."""
    if not station.memory.profiles:
        return None
    later = _changes(station, number, station.wall + 1, station.wall + _LONGEST * SECOND)[1:]
    return later[0] if later else None


def composite(station: Station, number: int, duration: int, unit: str) -> tuple[int, list[Payload]]:
    """Start (ns since the epoch, whole seconds) and periods of the composite schedule.

    Periods begin at whole seconds; a second in which the limit changes has the lowest of its limits."""
    start = station.wall // SECOND * SECOND
    moments = _changes(station, number, start, start + max(duration, 1) * SECOND)
    lowest: dict[int, float] = {}
    for moment in moments:
        second = (moment - start) // SECOND
        for at in (moment, start + second * SECOND, start + (second + 1) * SECOND):
            within = (at - start) // SECOND
            if within < max(duration, 1):
                lowest[within] = min(lowest.get(within, math.inf), limit(station, number, at, unit))
    periods: list[Payload] = []
    for second, lowest_limit in sorted(lowest.items()):
        value = math.floor(lowest_limit * 10 + _FLOAT) / 10
        if not periods or periods[-1]["limit"] != value:
            periods.append({"startPeriod": second, "limit": value})
    return start, periods


# ---- requests -----------------------------------------------------------------------------------


def get_composite_schedule(station: Station, payload: Payload) -> Reply:
    number = payload["connectorId"]
    if not 0 <= number <= len(station.connectors) or not 0 <= payload["duration"] <= _LONGEST:
        return Reply({"status": "Rejected"})
    unit = payload.get("chargingRateUnit", "W")
    start, periods = composite(station, number, payload["duration"], unit)
    schedule = {
        "duration": payload["duration"],
        "chargingRateUnit": unit,
        "chargingSchedulePeriod": periods[:MAX_PERIODS],
    }
    return Reply(
        {
            "status": "Accepted",
            "connectorId": number,
            "scheduleStart": station.timestamp(start),
            "chargingSchedule": schedule,
        }
    )


def plausible(profile: Payload) -> bool:
    """Whether this station can hold the profile at all."""
    periods = profile["chargingSchedule"]["chargingSchedulePeriod"]
    starts = [period["startPeriod"] for period in periods]
    if not periods or starts[0] != 0 or starts != sorted(set(starts)) or len(periods) > MAX_PERIODS:
        return False
    if any(period["limit"] < 0 for period in periods):
        return False
    if profile["chargingProfileKind"] == "Recurring" and "recurrencyKind" not in profile:
        return False
    return 0 <= int(profile["stackLevel"]) <= MAX_STACK_LEVEL


def set_charging_profile(station: Station, payload: Payload) -> Reply:
    number, profile = payload["connectorId"], payload["csChargingProfiles"]
    if not 0 <= number <= len(station.connectors):
        raise Refusal("PropertyConstraintViolation", "no such connector")
    if not station.behaviour.accepts_any_profile and not _fits(station, number, profile):
        return Reply({"status": "Rejected"})
    kept = [entry for entry in station.memory.profiles if not _replaced(station, entry, number, profile)]
    if len(kept) >= MAX_PROFILES:
        return Reply({"status": "Rejected"})
    station.memory.profiles = [*kept, (number, profile)]
    return Reply({"status": "Accepted"})


def _fits(station: Station, number: int, profile: Payload) -> bool:
    if not plausible(profile):
        return False
    purpose = profile["chargingProfilePurpose"]
    if purpose == "ChargePointMaxProfile":
        return number == 0
    if purpose == "TxDefaultProfile":
        return True
    transaction = station.connectors[number].transaction if number else None
    if transaction is None:
        return False
    known = station.memory.transaction_ids.get(transaction.number)
    return bool(profile.get("transactionId", known) == known)


def _replaced(station: Station, entry: tuple[int, Payload], number: int, profile: Payload) -> bool:
    """Same id, or same purpose and stack level on the same connector (1.6 3.13.2, 5.16)."""
    if entry[1]["chargingProfileId"] == profile["chargingProfileId"]:
        return True
    if not station.behaviour.replaces_same_stack_level:
        return False
    same = ("chargingProfilePurpose", "stackLevel")
    return entry[0] == number and all(entry[1][name] == profile[name] for name in same)


def clear_charging_profile(station: Station, payload: Payload) -> Reply:
    """Clear by id alone, else by everything given together (1.6 errata 3.25)."""
    memory = station.memory
    cleared = [entry for entry in memory.profiles if _matches(entry, payload)]
    if not cleared:
        return Reply({"status": "Unknown"})
    if station.behaviour.clears_profiles:
        memory.profiles = [entry for entry in memory.profiles if not _matches(entry, payload)]
    return Reply({"status": "Accepted"})


def _matches(entry: tuple[int, Payload], payload: Payload) -> bool:
    number, profile = entry
    if "id" in payload:
        return bool(profile["chargingProfileId"] == payload["id"])
    if payload.get("connectorId", number) != number:
        return False
    names = ("chargingProfilePurpose", "stackLevel")
    return all(payload.get(name, profile[name]) == profile[name] for name in names)
