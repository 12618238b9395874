"""GetLog (N01): one upload at a time, with retries; a second request cancels the first."""

from __future__ import annotations

from dataclasses import dataclass

from harness.reference.station201 import clock
from harness.reference.station201.core import Core
from harness.reference.station201.memory import Payload
from harness.rpc.link import SECOND, Abandon, Store, Stored


@dataclass(slots=True)
class Retrieval:
    """One upload under way; `tries` is how often it may still be begun."""

    request: int
    url: str
    data: bytes
    tries: int
    pause: int
    job: int = 0


class Logs:
    """The uploader of logs."""

    def __init__(self, core: Core) -> None:
        self.core = core
        self.upload: Retrieval | None = None

    def request(self, request: Payload) -> Payload:
        """N01.FR.01, N01.FR.05, N01.FR.12."""
        log, identifier, kind = request["log"], request["requestId"], request["logType"]
        oldest = clock.parse(log.get("oldestTimestamp"))
        if oldest is not None and oldest > self.core.wall and not self.core.behaviour.logs_of_the_future:
            return {"status": "Rejected"}
        cancelled = self.upload
        if cancelled is not None:
            self._cancel(cancelled)
        filename = f"{kind}-{identifier}.txt"
        location = log["remoteLocation"]
        url = location + filename if location.endswith("/") else location
        pause = max(request.get("retryInterval", 5), 0) * SECOND
        content = f"{kind} of {self.core.config.serial} at {self.core.timestamp()}\n" * 50
        retries = 0 if self.core.behaviour.ignores_retries else max(request.get("retries", 0), 0)
        upload = Retrieval(identifier, url, content.encode(), 1 + retries, pause)
        self.upload = upload
        self.core.defer(lambda: self._begin(upload))
        return {"status": "AcceptedCanceled" if cancelled else "Accepted", "filename": filename}

    def _cancel(self, upload: Retrieval) -> None:
        """N01.FR.20."""
        self.core.timers.cancel("log")
        if upload.job:
            self.core.commands.append(Abandon(upload.job))
        self.core.defer(lambda: self._tell("AcceptedCanceled", upload.request))

    def _tell(self, status: str, request: int) -> None:
        payload = {"status": status, "requestId": 0 if self.core.behaviour.forgets_request_id else request}
        self.core.exchange.call("LogStatusNotification", payload)

    def _begin(self, upload: Retrieval) -> None:
        self._tell("Uploading", upload.request)
        self._store(upload)

    def _store(self, upload: Retrieval) -> None:
        if not self.core.config.file_transfer:
            self.upload = None
            self._tell("UploadFailure", upload.request)
            return
        self.core.memory.jobs += 1
        upload.job, upload.tries = self.core.memory.jobs, upload.tries - 1
        self.core.commands.append(Store(upload.job, upload.url, upload.data, self.core.config.fetch_timeout))

    def stored(self, event: Stored) -> None:
        """N01.FR.09, N01.FR.10."""
        upload = self.upload
        if upload is None or upload.job != event.job:
            return
        upload.job = 0
        if event.problem and upload.tries > 0:
            self.core.after("log", upload.pause, lambda: self._store(upload))
            return
        self.upload = None
        refused = "PermissionDenied" if event.problem in ("401", "403") else "UploadFailure"
        self._tell(refused if event.problem else "Uploaded", upload.request)

    def triggered(self) -> None:
        """F06.FR.15, F06.FR.16."""
        payload: Payload = {"status": "Idle"}
        if self.upload is not None:
            payload = {"status": "Uploading", "requestId": self.upload.request}
        self.core.exchange.call("LogStatusNotification", payload, gate="triggered")

    def down(self) -> None:
        if self.upload is not None and self.upload.job:
            self.core.commands.append(Abandon(self.upload.job))
        self.upload = None
