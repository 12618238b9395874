"""What our own actor answers when the scenario did not say: a sensible default per action.

The default message comes from `fixtures/messages`; a few answers depend on the request, and those are the
functions of this table. Whatever a scenario scripts is laid over the result.
"""

from __future__ import annotations

from collections.abc import Callable

from harness import messages
from harness.facts import Facts, Token
from harness.rpc.frame import Call, Json

Adjust = Callable[[dict[str, Json], dict[str, Json], Facts], None]


def default_answer(role: str, call: Call, facts: Facts, wall: int) -> dict[str, Json]:
    """The payload with which `role` ("station" or "csms") answers `call`, before any script."""
    symbols = facts.symbols(wall) if messages.used(facts.version, call.action, "response") else {}
    answer = messages.default(facts.version, call.action, "response", symbols)
    adjust = _ADJUST.get((role, facts.version[0], call.action))
    if adjust and isinstance(call.payload, dict):
        adjust(answer, call.payload, facts)
    return answer


def _text(payload: dict[str, Json], *path: str) -> str:
    value: Json = payload
    for name in path:
        value = value.get(name) if isinstance(value, dict) else None
    return value if isinstance(value, str) else ""


def _id_tag_info(token: Token | None) -> dict[str, Json]:
    if token is None:
        return {"status": "Invalid"}
    return {"status": token.status} | ({"parentIdTag": token.group} if token.group else {})


def _id_token_info(token: Token | None) -> dict[str, Json]:
    if token is None:
        return {"status": "Unknown"}
    group = {"groupIdToken": {"idToken": token.group, "type": "Central"}} if token.group else {}
    return {"status": token.status} | group


def _authorize_16(answer: dict[str, Json], request: dict[str, Json], facts: Facts) -> None:
    answer["idTagInfo"] = _id_tag_info(facts.token(_text(request, "idTag")))


def _stop_transaction_16(answer: dict[str, Json], request: dict[str, Json], facts: Facts) -> None:
    answer.pop("idTagInfo", None)
    if "idTag" in request:
        _authorize_16(answer, request, facts)


def _authorize_2(answer: dict[str, Json], request: dict[str, Json], facts: Facts) -> None:
    answer["idTokenInfo"] = _id_token_info(facts.token(_text(request, "idToken", "idToken")))


def _transaction_event_2(answer: dict[str, Json], request: dict[str, Json], facts: Facts) -> None:
    answer.clear()
    if "idToken" in request:
        _authorize_2(answer, request, facts)


def _get_configuration_16(answer: dict[str, Json], request: dict[str, Json], facts: Facts) -> None:
    asked = request.get("key")
    if not isinstance(asked, list):
        return
    known = {entry["key"]: entry for entry in answer.get("configurationKey", [])}
    answer["configurationKey"] = [known[key] for key in asked if key in known]
    answer["unknownKey"] = [key for key in asked if key not in known]


def _echo_variables(data: str, result: str, extra: Callable[[dict[str, Json]], dict[str, Json]]) -> Adjust:
    def adjust(answer: dict[str, Json], request: dict[str, Json], facts: Facts) -> None:
        answer[result] = [
            {name: entry[name] for name in ("component", "variable", "attributeType") if name in entry} | extra(entry)
            for entry in request.get(data, [])
            if isinstance(entry, dict)
        ]

    return adjust


_ADJUST: dict[tuple[str, str, str], Adjust] = {
    ("csms", "1", "Authorize"): _authorize_16,
    ("csms", "1", "StartTransaction"): _authorize_16,
    ("csms", "1", "StopTransaction"): _stop_transaction_16,
    ("csms", "2", "Authorize"): _authorize_2,
    ("csms", "2", "TransactionEvent"): _transaction_event_2,
    ("station", "1", "GetConfiguration"): _get_configuration_16,
    ("station", "2", "GetVariables"): _echo_variables(
        "getVariableData",
        "getVariableResult",
        lambda entry: {"attributeStatus": "Accepted", "attributeValue": "1"},
    ),
    ("station", "2", "SetVariables"): _echo_variables(
        "setVariableData",
        "setVariableResult",
        lambda entry: {"attributeStatus": "Accepted"},
    ),
}
