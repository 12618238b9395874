"""One scenario's world: what we do in it, what we named in it, and from when on the next line looks.

Steps call it from the scenario's thread. Acting is here; judging is in `harness.judge`. Everything is
read from the journal, never from the actor.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from contextlib import contextmanager
from dataclasses import replace
from typing import TYPE_CHECKING, Protocol

from harness import dialling, offering
from harness.actor import REMOVED, Script
from harness.files import FileServer, NoFileServer
from harness.journal import (
    Adopted,
    Direction,
    Ended,
    HandshakeRequest,
    HandshakeResponse,
    Journal,
    Note,
    Prompt,
    Text,
)
from harness.ledger import Ledger
from harness.oracle import match, paths
from harness.oracle.monitor import Limits, Monitor
from harness.oracle.transcript import Message, Transcript
from harness.oracle.verdict import HarnessFault, Inconclusive
from harness.references import fact, papers, typed
from harness.rpc import schema
from harness.rpc.frame import Call, Json, encode
from harness.rpc.link import SECOND, Asked, Command, Connect, Ping, Secure, Transmit
from harness.security.errors import Unavailable
from harness.watching import Unwatched, Watch

if TYPE_CHECKING:
    from collections.abc import Iterator

    from harness.attack import Allowance
    from harness.calibration import Calibration
    from harness.carrier import Carrier, Hosted
    from harness.security.settings import Credential, TlsSettings
    from harness.setting import Setting


class Asking(Protocol):
    """Asks the system under test to act; "" when it was done, else the reason why it cannot be."""

    def __call__(self, intent: str, parameters: Mapping[str, object], /) -> str: ...


class Session(Ledger):
    """The world of one scenario."""

    def __init__(
        self,
        carrier: Carrier,
        hosted: Hosted,
        journal: Journal,
        setting: Setting,
        ask: Asking,
        watch: Watch | None = None,
    ) -> None:
        super().__init__()
        self.carrier = carrier
        self.hosted = hosted
        self.journal = journal
        self.setting = setting
        self.transcript = Transcript(journal, setting.dialect)
        limits = Limits(setting.times.message_timeout, setting.times.answer)
        self.monitor = Monitor(self.transcript, setting.sut, limits)
        self.files: FileServer = NoFileServer()
        self.links: dict[str, int] = {}
        self.since = 0
        self.anchor = carrier.now().monotonic
        self._ask = ask
        self._watch = watch or Unwatched()
        self._acting = False
        self._ids = 0
        self.worn = setting.tls
        self.clock: int | None = None
        """How much later than ours the SUT's clock was in earlier scenarios, ns; None where it has not told."""
        self.certified = False
        """Whether certificates have been put to the SUT, so that what it makes of them hangs on its clock."""
        self.in_use = ""
        """The certificate (PEM) that a line has called the one in use."""
        self.first_password = setting.password
        self.allowance: Allowance | None = None
        """In a scenario tagged @attack: what we may still do."""
        self.guesses: dict[str, tuple[int, ...]] = {}
        self.stopped = False
        """Somebody has stopped what comes after the verdict."""

    # ---- time ----------------------------------------------------------------------------------------

    @property
    def now(self) -> int:
        """Monotonic ns on the carrier's clock."""
        return self.carrier.now().monotonic

    def wait(self, what: str, ready: Callable[[], bool], until: int) -> bool:
        """Block until `ready` or `until`; `what` is shown to the person who waits.

        The transcript is read along, whatever is waited for: a peer in a flood is held back by who reads."""

        def reads_along() -> bool:
            self.transcript.messages()
            return ready()

        self._watch.begin(what, self.now, until)
        try:
            while not self.carrier.wait(self.journal.changed, reads_along, min(until, self.now + self._watch.period)):
                if self.now >= until:
                    return False
                self._watch.tick(self.now)
            return True
        finally:
            self._watch.end()

    def calibrated(self, found: Calibration) -> None:
        """The harness has measured its own error: on record, and minded by every judgement from here on."""
        self.journal.append(0, Note("calibration", str(found), found.to_json()), self.carrier.now())
        self.calibrations.append(found)
        times = self.setting.times
        unsure = max(times.uncertainty, found.uncertainty)
        self.setting = replace(self.setting, times=replace(times, uncertainty=unsure))

    def note(self, topic: str, text: str) -> None:
        self.journal.append(0, Note(topic, text), self.carrier.now())

    @contextmanager
    def acting(self) -> Iterator[None]:
        """Around every act: what the SUT does from the first act of a row on may answer the next ``Then``."""
        if not self._acting:
            self.since = len(self.journal)
        self._acting = True
        yield
        self.anchor = self.now

    def judging(self) -> None:
        """A ``Then`` line begins: the next act starts a new row."""
        self._acting = False

    def settled(self) -> None:
        """A state stands: later lines look only at what comes after it."""
        self.since = len(self.journal)
        self.anchor = self.now
        self._acting = False

    # ---- connections ---------------------------------------------------------------------------------

    @property
    def open_links(self) -> set[int]:
        return self.transcript.open_links()

    def link(self, who: str = "") -> int:
        """The open connection of `who` ("" is the station of the SUT file). Raises `Inconclusive`."""
        standing = self.open_links
        if who or self.setting.sut == "csms":
            number = self.links.get(who, 0)
            if number in standing:
                return number
        elif standing:
            return max(standing)
        raise Inconclusive(f"no connection{f' of station {who!r}' if who else ''} is open")

    def tls(self) -> TlsSettings:
        """How our side makes TLS on new connections. Raises `Inconclusive` without TLS."""
        if self.worn is None:
            raise Inconclusive("the SUT file's security profile has no TLS: use 2 or 3, and [tls]")
        return self.worn

    def dress(self, settings: TlsSettings | None) -> None:
        """Make TLS like this, or none, on new connections from now on. Raises `Inconclusive` for what OpenSSL cannot
        do."""
        self.worn = settings
        if self.setting.ours == "csms":
            self.command(Secure(settings))

    def credential(self, name: str) -> Credential:
        """A certificate by its name in scenarios. Raises `Inconclusive` where this run has none."""
        self.certified = True
        return offering.credential(self.setting.certificates, name)

    def wishing(self, settings: TlsSettings, wish: Mapping[str, str]) -> TlsSettings:
        """See `harness.offering.laid_over`."""
        self.certified = self.certified or "certificate" in wish
        return offering.laid_over(settings, wish, self.setting.certificates)

    def connect(self, dial: Mapping[str, str], who: str = "") -> int:
        """Open a connection as a station; waits for the HTTP answer. `dial`: see `dialling.dial`."""
        if self.setting.ours != "station":
            raise HarnessFault("only a station connects; here we play the CSMS")
        try:
            target = dialling.dial(self, dial, who)
            self._pace(self.allowance.dial(target.url, self.now) if self.allowance else 0)
            number = self.links["#"] = self.links.get("#", 0) + 1
            self.hosted.tell(Asked("commands", {"commands": (Connect(number, target),)}))
        except Unavailable as error:
            raise Inconclusive(f"it cannot be tried: {error}") from error
        until = self.now + self.setting.times.answer
        self.wait("the CSMS to answer the handshake", lambda: self.handshake(number) is not None, until)
        self.links[who] = number
        self.guesses[who] = (number,)
        return number

    def _pace(self, due: int) -> None:
        """Wait until `due`, where the rate of an @attack scenario asks for it."""
        if due > self.now:
            self.wait("the rate that [attack] allows", lambda: False, due)

    def handshake(self, number: int) -> HandshakeResponse | None:
        """The HTTP answer on that connection so far."""
        bodies = (event.body for event in self.journal if event.link == number)
        return next((body for body in bodies if isinstance(body, HandshakeResponse)), None)

    def ended(self, number: int) -> Ended | None:
        bodies = (event.body for event in self.journal if event.link == number)
        return next((body for body in bodies if isinstance(body, Ended)), None)

    def command(self, *commands: Command) -> None:
        """Carry out link commands on our side, as they are."""
        for ping in (command for command in commands if isinstance(command, Ping)):
            self._pace(self.allowance.say(len(ping.payload), self.now) if self.allowance else 0)
        self.hosted.tell(Asked("commands", {"commands": commands}))

    # ---- sending -------------------------------------------------------------------------------------

    def fresh_id(self) -> str:
        self._ids += 1
        return f"h{self.since:x}-{self._ids}-{self.now % 0xFFFFFFFF:x}"[:36]

    def send(self, action: str, payload: Json, who: str = "", name: str | None = None) -> None:
        """Send a CALL as our actor, after the last one on that connection was answered, and name it."""
        number = self.link(who) if not self._owed(who) else self.links.get(who, 0)
        self._await_turn(number)
        call = Call(self.fresh_id(), action, payload)
        self._pace(self.allowance.say(len(encode(call)), self.now) if self.allowance else 0)
        before = len(self.journal)
        if number in self.open_links:
            self.hosted.tell(Asked("send", {"link": number, "frame": call}))
        self._left(number, before, name, lambda m: isinstance(m.frame, Call) and m.frame.id == call.id)

    def send_text(self, text: str, who: str = "", name: str | None = None) -> None:
        """Send one text message as it is, whatever it is, and name it."""
        self._pace(self.allowance.say(len(text.encode("utf-8", "surrogatepass")), self.now) if self.allowance else 0)
        number, before = self.link(who), len(self.journal)
        self.command(Transmit(number, text))
        self._left(number, before, name, lambda m: m.text == text)

    def _left(self, number: int, before: int, name: str | None, mine: Callable[[Message], bool]) -> None:
        """Name what we just sent, and no answer that our actor sent right after it.

        Where the SUT ended the connection while it owed us an answer, that answer is what the scenario will
        ask about; otherwise nothing can be tested any more."""

        def ours() -> Message | None:
            messages = reversed(self.transcript.messages())
            return next((m for m in messages if m.direction is Direction.OUT and m.number >= before and mine(m)), None)

        self.wait("our message to leave", lambda: bool(ours()) or number not in self.open_links, self.now + 5 * SECOND)
        message = ours()
        if message is not None:
            self.name(name, message)
            return
        if number in self.open_links:
            raise HarnessFault("our message never left")
        reason = "it could not be sent: the connection was gone"
        if not self._owing(number):
            raise Inconclusive(reason)
        self.unsent[name or ""] = reason

    def _owed(self, who: str) -> bool:
        """Whether the station's last connection is gone while the SUT still owed it an answer."""
        number = self.links.get(who, 0)
        return number not in self.open_links and self._owing(number)

    def _owing(self, number: int) -> bool:
        calls = [m for m in self.transcript.messages() if m.direction is Direction.OUT and m.link == number]
        return any(isinstance(m.frame, Call) and self.transcript.answer_to(m) is None for m in calls)

    def _await_turn(self, number: int) -> None:
        """OCPP-J 4.1.1 binds us too: no CALL while our last one on that connection is open."""

        def unanswered() -> bool:
            mine = [m for m in self.transcript.messages() if m.direction is Direction.OUT and m.link == number]
            calls = [m for m in mine if isinstance(m.frame, Call) and not m.flaws]
            return bool(calls) and self.transcript.answer_to(calls[-1]) is None

        if unanswered():
            self.wait("our last CALL to be answered", lambda: not unanswered(), self.now + self.setting.times.answer)

    def script(self, script: Script) -> None:
        """Prepare an answer of our actor's."""
        if self.allowance:
            self.allowance.prepare((script.whole, script.members))
        self.hosted.tell(Asked("script", {"script": script}))

    def ask(self, intent: str, parameters: Mapping[str, object]) -> None:
        """Have the SUT act through its driver. Raises `Inconclusive` where nobody can."""
        now = self.carrier.now()
        self.journal.append(0, Prompt(intent, parameters), now)
        refusal = self._ask(intent, parameters)
        self.journal.append(0, Prompt(intent, parameters, answer=refusal or "done"), self.carrier.now())
        if refusal:
            raise Inconclusive(f"the {intent.replace('_', ' ')} could not be brought about: {refusal}")

    # ---- looking up ----------------------------------------------------------------------------------

    def answer_of(self, name: str) -> Message:
        request = self.named(name)[-1]

        def answered() -> bool:
            return self.transcript.answer_to(request) is not None

        self.wait(f'the answer to "{name}"', answered, request.at + self.setting.times.answer)
        answer = self.transcript.answer_to(request)
        if answer is None:
            raise Inconclusive(f'"{name}" has no answer')
        return answer

    def look_up(self, reference: str) -> Json:
        """What ``the ...`` in a cell stands for: a member of a named message, or a fact of the SUT file."""
        self.certified = self.certified or _CERTIFICATE.search(reference) is not None
        if (served := _OF_FILE.fullmatch(reference)) and self.files.knows(served["name"]):
            return self.files.fact(served["name"], served["word"])
        if (paper := papers(self, reference)) is not None:
            return paper
        if found := _OF_ANSWER.fullmatch(reference):
            return self._member(self.answer_of(found["name"]), found["path"], reference)
        if found := _OF_MESSAGE.fullmatch(reference):
            return self._member(self.named(found["name"])[-1], found["path"], reference)
        return fact(self.setting.facts, reference)

    def _member(self, message: Message, path: str, reference: str) -> Json:
        if path == "messageId" and message.frame is not None:
            return message.frame.id
        values = paths.values(message.payload, path)
        if not values:
            raise Inconclusive(f"{reference}: the message has no such member")
        return values[0]

    # ---- values of our own messages ------------------------------------------------------------------

    def members(self, action: str, kind: schema.Kind, rows: tuple[match.Row, ...]) -> tuple[tuple[str, Json], ...]:
        """Table rows as values to put into a message of ours, typed by the schema."""
        return tuple((row.path, self._value(action, kind, row)) for row in rows)

    def _value(self, action: str, kind: schema.Kind, row: match.Row) -> Json:
        pattern = row.pattern
        if isinstance(pattern, match.Absent):
            return REMOVED
        leaf = schema.lookup(self.setting.dialect.version, action, kind, row.path)
        if isinstance(pattern, match.Reference):
            value = self.look_up(pattern.text)
            return str(value) if leaf.type == "string" and type(value) is int else value
        if isinstance(pattern, match.Equal):
            return typed(str(pattern.expected), leaf.type, self.carrier.now().wall)
        raise HarnessFault(f"{row.path}: {pattern} says what to expect, not what to send")

    def adopt(self, number: int, subprotocol: str | None, accepted: bool) -> None:
        """A connection that stood before this scenario goes on in it."""
        body = Adopted(subprotocol, self.setting.identity, accepted)
        self.journal.append(number, body, self.carrier.now())

    def connected_as(self) -> str | None:
        """The target of the last handshake that reached us, for messages."""
        targets = [e.body.target for e in self.journal if isinstance(e.body, HandshakeRequest)]
        return targets[-1] if targets else None

    def heard(self) -> bool:
        """Whether the SUT has sent any text yet."""
        return any(isinstance(e.body, Text) and e.body.direction is Direction.IN for e in self.journal)


_CERTIFICATE = re.compile(r"\bcertificate (?:of|for)\b")
_OF_ANSWER = re.compile(r'the (?P<path>\S+) of the answer to "(?P<name>[^"]+)"')
_OF_FILE = re.compile(r'the (?P<word>[a-z ]+) of "(?P<name>[^"]+)"')
_OF_MESSAGE = re.compile(r'the (?P<path>\S+) of "(?P<name>[^"]+)"')
