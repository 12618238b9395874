"""States of our own 2.x station in features that judge a CSMS."""

from __future__ import annotations

from harness.states.state import TWO, State, do, see

STATES = (
    State("connected", "csms", TWO, (do("the station connects"), see("the CSMS accepts the connection"))),
    State(
        "booted",
        "csms",
        TWO,
        (
            do('the station sends BootNotification as "boot"'),
            see('the CSMS answers "boot" with', ("status", "Accepted")),
            do('the station sends StatusNotification as "available" with', ("connectorStatus", "Available")),
            see('the CSMS answers "available"'),
        ),
        after="connected",
    ),
)
