"""Every protocol is as slow, stalls and ends as it is told, in both directions; so does the simulation."""

from __future__ import annotations

import threading
from collections.abc import Callable

import pytest

from harness.journal import Direction, Journal, Stage, Transfer
from harness.rpc.link import SECOND, Abandon, Fetch, Fetched, Store, Stored
from harness.transfer.client import ClientPorter
from harness.transfer.service import Files
from harness.transfer.shelf import Shelf
from harness.transfer.signing import chain_of
from harness.transfer.simulated import HOST, SimulatedPorter
from harness.wire.sockets import now
from tests.transfer.conftest import PKI, Bench

PROTOCOLS = ("http", "https", "ftp", "ftps", "sftp")
SIZE = 1_310_720
DATA = b"x" * 60_000


class Client:
    """The practice station's client, asked for one transfer."""

    def __init__(self, bench: Bench) -> None:
        self._porter = ClientPorter(bench.servers.trust)
        self._ended = threading.Event()
        self._event: Fetched | Stored | None = None

    def __call__(self, command: Fetch | Store) -> Fetched | Stored:
        self._porter.begin(command, self._done, lambda delay, act: None)
        assert self._ended.wait(20)
        self._porter.close()
        assert self._event is not None
        return self._event

    def _done(self, event: Fetched | Stored) -> None:
        self._event = event
        self._ended.set()


def over(bench: Bench, direction: Direction) -> Transfer:
    with bench.journal.changed:
        assert bench.journal.changed.wait_for(lambda: bool(bench.ended()), timeout=10)
    return next(body for body in bench.ended() if body.direction is direction)


@pytest.mark.parametrize("protocol", PROTOCOLS)
def test_a_download_keeps_its_rate(bench: Bench, protocol: str) -> None:
    bench.files.serve("new", {"protocol": protocol, "rate": "2000000 bytes/s"})
    fetched = Client(bench)(Fetch(1, bench.files.fact("new", "location"), 15 * SECOND))
    assert isinstance(fetched, Fetched)
    assert (fetched.problem, len(fetched.data)) == ("", SIZE)
    told = over(bench, Direction.OUT)
    assert told.stage is Stage.COMPLETE
    assert told.duration >= 0.4 * SECOND, "at full speed it takes some hundredths"


@pytest.mark.parametrize("protocol", PROTOCOLS)
def test_a_download_stalls(bench: Bench, protocol: str) -> None:
    bench.files.serve("new", {"protocol": protocol, "stalls": "after 200000 bytes"})
    fetched = Client(bench)(Fetch(1, bench.files.fact("new", "location"), SECOND))
    assert isinstance(fetched, Fetched)
    assert fetched.problem
    bench.servers.close()
    told = over(bench, Direction.OUT)
    assert told.stage is Stage.FAILED
    assert told.size <= 200_000


@pytest.mark.parametrize("protocol", PROTOCOLS)
def test_a_download_ends_early_and_goes_well_the_second_time(bench: Bench, protocol: str) -> None:
    bench.files.serve("new", {"protocol": protocol, "ends": "after 200000 bytes", "times": "1"})
    where = bench.files.fact("new", "location")
    first = Client(bench)(Fetch(1, where, 10 * SECOND))
    assert first.problem
    assert over(bench, Direction.OUT).size <= 200_000
    second = Client(bench)(Fetch(2, where, 10 * SECOND))
    assert isinstance(second, Fetched)
    assert (second.problem, len(second.data)) == ("", SIZE)


@pytest.mark.parametrize("protocol", PROTOCOLS)
@pytest.mark.parametrize(("row", "cell"), [("stalls", "after 0 bytes"), ("ends", "after 20000 bytes")])
def test_an_upload_that_comes_to_nothing(bench: Bench, protocol: str, row: str, cell: str) -> None:
    bench.files.receive("log", {"protocol": protocol, row: cell})
    url = bench.files.fact("log", "location") + "x.log"
    stored = Client(bench)(Store(1, url, DATA, SECOND))
    assert stored.problem
    bench.servers.close()
    told = over(bench, Direction.IN)
    assert told.stage is Stage.FAILED
    assert told.size <= (0 if row == "stalls" else len(DATA))


@pytest.mark.parametrize("protocol", PROTOCOLS)
def test_an_upload_keeps_its_rate(bench: Bench, protocol: str) -> None:
    bench.files.receive("log", {"protocol": protocol, "rate": "100000 bytes/s"})
    stored = Client(bench)(Store(1, bench.files.fact("log", "location") + "x.log", DATA, 10 * SECOND))
    assert stored.problem == ""
    told = over(bench, Direction.IN)
    assert (told.stage, told.size) == (Stage.COMPLETE, len(DATA))
    assert told.duration >= 0.3 * SECOND


class Nowhere:
    def base(self, protocol: str) -> str:
        return f"{protocol}://{HOST}"


@pytest.mark.parametrize("to", ["another host", "http"])
def test_a_redirect_is_followed_in_memory(to: str) -> None:
    journal = Journal()
    shelf = Shelf(lambda: journal, now)
    files = Files(shelf, Nowhere(), chain_of(PKI))
    files.serve("new", {"protocol": "https", "redirect": to})
    heard: list[Fetched | Stored] = []
    due: list[Callable[[], None]] = []
    SimulatedPorter(shelf).begin(Fetch(1, files.fact("new", "location")), heard.append, lambda _, act: due.append(act))
    while due:
        due.pop(0)()
    assert [event.problem for event in heard] == [""]
    ended = [e.body for e in journal if isinstance(e.body, Transfer) and e.body.stage is not Stage.BEGUN]
    assert [body.stage for body in ended] == [Stage.FAILED, Stage.COMPLETE]
    assert ended[0].detail.startswith("redirected to http://files" if to == "http" else "redirected to https://else")


def test_a_redirect_can_be_given_up_in_memory() -> None:
    shelf = Shelf(Journal, now)
    files = Files(shelf, Nowhere(), chain_of(PKI))
    files.serve("new", {"redirect": "another host"})
    porter = SimulatedPorter(shelf)
    heard: list[Fetched | Stored] = []
    due: list[Callable[[], None]] = []

    def later(_: int, act: Callable[[], None]) -> None:
        due.append(act)

    porter.begin(Fetch(1, files.fact("new", "location")), heard.append, later)
    porter.begin(Abandon(1), heard.append, later)
    while due:
        due.pop(0)()
    assert heard == []
