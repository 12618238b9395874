"""Judging the elements of lists, over all parts of a report."""

from __future__ import annotations

from collections.abc import Iterable

from harness.judge.common import check_of, fail, record, resolved
from harness.oracle import paths
from harness.oracle.checks import CheckKind
from harness.oracle.match import Mismatch, Row, mismatches, passed_at
from harness.rpc.frame import Json
from harness.session import Session


def elements(session: Session, path: str, name: str, rows: tuple[Row, ...], kind: CheckKind) -> None:
    """Some, each, or no element of a list (over all parts of a report) meets all the rows together."""
    session.judging()
    rows = resolved(session, rows)
    messages = session.named(name)
    found = [
        mismatches(value, passed_at(rows, message.event.at.wall))
        for message in messages for value in _listed(paths.values(message.payload, path))
    ]
    fitting = found.count(())
    met = {
        CheckKind.SOME: fitting > 0,
        CheckKind.EACH: bool(found) and fitting == len(found),
        CheckKind.NO: not fitting,
    }[kind]
    if not met:
        wanted = f"{kind} {path} of \"{name}\" with" + "".join(f"\n  {row.path}: {row.pattern}" for row in rows)
        fail(session, wanted, f"{fitting} of {len(found)} such: {_sample(found)}", *messages)
    numbers = tuple(message.number for message in messages)
    check = check_of(session, kind, action=messages[-1].action, claimed=numbers, rows=rows, path=path)
    record(session, check, *messages)


def _listed(values: Iterable[Json]) -> list[Json]:
    return [entry for value in values for entry in (value if isinstance(value, list) else [value])]


def _sample(found: list[tuple[Mismatch, ...]]) -> str:
    """How the nearest of those that do not fit differs; which element it is."""
    if not found:
        return "the list is empty or missing"
    wrong = [(number, differs) for number, differs in enumerate(found) if differs]
    if not wrong:
        return "each of them fits"
    number, differs = min(wrong, key=lambda pair: len(pair[1]))
    return f"[{number}] " + "; ".join(map(str, differs))
