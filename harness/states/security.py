"""States of a station under test on its way to another certificate or security profile."""

from __future__ import annotations

from harness.states.state import ONE, TWO, Line, State, do, see

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


_SWITCH = "AllowSecurityProfileDowngrade"


def _switched(value: str) -> tuple[Line, ...]:
    """2.x: the variable may be read-only and hold already what is needed."""
    place = ("component.name", "SecurityCtrlr"), ("variable.name", _SWITCH)
    return (
        do(
            'the CSMS sends SetVariables as "set switch" with',
            *((f"setVariableData[0].{path}", name) for path, name in place),
            ("setVariableData[0].attributeValue", value),
        ),
        see(
            'the station answers "set switch" with',
            ("setVariableResult[0].attributeStatus", "any of Accepted, Rejected"),
        ),
        do(
            'the CSMS sends GetVariables as "switch" with',
            *((f"getVariableData[0].{path}", name) for path, name in place),
        ),
        see('the station answers "switch" with', ("getVariableResult[0].attributeValue", value)),
    )


def _switched16(value: str) -> tuple[Line, ...]:
    return (
        do('the CSMS sends ChangeConfiguration as "set switch" with', ("key", _SWITCH), ("value", value)),
        see('the station answers "set switch" with', ("status", "any of Accepted, Rejected")),
        do('the CSMS sends GetConfiguration as "switch" with', ("key[0]", _SWITCH)),
        see('the station answers "switch" with', ("configurationKey[0].value", f"like (?i){value}")),
    )


# One that does not know the switch allows none (2.0.1 part 2, 2.2.11).
_WILDCARDS = ("component.name", "SecurityCtrlr"), ("variable.name", "AllowCSMSTLSWildcards")
_NO_WILDCARDS = (
    do(
        'the CSMS sends SetVariables as "set wildcards" with',
        *((f"setVariableData[0].{path}", name) for path, name in _WILDCARDS),
        ("setVariableData[0].attributeValue", "false"),
    ),
    see('the station answers "set wildcards"'),
    do(
        'the CSMS sends GetVariables as "wildcards" with',
        *((f"getVariableData[0].{path}", name) for path, name in _WILDCARDS),
    ),
    see('the station answers "wildcards" with', ("getVariableResult[0].attributeValue", "absent or false")),
)
_MAY, _MAY_NOT = "allowed to go back in security", "no longer allowed to go back in security"
STATES = (
    State("set to try each way once", "station", TWO, _paced(), after="connected by its usual profile"),
    State("set to take no wildcard certificates", "station", TWO, _NO_WILDCARDS),
    State(_MAY, "station", TWO, _switched("true"), after="connected by its usual profile"),
    State(_MAY_NOT, "station", TWO, _switched("false"), after="booted"),
    State(_MAY, "station", ONE, _switched16("true"), after="booted"),
)
