"""Every rule of the monitor, seen to fire and seen to be silent, on journals built by hand.

`FIRES` and `SILENT` are keyed by rule id; a rule missing in either is itself a failure.
"""

from __future__ import annotations

import pytest

from harness.oracle.findings import Severity
from harness.oracle.monitor import Limits, Monitor, all_rules, breaches, watchers
from harness.rpc.dialect import DIALECTS, Role, Version
from harness.rpc.link import SECOND
from tests.oracle import stories_answers as stories_answers
from tests.oracle import stories_handshake as stories_handshake
from tests.oracle import stories_ids16 as stories_ids16
from tests.oracle import stories_meters as stories_meters
from tests.oracle import stories_rpc as stories_rpc
from tests.oracle import stories_station as stories_station
from tests.oracle import stories_times16 as stories_times16
from tests.oracle import stories_transactions as stories_transactions
from tests.oracle import stories_urls as stories_urls
from tests.oracle.bench import OUT, Record
from tests.oracle.stories import FIRES, SILENT, Story, booted, flat, status

# ---- the tables at work ---------------------------------------------------------------------------


@pytest.mark.parametrize(("rule", "version", "sut", "story"), flat(FIRES))
def test_the_rule_fires(rule: str, version: Version, sut: Role, story: Story) -> None:
    record = Record(version, sut, start=1000 * SECOND)
    story(record)
    found = [finding for finding in record.findings() if finding.rule.id == rule]
    assert found
    for finding in found:
        assert finding.events
        assert max(finding.events) < len(record.journal)
        assert finding.rule.source in str(finding)


@pytest.mark.parametrize(("rule", "version", "sut", "story"), flat(SILENT))
def test_the_rule_is_silent(rule: str, version: Version, sut: Role, story: Story) -> None:
    record = Record(version, sut, start=1000 * SECOND)
    story(record)
    assert [str(finding) for finding in record.findings() if finding.rule.id == rule] == []
    assert len(record.journal)


def test_every_rule_is_seen_both_ways() -> None:
    ids = {rule.id for rule in all_rules()}
    assert ids == set(FIRES)
    assert ids == set(SILENT)


def test_a_silent_story_is_about_its_rule() -> None:
    """A story that is silent because its rule does not watch there at all would prove nothing."""
    for rule, cases in SILENT.items():
        for name, version, sut, _ in cases:
            watched = {r.id for watcher in watchers(DIALECTS[version], sut, Limits()) for r in watcher.rules}
            assert rule in watched, name


# ---- the monitor as a whole -----------------------------------------------------------------------


def test_reading_in_pieces_finds_the_same() -> None:
    record = Record()
    monitor = Monitor(record.transcript, "station", Limits())
    booted(record, "Pending")
    assert monitor.review() == []
    status(record)
    assert [finding.rule.id for finding in monitor.review()] == ["readiness"]
    assert monitor.review() == []
    assert [finding.rule.id for finding in monitor.finish(round(record.now * SECOND))] == ["readiness"]
    assert record.rules() == {"readiness"}


def test_an_unanswered_call_is_found_when_the_scenario_ends() -> None:
    record = Record()
    record.ours(2, "1", "ClearCache", {})
    assert record.rules(later=29) == set()
    assert record.rules(later=31) == {"unanswered"}
    assert record.rules(Limits(answer=60 * SECOND), later=31) == set()


def test_what_is_overdue_is_told_once_by_whom_it_concerns() -> None:
    record = Record()
    record.opened(1)
    record.opened(2)
    record.ours(2, "1", "ClearCache", {})
    record.ended(2, after=31)
    record.ended(1, after=1)
    assert [finding.rule.id for finding in record.findings()] == ["unanswered"]


def test_our_own_breaches_are_nobodys_fault() -> None:
    record = Record()
    record.ours(2, "1", "Reset", {"type": None})
    record.ours(2, "1", "ClearCache", {"x": 1})
    record.text("[", OUT)
    record.ours(3, "nobody asked", {})
    assert record.rules() == set()


def test_only_a_shall_fails_the_product() -> None:
    record = Record("1.6")
    record.theirs(2, "1", "Heartbeat", {})
    record.theirs(2, "2", "Heartbeat", {"x": 1})
    found = record.findings()
    assert {finding.rule.severity for finding in found} == {Severity.SHALL, Severity.SHOULD}
    assert [finding.rule.id for finding in breaches(found)] == ["schema"]


def test_rules_say_what_and_why() -> None:
    for rule in all_rules():
        assert rule.title.startswith(("It ", "Its ", "A ", "An ", "seqNo ", "TransactionEvents ", "MeterValues "))
        assert rule.source


def test_invented_actions_make_no_table_grow_and_are_still_looked_at() -> None:
    record = Record("2.0.1", "station")
    monitor = Monitor(record.transcript, "station", Limits())
    record.opened()
    for number in range(50):
        record.theirs(2, f"id-{number}", f"Invented{number}", {})
    found = monitor.review()
    assert sum(finding.rule.id == "direction" for finding in found) == 50
    assert len(monitor._lookout._seeing) == 1
