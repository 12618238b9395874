"""States of a station under test on its way to another certificate or security profile."""

from __future__ import annotations

from harness.states.state import TWO, Line, State, do, see

_COMM = "OCPPCommCtrlr"
_PACE = (
    ("NetworkProfileConnectionAttempts", "1"),
    ("RetryBackOffWaitMinimum", "1"),
    ("RetryBackOffRepeatTimes", "0"),
    ("RetryBackOffRandomRange", "0"),
)


def _paced() -> tuple[Line, ...]:
    """Each network connection profile gets one attempt, and the pauses are as short as they can be."""
    wanted: list[tuple[str, str]] = []
    for number, (variable, value) in enumerate(_PACE):
        entry = f"setVariableData[{number}]."
        wanted += [(entry + "component.name", _COMM), (entry + "variable.name", variable)]
        wanted += [(entry + "attributeValue", value)]
    taken = [
        (f"setVariableResult[{number}].attributeStatus", "any of Accepted, RebootRequired")
        for number in range(len(_PACE))
    ]
    return (
        do('the CSMS sends SetVariables as "pace" with', *wanted),
        see('the station answers "pace" with', *taken),
    )


STATES = (State("set to try each way once", "station", TWO, _paced(), after="booted"),)
