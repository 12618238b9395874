"""Where our file server or our own client fails, no transfer of the product has failed: the verdict is broken."""

from __future__ import annotations

import http.client
import socket
import threading
from collections.abc import Callable
from pathlib import Path
from urllib.parse import urlsplit

import asyncssh
import pytest

from harness.bdd.run import judge_whole
from harness.bdd.story import stories
from harness.journal import FAULT, Note
from harness.lab import Lab
from harness.oracle.verdict import HarnessFault, Inconclusive
from harness.rpc.link import Fetch, Fetched, Store, Stored
from harness.sut.model import Transfer as Table
from harness.transfer import client, http_server, sftp_server, shelf
from harness.transfer.client import ClientPorter
from harness.transfer.ftp_server import _Reader
from harness.transfer.shelf import Shelf, Upload
from tests.proof.bench import sut_of
from tests.transfer.conftest import Bench, bench_of

PROTOCOLS = ("http", "https", "ftp", "ftps", "sftp")


def slipping(*arguments: object, **options: object) -> object:
    raise ZeroDivisionError("a slip of ours")


def moved(bench: Bench, command: Fetch | Store) -> Fetched | Stored:
    """What our practice station's client hears of it."""
    told: list[Fetched | Stored] = []
    ended = threading.Event()

    def done(event: Fetched | Stored) -> None:
        told.append(event)
        ended.set()

    porter = ClientPorter(bench.servers.trust)
    porter.begin(command, done, lambda delay, action: None)
    assert ended.wait(60)
    porter.close()
    return told[0]


def fetched(bench: Bench, protocol: str) -> Fetched | Stored:
    bench.files.serve("new", {"protocol": protocol})
    return moved(bench, Fetch(1, bench.files.fact("new", "location")))


def stored(bench: Bench, protocol: str) -> Fetched | Stored:
    bench.files.receive("log", {"protocol": protocol})
    return moved(bench, Store(1, bench.files.fact("log", "location") + "x.log", b"content"))


def faults(bench: Bench) -> list[str]:
    return [event.body.text.strip().splitlines()[-1] for event in bench.journal
            if isinstance(event.body, Note) and event.body.topic == FAULT]


@pytest.mark.parametrize("protocol", PROTOCOLS)
@pytest.mark.parametrize(("move", "where", "name"), [
    (fetched, Shelf, "fetch"), (stored, Shelf, "accept"), (stored, Upload, "write"), (stored, Shelf, "keep")])
def test_a_slip_of_the_file_server_is_told_as_ours(
    bench: Bench, move: Callable[[Bench, str], Fetched | Stored], where: type, name: str, protocol: str,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    assert move(bench, protocol).problem == ""
    assert faults(bench) == []
    monkeypatch.setattr(where, name, slipping)
    move(bench, protocol)
    assert set(faults(bench)) == {"ZeroDivisionError: a slip of ours"}


@pytest.mark.parametrize(("protocol", "where", "name"), [
    ("http", http_server, "_range"), ("ftp", _Reader, "__init__"), ("sftp", sftp_server, "_pause")])
def test_a_slip_in_one_protocol_is_ours_too(
    bench: Bench, protocol: str, where: object, name: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(where, name, slipping)
    bench.files.serve("new", {"protocol": protocol, "rate": "100000 bytes/s"})
    moved(bench, Fetch(1, bench.files.fact("new", "location")))
    assert set(faults(bench)) == {"ZeroDivisionError: a slip of ours"}


def test_a_disk_that_is_full_is_ours(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    bench = bench_of(Table(), tmp_path / "missing")
    assert stored(bench, "http").problem
    bench.servers.close()
    (fault,) = faults(bench)
    assert fault.startswith(f"the upload folder {tmp_path / 'missing'} cannot be written: No such file or directory")


def request(bench: Bench, text: bytes) -> bytes:
    where = urlsplit(bench.servers.base("http"))
    with socket.create_connection((where.hostname, where.port), timeout=60) as peer:
        peer.sendall(text)
        peer.shutdown(socket.SHUT_WR)
        return b"".join(iter(lambda: peer.recv(65536), b""))


@pytest.mark.parametrize("text", [
    b"PUT /uploads/log/x HTTP/1.1\r\nHost: h\r\nContent-Length: 100\r\n\r\nshort",
    b"PUT /uploads/log/x HTTP/1.1\r\nHost: h\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\nnone",
    b"PUT /uploads/log/x HTTP/1.1\r\nHost: h\r\nContent-Encoding: gzip\r\nContent-Length: 4\r\n\r\nnone",
    b"PUT /uploads/%ff%00/x HTTP/1.1\r\nHost: h\r\nContent-Length: 0\r\n\r\n",
    b"PUT /uploads/log/ HTTP/1.1\r\nHost: h\r\nContent-Disposition: filename=\xff\xfe\r\nContent-Length: 0\r\n\r\n",
    b"GET /firmware/new/update.bin?\xff HTTP/1.1\r\nHost: \xff\r\nRange: bytes=9-1\r\n\r\n",
    b"GET /firmware/new/update.bin HTTP/1.1\r\nHost: h\r\nRange: bytes=-,x\r\nIf-Range: \xff\r\n\r\n",
    b"\x00\x01\x02\r\n\r\n",
])
def test_what_a_client_does_wrong_is_no_fault_of_ours(bench: Bench, text: bytes) -> None:
    bench.files.serve("new", {"file name": "update.bin"})
    bench.files.receive("log", {})
    request(bench, text)
    where = urlsplit(bench.servers.base("http"))
    connection = http.client.HTTPConnection(where.hostname or "", where.port, timeout=60)
    connection.request("GET", "/firmware/new/update.bin")
    assert connection.getresponse().status == 200
    connection.close()
    assert faults(bench) == []


async def _odd(bench: Bench) -> None:
    where = urlsplit(bench.servers.base("sftp"))
    async with (
        asyncssh.connect(where.hostname or "", where.port or 0, known_hosts=None, config=None, client_keys=None,
                         agent_path=None, username="x") as connection,
        connection.start_sftp_client(path_encoding=None) as files,
    ):
        for path in (b"/\xff\xfe.bin", b"/none.bin"):
            with pytest.raises(asyncssh.SFTPError):
                await files.stat(path)
            with pytest.raises(asyncssh.SFTPError):
                await files.open(path, "rb")
        async with files.open(b"/uploads/log/x", "wb") as file:
            with pytest.raises(asyncssh.SFTPError):
                await file.read(10)
        async with files.open(b"/firmware/new/update.bin", "rb") as file:
            with pytest.raises(asyncssh.SFTPError):
                await file.write(b"x")


def test_what_an_sftp_client_does_wrong_is_no_fault_of_ours(bench: Bench) -> None:
    import asyncio

    bench.files.serve("new", {"file name": "update.bin", "protocol": "sftp"})
    bench.files.receive("log", {"protocol": "sftp"})
    asyncio.run(_odd(bench))
    assert faults(bench) == []


UPLOADS = """@sut-station @v2.0.1 @sockets
Feature: f
  Scenario: s
    Given the file server will take uploads as "log"
    When the CSMS sends GetLog as "get" with
      | logType            | DiagnosticsLog        |
      | requestId          | 7                     |
      | log.remoteLocation | the location of "log" |
"""
TOLD = """    Then the station sends LogStatusNotification with
      | status | Uploaded |
"""
LEGAL = """    Then the statuses of "get" follow a legal order and end in Uploaded
"""


@pytest.mark.parametrize(("fast", "name"), [(True, "keep"), (True, "accept"), (False, "keep")])
def test_the_verdict_is_broken_though_no_line_is_about_the_file(
    fast: bool, name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    play(tmp_path, UPLOADS + TOLD, fast)
    full = shelf.FOLDER + " is full"
    monkeypatch.setattr(Shelf, name, slipping if name == "accept" else lambda *arguments: full)
    with pytest.raises((HarnessFault, ZeroDivisionError), match=r"a slip of ours|is full"):
        play(tmp_path, UPLOADS + TOLD, fast)


def test_an_upload_that_is_larger_than_we_take_is_no_wrong_status(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The station is told that it failed, and says so."""
    play(tmp_path, UPLOADS + LEGAL, fast=True)
    monkeypatch.setattr(Upload, "write", _too_large)
    with pytest.raises(Inconclusive, match=r"raise transfer\.upload_limit"):
        play(tmp_path, UPLOADS + LEGAL, fast=True)


def _too_large(upload: Upload, *arguments: object) -> bool:
    upload.capped = True
    return False


def test_a_slip_of_our_client_is_raised_where_it_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(client._FETCHERS, "http", slipping)
    told: list[Fetched | Stored] = []
    planned: list[Callable[[], None]] = []
    porter = ClientPorter(client.Trust)
    porter.begin(Fetch(1, "http://127.0.0.1/x"), told.append, lambda delay, action: planned.append(action))
    porter.close()
    assert told == []
    with pytest.raises(ZeroDivisionError, match="a slip of ours"):
        planned[0]()


def play(folder: Path, text: str, fast: bool) -> None:
    (folder / "it.feature").write_text(text, "utf-8")
    (story,) = stories(folder / "it.feature")
    lab = Lab(sut_of(story), fast=fast)
    try:
        with lab.session(story.version) as session:
            judge_whole(session, story)
    finally:
        lab.close()
