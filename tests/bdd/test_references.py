"""Words in cells: what they stand for, and who is told when they stand for nothing here."""

from __future__ import annotations

import json
from types import SimpleNamespace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from harness import references, resources
from harness.facts import Facts, Token
from harness.oracle.verdict import HarnessFault, Inconclusive
from harness.security import declaration, papers
from harness.security.pki import Pki
from harness.security.wardrobe import Wardrobe

PKI = Pki(declaration.load(resources.root() / "certs" / "default.toml"))
FACTS = Facts("2.0.1", {"valid": Token("A1", "eMAID", group="G"), "no_credit": Token("N")},
              {"identity": "CS001", "serial": "SN-7"})
WALL = 1_777_636_800 * 1_000_000_000  # 2026-05-01T12:00:00Z


def world(**more: Any) -> Any:
    setting = SimpleNamespace(url="ws://first/ocpp", certificates=Wardrobe(0, PKI), second=None, identity="CS001")
    made = {"setting": setting, "first_password": b"secret", "hosted": SimpleNamespace(url=""), "named": {}} | more
    made["named"] = made["named"].__getitem__
    return SimpleNamespace(**made)


@pytest.mark.parametrize(("words", "value"), [
    ("the valid idToken", "A1"),
    ("the type of the valid idToken", "eMAID"),
    ("the group of the valid idTag", "G"),
    ("the no credit idToken", "N"),
    ("the identity", "CS001"),
    ("the serial", "SN-7"),
])
def test_facts_of_the_sut_file(words: str, value: str) -> None:
    assert references.fact(FACTS, words) == value


def test_a_token_that_the_file_lacks_is_inconclusive_and_a_word_that_is_none_a_mistake() -> None:
    with pytest.raises(Inconclusive, match="blocked token"):
        references.fact(FACTS, "the blocked idToken")
    with pytest.raises(HarnessFault, match="the weather"):
        references.fact(FACTS, "the weather")


def test_papers_of_the_run() -> None:
    assert references.papers(world(), "the password") == "secret"
    assert references.papers(world(), "the address") == "ws://first/ocpp"
    assert references.papers(world(hosted=SimpleNamespace(url="ws://heard/ocpp")), "the address") == "ws://heard/ocpp"
    for word in papers.FACTS:
        if word not in ("signing request", "responderURL"):
            assert references.papers(world(), f"the {word} of the CSMS root") == papers.fact(PKI, word, "CSMS root")
    assert references.papers(world(), "the identity") is None


def test_a_certificate_for_a_request_is_made_of_it() -> None:
    request = SimpleNamespace(payload={"csr": papers.fact(PKI, "signing request", "station certificate")})
    made = world(named={"request": (SimpleNamespace(payload={}), request), "empty": (SimpleNamespace(payload={}),)})
    assert str(references.papers(made, 'the certificate for "request"')).startswith("-----BEGIN CERTIFICATE")
    with pytest.raises(Inconclusive, match="no csr"):
        references.papers(made, 'the certificate for "empty"')


@pytest.mark.parametrize(("words", "more", "told"), [
    ("the password", {"first_password": None}, "no password"),
    ("the certificate of the CSMS root", {"setting": SimpleNamespace(certificates=None)}, "pki create"),
    ("the certificate of the rotten CSMS certificate", {}, "rotten"),
    ("the second identity", {}, "second_identity"),
])
def test_what_this_run_has_not_is_inconclusive(words: str, more: dict[str, Any], told: str) -> None:
    with pytest.raises(Inconclusive, match=told):
        references.papers(world(**more), words)


@pytest.mark.parametrize(("text", "kind", "value"), [
    ("now", "string", "2026-05-01T12:00:00.000Z"),
    ("now + 90 s", "string", "2026-05-01T12:01:30.000Z"),
    ("now - 1 d", "string", "2026-04-30T12:00:00.000Z"),
    ("a text of 5 characters", "string", "xxxxx"),
    ("true", "boolean", True),
    ("yes", "boolean", "yes"),
    ("7", "integer", 7),
    ("7.5", "number", 7.5),
    ("-1e3", "number", -1000.0),
    ("seven", "integer", "seven"),
    ("nan", "number", "nan"),
    ("Infinity", "number", "Infinity"),
    ("1e999", "number", "1e999"),
    ("1_000", "integer", "1_000"),
    ("7", "string", "7"),
])
def test_text_takes_the_type_of_the_schema_where_it_fits(text: str, kind: str, value: object) -> None:
    found = references.typed(text, kind, WALL)
    assert (found, type(found)) == (value, type(value))


@given(st.text(), st.sampled_from(["string", "integer", "number", "boolean", "array"]))
def test_whatever_is_written_can_be_sent(text: str, kind: str) -> None:
    found = references.typed(text, kind, WALL)
    json.dumps(found, allow_nan=False)
    if kind == "string" and not text.startswith(("now", "a text of")):
        assert found == text
