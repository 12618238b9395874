"""Judging that something does not happen."""

from __future__ import annotations

from harness.journal import Prompt, Step
from harness.judge.common import check_of, fail, record, resolved, seconds
from harness.judge.measuring import too_near
from harness.oracle import expect
from harness.oracle.checks import CheckKind
from harness.oracle.expect import Span
from harness.oracle.match import Row
from harness.oracle.transcript import Message
from harness.oracle.verdict import Inconclusive
from harness.session import Session


def silent(session: Session, action: str | None, duration: int, rows: tuple[Row, ...] = ()) -> None:
    """The SUT sends no such request (None: none at all) until `duration` after the last thing that happened; with
    rows, none that meets them all."""
    session.judging()
    unwanted = resolved(session, rows)
    start, until = _asked_at(session), session.anchor + duration

    def breach() -> Message | None:
        return next(
            (m for m in expect.candidates(session.transcript, Span(0, until), session.claimed)
             if m.at > start and m.is_request and action in (None, m.action) and not expect.differences(m, unwanted)),
            None,
        )

    what = f"no {action}{' like that' if rows else ''}" if action else "nothing"
    session.wait(f"{what} for {seconds(duration)}", lambda: breach() is not None, until)
    offender = breach()
    if offender is not None:
        seen = f"{offender.action} after {seconds(offender.at - start)}"
        if too_near(session, offender.at, until):
            raise Inconclusive(f"too close to call: expected {what} for {seconds(duration)}; seen {seen}")
        fail(session, f"{what} from the {session.setting.sut} for {seconds(duration)}", seen, offender)
    if not _stood(session, session.anchor):
        raise Inconclusive(f"the connection was gone before {seconds(duration)} of silence had passed")
    check = check_of(session, CheckKind.SILENCE, action=action or "", rows=unwanted, since=start, until=until,
                     limit=duration)
    record(session, check)
    session.anchor = max(session.anchor, until)


def _asked_at(session: Session) -> int:
    """From when on silence counts, in monotonic ns. A driver may confirm only after the SUT has reacted: right after
    a line that asked it to act, from the asking on."""
    steps = [event.number for event in session.journal if isinstance(event.body, Step)]
    if len(steps) < 2:
        return session.anchor
    before = session.journal.since(steps[-2])[: steps[-1] - steps[-2]]
    asked = next((event.at.monotonic for event in before if isinstance(event.body, Prompt)), None)
    return session.anchor if asked is None else asked


def _stood(session: Session, start: int) -> bool:
    """Whether a connection was open from monotonic `start` until now: an end in between leaves a hole."""
    earlier = [event.number for event in session.journal if event.at.monotonic <= start]
    return bool(session.transcript.open_links(earlier[-1] if earlier else 0) & session.open_links)


def nothing_between(session: Session, action: str | None, first: str, second: str) -> None:
    """Between two named messages the SUT sent no such request. Both ends were seen, so silence is proven."""
    session.judging()
    begin, end = session.named(first)[-1], session.named(second)[0]
    between = [
        m for m in session.transcript.from_sut(begin.number + 1)
        if m.number < end.number and m.is_request and action in (None, m.action)
    ]
    what = f"no {action}" if action else "nothing"
    if between:
        expected = f'{what} from the {session.setting.sut} between "{first}" and "{second}"'
        fail(session, expected, ", ".join(m.action for m in between), *between)
    check = check_of(session, CheckKind.NOT_BETWEEN, action=action or "", claimed=(begin.number, end.number),
                   since=begin.at, until=end.at)
    record(session, check)
