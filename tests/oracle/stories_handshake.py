"""Opening handshakes: when that rule fires and when it is silent."""

from __future__ import annotations

from harness.journal import HandshakeRequest, HandshakeResponse
from tests.oracle.bench import IN, OUT, Record
from tests.oracle.stories import Story, fires, named, silent

_REQUEST = {
    "Host": "127.0.0.1", "Upgrade": "websocket", "Connection": "Upgrade", "Sec-WebSocket-Version": "13",
    "Sec-WebSocket-Key": "dGhlIHNhbXBsZSBub25jZQ==", "Sec-WebSocket-Protocol": "ocpp2.0.1, ocpp1.6",
    "Sec-WebSocket-Extensions": "permessage-deflate; client_max_window_bits",
}  # fmt: skip
_ANSWER = {
    "Upgrade": "websocket", "Connection": "Upgrade", "Sec-WebSocket-Accept": "s3pPLMBiTxaQ9kYGzzhZRbK+xOo=",
    "Sec-WebSocket-Protocol": "ocpp1.6",
}  # fmt: skip
# The key and its answer are those of RFC 6455 1.3.


def _headers(usual: dict[str, str], changed: dict[str, str | None]) -> tuple[tuple[str, str], ...]:
    return tuple((name, value) for name, value in (usual | changed).items() if value is not None)


def asked(**changed: str | None) -> Story:
    """A station asks so; underscores stand for hyphens, None for no such header."""
    headers = _headers(_REQUEST, {name.replace("_", "-"): value for name, value in changed.items()})

    def story(record: Record) -> None:
        record.add(HandshakeRequest(IN, "/CS001", headers))

    return story


def answered(status: int = 101, **changed: str | None) -> Story:
    """A CSMS answers so."""
    headers = _headers(_ANSWER, {name.replace("_", "-"): value for name, value in changed.items()})

    def story(record: Record) -> None:
        record.add(HandshakeRequest(OUT, "/CS001", tuple(_REQUEST.items())))
        record.add(HandshakeResponse(IN, status, headers=headers))

    return story


_BAD_REQUESTS: dict[str, dict[str, str | None]] = {
    "no_connection": {"Connection": None},
    "another_connection": {"Connection": "keep-alive"},
    "no_upgrade": {"Upgrade": None},
    "another_upgrade": {"Upgrade": "h2c"},
    "no_version": {"Sec_WebSocket_Version": None},
    "an_old_version": {"Sec_WebSocket_Version": "8"},
    "no_key": {"Sec_WebSocket_Key": None},
    "no_version_of_ocpp": {"Sec_WebSocket_Protocol": None},
    "an_empty_version_of_ocpp": {"Sec_WebSocket_Protocol": " , "},
    "a_short_key": {"Sec_WebSocket_Key": "c2hvcnQ="},
    "a_key_that_is_no_base64": {"Sec_WebSocket_Key": "caf\u00e9!"},
    "a_key_with_more_than_base64": {"Sec_WebSocket_Key": "dGhlIHNhbXBsZSBub25jZQ==!"},
}
_GOOD_REQUESTS: dict[str, dict[str, str | None]] = {
    "as_the_rfc_has_it": {},
    "lists_and_capitals": {"Connection": "keep-alive, upgrade", "Upgrade": "WebSocket"},
    "plain_http": dict.fromkeys((
        "Upgrade", "Connection", "Sec_WebSocket_Version", "Sec_WebSocket_Key", "Sec_WebSocket_Protocol",
        "Sec_WebSocket_Extensions",
    )),
    "without_extensions": {"Sec_WebSocket_Extensions": None},
}
_BAD_ANSWERS: dict[str, dict[str, str | None]] = {
    "answer_without_connection": {"Connection": None},
    "answer_without_upgrade": {"Upgrade": None},
    "answer_without_accept": {"Sec_WebSocket_Accept": None},
    "answer_to_another_key": {"Sec_WebSocket_Accept": "HSmrc0sMlYUkAGmm5OPpG2HaGWk="},
    "a_version_that_nobody_offered": {"Sec_WebSocket_Protocol": "ocpp2.1"},
    "two_versions": {"Sec_WebSocket_Protocol": "ocpp2.0.1, ocpp1.6"},
    "an_extension_that_nobody_offered": {"Sec_WebSocket_Extensions": "x-webkit-deflate-frame"},
    "one_extension_more": {"Sec_WebSocket_Extensions": "permessage-deflate, permessage-bzip2"},
}
_GOOD_ANSWERS: dict[str, dict[str, str | None]] = {
    "answer_of_the_rfc": {},
    "capitals": {"Connection": "Upgrade, keep-alive", "Upgrade": "WebSocket"},
    "no_version_in_common": {"Sec_WebSocket_Protocol": None},
    "an_extension_that_was_offered": {"Sec_WebSocket_Extensions": "permessage-deflate; server_no_context_takeover"},
}

for _name, _changed in _BAD_REQUESTS.items():
    fires("handshake")(named(_name, asked(**_changed)))
for _name, _changed in _GOOD_REQUESTS.items():
    silent("handshake")(named(_name, asked(**_changed)))
for _name, _changed in _BAD_ANSWERS.items():
    fires("handshake", "1.6", "csms")(named(_name, answered(**_changed)))  # type: ignore[arg-type]
for _name, _changed in _GOOD_ANSWERS.items():
    silent("handshake", "1.6", "csms")(named(_name, answered(**_changed)))  # type: ignore[arg-type]
silent("handshake", "1.6", "csms")(named("a_refusal", answered(401, Upgrade=None, Connection="close")))


@fires("handshake", "1.6", "csms")
def a_version_in_each_of_two_headers(record: Record) -> None:
    record.add(HandshakeRequest(OUT, "/CS001", tuple(_REQUEST.items())))
    headers = (*_ANSWER.items(), ("Sec-WebSocket-Protocol", "ocpp2.0.1"))
    record.add(HandshakeResponse(IN, 101, headers=headers))


@silent("handshake", "1.6", "csms")
def the_answer_was_recorded_without_headers(record: Record) -> None:
    record.opened()


@silent("handshake")
def our_own_answer_is_not_judged(record: Record) -> None:
    record.add(HandshakeRequest(IN, "/CS001", tuple(_REQUEST.items())))
    record.add(HandshakeResponse(OUT, 101, headers=(("Upgrade", "h2c"),)))


@silent("handshake", "1.6", "csms")
def our_own_request_is_not_judged(record: Record) -> None:
    record.add(HandshakeRequest(OUT, "/CS001", (("Upgrade", "websocket"),)))


@silent("handshake", "1.6", "csms")
def the_request_was_not_recorded(record: Record) -> None:
    record.add(HandshakeRequest(OUT, "/CS001"))
    record.add(HandshakeResponse(IN, 101, headers=tuple(_ANSWER.items())))


@fires("handshake")
def only_the_upgrade_tells_what_is_meant(record: Record) -> None:
    record.add(HandshakeRequest(IN, "/CS001", (("Host", "127.0.0.1"), ("Upgrade", "websocket"))))


@silent("handshake")
def recorded_without_headers(record: Record) -> None:
    record.opened()
