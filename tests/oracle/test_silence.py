"""What breaks a silence and what does not, which connection it needs, and from when on it counts."""

from __future__ import annotations

from collections.abc import Callable
from types import SimpleNamespace
from typing import Any, cast

import pytest

from harness.journal import Prompt, Step
from harness.judge.silence import nothing_between, silent
from harness.oracle import match
from harness.oracle.match import Row
from harness.oracle.verdict import Inconclusive, Nonconformance
from harness.rpc.link import MILLISECOND, SECOND
from harness.session import Session
from harness.setting import Times
from tests.oracle.bench import Record

OCCUPIED = (Row("connectorStatus", match.parse("Occupied")),)
Story = Callable[[Record], Any]


def world(record: Record, anchor: float, **more: Any) -> Session:
    times = Times(tolerance=0, uncertainty=MILLISECOND)
    return cast(Session, SimpleNamespace(
        judging=lambda: None, setting=SimpleNamespace(sut="station", times=times), establishing="", requirements=(),
        heard=lambda: True, line=(1, "x"), claimed=set(), checks=[], anchor=round(anchor * SECOND),
        journal=record.journal, transcript=record.transcript, open_links=record.transcript.open_links(),
        wait=lambda what, ready, until: ready(), look_up=str, **more,
    ))


def judged(story: Story, action: str | None, rows: tuple[Row, ...] = ()) -> Session:
    """The verdict on 2 s of silence after the first second of a story."""
    record = Record()
    record.opened()
    record.now = 1.0
    record.add(Step("then the station sends nothing for 2 s"))
    story(record)
    record.now = 4.0
    record.text("[3,\"later\",{}]")
    session = world(record, 1.0)
    silent(session, action, 2 * SECOND, rows)
    return session


def occupied(record: Record, after: float = 1.0, status: str = "Occupied") -> None:
    record.theirs(2, f"s{len(record.journal)}", "StatusNotification", {"connectorStatus": status}, after=after)


@pytest.mark.parametrize(("story", "action", "rows"), [
    (occupied, None, ()),
    (occupied, "StatusNotification", ()),
    (occupied, "StatusNotification", OCCUPIED),
    (lambda record: occupied(record, 1.99), None, ()),
])
def test_a_request_breaks_it(story: Story, action: str | None, rows: tuple[Row, ...]) -> None:
    with pytest.raises(Nonconformance, match="StatusNotification after"):
        judged(story, action, rows)


@pytest.mark.parametrize(("story", "action", "rows"), [
    (lambda record: None, None, ()),
    (occupied, "Heartbeat", ()),
    (lambda record: occupied(record, status="Available"), "StatusNotification", OCCUPIED),
    (lambda record: occupied(record, 2.1), None, ()),
    (lambda record: record.theirs(3, "1", {}, after=1), None, ()),
    (lambda record: record.ours(2, "1", "ClearCache", {}, after=1), None, ()),
    (lambda record: record.text("nonsense", after=1), None, ()),
])
def test_this_does_not(story: Story, action: str | None, rows: tuple[Row, ...]) -> None:
    session = judged(story, action, rows)
    (check,) = session.checks
    assert (check.action, check.rows, check.since, check.until) == (action or "", rows, SECOND, 3 * SECOND)
    assert session.anchor == 3 * SECOND


def test_at_the_very_end_nobody_can_tell() -> None:
    with pytest.raises(Inconclusive, match="too close"):
        judged(lambda record: occupied(record, 1.9995), None)


@pytest.mark.parametrize("story", [
    lambda record: record.ended(1, after=1),
    lambda record: (record.ended(1, after=1), record.opened(2, after=0.1)),
])
def test_without_the_connection_it_proves_nothing(story: Story) -> None:
    with pytest.raises(Inconclusive, match="the connection was gone"):
        judged(story, None)


@pytest.mark.parametrize(("asks", "broken"), [(True, True), (False, False)])
def test_right_after_an_asking_it_counts_from_the_asking(asks: bool, broken: bool) -> None:
    """A driver may confirm only after the SUT has reacted."""
    record = Record()
    record.opened()
    record.add(Step("when the driver plugs in"))
    if asks:
        record.add(Prompt("plug_in", {}), 0)
    occupied(record)
    record.add(Step("then the station sends nothing for 2 s"), after=1)
    record.add(Prompt("of another line", {}), 0)
    session = world(record, 2.0)
    if broken:
        with pytest.raises(Nonconformance):
            silent(session, None, 2 * SECOND)
    else:
        silent(session, None, 2 * SECOND)


@pytest.mark.parametrize(("action", "broken"), [(None, True), ("Heartbeat", True), ("StatusNotification", False)])
def test_between_two_messages(action: str | None, broken: bool) -> None:
    record = Record()
    record.theirs(2, "0", "Heartbeat", {})
    first = record.theirs(2, "1", "BootNotification", {})
    record.theirs(3, "9", {}, after=1)
    record.ours(2, "2", "ClearCache", {})
    if broken or action:
        record.theirs(2, "3", "Heartbeat", {})
    second = record.theirs(2, "4", "BootNotification", {}, after=1)
    record.theirs(2, "5", "Heartbeat", {})
    session = world(record, 0, named={"a": (first,), "b": (second,)}.__getitem__)
    if broken:
        with pytest.raises(Nonconformance, match="seen: Heartbeat "):
            nothing_between(session, action, "a", "b")
    else:
        nothing_between(session, action, "a", "b")
        assert [check.claimed for check in session.checks] == [(first.number, second.number)]


def test_between_two_messages_answers_are_nothing() -> None:
    record = Record()
    first = record.theirs(2, "1", "BootNotification", {})
    record.theirs(3, "9", {}, after=1)
    record.text("nonsense")
    second = record.theirs(2, "4", "BootNotification", {}, after=1)
    nothing_between(world(record, 0, named={"a": (first,), "b": (second,)}.__getitem__), None, "a", "b")
