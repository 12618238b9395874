"""What a practice station can do wrong by name: firmware updates (field bug 24); and a CSMS."""

from __future__ import annotations

from harness.reference.csms.behaviour import Edit
from harness.reference.misbehaviours.entry import ONE, TWO, Misbehaviour

_WITH_CREDENTIALS = "ftp://update:practice@files.example/firmware.bin"
_SIGNERS = "the-certificate-of-signer-is-refused-before-anything-is-fetched"

FIRMWARE: tuple[Misbehaviour, ...] = (
    Misbehaviour(
        "installs-before-verifying", "station", (24,), "It installs firmware first and verifies the signature then.",
        values={ONE: {"installs_before_verifying": True}, TWO: {"installs_before_verifying": True}},
        caught_by={ONE: ("TC_080_CS", "TC_081_CS"), TWO: ("TC_L_01_CS", "TC_L_06_CS")},
    ),
    Misbehaviour(
        "verifies-the-first-megabyte", "station", (24,), "Once the first megabyte is good, it believes the rest.",
        values={ONE: {"verifies_first_megabyte": True}, TWO: {"verifies_first_megabyte": True}},
        caught_by={ONE: ("TC_081_CS",), TWO: ("TC_L_06_CS",)},
    ),
    Misbehaviour(
        "trusts-any-signer", "station", (24,), "It takes firmware from whoever signed it.",
        values={ONE: {"trusts_any_signer": True}, TWO: {"trusts_any_signer": True}},
        caught_by={ONE: (_SIGNERS,), TWO: ("TC_L_05_CS", "TC_L_18_CS")},
    ),
    Misbehaviour(
        "skips-a-firmware-status", "station", (24,), "It never says Downloaded.",
        values={
            ONE: {"skips_firmware_states": frozenset({"Downloaded"})},
            TWO: {"skips_firmware_states": frozenset({"Downloaded"})},
        },
        caught_by={ONE: ("TC_044_1_CS", "TC_080_CS"), TWO: ("TC_L_01_CS", "TC_L_06_CS")},
    ),
    Misbehaviour(
        "forgets-the-request-id", "station", (24,), "It reports updates and uploads under requestId 0.",
        values={ONE: {"forgets_request_id": True}, TWO: {"forgets_request_id": True}},
        caught_by={ONE: ("TC_079_CS", "TC_080_CS"), TWO: ("TC_L_01_CS", "TC_N_25_CS")},
    ),
    Misbehaviour(
        "boots-the-old-version", "station", (24,), "It says Installed, and is what it was before.",
        values={ONE: {"boots_old_version": True}, TWO: {"boots_old_version": True}},
        caught_by={ONE: ("TC_044_1_CS", "TC_080_CS"), TWO: ("TC_L_01_CS",)},
    ),
    Misbehaviour(
        "gives-up-at-once", "station", (24,), "It gives a transfer up after the first attempt, whatever retries say.",
        values={TWO: {"ignores_retries": True}},
        caught_by={TWO: ("TC_N_26_CS", "TC_L_07_CS")},
    ),
    Misbehaviour(
        "hides-bad-firmware", "station", (24,), "It refuses a bad signature and sends no security event.",
        values={
            ONE: {"hides_security_events": frozenset({"InvalidFirmwareSignature"})},
            TWO: {"hides_security_events": frozenset({"InvalidFirmwareSignature"})},
        },
        caught_by={ONE: ("TC_081_CS",), TWO: ("TC_L_06_CS",)},
    ),
    Misbehaviour(
        "credentials-in-urls", "csms", (), "It has firmware fetched from a URL with user and password in it.",
        values={
            ONE: {"edits": (Edit("UpdateFirmware", "location", _WITH_CREDENTIALS),)},
            TWO: {"edits": (Edit("UpdateFirmware", "firmware.location", _WITH_CREDENTIALS),)},
        },
        caught_by={ONE: ("rule:url-credentials",), TWO: ("rule:url-credentials",)},
    ),
    Misbehaviour(
        "odd-url", "csms", (), "It has firmware fetched from a place that only it knows.",
        values={
            ONE: {"edits": (Edit("UpdateFirmware", "location", "file:///firmware.bin"),)},
            TWO: {"edits": (Edit("UpdateFirmware", "firmware.location", "file:///firmware.bin"),)},
        },
        caught_by={
            ONE: ("rule:url-scheme", "it-names-a-place-that-a-charge-point-can-reach", "TC_044_1_CSMS"),
            TWO: ("rule:url-scheme", "it-names-a-place-that-a-station-can-reach", "TC_L_01_CSMS"),
        },
    ),
)
