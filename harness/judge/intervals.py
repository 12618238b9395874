"""Judging intervals, rhythm and order, by the stamps of the wire."""

from __future__ import annotations

from harness.judge.common import check_of, fail, record, seconds
from harness.judge.messages import sends
from harness.oracle.checks import CheckKind
from harness.session import Session


def apart(session: Session, later: str, earlier: str, after_answer: bool, limit: int, kind: CheckKind) -> None:
    """How long after one message another came, measured on the wire, with the SUT file's tolerance."""
    session.judging()
    end = session.named(later)[0]
    begin = session.answer_of(earlier) if after_answer else session.named(earlier)[-1]
    measured, tolerance = end.at - begin.at, session.setting.times.tolerance
    met = measured + tolerance >= limit if kind is CheckKind.AT_LEAST else measured - tolerance <= limit
    of = f'the answer to "{earlier}"' if after_answer else f'"{earlier}"'
    if not met or measured < 0:
        expected = f'"{later}" {kind} {seconds(limit)} after {of} (tolerance {seconds(tolerance)})'
        fail(session, expected, f"{seconds(measured)} after it", begin, end)
    check = check_of(session, kind, action=end.action, claimed=(begin.number, end.number), limit=limit,
                   notes=(f"measured {seconds(measured)}",))
    record(session, check)


def in_order(session: Session, names: tuple[str, ...]) -> None:
    """The named messages came in this order on the wire."""
    session.judging()
    messages = [session.named(name)[-1] for name in names]
    if [m.number for m in messages] != sorted(m.number for m in messages):
        came = sorted(zip(names, messages, strict=True), key=lambda pair: pair[1].number)
        fail(session, " before ".join(names), " before ".join(name for name, _ in came), *messages)
    check = check_of(session, CheckKind.ORDER, action=messages[-1].action, claimed=tuple(m.number for m in messages))
    record(session, check)


def every(session: Session, action: str, period: int, times: int, name: str | None) -> None:
    """The SUT sends this request `times` times, each `period` after the one before, within the tolerance."""
    session.judging()
    first = sends(session, action, (), period, None)
    session.checks.pop()
    messages = [first]
    for _ in range(times - 1):
        message = sends(session, action, (), period, None)
        session.checks.pop()
        gap = message.at - messages[-1].at
        if abs(gap - period) > session.setting.times.tolerance:
            fail(session, f"{action} every {seconds(period)}", f"a gap of {seconds(gap)}", messages[-1], message)
        messages.append(message)
    session.name(name, *messages)
    check = check_of(session, CheckKind.EVERY, action=action, claimed=tuple(m.number for m in messages), limit=period)
    record(session, check, *messages)
