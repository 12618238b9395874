"""The short cuts for text messages tell the same as the long way."""

from __future__ import annotations

import json
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from harness.journal import Direction, Event, Text
from harness.report import masking
from harness.report.evidence import Header, JournalFile, event_to_json, load, verify
from harness.report.masking import Masks
from harness.rpc.link import Instant

WORDS = st.sampled_from([
    "BASIC ", "Bearer", "authorIZ", "private key", "PassW", "passphrase", "secret", "simPin", "privatekey", "idTag",
    "idToken", "\\u00e9", "wss://", "hunter22", "HUNTER22", "aHVudGVyMjI", "4f7a9b12", "x", '"', ":", " ", "é",
    "ſecret",
])
TEXTS = st.lists(WORDS, max_size=8).map("".join)


@given(TEXTS)
def test_the_plain_search_for_hints_finds_what_the_pattern_finds(text: str) -> None:
    assert Masks._hinted(text) == (masking._HINT.search(text.replace("_", "")) is not None)


@given(TEXTS)
def test_a_text_message_is_masked_like_any_text(text: str) -> None:
    masks = Masks(["hunter22"], ["4F7A9B12"])
    body = masks.event(Event(0, Instant(1, 2), 1, Text(Direction.IN, text))).body
    assert isinstance(body, Text)
    assert body.data == masks.text(text)
    assert "hunter22" not in body.data
    assert "aHVudGVyMjI" not in body.data
    assert "4f7a9b12" not in body.data.lower()


@given(TEXTS | st.text(st.sampled_from("huntr2HUNTER 0123456789abcdefABCDEF:-+/=%\\u*é"), max_size=40))
@example("68 75-6e:74 65 72 32 32")
@example("6875 6e7465723232")
@example("hunter22hunter22")
def test_what_the_plain_searches_call_clean_no_pattern_changes(text: str) -> None:
    masks, thorough = (Masks(["hunter22", b"\x00\x01\x02\xff", "c0ffee11"], ["4F7A9B12"]) for _ in range(2))
    thorough._clean = lambda text: False  # type: ignore[method-assign]
    assert masks.text(text) == thorough.text(text)


@pytest.mark.parametrize("hint", masking._HINTS)
def test_no_text_with_a_hint_passes_for_clean(hint: str) -> None:
    masks = Masks()
    assert masks._clean("a word and another")
    assert not masks._clean(f"a {hint} word")
    assert not masks._clean(f"a {hint.upper()} word")
    assert not masks._clean(f"a {'_'.join(hint)} word")


@given(st.lists(TEXTS | st.text(max_size=8), max_size=6))
def test_texts_searched_at_once_are_masked_like_each_alone(texts: list[str]) -> None:
    masks = Masks(["hunter22", b"\x00\x01\x02\xff", "multi\nline"], ["4F7A9B12"])
    assert list(masks.texts(texts)) == [masks.text(text) for text in texts]


def test_ordinary_messages_are_clean_and_secret_ones_are_not() -> None:
    masks = Masks(["hunter22"], ["4F7A9B12"])
    assert masks._clean('[2,"1","StatusNotification",{"connectorStatus":"Available"}]')
    for secret in ("hunter22", "HUNTER22", "68756e7465723232", "aHVudGVyMjI=", "4f7a9b12", "Basic x", "wss://a:b@c"):
        assert not masks._clean(f"a {secret} b"), secret


@given(st.text(), st.integers(0, 10**12), st.integers(0, 2 * 10**18), st.integers(1, 5), st.booleans())
def test_a_text_is_written_byte_for_byte_as_by_the_general_way(
    text: str, monotonic: int, wall: int, fragments: int, compressed: bool
) -> None:
    event = Event(0, Instant(monotonic, wall), 3, Text(Direction.OUT, text, fragments, compressed))
    with TemporaryDirectory() as folder:
        path = Path(folder) / "journal.jsonl"
        file = JournalFile(path, Masks(), Header("x"))
        first = file.digest
        file([event])
        digest = file.close()
        assert not file.fault
        written = path.read_bytes().split(b"\n")[1]
        assert written == json.dumps({**event_to_json(event), "previous": first}, separators=(",", ":")).encode()
        assert load(path) == [event]
        assert verify(path, digest) == ()
