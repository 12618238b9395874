"""Monitor rules about frames: form, ids, answers, one open CALL, direction. Both roles, all versions."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from urllib.parse import unquote

from harness.journal import Adopted, Binary, Ended, Event, HandshakeRequest
from harness.oracle.findings import CALLS, GARBAGE, IN, OUT, RESULTS, Finding, Quiet, Rule, Severity, Wish
from harness.oracle.recent import FEW, Recent
from harness.oracle.transcript import Message, digest
from harness.rpc import schema
from harness.rpc.dialect import Dialect
from harness.rpc.frame import REQUESTS, Call, Error, Json, Result, decode
from harness.rpc.link import SECOND
from harness.rpc.values import light

FRAME = Rule("frame", Severity.SHALL, "It sends text that is no OCPP-J frame", "OCPP-J 4.1, 4.2")
SCHEMA = Rule("schema", Severity.SHALL, "Its message breaks the official schema", "OCPP-J 4.1.2, Part 3")
NULL = Rule("null-member", Severity.SHALL, "It sends null where a member should be left out", "OCPP-J 4.1.5")
UNIQUE_ID = Rule("unique-id", Severity.SHALL, "It uses a messageId again for another CALL", "OCPP-J 4.1.4")
ONE_CALL = Rule("one-open-call", Severity.SHALL, "It opens a CALL before the last is answered", "OCPP-J 4.1.1")
ONE_CALL_16 = Rule("crowding", Severity.SHOULD, "It opens a CALL before the last is answered", "OCPP-J 1.6 4.1.1")
EARLY_CALL = Rule(
    "early-retry", Severity.SHOULD, "It gives up on an answer sooner than its declared time-out", "OCPP-J 4.1.1"
)
CORRELATION = Rule("correlation", Severity.SHALL, "It answers what nobody asked, or twice", "OCPP-J 4.1.4, 4.2.2")
UNANSWERED = Rule("unanswered", Severity.SHALL, "It leaves a CALL without any answer", "OCPP-J 4.1.1, 4.2")
REFUSAL = Rule("refused-valid", Severity.SHALL, "It calls a valid CALL malformed", "OCPP-J 4.2.3 (error codes)")
NOT_SERVED = Rule("not-served", Severity.SHOULD, "It refuses a valid CALL", "OCPP-J 4.2.3 (error codes)")
DIRECTION = Rule("direction", Severity.SHALL, "It sends a request that is not its to send", "Part 2, messages")

_BLAMES_FORM = frozenset(
    {
        "FormationViolation",
        "FormatViolation",
        "ProtocolError",
        "OccurenceConstraintViolation",
        "OccurrenceConstraintViolation",
        "TypeConstraintViolation",
        "RpcFrameworkError",
        "MessageTypeNotSupported",
    }
)


# 2.x: more elements or more bytes than the station takes at once; how many, its own variables tell (ItemsPerMessage,
# BytesPerMessage), and only some of its components say so (B06.FR.16, .17, B08.FR.17, .18, N06.FR.06, .07).
_LIMITED = frozenset({
    "GetVariables", "SetVariables", "GetReport", "SetVariableMonitoring", "ClearVariableMonitoring",
    "GetMonitoringReport", "SendLocalList",
})  # fmt: skip
_TOO_MUCH = frozenset({"FormatViolation", "OccurenceConstraintViolation", "OccurrenceConstraintViolation"})


_WITH_PAYLOAD = (*REQUESTS, Result)


class Form(Quiet):
    """Frames, payloads and nulls, as the system under test sends them."""

    rules = (FRAME, SCHEMA, NULL, DIRECTION)

    def __init__(self, dialect: Dialect, sut: str) -> None:
        self._dialect = dialect
        self._sut = sut

    def wishes(self) -> Iterable[Wish]:
        return (Wish(self._see, IN),)

    def notice(self, event: Event) -> Iterable[Finding]:
        if isinstance(event.body, Binary) and event.body.direction is IN:
            yield Finding(FRAME, "a binary WebSocket message", (event.number,), event.link)

    def _see(self, message: Message) -> Sequence[Finding]:
        found: list[Finding] = []
        if message.flaws:
            found += [self._found(FRAME, message, f"{flaw.kind}: {flaw.message}") for flaw in message.flaws]
        if not isinstance(message.frame, _WITH_PAYLOAD):
            return found
        if "null" in message.text:
            nulls = _nulls(message.payload, "")
            found += [self._found(NULL, message, f"{message.action}: {path} is null") for path in nulls]
        action = self._dialect.actions.get(message.action)
        if action is not None:
            if message.is_request and self._sut not in action.senders:
                found.append(self._found(DIRECTION, message, f"a {self._sut} may not send {message.action}"))
            found += self._payload(message)
        elif message.is_request:
            text = f"{message.action} is no message of OCPP {self._dialect.version}"
            found.append(self._found(DIRECTION, message, text))
        return found

    def _payload(self, message: Message) -> Sequence[Finding]:
        part: schema.Kind = "request" if message.is_request else "response"
        faults = schema.faults(self._dialect.version, message.action, part, message.payload)
        return [] if not faults else [
            self._found(SCHEMA, message, f"{message.action} {part}, {fault.path or 'payload'}: {fault.message}")
            for fault in faults if not _is_null(message.payload, fault.path)
        ]

    def _found(self, rule: Rule, message: Message, text: str) -> Finding:
        return Finding(rule, text, (message.number,), message.link)


def _nulls(value: Json, path: str) -> Iterator[str]:
    if value is None and path:
        yield path
    elif isinstance(value, dict):
        for name, member in value.items():
            yield from _nulls(member, f"{path}.{name}" if path else name)
    elif isinstance(value, list):
        for index, member in enumerate(value):
            yield from _nulls(member, f"{path}[{index}]")


def _is_null(payload: Json, path: str) -> bool:
    return path in set(_nulls(payload, ""))


@light(frozen=True, slots=True)
class _Used:
    """What is kept of a CALL that used an id; its payload is looked at where another one uses it, and seldom else."""

    number: int
    link: int
    text: str


def _said(used: _Used, dialect: Dialect) -> tuple[str, bytes]:
    """Action and digest of the payload, which minds no `offline` (E12.FR.02)."""
    call = decode(used.text, dialect).frame
    assert isinstance(call, Call)
    return call.action, digest(call.payload)


def station_of(event: Event) -> str | None:
    """Whose connection this entry begins, None where it begins none."""
    if isinstance(event.body, HandshakeRequest):
        return unquote(event.body.target.partition("?")[0].rpartition("/")[2])
    return event.body.identity if isinstance(event.body, Adopted) else None


class Ids(Quiet):
    """messageIds of the CALLs of the system under test; a retry of an unanswered request may repeat one.

    They count per connection in 1.6, per charging station identity in 2.x (4.1.4)."""

    rules = (UNIQUE_ID,)

    def __init__(self, dialect: Dialect) -> None:
        self._dialect = dialect
        self._per_station = dialect.version != "1.6"
        self._scopes: Recent[int, object] = Recent()
        self._used: Recent[tuple[object, str], _Used] = Recent()
        self._served: Recent[int, None] = Recent()

    def wishes(self) -> Iterable[Wish]:
        return Wish(self._called, IN, CALLS), Wish(self._answered, OUT, RESULTS)

    def notice(self, event: Event) -> Iterable[Finding]:
        station = station_of(event) if self._per_station else None
        if station is not None:
            self._scopes[event.link] = station
        return ()

    def _answered(self, message: Message) -> Iterable[Finding]:
        if message.request is not None:
            self._served[message.request.number] = None
        return ()

    def _called(self, message: Message) -> Iterable[Finding]:
        assert isinstance(message.frame, Call)
        key = (self._scopes.get(message.link, message.link), message.frame.id)
        earlier = self._used.get(key)
        used = self._used[key] = _Used(message.number, message.link, message.text)
        return () if earlier is None else self._judge(message, message.frame, earlier, used)

    def _judge(self, message: Message, call: Call, earlier: _Used, used: _Used) -> Iterator[Finding]:
        """An answer that went out just before its connection ended may never have arrived."""
        said, again = _said(earlier, self._dialect), _said(used, self._dialect)
        if said != again or (earlier.number in self._served and earlier.link == used.link):
            text = f"{call.action} uses messageId {call.id!r} of an earlier {said[0]}"
            yield Finding(UNIQUE_ID, text, (earlier.number, message.number), message.link)


class OneOpenCall(Quiet):
    """The next CALL only after the last one's answer or time-out; how long that is, is the product's choice."""

    rules = (ONE_CALL, ONE_CALL_16, EARLY_CALL)
    _surely_no_timeout = 1 * SECOND

    def __init__(self, dialect: Dialect, message_timeout: int) -> None:
        self._rule = ONE_CALL if dialect.strict_turns else ONE_CALL_16
        self._timeout = message_timeout
        self._open: Recent[int, Message] = Recent(FEW)

    def wishes(self) -> Iterable[Wish]:
        return Wish(self._called, IN, CALLS), Wish(self._answered, OUT)

    def _called(self, message: Message) -> Iterable[Finding]:
        waiting = self._open.get(message.link)
        self._open[message.link] = message
        return () if waiting is None else self._crowding(message, waiting)

    def _crowding(self, message: Message, waiting: Message) -> Iterable[Finding]:
        waited = message.at - waiting.at
        if waited < self._timeout or waited < self._surely_no_timeout:
            rule = self._rule if waited < self._surely_no_timeout else EARLY_CALL
            text = f"{message.action} {waited / SECOND:.3f} s after {waiting.action}, which is still unanswered"
            yield Finding(rule, text, (waiting.number, message.number), message.link)

    def _answered(self, message: Message) -> Iterable[Finding]:
        if message.request is self._open.get(message.link):
            self._open.pop(message.link, None)
        return ()

    def notice(self, event: Event) -> Iterable[Finding]:
        if isinstance(event.body, Ended):
            self._open.pop(event.link, None)
        return ()


@dataclass(slots=True)
class _Asked:
    """`outside`: who is not let in has been asked, or has asked."""

    message: Message
    valid: bool
    outside: bool


class Answers(Quiet):
    """Every CALL of ours gets one answer, and a valid one is not called malformed.

    A 1.6 charge point that was rejected answers nothing (4.2). In 2.x it answers SecurityError (B03.FR.08), and so does
    a CSMS to who is not let in (B02.FR.09, B03.FR.07).
    """

    rules = (CORRELATION, UNANSWERED, REFUSAL, NOT_SERVED)

    def __init__(self, dialect: Dialect, answer_within: int) -> None:
        self._dialect = dialect
        self._within = answer_within
        self._open: Recent[int, _Asked] = Recent(FEW)
        self._garbage: Recent[int, int] = Recent()
        self._rejected = False
        self._outside: Recent[int, bool] = Recent()

    def wishes(self) -> Iterable[Wish]:
        boot = frozenset({"BootNotification"})
        return (
            Wish(self._registered, IN, RESULTS, boot), Wish(self._registered, OUT, RESULTS, boot),
            Wish(self._asked, OUT, CALLS), Wish(self._garbled, OUT, GARBAGE),
            Wish(self._answer, IN, (Result, Error)),
        )

    def _registered(self, message: Message) -> Iterable[Finding]:
        """What our answer says of the station under test, or that of the CSMS of the station at this connection."""
        status = message.payload.get("status") if isinstance(message.payload, dict) else None
        if message.direction is OUT:
            self._rejected = status == "Rejected"
        else:
            self._outside[message.link] = status in ("Pending", "Rejected")
        return ()

    def _asked(self, message: Message) -> Iterable[Finding]:
        if message.flaws:
            return self._garbled(message)
        if not (self._rejected and self._dialect.version == "1.6"):
            known = message.action in self._dialect.actions
            valid = known and not schema.faults(self._dialect.version, message.action, "request", message.payload)
            outside = self._rejected or self._outside.get(message.link, False)
            self._open[message.number] = _Asked(message, valid, outside)
        return ()

    def _garbled(self, message: Message) -> Iterable[Finding]:
        self._garbage[message.link] = self._garbage.get(message.link, 0) + 1
        return ()

    def _answer(self, message: Message) -> Iterator[Finding]:
        assert isinstance(message.frame, Result | Error)
        if message.request is None:
            if isinstance(message.frame, Error) and self._excused(message.link):
                return
            text = f"an answer to messageId {message.frame.id!r}, which is not open"
            yield Finding(CORRELATION, text, (message.number,), message.link)
            return
        if message.request.flaws:
            self._excused(message.link)
        asked = self._open.pop(message.request.number, None)
        if asked is None or not asked.valid or not isinstance(message.frame, Error):
            return
        if asked.outside and message.frame.code == "SecurityError":
            return
        rule = REFUSAL if self._blames_form(message.frame.code, message.request.action) else NOT_SERVED
        text = f"CALLERROR {message.frame.code} ({message.frame.description!r}) to a valid {message.action}"
        yield Finding(rule, text, (message.request.number, message.number), message.link)

    def _excused(self, link: int) -> bool:
        """Whether there is garbage of ours that one CALLERROR more may be about; it may then not be about another."""
        left = self._garbage.get(link, 0)
        self._garbage[link] = max(left - 1, 0)
        return left > 0

    def _blames_form(self, code: str, action: str) -> bool:
        """PropertyConstraintViolation blames a value, of which the schema knows less than the receiver (4.2.3)."""
        if self._dialect.version != "1.6" and action in _LIMITED and code in _TOO_MUCH:
            return False
        return code in _BLAMES_FORM

    def notice(self, event: Event) -> Iterable[Finding]:
        if isinstance(event.body, Ended):
            yield from self._overdue(event.at.monotonic, event.link)
            for number in [n for n, asked in self._open.items() if asked.message.link == event.link]:
                del self._open[number]

    def finish(self, now: int) -> Iterable[Finding]:
        return self._overdue(now, None)

    def _overdue(self, now: int, link: int | None) -> Iterator[Finding]:
        """What was due an answer by `now`; a CALL that the end of its connection cut short is excused."""
        for asked in self._open.values():
            if self._dialect.may_drop and not asked.valid:
                continue  # 2.x 4.2.3: an invalid message may be dropped
            waited = now - asked.message.at
            if waited > self._within and link in (None, asked.message.link):
                text = f"no answer to {asked.message.action} in {waited / SECOND:.1f} s"
                yield Finding(UNANSWERED, text, (asked.message.number,), asked.message.link)
