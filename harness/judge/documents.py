"""Judging what is inside a certificate signing request or a certificate chain that the SUT sent."""

from __future__ import annotations

from harness.judge.common import check_of, fail, record, resolved
from harness.oracle import documents
from harness.oracle.checks import CheckKind
from harness.oracle.match import Row, mismatches
from harness.session import Session


def document(session: Session, kind: str, name: str, rows: tuple[Row, ...]) -> None:
    """The document in the named message can be read and says what the rows demand."""
    session.judging()
    message = session.named(name)[-1]
    rows = resolved(session, rows)
    wanted = f"a {kind} in {documents.MEMBERS[kind]} with" + "".join(f"\n  {row.path}: {row.pattern}" for row in rows)
    try:
        facts = documents.of(kind, message.payload).facts()
    except documents.Unreadable as error:
        fail(session, wanted, str(error), message)
    wrong = mismatches(facts, rows)
    if wrong:
        fail(session, wanted, "; ".join(map(str, wrong)), message)
    claimed = (message.number,)
    check = check_of(session, CheckKind.DOCUMENT, action=message.action, claimed=claimed, rows=rows, path=kind)
    record(session, check, message)
