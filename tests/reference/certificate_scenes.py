"""Requests about certificates and security profiles, for the behaviour tests of the 2.0.1 practice station."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime
from functools import cache
from typing import Any

from harness import resources
from harness.reference.certificates import Own
from harness.security import declaration
from harness.security.papers import FACTS, fact, signed
from harness.security.pki import Names, Pki
from tests.reference.station201_bench import START, Bench

Scene = Callable[[Bench], object]
SERIAL = "SN-0001"
PKI = Pki(
    declaration.load(resources.root() / "certs" / "default.toml"), Names(serial=SERIAL),
    datetime.fromtimestamp(START // 1_000_000_000, UTC), run="scenes",
)  # fmt: skip
OWN = PKI.issued("station certificate")
CONFIG: dict[str, Any] = {
    "certificates": (("CSMSRootCertificate", PKI.authority("CSMS root").pem),),
    "operator_root": PKI.authority("station root").pem,
    "client": Own(OWN.chain, OWN.key),
    "plug_and_charge": True,
    "has_downgrade_switch": True,
}
_HASHES = ("hashAlgorithm", "issuerNameHash", "issuerKeyHash", "serialNumber")
assert set(_HASHES) < set(FACTS)


def install(name: str) -> Scene:
    def scene(bench: Bench) -> None:
        bench.boot()
        use = "ManufacturerRootCertificate"
        bench.request("InstallCertificate", {"certificateType": use, "certificate": fact(PKI, "certificate", name)})
        bench.request("GetInstalledCertificateIds", {})

    return scene


def delete_own(bench: Bench) -> None:
    bench.boot()
    named = {member: fact(PKI, member, "station certificate") for member in _HASHES}
    bench.request("DeleteCertificate", {"certificateHashData": named})


def signing(bench: Bench) -> None:
    """Nobody signs: it asks again, after 60 s, 120 s, 240 s."""
    bench.boot()
    bench.answers["SignCertificate"] = {"status": "Accepted"}
    bench.request("TriggerMessage", {"requestedMessage": "SignChargingStationCertificate"})
    bench.wait(600)


def given(name: str) -> Scene:
    def scene(bench: Bench) -> None:
        bench.boot()
        bench.answers["SignCertificate"] = {"status": "Accepted"}
        bench.request("TriggerMessage", {"requestedMessage": "SignChargingStationCertificate"})
        request = bench.of("SignCertificate")[-1]["csr"]
        bench.request("CertificateSigned", {"certificateChain": signed(PKI, request, name)})
        bench.wait(5)

    return scene


def new_password(bench: Bench) -> None:
    bench.boot()
    data = {
        "component": {"name": "SecurityCtrlr"}, "variable": {"name": "BasicAuthPassword"},
        "attributeValue": "a password that is new",
    }  # fmt: skip
    bench.request("SetVariables", {"setVariableData": [data]})
    bench.wait(5)


def profile(level: int, url: str) -> Scene:
    def scene(bench: Bench) -> None:
        bench.boot()
        data = {
            "ocppVersion": "OCPP20", "ocppTransport": "JSON", "ocppCsmsUrl": url, "messageTimeout": 9,
            "securityProfile": level, "ocppInterface": "Wired0",
        }  # fmt: skip
        bench.request("SetNetworkProfile", {"configurationSlot": 2, "connectionData": data})
        named = {member: fact(PKI, member, "CSMS root") for member in _HASHES}
        bench.request("DeleteCertificate", {"certificateHashData": named})
        priority = {
            "component": {"name": "OCPPCommCtrlr"}, "variable": {"name": "NetworkConfigurationPriority"},
            "attributeValue": "2,1",
        }  # fmt: skip
        bench.request("SetVariables", {"setVariableData": [priority]})

    return scene


def back(level: int) -> Scene:
    """In security profile 3, and allowed to go back, it is sent a profile of that `level`."""

    def scene(bench: Bench) -> None:
        bench.boot()
        bench.station.core.memory.security_profile = 3
        switch = {
            "component": {"name": "SecurityCtrlr"}, "variable": {"name": "AllowSecurityProfileDowngrade"},
            "attributeValue": "true",
        }  # fmt: skip
        bench.request("SetVariables", {"setVariableData": [switch]})
        profile(level, "wss://x" if level > 1 else "ws://x")(bench)

    return scene


@cache
def _chain(request: str, name: str) -> str:
    """The same chain for the same request, so that runs repeat."""
    return signed(PKI, request, name)


def plug_and_charge(bench: Bench) -> None:
    """It asks for a V2G certificate, and gets one."""
    bench.boot()
    root = {"certificateType": "V2GRootCertificate", "certificate": fact(PKI, "certificate", "V2G root")}
    bench.request("InstallCertificate", root)
    bench.answers["SignCertificate"] = {"status": "Accepted"}
    bench.request("TriggerMessage", {"requestedMessage": "SignV2GCertificate"})
    chain = _chain(bench.of("SignCertificate")[-1]["csr"], "V2G station certificate")
    bench.request("CertificateSigned", {"certificateChain": chain, "certificateType": "V2GCertificate"})
    bench.wait(5)


def contract(status: str, intent: str) -> Scene:
    """A car asks for a contract certificate."""

    def scene(bench: Bench) -> None:
        bench.boot()
        bench.answers["Get15118EVCertificate"] = {"status": status, "exiResponse": ""}
        bench.ask(intent, evse=1)
        bench.wait(5)

    return scene


CERTIFICATE_CASES: tuple[tuple[str, Any, Scene], ...] = (
    ("installs_any_certificate", True, install("CSMS certificate")),
    ("loses_installed_certificates", True, install("OEM root")),
    ("hides_installed_certificates", True, install("OEM root")),
    ("deletes_own_certificate", True, delete_own),
    ("weak_key", True, signing),
    ("foreign_common_name", True, signing),
    ("never_asks_again", True, signing),
    ("steady_signing_requests", True, signing),
    ("takes_any_signed_certificate", True, given("expired station certificate")),
    ("keeps_old_certificate", True, given("station certificate")),
    ("keeps_old_password", True, new_password),
    ("never_asks_for_status", True, plug_and_charge),
    ("keeps_contract_requests", True, contract("Accepted", "ev_install_contract")),
    ("always_installs_contracts", True, contract("Accepted", "ev_update_contract")),
    ("charges_without_contract", True, contract("Failed", "ev_install_contract")),
    ("takes_security_downgrade", True, profile(0, "ws://x")),
    ("ignores_downgrade_switch", True, back(2)),
    ("downgrades_to_any", True, back(1)),
    ("upgrades_without_certificates", True, profile(2, "wss://x")),
)
