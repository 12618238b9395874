"""What every judgement shares: how a failure is told, and what is recorded of an answer."""

from __future__ import annotations

from dataclasses import replace
from typing import NoReturn

from harness.journal import Adopted
from harness.oracle.checks import Check, CheckKind
from harness.oracle.match import Pattern, Row, resolve, slackened
from harness.oracle.transcript import Message
from harness.oracle.verdict import Inconclusive, Nonconformance
from harness.rpc.link import SECOND
from harness.session import Session


def seconds(duration: int) -> str:
    """ns as text for people."""
    return f"{duration / SECOND:.3f} s".replace(".000", "")


def resolved(session: Session, rows: tuple[Row, ...]) -> tuple[Row, ...]:
    """Rows with every reference replaced by its value; times are granted the tolerance, and our uncertainty."""
    times = session.setting.times

    def meant(pattern: Pattern) -> Pattern:
        return slackened(resolve(pattern, session.look_up), times.tolerance, times.uncertainty)

    return tuple(replace(row, pattern=meant(row.pattern)) for row in rows)


def fail(session: Session, expected: str, seen: str, *messages: Message) -> NoReturn:
    """Raise what the failure is in this place, with all a reader needs."""
    entries = ", ".join(str(message.number) for message in messages)
    lines = [f"expected: {expected}", f"seen: {seen}" + (f" [journal entry {entries}]" if entries else "")]
    if session.requirements:
        lines.append("because of: " + ", ".join(session.requirements))
    if not session.heard():
        came = session.connected_as()
        if session.setting.sut == "csms":
            lines.append("the CSMS has sent no message at all")
        elif any(isinstance(event.body, Adopted) for event in session.journal):
            lines.append("the station, connected since an earlier scenario, has sent no message in this one")
        else:
            lines.append(f"the station has sent no message at all; its last handshake was for {came!r}" if came
                         else "nothing reached us from the station: it never connected")
    text = "\n".join(lines)
    if session.establishing:
        raise Inconclusive(f"state '{session.establishing}' was not reached\n{text}")
    raise Nonconformance(text)


def record(session: Session, check: Check, *messages: Message) -> None:
    """Claim the messages, move on to the latest, and note what the line rested on."""
    session.claimed |= {message.number for message in messages}
    session.anchor = max([session.anchor, *(message.at for message in messages)])
    if not session.establishing:
        line, text = session.line
        session.checks.append(replace(check, line=line, text=text))


def check_of(session: Session, kind: CheckKind, **details: object) -> Check:
    return Check(kind, *session.line, **details)  # type: ignore[arg-type]
