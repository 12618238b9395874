"""Dangerous scenarios: off by default, only where the owner allows them, never beyond the limits or at other hosts."""

from __future__ import annotations

import itertools
import socket
import threading
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from harness import profiles, resources
from harness.applicability import obliging
from harness.attack import Allowance, Limits, limits_of
from harness.bdd import run
from harness.bdd.plugin import _applicable, suts_of
from harness.bdd.story import Story, stories
from harness.journal import Control, Direction
from harness.lab import Lab
from harness.oracle.verdict import HarnessFault, Inapplicable, Inconclusive
from harness.rpc.link import SECOND
from harness.sut import Sut, load
from harness.sut.model import Attack

ATTACKS = [story for file in sorted((resources.root() / "features").rglob("*.feature")) for story in stories(file)
           if "attack" in story.tags]  # fmt: skip
GUESSES = next(story for story in ATTACKS if story.case.startswith("who-guesses") and story.version == "2.0.1")
HERE = Limits(hosts=frozenset({"csms.example"}))


def sut_with(**limits: object) -> Sut:
    sut = profiles.sut_of(GUESSES, suts_of(None))
    return replace(sut, attack=sut.attack.model_copy(update=limits))


def play(story: Story, sut: Sut) -> list[int]:
    """The moments of our attempts to connect."""
    lab = Lab(sut, fast=True)
    try:
        with lab.session(story.version) as session:
            for line in story.lines:
                run.perform(session, story, line)
            links = list(session.guesses.get("guesser", ()))
            return [next(e.at.monotonic for e in session.journal if e.link == number) for number in links]
    finally:
        lab.close()


# ---- who may ----------------------------------------------------------------------------------------


def test_there_are_attacks_on_both_roles() -> None:
    assert {(story.sut, story.version) for story in ATTACKS} >= {
        ("csms", "1.6"), ("csms", "2.0.1"), ("station", "2.0.1"),
    }  # fmt: skip


@pytest.mark.parametrize("story", ATTACKS, ids=lambda story: f"{story.file.name}-{story.id}"[:60])
def test_none_applies_where_the_owner_has_not_allowed_it(story: Story) -> None:
    sut = obliging(profiles.sut_of(story, suts_of(None)), story.needs)
    _applicable(story, replace(sut, attack=Attack(authorised=True)))
    with pytest.raises(Inapplicable, match="authorised = true"):
        _applicable(story, replace(sut, attack=Attack()))


def test_the_owner_has_to_say_so() -> None:
    assert Attack().authorised is False


# ---- how much ---------------------------------------------------------------------------------------


def test_within_the_limits_it_runs_and_keeps_the_rate() -> None:
    moments = play(GUESSES, sut_with(rate=5))
    assert len(moments) == 20
    assert min(b - a for a, b in itertools.pairwise(moments)) >= SECOND // 5


def test_beyond_the_connections_allowed_it_stops() -> None:
    with pytest.raises(Inconclusive, match=r"more than 10 connections: attempts under \[attack\]"):
        play(GUESSES, sut_with(attempts=10))


def test_beyond_the_size_allowed_nothing_leaves(tmp_path: Path) -> None:
    file = tmp_path / "made.feature"
    file.write_text(
        '@sut-csms @v2.0.1 @attack\nFeature: f\n  Scenario: s\n    Given the station is booted\n'
        '    When the station sends DataTransfer as "x" with\n      | vendorId | com.example |\n'
        '      | data | a text of 3000 characters |\n    Then the CSMS answers "x"\n', "utf-8",
    )  # fmt: skip
    story = stories(file)[0]
    play(story, sut_with())
    with pytest.raises(Inconclusive, match=r"bytes in one message, more than 1024: size under \[attack\]"):
        play(story, sut_with(size=1024))


@pytest.mark.parametrize("answer", [
    "with\n      | data | a text of 3000 characters |",
    'with\n      """\n      {"status": "Accepted", "data": "LONG"}\n      """',
], ids=["rows", "doc string"])
def test_an_answer_that_we_prepare_is_no_larger_than_a_message_may_be(answer: str, tmp_path: Path) -> None:
    file = tmp_path / "made.feature"
    file.write_text(
        "@sut-station @v2.0.1 @attack\nFeature: f\n  Scenario: s\n"
        f"    Given the CSMS will answer DataTransfer {answer}\n".replace("LONG", "x" * 3000)
        + "    When the CSMS sends TriggerMessage with\n      | requestedMessage | Heartbeat |\n"
        "    Then the station sends Heartbeat\n", "utf-8",
    )  # fmt: skip
    story = stories(file)[0]
    sut = profiles.sut_of(story, suts_of(None))
    play(story, sut)
    with pytest.raises(Inconclusive, match=r"bytes in one message, more than 1024: size under \[attack\]"):
        play(story, replace(sut, attack=sut.attack.model_copy(update={"size": 1024})))


def test_pings_keep_the_rate_too(tmp_path: Path) -> None:
    file = tmp_path / "made.feature"
    file.write_text(
        "@sut-csms @v2.0.1 @attack\nFeature: f\n  Scenario: s\n    Given the station is booted\n"
        + "    When the station pings\n" + "    And the station pings\n" * 4
        + "    Then the CSMS answers the ping\n", "utf-8",
    )  # fmt: skip
    story = stories(file)[0]
    moments: list[int] = []
    lab = Lab(sut_with(rate=2), fast=True)
    try:
        with lab.session(story.version) as session:
            for line in story.lines:
                run.perform(session, story, line)
            moments += [event.at.monotonic for event in session.journal if isinstance(event.body, Control)
                        and (event.body.name, event.body.direction) == ("ping", Direction.OUT)]
    finally:
        lab.close()
    assert len(moments) == 5
    assert min(b - a for a, b in itertools.pairwise(moments)) >= SECOND // 2


def test_many_tries_are_an_attack_whatever_the_tags_say() -> None:
    with pytest.raises(HarnessFault, match="tag the scenario @attack"):
        play(replace(GUESSES, tags=GUESSES.tags - {"attack"}), sut_with())


@given(st.lists(st.integers(0, 10 * SECOND), max_size=60), st.integers(1, 100))
def test_whatever_comes_the_rate_is_kept(pauses: list[int], rate: int) -> None:
    """No two acts of ours are nearer to each other than the rate allows, and nothing waits without need."""
    allowance, now, due = Allowance(Limits(rate=rate)), 0, []
    for pause in pauses:
        now += pause
        now = allowance.say(10, now)
        due.append(now)
    assert all(b - a >= SECOND // rate for a, b in itertools.pairwise(due))


# ---- at whom ----------------------------------------------------------------------------------------


@pytest.mark.parametrize("url", ["ws://elsewhere/x", "wss://csms.example.evil/x", "ws://csms.example@evil/x", "ws:///x"])
def test_another_host_is_never_dialled(url: str) -> None:
    with pytest.raises(Inconclusive, match="not in the SUT file"):
        Allowance(HERE).dial(url, 0)


@pytest.mark.parametrize("url", ["ws://csms.example:1/x", "wss://CSMS.example/CS001", "ws://u@csms.example/x"])
def test_the_host_of_the_file_is(url: str) -> None:
    assert Allowance(HERE).dial(url, 7) == 7


def test_the_hosts_are_those_of_the_sut_file() -> None:
    table = Attack(attempts=3, rate=4, size=5000)
    assert limits_of(table, "wss://Csms.Example:9000/ocpp") == Limits(3, 4, 5000, frozenset({"csms.example"}))
    assert limits_of(table, "").hosts == frozenset()


def redirecting(server: socket.socket, target: int) -> None:
    """Answer one handshake with a redirection."""
    connection, _ = server.accept()
    with connection:
        connection.recv(4096)
        head = f"HTTP/1.1 302 Found\r\nLocation: ws://localhost:{target}/\r\nContent-Length: 0\r\n\r\n"
        connection.sendall(head.encode())


def test_a_csms_that_redirects_sends_us_nowhere(tmp_path: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as server, socket.create_server(("127.0.0.1", 0)) as elsewhere:
        text = (resources.root() / "fixtures" / "suts" / "reference-csms-201.toml").read_text("utf-8")
        text = text.replace("127.0.0.1:9201", f"127.0.0.1:{server.getsockname()[1]}")
        file = tmp_path / "sut.toml"
        file.write_text(text.replace('default = "reference"', 'default = "manual"'), "utf-8")
        answering = threading.Thread(target=redirecting, args=(server, elsewhere.getsockname()[1]))
        answering.start()
        lab = Lab(load(file))
        try:
            with lab.session("2.0.1") as session:
                answer = session.handshake(session.connect({}))
        finally:
            lab.close()
            answering.join()
        assert answer is not None
        assert answer.status == 302
        elsewhere.setblocking(False)
        with pytest.raises(BlockingIOError):
            elsewhere.accept()
