"""States of our own 2.x station in features that judge a CSMS.

Each event of the transaction has its number, as a station would count; the comments tell which were used, so
that a scenario can go on with the next.
"""

from __future__ import annotations

from harness.states.state import TWO, Line, Rows, State, do, see

_VALID: Rows = (("idToken.idToken", "the valid idToken"), ("idToken.type", "the type of the valid idToken"))


def _event(name: str, number: int, trigger: str, charging: str, *rows: tuple[str, str]) -> tuple[Line, Line]:
    """A TransactionEvent of the running transaction, and its answer."""
    return (
        do(
            f'the station sends TransactionEvent as "{name}" with',
            ("eventType", "Updated" if number else "Started"),
            ("triggerReason", trigger),
            ("seqNo", str(number)),
            ("transactionInfo.chargingState", charging),
            *rows,
        ),
        see(f'the CSMS answers "{name}"'),
    )


_OCCUPIED = (
    do('the station sends StatusNotification as "occupied" with', ("connectorStatus", "Occupied")),
    see('the CSMS answers "occupied"'),
)
_AUTHORIZE = (
    do('the station sends Authorize as "authorize" with', *_VALID),
    see('the CSMS answers "authorize" with', ("idTokenInfo.status", "Accepted")),
)

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
    # The cable is in, nobody has authorized: seqNo 0 was used.
    State(
        "plugged in", "csms", TWO, (*_OCCUPIED, *_event("start", 0, "CablePluggedIn", "EVConnected")), after="booted"
    ),
    # The driver has authorized, no cable is in and no EVSE chosen: seqNo 0 was used.
    State(
        "authorized",
        "csms",
        TWO,
        (*_AUTHORIZE, *_event("start", 0, "Authorized", "Idle", ("evse", "absent"), *_VALID)),
        after="booted",
    ),
    # Energy flows: seqNo 0 to 2 were used.
    State(
        "charging",
        "csms",
        TWO,
        (
            *_AUTHORIZE,
            *_event("authorized", 1, "Authorized", "EVConnected", *_VALID),
            *_event("charging", 2, "ChargingStateChanged", "Charging"),
        ),
        after="plugged in",
    ),
    # The EV takes no energy: seqNo 0 to 3 were used.
    State("suspended", "csms", TWO, _event("suspended", 3, "ChargingStateChanged", "SuspendedEV"), after="charging"),
    # The driver has authorized the stop, the cable is in: seqNo 0 to 4 were used.
    State(
        "finishing",
        "csms",
        TWO,
        (
            *_event("stop", 3, "StopAuthorized", "Charging", *_VALID),
            *_event("stopped", 4, "ChargingStateChanged", "EVConnected"),
        ),
        after="charging",
    ),
)
