"""What is wrong with the surroundings is said clearly, and nothing is left behind."""

from __future__ import annotations

import gc
import hashlib
import http.client
import queue
import socket
import threading
import warnings
from pathlib import Path
from urllib.parse import urlsplit

import pytest

from harness.journal import Note, Stage
from harness.oracle.verdict import HarnessFault
from harness.rpc.link import SECOND, Fetch, Fetched, Stored
from harness.sut.model import Transfer as Table
from harness.transfer.client import ClientPorter, Trust
from harness.transfer.control import Control, control
from harness.transfer.firmware import Firmware, FirmwareError, build, load, md5
from tests.faults.peers import serving
from tests.transfer.conftest import Bench, bench_of


@pytest.mark.parametrize("protocol", ["http", "https", "ftp", "ftps", "sftp"])
def test_a_taken_port_is_named(protocol: str) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        bench = bench_of(Table.model_validate({protocol: port}))
        with pytest.raises(HarnessFault, match=rf"{protocol} on 127.0.0.1:{port}.*transfer\.{protocol}"):
            bench.files.serve("new", {"protocol": protocol})
        bench.servers.close()


def test_everything_is_released() -> None:
    before = set(threading.enumerate())
    bench = bench_of(Table())
    ports = [int(bench.servers.base(protocol).rpartition(":")[2]) for protocol in ("http", "https", "ftp", "sftp")]
    bench.servers.close()
    bench.servers.close()
    assert set(threading.enumerate()) == before
    for port in ports:
        with socket.socket() as probe:
            assert probe.connect_ex(("127.0.0.1", port)) != 0


def put(url: str, size: int, chunked: bool = False) -> int:
    where = urlsplit(url)
    connection = http.client.HTTPConnection(where.hostname or "", where.port, timeout=10)
    try:
        body = (b"x" * 10_000 for _ in range(size // 10_000))
        connection.request("PUT", where.path + "x.log", body, {} if chunked else {"Content-Length": str(size)},
                           encode_chunked=chunked)
        return connection.getresponse().status
    except (BrokenPipeError, ConnectionResetError):
        return 413  # the server hung up while we were still sending
    finally:
        connection.close()


@pytest.mark.parametrize("chunked", [False, True])
def test_an_upload_that_is_too_large_is_capped_and_the_cap_reported(bench: Bench, chunked: bool) -> None:
    bench.files.receive("log", {})
    assert put(bench.files.fact("log", "location"), 100_000_000, chunked) == 413
    over = bench.await_end()
    assert over.stage is Stage.FAILED
    assert over.size <= 100_000
    assert over.detail == "capped at 100000 bytes"
    assert [event.body.text for event in bench.journal if isinstance(event.body, Note)] == ["capped at 100000 bytes"]


def test_an_unwritable_folder_is_reported(tmp_path: Path) -> None:
    bench = bench_of(Table(), tmp_path / "missing")
    bench.files.receive("log", {})
    assert put(bench.files.fact("log", "location"), 10_000) == 500
    assert "missing cannot be written" in bench.await_end().detail
    bench.servers.close()


def test_an_upload_never_leaves_its_folder(tmp_path: Path) -> None:
    folder = tmp_path / "uploads"
    folder.mkdir()
    bench = bench_of(Table(), folder)
    bench.files.receive("log", {})
    assert put(bench.files.fact("log", "location") + "..%2f..%2fescaped", 10_000) == 201
    bench.servers.close()
    assert [file.parent for file in tmp_path.rglob("*") if file.is_file()] == [folder]


class Once:
    """The practice station's client, asked for one download under that trust."""

    def __init__(self, trust: Trust) -> None:
        self._porter = ClientPorter(lambda: trust)
        self._told: queue.Queue[Fetched | Stored] = queue.Queue()

    def __call__(self, url: str) -> str:
        """What was wrong."""
        self._porter.begin(Fetch(1, url, 10 * SECOND), self._told.put, lambda delay, action: None)
        problem = self._told.get(timeout=20).problem
        self._porter.close()
        return problem


def test_a_download_that_breaks_off_on_our_side_was_not_whole(bench: Bench, monkeypatch: pytest.MonkeyPatch) -> None:
    from harness.transfer.http_server import HttpServer

    async def slips(*arguments: object) -> str:
        raise ZeroDivisionError("a slip of ours")

    monkeypatch.setattr(HttpServer, "_pour", slips)
    bench.files.serve("new", {"protocol": "http"})
    assert Once(Trust())(bench.files.fact("new", "location"))
    told = bench.await_end()
    assert (told.stage, told.size) == (Stage.FAILED, 0)


def test_the_client_knows_what_it_cannot_fetch() -> None:
    assert Once(Trust())("gopher://127.0.0.1/x") == "unknown scheme"


def test_the_client_keeps_no_connection_to_who_lets_nobody_in() -> None:
    def greet(connection: socket.socket) -> None:
        connection.sendall(b"220 files\r\n")
        connection.recv(2000)
        connection.sendall(b"530 not you\r\n")
        assert connection.recv(2000) == b""

    with serving(greet) as port, warnings.catch_warnings(record=True) as told:
        warnings.simplefilter("always", ResourceWarning)
        assert Once(Trust())(f"ftp://127.0.0.1:{port}/x") == "530 not you"
        gc.collect()
    assert [str(each.message) for each in told] == []


def test_an_image_larger_than_declared(tmp_path: Path) -> None:
    (tmp_path / "real.bin").write_bytes(b"x" * 2000)
    (tmp_path / "real.toml").write_text('version = "1"\nsize = 1000\nfile = "real.bin"\n')
    with pytest.raises(FirmwareError, match=r"2000 bytes, declared are 1000\. Mend"):
        build(load(tmp_path / "real.toml"))


@pytest.mark.parametrize(
    "text", ['version = "1"', "size = 1000", 'version = "1"\nsize = 10', 'version = "1"\nsize = 999999999999',
             'version = "1"\nsize = 1000\npattern = "x"', 'version = "1"\nsize = 1000\ndefect = "x"',
             'version = ""\nsize = 1000', 'version = "1"\nsize = 1000\nextra = 1', "not toml"],
)  # fmt: skip
def test_a_bad_declaration_names_the_mend(tmp_path: Path, text: str) -> None:
    file = tmp_path / "bad.toml"
    file.write_text(text)
    with pytest.raises(FirmwareError, match=r"bad\.toml: .*Mend: "):
        load(file)


def test_an_image_is_what_its_declaration_says() -> None:
    for pattern in ("counter", "random", "zeros"):
        image = build(Firmware("x", "9.9", 123_457, pattern, seed=3))
        assert len(image) == 123_457
        assert image == build(Firmware("x", "9.9", 123_457, pattern, seed=3))
        assert md5(image) == hashlib.md5(image).hexdigest()


def test_the_rows_of_a_control() -> None:
    rows = {"status": "404", "rate": "10 bytes/s", "length": "3 bytes too short", "times": "2", "image": "ignored"}
    assert control(rows) == Control(status=404, rate=10, excess=-3, times=2)
    assert control(rows).at(3) == Control()
    with pytest.raises(ValueError, match="row 'stalls'"):
        control({"stalls": "soon"})
