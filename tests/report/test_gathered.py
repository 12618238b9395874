"""What the journals of a run tell of the product and of whoever operated it."""

from __future__ import annotations

from pathlib import Path

import pytest

from harness.journal import Body, Direction, Event, Note, Prompt, Text
from harness.report import gathered
from harness.report.evidence import Header, JournalFile
from harness.report.folder import RunFolder
from harness.report.masking import Masks
from harness.rpc.link import Instant

AT = Instant(0, 1_795_222_743_000_000_000)
BOOT_201 = '[2,"1","BootNotification",{"reason":"PowerUp","chargingStation":{"model":"M1","vendorName":"Acme"}}]'
BOOT_16 = '[2,"1","BootNotification",{"chargePointModel":"M6","chargePointVendor":"Acme","iccid":"89"}]'


@pytest.fixture
def folder(tmp_path: Path) -> RunFolder:
    return RunFolder.create(tmp_path, "x", AT)


def wrote(folder: RunFolder, name: str, *bodies: Body) -> None:
    journal = JournalFile(folder.journals / f"{name}.jsonl", Masks(), Header(name))
    journal([Event(number, AT, 1, body) for number, body in enumerate(bodies)])
    journal.close()


def came(text: str) -> Text:
    return Text(Direction.IN, text)


def test_a_product_is_what_its_boot_notification_says_and_told_once(folder: RunFolder) -> None:
    wrote(folder, "a", came(BOOT_201), came(BOOT_201.replace('"1"', '"2"')))
    wrote(folder, "b", came(BOOT_201), came(BOOT_16))
    assert gathered.products(folder) == [
        {"vendorName": "Acme", "model": "M1"}, {"chargePointVendor": "Acme", "chargePointModel": "M6"}]


@pytest.mark.parametrize("body", [
    Text(Direction.OUT, BOOT_201),  # what we play as a station is no product
    came(BOOT_201.replace("[2", "[4")), came('[2,"1","DataTransfer",{"data":"BootNotification","model":"M"}]'),
    came('[2,"1","BootNotification"]'), came('[2,"1","BootNotification",[]]'), came("BootNotification"),
    came('[2,"1","BootNotification",{"chargingStation":7}]'), Note("driver", "BootNotification"),
])
def test_what_is_no_boot_notification_of_the_product_names_none(body: Body, folder: RunFolder) -> None:
    wrote(folder, "a", body)
    assert gathered.products(folder) == []


def test_each_prompt_has_its_own_answer_and_what_was_said(folder: RunFolder) -> None:
    wrote(folder, "a", Prompt("plug_in", {"evse": 1}, "manual"), Prompt("plug_in", {"evse": 1}, "manual", "done"),
          Note("driver", "with the blue cable"), Note("clean-up", "not said by anybody"),
          Prompt("unplug", {}, "manual"))
    wrote(folder, "b", Prompt("reboot", {}, "manual", "cannot"), Note("driver", "of nobody's prompt"))
    first, second = gathered.prompts(folder)
    assert (first["journal"], first["entry"]) == ("a.jsonl", 0)
    assert (first["intent"], first["parameters"]) == ("plug_in", {"evse": 1})
    assert (first["answer"], first["said"]) == ("done", "with the blue cable")
    # An answer in another journal is none to it.
    assert (second["intent"], "answer" in second, "said" in second) == ("unplug", False, False)


def test_a_line_that_is_cut_short_spoils_nothing(folder: RunFolder) -> None:
    wrote(folder, "a", came(BOOT_201))
    with (folder.journals / "a.jsonl").open("ab") as file:
        file.write(b'{"number":9,"type":"Text","body":{"data":"BootNotifi')
    assert len(gathered.products(folder)) == 1
