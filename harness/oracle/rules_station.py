"""Monitor rules about what a station says over time: readiness, clocks, transactions, meters."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator, Sequence

from harness.journal import Adopted, Event
from harness.oracle.findings import CALLS, IN, OUT, REQUESTS, RESULTS, Finding, Quiet, Rule, Severity, Wish
from harness.oracle.moments import grain
from harness.oracle.moments import moment as moment_of
from harness.oracle.recent import FEW, Recent
from harness.oracle.told import Told
from harness.oracle.transcript import Message
from harness.rpc import schema
from harness.rpc.dialect import Dialect
from harness.rpc.frame import Call, Json, Result, Send
from harness.rpc.link import SECOND
from harness.rpc.values import light

READINESS = Rule(
    "readiness", Severity.SHALL, "It sends before the CSMS accepted it", "B01.FR.08, B02.FR.02, B03.FR.02; 1.6 4.2"
)
DECIMALS = Rule("timestamp-decimals", Severity.SHALL, "A timestamp has more than three decimals", "Part 2, dateTime")
SKEW = Rule("timestamp-skew", Severity.SHOULD, "Its clock is not that of the CSMS", "B01.FR.06, G02; 1.6 4.6")
SEQ_NO = Rule("seq-no", Severity.SHALL, "seqNo of a transaction skips, repeats or restarts", "E01.FR.07")
EVENT_ORDER = Rule("event-order", Severity.SHALL, "TransactionEvents out of order", "E01, E06, E07")
METER_ORDER = Rule("register-backwards", Severity.SHALL, "An energy register runs backwards", "J01, J02; 1.6 3.16")
METER_TRANSACTION = Rule(
    "meter-transaction", Severity.SHALL, "MeterValues name a transaction that was never assigned", "1.6 4.7, 6.31"
)

CLOCK_SETTERS = frozenset({"BootNotification", "Heartbeat"})
"""Requests whose answers tell the station what time it is."""
_CLOCK_FIELDS = ("timestamp", "currentTime")
# May have waited while the station was offline, and do not say so (1.6 4.8, 4.10; A04.FR.02).
_QUEUEABLE = frozenset({"StartTransaction", "StopTransaction", "SecurityEventNotification"})
_DECIMALS = re.compile(r":\d\d\.\d{4,}")


_REPORTING = frozenset({"GetBaseReport", "GetReport"})
_INSTRUCTIONS = frozenset({"TriggerMessage", "ExtendedTriggerMessage", *_REPORTING})
# Where the trigger is not called as the message that it asks for.
_TRIGGERED = {
    "FirmwareStatusNotification": ("SignedFirmwareStatusNotification",),
    "SignChargePointCertificate": ("SignCertificate",),
    "SignChargingStationCertificate": ("SignCertificate",),
    "SignV2GCertificate": ("SignCertificate",),
    "SignV2G20Certificate": ("SignCertificate",),
    "SignCombinedCertificate": ("SignCertificate",),
}


class Readiness(Quiet):
    """Between power-on and Accepted only BootNotification may leave, or what the CSMS asked for."""

    rules = (READINESS,)

    def __init__(self) -> None:
        self._status = ""
        self._instructed: set[str] = set()

    def notice(self, event: Event) -> Iterable[Finding]:
        if isinstance(event.body, Adopted) and event.body.accepted:
            self._status = "Accepted"
        return ()

    def wishes(self) -> Iterable[Wish]:
        return (
            Wish(self._registered, OUT, RESULTS, frozenset({"BootNotification"})),
            Wish(self._instructs, OUT, CALLS, _INSTRUCTIONS), Wish(self._called, IN, CALLS),
        )

    def _called(self, message: Message) -> Iterable[Finding]:
        if message.action == "BootNotification":
            self._boots()
        elif self._early(message.action):
            said = "before any answer to BootNotification" if self._status == "booting" else f"while {self._status}"
            return (Finding(READINESS, f"{message.action} {said}", (message.number,), message.link),)
        return ()

    def _boots(self) -> None:
        """A triggered one while Accepted is no reboot; a reboot ends what was asked for before it."""
        triggered = "BootNotification" in self._instructed
        self._instructed.discard("BootNotification")
        if triggered and self._status == "Accepted":
            return
        if self._status in ("", "Accepted"):
            self._instructed.clear()
        self._status = "booting"

    def _early(self, action: str) -> bool:
        if self._status in ("", "Accepted"):
            return False
        # What was asked for while Pending may still be on its way when the station knocks again (B02.FR.02).
        return self._status == "Rejected" or action not in self._instructed

    def _registered(self, message: Message) -> Iterable[Finding]:
        self._status = str(member(message.payload, "status"))
        return ()

    def _instructs(self, message: Message) -> Iterable[Finding]:
        if message.action in _REPORTING:
            self._instructed.add("NotifyReport")
        else:
            asked = str(member(message.payload, "requestedMessage"))
            self._instructed |= {asked, *_TRIGGERED.get(asked, ())}
        return ()


def member(payload: Json, name: str) -> Json:
    return payload.get(name) if isinstance(payload, dict) else None


class Clock(Quiet):
    """Times have at most three decimals (2.x); those of fresh messages are near the clock that we told the SUT of.

    A station may keep the time it was told before, until it asks again: both count."""

    rules = (DECIMALS, SKEW)

    def __init__(self, dialect: Dialect, skew: int) -> None:
        self._dialect = dialect
        self._skew = skew
        self._told = 0, 0

    def wishes(self) -> Iterable[Wish]:
        return Wish(self._tell, OUT), Wish(self._see, IN)

    def _see(self, message: Message) -> Iterable[Finding]:
        payload = message.payload
        if not isinstance(payload, dict):
            return ()
        found: list[Finding] = []
        if self._dialect.version != "1.6" and _DECIMALS.search(message.text):
            found += self._too_exact(message)
        for name in _CLOCK_FIELDS:
            value = payload.get(name)
            if value is not None and (moment := moment_of(value)) is not None:
                found += self._judge(message, name, value, moment)
        return found

    def _too_exact(self, message: Message) -> Iterator[Finding]:
        if not isinstance(message.frame, Call | Send | Result) or message.action not in self._dialect.actions:
            return
        part: schema.Kind = "request" if message.is_request else "response"
        for path, value in schema.times(self._dialect.version, message.action, part, message.payload):
            if _DECIMALS.search(value):
                yield Finding(DECIMALS, f"{message.action}.{path} {value!r}", (message.number,), message.link)

    def _tell(self, message: Message) -> Iterable[Finding]:
        """What our own answers say the time is: how far from our wall clock, the last two."""
        moment = moment_of(member(message.payload, "currentTime"))
        if moment is not None:
            self._told = self._told[1], moment - message.event.at.wall
        return ()

    def _judge(self, message: Message, name: str, value: str, moment: int) -> Sequence[Finding]:
        off = message.event.at.wall - moment
        apart, newer = off + self._told[0], off + self._told[1]
        if abs(newer) < abs(apart):
            apart = newer
        if abs(apart) <= self._skew:
            return ()
        if apart > 0 and (message.payload.get("offline") or message.action in _QUEUEABLE):
            return ()
        text = f"{message.action}.{name} {value!r} is {apart / SECOND:+.1f} s off the clock it was told"
        return (Finding(SKEW, text, (message.number,), message.link),)


@light(frozen=True, slots=True)
class _Event:
    """The newest of a transaction. `number` is its journal entry, `ended` whether it or an earlier one ended the
    transaction, `queued` whether it was sent late; `moment`: the last time that was told, `set_at`: the entry that
    had set the station's clock by then."""

    seq_no: int
    number: int
    ended: bool
    queued: bool
    moment: int | None
    set_at: int


class TransactionEvents(Quiet):
    """2.x: Started first, seqNo one up from event to event, Ended last, time never backwards.

    A repetition, word for word, is no breach of the order (rule told-twice looks at it). Of what was queued
    offline, a station short of memory may have dropped Updated events (E12.FR.04), which leaves gaps. The station
    sets its clock by our currentTime (B01.FR.06, G02): over such a moment, and next to what was queued by the clock
    that it had before, the times of two events are not compared.
    """

    rules = (SEQ_NO, EVENT_ORDER)

    def __init__(self, dialect: Dialect, most: int = FEW) -> None:
        self._transactions: Recent[str, _Event] = Recent(most)
        self._said = Told(dialect, None if most == FEW else 10 * most)
        self._set_at = 0

    def wishes(self) -> Iterable[Wish]:
        return (
            Wish(self._answered, OUT, None, frozenset({"TransactionEvent", *CLOCK_SETTERS})),
            Wish(self._event, IN, REQUESTS, frozenset({"TransactionEvent"})),
        )

    def _answered(self, message: Message) -> Iterable[Finding]:
        if member(message.payload, "currentTime") is not None:
            self._set_at = message.number
        return ()

    def _event(self, message: Message) -> Iterable[Finding]:
        payload = message.payload if isinstance(message.payload, dict) else {}
        seq_no, key = payload.get("seqNo"), member(payload.get("transactionInfo"), "transactionId")
        if not isinstance(key, str) or not isinstance(seq_no, int):
            return ()
        last = self._transactions.get(key)
        again = self._said.note(key, message)
        if last is not None and again is not None:
            return ()
        kind, told, queued = str(payload.get("eventType")), payload.get("timestamp"), bool(payload.get("offline"))
        ended, moment = kind == "Ended", moment_of(told)
        if last is not None:
            ended, moment = ended or last.ended, last.moment if moment is None else moment
        event = self._transactions[key] = _Event(seq_no, message.number, ended, queued, moment, self._set_at)
        wrong = _breaches_of_first(event, kind) if last is None else _breaches(last, event, kind, str(told))
        numbers = (message.number,) if last is None else (last.number, message.number)
        return [] if not wrong else [Finding(rule, text, numbers, message.link) for rule, text in wrong]


def _breaches_of_first(event: _Event, kind: str) -> list[tuple[Rule, str]]:
    """A transaction older than the scenario may be met in the middle; only a fresh one must begin at 0."""
    return [(SEQ_NO, f"the first event carries seqNo {event.seq_no}")] if kind == "Started" and event.seq_no else []


def _breaches(last: _Event, event: _Event, kind: str, told: str) -> list[tuple[Rule, str]]:
    """What an event of that kind, with that time, breaks after the `last` one of its transaction."""
    found: list[tuple[Rule, str]] = []
    if kind == "Started":
        found.append((EVENT_ORDER, "a second Started for one transaction"))
    if last.ended:
        found.append((EVENT_ORDER, f"{kind} after Ended"))
    queued = event.queued or last.queued
    if event.seq_no != last.seq_no + 1 and not (queued and event.seq_no > last.seq_no):
        found.append((SEQ_NO, f"seqNo {event.seq_no} follows {last.seq_no}"))
    if _backwards(last, event, told):
        found.append((EVENT_ORDER, f"event {event.seq_no} is older than event {last.seq_no} sent before it"))
    return found


def _backwards(last: _Event, event: _Event, told: str) -> bool:
    """Whether time ran backwards since the event before, by one and the same clock."""
    if event.moment is None or last.moment is None or event.moment > last.moment:
        return False
    if event.set_at != last.set_at or event.queued != last.queued:
        return False
    return event.moment <= last.moment - grain(told)


_REGISTER = "Energy.Active.Import.Register"
_DECIMALS_OF_A_DOUBLE = 300


class Registers(Quiet):
    """An import register only grows within a transaction, and outside of one per EVSE or connector (J02.FR.16).

    Told apart by phase and location; of readings of one time nobody knows which is the later. Between transactions it
    may be set to zero, though it should not (J02.FR.17). Next to a reading in another unit, what the coarser of the
    two cuts off is no step back.
    """

    rules = (METER_ORDER,)

    def __init__(self) -> None:
        self._last: Recent[tuple[object, ...], _Reading] = Recent()

    def wishes(self) -> Iterable[Wish]:
        return (Wish(self._see, IN, REQUESTS),)

    def _see(self, message: Message) -> Iterable[Finding]:
        payload = message.payload
        if not isinstance(payload, dict) or ("meterValue" not in payload and "transactionData" not in payload):
            return ()
        return self._metered(message, payload)

    def _metered(self, message: Message, payload: dict[str, Json]) -> Iterator[Finding]:
        place = _place(payload)
        for when, sample in _samples(payload):
            if sample.get("measurand", _REGISTER) != _REGISTER:
                continue
            reading = _reading(sample, when)
            if reading is None:
                continue
            key = (place, key_of(sample.get("phase")), key_of(sample.get("location", "Outlet")))
            last = self._last.get(key)
            if last is None or (when >= last.when and reading.energy >= last.energy):
                self._last[key] = reading
            elif when > last.when and reading.energy < last.energy - last.hides(reading):
                self._last[key] = reading
                text = f"{message.action}: {reading.energy:g} Wh after {last.energy:g} Wh"
                yield Finding(METER_ORDER, text, (message.number,), message.link)


def _place(payload: dict[str, Json]) -> object:
    """Of one transaction not every message names the EVSE, so its id goes first."""
    transaction = member(payload.get("transactionInfo"), "transactionId") or payload.get("transactionId")
    if transaction is not None:
        return "transaction", key_of(transaction)
    return key_of(payload.get("connectorId") or payload.get("evseId"))


def key_of(value: Json) -> object:
    """`value` as part of a key, whatever a peer put there."""
    return json.dumps(value, sort_keys=True) if isinstance(value, dict | list) else value


def _samples(payload: dict[str, Json]) -> Iterator[tuple[int, dict[str, Json]]]:
    for name in ("meterValue", "transactionData"):
        entries = payload.get(name)
        for entry in entries if isinstance(entries, list) else ():
            when = moment_of(member(entry, "timestamp"))
            if when is None:
                continue  # without a time nobody knows which reading is the later
            samples = member(entry, "sampledValue")
            for sample in samples if isinstance(samples, list) else ():
                if isinstance(sample, dict):
                    yield when, sample


@light(frozen=True, slots=True)
class _Reading:
    """`energy`, and the `unit` that it was told in, in Wh; `told` is the value; `when` in wall-clock ns."""

    energy: float
    when: int
    unit: float
    told: Json

    @property
    def step(self) -> float:
        """Its last decimal, in Wh."""
        decimals = len(str(self.told).partition(".")[2])
        return float(self.unit / 10 ** min(decimals, _DECIMALS_OF_A_DOUBLE))

    def hides(self, other: _Reading) -> float:
        """How much less the other may show though the register stood still."""
        return 1e-6 if self.unit == other.unit else max(self.step, other.step)


def _reading(sample: dict[str, Json], when: int) -> _Reading | None:
    measure = sample.get("unitOfMeasure")
    unit, power = member(measure, "unit") or sample.get("unit"), member(measure, "multiplier")
    try:
        scale = (1000.0 if unit == "kWh" else 1.0) * (10.0 ** int(power) if power else 1)
        return _Reading(float(sample["value"]) * scale, when, scale, sample["value"])
    except (KeyError, TypeError, ValueError, OverflowError):
        return None


class Meters16(Quiet):
    """1.6: MeterValues belong to a transactionId that we gave, and meterStop is not below meterStart."""

    rules = (METER_TRANSACTION, METER_ORDER)

    def __init__(self) -> None:
        self._given: Recent[object, None] = Recent()
        self._starts: Recent[object, tuple[Json, int]] = Recent()
        self._seen_start = False

    def wishes(self) -> Iterable[Wish]:
        return (
            Wish(self._started, OUT, None, frozenset({"StartTransaction"})),
            Wish(self._metered, IN, REQUESTS, frozenset({"MeterValues"})),
            Wish(self._stopped, IN, REQUESTS, frozenset({"StopTransaction"})),
        )

    def _started(self, message: Message) -> Iterable[Finding]:
        if message.request is not None:
            number = key_of(member(message.payload, "transactionId"))
            self._seen_start = True
            self._given[number] = None
            self._starts[number] = (member(message.request.payload, "meterStart"), message.request.number)
        return ()

    def _metered(self, message: Message) -> Iterator[Finding]:
        number = key_of(member(message.payload, "transactionId"))
        if self._seen_start and number is not None and number not in self._given:
            text = f"transactionId {number} was never assigned"
            yield Finding(METER_TRANSACTION, text, (message.number,), message.link)

    def _stopped(self, message: Message) -> Iterator[Finding]:
        start, number = self._starts.get(key_of(member(message.payload, "transactionId")), (None, 0))
        stop = member(message.payload, "meterStop")
        if isinstance(start, int | float) and isinstance(stop, int | float) and stop < start:
            text = f"meterStop {stop} is below meterStart {start}"
            yield Finding(METER_ORDER, text, (number, message.number), message.link)
