"""Putting a scenario's world together: carrier, our actor, the system under test, drivers, journal.

The only room that knows all the others. A `Lab` lives for a run; each scenario gets a `Session` from it.
Against the built-in reference every scenario has a fresh opponent; a real station keeps its connection
from one scenario to the next, because it would take minutes to come back.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from uuid import uuid4

from harness import practice
from harness.actor import Actor, Door, basic
from harness.arrival import await_station, free
from harness.calibration import Calibration
from harness.carrier import Carrier, Hosted, Listen
from harness.declared import setting_of
from harness.drivers.operator import Board
from harness.drivers.outcome import CannotDo
from harness.drivers.registry import build_drivers
from harness.farewell import end_transactions
from harness.journal import Journal, Note, Sink
from harness.judge import clock
from harness.leftovers import Leftovers
from harness.oracle.verdict import Inconclusive
from harness.passwords import Passwords
from harness.practice import clock_error
from harness.repassword import close_door, find_out, leave, open_door, put_back
from harness.restoring import Changes
from harness.rpc.dialect import Version
from harness.rpc.link import SECOND, Asked, Endpoint
from harness.security.dressing import files_wardrobe, revocation_server, wardrobe_of
from harness.security.settings import TlsSchedule, TlsSettings, TlsSwitch, Wear
from harness.security.wardrobe import Wardrobe
from harness.session import Session
from harness.setting import Setting
from harness.sut import Named, Sut
from harness.tidying import tidy
from harness.transfer.lifetime import file_service
from harness.transfer.signing import chain_of
from harness.watching import Watch
from harness.wire.calibration import Gauge
from harness.wire.memory import MemoryCarrier
from harness.wire.sockets import SocketCarrier, now


@dataclass(frozen=True, slots=True)
class Practice:
    """How the built-in opponent is changed: a named misbehaviour, a saboteur around it, other TLS (`proof`).

    `wardrobe`: the certificates of an earlier run, so that what was learnt of them there still holds."""

    misbehaviour: str = ""
    wrap: Callable[[Endpoint], Endpoint] = field(default=lambda endpoint: endpoint)
    wear: Wear | None = None
    wardrobe: Wardrobe | None = None


class Lab:
    """A run's surroundings. `fast` carries everything in memory and in virtual time (reference only)."""

    def __init__(
        self,
        sut: Sut,
        fast: bool = False,
        practice: Practice | None = None,
        watch: Watch | None = None,
        board: Board | None = None,
    ) -> None:
        self.sut = sut
        self._board = board
        self.practised = practised(sut)
        self._fast = fast
        self._practice = practice or Practice()
        self._watch = watch
        self._carriers: list[Carrier] = []
        self._gauge: Gauge | None = None
        self._session: Session | None = None
        self._standing: tuple[Actor, Hosted] | None = None
        self._left = Leftovers()
        self._changes: dict[Version, Changes] = {}
        self._clock: int | None = None
        self._passwords = _passwords_of(sut)
        self._served = ExitStack()
        self._error = clock_error(sut, self._practice.misbehaviour) if self.practised else 0
        self._wardrobe = self._practice.wardrobe or wardrobe_of(sut, self.practised, self._begun())
        self._filed: Wardrobe | None = None
        self._switch: object = None
        self._journal = Journal()
        self._revocation = revocation_server(self._wardrobe, self._looked_up)

    def _begun(self) -> datetime | None:
        """When a practice PKI is made, by our clock; None is now."""
        if self._fast:
            return datetime.fromtimestamp(MemoryCarrier().now().wall // SECOND, UTC)
        return datetime.fromtimestamp((now().wall - self._error) // SECOND, UTC) if self._error else None

    @contextmanager
    def session(self, version: Version, sinks: tuple[Sink, ...] = ()) -> Iterator[Session]:
        """One scenario's world, its precondition met; everything it opened is closed afterwards.

        Raises `Inconclusive` where the SUT never came, OSError where the port cannot be taken."""
        journal = self._journal = Journal(sinks)
        try:
            if self.practised:
                with self._practice_session(version) as session:
                    yield session
            elif self.sut.role == "station":
                with self._station_session(version) as session:
                    yield session
            else:
                with self._csms_session(version) as session:
                    yield session
        finally:
            if self._session is not None:
                self._clock = clock.told(self._session)
            journal.settle()  # a text may be with the wire, which answers first

    # ---- against the reference -----------------------------------------------------------------------

    @contextmanager
    def _practice_session(self, version: Version) -> Iterator[Session]:
        ours, theirs = self._pair()
        setting = self._practised(version)
        with ExitStack() as opened:
            if self.sut.role == "station":
                listen = Listen(tls=setting.tls)
                hosted = ours.serve(self._actor(setting, ours), listen, lambda: self._journal)
                opened.callback(hosted.close)
                papers = self._papers()
                service = file_service(self.sut, self._fast, lambda: self._journal, ours.now, papers)
                files, porter = opened.enter_context(service)
                tls, wrong = self._theirs(), self._practice.misbehaviour
                peer = practice.station(setting, hosted.url, wrong, tls, chain_of(papers.pki) if papers.pki else None,
                                        self._error if self._fast else 0)
                opponent = theirs.host(self._practice.wrap(peer), porter=porter)
                opened.callback(opponent.close)
                session = self._begin(ours, hosted, setting, opponent)
                session.files = files
                opponent.tell(Asked("power_on"))
                await_station(session)
            else:
                peer = practice.management(setting, self._practice.misbehaviour, self._error if self._fast else 0)
                opponent = theirs.serve(self._practice.wrap(peer), Listen(tls=self._theirs()))
                opened.callback(opponent.close)
                setting = self._practised(version, opponent.url)
                hosted = ours.host(self._actor(setting, ours), lambda: self._journal)
                opened.callback(hosted.close)
                session = self._begin(ours, hosted, setting, opponent)
            yield session

    def _practised(self, version: Version, url: str = "") -> Setting:
        """OpenSSL goes by this machine's clock, which is not ours where the practice opponent's is off."""
        setting = setting_of(self.sut, version, url, wardrobe=self._wardrobe)
        if setting.tls is None or not self._error:
            return setting
        return replace(setting, tls=replace(setting.tls, dates=False))

    @property
    def wardrobe(self) -> Wardrobe | None:
        """The certificates of this run."""
        return self._wardrobe

    def _papers(self) -> Wardrobe:
        """The certificates of the file server and of those who sign firmware, the same for the whole run."""
        self._filed = self._filed or files_wardrobe(self.sut, self._wardrobe, self._begun())
        return self._filed

    def turn(self) -> None:
        """From now on the practice opponent makes TLS as `Practice.wear` says."""
        if isinstance(self._switch, TlsSwitch):
            self._switch.on = True

    def _theirs(self) -> TlsSettings | TlsSchedule | TlsSwitch | None:
        """The practice opponent's side of TLS."""
        upgradable = 1 if self.sut.role == "station" and not self._fast else 2
        if self._wardrobe is None or self._wardrobe.profile < upgradable:
            return None
        role, wanted = self.sut.role, self._practice
        looks_up = "RevocationCheck" in self.sut.features.ids
        settings = self._wardrobe.conforming(role, looks_up)
        settings = practice.dressed(settings, role, self.sut.versions[0], wanted.misbehaviour)
        worn = self._wardrobe.worn(settings, wanted.wear, role)
        self._switch = worn
        return worn

    def _pair(self) -> tuple[Carrier, Carrier]:
        if self._fast:
            memory = MemoryCarrier()
            return memory, memory
        if not self._carriers:
            # The practice opponent goes by the clock of this machine, and we by one that is as far from it as it says.
            self._carriers = [SocketCarrier(ahead=-self._error), SocketCarrier()]
        return self._carriers[0], self._carriers[1]

    def _actor(self, setting: Setting, carrier: Carrier) -> Actor:
        password = setting.password
        basic_wanted = password is not None and self.sut.connection.security_profile in (1, 2)
        authorization = basic(setting.identity, password) if basic_wanted and password is not None else None
        door = Door(setting.identity, authorization)

        def trace(topic: str, text: str) -> None:
            self._journal.append(0, Note(topic, text), carrier.now())

        return Actor(setting.ours, setting.dialect, setting.facts, setting.times.answer, door, trace)

    def _begin(self, carrier: Carrier, hosted: Hosted, setting: Setting, opponent: Hosted | None) -> Session:
        version = setting.dialect.version
        drivers = build_drivers(
            self.sut, opponent, version, lambda: carrier.now().monotonic, board=self._board
        )

        def ask(intent: str, parameters: Mapping[str, object]) -> str:
            outcome = drivers.perform(intent, parameters)
            if isinstance(outcome, CannotDo):
                return outcome.reason
            if outcome.text:
                session.note("driver", outcome.text)
            return ""

        session = Session(carrier, hosted, self._journal, setting, ask, self._watch)
        session.clock = self._clock
        if isinstance(carrier, SocketCarrier):
            self._session = session
            self._gauge = self._gauge or Gauge(carrier, lambda found: self._calibrated(found))
            session.calibrated(self._gauge.latest)
        return session

    def _looked_up(self, kind: str, what: str) -> None:
        """Somebody asked our revocation server, in its own thread."""
        if self._carriers:
            self._journal.append(0, Note("revocation", f"{kind}: {what}"), self._carriers[0].now())

    def _calibrated(self, found: Calibration) -> None:
        if self._session is not None:
            self._session.calibrated(found)

    # ---- against a real station ----------------------------------------------------------------------

    @contextmanager
    def _station_session(self, version: Version) -> Iterator[Session]:
        setting = setting_of(self.sut, version, wardrobe=self._wardrobe)
        if not self._carriers:
            self._carriers = [SocketCarrier()]
        carrier = self._carriers[0]
        if self._standing is not None and self._standing[0].dialect is not setting.dialect:
            self._standing[1].close()
            self._standing = None
        if self._standing is None:
            host, _, port = (self.sut.connection.listen or "127.0.0.1:0").rpartition(":")
            actor = self._actor(setting, carrier)
            listen = Listen(host.strip("[]"), int(port), self.sut.connection.path, tls=setting.tls)
            self._standing = actor, carrier.serve(actor, listen, lambda: self._journal)
        actor, hosted = self._standing
        setting = self._with_password(setting)
        session = self._begin(carrier, hosted, setting, None)
        service = file_service(self.sut, False, lambda: self._journal, carrier.now, self._papers())
        files, _ = self._served.enter_context(service)
        session.files = files
        for number, subprotocol, accepted in actor.standing():
            session.adopt(number, subprotocol, accepted)
        changes = self._changes.setdefault(version, Changes())
        open_door(session, self._passwords)  # the scenario before may have left it shut, or a bad certificate
        begun = len(session.journal)
        try:
            await_station(session)
            free(session, self._left)
            begun = tidy(session, changes)
            if self._passwords is not None:
                close_door(session, self._passwords)
            yield session
        finally:
            self._served.close()
            messages = session.transcript.messages()
            self._left.learn(messages)
            changes.learn(message for message in messages if message.number >= begun)
            self._put_back(session)

    # ---- against a real CSMS -------------------------------------------------------------------------

    @contextmanager
    def _csms_session(self, version: Version) -> Iterator[Session]:
        # A CSMS outlives the scenario: with an id of the one before, it would hear of an ended transaction.
        setting = setting_of(self.sut, version, transaction=str(uuid4()), wardrobe=self._wardrobe)
        setting = self._with_password(setting)
        if not self._carriers:
            self._carriers = [SocketCarrier()]
        carrier = self._carriers[0]
        hosted = carrier.host(self._actor(setting, carrier), lambda: self._journal)
        session = self._begin(carrier, hosted, setting, None)
        try:
            self._find_out(session)
            try:
                yield session
            finally:
                end_transactions(session)
                self._put_back(session)
        finally:
            hosted.close()
            if self._passwords is not None:  # what the CSMS was asked for may have come in the very last moment
                self._passwords.learn(session.transcript)

    # ---- which password is in force -------------------------------------------------------------------

    def left_behind(self) -> str:
        """Which password is in force where, if it is not that of the SUT file; without showing it. Else ""."""
        return self._passwords.statement(self.sut.role, self._source()) if self._passwords else ""

    def _source(self) -> str:
        return self.sut.connection.password.source if self.sut.connection.password else ""

    def _with_password(self, setting: Setting) -> Setting:
        """A scenario goes by the password that is in force."""
        if self._passwords is None:
            return setting
        self._passwords.begins()
        return replace(setting, password=self._passwords.in_force)

    def _find_out(self, session: Session) -> None:
        if self._passwords is None or self._passwords.certain:
            return
        try:
            find_out(session, self._passwords)
        except Inconclusive as reason:
            raise Inconclusive(f"{reason}; {self.left_behind()}") from reason
        finally:
            leave(session)
        session.setting = replace(session.setting, password=self._passwords.in_force)
        session.first_password = self._passwords.in_force
        session.settled()

    def _put_back(self, session: Session) -> None:
        if self._passwords is not None:
            put_back(session, self._passwords, self._source())

    def close(self) -> None:
        """Free every port and thread; idempotent."""
        if self._standing is not None:
            self._standing[1].close()
            self._standing = None
        if self._gauge is not None:
            self._gauge.close()
            self._gauge = None
        if self._revocation is not None:
            self._revocation.close()
            self._revocation = None
        for carrier in self._carriers:
            carrier.close()
        self._carriers = []


def practised(sut: Sut) -> bool:
    """Whether the SUT is the built-in practice opponent."""
    return isinstance(sut.drivers.default, Named) and sut.drivers.default.driver == "reference"


def _passwords_of(sut: Sut) -> Passwords | None:
    """None where the SUT file gives no password."""
    endpoint = sut.connection
    if endpoint.password is None:
        return None
    shown = sut.role == "csms" or endpoint.security_profile in (1, 2)
    return Passwords(endpoint.identity, endpoint.password.reveal(), shown)
