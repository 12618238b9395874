"""pytest collects `.feature` files themselves: no Python file per feature, one item per version and example.

pytest-bdd parses and executes; only the look-up of a step's definition is ours, because pytest-bdd tries
every fixture of the session for every step (see docs/adr/0004-collection.md). One private function of
pytest-bdd is replaced for that, `get_step_function`; a test guards it.
"""

from __future__ import annotations

import importlib
import inspect
import types
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from pytest_bdd import parsers
from pytest_bdd.feature import get_feature
from pytest_bdd.steps import StepFunctionContext

from harness.bdd.grammar import BadStep
from harness.bdd.story import BadFeature, Line, Story, stories
from harness.oracle.verdict import HarnessFault, Inconclusive, Nonconformance

# "import pytest_bdd.scenario" would give the decorator of that name, not the module.
_bdd: Any = importlib.import_module("pytest_bdd.scenario")
_stock_look_up = _bdd.get_step_function


class FeatureFile(pytest.Module):
    """One `.feature` file."""

    def _getobj(self) -> types.ModuleType:
        module = types.ModuleType(self.path.stem)
        module.__file__ = str(self.path)
        return module

    def collect(self) -> Iterator[pytest.Item]:
        try:
            found = self._found()
        except BadFeature as error:
            raise self.CollectError(str(error)) from None
        for story in found:
            yield ScenarioItem.from_parent(self, name=story.id, story=story)

    def _found(self) -> tuple[Story, ...]:
        """Most files need no step of a user's own, and are read only once in a process."""
        try:
            return stories(self.path)
        except BadFeature:
            return stories(self.path, self._done_by_the_user)

    def _done_by_the_user(self, keyword: str, sentence: str) -> bool:
        """Whether a pytest-bdd step of a conftest.py does it."""
        step = types.SimpleNamespace(type=keyword, name=sentence)
        return any(True for _ in _bdd.find_fixturedefs_for_step(step, self.session._fixturemanager, self))


class ScenarioItem(pytest.Function):
    """One scenario in one version, with one row of examples."""

    def __init__(self, *, story: Story, **details: Any) -> None:
        self.story = story
        # No `originalname`: pytest makes the node id of that, and the rows of an outline would share one.
        super().__init__(callobj=_runner(story), **details)
        for name, values in _marks(story).items():
            for value in values:
                self.add_marker(_mark(name, value))

    def reportinfo(self) -> tuple[Path, int, str]:
        return self.path, self.story.line - 1, self.name

    def repr_failure(self, excinfo: pytest.ExceptionInfo[BaseException]) -> Any:  # type: ignore[override]
        """A verdict is text for people; only a fault of the tool needs a traceback."""
        if isinstance(excinfo.value, Nonconformance | Inconclusive):
            return f"{self.story.title}\n{excinfo.value}"
        return super().repr_failure(excinfo)


@cache
def _mark(name: str, value: str) -> pytest.MarkDecorator:
    found: pytest.MarkDecorator = getattr(pytest.mark, name)(value, id=value)
    return found


def _marks(story: Story) -> dict[str, tuple[str, ...]]:
    return {
        "case": story.cases,
        "requirement": story.requirements,
        "version": (story.version,),
        "sut": (story.sut,),
        "tag": tuple(sorted(story.tags)),
    }


def _runner(story: Story) -> Any:
    def run(request: pytest.FixtureRequest) -> None:
        __tracebackhide__ = True
        from harness.bdd.plugin import scenario_world

        feature = get_feature(str(story.file.parent), story.file.name)
        template = next(t for t in feature.scenarios.values() if t.line_number == story.line)
        examples = [context for examples in template.examples for context in examples.as_contexts()]
        context = next((c for c in examples if "-".join(c.values()) == story.example), {})
        scenario = template.render(context)
        with scenario_world(request.node):
            _bdd._execute_scenario(feature, scenario, request)

    run.__doc__ = story.title
    return run


def collect_file(file_path: Path, parent: pytest.Collector) -> pytest.Collector | None:
    if file_path.suffix == ".feature":
        return FeatureFile.from_parent(parent, path=file_path)
    return None


# ---- steps ------------------------------------------------------------------------------------------


class _Exact(parsers.StepParser):
    """A step parser that has been told that it matches."""

    def __init__(self) -> None:
        super().__init__("harness")

    def parse_arguments(self, name: str) -> dict[str, Any]:
        return {}

    def is_matching(self, name: str) -> bool:
        return True


def _look_up(request: pytest.FixtureRequest, step: Any) -> StepFunctionContext | None:
    """Our vocabulary first; what it does not know may be a step of the user's own conftest.py."""
    from harness.bdd import run
    from harness.bdd.plugin import session_of

    item = request.node
    if not isinstance(item, ScenarioItem):
        return _stock_look_up(request, step)  # type: ignore[no-any-return]
    line = next((line for line in item.story.lines if line.number == step.line_number), None)
    try:
        from harness.bdd.grammar import VOCABULARY

        VOCABULARY.find(step.type, step.name)
    except BadStep:
        return _of_the_user(_stock_look_up(request, step), step)
    assert line is not None
    exact: Line = line

    def perform() -> None:
        __tracebackhide__ = True
        run.perform(session_of(item), item.story, exact)

    return StepFunctionContext(type=step.type, step_func=perform, parser=_Exact())


def _of_the_user(found: StepFunctionContext | None, step: Any) -> StepFunctionContext | None:
    """Raises `HarnessFault` for an async step: pytest-bdd calls it, and nobody awaits what it returns."""
    if found is not None and inspect.iscoroutinefunction(found.step_func):
        raise HarnessFault(f"the step {step.name!r} is asynchronous: nobody would await it, and it could never fail")
    return found


def install() -> None:
    """Put our look-up in the place of pytest-bdd's; idempotent."""
    _bdd.get_step_function = _look_up


def uninstall() -> None:
    _bdd.get_step_function = _stock_look_up
