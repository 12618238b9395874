"""Firmware and diagnostics (OCPP 1.6 4.4, 4.5, 5.9, 5.19).

The practice station moves no files. `StationConfig.file_transfer` says whether the transfers it
pretends succeed; its status notifications are those of a real one.
"""

from __future__ import annotations

from collections.abc import Callable
from urllib.parse import urlsplit

from harness.reference.station16 import clock, lifecycle, rpc
from harness.reference.station16.model import Payload, Station
from harness.reference.station16.rpc import Reply

_STEP = 2.0
_SCHEMES = ("http", "https", "ftp", "ftps")


def report_firmware(station: Station, free: bool = False) -> None:
    rpc.call(station, "FirmwareStatusNotification", {"status": station.firmware_status}, free=free)


def report_diagnostics(station: Station, free: bool = False) -> None:
    rpc.call(station, "DiagnosticsStatusNotification", {"status": station.diagnostics_status}, free=free)


def _works(station: Station, location: str) -> bool:
    try:
        return station.config.file_transfer and urlsplit(location).scheme in _SCHEMES
    except ValueError:
        return False


def update_firmware(station: Station, payload: Payload) -> Reply:
    retrieve = clock.parse(payload["retrieveDate"]) or station.wall
    wait = max(retrieve - station.wall, 0) / 1_000_000_000

    def begin() -> None:
        retries = max(payload.get("retries", 0), 0)
        pause = max(payload.get("retryInterval", 5), 1)
        station.timers.set(
            "firmware", station.after(wait), lambda: _download(station, payload["location"], retries, pause)
        )

    return Reply({}, begin)


def _firmware(station: Station, status: str) -> None:
    station.firmware_status = status
    if status not in station.behaviour.skips_firmware_states and station.online:
        report_firmware(station)


def _download(station: Station, location: str, retries: int, pause: int) -> None:
    _firmware(station, "Downloading")

    def over() -> None:
        if _works(station, location):
            _firmware(station, "Downloaded")
            _later(station, "firmware", lambda: _install(station))
            return
        if retries:
            station.timers.set(
                "firmware", station.after(pause), lambda: _download(station, location, retries - 1, pause)
            )
            return
        if station.behaviour.finishes_firmware:
            _firmware(station, "DownloadFailed")
        station.firmware_status = "Idle"

    _later(station, "firmware", over)


def _install(station: Station) -> None:
    """Install when no transaction runs; the station restarts with the new version."""
    if any(connector.transaction is not None for connector in station.connectors.values()):
        _later(station, "firmware", lambda: _install(station))
        return
    _firmware(station, "Installing")

    def over() -> None:
        station.memory.firmware_version = station.config.firmware_version + "+1"
        station.memory.firmware_installed = True
        station.firmware_status = "Idle"
        lifecycle.restart(station, "Reboot")

    _later(station, "firmware", over)


def _later(station: Station, name: str, action: Callable[[], None]) -> None:
    station.timers.set(name, station.after(_STEP), action)


def get_diagnostics(station: Station, payload: Payload) -> Reply:
    name = f"diagnostics-{station.memory.transactions}.log"

    def begin() -> None:
        _upload(station, payload["location"])

    return Reply({"fileName": name}, begin)


def _upload(station: Station, location: str) -> None:
    _diagnostics(station, "Uploading")

    def over() -> None:
        if station.behaviour.finishes_diagnostics:
            _diagnostics(station, "Uploaded" if _works(station, location) else "UploadFailed")
        station.diagnostics_status = "Idle"

    _later(station, "diagnostics", over)


def _diagnostics(station: Station, status: str) -> None:
    station.diagnostics_status = status
    if station.online:
        report_diagnostics(station)
