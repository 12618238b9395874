"""The rules of an OCPP-J connection as data: who may send which frame when, and what a breach means.

An exchange is everything that carries one messageId: a CALL, its one answer, and in OCPP 2.1 the refusal of
that answer; or a SEND alone. `STEPS` is its transition table, the same for both ends of the connection.
`RULES` says of each kind of violation how heavy it weighs and how a conforming receiver may react.
Sources: OCPP-J 1.6 and OCPP 2.0.1 / 2.1 Part 4, sections 4.1.1 (turns), 4.1.3 (message types), 4.1.4 (ids),
4.1.7 (validity, 2.x), 4.2.3 (CALLERROR), 4.2.4 (SEND, 2.1).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from types import MappingProxyType

from harness.rpc import schema
from harness.rpc.dialect import Cause, Dialect, Role
from harness.rpc.frame import Call, Decoded, Error, Flaw, FlawKind, Frame, Json, Result, ResultError, Send


class ViolationKind(StrEnum):
    """What the far end did that it must not do."""

    MALFORMED = "malformed"
    BINARY_MESSAGE = "binary-message"
    NOT_UNICODE = "not-unicode"
    DUPLICATE_KEYS = "duplicate-keys"
    WRONG_ARITY = "wrong-arity"
    WRONG_TYPES = "wrong-types"
    LONG_ID = "long-id"
    LONG_DESCRIPTION = "long-description"
    UNKNOWN_MESSAGE_TYPE = "unknown-message-type"
    SEND_NOT_SUPPORTED = "send-not-supported"
    WRONG_MESSAGE_TYPE = "wrong-message-type"
    UNKNOWN_ACTION = "unknown-action"
    WRONG_DIRECTION = "wrong-direction"
    SCHEMA = "schema"
    UNKNOWN_ERROR_CODE = "unknown-error-code"
    ANSWER_TO_UNKNOWN_ID = "answer-to-unknown-id"
    ANSWER_TO_SEND = "answer-to-send"
    DUPLICATE_ANSWER = "duplicate-answer"
    LATE_ANSWER = "late-answer"
    REUSED_ID = "reused-id"
    SECOND_OPEN_CALL = "second-open-call"


class Weight(StrEnum):
    """Whether a SHALL or a SHOULD is broken, or nothing at all and it is merely worth knowing."""

    SHALL = "shall"
    SHOULD = "should"
    NOTE = "note"


class Reaction(StrEnum):
    """What a conforming receiver may do with a faulty frame."""

    REFUSE = "refuse"
    IGNORE = "ignore"
    PROCESS = "process"


@dataclass(frozen=True, slots=True)
class Violation:
    """One rule broken by the far end.

    `refusal` is the CALLERROR or CALLRESULTERROR a conforming receiver sends, None where it answers nothing;
    `codes` are all error codes acceptable in it, the closest first. `reactions` are all that conform.
    `open_for` (ns): how long the earlier CALL has been open, for SECOND_OPEN_CALL."""

    kind: ViolationKind
    message: str
    frame: Frame | None = None
    refusal: Error | ResultError | None = None
    weight: Weight = Weight.SHALL
    codes: tuple[str, ...] = ()
    reactions: frozenset[Reaction] = frozenset((Reaction.IGNORE,))
    faults: tuple[schema.SchemaFault, ...] = ()
    open_for: int = 0


# ---- exchanges --------------------------------------------------------------------------------------


class State(StrEnum):
    """Of one exchange. EXPIRED: the asker has given up waiting. REJECTED: the result was refused (2.1)."""

    UNKNOWN = "unknown"
    OPEN = "open"
    EXPIRED = "expired"
    RESULT = "result"
    ERROR = "error"
    REJECTED = "rejected"
    SENT = "sent"


class Move(StrEnum):
    """What happens to an exchange: five frames, and the asker's time-out."""

    CALL = "call"
    RESULT = "result"
    ERROR = "error"
    RESULT_ERROR = "result-error"
    SEND = "send"
    EXPIRE = "expire"


ASKER_MOVES = frozenset((Move.CALL, Move.SEND, Move.RESULT_ERROR, Move.EXPIRE))
ANSWERER_MOVES = frozenset((Move.RESULT, Move.ERROR))


@dataclass(frozen=True, slots=True)
class Step:
    """Where a move leads, and the rule it breaks if it does."""

    state: State
    breach: ViolationKind | None = None


def _steps() -> Mapping[tuple[State, Move], Step]:
    s, v = State, ViolationKind
    stray, again, reused = v.ANSWER_TO_UNKNOWN_ID, v.DUPLICATE_ANSWER, v.REUSED_ID
    table = {(state, Move.CALL): Step(s.OPEN, reused) for state in s}
    table |= {(state, Move.SEND): Step(state, reused) for state in s}
    table |= {(state, move): Step(state, again) for state in s for move in ANSWERER_MOVES}
    table |= {(state, Move.RESULT_ERROR): Step(state, stray) for state in s}
    table |= {(state, Move.EXPIRE): Step(state) for state in s}
    table |= {
        (s.UNKNOWN, Move.CALL): Step(s.OPEN),
        (s.UNKNOWN, Move.SEND): Step(s.SENT),
        (s.UNKNOWN, Move.RESULT): Step(s.UNKNOWN, stray),
        (s.UNKNOWN, Move.ERROR): Step(s.UNKNOWN, stray),
        (s.OPEN, Move.RESULT): Step(s.RESULT),
        (s.OPEN, Move.ERROR): Step(s.ERROR),
        (s.OPEN, Move.EXPIRE): Step(s.EXPIRED),
        (s.EXPIRED, Move.RESULT): Step(s.RESULT, v.LATE_ANSWER),
        (s.EXPIRED, Move.ERROR): Step(s.ERROR, v.LATE_ANSWER),
        (s.RESULT, Move.RESULT_ERROR): Step(s.REJECTED),
        (s.SENT, Move.RESULT): Step(s.SENT, v.ANSWER_TO_SEND),
        (s.SENT, Move.ERROR): Step(s.SENT, v.ANSWER_TO_SEND),
    }
    return MappingProxyType(table)


STEPS = _steps()
"""The transition table of an exchange; total over `State` and `Move`."""

MOVES: Mapping[type[Frame], Move] = MappingProxyType({
    Call: Move.CALL,
    Result: Move.RESULT,
    Error: Move.ERROR,
    ResultError: Move.RESULT_ERROR,
    Send: Move.SEND,
})


# ---- what a violation means -------------------------------------------------------------------------

_REFUSE = frozenset((Reaction.REFUSE,))
_IGNORE = frozenset((Reaction.IGNORE,))
_PROCESS = frozenset((Reaction.PROCESS,))


@dataclass(frozen=True, slots=True)
class Rule:
    """`cause` chooses the error code, None: never refused. `droppable`: 2.x 4.2.3 lets the receiver drop it."""

    cause: Cause | None
    reactions: frozenset[Reaction]
    weight: Weight = Weight.SHALL
    droppable: bool = False


RULES: Mapping[ViolationKind, Rule] = MappingProxyType({
    ViolationKind.MALFORMED: Rule(Cause.FRAMEWORK, _REFUSE, droppable=True),
    ViolationKind.BINARY_MESSAGE: Rule(None, _IGNORE),
    ViolationKind.NOT_UNICODE: Rule(Cause.FORMAT, _REFUSE | _PROCESS, droppable=True),
    # RFC 8259 section 4: names SHOULD be unique; the receiver's behaviour is not prescribed.
    ViolationKind.DUPLICATE_KEYS: Rule(Cause.FORMAT, _REFUSE | _PROCESS | _IGNORE, Weight.SHOULD),
    ViolationKind.WRONG_ARITY: Rule(Cause.FRAMEWORK, _REFUSE, droppable=True),
    ViolationKind.WRONG_TYPES: Rule(Cause.FRAMEWORK, _REFUSE, droppable=True),
    # 4.2.3 names long and repeated ids as reasons for a CALLERROR, but forbids nowhere to serve the CALL.
    ViolationKind.LONG_ID: Rule(Cause.FRAMEWORK, _REFUSE | _PROCESS, droppable=True),
    ViolationKind.REUSED_ID: Rule(Cause.REUSED_ID, _REFUSE | _PROCESS, droppable=True),
    ViolationKind.LONG_DESCRIPTION: Rule(None, _PROCESS),
    ViolationKind.UNKNOWN_MESSAGE_TYPE: Rule(Cause.MESSAGE_TYPE, _IGNORE),
    ViolationKind.SEND_NOT_SUPPORTED: Rule(Cause.MESSAGE_TYPE, _IGNORE),
    ViolationKind.WRONG_MESSAGE_TYPE: Rule(Cause.UNSUPPORTED_ACTION, _REFUSE, droppable=True),
    ViolationKind.UNKNOWN_ACTION: Rule(Cause.UNKNOWN_ACTION, _REFUSE),
    ViolationKind.WRONG_DIRECTION: Rule(Cause.UNSUPPORTED_ACTION, _REFUSE),
    ViolationKind.SCHEMA: Rule(Cause.FORMAT, _REFUSE, droppable=True),
    ViolationKind.UNKNOWN_ERROR_CODE: Rule(None, _PROCESS),
    ViolationKind.ANSWER_TO_UNKNOWN_ID: Rule(None, _IGNORE),
    ViolationKind.ANSWER_TO_SEND: Rule(None, _IGNORE),
    ViolationKind.DUPLICATE_ANSWER: Rule(None, _IGNORE),
    # The time-out is the asker's own choice (4.1.1), so a late answer breaks no rule.
    ViolationKind.LATE_ANSWER: Rule(None, _IGNORE | _PROCESS, Weight.NOTE),
    ViolationKind.SECOND_OPEN_CALL: Rule(None, _PROCESS),
})

_FLAWS: Mapping[FlawKind, ViolationKind | None] = {
    FlawKind.NOT_JSON: ViolationKind.MALFORMED,
    FlawKind.NOT_A_NUMBER: ViolationKind.MALFORMED,
    FlawKind.NUMBER_OUT_OF_RANGE: None,
    FlawKind.DUPLICATE_KEY: ViolationKind.DUPLICATE_KEYS,
    FlawKind.LONE_SURROGATE: ViolationKind.NOT_UNICODE,
    FlawKind.TOO_DEEP: ViolationKind.MALFORMED,
    FlawKind.NOT_ARRAY: ViolationKind.MALFORMED,
    FlawKind.WRONG_ARITY: ViolationKind.WRONG_ARITY,
    FlawKind.MESSAGE_TYPE_NOT_INTEGER: ViolationKind.UNKNOWN_MESSAGE_TYPE,
    FlawKind.UNKNOWN_MESSAGE_TYPE: ViolationKind.UNKNOWN_MESSAGE_TYPE,
    FlawKind.ID_NOT_STRING: ViolationKind.WRONG_TYPES,
    FlawKind.ID_TOO_LONG: ViolationKind.LONG_ID,
    FlawKind.ID_EMPTY: None,
    FlawKind.ACTION_NOT_STRING: ViolationKind.WRONG_TYPES,
    FlawKind.PAYLOAD_NULL: None,
    FlawKind.PAYLOAD_NOT_OBJECT: ViolationKind.WRONG_TYPES,
    FlawKind.ERROR_CODE_NOT_STRING: ViolationKind.WRONG_TYPES,
    FlawKind.DESCRIPTION_NOT_STRING: ViolationKind.WRONG_TYPES,
    FlawKind.DESCRIPTION_TOO_LONG: ViolationKind.LONG_DESCRIPTION,
    FlawKind.DETAILS_NOT_OBJECT: ViolationKind.WRONG_TYPES,
}

_CAUSES: Mapping[FlawKind, Cause] = {FlawKind.PAYLOAD_NOT_OBJECT: Cause.FORMAT}


def violation(
    kind: ViolationKind,
    message: str,
    decoded: Decoded,
    dialect: Dialect,
    cause: Cause | None = None,
    faults: tuple[schema.SchemaFault, ...] = (),
) -> Violation:
    """The violation with the refusal, codes and reactions that this version prescribes for it.

    `cause` replaces the rule's own where a finer one is known."""
    rule = RULES[kind]
    cause = cause if cause is not None else rule.cause
    answered = _answer(decoded, dialect, kind)
    if cause is None or answered is None:
        weight = Weight.SHOULD if kind is ViolationKind.SECOND_OPEN_CALL and not dialect.strict_turns else rule.weight
        reactions = (rule.reactions - _REFUSE) or _IGNORE
        return Violation(kind, message, decoded.frame, None, weight, (), reactions, faults)
    refusal_type, message_id = answered
    refusal = refusal_type(message_id, dialect.code(cause), message[:255])
    drop = rule.droppable and (dialect.may_drop or refusal_type is ResultError)
    reactions = rule.reactions | _IGNORE if drop else rule.reactions
    if rule.cause is Cause.MESSAGE_TYPE:
        reactions = _REFUSE
    return Violation(kind, message, decoded.frame, refusal, rule.weight, dialect.codes[cause], reactions, faults)


_Refusal = tuple[type[Error] | type[ResultError], str]


def _answer(decoded: Decoded, dialect: Dialect, kind: ViolationKind) -> _Refusal | None:
    """With what kind of frame and which id the text may be refused; None: with nothing."""
    if RULES[kind].cause is Cause.MESSAGE_TYPE and not dialect.refuses_unknown_type:
        return None
    if decoded.message_type == 3 and ResultError.kind in dialect.message_types and decoded.message_id is not None:
        return ResultError, decoded.message_id
    known_answer = (3, 4) if RULES[kind].cause is Cause.MESSAGE_TYPE else (3, 4, 5, 6)
    if decoded.message_type in known_answer:
        return None
    message_id = decoded.message_id if decoded.message_id is not None else dialect.unreadable_id
    return None if message_id is None else (Error, message_id)


# ---- what one frame says by itself ------------------------------------------------------------------


def flaw_violations(decoded: Decoded, dialect: Dialect) -> tuple[Violation, ...]:
    """The violations that lie in the text, one per kind, in the order of the flaws."""
    if not decoded.flaws:
        return ()
    found: dict[ViolationKind, tuple[Flaw, ...]] = {}
    for flaw in decoded.flaws:
        kind = _FLAWS[flaw.kind]
        if kind is ViolationKind.UNKNOWN_MESSAGE_TYPE and isinstance(decoded.frame, Send):
            kind = ViolationKind.SEND_NOT_SUPPORTED
        if kind is not None:
            found[kind] = (*found.get(kind, ()), flaw)
    return tuple(
        violation(kind, _listed([_said(flaw) for flaw in flaws]), decoded, dialect, _CAUSES.get(flaws[0].kind))
        for kind, flaws in found.items()
    )


def _listed(texts: Sequence[str]) -> str:
    more = f"; and {len(texts) - 20} more" if len(texts) > 20 else ""
    return "; ".join(texts[:20]) + more


def _said(flaw: Flaw) -> str:
    return f"{flaw.where}: {flaw.message}" if flaw.where else flaw.message


def request_violations(
    decoded: Decoded, sender: Role, dialect: Dialect, payload: bool = True
) -> tuple[Violation, ...]:
    """What is wrong with the action of the CALL or SEND in `decoded`, and with its `payload`."""
    frame = decoded.frame
    assert isinstance(frame, Call | Send)
    action = dialect.actions.get(frame.action)
    if action is None:
        text = f"OCPP {dialect.version} has no message {frame.action!r}"
        return (violation(ViolationKind.UNKNOWN_ACTION, text, decoded, dialect),)
    if sender not in action.senders:
        text = f"{frame.action} is not for a {sender} to send"
        return (violation(ViolationKind.WRONG_DIRECTION, text, decoded, dialect),)
    if action.kind != ("call" if isinstance(frame, Call) else "send"):
        text = f"{frame.action} goes as {action.kind.upper()}, not as {type(frame).__name__.upper()}"
        return (violation(ViolationKind.WRONG_MESSAGE_TYPE, text, decoded, dialect),)
    return _schema_violations(decoded, frame.action, "request", frame.payload, dialect) if payload else ()


def result_violations(decoded: Decoded, call: Call, dialect: Dialect) -> tuple[Violation, ...]:
    """What is wrong with the payload of the CALLRESULT in `decoded`, which answers `call`."""
    frame = decoded.frame
    assert isinstance(frame, Result)
    action = dialect.actions.get(call.action)
    if action is None or action.kind == "send":
        return ()
    return _schema_violations(decoded, call.action, "response", frame.payload, dialect)


def error_violations(decoded: Decoded, dialect: Dialect) -> tuple[Violation, ...]:
    """What is wrong with the error code of the CALLERROR or CALLRESULTERROR in `decoded`."""
    frame = decoded.frame
    assert isinstance(frame, Error | ResultError)
    if frame.code in dialect.error_codes:
        return ()
    text = f"{frame.code!r} is no error code of OCPP {dialect.version}"
    found = violation(ViolationKind.UNKNOWN_ERROR_CODE, text, decoded, dialect)
    if frame.code in dialect.misspelt_codes:
        return (replace(found, message=f"{text}, but a known misspelling", weight=Weight.NOTE),)
    return (found,)


_RANK: Sequence[Cause] = (Cause.FORMAT, Cause.TYPE, Cause.OCCURRENCE, Cause.PROPERTY)


def _schema_violations(
    decoded: Decoded, action: str, kind: schema.Kind, payload: Json, dialect: Dialect
) -> tuple[Violation, ...]:
    """At most one violation with all faults; codes of every fault are acceptable, the gravest one first."""
    if payload is not None and not isinstance(payload, dict):
        return ()  # reported as WRONG_TYPES already
    faults = schema.faults(dialect.version, action, kind, {} if payload is None else payload)
    if not faults:
        return ()
    causes = sorted({schema.cause(fault) for fault in faults}, key=_RANK.index)
    text = _listed([f"{fault.path or 'payload'}: {fault.message}" for fault in faults])
    found = violation(ViolationKind.SCHEMA, text, decoded, dialect, causes[0], faults)
    if not found.codes:
        return (found,)
    codes = tuple(dict.fromkeys(code for cause in causes for code in dialect.codes[cause]))
    return (replace(found, codes=codes),)
