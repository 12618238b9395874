"""Every message of every version has a direction and both schemas; every version its error codes."""

from __future__ import annotations

import pytest

from harness.rpc import schema
from harness.rpc.dialect import DIALECTS, V201_AS_PRINTED, VERSIONS, Cause, Dialect, for_subprotocol, other

DIALECT_LIST = [*DIALECTS.values(), V201_AS_PRINTED]


@pytest.mark.parametrize(("version", "count"), [("1.6", 39), ("2.0.1", 64), ("2.1", 91)])
def test_count_of_messages(version, count):
    assert len(DIALECTS[version].actions) == count


@pytest.mark.parametrize("version", VERSIONS)
def test_every_message_has_a_direction_and_its_schemas(version):
    for name, action in DIALECTS[version].actions.items():
        assert action.name == name
        assert action.senders
        assert schema.properties(version, name, "request").leaf.type == "object"
        if action.kind == "call":
            assert schema.properties(version, name, "response").leaf.type == "object"
        else:
            with pytest.raises(schema.UnknownMessage):
                schema.properties(version, name, "response")


@pytest.mark.parametrize("version", VERSIONS)
def test_every_schema_file_belongs_to_a_message(version):
    folder = schema._root() / schema._FOLDER[version] / "schemas"
    used = {
        schema._file_name(version, name, kind)
        for name, action in DIALECTS[version].actions.items()
        for kind in (("request", "response") if action.kind == "call" else ("request",))
    }
    assert used == {path.name for path in folder.glob("*.json")}


@pytest.mark.parametrize(
    ("version", "station", "csms", "both"), [("1.6", 13, 25, 1), ("2.0.1", 24, 39, 1), ("2.1", 35, 54, 2)]
)
def test_directions_split(version, station, csms, both):
    actions = DIALECTS[version].actions.values()
    assert sum(a.senders == {"station"} for a in actions) == station
    assert sum(a.senders == {"csms"} for a in actions) == csms
    assert sum(len(a.senders) == 2 for a in actions) == both


@pytest.mark.parametrize(
    ("version", "role", "action", "allowed"),
    [
        ("1.6", "station", "DiagnosticsStatusNotification", True),
        ("1.6", "csms", "ChangeConfiguration", True),
        ("1.6", "csms", "ExtendedTriggerMessage", True),
        ("1.6", "station", "SecurityEventNotification", True),
        ("1.6", "station", "TransactionEvent", False),
        ("2.0.1", "station", "Get15118EVCertificate", True),
        ("2.0.1", "csms", "TransactionEvent", False),
        ("2.0.1", "csms", "CustomerInformation", True),
        ("2.0.1", "station", "NotifyCustomerInformation", True),
        ("2.0.1", "csms", "AFRRSignal", False),
        ("2.1", "csms", "AFRRSignal", True),
        ("2.1", "station", "NotifyPeriodicEventStream", True),
        ("2.1", "csms", "NotifyPeriodicEventStream", False),
        ("2.1", "station", "PullDynamicScheduleUpdate", True),
        ("2.1", "csms", "UpdateDynamicSchedule", True),
        ("2.1", "station", "Nonsense", False),
    ],
)
def test_direction(version, role, action, allowed):
    assert DIALECTS[version].may_send(role, action) is allowed


def test_only_one_message_is_a_send():
    sends = [(v, a.name) for v, d in DIALECTS.items() for a in d.actions.values() if a.kind == "send"]
    assert sends == [("2.1", "NotifyPeriodicEventStream")]


@pytest.mark.parametrize("dialect", DIALECT_LIST, ids=lambda d: f"{d.version} ed {d.edition}")
def test_every_cause_has_a_code(dialect: Dialect):
    assert set(dialect.codes) == set(Cause)
    assert not dialect.misspelt_codes & dialect.error_codes


def test_error_codes_of_16():
    assert DIALECTS["1.6"].error_codes == {
        "NotImplemented", "NotSupported", "InternalError", "ProtocolError", "SecurityError",
        "FormationViolation", "PropertyConstraintViolation", "OccurenceConstraintViolation",
        "TypeConstraintViolation", "GenericError",
    }  # fmt: skip


@pytest.mark.parametrize("version", ["2.0.1", "2.1"])
def test_error_codes_of_2(version):
    assert DIALECTS[version].error_codes == {
        "FormatViolation", "GenericError", "InternalError", "MessageTypeNotSupported", "NotImplemented",
        "NotSupported", "OccurrenceConstraintViolation", "PropertyConstraintViolation", "ProtocolError",
        "RpcFrameworkError", "SecurityError", "TypeConstraintViolation",
    }  # fmt: skip


def test_subprotocols():
    assert [d.subprotocol for d in DIALECTS.values()] == ["ocpp1.6", "ocpp2.0.1", "ocpp2.1"]
    assert for_subprotocol("ocpp2.1") is DIALECTS["2.1"]
    assert for_subprotocol("ocpp2.0") is None
    assert other("station") == "csms"
    assert other("csms") == "station"


def test_a_dialect_cannot_be_changed():
    with pytest.raises(TypeError):
        DIALECTS["1.6"].actions["X"] = None
