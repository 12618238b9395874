"""From what a ``Then`` line rested on, in a clean run, to the ways of spoiling it.

Pure: checks and transcript in, mutants out. The question is always the same: if the product did this
instead, would this line notice?
"""

from __future__ import annotations

from collections.abc import Callable, Mapping

from harness import messages
from harness.oracle import match
from harness.oracle.checks import Check, CheckKind
from harness.oracle.transcript import Message
from harness.proof import (
    derive_composite,
    derive_connections,
    derive_documents,
    derive_files,
    derive_rows,
    derive_times,
    derive_tls,
)
from harness.proof.clean import MARGIN, Clean, Made, targets_of
from harness.proof.derive_rows import rows_of
from harness.proof.fitting import fitting_request
from harness.proof.mutant import Cut, Inject, Mutant, Spoil
from harness.rpc.frame import Json, Result


def derive(check: Check, clean: Clean) -> tuple[Mutant, ...]:
    """Every mutant of one check, each different in what it does."""
    made = []
    for kind, sabotage, what in _MAKERS[check.kind](check, clean):
        made.append(Mutant(kind, check.line, check.text, sabotage, what, unprovable=isinstance(sabotage, Cut)))
    return tuple(made)


# ---- messages ---------------------------------------------------------------------------------------


def _sends(check: Check, clean: Clean) -> Made:
    targets = targets_of(check, clean)
    first = clean.message(check.claimed[0])
    yield "omit", Spoil(targets, check.rows, onwards=True, drop=True), f"{targets[0]} and its like never leave"
    late = _deadline(check, clean) - first.at + MARGIN
    yield "delay", Spoil(targets, check.rows, onwards=True, hold=late), f"{targets[0]} comes too late"
    if _companions(first, clean):
        wrong = Spoil(targets, check.rows, onwards=True, elsewhere=True)
        yield "wrong connection", wrong, f"{targets[0]} goes to another station"
    yield from rows_of(check, clean, onwards=True)


def _answers(check: Check, clean: Clean) -> Made:
    targets = targets_of(check, clean)
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
        yield from rows_of(check, clean, onwards=False)
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


# ---- silence ----------------------------------------------------------------------------------------


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


_MAKERS: Mapping[CheckKind, Callable[[Check, Clean], Made]] = {
    CheckKind.SENDS: _sends,
    CheckKind.ANSWERS: _answers,
    CheckKind.HAS: derive_rows.has,
    CheckKind.SOME: derive_rows.some,
    CheckKind.EACH: derive_rows.each,
    CheckKind.NO: derive_rows.no,
    CheckKind.COMPOSITE: derive_composite.composite_schedule,
    CheckKind.SILENCE: _silence,
    CheckKind.NOT_BETWEEN: _silence,
    CheckKind.AT_LEAST: derive_times.at_least,
    CheckKind.AT_MOST: derive_times.at_most,
    CheckKind.EVERY: derive_times.every,
    CheckKind.OCCURS: derive_times.occurs,
    CheckKind.GAPS: derive_times.gaps,
    CheckKind.PONG: derive_times.pong,
    CheckKind.ORDER: derive_times.order,
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
