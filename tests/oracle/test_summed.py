"""A product that breaks one rule in every frame of a flood fills no report with it."""

from __future__ import annotations

from types import SimpleNamespace

from hypothesis import given
from hypothesis import strategies as st

from harness.bdd import run
from harness.oracle.findings import MOST, Finding, Severity, summed
from harness.oracle.rules_rpc import NULL, ONE_CALL

RULES = (NULL, ONE_CALL)


def found(*numbers: int) -> list[Finding]:
    """Findings of one rule or the other."""
    return [Finding(RULES[number], f"no. {at}", (at,), 1) for at, number in enumerate(numbers)]


def test_few_are_told_each() -> None:
    few = found(*[0, 1] * MOST)
    assert summed(few) == few


def test_of_many_the_first_are_told_and_the_others_counted() -> None:
    many = found(*[0] * (MOST + 150), 1)
    told = summed(many)
    assert told[:MOST] == many[:MOST]
    assert [str(finding) for finding in told[MOST:]] == [
        str(many[-1]),
        f"SHALL null-member ({NULL.source}): and 150 more like these; the last: no. {MOST + 149} "
        f"[journal entry {MOST + 149}]",
    ]


@given(st.lists(st.integers(0, 1), max_size=60), st.integers(1, 20))
def test_no_rule_is_lost_and_none_is_made(numbers: list[int], most: int) -> None:
    some = found(*numbers)
    told = summed(some, most)
    for rule in RULES:
        own, all_of_it = [f for f in told if f.rule is rule], [f for f in some if f.rule is rule]
        assert len(own) == min(len(all_of_it), most + 1)
        assert own[:most] == all_of_it[:most]
    assert {f.rule.severity for f in told} <= {Severity.SHALL}


def test_what_the_scenario_asked_for_is_neither_told_nor_counted() -> None:
    many = found(*[0] * (MOST + 50))
    session = SimpleNamespace(
        now=0, excused=set(range(20, MOST + 50)), monitor=SimpleNamespace(finish=lambda now: many))
    assert run.found(session) == many[:20]  # type: ignore[arg-type]
