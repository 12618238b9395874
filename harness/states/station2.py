"""States of a 2.x station under test: brought about by people and by our CSMS."""

from __future__ import annotations

from harness.states.state import TWO, State, do, see

STATES = (
    State("booted", "station", TWO),
    State("connected to an EV", "station", TWO, (do("the driver plugs in"),), after="booted"),
    State(
        "charging",
        "station",
        TWO,
        (
            do("the driver plugs in"),
            do("the driver presents the valid idToken"),
            see(
                'the station sends TransactionEvent as "charging" with',
                ("transactionInfo.chargingState", "Charging"),
            ),
        ),
        after="booted",
    ),
)
