"""Every request a CSMS may send: which part of the station answers, and what is forbidden when."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from harness.reference.station201 import remote, reports, upgrade
from harness.reference.station201.authorisation import identity
from harness.reference.station201.checks import SHAPES, check
from harness.reference.station201.core import Core
from harness.reference.station201.exchange import Refusal
from harness.reference.station201.inventory import SLOTS
from harness.reference.station201.memory import Payload
from harness.reference.station201.registration import ALLOWED_WHILE_PENDING, REJECTED_WHILE_PENDING

Handler = Callable[[Core, Payload], Payload]


def serve(core: Core, action: str, payload: Any) -> Payload:
    """Answer one request, or raise `Refusal`."""
    handler = HANDLERS.get(action)
    if handler is None:
        if core.behaviour.unknown_action_accepted:
            return {}
        raise Refusal("NotImplemented", action)
    early = _before_acceptance(core, action)
    if early is not None:
        return early
    if core.behaviour.accepts_bad_payloads:
        try:
            return handler(core, payload)
        except (KeyError, TypeError, AttributeError, ValueError):
            return {"status": "Accepted"}
    check(action, payload)
    return handler(core, payload)


def _before_acceptance(core: Core, action: str) -> Payload | None:
    """B02.FR.01, B02.FR.05, B02.FR.09, B03.FR.08: what a station may be asked before it is accepted."""
    registration, behaviour = core.registration, core.behaviour
    if registration.accepted:
        return None
    if registration.status == "Pending":
        if action in REJECTED_WHILE_PENDING:
            return None if behaviour.remote_start_while_pending else {"status": "Rejected"}
        if action in ALLOWED_WHILE_PENDING and not (
            behaviour.refuses_variables_while_pending and action.endswith("Variables")
        ):
            return None
    if behaviour.answers_forbidden_while_pending:
        return None
    raise Refusal("SecurityError", f"not while registration is {registration.status or 'open'}")


# ---- device model


def get_variables(core: Core, request: Payload) -> Payload:
    data = request["getVariableData"]
    _limit(core, "GetVariables", data)
    return {"getVariableResult": [core.model.get(item) for item in data]}


def set_variables(core: Core, request: Payload) -> Payload:
    data = request["setVariableData"]
    _limit(core, "SetVariables", data)
    return {"setVariableResult": [core.model.set(item) for item in data]}


def get_report(core: Core, request: Payload) -> Payload:
    _limit(core, "GetReport", request.get("componentVariable", []))
    return reports.report(core, request)


def _limit(core: Core, name: str, items: list[Any]) -> None:
    """B06.FR.16, B08.FR.17: more than ItemsPerMessage is refused."""
    limit = core.model.integer("DeviceDataCtrlr", "ItemsPerMessage", name)
    if len(items) > limit and not core.behaviour.ignores_items_limit:
        raise Refusal("OccurrenceConstraintViolation", f"at most {limit} items")


def set_network_profile(core: Core, request: Payload) -> Payload:
    """SetNetworkProfile (B09): the slot must exist and security may not go down."""
    slot, profile = request["configurationSlot"], request["connectionData"]
    if str(slot) not in SLOTS and not core.behaviour.any_network_slot:
        return _rejected("InvalidConfSlot")
    if upgrade.lowers(core, profile["securityProfile"]):
        return _rejected("NoSecurityDowngrade")
    scheme = "wss://" if profile["securityProfile"] >= 2 else "ws://"
    sound = profile["ocppTransport"] == "JSON" and profile["messageTimeout"] > 0
    if not sound or profile["securityProfile"] > 3 or not str(profile["ocppCsmsUrl"]).lower().startswith(scheme):
        return _rejected("InvalidNetworkConf")
    core.memory.profiles[slot] = profile
    return {"status": "Accepted"}


def _rejected(reason: str) -> Payload:
    return {"status": "Rejected", "statusInfo": {"reasonCode": reason}}


# ---- diagnostics and the rest


def data_transfer(core: Core, _: Payload) -> Payload:
    """P01.FR.05: this station knows no vendor's extension."""
    return {"status": "Accepted" if core.behaviour.any_vendor else "UnknownVendorId"}


def customer_information(core: Core, request: Payload) -> Payload:
    """CustomerInformation (N09, N10): what the cache and the list know of one idToken, in a part for each."""
    selectors = [name for name in ("customerIdentifier", "idToken", "customerCertificate") if name in request]
    if not request["report"] and not request["clear"]:
        return {"status": "Rejected"}
    if len(selectors) != 1:
        return {"status": "Invalid"}
    parts = _known_of(core, request)
    if request["clear"] and not core.behaviour.keeps_cleared_customers:
        core.memory.customers.discard(request.get("customerIdentifier", ""))
        if "idToken" in request:
            core.memory.cache.pop(identity(request["idToken"]), None)
    core.defer(lambda: _notify_customer(core, request["requestId"], parts))
    return {"status": "Accepted"}


def _known_of(core: Core, request: Payload) -> list[str]:
    """The text of each part; one part stands for what was cleared unseen (N10.FR.06), or for nothing (N09.FR.06)."""
    if not request["report"]:
        return ["cleared"]
    key = identity(request["idToken"]) if "idToken" in request else ("", "")
    stores = (("cache", core.memory.cache), ("local list", core.memory.local_list))
    found = [f"idToken known to: {name}" for name, store in stores if key in store]
    if request.get("customerIdentifier") in core.memory.customers:
        found.append("customerIdentifier: known here")
    return found or ["no data found" if request["clear"] else ""]


def _notify_customer(core: Core, number: int, parts: list[str]) -> None:
    for index, data in enumerate(parts):
        core.exchange.call("NotifyCustomerInformation", {
            "data": data, "seqNo": index, "tbc": index + 1 < len(parts), "generatedAt": core.timestamp(),
            "requestId": number,
        })  # fmt: skip


HANDLERS: dict[str, Handler] = {
    "GetVariables": get_variables,
    "SetVariables": set_variables,
    "GetBaseReport": reports.base_report,
    "GetReport": get_report,
    "SetNetworkProfile": set_network_profile,
    "Reset": lambda core, request: core.reset.request(request),
    "ChangeAvailability": lambda core, request: core.availability.change(request),
    "ClearCache": lambda core, request: core.authorisation.clear_cache(request),
    "SendLocalList": lambda core, request: core.authorisation.send_list(request),
    "GetLocalListVersion": lambda core, request: core.authorisation.list_version(request),
    "GetTransactionStatus": remote.transaction_status,
    "RequestStartTransaction": remote.request_start,
    "RequestStopTransaction": remote.request_stop,
    "UnlockConnector": remote.unlock,
    "TriggerMessage": remote.trigger,
    "DataTransfer": data_transfer,
    "GetLog": lambda core, request: core.logs.request(request),
    "UpdateFirmware": lambda core, request: core.firmware.request(request),
    "CustomerInformation": customer_information,
    "InstallCertificate": lambda core, request: core.certificates.install(request),
    "GetInstalledCertificateIds": lambda core, request: core.certificates.listed(request),
    "DeleteCertificate": lambda core, request: core.certificates.delete(request),
    "CertificateSigned": lambda core, request: core.certificates.signed(request),
}
assert HANDLERS.keys() == SHAPES.keys()
