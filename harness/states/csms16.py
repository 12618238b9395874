"""States of our own 1.6 station in features that judge a Central System."""

from __future__ import annotations

from harness.states.state import ONE, State, do, see

STATES = (
    State("connected", "csms", ONE, (do("the station connects"), see("the CSMS accepts the connection"))),
    State(
        "booted",
        "csms",
        ONE,
        (
            do('the station sends BootNotification as "boot"'),
            see('the CSMS answers "boot" with', ("status", "Accepted")),
            do('the station sends StatusNotification as "available" with', ("status", "Available")),
            see('the CSMS answers "available"'),
        ),
        after="connected",
    ),
)
