"""What is particular to the carrier in memory: virtual time, determinism, its limits, its price."""

from __future__ import annotations

import time
from collections.abc import Iterator

import pytest

from harness.journal import Event, RawBytes
from harness.rpc.link import (
    MILLISECOND,
    SECOND,
    Admission,
    Close,
    Closed,
    Drop,
    Instant,
    LinkEvent,
    Opened,
    Ping,
    Received,
    Transmit,
    TransmitBytes,
    TransmitFrame,
    Woken,
)
from harness.wire.memory import MemoryCarrier, NeedsSockets
from tests.wire.scripted import World, do


@pytest.fixture
def world() -> Iterator[World]:
    carrier = MemoryCarrier()
    yield World(carrier)
    carrier.close()


def test_both_clocks_start_where_told_and_run_together() -> None:
    carrier = MemoryCarrier(Instant(monotonic=5, wall=1_000))
    world = World(carrier)
    assert carrier.now() == Instant(5, 1_000)
    world.within(lambda: False, 3600)
    assert carrier.now() == Instant(5 + 3600 * SECOND, 1_000 + 3600 * SECOND)


def test_a_hop_takes_the_latency() -> None:
    world = World(MemoryCarrier(Instant(0, 0), latency=7 * MILLISECOND))
    world.serve()
    world.connect()
    assert [at.monotonic for at, event in world.csms.seen if isinstance(event, Opened)] == [7 * MILLISECOND]
    assert [at.monotonic for at, event in world.station.seen if isinstance(event, Opened)] == [14 * MILLISECOND]


def test_the_clock_stands_at_what_made_ready(world: World) -> None:
    world.serve()
    start = world.carrier.now().monotonic
    world.csms.admission = lambda _: Admission(delay=2 * SECOND)
    link = world.connect()
    assert world.carrier.now().monotonic - start == 2 * SECOND + 2 * MILLISECOND
    world.do(Close(link))
    world.until(lambda: world.csms.of(Closed))
    assert world.carrier.now().monotonic - start == 2 * SECOND + 3 * MILLISECOND


def test_telling_takes_no_time(world: World) -> None:
    before = world.carrier.now()
    world.station_hosted.tell(do())
    assert world.carrier.now() == before


def conversation() -> list[tuple[Event, ...]]:
    """Three stations, crossing messages, pings, wakes and closes."""
    world = World(MemoryCarrier())
    world.serve(compression=True)
    world.csms.answer = lambda event: [Transmit(event.link, "re")] if isinstance(event, Received) else []

    def station(event: LinkEvent) -> list[Transmit | Ping | Close]:
        if isinstance(event, Opened):
            world.station.wake = world.carrier.now().monotonic + event.link
            return [Transmit(event.link, f"hello {event.link}"), Ping(event.link)]
        if isinstance(event, Woken):
            world.station.wake = None
        return [Close(event.link)] if isinstance(event, Received) else []

    world.station.answer = station
    for identity in ("A", "B", "C"):
        world.dial(identity, compression=True)
    world.until(lambda: len(world.csms.of(Closed)) == 3)
    assert world.station.of(Woken)
    return [tuple(world.csms.journal), tuple(world.station.journal)]


def test_equal_inputs_give_equal_journals() -> None:
    first = conversation()
    assert len(first[0]) > 20
    assert first == conversation()


@pytest.mark.parametrize(
    "command",
    [
        TransmitBytes(1, b"x"),
        TransmitFrame(1, 1, b"x", final=False),
        TransmitFrame(1, 2, b"x"),
        TransmitFrame(1, 1, b"\xff"),
        TransmitFrame(1, 1, b"x", reserved=1),
        TransmitFrame(1, 1, b"x", masked=False),
        TransmitFrame(1, 1, b"x", length=9),
    ],
)
def test_what_memory_cannot_carry_it_says(world: World, command: TransmitBytes | TransmitFrame) -> None:
    world.serve()
    world.connect()
    with pytest.raises(NeedsSockets):
        world.do(command)
    assert not world.station.recorded(RawBytes)  # nothing left, so nothing may be recorded as sent


def test_nothing_arrives_after_a_drop(world: World) -> None:
    world.serve()
    link = world.connect()
    world.csms_does(Transmit(1, "on its way"), Ping(1), Close(1, 4000))
    world.do(Drop(link))
    world.until(lambda: world.csms.of(Closed) and world.station.of(Closed))
    assert not world.within(lambda: world.station.of(Received), 1)
    assert world.station.of(Closed) == [Closed(link, 1006)]


def test_an_endpoint_that_runs_in_circles_is_stopped(world: World) -> None:
    world.station.wake = 0
    world.station_hosted.tell(do())
    with pytest.raises(RuntimeError, match="circles"):
        world.within(lambda: False, 1)
    assert len(world.station.of(Woken)) > 1000


def test_ten_minutes_of_heartbeats_cost_milliseconds(world: World) -> None:
    world.serve()
    world.csms.answer = lambda event: [Transmit(event.link, "[3]")] if isinstance(event, Received) else []
    link = world.connect()

    def beat(event: LinkEvent) -> list[Transmit]:
        if isinstance(event, Woken):
            world.station.wake = world.carrier.now().monotonic + 10 * SECOND
            return [Transmit(link, "[2]")]
        return []

    world.station.answer = beat
    world.station.wake = world.carrier.now().monotonic
    world.station_hosted.tell(do())
    before = time.perf_counter()
    assert not world.within(lambda: False, 600)
    spent = time.perf_counter() - before
    assert len(world.station.of(Received)) >= 60
    assert spent < 60  # about 2 ms on an idle machine; 600 s where time would really pass
