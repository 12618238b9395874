"""A museum of false oracles: how test tools have fooled themselves, and that ours does not.

Each exhibit names the public tool and file in which it was seen, rebuilds the situation, and shows our guard.
"""

from __future__ import annotations

import json
import textwrap
from collections.abc import Callable, Iterable
from dataclasses import replace
from pathlib import Path

import pytest

from harness import applicability, resources
from harness.bdd import run
from harness.bdd.story import BadFeature, Story, stories
from harness.journal import Direction, HandshakeResponse
from harness.lab import Lab, Practice
from harness.oracle.expect import Span, Wanted, answer, find
from harness.oracle.match import Row, mismatches, parse
from harness.oracle.verdict import HarnessFault, Inapplicable, Inconclusive, Nonconformance, Verdict
from harness.proof.matrix import shortcomings
from harness.proof.prove import prove_story
from harness.report.results import ScenarioResult, exit_code, verdict_of
from harness.rpc.link import SECOND, Command, Drop, Endpoint, Instant, LinkEvent, Transmit
from harness.session import Session
from harness.sut import Sut, load
from tests.oracle.bench import Record

ALL = Span(0, 1000 * SECOND)
REFERENCES = {"station": "reference-station-201.toml", "csms": "reference-csms-201.toml"}


def sut_of(role: str) -> Sut:
    return load(resources.root() / "fixtures" / "suts" / REFERENCES[role])


def story_of(folder: Path, lines: str, role: str = "station", more: str = "") -> Story:
    body = textwrap.indent(textwrap.dedent(lines).strip(), "    ")
    # pytest-bdd keeps what it has read by path.
    file = folder / f"exhibit{len(list(folder.iterdir()))}.feature"
    file.write_text(f"@sut-{role} @v2.0.1 {more}\nFeature: Museum\n\n  Scenario: Exhibit\n{body}\n", "utf-8")
    (story,) = stories(file)
    return story


def play(story: Story, wrap: Callable[[Endpoint], Endpoint] = lambda endpoint: endpoint) -> Session:
    """The story against the reference, in memory. Raises its verdict."""
    lab = Lab(sut_of(story.sut), fast=True, practice=Practice(wrap=wrap))
    try:
        with lab.session(story.version) as session:
            run.judge_whole(session, story)
            return session
    finally:
        lab.close()


class Tampered:
    """An endpoint whose outgoing commands are changed."""

    def __init__(self, inner: Endpoint, change: Callable[[Command], Iterable[Command]]) -> None:
        self.inner = inner
        self.change = change
        self.admit = inner.admit
        self.wake_at = inner.wake_at

    def handle(self, event: LinkEvent, now: Instant) -> list[Command]:
        return [changed for command in self.inner.handle(event, now) for changed in self.change(command)]


# ---- matching ---------------------------------------------------------------------------------------


def test_any_result_satisfies_any_expectation() -> None:
    """EVerest, charge_point_utils.py: a wait for a CALLRESULT took the next one, whatever it answered.
    Ours goes by kind, action and correlated id."""
    record = Record()
    asked = record.ours(2, "1", "Reset", {"type": "Immediate"})
    record.theirs(3, "2", {"status": "Accepted"})
    assert answer(record.transcript, asked, (Row("status", parse("Accepted")),), None) is None
    record.ours(2, "2", "ClearCache", {})
    record.theirs(3, "2", {"status": "Accepted"})
    assert answer(record.transcript, asked, (), None) is None
    record.theirs(2, "1", "Heartbeat", {})
    assert answer(record.transcript, asked, (), None) is None


def test_one_frame_satisfies_two_expectations(tmp_path: Path) -> None:
    """EVerest, charge_point_utils.py: two waits were served by one message. Ours claims an event once."""
    record = Record()
    first = record.theirs(2, "1", "Heartbeat", {})
    assert find(record.transcript, Wanted("Heartbeat"), ALL, ()) is first
    assert find(record.transcript, Wanted("Heartbeat"), ALL, {first.number}) is None
    story = story_of(tmp_path, """
        When the operator reboots the station
        Then the station sends BootNotification
        And the station sends BootNotification
        """)
    with pytest.raises(Nonconformance, match="no BootNotification"):
        play(story)


def test_the_object_of_the_product_is_asked_instead_of_the_wire(tmp_path: Path) -> None:
    """EVtivity, B01.ts: the test asked the station object whether it had booted. Ours sees only the journal:
    a station that has acted, as it says itself, but put nothing on the wire, has not."""
    def mute(command: Command) -> Iterable[Command]:
        silent = isinstance(command, Transmit) and '"StatusNotification"' in str(command.data)
        return () if silent else (command,)

    story = story_of(tmp_path, """
        When the driver plugs in
        Then the station sends StatusNotification with
          | connectorStatus | Occupied |
        """)
    assert play(story).checks
    with pytest.raises((Nonconformance, Inconclusive)) as verdict:
        play(story, lambda inner: Tampered(inner, mute))
    assert "StatusNotification" in str(verdict.value) or "connect" in str(verdict.value)
    for name in ("oracle", "judge"):
        for source in (resources.root() / "harness" / name).rglob("*.py"):
            assert "harness.reference" not in source.read_text("utf-8")


def test_absence_proven_by_a_dropped_socket(tmp_path: Path) -> None:
    """EVtivity, 10-basic-actions-non-happy.ts: an exception or a dead socket counted as silence.
    Ours needs an open connection throughout, and an elapsed window, or both end frames."""
    def drop(command: Command) -> Iterable[Command]:
        dead = isinstance(command, Transmit) and str(command.data).startswith("[3")
        return (command, Drop(command.link)) if isinstance(command, Transmit) and dead else (command,)

    lines = """
        When the CSMS sends ClearCache
        Then the station sends no SecurityEventNotification for 30 s
        """
    session = play(story_of(tmp_path, lines))
    assert session.checks[-1].until - session.checks[-1].since == 30 * SECOND
    with pytest.raises(Inconclusive, match="the connection was gone"):
        play(story_of(tmp_path, lines), lambda inner: Tampered(inner, drop))


def test_an_optional_field_is_missing_and_the_check_is_skipped() -> None:
    """tzi-OCTT, TC_K_37: `if field in payload: assert ...`. Our rows are total; `absent` must be written."""
    for cell in ("Accepted", "present", "any of A, B", "none of A, B", "at least 1", "like .*"):
        assert len(mismatches({"other": 1}, (Row("statusInfo.reasonCode", parse(cell)),))) == 1, cell
    assert mismatches({"other": 1}, (Row("statusInfo.reasonCode", parse("absent or X")),)) == ()
    assert len(mismatches({"a": 1}, (Row("a", parse("absent")),))) == 1


def test_asserting_our_own_stimulus(tmp_path: Path) -> None:
    """tzi-OCTT, TC_K_37: the test checked the request that it had sent itself. Ours asks for an intent and
    judges nothing that we did or dictated."""
    with pytest.raises(BadFeature, match="judges only the system under test, here the station, not the csms"):
        story_of(tmp_path, """
            When the driver plugs in
            Then the CSMS sends ClearCache
            """)
    with pytest.raises(BadFeature, match="is the system under test: nobody can make it do this"):
        story_of(tmp_path, """
            When the station sends Heartbeat as "beat"
            Then the CSMS answers "beat"
            """)
    record = Record()
    record.ours(2, "1", "ClearCache", {})
    assert find(record.transcript, Wanted("ClearCache"), ALL, ()) is None


def test_a_wrong_field_name_with_an_agreeing_mock(tmp_path: Path) -> None:
    """octane, boot.go: test and mock shared a misspelt member. Our paths are resolved against the official
    schema when the file is collected."""
    with pytest.raises(BadFeature, match=r"exhibit0\.feature:6.*vendorName"):
        story_of(tmp_path, """
            When the operator reboots the station
            Then the station sends BootNotification with
              | chargingStation.vendor | present |
            """)


# ---- transport --------------------------------------------------------------------------------------


def test_a_refusal_that_was_never_asked_for(tmp_path: Path) -> None:
    """tzi-OCTT, TC_A_06: the old-TLS test never sent a ClientHello, and an exception on our own side counted
    as the refusal. Ours wants the SUT's answer in the journal: no answer is no refusal, and where nobody asked
    the scenario is broken, not the product."""
    story = story_of(tmp_path, """
        When the station connects with
          | password | not the right one |
        Then the CSMS refuses the connection
        """, "csms")
    session = play(story)
    answers = [event.body for event in session.journal if isinstance(event.body, HandshakeResponse)]
    assert [(answer.direction, answer.status) for answer in answers] == [(Direction.IN, 401)]

    class Deaf(Tampered):
        def __init__(self, inner: Endpoint) -> None:
            super().__init__(inner, lambda command: (command,))
            self.admit = lambda handshake, now: replace(inner.admit(handshake, now), drop=True)  # type: ignore[method-assign]

    with pytest.raises(Nonconformance, match="no HTTP answer"):
        play(story, Deaf)
    judged = story_of(tmp_path, """
        Then the CSMS refuses the connection
        """, "csms")
    with pytest.raises(HarnessFault, match="has asked for no connection"):
        play(judged)


# ---- verdicts ---------------------------------------------------------------------------------------


def _result(verdict: object, expected_failure: str = "") -> ScenarioResult:
    return ScenarioResult("x", "x", "x", "station", "2.0.1", Verdict(str(verdict)), expected_failure=expected_failure)


def test_a_skipped_step_counted_as_passed(tmp_path: Path) -> None:
    """EVtivity, A_06, A_08, A_11, A_19: a step that could not be done returned, and the test passed.
    Ours is inconclusive, and no pass for the run either."""
    story = story_of(tmp_path, """
        When the driver presents the not at this time idToken
        Then the station sends nothing for 1 s
        """)
    with pytest.raises(Inconclusive, match="names no not at this time token"):
        play(story)
    kinds = [(Inconclusive("x"), "inconclusive"), (Inapplicable("x"), "inapplicable"), (HarnessFault("x"), "broken"),
             (Nonconformance("x"), "failed"), (None, "passed"), (KeyError("x"), "broken")]
    for error, word in kinds:
        assert str(verdict_of(error, (pytest.skip.Exception,))) == word
        assert (int(exit_code([_result(verdict_of(error, (pytest.skip.Exception,)))])) == 0) is (word == "passed")


def test_both_branches_return_passed(tmp_path: Path) -> None:
    """ocpp-ws-cli, its security checks: accepted was a pass, and refused was a pass. `prove` finds such a line."""
    story = story_of(tmp_path, """
        When the CSMS sends ClearCache as "clear"
        Then the station answers "clear" as "answer"
        And "answer" has
          | status                | any of Accepted, Rejected |
          | statusInfo.reasonCode | absent or present         |
        """)
    proof = prove_story(story, sut_of("station"))
    killed = {trial.mutant.kind for trial in proof.lines[-1].trials if trial.outcome == "killed"}
    assert not any("other value" in kind for kind in killed), "no lawful value is left that the line refuses"
    weaker = story_of(tmp_path, """
        When the CSMS sends ClearCache as "clear"
        Then the station answers "clear" as "answer"
        And "answer" has
          | statusInfo.reasonCode | absent or present |
        """)
    proof = prove_story(weaker, sut_of("station"))
    assert not proof.proven
    assert "no mutant can be derived" in shortcomings(proof)[0]


def test_an_oracle_softened_to_fit_a_product(tmp_path: Path) -> None:
    """EVtivity, TC_053: the assertion was loosened until the product passed. Our oracle knows no product:
    what does not apply follows from declared features, and a known failure stands in the SUT file, stays a
    failure, and fails the run on the day it passes."""
    story = story_of(tmp_path, "Then the station sends nothing for 1 s", more="@needs:NoSuchFeature")
    assert applicability.missing(sut_of("station"), story.needs) == ("NoSuchFeature",)
    failed, passed = verdict_of(Nonconformance("x"), ()), verdict_of(None, ())
    assert int(exit_code([_result(failed)])) == 1
    assert int(exit_code([_result(passed, "known since 1.2")])) == 1
    for source in (resources.root() / "harness" / "judge").rglob("*.py"):
        assert "sut.name" not in source.read_text("utf-8")
        assert "vendor" not in source.read_text("utf-8")


def test_only_one_direction_asserted(tmp_path: Path) -> None:
    """open-ocpp-tck, issue 11: green over ten CALLERRORs in the other direction. Our monitor watches both: the
    scenario below asks nothing about our CALL, and still does not pass over the refusal of it."""
    def refuse(command: Command) -> Iterable[Command]:
        if isinstance(command, Transmit) and str(command.data).startswith("[3"):
            answered = json.loads(command.data)
            return (Transmit(command.link, json.dumps([4, answered[1], "FormatViolation", "no", {}])),)
        return (command,)

    story = story_of(tmp_path, """
        When the CSMS sends ClearCache
        Then the station sends no SecurityEventNotification for 10 s
        """)
    assert play(story).checks
    with pytest.raises(Nonconformance, match="refused-valid"):
        play(story, lambda inner: Tampered(inner, refuse))


def test_a_scenario_that_checks_nothing() -> None:
    """The same family: nothing asserted, nothing failed."""
    from types import SimpleNamespace

    nothing = SimpleNamespace(checks=[], journal=[])
    with pytest.raises(HarnessFault, match="checked anything"):
        run.conclude(nothing, None)  # type: ignore[arg-type]


# ---- runs -------------------------------------------------------------------------------------------


def test_a_retry_overwrote_the_first_log() -> None:
    """open-ocpp-tck and steve#2107: the retry replaced the log that showed the deadlock. A journal can only
    grow, and every scenario of a run has a file of its own."""
    record = Record()
    record.theirs(2, "1", "Heartbeat", {})
    before = record.journal[0]
    record.theirs(2, "1", "Heartbeat", {})
    assert record.journal[0] is before
    assert len(record.journal) == 2
    assert not [name for name in vars(type(record.journal)) if name in ("clear", "remove", "pop", "__delitem__",
                                                                       "__setitem__", "insert", "reset")]
    with pytest.raises(AttributeError):
        before.number = 7  # type: ignore[misc]


def test_nothing_ran_and_the_exit_code_was_0() -> None:
    """h2spec and sslyze: no test selected, exit 0. Ours says 5, and where nothing applied it does not say 0."""
    assert int(exit_code([])) == 5
    assert int(exit_code([_result(verdict_of(Inapplicable("x"), ()))])) != 0


def test_a_cached_verdict_for_another_build(pytestconfig: pytest.Config, tmp_path: Path) -> None:
    """octane: a stored pass was shown for a build that had never been tested. We keep no verdict: the same
    story is judged again each time, and pytest's cache is switched off."""
    def unwell(command: Command) -> Iterable[Command]:
        if isinstance(command, Transmit) and str(command.data).startswith("[3"):
            return (Transmit(command.link, str(command.data).replace("Accepted", "Rejected")),)
        return (command,)

    story = story_of(tmp_path, """
        When the CSMS sends ClearCache as "clear"
        Then the station answers "clear" with
          | status | Accepted |
        """)
    assert play(story).checks
    with pytest.raises(Nonconformance):
        play(story, lambda inner: Tampered(inner, unwell))
    assert play(story).checks
    assert not pytestconfig.pluginmanager.hasplugin("cacheprovider")


def test_evidence_names_what_was_judged() -> None:
    """The other half of the same exhibit: a result carries the fingerprint of the SUT file it was reached with."""
    assert len(sut_of("station").sha256) == 64
    assert sut_of("station").sha256 != sut_of("csms").sha256
