"""The logic of ``ocpp-harness check``: everything that can be wrong with a SUT file, without calling the SUT."""

from __future__ import annotations

from pathlib import Path

from harness.drivers import DriverFault, build_drivers
from harness.listing import scenarios
from harness.sut import Problem, SutFileError, load
from harness.sut import render as render_problems


def check(path: str | Path) -> tuple[Problem, ...]:
    """All problems of a SUT file in the order of their lines; empty where it can be used. Offline."""
    try:
        sut = load(path)
        build_drivers(sut)
    except SutFileError as error:
        return error.problems
    except DriverFault as error:
        return (Problem(0, "drivers", str(error), "repair or reinstall the plugin, or bind another driver"),)
    return ()


def unknown_expectations(path: str | Path) -> tuple[str, ...]:
    """Keys of `expected_failures` that no scenario of ours bears: slips, unless they are the user's own scenarios."""
    expected = load(path).expected_failures
    known = {name for entry in scenarios((), (), ()) for name in (*entry.cases, entry.id.partition("::")[2])}
    return tuple(name for name in expected if name not in known) if expected else ()


def render(path: str | Path, problems: tuple[Problem, ...]) -> str:
    """One line per problem: ``FILE:LINE: key: what is wrong. Mend: ...``; "" where there is none."""
    return render_problems(Path(path), problems)
