"""Where our own side fails, nobody else is blamed: whatever a line saw, the verdict is broken, and says of what."""

from __future__ import annotations

from pathlib import Path

import pytest

from harness import actor, answers, profiles
from harness.bdd import run
from harness.bdd import steps as steps
from harness.bdd.plugin import suts_of
from harness.bdd.story import stories
from harness.lab import Lab
from harness.oracle.verdict import HarnessFault, Inconclusive, Nonconformance
from harness.rpc.frame import Call
from harness.session import Session
from harness.wire.forging import Forging
from harness.wire.renegotiating import Renegotiating

STATION = """@sut-station @v2.0.1
Feature: f
  Scenario: s
    When the CSMS sends TriggerMessage with
      | requestedMessage | Heartbeat |
"""
PASSES = STATION + "    Then the station sends Heartbeat\n"
FAILS = STATION + "    Then the station sends Heartbeat\n    And the station sends NotifyEvent within 100 ms\n"
OPEN = STATION + """    Then the station sends Heartbeat
    When 1 s passes
    And the CSMS sends TriggerMessage with
      | requestedMessage | Heartbeat |
    Then the station sends Heartbeat
"""


def play(tmp_path: Path, text: str, fast: bool = True) -> None:
    """Run the feature's one scenario against the practice opponent; raises what is its verdict."""
    (tmp_path / "it.feature").write_text(text, "utf-8")
    (story,) = stories(tmp_path / "it.feature")
    lab = Lab(profiles.sut_of(story, suts_of(None)), fast=fast)
    try:
        with lab.session(story.version) as session:
            run.judge_whole(session, story)
    finally:
        lab.close()


def stumbles(monkeypatch: pytest.MonkeyPatch) -> None:
    """From now on our actor fails over each Heartbeat."""
    usual = answers.default_answer

    def answer(role: str, call: Call, *rest: object) -> object:
        if call.action == "Heartbeat":
            raise KeyError("a slip of ours")
        return usual(role, call, *rest)  # type: ignore[arg-type]

    monkeypatch.setattr(actor.answers, "default_answer", answer)


@pytest.mark.parametrize(("text", "usual"), [(PASSES, None), (FAILS, Nonconformance), (OPEN, None)])
def test_a_fault_of_our_actor_is_no_verdict_on_the_product(
    tmp_path: Path, text: str, usual: type[Exception] | None, monkeypatch: pytest.MonkeyPatch
) -> None:
    if usual is None:
        play(tmp_path, text)
    else:
        with pytest.raises(usual):
            play(tmp_path, text)
    stumbles(monkeypatch)
    with pytest.raises(HarnessFault, match="a slip of ours"):
        play(tmp_path, text)


def test_what_an_act_raises_itself_is_its_verdict_alone(tmp_path: Path) -> None:
    """What cannot be tried is told to whoever asked for it: nothing went wrong unseen."""
    text = """@sut-csms @v2.0.1 @sockets @profile:2
Feature: f
  Scenario: s
    When the station connects with
      | tls versions | TLSv1.3     |
      | suites       | NO-SUCH-ONE |
    Then the CSMS refuses the TLS handshake
"""
    with pytest.raises(Inconclusive, match="cannot be tried"):
        play(tmp_path, text, fast=False)


BY_HAND = """@sut-csms @v2.0.1 @sockets @profile:2
Feature: f
  Scenario: s
    When the station connects with
      | ROW |
    Then the CSMS refuses the TLS handshake within 2 s
    When the station connects
    Then the CSMS accepts the TLS handshake
"""
ROWS = {Forging: "tls compression | DEFLATE", Renegotiating: "renegotiation | asked"}


def slipping(*arguments: object) -> object:
    raise ZeroDivisionError("a slip of ours")


@pytest.mark.parametrize("made", ROWS)
@pytest.mark.parametrize("where", ["opening", "take"])
def test_a_fault_in_a_handshake_made_by_hand_is_no_refusal(
    tmp_path: Path, made: type, where: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    text = BY_HAND.replace("ROW", ROWS[made])
    play(tmp_path, text, fast=False)
    monkeypatch.setattr(made, where, slipping)
    with pytest.raises(HarnessFault, match="a slip of ours"):
        play(tmp_path, text, fast=False)


def test_a_fault_in_any_turn_of_the_wires_loop_is_ours(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    text = PASSES.replace("@v2.0.1", "@v2.0.1 @sockets")
    play(tmp_path, text, fast=False)
    began = Lab._begin

    def begin(lab: Lab, *arguments: object) -> Session:
        session: Session = began(lab, *arguments)  # type: ignore[arg-type]
        session.carrier.soon(slipping)  # type: ignore[attr-defined]
        return session

    monkeypatch.setattr(Lab, "_begin", begin)
    with pytest.raises(HarnessFault, match="a slip of ours"):
        play(tmp_path, text, fast=False)
