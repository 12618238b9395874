"""What the journals of a run tell of the run as a whole: who the SUT said it is, and who was asked for what."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from harness.report.folder import RunFolder

_BOOT = ("vendorName", "model", "firmwareVersion", "serialNumber", "chargePointVendor", "chargePointModel",
         "chargePointSerialNumber")


def products(folder: RunFolder) -> list[dict[str, str]]:
    """Each product as its BootNotification names it, once; empty for a CSMS, which never says."""
    found: list[dict[str, str]] = []
    for _, line in _lines(folder, b"BootNotification"):
        if line["type"] == "Text" and line["body"].get("direction") == "in":
            told = _told(line["body"]["data"])
            if told and told not in found:
                found.append(told)
    return found


def _told(text: str) -> dict[str, str]:
    try:
        kind, _, action, payload = json.loads(text)
        station = payload.get("chargingStation", payload)
        if kind != 2 or action != "BootNotification":
            return {}
        return {name: str(station[name]) for name in _BOOT if name in station}
    except (ValueError, TypeError, AttributeError):
        return {}


def prompts(folder: RunFolder) -> list[dict[str, Any]]:
    """Each request to whoever operates the SUT, with its answer and what they said, in order."""
    found: list[dict[str, Any]] = []
    for journal, line in _lines(folder, b'"Prompt"', b'"topic":"driver"'):
        body = line["body"]
        if line["type"] == "Prompt" and not body.get("answer"):
            asked = {"intent": body["intent"], "parameters": body["parameters"]}
            found.append({"journal": journal.name, "entry": line["number"], "at": line["wall"], **asked})
        elif line["type"] == "Prompt" and found and found[-1]["journal"] == journal.name:
            found[-1] |= {"answer": body["answer"], "answered": line["wall"]}
        elif line["type"] == "Note" and found and found[-1]["journal"] == journal.name:
            found[-1]["said"] = body["text"]
    return found


def _lines(folder: RunFolder, *marks: bytes) -> Iterator[tuple[Path, dict[str, Any]]]:
    """The journal lines that hold one of the marks; the rest is not even parsed."""
    for journal in sorted(folder.journals.glob("*.jsonl")):
        with journal.open("rb") as file:
            for raw in file:
                if any(mark in raw for mark in marks):
                    line = _object(raw)
                    if line is not None:
                        yield journal, line


def _object(raw: bytes) -> dict[str, Any] | None:
    try:
        line = json.loads(raw)
    except ValueError:
        return None
    return line if isinstance(line, dict) and "body" in line else None
