"""What a practice station can do wrong by name: the form of messages, and registration (field bugs 1 to 7)."""

from __future__ import annotations

from harness.reference.misbehaviours.entry import ONE, TWO, Misbehaviour

FORM: tuple[Misbehaviour, ...] = (
    Misbehaviour(
        "timestamp-without-zone", "station", (1,), "Its timestamps name no time zone.",
        values={ONE: {"timestamp_style": "no_zone"}, TWO: {"timestamps": "no_zone"}},
        caught_by={ONE: ("rule:schema",), TWO: ("rule:schema",)},
    ),
    Misbehaviour(
        "timestamp-short-offset", "station", (1,), "Its timestamps have an offset of hours alone, such as +02.",
        values={ONE: {"timestamp_style": "short_offset"}, TWO: {"timestamps": "short_offset"}},
        caught_by={ONE: ("rule:schema",), TWO: ("rule:schema",)},
    ),
    Misbehaviour(
        "timestamp-with-space", "station", (1,), "A space stands between date and time instead of T.",
        values={ONE: {"timestamp_style": "space"}},
        caught_by={ONE: ("rule:schema",)},
    ),
    Misbehaviour(
        "local-time-marked-utc", "station", (1,), "Its timestamps are local time, and say Z.",
        values={ONE: {"timestamp_style": "local_marked_utc"}, TWO: {"timestamps": "local_as_utc"}},
        caught_by={ONE: ("rule:timestamp-skew",), TWO: ("rule:timestamp-skew",)},
    ),
    Misbehaviour(
        "timestamp-six-decimals", "station", (1,),
        "Its timestamps count microseconds, where three decimals are allowed.",
        values={TWO: {"timestamps": "six_decimals"}},
        caught_by={TWO: ("rule:timestamp-decimals",)},
    ),
    Misbehaviour(
        "accepts-bad-payload", "station", (2,),
        "It takes requests whose payload breaks the schema, impossible times among them.",
        values={ONE: {"checks_payloads": False}, TWO: {"accepts_bad_payloads": True}},
        caught_by={
            ONE: (
                "a-request-with-an-impossible-time-is-refused-and-the-next-good-one-is-served",
                "a-request-with-a-value-that-does-not-exist-is-refused-and-the-next-good-one-is-served",
            ),
            TWO: (
                "a-request-with-an-impossible-time-is-refused-and-the-next-good-one-is-served",
                "a-request-with-a-value-that-does-not-exist-is-refused-and-the-next-good-one-is-served",
            ),
        },
    ),
    Misbehaviour(
        "mute-on-bad-payload", "station", (2,), "It leaves a request that breaks the schema without any answer.",
        values={TWO: {"mute_on_bad_payloads": True}},
        caught_by={
            TWO: (
                "a-request-with-an-impossible-time-is-refused-and-the-next-good-one-is-served",
                "a-request-with-a-value-that-does-not-exist-is-refused-and-the-next-good-one-is-served",
            ),
        },
    ),
    Misbehaviour(
        "error-code-outside-schema", "station", (3,), "It reports an errorCode that does not exist.",
        values={ONE: {"error_code": "Error"}},
        caught_by={ONE: ("rule:schema",)},
    ),
    Misbehaviour(
        "meter-unit-outside-schema", "station", (3,), "It measures energy in a unit that does not exist.",
        values={ONE: {"meter_unit": "Hz"}},
        caught_by={ONE: ("rule:schema",)},
    ),
    Misbehaviour(
        "status-outside-schema", "station", (3,), "It reports a connectorStatus that only OCPP 1.6 has.",
        values={TWO: {"wrong_connector_status": "Charging"}},
        caught_by={
            TWO: (
                "rule:schema",
                "it-asks-nothing-more-before-it-has-its-answer-and-answers-meanwhile",
                "put-off-for-a-while-it-says-nothing-of-a-cable-until-it-has-been-let-in",
                "turned-away-it-says-nothing-of-a-cable-until-it-has-been-let-in",
                "a-fault-from-before-it-was-let-in-is-reported-afterwards",
                "back-after-a-lost-connection-it-tells-which-connector-has-changed-meanwhile",
            ),
        },
    ),
    Misbehaviour(
        "overlong-serial", "station", (3,), "Its serial number is longer than the schema allows.",
        values={ONE: {"overlong_serial": True}, TWO: {"overlong_serial_number": True}},
        caught_by={ONE: ("rule:schema",), TWO: ("rule:schema",)},
    ),
    Misbehaviour(
        "empty-vendor", "station", (3,), "It names an empty vendor.",
        values={ONE: {"empty_vendor": True}},
        caught_by={ONE: ("it-says-who-made-it",)},
    ),
    Misbehaviour(
        "extra-member", "station", (3,), "Its requests hold a member that no schema knows.",
        values={ONE: {"extra_member": True}, TWO: {"extra_member": True}},
        caught_by={ONE: ("rule:schema",), TWO: ("rule:schema",)},
    ),
    Misbehaviour(
        "null-members", "station", (4,), "It sends null for an optional member that it leaves out.",
        values={ONE: {"null_members": True}, TWO: {"null_members": True}},
        caught_by={ONE: ("rule:null-member",), TWO: ("rule:null-member",)},
    ),
    Misbehaviour(
        "talks-while-pending", "station", (5,), "It reports its connectors before it was accepted.",
        values={ONE: {"talks_while_pending": True}, TWO: {"talks_while_pending": True}},
        caught_by={
            ONE: (
                "rule:readiness",
                "put-off-for-a-while-it-says-nothing-until-it-has-been-let-in-and-then-tells-the-state-of-its-connectors",
                "put-off-without-being-told-for-how-long-it-does-not-flood-the-central-system",
                "TC_002_CS",
            ),
            TWO: (
                "rule:readiness",
                "put-off-for-a-while-it-says-nothing-of-a-cable-until-it-has-been-let-in",
                "put-off-without-being-told-for-how-long-it-does-not-flood-the-csms",
                "TC_B_02_CS",
            ),
        },
    ),
    Misbehaviour(
        "talks-while-rejected", "station", (5,), "It reports its connectors although it was rejected.",
        values={TWO: {"talks_while_rejected": True}},
        caught_by={
            TWO: ("rule:readiness", "turned-away-it-says-nothing-of-a-cable-until-it-has-been-let-in", "TC_B_03_CS",),
        },
    ),
    Misbehaviour(
        "ignores-boot-interval", "station", (6,),
        "Turned away, it knocks again after one second, whatever interval it was given.",
        values={ONE: {"honours_boot_interval": False}, TWO: {"ignores_boot_interval": True}},
        caught_by={
            ONE: (
                "put-off-for-a-while-it-says-nothing-until-it-has-been-let-in-and-then-tells-the-state-of-its-connectors",
                "turned-away-it-says-nothing-until-it-has-been-let-in-and-then-tells-the-state-of-its-connectors",
                "put-off-without-being-told-for-how-long-it-does-not-flood-the-central-system",
                "TC_002_CS",
            ),
            TWO: (
                "put-off-for-a-while-it-says-nothing-of-a-cable-until-it-has-been-let-in",
                "put-off-without-being-told-for-how-long-it-does-not-flood-the-csms",
                "TC_B_03_CS",
            ),
        },
    ),
    Misbehaviour(
        "boots-once-only", "station", (6,), "Turned away once, it never knocks again.",
        values={ONE: {"retries_boot": False}, TWO: {"boots_once_only": True}},
        caught_by={
            ONE: (
                "put-off-for-a-while-it-says-nothing-until-it-has-been-let-in-and-then-tells-the-state-of-its-connectors",
                "turned-away-it-says-nothing-until-it-has-been-let-in-and-then-tells-the-state-of-its-connectors",
                "a-fault-from-before-it-was-let-in-is-reported-afterwards",
                "TC_002_CS",
            ),
            TWO: (
                "put-off-for-a-while-it-says-nothing-of-a-cable-until-it-has-been-let-in",
                "turned-away-it-says-nothing-of-a-cable-until-it-has-been-let-in",
                "a-fault-from-before-it-was-let-in-is-reported-afterwards",
                "TC_B_03_CS",
            ),
        },
    ),
    Misbehaviour(
        "floods-on-zero-interval", "station", (6,), "Turned away with interval 0, it knocks without a pause.",
        values={ONE: {"floods_on_zero_interval": True}, TWO: {"floods_on_interval_zero": True}},
        caught_by={
            ONE: ("put-off-without-being-told-for-how-long-it-does-not-flood-the-central-system",
                  "put-off-with-an-interval-that-is-none-it-does-not-flood-the-central-system"),
            TWO: ("put-off-without-being-told-for-how-long-it-does-not-flood-the-csms",
                  "put-off-with-an-interval-that-is-none-it-does-not-flood-the-csms"),
        },
    ),
    Misbehaviour(
        "obeys-while-pending", "station", (7,), "It starts a transaction for a CSMS that has not accepted it yet.",
        values={ONE: {"pending_refusal": "Accepted"}, TWO: {"remote_start_while_pending": True}},
        caught_by={ONE: ("put-off-it-starts-no-charging-for-the-central-system",), TWO: ("TC_B_02_CS",)},
    ),
    Misbehaviour(
        "serves-while-rejected", "station", (7,), "It serves the requests of a CSMS that has rejected it.",
        values={ONE: {"answers_while_rejected": True}, TWO: {"answers_forbidden_while_pending": True}},
        caught_by={ONE: ("rule:readiness",), TWO: ("TC_B_30_CS",)},
    ),
)  # fmt: skip
