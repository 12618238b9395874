"""The two addresses of our CSMS."""

from __future__ import annotations

import pytest

from harness.addresses import FIRST_ADDRESS, SECOND_ADDRESS, diverted, place, second
from harness.bdd import steps  # noqa: F401  # fills the vocabulary
from harness.bdd.grammar import VOCABULARY


@pytest.mark.parametrize(
    ("target", "expected"),
    [
        ("/ocpp/CS001", FIRST_ADDRESS),
        ("/ocpp/second/CS001", SECOND_ADDRESS),
        ("/second/CS001?key=/x", SECOND_ADDRESS),
        ("/CS001", FIRST_ADDRESS),
        ("/ocpp/second", FIRST_ADDRESS),
    ],
)
def test_where_a_station_has_dialled(target: str, expected: str) -> None:
    assert place(target) == expected


@pytest.mark.parametrize("base", ["ws://host:1/ocpp", "wss://host/ocpp/", "ws://host:1"])
def test_diverted_there_and_back(base: str) -> None:
    there = f"{second(base)}/CS001"
    assert place(there) == SECOND_ADDRESS
    assert place(diverted(there)) == FIRST_ADDRESS
    assert diverted(diverted(there)) == there


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        ("the station reconnects", (None, None, None)),
        ("the station reconnects to the second address", (SECOND_ADDRESS, None, None)),
        ("the station reconnects after at least 1 s within 9 s", (None, 10**9, 9 * 10**9)),
    ],
)
def test_what_a_reconnection_may_say(sentence: str, expected: tuple[object, ...]) -> None:
    _, words = VOCABULARY.find("then", sentence)
    assert (words["place"], words["pause"], words["duration"]) == expected
