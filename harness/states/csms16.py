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
    State(
        "authorized",
        "csms",
        ONE,
        (
            do('the station sends Authorize as "authorize" with', ("idTag", "the valid idTag")),
            see('the CSMS answers "authorize" with', ("idTagInfo.status", "Accepted")),
        ),
        after="booted",
    ),
    State(
        "charging",
        "csms",
        ONE,
        (
            do('the station sends StatusNotification as "preparing" with', ("status", "Preparing")),
            see('the CSMS answers "preparing"'),
            do('the station sends StartTransaction as "start" with', ("idTag", "the valid idTag")),
            see('the CSMS answers "start" with', ("idTagInfo.status", "Accepted")),
            do('the station sends StatusNotification as "charging" with', ("status", "Charging")),
            see('the CSMS answers "charging"'),
        ),
        after="authorized",
    ),
)
