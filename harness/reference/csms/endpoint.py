"""The practice CSMS as an `Endpoint`: connections, CALLs in both directions, timeouts."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from harness.reference.csms.admission import Gate
from harness.reference.csms.behaviour import Behaviour
from harness.reference.csms.book import Book, Order, Station
from harness.reference.csms.commands import Needs, complete
from harness.reference.csms.config import CsmsConfig
from harness.reference.csms.dialects import DIALECTS
from harness.reference.csms.edits import spoil
from harness.reference.csms.learning import learn, portions
from harness.reference.csms.reply import Clerk, Reaction
from harness.rpc.frame import Call, Error, Result, encode
from harness.rpc.link import (
    Admission,
    Asked,
    Close,
    Closed,
    Command,
    Handshake,
    Instant,
    LinkEvent,
    Mute,
    Opened,
    Pinged,
    Received,
    Transmit,
    Woken,
)

_MANY = 50


@dataclass(frozen=True, slots=True)
class _Later:
    due: int
    link: int
    text: str


class Csms:
    """A CSMS that conforms to `versions` of its configuration, but for what its `Behaviour` spoils.

    `Asked("send", {"station": identity, "action": "Reset", "payload": {...}})` makes it send a CALL, once
    its turn comes; `station` may be left out where only one is configured. Raises ValueError for an
    unknown station, intent or action. `Asked("hold_back", {"status": "Pending"})` has the next
    BootNotification answered so.
    """

    def __init__(self, config: CsmsConfig, behaviour: Behaviour) -> None:
        unknown = [version for version in config.versions if version not in DIALECTS]
        if unknown or not config.versions or not config.boot_statuses:
            raise ValueError(f"no such version, or none, or no boot status: {unknown}")
        self._config = config
        self._behaviour = behaviour
        self._book = Book(config, behaviour)
        self._gate = Gate(config, behaviour, self._book)
        self._clerk = Clerk(self._book)
        self._links: dict[int, Station] = {}
        self._later: list[_Later] = []
        self._owed: list[Command] = []
        self._owing_since = 0

    # ---- Endpoint ------------------------------------------------------------------------------------

    def admit(self, handshake: Handshake, now: Instant) -> Admission:
        admission = self._gate.admit(handshake)
        if admission.status == 401 and self._behaviour.refusal_evicts:
            self._owed += self._evict(self._book.station(self._gate.identity(handshake)))
            self._owing_since = now.monotonic
        return admission

    def handle(self, event: LinkEvent, now: Instant) -> Sequence[Command]:
        if isinstance(event, Opened):
            commands = self._opened(event, now)
        elif isinstance(event, Received):
            commands = self._received(event, now)
        elif isinstance(event, Closed):
            commands = self._closed(event)
        elif isinstance(event, Woken):
            commands = self._woken(now)
        elif isinstance(event, Asked):
            commands = self._asked(event, now)
        elif isinstance(event, Pinged):
            commands = self._pinged(event, now)
        else:
            commands = []
        owed, self._owed = self._owed, []
        return [*owed, *commands, *self._turns(now)]

    def wake_at(self) -> int | None:
        """The earliest of: a CALL's time-out, an answer held back, a connection idle for too long."""
        moments = [order.deadline for station in self._book.stations.values() for order in station.open.values()]
        moments += [later.due for later in self._later]
        if self._behaviour.idle_close:
            moments += [station.heard + self._behaviour.idle_close for station in self._links.values()]
        return min([*moments, self._owing_since] if self._owed else moments, default=None)

    # ---- connections ---------------------------------------------------------------------------------

    def _opened(self, event: Opened, now: Instant) -> list[Command]:
        """The newest connection of an identity wins; the one before is closed."""
        if event.handshake is None:
            return []
        station = self._book.station(self._gate.identity(event.handshake))
        evicted = self._evict(station)
        if self._behaviour.checks_password_after_upgrade and not self._gate.authentic(event.handshake):
            return [*evicted, Close(event.link, 1008, "Unauthorized")]
        version = self._gate.version(event.handshake)
        if version is None and not (self._behaviour.selects_unknown_subprotocol or self._behaviour.keeps_unnegotiated):
            return [*evicted, Close(event.link, 1002, "No common OCPP version")]
        if self._gate.rises(event.handshake):
            self._book.risen.add(station.identity)
        station.version = version or self._config.versions[0]
        station.link = event.link if station.link is None else station.link
        station.deaf = False
        if self._behaviour.demands_boot and station.boots:
            station.status = "Pending"
        station.heard = now.monotonic
        self._links[event.link] = station
        return [*evicted, Mute(event.link)] if self._behaviour.mute_to_pings else evicted

    def _evict(self, station: Station) -> list[Command]:
        if self._behaviour.calls_old_connection:
            return []
        old, station.link = station.link, None
        station.open.clear()
        if old is None:
            return []
        del self._links[old]
        self._later = [later for later in self._later if later.link != old]
        return [] if self._behaviour.keeps_old_connection else [Close(old, 1000, "Replaced by a new connection")]

    def _closed(self, event: Closed) -> list[Command]:
        station = self._links.pop(event.link, None)
        self._later = [later for later in self._later if later.link != event.link]
        if station is not None and station.link == event.link:
            station.link = None
            station.open.clear()
        return []

    def _pinged(self, event: Pinged, now: Instant) -> list[Command]:
        if event.link in self._links:
            self._links[event.link].heard = now.monotonic
        return []

    # ---- what stations send --------------------------------------------------------------------------

    def _received(self, event: Received, now: Instant) -> list[Command]:
        station = self._links.get(event.link)
        if station is None or station.deaf:
            return []
        station.heard = now.monotonic
        message = self._clerk.read(station, event.data)
        if isinstance(message, Reaction):
            return self._answered(event.link, station, message, now)
        if isinstance(message, Call):
            return self._called(event.link, station, message, now)
        return self._utter(event.link, station, message, now)

    def _called(self, link: int, station: Station, call: Call, now: Instant) -> list[Command]:
        if self._behaviour.waits_for_own_call and station.open:
            return []
        crowded = len(self._links) > _MANY and call.action != "BootNotification"
        delay = self._behaviour.slow_when_many if crowded else 0
        commands = self._utter(link, station, self._clerk.answer(station, call, now), now, delay)
        if station.status == "Accepted" and call.action == "BootNotification":
            for action in self._behaviour.unasked:
                self._order(station, action, {}, now)
        if station.status == "Pending" and call.action == "BootNotification" and self._behaviour.closes_pending:
            commands.append(Close(link, 1000))
        return commands

    def _utter(
        self, link: int, station: Station, answer: Result | Error | None, now: Instant, delay: int = 0
    ) -> list[Command]:
        if answer is None:
            return []
        frames = [answer, answer] if self._behaviour.answers_twice else [answer]
        if self._behaviour.volunteers_results:
            frames.append(Result(f"volunteered-{self._book.number('volunteered')}", {}))
        commands = [command for frame in frames for command in self._say(link, frame, now, delay)]
        if isinstance(answer, Error):
            station.deaf = self._behaviour.deaf_after_malformed
            if self._behaviour.starves_all_after_malformed:
                for other in self._links.values():
                    other.deaf = True
            if self._behaviour.closes_on_malformed:
                commands.append(Close(link, 1007))
        return commands

    def _say(self, link: int, frame: Result | Error, now: Instant, delay: int = 0) -> list[Command]:
        delay = max(delay, self._behaviour.answer_delay)
        if not delay:
            return [Transmit(link, encode(frame))]
        self._later.append(_Later(now.monotonic + delay, link, encode(frame)))
        return []

    def _answered(self, link: int, station: Station, reaction: Reaction, now: Instant) -> list[Command]:
        """An answer to our CALL ends it; any other is ignored."""
        order = station.open.pop(reaction.id, None)
        if order is not None:
            learn(self._book, station, order, reaction.payload)
        if order is None and self._behaviour.hangs_up_on_strays:
            return [Close(link, 1002)]
        wrong = self._behaviour.answers_strays if order is None else self._behaviour.answers_results
        return self._say(link, Error(reaction.id, "GenericError"), now) if wrong else []

    # ---- what we send --------------------------------------------------------------------------------

    def _asked(self, event: Asked, now: Instant) -> list[Command]:
        station = self._addressee(event.parameters.get("station"))
        if event.intent == "hold_back":
            station.held_back = _not_accepted(event.parameters.get("status"))
            return []
        if event.intent != "send":
            raise ValueError(f"a CSMS cannot {event.intent!r}")
        action = event.parameters.get("action")
        payload = event.parameters.get("payload") or {}
        if not isinstance(action, str) or not isinstance(payload, Mapping):
            raise ValueError(f"a CSMS does not send {action!r} with {payload!r}")
        if action not in self._behaviour.withholds:
            self._order(station, action, payload, now)
        return []

    def _order(self, station: Station, action: str, payload: Mapping[str, object], now: Instant) -> None:
        templates = DIALECTS[station.version or self._config.versions[0]].commands
        if action not in templates:
            raise ValueError(f"a CSMS does not send {action!r}")
        if self._over(station, action, payload):
            return
        station.waiting.append(
            Order(action, complete(templates[action], Needs(self._book, station, now, payload))))

    def _over(self, station: Station, action: str, payload: Mapping[str, object]) -> bool:
        """Whether it is to stop a transaction of the station that has ended: nobody is asked for that."""
        if action not in ("RemoteStopTransaction", "RequestStopTransaction"):
            return False
        known = self._book.transactions.get((station.identity, str(payload.get("transactionId", ""))))
        return known is not None and known.ended

    def _addressee(self, identity: object) -> Station:
        known = self._config.stations
        if identity is None and len(known) == 1:
            return self._book.station(next(iter(known)))
        if not isinstance(identity, str) or (identity not in known and identity not in self._book.stations):
            raise ValueError(f"no such station: {identity!r}")
        return self._book.station(identity)

    def _turns(self, now: Instant) -> list[Command]:
        """Send what waits, one CALL at a time for each station (OCPP-J 4.1.1)."""
        commands: list[Command] = []
        for station in self._book.stations.values():
            while station.link is not None and station.waiting and self._may_call(station):
                commands.append(self._send(station, station.link, now))
        return commands

    def _may_call(self, station: Station) -> bool:
        if station.status == "Rejected" and not self._behaviour.calls_rejected:
            return False
        return len(station.open) < self._behaviour.open_calls

    def _send(self, station: Station, link: int, now: Instant) -> Command:
        order = station.waiting.popleft()
        if not self._behaviour.ignores_limits:
            first, *rest = portions(station, order.action, order.payload)
            order.payload = first
            station.waiting.extendleft(Order(order.action, payload) for payload in reversed(rest))
        order.id = self._book.message_id(now)
        order.deadline = now.monotonic + self._config.call_timeout
        station.open[order.id] = order
        payload = spoil(self._behaviour, order.action, order.payload, ours=True)
        return Transmit(link, encode(Call(order.id, order.action, payload)))

    def _woken(self, now: Instant) -> list[Command]:
        """Send what was held back; give up CALLs that got no answer in time."""
        due = [later for later in self._later if later.due <= now.monotonic]
        self._later = [later for later in self._later if later.due > now.monotonic]
        for station in self._book.stations.values():
            station.open = {k: order for k, order in station.open.items() if order.deadline > now.monotonic}
        return [*(Transmit(later.link, later.text) for later in due), *self._idle(now)]

    def _idle(self, now: Instant) -> list[Command]:
        limit = self._behaviour.idle_close
        idle = [link for link, station in self._links.items() if limit and station.heard + limit <= now.monotonic]
        for link in idle:
            self._links.pop(link).link = None
        return [Close(link, 1000, "Idle") for link in idle]


def _not_accepted(status: object) -> str:
    if status not in ("Pending", "Rejected"):
        raise ValueError(f"a station is held back as Pending or Rejected, not as {status!r}")
    return str(status)


def build(config: CsmsConfig, behaviour: Behaviour | None = None) -> Csms:
    """A practice CSMS; without `behaviour` it conforms."""
    return Csms(config, behaviour or Behaviour())
