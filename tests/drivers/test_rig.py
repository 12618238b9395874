"""The practice opponent behind HTTP: what it cannot do it does not call done."""

from __future__ import annotations

import http.client
import json
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from typing import cast
from urllib.parse import urlsplit

import pytest

from harness import practice, resources
from harness.declared import setting_of
from harness.drivers.rig import Rig
from harness.journal import Journal
from harness.rpc.dialect import DIALECTS, Version
from harness.rpc.link import Asked, LinkEvent
from harness.sut import load
from harness.wire.memory import MemoryCarrier

FILES: dict[tuple[str, Version], str] = {
    ("station", "1.6"): "reference-station-16", ("station", "2.0.1"): "reference-station-201",
    ("csms", "2.0.1"): "reference-csms-201",
}  # fmt: skip


@contextmanager
def rig(role: str, version: Version) -> Iterator[str]:
    """The practice opponent with power, and the URL of its rig."""
    setting = setting_of(load(resources.root() / "fixtures" / "suts" / f"{FILES[role, version]}.toml"), version)
    journal = Journal()
    made = practice.station(setting, "ws://127.0.0.1:1") if role == "station" else practice.management(setting)
    hosted = MemoryCarrier().host(made, lambda: journal)
    if role == "station":
        hosted.tell(Asked("power_on"))
    with Rig(hosted, tuple(DIALECTS[version].actions), 0) as opened:
        yield opened.url


def told(url: str, body: object = b"") -> tuple[int, str]:
    """Status and message of a POST; bytes go as they are."""
    data = body if isinstance(body, bytes) else json.dumps(body).encode()
    try:
        with urllib.request.urlopen(urllib.request.Request(url, data, method="POST"), timeout=5) as answer:
            return answer.status, json.load(answer)["message"]
    except urllib.error.HTTPError as error:
        with error:
            return error.code, json.load(error)["message"]


@pytest.fixture(scope="module", params=["1.6", "2.0.1"])
def station(request: pytest.FixtureRequest) -> Iterator[tuple[Version, str]]:
    """A station of each version, and where its rig is."""
    version = cast(Version, request.param)
    with rig("station", version) as url:
        yield version, f"{url}/api/v1"


@pytest.fixture(scope="module")
def csms() -> Iterator[str]:
    """Where the rig of a CSMS takes requests."""
    with rig("csms", "2.0.1") as url:
        yield f"{url}/api/octt/2.0.1"


AT_A_PLACE = (
    "plugin", "plugout", "authorize?id=AABBCCDD", "state?faulted=true", "state?faulted=false",
    *(f"intent/{name}" for name in ("plug_in", "unplug", "fault", "clear_fault", "stop_button", "ev_suspend",
                                    "ev_resume", "jam_lock", "free_lock", "present?token=AABBCCDD")),
)  # fmt: skip


@pytest.mark.parametrize("path", AT_A_PLACE)
def test_an_evse_that_there_is_not_is_refused(station: tuple[Version, str], path: str) -> None:
    version, url = station
    sign = "&" if "?" in path else "?"
    name = "evse" if path.startswith("intent") else "evse_id"
    assert told(f"{url}/{path}{sign}{name}=1") == (200, "done")
    whole = {"0"} if version == "1.6" and "fault" in path else set()  # the charge point itself can be faulty
    for number in {"9", "0", "-1", "x"} - whole:
        status, message = told(f"{url}/{path}{sign}{name}={number}")
        assert status == 409, number
        assert f"EVSE {number}" in message


def test_a_connector_that_there_is_not_is_refused(station: tuple[Version, str]) -> None:
    url = station[1]
    assert told(f"{url}/plugin?evse_id=1&connector_id=9") == (409, "there is no connector 9 at EVSE 1")
    assert told(f"{url}/plugin?evse_id=1&connector_id=1") == (200, "done")


def test_the_screen_offers_everything_and_each_evse() -> None:
    with rig("station", "2.0.1") as url:
        said = [told(f"{url}/api/v1/intent/choose_stop?evse={number}")[1] for number in (0, 1, 9)]
    assert ["master pass" in text for text in said] == [True, True, False]
    assert said[2] == "there is no EVSE 9"


def test_what_it_does_not_know_is_not_understood(station: tuple[Version, str]) -> None:
    assert told(f"{station[1]}/fly")[0] == 404
    assert told(f"{station[1]}/intent/fly")[0] == 404


@pytest.mark.parametrize(("path", "body"), [
    ("CS009/reset", {"type": "Immediate"}), ("CS001/fly", {}), ("CS001/reset", ["Immediate"]), ("CS001/reset", "now"),
])
def test_a_request_that_no_csms_could_send_is_refused(csms: str, path: str, body: object) -> None:
    assert told(f"{csms}/CS001/reset", {"type": "Immediate"}) == (200, "done")
    assert told(f"{csms}/{path}", body)[0] == 409


def test_a_body_that_is_no_json_is_refused(csms: str) -> None:
    assert told(f"{csms}/CS001/reset", b"{")[0] == 409


@pytest.mark.parametrize("length", ["-1", "many", "9999999999"])
def test_a_length_that_is_none_is_refused_at_once(csms: str, length: str) -> None:
    where = urlsplit(csms)
    connection = http.client.HTTPConnection(where.hostname or "", where.port, timeout=5)
    try:
        connection.putrequest("POST", f"{where.path}/CS001/reset")
        connection.putheader("Content-Length", length)
        connection.endheaders()
        answer = connection.getresponse()
        assert answer.status == 409
        assert "Content-Length" in answer.read().decode()
    finally:
        connection.close()


def test_a_fault_of_the_opponent_is_answered_too() -> None:
    class Stumbling:
        url = ""

        def tell(self, event: LinkEvent) -> None:
            raise ZeroDivisionError("a slip of ours")

        def close(self) -> None:
            return

    with Rig(Stumbling(), (), 0) as opened:
        assert told(f"{opened.url}/api/v1/plugin") == (500, "ZeroDivisionError: a slip of ours")
