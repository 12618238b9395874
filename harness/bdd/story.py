"""A scenario as a value: one version, one row of examples, every tag read, every line checked.

Parsed by pytest-bdd's own parser. What is wrong in a feature file is found here, before anything runs,
and reported with file, line and mend.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from pytest_bdd.exceptions import GherkinParseError

from harness.bdd import acts
from harness.bdd import file_steps as file_steps
from harness.bdd import steps as steps
from harness.bdd.grammar import VOCABULARY, WORDS, BadStep, Definition, Subject, UnknownStep, Who, duration, rows
from harness.bdd.parsing import parsed
from harness.oracle import expect, match
from harness.oracle.documents import FACTS as DOCUMENT_FACTS
from harness.oracle.match import Row
from harness.oracle.tls import FACTS as TLS_FACTS
from harness.rpc import schema
from harness.rpc.dialect import DIALECTS, VERSIONS, Role, Version
from harness.rpc.tree import UnknownPath
from harness.states import find as find_state
from harness.states import near_state

Cells = tuple[tuple[str, ...], ...]

_CASE = re.compile(r"TC_\w+")
_REQUIREMENT = re.compile(r"[A-Z]\d\d\.FR\.\d+|OCPP[\w.-]+:[\w.§-]+")
_SPAN = re.compile(rf"\b{WORDS['duration'].regex}\b")
_PLAIN_TAGS = frozenset({"attack", "sockets", "lab-strict", "long", "needs-a-person", "load:100", "last"})
_PREFIXES = ("needs:", "equivalent:", "severity:", "profile:", "edition:")


class BadFeature(ValueError):
    """A feature file that cannot be collected; one line per problem, each `file:line: what. Mend`."""


@dataclass(frozen=True, slots=True)
class Line:
    """One step. `keyword` is given, when or then; `number` its line in the file."""

    keyword: str
    sentence: str
    number: int
    table: Cells = ()
    text: str | None = None

    @property
    def judges(self) -> bool:
        return self.keyword == "then"


@dataclass(frozen=True, slots=True)
class Story:
    """One scenario in one version with one row of examples.

    `case` is the public case id or a slug of the title; `id` adds version and example.
    """

    file: Path
    line: int
    case: str
    version: Version
    example: str
    title: str
    feature: str
    narrative: str
    sut: Role
    cases: tuple[str, ...]
    requirements: tuple[str, ...]
    tags: frozenset[str]
    lines: tuple[Line, ...]

    @property
    def id(self) -> str:
        bracket = f"{self.version}-{self.example}" if self.example else self.version
        return f"{self.case}[{bracket}]"

    @property
    def named_time(self) -> int:
        """All the times that its lines name, ns: much of it where it waits for long."""
        named = (span for line in self.lines for span in _SPAN.findall(line.sentence))
        return sum(map(duration, named))

    @property
    def needs(self) -> tuple[str, ...]:
        """The features (Part 5 ids, profiles) without which the scenario does not apply; ``_`` stands for a space."""
        needs = (tag.removeprefix("needs:").replace("_", " ") for tag in self.tags if tag.startswith("needs:"))
        return tuple(sorted(needs))


def slug(title: str) -> str:
    """A title as part of an id."""
    return re.sub(r"[^a-z0-9]+", "-", title.lower()).strip("-")


def _nobody(keyword: str, sentence: str) -> bool:
    return False


def _unreadable(file: Path, error: Exception) -> str:
    if isinstance(error, UnicodeDecodeError):
        return f"{file}: this is not UTF-8. Save it as UTF-8"
    if isinstance(error, KeyError):
        return f"{file}: there is no feature in it. Begin with tags and a line \"Feature: ...\""
    if isinstance(error, GherkinParseError):
        return f"{file}:{error.line}: {error.message} {error.line_content.strip()!r}"
    return f"{file}: {error}"


@cache
def stories(file: Path, foreign: Callable[[str, str], bool] = _nobody) -> tuple[Story, ...]:
    """Every scenario of a feature file, expanded. `foreign` tells of a keyword and sentence whether a user's own
    step does it. Raises `BadFeature`."""
    try:
        feature, repeated = parsed(file)
    except Exception as error:
        raise BadFeature(_unreadable(file, error)) from error
    problems = [f"{file}: {count} scenarios are called {name!r}; give each its own title" for name, count in repeated]
    found: list[Story] = []
    taken: set[str] = set()
    for template in feature.scenarios.values():
        tags = template.tags | feature.tags | (template.rule.tags if template.rule else set())
        try:
            case = case_id(template.name, template.tags, taken)
            expanded = list(_expand(file, feature, template, frozenset(tags), case))
        except BadFeature as error:
            problems.append(str(error))
            continue
        for story in expanded:
            problems += check(story, foreign)
        found += expanded
    if problems:
        raise BadFeature("\n".join(dict.fromkeys(problems)))
    return tuple(found)


def case_id(title: str, tags: set[str], taken: set[str]) -> str:
    """The scenario's part of the node id; the second scenario of a case gets its title's slug appended."""
    case = next((tag for tag in sorted(tags) if _CASE.fullmatch(tag)), "") or slug(title)
    if case in taken:
        case = f"{case}-{slug(title)}"
    taken.add(case)
    return case


def _expand(file: Path, feature: Any, template: Any, tags: frozenset[str], case: str) -> Iterator[Story]:
    sut, versions = _who_and_when(file, template, tags)
    if any(examples.tags for examples in template.examples):
        raise BadFeature(f"{file}:{template.line_number}: tags on Examples are lost; give the scenario the tag")
    contexts = [context for examples in template.examples for context in examples.as_contexts()] or [{}]
    # Rendered without examples it would be the same, copied dearly.
    rendered = [(context, template.render(context) if context else template) for context in contexts]
    lined = [(context, scenario, tuple(map(_line, scenario.steps))) for context, scenario in rendered]
    for version in versions:
        for context, scenario, lines in lined:
            yield Story(
                file=file,
                line=template.line_number,
                case=case,
                version=version,
                example="-".join(context.values()),
                title=scenario.name,
                feature=feature.name,
                narrative="\n\n".join(part for part in (feature.description, scenario.description) if part),
                sut=sut,
                cases=tuple(sorted(tag for tag in tags if _CASE.fullmatch(tag))),
                requirements=tuple(sorted(tag for tag in tags if _REQUIREMENT.fullmatch(tag))),
                tags=tags,
                lines=lines,
            )


def _who_and_when(file: Path, template: Any, tags: frozenset[str]) -> tuple[Role, tuple[Version, ...]]:
    where = f"{file}:{template.line_number}"
    roles: list[Role] = [role for role in ("station", "csms") if f"sut-{role}" in tags]
    if len(roles) != 1:
        raise BadFeature(f"{where}: say who is judged: exactly one of @sut-station and @sut-csms")
    versions = tuple(version for version in VERSIONS if f"v{version}" in tags)
    if not versions:
        raise BadFeature(f"{where}: say for which versions: @v1.6, @v2.0.1, @v2.1")
    for tag in sorted(tags - {f"sut-{roles[0]}", *(f"v{version}" for version in VERSIONS)} - _PLAIN_TAGS):
        if not (_CASE.fullmatch(tag) or _REQUIREMENT.fullmatch(tag) or tag.startswith(_PREFIXES)):
            raise BadFeature(f"{where}: unknown tag @{tag}; docs/writing-scenarios.md lists the tags")
    return roles[0], versions


def _line(step: Any) -> Line:
    table = tuple(tuple(cells) for cells in step.datatable.raw()) if step.datatable else ()
    return Line(step.type, step.name, step.line_number, table, step.docstring)


# ---- checking ---------------------------------------------------------------------------------------


def check(story: Story, foreign: Callable[[str, str], bool] = _nobody) -> list[str]:
    """Everything wrong with the lines of a story, without running it."""
    problems = [f"{story.file}:{number}: {what}" for number, what in _faults(story, foreign)]
    if not any(line.judges for line in story.lines):
        problems.append(f"{story.file}:{story.line}: {story.title!r} has no Then: it could never fail")
    return problems


def _faults(story: Story, foreign: Callable[[str, str], bool]) -> Iterator[tuple[int, str]]:
    names: dict[str, Subject] = {}
    for line in story.lines:
        try:
            definition, words = VOCABULARY.find(line.keyword, line.sentence)
            _check_actor(story, definition, words)
            _check_states_and_intents(story, line, words, names)
            _check_name(definition, words, names)
            subject = definition.subject(words, names)
            _check_table(story, line, definition, subject, names)
            given = definition.gives(words, names)
            if given:
                names[given[0]] = given[1]
        except UnknownStep as error:
            if not foreign(line.keyword, line.sentence):
                yield line.number, str(error)
        except (BadStep, UnknownPath, schema.UnknownMessage) as error:
            yield line.number, str(error)


def _check_actor(story: Story, definition: Definition, words: dict[str, Any]) -> None:
    actor = words.get("actor")
    if not isinstance(actor, Who) or definition.by == "any":
        return
    ours = "csms" if story.sut == "station" else "station"
    wanted = story.sut if definition.by == "sut" else ours
    if actor.role == wanted == "station" and definition.by == "sut" and actor.name:
        raise BadStep(f'one station is under test: leave "{actor.name}" out')
    if actor.role != wanted:
        if definition.by == "sut":
            raise BadStep(f"Then judges only the system under test, here the {story.sut}, not the {actor.role}")
        raise BadStep(
            f"the {actor.role} is the system under test: nobody can make it do this; ask for an intent "
            "(the driver ..., the operator ...) and judge what it does in a Then"
        )


def _check_states_and_intents(story: Story, line: Line, words: dict[str, Any], names: dict[str, Subject]) -> None:
    if "state" in words:
        state = find_state(story.sut, story.version, words["actor"].role, words["state"])
        if state is None:
            near = near_state(story.sut, story.version, words["actor"].role, words["state"])
            hint = f"; did you mean {near!r}?" if near else "; harness/states has those there are"
            raise BadStep(f"no state {words['state']!r} for OCPP {story.version} with the {story.sut} under test{hint}")
        if state.tag and state.tag not in story.tags:
            raise BadStep(f"not every product can be brought to {state.name!r}: tag the scenario @{state.tag}")
        _names_of_state(story, state, names)
    if "intent" in words:
        intent, parameters = acts.intent_of(words["person"], words["intent"])
        if intent.sut != story.sut:
            raise BadStep(f"only a {intent.sut} can be asked for {intent.name!r}; here the {story.sut} is judged")
        if "message" in parameters and str(parameters["message"]) not in DIALECTS[story.version].actions:
            raise BadStep(f"{parameters['message']} is no message of OCPP {story.version}")
    for message in expect.actions(words.get("message") or ""):
        if message not in DIALECTS[story.version].actions:
            raise BadStep(f"{message} is no message of OCPP {story.version}")


def _names_of_state(story: Story, state: Any, names: dict[str, Subject]) -> None:
    if state.after:
        before = find_state(story.sut, story.version, state.of, state.after)
        _names_of_state(story, before, names)
    for line in state.lines:
        definition, words = VOCABULARY.find(line.keyword, line.sentence)
        given = definition.gives(words, names)
        if given:
            names[given[0]] = given[1]


def _check_name(definition: Definition, words: dict[str, Any], names: dict[str, Subject]) -> None:
    introduced = definition.gives(words, names)
    used = [words[key] for key in ("name", "first", "second", "earlier") if words.get(key)]
    used += list(words.get("names") or ())
    for name in used:
        if name not in names and (introduced is None or name != introduced[0]):
            known = ", ".join(f'"{known}"' for known in sorted(names)) or "none"
            raise BadStep(f'no earlier line names "{name}"; named so far: {known}')


def _check_table(
    story: Story, line: Line, definition: Definition, subject: Subject | None, names: dict[str, Subject]
) -> None:
    if line.table and definition.table is None:
        raise BadStep(f"a table that no step reads, under {line.sentence!r}")
    if line.text is not None and not definition.text:
        raise BadStep(f"a doc string that no step reads, under {line.sentence!r}")
    announced = definition.table == "rows" and line.sentence.endswith((" with", " has"))
    if announced and not line.table and line.text is None:
        raise BadStep(f"{line.sentence!r} announces a table and none follows")
    if definition.table == "tls":
        _check_fact_rows(line, "a TLS session", TLS_FACTS, names)
    if definition.table == "document":
        kind = str(definition.words(line.sentence)["document"])  # type: ignore[index]
        _check_fact_rows(line, f"a {kind}", DOCUMENT_FACTS[kind], names)
    if definition.table != "rows" or not line.table:
        return
    table = rows(line.table)
    if subject is None:
        raise BadStep(f"a table that no step reads, under {line.sentence!r}")
    for row in table:
        leaf = _check_path(story.version, subject, row)
        _check_values(line, row, leaf)
        _check_references(row, names)


def _check_fact_rows(line: Line, what: str, facts: frozenset[str], names: dict[str, Subject]) -> None:
    if not line.table:
        raise BadStep(f"{line.sentence!r} announces a table and none follows")
    for row in rows(line.table):
        if row.path not in facts:
            raise BadStep(f"row {row.path!r}: {what} has {', '.join(sorted(facts))}")
        _check_references(row, names)


def _check_path(version: Version, subject: Subject, row: Row) -> Any:
    path = f"{subject.inside}[0].{row.path}" if subject.inside else row.path
    *others, last = expect.actions(subject.action) or ("",)
    for action in others:  # of two messages one has to know the member
        if schema.knows(version, action, subject.kind, path):
            return schema.lookup(version, action, subject.kind, path)
    return schema.lookup(version, last, subject.kind, path)


def _check_values(line: Line, row: Row, leaf: Any) -> None:
    """A value that the schema's enumeration does not know can only be a slip, in a judgement."""
    if not line.judges or not leaf.enum:
        return
    for wanted in _literals(row.pattern):
        if wanted not in leaf.enum:
            raise BadStep(f"row {row.path!r}: {wanted!r} is none of {', '.join(leaf.enum)}")


def _literals(pattern: match.Pattern) -> Iterator[str]:
    if isinstance(pattern, match.Equal):
        yield str(pattern.expected)
    elif isinstance(pattern, match.OneOf):
        for option in pattern.options:
            yield from _literals(option)
    elif isinstance(pattern, match.AbsentOr):
        yield from _literals(pattern.pattern)


_QUOTED = re.compile(r'"([^"]+)"')
_FACT_WORDS = re.compile(r"the (?:(?:type|group) of the )?[\w ]+ (?:idToken|idTag)|the \w+|"
    r"the password in hexadecimal|the public key in use|"
    r"the (?:second address|secure address|active slot|spare slot|new slot order|network interface|security profile)|"
    r"the (?:certificate|signing request|public key|hashAlgorithm|issuerNameHash|issuerKeyHash|serialNumber|"
    r"responderURL) "
    r"of the [\w' .-]+ (?:certificate|root|intermediate)")


def _check_references(row: Row, names: dict[str, Subject]) -> None:
    for reference in _references(row.pattern):
        quoted = _QUOTED.search(reference)
        if quoted and quoted[1] not in names:
            raise BadStep(f'row {row.path!r}: no earlier line names "{quoted[1]}"')
        if not quoted and not _FACT_WORDS.fullmatch(reference):
            raise BadStep(f"row {row.path!r}: {reference!r} names nothing a scenario can refer to")


def _references(pattern: match.Pattern) -> Iterator[str]:
    if isinstance(pattern, match.Reference):
        yield pattern.text
    elif isinstance(pattern, match.After):
        yield pattern.reference
    elif isinstance(pattern, match.OneOf):
        for option in pattern.options:
            yield from _references(option)
    elif isinstance(pattern, match.AbsentOr):
        yield from _references(pattern.pattern)


