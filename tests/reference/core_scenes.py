"""Scenes of the misbehaviours of the 2.0.1 Core profile: slots of the network, master pass, cable, what was cleared."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from tests.reference.station201_bench import TOKEN, Bench, Payload

Scene = Callable[[Bench], object]
MASTERS = {"idToken": "MASTERS", "type": "Central"}
CUSTOMER = "customer 5"
CORE_CONFIG: dict[str, Any] = {"customers": (CUSTOMER,), "user_interface": True, "evses": 2}


def _profile(url: str) -> Payload:
    return {
        "ocppVersion": "OCPP20", "ocppTransport": "JSON", "ocppCsmsUrl": url, "messageTimeout": 9,
        "securityProfile": 1, "ocppInterface": "Wired0",
    }  # fmt: skip


def two_slots(bench: Bench) -> None:
    """Nobody answers at the first address, and it has another."""
    bench.boot()
    answer = bench.call("SetNetworkProfile", configurationSlot=2, connectionData=_profile("ws://second"))
    assert answer["status"] == "Accepted"
    bench.set("OCPPCommCtrlr", "NetworkProfileConnectionAttempts", "2")
    bench.set("OCPPCommCtrlr", "NetworkConfigurationPriority", "1,2")
    bench.call("Reset", type="Immediate")
    bench.drop()
    bench.wait(400)


def chosen_on_screen(bench: Bench) -> None:
    """Two transactions run; the holder of a master pass picks one."""
    bench.boot()
    bench.set("AuthCtrlr", "MasterPassGroupId", "MASTERS")
    for evse in (1, 2):
        bench.ask("plug_in", evse=evse, connector=1)
        bench.ask("present", token="VALID", type="ISO14443", evse=evse)
    bench.answers["Authorize"] = {"idTokenInfo": {"status": "Accepted", "groupIdToken": MASTERS}}
    bench.ask("present", token="MASTER", type="ISO14443", evse=1)
    bench.ask("choose_stop", evse=1)


def cable_left(bench: Bench) -> None:
    """The EV leaves without the cable, and the driver comes back for it."""
    bench.boot()
    bench.set("OCPPCommCtrlr", "UnlockOnEVSideDisconnect", "false")
    bench.charge()
    bench.ask("unplug_ev", evse=1)
    bench.ask("present", token="VALID", type="ISO14443", evse=1)


def lock_stuck(bench: Bench) -> None:
    """The cable cannot be locked in, and the driver shows a card."""
    bench.boot()
    bench.ask("jam_lock", evse=1)
    bench.charge()


def cleared_cache(bench: Bench) -> None:
    """An idToken is asked for again after the cache was cleared."""
    bench.boot()
    bench.set("AuthCtrlr", "LocalPreAuthorize", "true")
    bench.ask("present", token="VALID", type="ISO14443", evse=1)
    bench.wait(200)
    bench.call("ClearCache")
    bench.ask("present", token="VALID", type="ISO14443", evse=1)


def cleared_customer(bench: Bench) -> None:
    bench.boot()
    who = {"customerIdentifier": CUSTOMER}
    bench.call("CustomerInformation", requestId=1, report=False, clear=True, **who)
    bench.call("CustomerInformation", requestId=2, report=True, clear=False, **who)
    bench.call("CustomerInformation", requestId=3, report=True, clear=False, idToken=TOKEN)


CORE_CASES: list[tuple[str, Any, Scene]] = [
    ("stays_with_first_slot", True, two_slots),
    ("tries_once_per_slot", True, two_slots),
    ("master_pass_stops_all", True, chosen_on_screen),
    ("never_lets_cable_go", True, cable_left),
    ("charges_unlocked", True, lock_stuck),
    ("keeps_cleared_cache", True, cleared_cache),
    ("keeps_cleared_customers", True, cleared_customer),
]
