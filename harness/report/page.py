"""The page of a run: one self-contained HTML file, no network, no Node.

Everything on it comes from the run folder: verdicts, the run's facts, and, for what did not pass, the
journal. Scripts only filter what is there already; without them the page is complete.
"""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from urllib.parse import quote

from jinja2 import Environment, PackageLoader, select_autoescape
from markupsafe import Markup

from harness.journal import Event, TlsHandshake
from harness.oracle.findings import Severity
from harness.oracle.timing import Call, Measurement
from harness.oracle.verdict import Verdict
from harness.report.console import counted
from harness.report.diagram import svg
from harness.report.evidence import EvidenceError, load
from harness.report.folder import PROOF, RunFolder
from harness.report.results import ExitCode, ScenarioResult, exit_code, totals
from harness.report.strips import strip
from harness.report.transcript import lines

_ENTRIES = re.compile(r"journal entry (\d[\d, ]*)")
_DETAILED = 200
"""So many scenarios that did not pass get a diagram; more would only make the page heavy."""
_STRIPS = 1_000
"""The same for timing verdicts: a strip is small."""


@dataclass(frozen=True, slots=True)
class Claims:
    """What the SUT file declares, and which scenarios rest on which feature: feature -> scenario ids."""

    declared: tuple[str, ...] = ()
    tested: Mapping[str, tuple[str, ...]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Frame:
    """An offending message: where it stands in the diagram ("" where it is not drawn), and all of its text."""

    number: int
    anchor: str
    text: str


@dataclass(frozen=True, slots=True)
class Detail:
    """A scenario that did not pass, for the page."""

    id: str
    result: ScenarioResult
    diagram: Markup
    offending: tuple[Frame, ...] = ()
    handshakes: tuple[str, ...] = ()
    strips: tuple[Markup, ...] = ()
    earlier: tuple[Detail, ...] = ()


def write(folder: RunFolder, results: Sequence[ScenarioResult], claims: Claims,
          requirements: Iterable[str] = (), unobservable: Mapping[str, str] | None = None) -> Path:
    """Write index.html into the run folder. `requirements` are all numbered ones; `unobservable` those that the
    wire cannot show, with the reason. Raises OSError."""
    path = folder.path / "index.html"
    path.write_text(page(folder, results, claims, requirements, unobservable or {}), "utf-8")
    return path


def page(folder: RunFolder, results: Sequence[ScenarioResult], claims: Claims,
         requirements: Iterable[str], unobservable: Mapping[str, str]) -> str:
    """The page as text."""
    environment = Environment(loader=PackageLoader("harness.report"), autoescape=select_autoescape(["j2"]))
    template = environment.get_template("page.html.j2")
    covered = _by_requirement(results)
    sums = totals(results)
    run = _facts(folder)
    details = [_detail(folder, result, f"d{n}") for n, result in enumerate(_telling(results)[:_DETAILED], start=1)]
    return template.render(
        run=run,
        name=folder.path.name,
        verdicts={verdict.value: sums.verdicts[verdict] for verdict in Verdict},
        sums=sums,
        code=run.get("ended", {}).get("exit_code", int(exit_code(results))),
        outcome=_outcome(results, run.get("ended", {})),
        rules=_rules(results),
        groups=_groups(results),
        results=results,
        details=details,
        anchors={detail.result.id: detail.id for detail in details},
        timings=_timings(results),
        untold=max(0, sum(len(result.measurements) for result in results) - _STRIPS),
        omitted=max(0, len(_telling(results)) - _DETAILED),
        covered=covered,
        untested=[id for id in requirements if id not in covered and id not in unobservable],
        unobservable=unobservable,
        claims=_claims(claims, results),
        proof=_proof(folder),
    )


@dataclass(frozen=True, slots=True)
class Outcome:
    """What the run comes to, in a word and what belongs to it."""

    word: str
    colour: str
    more: str


_WORDS: Mapping[int, tuple[str, str]] = {
    ExitCode.OK: ("Everything that applies passed", "passed"),
    ExitCode.SUT_FAILED: ("The product failed", "failed"),
    ExitCode.NOTHING_RAN: ("Nothing applied", "inapplicable"),
}


def _outcome(results: Sequence[ScenarioResult], ended: Mapping[str, Any]) -> Outcome:
    """`ended` is what run.json has of that; the results alone do not know whether all that was wanted ran."""
    word, colour = _WORDS.get(ended.get("exit_code", int(exit_code(results))), ("Not proven", "inconclusive"))
    applicable = [result for result in results if result.verdict is not Verdict.INAPPLICABLE]
    against = sum(result.proves_failure for result in applicable)
    told = f": {against} of " if against else ": "
    told += counted(len(applicable), "scenario") + (" that apply" if against else "")
    if ended.get("stopped"):
        told += f". The run was stopped: {ended['begun']} of {ended['selected']} scenarios had begun"
    return Outcome(word, colour, told + ".")


@dataclass(frozen=True, slots=True)
class Rule:
    """A rule of the monitor, how often it was broken, and in how many scenarios: one cause may show in many."""

    id: str
    source: str
    severity: Severity
    findings: int
    scenarios: int


def _rules(results: Sequence[ScenarioResult]) -> list[Rule]:
    found = [((f.rule, f.source, f.severity), result.id) for result in results for f in result.findings]
    counts = Counter(rule for rule, _ in found)
    scenarios = Counter(rule for rule, _ in set(found))
    return [Rule(*rule, count, scenarios[rule]) for rule, count in counts.most_common()]


def _facts(folder: RunFolder) -> dict[str, Any]:
    try:
        return dict(json.loads(folder.run_json.read_text("utf-8")))
    except (OSError, ValueError):
        return {}


def _telling(results: Sequence[ScenarioResult]) -> list[ScenarioResult]:
    quiet = (Verdict.PASSED, Verdict.INAPPLICABLE)
    telling = [r for r in results if r.verdict not in quiet or r.findings or r.flaky or r.passed_against_expectation]
    # What proves something against the product comes first, what is expected or flaky last.
    return sorted(telling, key=lambda r: (not r.proves_failure, r.verdict in quiet, r.failed_as_expected))


def _groups(results: Sequence[ScenarioResult]) -> list[tuple[str, str, str, dict[str, int]]]:
    """Role, version, block (the folder of the feature), and counts per verdict."""
    counted: dict[tuple[str, str, str], Counter[str]] = {}
    for result in results:
        block = result.file.rsplit("/", 2)[-2] if result.file.count("/") > 1 else ""
        counted.setdefault((result.sut, result.version, block), Counter())[result.verdict.value] += 1
    return [(*key, dict(counts)) for key, counts in sorted(counted.items())]


def _by_requirement(results: Sequence[ScenarioResult]) -> dict[str, list[ScenarioResult]]:
    covered: dict[str, list[ScenarioResult]] = {}
    for result in results:
        for requirement in result.requirements:
            covered.setdefault(requirement, []).append(result)
    return dict(sorted(covered.items()))


def _claims(claims: Claims, results: Sequence[ScenarioResult]) -> list[tuple[str, bool, dict[str, int]]]:
    """Feature, whether declared, verdict counts of the scenarios that rest on it."""
    verdicts = {result.id: result.verdict.value for result in results}
    rows = []
    for feature in sorted({*claims.declared, *claims.tested}):
        counts = Counter(verdicts[id] for id in claims.tested.get(feature, ()) if id in verdicts)
        rows.append((feature, feature in claims.declared, dict(counts)))
    return rows


def _detail(folder: RunFolder, result: ScenarioResult, id: str) -> Detail:
    # The offending entry stands last; those before it are what it contradicts.
    marked = {int(re.findall(r"\d+", found)[-1]) for found in _ENTRIES.findall(result.reason)}
    marked |= {number for finding in result.findings for number in finding.events[-1:]}
    events = _events(folder, result)
    us = "CSMS" if result.sut == "station" else "station"
    drawn = svg(events, marked, us, result.sut, f"{id}-")
    earlier = tuple(_detail(folder, attempt, f"{id}-{n}") for n, attempt in enumerate(result.earlier, start=1))
    return Detail(
        id, result, Markup(drawn), tuple(_offending(events, marked, drawn, id)), tuple(_handshakes(events)),
        tuple(Markup(strip(measurement)) for measurement in result.measurements), earlier,
    )


def _offending(events: Sequence[Event], marked: Collection[int], drawn: str, id: str) -> Iterable[Frame]:
    for event in events:
        if event.number in marked:
            anchor = f"{id}-entry-{event.number}"
            text = lines([event], events)[0].strip().split("  ", 2)[-1]
            yield Frame(event.number, anchor if f'id="{anchor}"' in drawn else "", text)


def _timings(results: Sequence[ScenarioResult]) -> list[tuple[ScenarioResult, Measurement, Markup]]:
    """Every timing verdict with its strip, the most telling first; the rest stays in verdicts.json."""
    order = {Call.BROKEN: 0, Call.TOO_CLOSE: 1, Call.MET: 2}
    found = [(result, measurement) for result in results for measurement in result.measurements]
    found.sort(key=lambda pair: order[pair[1].call])
    return [(result, measurement, Markup(strip(measurement))) for result, measurement in found[:_STRIPS]]


def _events(folder: RunFolder, result: ScenarioResult) -> list[Event]:
    if not result.journal:
        return []
    try:
        return load(folder.journals / Path(result.journal).name)
    except (EvidenceError, OSError, ValueError):
        return []


def _handshakes(events: Sequence[Event]) -> Iterable[str]:
    for event in events:
        if isinstance(event.body, TlsHandshake):
            fields = {name: getattr(event.body, name) for name in event.body.__slots__}
            told = {name: value for name, value in fields.items() if isinstance(value, str | int) and value}
            yield ", ".join(f"{name} {value}" for name, value in told.items())


@dataclass(frozen=True, slots=True)
class Proof:
    """What `ocpp-harness prove` found: the name of its folder, where its page is, and its totals."""

    name: str
    address: str
    totals: Mapping[str, int]


def _proof(folder: RunFolder) -> Proof | None:
    """The newest proof beside the run, if there is one."""
    beside = sorted(folder.path.parent.glob(f"*-{PROOF}*/kill-matrix.json"), reverse=True)
    for file in beside:
        try:
            totals = dict(json.loads(file.read_text("utf-8"))["totals"])
        except (OSError, ValueError, KeyError, TypeError):
            continue
        return Proof(file.parent.name, f"../{quote(file.parent.name)}/kill-matrix.html", totals)
    return None
