"""The vocabulary of file transfers: what our file server offers, and what the SUT does with it."""

from __future__ import annotations

from collections.abc import Sequence

from harness.bdd import acts
from harness.bdd.grammar import Names, Subject, Who, Words
from harness.bdd.steps import only, then, when
from harness.journal import Direction
from harness.judge import transfers
from harness.session import Session
from harness.transfer.service import FIRMWARE_ROWS, UPLOAD_ROWS

Table = Sequence[Sequence[str]] | None


def _gives_file(words: Words, names: Names) -> tuple[str, Subject]:
    return words["name"], Subject("", "request")


@when("the file server will {filing} {name}[ with]", table="plain", gives=_gives_file)
def will_serve_or_take(session: Session, filing: str, name: str, table: Table = None) -> None:
    if filing == "serve":
        session.files.serve(name, acts.plain(table, FIRMWARE_ROWS))
    else:
        session.files.receive(name, acts.plain(table, UPLOAD_ROWS))


@then("{actor} {moving} {name}[ within {duration}]", by="sut", subject=only("station"))
def moves(session: Session, actor: Who, moving: str, name: str, duration: int | None) -> None:
    direction = Direction.OUT if moving == "downloads" else Direction.IN
    transfers.transfers(session, name, direction, duration)


@then("{actor} does not download {name} for {duration}", by="sut", subject=only("station"))
def does_not_download(session: Session, actor: Who, name: str, duration: int) -> None:
    transfers.no_download(session, name, duration)


@then("the statuses of {name} follow a legal order and end in {statuses}")
def statuses_end(session: Session, name: str, statuses: str) -> None:
    transfers.legal_order(session, name, statuses)
