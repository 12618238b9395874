"""No planted secret survives, in any spelling; what is no secret stays as it was."""

from __future__ import annotations

import base64
import json
from urllib.parse import quote, quote_plus

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from harness.journal import Direction, Event, HandshakeRequest, Note, Prompt, RawBytes, Text
from harness.report.masking import Masks
from harness.report.structure import MASK, credentials, shorten
from harness.rpc.link import Instant

PASSWORD = "correct horse battery"
TOKEN = "TAG0012345"
MASKS = Masks([PASSWORD], [TOKEN])

secrets = st.text(min_size=4, max_size=40).filter(lambda s: len(s.encode()) >= 4)
plain_secrets = st.text(st.characters(min_codepoint=33, max_codepoint=126), min_size=4, max_size=40)
around = st.text(max_size=30)


def json_escape_all(text: str) -> str:
    units = text.encode("utf-16-be")
    return "".join(f"\\u{units[i:i + 2].hex()}" for i in range(0, len(units), 2))


SPELLINGS = {
    "text": lambda s: s,
    "JSON": lambda s: json.dumps(s)[1:-1],
    "JSON, not ASCII": lambda s: json.dumps(s, ensure_ascii=False)[1:-1],
    "JSON, all escaped": json_escape_all,
    "JSON, solidus escaped": lambda s: json.dumps(s)[1:-1].replace("/", "\\/"),
    "percent": lambda s: quote(s, safe=""),
    "form": quote_plus,
    "hex": lambda s: s.encode().hex(),
    "HEX": lambda s: s.encode().hex().upper(),
    "hex with colons": lambda s: s.encode().hex(":"),
    "base64": lambda s: base64.b64encode(s.encode()).decode(),
    "base64url": lambda s: base64.urlsafe_b64encode(s.encode()).decode().rstrip("="),
}


@pytest.mark.parametrize("spelling", SPELLINGS)
@settings(max_examples=60, deadline=None)
@given(secret=secrets, before=around, after=around)
def test_a_declared_secret_survives_in_no_spelling(spelling: str, secret: str, before: str, after: str) -> None:
    planted = SPELLINGS[spelling](secret)
    # Beside a base64 letter the planted run is not base64 of the secret any more, but of something else.
    gap = "|" if "base64" in spelling else ""
    masked = Masks([secret]).text(f"{before}{gap}{planted}{gap}{after}")
    assert planted not in masked


@settings(max_examples=150, deadline=None)
@given(user=st.text(max_size=20), secret=secrets)
def test_basic_credentials_lose_the_password_whoever_the_user_is(user: str, secret: str) -> None:
    pair = base64.b64encode(f"{user}:{secret}".encode()).decode()
    for masks in (Masks([secret]), Masks()):
        for text in (f"Authorization: Basic {pair}\r\n", f'{{"h":"Basic {pair}"}}'):
            assert pair not in masks.text(text)
        assert pair not in masks.header("AUTHORIZATION", f"Basic {pair}")
        assert pair not in masks.header("authorization", pair)
    assert base64.b64encode(f"{user}:{secret}".encode()).decode() not in Masks([secret]).text(f"x {pair} y")


@settings(max_examples=100, deadline=None)
@given(prefix=st.binary(max_size=12), secret=secrets, suffix=st.binary(max_size=12))
def test_base64_of_anything_around_the_secret_goes_whole(prefix: bytes, secret: str, suffix: bytes) -> None:
    encoded = base64.b64encode(prefix + secret.encode() + suffix).decode()
    assert Masks([secret]).text(f'"{encoded}"') == f'"{MASK}"'


@settings(max_examples=100, deadline=None)
@given(secret=st.binary(min_size=4, max_size=40), before=st.binary(max_size=9), after=st.binary(max_size=9))
def test_bytes_are_masked_as_bytes(secret: bytes, before: bytes, after: bytes) -> None:
    assert secret not in Masks([secret]).data(before + secret + after)


def test_a_secret_that_is_hex_is_masked_as_the_bytes_it_stands_for() -> None:
    key = "00c0ffee" * 4
    header = base64.b64encode(b"CS-1:" + bytes.fromhex(key)).decode()
    assert header not in Masks([key]).text(f"seen {header}")


def test_a_secret_in_a_header_with_surrogate_escapes_is_masked() -> None:
    seen = "pässwörd".encode().decode("ascii", "surrogateescape")
    assert Masks(["pässwörd"]).text(f"x{seen}y") == f"x{MASK}y"


def test_many_backslashes_are_no_trap() -> None:
    secret = "\\" * 39 + "x"
    assert Masks([secret]).text("\\" * 5000 + "y") == "\\" * 5000 + "y"
    assert secret not in Masks([secret]).text(json.dumps(secret))


@settings(max_examples=100, deadline=None)
@given(token=plain_secrets, before=around, after=around)
def test_no_full_token_survives(token: str, before: str, after: str) -> None:
    masked = Masks(tokens=[token]).text(before + token + after)
    assert token not in masked or token in before + after


@pytest.mark.parametrize(("token", "kept"), [
    ("", ""), ("A", MASK), ("TAG001", MASK), ("SEVENTY", MASK), ("EIGHTEEN", "EI***EN"), (TOKEN, "TA***45"),
    ("TA***45", "TA***45"),
])
def test_what_stays_of_a_token(token: str, kept: str) -> None:
    assert shorten(token) == kept
    assert shorten(shorten(token)) == kept


def test_tokens_are_found_in_any_case_and_in_their_members_even_if_undeclared() -> None:
    assert MASKS.text(f"saw {TOKEN.lower()}") == "saw ta***45"
    assert Masks().text('{"idTag": "stranger99"}') == '{"idTag": "st***99"}'
    assert Masks().text('{"idToken":{"idToken":"abc","type":"x"}}') == '{"idToken":{"idToken":"***","type":"x"}}'
    assert Masks().value({"idToken": {"idToken": "stranger99"}}) == {"idToken": {"idToken": "st***99"}}


CONFIGURATION = {
    "ChangeConfiguration": {"key": "AuthorizationKey", "value": "@"},
    "ChangeConfiguration, value first": {"value": "@", "key": "authorizationKEY"},
    "GetConfiguration": {"configurationKey": [{"key": "AuthorizationKey", "readonly": False, "value": "@"}]},
    "SetVariables": {"setVariableData": [
        {"attributeValue": "@", "component": {"name": "SecurityCtrlr"}, "variable": {"name": "BasicAuthPassword"}}]},
    "NotifyReport": {"reportData": [
        {"variableAttribute": [{"type": "Actual", "value": "@"}], "variable": {"name": "BasicAuthPassword"}}]},
    "SetNetworkProfile": {"connectionData": {"basicAuthPassword": "@", "apn": {"apnPassword": "@"},
                                             "vpn": {"password": "@", "key": "@"}}},
}


@pytest.mark.parametrize("name", CONFIGURATION)
@settings(max_examples=30, deadline=None)
@given(password=st.text(st.characters(blacklist_categories=("Cs",)), min_size=1, max_size=40).map(lambda s: f"~{s}~"))
def test_configuration_secrets_go_even_if_undeclared(name: str, password: str) -> None:
    payload = json.loads(json.dumps(CONFIGURATION[name]).replace('"@"', json.dumps(password)))
    for spelling in (json.dumps, lambda v: json.dumps(v, ensure_ascii=False, indent=1)):
        text = spelling([2, "1", "X", payload])
        masked = Masks().text(text)
        assert json.dumps(password)[1:-1] not in masked
        assert json.loads(masked) == [2, "1", "X", Masks().value(payload)]
        assert password not in json.dumps(Masks().value(payload), ensure_ascii=False)


@pytest.mark.parametrize("text", [
    '[2,"1","ChangeConfiguration",{"key":"AuthorizationKey","value":"hidden-one"',
    '[2,"1","ChangeConfiguration",{"key":"AuthorizationKey","value":"hidden-one","value":"x"}]',
    '[2,"1","ChangeConfiguration",{"k\\u0065y":"AuthorizationKey","v\\u0061lue":"hidden-one"}]',
    '{"password":"hidden-one',
    '{"password":hidden-one}',
    '{"private_key":"hidden-one"}',
    '{"private_key":"hidden-one',
    '[2,"1","ChangeConfiguration",{"key":"SIM_PIN","value":"hidden-one"}]',
    '[2,"1","ChangeConfiguration",{"key":"SIM_PIN","value":"hidden-one"',
    '[2,"1","ChangeConfiguration",{"key":"Pass_Phrase","value":"hidden-one","note":"é"}]',
])
def test_broken_or_disguised_configuration_messages_hide_nothing(text: str) -> None:
    assert "hidden-one" not in Masks().text(text)


def test_a_value_beside_the_secret_stays_as_it_was_written() -> None:
    text = '{"a": [{"key":"HeartbeatInterval","value":"3.00"}, {"key":"AuthorizationKey","value":"zz"}], "n": 1.0}'
    assert Masks().text(text) == text.replace('"zz"', '"***"')


@pytest.mark.parametrize(("value", "kept"), [
    ("Basic " + base64.b64encode(b"CS-1:secret").decode(), "Basic *** (user CS-1)"),
    ("Basic not!base64", "Basic ***"), ("Bearer abc", "Bearer ***"), ("Digest username=x", "Digest ***"),
    ("nothing-known", "***"), ("Basic abc***:def", "Basic ***"),
])
def test_authorization_values(value: str, kept: str) -> None:
    assert credentials(value) == kept
    assert credentials(kept) == kept or kept == "***"


@pytest.mark.parametrize("value", ["Digest username=hidden-one", "Basic hidden-one", "hidden-one", "Own hidden-one x"])
def test_the_authorization_header_is_masked_whatever_its_scheme(value: str) -> None:
    raw = f"GET / HTTP/1.1\r\nAUTHORIZATION: {value}\r\nHost: x\r\n\r\n".encode()
    assert b"hidden-one" not in Masks().data(raw)
    assert Masks().data(raw).endswith(b"\r\nHost: x\r\n\r\n")
    request = HandshakeRequest(Direction.IN, "/", (("authorization", value), ("Host", "x")))
    masked = Masks().event(Event(0, Instant(0, 0), 1, request)).body
    assert "hidden-one" not in repr(masked)
    assert isinstance(masked, HandshakeRequest)
    assert masked.headers[1] == ("Host", "x")


@pytest.mark.parametrize("spelling", ["JSON, all escaped", "percent"])
def test_an_escaped_token_is_masked(spelling: str) -> None:
    planted = SPELLINGS[spelling]("TAG/0012/45")
    assert planted != "TAG/0012/45"
    assert Masks(tokens=["TAG/0012/45"]).text(f"<{planted}>") == "<***>"


def test_private_keys_bearers_and_url_passwords() -> None:
    # In two parts, lest a scanner take the dummy for a key.
    pem = "-----BEGIN EC " + "PRIVATE KEY-----\nMHcCAQEE\n-----END EC " + "PRIVATE KEY-----"
    masked = Masks().text(f"a {pem} b")
    assert "MHcCAQEE" not in masked
    assert masked.endswith("KEY----- b")
    assert "MHcCAQEE" not in Masks().text(json.dumps({"x": pem})[:60])
    assert Masks().text("got Bearer abc.def-ghi_jkl") == "got Bearer ***"
    assert Masks().text("ftp://me:hunter2@host/x") == "ftp://me:***@host/x"


@pytest.mark.parametrize("text", [
    '[2,"19223201","BootNotification",{"reason":"PowerUp"}]',
    "Basic authentication is required", "-----BEGIN CERTIFICATE-----\nMIIB\n-----END CERTIFICATE-----",
    "ws://127.0.0.1:9000/CS-1", '{"key":"HeartbeatInterval","value":"300"}', "été ✓ \\u0041 %20",
    '{"component":{"name":"AuthCtrlr"},"variable":{"name":"Enabled"},"attributeValue":"true"}',
])
def test_harmless_text_is_left_alone(text: str) -> None:
    assert MASKS.text(text) == text


def test_masking_twice_changes_nothing_more() -> None:
    pair = base64.b64encode(b"u:" + PASSWORD.encode()).decode()
    text = f'{PASSWORD} {{"idTag":"{TOKEN}"}} Authorization: Basic {pair}'
    assert MASKS.text(MASKS.text(text)) == MASKS.text(text)


def test_all_fields_of_events_are_masked_and_the_rest_stays() -> None:
    pair = base64.b64encode(f"CS:{PASSWORD}".encode()).decode()
    bodies = [
        HandshakeRequest(Direction.IN, f"/CS?p={quote(PASSWORD)}", (("Authorization", f"Basic {pair}"),),
                         f"GET / HTTP/1.1\r\nAuthorization: Basic {pair}\r\n\r\n".encode()),
        Text(Direction.IN, json.dumps([2, "1", "Authorize", {"idTag": TOKEN, "x": PASSWORD}])),
        RawBytes(Direction.OUT, b"\xff" + PASSWORD.encode()),
        Prompt("present", {"token": TOKEN, "deep": [{"password": PASSWORD}]}),
        Note("tls", PASSWORD, {"key": PASSWORD.encode().hex()}),
    ]
    for body in bodies:
        masked = MASKS.event(Event(3, Instant(1, 2), 4, body))
        shown = repr(masked)
        assert not any(form in shown for form in (PASSWORD, quote(PASSWORD), TOKEN, pair, PASSWORD.encode().hex()))
        assert (masked.number, masked.at, masked.link, type(masked.body)) == (3, Instant(1, 2), 4, type(body))
    clean = Event(0, Instant(0, 0), 1, Text(Direction.OUT, "[3,\"1\",{}]"))
    assert MASKS.event(clean) == clean
