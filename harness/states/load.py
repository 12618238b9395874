"""States of a CSMS under test that has many stations of ours to serve, those of [load] in the SUT file."""

from __future__ import annotations

from harness.states.state import ONE, TWO, Line, State, do, see


def _joins(number: int) -> tuple[Line, ...]:
    """The station of [load] with that number connects and boots."""
    station, boot = f'the station "load station {number}"', f'"boot of load station {number}"'
    return (
        do(f"{station} connects"),
        see(f"the CSMS accepts the connection of {station}"),
        do(f"{station} sends BootNotification as {boot}"),
        see(f"the CSMS answers {boot} with", ("status", "Accepted")),
    )


def _serving(count: int) -> State:
    joining = (_joins(number) for number in range(1, count + 1))
    return State(f"serving {count} other stations", "csms", ONE + TWO, sum(joining, ()), of="csms", tag=f"load:{count}")


STATES = (_serving(100),)
