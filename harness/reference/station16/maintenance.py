"""Firmware, diagnostics and logs (OCPP 1.6 4.4, 4.5, 5.9, 5.19; security whitepaper L01, N01).

The station tells what it does and commands the transfers; whoever carries it moves the files. Without
`StationConfig.file_transfer` no transfer ever succeeds.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from harness.reference import verification
from harness.reference.station16 import clock, lifecycle, rpc
from harness.reference.station16.model import Payload, Station
from harness.reference.station16.rpc import Reply
from harness.rpc.link import SECOND, Abandon, Fetch, Fetched, Store, Stored

_STEP = 0.2


@dataclass(slots=True)
class Update:
    """One update under way; `request` and `certificate` are there for a signed one only."""

    location: str
    tries: int
    pause: float
    request: int | None = None
    certificate: str = ""
    signature: str = ""
    install: int = 0
    job: int = 0
    image: bytes = b""


@dataclass(slots=True)
class Upload:
    """One upload under way; `request` is there for a log only (GetLog)."""

    url: str
    data: bytes
    tries: int
    pause: float
    request: int | None = None
    job: int = 0


def _job(station: Station) -> int:
    station.memory.jobs += 1
    return station.memory.jobs


# ---- telling ------------------------------------------------------------------------------------


def report_firmware(station: Station, free: bool = False) -> None:
    rpc.call(station, "FirmwareStatusNotification", {"status": station.firmware_status}, free=free)


def report_diagnostics(station: Station, free: bool = False) -> None:
    rpc.call(station, "DiagnosticsStatusNotification", {"status": station.diagnostics_status}, free=free)


def tell(station: Station, status: str, request: int | None) -> None:
    """A step of an update, under the number of the request where there is one."""
    if request is None:
        station.firmware_status = status
    if status in station.behaviour.skips_firmware_states or not station.online:
        return
    if request is None:
        report_firmware(station)
        return
    number = 0 if station.behaviour.forgets_request_id else request
    rpc.call(station, "SignedFirmwareStatusNotification", {"status": status, "requestId": number})


def _event(station: Station, kind: str) -> None:
    if kind not in station.behaviour.hides_security_events:
        rpc.call(station, "SecurityEventNotification", {"type": kind, "timestamp": station.timestamp()})


# ---- requests -----------------------------------------------------------------------------------


def update_firmware(station: Station, payload: Payload) -> Reply:
    update = Update(payload["location"], *_patience(payload))
    return Reply({}, lambda: _schedule(station, update, payload["retrieveDate"]))


def signed_update_firmware(station: Station, payload: Payload) -> Reply:
    """L01 of the whitepaper: the certificate is looked at before the request is accepted."""
    firmware = payload["firmware"]
    certificate = firmware["signingCertificate"]
    config = station.config
    if not station.behaviour.trusts_any_signer:
        revoked = config.firmware_revocations()
        fault = verification.certificate_fault(certificate, (config.firmware_root,), revoked, station.wall)
        if fault:
            return Reply({"status": fault}, lambda: _event(station, "InvalidFirmwareSigningCertificate"))
    update = Update(
        firmware["location"], *_patience(payload), payload["requestId"], certificate, firmware["signature"],
        clock.parse(firmware.get("installDateTime", "")) or 0,
    )  # fmt: skip
    status = "AcceptedCanceled" if station.update is not None else "Accepted"
    return Reply({"status": status}, lambda: _schedule(station, update, firmware["retrieveDateTime"]))


def _patience(payload: Payload) -> tuple[int, float]:
    return 1 + max(payload.get("retries", 0), 0), max(payload.get("retryInterval", 5), 1)


def _schedule(station: Station, update: Update, when: str) -> None:
    give_up(station)
    station.update = update
    wait = max((clock.parse(when) or station.wall) - station.wall, 0) / SECOND
    if wait and update.request is not None:
        tell(station, "DownloadScheduled", update.request)
    station.timers.set("firmware", station.after(wait), lambda: _download(station, update))


def give_up(station: Station) -> None:
    """Another update, or the end of power, ends the one under way."""
    station.timers.cancel("firmware")
    if station.update is not None and station.update.job:
        station.commands.append(Abandon(station.update.job))
    station.update = None


# ---- download -----------------------------------------------------------------------------------


def _download(station: Station, update: Update) -> None:
    tell(station, "Downloading", update.request)
    _fetch(station, update)


def _fetch(station: Station, update: Update) -> None:
    update.tries -= 1
    if not station.config.file_transfer:
        _later(station, "firmware", lambda: _failed(station, update))
        return
    update.job = _job(station)
    station.commands.append(Fetch(update.job, update.location, station.config.fetch_timeout))


def moved(station: Station, event: object) -> None:
    """A transfer has ended; anything else is none of our business."""
    if isinstance(event, Fetched):
        fetched(station, event)
    elif isinstance(event, Stored):
        stored(station, event)


def fetched(station: Station, event: Fetched) -> None:
    update = station.update
    if update is None or update.job != event.job:
        return
    update.job = 0
    if event.problem:
        _failed(station, update)
        return
    update.image = event.data
    tell(station, "Downloaded", update.request)
    _later(station, "firmware", lambda: _verify(station, update))


def _failed(station: Station, update: Update) -> None:
    if update.tries > 0:
        station.timers.set("firmware", station.after(update.pause), lambda: _fetch(station, update))
        return
    if station.behaviour.finishes_firmware:
        _end(station, update, "DownloadFailed")
    station.firmware_status = "Idle"


def _end(station: Station, update: Update, status: str) -> None:
    tell(station, status, update.request)
    station.firmware_status = "Idle"
    station.update = None


# ---- verify and install -------------------------------------------------------------------------


def _verify(station: Station, update: Update) -> None:
    behaviour = station.behaviour
    if update.request is not None:
        holds = verification.signature_holds(update.image, update.signature, update.certificate)
        if behaviour.verifies_first_megabyte or behaviour.trusts_any_signer:
            holds = verification.image(update.image[: verification.MEGABYTE]) is not None
        if behaviour.installs_before_verifying:
            tell(station, "Installing", update.request)
        if not holds:
            _end(station, update, "InvalidSignature")
            _event(station, "InvalidFirmwareSignature")
            return
        tell(station, "SignatureVerified", update.request)
        if update.install > station.wall:
            tell(station, "InstallScheduled", update.request)
            wait = (update.install - station.wall) / SECOND
            station.timers.set("firmware", station.after(wait), lambda: _install(station, update))
            return
    _install(station, update)


def _install(station: Station, update: Update) -> None:
    """Install when no transaction runs; the station restarts with the new version."""
    if any(connector.transaction is not None for connector in station.connectors.values()):
        _later(station, "firmware", lambda: _install(station, update))
        return
    tell(station, "Installing", update.request)
    _later(station, "firmware", lambda: _installed(station, update))


def _installed(station: Station, update: Update) -> None:
    found = verification.image(update.image)
    unfit = found is None or not found.sound or _older(station, found.version)
    if found is None or unfit or not found.installs:
        signed_fault = update.request is not None and unfit
        _end(station, update, "InstallVerificationFailed" if signed_fault else "InstallationFailed")
        return
    if not station.behaviour.boots_old_version:
        station.memory.firmware_version = found.version
    station.memory.firmware_installed = True
    station.memory.firmware_request = update.request
    station.firmware_status = "Idle"
    station.update = None
    lifecycle.restart(station, "Reboot")


def _older(station: Station, version: str) -> bool:
    """Whether a charge point with protection against rollback holds this version for older than its own."""
    own = station.memory.firmware_version or station.config.firmware_version
    return station.config.rollback_protection and verification.rank(version) < verification.rank(own)


def booted(station: Station) -> None:
    """Accepted after the restart: what it was for is done."""
    memory = station.memory
    if not memory.firmware_installed:
        return
    memory.firmware_installed, request, memory.firmware_request = False, memory.firmware_request, None
    if station.behaviour.finishes_firmware:
        tell(station, "Installed", request)
    if request is not None:
        _event(station, "FirmwareUpdated")
    station.firmware_status = "Idle"


def _later(station: Station, name: str, action: Callable[[], None]) -> None:
    station.timers.set(name, station.after(_STEP), action)


# ---- uploads ------------------------------------------------------------------------------------


def get_diagnostics(station: Station, payload: Payload) -> Reply:
    name = f"diagnostics-{station.memory.transactions}.log"
    upload = Upload(_target(payload["location"], name), _content(station, "Diagnostics"), *_patience(payload))
    return Reply({"fileName": name}, lambda: _begin(station, upload))


def get_log(station: Station, payload: Payload) -> Reply:
    """N01 of the whitepaper; a second request cancels the first."""
    kind, request = payload["logType"], payload["requestId"]
    name = f"{kind}-{request}.log"
    url = _target(payload["log"]["remoteLocation"], name)
    upload = Upload(url, _content(station, kind), *_patience(payload), request)
    status = "AcceptedCanceled" if station.upload is not None else "Accepted"
    return Reply({"status": status, "filename": name}, lambda: _begin(station, upload))


def _target(location: str, name: str) -> str:
    return location + name if location.endswith("/") else location


def _content(station: Station, kind: str) -> bytes:
    return (f"{kind} of {station.config.serial} at {station.timestamp()}\n" * 50).encode()


def _begin(station: Station, upload: Upload) -> None:
    before, station.upload = station.upload, upload
    if before is not None and before.job:
        station.commands.append(Abandon(before.job))
    _uploading(station, upload, "Uploading")
    _store(station, upload)


def _store(station: Station, upload: Upload) -> None:
    upload.tries -= 1
    if not station.config.file_transfer:
        _later(station, "diagnostics", lambda: _stored(station, upload, "no file transfer"))
        return
    upload.job = _job(station)
    station.commands.append(Store(upload.job, upload.url, upload.data, station.config.fetch_timeout))


def stored(station: Station, event: Stored) -> None:
    upload = station.upload
    if upload is not None and upload.job == event.job:
        upload.job = 0
        _stored(station, upload, event.problem)


def _stored(station: Station, upload: Upload, problem: str) -> None:
    if problem and upload.tries > 0:
        station.timers.set("diagnostics", station.after(upload.pause), lambda: _store(station, upload))
        return
    station.upload = None
    if station.behaviour.finishes_diagnostics:
        failed = "UploadFailed" if upload.request is None else "UploadFailure"
        _uploading(station, upload, failed if problem else "Uploaded")
    station.diagnostics_status = "Idle"


def _uploading(station: Station, upload: Upload, status: str) -> None:
    if upload.request is None:
        station.diagnostics_status = status
    if not station.online:
        return
    if upload.request is None:
        report_diagnostics(station)
        return
    number = 0 if station.behaviour.forgets_request_id else upload.request
    rpc.call(station, "LogStatusNotification", {"status": status, "requestId": number})
