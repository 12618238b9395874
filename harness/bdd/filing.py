"""What a story is called and how it is filed: in results, in the evidence, in Allure; and what is hidden there."""

from __future__ import annotations

from pathlib import Path

from harness import resources
from harness.bdd.story import Story
from harness.oracle.verdict import Verdict
from harness.report import allure
from harness.report.folder import RunFolder
from harness.report.masking import Masks
from harness.report.results import ScenarioResult
from harness.sut import Sut
from harness.sut.hidden import secrets_of

STOPPED = "the run was stopped by hand in the middle of this scenario"


def result_for(story: Story, sut: Sut, verdict: Verdict, reason: str) -> ScenarioResult:
    """What is known of a result before anything is known of the run."""
    names = (*story.cases, story.case)
    known = next((sut.expected_failures[name] for name in names if name in sut.expected_failures), "")
    return ScenarioResult(
        id=result_id(story), title=story.title, feature=story.feature, sut=story.sut, version=story.version,
        verdict=verdict, reason=reason, requirements=story.requirements, cases=story.cases,
        file=relative(story.file), expected_failure=known,
    )


def result_id(story: Story) -> str:
    """By what a scenario's result is known in verdicts."""
    return f"{relative(story.file)}::{story.id}"


def relative(file: Path) -> str:
    try:
        return file.relative_to(resources.root()).as_posix()
    except ValueError:
        return file.name


def journal_of(folder: RunFolder, story: Story, attempt: int) -> Path:
    """Where the evidence goes. Two features may have scenarios of one title; the path tells them apart."""
    return folder.journal(f"{story.id}-{relative(story.file)}", attempt)


def labels_for(story: Story, sut: Sut, attempt: int) -> allure.ScenarioLabels:
    """How a scenario is filed in Allure."""
    block = relative(story.file.parent).rpartition("/")[2]
    severity = next((tag.removeprefix("severity:") for tag in story.tags if tag.startswith("severity:")), "")
    links = {"requirement": sut.report.links.requirement, "tms": sut.report.links.case}
    return allure.ScenarioLabels(
        title=story.title,
        feature=story.feature,
        version=f"OCPP {story.version}",
        sut=story.sut,
        description=story.narrative,
        block=" ".join((block.replace("_", " "), f"({story.sut})")).strip(),
        severity=severity or ("critical" if "security" in relative(story.file.parent) else "normal"),
        owner=sut.report.owner,
        links={kind: link for kind, link in links.items() if link},
        attempt=attempt,
        requirements=story.requirements,
        cases=story.cases,
        tags=tuple(sorted(story.tags - set(story.cases) - set(story.requirements))),
        parameters={"example": story.example} if story.example else {},
    )


def masks_of(*suts: Sut) -> Masks:
    """What must not be shown: the secrets and full tokens of the SUT files."""
    hidden = [secret for sut in suts for secret in secrets_of(sut)]
    return Masks(hidden, {token for sut in suts for token in _token_ids(sut)})


def _token_ids(sut: Sut) -> list[str]:
    tokens = (sut.tokens.named(name) for name in type(sut.tokens).model_fields)
    return [token.id for token in tokens if token]
