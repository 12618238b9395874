"""UpdateFirmware (L01): schedule, download, verify, install, restart, report; one update at a time."""

from __future__ import annotations

from dataclasses import dataclass

from harness.reference import verification
from harness.reference.station201 import clock
from harness.reference.station201.core import Core
from harness.reference.station201.memory import Payload
from harness.rpc.link import SECOND, Abandon, Fetch, Fetched

_STEP = SECOND // 5
_PATIENCE = 10 * SECOND


@dataclass(slots=True)
class Update:
    """One update under way. `tries` is how often the download may still be begun; `image` what was downloaded."""

    request: int
    location: str
    certificate: str
    signature: str
    retrieve: int
    install: int
    tries: int
    pause: int
    job: int = 0
    image: bytes = b""
    waiting: str = ""


class Firmware:
    """The updater. What must outlive the restart is in `Memory`."""

    def __init__(self, core: Core) -> None:
        self.core = core
        self.update: Update | None = None
        self.status = ""
        self._last = 0

    # ---- the request

    def request(self, request: Payload) -> Payload:
        """L01.FR.21, L01.FR.22, L01.FR.24, L01.FR.27."""
        core, firmware = self.core, request["firmware"]
        certificate, signature = firmware.get("signingCertificate", ""), firmware.get("signature", "")
        if not core.behaviour.trusts_any_signer:
            if not certificate or not signature:
                return {"status": "Rejected"}
            roots = (core.config.firmware_root,)
            fault = verification.certificate_fault(certificate, roots, core.config.firmware_revocations(), core.wall)
            if fault:
                core.defer(lambda: self._event("InvalidFirmwareSigningCertificate"))
                return {"status": fault}
        cancelled = self.update
        if cancelled is not None and not core.config.cancels_firmware:
            return {"status": "Rejected"}
        if cancelled is not None:
            self._cancel(cancelled)
        self.update = update = self._read(request, firmware, certificate, signature)
        core.defer(lambda: self._begin(update))
        return {"status": "AcceptedCanceled" if cancelled else "Accepted"}

    def _read(self, request: Payload, firmware: Payload, certificate: str, signature: str) -> Update:
        now = self.core.wall
        return Update(
            request["requestId"], firmware["location"], certificate, signature,
            clock.parse(firmware["retrieveDateTime"]) or now,
            clock.parse(firmware.get("installDateTime")) or now,
            1 + (0 if self.core.behaviour.ignores_retries else max(request.get("retries", 0), 0)),
            max(request.get("retryInterval", 5), 0) * SECOND,
        )  # fmt: skip

    def _cancel(self, update: Update) -> None:
        self.core.timers.cancel("firmware")
        if update.job:
            self.core.commands.append(Abandon(update.job))
        self.update = None

    # ---- telling

    def tell(self, status: str, request: int | None = None) -> None:
        """L01.FR.01, L01.FR.10, L01.FR.20."""
        behaviour = self.core.behaviour
        self.status = status
        if status in behaviour.skips_firmware_states:
            return
        identifier = request if request is not None else self.update.request if self.update else self._last
        self._last = identifier
        payload: Payload = {"status": status, "requestId": identifier}
        if behaviour.forgets_request_id:
            payload["requestId"] = 0
        self.core.exchange.call("FirmwareStatusNotification", payload, keep=True)

    def triggered(self) -> None:
        """L01.FR.25, L01.FR.26."""
        payload: Payload = {"status": "Idle"}
        if self.status not in ("", "Installed"):
            payload = {"status": self.status, "requestId": self._last}
        self.core.exchange.call("FirmwareStatusNotification", payload, gate="triggered")

    def _event(self, kind: str) -> None:
        if kind not in self.core.behaviour.hides_security_events:
            payload = {"type": kind, "timestamp": self.core.timestamp()}
            self.core.exchange.call("SecurityEventNotification", payload, keep=True)

    def _fail(self, status: str) -> None:
        self.tell(status)
        self.update = None
        self._release()

    # ---- download

    def _begin(self, update: Update) -> None:
        if update.retrieve > self.core.wall:
            self.tell("DownloadScheduled")
            self.core.after("firmware", update.retrieve - self.core.wall, lambda: self._download(update))
        elif self._busy() and not self.core.config.downloads_in_transaction:
            self.tell("DownloadScheduled")
            self._wait("download")
        else:
            self._download(update)

    def _download(self, update: Update) -> None:
        self.tell("Downloading")
        self._fetch(update)

    def _fetch(self, update: Update) -> None:
        self.core.memory.jobs += 1
        update.job, update.tries = self.core.memory.jobs, update.tries - 1
        self.core.commands.append(Fetch(update.job, update.location, self.core.config.fetch_timeout))

    def fetched(self, event: Fetched) -> None:
        """L01.FR.30: after the last attempt the download has failed."""
        update = self.update
        if update is None or update.job != event.job:
            return
        update.job = 0
        if not event.problem:
            update.image = event.data
            self.tell("Downloaded")
            self.core.after("firmware", _STEP, lambda: self._verify(update))
        elif update.tries > 0:
            self.core.after("firmware", update.pause, lambda: self._fetch(update))
        else:
            self._fail("DownloadFailed")

    # ---- verify, install

    def _verify(self, update: Update) -> None:
        if self.core.behaviour.installs_before_verifying:
            self.tell("Installing")
            self.core.after("firmware", _STEP, lambda: self._checked(update))
            return
        self._checked(update)

    def _checked(self, update: Update) -> None:
        behaviour = self.core.behaviour
        holds = verification.signature_holds(update.image, update.signature, update.certificate)
        if behaviour.verifies_first_megabyte or behaviour.trusts_any_signer:
            holds = verification.image(update.image[: verification.MEGABYTE]) is not None
        if not holds:
            self.tell("InvalidSignature")
            self._event("InvalidFirmwareSignature")
            self.update = None
            self._release()
            return
        if not behaviour.installs_before_verifying:
            self.tell("SignatureVerified")
        self._schedule(update)

    def _schedule(self, update: Update) -> None:
        if update.install > self.core.wall:
            self.tell("InstallScheduled")
            self.core.after("firmware", update.install - self.core.wall, lambda: self._install_when_free(update))
        else:
            self._install_when_free(update, told=False)

    def _install_when_free(self, update: Update, told: bool = True) -> None:
        if self._busy() and not self.core.config.installs_in_transaction:
            if not told:
                self.tell("InstallScheduled")
            self._wait("install")
        else:
            self._install(update)

    def _install(self, update: Update) -> None:
        if self.status != "Installing":
            self.tell("Installing")
        self.core.after("firmware", _STEP, lambda: self._installed(update))

    def _installed(self, update: Update) -> None:
        found = verification.image(update.image)
        if found is None or not found.sound or self._older(found.version):
            self._fail("InstallVerificationFailed")
        elif not found.installs:
            self._fail("InstallationFailed")
        elif self._busy():
            self._wait("activate")
        else:
            self._activate(update)

    def _older(self, version: str) -> bool:
        """Whether a station with protection against rollback holds this version for older than its own."""
        own = self.core.memory.firmware_version or self.core.config.firmware_version
        return self.core.config.rollback_protection and verification.rank(version) < verification.rank(own)

    def _activate(self, update: Update) -> None:
        """L01.FR.28, L01.FR.32: restart into the new version, and tell from there that it is installed."""
        memory, found = self.core.memory, verification.image(update.image)
        assert found is not None
        if not self.core.behaviour.boots_old_version:
            memory.firmware_version = found.version
        memory.firmware_request = update.request
        self.tell("InstallRebooting")
        self.core.reset.reboot("FirmwareUpdate")

    def booted(self) -> None:
        """The station was accepted: what the restart was for is done (L01.FR.31)."""
        request, self.core.memory.firmware_request = self.core.memory.firmware_request, None
        if request is not None:
            self.update = None
            self.tell("Installed", request)
            self._event("FirmwareUpdated")

    def down(self) -> None:
        """Power is gone, and with it what was under way."""
        if self.update is not None and self.update.job:
            self.core.commands.append(Abandon(self.update.job))
        self.update = None

    # ---- transactions

    def _busy(self) -> bool:
        return bool(self.core.memory.running)

    def _wait(self, what: str) -> None:
        """L01.FR.06, L01.FR.07, L01.FR.33."""
        assert self.update is not None
        self.update.waiting = what
        self.core.availability.announce()

    @property
    def holds_back(self) -> bool:
        """Whether EVSEs without a transaction are unavailable for the sake of the update."""
        waiting = self.update is not None and bool(self.update.waiting)
        return waiting and not self.core.model.truth("ChargingStation", "AllowNewSessionsPendingFirmwareUpdate")

    def transaction_ended(self) -> None:
        """All transactions that the update waited for may be over now."""
        update = self.update
        if update is None or not update.waiting or self._busy():
            return
        what, update.waiting = update.waiting, ""
        follow = {"download": self._download, "install": self._install, "activate": self._activate}[what]
        self.core.after("firmware", _STEP, lambda: follow(update))

    def _release(self) -> None:
        self.core.availability.announce()
