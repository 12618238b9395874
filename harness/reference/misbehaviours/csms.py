"""What a practice CSMS can do wrong by name. The order is that of the list of field bugs."""

from __future__ import annotations

from harness.reference.csms.behaviour import Edit
from harness.reference.misbehaviours.entry import EVERYTHING, ONE, TWO, Misbehaviour
from harness.rpc.link import SECOND

_STRAY = "inconclusive:an-answer-to-something-it-never-asked-leaves-it-unmoved"
_QUIET = {
    ONE: "a-charge-point-that-is-quiet-for-as-long-as-it-was-told-to-be-is-not-cut-off",
    TWO: "a-station-that-is-quiet-for-as-long-as-it-was-told-to-be-is-not-cut-off",
}
_WELL_FORMED = "what-it-says-is-well-formed-from-the-first-boot-to-the-last-heartbeat"

CSMS: tuple[Misbehaviour, ...] = (
    Misbehaviour(
        "time-without-zone", "csms", (1,), "currentTime names no time zone.",
        values={ONE: {"time_suffix": ""}, TWO: {"time_suffix": ""}},
        caught_by={
            ONE: ("rule:schema",),
            TWO: ("rule:schema", _WELL_FORMED,),
        },
    ),
    Misbehaviour(
        "clock-ahead", "csms", (1,), "currentTime is two hours ahead.",
        values={ONE: {"clock_skew": 7200}, TWO: {"clock_skew": 7200}},
        caught_by={ONE: ("rule:timestamp-skew",), TWO: ("rule:timestamp-skew",)},
    ),
    Misbehaviour(
        "clock-slightly-behind", "csms", (1,), "currentTime is five seconds behind.",
        values={ONE: {"clock_skew": -5}, TWO: {"clock_skew": -5}},
        caught_by={
            ONE: ("the-time-it-tells-with-a-sign-of-life-is-right",
                  "the-time-it-tells-when-it-lets-the-charge-point-in-is-right"),
            TWO: ("the-time-it-tells-with-a-sign-of-life-is-right",
                  "the-time-it-tells-when-it-lets-the-station-in-is-right"),
        },
    ),
    Misbehaviour(
        "accepts-bad-time", "csms", (2,), "It takes messages with an impossible time.",
        values={ONE: {"accepts_bad_time": True}, TWO: {"accepts_bad_time": True}},
        caught_by={
            ONE: ("a-message-with-an-impossible-time-is-refused-and-the-next-good-one-is-served",),
            TWO: ("a-message-with-an-impossible-time-is-refused-and-the-next-good-one-is-served",),
        },
    ),
    Misbehaviour(
        "accepts-malformed", "csms", (2,), "It takes messages that break the schema.",
        values={ONE: {"accepts_malformed": True}, TWO: {"accepts_malformed": True}},
        caught_by={
            ONE: (
                "a-message-with-an-impossible-time-is-refused-and-the-next-good-one-is-served",
                "a-message-with-a-value-that-does-not-exist-is-refused-and-the-next-good-one-is-served",
            ),
            TWO: (
                "a-message-with-an-impossible-time-is-refused-and-the-next-good-one-is-served",
                "a-message-with-a-value-that-does-not-exist-is-refused-and-the-next-good-one-is-served",
            ),
        },
    ),
    Misbehaviour(
        "deaf-after-malformed", "csms", (2,), "After one message that breaks the schema it answers nothing more.",
        values={ONE: {"deaf_after_malformed": True}, TWO: {"deaf_after_malformed": True}},
        caught_by={
            ONE: (
                "rule:unanswered",
                "a-message-with-an-impossible-time-is-refused-and-the-next-good-one-is-served",
                "a-message-with-a-value-that-does-not-exist-is-refused-and-the-next-good-one-is-served",
            ),
            TWO: (
                "rule:unanswered",
                "a-message-with-an-impossible-time-is-refused-and-the-next-good-one-is-served",
                "a-message-with-a-value-that-does-not-exist-is-refused-and-the-next-good-one-is-served",
            ),
        },
    ),
    Misbehaviour(
        "closes-on-malformed", "csms", (2,), "It hangs up on a message that breaks the schema.",
        values={ONE: {"closes_on_malformed": True}, TWO: {"closes_on_malformed": True}},
        caught_by={
            ONE: (
                "a-message-with-an-impossible-time-is-refused-and-the-next-good-one-is-served",
                "a-message-with-a-value-that-does-not-exist-is-refused-and-the-next-good-one-is-served",
            ),
            TWO: (
                "a-message-with-an-impossible-time-is-refused-and-the-next-good-one-is-served",
                "a-message-with-a-value-that-does-not-exist-is-refused-and-the-next-good-one-is-served",
            ),
        },
    ),
    Misbehaviour(
        "status-outside-schema", "csms", (3,), "It answers Authorize with a status in small letters.",
        values={
            ONE: {"edits": (Edit("Authorize", "idTagInfo.status", "accepted"),)},
            TWO: {"edits": (Edit("Authorize", "idTokenInfo.status", "accepted"),)},
        },
        caught_by={
            ONE: (
                "rule:schema",
                "inconclusive:the-next-transaction-gets-another-number",
                _WELL_FORMED,
            ),
            TWO: (
                "rule:schema",
                "inconclusive:a-late-event-of-a-transaction-that-has-ended-is-answered-and-starts-nothing-anew",
                _WELL_FORMED,
            ),
        },
        reason="saw 'accepted'",
    ),
    Misbehaviour(
        "omits-interval", "csms", (3,), "Its answer to BootNotification has no interval.",
        values={ONE: {"omits_interval": True}, TWO: {"omits_interval": True}},
        caught_by={
            ONE: ("rule:schema", _WELL_FORMED, f"inconclusive:{_QUIET[ONE]}"),
            TWO: ("rule:schema", _WELL_FORMED, f"inconclusive:{_QUIET[TWO]}"),
        },
        reason="at least 300",
    ),
    Misbehaviour(
        "null-members", "csms", (4,), "It sends null for an optional member that it leaves out.",
        values={ONE: {"null_members": True}, TWO: {"null_members": True}},
        caught_by={ONE: ("rule:null-member",), TWO: ("rule:null-member",)},
    ),
    Misbehaviour(
        "demands-boot", "csms", (8,), "A station that comes back is not served before it has booted again.",
        values={ONE: {"demands_boot": True}, TWO: {"demands_boot": True}},
        caught_by={
            ONE: (
                "rule:not-served",
                "a-charge-point-that-comes-back-without-booting-again-is-served",
                "the-same-start-told-again-after-a-lost-connection-is-the-same-transaction",
            ),
            TWO: ("rule:not-served", "a-station-that-comes-back-without-booting-again-is-served"),
        },
    ),
    Misbehaviour(
        "revives-ended-transaction", "csms", (12,), "A late event makes an ended transaction run again.",
        values={TWO: {"revives_ended_transaction": True}},
        caught_by={TWO: ("a-late-event-of-a-transaction-that-has-ended-is-answered-and-starts-nothing-anew",)},
    ),
    Misbehaviour(
        "new-transaction-on-retry", "csms", (14,), "The same StartTransaction, told again, makes a second transaction.",
        values={ONE: {"new_transaction_on_retry": True}},
        caught_by={ONE: ("the-same-start-told-again-after-a-lost-connection-is-the-same-transaction",)},
    ),
    Misbehaviour(
        "repeats-transaction-ids", "csms", (14,), "All transactions get the same transactionId.",
        values={ONE: {"repeats_transaction_ids": True}},
        caught_by={ONE: ("the-next-transaction-gets-another-number", "rule:shared-transaction-id")},
    ),
    Misbehaviour(
        "repeats-ids-across-stations", "csms", (14,), "Each station's transactions are counted from the same number.",
        values={ONE: {"counts_transactions_per_station": True}}, caught_by={ONE: ("rule:shared-transaction-id",)},
    ),
    Misbehaviour(
        "silent-on-unknown-transaction", "csms", (15,),
        "A message of a transaction that it does not know gets no answer.",
        values={ONE: {"silent_on_unknown_transaction": True}, TWO: {"silent_on_unknown_transaction": True}},
        caught_by={
            ONE: ("rule:unanswered", "a-stop-of-a-transaction-it-does-not-know-is-confirmed",),
            TWO: ("rule:unanswered", "an-event-of-a-transaction-whose-beginning-it-never-heard-of-is-answered",),
        },
    ),
    Misbehaviour(
        "refuses-unknown-transaction", "csms", (15,),
        "A message of a transaction that it does not know gets a CALLERROR.",
        values={ONE: {"refuses_unknown_transaction": True}, TWO: {"refuses_unknown_transaction": True}},
        caught_by={
            ONE: ("rule:not-served", "a-stop-of-a-transaction-it-does-not-know-is-confirmed",),
            TWO: ("rule:not-served", "an-event-of-a-transaction-whose-beginning-it-never-heard-of-is-answered",),
        },
    ),
    Misbehaviour(
        "refuses-firmware-status", "csms", (15,), "FirmwareStatusNotification gets a CALLERROR.",
        values={
            ONE: {"refuses": frozenset({"FirmwareStatusNotification"})},
            TWO: {"refuses": frozenset({"FirmwareStatusNotification"})},
        },
        caught_by={
            ONE: ("rule:not-served", "what-it-is-told-of-an-update-it-confirms", "TC_044_1_CSMS",),
            TWO: ("TC_F_18_CSMS",),
        },
    ),
    Misbehaviour(
        "open-calls", "csms", (16,), "It opens a second CALL before the first is answered.",
        values={ONE: {"open_calls": 2}, TWO: {"open_calls": 2}},
        caught_by={
            ONE: ("rule:crowding", "it-asks-nothing-more-before-it-has-its-answer",),
            TWO: ("rule:one-open-call", "it-asks-nothing-more-before-it-has-its-answer",),
        },
    ),
    Misbehaviour(
        "waits-with-answers", "csms", (16,), "It answers nothing while a CALL of its own is open.",
        values={ONE: {"waits_for_own_call": True}, TWO: {"waits_for_own_call": True}},
        caught_by={
            ONE: ("rule:unanswered", "while-its-own-request-is-open-it-answers-the-charge-point",),
            TWO: ("rule:unanswered", "while-its-own-request-is-open-it-answers-the-station",),
        },
    ),
    Misbehaviour(
        "errors-on-results", "csms", (17,), "It answers a CALLRESULT with a CALLERROR.",
        values={ONE: {"answers_results": True}, TWO: {"answers_results": True}},
        caught_by={ONE: ("rule:correlation",), TWO: ("rule:correlation",)},
    ),
    Misbehaviour(
        "answers-strays", "csms", (17,), "It answers a CALLRESULT that it never asked for.",
        values={ONE: {"answers_strays": True}, TWO: {"answers_strays": True}},
        caught_by={ONE: ("rule:correlation",), TWO: ("rule:correlation",)},
    ),
    Misbehaviour(
        "stray-results", "csms", (17,), "After each answer it sends another under an id that nobody used.",
        values={ONE: {"volunteers_results": True}, TWO: {"volunteers_results": True}},
        caught_by={ONE: ("rule:correlation",), TWO: ("rule:correlation",)},
    ),
    Misbehaviour(
        "answers-twice", "csms", (17,), "It answers each CALL twice.",
        values={ONE: {"answers_twice": True}, TWO: {"answers_twice": True}},
        caught_by={ONE: ("rule:correlation",), TWO: ("rule:correlation",)},
    ),
    Misbehaviour(
        "reuses-message-id", "csms", (17,), "All its CALLs have the same messageId.",
        values={ONE: {"repeats_message_ids": True}, TWO: {"repeats_message_ids": True}},
        caught_by={ONE: ("rule:unique-id",), TWO: ("rule:unique-id",)},
    ),
    Misbehaviour(
        "answers-unknown-message-type", "csms", (17,), "It answers a message type number that it does not know.",
        values={TWO: {"answers_unknown_type": True}},
        excuse={
            TWO: (
                "Part 4 demands a CALLERROR in 4.3 and silence in 4.1.3 and its errata; no verdict rests on "
                "either"
            ),
        },
    ),
    Misbehaviour(
        "selects-unknown-subprotocol", "csms", (18,), "It agrees to a version that it does not speak.",
        values={ONE: {"selects_unknown_subprotocol": True}, TWO: {"selects_unknown_subprotocol": True}},
        caught_by={
            ONE: ("with-no-version-in-common-it-names-none-and-hangs-up",),
            TWO: ("with-no-version-in-common-it-names-none-and-hangs-up",),
        },
    ),
    Misbehaviour(
        "omits-subprotocol", "csms", (18,), "Its 101 does not name the version that both speak.",
        values={ONE: {"omits_subprotocol": True}, TWO: {"omits_subprotocol": True}},
        caught_by={
            ONE: (
                "with-no-version-in-common-it-names-none-and-hangs-up",
                "a-charge-point-that-comes-back-without-booting-again-is-served",
                "TC_088_CSMS",
            ),
            TWO: (
                "with-no-version-in-common-it-names-none-and-hangs-up",
                "a-station-with-a-wrong-password-is-turned-away-at-the-door",
                "a-station-is-let-in-under-its-own-name-alone",
                "a-station-that-comes-back-without-booting-again-is-served",
                "TC_B_58_CSMS",
            ),
        },
    ),
    Misbehaviour(
        "keeps-unnegotiated", "csms", (18,), "With no version in common it keeps the connection open all the same.",
        values={ONE: {"keeps_unnegotiated": True}, TWO: {"keeps_unnegotiated": True}},
        caught_by={
            ONE: ("with-no-version-in-common-it-names-none-and-hangs-up",),
            TWO: ("with-no-version-in-common-it-names-none-and-hangs-up",),
        },
    ),
    Misbehaviour(
        "identity-not-decoded", "csms", (19,), "It does not decode the percent signs in the URL of a station.",
        values={ONE: {"identity_not_decoded": True}, TWO: {"identity_not_decoded": True}},
        caught_by={
            ONE: (EVERYTHING, "with-no-version-in-common-it-names-none-and-hangs-up",),
            TWO: (
                EVERYTHING,
                "with-no-version-in-common-it-names-none-and-hangs-up",
                "a-station-with-a-wrong-password-is-turned-away-at-the-door",
                "a-station-is-let-in-under-its-own-name-alone",
            ),
        },
        reason="HTTP status 404",
        identity="RDAM|123",
    ),
    Misbehaviour(
        "ignores-user", "csms", (20,), "Of the Basic credentials it checks the password alone.",
        values={ONE: {"ignores_user": True}, TWO: {"ignores_user": True}},
        caught_by={
            ONE: ("with-its-password-under-another-name-it-is-turned-away-and-under-its-own-it-is-let-in",),
            TWO: ("a-station-is-let-in-under-its-own-name-alone",),
        },
    ),
    Misbehaviour(
        "ignores-password", "csms", (20,), "It lets a station in whatever its password.",
        values={ONE: {"ignores_password": True}, TWO: {"ignores_password": True}},
        caught_by={
            ONE: ("with-another-password-it-is-turned-away-and-with-its-own-it-is-let-in",),
            TWO: (
                "a-station-with-a-wrong-password-is-turned-away-at-the-door",
                "a-station-is-let-in-under-its-own-name-alone",
            ),
        },
    ),
    Misbehaviour(
        "password-as-text", "csms", (20,), "It takes the octets of a password for letters.",
        values={ONE: {"password_as_text": True}},
        caught_by={ONE: ("a-new-password-is-octets-and-no-text-it-reads-them-as-they-are",)},
    ),
    Misbehaviour(
        "mute-to-pings", "csms", (21,), "Pings get no pong.",
        values={ONE: {"mute_to_pings": True}, TWO: {"mute_to_pings": True}},
        caught_by={ONE: ("it-answers-a-ping-at-once",), TWO: ("it-answers-a-ping-at-once",)},
    ),
    Misbehaviour(
        "idle-close", "csms", (21,), "It hangs up on a station that was quiet for just the heartbeat interval.",
        values={ONE: {"idle_close": 300 * SECOND}, TWO: {"idle_close": 300 * SECOND}},
        caught_by={
            ONE: (_QUIET[ONE],),
            TWO: (_QUIET[TWO],),
        },
    ),
    Misbehaviour(
        "impatient-close", "csms", (21,), "It hangs up on a station that was quiet for three minutes.",
        values={ONE: {"idle_close": 200 * SECOND}, TWO: {"idle_close": 200 * SECOND}},
        caught_by={
            ONE: ("a-connection-on-which-only-pings-go-by-stands-for-minutes",
                  _QUIET[ONE]),
            TWO: ("a-connection-on-which-only-pings-go-by-stands-for-minutes",
                  _QUIET[TWO]),
        },
    ),
    Misbehaviour(
        "hangs-up-on-late-answers", "csms", (), "An answer to a question that it has given up makes it hang up.",
        values={ONE: {"hangs_up_on_strays": True}, TWO: {"hangs_up_on_strays": True}},
        caught_by={
            ONE: ("an-answer-that-comes-minutes-late-does-no-harm", _STRAY),
            TWO: ("an-answer-that-comes-minutes-late-does-no-harm", _STRAY),
        },
        reason="connection",
    ),
    Misbehaviour(
        "interval-of-none", "csms", (), "It lets a station in with a heartbeat interval below 0.",
        values={ONE: {"edits": (Edit("BootNotification", "interval", -1),)},
                TWO: {"edits": (Edit("BootNotification", "interval", -1),)}},
        caught_by={
            ONE: ("it-lets-the-charge-point-in-soon-with-an-interval-that-makes-sense", _WELL_FORMED,
                  f"inconclusive:{_QUIET[ONE]}"),
            TWO: ("it-lets-the-station-in-soon-with-an-interval-that-makes-sense", _WELL_FORMED,
                  f"inconclusive:{_QUIET[TWO]}"),
        },
        reason="at least 300",
    ),
    Misbehaviour(
        "slow-when-many", "csms", (), "While more than 50 stations are connected, its answers take ten seconds.",
        values={ONE: {"slow_when_many": 10 * SECOND}, TWO: {"slow_when_many": 10 * SECOND}},
        caught_by={
            ONE: ("while-it-serves-a-hundred-others-it-answers-each-in-time",),
            TWO: ("while-it-serves-a-hundred-others-it-answers-each-in-time",),
        },
    ),
    Misbehaviour(
        "ignores-limits", "csms", (25,), "It asks for more in one request than the station said it can take.",
        values={TWO: {"ignores_limits": True}},
        caught_by={TWO: ("TC_B_08_CSMS",)},
    ),
)  # fmt: skip
