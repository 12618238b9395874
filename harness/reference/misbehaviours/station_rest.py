"""What a practice station can do wrong by name: calls, connections, meters, settings (field bugs 15 to 25)."""

from __future__ import annotations

from harness.reference.misbehaviours.entry import EVERYTHING, ONE, TWO, Misbehaviour

REST: tuple[Misbehaviour, ...] = (
    Misbehaviour(
        "silent-on-request", "station", (15,), "One kind of request gets no answer at all.",
        values={
            ONE: {"unanswered_actions": frozenset({"ClearChargingProfile"})},
            TWO: {"silent_on": frozenset({"SendLocalList"})},
        },
        caught_by={
            ONE: (
                "rule:unanswered",
                "a-profile-of-the-same-purpose-and-level-replaces-the-one-before",
                "the-schedule-it-reports-keeps-to-the-smaller-of-two-limits",
                "an-accepted-profile-survives-a-restart",
            ),
            TWO: ("a-request-with-an-impossible-time-is-refused-and-the-next-good-one-is-served",),
        },
    ),
    Misbehaviour(
        "open-calls", "station", (16,), "It opens a second CALL before the first is answered.",
        values={ONE: {"calls_at_once": 2}, TWO: {"open_calls": 2}},
        caught_by={
            ONE: ("rule:crowding", "a-whole-visit-that-nobody-could-hear-of-is-told-afterwards-the-beginning-first",),
            TWO: ("rule:one-open-call", "it-asks-nothing-more-before-it-has-its-answer-and-answers-meanwhile",),
        },
    ),
    Misbehaviour(
        "waits-with-answers", "station", (16,), "It answers nothing while a CALL of its own is open.",
        values={ONE: {"answers_while_waiting": False}, TWO: {"waits_with_answers": True}},
        caught_by={
            ONE: ("while-it-waits-for-its-own-answer-it-serves-the-central-system",),
            TWO: ("it-asks-nothing-more-before-it-has-its-answer-and-answers-meanwhile",),
        },
    ),
    Misbehaviour(
        "errors-on-results", "station", (17,), "It answers a CALLRESULT with a CALLERROR.",
        values={ONE: {"error_to_result": True}, TWO: {"errors_on_results": True}},
        caught_by={ONE: ("rule:correlation",), TWO: ("rule:correlation",)},
    ),
    Misbehaviour(
        "answers-strays", "station", (17,), "It answers a CALLRESULT that it never asked for.",
        values={ONE: {"answers_unknown_ids": True}, TWO: {"answers_stray_results": True}},
        caught_by={ONE: ("rule:correlation",), TWO: ("rule:correlation",)},
    ),
    Misbehaviour(
        "stray-results", "station", (17,), "After each answer it sends another under an id that nobody used.",
        values={TWO: {"stray_results": True}},
        caught_by={TWO: ("rule:correlation",)},
    ),
    Misbehaviour(
        "answers-twice", "station", (17,), "It answers each CALL twice.",
        values={ONE: {"duplicate_answers": True}, TWO: {"answers_twice": True}},
        caught_by={ONE: ("rule:correlation",), TWO: ("rule:correlation",)},
    ),
    Misbehaviour(
        "reuses-message-id", "station", (17,), "All its CALLs have the same messageId.",
        values={ONE: {"reused_message_id": True}, TWO: {"repeats_message_ids": True}},
        caught_by={ONE: ("rule:unique-id",), TWO: ("rule:unique-id",)},
    ),
    Misbehaviour(
        "answers-unknown-message-type", "station", (17,), "It answers a message type number that it does not know.",
        values={TWO: {"answers_unknown_message_type": True}},
        excuse={
            TWO: (
                "Part 4 demands a CALLERROR in 4.3 and silence in 4.1.3 and its errata; no verdict rests on "
                "either"
            ),
        },
    ),
    Misbehaviour(
        "no-subprotocol", "station", (18,), "It connects without Sec-WebSocket-Protocol.",
        values={ONE: {"offers_subprotocol": None}, TWO: {"no_subprotocol": True}},
        caught_by={ONE: (EVERYTHING,), TWO: (EVERYTHING,)},
        reason="the station offered none",
    ),
    Misbehaviour(
        "wrong-subprotocol", "station", (18,), "It offers another version than the one it is tested in.",
        values={ONE: {"offers_subprotocol": "ocpp1.5"}, TWO: {"wrong_subprotocol": "ocpp1.6"}},
        caught_by={ONE: (EVERYTHING,), TWO: (EVERYTHING,)},
        reason="the station offered ocpp1.",
    ),
    Misbehaviour(
        "identity-not-encoded", "station", (19,),
        "It puts its identity into the URL as it is, special characters and all.",
        values={ONE: {"encodes_identity": False}, TWO: {"identity_verbatim": True}},
        caught_by={ONE: (EVERYTHING,), TWO: (EVERYTHING,)},
        reason="the station called itself 'CS|1'",
        identity="CS%7C1",
    ),
    Misbehaviour(
        "password-as-hex", "station", (20,), "It sends the hexadecimal digits of its password instead of the password.",
        values={ONE: {"hex_password_verbatim": True}, TWO: {"password_as_hex": True}},
        caught_by={ONE: (EVERYTHING,), TWO: (EVERYTHING,)},
        reason="Basic credentials are not those of the SUT file",
    ),
    Misbehaviour(
        "takes-any-subprotocol", "station", (18,), "It goes on over a connection whose version it never offered.",
        values={ONE: {"accepts_any_subprotocol": True}, TWO: {"accepts_missing_subprotocol": True}},
        caught_by={
            ONE: ("a-version-that-it-never-offered-it-does-not-take-and-it-comes-back",),
            TWO: ("a-version-that-it-never-offered-it-does-not-take-and-it-comes-back",),
        },
    ),
    Misbehaviour(
        "password-as-text", "station", (20,), "It takes the octets of its password for letters, and sends UTF-8.",
        values={ONE: {"password_as_text": True}},
        caught_by={ONE: ("a-password-is-octets-and-no-text-it-sends-them-as-they-are",)},
    ),
    Misbehaviour(
        "never-reconnects", "station", (21,), "A lost connection it never opens again.",
        values={ONE: {"reconnects": False}, TWO: {"never_reconnects": True}},
        caught_by={
            ONE: (
                "back-after-a-lost-connection-it-tells-which-connector-has-changed-meanwhile",
                "while-nobody-answers-it-does-not-hammer-on-the-door",
                "what-ended-while-nobody-could-hear-it-is-told-afterwards-under-the-number-that-it-was-given",
                "a-whole-visit-that-nobody-could-hear-of-is-told-afterwards-the-beginning-first",
            ),
            TWO: (
                "back-after-a-lost-connection-it-tells-which-connector-has-changed-meanwhile",
                "while-nobody-answers-it-does-not-hammer-on-the-door",
                "what-happened-while-nobody-could-hear-it-is-told-afterwards-oldest-first",
            ),
        },
    ),
    Misbehaviour(
        "ignores-missing-pongs", "station", (21,), "That its pings get no pong it does not mind.",
        values={ONE: {"notices_missing_pong": False}, TWO: {"ignores_missing_pong": True}},
        caught_by={
            ONE: ("no-pong-comes-any-more-and-it-takes-a-new-connection",),
            TWO: ("no-pong-comes-any-more-and-it-takes-a-new-connection",),
        },
    ),
    Misbehaviour(
        "no-back-off", "station", (21,), "While nobody answers it dials at a constant pace.",
        values={ONE: {"backs_off": False}, TWO: {"reconnects_at_once": True}},
        caught_by={ONE: ("rule:back-off",), TWO: ("rule:back-off",)},
    ),
    Misbehaviour(
        "register-backwards", "station", (22,), "The energy register runs backwards.",
        values={ONE: {"register_runs_backwards": True}, TWO: {"register_backwards": True}},
        caught_by={ONE: ("rule:register-backwards",), TWO: ("rule:register-backwards",)},
    ),
    Misbehaviour(
        "meter-stop-below-register", "station", (22,), "meterStop is below what was read before.",
        values={ONE: {"meter_stop_below_register": True}},
        caught_by={ONE: ("rule:register-backwards",)},
    ),
    Misbehaviour(
        "wrong-meter-context", "station", (22,), "Its readings name another occasion than the one they were taken at.",
        values={ONE: {"sampled_context": "Sample.Clock"}, TWO: {"wrong_meter_context": True}},
        caught_by={
            ONE: ("a-visit-is-told-from-beginning-to-end-under-the-number-that-it-was-given",),
            TWO: ("a-visit-is-told-from-beginning-to-end-with-the-register-read-when-it-is-over",),
        },
    ),
    Misbehaviour(
        "begin-and-end-not-told", "station", (22,), "The readings it keeps for the end do not say which they are.",
        values={ONE: {"begin_context": "Sample.Periodic", "end_context": "Sample.Periodic"}},
        caught_by={ONE: ("asked-for-readings-with-the-end-it-tells-those-of-the-beginning-and-of-the-end",)},
    ),
    Misbehaviour(
        "begin-and-end-swapped", "station", (22,), "The first reading of a transaction it marks as the last.",
        values={ONE: {"begin_context": "Transaction.End", "end_context": "Transaction.Begin"}},
        caught_by={ONE: ("rule:reading-context",)},
    ),
    Misbehaviour(
        "stops-in-the-past", "station", (22,), "Its StopTransaction names a time from before the transaction began.",
        values={ONE: {"stop_timestamp_shift": -3600}},
        caught_by={ONE: ("rule:chronology",)},
    ),
    Misbehaviour(
        "raises-to-minimum", "station", (23,), "It takes minChargingRate for a limit that it may go up to.",
        values={ONE: {"raises_to_minimum": True}},
        caught_by={ONE: ("the-rate-below-which-charging-is-inefficient-raises-no-limit",)},
    ),
    Misbehaviour(
        "profile-without-effect", "station", (23,), "It accepts a charging profile and draws more than it allows.",
        values={ONE: {"draws_over_limit": True}},
        caught_by={ONE: ("what-it-lets-the-car-draw-is-what-the-profile-allows",)},
    ),
    Misbehaviour(
        "forgets-messages", "station", (10,), "A restart loses the transaction messages that were not told yet.",
        values={ONE: {"forgets_messages": True}},
        caught_by={ONE: ("what-it-could-not-tell-survives-a-restart",)},
    ),
    Misbehaviour(
        "foreign-transaction-id", "station", (22,), "MeterValues name transactionId 9223372036854775807.",
        values={ONE: {"meter_values_transaction_id": 9223372036854775807}},
        caught_by={
            ONE: (
                "rule:meter-transaction",
                "a-visit-is-told-from-beginning-to-end-under-the-number-that-it-was-given",
            ),
        },
    ),
    Misbehaviour(
        "transaction-id-zero", "station", (22,), "MeterValues name transactionId 0.",
        values={ONE: {"meter_values_transaction_id": 0}},
        caught_by={
            ONE: (
                "rule:meter-transaction",
                "a-visit-is-told-from-beginning-to-end-under-the-number-that-it-was-given",
            ),
        },
    ),
    Misbehaviour(
        "no-meter-values", "station", (22,), "It tells no readings.",
        values={ONE: {"sends_meter_values": False}, TWO: {"no_meter_values": True}},
        caught_by={
            ONE: ("a-visit-is-told-from-beginning-to-end-under-the-number-that-it-was-given",),
            TWO: ("a-visit-is-told-from-beginning-to-end-with-the-register-read-when-it-is-over", "TC_J_03_CS"),
        },
    ),
    Misbehaviour(
        "keeps-same-stack-level", "station", (23,), "A profile does not replace the one of its purpose and stackLevel.",
        values={ONE: {"replaces_same_stack_level": False}},
        caught_by={ONE: ("a-profile-of-the-same-purpose-and-level-replaces-the-one-before",)},
    ),
    Misbehaviour(
        "forgets-profiles", "station", (23,), "A restart loses the charging profiles.",
        values={ONE: {"forgets_profiles": True}},
        caught_by={ONE: ("an-accepted-profile-survives-a-restart",)},
    ),
    Misbehaviour(
        "ignores-site-maximum", "station", (23,), "The composite schedule passes over ChargePointMaxProfile.",
        values={ONE: {"composite_ignores_maximum": True}},
        caught_by={ONE: ("the-schedule-it-reports-keeps-to-the-smaller-of-two-limits",)},
    ),
    Misbehaviour(
        "accepts-any-profile", "station", (23,), "It accepts a TxProfile with no transaction.",
        values={ONE: {"accepts_any_profile": True}},
        caught_by={ONE: ("outside-of-a-transaction-it-takes-no-profile-for-a-transaction",)},
    ),
    Misbehaviour(
        "firmware-never-finished", "station", (24,), "It never tells how an update ended.",
        values={ONE: {"finishes_firmware": False}},
        caught_by={ONE: ("of-an-update-that-cannot-be-fetched-it-says-so",)},
    ),
    Misbehaviour(
        "mandatory-key-missing", "station", (25,), "A key or component that every station has is missing.",
        values={
            ONE: {"missing_keys": frozenset({"ResetRetries"})},
            TWO: {"missing_components": frozenset({"TxCtrlr"})},
        },
        caught_by={ONE: ("TC_019_CS",), TWO: ("TC_B_12_CS",)},
    ),
    Misbehaviour(
        "read-only-writable", "station", (25,), "It lets a read-only setting be written.",
        values={ONE: {"writes_read_only": True}, TWO: {"read_only_writable": True}},
        caught_by={ONE: ("a-key-that-is-its-own-to-tell-cannot-be-set",), TWO: ("TC_B_39_CS",)},
    ),
    Misbehaviour(
        "unknown-key-not-told", "station", (25,), "Asked for a key that there is not, it says nothing of it.",
        values={ONE: {"reports_unknown_keys": False}},
        caught_by={ONE: ("TC_019_CS",)},
    ),
    Misbehaviour(
        "unknown-setting-accepted", "station", (25,), "It takes a value for a setting that there is not.",
        values={ONE: {"accepts_unknown_key": True}, TWO: {"unknown_variable_accepted": True}},
        caught_by={ONE: ("TC_040_1_CS",), TWO: ("TC_B_32_CS",)},
    ),
    Misbehaviour(
        "senseless-value-accepted", "station", (25,), "It takes a value that makes no sense.",
        values={ONE: {"checks_values": False}, TWO: {"out_of_range_accepted": True}},
        caught_by={ONE: ("TC_040_2_CS",), TWO: ("TC_B_11_CS",)},
    ),
    Misbehaviour(
        "password-readable", "station", (25,), "It gives away its password to whoever asks.",
        values={ONE: {"reveals_authorization_key": True}, TWO: {"write_only_readable": True}},
        caught_by={ONE: ("it-gives-nobody-its-password-to-read",), TWO: ("it-never-gives-away-its-password",)},
    ),
    Misbehaviour(
        "report-never-ends", "station", (25,), "The last part of a report says that more will come.",
        values={TWO: {"tbc_always": True}},
        caught_by={TWO: ("TC_B_12_CS",)},
    ),
    Misbehaviour(
        "report-cut-short", "station", (25,), "A report says that it is complete before its last part.",
        values={TWO: {"tbc_never": True}},
        caught_by={TWO: ("TC_B_12_CS",)},
    ),
    Misbehaviour(
        "ignores-heartbeat-interval", "station", (),
        "It keeps its own heartbeat interval, whatever it was told at boot.",
        values={ONE: {"heartbeat_factor": 1.6}, TWO: {"ignores_heartbeat_interval": True}},
        caught_by={
            ONE: ("it-gives-a-sign-of-life-as-often-as-it-was-told-to",),
            TWO: ("it-gives-a-sign-of-life-as-often-as-it-was-told-to",),
        },
    ),
)  # fmt: skip
