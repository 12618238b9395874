"""What is judged of file transfers: whose, which, whole, in time; and of silence about a file."""

from __future__ import annotations

import pytest

from harness.journal import CAPPED, FOLDER, Direction, Stage, Transfer
from harness.judge import transfers
from harness.oracle.verdict import HarnessFault, Inconclusive, Nonconformance
from harness.rpc.link import SECOND
from harness.session import Session
from tests.oracle.bench import Record
from tests.oracle.judging_bench import Waiting, session_of

IN, OUT = Direction.IN, Direction.OUT
BEGUN, COMPLETE, FAILED = Stage.BEGUN, Stage.COMPLETE, Stage.FAILED


def moved(*steps: tuple[Direction, Stage, str, float], size: int = 10, detail: str = "") -> tuple[Record, Session]:
    """Transfers of files of those names at those seconds."""
    record = Record()
    record.opened()
    for direction, stage, name, at in steps:
        record.add(Transfer(direction, stage, "http", name, "/x", 1, size, detail=detail), 0, at - record.now)
    return record, session_of(record)


@pytest.mark.parametrize("direction", [IN, OUT])
def test_the_whole_of_that_file_goes_that_way_in_time(direction: Direction) -> None:
    _, session = moved((direction, COMPLETE, "new", 2))
    transfers.transfers(session, "new", direction, None)
    assert session.anchor == 2 * SECOND
    other = IN if direction is OUT else OUT
    for step in ((other, COMPLETE, "new", 2.0), (direction, COMPLETE, "old", 2.0), (direction, FAILED, "new", 2.0),
                 (direction, BEGUN, "new", 2.0), (direction, COMPLETE, "new", 5.6)):
        with pytest.raises(Nonconformance, match="of the whole of"):
            transfers.transfers(moved(step)[1], "new", direction, None)


def test_an_upload_has_content_and_a_download_need_not_have() -> None:
    with pytest.raises(Nonconformance, match="an empty file"):
        transfers.transfers(moved((IN, COMPLETE, "log", 2), size=0)[1], "log", IN, None)
    transfers.transfers(moved((OUT, COMPLETE, "new", 2), size=0)[1], "new", OUT, None)


@pytest.mark.parametrize(("detail", "verdict"), [
    (f"{CAPPED} at 5 bytes", Inconclusive), (f"{FOLDER} x cannot be written", HarnessFault), ("cut", Nonconformance)])
def test_an_upload_that_we_did_not_take_is_told_at_once(detail: str, verdict: type[Exception]) -> None:
    _, session = moved((IN, FAILED, "log", 2), detail=detail)
    with pytest.raises(verdict):
        transfers.transfers(session, "log", IN, None)
    carrier = session.carrier
    assert isinstance(carrier, Waiting)
    assert (carrier.at == 0) is (verdict is not Nonconformance)


def silence(*steps: tuple[Direction, Stage, str, float]) -> Session:
    _, session = moved(*steps)
    session.anchor = SECOND
    transfers.no_download(session, "new", 2 * SECOND)
    return session


@pytest.mark.parametrize(("at", "silent"), [(0.5, True), (1.5, False), (2.9, False), (3.5, True)])
def test_nothing_of_it_is_begun_meanwhile(at: float, silent: bool, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Session, "look_up", lambda self, reference: "")
    _, session = moved((OUT, BEGUN, "new", at))
    session.anchor = SECOND
    session.files = Offered()
    if silent:
        transfers.no_download(session, "new", 2 * SECOND)
        assert session.anchor == 3 * SECOND
        return
    with pytest.raises(Nonconformance, match="one was begun"):
        transfers.no_download(session, "new", 2 * SECOND)


class Offered:
    """A file server that knows where everything lies."""

    def fact(self, name: str, word: str) -> str:
        return f"http://127.0.0.1/{name}"


def test_silence_of_a_station_that_has_gone_proves_nothing() -> None:
    record, session = moved()
    session.files = Offered()  # type: ignore[assignment]
    record.ended()
    with pytest.raises(Inconclusive, match="the connection was gone"):
        transfers.no_download(session, "new", SECOND)


# ---- statuses ---------------------------------------------------------------------------------------


def told(*statuses: tuple[str, float], action: str = "GetLog") -> Session:
    record = Record()
    record.opened()
    asked = record.ours(2, "ask", action, {"requestId": 7, "logType": "DiagnosticsLog", "log": {}})
    record.theirs(3, "ask", {"status": "Accepted"})
    for number, (status, at) in enumerate(statuses):
        payload = {"status": status, "requestId": 7}
        record.theirs(2, f"s{number}", "LogStatusNotification", payload, after=at - record.now)
    session = session_of(record)
    session.name("ask", asked)
    return session


def test_after_the_last_status_a_moment_is_waited_for_another() -> None:
    session = told(("Uploading", 1), ("Uploaded", 2))
    transfers.legal_order(session, "ask", "Uploaded")
    assert session.now == transfers.QUIET
    with pytest.raises(Nonconformance, match="ending in Uploaded"):
        transfers.legal_order(told(("Uploading", 1), ("Uploaded", 2), ("Uploading", 2.1)), "ask", "Uploaded")


def test_a_request_that_moves_nothing_has_no_statuses() -> None:
    with pytest.raises(Nonconformance, match="a request that starts an update or an upload"):
        transfers.legal_order(told(action="Reset"), "ask", "Uploaded")


@pytest.mark.parametrize(("action", "verdict"), [("GetLog", Inconclusive), ("UpdateFirmware", Nonconformance)])
def test_a_cap_on_uploads_excuses_wrong_statuses_of_uploads_alone(action: str, verdict: type[Exception]) -> None:
    session = told(("Uploading", 1), ("UploadFailure", 2), action=action)
    session.journal.append(0, Transfer(IN, FAILED, "http", "log", "/x", 1, detail=f"{CAPPED} at 5 bytes"),
                           session.carrier.now())
    with pytest.raises(verdict):
        transfers.legal_order(session, "ask", "Uploaded")
