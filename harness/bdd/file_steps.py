"""The vocabulary of file transfers: what our file server offers, and what the SUT does with it."""

from __future__ import annotations

from collections.abc import Sequence

from harness.bdd import acts
from harness.bdd.grammar import Names, Subject, Who, Words
from harness.bdd.steps import then, when
from harness.journal import Direction
from harness.judge import transfers
from harness.session import Session
from harness.transfer.service import FIRMWARE_ROWS, UPLOAD_ROWS

Table = Sequence[Sequence[str]] | None


def _gives_file(words: Words, names: Names) -> tuple[str, Subject]:
    return words["name"], Subject("", "request")


@when("the file server will serve {name}[ with]", table="plain", gives=_gives_file)
def will_serve(session: Session, name: str, table: Table = None) -> None:
    session.files.serve(name, acts.plain(table, FIRMWARE_ROWS))


@when("the file server will take uploads as {name}[ with]", table="plain", gives=_gives_file)
def will_take(session: Session, name: str, table: Table = None) -> None:
    session.files.receive(name, acts.plain(table, UPLOAD_ROWS))


@then("{actor} downloads {name}[ within {duration}]", by="sut")
def downloads(session: Session, actor: Who, name: str, duration: int | None) -> None:
    transfers.transfers(session, name, Direction.OUT, duration)


@then("{actor} uploads a file as {name}[ within {duration}]", by="sut")
def uploads(session: Session, actor: Who, name: str, duration: int | None) -> None:
    transfers.transfers(session, name, Direction.IN, duration)


@then("{actor} does not download {name} for {duration}", by="sut")
def does_not_download(session: Session, actor: Who, name: str, duration: int) -> None:
    transfers.no_download(session, name, duration)


@then("the statuses of {name} follow a legal order and end in {statuses}")
def statuses_end(session: Session, name: str, statuses: str) -> None:
    transfers.legal_order(session, name, statuses)
