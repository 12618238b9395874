"""Which status may follow which: every legal sequence passes, every spoilt one is found."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any, cast

import pytest

from harness.oracle import statuses
from harness.oracle.transcript import Message
from harness.rpc.link import SECOND

GOOD = ["Downloading", "Downloaded", "SignatureVerified", "Installing", "InstallRebooting", "Installed"]


def message(action: str, **payload: Any) -> Message:
    return cast(Message, SimpleNamespace(action=action, payload=payload, number=0))


def faults(told: list[str], final: str = "Installed", request: int = 7, number: int = 7, **more: Any) -> list[str]:
    asked = message("UpdateFirmware", requestId=request, **more)
    machine = statuses.machine_of(asked)
    assert machine is not None
    said = [message("FirmwareStatusNotification", status=status, requestId=number) for status in told]
    return statuses.faults(asked, said, machine, final)


@pytest.mark.parametrize(
    ("told", "final"),
    [
        (GOOD, "Installed"),
        (["DownloadScheduled", *GOOD], "Installed"),
        ([*GOOD[:3], "InstallScheduled", *GOOD[3:]], "Installed"),
        ([*GOOD[:3], "InstallRebooting", "Installing", "Installed"], "Installed"),
        ([*GOOD[:3], "InstallRebooting", "Installed"], "Installed"),  # L01.FR.23
        (["Downloading", "DownloadPaused", *GOOD], "Installed"),
        (["DownloadFailed"], "DownloadFailed"),  # TC_L_07_CS: Downloading may be left out
        (["Downloading", "Downloaded", "InvalidSignature"], "InvalidSignature"),
    ],
)
def test_legal_sequences(told: list[str], final: str) -> None:
    assert faults(told, final) == []


@pytest.mark.parametrize(
    ("told", "why"),
    [
        ([*GOOD, "Installed"], "Installed after Installed"),
        (GOOD[:-1], "it ended in InstallRebooting"),
        ([], "it ended in nothing"),
        ([GOOD[0], *GOOD[2:]], "SignatureVerified after Downloading"),
        ([*GOOD[:2], *GOOD[3:]], "Installing after Downloaded"),
        ([*GOOD[:2], "InvalidSignature", "Installing", "Installed"], "Installing after InvalidSignature"),
        (["Downloading", *GOOD], "Downloading after Downloading"),
        (["Installed"], "Installed after the request"),
    ],
)
def test_illegal_sequences(told: list[str], why: str) -> None:
    assert why in faults(told)


def test_another_request_id_is_a_fault() -> None:
    assert any("requestId 8, asked was 7" in fault for fault in faults(GOOD, number=8))


@pytest.mark.parametrize("number", [None, [], {}, "7"])
def test_a_request_id_that_is_none_is_a_fault_and_no_crash(number: Any) -> None:
    asked = message("UpdateFirmware", requestId=7)
    machine = statuses.machine_of(asked)
    assert machine is not None
    said = [message("FirmwareStatusNotification", status="Downloading", requestId=number)]
    assert f"Downloading with requestId {number!r}, asked was 7" in statuses.faults(asked, said, machine, "x", [7, 8])
    assert statuses.faults(asked, [message("", status="Installed", requestId=8)], machine, "x", [7, 8]) == [
        "it ended in nothing"]


def test_a_retry_may_be_told_anew() -> None:
    assert faults(["Downloading", *GOOD], retries=1) == []
    asked = message("GetLog", requestId=7, retries=3)
    machine = statuses.machine_of(asked)
    assert machine is not None
    told = ["Uploading", "UploadFailure"] * 4
    said = [message("LogStatusNotification", status=status, requestId=7) for status in told]
    assert statuses.faults(asked, said, machine, "UploadFailure") == []


def told_at(action: str, times: list[tuple[float, str]], **more: Any) -> list[str]:
    """The faults of statuses told at those seconds after a request for retries."""
    asked = message(action, requestId=7, **more)
    machine = statuses.machine_of(asked)
    assert machine is not None
    return statuses.faults(asked, said_at(machine.action, times), machine, times[-1][1], tolerance=SECOND // 2)


def said_at(action: str, times: list[tuple[float, str]]) -> list[Message]:
    said = [
        SimpleNamespace(action=action, payload={"status": status, "requestId": 7}, at=round(at * SECOND))
        for at, status in times
    ]
    return cast(list[Message], said)


RETRIES = {"retries": 3, "retryInterval": 2}


@pytest.mark.parametrize(
    ("action", "times", "fine"),
    [
        ("GetLog", [(0, "Uploading"), (6.1, "UploadFailure")], True),
        ("GetLog", [(0, "Uploading"), (5.6, "UploadFailure")], True),
        ("GetLog", [(0, "Uploading"), (5.4, "UploadFailure")], False),
        ("GetLog", [(0, "Uploading"), (0.1, "PermissionDenied")], False),
        ("GetLog", [(2 * n + t, s) for n in range(4) for t, s in ((0, "Uploading"), (0.1, "UploadFailure"))], True),
        ("GetLog", [(3 * n + t, s) for n in range(3) for t, s in ((0, "Uploading"), (0.1, "UploadFailure"))], False),
        ("GetLog", [(0, "Uploading"), (0.1, "Uploaded")], True),
        ("GetLog", [(0.1, "UploadFailure")], True),
        ("UpdateFirmware", [(0, "Downloading"), (6.1, "DownloadFailed")], True),
        ("UpdateFirmware", [(0, "Downloading"), (4.1, "DownloadFailed")], False),
        ("UpdateFirmware", [(9, "Downloading"), (13.1, "DownloadFailed")], False),
        ("UpdateFirmware", [(0, "Downloading"), (1, "DownloadPaused"), (2, "Downloading"), (7, "DownloadFailed")],
         True),
        ("GetLog", [(0, "Uploading"), (0.1, "UploadFailure"), (0.2, "Uploaded")], False),
        ("UpdateFirmware", [(0, "Downloading"), (0.1, "DownloadFailed")], False),
        ("UpdateFirmware", [(0, "Downloading"), (0.1, "Downloaded"), (0.2, "InvalidSignature")], True),
    ],
)
def test_all_retries_are_made(action: str, times: list[tuple[float, str]], fine: bool) -> None:
    assert (told_at(action, times, **RETRIES) == []) is fine


def test_16_counts_tries_of_firmware_and_retries_of_everything_else() -> None:
    """1.6 6.55; errata 3.50 say retry where 6.25 (GetDiagnostics) says try."""
    two, three = [(0, "Downloading"), (4.1, "DownloadFailed")], [(0, "Downloading"), (6.1, "DownloadFailed")]
    for action, number, times, fine in (
        ("UpdateFirmware", {}, two, True),
        ("UpdateFirmware", {}, [two[0], (3.4, "DownloadFailed")], False),
        ("SignedUpdateFirmware", {"requestId": 7}, two, False),
        ("SignedUpdateFirmware", {"requestId": 7}, three, True),
        ("GetDiagnostics", {}, [(0, "Uploading"), (4.1, "UploadFailed")], False),
        ("GetDiagnostics", {}, [(0, "Uploading"), (6.1, "UploadFailed")], True),
    ):
        asked = message(action, **RETRIES, **number)
        machine = statuses.machine_of(asked)
        assert machine is not None
        said = said_at(machine.action, times)
        found = statuses.faults(asked, said, machine, times[-1][1], tolerance=SECOND // 2)
        assert (found == []) is fine, (action, found)


UP, DOWN = (0, "Uploading"), (0.1, "UploadFailure")


@pytest.mark.parametrize(
    ("times", "final", "over"),
    [
        ([], "Uploaded", False),
        ([UP], "Uploaded", False),
        ([UP, (1, "Uploaded")], "Uploaded", True),
        ([UP, DOWN], "UploadFailure", False),
        ([DOWN], "UploadFailure", True),
        ([UP, (5.6, "UploadFailure")], "UploadFailure", True),
        ([UP, (5.4, "UploadFailure")], "UploadFailure", False),
        ([UP, (9, "UploadFailure")], "Uploaded", False),
        ([UP, DOWN, (2, "Uploading"), (9, "UploadFailure")], "UploadFailure", False),
        ([UP, DOWN, (2, "Uploading"), (2.1, "Uploaded")], "Uploaded", True),
        ([UP, DOWN] * 4, "Uploaded", True),
        ([UP, DOWN] * 3, "Uploaded", False),
        ([(9, "Uploading"), (13, "UploadFailure")], "UploadFailure", False),
        ([(9, "Uploading"), (15, "UploadFailure")], "UploadFailure", True),
    ],
)
def test_a_failure_is_not_the_end_while_retries_are_left(
    times: list[tuple[float, str]], final: str, over: bool
) -> None:
    asked = message("GetLog", requestId=7, **RETRIES)
    machine = statuses.machine_of(asked)
    assert machine is not None
    own = said_at(machine.action, times)
    assert statuses.over(asked, own, machine, final, SECOND // 2) is over
    assert statuses.over(message("GetLog", requestId=7), own, machine, final) is (times not in ([], [UP]))
    anytime = message("GetLog", requestId=7, retries=3)
    assert statuses.over(anytime, own, machine, times[-1][1] if times else final) is (times not in ([], [UP]))


def test_a_failed_download_is_told_once() -> None:
    asked = message("UpdateFirmware", requestId=7, **RETRIES)
    machine = statuses.machine_of(asked)
    assert machine is not None
    own = said_at(machine.action, [(0, "Downloading"), (0.1, "DownloadFailed")])
    assert statuses.over(asked, own, machine, "DownloadFailed")


def test_requests_without_statuses_have_no_machine() -> None:
    assert statuses.machine_of(message("Reset", type="Soft")) is None


def test_every_machine_can_end() -> None:
    for action, numbered in (("FirmwareStatusNotification", True), ("FirmwareStatusNotification", False),
                             ("LogStatusNotification", True), ("DiagnosticsStatusNotification", False)):
        machine = statuses.by_action(action, numbered)
        assert machine.terminal
        assert (machine.action, machine.numbered) == (action, numbered)


def test_a_sequence_is_legal_only_if_each_step_is() -> None:
    machine = statuses.by_action("FirmwareStatusNotification", True)
    assert machine.legal(GOOD)
    assert not machine.legal(GOOD[1:])
    assert not machine.legal([*GOOD[:2], *GOOD[3:]])


def test_idle_is_about_no_request() -> None:
    asked = message("UpdateFirmware", requestId=7)
    machine = statuses.machine_of(asked)
    assert machine is not None
    told = [message("FirmwareStatusNotification", status=status, requestId=7) for status in GOOD]
    idle = message("FirmwareStatusNotification", status="Idle")
    assert statuses.faults(asked, [*told, idle], machine, "Installed") == []
