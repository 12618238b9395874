"""Monitor rules about the URLs that a CSMS hands out: where firmware is fetched, and logs are left."""

from __future__ import annotations

from collections.abc import Iterable
from urllib.parse import SplitResult, urlsplit

from harness.oracle.findings import CALLS, IN, Finding, Quiet, Rule, Severity, Wish
from harness.oracle.transcript import Message
from harness.rpc.frame import Json

URL_CREDENTIALS = Rule(
    "url-credentials", Severity.SHOULD, "It hands out a URL with credentials in it", "RFC 3986 3.2.1, 7.5"
)
URL_SCHEME = Rule(
    "url-scheme", Severity.SHOULD, "It hands out a URL of a protocol that no station names",
    "Part 2, FileTransferProtocols; 1.6 SupportedFileTransferProtocols",
)  # fmt: skip

_PLACES = {
    "GetDiagnostics": ("location",),
    "GetLog": ("log", "remoteLocation"),
    "PublishFirmware": ("location",),
    "SignedUpdateFirmware": ("firmware", "location"),
}
_SCHEMES = frozenset({"ftp", "ftps", "http", "https", "sftp"})
_IN_CLEAR = frozenset({"ftp", "http"})


class Urls(Quiet):
    """What stands in a URL is written to logs on both sides; a password in it is reported, and never repeated."""

    rules = (URL_CREDENTIALS, URL_SCHEME)

    def wishes(self) -> Iterable[Wish]:
        return (Wish(self._called, IN, CALLS, frozenset({*_PLACES, "UpdateFirmware"})),)

    def _called(self, message: Message) -> Iterable[Finding]:
        path = _path(message.action, message.payload)
        text = _at(message.payload, path)
        url = _split(text) if isinstance(text, str) else None
        if url is None:
            return
        where = f"{message.action}.{'.'.join(path)}"
        if url.username is not None or url.password is not None:
            what = "a password" if url.password else "a user name"
            clear = " in clear text" if url.scheme.lower() in _IN_CLEAR else ""
            shown = f"{url.scheme}://***@{url.hostname or ''}"
            yield Finding(URL_CREDENTIALS, f"{where} has {what}{clear} in it: {shown}", (message.number,), message.link)
        if url.scheme.lower() not in _SCHEMES:
            said = f"begins with {url.scheme[:20]!r}" if url.scheme else "has no scheme"
            yield Finding(URL_SCHEME, f"{where} {said}", (message.number,), message.link)


def _path(action: str, payload: Json) -> tuple[str, ...]:
    if action == "UpdateFirmware":  # that of 1.6 has no firmware
        return ("location",) if isinstance(payload, dict) and "location" in payload else ("firmware", "location")
    return _PLACES[action]


def _at(payload: Json, path: tuple[str, ...]) -> Json:
    for name in path:
        payload = payload.get(name) if isinstance(payload, dict) else None
    return payload


def _split(text: str) -> SplitResult | None:
    try:
        return urlsplit(text)
    except ValueError:
        return None  # the schema's matter
