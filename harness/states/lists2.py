"""States of a 2.x station under test that keeps a Local Authorization List (block D, C13, C14)."""

from __future__ import annotations

from harness.states.state import TWO, Line, State, do, see

_ENTRY = "localAuthorizationList[{}]."


def _entry(number: int, token: str, status: str, *more: tuple[str, str]) -> tuple[tuple[str, str], ...]:
    entry = _ENTRY.format(number)
    return (
        (f"{entry}idToken.idToken", f"the {token} idToken"),
        (f"{entry}idToken.type", f"the type of the {token} idToken"),
        (f"{entry}idTokenInfo.status", status),
        *((entry + member, cell) for member, cell in more),
    )


def _grouped(number: int, token: str, status: str) -> tuple[tuple[str, str], ...]:
    group = (("idTokenInfo.groupIdToken.idToken", f"the group of the {token} idToken"),
             ("idTokenInfo.groupIdToken.type", "Central"))  # fmt: skip
    return _entry(number, token, status, *group)


def _list(*rows: tuple[str, str]) -> tuple[Line, ...]:
    """The whole list, taken."""
    return (
        do('the CSMS sends SendLocalList as "list" with', ("updateType", "Full"), *rows),
        see('the station answers "list" with', ("status", "Accepted")),
    )


_SETTINGS = (
    ("AuthCtrlr", "LocalPreAuthorize"),
    ("AuthCtrlr", "LocalAuthorizeOffline"),
    ("LocalAuthListCtrlr", "Enabled"),
)

# Whether the list can be switched off is the station's choice; a station that cannot has it on.
_TRUSTED = (
    do(
        'the CSMS sends SetVariables as "trust" with',
        *(
            row
            for number, (component, variable) in enumerate(_SETTINGS)
            for row in (
                (f"setVariableData[{number}].component.name", component),
                (f"setVariableData[{number}].variable.name", variable),
                (f"setVariableData[{number}].attributeValue", "true"),
            )
        ),
    ),
    see(
        'the station answers "trust" with',
        ("setVariableResult[0].attributeStatus", "Accepted"),
        ("setVariableResult[1].attributeStatus", "Accepted"),
        ("setVariableResult[2].attributeStatus", "any of Accepted, Rejected, UnknownVariable"),
    ),
)

STATES = (
    State("set to trust its list", "station", TWO, _TRUSTED),
    *(
        State(f"given a list that calls the {token} idToken {status}", "station", TWO, _list(*_entry(0, token, status)))
        for token, status in (
            ("valid", "Accepted"), ("valid", "Invalid"), ("invalid", "Invalid"), ("blocked", "Blocked"),
            ("expired", "Expired"),
        )
    ),
    *(
        State(
            f"given a list with a group of which one is {status}",
            "station",
            TWO,
            _list(*_grouped(0, "group", "Accepted"), *_grouped(1, "same group", status)),
        )
        for status in ("Accepted", "Invalid")
    ),
    *(
        State(
            f"given a list whose entry {ends}",
            "station",
            TWO,
            _list(*_entry(0, "valid", "Accepted", ("idTokenInfo.cacheExpiryDateTime", when))),
        )
        for ends, when in (("has run out", "now - 1 h"), ("holds for an hour", "now + 1 h"))
    ),
    State(
        "able to let entries of its list run out",
        "station",
        TWO,
        (
            do(
                'the CSMS sends GetVariables as "runs out" with',
                ("getVariableData[0].component.name", "LocalAuthListCtrlr"),
                ("getVariableData[0].variable.name", "SupportsExpiryDateTime"),
            ),
            see('the station answers "runs out" with', ("getVariableResult[0].attributeValue", "like (?i)true")),
        ),
    ),
)  # fmt: skip
