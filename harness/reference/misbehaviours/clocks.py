"""Misbehaviours of the station's clocks: what only a measurement over several occurrences finds."""

from __future__ import annotations

from harness.reference.misbehaviours.entry import ONE, TWO, Misbehaviour

CLOCKS: tuple[Misbehaviour, ...] = (
    Misbehaviour(
        "heartbeat-a-tenth-off", "station", (), "Its heartbeat comes a tenth later than it was told.",
        values={ONE: {"heartbeat_factor": 1.1}, TWO: {"heartbeat_factor": 1.1}},
        caught_by={
            ONE: ("over-an-hour-its-signs-of-life-do-not-drift",),
            TWO: ("over-an-hour-its-signs-of-life-do-not-drift",),
        },
    ),
    Misbehaviour(
        "heartbeat-a-tenth-early", "station", (), "Its heartbeat comes a tenth earlier than it was told.",
        values={ONE: {"heartbeat_factor": 0.9}, TWO: {"heartbeat_factor": 0.9}},
        caught_by={
            ONE: ("over-an-hour-its-signs-of-life-do-not-drift",),
            TWO: ("over-an-hour-its-signs-of-life-do-not-drift",),
        },
    ),
    Misbehaviour(
        "aligned-to-its-start", "station", (),
        "Its clock-aligned readings count from the moment the interval was set, not from midnight.",
        values={ONE: {"aligns_to_clock": False}, TWO: {"aligned_to_start": True}},
        caught_by={
            ONE: ("over-an-hour-its-readings-fall-on-every-quarter",),
            TWO: ("over-an-hour-its-readings-fall-on-every-quarter",),
        },
    ),
    Misbehaviour(
        "no-random-back-off", "station", (), "While nobody answers, its pauses have no random part.",
        values={TWO: {"no_random_back_off": True}},
        caught_by={TWO: ("its-pauses-differ-at-random-within-the-range-it-was-given",)},
    ),
    Misbehaviour(
        "believes-late-answers", "station", (), "It gives no CALL up, and takes an answer that comes minutes later.",
        values={ONE: {"ignores_call_timeout": True}, TWO: {"ignores_call_timeout": True}},
        caught_by={
            ONE: ("what-it-is-told-in-answer-to-a-question-that-it-has-given-up-it-does-not-believe",),
            TWO: ("what-it-is-told-in-answer-to-a-question-that-it-has-given-up-it-does-not-believe",),
        },
    ),
    Misbehaviour(
        "ignores-heartbeat-time", "station", (),
        "It sets its clock when it boots, and never by the answer to Heartbeat.",
        values={ONE: {"ignores_heartbeat_time": True}, TWO: {"ignores_heartbeat_time": True}},
        caught_by={
            ONE: ("told-another-time-with-a-sign-of-life-alone-it-uses-that-one-from-then-on",),
            TWO: ("told-another-time-with-a-sign-of-life-alone-it-uses-that-one-from-then-on",),
        },
    ),
    Misbehaviour(
        "reports-every-state", "station", (), "It reports states that last shorter than MinimumStatusDuration.",
        values={ONE: {"reports_every_state": True}, TWO: {"reports_every_state": True}},
        caught_by={
            ONE: ("a-state-that-lasts-a-moment-is-not-worth-a-message",),
            TWO: ("a-state-that-lasts-a-moment-is-not-worth-a-message",),
        },
    ),
)  # fmt: skip
