"""What a log told, as the results of a run, so that every report of a run serves it too."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from harness.journal import Event
from harness.oracle.findings import Rule, Severity
from harness.oracle.verdict import Verdict
from harness.recorded.check import Found, Outcome
from harness.report.evidence import Header, JournalFile
from harness.report.folder import RunFolder
from harness.report.masking import Masks
from harness.report.results import ReportedFinding, ScenarioResult
from harness.rpc.dialect import Role

FEATURE = "Recorded exchange"
_NAMES = {"station": "The station", "csms": "The CSMS"}


def results(outcome: Outcome, name: str, folder: RunFolder, masks: Masks) -> list[ScenarioResult]:
    """One result for each rule that a side broke, and one for all the others. Raises OSError.

    A side of which no message was found is inconclusive; a log without any message gives no result at all."""
    if not outcome.frames:
        return []
    found: list[ScenarioResult] = []
    roles: tuple[Role, Role] = ("station", "csms")
    for role in roles:
        found += _broken(outcome, role, name, folder, masks)
        found.append(_rest(outcome, role, name))
    return found


def _broken(
    outcome: Outcome, role: Role, name: str, folder: RunFolder, masks: Masks
) -> Iterator[ScenarioResult]:
    for (side, rule), kept in sorted(outcome.found.items(), key=lambda item: (item[0][0], item[0][1].id)):
        if side == role:
            yield _result(outcome, role, rule, kept, name, folder, masks)


def _result(
    outcome: Outcome, role: Role, rule: Rule, kept: list[Found], name: str, folder: RunFolder, masks: Masks
) -> ScenarioResult:
    count = outcome.counts[role, rule]
    shall = rule.severity is Severity.SHALL
    journal, digest, marked = _excerpt(kept[0], f"{role}-{rule.id}", folder, masks)
    lines = ", ".join(str(entry.lines[-1]) for entry in kept[:20] if entry.lines) + (" ..." if count > 20 else "")
    findings = [_finding(entry, ()) for entry in kept]
    findings[0] = replace(findings[0], events=marked)
    times = "once" if count == 1 else f"{count} times"
    return ScenarioResult(
        id=f"{name}::{role}-{rule.id}", title=f"{_NAMES[role]}: {rule.title}", feature=FEATURE, sut=role,
        version=outcome.version or "", verdict=Verdict.FAILED if shall else Verdict.PASSED,
        reason=f"{times}, at line {lines} of {name}" if shall else "", expected=f"{rule.source} kept", seen=str(
            findings[0].text), requirements=(), findings=tuple(findings), journal=journal, journal_digest=digest,
        file=name, line=kept[0].lines[-1] if kept[0].lines else None,
    )


def _finding(entry: Found, events: tuple[int, ...]) -> ReportedFinding:
    where = f"line {', '.join(map(str, entry.lines))}: " if entry.lines else ""
    rule = entry.finding.rule
    return ReportedFinding(rule.id, where + entry.finding.text, rule.severity, rule.source, events)


def _excerpt(found: Found, name: str, folder: RunFolder, masks: Masks) -> tuple[str, str, tuple[int, ...]]:
    """The messages that lead up to a finding as a journal of their own, and which of them are meant."""
    if not found.events:
        return "", "", ()
    path = folder.journal(name)
    journal = JournalFile(path, masks, Header(scenario=name))
    journal([Event(number, event.at, event.link, event.body) for number, event in enumerate(found.events)])
    marked = tuple(number for number, event in enumerate(found.events) if event.number in found.lines)
    return f"journals/{path.name}", journal.close(), marked


def _rest(outcome: Outcome, role: Role, name: str) -> ScenarioResult:
    count = outcome.frames[role]
    reason = "" if count else "the log has no message of this side"
    return ScenarioResult(
        id=f"{name}::{role}", title=f"{_NAMES[role]}: every other rule of the monitor, over {count} messages",
        feature=FEATURE, sut=role, version=outcome.version or "",
        verdict=Verdict.PASSED if count else Verdict.INCONCLUSIVE, reason=reason, file=name,
    )


def facts(outcome: Outcome) -> dict[str, object]:
    """For run.json and the page: what was read, what could not be, what was left out."""
    return {"log": {
        "lines": outcome.lines, "version": outcome.version, "because": outcome.because,
        "messages": {role: outcome.frames[role] for role in ("station", "csms")},
        "bad": outcome.bad, "bad_lines": [{"line": line, "why": why} for line, why in outcome.bad_lines],
        "undecided": outcome.undecided, "before": outcome.before, "untimed": outcome.untimed,
        "left_out": list(outcome.left_out),
    }}


def summary(outcome: Outcome) -> Iterator[str]:
    """The same for the console."""
    if outcome.version:
        yield f"OCPP {outcome.version} ({outcome.because})"
    told = f"{outcome.frames['station']} messages of the station, {outcome.frames['csms']} of the CSMS"
    yield f"{outcome.lines} lines: {told}, {outcome.bad} bad lines"
    for line, why in outcome.bad_lines[:10]:
        yield f"  line {line}: {why}"
    if outcome.bad > 10:
        yield f"  and {outcome.bad - 10} more"
    if outcome.undecided:
        yield f"{outcome.undecided} requests whose sender nothing tells; name a marker with --station-marker"
    if outcome.before:
        yield f"{outcome.before} answers to what was asked before the log begins, or by nobody in it"
    for what in outcome.left_out:
        yield f"not judged: {what}"
