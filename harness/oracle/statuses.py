"""Which status may follow which, in firmware updates and uploads (L01, N01; 1.6 5.9, 5.19 and the security whitepaper).

"" is where a sequence begins. A status is told when it is entered (L01.FR.01), so none is repeated but by a retry.
"""

from __future__ import annotations

import itertools
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from harness.oracle.transcript import Message
from harness.rpc.link import SECOND


@dataclass(frozen=True, slots=True)
class Machine:
    """Legal successors by status. `numbered`: each message carries the requestId of the request."""

    action: str
    after: Mapping[str, frozenset[str]]
    numbered: bool = True

    @property
    def terminal(self) -> frozenset[str]:
        """The statuses after which nothing comes."""
        return frozenset(status for statuses in self.after.values() for status in statuses) - self.after.keys()

    def legal(self, sequence: Sequence[str]) -> bool:
        """Whether each status may follow the one before."""
        pairs = itertools.pairwise(("", *sequence))
        return all(after in self.after.get(before, frozenset()) for before, after in pairs)


def _table(**rows: str) -> dict[str, frozenset[str]]:
    return {"" if status == "begin" else status: frozenset(after.split()) for status, after in rows.items()}


_INSTALL = "Installed InstallationFailed InstallVerificationFailed"
_SECURE = _table(
    begin="DownloadScheduled Downloading DownloadFailed",
    DownloadScheduled="Downloading DownloadFailed",
    Downloading="Downloaded DownloadPaused DownloadFailed",
    DownloadPaused="Downloading Downloaded DownloadFailed",
    Downloaded="SignatureVerified InvalidSignature",
    SignatureVerified="InstallScheduled InstallRebooting Installing InstallVerificationFailed InstallationFailed",
    InstallScheduled="InstallRebooting Installing InstallVerificationFailed InstallationFailed",
    InstallRebooting=f"Installing {_INSTALL}",
    Installing=f"InstallRebooting {_INSTALL}",
)
_PLAIN16 = _table(
    begin="Downloading DownloadFailed",
    Downloading="Downloaded DownloadFailed",
    Downloaded="Installing InstallationFailed",
    Installing="Installed InstallationFailed",
)
_LOG = _table(
    begin="Uploading UploadFailure BadMessage PermissionDenied NotSupportedOperation AcceptedCanceled",
    Uploading="Uploaded UploadFailure BadMessage PermissionDenied NotSupportedOperation AcceptedCanceled",
)
_DIAGNOSTICS = _table(begin="Uploading UploadFailed", Uploading="Uploaded UploadFailed")

_MACHINES: Mapping[tuple[str, bool], Machine] = {
    ("UpdateFirmware", True): Machine("FirmwareStatusNotification", _SECURE),
    ("UpdateFirmware", False): Machine("FirmwareStatusNotification", _PLAIN16, numbered=False),
    ("SignedUpdateFirmware", True): Machine("SignedFirmwareStatusNotification", _SECURE),
    ("GetLog", True): Machine("LogStatusNotification", _LOG),
    ("GetDiagnostics", False): Machine("DiagnosticsStatusNotification", _DIAGNOSTICS, numbered=False),
}


def machine_of(request: Message) -> Machine | None:
    """The statuses that follow this request, None where none do."""
    numbered = isinstance(request.payload, dict) and "requestId" in request.payload
    return _MACHINES.get((request.action, numbered))


def status_of(message: Message) -> str:
    """The status told, "" where there is none."""
    return str(message.payload.get("status", "")) if isinstance(message.payload, dict) else ""


def id_of(message: Message) -> object:
    """The requestId told."""
    return message.payload.get("requestId") if isinstance(message.payload, dict) else None


def mine(request: Message, messages: Sequence[Message], machine: Machine) -> list[Message]:
    """The messages about this request."""
    return [m for m in messages if not machine.numbered or id_of(m) == id_of(request)]


_BEGUN = frozenset({"Uploading", "Downloading"})
_FAILURES = frozenset({
    "UploadFailure", "BadMessage", "PermissionDenied", "NotSupportedOperation", "UploadFailed", "DownloadFailed",
})


def _retried(request: Message, before: str, status: str) -> bool:
    """A station that was given retries may tell each attempt anew, or all of them as one (TC_N_26_CS)."""
    retries = request.payload.get("retries") if isinstance(request.payload, dict) else None
    if not isinstance(retries, int) or retries < 1:
        return False
    return before == status == "Downloading" or (before in _FAILURES and status == "Uploading")


def _retries(request: Message) -> tuple[int, int] | None:
    """How many retries were asked for, and how long (ns) they take at the least: each comes retryInterval after the
    attempt before. None where the request leaves either open, or wants none.

    UpdateFirmware of 1.6 counts tries, not retries (6.55; errata 3.50 mend GetDiagnostics alone)."""
    asked = request.payload if isinstance(request.payload, dict) else {}
    count, pause = asked.get("retries"), asked.get("retryInterval")
    if not isinstance(count, int) or not isinstance(pause, int):
        return None
    count -= request.action == "UpdateFirmware" and "requestId" not in asked
    return (count, count * pause * SECOND) if count > 0 else None


def over(request: Message, own: Sequence[Message], machine: Machine, final: str, tolerance: int = 0) -> bool:
    """Whether no further status is due: the last one ends it, and is no failed attempt with others to come.

    `final` offers terminal statuses, `tolerance` (ns) is what intervals may lack. Attempts are told each or all as
    one (TC_N_26_CS); where the interval is the station's choice, a failure that is asked for ends it."""
    ends = [m for m in own if status_of(m) in machine.terminal]
    last = status_of(ends[-1]) if ends else ""
    if "Uploading" not in machine.after or not _retried(request, last, "Uploading"):
        return bool(ends)
    asked, wanted = _retries(request), last in final.split(" or ")
    if asked is None:
        return wanted
    (retries, least), begun = asked, [m for m in own if status_of(m) in _BEGUN]
    took = ends[-1].at - begun[0].at if begun else least
    return len(ends) > retries or (wanted and len(begun) < 2 and took >= least - tolerance)


def _hurried(request: Message, own: Sequence[Message], machine: Machine, tolerance: int) -> list[str]:
    """A transfer that failed although all the retries cannot have been made yet. Attempts are told each or all as
    one (TC_N_26_CS)."""
    asked, begun = _retries(request), [m for m in own if status_of(m) in _BEGUN]
    if asked is None or not begun or status_of(own[-1]) not in _FAILURES:
        return []
    (retries, least), took, wrong = asked, own[-1].at - begun[0].at, []
    if took < least - tolerance:
        wrong.append(f"{status_of(own[-1])} {took / SECOND:.3f} s after {status_of(begun[0])}, "
                     f"{retries} retries {least / retries / SECOND:g} s apart take {least / SECOND:g} s")
    if machine.action == "LogStatusNotification" and len(begun) not in (1, retries + 1):
        wrong.append(f"{status_of(begun[0])} {len(begun)} times, with {retries} retries it is told 1 or {retries + 1}")
    return wrong


def faults(
    request: Message, messages: Sequence[Message], machine: Machine, final: str,
    others: Sequence[object] = (), tolerance: int = 0,
) -> list[str]:
    """What is wrong with the sequence; `final` offers terminal statuses, `others` the ids of other requests,
    `tolerance` (ns) is what intervals may lack."""
    wrong = [
        f"{status_of(m)} with requestId {id_of(m)!r}, asked was {id_of(request)!r}"
        for m in messages
        if machine.numbered and id_of(m) != id_of(request) and id_of(m) not in others and status_of(m) != "Idle"
    ]
    before = ""
    for message in mine(request, messages, machine):
        status = status_of(message)
        if status not in machine.after.get(before, frozenset()) and not _retried(request, before, status):
            wrong.append(f"{status} after {before or 'the request'}")
        before = status
    if before not in final.split(" or "):
        wrong.append(f"it ended in {before or 'nothing'}")
    return wrong + _hurried(request, mine(request, messages, machine), machine, tolerance)


def by_action(action: str, numbered: bool) -> Machine:
    """The machine of a notification."""
    return next(m for m in _MACHINES.values() if m.action == action and m.numbered is numbered)
