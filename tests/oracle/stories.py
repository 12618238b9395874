"""The tables of stories in which monitor rules fire, or stay silent; filled by the modules beside this one."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from harness.rpc.dialect import Role, Version
from tests.oracle.bench import Record

Story = Callable[[Record], None]
Case = tuple[str, Version, Role, Story]
FIRES: dict[str, list[Case]] = {}
SILENT: dict[str, list[Case]] = {}


def _case(table: dict[str, list[Case]], rule: str, version: Version, sut: Role) -> Callable[[Story], Story]:
    def add(story: Story) -> Story:
        table.setdefault(rule, []).append((story.__name__, version, sut, story))
        return story

    return add


def fires(rule: str, version: Version = "2.0.1", sut: Role = "station") -> Callable[[Story], Story]:
    return _case(FIRES, rule, version, sut)


def silent(rule: str, version: Version = "2.0.1", sut: Role = "station") -> Callable[[Story], Story]:
    return _case(SILENT, rule, version, sut)


def tell(*steps: Story) -> Story:
    """A story made of steps."""
    def story(record: Record) -> None:
        for step in steps:
            step(record)

    return story


def named(name: str, story: Story) -> Story:
    story.__name__ = name
    return story


def flat(table: dict[str, list[Case]]) -> list[object]:
    return [pytest.param(rule, *case[1:], id=f"{rule}-{case[1]}-{case[0]}") for rule in table for case in table[rule]]


HEARTBEAT: dict[str, object] = {}
BOOT = {"reason": "PowerUp", "chargingStation": {"model": "M", "vendorName": "V"}}
BOOT_16 = {"chargePointVendor": "V", "chargePointModel": "M"}


def booted(record: Record, status: str = "Accepted", identity: str = "boot") -> None:
    payload = BOOT if record.version != "1.6" else BOOT_16
    record.theirs(2, identity, "BootNotification", payload, after=1)
    answer = {"status": status, "currentTime": record.wall(), "interval": 300}
    record.ours(3, identity, answer, after=0.1)


def triggered(record: Record, message: str, action: str = "TriggerMessage") -> None:
    """We ask for a message, and the station agrees."""
    record.ours(2, "t", action, {"requestedMessage": message})
    record.theirs(3, "t", {"status": "Accepted"})


def status(record: Record, evse: object = 1, after: float = 1, **more: object) -> None:
    payload = {"timestamp": record.wall(after), "connectorStatus": "Available", "evseId": evse, "connectorId": 1}
    record.theirs(2, f"s{len(record.journal)}", "StatusNotification", payload | more, after=after)


def transaction_event(
    record: Record, number: int, kind: str = "Updated", tx: str = "T", link: int = 1, **more: object
) -> None:
    record.now += 1
    payload: dict[str, object] = {
        "eventType": kind, "timestamp": record.wall(), "triggerReason": "Trigger", "seqNo": number,
        "transactionInfo": {"transactionId": tx},
    }
    identity = f"e{len(record.journal)}"
    record.theirs(2, identity, "TransactionEvent", payload | more, link=link)
    record.ours(3, identity, {}, link=link)
