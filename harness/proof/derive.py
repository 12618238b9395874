"""From what a ``Then`` line rested on, in a clean run, to the ways of spoiling it.

Pure: checks and transcript in, mutants out. The question is always the same: if the product did this
instead, would this line notice?
"""

from __future__ import annotations

import itertools
import json
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field

from harness import messages
from harness.journal import Control, Direction
from harness.oracle import match, paths, timing
from harness.oracle.checks import Check, CheckKind
from harness.oracle.match import Row
from harness.oracle.transcript import Message, Transcript
from harness.proof import derive_composite, derive_connections, derive_documents, derive_files, derive_tls, retime
from harness.proof.derive_connections import attempt_of, diverted
from harness.proof.edits import Add, Empty, Inside, Put, Remove
from harness.proof.fitting import fitting_element, fitting_request
from harness.proof.mutant import (
    Cut,
    Inject,
    Knock,
    Mutant,
    MutePongs,
    Pings,
    Retime,
    RetimeAttempts,
    Sabotage,
    Selector,
    Spoil,
    Stay,
)
from harness.proof.wrong import absent_value, wrong_values
from harness.rpc.frame import Error, Json, Result
from harness.rpc.link import MILLISECOND
from harness.rpc.schema import Kind
from harness.setting import Setting

MARGIN = 200 * MILLISECOND


@dataclass(frozen=True, slots=True)
class Clean:
    """The clean run: its transcript and setting, and which frame of the SUT each entry was."""

    transcript: Transcript
    setting: Setting
    selectors: Mapping[int, Selector]
    files: Mapping[str, bytes] = field(default_factory=dict)

    def message(self, number: int) -> Message:
        return next(m for m in self.transcript.messages() if m.number == number)


def answers_of(clean: Clean) -> dict[Selector, Result | Error | None]:
    """How we answered each CALL of the SUT in the clean run; None where we did not."""
    found: dict[Selector, Result | Error | None] = {}
    for number, selector in clean.selectors.items():
        if selector.kind == 2:
            answer = clean.transcript.answer_to(clean.message(number))
            frame = answer.frame if answer else None
            found[selector] = frame if isinstance(frame, Result | Error) else None
    return found


def derive(check: Check, clean: Clean) -> tuple[Mutant, ...]:
    """Every mutant of one check, each different in what it does."""
    made = []
    for kind, sabotage, what in _MAKERS[check.kind](check, clean):
        made.append(Mutant(kind, check.line, check.text, sabotage, what, unprovable=isinstance(sabotage, Cut)))
    return tuple(made)


Made = Iterator[tuple[str, Sabotage, str]]


# ---- messages ---------------------------------------------------------------------------------------


def _sends(check: Check, clean: Clean) -> Made:
    targets = _targets(check, clean)
    first = clean.message(check.claimed[0])
    yield "omit", Spoil(targets, check.rows, onwards=True, drop=True), f"{targets[0]} and its like never leave"
    late = _deadline(check, clean) - first.at + MARGIN
    yield "delay", Spoil(targets, check.rows, onwards=True, hold=late), f"{targets[0]} comes too late"
    if _companions(first, clean):
        wrong = Spoil(targets, check.rows, onwards=True, elsewhere=True)
        yield "wrong connection", wrong, f"{targets[0]} goes to another station"
    yield from _rows(check, clean, onwards=True)


def _answers(check: Check, clean: Clean) -> Made:
    targets = _targets(check, clean)
    answer = clean.message(check.claimed[0])
    yield "omit", Spoil(targets, drop=True), f"no {targets[0]}"
    late = _deadline(check, clean) - answer.at + MARGIN
    yield "delay", Spoil(targets, hold=late), f"{targets[0]} comes too late"
    yield "wrong id", Spoil(targets, foreign_id=True), f"{targets[0]} carries another messageId"
    if _companions(answer, clean):
        yield "wrong connection", Spoil(targets, elsewhere=True), f"{targets[0]} goes to another station"
    yield "close", Spoil(targets, cut=True), f"the connection ends instead of {targets[0]}"
    if check.code is None:
        yield "callerror", Spoil(targets, error="InternalError"), f"CALLERROR InternalError instead of {targets[0]}"
    elif check.code != "any CALLERROR":
        yield "other code", Spoil(targets, error="HarnessError"), f"another code in {targets[0]}"
    if check.code is None or (check.rows and isinstance(answer.frame, Result)):
        yield from _rows(check, clean, onwards=False)
        return
    facts = clean.setting.facts
    known = check.action in clean.setting.dialect.actions
    usual = messages.default(facts.version, check.action, "response", facts.symbols(0)) if known else {}
    yield "accept", Spoil(targets, result=usual), f"a CALLRESULT instead of {targets[0]}"


def _deadline(check: Check, clean: Clean) -> int:
    """From what was asked for, not from how long the line would have waited: that is what is on trial."""
    return check.since + check.limit + clean.setting.times.tolerance + clean.setting.times.uncertainty


def _companions(message: Message, clean: Clean) -> set[int]:
    """The connections of other stations that stood when the message came. A station under test has none: what
    stands beside its connection for a moment is its own old one."""
    if clean.setting.sut == "station":
        return set()
    return clean.transcript.open_links(message.number) - {message.link}


def _has(check: Check, clean: Clean) -> Made:
    yield from _rows(check, clean, onwards=False)


def _targets(check: Check, clean: Clean) -> tuple[Selector, ...]:
    return tuple(clean.selectors[number] for number in check.claimed if number in clean.selectors)


def _rows(check: Check, clean: Clean, onwards: bool) -> Made:
    """Each row made wrong in every way that the pattern forbids."""
    targets = _targets(check, clean)
    message = clean.message(check.claimed[0])
    part: Kind = "request" if message.is_request else "response"
    for row in match.passed_at(check.rows, message.event.at.wall):
        for word, edit in _edits(clean, message.action, part, "", row, message.payload):
            kind = f"{_place(row)} {row.path}: {word}"
            yield kind, Spoil(targets, check.rows, onwards=onwards, edit=edit), f"{targets[0]}, {row.path}: {word}"


_PLACES = ("evseId", "connectorId", "evse.id", "transactionId", "evse.connectorId")


def _place(row: Row) -> str:
    return "wrong place" if row.path.endswith(_PLACES) else "row"


def _edits(
    clean: Clean, action: str, part: Kind, inside: str, row: Row, payload: Json
) -> Iterator[tuple[str, Put | Remove]]:
    found = paths.values(payload, row.path)
    where = f"{inside}[0].{row.path}" if inside else row.path
    version = clean.setting.dialect.version
    if not found:
        value = absent_value(version, action, part, where)
        if isinstance(row.pattern, match.AbsentOr):
            for word, wrong in wrong_values(version, action, part, where, row.pattern.pattern, value):
                yield word, _put(row.path, wrong)
        else:
            yield "present", _put(row.path, value)
        return
    if not isinstance(row.pattern, match.AbsentOr):
        yield "missing", Remove(row.path)
    pattern = row.pattern.pattern if isinstance(row.pattern, match.AbsentOr) else row.pattern
    for word, wrong in wrong_values(version, action, part, where, pattern, found[0]):
        yield word, _put(row.path, wrong)


def _put(path: str, value: Json) -> Put:
    return Put(path, json.dumps(value))


# ---- elements ---------------------------------------------------------------------------------------


def _some(check: Check, clean: Clean) -> Made:
    """Every element that fits is made not to fit, row by row."""
    yield from _elements(check, clean, every=True)


def _each(check: Check, clean: Clean) -> Made:
    """One element is made not to fit; and the list is emptied."""
    yield from _elements(check, clean, every=False)
    targets = _targets(check, clean)
    yield "empty", Spoil(targets, edit=Empty(check.path)), f"{check.path} is empty in {targets[0]}"


def _no(check: Check, clean: Clean) -> Made:
    """An element that fits is put in."""
    targets = _targets(check, clean)[:1]
    message = clean.message(check.claimed[0])
    part: Kind = "request" if message.is_request else "response"
    listed = [entry for value in paths.values(message.payload, check.path) for entry in _list(value)]
    version, rows = clean.setting.dialect.version, match.passed_at(check.rows, message.event.at.wall)
    element = fitting_element(version, message.action, part, check.path, listed, rows)
    if element is not None:
        edit = Add(check.path, json.dumps(element))
        yield "inject element", Spoil(targets, edit=edit), f"such an element stands in {check.path} of {targets[0]}"


def _elements(check: Check, clean: Clean, every: bool) -> Made:
    targets = _targets(check, clean)
    chosen = targets if every else targets[:1]
    message = clean.message(check.claimed[0])
    part: Kind = "request" if message.is_request else "response"
    rows = match.passed_at(check.rows, message.event.at.wall)
    sample = _fitting(check, clean)
    for row in rows:
        for word, edit in _edits(clean, message.action, part, check.path, row, sample):
            what = f"{check.path} of {chosen[0]}, {row.path}: {word}"
            yield f"row {row.path}: {word}", Spoil(chosen, edit=Inside(check.path, rows, edit, every)), what


def _fitting(check: Check, clean: Clean) -> Json:
    for number in check.claimed:
        message = clean.message(number)
        rows = match.passed_at(check.rows, message.event.at.wall)
        for value in paths.values(message.payload, check.path):
            for element in _list(value):
                if not match.mismatches(element, rows):
                    return element
    return {}


def _list(value: Json) -> list[Json]:
    return value if isinstance(value, list) else [value]


# ---- silence, intervals, order ----------------------------------------------------------------------


def _payload(clean: Clean, action: str) -> tuple[str, Json]:
    """A request that the SUT may send: of that action, or any where none is named."""
    facts = clean.setting.facts
    name = action or ("Heartbeat" if clean.setting.sut == "station" else "GetLocalListVersion")
    return name, messages.default(facts.version, name, "request", facts.symbols(_wall(clean)))


def _wall(clean: Clean, at: int | None = None) -> int:
    """The wall clock (ns) at that monotonic time; at the end of the run where none is given."""
    last = clean.transcript.journal[-1].at
    return last.wall if at is None else last.wall - (last.monotonic - at)


def _silence(check: Check, clean: Clean) -> Made:
    action, payload = _payload(clean, check.action)
    middle = (check.since + check.until) // 2
    rows = match.passed_at(check.rows, _wall(clean, middle))
    payload = fitting_request(clean.setting.dialect.version, action, payload, rows)
    yield "inject", Inject(action, payload, at=middle), f"{action} in the middle of the silence"
    repeated = _last_of(clean, check, action)
    if repeated is not None and not match.mismatches(repeated, rows):
        yield "repeat", Inject(action, repeated, at=middle), f"{action} repeated in the middle of the silence"
    if check.kind is CheckKind.SILENCE:
        yield "connection lost", Cut(middle), "the connection is gone in the middle of the silence"
        if clean.setting.sut == "station":
            yield "interrupted", Cut(middle, back=True), "the connection is gone for a moment in the silence"


def _last_of(clean: Clean, check: Check, action: str) -> Json:
    earlier = [m for m in clean.transcript.from_sut() if m.is_request and m.action == action and m.at <= check.since]
    return earlier[-1].payload if earlier else None


def _at_least(check: Check, clean: Clean) -> Made:
    begin, end = clean.message(check.claimed[0]), clean.message(check.claimed[1])
    early = check.limit - clean.setting.times.tolerance - MARGIN
    if early <= 0 or not end.is_request:
        return
    at = begin.at + early
    yield "early", Inject(end.action, end.payload, at=at), f"{end.action} comes too early"


def _at_most(check: Check, clean: Clean) -> Made:
    begin, end = clean.message(check.claimed[0]), clean.message(check.claimed[1])
    late = check.limit + clean.setting.times.tolerance + MARGIN - (end.at - begin.at)
    target = clean.selectors[end.number]
    yield "late", Spoil((target,), hold=late), f"{target} comes later than allowed"


def _every(check: Check, clean: Clean) -> Made:
    targets = _targets(check, clean)
    last = targets[-1]
    yield "omit", Spoil((last,), onwards=True, drop=True), f"{last} is left out"
    shape = timing.Between(check.limit, check.limit)
    yield from _retimed(check, clean, shape)
    gap = check.limit // 2
    message = clean.message(check.claimed[0])
    if gap > clean.setting.times.tolerance + MARGIN:
        doubled = Inject(message.action, message.payload, behind=targets[0], delay=gap)
        yield "doubled", doubled, f"{message.action} twice as often"


def _retimed(check: Check, clean: Clean, shape: timing.Shape) -> Made:
    times = clean.setting.times
    events = [clean.transcript.journal[number] for number in check.claimed]
    stamps, walls = [e.at.monotonic for e in events], [e.at.wall for e in events]
    targets = _targets(check, clean)
    pinged = _ping_of(check.claimed[0], clean)
    chained = not targets and not pinged
    for word, shifts in retime.delays(shape, stamps, walls, times.tolerance, times.uncertainty, chained):
        if pinged:
            yield word, Pings(pinged, shifts), f"pings from the {pinged}. on: {word}"
        elif targets:
            yield word, Retime(targets, shifts), f"{targets[0]} and the following: {word}"
        else:
            first = attempt_of(check.claimed[0], clean)
            yield word, RetimeAttempts(first, shifts), f"connection attempts from the {first}. on: {word}"


def _ping_of(number: int, clean: Clean) -> int:
    """Which of the SUT's pings (from 1) that entry is; 0 where it is none."""
    pings = [e.number for e in clean.transcript.journal
             if isinstance(e.body, Control) and e.body.direction is Direction.IN and e.body.name == "ping"]
    return pings.index(number) + 1 if number in pings else 0


def _pong(check: Check, clean: Clean) -> Made:
    yield "omit", MutePongs(), "pings get no pong"


def _occurs(check: Check, clean: Clean) -> Made:
    targets = _targets(check, clean)
    if pinged := _ping_of(check.claimed[-1], clean):
        yield "omit", Pings(pinged), "the last ping and all after it are left out"
        return
    if not targets:
        last = clean.transcript.journal[check.claimed[-1]].at.monotonic
        yield "omit", Stay(last - MILLISECOND), "the last attempt to connect is left out"
        yield from diverted(check, clean)
        return
    last_one = targets[-1]
    yield "omit", Spoil((last_one,), check.rows, onwards=True, drop=True), f"{last_one} and its like never leave"
    late = check.until - clean.message(check.claimed[-1]).at + MARGIN
    yield "delay", Spoil((last_one,), check.rows, onwards=True, hold=late), f"{last_one} comes too late"
    yield from _rows(check, clean, onwards=True)


def _gaps(check: Check, clean: Clean) -> Made:
    assert check.shape is not None
    yield from _retimed(check, clean, check.shape)
    targets = _targets(check, clean)
    events = [clean.transcript.journal[number] for number in check.claimed]
    low = check.shape.low if isinstance(check.shape, timing.Between) else None
    if not targets and low is not None and not _ping_of(check.claimed[0], clean):
        early = (low - clean.setting.times.tolerance) // 2
        if early > 0:
            yield "early", Knock(attempt_of(check.claimed[0], clean), early), "an attempt to connect comes too early"
    if targets and len(targets) > 2 and isinstance(check.shape, timing.Between | timing.Aligned):
        message = clean.message(check.claimed[0])
        gap = (events[1].at.monotonic - events[0].at.monotonic) // 2
        times = clean.setting.times
        told = check.shape.judge([gap], [events[0].at.wall + gap], times.tolerance, times.uncertainty)
        if told is not timing.Call.BROKEN:
            return
        yield "doubled", Inject(message.action, message.payload, behind=targets[0], delay=gap), "twice as often"


def _order(check: Check, clean: Clean) -> Made:
    targets = [clean.selectors[number] for number in check.claimed if number in clean.selectors]
    for first, second in itertools.pairwise(targets):
        yield "swap", Spoil((first,), after=second), f"{first} after {second}"


_MAKERS: Mapping[CheckKind, Callable[[Check, Clean], Made]] = {
    CheckKind.SENDS: _sends,
    CheckKind.ANSWERS: _answers,
    CheckKind.HAS: _has,
    CheckKind.SOME: _some,
    CheckKind.EACH: _each,
    CheckKind.NO: _no,
    CheckKind.COMPOSITE: derive_composite.composite_schedule,
    CheckKind.SILENCE: _silence,
    CheckKind.NOT_BETWEEN: _silence,
    CheckKind.AT_LEAST: _at_least,
    CheckKind.AT_MOST: _at_most,
    CheckKind.EVERY: _every,
    CheckKind.OCCURS: _occurs,
    CheckKind.GAPS: _gaps,
    CheckKind.PONG: _pong,
    CheckKind.ORDER: _order,
    CheckKind.REFUSES: derive_connections.refuses,
    CheckKind.ACCEPTS: derive_connections.accepts,
    CheckKind.TURNS_AWAY: derive_connections.turns_away,
    CheckKind.CLOSES: derive_connections.closes,
    CheckKind.STAYS_OPEN: derive_connections.stays_open,
    CheckKind.REFUSES_TLS: derive_tls.refuses,
    CheckKind.ACCEPTS_TLS: derive_tls.accepts,
    CheckKind.TLS_SESSION: derive_tls.session,
    CheckKind.NOTHING_INSIDE: derive_tls.nothing_inside,
    CheckKind.DOCUMENT: derive_documents.document,
    CheckKind.DOWNLOADS: derive_files.downloads,
    CheckKind.UPLOADS: derive_files.uploads,
    CheckKind.NO_TRANSFER: derive_files.no_transfer,
    CheckKind.LEGAL_ORDER: derive_files.legal_order,
}
