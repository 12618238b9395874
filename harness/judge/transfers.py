"""Judging file transfers, and the statuses that a SUT reports of them."""

from __future__ import annotations

from harness.journal import CAPPED, FOLDER, Direction, Event, Stage, Transfer
from harness.judge.common import check_of, fail, record, seconds
from harness.oracle import statuses
from harness.oracle.checks import CheckKind
from harness.oracle.transcript import Message
from harness.oracle.verdict import HarnessFault, Inconclusive
from harness.rpc.link import SECOND
from harness.session import Session

_UPLOADS = frozenset({"GetLog", "GetDiagnostics"})
QUIET = SECOND // 2
"""How long after the last status a second one would still be noticed."""


def _transfers(session: Session, name: str, direction: Direction) -> list[tuple[Event, Transfer]]:
    found = [(e, e.body) for e in session.journal.since(session.since) if isinstance(e.body, Transfer)]
    return [(event, body) for event, body in found if body.name == name and body.direction is direction]


def transfers(session: Session, name: str, direction: Direction, within: int | None) -> None:
    """The SUT downloads (`OUT`) or uploads (`IN`) that file, the whole of it, before the deadline."""
    session.judging()
    times = session.setting.times
    limit = within or times.answer
    until = session.anchor + limit + times.tolerance

    def complete() -> tuple[Event, Transfer] | None:
        found = _transfers(session, name, direction)
        return next(((e, b) for e, b in found if b.stage is Stage.COMPLETE and e.at.monotonic <= until), None)

    def ours() -> str:
        details = [b.detail for _, b in _transfers(session, name, direction)]
        return next((detail for detail in details if detail.startswith((CAPPED, FOLDER))), "")

    verb = "download" if direction is Direction.OUT else "upload"
    session.wait(f'the {verb} of "{name}"', lambda: complete() is not None or bool(ours()), until)
    found = complete()
    if found is None:
        _not_theirs(name, ours())
        tried = [f"{b.stage} after {b.size} bytes {b.detail}".strip() for _, b in _transfers(session, name, direction)]
        fail(session, f'{verb} of the whole of "{name}" within {seconds(limit)}', "; ".join(tried) or "none")
    event, body = found
    if direction is Direction.IN and not body.size:
        fail(session, f'an upload as "{name}" with content', "an empty file")
    kind = CheckKind.DOWNLOADS if direction is Direction.OUT else CheckKind.UPLOADS
    check = check_of(session, kind, path=body.path, since=session.anchor, until=until, limit=limit,
                     notes=(f"{body.size} bytes in {seconds(body.duration)}",))
    record(session, check)
    session.anchor = max(session.anchor, event.at.monotonic)


def _not_theirs(name: str, detail: str) -> None:
    """An upload that we did not take: of it the product cannot be judged."""
    if detail.startswith(CAPPED):
        raise Inconclusive(f'the upload of "{name}" was {detail}: raise transfer.upload_limit in the SUT file')
    if detail:
        raise HarnessFault(detail)


def no_download(session: Session, name: str, duration: int) -> None:
    """The SUT does not even begin to fetch that file until `duration` after the last thing that happened."""
    session.judging()
    start, until = session.anchor, session.anchor + duration

    def begun() -> Transfer | None:
        found = _transfers(session, name, Direction.OUT)
        return next((body for event, body in found if start < event.at.monotonic <= until), None)

    session.wait(f'no download of "{name}" for {seconds(duration)}', lambda: begun() is not None, until)
    if begun() is not None:
        fail(session, f'no download of "{name}" for {seconds(duration)}', "one was begun")
    if not session.open_links:
        raise Inconclusive(f"the connection was gone before {seconds(duration)} without a download had passed")
    location = session.files.fact(name, "location")
    record(session, check_of(session, CheckKind.NO_TRANSFER, path=location, since=start, until=until, limit=duration))
    session.anchor = max(session.anchor, until)


def legal_order(session: Session, name: str, final: str) -> None:
    """The statuses after that request of ours: each under its requestId, each a legal successor, one terminal."""
    session.judging()
    request = session.named(name)[-1]
    times = session.setting.times
    machine = statuses.machine_of(request)
    if machine is None:
        fail(session, "a request that starts an update or an upload", request.action)
    until = session.anchor + times.answer + times.boot + times.tolerance

    def reported() -> list[Message]:
        said = session.transcript.from_sut(request.number + 1)
        return [m for m in said if m.is_request and m.action == machine.action]

    def over() -> bool:
        own = statuses.mine(request, reported(), machine)
        return statuses.over(request, own, machine, final, times.tolerance)

    if session.wait(f'the statuses of "{name}" to end', over, until):
        session.wait("no further status", lambda: False, session.now + QUIET)
    own = statuses.mine(request, reported(), machine)
    # A cancelled request may still be told of under its own id (TC_L_10_CS).
    others = [statuses.id_of(m) for m in session.transcript.messages()
              if m.direction is Direction.OUT and m.is_request and m.action == request.action]
    wrong = statuses.faults(request, reported(), machine, final, others, times.tolerance)
    if wrong and request.action in _UPLOADS:
        taken = (e.body for e in session.journal.since(session.since) if isinstance(e.body, Transfer))
        _not_theirs(name, next((body.detail for body in taken if body.detail.startswith(CAPPED)), ""))
    if wrong:
        fail(session, f'the statuses of "{name}" in a legal order, ending in {final}', "; ".join(wrong), *reported())
    check = check_of(session, CheckKind.LEGAL_ORDER, action=machine.action, claimed=tuple(m.number for m in own),
                     code=final, path="requestId" if machine.numbered else "", until=own[-1].at + QUIET)
    record(session, check, *own)
