"""Misbehaviours of the station's clocks: what only a measurement over several occurrences finds."""

from __future__ import annotations

from harness.reference.misbehaviours.entry import ONE, TWO, Misbehaviour


def _scaled(
    name: str, meaning: str, one: tuple[str, ...] | None, two: tuple[str, ...] | None, factor: int = 2
) -> Misbehaviour:
    """A station that takes one of its settings to be larger; per version the setting, and who notices."""
    found = {version: pair for version, pair in ((ONE, one), (TWO, two)) if pair is not None}
    return Misbehaviour(
        name, "station", (), meaning,
        values={version: {"scaled": ((told[0], factor),)} for version, told in found.items()},
        caught_by={version: told[1:] for version, told in found.items()},
    )


_KEEPS = "given-another-interval-while-it-runs-it-keeps-that-one"
_SCALED = (
    _scaled("heartbeat-half-as-often", "Told another heartbeat interval, it keeps twice that one.",
            ("HeartbeatInterval", _KEEPS, "it-gives-a-sign-of-life-as-often-as-it-was-told-to"),
            ("HeartbeatInterval", _KEEPS, "it-gives-a-sign-of-life-as-often-as-it-was-told-to")),
    _scaled("samples-half-as-often", "It leaves every second reading of a transaction out.",
            ("MeterValueSampleInterval", "while-it-charges-it-tells-its-readings-at-the-interval-that-it-was-given"),
            ("TxUpdatedInterval", "TC_J_09_CS")),
    _scaled("passes-strokes-over", "It reads its meters at every second stroke of the clock.",
            ("ClockAlignedDataInterval", "told-to-follow-the-clock-it-tells-its-readings-when-the-clock-says-so"),
            ("Interval", "TC_J_01_CS")),
    _scaled("waits-twice-for-the-cable", "It waits for the cable twice as long as it was told to.",
            ("ConnectionTimeOut", "no-cable-comes-and-what-was-authorised-is-given-up-in-time"),
            ("EVConnectionTimeOut", "no-cable-comes-and-what-was-authorised-is-given-up-in-time")),
    _scaled("retry-pause-doubled", "It pauses twice as long as it was told to before it sends an event again.",
            ("TransactionMessageRetryInterval", "what-was-not-taken-in-is-sent-again-after-pauses-that-grow"),
            ("MessageAttemptInterval", "what-was-not-taken-in-is-sent-again-after-pauses-that-grow")),
    _scaled("pings-half-as-often", "It pings half as often as it was told to.",
            ("WebSocketPingInterval", "it-pings-as-often-as-it-was-told-to"),
            ("WebSocketPingInterval", "it-pings-as-often-as-it-was-told-to")),
    _scaled("doubles-for-ever", "Its pauses before the next attempt to connect double more often than it was told to.",
            None, ("RetryBackOffRepeatTimes", "its-pauses-double-as-often-as-it-was-told-to-and-no-more"), 5),
    _scaled("varies-too-much", "Its pauses differ by more than the random range that it was given.",
            None, ("RetryBackOffRandomRange", "its-pauses-differ-at-random-within-the-range-it-was-given"), 5),
    _scaled("no-absence-is-long", "However long it was away, it tells no more than what has changed.",
            None, ("OfflineThreshold", "TC_B_51_CS"), 1000),
    _scaled("holds-states-back", "It holds a state back for twice as long as MinimumStatusDuration.",
            ("MinimumStatusDuration", "a-state-that-lasts-a-moment-is-not-worth-a-message"),
            ("MinimumStatusDuration", "a-state-that-lasts-a-moment-is-not-worth-a-message")),
)  # fmt: skip

CLOCKS: tuple[Misbehaviour, ...] = (
    *_SCALED,
    Misbehaviour(
        "heartbeats-regardless", "station", (), "What else it says puts no heartbeat off, though it claims so.",
        values={ONE: {"heartbeats_regardless": True}, TWO: {"heartbeats_regardless": True}},
        caught_by={
            ONE: ("a-message-in-between-puts-the-next-sign-of-life-off",),
            TWO: ("a-message-in-between-puts-the-next-sign-of-life-off",),
        },
    ),
    Misbehaviour(
        "beats-by-the-clock", "station", (),
        "Its next heartbeat is due at a time of its clock: told another time, it is quiet for years, or beats at once.",
        values={ONE: {"beats_by_the_clock": True}, TWO: {"beats_by_the_clock": True}},
        caught_by={
            ONE: ("its-clock-jumps-and-its-signs-of-life-come-as-before",),
            TWO: ("its-clock-jumps-and-its-signs-of-life-come-as-before",),
        },
    ),
    Misbehaviour(
        "ignores-boot-time", "station", (), "It takes no time from the CSMS.",
        values={ONE: {"ignores_current_time": True}, TWO: {"ignores_current_time": True}},
        caught_by={
            ONE: ("told-another-time-it-uses-that-one-from-then-on",),
            TWO: ("told-another-time-it-uses-that-one-from-then-on",),
        },
    ),
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
        "keeps-back-off", "station", (), "Let in again, it goes on with the long pauses of before.",
        values={TWO: {"keeps_back_off": True}},
        caught_by={TWO: ("let-in-again-it-begins-with-the-shortest-pause-the-next-time",)},
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
    *(
        Misbehaviour(
            name, "station", (), f"Its clock is {what}, for certificates too, and nobody sets it.",
            values={each: {"clock_error": error, "ignores_current_time": True} for each in (ONE, TWO)},
            caught_by={ONE: ("rule:timestamp-skew", *late), TWO: ("rule:timestamp-skew",)},
        )
        for name, what, error, late in (
            # What it is to fetch by now it would fetch in two days.
            ("clock-two-days-slow", "two days slow", -2 * 86_400, ("of-an-update-that-cannot-be-fetched-it-says-so",)),
            ("clock-three-days-fast", "three days fast", 3 * 86_400, ()),
            ("clock-two-years-fast", "two years fast", 730 * 86_400, ()),
        )
    ),
    *(
        Misbehaviour(
            name, "csms", (), f"Its clock is {what}, for certificates too.",
            values={each: {"clock_error": error} for each in (ONE, TWO)},
            caught_by={ONE: ("rule:timestamp-skew",), TWO: ("rule:timestamp-skew",)},
        )
        for name, what, error in (
            ("clock-two-days-slow", "two days slow", -2 * 86_400),
            ("clock-three-days-fast", "three days fast", 3 * 86_400),
            ("clock-two-years-fast", "two years fast", 730 * 86_400),
        )
    ),
)  # fmt: skip
