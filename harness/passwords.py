"""Which Basic password the SUT goes by, when scenarios have changed it.

BasicAuthPassword (2.x, A01) and AuthorizationKey (1.6) can be written and not read, so nobody can ask for the old one:
it is that of the SUT file, and what a scenario set is read from the wire. What is likely becomes certain with the next
handshake that is let in. Pure: read from the journal, answered with requests and with words that show no password.
"""

from __future__ import annotations

import base64
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from harness.journal import Ended, Event, HandshakeRequest, HandshakeResponse, Step
from harness.oracle.transcript import Message, Transcript
from harness.restoring import Request
from harness.rpc.frame import Json, Result
from harness.rpc.link import Handshake

LEFT_KEY = "ocpp-harness-left"
"""The name under which what a run leaves behind travels in `report.user_properties`."""
_KEY = "authorizationkey"
_VARIABLE = ("securityctrlr", "basicauthpassword")
_NONSENSE = (KeyError, TypeError, AttributeError)
ACTIONS = frozenset({"ChangeConfiguration", "SetVariables"})
"""The requests by which a CSMS gives a station a password."""


@dataclass
class Passwords:
    """Kept for a run. `first` is that of the SUT file, `identity` the station's; `shown`: handshakes carry it.

    `likely` are those that may be in force, the likeliest first; `awaiting` counts only after a restart."""

    identity: str
    first: bytes = field(repr=False)
    shown: bool = True
    likely: tuple[bytes, ...] = field(default=(), repr=False)
    awaiting: bytes | None = field(default=None, repr=False)
    origin: str = ""
    """Where the last change was asked for."""
    refused: str = ""
    """Why the old one could not be put back; while it stands nobody tries again."""
    _credentials: dict[int, tuple[str, str, bytes | None]] = field(default_factory=dict, repr=False)
    _step: str = ""
    _read: int = 0

    def __post_init__(self) -> None:
        self.likely = self.likely or (self.first,)

    @property
    def in_force(self) -> bytes:
        """The one to go by."""
        return self.likely[0]

    @property
    def certain(self) -> bool:
        return len(self.likely) == 1

    @property
    def changed(self) -> bool:
        """Whether another than that of the SUT file is, or may be, in force."""
        return self.likely != (self.first,)

    def begins(self) -> None:
        """A scenario begins, with a journal of its own."""
        self._read, self._step = 0, ""

    def learn(self, transcript: Transcript) -> None:
        """Take in what is new in the journal. What is not as it should be tells nothing."""
        events = transcript.journal.since(self._read)  # first: the transcript may know more by then, and not less
        said = {message.number: message for message in transcript.messages() if message.number >= self._read}
        for event in events:
            self._read = event.number + 1
            if event.number in said:
                self._message(said[event.number])
            else:
                self._follow(event)

    def shows(self, link: int) -> bytes | None:
        """The password with which that connection came, None for none."""
        return self._credentials.get(link, ("", "", None))[2]

    # ---- what the wire tells -------------------------------------------------------------------------

    def _follow(self, event: Event) -> None:
        body = event.body
        if isinstance(body, Step):
            self._step = f"{body.file}, line {body.line}"
        elif isinstance(body, HandshakeRequest):
            asked = Handshake(body.target, body.headers)
            self._credentials[event.link] = (asked.identity, *basic_of(asked.authorization))
        elif isinstance(body, HandshakeResponse) and body.upgraded:
            identity, user, password = self._credentials.get(event.link, ("", "", None))
            if identity == user == self.identity and password is not None:
                self._let_in(password)
        elif isinstance(body, Ended):
            self._credentials.pop(event.link, None)

    def _let_in(self, password: bytes) -> None:
        if password in self.likely and self.awaiting in (None, password):
            self.likely, self.awaiting = (password,), None

    def _message(self, message: Message) -> None:
        if message.action not in ACTIONS or not self._of_the_station(message.link):
            return
        request = message if message.is_request else message.request
        password = password_of(request.payload) if request is not None else None
        if password is None:
            return
        if message.is_request:
            self.likely = (*self.likely, password) if password not in self.likely else self.likely
            if password != self.first:
                self.origin = f"{message.action} in {self._step}" if self._step else message.action
                self.refused = ""
        else:
            self._answered(password, status_of(message))

    def _answered(self, password: bytes, status: str) -> None:
        others = tuple(one for one in self.likely if one != password)
        if status in ("Accepted", "RebootRequired"):
            self.likely = (password, *others) if self.shown else (password,)
            self.awaiting = password if status == "RebootRequired" and others else None
        elif others:
            self.likely = (*others, password)

    def _of_the_station(self, link: int) -> bool:
        """Not of another station of ours; what stood before the scenario is the station's."""
        return self._credentials.get(link, (self.identity,))[0] == self.identity

    # ---- what can be done and said about it ----------------------------------------------------------

    def request(self, version: str) -> Request | None:
        """What gives the station the password of the SUT file again; None where it cannot be written that way."""
        if version == "1.6":
            payload = {"key": "AuthorizationKey", "value": self.first.hex()}
            return Request("ChangeConfiguration", payload, "the password")
        try:
            text = self.first.decode()
        except UnicodeDecodeError:
            return None
        place = {"component": {"name": "SecurityCtrlr"}, "variable": {"name": "BasicAuthPassword"}}
        return Request("SetVariables", {"setVariableData": [place | {"attributeValue": text}]}, "the password")

    def statement(self, sut: str, source: str) -> str:
        """Who goes by which password now, and how to mend it, without showing any; "" where all is as in the SUT file.

        `source`: where the SUT file has its password from."""
        if not self.changed:
            return ""
        ours = f"that of the SUT file (connection.password, from {source})"
        does = f"the station {self.identity} goes by" if sut == "station" else (
            f"the CSMS expects of station {self.identity}")
        other = f"the one that came with {self.origin}"
        told = (f"{does} {other} now, and no longer {ours}" if self.certain
                else f"it is not known which password {does}: {ours}, or {other}")
        mend = (f"set it back at the {'station' if sut == 'station' else 'CSMS'}, or give the new one to "
                "connection.password")
        return f"{told}. Mend: {mend}" + (f". It could not be put back: {self.refused}" if self.refused else "")


def basic_of(header: str | None) -> tuple[str, bytes | None]:
    """User and password of a Basic header (RFC 7617); "" and None where it has none."""
    scheme, _, token = (header or "").partition(" ")
    if scheme.lower() != "basic":
        return "", None
    try:
        user, colon, password = base64.b64decode(token.strip(), validate=True).partition(b":")
    except ValueError:
        return "", None
    return (user.decode("utf-8", "surrogateescape"), password) if colon else ("", None)


def sets_password(entry: Mapping[str, Any]) -> bool:
    """Whether that element of SetVariables, or of its answer, is about the password."""
    try:
        return (entry["component"]["name"].lower(), entry["variable"]["name"].lower()) == _VARIABLE
    except _NONSENSE:
        return False


def password_of(payload: Json) -> bytes | None:
    """The password that a request of a CSMS gives the station, if any; 1.6 writes it in hexadecimal (A00.FR.205)."""
    if not isinstance(payload, dict):
        return None
    if str(payload.get("key")).lower() == _KEY and isinstance(value := payload.get("value"), str):
        try:
            return bytes.fromhex(value)
        except ValueError:
            return value.encode("utf-8", "surrogatepass")
    given = [entry.get("attributeValue") for entry in _entries(payload, "setVariableData") if sets_password(entry)]
    texts = [value for value in given if isinstance(value, str)]
    return texts[-1].encode("utf-8", "surrogatepass") if texts else None


def status_of(answer: Message) -> str:
    """How the station answered such a request; "" for an answer that says nothing about it."""
    payload = answer.payload
    if not isinstance(answer.frame, Result) or not isinstance(payload, dict):
        return ""
    results = [entry.get("attributeStatus") for entry in _entries(payload, "setVariableResult") if sets_password(entry)]
    return str(results[-1] if results else payload.get("status", ""))


def _entries(payload: Mapping[str, Any], name: str) -> list[Mapping[str, Any]]:
    found = payload.get(name)
    return [entry for entry in found if isinstance(entry, dict)] if isinstance(found, list) else []
