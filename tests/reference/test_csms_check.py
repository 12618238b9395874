"""The CSMS's own check of payloads agrees with the official schemas, though it shares nothing with them."""

from __future__ import annotations

import copy
from collections.abc import Iterator
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from harness.reference.csms.check import is_time, read
from harness.reference.csms.dialects import DIALECTS
from harness.rpc import schema
from tests.reference.csms_bench import Bench

REQUESTS = [(version, action) for version in ("1.6", "2.0.1") for action in sorted(DIALECTS[version].answers)]
ODD = [
    None, True, -1, 0, 1.5, 3.0, "", "x", "x" * 37, "x" * 6000, "2026-03-01T00:00:00", [], [1], {}, "remove", "surplus",
]


def places(value: Any, path: tuple[str | int, ...] = ()) -> Iterator[tuple[str | int, ...]]:
    items = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    for key, item in items:
        yield (*path, key)
        yield from places(item, (*path, key))


def spoilt(payload: Any, path: tuple[str | int, ...], odd: Any) -> Any:
    """A copy of `payload` with what stands at `path` replaced, removed or followed by a surplus member."""
    payload = copy.deepcopy(payload)
    place = payload
    for key in path[:-1]:
        place = place[key]
    if odd == "remove":
        del place[path[-1]]
    elif odd == "surplus" and isinstance(place, dict):
        place["surplus"] = 1
    else:
        place[path[-1]] = odd
    return payload


@pytest.mark.parametrize(("version", "action"), REQUESTS)
def test_it_agrees_with_the_official_schema(version: str, action: str):
    grammar = DIALECTS[version].grammar
    payload = Bench(version).default(action)
    assert grammar.fault(action, payload) is None
    for path in places(payload):
        for odd in ODD:
            bad = spoilt(payload, path, odd)
            official = schema.faults(version, action, "request", bad)  # type: ignore[arg-type]
            assert (grammar.fault(action, bad) is None) == (official == ()), (path, odd, official)


@pytest.mark.parametrize("version", ["1.6", "2.0.1"])
def test_it_knows_every_member_and_every_value_of_the_official_schema(version: str):
    """One member or value too few in our tables and a conforming station would be refused."""
    grammar = DIALECTS[version].grammar
    for action in sorted(grammar.actions):
        document = schema.document(version, action, "request")  # type: ignore[arg-type]
        assert grammar.names(action) == set(_names(document, document)), action


def _names(node: Any, document: Any, seen: tuple[str, ...] = ()) -> Iterator[str]:
    if "$ref" in node:
        name = node["$ref"].rsplit("/", 1)[1]
        if name not in seen:
            yield from _names(document["definitions"][name], document, (*seen, name))
        return
    yield from node.get("enum", ())
    for name, member in node.get("properties", {}).items():
        if name != "customData":
            yield name
            yield from _names(member, document, seen)
    if "items" in node:
        yield from _names(node["items"], document, seen)


@pytest.mark.parametrize("text", [
    "2026-03-01T00:00:00Z", "2026-03-01t00:00:00.123456789z", "2026-03-01T00:00:00+02:00", "2024-02-29T23:59:59-23:59",
    "2016-12-31T23:59:60Z",
])
def test_good_times(text: str):
    assert is_time(text)


@pytest.mark.parametrize("text", [
    "", "2026-03-01", "2026-03-01 00:00:00Z", "2026-03-01T00:00:00", "2026-03-01T00:00:00+02", "2026-02-29T00:00:00Z",
    "2026-13-01T00:00:00Z", "2026-03-01T24:00:00Z", "2026-03-01T00:00:00.Z", "2026-03-01T00:00:00+24:00",
    "2026-03-01T00:00:00Z\n", "٢٠٢٦-03-01T00:00:00Z", "2026-03-01T00:60:00Z", "0000-01-01T00:00:00Z",
])
def test_bad_times(text: str):
    assert not is_time(text)


@settings(max_examples=60, deadline=None)
@given(st.recursive(st.none() | st.booleans() | st.integers() | st.floats() | st.text(),
                    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(), inner, max_size=4)))
def test_no_payload_breaks_it(payload: Any):
    for version, action in (("1.6", "StopTransaction"), ("2.0.1", "TransactionEvent")):
        assert DIALECTS[version].grammar.fault(action, payload) is not None


@settings(max_examples=100, deadline=None)
@given(st.text() | st.lists(st.integers(0, 9) | st.text(max_size=40) | st.just({}), max_size=5))
def test_no_message_breaks_the_endpoint(message: Any):
    bench = Bench(judged=False)
    link = bench.connect()
    for frame in bench.say(link, message):
        assert frame[0] in (3, 4)
    assert "currentTime" in bench.call(link, "Heartbeat")


_NAMES = st.sampled_from(["getVariableResult", "setVariableResult", "certificateHashDataChain", "certificateHashData",
                          "component", "variable", "name", "instance", "attributeValue", "attributeStatus", "status"])
_VALUES = st.none() | st.integers() | st.sampled_from(
    ["DeviceDataCtrlr", "ItemsPerMessage", "SecurityCtrlr", "BasicAuthPassword", "Accepted", "GetVariables"])


@settings(max_examples=100, deadline=None)
@given(st.recursive(_VALUES, lambda inner: st.lists(inner, max_size=2) | st.dictionaries(_NAMES, inner, max_size=4)))
def test_no_answer_breaks_the_endpoint(payload: Any):
    for action in ("GetVariables", "SetVariables", "GetInstalledCertificateIds", "TriggerMessage"):
        bench = Bench(judged=False)
        link = bench.connect()
        [call] = bench.ask(action)
        assert bench.say(link, [3, call[1], payload]) == []
        assert "currentTime" in bench.call(link, "Heartbeat")


@pytest.mark.parametrize("text", ["NaN", "-Infinity", "1e400", "[" * 100_000, "", "9" * 5000, "01", "'a'"])
def test_what_is_not_json_is_refused(text: str):
    with pytest.raises(ValueError):  # noqa: PT011
        read(text)
