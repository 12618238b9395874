"""The tables of docs/security-profiles.md, made from the features; `python -m tests.security.profiles_page` writes
them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

from harness import profiles, resources
from harness.bdd.story import Story, stories

PAGE = Path(__file__).resolve().parents[2] / "docs" / "security-profiles.md"
BEGIN, END = "<!-- tables -->\n", "<!-- end of tables -->"
_FOLDERS = frozenset({"a_security", "m_certificates", "security"})
_KINDS = (("station", "2.0.1"), ("station", "1.6"), ("csms", "2.0.1"), ("csms", "1.6"))
_TITLES = {"station": "A station under test", "csms": "A CSMS under test"}


def tables() -> str:
    """One table for each role and version, in the order of the profiles."""
    parts = []
    for role, version in _KINDS:
        rows = "".join(sorted(set(_rows(role, version)), key=lambda row: (_profile(row), row)))
        head = "| profile | check | cases | requirements | how |\n|---|---|---|---|---|\n"
        parts.append(f"## {_TITLES[role]}, OCPP {version}\n\n{head}{rows}")
    return "\n".join(parts)


def _profile(row: str) -> str:
    return row.split("|")[1].strip().replace("any", "0")


def _rows(role: str, version: str) -> Iterator[str]:
    for story in security_stories():
        if (story.sut, story.version) == (role, version):
            levels = ", ".join(str(level) for level in sorted(profiles.wanted(story))) or "any"
            how = ", ".join(word for word in ("sockets", "attack") if word in story.tags)
            cells = (levels, _title(story), " ".join(story.cases), " ".join(_ids(story)), how)
            yield "| " + " | ".join(cells) + " |\n"


def _title(story: Story) -> str:
    """As it stands in the file: an outline is one check."""
    line = story.file.read_text("utf-8").splitlines()[story.line - 1]
    return re.sub(r"<(\w+)>", r"*\1*", line.partition(":")[2].strip())


def _ids(story: Story) -> list[str]:
    return [id.rpartition(":")[2] for id in story.requirements]


def security_stories() -> tuple[Story, ...]:
    """Every scenario about security profiles, credentials and certificates."""
    files = sorted((resources.root() / "features").rglob("*.feature"))
    mine = [file for file in files if _FOLDERS & set(file.parts[-3:])]
    return tuple(story for file in mine for story in stories(file))


def page(text: str) -> str:
    """The page with its tables anew."""
    head, _, rest = text.partition(BEGIN)
    return head + BEGIN + "\n" + tables() + "\n" + END + rest.partition(END)[2]


if __name__ == "__main__":
    PAGE.write_text(page(PAGE.read_text("utf-8")), "utf-8")
