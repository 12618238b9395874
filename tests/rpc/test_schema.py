"""Faults carry path, rule and limit; paths are checked against the schema; the self-test can fail."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from harness import messages
from harness.rpc import schema
from harness.rpc.dialect import Cause
from harness.rpc.schema import SchemaFault, SchemasUnusable, UnknownMessage, UnknownPath, faults, lookup
from tests.fixtures.test_messages import HALVES, SYMBOLS

ROOT = Path(__file__).parents[2]
METER = {"evseId": 1, "meterValue": [{"timestamp": "2024-01-01T00:00:00Z", "sampledValue": [{"value": 1.5}]}]}


def test_the_self_test_passes_and_loads_no_runtime():
    program = "import sys; from harness.rpc import schema; schema.self_test(); print('ocpp' in sys.modules)"
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True, cwd=ROOT)
    assert done.stdout.strip() == "False"


@pytest.mark.parametrize("version", ["1.6", "2.0.1", "2.1"])
def test_the_self_test_sees_a_validator_that_accepts_everything(monkeypatch, version):
    real = schema._validator

    class Blind:
        def is_valid(self, _payload):
            return True

        def iter_errors(self, _payload):
            return []

    monkeypatch.setattr(schema, "_validator", lambda v, a, k: Blind() if v == version else real(v, a, k))
    with pytest.raises(SchemasUnusable, match=version.replace(".", r"\.")):
        schema.self_test()


def test_the_self_test_sees_unchecked_date_times(monkeypatch):
    real = schema._DRAFTS
    monkeypatch.setattr(
        schema,
        "_DRAFTS",
        {uri: lambda s, cls=cls, **_: cls(s, validate_formats=False, offline=True) for uri, cls in real.items()},
    )
    schema._validator.cache_clear()
    try:
        with pytest.raises(SchemasUnusable, match="30 Feb"):
            schema.self_test()
    finally:
        schema._validator.cache_clear()


def test_missing_package_is_said_clearly(monkeypatch):
    monkeypatch.setattr(schema, "find_spec", lambda _: None)
    schema._root.cache_clear()
    try:
        with pytest.raises(SchemasUnusable, match="ocpp"):
            schema._root()
    finally:
        schema._root.cache_clear()


def _changed(path, value):
    payload = {"evseId": 1, "meterValue": [{"timestamp": "2024-01-01T00:00:00Z", "sampledValue": [{"value": 1.5}]}]}
    place = payload
    for step in path[:-1]:
        place = place[step]
    place[path[-1]] = value
    return payload


@pytest.mark.parametrize(
    ("payload", "path", "rule", "says", "why"),
    [
        (_changed(["evseId"], "1"), "evseId", "type", "'1' is not of type integer", Cause.TYPE),
        (_changed(["evseId"], None), "evseId", "type", "None is not of type integer", Cause.TYPE),
        (_changed(["meterValue"], []), "meterValue", "minItems", "fewer than 1", Cause.OCCURRENCE),
        (_changed(["meterValue", 0], {"timestamp": "2024-01-01T00:00:00Z"}),
         "meterValue[0].sampledValue", "required", "missing", Cause.OCCURRENCE),
        (_changed(["meterValue", 0, "timestamp"], "2024-01-01 00:00:00"),
         "meterValue[0].timestamp", "format", "not a valid date-time", Cause.PROPERTY),
        (_changed(["meterValue", 0, "sampledValue", 0, "context"], "Never"),
         "meterValue[0].sampledValue[0].context", "enum", "Transaction.Begin", Cause.PROPERTY),
        (_changed(["meterValue", 0, "sampledValue", 0, "unitOfMeasure"], {"unit": "x" * 21}),
         "meterValue[0].sampledValue[0].unitOfMeasure.unit", "maxLength", "longer than 20", Cause.PROPERTY),
        (_changed(["meterValue", 0, "surplus"], 1),
         "meterValue[0].surplus", "additionalProperties", "not part", Cause.FORMAT),
        (_changed(["meterValue", 0, "timestamp"], "\ud800"),
         "meterValue[0].timestamp", "unicode", "surrogate", Cause.PROPERTY),
        ([], "", "type", "not of type object", Cause.FORMAT),
    ],
)  # fmt: skip
def test_fault(payload, path, rule, says, why):
    first = faults("2.0.1", "MeterValues", "request", payload)[0]
    assert (first.path, first.rule) == (path, rule)
    assert says in first.message
    assert schema.cause(first) is why


def test_a_good_payload_has_no_fault():
    assert faults("2.0.1", "MeterValues", "request", METER) == ()


def test_all_faults_are_found():
    found = faults("1.6", "BootNotification", "response", {"status": "No", "currentTime": "x", "extra": 1})
    assert {(f.path, f.rule) for f in found} == {
        ("status", "enum"), ("currentTime", "format"), ("interval", "required"), ("extra", "additionalProperties"),
    }  # fmt: skip


def _nested(depth):
    root = here = {}
    for _ in range(depth):
        here["a"] = {}
        here = here["a"]
    return root


_ODD = {
    "nested 300": _nested(300),
    "nested 5000": _nested(5000),
    "huge integer": 10**5000,
    "nan": float("nan"),
    "surrogate": "\udfff",
    "surrogate name": {"\ud800": "\ud800"},
}


@pytest.mark.parametrize("odd", _ODD.values(), ids=_ODD.keys())
def test_no_payload_raises(odd):
    assert faults("2.1", "Heartbeat", "request", {"x": odd})
    faults("2.1", "DataTransfer", "request", {"vendorId": "v", "data": odd})


_WORTHS = st.one_of(st.none(), st.integers(), st.floats(), st.text(max_size=60), st.builds(list), st.builds(dict))


@settings(deadline=None)
@given(data=st.data(), half=st.sampled_from(HALVES), edits=st.integers(0, 3))
def test_the_short_answer_of_the_validator_is_that_of_its_list(data, half, edits):
    """Valid messages, and such with members taken out, added and replaced at any depth."""
    version, action, part = half
    payload = messages.default(version, action, part, SYMBOLS[version])
    for _ in range(edits):
        place = data.draw(st.sampled_from([payload, *_within(payload)]))
        name = data.draw(st.sampled_from([*place, "surplus"] if isinstance(place, dict) else range(len(place) or 1)))
        if data.draw(st.booleans()) and isinstance(place, dict):
            place.pop(name, None)
        elif isinstance(place, dict) or place:
            place[name] = data.draw(_WORTHS)
    validator = schema._validator(version, action, part)
    assert validator.is_valid(payload) == (not list(validator.iter_errors(payload)))


def _within(value):
    for inner in value.values() if isinstance(value, dict) else value:
        if isinstance(inner, dict | list):
            yield inner
            yield from _within(inner)


def test_numbers_as_the_drafts_say():
    good = {"requestId": 20000.0, "reportBase": "FullInventory"}
    assert faults("2.0.1", "GetBaseReport", "request", good) == ()
    found = faults("1.6", "Heartbeat", "response", {"currentTime": 1}) + faults(
        "1.6", "ChangeAvailability", "request", {"connectorId": 1.0, "type": "Operative"}
    )
    assert [f.path for f in found] == ["currentTime", "connectorId"]


def test_overlay_takes_hertz_out_of_16():
    unit = lookup("1.6", "MeterValues", "request", "meterValue[0].sampledValue[0].unit")
    assert "Hertz" not in unit.enum
    assert {"Wh", "Celsius", "Celcius", "Percent"} <= set(unit.enum)
    value = {"connectorId": 1, "meterValue": [{"timestamp": "2024-01-01T00:00:00Z", "sampledValue": [
        {"value": "50", "measurand": "Frequency", "unit": "Hertz"}]}]}  # fmt: skip
    assert [f.rule for f in faults("1.6", "MeterValues", "request", value)] == ["enum"]


@pytest.mark.parametrize(
    ("action", "kind"), [("Nonsense", "request"), ("bootNotification", "request"), ("AFRRSignal", "response")]
)
def test_unknown_message(action, kind):
    with pytest.raises(UnknownMessage):
        faults("2.0.1", action, kind, {})


# ---- paths ------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("version", "action", "path", "wanted"),
    [
        ("2.0.1", "BootNotification", "chargingStation", {"type": "object", "required": True}),
        ("2.0.1", "BootNotification", "chargingStation.model", {"type": "string", "required": True, "max_length": 20}),
        ("2.0.1", "BootNotification", "chargingStation.modem.iccid", {"required": False, "max_length": 20}),
        ("2.0.1", "MeterValues", "meterValue", {"type": "array", "is_array": True, "min_items": 1}),
        ("2.0.1", "MeterValues", "meterValue[12].timestamp", {"format": "date-time", "required": True}),
        ("2.0.1", "MeterValues", "meterValue[*].sampledValue[*].value", {"type": "number"}),
        ("2.0.1", "MeterValues", "customData.anything[3].goes", {"type": "any"}),
        ("2.0.1", "MeterValues", "customData.vendorId", {"type": "string", "max_length": 255}),
        ("2.0.1", "DataTransfer", "data.below.it", {"type": "any"}),
        ("2.1", "BootNotification", "reason", {"required": True}),
        ("1.6", "SetChargingProfile", "csChargingProfiles.chargingSchedule.chargingSchedulePeriod[0].limit",
         {"type": "number", "required": True}),
    ],
)  # fmt: skip
def test_lookup(version, action, path, wanted):
    leaf = lookup(version, action, "request", path)
    assert {name: getattr(leaf, name) for name in wanted} == wanted


def test_lookup_gives_the_enum():
    assert lookup("2.0.1", "BootNotification", "response", "status").enum == ("Accepted", "Pending", "Rejected")


@pytest.mark.parametrize(
    ("path", "says"),
    [
        ("evseID", "did you mean 'evseId'"),
        ("meterValue[0].timeStamp", "did you mean 'timestamp'"),
        ("meterValue.timestamp", r"write meterValue\[0\].timestamp"),
        ("evseId[0]", "evseId is no list but integer"),
        ("evseId.x", "evseId has no members"),
        ("zzz", "it has customData, evseId, meterValue"),
        ("", "is no path"),
        ("[0]", "is no path"),
        (".evseId", "is no path"),
        ("evseId.", "is no path"),
        ("meterValue..timestamp", "is no path"),
        ("meterValue[0]timestamp", "is no path"),
        ("meterValue.[0]", "is no path"),
        ("meterValue[x]", "is no path"),
        ("meterValue[-1]", "is no path"),
    ],
)
def test_unknown_path(path, says):
    with pytest.raises(UnknownPath, match=says):
        lookup("2.0.1", "MeterValues", "request", path)


def test_faults_are_values():
    assert SchemaFault("a", "type", "m") == SchemaFault("a", "type", "m")
