"""What is wrong in a feature file is said when it is collected: with file, line and mend."""

from __future__ import annotations

import textwrap
from pathlib import Path

import pytest

from harness.bdd.grammar import VOCABULARY, BadStep, Vocabulary
from harness.bdd.story import BadFeature, stories

STATION = "@sut-station @v2.0.1"
CSMS = "@sut-csms @v2.0.1"
GOOD = 'When the CSMS sends ClearCache as "clear"\nThen the station answers "clear"'
THEN = '\nThen the station sends nothing for 1 s'


def collect(folder: Path, lines: str, tags: str = STATION, title: str = "Tiny") -> str:
    """Line 5 is the scenario's first step. The message, or "" where there is nothing wrong."""
    file = folder / "tiny.feature"
    steps = textwrap.indent(textwrap.dedent(lines).strip("\n"), "    ")
    file.write_text(f"{tags}\nFeature: Tiny\n\n  Scenario: {title}\n{steps}\n", "utf-8")
    try:
        stories(file)
    except BadFeature as error:
        return str(error)
    return ""


def asked(rows: str, line: str = 'And "answer" has') -> str:
    return f'When the CSMS sends ClearCache as "clear"\nThen the station answers "clear" as "answer"\n{line}\n{rows}'


# Per mistake: tags, lines, the line number that is named, words of the mend.
MISTAKES: dict[str, tuple[str, str, int, tuple[str, ...]]] = {
    "a state that not every product knows": (
        CSMS, 'Given the CSMS is serving 100 other stations\nAnd the station connects\n'
        'Then the CSMS accepts the connection', 5, ("@load:100",)),
    "unknown path": (STATION, asked("  | statuss | Accepted |"), 7, ("'statuss'", "did you mean 'status'")),
    "unknown path in an act": (
        STATION, "When the CSMS sends Reset with\n  | kind | Immediate |" + THEN, 5, ("'kind'",)),
    "unknown path inside a list": (
        STATION, 'When the CSMS sends GetBaseReport as "ask"\n'
        'Then the station sends every part of NotifyReport as "report"\n'
        'And some reportData of "report" has\n  | variable.nam | X |', 7, ("'nam'", "did you mean 'name'")),
    "index into what is no list": (STATION, asked("  | status[0] | Accepted |"), 7, ("status",)),
    "one of two messages that does not exist": (
        STATION, "When the operator reboots the station\nThen the station sends MeterValues or Meters", 6,
        ("Meters is no message",)),
    "a member that neither of two messages has": (
        STATION, "When the operator reboots the station\nThen the station sends MeterValues or TransactionEvent with\n"
        "  | nobody | 1 |", 6, ("'nobody'",)),
    "a time after one that nobody named": (STATION, asked('  | status | 2 s after the timestamp of "x" |'), 7,
                                           ('no earlier line names "x"',)),
    "missing definition": (STATION, "When the station explodes" + THEN, 5,
                           ("no step definition matches 'the station explodes'", "docs/vocabulary.md")),
    "password that is no hex": (STATION, 'When the CSMS goes by the password "hex 0G"' + THEN, 5,
                              ("hexadecimal digits",)),
    "state in capitals": (STATION, "Given the station is Charging" + THEN, 5,
                          ("no state 'Charging'", "did you mean 'charging'")),
    "state like no other": (STATION, "Given the station is quxquxqux" + THEN, 5, ("harness/states has those",)),
    "act after Then": (STATION, GOOD + "\nAnd the operator reboots the station", 7, ("no step definition matches",)),
    "table that nobody reads": (STATION, "When the operator reboots the station\nThen the station sends nothing for 1 s"
                                "\n  | status | Accepted |", 6, ("a table that no step reads",)),
    "table under an intent": (STATION, "When the operator reboots the station\n  | status | Accepted |" + THEN, 5,
                              ("a table that no step reads",)),
    "doc string that nobody reads": (STATION, 'When the operator reboots the station\n"""\n{}\n"""' + THEN, 5,
                                     ("a doc string that no step reads",)),
    "announced table missing": (STATION, GOOD + " with", 6, ("announces a table and none follows",)),
    "row with three cells": (STATION, asked("  | status | is | Accepted |"), 7, ("a row needs two cells",)),
    "star in a row": (STATION, asked("  | status[*] | Accepted |"), 7, ("[*]", 'write \'some ... of "x" has\'')),
    "rows under a rhythm": (
        STATION, "Then the station sends Heartbeat every 2 s, 2 times with\n  | customData | absent |", 5,
        ("a table that no step reads",)),
    "deadline of a rhythm": (STATION, "Then the station sends Heartbeat every 2 s, 2 times within 9 s", 5,
                             ("'every' says when each is due",)),
    "status of a welcome": (CSMS, "When the station connects\nThen the CSMS accepts the connection with status 101", 6,
                            ("only a refusal has a status",)),
    "version of a refusal": (
        CSMS, "When the station connects\nThen the CSMS refuses the connection with ocpp2.0.1", 6,
        ("only an accepted connection has a version",)),
    "alert of a welcome": (
        CSMS, "When the station connects\nThen the CSMS accepts the TLS handshake with alert bad_certificate", 6,
        ("only a refusal has an alert",)),
    "code of no answer": (STATION, "Given the CSMS will not answer Heartbeat with CALLERROR InternalError" + THEN, 5,
                          ("what is not sent has neither",)),
    "delay of no answer": (STATION, "Given the CSMS will not answer Heartbeat after 2 s" + THEN, 5,
                           ("what is not sent has neither",)),
    "rows of no answer": (STATION, "Given the CSMS will not answer Heartbeat with\n  | currentTime | now |" + THEN, 5,
                          ("a table that no step reads",)),
    "door of a station": (CSMS, "When the station turns new connections away\nThen the CSMS accepts the connection", 5,
                          ("only a CSMS has connections to turn away",)),
    "another station under test": (STATION, 'Then the station "B" sends Heartbeat', 5, ("one station is under test",)),
    **{f"a CSMS that {what}": (CSMS, f"When the station connects\nThen the CSMS {what}", 6, ("only a station",))
       for what in ("reconnects", 'tries to connect 2 times as "tries"', "sends nothing inside TLS",
                    "reports a connector with\n  | evseId | 1 |")},
    "a CSMS that fetches files": (
        CSMS, 'Given the file server will serve "new"\nThen the CSMS downloads "new"', 6, ("only a station",)),
    "a CSMS that fetches no files": (
        CSMS, 'Given the file server will serve "new"\nThen the CSMS does not download "new" for 1 s', 6,
        ("only a station",)),
    "a station that lets us in": (STATION, "When the CSMS goes offline\nThen the station accepts the connection", 6,
                                  ("only a CSMS",)),
    "a station that turns us away": (
        STATION, "When the CSMS goes offline\nThen the station turns the connection away", 6, ("only a CSMS",)),
    "kept for no time": (CSMS, "When the station connects\nThen the CSMS keeps the connection of the station", 6,
                         ("say for how long", "for 1 s")),
    "kept within a time": (CSMS, "When the station connects\nThen the CSMS keeps the connection within 1 s for 1 s",
                           6, ("say for how long",)),
    "closed for a time": (CSMS, "When the station connects\nThen the CSMS closes the connection for 1 s", 6,
                          ("write 'within' for 'for'",)),
    "Then judges us": (STATION, "When the operator reboots the station\nThen the CSMS sends ClearCache", 6,
                       ("judges only the system under test", "the station")),
    "Then judges our station": (CSMS, "When the station connects\nThen the station sends Heartbeat", 6,
                                ("judges only the system under test", "the csms")),
    "act on the SUT": (STATION, "When the station sends Heartbeat" + THEN, 5,
                       ("is the system under test: nobody can make it do this", "the driver ...")),
    "script for the SUT": (CSMS, 'Given the CSMS will answer Heartbeat with\n  | currentTime | now |\nWhen the station '
                           'connects\nThen the CSMS accepts the connection', 5, ("is the system under test",)),
    "unknown state": (STATION, "Given the station is bewitched" + THEN, 5, ("no state 'bewitched'", "OCPP 2.0.1")),
    "unknown intent": (STATION, "When the driver dances" + THEN, 5, ("cannot be asked to 'dances'", "plugs in")),
    "intent of the other SUT": (CSMS, "When the driver plugs in\nThen the CSMS accepts the connection", 5,
                                ("only a station can be asked for 'plug_in'",)),
    "unknown message": (STATION, "When the CSMS sends Clearcache" + THEN, 5,
                        ("Clearcache is no message of OCPP 2.0.1",)),
    "message of another version": (STATION, "Then the station sends StartTransaction", 5,
                                   ("StartTransaction is no message of OCPP 2.0.1",)),
    "unknown message in an intent": (CSMS, "When the operator requests Restart\nThen the CSMS accepts the connection",
                                     5, ("Restart is no message",)),
    "unknown name": (STATION, 'When the CSMS sends ClearCache as "clear"\nThen the station answers "claer"', 6,
                     ('no earlier line names "claer"', '"clear"')),
    "name used before its line": (STATION, 'Then "boot" has\n  | reason | PowerUp |', 5, ("named so far: none",)),
    "unknown name in a cell": (STATION, asked('  | statusInfo.reasonCode | the id of "nobody" |'), 7,
                               ('no earlier line names "nobody"',)),
    "bad cell": (STATION, asked("  | status | at least many |"), 7, ("row 'status'", "'many' is not a number")),
    "bad regular expression": (STATION, asked("  | status | like [ |"), 7, ("not a regular expression",)),
    "empty cell": (STATION, asked("  | status |  |"), 7, ("an empty cell says nothing",)),
    "enum slip": (STATION, asked("  | status | accepted |"), 7, ("'accepted' is none of Accepted, Rejected",)),
    "enum slip in a choice": (STATION, asked("  | status | any of Accepted, Reject |"), 7, ("'Reject' is none of",)),
    "unknown reference": (STATION, asked("  | statusInfo.reasonCode | the quick brown fox |"), 7, ("names nothing",)),
}


@pytest.mark.parametrize("mistake", MISTAKES)
def test_a_mistake_is_named_with_its_line_and_mend(mistake: str, tmp_path: Path) -> None:
    tags, lines, number, words = MISTAKES[mistake]
    said = collect(tmp_path, lines, tags)
    assert f"tiny.feature:{number}: " in said, said
    for word in words:
        assert word in said


def test_the_same_without_a_mistake_is_collected(tmp_path: Path) -> None:
    assert collect(tmp_path, GOOD) == ""
    assert collect(tmp_path.parent, asked("  | status | Accepted |")) == ""


@pytest.mark.parametrize(("tags", "words"), [
    ("@v2.0.1", ("say who is judged", "@sut-station", "@sut-csms")),
    ("@sut-station @sut-csms @v2.0.1", ("exactly one of",)),
    ("@sut-station", ("say for which versions", "@v2.0.1")),
    ("@sut-station @v2.0.1 @TcB01", ("unknown tag @TcB01",)),
    ("@sut-station @v3.0", ("say for which versions",)),
])
def test_tags(tags: str, words: tuple[str, ...], tmp_path: Path) -> None:
    said = collect(tmp_path, GOOD, tags)
    assert "tiny.feature:4: " in said
    for word in words:
        assert word in said


def test_a_row_may_be_about_one_of_two_messages(tmp_path: Path) -> None:
    lines = (
        "When the operator reboots the station\n"
        'Then the station sends MeterValues or TransactionEvent 2 times as "both" with\n'
        "  | evseId        | 1       |\n  | eventType     | Updated |\n"
        'And "both" has\n  | evse.id | 1 |\n  | meterValue[0].timestamp | 2 s after the timestamp of "both" |'
    )
    assert collect(tmp_path, lines) == ""


def test_a_scenario_without_a_then(tmp_path: Path) -> None:
    said = collect(tmp_path, "When the operator reboots the station")
    assert "tiny.feature:4: 'Tiny' has no Then: it could never fail" in said


def test_two_scenarios_with_one_title(tmp_path: Path) -> None:
    said = collect(tmp_path, GOOD + "\n\nScenario: Tiny\n" + GOOD)
    assert "2 scenarios are called 'Tiny'; give each its own title" in said


def test_no_gherkin(tmp_path: Path) -> None:
    file = tmp_path / "tiny.feature"
    file.write_text("Feature: x\n  Scenario: y\n    Whenever it rains\n", "utf-8")
    with pytest.raises(BadFeature, match=r"tiny\.feature"):
        stories(file)


def test_every_mistake_of_a_file_is_told_at_once(tmp_path: Path) -> None:
    said = collect(tmp_path, "When the driver dances\nAnd the station explodes\nThen the CSMS sends ClearCache")
    assert [f"tiny.feature:{number}: " in said for number in (5, 6, 7)] == [True] * 3
    assert len(said.splitlines()) == 3


# ---- the vocabulary ---------------------------------------------------------------------------------


def test_an_ambiguous_sentence_names_both_definitions() -> None:
    vocabulary = Vocabulary()
    vocabulary.define("when", "{actor} is {state}")(lambda session: None)
    vocabulary.define("when", "the station is {state}")(lambda session: None)
    with pytest.raises(BadStep, match=r"is ambiguous: \{actor\} is \{state\} \| the station is \{state\}"):
        vocabulary.find("when", "the station is booted")


def test_an_async_definition_is_refused() -> None:
    async def step(session: object) -> None:
        raise AssertionError("nobody would ever see this")

    with pytest.raises(BadStep, match="is asynchronous"):
        Vocabulary().define("then", "it works")(step)


def test_no_definition_is_async_and_none_shadows_another() -> None:
    assert len({(d.keyword, d.sentence) for d in VOCABULARY.definitions}) == len(VOCABULARY.definitions)
    for definition in VOCABULARY.definitions:
        assert definition.regex.pattern


def test_looking_a_sentence_up_twice_costs_nothing() -> None:
    """Collection must not try every definition for every line: the number of tries grows with distinct sentences."""
    vocabulary, tried = Vocabulary(), []
    for number in range(30):
        vocabulary.define("when", f"{{actor}} does thing {number} {{count}} times")(lambda session: None)
    definition = type(vocabulary.definitions[0])
    honest = definition.words

    def counted(self: object, sentence: str) -> object:
        tried.append(sentence)
        return honest(self, sentence)  # type: ignore[arg-type]

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(definition, "words", counted)
        for _ in range(1000):
            for number in range(10):
                vocabulary.find("when", f"the station does thing {number} 3 times")
    assert len(tried) == 10 * 30
