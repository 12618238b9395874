"""docs/misbehaviours.md, made from the tables; `python -m tests.reference.misbehaviours_page` writes it."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from harness.reference.misbehaviours import MISBEHAVIOURS, UNDONE, Misbehaviour
from harness.reference.misbehaviours.entry import EVERYTHING

_HEAD = """\
# Misbehaviours

The practice opponents can be made to misbehave, one bug of the field at a time, to see what the harness says of it:

    ocpp-harness run --sut fixtures/suts/reference-station-201.toml --fast --misbehave seqno-gap
    ocpp-harness reference station --misbehave seqno-gap

A test runs each against a fixed panel of scenarios and demands that exactly the verdicts named here change.
*Rule* is a rule of the monitor, which watches every scenario; the others are scenarios that fail, or, where it
says so, cannot be brought to a verdict: the reason that is then shown names the bug. The numbers count the list of
field bugs that the harness was built to find; without one it is no bug of that list, but came close.

This page is made from `harness/reference/misbehaviours/`; `python -m tests.reference.misbehaviours_page` writes it.
"""
_UNDONE = """\
## Not yet possible

What of the list no practice opponent can show yet, and what is in the way.

| bug | who | OCPP | what | why not |
|---|---|---|---|---|
"""


def page() -> str:
    """The whole page."""
    parts = [_HEAD]
    for peer, title in (("station", "The practice station"), ("csms", "The practice CSMS")):
        parts.append(f"## {title}\n\n| name | bug | what it does wrong | OCPP | who notices |\n|---|---|---|---|---|\n")
        parts[-1] += "".join(line for bad in MISBEHAVIOURS if bad.peer == peer for line in _lines(bad))
    rows = (f"| {u.bug} | {u.peer} | {u.version} | {u.what} | {u.reason} |\n" for u in UNDONE)
    return "\n".join([*parts, _UNDONE + "".join(rows)])


def _lines(bad: Misbehaviour) -> Iterator[str]:
    bugs = ", ".join(map(str, bad.bugs))
    shown = f"{bad.meaning} (identity `{bad.identity}`)".replace("|", "\\|") if bad.identity else bad.meaning
    for version in bad.values:
        noticed = "; ".join(map(_word, bad.caught_by.get(version, ()))) or f"nobody: {bad.excuse[version]}"
        yield f"| `{bad.name}` | {bugs} | {shown} | {version} | {noticed} |\n"


def _word(word: str) -> str:
    if word == EVERYTHING:
        return "no scenario comes to a verdict"
    kind, _, name = word.rpartition(":")
    return {"rule": f"rule `{name}`", "inconclusive": f"no verdict in `{name}`"}.get(kind, f"`{name}`")


if __name__ == "__main__":
    (Path(__file__).parents[2] / "docs" / "misbehaviours.md").write_text(page(), "utf-8")
