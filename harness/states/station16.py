"""States of a 1.6 station under test: brought about by people and by our Central System."""

from __future__ import annotations

from harness.states.state import ONE, State, do, see

STATES = (
    State("booted", "station", ONE),
    State(
        "charging",
        "station",
        ONE,
        (
            do("the driver plugs in"),
            do("the driver presents the valid idTag"),
            see('the station sends StartTransaction as "start"'),
            see('the station sends StatusNotification as "charging" with', ("status", "Charging")),
        ),
        after="booted",
    ),
)
