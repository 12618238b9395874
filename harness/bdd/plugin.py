"""The pytest plugin: collection, selection, one world per scenario, verdicts, evidence.

Loaded by the root `conftest.py`, and by the command line, which calls pytest in process.
"""

from __future__ import annotations

import fnmatch
import time
from collections.abc import Generator, Iterator, Sequence
from contextlib import AbstractContextManager, contextmanager, nullcontext
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from harness import __version__, applicability, feature_profiles, profiles, resources
from harness.bdd import collect, run
from harness.bdd.collect import ScenarioItem
from harness.bdd.company import company_of
from harness.bdd.filing import STOPPED, journal_of, labels_for, masks_of, result_for, result_id
from harness.bdd.order import in_turn
from harness.bdd.story import Story
from harness.bdd.watch import ConsoleWatch
from harness.calibration import CALIBRATION_KEY
from harness.journal import Event, Sink
from harness.lab import Lab, Practice, practised
from harness.oracle.verdict import Inapplicable, Inconclusive, Nonconformance
from harness.passwords import LEFT_KEY
from harness.report import allure
from harness.report.evidence import Header, JournalFile
from harness.report.folder import RunFolder
from harness.report.masking import Masks
from harness.report.results import BY_MONITOR, ReportedFinding, ScenarioResult, carried, masked, verdict_of
from harness.report.writers import load_verdicts, worth_another_attempt
from harness.rpc import schema
from harness.session import Session
from harness.stopping import Obeying
from harness.sut import Sut, load
from harness.undisturbed import undisturbed

_LABS = pytest.StashKey[dict[tuple[str, str], Lab]]()
_SUTS = pytest.StashKey[dict[tuple[str, str], Sut]]()
_SESSION = pytest.StashKey[Session]()
_OUTCOME = pytest.StashKey[dict[str, Any]]()
_ALLURE = pytest.StashKey[allure.AllureReport]()
_LASTING = pytest.StashKey[list[str]]()
_MASKS = pytest.StashKey[dict[tuple[Path, int], Masks]]()
_EARLIER = pytest.StashKey[dict[str, ScenarioResult] | None]()
_OBEYING = pytest.StashKey[Obeying]()

REFERENCES = {
    ("station", "1.6"): "reference-station-16.toml",
    ("station", "2.0.1"): "reference-station-201.toml",
    ("csms", "1.6"): "reference-csms-16.toml",
    ("csms", "2.0.1"): "reference-csms-201.toml",
}
MARKERS = {
    "case": "public test case id",
    "requirement": "requirement id",
    "version": "OCPP version of the run",
    "sut": "who is judged",
    "tag": "any tag of the feature file",
}


def pytest_addoption(parser: pytest.Parser) -> None:
    group = parser.getgroup("ocpp-harness")
    group.addoption("--sut", metavar="FILE", help="the SUT file; without it the built-in reference is judged")
    group.addoption("--fast", action="store_true", help="in memory and virtual time, against the reference")
    group.addoption("--case", action="append", default=[], metavar="GLOB", help="case ids, e.g. 'TC_B_*'")
    group.addoption("--requirement", action="append", default=[], metavar="GLOB", help="requirement ids")
    group.addoption("--profile", action="append", default=[], metavar="NAME", help="feature or certification profile")
    group.addoption("--attack", action="store_true", help="run the scenarios tagged @attack too")
    group.addoption("--lab-strict", action="store_true", help="run the scenarios tagged @lab-strict too")
    group.addoption("--long", action="store_true", help="run the scenarios tagged @long on sockets too")
    group.addoption("--misbehave", default="", metavar="NAME", help="make the built-in reference misbehave")
    group.addoption("--rerun-failed", metavar="FILE", help="verdicts.json of a run: only what did not pass there")
    group.addoption("--run-folder", metavar="DIR", help="where evidence goes (the command line sets it)")


def pytest_configure(config: pytest.Config) -> None:
    for name, meaning in MARKERS.items():
        config.addinivalue_line("markers", f"{name}(id): {meaning}")
    config.stash[_SUTS] = suts_of(config.getoption("--sut"))
    config.stash[_LABS] = {}
    config.stash[_LASTING] = []
    config.stash[_MASKS] = {}
    config.stash[_EARLIER] = earlier_of(config.getoption("--rerun-failed"))
    schema.self_test()
    collect.install()
    if hasattr(config, "workerinput"):
        config.stash[_OBEYING] = Obeying()
        config.stash[_OBEYING].install()


def suts_of(file: str | None) -> dict[tuple[str, str], Sut]:
    """Who is judged, per role and version: the SUT file, or the built-in references."""
    if file:
        sut = load(Path(file))
        return {(sut.role, version): sut for version in sut.versions}
    folder = resources.root() / "fixtures" / "suts"
    return {key: load(folder / name) for key, name in REFERENCES.items()}


def earlier_of(file: str | None) -> dict[str, ScenarioResult] | None:
    """What is to be run again, by id; None where that is no question. Raises UsageError."""
    if not file:
        return None
    try:
        results = load_verdicts(Path(file).read_text("utf-8"))
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise pytest.UsageError(f"{file} cannot be read as the verdicts of a run: {error}") from error
    return {result.id: result for result in results if worth_another_attempt(result)}


@pytest.hookimpl(trylast=True)
def pytest_sessionstart(session: pytest.Session) -> None:
    """Allure's own plugin is configured by now."""
    config = session.config
    report = allure.install(config, all_masks(config), _events_of, lambda request, *_: _labels_of(request.node))
    if report is not None:
        config.stash[_ALLURE] = report


def _events_of(item: pytest.Item) -> Sequence[Event]:
    return item.stash[_SESSION].journal.since(0) if _SESSION in item.stash else ()


def _labels_of(item: pytest.Item) -> allure.ScenarioLabels:
    assert isinstance(item, ScenarioItem)
    return labels_for(item.story, profiles.sut_of(item.story, _suts(item.config)), _attempt(item))


def all_masks(config: pytest.Config) -> Masks:
    """What must not be shown of any SUT of this run."""
    return masks_of(*{sut.file: sut for sut in config.stash[_SUTS].values()}.values())


def pytest_unconfigure(config: pytest.Config) -> None:
    for lab in config.stash.get(_LABS, {}).values():
        lab.close()
    collect.uninstall()


def pytest_collect_file(file_path: Path, parent: pytest.Collector) -> pytest.Collector | None:
    return collect.collect_file(file_path, parent)


# ---- selection --------------------------------------------------------------------------------------


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    chosen: list[pytest.Item] = []
    dropped: list[pytest.Item] = []
    for item in items:
        taken = not isinstance(item, ScenarioItem) or _selected(config, item.story)
        (chosen if taken else dropped).append(item)
    if dropped:
        config.hook.pytest_deselected(items=dropped)
    items[:] = in_turn(chosen, together=hasattr(config, "workerinput"))


def _selected(config: pytest.Config, story: Story) -> bool:
    if (story.sut, story.version) not in config.stash[_SUTS]:
        return False
    if "attack" in story.tags and not config.getoption("--attack"):
        return False
    if "lab-strict" in story.tags and not config.getoption("--lab-strict"):
        return False
    earlier = config.stash[_EARLIER]
    if earlier is not None and result_id(story) not in earlier:
        return False
    if "sockets" in story.tags and config.getoption("--fast"):
        return False
    if "long" in story.tags and not (config.getoption("--fast") or config.getoption("--long")):
        return False
    asked = config.getoption("--profile")
    if not feature_profiles.selected(asked, story.version, story.file, story.needs, story.cases):
        return False
    cases, requirements = config.getoption("--case"), config.getoption("--requirement")
    named = (*story.cases, story.case)
    return _matches(named, cases) and _matches(story.requirements, requirements)


def _matches(names: tuple[str, ...], globs: list[str]) -> bool:
    return not globs or any(fnmatch.fnmatchcase(name, glob) for name in names for glob in globs)


# ---- one scenario -----------------------------------------------------------------------------------


def session_of(item: pytest.Item) -> Session:
    """The world of a scenario that is running."""
    return item.stash[_SESSION]


@pytest.fixture
def session(request: pytest.FixtureRequest) -> Session:
    """For a user's own steps: the world of the scenario."""
    return session_of(request.node)


def _masks_of(config: pytest.Config, sut: Sut) -> Masks:
    """As `masks_of`, found out once: in a run there is one SUT of a file and a profile."""
    key, known = (sut.file, sut.connection.security_profile), config.stash[_MASKS]
    if key not in known:
        known[key] = masks_of(sut)
    return known[key]


def _suts(config: pytest.Config) -> dict[tuple[str, str], Sut]:
    return config.stash[_SUTS]


@contextmanager
def scenario_world(item: ScenarioItem) -> Iterator[Session]:
    """Open the world, hand it to the steps, conclude, and keep what the report needs."""
    story, config = item.story, item.config
    sut = profiles.sut_of(story, _suts(config))
    outcome: dict[str, Any] = {"started": time.monotonic()}
    item.stash[_OUTCOME] = outcome
    if _ALLURE in config.stash:
        config.stash[_ALLURE].file(item, _labels_of(item))
    _applicable(story, sut)
    sinks, journal = _sinks(item, sut)
    try:
        with _lab(config, story, sut).session(story.version, sinks) as session:
            item.stash[_SESSION] = session
            outcome["session"] = session
            try:
                with _interruptible(config):
                    yield session
                    outcome["findings"] = run.conclude(session, story)
            except KeyboardInterrupt:
                # What is seen so far is kept, and what the monitor has proven stays proven.
                outcome["findings"] = run.found(session)
                item.session.shouldstop = "stopped by hand"
                raise Inconclusive(STOPPED) from None
            except Exception:
                outcome["findings"] = run.found(session)
                raise
            failure = run.failing(outcome["findings"])
            if failure is not None:
                raise failure
    finally:
        if "session" in outcome and outcome["session"].stopped:
            item.session.shouldstop = "stopped by hand"
        _show_findings(item, outcome)
        outcome["line"] = item.stash[_SESSION].line if _SESSION in item.stash else (0, "")
        if journal is not None:
            outcome["digest"] = journal.close()
            outcome["journal"] = f"{journal.path.parent.name}/{journal.path.name}"


def _interruptible(config: pytest.Config) -> AbstractContextManager[None]:
    """In a worker a signal may interrupt what is done here; alone we are interrupted anywhere."""
    return config.stash[_OBEYING].running() if _OBEYING in config.stash else nullcontext()


@pytest.hookimpl(wrapper=True, tryfirst=True)
def pytest_runtest_teardown(item: pytest.Item) -> Generator[None, object, object]:
    """The world of a scenario, with all that it has recorded, is not kept for the length of the run."""
    try:
        return (yield)
    finally:
        if _SESSION in item.stash:
            del item.stash[_SESSION]
            del item.stash[_OUTCOME]


@pytest.hookimpl(wrapper=True)
def pytest_runtestloop(session: pytest.Session) -> Generator[None, object, object]:
    with undisturbed(to_the_end=hasattr(session.config, "workerinput")):
        return (yield)


@pytest.hookimpl(tryfirst=True)
def pytest_runtest_protocol(item: pytest.Item) -> bool | None:
    """A worker that was told to stop begins nothing new."""
    if _OBEYING not in item.config.stash or not item.config.stash[_OBEYING].asked:
        return None
    item.session.shouldstop = "stopped by hand"
    return True


def _show_findings(item: ScenarioItem, outcome: dict[str, Any]) -> None:
    if _ALLURE in item.config.stash and outcome.get("findings"):
        found = [ReportedFinding.of(finding) for finding in outcome["findings"]]
        item.config.stash[_ALLURE].add_findings(item, found)
    if _ALLURE in item.config.stash and "session" in outcome:
        item.config.stash[_ALLURE].add_measurements(outcome["session"].measurements)


def _lab(config: pytest.Config, story: Story, sut: Sut) -> Lab:
    labs = config.stash[_LABS]
    # A real product has one address, and one password, for all its versions.
    key = (story.sut, f"{story.version} {sut.connection.security_profile}" if practised(sut) else "")
    if key not in labs:
        company = company_of(config)
        watch = company.watch or ConsoleWatch(config, masks_of(sut), "SUT")
        practice = Practice(config.getoption("--misbehave"))
        labs[key] = Lab(sut, config.getoption("--fast"), practice, watch, company.board)
    return labs[key]


def _applicable(story: Story, sut: Sut) -> None:
    """Decided before a socket opens. Raises `Inapplicable`."""
    missing = applicability.missing(sut, story.needs)
    if missing:
        named = feature_profiles.titled(missing, story.version)
        raise Inapplicable(f"the SUT file's declared features do not meet: {named}")
    if reason := profiles.missing(story, sut) or applicability.too_few(sut, story.tags):
        raise Inapplicable(reason)
    if "attack" in story.tags and not sut.attack.authorised:
        raise Inapplicable("an @attack scenario needs `authorised = true` under [attack] in the SUT file")


def _sinks(item: ScenarioItem, sut: Sut) -> tuple[tuple[Sink, ...], JournalFile | None]:
    company, masks, attempt = company_of(item.config), _masks_of(item.config, sut), _attempt(item)
    company.begins(item.story)

    def show(events: Sequence[Event]) -> None:
        for event in events:
            company.sees(masks.event(event))

    sinks: tuple[Sink, ...] = (show,) if company.onlookers else ()
    folder = item.config.getoption("--run-folder")
    if not folder:
        return sinks, None
    header = Header(scenario=item.nodeid, sut_sha256=sut.sha256, harness=__version__, attempt=attempt)
    path = journal_of(RunFolder(Path(folder)), item.story, attempt)
    journal = JournalFile(path, masks, header)
    return (journal, *sinks), journal


def _attempt(item: ScenarioItem) -> int:
    """Which attempt at the scenario this is, counted from 1."""
    earlier = (item.config.stash[_EARLIER] or {}).get(result_id(item.story))
    return earlier.attempts + 1 if earlier else 1


# ---- results ----------------------------------------------------------------------------------------


@pytest.hookimpl(wrapper=True, tryfirst=True)
def pytest_runtest_makereport(item: pytest.Item, call: pytest.CallInfo[None]) -> Generator[None, Any, Any]:
    report = yield
    if isinstance(item, ScenarioItem) and (call.when == "call" or call.excinfo is not None):
        error = call.excinfo.value if call.excinfo else None
        if isinstance(error, Inapplicable):
            report.outcome = "skipped"
            report.longrepr = (str(item.path), item.story.line, f"inapplicable: {error}")
        result = _result(item, error)
        earlier = (item.config.stash[_EARLIER] or {}).get(result.id)
        result = result.after(earlier) if earlier else result
        sut = profiles.sut_of(item.story, _suts(item.config))
        report.user_properties.append(carried(masked(result, _masks_of(item.config, sut))))
        measured = item.stash[_SESSION].calibrations if _SESSION in item.stash else ()
        report.user_properties += [(CALIBRATION_KEY, found.to_json()) for found in measured]
        if "last" in item.story.tags and _SESSION in item.stash and not practised(sut):
            item.config.stash[_LASTING].append(_for_good(item.story))
        report.user_properties += [(LEFT_KEY, told) for told in _left_behind(item.config)]
    return report


def _left_behind(config: pytest.Config) -> list[str]:
    """Of each product which password is in force now, "" for that of the SUT file, and what stays changed."""
    passwords = [lab.left_behind() for lab in config.stash.get(_LABS, {}).values() if not lab.practised]
    return [*passwords, *config.stash[_LASTING]]


def _for_good(story: Story) -> str:
    what = f"{' '.join(story.cases) or story.case} ({story.title})"
    return f"{what} changes the product for good, as OCPP has it. Mend: set it back by hand before the next run"


def _result(item: ScenarioItem, error: BaseException | None) -> ScenarioResult:
    story = item.story
    outcome = item.stash.get(_OUTCOME, {})
    sut = profiles.sut_of(story, _suts(item.config))
    reason = str(error) if error is not None else ""
    parts = dict(line.split(": ", 1) for line in reason.split("\n") if line.startswith(("expected: ", "seen: ")))
    return replace(
        result_for(story, sut, verdict_of(error, (pytest.skip.Exception,)), reason),
        expected=parts.get("expected", "") if isinstance(error, Nonconformance) else "",
        seen=parts.get("seen", "") if isinstance(error, Nonconformance) else "",
        duration=time.monotonic() - outcome.get("started", time.monotonic()),
        findings=tuple(ReportedFinding.of(finding) for finding in outcome.get("findings", ())),
        journal=outcome.get("journal", ""),
        journal_digest=outcome.get("digest", ""),
        # Where the monitor alone speaks, no line is to blame.
        line=None if error is None or reason.startswith(BY_MONITOR) else outcome.get("line", (0, ""))[0],
        measurements=tuple(item.stash[_SESSION].measurements) if _SESSION in item.stash else (),
    )
