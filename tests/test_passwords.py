"""Which password is in force, read from the wire alone."""

from __future__ import annotations

import base64
import json
from itertools import count

import pytest
from hypothesis import given
from hypothesis import strategies as st

from harness.journal import Direction, Ended, HandshakeRequest, HandshakeResponse, Journal, Step, Text
from harness.oracle.transcript import Transcript
from harness.passwords import Passwords, basic_of, password_of, sets_password
from harness.rpc.dialect import DIALECTS
from harness.rpc.link import Instant

OLD, NEW = b"the old password 1", b"a password that is new"
IDS = count(1)
IN, OUT = Direction.IN, Direction.OUT


class Told:
    """A journal that is being written while a ledger reads it."""

    def __init__(self, version: str = "2.0.1", shown: bool = True) -> None:
        self.version, self.journal = version, Journal()
        self.transcript = Transcript(self.journal, DIALECTS[version])
        self.passwords = Passwords("CS001", OLD, shown)

    def add(self, body: object, link: int = 1) -> None:
        self.journal.append(link, body, Instant(1, 1))  # type: ignore[arg-type]

    def learn(self) -> Passwords:
        self.passwords.learn(self.transcript)
        return self.passwords

    def change(self, password: bytes, status: str | None = "Accepted", link: int = 1) -> Told:
        """`status` None: no answer came."""
        id = f"m{next(IDS)}"
        if self.version == "1.6":
            action, payload, answer = "ChangeConfiguration", {"key": "AuthorizationKey", "value": password.hex()}, {
                "status": status}
        else:
            place = {"component": {"name": "SecurityCtrlr"}, "variable": {"name": "BasicAuthPassword"}}
            action, payload = "SetVariables", {"setVariableData": [place | {"attributeValue": password.decode()}]}
            answer = {"setVariableResult": [place | {"attributeStatus": status}]}  # type: ignore[dict-item]
        self.add(Text(OUT, json.dumps([2, id, action, payload])), link)
        if status is not None:
            self.add(Text(IN, json.dumps([3, id, answer])), link)
        return self

    def comes(self, password: bytes, status: int = 101, link: int = 2, user: str = "CS001") -> Told:
        token = base64.b64encode(user.encode() + b":" + password).decode()
        self.add(HandshakeRequest(IN, f"/ocpp/{user}", (("Authorization", f"Basic {token}"),)), link)
        self.add(HandshakeResponse(OUT, status), link)
        return self


@pytest.mark.parametrize("version", ["1.6", "2.0.1"])
@pytest.mark.parametrize(
    ("status", "likely"),
    [("Accepted", (NEW, OLD)), ("RebootRequired", (NEW, OLD)), ("Rejected", (OLD, NEW)), (None, (OLD, NEW))],
)
def test_until_somebody_is_let_in_both_are_possible(version, status, likely) -> None:
    passwords = Told(version).change(NEW, status).learn()
    assert passwords.likely == likely
    assert passwords.changed
    assert not passwords.certain


@pytest.mark.parametrize("password", [OLD, NEW])
def test_who_is_let_in_says_which_one_it_is(password) -> None:
    passwords = Told().change(NEW).comes(password).learn()
    assert passwords.likely == (password,)
    assert passwords.changed is (password == NEW)


@pytest.mark.parametrize(
    "told",
    [
        Told().change(NEW).comes(NEW, status=401),
        Told().change(NEW).comes(b"a third", link=2),
        Told().change(NEW).comes(NEW, user="CS002"),
    ],
)
def test_what_says_nothing(told) -> None:
    assert not told.learn().certain


def test_before_the_restart_the_old_one_goes_on() -> None:
    told = Told().change(NEW, "RebootRequired").comes(OLD)
    assert told.learn().likely == (NEW, OLD)
    assert told.comes(NEW, link=3).learn().likely == (NEW,)


def test_back_to_the_old_one_all_is_as_before() -> None:
    told = Told().change(NEW).comes(NEW).change(OLD, link=2).comes(OLD, link=3)
    assert told.learn().changed is False
    assert told.passwords.statement("station", "the SUT file") == ""


def test_the_password_of_another_station_of_ours_does_not_count() -> None:
    told = Told().comes(b"its own", user="CS002", link=7)
    assert told.change(NEW, link=7).learn().changed is False


def test_where_no_password_is_shown_the_answer_has_to_do() -> None:
    assert Told(shown=False).change(NEW).learn().likely == (NEW,)
    assert Told(shown=False).change(NEW, "Rejected").learn().likely == (OLD, NEW)


def test_it_reads_on_from_where_it_was_and_from_the_beginning_in_the_next_scenario() -> None:
    told = Told().change(NEW)
    assert told.learn().likely == (NEW, OLD)
    told.comes(NEW)
    assert told.learn().likely == (NEW,)
    told.passwords.begins()
    told.journal = Journal()
    told.transcript = Transcript(told.journal, DIALECTS["2.0.1"])
    assert told.comes(OLD).learn().likely == (NEW,)


def test_it_knows_with_what_a_connection_came() -> None:
    told = Told().comes(OLD, link=4)
    assert told.learn().shows(4) == OLD
    assert told.passwords.shows(5) is None
    told.add(Ended(IN, 1006), 4)
    assert told.learn().shows(4) is None


@pytest.mark.parametrize("sut", ["station", "csms"])
@pytest.mark.parametrize("sure", [True, False])
def test_the_statement_shows_no_password_and_says_where_it_stands(sut, sure) -> None:
    told = Told()
    told.add(Step("When x", 17, "password.feature"), 0)
    told.change(NEW)
    passwords = (told.comes(NEW) if sure else told).learn()
    passwords.refused = "nobody could"
    said = passwords.statement(sut, "environment variable STATION_PASSWORD")
    assert "SetVariables in password.feature, line 17" in said
    assert "environment variable STATION_PASSWORD" in said
    assert "Mend: set it back at the" in said
    assert said.endswith("could not be put back: nobody could")
    assert ("it is not known" in said) is not sure
    assert OLD.decode() not in said
    assert NEW.decode() not in said


def test_a_new_change_is_worth_a_new_attempt() -> None:
    told = Told().change(NEW)
    told.learn().refused = "nobody could"
    assert told.change(OLD).learn().refused
    assert told.change(b"yet another one, 1").learn().refused == ""


@pytest.mark.parametrize(
    ("payload", "expected"),
    [
        ({"key": "authorizationKEY", "value": "00fF3a"}, b"\x00\xff:"),
        ({"key": "AuthorizationKey", "value": "no hex"}, b"no hex"),
        ({"key": "AuthorizationKey"}, None),
        ({"key": "Other", "value": "00"}, None),
        ({"setVariableData": [{"component": {"name": "SecurityCtrlr"}, "variable": {"name": "BasicAuthPassword"},
                               "attributeValue": "x"}]}, b"x"),
        ({"setVariableData": [{"component": {"name": "Other"}, "variable": {"name": "BasicAuthPassword"},
                               "attributeValue": "x"}]}, None),
        ({"setVariableData": {}}, None),
        ({"setVariableData": [3, {}, {"component": 4}]}, None),
        ([], None),
        (None, None),
    ],
)
def test_what_sets_a_password(payload, expected) -> None:
    assert password_of(payload) == expected


@pytest.mark.parametrize(
    ("version", "first", "expected"),
    [
        ("1.6", b"\xff\x00", {"key": "AuthorizationKey", "value": "ff00"}),
        ("2.0.1", "pässword".encode(), "pässword"),
        ("2.0.1", b"\xff\x00", None),
    ],
)
def test_the_request_that_puts_it_back(version, first, expected) -> None:
    request = Passwords("CS001", first).request(version)
    if version == "1.6" or request is None:
        assert (request.payload if request else None) == expected
    else:
        (entry,) = request.payload["setVariableData"]
        assert sets_password(entry)
        assert entry["attributeValue"] == expected


@given(st.text(max_size=40))
def test_any_header_can_be_read(header: str) -> None:
    basic_of(header)
    basic_of(f"Basic {header}")


@given(st.recursive(st.none() | st.integers() | st.text(max_size=9), lambda inner: st.lists(inner, max_size=3) | (
    st.dictionaries(st.sampled_from(["key", "value", "setVariableData", "component", "variable", "name"]), inner))))
def test_any_payload_can_be_read(payload: object) -> None:
    password_of(payload)  # type: ignore[arg-type]


@given(st.lists(st.tuples(st.sampled_from([OLD, NEW, b"third"]), st.sampled_from(
    ["Accepted", "Rejected", "RebootRequired", None, 101, 401])), max_size=12))
def test_whatever_happens_the_one_let_in_last_is_in_force(events) -> None:
    """And something always is."""
    told = Told()
    for password, what in events:
        told = told.comes(password, what) if isinstance(what, int) else told.change(password, what)
    passwords = told.learn()
    assert passwords.likely
    assert len(set(passwords.likely)) == len(passwords.likely)
    if events and events[-1][1] == 101 and passwords.certain and events[-1][0] in passwords.likely:
        assert passwords.in_force == events[-1][0]


def test_what_is_printed_of_it_shows_no_password() -> None:
    known = Passwords("CS001", b"of the file", likely=(b"set by a scenario",), awaiting=b"after a restart")
    known._credentials[1] = ("CS001", "ws://here", b"shown at the door")
    shown = repr(known)
    for secret in ("of the file", "set by a scenario", "after a restart", "shown at the door"):
        assert secret not in shown
