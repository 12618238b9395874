"""The pytest plugin at work on small feature files: ids, selection, verdicts, a user's own steps."""

from __future__ import annotations

import importlib
import textwrap
from collections.abc import Iterator
from typing import Any

import pytest

from harness import resources
from harness.bdd import collect
from harness.oracle.verdict import Verdict
from harness.report.results import results_of

pytest_plugins = ["pytester"]

CONFTEST = """
pytest_plugins = ["harness.bdd.plugin"]

def pytest_collection_finish(session):
    for item in session.items:
        print("COLLECTED", item.nodeid)
"""
FEATURE = """
@sut-station @v2.0.1
Feature: Small

  @TC_X_01_CS @B01.FR.01
  Scenario: It answers
    When the CSMS sends ClearCache as "clear"
    Then the station answers "clear"

  @TC_X_01_CS @B01.FR.02
  Scenario: It answers again
    When the CSMS sends ClearCache as "clear"
    Then the station answers "clear"

  Scenario Outline: It answers <message>
    When the CSMS sends <message> as "ask"
    Then the station answers "ask"

    Examples:
      | message             |
      | ClearCache          |
      | GetLocalListVersion |
"""
BOTH = """
@sut-csms @v1.6 @v2.0.1
Feature: Both

  Scenario: It lets the station in
    When the station connects
    Then the CSMS accepts the connection
"""


@pytest.fixture
def bench(pytester: pytest.Pytester) -> pytest.Pytester:
    pytester.makeconftest(CONFTEST)
    pytester.makefile(".feature", small=FEATURE.strip(), both=BOTH.strip())
    return pytester


@pytest.fixture(autouse=True)
def _our_look_up_stays() -> Iterator[None]:
    """A session inside this one takes our look-up away when it ends."""
    yield
    collect.install()


def run(bench: pytest.Pytester, *arguments: str) -> pytest.RunResult:
    ours = ("-o", f"pythonpath={resources.root()}", "-p", "no:cacheprovider", "-p", "no:xdist")
    return bench.runpytest_inprocess(*ours, *arguments)


def ids(bench: pytest.Pytester, *arguments: str) -> list[str]:
    result = run(bench, "--collect-only", "-q", "-s", *arguments)
    return [line.removeprefix("COLLECTED ") for line in result.outlines if line.startswith("COLLECTED ")]


SMALL = [
    "small.feature::TC_X_01_CS[2.0.1]",
    "small.feature::TC_X_01_CS-it-answers-again[2.0.1]",
    "small.feature::it-answers-message[2.0.1-ClearCache]",
    "small.feature::it-answers-message[2.0.1-GetLocalListVersion]",
]
BOTHS = ["both.feature::it-lets-the-station-in[1.6]", "both.feature::it-lets-the-station-in[2.0.1]"]


def test_node_ids(bench: pytest.Pytester) -> None:
    assert ids(bench) == BOTHS + SMALL


@pytest.mark.parametrize(("arguments", "chosen"), [
    (("--case", "TC_X_*"), SMALL[:2]),
    (("--requirement", "B01.FR.02"), SMALL[1:2]),
    (("--requirement", "B01.FR.*"), SMALL[:2]),
    (("-m", 'requirement(id="B01.FR.01")'), SMALL[:1]),
    (("-m", 'version(id="1.6")'), BOTHS[:1]),
    (("-m", 'sut(id="csms")'), BOTHS),
    (("-k", "GetLocalListVersion"), SMALL[3:]),
    (("--case", "it-lets*"), BOTHS),
    ((SMALL[0],), SMALL[:1]),
    (("small.feature",), SMALL),
])
def test_selection(bench: pytest.Pytester, arguments: tuple[str, ...], chosen: list[str]) -> None:
    assert ids(bench, *arguments) == chosen


def test_what_only_a_lab_asks_for_is_off_by_default(bench: pytest.Pytester) -> None:
    strict = FEATURE.strip().replace("  @TC_X_01_CS @B01.FR.01", "  @lab-strict").split("  @TC_X_01_CS")[0]
    bench.makefile(".feature", strict=strict)
    assert ids(bench, "strict.feature") == []
    assert len(ids(bench, "strict.feature", "--lab-strict")) == 1


def test_what_cannot_be_taken_back_comes_last(bench: pytest.Pytester) -> None:
    lasting = FEATURE.strip().replace("  @TC_X_01_CS @B01.FR.01", "  @last")
    bench.makefile(".feature", early=lasting.split("  @TC_X_01_CS")[0])
    assert ids(bench) == [*BOTHS, *SMALL, "early.feature::it-answers[2.0.1]"]


def test_of_several_at_once_what_takes_long_comes_earlier_and_what_cannot_be_taken_back_last(
    bench: pytest.Pytester,
) -> None:
    longer = "@sut-csms @v2.0.1\nFeature: Long\n\n"
    for tag, title in (("", "It waits"), ("", "It waits again"), ("@last", "It waits at last")):
        longer += f"  {tag}\n  Scenario: {title}\n    Given the station is booted\n"
        longer += "    Then the CSMS sends nothing for 3 s\n    And the CSMS sends nothing for 2000 ms\n"
    bench.makefile(".feature", zz=longer)
    bench.makeconftest(CONFTEST.replace("def pytest_collection_finish", """
import pytest

@pytest.hookimpl(tryfirst=True)
def pytest_configure(config):
    config.workerinput = {"workerid": "w"}  # as xdist marks a worker

def pytest_collection_finish"""))
    first, second = "zz.feature::it-waits[2.0.1]", "zz.feature::it-waits-again[2.0.1]"
    inserted = [first, *BOTHS, *SMALL[:1], second, *SMALL[1:]]
    assert ids(bench) == [*inserted, "zz.feature::it-waits-at-last[2.0.1]"]


def test_a_run(bench: pytest.Pytester) -> None:
    run(bench, "--fast").assert_outcomes(passed=6)


def test_nothing_selected_is_no_success(bench: pytest.Pytester) -> None:
    assert run(bench, "--case", "TC_NONE").ret == pytest.ExitCode.NO_TESTS_COLLECTED


def test_a_bad_feature_stops_the_run_with_its_line(bench: pytest.Pytester) -> None:
    bench.makefile(".feature", bad="@sut-station @v2.0.1\nFeature: x\n  Scenario: y\n    Then the CSMS sends Reset\n")
    result = run(bench, "--fast")
    result.stdout.fnmatch_lines(["*bad.feature:4: Then judges only the system under test*"])
    assert result.ret == pytest.ExitCode.INTERRUPTED


# ---- a user's own steps -----------------------------------------------------------------------------

OWN = """
@sut-station @v2.0.1
Feature: Own

  Scenario: Mixed
    When the lab lamp is lit
    And the CSMS sends ClearCache as "clear"
    Then the station answers "clear"
    And the lamp was lit
"""
OWN_STEPS = CONFTEST + """
from pytest_bdd import then, when

@when("the lab lamp is lit", target_fixture="lamp")
def lit():
    return "lit"

@then("the lamp was lit")
{sync}def was_lit(lamp, session):
    assert lamp == "{lamp}"
    assert session.names["clear"]
"""


def own(pytester: pytest.Pytester, sync: str = "", lamp: str = "lit") -> pytest.RunResult:
    pytester.makeconftest(OWN_STEPS.format(sync=sync, lamp=lamp))
    pytester.makefile(".feature", own=OWN.strip())
    return run(pytester, "--fast")


def test_a_step_of_the_users_own_works_beside_ours(pytester: pytest.Pytester) -> None:
    own(pytester).assert_outcomes(passed=1)


def test_a_step_of_the_users_own_can_fail(pytester: pytest.Pytester) -> None:
    own(pytester, lamp="dark").assert_outcomes(failed=1)


def test_an_async_step_of_the_users_own_is_refused(pytester: pytest.Pytester) -> None:
    result = own(pytester, sync="async ", lamp="dark")
    result.assert_outcomes(failed=1)
    result.stdout.fnmatch_lines(["*the step 'the lamp was lit' is asynchronous*"])


def test_a_then_that_checks_nothing_is_broken(pytester: pytest.Pytester) -> None:
    pytester.makeconftest(CONFTEST + textwrap.dedent("""
        from pytest_bdd import then
        from harness.report.results import results_of

        @then("all is well")
        def well():
            pass

        def pytest_runtest_logreport(report):
            for result in results_of(report.user_properties):
                print("VERDICT", result.verdict.value, result.reason)
        """))
    pytester.makefile(".feature", own="@sut-station @v2.0.1\nFeature: x\n  Scenario: y\n    Then all is well\n")
    result = run(pytester, "--fast", "-s")
    result.stdout.fnmatch_lines(["*VERDICT broken no Then line of this scenario checked anything*"])
    assert result.ret == pytest.ExitCode.TESTS_FAILED


# ---- the patch of pytest-bdd ------------------------------------------------------------------------


def test_the_look_up_of_pytest_bdd_is_ours() -> None:
    """pytest-bdd calls `get_step_function` of its scenario module by that name; should a release change that, our
    vocabulary would be skipped without a sound."""
    scenario: Any = importlib.import_module("pytest_bdd.scenario")
    assert scenario.get_step_function is collect._look_up
    assert collect._stock_look_up.__module__ == "pytest_bdd.scenario"
    assert "get_step_function" in scenario._execute_scenario.__code__.co_names


def test_installing_twice_and_taking_back() -> None:
    scenario: Any = importlib.import_module("pytest_bdd.scenario")
    collect.install()
    collect.install()
    assert scenario.get_step_function is collect._look_up
    collect.uninstall()
    assert scenario.get_step_function is collect._stock_look_up
    collect.install()


# ---- size -------------------------------------------------------------------------------------------


def test_collecting_many_scenarios_tries_each_sentence_once(
    tmp_path: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    """1,700 scenarios of few sentences: the work of matching is that of the sentences, not of the lines."""
    from harness.bdd.grammar import VOCABULARY, Definition, Vocabulary
    from harness.bdd.story import stories

    lines = '    When the CSMS sends ClearCache as "clear"\n    Then the station answers "clear"\n'
    scenarios = "\n".join(f"  Scenario: Number {number}\n{lines}" for number in range(1700))
    file = tmp_path / "many.feature"
    file.write_text(f"@sut-station @v2.0.1\nFeature: Many\n{scenarios}\n", "utf-8")
    fresh = Vocabulary()
    fresh.definitions = VOCABULARY.definitions
    tried: list[str] = []
    honest = Definition.words
    monkeypatch.setattr("harness.bdd.story.VOCABULARY", fresh)
    monkeypatch.setattr(Definition, "words", lambda self, sentence: tried.append(sentence) or honest(self, sentence))
    assert len(stories(file)) == 1700
    assert 0 < len(tried) <= 2 * len(fresh.definitions)


ASKED = """
@sut-station @v2.0.1
Feature: Asked

  Scenario: A refusal that is asked for
    When the CSMS sends PublishFirmware as "ask"
    Then the station answers "ask" with any CALLERROR
    {more}
"""


@pytest.mark.parametrize(("more", "verdict"), [
    ("", Verdict.PASSED),
    ("And the station sends BootNotification within 1 s", Verdict.FAILED),
    ("When the driver presents the lost idToken", Verdict.INCONCLUSIVE),
])
def test_what_a_line_asked_for_is_no_finding_however_the_scenario_ends(
    more: str, verdict: Verdict, bench: pytest.Pytester
) -> None:
    """A CALLERROR to a valid request is worth a word, but not where the scenario demands it."""
    bench.makefile(".feature", asked=ASKED.strip().format(more=more))
    ours = ("-o", f"pythonpath={resources.root()}", "-p", "no:cacheprovider", "-p", "no:xdist", "--fast")
    reports = bench.inline_run(*ours, "asked.feature").getreports("pytest_runtest_logreport")
    (result,) = [found for report in reports for found in results_of(report.user_properties)]
    assert result.verdict is verdict, result.reason
    assert result.findings == ()
