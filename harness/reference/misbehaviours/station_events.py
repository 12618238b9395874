"""What a practice station can do wrong by name: connectors, transactions and retries (field bugs 8 to 13)."""

from __future__ import annotations

from harness.reference.misbehaviours.entry import ONE, TWO, Misbehaviour

EVENTS: tuple[Misbehaviour, ...] = (
    Misbehaviour(
        "no-status-after-boot", "station", (8,), "Accepted, it does not tell the state of its connectors.",
        values={ONE: {"status_after_boot": False}, TWO: {"no_status_after_boot": True}},
        caught_by={
            ONE: (
                "put-off-for-a-while-it-says-nothing-until-it-has-been-let-in-and-then-tells-the-state-of-its-connectors",
                "turned-away-it-says-nothing-until-it-has-been-let-in-and-then-tells-the-state-of-its-connectors",
                "a-fault-from-before-it-was-let-in-is-reported-afterwards",
                "an-accepted-profile-survives-a-restart",
                "TC_001_CS",
            ),
            TWO: (
                "put-off-for-a-while-it-says-nothing-of-a-cable-until-it-has-been-let-in",
                "turned-away-it-says-nothing-of-a-cable-until-it-has-been-let-in",
                "a-fault-from-before-it-was-let-in-is-reported-afterwards",
                "TC_B_01_CS",
            ),
        },
    ),
    Misbehaviour(
        "no-status-after-reconnect", "station", (8,),
        "Back from a lost connection, it does not tell which connectors have changed.",
        values={ONE: {"status_after_reconnect": False}, TWO: {"no_status_after_reconnect": True}},
        caught_by={
            ONE: ("back-after-a-lost-connection-it-tells-which-connector-has-changed-meanwhile",),
            TWO: ("back-after-a-lost-connection-it-tells-which-connector-has-changed-meanwhile", "TC_B_52_CS",),
        },
    ),
    Misbehaviour(
        "boots-after-reconnect", "station", (8,), "It sends BootNotification after every lost connection.",
        values={ONE: {"boots_after_reconnect": True}, TWO: {"boots_after_every_reconnect": True}},
        excuse={
            ONE: "a boot after a lost connection is legal, only noisy",
            TWO: "a boot after a lost connection is legal, only noisy",
        },
    ),
    Misbehaviour(
        "loses-early-events", "station", (9,), "What happens before it is accepted it never tells.",
        values={ONE: {"loses_events_before_registration": True}, TWO: {"loses_early_events": True}},
        caught_by={
            ONE: (
                "put-off-for-a-while-it-says-nothing-until-it-has-been-let-in-and-then-tells-the-state-of-its-connectors",
                "turned-away-it-says-nothing-until-it-has-been-let-in-and-then-tells-the-state-of-its-connectors",
                "a-fault-from-before-it-was-let-in-is-reported-afterwards",
            ),
        },
        excuse={
            TWO: (
                "the fault's NotifyEvent is lost, which OCPP 2.0.1 demands for a lock alone (G05.FR.02); "
                "the connector's status is told"
            ),
        },
    ),
    Misbehaviour(
        "loses-offline-events", "station", (10,), "What happens in a transaction while it is offline it never tells.",
        values={ONE: {"keeps_offline_transactions": False}, TWO: {"loses_offline_events": True}},
        caught_by={
            ONE: (
                "what-ended-while-nobody-could-hear-it-is-told-afterwards-under-the-number-that-it-was-given",
                "a-whole-visit-that-nobody-could-hear-of-is-told-afterwards-the-beginning-first",
                "what-it-could-not-tell-survives-a-restart",
            ),
            TWO: (
                "what-happened-while-nobody-could-hear-it-is-told-afterwards-oldest-first",
                "what-it-could-not-tell-survives-a-restart",
                "TC_C_26_CS",
                "TC_E_40_CS",
                "TC_E_43_CS",
            ),
        },
    ),
    Misbehaviour(
        "forgets-queue-on-reboot", "station", (10,), "What it could not tell is forgotten when it restarts.",
        values={TWO: {"forgets_queue_on_reboot": True}},
        caught_by={TWO: ("what-it-could-not-tell-survives-a-restart",)},
    ),
    Misbehaviour(
        "offline-transaction-id-minus-one", "station", (10,),
        "A transaction begun offline ends under transactionId -1.",
        values={ONE: {"offline_transaction_id": -1}},
        caught_by={ONE: ("a-whole-visit-that-nobody-could-hear-of-is-told-afterwards-the-beginning-first",)},
    ),
    Misbehaviour(
        "offline-transaction-id-zero", "station", (10,), "A transaction begun offline ends under transactionId 0.",
        values={ONE: {"offline_transaction_id": 0}},
        caught_by={ONE: ("a-whole-visit-that-nobody-could-hear-of-is-told-afterwards-the-beginning-first",)},
    ),
    Misbehaviour(
        "stop-before-start", "station", (10, 11),
        "Of a transaction that was offline it tells the end before the beginning.",
        values={ONE: {"stop_before_start": True}},
        caught_by={ONE: ("a-whole-visit-that-nobody-could-hear-of-is-told-afterwards-the-beginning-first",)},
    ),
    Misbehaviour(
        "seqno-gap", "station", (11,), "seqNo skips every second number.",
        values={TWO: {"sequence_gap": True}},
        caught_by={TWO: ("rule:seq-no",)},
    ),
    Misbehaviour(
        "seqno-repeats", "station", (11,), "seqNo is always 0.",
        values={TWO: {"sequence_repeats": True}},
        caught_by={
            TWO: (
                "rule:seq-no",
                "a-visit-is-told-from-beginning-to-end-with-the-register-read-when-it-is-over",
            ),
        },
    ),
    Misbehaviour(
        "no-offline-flag", "station", (11,), "Events from an offline period do not say so.",
        values={TWO: {"no_offline_flag": True}},
        caught_by={
            TWO: (
                "what-happened-while-nobody-could-hear-it-is-told-afterwards-oldest-first",
                "what-it-could-not-tell-survives-a-restart",
            ),
        },
    ),
    Misbehaviour(
        "newest-first", "station", (11,), "It sends the events that have waited with the newest first.",
        values={TWO: {"queue_order": "newest_first"}},
        caught_by={
            TWO: (
                "rule:event-order",
                "rule:seq-no",
                "what-happened-while-nobody-could-hear-it-is-told-afterwards-oldest-first",
                "an-event-that-the-csms-never-takes-in-is-given-up-after-as-many-attempts-as-it-was-told",
            ),
        },
    ),
    Misbehaviour(
        "events-twice", "station", (11, 13), "It sends each event twice, answered or not.",
        values={TWO: {"sends_events_twice": True}},
        caught_by={
            TWO: (
                "rule:told-twice",
                "an-event-that-the-csms-fails-to-take-in-is-sent-again-after-a-pause-and-no-sooner",
            ),
        },
    ),
    Misbehaviour(
        "duplicate-start", "station", (13,), "It sends StartTransaction twice, answered or not.",
        values={ONE: {"duplicate_start_transaction": True}},
        caught_by={
            ONE: (
                "rule:told-twice",
                "a-visit-is-told-from-beginning-to-end-under-the-number-that-it-was-given",
                "what-it-read-first-and-last-it-tells-with-the-end",
                "what-ended-while-nobody-could-hear-it-is-told-afterwards-under-the-number-that-it-was-given",
                "a-whole-visit-that-nobody-could-hear-of-is-told-afterwards-the-beginning-first",
                "what-it-could-not-tell-survives-a-restart",
                "a-transaction-message-that-is-never-taken-in-is-sent-after-ever-longer-pauses-and-then-given-up",
            ),
        },
    ),
    Misbehaviour(
        "duplicate-stop", "station", (13,), "It sends StopTransaction twice, answered or not.",
        values={ONE: {"duplicate_stop_transaction": True}},
        caught_by={ONE: ("rule:told-twice",)},
    ),
    Misbehaviour(
        "retries-at-once", "station", (13,), "A transaction message that failed it sends again without a pause.",
        values={ONE: {"waits_to_retry": False}, TWO: {"retries_at_once": True}},
        caught_by={
            ONE: (
                "a-transaction-message-that-the-central-system-fails-to-take-in-is-sent-again-after-a-pause",
                "a-transaction-message-that-is-never-taken-in-is-sent-after-ever-longer-pauses-and-then-given-up",
            ),
            TWO: ("an-event-that-the-csms-fails-to-take-in-is-sent-again-after-a-pause-and-no-sooner",),
        },
    ),
    Misbehaviour(
        "retry-pause-constant", "station", (13,), "Its pause before the next attempt does not grow with the attempts.",
        values={ONE: {"retry_interval_grows": False}, TWO: {"retry_pause_constant": True}},
        caught_by={
            ONE: ("a-transaction-message-that-is-never-taken-in-is-sent-after-ever-longer-pauses-and-then-given-up",),
            TWO: ("what-was-not-taken-in-is-sent-again-after-pauses-that-grow",),
        },
    ),
    Misbehaviour(
        "retries-for-ever", "station", (13,),
        "A transaction message that failed it sends more often than it was told to.",
        values={ONE: {"transaction_message_attempts": 9}, TWO: {"retries_for_ever": True}},
        caught_by={
            ONE: ("a-transaction-message-that-is-never-taken-in-is-sent-after-ever-longer-pauses-and-then-given-up",),
            TWO: ("an-event-that-the-csms-never-takes-in-is-given-up-after-as-many-attempts-as-it-was-told",),
        },
    ),
    Misbehaviour(
        "never-retries", "station", (13,), "A transaction message that failed once it gives up.",
        values={ONE: {"transaction_message_attempts": 1}, TWO: {"never_retries": True}},
        caught_by={
            ONE: (
                "a-transaction-message-that-the-central-system-fails-to-take-in-is-sent-again-after-a-pause",
                "a-transaction-message-that-is-never-taken-in-is-sent-after-ever-longer-pauses-and-then-given-up",
            ),
            TWO: (
                "an-event-that-the-csms-fails-to-take-in-is-sent-again-after-a-pause-and-no-sooner",
                "an-event-that-the-csms-never-takes-in-is-given-up-after-as-many-attempts-as-it-was-told",
            ),
        },
    ),
)  # fmt: skip
