"""The clocks of the practice stations that scenarios measure."""

from __future__ import annotations

from harness.rpc.link import SECOND, Drop, Ponged
from tests.reference.station201_bench import Bench as Bench201


def test_the_oldest_ping_decides_however_often_the_station_pings() -> None:
    bench = Bench201(call_timeout=5 * SECOND, reconnect_backoff=SECOND)
    bench.boot()
    assert bench.set("OCPPCommCtrlr", "WebSocketPingInterval", "1") == "Accepted"
    bench.wait(4)
    bench.feed(Ponged(bench.link, b""))
    bench.wait(4)
    assert not any(isinstance(command, Drop) for command in bench.commands)
    bench.wait(3)
    assert any(isinstance(command, Drop) for command in bench.commands)
